package planned_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

// fields are an object; its type follows its values.
type fields map[string]any

// list, set and unknown are values that Go has no literal for.
type (
	list    []any
	set     []any
	unknown struct{}
	// unknownText is an unknown value that is certainly a text.
	unknownText struct{}
)

func raw(v any) tftypes.Value {
	switch v := v.(type) {
	case nil:
		return tftypes.NewValue(tftypes.DynamicPseudoType, nil)
	case unknown:
		return tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)
	case unknownText:
		return tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	case string:
		return tftypes.NewValue(tftypes.String, v)
	case bool:
		return tftypes.NewValue(tftypes.Bool, v)
	case int:
		return tftypes.NewValue(tftypes.Number, int64(v))
	case list:
		elements := make([]tftypes.Value, len(v))
		kinds := make([]tftypes.Type, len(v))

		for i, element := range v {
			elements[i], kinds[i] = raw(element), tftypes.DynamicPseudoType
		}

		return tftypes.NewValue(tftypes.Tuple{ElementTypes: kinds}, elements)
	case set:
		elements := make([]tftypes.Value, len(v))
		for i, element := range v {
			elements[i] = raw(element)
		}

		return tftypes.NewValue(tftypes.Set{ElementType: tftypes.DynamicPseudoType}, elements)
	case fields:
		members, kinds := map[string]tftypes.Value{}, map[string]tftypes.Type{}
		for name, member := range v {
			members[name], kinds[name] = raw(member), tftypes.DynamicPseudoType
		}

		return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, members)
	default:
		panic("no such value")
	}
}

type applied struct{ config, plan, found, prior any }

// keep runs KeepUpdate where there is a prior value, else KeepCreate, on an object with the attribute "a".
func (c applied) keep(t *testing.T, before diag.Diagnostics) (tftypes.Value, string) {
	t.Helper()

	object := func(v any) tftypes.Value { return raw(fields{"a": v}) }
	state, diags := tfsdk.State{Raw: object(c.found)}, before

	if c.prior == nil {
		resp := resource.CreateResponse{State: state, Diagnostics: diags}
		planned.KeepCreate(resource.CreateRequest{Config: tfsdk.Config{Raw: object(c.config)}, Plan: tfsdk.Plan{Raw: object(c.plan)}}, &resp, "thing")
		state, diags = resp.State, resp.Diagnostics
	} else {
		resp := resource.UpdateResponse{State: state, Diagnostics: diags}
		planned.KeepUpdate(resource.UpdateRequest{
			Config: tfsdk.Config{Raw: object(c.config)}, Plan: tfsdk.Plan{Raw: object(c.plan)}, State: tfsdk.State{Raw: object(c.prior)},
		}, &resp, "thing")
		state, diags = resp.State, resp.Diagnostics
	}

	var said []string

	for _, warning := range diags.Warnings() {
		said = append(said, warning.Summary()+": "+warning.Detail())
	}

	return state.Raw, strings.Join(said, "\n")
}

