package talk_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// conversationCases hold for an API inbox.
var conversationCases = acctest.Cases{
	Type:  "chatlake_conversation",
	Moved: map[string]string{"assignee_id": "Another status or team may assign somebody else, or nobody."},
	Late: map[string]string{
		"assignee_id": "The inbox or a rule may assign somebody.",
		"team_id":     "A rule may assign a team.",
		"priority":    "A rule may set one.",
		"labels":      "A rule may set some.",

		"sla_policy_id": "A rule may give one.",
		"status":        "A conversation with a bot begins as pending, and one of a blocked contact as resolved.",
		"source_id":     "The platform takes the latest session, or makes one up.",
	},
	Needs: []acctest.Need{
		{Name: "contact", Type: "chatlake_contact", Config: values{"name": "Ana", "inbox_id": "101", "source_id": "s"}},
		{Name: "other", Type: "chatlake_contact", Config: values{"name": "Ben", "inbox_id": "101", "source_id": "t"}},
		{Name: "team", Type: "chatlake_team", Config: values{"name": "second"}},
		{Name: "sla", Type: "chatlake_sla_policy", Config: values{"name": "Gold"}},
	},
	Minimal: values{"inbox_id": "101", "contact_id": acctest.Ref("contact", "id")},
	Stages: []values{
		{
			"source_id": "s", "additional_attributes": values{"order": "A-1"}, "status": "snoozed", "snoozed_until": "2040-01-31T09:00:00Z",
			"assignee_id": "11", "team_id": "201", "priority": "high", "labels": []any{"billing", "vip"}, "custom_attributes": values{"plan": "gold", "seats": 3},
			"sla_policy_id": acctest.Ref("sla", "id"),
		},
		{
			"source_id": "s", "additional_attributes": values{"order": "A-1"}, "status": "snoozed", "snoozed_until": "2041-01-31T10:00:00+01:00",
			"assignee_id": "12", "team_id": acctest.Ref("team", "id"), "priority": "low", "labels": []any{"vip"}, "custom_attributes": values{"plan": "silver", "home": values{"city": "Porto"}},
			"sla_policy_id": acctest.Ref("sla", "id"),
		},
		{"source_id": "s", "additional_attributes": values{"order": "A-1"}, "status": "open", "priority": "low"},
	},
	Unchanged: map[string]string{"sla_policy_id": "the platform gives a conversation one once"},
	Kept: map[string]string{
		"sla_policy_id": "the platform takes none away",

		"assignee_id": "followed if it is not configured",
		"team_id":     "followed if it is not configured",
		"priority":    "followed if it is not configured",
		"labels":      "followed if they are not configured",
	},
	Replaced: values{
		"inbox_id": "102", "contact_id": acctest.Ref("other", "id"), "source_id": "u", "additional_attributes": values{"order": "B-2"},
	},
	Local: values{"on_destroy": "abandon"},
	Refused: []acctest.Refused{
		{Config: values{"inbox_id": "first"}, Want: "whole number"},
		{Config: values{"contact_id": "0"}, Want: "whole number"},
		{Config: values{"status": "closed"}, Want: "value must be one of"},
		{Config: values{"priority": "none"}, Want: "value must be one of"},
		{Config: values{"snoozed_until": "2040-01-31T09:00:00Z"}, Want: "Only a snoozed"},
		{Config: values{"status": "snoozed", "snoozed_until": "later"}, Want: "Not a time"},
		{Config: values{"status": "snoozed", "snoozed_until": "2040-01-31T09:00:00.5Z"}, Want: "Not a time"},
		{Config: values{"assignee_id": "ana"}, Want: "whole number"},
		{Config: values{"team_id": "0"}, Want: "whole number"},
		{Config: values{"sla_policy_id": "gold"}, Want: "whole number"},
		{Config: values{"labels": []any{""}}, Want: "between 1 and"},
		{Config: values{"custom_attributes": values{"n": 10_000_000_000}}, Want: "Number too large"},
		{Config: values{"custom_attributes": values{"s": strings.Repeat("x", 1501)}}, Want: "Value too long"},
		{Config: values{"additional_attributes": "x"}, Want: "Not an object"},
		{Config: values{"additional_attributes": values{"referer": "shop"}}, Want: "Not the address of a page"},
		{Config: values{"additional_attributes": values{"referer": 1}}, Want: "Not the address of a page"},
		{Config: values{"on_destroy": "forget"}, Want: "value must be one of"},
	},
	Accepted: []values{
		{"status": "", "snoozed_until": "", "assignee_id": "", "team_id": "", "priority": "", "source_id": "", "labels": []any{}, "custom_attributes": values{}},
		{"additional_attributes": values{"referer": "https://shop.example/cart"}, "source_id": strings.Repeat("s", 256)},
		{
			"inbox_id": acctest.Unknown{}, "contact_id": acctest.Unknown{}, "status": acctest.Unknown{}, "snoozed_until": acctest.Unknown{},
			"assignee_id": acctest.Unknown{}, "team_id": acctest.Unknown{}, "priority": acctest.Unknown{}, "sla_policy_id": acctest.Unknown{}, "labels": acctest.Unknown{},
			"custom_attributes": acctest.Unknown{}, "additional_attributes": acctest.Unknown{}, "source_id": acctest.Unknown{},
		},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"priority": func(t *testing.T, w *acctest.World, o acctest.Object) {
			t.Helper()
			chatlaketest.Ask(t, w, "POST", "/conversations/"+o.String("id")+"/toggle_priority", chatlaketest.Object{"priority": "urgent"})
		},
		"labels": func(t *testing.T, w *acctest.World, o acctest.Object) {
			t.Helper()
			chatlaketest.Ask(t, w, "POST", "/conversations/"+o.String("id")+"/labels", chatlaketest.Object{"labels": []string{"other"}})
		},
		"custom attributes": func(t *testing.T, w *acctest.World, o acctest.Object) {
			t.Helper()
			chatlaketest.Ask(t, w, "POST", "/conversations/"+o.String("id")+"/custom_attributes", chatlaketest.Object{"custom_attributes": chatlaketest.Object{}})
		},
	},
	Stays: "destroy resolves a conversation, and its messages stay",
	Vanish: func(t *testing.T, w *acctest.World, o acctest.Object) {
		t.Helper()
		chatlaketest.Act(t, w, "conversation_delete", chatlaketest.Object{"conversation_id": chatlaketest.Number(t, o.String("id"))})
	},
}

