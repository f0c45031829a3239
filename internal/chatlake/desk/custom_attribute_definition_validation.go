package desk

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// trimmed refuses space around a text, which the platform takes off.
func trimmed() validator.String {
	return stringvalidator.RegexMatches(outerSpace, "must not be empty, nor begin or end with a space: the platform takes it off")
}

var outerSpace = regexp.MustCompile(`(?s)^\S(.*\S)?$`)

var (
	definitionKey    = regexp.MustCompile(`^[\p{L}\p{M}\p{N}_.-]+$`)
	definitionModels = []string{"conversation_attribute", "contact_attribute", "company_attribute"}
	definitionTypes  = []string{"text", "number", "currency", "percent", "link", "date", "list", "checkbox"}
)

// reservedKeys are the platform's own attributes, by model.
var reservedKeys = map[string][]string{
	"conversation_attribute": {
		"status", "priority", "assignee_id", "inbox_id", "team_id", "display_id", "campaign_id", "labels", "browser_language",
		"country_code", "referer", "created_at", "last_activity_at",
	},
	"contact_attribute": {
		"name", "email", "phone_number", "identifier", "country_code", "city", "company_name", "created_at", "last_activity_at",
		"referer", "blocked",
	},
	"company_attribute": {"name", "domain", "description", "contacts_count", "created_at", "updated_at", "last_activity_at"},
}

var _ resource.ResourceWithValidateConfig = (*customAttributeDefinitionResource)(nil)

// ValidateConfig refuses the platform's own keys, and what does not go with the type.
func (r *customAttributeDefinitionResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config customAttributeDefinitionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if tfvalue.IsSet(config.Key) && !config.Model.IsUnknown() && slices.Contains(reservedKeys[config.model()], config.Key.ValueString()) {
		resp.Diagnostics.AddAttributeError(path.Root("attribute_key"), "Reserved key",
			fmt.Sprintf("The platform has an attribute of its own with this key for a %s. Choose another one.", strings.TrimSuffix(config.model(), "_attribute")))
	}

	if config.DisplayType.IsUnknown() {
		return
	}

	kind := config.DisplayType.ValueString()
	if kind == "" {
		kind = definitionTypes[0]
	}

	if !slices.Contains(definitionTypes, kind) {
		return // A type of a newer server may have all of these.
	}

	switch {
	case kind == "list" && tfvalue.IsEmpty(config.Values):
		resp.Diagnostics.AddAttributeError(path.Root("attribute_values"), "Values missing", "An attribute of the type list needs attribute_values to choose from.")
	case kind != "list" && !config.Values.IsUnknown() && !tfvalue.IsEmpty(config.Values):
		resp.Diagnostics.AddAttributeError(path.Root("attribute_values"), "Values of another type", fmt.Sprintf("Only the type list has attribute_values; this is %s.", kind))
	}

	if kind != "text" && config.RegexPattern.ValueString()+config.RegexCue.ValueString() != "" {
		resp.Diagnostics.AddAttributeError(path.Root("regex_pattern"), "Pattern of another type", fmt.Sprintf("Only the type text has regex_pattern and regex_cue; this is %s.", kind))
	}
}
