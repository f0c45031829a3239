package acctest

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// What becomes of an argument that leaves a configuration: the rows of the table in the page of the resource.
const (
	isCleared = "is cleared"
	isLeft    = "is no longer managed"
	isDefault = "goes back to the default"
	isAnother = "makes a new object"
	isKept    = "stays"
)

// checkRemoved takes each argument out of the configuration alone, and compares the plan with what the page says.
func (r *caseRun) checkRemoved() {
	if len(r.Stages) == 0 {
		return
	}

	object := r.mustApply(r.provider, Object{Type: r.Type}, r.first())
	promised := r.promises()
	attributes := r.provider.Schema(r.Type).Block.Attributes

	for _, name := range slices.Sorted(maps.Keys(r.known(r.first()))) {
		i := slices.IndexFunc(attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == name })
		if promised[name] == "" || attributes[i].WriteOnly {
			continue
		}

		config := r.first()
		delete(config, name)

		plan, diags := r.provider.Plan(r.Context(), object, config)
		if len(diags.Errors()) > 0 {
			continue // It goes together with another one.
		}

		found := r.removal(name, object, plan)
		if len(found) > 0 && !slices.Contains(found, promised[name]) {
			r.Errorf("the page says of a removed %s that it %s, and the plan that it %s", name, promised[name], strings.Join(found, ", or "))
		}
	}
}

// removal returns the rows that fit a plan without the attribute; none if the attribute says what is so without it. A plan
// does not tell whether the platform keeps what is no longer in it.
func (r *caseRun) removal(name string, object Object, plan *tfprotov6.PlanResourceChangeResponse) []string {
	r.Helper()

	before := fields(object.State)[name]
	after := fields(r.provider.unpack(plan.PlannedState, r.provider.valueType(r.Type)))[name]

	least, _ := r.provider.Plan(r.Context(), Object{Type: r.Type}, r.config())
	byDefault := fields(r.provider.unpack(least.PlannedState, r.provider.valueType(r.Type)))[name]

	switch {
	case byDefault.Equal(before):
		return nil
	case isReplacement(plan, object):
		return []string{isAnother}
	case isNull(after):
		return []string{isCleared, isKept}
	case after.Equal(before):
		return []string{isLeft, isKept}
	default:
		return []string{isDefault, isLeft}
	}
}

// promises reads the table in the page of the type: what it says of each argument.
func (r *caseRun) promises() map[string]string {
	r.Helper()

	promised := map[string]string{}

	for line := range strings.Lines(page(r.T, r.Type)) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}

		effect := strings.TrimSpace(cells[1])
		if !slices.Contains([]string{isCleared, isLeft, isDefault, isAnother, isKept}, effect) {
			continue
		}

		for name := range strings.SplitSeq(cells[2], ",") {
			promised[strings.Trim(name, " `")] = effect
		}
	}

	return promised
}

// page returns the generated page of a type.
func page(t *testing.T, kind string) string {
	t.Helper()

	text, err := os.ReadFile(filepath.Join(root(t), "docs", "resources", kind+".md"))
	if err != nil {
		t.Fatalf("make generate: %s", err)
	}

	return string(text)
}

// root returns the folder of the module that the test's package is in.
func root(t *testing.T) string {
	t.Helper()

	dir, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}

	return dir
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}

	for {
		_, err := os.Stat(filepath.Join(dir, "go.mod"))
		if err == nil {
			return dir, nil
		}

		if dir == filepath.Dir(dir) {
			return "", errors.New("the test does not run in a checkout")
		}

		dir = filepath.Dir(dir)
	}
}
