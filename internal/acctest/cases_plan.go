package acctest

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Update tells tests to write their golden files instead of comparing with them. It is the flag -update.
var Update = flag.Bool("update", false, "write the golden files of the tests")

// checkPlans compares the plan of a create and of an update with testdata/plans, where a reviewer can read them. A type whose
// plans show what is configured, and leave nothing else open, needs no such file: what they may leave open has a reason in the
// cases, which checkQuiet wants.
func (r *caseRun) checkPlans() {
	minimal := r.config()

	var b strings.Builder
	fmt.Fprintf(&b, "What a reviewer reads in the plan of a %s. To write this file: go test . -update\n", r.Type)
	fmt.Fprintf(&b, "\n== The required arguments alone\n\n%s%s", r.planText(Object{Type: r.Type}, minimal), r.reasons(minimal))
	fmt.Fprintf(&b, "\n== Every argument\n\n%s", r.planText(Object{Type: r.Type}, r.first()))

	name, changed := r.smallChange()
	if name != "" {
		object := r.mustApply(r.provider, Object{Type: r.Type}, r.first())
		fmt.Fprintf(&b, "\n== Another %s\n\n%s", name, r.planText(object, changed))
	}

	golden := filepath.Join("testdata", "plans", strings.TrimSuffix(r.Type+"_"+strings.ReplaceAll(r.Name, " ", "_"), "_")+".txt")

	_, err := os.Stat(golden)
	if err != nil && r.Late == nil && r.Moved == nil {
		return
	}

	if *Update {
		if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
			r.Fatal(err)
		}

		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil { //nolint:gosec // It is source text.
			r.Fatal(err)
		}
	}

	want, err := os.ReadFile(golden)
	if err != nil {
		r.Fatalf("%v: run the test with -update and read what it writes", err)
	}

	if b.String() != string(want) {
		r.Errorf("the plans are not those of %s. If they should be, run the test with -update.\n%s", golden, firstDifference(string(want), b.String()))
	}
}

// smallChange returns the first stage with one attribute as in the second, as people change most often, and its name.
func (r *caseRun) smallChange() (string, Values) {
	if len(r.Stages) < 2 {
		return "", nil
	}

	first, second := r.first(), r.config(r.Stages[1])

	var names []string

	for name, value := range second {
		if value != nil && !reflect.DeepEqual(first[name], value) {
			names = append(names, name)
		}
	}

	if len(names) == 0 {
		return "", nil
	}

	usual := []string{"name", "title", "display_name", "attribute_display_name", "content", "description"}
	name := slices.MinFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(uint(slices.Index(usual, a)), uint(slices.Index(usual, b))), cmp.Compare(a, b))
	})

	first[name] = second[name]

	return name, first
}

func (r *caseRun) planText(prior Object, config Values) string {
	r.Helper()

	plan, diags := r.provider.Plan(r.Context(), prior, config)
	if len(diags.Errors()) > 0 {
		r.Fatalf("planning %v: %s", config, diags)
	}

	p, kind := r.provider, r.provider.valueType(r.Type)
	text := planText{}
	verb, mark := "created", "+"

	if !prior.Gone() {
		verb, mark = "updated in place", "~"
	}

	if isReplacement(plan, prior) {
		verb, mark = "replaced", "-/+"
	}

	fmt.Fprintf(&text.b, "# %s.this will be %s\n%s resource %q \"this\" {\n", r.Type, verb, mark, r.Type)
	text.object(1, p.Schema(r.Type).Block.Attributes, p.prior(prior), p.unpack(plan.PlannedState, kind))
	text.b.WriteString("}\n")
	fmt.Fprintf(&text.b, "%d known after apply\n", text.unknown)

	for _, d := range diags {
		fmt.Fprintf(&text.b, "%s: %s\n", strings.ToLower(d.Severity.String()), d.Summary)
	}

	return text.b.String()
}

// planText writes a plan about as Terraform does.
type planText struct {
	b       strings.Builder
	unknown int
}

// object writes the attributes of an object that change, and how many do not. As Terraform does, it lists all write-only ones
// of a new object, whether they are set or not, and none of an old one: a plan never has their values.
func (w *planText) object(depth int, attributes []*tfprotov6.SchemaAttribute, before, after tftypes.Value) {
	was, is := fields(before), fields(after)
	hidden := 0

	attributes = slices.Clone(attributes)
	slices.SortFunc(attributes, func(a, b *tfprotov6.SchemaAttribute) int { return strings.Compare(a.Name, b.Name) })

	for _, a := range attributes {
		oldValue, newValue := was[a.Name], is[a.Name]

		switch {
		case a.WriteOnly && isNull(before):
			w.line(depth, "+", a.Name, "(write-only attribute)")
		case a.WriteOnly:
			hidden++
		case isNull(oldValue) && isNull(newValue):
		case oldValue.Equal(newValue):
			hidden++
		default:
			w.attribute(depth, a, oldValue, newValue)
		}
	}

	if hidden > 0 {
		fmt.Fprintf(&w.b, "%s  # (%d unchanged attributes hidden)\n", indent(depth), hidden)
	}
}

