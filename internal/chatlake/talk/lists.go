package talk

import (
	"cmp"
	"context"
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// ListResources lists what terraform query can list of this area.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{contactList.New, contactInboxList.New, contactNoteList.New, conversationList.New, messageList.New, participation.List}
}

// labelsFilter narrows a list to objects with labels.
func labelsFilter() schema.ListAttribute {
	return schema.ListAttribute{MarkdownDescription: "Only those with at least one of these labels.", Optional: true, ElementType: types.StringType}
}

// listedContact is a contact, and whether its labels are asked for.
type listedContact struct {
	api.Contact

	withLabels bool
}

// contactList lists contacts. The labels of each take a request of their own.
var contactList = account.Listing[listedContact, contactModel]{
	Type: contactType, Noun: "contacts",
	Description: "Contacts of the account. The platform lists only those with an e-mail address, phone number or identifier; with `query`, since version 4.11.0, all. " +
		"With `include_resource`, the labels of each contact take a request of their own.",
	Arguments: map[string]schema.Attribute{
		"query":          lookup.Filter("A part of the name, e-mail address, phone number or identifier; `%` and `_` are wildcards. Not with `labels`.", attribute.NotWith(path.MatchRoot("labels"))),
		"labels":         labelsFilter(),
		"include_labels": schema.BoolAttribute{MarkdownDescription: "`false` leaves the labels of the contacts out, and saves a request for each.", Optional: true},
		"company_id": lookup.Filter(ofCompany,
			attribute.IntegerID(), attribute.NotWith(path.MatchRoot("query"), path.MatchRoot("labels"), path.MatchRoot("sort"))),
		"sort": lookup.Filter("The order, descending with a minus sign in front. Default `created_at`.", stringvalidator.OneOf(contactSorts()...)),
	},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[listedContact, error] {
		include, _ := given["include_labels"].(types.Bool)
		withLabels := include.IsNull() || include.ValueBool()
		contacts := client.EachContact(ctx, api.ContactsQuery{
			Search: given.Text("query"), Labels: account.Texts(given["labels"]), Sort: given.Text("sort"), Company: api.ParseID(given.Text("company_id")),
		})

		return func(yield func(listedContact, error) bool) {
			for found, err := range contacts {
				if !yield(listedContact{found, withLabels}, err) {
					return
				}
			}
		}
	},
	Name: func(found listedContact) string { return contactName(&found.Contact) },
	Fill: func(ctx context.Context, client *api.Client, m *contactModel, found listedContact, diags *diag.Diagnostics) {
		m.fillImported(&found.Contact)

		if !found.withLabels {
			return
		}

		reader := contactResource{account.WithID(contactType)}
		reader.Client = client
		apidiag.Add(diags, "read the labels of contact "+found.ID.String(), account.UnlessGone(reader.readLabels(ctx, m, true)))
	},
}

// contactName returns what people know a contact by.
func contactName(found *api.Contact) string {
	return cmp.Or(found.Name, found.Email, found.PhoneNumber, found.Identifier, "Contact "+found.ID.String())
}

// contactSession is a session with its contact.
type contactSession struct {
	contact api.Contact
	session api.ContactInbox
}

// contactInboxList lists sessions.
var contactInboxList = account.Listing[contactSession, contactInboxModel]{
	Type: "chatlake_contact_inbox", Noun: "sessions",
	Description: "Sessions of contacts in inboxes: of one contact, or of all contacts that the platform lists.",
	Arguments: map[string]schema.Attribute{
		"contact_id": lookup.Filter("Only those of this contact.", attribute.IntegerID()),
		"inbox_id":   lookup.Filter("Only those in this inbox.", attribute.IntegerID()),
	},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[contactSession, error] {
		return sessions(ctx, client, api.ParseID(given.Text("contact_id")), api.ParseID(given.Text("inbox_id")))
	},
	Name: func(found contactSession) string {
		return contactName(&found.contact) + " in " + cmp.Or(found.session.Inbox.Name, "inbox "+found.session.Inbox.ID.String())
	},
	Identity: func(found contactSession, _ lookup.Arguments) map[string]string {
		return map[string]string{
			"contact_id": found.contact.ID.String(), "inbox_id": found.session.Inbox.ID.String(), "source_id": found.session.SourceID,
		}
	},
	Fill: func(_ context.Context, _ *api.Client, m *contactInboxModel, found contactSession, _ *diag.Diagnostics) {
		m.fromAPI(found.contact.ID, &found.session)
	},
}