const conversationAddress = "chatlake_conversation.test"

// conversationConfig is a conversation of a contact who has a session.
func conversationConfig(w *acctest.World, arguments string) string {
	return w.Config(`resource "chatlake_contact" "test" {
  name     = "Ana"
  inbox_id = 101
}

resource "chatlake_conversation" "test" {
  inbox_id   = 101
  contact_id = chatlake_contact.test.id
` + arguments + `
}
`)
}

func TestAccConversation_basic(t *testing.T) {
	w := acctest.New(t)
	config := conversationConfig(w, ``)

	var id string

	steps := []resource.TestStep{
		{
			Config: config,
			Check: resource.ComposeAggregateTestCheckFunc(
				chatlaketest.RememberID(conversationAddress, &id),
				resource.TestCheckResourceAttrPair(conversationAddress, "source_id", "chatlake_contact.test", "source_id"),
			),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(conversationAddress, "status", chatlaketest.Text("open")),
				chatlaketest.Has(conversationAddress, "labels", knownvalue.SetExact(nil)),
				chatlaketest.Has(conversationAddress, "priority", knownvalue.Null()),
			},
		},
		{
			PreConfig: func() {
				n := len(w.Journal.Writes())
				if n != 2 {
					t.Errorf("%d writes for a contact and a conversation", n)
				}

				contact, _ := chatlaketest.Ask(t, w, "GET", "/conversations/"+id, nil)["meta"].(chatlaketest.Object)["sender"].(chatlaketest.Object)
				payload, _ := chatlaketest.Ask(t, w, "GET", fmt.Sprintf("/contacts/%v", contact["id"]), nil)["payload"].(chatlaketest.Object)

				sessions, _ := payload["contact_inboxes"].([]any)
				if len(sessions) != 1 {
					t.Errorf("sessions were doubled: %v", sessions)
				}
			},
			Config: config, ConfigPlanChecks: chatlaketest.ExpectNoChanges(),
		},
		{ResourceName: conversationAddress, ImportState: true, ImportStateVerify: true},
		{ResourceName: conversationAddress, ImportState: true, ImportStateId: "../1", ExpectError: regexp.MustCompile(`Invalid\s+import\s+id`)},
		{ // What is not configured is followed.
			PreConfig: func() {
				chatlaketest.Act(t, w, "conversation_update", chatlaketest.Object{
					"conversation_id": chatlaketest.Number(t, id), "status": "pending", "priority": "high", "labels": []string{"billing"},
					"assignee_id": chatlake.AgentID, "team_id": chatlake.TeamID, "custom_attributes": chatlaketest.Object{"agent": "x"},
				})
			},
			Config: config, ConfigPlanChecks: chatlaketest.ExpectNoChanges(),
		},
		{ // A setting of our own is not sent.
			PreConfig: w.Journal.Clear,
			Config:    conversationConfig(w, `on_destroy = "delete"`), ConfigPlanChecks: chatlaketest.ExpectAction(conversationAddress, plancheck.ResourceActionUpdate),
		},
		{
			PreConfig: func() {
				chatlaketest.ExpectNoWrites(t, w)
				chatlaketest.Act(t, w, "conversation_delete", chatlaketest.Object{"conversation_id": chatlaketest.Number(t, id)})
			},
			Config: config, ConfigPlanChecks: chatlaketest.ExpectAction(conversationAddress, plancheck.ResourceActionCreate),
		},
	}
	w.Test(t, steps...)
}

