package attribute

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// initially is a plan modifier for an attribute that follows the platform. It plans the platform's default for a new object,
// because that is known before the object is made.
func initially[T string | bool](value T) initialValue[T] { return initialValue[T]{value} }

// initialValue is the plan modifier of initially.
type initialValue[T string | bool] struct{ value T }

// Description says what the modifier does.
func (initialValue[T]) Description(context.Context) string {
	return "Plans the platform's default for a new object."
}

// MarkdownDescription is Description.
func (m initialValue[T]) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (initialValue[T]) ActsOnChangesOnly() {}

// PlanModifyString plans a text.
func (m initialValue[T]) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if value, ok := any(m.value).(string); ok && req.State.Raw.IsNull() && req.ConfigValue.IsNull() {
		resp.PlanValue = types.StringValue(value)
	}
}

// PlanModifyBool plans a boolean.
func (m initialValue[T]) PlanModifyBool(_ context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	if value, ok := any(m.value).(bool); ok && req.State.Raw.IsNull() && req.ConfigValue.IsNull() {
		resp.PlanValue = types.BoolValue(value)
	}
}

// FollowedFlagFrom is FollowedFlag for a boolean whose value in a new object is known.
func FollowedFlagFrom(initial bool, description string) schema.BoolAttribute {
	a := FollowedFlag(description)
	a.PlanModifiers = append(a.PlanModifiers, initially(initial))

	return a
}

// FollowedFrom is Followed for a text whose value in a new object is known.
func FollowedFrom(initial, description string, validators ...validator.String) schema.StringAttribute {
	a := Followed(description, validators...)
	a.PlanModifiers = append(a.PlanModifiers, initially(initial))

	return a
}
