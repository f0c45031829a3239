package promises_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

const onlyChat = `terraform {
  required_providers {
    chat = { source = "seed-426837f5/chat" }
  }
}
`

// TestAccQuery lets Terraform find everything and write the configuration of it: objects of each type that can be listed, as
// this provider and as other clients make them. Applied, it imports and changes nothing.
func TestAccQuery(t *testing.T) {
	acctest.NeedsCommand(t, "query")

	s := newStage(t, nil)
	s.world.Complaints = true

	for _, f := range chatlaketest.Founds() {
		if f.Refused == "" {
			f.Make(t, s.world)
		}
	}

	var lists strings.Builder

	for _, sub := range subjects() {
		config := sub.config(s)
		if sub.keyed(s.Protocol) {
			config = with(config, acctest.Values{"adopt_existing": true})
		}

		o, diags := s.Create(t.Context(), sub.kind, config)
		if len(diags.Errors()) > 0 {
			t.Fatalf("%s: %s", sub.kind, diags)
		}

		if !s.CanList(sub.kind) {
			continue
		}

		inside := ""
		for _, parent := range s.Parents(sub.kind) {
			inside = fmt.Sprintf("  config {\n    %s = %q\n  }\n", parent, o.String(parent))
		}

		fmt.Fprintf(&lists, "list %q \"found\" {\n  provider = chat\n  include_resource = true\n  limit = 1000\n%s}\n", sub.kind, inside)
	}

	tf := acctest.NewTerraform(t, []string{"chat"}, map[string]string{"main.tf": onlyChat, "all.tfquery.hcl": lists.String()})
	tf.Env = append(tf.Env, s.world.Environment(s.world.URL)...)

	tf.Must(t, "init")
	s.world.Journal.Clear()

	tf.Must(t, "query", "-no-color", "-generate-config-out=generated.tf")

	planned := tf.Must(t, "plan", "-no-color")
	if !strings.Contains(planned, " to import, 0 to add, 0 to change, 0 to destroy.") {
		t.Fatalf("the plan does more than import:\n%s", planned)
	}

	tf.Must(t, "apply", "-auto-approve")
	tf.Must(t, "plan", "-detailed-exitcode") // 2 would be a plan that is not empty.

	writes := s.world.Journal.Writes()
	if len(writes) > 0 {
		t.Errorf("the import has written: %v", writes)
	}
}