func TestAccConversation_attributes(t *testing.T) {
	w := acctest.New(t)

	var id string

	conversation := func() chatlaketest.Object { return chatlaketest.Ask(t, w, "GET", "/conversations/"+id, nil) }
	full := conversationConfig(w, `
  status                = "snoozed"
  snoozed_until         = "2040-01-31T10:00:00+01:00"
  assignee_id           = "12"
  team_id               = "201"
  priority              = "urgent"
  labels                = ["billing", "vip"]
  additional_attributes = { order = "A-1", amount = 12.5 }
  custom_attributes     = { plan = "gold", seats = 1000000, tags = ["a"], open = true }
`)
	w.Test(t,
		resource.TestStep{Config: full, Check: chatlaketest.RememberID(conversationAddress, &id)},
		resource.TestStep{ResourceName: conversationAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"snoozed_until"}},
		resource.TestStep{ // Keys of others stay; ours are enforced.
			PreConfig: func() {
				chatlaketest.Act(t, w, "conversation_update", chatlaketest.Object{
					"conversation_id": chatlaketest.Number(t, id), "status": "open", "priority": nil, "labels": []string{"support"}, "assignee_id": 0,
					"custom_attributes": chatlaketest.Object{"plan": "silver", "agent": "x"},
				})
			},
			Config: full, ConfigPlanChecks: chatlaketest.ExpectAction(conversationAddress, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{
			PreConfig: func() {
				c := conversation()

				custom, _ := c["custom_attributes"].(chatlaketest.Object)
				if custom["agent"] != "x" || custom["plan"] != "gold" || c["status"] != "snoozed" || c["priority"] != "urgent" {
					t.Errorf("not enforced: %v", c)
				}
			},
			Config: conversationConfig(w, `
  status                = "pending"
  assignee_id           = "12"
  team_id               = "201"
  priority              = "low"
  labels                = []
  additional_attributes = { order = "A-1", amount = 12.5 }
  custom_attributes     = { plan = "silver" }
`),
			ConfigPlanChecks: chatlaketest.ExpectAction(conversationAddress, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(conversationAddress, "snoozed_until", knownvalue.Null()),
				chatlaketest.Has(conversationAddress, "labels", knownvalue.SetExact(nil)),
			},
		},
		resource.TestStep{
			PreConfig: func() {
				custom, _ := conversation()["custom_attributes"].(chatlaketest.Object)
				if len(custom) != 2 || custom["agent"] != "x" || custom["plan"] != "silver" {
					t.Errorf("custom attributes %v", custom)
				}
			},
			Config: conversationConfig(w, ``), ConfigPlanChecks: chatlaketest.ExpectAction(conversationAddress, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(conversationAddress, "custom_attributes", knownvalue.Null()),
				chatlaketest.Has(conversationAddress, "additional_attributes", knownvalue.Null()),
				chatlaketest.Has(conversationAddress, "status", chatlaketest.Text("pending")), // No longer managed.
				chatlaketest.Has(conversationAddress, "assignee_id", chatlaketest.Text("12")),
			},
		},
		resource.TestStep{
			PreConfig: func() {
				custom, _ := conversation()["custom_attributes"].(chatlaketest.Object)
				if len(custom) != 1 || custom["agent"] != "x" {
					t.Errorf("custom attributes %v", custom)
				}
			},
			Config: conversationConfig(w, `additional_attributes = { order = "A-2" }`), ConfigPlanChecks: chatlaketest.ExpectAction(conversationAddress, plancheck.ResourceActionReplace),
		},
	)
}

// TestConversation_pages reads many conversations in pages.
func TestConversation_pages(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	contact, diags := p.Create(t.Context(), "chatlake_contact", acctest.Values{"inbox_id": "101", "source_id": "s"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	w.Journal.Clear()

	var conversations []acctest.Object

	for range 300 {
		created, diags := p.Create(t.Context(), "chatlake_conversation", acctest.Values{"inbox_id": "101", "contact_id": contact.String("id")})
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		conversations = append(conversations, created)
	}

	n := w.Journal.Count("")
	if n != 300 {
		t.Errorf("%d requests for 300 conversations", n)
	}

	w.Journal.Clear()

	for _, conversation := range conversations {
		read, diags := p.Read(t.Context(), conversation)
		if len(diags) > 0 || !read.State.Equal(conversation.State) {
			t.Fatalf("read %v instead of %v: %s", read.State, conversation.State, diags)
		}
	}

	n = w.Journal.Count("")
	if n > 45 { // 0.15 for each.
		t.Errorf("%d requests to read 300 conversations", n)
	}
}

// TestConversation_nobody asks for an assignee and a team that do not exist, which the server takes for success.
func TestConversation_nobody(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"inbox_id": "101"})

	with := func(more acctest.Values) acctest.Values {
		config := acctest.Values{"inbox_id": "101", "contact_id": contact.String("id")}
		maps.Copy(config, more)

		return config
	}
	for reason, config := range map[string]acctest.Values{"no agent 999": {"assignee_id": "999"}, "no team 998": {"team_id": "998"}} {
		none, diags := p.Create(t.Context(), "chatlake_conversation", with(config))
		if !none.Gone() || !strings.Contains(diags.String(), reason) {
			t.Errorf("%s: %v %s", reason, none.State, diags)
		}
	}

	conversation := chatlaketest.Create(t, p, "chatlake_conversation", with(nil))

	_, diags := p.Apply(t.Context(), conversation, with(acctest.Values{"team_id": "999"}))
	if !strings.Contains(diags.String(), "no team 999") {
		t.Error(diags)
	}

	outsider := with(acctest.Values{"assignee_id": "11", "team_id": "201"}) // Who is not in the team.

	conversation, diags = p.Apply(t.Context(), conversation, outsider)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	chatlaketest.ExpectStable(t, p, conversation, outsider)
}

func TestAccConversation_sources(t *testing.T) {
	w := acctest.New(t)
	missing := func(inbox, contact string) string {
		return w.Config(fmt.Sprintf("resource \"chatlake_conversation\" \"test\" {\n inbox_id = %s\n contact_id = %s\n}", inbox, contact))
	}
	payload, _ := chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"name": "Other", "inbox_id": 101, "source_id": "others"})["payload"].(chatlaketest.Object)
	other, _ := payload["contact"].(chatlaketest.Object)
	w.Test(t,
		resource.TestStep{Config: missing("101", "9999"), ExpectError: regexp.MustCompile(`Chatlake\s+has\s+no\s+contact\s+9999`)},
		resource.TestStep{Config: missing("999", fmt.Sprint(other["id"])), ExpectError: regexp.MustCompile(`Chatlake\s+has\s+no\s+inbox\s+999`)},
		resource.TestStep{Config: conversationConfig(w, `source_id = "others"`), ExpectError: regexp.MustCompile(`source_id\s+should\s+be\s+unique`)},
		resource.TestStep{Config: conversationConfig(w, `source_id = "mine"`)},
		resource.TestStep{ // Two sessions, and no message that would tell which one it is.
			ResourceName: conversationAddress, ImportState: true, ImportStateVerify: true,
		},
		resource.TestStep{Config: conversationConfig(w, ``), ConfigPlanChecks: chatlaketest.ExpectNoChanges()},
		resource.TestStep{Config: conversationConfig(w, `source_id = "other"`), ConfigPlanChecks: chatlaketest.ExpectAction(conversationAddress, plancheck.ResourceActionReplace)},
		resource.TestStep{ // A contact without a session gets one, and only one.
			Config: w.Config(`resource "chatlake_contact" "plain" { name = "Ben" }
resource "chatlake_conversation" "test" {
  inbox_id   = 102
  contact_id = chatlake_contact.plain.id
}`),
		},
	)
}

