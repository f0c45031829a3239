package permission

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

		if entry.Since != "" && !version.MatchString(string(entry.Since)) {
			t.Errorf("%s: %q is no release", entry.Name, entry.Since)
		}
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
}
