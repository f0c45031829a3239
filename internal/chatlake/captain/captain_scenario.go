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

// scenarioModel is a scenario in a configuration and in state, and what data sources tell of it.
type scenarioModel struct {
	ID          types.String `tfsdk:"id"`
	AssistantID types.String `tfsdk:"assistant_id"`
	Title       types.String `tfsdk:"title"`
	Description types.String `tfsdk:"description"`
	Instruction types.String `tfsdk:"instruction"`
	Enabled     types.Bool   `tfsdk:"enabled"`
	Tools       types.List   `tfsdk:"tools"`
}

// ids are the assistant's and the scenario's.
func (m *scenarioModel) ids() (assistant, scenario api.ID) {
	return api.ParseID(m.AssistantID.ValueString()), api.ParseID(m.ID.ValueString())
}

// fromAPI takes everything from the platform's answer. There is nothing that only a configuration has.
func (m *scenarioModel) fromAPI(found api.CaptainScenario) {
	m.ID = types.StringValue(found.ID.String())
	m.Title = types.StringValue(found.Title)
	m.Description = types.StringValue(found.Description)
	m.Instruction = types.StringValue(found.Instruction)
	m.Enabled = types.BoolValue(found.Enabled)
	m.Tools = account.TextListOrNull(found.Tools)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a scenario.
func (m *scenarioModel) changeFrom(prior scenarioModel) api.CaptainScenarioRequest {
	return api.CaptainScenarioRequest{
		Title:       account.TextChange(prior.Title, m.Title),
		Description: account.TextChange(prior.Description, m.Description),
		Instruction: account.TextChange(prior.Instruction, m.Instruction),
		Enabled:     account.FlagChange(prior.Enabled, m.Enabled),
	}
}

// scenarioKind is chatlake_captain_scenario, with its data sources and its list.
func scenarioKind() account.Kind {
	return account.Kind{Resource: newScenarioResource, DataSources: scenarioSources.DataSources(), List: scenarioList.New}
}

var scenarioSources = lookup.Sources[api.Client, api.CaptainScenario, scenarioModel]{
	Type: "chatlake_captain_scenario", Plural: "chatlake_captain_scenarios", ListName: "captain_scenarios",
	Description:       "A scenario of an assistant, by id.",
	PluralDescription: "The scenarios of an assistant that are enabled: the server lists no others.",
	ListDescription:   "The scenarios.",
	Parent:            &lookup.Parent{Name: "assistant_id", Attribute: attribute.RequiredLookup("The assistant's id.", attribute.IntegerID())},
	Attributes: map[string]schema.Attribute{
		"id":           attribute.Found("The scenario's id."),
		"assistant_id": attribute.Found("The assistant's id."),
		"title":        attribute.Found("What the scenario is called."),
		"description":  attribute.Found("When it is the right one."),
		"instruction":  attribute.Found("What the assistant does."),
		"enabled":      attribute.FoundFlag("Whether the assistant uses it."),
		"tools":        attribute.FoundTexts("The tools that the instruction names; null if it names none."),
	},
	Keys:   []lookup.Key[api.CaptainScenario]{{Name: "id", Attribute: attribute.RequiredLookup("The scenario's id.", attribute.IntegerID())}},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, assistant string) ([]api.CaptainScenario, error) {
		return client.CaptainScenarios(ctx, api.ParseID(assistant))
	},
	One: func(ctx context.Context, client *api.Client, assistant, id string) (api.CaptainScenario, error) {
		return client.CaptainScenario(ctx, api.ParseID(assistant), api.ParseID(id))
	},
	Model: func(found api.CaptainScenario, assistant string) scenarioModel {
		m := scenarioModel{AssistantID: types.StringValue(assistant)}
		m.fromAPI(found)

		return m
	},
}

var scenarioList = account.Listing[api.CaptainScenario, scenarioModel]{
	Type: "chatlake_captain_scenario", Noun: "Captain scenarios",
	Description: "The scenarios of an assistant that are enabled: the server lists no others.",
	Arguments:   map[string]listschema.Attribute{"assistant_id": lookup.Owner("The assistant.", attribute.IntegerID())},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.CaptainScenario, error] {
		return lookup.Each(func() ([]api.CaptainScenario, error) {
			return client.CaptainScenarios(ctx, api.ParseID(given.Text("assistant_id")))
		})
	},
	Name: func(found api.CaptainScenario) string { return found.Title },
	Identity: func(found api.CaptainScenario, given lookup.Arguments) map[string]string {
		return map[string]string{"assistant_id": given.Text("assistant_id"), "id": found.ID.String()}
	},
	Fill: func(_ context.Context, _ *api.Client, m *scenarioModel, found api.CaptainScenario, _ *diag.Diagnostics) {
		m.fromAPI(found)
	},
}
