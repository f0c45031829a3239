package chatlake

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
	m.Description = kept(all, m.Description, tfvalue.StringOrNull(found.Description))
	m.Values = kept(all, m.Values, textList(found.Values))
	m.RegexPattern = kept(all, m.RegexPattern, tfvalue.StringOrNull(found.RegexPattern))
	m.RegexCue = kept(all, m.RegexCue, tfvalue.StringOrNull(found.RegexCue))
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *definitionData) request(prior definitionData) api.Fields {
	fields := api.Fields{}
	send(fields, "attribute_display_name", prior.DisplayName, m.DisplayName)
	send(fields, "attribute_key", prior.Key, m.Key)
	send(fields, "attribute_model", prior.Model, m.Model)
	send(fields, "attribute_display_type", prior.DisplayType, m.DisplayType)
	send(fields, "attribute_description", prior.Description, m.Description)
	send(fields, "attribute_values", prior.Values, m.Values)

	if changes(prior.Values, m.Values) && m.Values.IsNull() {
		fields["attribute_values"] = []string{} // A null in place of a list is ignored.
	}

	send(fields, "regex_pattern", prior.RegexPattern, m.RegexPattern)
	send(fields, "regex_cue", prior.RegexCue, m.RegexCue)

	return fields
}

// textList is a list of strings; an empty one is null.
func textList(elements []string) types.List {
	if len(elements) == 0 {
		return types.ListNull(types.StringType)
	}

	values := make([]attr.Value, len(elements))
	for i, element := range elements {
		values[i] = types.StringValue(element)
	}

	return types.ListValueMust(types.StringType, values)
}
