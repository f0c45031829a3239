package account

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// TrackObject is Track for a JSON object. An import takes an empty one for null.
func TrackObject(imported bool, prior types.Dynamic, found api.Object) types.Dynamic {
	if prior.IsNull() && (!imported || len(found) == 0) {
		return types.DynamicNull()
	}

	if found == nil {
		found = api.Object{}
	}

	return tfvalue.Object(prior, found)
}

// IDOrNull returns an id that the platform may not have; 0 is null.
func IDOrNull(id api.ID) types.String {
	if id == 0 {
		return types.StringNull()
	}

	return types.StringValue(id.String())
}

// TextOrNull returns a text that the platform may not have; nil and "" are null.
func TextOrNull(s *string) types.String {
	if s == nil {
		return types.StringNull()
	}

	return tfvalue.StringOrNull(*s)
}

// TextListOrNull returns a list of texts; an empty one is null.
func TextListOrNull(elements []string) types.List {
	if len(elements) == 0 {
		return types.ListNull(types.StringType)
	}

	values := make([]attr.Value, len(elements))
	for i, element := range elements {
		values[i] = types.StringValue(element)
	}

	return types.ListValueMust(types.StringType, values)
}

// TextSetOrNull returns a set of texts; an empty one is null. A text that is there twice counts once.
func TextSetOrNull(elements []string) types.Set {
	if len(elements) == 0 {
		return types.SetNull(types.StringType)
	}

	distinct := slices.Clone(elements)
	slices.Sort(distinct)

	return tfvalue.StringSet(slices.Compact(distinct))
}

// IDSet returns ids as the set that Terraform holds.
func IDSet(ids []api.ID) tfvalue.TextSet {
	elements := make([]string, len(ids))
	for i, id := range ids {
		elements[i] = id.String()
	}

	return tfvalue.NewTextSet(elements)
}

// IDs returns the ids of a set as the platform takes them: integers, in order.
func IDs(ctx context.Context, set tfvalue.Collection) ([]api.ID, diag.Diagnostics) {
	elements, diags := tfvalue.Strings(ctx, set)

	ids := make([]api.ID, len(elements))
	for i, element := range elements {
		ids[i] = api.ParseID(element)
	}

	slices.Sort(ids)

	return ids, diags
}

// JSONText returns an object as JSON, for lists, which cannot hold values of differing types; an empty one is null.
func JSONText(object api.Object) types.String {
	if len(object) == 0 {
		return types.StringNull()
	}

	text, err := json.Marshal(object)
	if err != nil {
		return types.StringNull()
	}

	return types.StringValue(string(text))
}

// ObjectOrNull returns an object without some of its keys; an empty one is null.
func ObjectOrNull(found api.Object, without ...string) types.Dynamic {
	object := maps.Clone(found)
	for _, key := range without {
		delete(object, key)
	}

	if len(object) == 0 {
		return types.DynamicNull()
	}

	return tfvalue.Object(types.DynamicNull(), object)
}
