package acctest

import (
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"
)

// oddTries is how many pairs of configurations a run draws for each table of cases; make odd draws more, from another seed.
const oddTries = 8

// checkOdd draws configurations from the schema as few people write them, and some as they do: null, empty,
// null in lists, other spellings, other alphabets. A plan refuses them, or the platform does and nothing is left, or they
// are applied as planned and the next plan is empty. The same seed draws the same.
func (r *caseRun) checkOdd() {
	for _, found := range r.Odd {
		config := maps.Clone(r.Minimal)
		maps.Copy(config, found)
		r.wantSound(config)
	}

	draws := newOddDraws(r)
	pairs := rapid.Custom(func(t *rapid.T) []Values { return []Values{draws.config(t), draws.config(t)} })
	seed, tries := oddSetting("CHAT_ODD_SEED", 1), oddSetting("CHAT_ODD", oddTries)

	for i := range tries {
		r.wantSound(pairs.Example(seed*1_000_000 + i)...)
	}
}

func oddSetting(name string, otherwise int) int {
	n, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		return otherwise
	}

	return n
}

// wantSound applies configurations to one object that is new.
func (r *caseRun) wantSound(configs ...Values) {
	r.Helper()
	r.restart()

	problem := r.tryOdd(configs)
	if problem != "" {
		r.Error(problem)
	}
}

// restart empties the sandbox, and makes what the configurations need again.
func (r *caseRun) restart() {
	r.Helper()

	response, err := http.Post(r.world.URL+"/_sandbox/reset", "", http.NoBody)
	if err != nil {
		r.Fatal(err)
	}

	_ = response.Body.Close()

	r.world.Complaints = true // What the platform takes is the platform's.
	r.forgetRun()
	r.arrange()
}

// forgetRun makes the provider one that knows nothing of what was done before. Another one would cost more.
func (r *caseRun) forgetRun() {
	r.Helper()

	diags := r.provider.Configure(r.world.Block(nil))
	if len(diags.Errors()) > 0 {
		r.Fatal(diags)
	}
}

// tryOdd applies configurations to one object, one after the other, and returns what a user would call a bug, or "".
func (r *caseRun) tryOdd(configs []Values) string {
	r.Helper()

	object := Object{Type: r.Type}

	for _, config := range configs {
		config = r.resolve(config)

		next, problem := r.applyOdd(object, config)
		if problem != "" {
			return fmt.Sprintf("%s\nconfiguration %s", problem, show(config))
		}

		object = next
	}

	return ""
}

// applyOdd applies one configuration. The object that it returns is the old one if the configuration was refused.
func (r *caseRun) applyOdd(prior Object, config Values) (Object, string) {
	r.Helper()

	diags := r.provider.Validate(r.Type, config)
	if len(diags.Errors()) > 0 {
		return prior, ofProvider(diags)
	}

	plan, diags := r.provider.Plan(r.Context(), prior, config)
	if len(diags.Errors()) > 0 {
		return prior, ofProvider(diags)
	}

	if !prior.Gone() && len(plan.RequiresReplace) > 0 {
		gone, diags := r.provider.Apply(r.Context(), prior, nil)
		if len(diags.Errors()) > 0 {
			return prior, ofProvider(diags)
		}

		return r.applyOdd(Object{Type: gone.Type}, config)
	}

	applied, diags, at := r.provider.applyPlan(r.Context(), prior, config, plan)

	// What is remembered of a create whose answer was lost has no id.
	isMade := !applied.Gone() && applied.String("id") != ""

	switch {
	case len(diags.Errors()) > 0 && prior.Gone() && isMade && !strings.Contains(diags.String(), "terraform untaint"):
		return applied, "the object is tainted: " + diags.String()
	case len(diags.Errors()) > 0:
		return prior, ofProvider(diags)
	case at != "":
		return applied, fmt.Sprintf("inconsistent result: %s\nstate %v", at, applied.State)
	case strings.Contains(diags.String(), "returned other values than planned"):
		return applied, diags.String()
	}

	r.forgetRun()

	read, diags := r.provider.Read(r.Context(), applied)
	if len(diags.Errors()) > 0 || read.Gone() {
		return applied, fmt.Sprintf("the object cannot be read: %v %s", read.State, diags)
	}

	again, diags := r.provider.Plan(r.Context(), read, config)
	if len(diags.Errors()) > 0 {
		return read, "the second plan: " + diags.String()
	}

	changes := changedPaths(r.T, read.State, r.provider.unpack(again.PlannedState, r.provider.valueType(r.Type)))
	if len(changes) > 0 {
		return read, fmt.Sprintf("the second plan changes %v\nstate %v", changes, read.State)
	}

	return read, ""
}

