package ownership

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Plan returns the plan modifier of an optional and computed attribute that is cleared when it is removed from the
// configuration. Without a value in the configuration, the plan is null if the configuration managed the attribute, so that
// it is cleared, and else the state's value, so that what an import found stays where it is and is no change.
func Plan() Modifier { return Modifier{} }

// Modifier is the plan modifier of Plan, for attributes of the usual types.
type Modifier struct{}

// Clears reports whether the modifier may change a plan that is what the state is, for an attribute that the state has and the
// configuration has not.
func (Modifier) Clears(private map[string][]byte, name string) bool {
	found, recorded := decode(private[privateKey])
	return Managed{recorded: recorded, names: found.Names}.Has(name)
}

var (
	_ planmodifier.String  = Modifier{}
	_ planmodifier.Bool    = Modifier{}
	_ planmodifier.Int64   = Modifier{}
	_ planmodifier.Float64 = Modifier{}
	_ planmodifier.Map     = Modifier{}
	_ planmodifier.Set     = Modifier{}
	_ planmodifier.List    = Modifier{}
	_ planmodifier.Object  = Modifier{}
	_ planmodifier.Dynamic = Modifier{}
)

// Description returns what the modifier does.
func (Modifier) Description(context.Context) string {
	return "Clears the value if it was configured, and else leaves it as it is."
}

// MarkdownDescription returns the same as Description.
func (m Modifier) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// change is one attribute in a plan.
type change[V attr.Value] struct {
	config, state, plan, null V
	at                        path.Path
	private                   Reader
	diags                     *diag.Diagnostics
}

// value returns what to plan.
func (c change[V]) value(ctx context.Context) V {
	if !c.config.IsNull() {
		return c.plan
	}

	if c.state.IsNull() || c.state.IsUnknown() {
		return c.null
	}

	managed, problems := Load(ctx, c.private)
	c.diags.Append(problems...)

	root, _ := c.at.Steps().NextStep()
	if name, ok := root.(path.PathStepAttributeName); ok && managed.Has(string(name)) {
		return c.null
	}

	return c.state
}

// PlanModifyString plans a string.
func (Modifier) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	resp.PlanValue = change[types.String]{
		req.ConfigValue, req.StateValue, req.PlanValue, types.StringNull(), req.Path, req.Private, &resp.Diagnostics,
	}.value(ctx)
}

// PlanModifyBool plans a boolean.
func (Modifier) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	resp.PlanValue = change[types.Bool]{
		req.ConfigValue, req.StateValue, req.PlanValue, types.BoolNull(), req.Path, req.Private, &resp.Diagnostics,
	}.value(ctx)
}

// PlanModifyInt64 plans a number.
func (Modifier) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	resp.PlanValue = change[types.Int64]{
		req.ConfigValue, req.StateValue, req.PlanValue, types.Int64Null(), req.Path, req.Private, &resp.Diagnostics,
	}.value(ctx)
}

// PlanModifyFloat64 plans a number that may have a fraction.
func (Modifier) PlanModifyFloat64(ctx context.Context, req planmodifier.Float64Request, resp *planmodifier.Float64Response) {
	resp.PlanValue = change[types.Float64]{
		req.ConfigValue, req.StateValue, req.PlanValue, types.Float64Null(), req.Path, req.Private, &resp.Diagnostics,
	}.value(ctx)
}

// PlanModifyMap plans a map.
func (Modifier) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	resp.PlanValue = change[types.Map]{
		req.ConfigValue, req.StateValue, req.PlanValue, types.MapNull(req.PlanValue.ElementType(ctx)), req.Path, req.Private, &resp.Diagnostics,
	}.value(ctx)
}

// PlanModifySet plans a set.
func (Modifier) PlanModifySet(ctx context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	resp.PlanValue = change[types.Set]{
		req.ConfigValue, req.StateValue, req.PlanValue, types.SetNull(req.PlanValue.ElementType(ctx)), req.Path, req.Private, &resp.Diagnostics,
	}.value(ctx)
}

// PlanModifyList plans a list.
func (Modifier) PlanModifyList(ctx context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	resp.PlanValue = change[types.List]{
		req.ConfigValue, req.StateValue, req.PlanValue, types.ListNull(req.PlanValue.ElementType(ctx)), req.Path, req.Private, &resp.Diagnostics,
	}.value(ctx)
}

// PlanModifyObject plans an object.
func (Modifier) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	resp.PlanValue = change[types.Object]{
		req.ConfigValue, req.StateValue, req.PlanValue, types.ObjectNull(req.PlanValue.AttributeTypes(ctx)), req.Path, req.Private, &resp.Diagnostics,
	}.value(ctx)
}

// PlanModifyDynamic plans a value of any type.
func (Modifier) PlanModifyDynamic(ctx context.Context, req planmodifier.DynamicRequest, resp *planmodifier.DynamicResponse) {
	resp.PlanValue = change[types.Dynamic]{
		req.ConfigValue, req.StateValue, req.PlanValue, types.DynamicNull(), req.Path, req.Private, &resp.Diagnostics,
	}.value(ctx)
}
