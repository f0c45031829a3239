package releases

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var version = regexp.MustCompile(`^[1-9][0-9]*\.[0-9]+\.[0-9]+$`)

func TestTypesAreSortedAndComplete(t *testing.T) {
	t.Parallel()

	if !slices.IsSortedFunc(types, func(a, b Type) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("the types are not sorted by name")
	}

	roles := []Role{Owner, Member, InboxMember, Administrator}

	for _, entry := range types {
		if !slices.Contains(roles, entry.Read) {
			t.Errorf("%s: no role may read it", entry.Name)
		}

		if entry.Write != "" && !slices.Contains(roles, entry.Write) {
			t.Errorf("%s: %q is no role", entry.Name, entry.Write)
		}

		if entry.Since != "" && !version.MatchString(entry.Since) {
			t.Errorf("%s: %q is no release", entry.Name, entry.Since)
		}
	}
}

func TestGatesBelongToTypes(t *testing.T) {
	t.Parallel()

	var seen []Gate

	for _, gate := range gates {
		found, ok := Find(gate.Type)
		if !ok || found.Name != gate.Type {
			t.Errorf("%s.%s: the type is not in the table", gate.Type, gate.Attribute)
		}

		if !version.MatchString(gate.Since) || gate.Before == "" {
			t.Errorf("%s.%s: a release and what an older server does are needed", gate.Type, gate.Attribute)
		}

		same := func(g Gate) bool {
			return g.Type == gate.Type && g.Attribute == gate.Attribute && g.Value == gate.Value && g.Removing == gate.Removing && g.Missing == gate.Missing
		}
		if slices.ContainsFunc(seen, same) {
			t.Errorf("%s.%s is there twice", gate.Type, gate.Attribute)
		}

		seen = append(seen, gate)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()

	for _, name := range []string{"chatlake_label", "chatlake_labels"} {
		found, ok := Find(name)
		if !ok || found.Write != Administrator || found.Read != Member {
			t.Errorf("%s: got %+v, %v", name, found, ok)
		}
	}

	if _, ok := Find("chatlake_nothing"); ok {
		t.Error("a type that does not exist is found")
	}

	if _, ok := Find(""); ok {
		t.Error("the empty name is found")
	}

	if got := len(Gates("chatlake_category")); got != 2 {
		t.Errorf("a category has %d gates", got)
	}
}