// ofProvider returns the diagnostics if they blame the provider.
func ofProvider(diags Diagnostics) string {
	for _, d := range diags.Errors() {
		text := d.Summary + d.Detail

		// The framework says these, for a required attribute that is missing and for 1.5 where an integer belongs.
		isFramework := strings.HasPrefix(d.Summary, "Missing Configuration") || strings.Contains(text, "is not an integer") ||
			strings.Contains(text, "cannot be represented as a 64-bit integer")
		if isFramework {
			continue
		}

		if strings.Contains(text, "provider developer") || strings.Contains(text, "Value Conversion") || strings.Contains(text, "panic") || d.Detail == "" {
			return "a bug of the provider: " + diags.String()
		}
	}

	return ""
}

// show prints a configuration in one order.
func show(config Values) string {
	var b strings.Builder

	for _, name := range slices.Sorted(maps.Keys(config)) {
		fmt.Fprintf(&b, "\n  %s = %#v", name, config[name])
	}

	return b.String()
}

// oddDraws draws configurations of one type.
type oddDraws struct {
	schema *tfprotov6.Schema
	bases  []Values
	seeds  map[string][]any
}

func newOddDraws(r *caseRun) *oddDraws {
	d := &oddDraws{schema: r.provider.Schema(r.Type), bases: r.bases(), seeds: map[string][]any{}}
	collect(d.schema.Block.Attributes, "", d.bases, d.seeds, map[string]*coverage{})

	return d
}

// config draws one of the cases' configurations with some attributes changed.
func (d *oddDraws) config(t *rapid.T) Values {
	config := maps.Clone(rapid.SampledFrom(d.bases).Draw(t, "base"))

	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		attribute := rapid.SampledFrom(canSet(d.schema.Block.Attributes)).Draw(t, "attribute")
		if attribute.Name == "timeouts" {
			continue
		}

		config[attribute.Name] = d.attribute(t, attribute, attribute.Name)
	}

	return config
}

func canSet(attributes []*tfprotov6.SchemaAttribute) []*tfprotov6.SchemaAttribute {
	return slices.DeleteFunc(slices.Clone(attributes), func(a *tfprotov6.SchemaAttribute) bool { return !a.Required && !a.Optional })
}

var allowedValue = regexp.MustCompile("`\"?([a-z_A-Z0-9]+)\"?`")

// attribute draws a value.
func (d *oddDraws) attribute(t *rapid.T, attribute *tfprotov6.SchemaAttribute, path string) any {
	if attribute.NestedType != nil {
		return d.nested(t, attribute.NestedType, path)
	}

	seeds := slices.Clone(d.seeds[path])

	if attribute.Type.Is(tftypes.String) {
		for _, match := range allowedValue.FindAllStringSubmatch(attribute.Description, -1) {
			seeds = append(seeds, match[1])
		}
	}

	return oddValue(t, attribute.Type, seeds, 2)
}

func (d *oddDraws) nested(t *rapid.T, kind *tfprotov6.SchemaObject, path string) any {
	if rapid.IntRange(0, 5).Draw(t, "null") == 0 {
		return nil
	}

	seeds := d.seeds[path]

	if kind.Nesting == tfprotov6.SchemaObjectNestingModeSingle {
		inner, _ := within(kind.Nesting, seeds)
		return d.object(t, kind, inner, path+".")
	}

	inner, _ := within(kind.Nesting, seeds)
	if kind.Nesting == tfprotov6.SchemaObjectNestingModeMap {
		rows := Values{}
		for range rapid.IntRange(0, 2).Draw(t, "rows") {
			rows[rapid.SampledFrom(oddStrings(nil)).Draw(t, "key")] = d.object(t, kind, inner, path+"[].")
		}

		return rows
	}

	rows := []any{}

	for range rapid.IntRange(0, 3).Draw(t, "rows") {
		var row any
		if rapid.IntRange(0, 9).Draw(t, "null row") > 0 {
			row = d.object(t, kind, inner, path+"[].")
		}

		isTwice := slices.ContainsFunc(rows, func(other any) bool { return reflect.DeepEqual(row, other) })
		if !isTwice || kind.Nesting != tfprotov6.SchemaObjectNestingModeSet {
			rows = append(rows, row)
		}
	}

	return rows
}

// object draws one of the seeds with some attributes changed, or one with a few attributes.
func (d *oddDraws) object(t *rapid.T, kind *tfprotov6.SchemaObject, seeds []Values, path string) Values {
	fields := Values{}
	if len(seeds) > 0 && rapid.IntRange(0, 9).Draw(t, "seed") > 0 {
		fields = maps.Clone(rapid.SampledFrom(seeds).Draw(t, "fields"))
	}

	inner := canSet(kind.Attributes)
	for range rapid.IntRange(0, 2).Draw(t, "fields changed") {
		attribute := rapid.SampledFrom(inner).Draw(t, "field")
		fields[attribute.Name] = d.attribute(t, attribute, path+attribute.Name)
	}

	return fields
}

