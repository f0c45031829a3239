package tfvalue

import (
	"context"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Same reports whether two values mean the same to a platform, however they are spelled: null and every empty value,
// two spellings of one instant, e-mail address, phone number or number, and a list in one type of list or another.
// An unknown value is the same as nothing else.
func Same(a, b attr.Value) bool {
	switch {
	case a.IsNull() || b.IsNull(): // Also the zero value of a model's field, which has no type.
		return IsEmpty(a) && IsEmpty(b)
	case a.Equal(b):
		return true
	}

	x, err := a.ToTerraformValue(context.Background())
	if err != nil {
		return false
	}

	y, err := b.ToTerraformValue(context.Background())

	return err == nil && SameRaw(x, y)
}

// IsEmpty reports whether the value is null, "", or a collection or object that holds nothing but such values.
func IsEmpty(v attr.Value) bool {
	switch {
	case v.IsNull():
		return true
	case v.IsUnknown():
		return false
	}

	raw, err := v.ToTerraformValue(context.Background())

	return err == nil && IsEmptyRaw(raw)
}

// SameRaw reports whether Same would, for values as they are on the wire.
func SameRaw(a, b tftypes.Value) bool {
	if !a.IsKnown() || !b.IsKnown() {
		return false
	}

	if IsEmptyRaw(a) || IsEmptyRaw(b) {
		return IsEmptyRaw(a) && IsEmptyRaw(b)
	}

	if x, ok := RawMembers(a); ok {
		y, ok := RawMembers(b)
		return ok && sameMembers(x, y)
	}

	if x, ok := RawElements(a); ok {
		y, ok := RawElements(b)
		return ok && sameElements(x, y, a.Type().Is(tftypes.Set{}) || b.Type().Is(tftypes.Set{}))
	}

	return sameScalar(a, b)
}

// IsEmptyRaw reports whether IsEmpty would, for a value as it is on the wire.
func IsEmptyRaw(v tftypes.Value) bool {
	if !v.IsKnown() {
		return false
	}

	if v.IsNull() {
		return true
	}

	if members, ok := RawMembers(v); ok {
		return !slices.ContainsFunc(slices.Collect(maps.Values(members)), isNotEmptyRaw)
	}

	if elements, ok := RawElements(v); ok {
		return !slices.ContainsFunc(elements, isNotEmptyRaw)
	}

	var text string

	return v.Type().Is(tftypes.String) && v.As(&text) == nil && text == ""
}

func isNotEmptyRaw(v tftypes.Value) bool { return !IsEmptyRaw(v) }

// RawMembers returns the members of an object or a map that is neither null nor unknown.
func RawMembers(v tftypes.Value) (map[string]tftypes.Value, bool) {
	if !v.IsKnown() || v.IsNull() || !v.Type().Is(tftypes.Object{}) && !v.Type().Is(tftypes.Map{}) {
		return nil, false
	}

	var members map[string]tftypes.Value

	return members, v.As(&members) == nil
}

// RawElements returns the elements of a list, set or tuple that is neither null nor unknown.
func RawElements(v tftypes.Value) ([]tftypes.Value, bool) {
	if !v.IsKnown() || v.IsNull() || !v.Type().Is(tftypes.List{}) && !v.Type().Is(tftypes.Set{}) && !v.Type().Is(tftypes.Tuple{}) {
		return nil, false
	}

	var elements []tftypes.Value

	return elements, v.As(&elements) == nil
}

func sameMembers(a, b map[string]tftypes.Value) bool {
	for name, value := range a {
		other, ok := b[name]
		if !ok && !IsEmptyRaw(value) || ok && !SameRaw(value, other) {
			return false
		}
	}

	for name, value := range b {
		if _, ok := a[name]; !ok && !IsEmptyRaw(value) {
			return false
		}
	}

	return true
}

// sameElements compares two lists without their empty elements.
func sameElements(a, b []tftypes.Value, anyOrder bool) bool {
	a, b = slices.DeleteFunc(slices.Clone(a), IsEmptyRaw), slices.DeleteFunc(slices.Clone(b), IsEmptyRaw)

	if !anyOrder {
		return slices.EqualFunc(a, b, SameRaw)
	}

	if len(a) != len(b) {
		return false
	}

	for _, value := range a {
		at := slices.IndexFunc(b, func(other tftypes.Value) bool { return SameRaw(value, other) })
		if at < 0 {
			return false
		}

		b = slices.Delete(b, at, at+1)
	}

	return true
}

// sameScalar compares texts, numbers and booleans. A number is the same as the text that spells it.
func sameScalar(a, b tftypes.Value) bool {
	if a.Type().Is(tftypes.String) && b.Type().Is(tftypes.String) {
		return sameText(scalarText(a), scalarText(b))
	}

	if a.Type().Is(tftypes.Bool) || b.Type().Is(tftypes.Bool) {
		return scalarText(a) == scalarText(b)
	}

	x, ok := decimal(scalarText(a))
	if !ok {
		return false
	}

	y, ok := decimal(scalarText(b))

	return ok && sameNumber(x, y)
}

func scalarText(v tftypes.Value) string {
	var (
		text   string
		number big.Float
		flag   bool
	)

	switch {
	case v.As(&text) == nil:
		return text
	case v.As(&number) == nil:
		return number.Text('g', -1)
	case v.As(&flag) == nil:
		return strconv.FormatBool(flag)
	default:
		return ""
	}
}

var (
	address     = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
	phone       = regexp.MustCompile(`^\+[0-9 ().-]{5,}$`)
	phoneSpaces = strings.NewReplacer(" ", "", "(", "", ")", "", ".", "", "-", "")
)

// sameText compares texts, and what they spell where that is an instant, an e-mail address or a phone number.
func sameText(a, b string) bool {
	switch {
	case a == b:
		return true
	case strings.EqualFold(a, b):
		return address.MatchString(a)
	case phone.MatchString(a) && phone.MatchString(b):
		return phoneSpaces.Replace(a) == phoneSpaces.Replace(b)
	default:
		return sameInstant(a, b)
	}
}

func sameInstant(a, b string) bool {
	x, err := time.Parse(time.RFC3339Nano, a)
	if err != nil {
		return false
	}

	y, err := time.Parse(time.RFC3339Nano, b)

	return err == nil && x.Equal(y)
}
