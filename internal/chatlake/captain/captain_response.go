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

// responseModel is a response in a configuration and in state, and what data sources tell of it.
type responseModel struct {
	ID          types.String `tfsdk:"id"`
	AssistantID types.String `tfsdk:"assistant_id"`
	Question    types.String `tfsdk:"question"`
	Answer      types.String `tfsdk:"answer"`
	Status      types.String `tfsdk:"status"`
	Edited      types.Bool   `tfsdk:"edited"`
}

// fromAPI takes everything from the platform's answer. There is nothing that only a configuration has.
func (m *responseModel) fromAPI(found api.CaptainResponse) {
	m.ID = types.StringValue(found.ID.String())
	m.AssistantID = account.IDOrNull(found.Assistant.ID)
	m.Question = types.StringValue(found.Question)
	m.Answer = types.StringValue(found.Answer)
	m.Status = types.StringValue(found.Status)
	m.Edited = types.BoolValue(found.Edited)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a response.
func (m *responseModel) changeFrom(prior responseModel) api.CaptainResponseRequest {
	return api.CaptainResponseRequest{
		Question:    account.TextChange(prior.Question, m.Question),
		Answer:      account.TextChange(prior.Answer, m.Answer),
		Status:      account.TextChange(prior.Status, m.Status),
		AssistantID: account.IDChange(prior.AssistantID, m.AssistantID),
	}
}

// responseKind is chatlake_captain_response, with its data sources and its list.
func responseKind() account.Kind {
	return account.Kind{Resource: newResponseResource, DataSources: responseSources.DataSources(), List: responseList.New}
}

// ofAssistant narrows a list to one assistant.
const ofAssistant = "The id of an assistant: only what is its own."

var responseSources = lookup.Sources[api.Client, api.CaptainResponse, responseModel]{
	Type: "chatlake_captain_response", Plural: "chatlake_captain_responses", ListName: "captain_responses",
	Description:       "A response that an assistant knows, by id or `question`.",
	PluralDescription: "All responses of the account, or of one assistant.",
	ListDescription:   "The responses.",
	Attributes: map[string]schema.Attribute{
		"id":           attribute.Found("The response's id."),
		"assistant_id": attribute.Found("The assistant's id."),
		"question":     attribute.Found("What customers ask."),
		"answer":       attribute.Found("What the assistant answers."),
		"status":       attribute.Found("Whether the assistant uses it (`approved`), or people look at it first (`pending`)."),
		"edited":       attribute.FoundFlag("Whether question or answer were ever changed."),
	},
	Keys: []lookup.Key[api.CaptainResponse]{
		{
			Name: "id", Attribute: attribute.Lookup("The response's id. Exactly one of `id` and `question` is needed.", attribute.IntegerID()),
			Of: func(found api.CaptainResponse) string { return found.ID.String() },
		},
		{
			Name: "question", Attribute: attribute.Lookup("The question. Several responses may have the same one.", attribute.NotEmpty()),
			Of: func(found api.CaptainResponse) string { return found.Question },
		},
	},
	ListFilters: []lookup.Key[api.CaptainResponse]{
		{
			Name: "assistant_id", Attribute: schema.StringAttribute{MarkdownDescription: ofAssistant, Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID())},
			Of: func(found api.CaptainResponse) string { return found.Assistant.ID.String() },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.CaptainResponse, error) {
		return client.CaptainResponses().All(ctx)
	},
	Model: func(found api.CaptainResponse, _ string) responseModel {
		var m responseModel
		m.fromAPI(found)

		return m
	},
}

var responseList = account.Listing[api.CaptainResponse, responseModel]{
	Type: "chatlake_captain_response", Noun: "Captain responses",
	Description: "The responses of the account, or of one assistant.",
	Arguments:   map[string]listschema.Attribute{"assistant_id": lookup.Filter(ofAssistant, attribute.IntegerID())},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.CaptainResponse, error] {
		assistant := given.Text("assistant_id")

		return lookup.Only(client.CaptainResponses().Each(ctx), func(found api.CaptainResponse) bool {
			return assistant == "" || found.Assistant.ID.String() == assistant
		})
	},
	Name: func(found api.CaptainResponse) string { return lookup.Excerpt(found.Question) },
	Fill: func(_ context.Context, _ *api.Client, m *responseModel, found api.CaptainResponse, _ *diag.Diagnostics) {
		m.fromAPI(found)
	},
}
