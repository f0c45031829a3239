package account

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Track returns the value of an optional attribute after a read: the found one if the configuration manages the attribute,
// which a value in prior shows, and null otherwise. An import tracks everything that was found.
func Track[V attr.Value](imported bool, prior, found V) V {
	if imported || !prior.IsNull() {
		return found
	}

	return prior
}

// KeepPlanned puts the planned values back into a state that was filled from the platform's answer. An attribute that is
// not configured may have changed since the plan was made: Terraform would call that a bug, and the next refresh finds it.
// It does nothing after a failure, so that what was left undone stays visible.
func KeepPlanned(plan tfsdk.Plan, state *tfsdk.State, failed diag.Diagnostics) diag.Diagnostics {
	if failed.HasError() {
		return nil
	}

	var diags diag.Diagnostics

	raw, err := tftypes.Transform(state.Raw, func(at *tftypes.AttributePath, found tftypes.Value) (tftypes.Value, error) {
		planned, _, err := tftypes.WalkAttributePath(plan.Raw, at)
		if value, ok := planned.(tftypes.Value); ok && err == nil && value.IsFullyKnown() && value.Type().Equal(found.Type()) {
			return value, nil
		}

		return found, nil
	})
	if err != nil {
		diags.AddError("Unable to store what was applied", err.Error())
		return diags
	}

	state.Raw = raw

	return diags
}

// PlannedOr returns the planned value, or the found one if the plan did not know it. Terraform refuses anything else; the
// next refresh finds what changed since the plan was made.
func PlannedOr[T attr.Value](plan, found T) T {
	if plan.IsUnknown() {
		return found
	}

	return plan
}
