package plugin

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

// sample returns a value of a type; null where keep refuses the attribute.
func sample(kind tftypes.Type, keep func(name string) bool) tftypes.Value {
	switch kind := kind.(type) {
	case tftypes.Object:
		members := map[string]tftypes.Value{}

		for name, of := range kind.AttributeTypes {
			members[name] = tftypes.NewValue(of, nil)
			if keep == nil || keep(name) {
				members[name] = sample(of, nil)
			}
		}

		return tftypes.NewValue(kind, members)
	case tftypes.List:
		return tftypes.NewValue(kind, []tftypes.Value{sample(kind.ElementType, nil)})
	case tftypes.Set:
		return tftypes.NewValue(kind, []tftypes.Value{sample(kind.ElementType, nil)})
	case tftypes.Map:
		return tftypes.NewValue(kind, map[string]tftypes.Value{"key": sample(kind.ElementType, nil)})
	}

	switch {
	case kind.Is(tftypes.String):
		return tftypes.NewValue(kind, "7")
	case kind.Is(tftypes.Number):
		return tftypes.NewValue(kind, big.NewFloat(7))
	case kind.Is(tftypes.Bool):
		return tftypes.NewValue(kind, true)
	default:
		return tftypes.NewValue(tftypes.DynamicPseudoType, nil)
	}
}

func dynamic(t *testing.T, kind tftypes.Type, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()

	encoded, err := tfprotov6.NewDynamicValue(kind, value)
	if err != nil {
		t.Fatal(err)
	}

	return &encoded
}

// TestUnchanged plans each type without a change, the short way and through the framework, with every attribute
// configured, with none of those that the platform can decide, and with each of those left out in turn.
func TestUnchanged(t *testing.T) {
	ctx := t.Context()
	p := provider.New("test")()
	short := 0

	wrapped, ok := Server(p)().(*releasing)
	if !ok {
		t.Fatal("the server is not wrapped")
	}

	framework := providerserver.NewProtocol6(provider.New("test")())()

	for _, build := range p.Resources(ctx) {
		var (
			name     resource.MetadataResponse
			declares resource.SchemaResponse
		)

		r := build()
		r.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "chat"}, &name)
		r.Schema(ctx, resource.SchemaRequest{}, &declares)

		kind := declares.Schema.Type().TerraformType(ctx)
		state := dynamic(t, kind, sample(kind, func(attribute string) bool { return !declares.Schema.Attributes[attribute].IsWriteOnly() }))

		isSettable := func(attribute string) bool {
			a := declares.Schema.Attributes[attribute]
			return (a.IsOptional() || a.IsRequired()) && !a.IsWriteOnly()
		}
		configs := map[string]tftypes.Value{
			"everything": sample(kind, isSettable),
			"required":   sample(kind, func(attribute string) bool { return declares.Schema.Attributes[attribute].IsRequired() }),
		}

		for one := range declares.Schema.Attributes {
			configs["without "+one] = sample(kind, func(attribute string) bool { return isSettable(attribute) && attribute != one })
		}

		for about, config := range configs {
			req := &tfprotov6.PlanResourceChangeRequest{TypeName: name.TypeName, PriorState: state, ProposedNewState: state, Config: dynamic(t, kind, config)}
			if !wrapped.isUnchanged(ctx, req) {
				continue
			}

			short++

			planned, err := framework.PlanResourceChange(ctx, req)
			if err != nil {
				t.Fatal(err)
			}

			for _, d := range planned.Diagnostics {
				if d.Severity == tfprotov6.DiagnosticSeverityError && !strings.Contains(d.Summary, "Missing") {
					t.Errorf("%s, %s: %s", name.TypeName, about, d.Summary)
				}
			}

			got, err := planned.PlannedState.Unmarshal(kind)
			if err != nil {
				t.Fatal(err)
			}

			if want, err := state.Unmarshal(kind); err != nil || !got.Equal(want) || len(planned.RequiresReplace) > 0 {
				diff, _ := want.Diff(got)
				t.Errorf("%s, %s: the framework plans a change: %v, replaces %v", name.TypeName, about, diff, planned.RequiresReplace)
			}
		}
	}

	if short == 0 {
		t.Error("no type takes the short way")
	}
}

