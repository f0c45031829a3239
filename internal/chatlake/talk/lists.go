package talk

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ list.ListResourceWithConfigure = (*contactList)(nil)
	_ list.ListResourceWithConfigure = (*contactInboxList)(nil)
	_ list.ListResourceWithConfigure = (*contactNoteList)(nil)
	_ list.ListResourceWithConfigure = (*conversationList)(nil)
	_ list.ListResourceWithConfigure = (*messageList)(nil)
)

// ListResources lists what terraform query can list of this area.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{newContactList, newContactInboxList, newContactNoteList, newConversationList, newMessageList}
}

// filter is an optional argument of a list resource.
func filter(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: attribute.OrEmpty(validators...)}
}

// parent is a required argument of a list resource.
func parent(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{attribute.IntegerID()}}
}

// labelsFilter narrows a list to objects with labels.
func labelsFilter() schema.ListAttribute {
	return schema.ListAttribute{MarkdownDescription: "Only those with at least one of these labels.", Optional: true, ElementType: types.StringType}
}

// excerpt returns the first words of a text.
func excerpt(text string) string {
	const most = 60

	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > most {
		return string(letters[:most]) + "..."
	}

	return string(letters)
}

func newContactList() list.ListResource { return &contactList{account.ListOf(contactType)} }

// contactList lists contacts.
type contactList struct{ account.ListResource }

type contactFilters struct {
	Query  types.String `tfsdk:"query"`
	Labels types.List   `tfsdk:"labels"`
	Sort   types.String `tfsdk:"sort"`
}

func (l *contactList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Contacts of the account. The platform lists only those with an e-mail address, phone number or identifier; with `query`, since version 4.11.0, all.",
		Attributes: map[string]schema.Attribute{
			"query":  filter("A part of the name, e-mail address, phone number or identifier; `%` and `_` are wildcards. Not with `labels`.", stringvalidator.ConflictsWith(path.MatchRoot("labels"))),
			"labels": labelsFilter(),
			"sort":   filter("The order, descending with a minus sign in front. Default `created_at`.", stringvalidator.OneOf(contactSorts()...)),
		},
	}
}

// List streams the contacts page by page.
func (l *contactList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filters contactFilters

	diags := account.Filters(ctx, req, &filters)
	labels, problems := tfvalue.Strings(ctx, filters.Labels)
	diags.Append(problems...)

	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	contacts := l.Client.EachContact(ctx, api.ContactsQuery{
		Search: filters.Query.ValueString(), Labels: labels, Sort: filters.Sort.ValueString(),
	})
	account.Stream(ctx, &l.ListResource, req, stream, "list contacts", contacts, func(found api.Contact) account.Row {
		return account.Row{Name: contactName(&found), Identity: map[string]string{"id": found.ID.String()}, Resource: l.resource(ctx, &found)}
	})
}

// resource returns the contact as an import reads it. The labels take a request of their own.
func (l *contactList) resource(ctx context.Context, found *api.Contact) func(*tfsdk.Resource, *diag.Diagnostics) any {
	return func(into *tfsdk.Resource, diags *diag.Diagnostics) any {
		var m contactModel

		diags.Append(into.Get(ctx, &m)...)
		m.fillImported(found)

		reader := contactResource{account.WithID(contactType)}
		reader.Client = l.Client
		reader.readLabels(ctx, &m, true, diags)

		return m
	}
}

// contactName returns what people know a contact by.
func contactName(found *api.Contact) string {
	return cmp.Or(found.Name, found.Email, found.PhoneNumber, found.Identifier, "Contact "+found.ID.String())
}

func newContactInboxList() list.ListResource {
	return &contactInboxList{account.ListOf("chatlake_contact_inbox")}
}

// contactInboxList lists sessions.
type contactInboxList struct{ account.ListResource }

func (l *contactInboxList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sessions of contacts in inboxes: of one contact, or of all contacts that the platform lists.",
		Attributes: map[string]schema.Attribute{
			"contact_id": filter("Only those of this contact.", attribute.IntegerID()),
			"inbox_id":   filter("Only those in this inbox.", attribute.IntegerID()),
		},
	}
}

