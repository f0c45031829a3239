package acctest

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// coverage tells what the stages do with one attribute.
type coverage struct {
	required, set, changed, cleared bool
}

// coverageProblems names each attribute that can be set and that no stage sets, changes and clears, and each reason that is
// not needed any more.
func coverageProblems(schema *tfprotov6.Schema, tables []Cases) []string {
	covered := map[string]*coverage{}
	for _, c := range tables {
		c.cover(schema, covered)
	}

	var problems []string

	for _, path := range slices.Sorted(maps.Keys(covered)) {
		for _, rule := range coverageRules {
			excused := slices.ContainsFunc(tables, func(c Cases) bool { return isExcused(rule.excuses(c), path) })
			if rule.isOwed(covered[path]) && !rule.isDone(covered[path]) && !excused {
				problems = append(problems, fmt.Sprintf("no stage %s %s", rule.verb, path))
			}
		}
	}

	for _, c := range tables {
		problems = append(problems, staleExcuses(c, covered)...)
	}

	return problems
}

// keyInImport finds the key in an import command of a page.
var keyInImport = regexp.MustCompile(`(?m)^terraform import \S+ "?(?:[^:"\s]+/)?([a-z_]+):`)

// untriedKeys returns the keys by which the page of a type says that an object is imported, and no table tries it.
func untriedKeys(page string, tables []Cases) []string {
	var untried []string

	for _, found := range keyInImport.FindAllStringSubmatch(page, -1) {
		isTried := slices.ContainsFunc(tables, func(c Cases) bool { return slices.Contains(c.Import.Keys, found[1]) })
		if !isTried {
			untried = append(untried, found[1])
		}
	}

	return untried
}

// coverageRules are what stages owe each attribute.
var coverageRules = []struct {
	verb, field    string
	isOwed, isDone func(*coverage) bool
	excuses        func(Cases) map[string]string
}{
	{
		"sets", "Unset",
		func(*coverage) bool { return true }, func(x *coverage) bool { return x.set },
		func(c Cases) map[string]string { return c.Unset },
	},
	{
		"changes", "Unchanged",
		func(x *coverage) bool { return x.set }, func(x *coverage) bool { return x.changed },
		func(c Cases) map[string]string { return c.Unchanged },
	},
	{
		"clears", "Uncleared",
		func(x *coverage) bool { return x.set && !x.required }, func(x *coverage) bool { return x.cleared },
		func(c Cases) map[string]string { return c.Uncleared },
	},
}

// staleExcuses names each excuse for what the stages do.
func staleExcuses(c Cases, covered map[string]*coverage) []string {
	var problems []string

	for _, rule := range coverageRules {
		for path, reason := range rule.excuses(c) {
			found, ok := covered[path]
			if !ok || rule.isDone(found) {
				problems = append(problems, fmt.Sprintf("%s excuses %s, which needs no excuse", rule.field, path))
			}

			if len(reason) < 10 {
				problems = append(problems, fmt.Sprintf("%s gives no reason for %s", rule.field, path))
			}
		}
	}

	return problems
}

// isExcused reports whether a reason is given for the attribute, or for the object that it stands in.
func isExcused(reasons map[string]string, path string) bool {
	for given := range reasons {
		if path == given || strings.HasPrefix(path, given+".") || strings.HasPrefix(path, given+"[]") {
			return true
		}
	}

	return false
}

// cover adds what the stages of one table do.
func (c Cases) cover(schema *tfprotov6.Schema, covered map[string]*coverage) {
	last := c.Cleared
	if last == nil {
		last = Values{}
	}

	var before map[string][]any

	stages := append(slices.Clone(c.Stages), last)
	for _, stage := range stages {
		config := maps.Clone(c.Minimal)
		maps.Copy(config, stage)

		found := map[string][]any{}
		collect(schema.Block.Attributes, "", []Values{config}, found, covered)

		for path, values := range found {
			mark := covered[path]
			mark.set = mark.set || len(values) > 0
			mark.changed = mark.changed || len(before[path]) > 0 && len(values) > 0 && !reflect.DeepEqual(before[path], values)
			mark.cleared = mark.cleared || len(before[path]) > 0 && len(values) == 0
		}

		before = found
	}

	replaced := map[string][]any{}
	collect(schema.Block.Attributes, "", []Values{c.Replaced}, replaced, covered)

	for path, values := range replaced {
		if len(values) > 0 {
			covered[path].changed, covered[path].cleared = true, true
		}
	}
}

