package attribute

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// FollowedSecret returns a sensitive text that a new object needs, and that follows the platform otherwise. Terraform writes null
// for what is sensitive into the configurations that it generates: an imported object keeps its value then.
func FollowedSecret(description string, validators ...validator.String) schema.StringAttribute {
	a := Followed(description+" A new object needs it. Null, as Terraform writes it where it generates a configuration, keeps what an object has.", validators...)
	a.Sensitive = true
	a.PlanModifiers = append(a.PlanModifiers, neededAtFirst{})

	return a
}

// neededAtFirst is a plan modifier that refuses a new object without a value.
type neededAtFirst struct{}

// Description says what the modifier does.
func (neededAtFirst) Description(context.Context) string { return "A new object needs a value." }

// MarkdownDescription is Description.
func (m neededAtFirst) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (neededAtFirst) ActsOnChangesOnly() {}

// PlanModifyString refuses a new object whose configuration has no value, or an empty one.
func (neededAtFirst) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() && !req.ConfigValue.IsUnknown() && req.ConfigValue.ValueString() == "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Missing "+req.Path.String(),
			"A new object needs "+req.Path.String()+". Only one that exists keeps what it has without it.")
	}
}
