package acctest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// checkEmpty gives each optional attribute that can be empty an empty value. It is accepted where none is, it replaces
// nothing, and the next plan is empty. A text or an object sends nothing either; an empty list may say "none of them".
func (r *caseRun) checkEmpty() {
	tried := map[string]bool{}

	for _, base := range r.bases() {
		all := emptiables(r.provider.Schema(r.Type).Block.Attributes, nil, base)
		all = slices.DeleteFunc(all, func(one emptiable) bool { return r.NeverEmpty[one.String()] != "" })
		r.tryUnset(base, slices.DeleteFunc(slices.Clone(all), func(one emptiable) bool { return one.isSet }))

		for _, one := range all {
			if !one.isSet || tried[one.String()] {
				continue
			}

			tried[one.String()] = true

			for _, empty := range one.values {
				problem := r.tryEmptied(base, one.in(base, nil), one.in(base, empty))
				if problem != "" {
					r.Errorf("%s = %#v in place of a value: %s", one, empty, problem)
				}
			}
		}
	}
}

// tryUnset gives the attributes that a configuration does not set an empty value: all at once, and one by one if that goes
// wrong.
func (r *caseRun) tryUnset(base Values, unset []emptiable) {
	r.Helper()

	for _, isQuiet := range []bool{true, false} {
		for variant := range 2 {
			with, count := base, 0

			for _, one := range unset {
				if one.isQuiet == isQuiet && variant < len(one.values) {
					with, count = one.in(with, one.values[variant]), count+1
				}
			}

			if count == 0 {
				continue
			}

			problem := r.tryEmpty(base, with, isQuiet)
			if problem == "" {
				continue
			}

			r.Errorf("empty values in %v: %s", with, problem)

			for _, one := range unset {
				if one.isQuiet != isQuiet || variant >= len(one.values) {
					continue
				}

				problem := r.tryEmpty(base, one.in(base, one.values[variant]), isQuiet)
				if problem != "" {
					r.Errorf("%s = %#v: %s", one, one.values[variant], problem)
				}
			}
		}
	}
}

// tryEmpty goes from none to empty and back, and makes a new object with the empty value.
func (r *caseRun) tryEmpty(without, with Values, isQuiet bool) string {
	r.Helper()
	r.restart()

	object, problem := r.applySoundly(Object{Type: r.Type}, r.resolve(without))
	if problem != "" {
		return "" // The attribute is needed here.
	}

	r.forget()

	for _, config := range []Values{with, without} {
		object, problem = r.applySoundly(object, r.resolve(config))
		if problem != "" {
			return "between none and empty: " + problem
		}
	}

	writes := r.writesSoFar()
	if isQuiet && len(writes) > 0 {
		return fmt.Sprintf("between none and empty: %s %s %s", writes[0].Method, writes[0].Path, writes[0].Body)
	}

	r.restart()

	_, problem = r.applySoundly(Object{Type: r.Type}, r.resolve(with))
	if problem != "" {
		return "a new object: " + problem
	}

	return ""
}

// tryEmptied writes an empty value in place of another one. What can be taken out can be emptied.
func (r *caseRun) tryEmptied(set, without, with Values) string {
	r.Helper()

	if r.tryChange(set, without) != "" {
		return ""
	}

	return r.tryChange(set, with)
}

// tryChange makes a new object and changes it.
func (r *caseRun) tryChange(from, to Values) string {
	r.Helper()
	r.restart()

	object, problem := r.applySoundly(Object{Type: r.Type}, r.resolve(from))
	if problem != "" {
		return problem
	}

	_, problem = r.applySoundly(object, r.resolve(to))

	return problem
}

