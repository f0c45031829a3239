package chatlake

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// followed is what was found, unless prior is null: then nobody configured the attribute, and whoever else uses the
// object may set it. After an import everything counts.
func followed(prior types.String, found string, imported bool) types.String {
	if prior.IsNull() && !imported {
		return prior
	}

	return tfvalue.StringOrNull(found)
}

// settled is the planned value where the plan knew one, and otherwise what was found. Terraform refuses anything else;
// what somebody changed meanwhile, the next refresh finds.
func settled[T attr.Value](plan, found T) T {
	if plan.IsUnknown() {
		return found
	}

	return plan
}

// changed is the field of a request that makes prior into plan: left out if there is nothing to do, null to clear.
func changed(prior, plan types.String) api.Nullable[string] {
	switch {
	case !tfvalue.Changed(prior, plan):
		return api.Nullable[string]{}
	case plan.IsNull():
		return api.Null[string]()
	default:
		return api.Set(plan.ValueString())
	}
}

// removedKeys are the keys of prior that plan lacks, in order.
func removedKeys(prior, plan map[string]any) []string {
	gone := maps.Clone(prior)
	for key := range plan {
		delete(gone, key)
	}

	return slices.Sorted(maps.Keys(gone))
}

// changedKeys are the members of plan that prior lacks or has with another value; nil if there are none.
func changedKeys(prior, plan map[string]any) map[string]any {
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

// jsonText is an object as JSON, for lists, which cannot hold values of differing types; null for an empty one.
func jsonText(object api.Object) types.String {
	if len(object) == 0 {
		return types.StringNull()
	}

	text, err := json.Marshal(object)
	if err != nil {
		return types.StringNull()
	}

	return types.StringValue(string(text))
}

// wholeObject is everything that an imported object has; null if that is nothing.
func wholeObject(found api.Object, without ...string) types.Dynamic {
	object := maps.Clone(found)
	for _, key := range without {
		delete(object, key)
	}

	if len(object) == 0 {
		return types.DynamicNull()
	}

	return tfvalue.Object(types.DynamicNull(), object)
}
