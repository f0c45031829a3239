package attribute

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// initially is a plan modifier for an attribute that follows the platform. It plans the platform's default for a new object,
// because that is known before the object is made. An object that may be adopted has what others gave it.
type initially[T attr.Value] struct{ value T }

// Description says what the modifier does.
func (initially[T]) Description(context.Context) string {
	return "Plans the platform's default for a new object."
}

// MarkdownDescription is Description.
func (m initially[T]) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (initially[T]) ActsOnChangesOnly() {}

// plan replaces the planned value by the default if nothing else decides.
func (m initially[T]) plan(ctx context.Context, config tfsdk.Config, state tfsdk.State, written attr.Value, planned *T) {
	if written.IsNull() && state.Raw.IsNull() && !MayAdopt(ctx, config) {
		*planned = m.value
	}
}

// MayAdopt reports whether the configuration lets the object be one that is there already.
func MayAdopt(ctx context.Context, config tfsdk.Config) bool {
	_, ok := config.Schema.GetAttributes()[adoptExisting]
	if !ok {
		return false
	}

	var allowed types.Bool

	diags := config.GetAttribute(ctx, path.Root(adoptExisting), &allowed)

	return diags.HasError() || allowed.IsUnknown() || allowed.ValueBool()
}

// initialText, initialFlag and initialNumber are initially for one type of attribute each.
type (
	initialText   struct{ initially[types.String] }
	initialFlag   struct{ initially[types.Bool] }
	initialNumber struct{ initially[types.Int64] }
)

// PlanModifyString plans a text.
func (m initialText) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	m.plan(ctx, req.Config, req.State, req.ConfigValue, &resp.PlanValue)
}

// PlanModifyBool plans a boolean.
func (m initialFlag) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	m.plan(ctx, req.Config, req.State, req.ConfigValue, &resp.PlanValue)
}

// PlanModifyInt64 plans a number.
func (m initialNumber) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	m.plan(ctx, req.Config, req.State, req.ConfigValue, &resp.PlanValue)
}

// FollowedFlagFrom is FollowedFlag for a boolean whose value in a new object is known.
func FollowedFlagFrom(initial bool, description string) schema.BoolAttribute {
	a := FollowedFlag(description)
	a.PlanModifiers = append(a.PlanModifiers, initialFlag{initially[types.Bool]{types.BoolValue(initial)}})

	return a
}

// FollowedFrom is Followed for a text whose value in a new object is known; "" means that it has none.
func FollowedFrom(initial, description string, validators ...validator.String) schema.StringAttribute {
	a := Followed(description, validators...)
	a.PlanModifiers = append(a.PlanModifiers, initialText{initially[types.String]{tfvalue.StringOrNull(initial)}})

	return a
}

// FollowedNumberFrom is FollowedNumber for a number whose value in a new object is known.
func FollowedNumberFrom(initial int64, description string) schema.Int64Attribute {
	a := FollowedNumber(description)
	a.PlanModifiers = append(a.PlanModifiers, initialNumber{initially[types.Int64]{types.Int64Value(initial)}})

	return a
}
