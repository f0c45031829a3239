package imichat

import (
	"strings"
	"testing"
)

// FuzzImportID lets through only what cannot change a path.
func FuzzImportID(f *testing.F) {
	for _, seed := range []string{"CSR6M0VZHRFMQ2XW", "alias:order-4711", "alias:", "../../x", "a/b?c", "", "alias:a/b", "CSR\n", "%2e%2e"} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, id string) {
		if importProblem(id) != "" {
			return
		}

		if alias, ok := aliasOf(id); ok {
			if strings.TrimSpace(alias) == "" {
				t.Errorf("%q has no alias", id)
			}

			return
		}

		if strings.ContainsAny(id, "/?#%.\\ \n\x00") || id == "" {
			t.Errorf("%q is no id", id)
		}
	})
}