func (w *planText) attribute(depth int, a *tfprotov6.SchemaAttribute, oldValue, newValue tftypes.Value) {
	mark := "~"

	switch {
	case isNull(oldValue):
		mark = "+"
	case isNull(newValue):
		mark = "-"
	}

	switch {
	case a.Sensitive:
		w.line(depth, mark, a.Name, "(sensitive value)")
	case mark != "-" && !newValue.IsKnown():
		w.line(depth, mark, a.Name, w.change(depth, mark, oldValue, newValue))
	case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle && mark != "-":
		w.line(depth, mark, a.Name, "{")
		w.object(depth+1, a.NestedType.Attributes, oldValue, newValue)
		fmt.Fprintf(&w.b, "%s  }\n", indent(depth))
	case mark == "~" && isCollection(oldValue) && isCollection(newValue):
		w.collection(depth, a.Name, oldValue, newValue)
	default:
		w.line(depth, mark, a.Name, w.change(depth, mark, oldValue, newValue))
	}
}

// change writes the old value, if there is one, and the new one.
func (w *planText) change(depth int, mark string, oldValue, newValue tftypes.Value) string {
	if mark == "+" {
		return w.literal(depth, newValue)
	}

	return w.literal(depth, oldValue) + " -> " + w.literal(depth, newValue)
}

// collection writes the elements of a list, a set or a map that come and go.
func (w *planText) collection(depth int, name string, oldValue, newValue tftypes.Value) {
	before, after := w.elements(depth+1, oldValue), w.elements(depth+1, newValue)
	w.line(depth, "~", name, "[")

	for _, element := range before {
		if !slices.Contains(after, element) {
			fmt.Fprintf(&w.b, "%s- %s,\n", indent(depth+1), element)
		}
	}

	for _, element := range after {
		mark := " "
		if !slices.Contains(before, element) {
			mark = "+"
		}

		fmt.Fprintf(&w.b, "%s%s %s,\n", indent(depth+1), mark, element)
	}

	fmt.Fprintf(&w.b, "%s  ]\n", indent(depth))
}

func (w *planText) line(depth int, mark, name, value string) {
	fmt.Fprintf(&w.b, "%s%s %s = %s\n", indent(depth), mark, name, value)
}

// literal writes a value as in a configuration.
func (w *planText) literal(depth int, value tftypes.Value) string {
	switch {
	case !value.IsKnown():
		w.unknown++
		return "(known after apply)"
	case isNull(value):
		return "null"
	}

	var (
		text   string
		number big.Float
		flag   bool
	)

	switch {
	case value.Type().Is(tftypes.String):
		_ = value.As(&text)
		return fmt.Sprintf("%q", text)
	case value.Type().Is(tftypes.Number):
		_ = value.As(&number)
		return number.Text('g', -1)
	case value.Type().Is(tftypes.Bool):
		_ = value.As(&flag)
		return fmt.Sprint(flag)
	}

	brackets := "[]"
	if isObject(value) {
		brackets = "{}"
	}

	elements := w.elements(depth+1, value)
	line := strings.Join(elements, ", ")

	if len(line) < 80 && !strings.Contains(line, "\n") {
		return brackets[:1] + line + brackets[1:]
	}

	gap := "\n" + indent(depth+1) + "  "

	return brackets[:1] + gap + strings.Join(elements, ","+gap) + "\n" + indent(depth) + "  " + brackets[1:]
}

// elements writes each element of a collection, or each attribute of an object that is not null.
func (w *planText) elements(depth int, value tftypes.Value) []string {
	var out []string

	if isObject(value) {
		of := fields(value)
		for _, name := range slices.Sorted(maps.Keys(of)) {
			if !isNull(of[name]) {
				out = append(out, name+" = "+w.literal(depth, of[name]))
			}
		}

		return out
	}

	var rows []tftypes.Value

	_ = value.As(&rows)
	for _, row := range rows {
		out = append(out, w.literal(depth, row))
	}

	if value.Type().Is(tftypes.Set{}) {
		slices.Sort(out)
	}

	return out
}

// fields returns the attributes of an object, or the values of a map. A null object has none.
func fields(value tftypes.Value) map[string]tftypes.Value {
	var of map[string]tftypes.Value

	if value.Type() != nil && value.IsKnown() && !value.IsNull() {
		_ = value.As(&of)
	}

	return of
}

func isNull(value tftypes.Value) bool {
	return value.Type() == nil || value.IsKnown() && value.IsNull()
}

func isObject(value tftypes.Value) bool {
	return value.Type().Is(tftypes.Object{}) || value.Type().Is(tftypes.Map{})
}

func isCollection(value tftypes.Value) bool {
	kind := value.Type()
	return isObject(value) || kind.Is(tftypes.List{}) || kind.Is(tftypes.Set{}) || kind.Is(tftypes.Tuple{})
}

func indent(depth int) string { return strings.Repeat("    ", depth) }

// firstDifference shows the first line in which two texts differ.
func firstDifference(want, got string) string {
	wanted, found := strings.Split(want, "\n"), strings.Split(got, "\n")

	for i := range max(len(wanted), len(found)) {
		a, b := lineOf(wanted, i), lineOf(found, i)
		if a != b {
			return fmt.Sprintf("line %d is\n%s\nwant\n%s", i+1, b, a)
		}
	}

	return ""
}

func lineOf(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}

	return "(nothing)"
}