// sessions returns the sessions of one contact, or of all; 0 is no filter.
func sessions(ctx context.Context, client *api.Client, contact, inbox api.ID) iter.Seq2[contactSession, error] {
	contacts := client.EachContact(ctx, api.ContactsQuery{})
	if contact != 0 {
		contacts = func(yield func(api.Contact, error) bool) { yield(client.Contact(ctx, contact)) }
	}

	return func(yield func(contactSession, error) bool) {
		for found, err := range contacts {
			if err != nil {
				yield(contactSession{}, err)
				return
			}

			for _, session := range found.ContactInboxes {
				isAsked := inbox == 0 || session.Inbox.ID == inbox
				if isAsked && !yield(contactSession{found, session}, nil) {
					return
				}
			}
		}
	}
}

// contactNoteList lists the notes on a contact.
var contactNoteList = account.Listing[api.ContactNote, contactNoteModel]{
	Type: "chatlake_contact_note", Noun: "contact notes",
	Description: "The notes on a contact, the newest first.",
	Arguments:   map[string]schema.Attribute{"contact_id": lookup.Owner("The contact.", attribute.IntegerID())},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.ContactNote, error] {
		return lookup.Each(func() ([]api.ContactNote, error) {
			return client.ContactNotes(ctx, api.ParseID(given.Text("contact_id")))
		})
	},
	Name: func(found api.ContactNote) string { return lookup.Excerpt(found.Content) },
	Identity: func(found api.ContactNote, given lookup.Arguments) map[string]string {
		return map[string]string{"contact_id": given.Text("contact_id"), "id": found.ID.String()}
	},
	Fill: func(_ context.Context, _ *api.Client, m *contactNoteModel, found api.ContactNote, _ *diag.Diagnostics) {
		m.fromAPI(found)
	},
}

// conversationList lists conversations.
var conversationList = account.Listing[api.Conversation, conversationModel]{
	Type: conversationType, Noun: "conversations",
	Description: "Conversations that the token's user may see, oldest first.",
	Arguments: map[string]schema.Attribute{
		"status":        lookup.Filter("Only those of this status, one of "+attribute.Choices(statuses()...)+".", stringvalidator.OneOf(statuses()...)),
		"assignee_type": lookup.Filter("Only those that the token's user has (`me`), that no agent has (`unassigned`), or that an agent has (`assigned`).", stringvalidator.OneOf("me", "unassigned", "assigned")),
		"inbox_id":      lookup.Filter("Only those of this inbox.", attribute.IntegerID()),
		"team_id":       lookup.Filter("Only those of this team.", attribute.IntegerID()),
		"source_id":     lookup.Filter("Only those of this session."),
		"query":         lookup.Filter("Only those with a message that holds this text."),
		"labels":        labelsFilter(),
	},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.Conversation, error] {
		return client.EachConversation(ctx, api.ConversationsQuery{
			Status: given.Text("status"), AssigneeType: given.Text("assignee_type"), InboxID: api.ParseID(given.Text("inbox_id")), TeamID: api.ParseID(given.Text("team_id")),
			SourceID: given.Text("source_id"), Search: given.Text("query"), Labels: account.Texts(given["labels"]),
		})
	},
	Name: func(found api.Conversation) string {
		return fmt.Sprintf("#%s %s (%s)", found.ID, contactName(&found.Meta.Sender), found.Status)
	},
	Fill: func(ctx context.Context, client *api.Client, m *conversationModel, found api.Conversation, diags *diag.Diagnostics) {
		reader := conversationResource{account.WithID(conversationType)}
		reader.Client = client
		apidiag.Add(diags, "find the session of conversation "+found.ID.String(), account.UnlessGone(reader.fillImported(ctx, m, &found)))
	},
}

// messageList lists the messages of a conversation.
var messageList = account.Listing[api.Message, messageModel]{
	Type: messageType, Noun: "messages",
	Description: "The messages of a conversation, the newest first. What the platform notes about the conversation (`activity`) and what was deleted is left out: it cannot be imported.",
	Arguments:   map[string]schema.Attribute{"conversation_id": lookup.Owner("The conversation.", attribute.IntegerID())},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.Message, error] {
		return lookup.Only(client.EachMessage(ctx, api.ParseID(given.Text("conversation_id"))), func(found api.Message) bool {
			return !found.Deleted() && (found.MessageType == "incoming" || found.MessageType == "outgoing")
		})
	},
	Name: messageName,
	Identity: func(found api.Message, given lookup.Arguments) map[string]string {
		return map[string]string{"conversation_id": given.Text("conversation_id"), "id": found.ID.String()}
	},
	Fill: func(_ context.Context, _ *api.Client, m *messageModel, found api.Message, _ *diag.Diagnostics) {
		m.fill(&found)
	},
}

// messageName returns who wrote a message, and its first words.
func messageName(found api.Message) string {
	text := cmp.Or(lookup.Excerpt(found.Content), "Message "+found.ID.String())
	if found.Sender == nil || found.Sender.Name == "" {
		return text
	}

	return found.Sender.Name + ": " + text
}