func TestConversation_lost(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"inbox_id": "101"})
	config := acctest.Values{"inbox_id": "101", "contact_id": contact.String("id"), "custom_attributes": acctest.Values{"plan": "gold"}}

	w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/conversations", After: true, Cut: sandbox.CutReset})

	first := chatlaketest.Create(t, p, "chatlake_conversation", config)
	if first.String("id") != "1" {
		t.Errorf("conversation %s", first.String("id"))
	}

	w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/conversations", Cut: sandbox.CutReset})

	second, diags := p.Create(t.Context(), "chatlake_conversation", config)
	if second.String("id") != "" || !strings.Contains(diags.String(), "may exist") {
		t.Errorf("the first was taken again: %v %s", second.State, diags)
	}
	// Nor is one that an earlier run made.
	time.Sleep(2 * time.Second) // Two clocks that count whole seconds cannot tell less apart.
	w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/conversations", Cut: sandbox.CutReset})

	second, diags = w.Protocol(t, nil).Create(t.Context(), "chatlake_conversation", config)
	if second.String("id") != "" || !strings.Contains(diags.String(), "may exist") {
		t.Errorf("the first was taken again: %v %s", second.State, diags)
	}
}

// TestAccConversation_single covers inboxes that answer with the conversation that is there.
func TestAccConversation_single(t *testing.T) {
	w := acctest.New(t)
	chatlaketest.Ask(t, w, "PATCH", "/inboxes/101", chatlaketest.Object{"lock_to_single_conversation": true})

	contact := `resource "chatlake_contact" "test" {
  name     = "Ana"
  inbox_id = 101
}
`
	conversation := func(name, arguments string) string {
		return "resource \"chatlake_conversation\" \"" + name + "\" {\n inbox_id = 101\n contact_id = chatlake_contact.test.id\n" + arguments + "\n}\n"
	}
	w.Test(t,
		resource.TestStep{Config: w.Config(contact + conversation("test", ``))},
		resource.TestStep{Config: w.Config(contact)}, // Resolved, and taken up again.
		resource.TestStep{
			Config: w.Config(contact + conversation("test", "custom_attributes = { plan = \"gold\" }")),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(conversationAddress, "id", chatlaketest.Text("1")), chatlaketest.Has(conversationAddress, "status", chatlaketest.Text("open")),
			},
		},
		resource.TestStep{Config: w.Config(contact)},
		resource.TestStep{
			Config:      w.Config(contact + conversation("test", "additional_attributes = { order = \"A-1\" }")),
			ExpectError: regexp.MustCompile(`keeps\s+a\s+single\s+conversation`),
		},
		resource.TestStep{
			Config:      w.Config(contact + conversation("test", ``) + conversation("second", "depends_on = [chatlake_conversation.test]")),
			ExpectError: regexp.MustCompile(`made\s+for\s+another\s+resource`),
		},
		resource.TestStep{ // In the next run, too.
			Config:      w.Config(contact + conversation("test", ``) + conversation("second", "depends_on = [chatlake_conversation.test]")),
			ExpectError: regexp.MustCompile(`The\s+conversation\s+exists\s+already`),
		},
		resource.TestStep{Config: w.Config(contact)},
	)
}

