package tfvalue

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Unwrap returns the value inside a dynamic one, and reports whether it is known and not null.
func Unwrap(v attr.Value) (attr.Value, bool) {
	if dynamic, ok := v.(types.Dynamic); ok && !dynamic.IsNull() && !dynamic.IsUnknown() {
		v = dynamic.UnderlyingValue()
	}

	return v, v != nil && !v.IsNull() && !v.IsUnknown()
}

// Elements returns the elements of a list, tuple or set.
func Elements(v attr.Value) ([]attr.Value, bool) {
	list, ok := v.(interface{ Elements() []attr.Value })
	if !ok {
		return nil, false
	}

	return list.Elements(), true
}

// Members returns the members of an object or map.
func Members(v attr.Value) (map[string]attr.Value, bool) {
	switch v := v.(type) {
	case types.Object:
		return v.Attributes(), true
	case types.Map:
		return v.Elements(), true
	default:
		return nil, false
	}
}
