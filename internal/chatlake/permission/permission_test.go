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

	roles := []Role{Owner, Member, InboxMember, Administrator, PlatformApp}

	for _, entry := range types {
		if !slices.Contains(roles, entry.Read) {
			t.Errorf("%s: no role may read it", entry.Name)
		}

		if entry.Write != "" && !slices.Contains(roles, entry.Write) {
			t.Errorf("%s: %q is no role", entry.Name, entry.Write)
		}

		if entry.Path == "" && entry.Name != "chatlake_account_settings" {
			t.Errorf("%s: where are its objects?", entry.Name)
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

func TestAt(t *testing.T) {
	t.Parallel()

	for path, want := range map[string]string{
		"":                          "chatlake_account_settings",
		"labels":                    "chatlake_label",
		"labels/5":                  "chatlake_label",
		"portals/help":              "chatlake_portal",
		"portals/help/articles/9":   "chatlake_article",
		"contacts/7/notes":          "chatlake_contact_note",
		"contacts/7/labels":         "chatlake_contact",
		"conversations/7/messages":  "chatlake_message",
		"conversations/7/mute":      "chatlake_conversation",
		"something_else/1":          "",
		"portals-of-another-server": "",
	} {
		found, ok := At(path)
		if found.Name != want || ok != (want != "") {
			t.Errorf("%s: got %q, %v, want %q", path, found.Name, ok, want)
		}
	}
}

func TestWho(t *testing.T) {
	t.Parallel()

	for _, role := range []Role{Owner, Member, InboxMember, Administrator, PlatformApp} {
		if role.Who() == string(role) {
			t.Errorf("%s has no people", role)
		}
	}
}