// contactSession is a session with its contact.
type contactSession struct {
	contact api.Contact
	session api.ContactInbox
}

// List streams the sessions.
func (l *contactInboxList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filters struct {
		ContactID types.String `tfsdk:"contact_id"`
		InboxID   types.String `tfsdk:"inbox_id"`
	}

	diags := account.Filters(ctx, req, &filters)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	sessions := l.sessions(ctx, api.ParseID(filters.ContactID.ValueString()), api.ParseID(filters.InboxID.ValueString()))
	account.Stream(ctx, &l.ListResource, req, stream, "list sessions", sessions, func(found contactSession) account.Row {
		var m contactInboxModel
		m.fromAPI(found.contact.ID, &found.session)

		return account.Row{
			Name:     contactName(&found.contact) + " in " + cmp.Or(found.session.Inbox.Name, "inbox "+found.session.Inbox.ID.String()),
			Identity: map[string]string{"contact_id": m.ContactID.ValueString(), "inbox_id": m.InboxID.ValueString(), "source_id": m.SourceID.ValueString()},
			Resource: func(*tfsdk.Resource, *diag.Diagnostics) any { return m },
		}
	})
}

// sessions returns the sessions of one contact, or of all; 0 is no filter.
func (l *contactInboxList) sessions(ctx context.Context, contact, inbox api.ID) iter.Seq2[contactSession, error] {
	contacts := l.Client.EachContact(ctx, api.ContactsQuery{})
	if contact != 0 {
		contacts = func(yield func(api.Contact, error) bool) { yield(l.Client.Contact(ctx, contact)) }
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

func newContactNoteList() list.ListResource {
	return &contactNoteList{account.ListOf("chatlake_contact_note")}
}

// contactNoteList lists the notes on a contact.
type contactNoteList struct{ account.ListResource }

func (l *contactNoteList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The notes on a contact, the newest first.",
		Attributes:          map[string]schema.Attribute{"contact_id": parent("The contact.")},
	}
}

// List returns the notes.
func (l *contactNoteList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var contact types.String

	diags := req.Config.GetAttribute(ctx, path.Root("contact_id"), &contact)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	notes := func(yield func(api.ContactNote, error) bool) {
		all, err := l.Client.ContactNotes(ctx, api.ParseID(contact.ValueString()))
		if err != nil {
			yield(api.ContactNote{}, err)
			return
		}

		for _, note := range all {
			if !yield(note, nil) {
				return
			}
		}
	}
	account.Stream(ctx, &l.ListResource, req, stream, "list the notes on contact "+contact.ValueString(), notes, func(found api.ContactNote) account.Row {
		m := contactNoteModel{ContactID: contact}
		m.fromAPI(found)

		return account.Row{
			Name:     excerpt(found.Content),
			Identity: map[string]string{"contact_id": contact.ValueString(), "id": found.ID.String()},
			Resource: func(*tfsdk.Resource, *diag.Diagnostics) any { return m },
		}
	})
}

func newConversationList() list.ListResource {
	return &conversationList{account.ListOf(conversationType)}
}

// conversationList lists conversations.
type conversationList struct{ account.ListResource }

type conversationFilters struct {
	Status       types.String `tfsdk:"status"`
	AssigneeType types.String `tfsdk:"assignee_type"`
	InboxID      types.String `tfsdk:"inbox_id"`
	TeamID       types.String `tfsdk:"team_id"`
	SourceID     types.String `tfsdk:"source_id"`
	Query        types.String `tfsdk:"query"`
	Labels       types.List   `tfsdk:"labels"`
}

// query returns what the filters ask the platform for.
func (f conversationFilters) query(ctx context.Context) (api.ConversationsQuery, diag.Diagnostics) {
	labels, diags := tfvalue.Strings(ctx, f.Labels)

	return api.ConversationsQuery{
		Status: f.Status.ValueString(), AssigneeType: f.AssigneeType.ValueString(),
		InboxID: api.ParseID(f.InboxID.ValueString()), TeamID: api.ParseID(f.TeamID.ValueString()),
		SourceID: f.SourceID.ValueString(), Search: f.Query.ValueString(), Labels: labels,
	}, diags
}

func (l *conversationList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Conversations that the token's user may see, oldest first.",
		Attributes: map[string]schema.Attribute{
			"status":        filter("Only those of this status, one of "+attribute.Choices(statuses()...)+".", stringvalidator.OneOf(statuses()...)),
			"assignee_type": filter("Only those that the token's user has (`me`), that no agent has (`unassigned`), or that an agent has (`assigned`).", stringvalidator.OneOf("me", "unassigned", "assigned")),
			"inbox_id":      filter("Only those of this inbox.", attribute.IntegerID()),
			"team_id":       filter("Only those of this team.", attribute.IntegerID()),
			"source_id":     filter("Only those of this session."),
			"query":         filter("Only those with a message that holds this text."),
			"labels":        labelsFilter(),
		},
	}
}

