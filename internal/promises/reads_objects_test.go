package promises_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	chatlakeapi "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	imichatapi "github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	kommunicateapi "github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// collection is one kind of object, as the only user of a client sees it.
type collection struct {
	make   func(ctx context.Context, value string) (id string, err error)
	read   func(ctx context.Context, id string) (value string, err error)
	change func(ctx context.Context, id, value string) error
	// remove is nil where the platform has no such call.
	remove func(ctx context.Context, id string) error
}

// readable is a kind of object and what refreshing it may cost.
type readable struct {
	name string
	open func(connection) collection
	// bound is how many requests so many reads may take when there are so many objects in all.
	bound func(reads, objects int) int
}

func batches(most int) func(reads, objects int) int {
	return func(reads, _ int) int { return (reads+min(most, 10)-1)/min(most, 10) + 2 }
}

func oneList(int, int) int { return 1 }

// pages bounds the requests of reads that try single ones before they list; further are requests that no read pays for.
func pages(size, further int) func(reads, objects int) int {
	return func(reads, objects int) int { return 2*min(reads, (objects+size-1)/size) + 1 + further }
}

func readables() []readable {
	return []readable{
		{"kommunicate user", kommunicateUsers, batches(60)},
		{"kommunicate conversation", kommunicateConversations, batches(60)},
		{"kommunicate conversation member", kommunicateMembers, batches(60)},
		{"kommunicate message", kommunicateMessages, oneList},
		{"chatlake contact", chatlakeContacts, pages(15, 0)},
		{"chatlake conversation", chatlakeConversations, pages(25, 0)},
		{"chatlake message", chatlakeMessages, batches(1000)},
		{"chatlake canned response", chatlakeCannedResponses, oneList},
		{"chatlake label", chatlakeLabels, oneList},
		{"chatlake team", chatlakeTeams, oneList},
		{"chatlake custom filter", chatlakeCustomFilters, oneList},
		{"chatlake contact note", chatlakeContactNotes, oneList},
		// The list of help centers tells whether theirs is still there.
		{"chatlake article", chatlakeArticles, pages(25, 1)},
		// And no answer tells how many categories there are.
		{"chatlake category", chatlakeCategories, pages(1000, 2)},
		// Logging in, learning how pages are numbered, and two steps of eight, because no answer tells how long the list is.
		{"imichat chat", imichatChats, pages(10, 18)},
	}
}

// connection is how a client gets to the sandbox.
type connection struct {
	t    testing.TB
	env  map[string]string
	wire http.RoundTripper
}

const nowhere = "http://sandbox.example"

// connect returns a connection to the sandbox without a network.
func connect(t testing.TB, w *server.Sandbox) connection {
	t.Helper()

	c := connection{t: t, env: map[string]string{}, wire: sandbox.RoundTripper(w.Handler())}
	for _, pair := range w.Environment(nowhere) {
		name, value, _ := strings.Cut(pair, "=")
		c.env[name] = value
	}

	return c
}

func (c connection) address(name string) *url.URL {
	c.t.Helper()

	address, err := url.Parse(c.env[name])
	if err != nil {
		c.t.Fatal(err)
	}

	return address
}

func (c connection) transport() transport.Config {
	return transport.Config{Timeout: 30 * time.Second, HTTP: c.wire}
}

func (c connection) kommunicate() *kommunicateapi.Client {
	return kommunicateapi.New(kommunicateapi.Settings{
		BaseURL: c.address("KOMMUNICATE_BASE_URL"), ChatBaseURL: c.address("KOMMUNICATE_CHAT_BASE_URL"),
		APIKey: c.env["KOMMUNICATE_API_KEY"], ActingUserID: c.env["KOMMUNICATE_ACTING_USER_ID"], Transport: c.transport(),
	})
}

func (c connection) chatlake() *chatlakeapi.Client {
	return chatlakeapi.New(chatlakeapi.Settings{
		BaseURL: c.address("CHATLAKE_BASE_URL"), APIAccessToken: c.env["CHATLAKE_API_ACCESS_TOKEN"],
		AccountID: c.env["CHATLAKE_ACCOUNT_ID"], Transport: c.transport(),
	})
}

