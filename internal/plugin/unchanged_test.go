package plugin

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
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
				members[name] = sampleOf(name, of)
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

// sampleOf returns a value of an attribute. A channel has the fields of its type only.
func sampleOf(name string, kind tftypes.Type) tftypes.Value {
	object, ok := kind.(tftypes.Object)
	if name != "channel" || !ok {
		return sample(kind, nil)
	}

	channel := map[string]tftypes.Value{}
	for field, of := range object.AttributeTypes {
		channel[field] = tftypes.NewValue(of, nil)
	}

	channel["type"] = tftypes.NewValue(tftypes.String, "api")
	channel["webhook_url"] = tftypes.NewValue(tftypes.String, "https://example.com")
	channel["hmac_mandatory"] = tftypes.NewValue(tftypes.Bool, true)

	return tftypes.NewValue(object, channel)
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

	wrapped, ok := Server(p)().(*releasing)
	if !ok {
		t.Fatal("the server is not wrapped")
	}

	framework := providerserver.NewProtocol6(provider.New("test")())()
	byKey := []string{"chatlake_inbox", "imichat_chat", "imichat_message"} // What they clear is decided key by key.

	for _, build := range p.Resources(ctx) {
		var (
			name     resource.MetadataResponse
			declares resource.SchemaResponse
		)

		r := build()
		r.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "chat"}, &name)
		r.Schema(ctx, resource.SchemaRequest{}, &declares)

		kind := declares.Schema.Type().TerraformType(ctx)
		isStored := func(attribute string) bool {
			isFile := strings.HasPrefix(attribute, "attachment") // What it holds is read at each plan.
			return !isFile && !declares.Schema.Attributes[attribute].IsWriteOnly()
		}
		state := dynamic(t, kind, sample(kind, isStored))

		isSettable := func(attribute string) bool {
			a := declares.Schema.Attributes[attribute]
			return (a.IsOptional() || a.IsRequired()) && isStored(attribute)
		}
		configs := map[string]tftypes.Value{
			"everything": sample(kind, isSettable),
			"required":   sample(kind, func(attribute string) bool { return declares.Schema.Attributes[attribute].IsRequired() }),
		}

		for one := range declares.Schema.Attributes {
			configs["without "+one] = sample(kind, func(attribute string) bool { return isSettable(attribute) && attribute != one })
		}

		short := 0

		// An attribute that was not configured before is not cleared.
		private := recording(t, configs["required"])

		for about, config := range configs {
			req := &tfprotov6.PlanResourceChangeRequest{TypeName: name.TypeName, PriorState: state, ProposedNewState: state, Config: dynamic(t, kind, config)}
			if about == "required" {
				req.PriorPrivate = private
			}

			if !wrapped.isUnchanged(ctx, req) {
				if about == "required" && !slices.Contains(byKey, name.TypeName) {
					t.Errorf("%s does not take the short way with what is required", name.TypeName)
				}

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

		if short == 0 {
			t.Errorf("%s never takes the short way", name.TypeName)
		}

		all := &tfprotov6.PlanResourceChangeRequest{TypeName: name.TypeName, PriorState: state, ProposedNewState: state, Config: dynamic(t, kind, configs["everything"])}

		allocations := testing.AllocsPerRun(5, func() { wrapped.isUnchanged(ctx, all) })
		if allocations > 500 {
			t.Errorf("%s: a plan without a change allocates %.0f times, want 500 at most", name.TypeName, allocations)
		}
	}
}

// recording is the private state of an object that was made with a configuration.
func recording(t *testing.T, config tftypes.Value) []byte {
	t.Helper()

	var attributes map[string]tftypes.Value
	if err := config.As(&attributes); err != nil {
		t.Fatal(err)
	}

	names := map[string][]string{}

	for name, value := range attributes {
		if !value.IsNull() {
			names[name] = nil
		}
	}

	record, err := json.Marshal(map[string]any{"names": names})
	if err != nil {
		t.Fatal(err)
	}

	private, err := json.Marshal(map[string][]byte{"managed": record})
	if err != nil {
		t.Fatal(err)
	}

	return private
}

type declaring struct {
	resource.Resource

	schema schema.Schema
}

func (declaring) Metadata(context.Context, resource.MetadataRequest, *resource.MetadataResponse) {}

func (d declaring) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = d.schema
}

type modifying struct{ declaring }

func (modifying) ModifyPlan(context.Context, resource.ModifyPlanRequest, *resource.ModifyPlanResponse) {
}

type checking struct{ modifying }

func (checking) ChecksPlanOnly() {}

type changing struct{ modifying }

func (changing) ActsOnChangesOnly() {}

type odd struct{ planmodifier.String }

type absent struct{ planmodifier.String }

