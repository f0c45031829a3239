package tfvalue_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// list is a set of texts on the wire.
func list(elements ...any) tftypes.Value {
	kind := tftypes.List{ElementType: tftypes.String}

	values := make([]tftypes.Value, len(elements))
	for i, element := range elements {
		values[i] = tftypes.NewValue(tftypes.String, element)
	}

	return tftypes.NewValue(kind, values)
}

// TestTexts covers the way of a set of texts from the wire and back, in the order of Terraform.
func TestTexts(t *testing.T) {
	t.Parallel()

	kind := list().Type()

	for name, c := range map[string]struct{ in, want tftypes.Value }{
		"in order":  {list("a", "b"), list("a", "b")},
		"sorted":    {list("b", "B", "a"), list("B", "a", "b")},
		"empty":     {list(), list()},
		"null":      {tftypes.NewValue(kind, nil), tftypes.NewValue(kind, nil)},
		"unknown":   {tftypes.NewValue(kind, tftypes.UnknownValue), tftypes.NewValue(kind, tftypes.UnknownValue)},
		"open ones": {list(tftypes.UnknownValue, "b", "a"), list("a", "b", tftypes.UnknownValue)},
	} {
		value, err := tfvalue.Texts.ValueFromTerraform(t.Context(), c.in)
		if err != nil {
			t.Fatal(name, err)
		}

		got, err := value.ToTerraformValue(t.Context())
		if err != nil || !got.Equal(c.want) {
			t.Errorf("%s: %v, %v, want %v", name, got, err, c.want)
		}

		if !value.Type(t.Context()).TerraformType(t.Context()).Equal(kind) {
			t.Errorf("%s: it is a %v", name, value.Type(t.Context()))
		}
	}
}

func TestTextSet_Equal(t *testing.T) {
	t.Parallel()

	ab := tfvalue.NewTextSet([]string{"b", "a", "b"})

	for name, c := range map[string]struct {
		other tfvalue.TextSet
		want  bool
	}{
		"another order": {tfvalue.TextSet{SetValue: tfvalue.StringSet([]string{"b", "a"})}, true},
		"another one":   {tfvalue.NewTextSet([]string{"a", "c"}), false},
		"fewer":         {tfvalue.NewTextSet([]string{"a"}), false},
		"null":          {tfvalue.TextSet{}, false},
		"unknown":       {tfvalue.TextSet{SetValue: types.SetUnknown(types.StringType)}, false},
	} {
		if ab.Equal(c.other) != c.want {
			t.Errorf("%s: equal is %t", name, !c.want)
		}
	}

	if !(tfvalue.TextSet{}).Equal(tfvalue.TextSet{SetValue: types.SetNull(types.StringType)}) {
		t.Error("two nulls differ")
	}
}

func TestTexts_Validate(t *testing.T) {
	t.Parallel()

	for name, c := range map[string]struct {
		in   tftypes.Value
		want string
	}{
		"each once": {list("a", "b"), ""},
		"twice":     {list("a", "b", "a"), "Duplicate element"},
		"open ones": {list(tftypes.UnknownValue, tftypes.UnknownValue), ""},
	} {
		diags := tfvalue.Texts.Validate(t.Context(), c.in, path.Root("members"))

		got := ""
		if len(diags) > 0 {
			got = diags[0].Summary()
		}

		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}