// applySoundly applies a configuration. It returns an error, a replacement, or a next plan that is not empty.
func (r *caseRun) applySoundly(prior Object, config Values) (Object, string) {
	r.Helper()

	diags := r.provider.Validate(r.Type, config)
	if len(diags.Errors()) > 0 {
		return prior, diags.String()
	}

	plan, diags := r.provider.Plan(r.Context(), prior, config)
	if len(diags.Errors()) > 0 {
		return prior, diags.String()
	}

	if !prior.Gone() && len(plan.RequiresReplace) > 0 {
		return prior, fmt.Sprintf("%v replaces the object", plan.RequiresReplace)
	}

	applied, diags, at := r.provider.applyPlan(r.Context(), prior, config, plan)
	if len(diags.Errors()) > 0 || at != "" {
		return applied, fmt.Sprintf("applied%s: %s", at, diags)
	}

	read, diags := r.provider.Read(r.Context(), applied)
	if len(diags.Errors()) > 0 || read.Gone() {
		return applied, "read: " + diags.String()
	}

	again, diags := r.provider.Plan(r.Context(), read, config)
	if len(diags.Errors()) > 0 {
		return read, "the second plan: " + diags.String()
	}

	changes := changedPaths(r.T, read.State, r.provider.unpack(again.PlannedState, r.provider.valueType(r.Type)))
	if len(changes) > 0 {
		return read, fmt.Sprintf("the second plan changes %v", changes)
	}

	return read, ""
}

// emptiable is an optional attribute in a configuration.
type emptiable struct {
	path   []string
	values []any
	// isSet says that the configuration has a value; isQuiet, that an empty one is not to be sent.
	isSet, isQuiet bool
}

// String returns the attribute's path.
func (e emptiable) String() string { return strings.Join(e.path, ".") }

// in returns a configuration with another value of the attribute.
func (e emptiable) in(config Values, value any) Values { return replaceAt(config, e.path, value) }

// replaceAt copies a configuration down to the attribute, in all rows of the lists on the way.
func replaceAt(config Values, path []string, value any) Values {
	config = maps.Clone(config)
	if len(path) == 1 {
		config[path[0]] = value
		return config
	}

	switch inner := config[path[0]].(type) {
	case Values:
		config[path[0]] = replaceAt(inner, path[1:], value)
	case []any:
		rows := make([]any, len(inner))
		for i, row := range inner {
			rows[i] = row
			if fields, ok := row.(Values); ok {
				rows[i] = replaceAt(fields, path[1:], value)
			}
		}

		config[path[0]] = rows
	}

	return config
}

// bases are the configurations that the cases name.
func (r *caseRun) bases() []Values {
	bases := []Values{r.Minimal}

	for _, stage := range append(slices.Clone(r.Stages), r.Local) {
		config := maps.Clone(r.Minimal)
		maps.Copy(config, stage)
		bases = append(bases, config)
	}

	return bases
}

// emptiables finds the optional attributes that can be empty in a configuration.
func emptiables(attributes []*tfprotov6.SchemaAttribute, at []string, object Values) []emptiable {
	var found []emptiable

	for _, attribute := range canSet(attributes) {
		path := append(append([]string{}, at...), attribute.Name)
		value := object[attribute.Name]

		if attribute.Optional && attribute.Name != "timeouts" {
			found = append(found, emptiable{
				path: path, isSet: value != nil, values: emptyValues(attribute),
				isQuiet: attribute.NestedType == nil && !attribute.Type.Is(tftypes.List{}) && !attribute.Type.Is(tftypes.Set{}),
			})
		}

		if attribute.NestedType == nil || attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeMap {
			continue
		}

		inner, _ := within(attribute.NestedType.Nesting, []any{value})
		for _, fields := range inner[:min(len(inner), 1)] {
			found = append(found, emptiables(attribute.NestedType.Attributes, path, fields)...)
		}
	}

	return found
}

// emptyValues returns the empty values of an attribute's type. An object that needs an attribute cannot be empty.
func emptyValues(attribute *tfprotov6.SchemaAttribute) []any {
	if attribute.NestedType != nil && attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle &&
		slices.ContainsFunc(attribute.NestedType.Attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Required }) {
		return nil
	}

	kind := attribute.ValueType()

	switch kind.(type) {
	case tftypes.List, tftypes.Set:
		return []any{[]any{}}
	case tftypes.Map, tftypes.Object:
		return []any{Values{}}
	}

	switch {
	case kind.Is(tftypes.String):
		return []any{""}
	case kind.Is(tftypes.DynamicPseudoType):
		return []any{Values{}, tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{})}
	default:
		return nil
	}
}