func (c connection) imichat() *imichatapi.Client {
	return imichatapi.New(imichatapi.Settings{
		BaseURL: c.address("IMICHAT_BASE_URL"), APIKey: c.env["IMICHAT_API_KEY"], Domain: c.env["IMICHAT_DOMAIN"],
		TeamID: c.env["IMICHAT_TEAM_ID"], APIVersion: "v3.1", AuthorizationHeader: "Authorization",
		Transport: c.transport(),
	})
}

// counter makes keys.
func counter(prefix string) func() string {
	n := 0

	return func() string {
		n++
		return fmt.Sprintf("%s%d", prefix, n)
	}
}

func kommunicateUsers(c connection) collection {
	client, next := c.kommunicate(), counter("user-")

	return collection{
		make: func(ctx context.Context, value string) (string, error) {
			id := next()
			return id, client.CreateUser(ctx, kommunicateapi.UserRequest{UserID: id, DisplayName: &value})
		},
		read: func(ctx context.Context, id string) (string, error) {
			found, err := client.User(ctx, id)
			return found.DisplayName, err
		},
		change: func(ctx context.Context, id, value string) error {
			return client.UpdateUser(ctx, id, kommunicateapi.UserUpdate{DisplayName: &value})
		},
	}
}

func kommunicateConversations(c connection) collection {
	client := c.kommunicate()

	return collection{
		make: func(ctx context.Context, value string) (string, error) {
			made, _, err := client.CreateConversation(ctx, kommunicateapi.ConversationRequest{
				GroupName: value, GroupMemberList: []string{kommunicate.OwnerID},
			})

			return string(made.ID), err
		},
		read: func(ctx context.Context, id string) (string, error) {
			found, err := client.Conversation(ctx, id)
			return found.Name, err
		},
		change: func(ctx context.Context, id, value string) error {
			return client.UpdateConversation(ctx, kommunicate.OwnerID, kommunicateapi.ConversationUpdate{GroupID: id, NewName: &value})
		},
		remove: func(ctx context.Context, id string) error {
			return client.DeleteConversation(ctx, kommunicate.OwnerID, id)
		},
	}
}

// noted is a kind of which a read tells only that it is there. Its id holds the value that it was made with.
func noted(
	host func(ctx context.Context) (string, error), create func(ctx context.Context, host, value string) (string, error), read func(ctx context.Context, host, id string) error,
) collection {
	parent := ""

	return collection{
		make: func(ctx context.Context, value string) (string, error) {
			if parent == "" {
				made, err := host(ctx)
				if err != nil {
					return "", err
				}

				parent = made
			}

			id, err := create(ctx, parent, value)

			return strings.Join([]string{parent, id, value}, "/"), err
		},
		read: func(ctx context.Context, id string) (string, error) {
			parts := strings.Split(id, "/")
			return parts[2], read(ctx, parts[0], parts[1])
		},
	}
}

func kommunicateGroup(client *kommunicateapi.Client) func(ctx context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		made, _, err := client.CreateConversation(ctx, kommunicateapi.ConversationRequest{
			GroupName: "Customers", GroupMemberList: []string{kommunicate.OwnerID},
		})

		return string(made.ID), err
	}
}

func kommunicateMembers(c connection) collection {
	client, next := c.kommunicate(), counter("member-")

	return noted(kommunicateGroup(client),
		func(ctx context.Context, group, _ string) (string, error) {
			id := next()

			err := client.CreateUser(ctx, kommunicateapi.UserRequest{UserID: id})
			if err != nil {
				return "", err
			}

			return id, client.AddMember(ctx, kommunicate.OwnerID, kommunicateapi.Membership{GroupID: group, UserID: id})
		},
		func(ctx context.Context, group, id string) error {
			found, err := client.Conversation(ctx, group)
			if err == nil && !slices.Contains(found.Members(), id) {
				return &transport.Error{Reason: transport.NotFound}
			}

			return err
		},
	)
}

func kommunicateMessages(c connection) collection {
	client := c.kommunicate()

	return noted(kommunicateGroup(client),
		func(ctx context.Context, group, value string) (string, error) {
			sent, err := client.SendMessage(ctx, kommunicateapi.MessageRequest{GroupID: group, FromUserName: kommunicate.OwnerID, Message: value})
			return sent.MessageKey, err
		},
		func(ctx context.Context, group, _ string) error { return client.CheckConversation(ctx, group) },
	)
}

