package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// customAttributeDefinitionModel is the definition of a custom attribute in a configuration and in state.
type customAttributeDefinitionModel struct {
	customAttributeDefinitionData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// customAttributeDefinitionData is what the platform has of a definition.
type customAttributeDefinitionData struct {
	ID           types.String `tfsdk:"id"`
	DisplayName  types.String `tfsdk:"attribute_display_name"`
	Key          types.String `tfsdk:"attribute_key"`
	Model        types.String `tfsdk:"attribute_model"`
	DisplayType  types.String `tfsdk:"attribute_display_type"`
	Description  types.String `tfsdk:"attribute_description"`
	Values       types.List   `tfsdk:"attribute_values"`
	RegexPattern types.String `tfsdk:"regex_pattern"`
	RegexCue     types.String `tfsdk:"regex_cue"`
	CreatedAt    types.String `tfsdk:"created_at"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *customAttributeDefinitionData) fromAPI(found api.CustomAttributeDefinition, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.DisplayName = types.StringValue(found.DisplayName)
	m.Key = types.StringValue(found.Key)
	m.Model = types.StringValue(found.Model)
	m.DisplayType = types.StringValue(found.DisplayType)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.Values = account.Track(everything, m.Values, account.TextListOrNull(found.Values))
	m.RegexPattern = account.Track(everything, m.RegexPattern, tfvalue.StringOrNull(found.RegexPattern))
	m.RegexCue = account.Track(everything, m.RegexCue, tfvalue.StringOrNull(found.RegexCue))
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// forgetUnused takes out what a definition of its type has no use for, and no configuration may name.
func (m *customAttributeDefinitionData) forgetUnused() {
	if m.DisplayType.ValueString() != "list" {
		m.Values = types.ListNull(types.StringType)
	}

	if m.DisplayType.ValueString() != "text" {
		m.RegexPattern, m.RegexCue = types.StringNull(), types.StringNull()
	}
}

// changeOf returns the request that makes a definition into the planned one. What the plan does not name stays.
func (m *customAttributeDefinitionData) changeOf(found api.CustomAttributeDefinition) api.CustomAttributeDefinitionRequest {
	prior := *m
	prior.fromAPI(found, false)

	return m.changeFrom(prior)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a definition.
func (m *customAttributeDefinitionData) changeFrom(prior customAttributeDefinitionData) api.CustomAttributeDefinitionRequest {
	return api.CustomAttributeDefinitionRequest{
		DisplayName:  account.TextChange(prior.DisplayName, m.DisplayName),
		Key:          account.TextChange(prior.Key, m.Key),
		Model:        account.TextChange(prior.Model, m.Model),
		DisplayType:  account.TextChange(prior.DisplayType, m.DisplayType),
		Description:  account.TextChange(prior.Description, m.Description),
		Values:       account.TextsChange(prior.Values, m.Values),
		RegexPattern: account.TextChange(prior.RegexPattern, m.RegexPattern),
		RegexCue:     account.TextChange(prior.RegexCue, m.RegexCue),
	}
}

// model returns what has the attribute.
func (m *customAttributeDefinitionData) model() string {
	if m.Model.ValueString() == "" {
		return definitionModels[0]
	}

	return m.Model.ValueString()
}