func TestConversation_destroy(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"inbox_id": "101"})
	conversation := func(onDestroy any, timeouts acctest.Values) acctest.Object {
		return chatlaketest.Create(t, p, "chatlake_conversation", acctest.Values{
			"inbox_id": "101", "contact_id": contact.String("id"), "on_destroy": onDestroy, "timeouts": timeouts,
		})
	}
	destroy := func(o acctest.Object) acctest.Diagnostics {
		w.Journal.Clear()

		_, diags := p.Apply(t.Context(), o, nil)

		return diags
	}
	status := func(o acctest.Object) any {
		return chatlaketest.Ask(t, w, "GET", "/conversations/"+o.String("id"), nil)["status"]
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.JobDelay = 700 })

	diags := destroy(conversation("delete", nil))
	if len(diags) > 0 || w.Journal.Count("GET "+chatlaketest.AccountPath+"/conversations/{conversation}") < 2 {
		t.Errorf("destroy waited for nothing: %s", diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.WorkersDown = true })

	diags = destroy(conversation("delete", acctest.Values{"delete": "50ms"}))
	if !strings.Contains(diags.String(), "background jobs") {
		t.Error(diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.WorkersDown, s.JobDelay = false, 0 })

	abandoned := conversation("abandon", nil)

	diags = destroy(abandoned)
	if len(diags) > 0 || len(w.Journal.Writes()) > 0 || status(abandoned) != "open" {
		t.Errorf("%v %s", status(abandoned), diags)
	}

	resolved := conversation(nil, nil)

	diags = destroy(resolved)
	if len(diags) > 0 || status(resolved) != "resolved" {
		t.Errorf("%v %s", status(resolved), diags)
	}
}

