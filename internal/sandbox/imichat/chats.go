package imichat

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const (
	queued = "queued"
	picked = "picked"
	onhold = "onhold"
	closed = "closed"
)

// Chat is a chat as the platform holds it.
type Chat struct {
	ID            string
	Alias         string
	TeamID        int
	Channel       string
	AssetID       string
	CustomerID    int
	DestinationID string
	CustomerName  string
	Subject       string
	ThreadID      string
	Status        string
	Assignee      string
	Flag          string
	Outcome       string
	Skill         string
	Tags          []string
	RouteParams   map[string]string
	OtherDetails  map[string]string
	Messages      []Message
	Created       time.Time
	Updated       time.Time
}

// customerKey finds a customer again. Unverified: that the platform goes by channel and destination.
type customerKey struct{ channel, destination string }

// chatRequest is the body of POST /chats. Unverified: no page documents it; it follows the object of the answer.
type chatRequest struct {
	Channel string `json:"channel"`
	Asset   struct {
		ID sandbox.ID `json:"id"`
	} `json:"asset"`
	Customer struct {
		DestinationID string `json:"destination_id"`
		Name          string `json:"name"`
	} `json:"customer"`
	Messages     []messageRequest  `json:"messages"`
	Alias        string            `json:"alias_id"`
	Subject      string            `json:"subject"`
	ThreadID     string            `json:"thread_id"`
	RouteParams  map[string]string `json:"route_params"`
	OtherDetails map[string]string `json:"other_details"`
	Tags         []string          `json:"tags"`
	Tag          []string          `json:"tag"`
	Assignee     string            `json:"assignee"`
}

// createChat makes a chat in the header's team (docs.imi.chat/reference/create-chat).
func (p *Platform) createChat(req *sandbox.Request, team int) sandbox.Reply {
	checkQuery(req)

	var body chatRequest

	refused := p.decode(req, &body)
	if refused != nil {
		return *refused
	}

	if body.Tag != nil && p.switches.CreateTags != "tag" {
		req.Complain("unknown field \"tag\": it is the answer's, requests have tags")
	}

	wrong := body.findMistake()
	if wrong != "" {
		return p.refuseInvalid(req, wrong)
	}

	messages := make([]Message, 0, len(body.Messages))
	for i, m := range body.Messages {
		message, err := m.toMessage(req, body.Channel)
		if err != nil {
			return p.refuseInvalid(req, fmt.Sprintf("messages[%d]: %v", i, err))
		}

		messages = append(messages, message)
	}

	refused = p.refuseForTenant(&body)
	if refused != nil {
		return *refused
	}

	chat := p.newChat(&body, team)
	chat.Messages = messages
	p.chats.Put(chat.ID, chat)

	return p.answerCreated(chatRetrieved, "chat", "chat_id", p.chatObject(chat))
}

// findMistake describes what is wrong for every tenant; empty is nothing. A correct client never sends it.
func (c *chatRequest) findMistake() string {
	switch {
	case !slices.Contains(Channels(), c.Channel):
		return fmt.Sprintf("channel %q is none of %s", c.Channel, strings.Join(Channels(), ", "))
	case c.Asset.ID == "":
		return "asset.id is missing"
	case c.Customer.DestinationID == "":
		return "customer.destination_id is missing"
	case c.Subject != "" && c.Channel != "email":
		return "subject belongs to channel email alone"
	case c.ThreadID != "" && c.Channel != "livechat":
		return "thread_id belongs to channel livechat alone"
	}

	return ""
}

// refuseForTenant refuses what this tenant does not have. A correct client can meet that, so there is no complaint.
func (p *Platform) refuseForTenant(c *chatRequest) *sandbox.Reply {
	refuse := func(v responseCode, detail string) *sandbox.Reply {
		reply := p.refuse(v, detail)
		return &reply
	}
	if !p.hasAsset(c.Channel, string(c.Asset.ID)) && !p.switches.AnyAsset {
		return refuse(bodyInvalid, fmt.Sprintf("no asset %s on channel %s", c.Asset.ID, c.Channel))
	}

	if len(c.Messages) == 0 && p.switches.MessagesRequired {
		return refuse(bodyInvalid, "a chat needs a message")
	}

	for name := range c.RouteParams {
		if name != RouteLanguage && name != RouteTier {
			return refuse(bodyInvalid, fmt.Sprintf("no routing attribute %q", name))
		}
	}

	if c.Assignee != "" && p.switches.AssigneeOnCreate {
		if _, ok := p.findByLogin(c.Assignee); !ok {
			return refuse(bodyInvalid, fmt.Sprintf("no user with login id %q", c.Assignee))
		}
	}

	if p.isAliasTaken(c.Alias, "") {
		return refuse(taken, "alias_id "+c.Alias)
	}

	return nil
}

