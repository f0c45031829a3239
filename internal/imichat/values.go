package imichat

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// isEmpty reports whether a value means "none": it is null, or an empty text, list, set or map.
func isEmpty(v attr.Value) bool {
	if v == nil || v.IsNull() || v.IsUnknown() {
		return v == nil || v.IsNull()
	}

	switch v := v.(type) {
	case types.String:
		return v.ValueString() == ""
	case types.List:
		return len(v.Elements()) == 0
	case types.Set:
		return len(v.Elements()) == 0
	case types.Map:
		return len(v.Elements()) == 0
	default:
		return false
	}
}

// isSame reports whether two values mean the same, however they are spelled.
func isSame(ctx context.Context, a, b attr.Value) bool {
	if a.Equal(b) {
		return true
	}

	x, err := a.ToTerraformValue(ctx)
	if err != nil {
		return false
	}

	y, err := b.ToTerraformValue(ctx)

	return err == nil && tfvalue.SameRaw(x, y)
}

// isGiven reports whether a value is known and means something.
func isGiven(v attr.Value) bool { return tfvalue.IsSet(v) && !isEmpty(v) }

// textPtr returns a text that goes into a request, or nil if there is none.
func textPtr(v types.String) *string {
	if !isGiven(v) {
		return nil
	}

	return v.ValueStringPointer()
}

// object returns an object of a type.
func object(of types.ObjectType, values map[string]attr.Value) types.Object {
	return types.ObjectValueMust(of.AttrTypes, values)
}

// field returns a text of a nested object; null if there is no object.
func field(object types.Object, name string) types.String {
	value, ok := object.Attributes()[name].(types.String)
	if !ok {
		return types.StringNull()
	}

	return value
}

// follow returns what was found, or what is known if nothing was found.
func follow(prior types.String, found string) types.String {
	if found == "" && tfvalue.IsSet(prior) {
		return prior
	}

	return tfvalue.StringOrNull(found)
}

// stay returns what is known, or what was found if nothing is known.
func stay(prior types.String, found string) types.String {
	if tfvalue.IsSet(prior) {
		return prior
	}

	return tfvalue.StringOrNull(found)
}

func mapOrNull(found map[string]string) types.Map {
	if len(found) == 0 {
		return types.MapNull(types.StringType)
	}

	return tfvalue.MapOf(found)
}

func stringList(items []string) types.List {
	values := make([]attr.Value, len(items))
	for i, item := range items {
		values[i] = types.StringValue(item)
	}

	return types.ListValueMust(types.StringType, values)
}
