// Package tfvalue converts between Terraform's values, which can be null and unknown, and Go's.
package tfvalue

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// IsSet reports whether the value is neither null nor unknown.
func IsSet(v attr.Value) bool { return v != nil && !v.IsNull() && !v.IsUnknown() }

// StringPtr returns nil for null and unknown.
func StringPtr(v types.String) *string {
	if !IsSet(v) {
		return nil
	}

	return v.ValueStringPointer()
}

// BoolPtr returns nil for null and unknown.
func BoolPtr(v types.Bool) *bool {
	if !IsSet(v) {
		return nil
	}

	return v.ValueBoolPointer()
}

// StringOrNull returns null for the empty string: for platforms that answer "" for what is not set.
func StringOrNull(s string) types.String {
	if s == "" {
		return types.StringNull()
	}

	return types.StringValue(s)
}

// Cleared reports whether an attribute had a value and has none in the plan, so that it is to be cleared on the platform.
func Cleared(prior, plan attr.Value) bool {
	return IsSet(prior) && !IsEmpty(prior) && IsEmpty(plan)
}

// Changed reports whether the plan has another value than the prior one. An unknown plan is no change, and neither is a text
// in another spelling, or an empty map or object instead of none. An empty list or set is not the same as none: a platform
// may need it.
func Changed(prior, plan attr.Value) bool {
	if plan.IsUnknown() {
		return false
	}

	switch plan.(type) {
	case types.String, types.Object:
		return !Same(prior, plan)
	case types.Map, types.Dynamic:
		return !plan.Equal(prior) && (isMeaningful(prior) || isMeaningful(plan))
	default:
		return !plan.Equal(prior)
	}
}

// isMeaningful reports whether a value is a list, or an object that is not empty.
func isMeaningful(v attr.Value) bool {
	inner, _ := Unwrap(v)
	_, isList := Elements(inner)

	return isList || !IsEmpty(v)
}

// Timestamp returns an instant in RFC 3339 and UTC, or null for none.
func Timestamp(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}

	return types.StringValue(t.UTC().Format(time.RFC3339Nano))
}

// Milliseconds returns an instant of milliseconds since 1970, or null for 0.
func Milliseconds(ms float64) types.String {
	if ms <= 0 {
		return types.StringNull()
	}

	return Timestamp(time.UnixMilli(int64(ms)))
}

// Seconds returns an instant of seconds since 1970, or null for 0.
func Seconds(s float64) types.String {
	if s <= 0 {
		return types.StringNull()
	}

	return Timestamp(time.Unix(int64(s), 0))
}

// Collection is a list or a set.
type Collection interface {
	attr.Value
	Elements() []attr.Value
	ElementsAs(ctx context.Context, target any, allowUnhandled bool) diag.Diagnostics
}

// Strings returns the elements of a set or list of strings; nil for null and unknown.
func Strings(ctx context.Context, v Collection) ([]string, diag.Diagnostics) {
	if !IsSet(v) {
		return nil, nil
	}

	var elements []string

	diags := v.ElementsAs(ctx, &elements, false)

	return elements, diags
}

// StringSet returns a set of strings; nil is an empty set.
func StringSet(elements []string) types.Set {
	values := make([]attr.Value, len(elements))
	for i, element := range elements {
		values[i] = types.StringValue(element)
	}

	return types.SetValueMust(types.StringType, values)
}

// StringMap returns a map of strings; nil for null and unknown.
func StringMap(ctx context.Context, v types.Map) (map[string]string, diag.Diagnostics) {
	if !IsSet(v) {
		return nil, nil
	}

	var elements map[string]string

	diags := v.ElementsAs(ctx, &elements, false)

	return elements, diags
}

// MapOf returns a map of strings; nil is null.
func MapOf(elements map[string]string) types.Map {
	if elements == nil {
		return types.MapNull(types.StringType)
	}

	values := make(map[string]attr.Value, len(elements))
	for key, element := range elements {
		values[key] = types.StringValue(element)
	}

	return types.MapValueMust(types.StringType, values)
}

// Tracked returns what remains of a platform's map when only the configured keys count. A configured key that the platform
// lost is absent, so that the next plan brings it back.
func Tracked(configured types.Map, found map[string]string) types.Map {
	if !IsSet(configured) {
		return types.MapNull(types.StringType)
	}

	tracked := make(map[string]string, len(configured.Elements()))
	for key := range configured.Elements() {
		if value, ok := found[key]; ok {
			tracked[key] = value
		}
	}

	return MapOf(tracked)
}