func chatlakeContacts(c connection) collection {
	client, next := c.chatlake(), counter("contact-")

	return collection{
		make: func(ctx context.Context, value string) (string, error) {
			made, err := client.CreateContact(ctx, chatlakeapi.ContactRequest{
				Name: chatlakeapi.Set(value), Identifier: chatlakeapi.Set(next()),
			})

			return made.ID.String(), err
		},
		read: func(ctx context.Context, id string) (string, error) {
			found, err := client.Contact(ctx, chatlakeapi.ParseID(id))
			return found.Name, err
		},
		change: func(ctx context.Context, id, value string) error {
			_, err := client.UpdateContact(ctx, chatlakeapi.ParseID(id), chatlakeapi.ContactRequest{Name: chatlakeapi.Set(value)})
			return err
		},
		remove: func(ctx context.Context, id string) error { return client.DeleteContact(ctx, chatlakeapi.ParseID(id)) },
	}
}

func chatlakeConversations(c connection) collection {
	client, contact := c.chatlake(), chatlakeapi.ID(0)
	value := func(conversation chatlakeapi.Conversation) string {
		return fmt.Sprint(conversation.CustomAttributes["value"])
	}

	return collection{
		make: func(ctx context.Context, value string) (string, error) {
			if contact == 0 {
				made, err := client.CreateContact(ctx, chatlakeapi.ContactRequest{Name: chatlakeapi.Set("Customer")})
				if err != nil {
					return "", err
				}

				contact = made.ID
			}

			made, err := client.CreateConversation(ctx, chatlakeapi.ConversationRequest{
				InboxID: chatlake.APIInboxID, ContactID: contact, CustomAttributes: map[string]any{"value": value},
			})

			return made.ID.String(), err
		},
		read: func(ctx context.Context, id string) (string, error) {
			found, err := client.Conversation(ctx, chatlakeapi.ParseID(id))
			return value(found), err
		},
		change: func(ctx context.Context, id, value string) error {
			_, _, err := client.SetConversationAttributes(ctx, chatlakeapi.ParseID(id), map[string]any{"value": value}, nil)
			return err
		},
		remove: func(ctx context.Context, id string) error {
			return client.DeleteConversation(ctx, chatlakeapi.ParseID(id))
		},
	}
}

func chatlakeMessages(c connection) collection {
	client, conversation := c.chatlake(), chatlakeapi.ID(0)

	return collection{
		make: func(ctx context.Context, value string) (string, error) {
			if conversation == 0 {
				id, err := chatlakeConversations(c).make(ctx, "messages")
				if err != nil {
					return "", err
				}

				conversation = chatlakeapi.ParseID(id)
			}

			made, err := client.CreateMessage(ctx, conversation, chatlakeapi.MessageRequest{Content: &value, MessageType: "outgoing"})

			return conversation.String() + "/" + made.ID.String(), err
		},
		read: func(ctx context.Context, id string) (string, error) {
			in, number, _ := strings.Cut(id, "/")

			message, found, err := client.Message(ctx, chatlakeapi.ParseID(in), chatlakeapi.ParseID(number))
			if err == nil && !found {
				return "", &transport.Error{Reason: transport.NotFound}
			}

			return message.Content, err
		},
	}
}

// chatlakeKind returns one of the kinds that are listed whole. Request names the key and the value; without a key, it changes the
// value alone.
func chatlakeKind[V, R any](
	create func(context.Context, R) (V, error), find func(context.Context, chatlakeapi.ID) (V, error),
	update func(context.Context, chatlakeapi.ID, R) (V, error), remove func(context.Context, chatlakeapi.ID) error,
	request func(key, value chatlakeapi.Nullable[string]) R, id func(V) chatlakeapi.ID, value func(V) string,
) collection {
	next := counter("kind-")

	return collection{
		make: func(ctx context.Context, value string) (string, error) {
			made, err := create(ctx, request(chatlakeapi.Set(next()), chatlakeapi.Set(value)))
			return id(made).String(), err
		},
		read: func(ctx context.Context, text string) (string, error) {
			found, err := find(ctx, chatlakeapi.ParseID(text))
			return value(found), err
		},
		change: func(ctx context.Context, text, value string) error {
			_, err := update(ctx, chatlakeapi.ParseID(text), request(chatlakeapi.Nullable[string]{}, chatlakeapi.Set(value)))
			return err
		},
		remove: func(ctx context.Context, text string) error { return remove(ctx, chatlakeapi.ParseID(text)) },
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}

	return *s
}

