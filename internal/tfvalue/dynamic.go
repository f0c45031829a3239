package tfvalue

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// JSONObject turns a dynamic attribute that holds an object or a map into what JSON makes of it: strings, booleans,
// json.Number, lists and objects. It is nil for null and unknown.
func JSONObject(v types.Dynamic) (map[string]any, diag.Diagnostics) {
	var diags diag.Diagnostics

	if !IsSet(v) || v.IsUnderlyingValueNull() || v.IsUnderlyingValueUnknown() {
		return nil, nil
	}

	object, ok := toJSON(v.UnderlyingValue()).(map[string]any)
	if !ok {
		diags.AddError("Not an object", fmt.Sprintf("An object such as { key = \"value\" } was expected, not %s.", Kind(v.UnderlyingValue())))
	}

	return object, diags
}

// Kind says what kind of value it is, in the words of a configuration.
func Kind(v attr.Value) string {
	switch v.(type) {
	case basetypes.StringValuable:
		return "a text"
	case basetypes.NumberValuable, basetypes.Int64Valuable, basetypes.Float64Valuable:
		return "a number"
	case basetypes.BoolValuable:
		return "true or false"
	case basetypes.MapValuable, basetypes.ObjectValuable:
		return "an object"
	default:
		return "a list"
	}
}

// JSON returns what JSON makes of a value: nil for null and unknown.
func JSON(v attr.Value) any { return toJSON(v) }

func toJSON(v attr.Value) any {
	if v == nil || v.IsNull() || v.IsUnknown() {
		return nil
	}

	switch v := v.(type) {
	case types.Dynamic:
		return toJSON(v.UnderlyingValue())
	case types.String:
		return v.ValueString()
	case types.Bool:
		return v.ValueBool()
	case types.Int64:
		return v.ValueInt64()
	case types.Number:
		if v.ValueBigFloat().IsInt() {
			return json.Number(v.ValueBigFloat().Text('f', 0)) // 1e+06 would be a fraction to many a server.
		}

		return json.Number(v.ValueBigFloat().Text('g', -1))
	case types.Object:
		return objectToJSON(v.Attributes())
	case types.Map:
		return objectToJSON(v.Elements())
	case interface{ Elements() []attr.Value }: // A list, a tuple or a set.
		return listToJSON(v.Elements())
	default:
		return v.String()
	}
}

func objectToJSON(members map[string]attr.Value) map[string]any {
	object := make(map[string]any, len(members))
	for name, member := range members {
		object[name] = toJSON(member)
	}

	return object
}

func listToJSON(elements []attr.Value) []any {
	list := make([]any, len(elements))
	for i, element := range elements {
		list[i] = toJSON(element)
	}

	return list
}

// Object returns a dynamic attribute with the JSON object found on the platform. Where that says the same as prior - the
// planned or the last known value - prior is returned as it is: HCL has lists, sets, tuples and maps where JSON has
// only arrays and objects, and a value must come back as the type it was written in. Nil is null.
func Object(prior types.Dynamic, found map[string]any) types.Dynamic {
	if found == nil {
		return types.DynamicNull()
	}

	if IsSet(prior) && SameJSON(toJSON(prior), any(found)) {
		return prior
	}

	return types.DynamicValue(fromJSON(found))
}

// TrackedObject does what Object does, for platforms that merge: of what was found, only the keys that prior has count.
func TrackedObject(prior types.Dynamic, found map[string]any) types.Dynamic {
	if !IsSet(prior) || prior.IsUnderlyingValueNull() {
		return types.DynamicNull()
	}

	keys, _ := toJSON(prior).(map[string]any)

	tracked := make(map[string]any, len(keys))
	for key := range keys {
		if value, ok := found[key]; ok {
			tracked[key] = value
		}
	}

	return Object(prior, tracked)
}

// SameJSON reports whether two decoded JSON values mean the same; 1, 1.0 and 1e0 do, and a third in as many digits as 64 bits
// hold.
func SameJSON(a, b any) bool {
	if x, ok := number(a); ok {
		y, ok := number(b)
		return ok && sameNumber(x, y)
	}

	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}

		for key, value := range a {
			other, ok := b[key]
			if !ok || !SameJSON(value, other) {
				return false
			}
		}

		return true
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}

		for i := range a {
			if !SameJSON(a[i], b[i]) {
				return false
			}
		}

		return true
	default:
		return reflect.DeepEqual(a, b)
	}
}

// sameNumber reports whether two numbers are equal, or are fractions that a platform cannot tell apart: most keep them in 64
// bits, where Terraform has 512.
func sameNumber(x, y *big.Float) bool {
	if x.Cmp(y) == 0 {
		return true
	}

	a, _ := x.Float64()
	b, _ := y.Float64()

	return !x.IsInt() && !y.IsInt() && a == b
}

func number(v any) (*big.Float, bool) {
	switch v := v.(type) {
	case json.Number:
		return decimal(v.String())
	case float64:
		return decimal(strconv.FormatFloat(v, 'g', -1, 64)) // As it was written: 0.1 is not the float64 nearest to it.
	case int:
		return new(big.Float).SetInt64(int64(v)), true
	case int64:
		return new(big.Float).SetInt64(v), true
	default:
		return nil, false
	}
}

// decimal reads a number with the precision that Terraform has.
func decimal(text string) (*big.Float, bool) {
	f, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	return f, err == nil
}

// FromJSON returns a decoded JSON value as HCL would read the same literal: arrays are tuples, objects are objects.
func FromJSON(v any) attr.Value { return fromJSON(v) }

func fromJSON(v any) attr.Value {
	if f, ok := number(v); ok {
		return types.NumberValue(f)
	}

	switch v := v.(type) {
	case string:
		return types.StringValue(v)
	case bool:
		return types.BoolValue(v)
	case []any:
		elements, elementTypes := make([]attr.Value, len(v)), make([]attr.Type, len(v))
		for i, element := range v {
			elements[i] = fromJSON(element)
			elementTypes[i] = elements[i].Type(context.Background())
		}

		return types.TupleValueMust(elementTypes, elements)
	case map[string]any:
		members, memberTypes := make(map[string]attr.Value, len(v)), make(map[string]attr.Type, len(v))
		for name, member := range v {
			members[name] = fromJSON(member)
			memberTypes[name] = members[name].Type(context.Background())
		}

		return types.ObjectValueMust(memberTypes, members)
	default:
		return types.DynamicNull()
	}
}