// collect finds the values that configurations give to each attribute that can be set, by the attribute's path.
func collect(attributes []*tfprotov6.SchemaAttribute, at string, configs []Values, found map[string][]any, covered map[string]*coverage) {
	for _, attribute := range attributes {
		_, local := localAttributes[attribute.Name]
		if !attribute.Required && !attribute.Optional || local && at == "" {
			continue
		}

		path := at + attribute.Name
		if covered[path] == nil {
			covered[path] = &coverage{required: attribute.Required}
		}

		found[path] = nil

		for _, config := range configs {
			value := config[attribute.Name]
			if value != nil {
				found[path] = append(found[path], value)
			}
		}

		if attribute.NestedType == nil {
			continue
		}

		inner, suffix := within(attribute.NestedType.Nesting, found[path])
		collect(attribute.NestedType.Attributes, path+suffix, inner, found, covered)
	}
}

// within lists the objects that values of a nested attribute hold.
func within(nesting tfprotov6.SchemaObjectNestingMode, values []any) ([]Values, string) {
	var inner []Values

	for _, value := range values {
		fields, isObject := value.(Values)
		rows, isList := value.([]any)

		switch {
		case isObject && nesting == tfprotov6.SchemaObjectNestingModeSingle:
			inner = append(inner, fields)
		case isObject:
			rows = slices.Collect(maps.Values(fields))
			isList = true
		}

		for _, row := range rows {
			if fields, ok := row.(Values); ok && isList {
				inner = append(inner, fields)
			}
		}
	}

	if nesting == tfprotov6.SchemaObjectNestingModeSingle {
		return inner, "."
	}

	return inner, "[]."
}

// settable lists the paths of the attributes that can be set.
func settable(schema *tfprotov6.Schema) map[string]*coverage {
	paths := map[string]*coverage{}
	collect(schema.Block.Attributes, "", nil, map[string][]any{}, paths)

	return paths
}

func topNames(schema *tfprotov6.Schema) []string {
	var names []string
	for _, attribute := range schema.Block.Attributes {
		names = append(names, attribute.Name)
	}

	return names
}

// timeoutName returns the name of one of the timeouts of a type.
func timeoutName(schema *tfprotov6.Schema) string {
	for _, attribute := range schema.Block.Attributes {
		if attribute.Name == "timeouts" && attribute.NestedType != nil {
			return attribute.NestedType.Attributes[0].Name
		}
	}

	return ""
}

// changedPaths lists where two objects differ, as the paths of attributes.
func changedPaths(t *testing.T, before, after tftypes.Value) []string {
	t.Helper()

	diffs, err := before.Diff(after)
	if err != nil {
		t.Fatal(err)
	}

	var paths []string

	for _, diff := range diffs {
		path := dotted(diff.Path)
		if path != "" && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}

	// A difference inside an attribute is one of the attribute too: keep the innermost.
	inner := slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		return slices.ContainsFunc(paths, func(other string) bool {
			return strings.HasPrefix(other, path+".") || strings.HasPrefix(other, path+"[]")
		})
	})

	slices.Sort(inner)

	return inner
}

// dotted writes a path as the cases do: "channel.webhook_url", "content[].url".
func dotted(path *tftypes.AttributePath) string {
	var b strings.Builder

	for _, step := range path.Steps() {
		name, ok := step.(tftypes.AttributeName)
		switch {
		case !ok:
			b.WriteString("[]")
		case b.Len() > 0:
			b.WriteString("." + string(name))
		default:
			b.WriteString(string(name))
		}
	}

	return b.String()
}
