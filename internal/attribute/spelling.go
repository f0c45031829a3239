package attribute

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// Spelling is a plan modifier for attributes of every type. It plans the value of the state wherever the configuration
// means the same in another spelling, so that the plan shows no change.
type Spelling struct {
	follows, replaces bool
	// byDefault is what an empty value stands for.
	byDefault attr.Value
}

// KeepSpelling plans no change for another spelling of the same value.
func KeepSpelling() Spelling { return Spelling{} }

// Follow does what KeepSpelling does, for an attribute that follows the platform if it is not configured: the plan keeps what the state
// has, also if the configuration is empty.
func Follow() Spelling { return Spelling{follows: true} }

// ReplaceOnChange does what KeepSpelling does, for an attribute that only a new object can have: another value replaces the object,
// another spelling does not.
func ReplaceOnChange() Spelling { return Spelling{replaces: true} }

// WithDefault takes an empty value for the default.
func (m Spelling) WithDefault(value attr.Value) Spelling {
	m.byDefault = value
	return m
}

// meant returns the default for an empty value.
func (m Spelling) meant(value attr.Value) attr.Value {
	if m.byDefault != nil && tfvalue.IsEmpty(value) {
		return m.byDefault
	}

	return value
}

// ActsOnChangesOnly marks a modifier that leaves a plan alone that is what the state is.
func (Spelling) ActsOnChangesOnly() {}

// Description says what the modifier does.
func (m Spelling) Description(context.Context) string {
	switch {
	case m.follows:
		return "Another spelling of the same value is no change. Without a value, the attribute follows the platform."
	case m.replaces:
		return "Another value replaces the object; another spelling of the same value is no change."
	default:
		return "Another spelling of the same value is no change."
	}
}

// MarkdownDescription returns the same as Description.
func (m Spelling) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString plans a text.
func (m Spelling) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	resp.PlanValue = planned(m, req.State.Raw.IsNull(), req.ConfigValue, req.StateValue, resp.PlanValue)
	resp.RequiresReplace = resp.RequiresReplace || m.isReplaced(req.State.Raw.IsNull(), req.StateValue, resp.PlanValue)
}

// PlanModifyBool plans a boolean.
func (m Spelling) PlanModifyBool(_ context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	resp.PlanValue = planned(m, req.State.Raw.IsNull(), req.ConfigValue, req.StateValue, resp.PlanValue)
	resp.RequiresReplace = resp.RequiresReplace || m.isReplaced(req.State.Raw.IsNull(), req.StateValue, resp.PlanValue)
}

// PlanModifyInt64 plans a whole number.
func (m Spelling) PlanModifyInt64(_ context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	resp.PlanValue = planned(m, req.State.Raw.IsNull(), req.ConfigValue, req.StateValue, resp.PlanValue)
	resp.RequiresReplace = resp.RequiresReplace || m.isReplaced(req.State.Raw.IsNull(), req.StateValue, resp.PlanValue)
}

// PlanModifyDynamic plans a value of any type.
func (m Spelling) PlanModifyDynamic(_ context.Context, req planmodifier.DynamicRequest, resp *planmodifier.DynamicResponse) {
	resp.PlanValue = planned(m, req.State.Raw.IsNull(), req.ConfigValue, req.StateValue, resp.PlanValue)
	resp.RequiresReplace = resp.RequiresReplace || m.isReplaced(req.State.Raw.IsNull(), req.StateValue, resp.PlanValue)
}

// PlanModifyMap plans a map.
func (m Spelling) PlanModifyMap(_ context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	resp.PlanValue = planned(m, req.State.Raw.IsNull(), req.ConfigValue, req.StateValue, resp.PlanValue)
	resp.RequiresReplace = resp.RequiresReplace || m.isReplaced(req.State.Raw.IsNull(), req.StateValue, resp.PlanValue)
}

// PlanModifyList plans a list.
func (m Spelling) PlanModifyList(_ context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	resp.PlanValue = planned(m, req.State.Raw.IsNull(), req.ConfigValue, req.StateValue, resp.PlanValue)
	resp.RequiresReplace = resp.RequiresReplace || m.isReplaced(req.State.Raw.IsNull(), req.StateValue, resp.PlanValue)
}

// PlanModifySet plans a set.
func (m Spelling) PlanModifySet(_ context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	resp.PlanValue = planned(m, req.State.Raw.IsNull(), req.ConfigValue, req.StateValue, resp.PlanValue)
	resp.RequiresReplace = resp.RequiresReplace || m.isReplaced(req.State.Raw.IsNull(), req.StateValue, resp.PlanValue)
}

// PlanModifyObject plans an object.
func (m Spelling) PlanModifyObject(_ context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	resp.PlanValue = planned(m, req.State.Raw.IsNull(), req.ConfigValue, req.StateValue, resp.PlanValue)
	resp.RequiresReplace = resp.RequiresReplace || m.isReplaced(req.State.Raw.IsNull(), req.StateValue, resp.PlanValue)
}

// planned returns the value of the state if it may stay. In place of a configured value, Terraform allows only one that is
// not null.
func planned[T attr.Value](m Spelling, isNew bool, config, state, plan T) T {
	switch {
	case isNew || config.IsUnknown():
		return plan
	case m.follows && plan.IsUnknown():
		return state
	case config.IsNull() || state.IsNull():
		return plan
	case tfvalue.Same(m.meant(config), m.meant(state)), m.follows && tfvalue.IsEmpty(config):
		return state
	default:
		return plan
	}
}

// ReplaceIfGiven replaces the object if a configured value differs from the state's. "" is none, and after an import the
// state may not have one.
func ReplaceIfGiven() planmodifier.String {
	const description = "Replaces the object if the value changes."

	return stringplanmodifier.RequiresReplaceIf(
		func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			resp.RequiresReplace = req.ConfigValue.ValueString() != "" && !req.StateValue.IsNull() || req.ConfigValue.IsUnknown()
		}, description, description)
}

// isReplaced reports whether the plan needs a new object. A new object is not replaced.
func (m Spelling) isReplaced(isNew bool, state, plan attr.Value) bool {
	return m.replaces && !isNew && !tfvalue.Same(m.meant(state), m.meant(plan))
}

// OrEmpty returns validators that accept "", which means the same as null, and otherwise ask the given ones.
func OrEmpty(validators ...validator.String) []validator.String {
	lenient := make([]validator.String, len(validators))
	for i, strict := range validators {
		lenient[i] = orEmpty{strict}
	}

	return lenient
}

type orEmpty struct{ validator.String }

// ValidateString accepts "".
func (v orEmpty) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.Equal(types.StringValue("")) {
		return
	}

	v.String.ValidateString(ctx, req, resp)
}
