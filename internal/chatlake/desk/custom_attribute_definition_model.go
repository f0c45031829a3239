package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// definitionModel is the definition of a custom attribute in a configuration and in state.
type definitionModel struct {
	definitionData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// definitionData is what the platform has of a definition.
type definitionData struct {
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

// fromAPI takes over a definition; of what is optional, only what is managed, or all after an import.
func (m *definitionData) fromAPI(found api.CustomAttributeDefinition, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.DisplayName = types.StringValue(found.DisplayName)
	m.Key = types.StringValue(found.Key)
	m.Model = types.StringValue(found.Model)
	m.DisplayType = types.StringValue(found.DisplayType)
	m.Description = account.Track(all, m.Description, tfvalue.StringOrNull(found.Description))
	m.Values = account.Track(all, m.Values, account.TextListOrNull(found.Values))
	m.RegexPattern = account.Track(all, m.RegexPattern, tfvalue.StringOrNull(found.RegexPattern))
	m.RegexCue = account.Track(all, m.RegexCue, tfvalue.StringOrNull(found.RegexCue))
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *definitionData) request(prior definitionData) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "attribute_display_name", prior.DisplayName, m.DisplayName)
	account.SendChange(fields, "attribute_key", prior.Key, m.Key)
	account.SendChange(fields, "attribute_model", prior.Model, m.Model)
	account.SendChange(fields, "attribute_display_type", prior.DisplayType, m.DisplayType)
	account.SendChange(fields, "attribute_description", prior.Description, m.Description)
	account.SendChange(fields, "attribute_values", prior.Values, m.Values)

	if account.IsChanged(prior.Values, m.Values) && m.Values.IsNull() {
		fields["attribute_values"] = []string{} // A null in place of a list is ignored.
	}

	account.SendChange(fields, "regex_pattern", prior.RegexPattern, m.RegexPattern)
	account.SendChange(fields, "regex_cue", prior.RegexCue, m.RegexCue)

	return fields
}