func TestKeep(t *testing.T) {
	const (
		changed   = "returned other values than planned for: "
		uncleared = "still has what was to be removed: "
	)

	for name, c := range map[string]struct {
		applied
		kept any
		said string
	}{
		"as planned":                     {applied{"x", "x", "x", nil}, "x", ""},
		"another value":                  {applied{"x", "x", "y", nil}, "x", changed + "a."},
		"nothing":                        {applied{"x", "x", nil, nil}, "x", changed + "a."},
		"unknown in the plan":            {applied{nil, unknown{}, "y", nil}, "y", ""},
		"unknown everywhere":             {applied{nil, unknown{}, unknown{}, nil}, nil, ""},
		"a default that was not taken":   {applied{nil, "x", "y", nil}, "x", changed + "a."},
		"not configured, adopted":        {applied{nil, nil, "theirs", nil}, nil, ""},
		"followed, changed by others":    {applied{nil, "x", "y", "x"}, "x", ""},
		"chosen by the provider anew":    {applied{nil, "z", "y", "x"}, "z", changed + "a."},
		"removed":                        {applied{nil, nil, nil, "x"}, nil, ""},
		"removed and still there":        {applied{nil, nil, "x", "x"}, nil, uncleared + "a."},
		"emptied and still there":        {applied{"", "", "x", "x"}, "", uncleared + "a."},
		"null for empty":                 {applied{"", "", nil, nil}, "", ""},
		"empty list for null":            {applied{list{}, list{}, nil, nil}, list{}, ""},
		"nested empty for null":          {applied{fields{"b": fields{}}, fields{"b": fields{}}, nil, nil}, fields{"b": fields{}}, ""},
		"null in a list":                 {applied{list{nil}, list{nil}, list{}, nil}, list{nil}, ""},
		"another spelling of an instant": {applied{"2026-01-31T10:30:00+01:00", "2026-01-31T10:30:00+01:00", "2026-01-31T09:30:00.000Z", nil}, "2026-01-31T10:30:00+01:00", ""},
		"another instant":                {applied{"2026-01-31T10:30:00+01:00", "2026-01-31T10:30:00+01:00", "2026-01-31T10:30:00Z", nil}, "2026-01-31T10:30:00+01:00", changed + "a."},
		"case of an address":             {applied{"Ana@Example.com", "Ana@Example.com", "ana@example.com", nil}, "Ana@Example.com", ""},
		"case of a text":                 {applied{"Ana", "Ana", "ana", nil}, "Ana", changed + "a."},
		"a phone number":                 {applied{"+1 415-555-0123", "+1 415-555-0123", "+14155550123", nil}, "+1 415-555-0123", ""},
		"a number as text":               {applied{list{"9"}, list{"9"}, list{9}, nil}, list{"9"}, ""},
		"the order of a list":            {applied{list{"1", "2"}, list{"1", "2"}, list{"2", "1"}, nil}, list{"1", "2"}, changed + "a."},
		"the order of a set":             {applied{set{"1", "2"}, set{"1", "2"}, set{"2", "1"}, nil}, set{"1", "2"}, ""},
		"a member of a set":              {applied{set{"1", "2"}, set{"1", "2"}, set{"2", "3"}, nil}, set{"1", "2"}, changed + "a."},
		"a nested attribute":             {applied{fields{"b": "x", "c": "1"}, fields{"b": "x", "c": "1"}, fields{"b": "y", "c": "1"}, nil}, fields{"b": "x", "c": "1"}, changed + "a.b."},
		"a key of others":                {applied{fields{"b": "x"}, fields{"b": "x"}, fields{"b": "x", "c": "theirs"}, nil}, fields{"b": "x"}, ""},
		"a removed key":                  {applied{fields{"b": "x"}, fields{"b": "x"}, fields{"b": "x", "c": "1"}, fields{"b": "x", "c": "1"}}, fields{"b": "x"}, uncleared + "a.c."},
		"a partly unknown object": {
			applied{fields{"b": "x", "c": nil}, fields{"b": "x", "c": unknown{}}, fields{"b": "y", "c": "new"}, nil},
			fields{"b": "x", "c": "new"},
			changed + "a.b.",
		},
		"a partly unknown list": {
			applied{list{fields{"b": "x"}}, list{fields{"b": "x", "c": unknown{}}, "z"}, list{fields{"b": "x", "c": "new"}, "z"}, nil},
			list{fields{"b": "x", "c": "new"}, "z"},
			"",
		},
		"a partly unknown list that is shorter": {
			applied{list{"x"}, list{"x", fields{"c": unknown{}}}, list{"x"}, nil},
			list{"x", fields{"c": nil}},
			changed + "a.",
		},
		"an unknown member of a set": {applied{set{"x"}, set{"x", unknownText{}}, set{"x", "y"}, nil}, set{"x", "y"}, ""},
		"a partly unknown set": {
			applied{
				set{fields{"b": "x"}, fields{"b": "y"}},
				set{fields{"b": "x", "c": unknown{}}, fields{"b": "y", "c": unknown{}}},
				set{fields{"b": "y", "c": "of y"}, fields{"b": "x", "c": "of x"}},
				nil,
			},
			set{fields{"b": "x", "c": "of x"}, fields{"b": "y", "c": "of y"}},
			"",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, said := c.keep(t, nil)
			want := raw(fields{"a": c.kept})
			if !want.Equal(got) {
				t.Errorf("the state is %s, want %s", got, want)
			}

			if c.said == "" && said != "" || !strings.Contains(said, c.said) {
				t.Errorf("the warning is %q, want %q in it", said, c.said)
			}
		})
	}
}

