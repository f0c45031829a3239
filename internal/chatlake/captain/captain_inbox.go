package captain

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// inboxModel says who answers in an inbox, in a configuration and in state.
type inboxModel struct {
	inboxData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// inboxData is what the platform has of it.
type inboxData struct {
	ID          types.String `tfsdk:"id"`
	AssistantID types.String `tfsdk:"assistant_id"`
	InboxID     types.String `tfsdk:"inbox_id"`
}

// ids are the assistant's and the inbox's. After an import, the assistant is not known yet.
func (m *inboxData) ids() (assistant, inbox api.ID) {
	return api.ParseID(m.AssistantID.ValueString()), api.ParseID(m.ID.ValueString())
}

// fromAPI takes everything from the platform's answer. There is nothing that only a configuration has.
func (m *inboxData) fromAPI(found api.CaptainInbox) {
	m.ID = types.StringValue(found.ID.String())
	m.AssistantID = types.StringValue(found.AssistantID.String())
	m.InboxID = m.ID
}

// changeOf returns the request that gives the planned assistant to an inbox that has one.
func (m *inboxData) changeOf(found api.CaptainInbox) api.CaptainInboxRequest {
	wanted := api.ParseID(m.AssistantID.ValueString())
	if found.AssistantID == wanted {
		return api.CaptainInboxRequest{}
	}

	return api.CaptainInboxRequest{From: found.AssistantID, To: wanted}
}

// inboxKind is chatlake_captain_inbox, with its data sources and its list.
func inboxKind() account.Kind {
	return account.Kind{Resource: newInboxResource, DataSources: inboxSources.DataSources(), List: inboxList.New}
}

const inboxesOfAssistant = "The id of an assistant: only the inboxes in which it answers."

var inboxSources = lookup.Sources[api.Client, api.CaptainInbox, inboxData]{
	Type: "chatlake_captain_inbox", Plural: "chatlake_captain_inboxes", ListName: "captain_inboxes",
	Description:       "Which assistant answers in an inbox. It is an error if none does.",
	PluralDescription: "All inboxes in which an assistant answers, or those of one assistant.",
	ListDescription:   "The inboxes, by their ids.",
	Attributes: map[string]schema.Attribute{
		"id":           attribute.Found("The inbox's id."),
		"assistant_id": attribute.Found("The id of the assistant that answers there."),
		"inbox_id":     attribute.Found("The inbox's id, as well."),
	},
	Keys: []lookup.Key[api.CaptainInbox]{
		{
			Name: "id", Attribute: attribute.Lookup("The inbox's id. Exactly one of `id` and `inbox_id` is needed, and they are the same.", attribute.IntegerID()),
			Of: func(found api.CaptainInbox) string { return found.ID.String() },
		},
		{
			Name: "inbox_id", Attribute: attribute.Lookup("The inbox's id.", attribute.IntegerID()),
			Of: func(found api.CaptainInbox) string { return found.ID.String() },
		},
	},
	ListFilters: []lookup.Key[api.CaptainInbox]{
		{
			Name: "assistant_id", Attribute: schema.StringAttribute{MarkdownDescription: inboxesOfAssistant, Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID())},
			Of: func(found api.CaptainInbox) string { return found.AssistantID.String() },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.CaptainInbox, error) {
		return client.AllCaptainInboxes(ctx)
	},
	Model: func(found api.CaptainInbox, _ string) inboxData {
		var m inboxData
		m.fromAPI(found)

		return m
	},
}

var inboxList = account.Listing[api.CaptainInbox, inboxModel]{
	Type: "chatlake_captain_inbox", Noun: "Captain inboxes",
	Description: "The inboxes in which an assistant answers, or those of one assistant.",
	Arguments:   map[string]listschema.Attribute{"assistant_id": lookup.Filter(inboxesOfAssistant, attribute.IntegerID())},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.CaptainInbox, error] {
		return lookup.Each(func() ([]api.CaptainInbox, error) {
			assistant := given.Text("assistant_id")
			if assistant == "" {
				return client.AllCaptainInboxes(ctx)
			}

			return client.CaptainInboxes(ctx, api.ParseID(assistant))
		})
	},
	Name: func(found api.CaptainInbox) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *inboxModel, found api.CaptainInbox, _ *diag.Diagnostics) {
		m.fromAPI(found)
	},
}