func chatlakeCannedResponses(c connection) collection {
	client := c.chatlake()

	return chatlakeKind(client.CreateCannedResponse, client.CannedResponse, client.UpdateCannedResponse, client.DeleteCannedResponse,
		func(key, value chatlakeapi.Nullable[string]) chatlakeapi.CannedResponseRequest {
			return chatlakeapi.CannedResponseRequest{ShortCode: key, Content: value}
		},
		func(v chatlakeapi.CannedResponse) chatlakeapi.ID { return v.ID },
		func(v chatlakeapi.CannedResponse) string { return v.Content })
}

func chatlakeLabels(c connection) collection {
	client := c.chatlake()

	return chatlakeKind(client.CreateLabel, client.Label, client.UpdateLabel, client.DeleteLabel,
		func(key, value chatlakeapi.Nullable[string]) chatlakeapi.LabelRequest {
			return chatlakeapi.LabelRequest{Title: key, Description: value}
		},
		func(v chatlakeapi.Label) chatlakeapi.ID { return v.ID },
		func(v chatlakeapi.Label) string { return text(v.Description) })
}

func chatlakeTeams(c connection) collection {
	client := c.chatlake()

	return chatlakeKind(client.CreateTeam, client.Team, client.UpdateTeam, client.DeleteTeam,
		func(key, value chatlakeapi.Nullable[string]) chatlakeapi.TeamRequest {
			return chatlakeapi.TeamRequest{Name: key, Description: value}
		},
		func(v chatlakeapi.Team) chatlakeapi.ID { return v.ID },
		func(v chatlakeapi.Team) string { return text(v.Description) })
}

func chatlakeCustomFilters(c connection) collection {
	client := c.chatlake()

	const kind = "contact"

	return chatlakeKind(client.CreateCustomFilter,
		func(ctx context.Context, id chatlakeapi.ID) (chatlakeapi.CustomFilter, error) {
			return client.CustomFilter(ctx, id, kind)
		},
		func(ctx context.Context, id chatlakeapi.ID, request chatlakeapi.CustomFilterRequest) (chatlakeapi.CustomFilter, error) {
			return client.UpdateCustomFilter(ctx, id, kind, request)
		},
		func(ctx context.Context, id chatlakeapi.ID) error { return client.DeleteCustomFilter(ctx, id, kind) },
		func(_, value chatlakeapi.Nullable[string]) chatlakeapi.CustomFilterRequest {
			return chatlakeapi.CustomFilterRequest{Name: value, FilterType: chatlakeapi.Set(kind), Query: chatlakeapi.Set(chatlakeapi.Object{})}
		},
		func(v chatlakeapi.CustomFilter) chatlakeapi.ID { return v.ID },
		func(v chatlakeapi.CustomFilter) string { return v.Name })
}

// within is a kind of object inside of another one, the host, which is made for the first of them. Its id is both.
func within(
	host func(ctx context.Context) (string, error),
	create func(ctx context.Context, host, value string) (chatlakeapi.ID, error), read func(ctx context.Context, host string, id chatlakeapi.ID) (string, error),
	change func(ctx context.Context, host string, id chatlakeapi.ID, value string) error, remove func(ctx context.Context, host string, id chatlakeapi.ID) error,
) collection {
	parent := ""
	split := func(id string) (string, chatlakeapi.ID) {
		in, number, _ := strings.Cut(id, "/")
		return in, chatlakeapi.ParseID(number)
	}

	return collection{
		make: func(ctx context.Context, value string) (string, error) {
			if parent == "" {
				made, err := host(ctx)
				if err != nil {
					return "", err
				}

				parent = made
			}

			id, err := create(ctx, parent, value)

			return parent + "/" + id.String(), err
		},
		read: func(ctx context.Context, id string) (string, error) {
			in, number := split(id)
			return read(ctx, in, number)
		},
		change: func(ctx context.Context, id, value string) error {
			in, number := split(id)
			return change(ctx, in, number, value)
		},
		remove: func(ctx context.Context, id string) error {
			in, number := split(id)
			return remove(ctx, in, number)
		},
	}
}