func (p *Platform) isAliasTaken(alias, by string) bool {
	if alias == "" || !p.switches.UniqueAlias {
		return false
	}

	_, ok := p.chats.Find(func(c *Chat) bool { return c.Alias == alias && c.ID != by })

	return ok
}

func (p *Platform) newChat(c *chatRequest, team int) *Chat {
	id := ""
	for exists := true; exists; _, exists = p.chats.Get(id) {
		id = "CSR" + p.core.Text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 13)
	}

	chat := &Chat{
		ID: id, Alias: c.Alias, TeamID: team, Channel: c.Channel, AssetID: string(c.Asset.ID),
		CustomerID:    p.ensureCustomer(c.Channel, c.Customer.DestinationID),
		DestinationID: c.Customer.DestinationID, CustomerName: c.Customer.Name,
		Subject: c.Subject, ThreadID: c.ThreadID, RouteParams: c.RouteParams, OtherDetails: c.OtherDetails,
		Status: queued, Created: p.core.Now(), Updated: p.core.Now(),
	}
	// Unverified: that an assignee makes the new chat picked.
	if c.Assignee != "" && p.switches.AssigneeOnCreate {
		chat.Assignee, chat.Status = c.Assignee, picked
	}

	switch p.switches.CreateTags {
	case "tags":
		chat.Tags = uniqueTags(c.Tags)
	case "tag":
		chat.Tags = uniqueTags(c.Tag)
	}

	return chat
}

// ensureCustomer finds or makes the customer of a destination. Names stay with the chat they were given with.
func (p *Platform) ensureCustomer(channel, destination string) int {
	key := customerKey{channel, destination}
	if _, ok := p.customers[key]; !ok {
		p.lastCustomerID++
		p.customers[key] = p.lastCustomerID
	}

	return p.customers[key]
}

// listChats answers the tenant's list, newest first (docs.imi.chat/reference/get-chats).
func (p *Platform) listChats(req *sandbox.Request, _ int) sandbox.Reply {
	n, refused := p.pageNumber(req)
	if refused != nil {
		return *refused
	}

	return p.answer(chatsListed, p.wrapList("chats", p.chatRows(p.newestChats(n, func(*Chat) bool { return true }))))
}

// newestChats returns a page of the chats that fit, newest first.
func (p *Platform) newestChats(n int, fits func(*Chat) bool) []*Chat {
	var page []*Chat

	skip := (n - 1) * pageSize

	for _, chat := range p.chats.Newest() {
		if p.switches.ListSharedOnly && !p.isShared(chat.TeamID) || !fits(chat) {
			continue
		}

		if skip > 0 {
			skip--
			continue
		}

		page = append(page, chat)
		if len(page) == pageSize {
			break
		}
	}

	return page
}

func (p *Platform) chatRows(chats []*Chat) []any {
	rows := []any{}
	for _, chat := range chats {
		rows = append(rows, p.chatRow(chat))
	}

	return rows
}

// readChatRoute answers GET /chats/{id}, unless the tenant does not have the call.
func (p *Platform) readChatRoute(req *sandbox.Request) sandbox.Reply {
	if !p.switches.GetOne {
		return p.refuse(methodNotAllowed)
	}

	return p.guard(teamOptional, p.readChat)(req)
}

func (p *Platform) readChat(req *sandbox.Request, _ int) sandbox.Reply {
	checkQuery(req)

	chat, refused := p.findChat(req)
	if refused != nil {
		return *refused
	}

	return p.answer(chatRetrieved, p.wrapOne("chat", p.chatObject(chat)))
}

// findChat returns the chat of the path, or the refusal.
//
// Unverified: 2010 for a chat whose team is gone or not shared with the key.
func (p *Platform) findChat(req *sandbox.Request) (*Chat, *sandbox.Reply) {
	id := req.PathValue("id")

	chat, ok := p.chats.Get(id)
	if !ok && p.switches.AliasInPath {
		chat, ok = p.chats.Find(func(c *Chat) bool { return c.Alias == id })
	}

	if !ok {
		reply := p.refuse(chatUnknown)
		return nil, &reply
	}

	if !p.isShared(chat.TeamID) {
		reply := p.refuse(teamUnknown)
		return nil, &reply
	}

	return chat, nil
}

func (p *Platform) touch(chat *Chat) {
	chat.Updated = p.core.Now()
}