// TestKeep_failed leaves in the state what a failed apply has stored.
// TestStoreFound stores what changed, and leaves a state alone that has it already.
func TestStoreFound(t *testing.T) {
	type model struct {
		Name types.String `tfsdk:"name"`
	}

	object := raw(fields{"name": "a"})
	stored := tfsdk.State{Raw: object, Schema: schema.Schema{Attributes: map[string]schema.Attribute{"name": schema.StringAttribute{Optional: true}}}}
	before := model{types.StringValue("a")}

	untouched := tfsdk.State{} // Without a schema, nothing can be stored.

	diags := planned.StoreFound(t.Context(), &untouched, before, model{types.StringValue("a")})
	if len(diags) > 0 {
		t.Error(diags)
	}

	diags = planned.StoreFound(t.Context(), &stored, before, model{types.StringValue("b")})
	diags.Append(stored.Get(t.Context(), &before)...)

	if len(diags) > 0 || before.Name.ValueString() != "b" {
		t.Errorf("stored %s %s", before.Name, diags)
	}
}

func TestKeep_failed(t *testing.T) {
	failed := diag.Diagnostics{diag.NewErrorDiagnostic("Unable to create thing", "")}

	for _, prior := range []any{nil, "z"} {
		got, said := applied{"x", "x", "y", prior}.keep(t, failed)
		want := raw(fields{"a": "y"})
		if !want.Equal(got) || said != "" {
			t.Errorf("the state is %s with the warning %q", got, said)
		}
	}
}

func TestFillUnknown(t *testing.T) {
	state := tfsdk.State{Raw: raw(fields{"a": unknown{}, "b": "new", "c": unknown{}, "d": fields{"e": unknown{}, "f": "new"}, "g": list{unknown{}, "x"}})}
	prior := tfsdk.State{Raw: raw(fields{"a": "old", "b": "old", "d": fields{"e": "old", "f": "old"}, "g": list{"old", "x"}})}

	planned.FillUnknown(prior, &state)

	want := raw(fields{"a": "old", "b": "new", "c": nil, "d": fields{"e": "old", "f": "new"}, "g": list{"old", "x"}})
	if !state.Raw.Equal(want) {
		t.Errorf("the state is %s, want %s", state.Raw, want)
	}

	created := tfsdk.State{Raw: raw(fields{"id": "7", "a": unknown{}})}
	planned.FillUnknown(tfsdk.State{}, &created)

	if !created.Raw.Equal(raw(fields{"id": "7", "a": nil})) {
		t.Errorf("the state of a new object is %s", created.Raw)
	}
}

func TestKeepSpelling(t *testing.T) {
	prior := tfsdk.State{Raw: raw(fields{
		"empty": "", "none": nil, "at": "2026-01-31T10:30:00+01:00", "text": "old", "any": fields{"n": list{"9"}, "m": "old", "o": list{}},
	})}
	state := tfsdk.State{Raw: raw(fields{
		"empty": nil, "none": "", "at": "2026-01-31T09:30:00Z", "text": "new", "any": fields{"n": list{9}, "m": "new", "o": nil},
	})}

	planned.KeepSpelling(prior, &state)

	want := raw(fields{
		"empty": "", "none": nil, "at": "2026-01-31T10:30:00+01:00", "text": "new", "any": fields{"n": list{"9"}, "m": "new", "o": list{}},
	})
	if !state.Raw.Equal(want) {
		t.Errorf("the state is %s, want %s", state.Raw, want)
	}
}
