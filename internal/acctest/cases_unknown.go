package acctest

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// reasons writes, for a golden file, why a plan of a new object leaves open what people may set. It fails for what has no
// reason, and for a reason that is not needed.
func (r *caseRun) reasons(config Values) string {
	r.Helper()

	open := r.open(Object{Type: r.Type}, config)
	found := settable(r.provider.Schema(r.Type))

	var b strings.Builder

	for _, path := range open {
		switch {
		case found[path] == nil:
		case r.Late[path] == "":
			r.Errorf("the plan of a new %s leaves %s open: plan what the platform makes of it, or give the reason in Late", r.Type, path)
		default:
			fmt.Fprintf(&b, "    %s: %s\n", path, r.Late[path])
		}
	}

	for path := range r.Late {
		if !slices.Contains(open, path) {
			r.Errorf("Late excuses %s, which needs no excuse", path)
		}
	}

	return b.String()
}

// checkQuiet wants that a change of one attribute leaves no other one open, unless it may change that: of an object with
// every attribute, and of one with the required attributes alone, where the others follow the platform.
func (r *caseRun) checkQuiet() {
	if len(r.Stages) < 2 {
		return
	}

	whole := r.mustApply(r.provider, Object{Type: r.Type}, r.first())
	moved := r.wantQuiet(whole, r.singleChanges())

	other := newCaseRunOn(r.T, r.Cases, nil)
	least := other.mustApply(other.provider, Object{Type: r.Type}, other.config())
	moved = append(moved, other.wantQuiet(least, other.singleAdditions())...)

	for path := range r.Moved {
		if !slices.Contains(moved, path) {
			r.Errorf("Moved excuses %s, which needs no excuse", path)
		}
	}
}

// wantQuiet plans each of the changes, and returns what their plans leave open.
func (r *caseRun) wantQuiet(object Object, changes map[string]Values) []string {
	r.Helper()

	var moved []string

	for name, config := range changes {
		for _, path := range r.open(object, config) {
			moved = append(moved, path)

			if path != name && r.Moved[path] == "" {
				r.Errorf("a change of %s leaves %s open: plan what it is, or give the reason in Moved", name, path)
			}
		}
	}

	return moved
}

// singleAdditions returns the minimal configuration with one attribute of the first stage, by the attribute's name.
func (r *caseRun) singleAdditions() map[string]Values {
	additions := map[string]Values{}

	for name, value := range r.first() {
		additions[name] = r.config()
		additions[name][name] = value
	}

	return additions
}

// singleChanges returns the first stage with one attribute as in the second, or without it, by the attribute's name.
func (r *caseRun) singleChanges() map[string]Values {
	first := r.first()
	changes := map[string]Values{}

	for name, value := range r.config(r.Stages[1]) {
		if value != nil && !reflect.DeepEqual(first[name], value) {
			changes[name] = maps.Clone(first)
			changes[name][name] = value
		}
	}

	for name := range first {
		_, isNeeded := r.Minimal[name]
		if !isNeeded {
			changes[name+" to nothing"] = maps.Clone(first)
			delete(changes[name+" to nothing"], name)
		}
	}

	return changes
}

// open lists what the plan of a configuration does not know. A configuration that is refused has no plan.
func (r *caseRun) open(prior Object, config Values) []string {
	r.Helper()

	plan, diags := r.provider.Plan(r.Context(), prior, config)
	if len(diags.Errors()) > 0 || isReplacement(plan, prior) {
		return nil
	}

	var open []string

	_ = tftypes.Walk(r.provider.unpack(plan.PlannedState, r.provider.valueType(r.Type)), func(at *tftypes.AttributePath, value tftypes.Value) (bool, error) {
		if !value.IsKnown() {
			open = append(open, dotted(at))
		}

		return value.IsKnown(), nil
	})

	slices.Sort(open)

	return open
}

// isReplacement reports whether the plan replaces an object.
func isReplacement(plan *tfprotov6.PlanResourceChangeResponse, prior Object) bool {
	return len(plan.RequiresReplace) > 0 && !prior.Gone()
}
