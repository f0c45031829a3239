package captain

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// unlessChanged plans that what the server makes of texts stays as it is, unless the plan changes one of them.
type unlessChanged []string

// Description says what the modifier does.
func (m unlessChanged) Description(context.Context) string {
	return "It changes with " + strings.Join(m, " and ") + " alone."
}

// MarkdownDescription is Description.
func (m unlessChanged) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing if the configuration is what the state has.
func (unlessChanged) ActsOnChangesOnly() {}

// stays reports whether the object is there, and the plan changes none of the texts.
func (m unlessChanged) stays(ctx context.Context, state tfsdk.State, plan tfsdk.Plan, diags *diag.Diagnostics) bool {
	if state.Raw.IsNull() {
		return false
	}

	for _, name := range m {
		var prior, wanted types.String

		diags.Append(state.GetAttribute(ctx, path.Root(name), &prior)...)
		diags.Append(plan.GetAttribute(ctx, path.Root(name), &wanted)...)

		if !prior.Equal(wanted) {
			return false
		}
	}

	return true
}

// PlanModifyBool plans the state's value, or leaves it open.
func (m unlessChanged) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	if m.stays(ctx, req.State, req.Plan, &resp.Diagnostics) {
		resp.PlanValue = req.StateValue
	}
}

// PlanModifyList plans the state's value, or leaves it open.
func (m unlessChanged) PlanModifyList(ctx context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	if m.stays(ctx, req.State, req.Plan, &resp.Diagnostics) {
		resp.PlanValue = req.StateValue
	}
}