func (absent) ActsOnAbsentOnly() {}

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

	null := map[string]any(nil)
	object := func(name string, value any) map[string]any { return map[string]any{name: value} }
	within := func(value any) map[string]any { return object("o", object("a", value)) }
	inList := func(value any) map[string]any { return object("n", []any{object("a", value)}) }
	byDefault := text(func(a *schema.StringAttribute) { a.Default = stringdefault.StaticString("x") })

	for name, c := range map[string]struct {
		resource      resource.Resource
		config, state map[string]any
		may           bool
	}{
		"nothing":                             {modified(), null, object("a", "x"), false},
		"the framework's modifiers":           {modified(stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()), null, object("a", "x"), false},
		"spelling":                            {modified(attribute.Follow(), attribute.ReplaceOnChange()), null, object("a", "x"), false},
		"an unknown modifier":                 {modified(odd{}), object("a", "x"), object("a", "x"), true},
		"an unknown modifier, without value":  {modified(odd{}), null, null, false},
		"a default":                           {byDefault, null, object("a", "x"), false},
		"another default":                     {byDefault, null, object("a", "y"), true},
		"a default that is not there":         {byDefault, null, null, true},
		"a default that is not needed":        {byDefault, object("a", "y"), object("a", "y"), false},
		"removed":                             {modified(ownership.Plan()), null, object("a", "x"), true},
		"not removed":                         {modified(ownership.Plan()), object("a", "x"), object("a", "x"), false},
		"never there":                         {modified(ownership.Plan()), null, null, false},
		"absent":                              {modified(absent{}), null, null, true},
		"not absent":                          {modified(absent{}), null, object("a", "x"), false},
		"nested":                              {nested(modified(attribute.Follow())), within("x"), within("x"), false},
		"an unknown nested":                   {nested(modified(odd{})), within("x"), within("x"), true},
		"an unknown nested, without value":    {nested(modified(odd{})), null, null, false},
		"a nested default":                    {nested(byDefault), inList(nil), inList("x"), false},
		"another nested default":              {nested(byDefault), inList(nil), inList("y"), true},
		"a nested default in an object":       {nested(byDefault), within(nil), within("y"), true},
		"a nested one removed":                {nested(modified(ownership.Plan())), within(nil), within("x"), true},
		"a nested one not removed":            {nested(modified(ownership.Plan())), inList("x"), inList("x"), false},
		"a nested one removed with its whole": {nested(modified(ownership.Plan())), null, within("x"), true},
		"a plan of its own":                   {modifying{modified()}, object("a", "x"), object("a", "x"), true},
		"checks of its own":                   {checking{modifying{modified()}}, object("a", "x"), object("a", "x"), false},
		"changes of its own":                  {changing{modifying{modified()}}, object("a", "x"), object("a", "x"), false},
	} {
		d := declarationOf(t.Context(), func() resource.Resource { return c.resource })

		may := !d.isPlain
		for name, r := range d.rules {
			may = may || r.mayAct(origin{func() map[string][]byte { return nil }, name}, c.config[name], c.state[name])
		}

		if may != c.may {
			t.Errorf("%s: the plan may change: %t", name, may)
		}
	}
}

// TestUnchangedRemoved reads what Terraform sends.
func TestUnchangedRemoved(t *testing.T) {
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"a": tftypes.String, "b": tftypes.List{ElementType: tftypes.String}, "o": tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String}},
	}}
	value := func(a, inner any) *tfprotov6.DynamicValue {
		object, ok := kind.AttributeTypes["o"].(tftypes.Object)
		if !ok {
			t.Fatal("not an object")
		}

		return dynamic(t, kind, tftypes.NewValue(kind, map[string]tftypes.Value{
			"a": tftypes.NewValue(tftypes.String, a), "b": sample(kind.AttributeTypes["b"], nil),
			"o": tftypes.NewValue(object, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, inner)}),
		}))
	}
	removed := &rule{removed: true}
	r := &releasing{types: &types{known: map[string]*declared{
		"x": {isPlain: true, rules: map[string]*rule{"a": removed, "o": {members: map[string]*rule{"a": removed}}}},
	}}}
	r.types.once.Do(func() {})

	for _, c := range []struct {
		prior, proposed, config, inner any
		want                           bool
	}{
		{"1", "1", "1", "1", true},
		{"1", "1", nil, "1", false},
		{"1", "1", "1", nil, false},
		{"1", "1", tftypes.UnknownValue, "1", true},
		{"1", "1", "1", tftypes.UnknownValue, false}, // It cannot be read.
		{nil, nil, nil, "1", true},
		{"1", "2", "2", "1", false},
	} {
		got := r.isUnchanged(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: "x", PriorState: value(c.prior, "1"), ProposedNewState: value(c.proposed, "1"), Config: value(c.config, c.inner),
		})
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
		replace(good, `"d":null`, `"d":{"value":"x","type":"string"}`):           true,
		replace(good, `"d":null`, `"d":{"value":"x"}`):                           false,
		replace(good, `"d":null`, `"d":{"value":"x","type":"string","extra":1}`): false,
		replace(good, `"d":null`, `"d":"x"`):                                     false,
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

// TestReadsAlone covers which types are read without the framework.
func TestReadsAlone(t *testing.T) {
	t.Parallel()

	for name, c := range map[string]struct {
		schema schema.Schema
		want   bool
	}{
		"texts":         {schema.Schema{Attributes: map[string]schema.Attribute{"a": schema.StringAttribute{}}}, true},
		"a number":      {schema.Schema{Attributes: map[string]schema.Attribute{"a": schema.Float64Attribute{}}}, false},
		"numbers":       {schema.Schema{Attributes: map[string]schema.Attribute{"a": schema.SetAttribute{ElementType: basetypes.Float64Type{}}}}, false},
		"nested number": {schema.Schema{Attributes: map[string]schema.Attribute{"a": schema.SingleNestedAttribute{Attributes: map[string]schema.Attribute{"b": schema.Float64Attribute{}}}}}, false},
		"a block":       {schema.Schema{Blocks: map[string]schema.Block{"a": schema.ListNestedBlock{}}}, false},
	} {
		got := declarationOf(t.Context(), func() resource.Resource { return declaring{schema: c.schema} }).readsAlone
		if got != c.want {
			t.Errorf("%s: read without the framework: %t", name, got)
		}
	}
}