type declaring struct {
	resource.Resource

	schema schema.Schema
}

func (d declaring) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = d.schema
}

type modifying struct{ declaring }

func (modifying) ModifyPlan(context.Context, resource.ModifyPlanRequest, *resource.ModifyPlanResponse) {
}

type checking struct{ modifying }

func (checking) ChecksPlanOnly() {}

type odd struct{ planmodifier.String }

func TestDeclarationOf(t *testing.T) {
	text := func(change func(*schema.StringAttribute)) declaring {
		a := schema.StringAttribute{Optional: true, Computed: true}
		change(&a)

		return declaring{schema: schema.Schema{Attributes: map[string]schema.Attribute{"a": a}}}
	}
	modified := func(modifiers ...planmodifier.String) declaring {
		return text(func(a *schema.StringAttribute) { a.PlanModifiers = modifiers })
	}
	nested := func(inner declaring) declaring {
		return declaring{schema: schema.Schema{Attributes: map[string]schema.Attribute{
			"n": schema.ListNestedAttribute{NestedObject: schema.NestedAttributeObject{Attributes: inner.schema.Attributes}},
			"o": schema.SingleNestedAttribute{Attributes: inner.schema.Attributes},
		}}}
	}

	for name, c := range map[string]struct {
		resource  resource.Resource
		plain     bool
		removable int
	}{
		"nothing":                   {modified(), true, 0},
		"the framework's modifiers": {modified(stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()), true, 0},
		"spelling":                  {modified(attribute.Follow(), attribute.ReplaceOnChange()), true, 0},
		"an unknown modifier":       {modified(odd{}), false, 0},
		"a default":                 {text(func(a *schema.StringAttribute) { a.Default = stringdefault.StaticString("x") }), false, 0},
		"removable":                 {modified(ownership.Plan()), true, 1},
		"nested":                    {nested(modified(attribute.Follow())), true, 0},
		"an unknown nested":         {nested(modified(odd{})), false, 0},
		"a nested default":          {nested(text(func(a *schema.StringAttribute) { a.Default = stringdefault.StaticString("x") })), false, 0},
		"a nested removable":        {nested(modified(ownership.Plan())), false, 0},
		"a plan of its own":         {modifying{modified()}, false, 0},
		"checks of its own":         {checking{modifying{modified()}}, true, 0},
	} {
		d := declarationOf(t.Context(), c.resource)
		if d.isPlain != c.plain || c.plain && len(d.removable) != c.removable {
			t.Errorf("%s: plain %t, removable %v", name, d.isPlain, d.removable)
		}
	}
}

func TestUnchangedRemoved(t *testing.T) {
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String, "b": tftypes.List{ElementType: tftypes.String}}}
	value := func(a any) *tfprotov6.DynamicValue {
		return dynamic(t, kind, tftypes.NewValue(kind, map[string]tftypes.Value{
			"a": tftypes.NewValue(tftypes.String, a), "b": sample(kind.AttributeTypes["b"], nil),
		}))
	}
	r := &releasing{types: &types{known: map[string]*declared{"x": {isPlain: true, removable: map[string]bool{"a": true}}}}}
	r.types.once.Do(func() {})

	for _, c := range []struct {
		prior, proposed, config any
		want                    bool
	}{
		{"1", "1", "1", true},
		{"1", "1", nil, false},
		{nil, nil, nil, true},
		{"1", "2", "2", false},
	} {
		got := r.isUnchanged(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: "x", PriorState: value(c.prior), ProposedNewState: value(c.proposed), Config: value(c.config)})
		if got != c.want {
			t.Errorf("%v: unchanged is %t", c, got)
		}
	}
}