func TestConversation_oldServer(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true // The paths of newer servers are tried.
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.2.0" })
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"inbox_id": "101"})
	config := acctest.Values{"inbox_id": "101", "contact_id": contact.String("id"), "on_destroy": "delete"}

	// A conversation that a newer server planned to delete is still there after the server was set back.
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.3.0" })

	conversation := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_conversation", config)

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.2.0" })

	_, diags := p.Apply(t.Context(), conversation, nil)
	if !strings.Contains(diags.String(), "deleting a conversation needs version 4.3.0") ||
		!strings.Contains(diags.String(), "4.2.0") {
		t.Error(diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "3.6.0" })

	delete(config, "on_destroy")

	config["priority"] = "high" // By a call that servers have since 2.17.0; PATCH came with 3.7.0.

	conversation, diags = w.Protocol(t, nil).Apply(t.Context(), conversation, config)
	if len(diags.Errors()) > 0 || conversation.String("priority") != "high" {
		t.Error(diags)
	}

	delete(config, "priority")

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "1.18.0" })

	config = acctest.Values{"inbox_id": "101", "contact_id": contact.String("id"), "status": "snoozed"}

	snoozed, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_conversation", config)
	if !snoozed.Gone() || !strings.Contains(diags.String(), "snoozing a conversation needs version 1.18.2") {
		t.Errorf("%v %s", snoozed.State, diags)
	}

	delete(config, "status")
	conversation = chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_conversation", config)

	config["status"] = "snoozed"

	_, diags = w.Protocol(t, nil).Apply(t.Context(), conversation, config)
	if !strings.Contains(diags.String(), "needs version 1.18.2") {
		t.Error(diags)
	}
}

// TestAccConversation_unfinished leaves a conversation half done, and finishes it in place.
func TestAccConversation_unfinished(t *testing.T) {
	w := acctest.New(t)
	w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/conversations/*/toggle_priority", Status: 401, Body: `{"error":"no"}`})
	w.Test(t,
		resource.TestStep{Config: conversationConfig(w, `priority = "high"`), ExpectError: regexp.MustCompile(`Unable\s+to\s+set\s+the\s+priority`)},
		resource.TestStep{Config: conversationConfig(w, `priority = "high"`)},
	)
}