func chatlakeContactNotes(c connection) collection {
	client := c.chatlake()

	return within(
		func(ctx context.Context) (string, error) {
			made, err := client.CreateContact(ctx, chatlakeapi.ContactRequest{Name: chatlakeapi.Set("Customer")})
			return made.ID.String(), err
		},
		func(ctx context.Context, contact, value string) (chatlakeapi.ID, error) {
			made, err := client.CreateContactNote(ctx, chatlakeapi.ParseID(contact), value)
			return made.ID, err
		},
		func(ctx context.Context, contact string, id chatlakeapi.ID) (string, error) {
			found, err := client.ContactNote(ctx, chatlakeapi.ParseID(contact), id)
			return found.Content, err
		},
		func(ctx context.Context, contact string, id chatlakeapi.ID, value string) error {
			_, err := client.UpdateContactNote(ctx, chatlakeapi.ParseID(contact), id, value)
			return err
		},
		func(ctx context.Context, contact string, id chatlakeapi.ID) error {
			return client.DeleteContactNote(ctx, chatlakeapi.ParseID(contact), id)
		},
	)
}

// chatlakePortal makes a help center for what is in it. Each client of a sandbox has one of its own.
func chatlakePortal(client *chatlakeapi.Client) func(ctx context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		portals, err := client.Portals(ctx)
		if err != nil {
			return "", err
		}

		slug := fmt.Sprintf("help-%d", len(portals))
		_, err = client.CreatePortal(ctx, chatlakeapi.PortalRequest{Name: slug, Slug: chatlakeapi.Set(slug)})

		return slug, err
	}
}

func chatlakeArticles(c connection) collection {
	client := c.chatlake()

	return within(
		chatlakePortal(client),
		func(ctx context.Context, portal, value string) (chatlakeapi.ID, error) {
			made, err := client.CreateArticle(ctx, portal, chatlakeapi.ArticleRequest{Title: chatlakeapi.Set(value), AuthorID: chatlakeapi.Set[chatlakeapi.ID](chatlake.AdminID)})
			return made.ID, err
		},
		func(ctx context.Context, portal string, id chatlakeapi.ID) (string, error) {
			found, err := client.Article(ctx, portal, id)
			return found.Title, err
		},
		func(ctx context.Context, portal string, id chatlakeapi.ID, value string) error {
			_, err := client.UpdateArticle(ctx, portal, id, chatlakeapi.ArticleRequest{Title: chatlakeapi.Set(value)})
			return err
		},
		client.DeleteArticle,
	)
}

func chatlakeCategories(c connection) collection {
	client, next := c.chatlake(), counter("category-")

	return within(
		chatlakePortal(client),
		func(ctx context.Context, portal, value string) (chatlakeapi.ID, error) {
			made, err := client.CreateCategory(ctx, portal, chatlakeapi.CategoryRequest{
				Name: chatlakeapi.Set(value), Slug: chatlakeapi.Set(next()), Locale: chatlakeapi.Set("en"),
			})

			return made.ID, err
		},
		func(ctx context.Context, portal string, id chatlakeapi.ID) (string, error) {
			found, err := client.Category(ctx, portal, id)
			return found.Name, err
		},
		func(ctx context.Context, portal string, id chatlakeapi.ID, value string) error {
			_, err := client.UpdateCategory(ctx, portal, id, chatlakeapi.CategoryRequest{Name: chatlakeapi.Set(value)})
			return err
		},
		client.DeleteCategory,
	)
}

func imichatChats(c connection) collection {
	client, next := c.imichat(), counter("+1415555000")

	return collection{
		make: func(ctx context.Context, value string) (string, error) {
			made, err := client.CreateChat(ctx, imichat.TeamID, imichatapi.ChatRequest{
				Channel: "sms", Asset: imichatapi.AssetRequest{ID: imichat.AssetSMS},
				Customer: imichatapi.CustomerRequest{DestinationID: next()}, OtherDetails: map[string]string{"value": value},
			})
			if err != nil {
				return "", err
			}

			return made.ID, nil
		},
		read: func(ctx context.Context, id string) (string, error) {
			found, err := client.Chat(ctx, id)
			if err != nil {
				return "", err
			}

			return found.OtherDetails["value"], nil
		},
		change: func(ctx context.Context, id, value string) error {
			_, err := client.UpdateChat(ctx, id, imichatapi.ChatUpdate{OtherDetails: &map[string]any{"value": value}})
			return err
		},
	}
}