func TestHasForm(t *testing.T) {
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"s": tftypes.String, "n": tftypes.Number, "b": tftypes.Bool, "l": tftypes.List{ElementType: tftypes.Object{AttributeTypes: map[string]tftypes.Type{"x": tftypes.String}}},
		"m": tftypes.Map{ElementType: tftypes.String}, "d": tftypes.DynamicPseudoType,
	}}
	good := `"s":"1","n":-1,"b":true,"l":[{"x":null}],"m":{"k":"v"},"d":null`

	for raw, want := range map[string]bool{
		`{` + good + `}`:             true,
		`{` + good + `,"extra":1}`:   false,
		`{"s":"1"}`:                  false,
		`[]`:                         false,
		``:                           false,
		replace(good, `"1"`, `1`):    false,
		replace(good, `-1`, `"1"`):   false,
		replace(good, `true`, `1`):   false,
		replace(good, `null}`, `1}`): false,
		replace(good, `"x"`, `"y"`):  false,
		replace(good, `"v"`, `{}`):   false,
		replace(good, `"d":null`, `"d":{"value":"x","type":"string"}`): false,
	} {
		got := hasForm(json.RawMessage(raw), kind)
		if got != want {
			t.Errorf("%s: %t", raw, got)
		}
	}
}

func replace(good, before, after string) string {
	return "{" + strings.Replace(good, before, after, 1) + "}"
}

// TestUpgradeUnchanged returns a state of the current version as it is, and leaves others to the framework.
func TestUpgradeUnchanged(t *testing.T) {
	s := Server(provider.New("test")())()
	state := func(extra string) string {
		return fmt.Sprintf(`{"id":"1","title":"x","description":null,"color":null,"show_on_sidebar":null,"adopt_existing":null%s}`, extra)
	}

	for _, raw := range []string{state(""), state(`,"gone":1`)} {
		resp, err := s.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{TypeName: "chatlake_label", RawState: &tfprotov6.RawState{JSON: []byte(raw)}})
		if err != nil || len(resp.Diagnostics) > 0 || resp.UpgradedState == nil {
			t.Fatalf("%v, %v", resp, err)
		}
	}
}

// BenchmarkUnchanged is one object that did not change: its stored state, and its plan.
func BenchmarkUnchanged(b *testing.B) {
	s := Server(provider.New("test")())()
	upgrade, plan := unchangedLabel(b)

	b.ReportAllocs()

	for b.Loop() {
		if _, err := s.UpgradeResourceState(b.Context(), upgrade); err != nil {
			b.Fatal(err)
		}

		if _, err := s.PlanResourceChange(b.Context(), plan); err != nil {
			b.Fatal(err)
		}
	}
}

// TestUnchangedAllocations keeps the hot path short, by what it allocates: that is the same on every machine.
func TestUnchangedAllocations(t *testing.T) {
	s := Server(provider.New("test")())()
	upgrade, plan := unchangedLabel(t)

	for name, c := range map[string]struct {
		most float64
		call func() error
	}{
		"upgrade": {60, func() error { _, err := s.UpgradeResourceState(t.Context(), upgrade); return err }},
		"plan":    {60, func() error { _, err := s.PlanResourceChange(t.Context(), plan); return err }},
	} {
		got := testing.AllocsPerRun(100, func() {
			if err := c.call(); err != nil {
				t.Fatal(err)
			}
		})
		if got > c.most {
			t.Errorf("%s allocates %.0f times, want %.0f at most", name, got, c.most)
		}
	}
}

func unchangedLabel(t testing.TB) (*tfprotov6.UpgradeResourceStateRequest, *tfprotov6.PlanResourceChangeRequest) {
	t.Helper()

	d := (&types{provider: provider.New("test")()}).get(t.Context(), "chatlake_label")

	object, ok := d.kind.(tftypes.Object)
	if !ok {
		t.Fatal("a label has no attributes")
	}

	members := map[string]any{}
	for name, kind := range object.AttributeTypes {
		members[name] = nil
		if kind.Is(tftypes.String) {
			members[name] = "7"
		}
	}

	raw, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}

	state, err := tfprotov6.NewDynamicValue(d.kind, sample(d.kind, nil))
	if err != nil {
		t.Fatal(err)
	}

	return &tfprotov6.UpgradeResourceStateRequest{TypeName: "chatlake_label", Version: d.version, RawState: &tfprotov6.RawState{JSON: raw}},
		&tfprotov6.PlanResourceChangeRequest{TypeName: "chatlake_label", PriorState: &state, ProposedNewState: &state, Config: &state}
}
