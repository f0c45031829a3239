package captain

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// assistantModel is an assistant in a configuration and in state.
type assistantModel struct {
	ID          types.String  `tfsdk:"id"`
	Name        types.String  `tfsdk:"name"`
	Description types.String  `tfsdk:"description"`
	Config      types.Dynamic `tfsdk:"config"`
	Guidelines  types.List    `tfsdk:"response_guidelines"`
	Guardrails  types.List    `tfsdk:"guardrails"`
}

// assistantData is what data sources tell of an assistant.
type assistantData struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Config      types.String `tfsdk:"config"`
	Guidelines  types.List   `tfsdk:"response_guidelines"`
	Guardrails  types.List   `tfsdk:"guardrails"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *assistantModel) fromAPI(found api.CaptainAssistant, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = types.StringValue(found.Description)
	m.Config = account.TrackObject(everything, m.Config, found.Config)
	m.Guidelines = account.Track(everything, m.Guidelines, account.TextListOrNull(found.Guidelines))
	m.Guardrails = account.Track(everything, m.Guardrails, account.TextListOrNull(found.Guardrails))
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates an assistant.
func (m *assistantModel) changeFrom(prior assistantModel) api.CaptainAssistantRequest {
	return api.CaptainAssistantRequest{
		Name:        account.TextChange(prior.Name, m.Name),
		Description: account.TextChange(prior.Description, m.Description),
		Config:      account.FreeChange(prior.Config, m.Config),
		Guidelines:  account.TextsChange(prior.Guidelines, m.Guidelines),
		Guardrails:  account.TextsChange(prior.Guardrails, m.Guardrails),
	}
}

// configKeys are those that the server keeps of a config. It drops all others without a word.
var configKeys = []string{
	"product_name", "feature_faq", "feature_memory", "feature_citation", "feature_contact_attributes", "welcome_message", "handoff_message",
	"resolution_message", "instructions", "temperature",
}

// keptKeys accepts an object of which the server keeps everything.
type keptKeys []string

// Description says what is accepted.
func (k keptKeys) Description(context.Context) string {
	return "must have no keys but " + attribute.Choices(k...) + ", and texts, numbers and booleans as their values"
}

// MarkdownDescription is Description.
func (k keptKeys) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

// ValidateDynamic refuses what the server would drop.
func (k keptKeys) ValidateDynamic(ctx context.Context, req validator.DynamicRequest, resp *validator.DynamicResponse) {
	members, _ := tfvalue.Members(req.ConfigValue.UnderlyingValue())

	for key, member := range members {
		value, _ := tfvalue.Unwrap(member)
		_, isList := tfvalue.Elements(value)
		_, isObject := tfvalue.Members(value)

		if !slices.Contains(k, key) || isList || isObject {
			resp.Diagnostics.AddAttributeError(req.Path, "A key that the server drops",
				"The server drops other keys, and lists and objects in them, without a word. The value "+k.Description(ctx)+".")

			return
		}
	}
}

// assistantKind is chatlake_captain_assistant, with its data sources and its list.
func assistantKind() account.Kind {
	return account.Kind{Resource: newAssistantResource, DataSources: assistantSources.DataSources(), List: assistantList.New}
}

var assistantSources = lookup.Sources[api.Client, api.CaptainAssistant, assistantData]{
	Type: "chatlake_captain_assistant", Plural: "chatlake_captain_assistants", ListName: "captain_assistants",
	Description:       "An assistant of the account, by id or `name`.",
	PluralDescription: "All assistants of the account.",
	ListDescription:   "The assistants.",
	Attributes: map[string]schema.Attribute{
		"id":                  attribute.Found("The assistant's id."),
		"name":                attribute.Found("What the assistant is called."),
		"description":         attribute.Found("What the assistant is for."),
		"config":              attribute.Found("How the assistant works, as JSON: read it with `jsondecode`."),
		"response_guidelines": attribute.FoundTexts("How the assistant is to answer."),
		"guardrails":          attribute.FoundTexts("What the assistant must not do."),
	},
	Keys: []lookup.Key[api.CaptainAssistant]{
		{
			Name: "id", Attribute: attribute.Lookup("The assistant's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(found api.CaptainAssistant) string { return found.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("The assistant's name. Several assistants may have the same one.", attribute.NotEmpty()),
			Of: func(found api.CaptainAssistant) string { return found.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.CaptainAssistant, error) {
		return client.CaptainAssistants().All(ctx)
	},
	Model: func(found api.CaptainAssistant, _ string) assistantData {
		return assistantData{
			ID: types.StringValue(found.ID.String()), Name: types.StringValue(found.Name), Description: types.StringValue(found.Description),
			Config: account.JSONText(found.Config), Guidelines: account.TextListOrNull(found.Guidelines), Guardrails: account.TextListOrNull(found.Guardrails),
		}
	},
}

var assistantList = account.Listing[api.CaptainAssistant, assistantModel]{
	Type: "chatlake_captain_assistant", Noun: "Captain assistants",
	Description: "All assistants of the account.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.CaptainAssistant, error) {
		return client.CaptainAssistants().All(ctx)
	}),
	Name: func(found api.CaptainAssistant) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *assistantModel, found api.CaptainAssistant, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}
