package account

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// ManagedObject is an object of any form of which only the configured keys are managed. Store the ownership of its keys
// with the attribute's name.
func ManagedObject(description string, accepts validator.Dynamic, modifiers ...planmodifier.Dynamic) schema.DynamicAttribute {
	return schema.DynamicAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.Dynamic{accepts},
		PlanModifiers:       append([]planmodifier.Dynamic{ownership.Plan(), attribute.KeepSpelling(), keepOtherKeys{}}, modifiers...),
	}
}

// keepOtherKeys plans no change if the state differs from the configuration only in keys that the configuration never had,
// as after an import.
type keepOtherKeys struct{}

// Description says what the modifier does.
func (keepOtherKeys) Description(context.Context) string {
	return "Keys that the configuration never had are no change."
}

// MarkdownDescription is Description.
func (m keepOtherKeys) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing if the configuration is what the state has.
func (keepOtherKeys) ActsOnChangesOnly() {}

// PlanModifyDynamic plans the state's value if nothing that is managed changes.
func (keepOtherKeys) PlanModifyDynamic(ctx context.Context, req planmodifier.DynamicRequest, resp *planmodifier.DynamicResponse) {
	if req.ConfigValue.IsNull() || req.StateValue.IsNull() || !isFullyKnown(ctx, req.ConfigValue) {
		return
	}

	change, diags := ObjectChangeOf(req.StateValue, req.ConfigValue)
	managed, problems := ownership.Load(ctx, req.Private)
	diags.Append(problems...)
	resp.Diagnostics.Append(diags...)
	if diags.HasError() || len(change.Changed) > 0 {
		return
	}

	root, _ := req.Path.Steps().NextStep()
	name, _ := root.(path.PathStepAttributeName)

	removed, _ := managed.Split(string(name), change.Removed)
	if len(removed) == 0 {
		resp.PlanValue = req.StateValue
	}
}

// isFullyKnown reports whether no part of a value is unknown.
func isFullyKnown(ctx context.Context, value attr.Value) bool {
	raw, err := value.ToTerraformValue(ctx)
	return err == nil && raw.IsFullyKnown()
}

// WarnKeptKeys names keys that leave the state and stay on the platform.
func WarnKeptKeys(diags *diag.Diagnostics, attribute, reason string, keys []string) {
	if len(keys) == 0 {
		return
	}

	diags.AddWarning("Keys of "+attribute+" stay as they are",
		"These keys are no longer managed, and the platform keeps them, because "+reason+": "+strings.Join(keys, ", ")+".")
}

// WithoutKeys returns an object without keys that leave the state and stay on the platform.
func WithoutKeys(object types.Dynamic, keys []string) types.Dynamic {
	if len(keys) == 0 {
		return object
	}

	found, diags := tfvalue.JSONObject(object)
	if diags.HasError() {
		return object
	}

	return ObjectOrNull(found, keys...)
}
