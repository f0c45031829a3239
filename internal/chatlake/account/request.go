package account

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// IsChanged reports whether the plan changes an attribute. Null stays null.
func IsChanged(prior, plan attr.Value) bool {
	return !(plan.IsNull() && prior.IsNull()) && tfvalue.Changed(prior, plan)
}

// TextChange returns the field of a request that turns prior into plan: left out if they are equal, null to clear.
func TextChange(prior, plan types.String) api.Nullable[string] {
	switch {
	case !tfvalue.Changed(prior, plan):
		return api.Nullable[string]{}
	case plan.IsNull():
		return api.Null[string]()
	default:
		return api.Set(plan.ValueString())
	}
}

// removedKeys returns the keys of prior that plan lacks, in order.
func removedKeys(prior, plan map[string]any) []string {
	gone := maps.Clone(prior)
	for key := range plan {
		delete(gone, key)
	}

	return slices.Sorted(maps.Keys(gone))
}

// ChangedKeys returns the members of plan that prior lacks or has with another value; nil if there are none.
func ChangedKeys(prior, plan map[string]any) map[string]any {
	var found map[string]any

	for key, value := range plan {
		if old, ok := prior[key]; !ok || !tfvalue.SameJSON(old, value) {
			if found == nil {
				found = map[string]any{}
			}

			found[key] = value
		}
	}

	return found
}

// ObjectChange is what turns one object into another one, key by key.
type ObjectChange struct {
	// Changed are the keys to set, with their values; nil if there are none.
	Changed map[string]any
	// Removed are the keys that the second object lacks, in order.
	Removed []string
}

// ObjectChangeOf compares two objects of any form. Null has no keys.
func ObjectChangeOf(prior, plan types.Dynamic) (ObjectChange, diag.Diagnostics) {
	known, diags := tfvalue.JSONObject(prior)
	wanted, problems := tfvalue.JSONObject(plan)
	diags.Append(problems...)

	return ObjectChange{Changed: ChangedKeys(known, wanted), Removed: removedKeys(known, wanted)}, diags
}
