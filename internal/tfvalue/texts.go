package tfvalue

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Texts is the type of a set of texts that may have hundreds of elements. The framework finds an element of a set by
// comparing it with all others, at every step that reads or writes any attribute of the object. So the framework gets a
// list, in the order in which Terraform sends a set. What Terraform is told is ServedAs.
var Texts = textsType{types.SetType{ElemType: types.StringType}}

type textsType struct{ basetypes.SetType }

// ServedAs is the type that Terraform is told.
func (textsType) ServedAs() tftypes.Type { return tftypes.Set{ElementType: tftypes.String} }

// TerraformType is the type inside of the provider.
func (textsType) TerraformType(context.Context) tftypes.Type { return textList }

var textList = tftypes.List{ElementType: tftypes.String}

// ApplyTerraform5AttributePathStep returns the type of an element.
func (t textsType) ApplyTerraform5AttributePathStep(step tftypes.AttributePathStep) (any, error) {
	switch step.(type) {
	case tftypes.ElementKeyInt, tftypes.ElementKeyValue:
		return t.ElementType(), nil
	default:
		return nil, fmt.Errorf("a set of texts has no %T", step)
	}
}

// Equal reports whether the other type is this one.
func (textsType) Equal(other attr.Type) bool {
	_, ok := other.(textsType)
	return ok
}

// String names the type.
func (textsType) String() string { return "tfvalue.Texts" }

// ValueType returns a value of the type.
func (textsType) ValueType(context.Context) attr.Value { return TextSet{} }

// ValueFromSet returns the set as a value of the type.
func (textsType) ValueFromSet(_ context.Context, set basetypes.SetValue) (basetypes.SetValuable, diag.Diagnostics) {
	return TextSet{set}, nil
}

// ValueFromTerraform decodes a list.
func (textsType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	switch {
	case in.Type() == nil || in.IsNull():
		return TextSet{types.SetNull(types.StringType)}, nil
	case !in.IsKnown():
		return TextSet{types.SetUnknown(types.StringType)}, nil
	}

	var elements []tftypes.Value

	err := in.As(&elements)
	if err != nil {
		return nil, err
	}

	texts := make([]attr.Value, len(elements))

	for i, element := range elements {
		texts[i], err = types.StringType.ValueFromTerraform(ctx, element)
		if err != nil {
			return nil, err
		}
	}

	return TextSet{types.SetValueMust(types.StringType, texts)}, nil
}

// Validate refuses duplicates. Terraform sends none.
func (textsType) Validate(_ context.Context, in tftypes.Value, at path.Path) diag.Diagnostics {
	var (
		diags    diag.Diagnostics
		elements []tftypes.Value
	)

	if !in.IsFullyKnown() || in.IsNull() || in.As(&elements) != nil {
		return nil
	}

	seen := make(map[string]bool, len(elements))

	for _, element := range elements {
		var text *string
		if element.As(&text) != nil || text == nil {
			continue
		}

		if seen[*text] {
			diags.AddAttributeError(at, "Duplicate element", "A set has each element once.")
		}

		seen[*text] = true
	}

	return diags
}

// TextSet is a value of Texts.
type TextSet struct{ basetypes.SetValue }

// NewTextSet returns a set of texts, each once; nil is an empty set.
func NewTextSet(elements []string) TextSet {
	sorted := slices.Compact(slices.Sorted(slices.Values(elements)))

	values := make([]attr.Value, len(sorted))
	for i, element := range sorted {
		values[i] = types.StringValue(element)
	}

	return TextSet{types.SetValueMust(types.StringType, values)}
}

// Type returns Texts.
func (TextSet) Type(context.Context) attr.Type { return Texts }

// Equal reports whether the other set has the same texts.
func (s TextSet) Equal(other attr.Value) bool {
	o, ok := other.(TextSet)
	if !ok || s.IsNull() != o.IsNull() || s.IsUnknown() != o.IsUnknown() {
		return false
	}

	return slices.EqualFunc(s.sorted(), o.sorted(), func(a, b attr.Value) bool { return a.Equal(b) })
}

// ToTerraformValue returns the texts as a list, in the order of Terraform.
func (s TextSet) ToTerraformValue(ctx context.Context) (tftypes.Value, error) {
	switch {
	case s.IsNull():
		return tftypes.NewValue(textList, nil), nil
	case s.IsUnknown():
		return tftypes.NewValue(textList, tftypes.UnknownValue), nil
	}

	texts := s.sorted()
	elements := make([]tftypes.Value, len(texts))

	for i, text := range texts {
		element, err := text.ToTerraformValue(ctx)
		if err != nil {
			return tftypes.Value{}, err
		}

		elements[i] = element
	}

	return tftypes.NewValue(textList, elements), nil
}

// sorted returns the elements as Terraform orders them: texts by their bytes, and then what is null or unknown.
func (s TextSet) sorted() []attr.Value {
	return slices.SortedStableFunc(slices.Values(s.Elements()), compareTexts)
}

func compareTexts(a, b attr.Value) int {
	x, _ := a.(types.String)
	y, _ := b.(types.String)

	isKnown := func(text types.String) int {
		if text.IsNull() || text.IsUnknown() {
			return 1
		}

		return 0
	}

	return cmp.Or(cmp.Compare(isKnown(x), isKnown(y)), cmp.Compare(x.ValueString(), y.ValueString()))
}
