package acctest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// TestExample reads what the pages show, and makes what it refers to.
func TestExample(t *testing.T) {
	t.Parallel()

	var needed []string

	need := func(kind string, config acctest.Values) acctest.Object {
		needed = append(needed, fmt.Sprint(kind, " ", config["name"]))
		id := tftypes.NewValue(tftypes.String, "7")

		return acctest.Object{Type: kind, State: tftypes.NewValue(
			tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}, map[string]tftypes.Value{"id": id})}
	}

	role, err := acctest.ReadExample("chatlake_custom_role")
	if err != nil {
		t.Fatal(err)
	}

	got := role.Config(t, need)
	want := acctest.Values{
		"name": "Second line", "description": "Handles what the first line passes on, and reads reports",
		"permissions": []any{"conversation_participating_manage", "conversation_unassigned_manage", "report_manage"},
	}

	difference := cmp.Diff(want, got)
	if difference != "" || len(needed) > 0 {
		t.Errorf("it needs %v, and differs\n%s", needed, difference)
	}

	if !role.Has("description") || role.Has("title") {
		t.Error("its arguments are not known")
	}

	note, err := acctest.ReadExample("chatlake_contact_note")
	if err != nil {
		t.Fatal(err)
	}

	config := note.Config(t, need)
	if config["contact_id"] != "7" || len(needed) != 1 || !strings.HasPrefix(needed[0], "chatlake_contact ") {
		t.Errorf("needed %v for %v", needed, config)
	}

	_, err = acctest.ReadExample("chatlake_nothing")
	if err == nil {
		t.Error("a type without an example has one")
	}
}
