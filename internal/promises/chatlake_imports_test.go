package promises_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// importReleases are the releases on which imports are tried: the newest and the oldest supported one, the last release
// without each attribute that came later, and 3.16.0, which works without a promise.
func importReleases() []string {
	releases := []string{string(release.Newest), string(release.Oldest), "3.16.0"}

	for _, gate := range release.All() {
		if gate.Since.AtLeast(release.Oldest) && gate.Since != release.Oldest {
			releases = append(releases, previous(string(gate.Since)))
		}
	}

	slices.SortFunc(releases, chatlake.CompareReleases)

	return slices.Compact(releases)
}

// previous returns a release before another one, as the simulator counts them.
func previous(version string) string {
	var major, minor, patch int

	_, _ = fmt.Sscanf(version, "%d.%d.%d", &major, &minor, &patch) // A release of the table.

	if patch > 0 {
		return fmt.Sprintf("%d.%d.%d", major, minor, patch-1)
	}

	return fmt.Sprintf("%d.%d.99", major, minor-1)
}

// TestImports_planNothing imports what other clients made, on each release whose answers differ, and plans the configuration
// that Terraform generates for it: nothing may change, or the first apply after an import would write.
func TestImports_planNothing(t *testing.T) {
	t.Parallel()

	kinds := map[string]bool{}
	for _, f := range chatlaketest.Founds() {
		kinds[f.Kind] = true
	}

	for _, kind := range acctest.NewProtocol(t).Resources() {
		isOfAccount := strings.HasPrefix(kind, "chatlake_") && !strings.HasPrefix(kind, "chatlake_platform_")
		if isOfAccount && !kinds[kind] {
			t.Errorf("no object of %s is imported", kind)
		}
	}

	for _, version := range importReleases() {
		t.Run(version, func(t *testing.T) {
			t.Parallel()

			w := acctest.New(t)
			w.Complaints = true
			w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })

			all := slices.DeleteFunc(chatlaketest.Founds(), func(f chatlaketest.Found) bool {
				return f.Since != "" && chatlake.CompareReleases(version, f.Since) < 0
			})

			ids := make([]string, len(all))
			for i, f := range all {
				ids[i] = f.Make(t, w)
			}

			p := w.Protocol(t, nil)

			for i, f := range all {
				t.Run(f.Kind+" "+f.Name, func(t *testing.T) { wantCleanImport(t, p, f, ids[i]) })
			}
		})
	}
}

func wantCleanImport(t *testing.T, p *acctest.Protocol, f chatlaketest.Found, id string) {
	t.Helper()

	imported, diags := p.Import(t.Context(), f.Kind, id)
	if len(diags.Errors()) > 0 || imported.Gone() {
		t.Fatalf("%s is not imported: %s", id, diags)
	}

	config := p.Generated(imported)

	refused := p.Validate(f.Kind, config).Errors()
	if f.Refused != "" && strings.Contains(refused.String(), f.Refused) {
		return
	}

	if len(refused) > 0 || f.Refused != "" {
		t.Fatalf("the generated configuration is refused: %s\n%v", refused, config)
	}

	plan, diags := p.Plan(t.Context(), imported, config)
	if len(diags.Errors()) > 0 {
		t.Fatalf("the plan after the import fails: %s\n%v", diags, config)
	}

	planned, err := plan.PlannedState.Unmarshal(imported.State.Type())
	if err != nil {
		t.Fatal(err)
	}

	differences, err := imported.State.Diff(planned)
	if err != nil {
		t.Fatal(err)
	}

	for _, difference := range differences {
		if !isContainer(difference.Value1) || !isContainer(difference.Value2) {
			t.Errorf("the plan after the import is not empty: %s", difference)
		}
	}
}

// isContainer reports whether a value holds others, which a list of differences names by themselves.
func isContainer(value *tftypes.Value) bool {
	return value != nil && !value.IsNull() && value.IsKnown() && !value.Type().Is(tftypes.String) && !value.Type().Is(tftypes.Bool) &&
		!value.Type().Is(tftypes.Number)
}

// TestLists_asImported lists what other clients have made. Each resource has to be what an import of the same object reads, or
// what Terraform writes for a list would plan a change.
func TestLists_asImported(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	w.Complaints = true

	within := map[string][]string{} // Import ids, which begin with what an object is in.

	for _, f := range chatlaketest.Founds() {
		within[f.Kind] = append(within[f.Kind], f.Make(t, w))
	}

	p := w.Protocol(t, nil)

	for kind := range within {
		arguments := []acctest.Values{nil}

		for _, parent := range p.Parents(kind) {
			arguments = nil

			for _, id := range within[kind] {
				of, _, _ := strings.Cut(id, "/")
				arguments = append(arguments, acctest.Values{parent: of})
			}
		}

		for _, config := range arguments {
			for _, listed := range p.List(kind, 0, config) {
				identity := acctest.Values{}
				for name, value := range p.Identity(listed.Object) {
					identity[name] = value
				}

				imported, diags := p.ImportIdentity(t.Context(), kind, identity)
				if len(diags.Errors()) > 0 || len(listed.Diagnostics) > 0 {
					t.Errorf("%s %v: %s%s", kind, identity, diags, listed.Diagnostics)
					continue
				}

				differences, err := listed.State.Diff(imported.State)
				if err != nil || len(differences) > 0 {
					t.Errorf("%s %v is listed otherwise than it is imported: %v %v", kind, identity, differences, err)
				}
			}
		}
	}
}
