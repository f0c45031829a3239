package chatlake_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const sessionAddress = "chatlake_contact_inbox.test"

func sessionConfig(w *acctest.World, arguments string) string {
	return w.Config(`resource "chatlake_contact" "test" {
  name  = "Ana"
  email = "ana@example.com"
}

resource "chatlake_contact_inbox" "test" {
  contact_id = chatlake_contact.test.id
` + arguments + "\n}\n")
}

func TestAccContactInbox_basic(t *testing.T) {
	w := acctest.New(t)
	w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/contacts/*/contact_inboxes", After: true, Cut: sandbox.CutReset})
	config := sessionConfig(w, `inbox_id = 101`)
	var contact string
	w.Test(t,
		resource.TestStep{Config: config, Check: idOf("chatlake_contact.test", &contact)}, // Sent twice, opened once.
		resource.TestStep{Config: config, ConfigPlanChecks: unchanged(), ConfigStateChecks: []statecheck.StateCheck{
			has("chatlake_contact.test", "contact_inboxes", knownvalue.ListSizeExact(1)),
		}},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateId: "1/2", ExpectError: regexp.MustCompile(`Contact,\s+inbox\s+and\s+source`)},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateId: "1002/101/none", ExpectError: regexp.MustCompile(`non-existent\s+remote\s+object`)},
		resource.TestStep{
			Config: sessionConfig(w, "inbox_id = 101\nsource_id = \"a/b c\""), ConfigPlanChecks: planned(sessionAddress, plancheck.ResourceActionReplace),
		},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{Config: sessionConfig(w, `inbox_id = 102`), ConfigPlanChecks: planned(sessionAddress, plancheck.ResourceActionReplace)},
		resource.TestStep{
			PreConfig: func() { act(t, w, "contact_delete", object{"contact_id": number(t, contact)}) },
			Config:    sessionConfig(w, `inbox_id = 102`), ConfigPlanChecks: planned(sessionAddress, plancheck.ResourceActionCreate),
		},
	)
}

func TestAccContactInbox_refused(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true
	ask(t, w, "POST", "/contacts", object{"name": "Other", "inbox_id": 101, "source_id": "taken"})
	w.Test(t,
		resource.TestStep{Config: sessionConfig(w, "inbox_id = 101\nsource_id = \"taken\""), ExpectError: regexp.MustCompile(`belongs\s+to\s+another\s+contact`)},
		resource.TestStep{Config: sessionConfig(w, "inbox_id = 999"), ExpectError: regexp.MustCompile(`no\s+inbox\s+999`)},
		resource.TestStep{Config: sessionConfig(w, "inbox_id = 999\nsource_id = \"x\""), ExpectError: regexp.MustCompile(`no\s+inbox\s+999`)},
		resource.TestStep{Config: sessionConfig(w, "inbox_id = \"x\""), ExpectError: regexp.MustCompile(`whole\s+number`)},
		resource.TestStep{Config: w.Config(``)},
	)
}

// TestAccContactInbox_email leaves the source id to the server where it is the contact's address.
func TestAccContactInbox_email(t *testing.T) {
	w := acctest.New(t)
	created := ask(t, w, "POST", "/inboxes", object{"name": "Mail", "channel": object{"type": "email", "email": "desk@example.com"}})
	w.Test(t,
		resource.TestStep{
			Config:            sessionConfig(w, "inbox_id = "+fmt.Sprint(created["id"])),
			ConfigStateChecks: []statecheck.StateCheck{has(sessionAddress, "source_id", text("ana@example.com"))},
		},
	)
}