// List streams the conversations page by page.
func (l *conversationList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filters conversationFilters

	diags := account.Filters(ctx, req, &filters)
	query, problems := filters.query(ctx)
	diags.Append(problems...)

	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	account.Stream(ctx, &l.ListResource, req, stream, "list conversations", l.Client.EachConversation(ctx, query), func(found api.Conversation) account.Row {
		return account.Row{
			Name:     fmt.Sprintf("#%s %s (%s)", found.ID, contactName(&found.Meta.Sender), found.Status),
			Identity: map[string]string{"id": found.ID.String()},
			Resource: l.resource(ctx, &found),
		}
	})
}

// resource returns the conversation as an import reads it.
func (l *conversationList) resource(ctx context.Context, found *api.Conversation) func(*tfsdk.Resource, *diag.Diagnostics) any {
	return func(into *tfsdk.Resource, diags *diag.Diagnostics) any {
		var m conversationModel

		diags.Append(into.Get(ctx, &m)...)

		reader := conversationResource{account.WithID(conversationType)}
		reader.Client = l.Client
		reader.fillImported(ctx, &m, found, diags)

		return m
	}
}

func newMessageList() list.ListResource { return &messageList{account.ListOf(messageType)} }

// messageList lists the messages of a conversation.
type messageList struct{ account.ListResource }

func (l *messageList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The messages of a conversation, the newest first. What the platform notes about the conversation (`activity`) and what was deleted is left out: it cannot be imported.",
		Attributes:          map[string]schema.Attribute{"conversation_id": parent("The conversation.")},
	}
}

// List streams the messages page by page.
func (l *messageList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var conversation types.String

	diags := req.Config.GetAttribute(ctx, path.Root("conversation_id"), &conversation)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	messages := func(yield func(api.Message, error) bool) {
		for found, err := range l.Client.EachMessage(ctx, api.ParseID(conversation.ValueString())) {
			isSent := err != nil || !found.Deleted() && (found.MessageType == "incoming" || found.MessageType == "outgoing")
			if isSent && !yield(found, err) {
				return
			}
		}
	}
	account.Stream(ctx, &l.ListResource, req, stream, "list the messages of conversation "+conversation.ValueString(), messages, func(found api.Message) account.Row {
		return account.Row{
			Name:     messageName(&found),
			Identity: map[string]string{"conversation_id": conversation.ValueString(), "id": found.ID.String()},
			Resource: func(into *tfsdk.Resource, diags *diag.Diagnostics) any {
				var m messageModel

				diags.Append(into.Get(ctx, &m)...)
				m.ConversationID = conversation
				m.fill(&found)

				return m
			},
		}
	})
}

// messageName returns who wrote a message, and its first words.
func messageName(found *api.Message) string {
	text := cmp.Or(excerpt(found.Content), "Message "+found.ID.String())
	if found.Sender == nil || found.Sender.Name == "" {
		return text
	}

	return found.Sender.Name + ": " + text
}
