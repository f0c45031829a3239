package talk_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// contactInboxCases hold for an API inbox.
var contactInboxCases = acctest.Cases{
	Type: "chatlake_contact_inbox",
	Late: map[string]string{
		"source_id": "The platform makes one up, or takes the address of the contact.",
	},
	Needs: []acctest.Need{
		{Name: "contact", Type: "chatlake_contact", Config: values{"email": "ana@example.com"}},
		{Name: "other", Type: "chatlake_contact", Config: values{"email": "ben@example.com"}},
	},
	Minimal:  values{"contact_id": acctest.Ref("contact", "id"), "inbox_id": "101"},
	Stages:   []values{{"source_id": "one/two"}},
	Cleared:  values{"source_id": "one/two"},
	Replaced: values{"contact_id": acctest.Ref("other", "id"), "inbox_id": "102", "source_id": "three"},
	Refused: []acctest.Refused{
		{Config: values{"contact_id": "x"}, Want: "whole number"},
		{Config: values{"inbox_id": "x"}, Want: "whole number"},
		{Config: values{"source_id": strings.Repeat("x", 20_001)}, Want: "at most 20000"},
	},
	Accepted: []values{{"source_id": ""}, {"source_id": strings.Repeat("x", 256)}},
	NoDrift:  "nothing of a session can change",
	Stays:    "the platform cannot delete a session",
	Vanish: func(t *testing.T, w *acctest.World, o acctest.Object) {
		t.Helper()
		chatlaketest.Act(t, w, "contact_delete", chatlaketest.Object{"contact_id": chatlaketest.Number(t, o.String("contact_id"))})
	},
	Import: acctest.Import{Missing: "1/101/none", Malformed: []string{"", "1", "1/2", "1/2/", "x/1/s", "../1/s"}},
	Skip: map[string]string{
		"life":        "destroy warns that the session stays; TestAccContactInbox_basic covers it",
		"disappeared": "a session goes with its contact only, so it cannot be created again",
	},
}

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
		resource.TestStep{Config: config, Check: chatlaketest.RememberID("chatlake_contact.test", &contact)}, // Sent twice, opened once.
		resource.TestStep{Config: config, ConfigPlanChecks: chatlaketest.ExpectNoChanges(), ConfigStateChecks: []statecheck.StateCheck{
			chatlaketest.Has("chatlake_contact.test", "contact_inboxes", knownvalue.ListSizeExact(1)),
		}},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateId: "1/2", ExpectError: regexp.MustCompile(`is\s+not\s+an\s+import\s+id`)},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateId: "1002/101/none", ExpectError: regexp.MustCompile(`non-existent\s+remote\s+object`)},
		resource.TestStep{
			Config: sessionConfig(w, "inbox_id = 101\nsource_id = \"a/b c\""), ConfigPlanChecks: chatlaketest.ExpectAction(sessionAddress, plancheck.ResourceActionReplace),
		},
		resource.TestStep{ResourceName: sessionAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{Config: sessionConfig(w, `inbox_id = 102`), ConfigPlanChecks: chatlaketest.ExpectAction(sessionAddress, plancheck.ResourceActionReplace)},
		resource.TestStep{
			PreConfig: func() {
				chatlaketest.Act(t, w, "contact_delete", chatlaketest.Object{"contact_id": chatlaketest.Number(t, contact)})
			},
			Config: sessionConfig(w, `inbox_id = 102`), ConfigPlanChecks: chatlaketest.ExpectAction(sessionAddress, plancheck.ResourceActionCreate),
		},
	)
}

func TestContactInbox_refused(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"name": "Other", "inbox_id": 101, "source_id": "taken"})
	p := w.Protocol(t, nil)

	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"email": "ana@example.com"}).String("id")
	for reason, config := range map[string]acctest.Values{
		"belongs to another contact": {"contact_id": contact, "inbox_id": "101", "source_id": "taken"},
		"has no inbox 999":           {"contact_id": contact, "inbox_id": "999"},
		"or no inbox 998":            {"contact_id": contact, "inbox_id": "998", "source_id": "x"},
		"has no contact 9999":        {"contact_id": "9999", "inbox_id": "101"},
	} {
		opened, diags := p.Create(t.Context(), "chatlake_contact_inbox", config)
		if !opened.Gone() || !strings.Contains(diags.String(), reason) {
			t.Errorf("%s: %v %s", reason, opened.State, diags)
		}
	}
	// Where it is the contact's address, the source id is left to the server.
	mail := chatlaketest.Ask(t, w, "POST", "/inboxes", chatlaketest.Object{"name": "Mail", "channel": chatlaketest.Object{"type": "email", "email": "desk@example.com"}})

	session := chatlaketest.Create(t, p, "chatlake_contact_inbox", acctest.Values{"contact_id": contact, "inbox_id": fmt.Sprint(mail["id"])})
	if session.String("source_id") != "ana@example.com" {
		t.Errorf("source id %s", session.String("source_id"))
	}
}

// TestContactInboxDataSource finds sessions by their source id and by their contact.
func TestContactInboxDataSource(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"name": "Ana", "inbox_id": "101", "source_id": "a"}).String("id")
	for _, config := range []acctest.Values{
		{"inbox_id": "101", "source_id": "a"}, {"inbox_id": "101", "contact_id": contact}, {"inbox_id": "101", "contact_id": contact, "source_id": "a"},
	} {
		state, diags := p.Data(t.Context(), "chatlake_contact_inbox", config)

		found := acctest.Object{State: state}
		if len(diags) > 0 || found.String("id") != contact+"/101/a" || found.String("contact_id") != contact || found.String("source_id") != "a" ||
			found.String("inbox_name") != "Sandbox API" || found.String("channel_type") != "Channel::Api" {
			t.Errorf("%v: %v %s", config, state, diags)
		}
	}

	chatlaketest.Create(t, p, "chatlake_contact_inbox", acctest.Values{"contact_id": contact, "inbox_id": "101", "source_id": "b"})

	for reason, config := range map[string]acctest.Values{
		"Several sessions":                          {"inbox_id": "101", "contact_id": contact},
		"The session in inbox 102 does not exist":   {"inbox_id": "102", "contact_id": contact},
		"The session in inbox 101 does not exist":   {"inbox_id": "101", "source_id": "none"},
		"Set at least one of contact_id, source_id": {"inbox_id": "101"},
		"must be a whole number greater than 0":     {"inbox_id": "x", "source_id": "a"},
		"The session in inbox 101 does not exist.":  {"inbox_id": "101", "contact_id": "9999"},
	} {
		_, diags := p.Data(t.Context(), "chatlake_contact_inbox", config)
		if !strings.Contains(diags.String(), strings.TrimSuffix(reason, ".")) {
			t.Errorf("%s: %s", reason, diags)
		}
	}
}