// oddValue draws a value of a type. Seeds are values that the type's cases use.
func oddValue(t *rapid.T, kind tftypes.Type, seeds []any, depth int) any {
	if rapid.IntRange(0, 5).Draw(t, "null") == 0 {
		return nil
	}

	if len(seeds) > 0 && rapid.IntRange(0, 3).Draw(t, "known") == 0 {
		return rapid.SampledFrom(seeds).Draw(t, "value")
	}

	switch kind := kind.(type) {
	case tftypes.List:
		return oddRows(t, kind.ElementType, seeds, depth, false)
	case tftypes.Set:
		return oddRows(t, kind.ElementType, seeds, depth, true)
	case tftypes.Map:
		return oddMap(t, kind.ElementType, seeds, depth)
	case tftypes.Object:
		fields := Values{}
		for _, name := range slices.Sorted(maps.Keys(kind.AttributeTypes)) {
			fields[name] = oddValue(t, kind.AttributeTypes[name], nil, depth-1)
		}

		return fields
	}

	switch {
	case kind.Is(tftypes.String):
		return rapid.SampledFrom(oddStrings(seeds)).Draw(t, "text")
	case kind.Is(tftypes.Number):
		return rapid.SampledFrom(oddNumbers).Draw(t, "number")
	case kind.Is(tftypes.Bool):
		return rapid.Bool().Draw(t, "bool")
	default:
		return oddFree(t, depth)
	}
}

func oddRows(t *rapid.T, kind tftypes.Type, seeds []any, depth int, isSet bool) []any {
	var known []any

	for _, seed := range seeds {
		rows, _ := seed.([]any)
		known = append(known, rows...)
	}

	rows := []any{}

	for range rapid.IntRange(0, 3).Draw(t, "rows") {
		row := oddValue(t, kind, known, depth-1)

		isTwice := slices.ContainsFunc(rows, func(other any) bool { return reflect.DeepEqual(row, other) })
		if !isTwice || !isSet {
			rows = append(rows, row)
		}
	}

	return rows
}

func oddMap(t *rapid.T, kind tftypes.Type, seeds []any, depth int) Values {
	var keys []string

	var known []any

	for _, seed := range seeds {
		fields, _ := seed.(Values)
		for _, key := range slices.Sorted(maps.Keys(fields)) {
			keys, known = append(keys, key), append(known, fields[key])
		}
	}

	fields := Values{}
	for range rapid.IntRange(0, 3).Draw(t, "keys") {
		fields[rapid.SampledFrom(append(keys, oddStrings(nil)...)).Draw(t, "key")] = oddValue(t, kind, known, depth-1)
	}

	return fields
}

// oddFree draws a value for an attribute that takes any type, some of them of types that no literal has.
func oddFree(t *rapid.T, depth int) any {
	texts := tftypes.Map{ElementType: tftypes.String}
	leaves := []any{
		"", "x", "1", "true", true, 0, 1, 1.5, nil,
		[]any{},
		Values{},
		tftypes.NewValue(texts, map[string]tftypes.Value{}), tftypes.NewValue(texts, nil),
		tftypes.NewValue(texts, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, "1")}),
		tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{}),
		tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{tftypes.NewValue(tftypes.String, "a")}),
		tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{tftypes.NewValue(tftypes.String, nil)}),
		tftypes.NewValue(tftypes.String, nil),
	}

	shape := 0
	if depth > 0 {
		shape = rapid.IntRange(0, 2).Draw(t, "shape")
	}

	switch shape {
	case 1:
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) any { return oddFree(t, depth-1) }), 0, 2).Draw(t, "elements")
	case 2:
		return oddMap(t, tftypes.DynamicPseudoType, nil, depth)
	default:
		return rapid.SampledFrom(leaves).Draw(t, "value")
	}
}

var oddNumbers = []any{0, 1, 2, -1, 1.5, 0.1, 1e21, 99999, new(big.Float).SetPrec(512).SetInt64(7), big.NewFloat(1.0)}

// oddStrings returns texts, and other spellings of the seeds.
func oddStrings(seeds []any) []string {
	texts := []string{
		"", " ", "x", " padded ", "Ünïcödé 💬 中文", "two\nlines", "null", "0", "007", "1e3", "1.0", "true", "<b>&amp;</b>", "a/b", "a.b", `"{}`,
		"2026-01-02T03:04:05Z", "2026-01-02t04:04:05.000+01:00", "mailto:x@example.com", "X@Example.COM", "https://example.com/ü?x=1", strings.Repeat("long ", 60),
	}

	for _, seed := range seeds {
		text, ok := seed.(string)
		if !ok || text == "" {
			continue
		}

		texts = append(texts, text, strings.ToUpper(text), strings.ToLower(text), " "+text, text+" ", "0"+text, text+".0")

		moment, err := time.Parse(time.RFC3339, text)
		if err == nil {
			texts = append(texts, moment.In(time.FixedZone("", 3600)).Format(time.RFC3339), moment.Format("2006-01-02T15:04:05.000Z07:00"))
		}
	}

	return texts
}
