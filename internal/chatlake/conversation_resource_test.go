package chatlake_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

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
	for _, shapes := range []bool{false, true} {
		t.Run(fmt.Sprintf("page_shapes=%t", shapes), func(t *testing.T) {
			w := acctest.New(t)
			w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.PageShapes = shapes })
			config := conversationConfig(w, ``)
			var id string
			w.Test(t,
				resource.TestStep{
					Config: config,
					Check: resource.ComposeAggregateTestCheckFunc(
						idOf(conversationAddress, &id),
						resource.TestCheckResourceAttrPair(conversationAddress, "source_id", "chatlake_contact.test", "source_id"),
					),
					ConfigStateChecks: []statecheck.StateCheck{
						has(conversationAddress, "status", text("open")),
						has(conversationAddress, "labels", knownvalue.SetExact(nil)),
						has(conversationAddress, "priority", knownvalue.Null()),
					},
				},
				resource.TestStep{
					PreConfig: func() {
						if n := len(w.Journal.Writes()); n != 2 {
							t.Errorf("%d writes for a contact and a conversation", n)
						}
						contact, _ := ask(t, w, "GET", "/conversations/"+id, nil)["meta"].(object)["sender"].(object)
						payload, _ := ask(t, w, "GET", fmt.Sprintf("/contacts/%v", contact["id"]), nil)["payload"].(object)
						if sessions, _ := payload["contact_inboxes"].([]any); len(sessions) != 1 {
							t.Errorf("sessions were doubled: %v", sessions)
						}
					},
					Config: config, ConfigPlanChecks: unchanged(),
				},
				resource.TestStep{ResourceName: conversationAddress, ImportState: true, ImportStateVerify: true},
				resource.TestStep{ResourceName: conversationAddress, ImportState: true, ImportStateId: "../1", ExpectError: regexp.MustCompile(`unexpected\s+form`)},
				resource.TestStep{ // What nobody configured is followed.
					PreConfig: func() {
						act(t, w, "conversation_update", object{
							"conversation_id": number(t, id), "status": "pending", "priority": "high", "labels": []string{"billing"},
							"assignee_id": chatlake.AgentID, "team_id": chatlake.TeamID, "custom_attributes": object{"agent": "x"},
						})
					},
					Config: config, ConfigPlanChecks: unchanged(),
				},
				resource.TestStep{ // A setting of our own is not sent.
					PreConfig: w.Journal.Clear,
					Config:    conversationConfig(w, `on_destroy = "delete"`), ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionUpdate),
				},
				resource.TestStep{
					PreConfig: func() {
						noWrites(t, w)
						act(t, w, "conversation_delete", object{"conversation_id": number(t, id)})
					},
					Config: config, ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionCreate),
				},
			)
		})
	}
}

func TestAccConversation_attributes(t *testing.T) {
	w := acctest.New(t)
	var id string
	conversation := func() object { return ask(t, w, "GET", "/conversations/"+id, nil) }
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
		resource.TestStep{Config: full, Check: idOf(conversationAddress, &id)},
		resource.TestStep{Config: full, ConfigPlanChecks: unchanged()},
		resource.TestStep{ResourceName: conversationAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"snoozed_until"}},
		resource.TestStep{ // Keys of others stay; ours are enforced.
			PreConfig: func() {
				act(t, w, "conversation_update", object{
					"conversation_id": number(t, id), "status": "open", "priority": nil, "labels": []string{"support"}, "assignee_id": 0,
					"custom_attributes": object{"plan": "silver", "agent": "x"},
				})
			},
			Config: full, ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{
			PreConfig: func() {
				c := conversation()
				custom, _ := c["custom_attributes"].(object)
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
			ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				has(conversationAddress, "snoozed_until", knownvalue.Null()),
				has(conversationAddress, "labels", knownvalue.SetExact(nil)),
			},
		},
		resource.TestStep{
			PreConfig: func() {
				custom, _ := conversation()["custom_attributes"].(object)
				if len(custom) != 2 || custom["agent"] != "x" || custom["plan"] != "silver" {
					t.Errorf("custom attributes %v", custom)
				}
			},
			Config: conversationConfig(w, ``), ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				has(conversationAddress, "custom_attributes", knownvalue.Null()),
				has(conversationAddress, "additional_attributes", knownvalue.Null()),
				has(conversationAddress, "status", text("pending")), // No longer managed.
				has(conversationAddress, "assignee_id", text("12")),
			},
		},
		resource.TestStep{
			PreConfig: func() {
				custom, _ := conversation()["custom_attributes"].(object)
				if len(custom) != 1 || custom["agent"] != "x" {
					t.Errorf("custom attributes %v", custom)
				}
			},
			Config: conversationConfig(w, `additional_attributes = { order = "A-2" }`), ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionReplace),
		},
	)
}

func TestConversation_refused(t *testing.T) {
	refused(t, "chatlake_conversation", acctest.Values{"inbox_id": "101", "contact_id": "1"}, map[string]refusal{
		"inbox":           {acctest.Values{"inbox_id": "first"}, "whole number"},
		"contact":         {acctest.Values{"contact_id": "0"}, "whole number"},
		"status":          {acctest.Values{"status": "closed"}, "value must be one of"},
		"priority":        {acctest.Values{"priority": "none"}, "value must be one of"},
		"snooze alone":    {acctest.Values{"snoozed_until": "2040-01-31T09:00:00Z"}, "Only a snoozed"},
		"time":            {acctest.Values{"status": "snoozed", "snoozed_until": "later"}, "Not a time"},
		"parts of second": {acctest.Values{"status": "snoozed", "snoozed_until": "2040-01-31T09:00:00.5Z"}, "Not a time"},
		"assignee":        {acctest.Values{"assignee_id": "ana"}, "whole number"},
		"team":            {acctest.Values{"team_id": "0"}, "whole number"},
		"label":           {acctest.Values{"labels": []any{""}}, "between 1 and"},
		"large number":    {acctest.Values{"custom_attributes": acctest.Values{"n": 10_000_000_000}}, "Number too large"},
		"long text":       {acctest.Values{"custom_attributes": acctest.Values{"s": strings.Repeat("x", 1501)}}, "Value too long"},
		"not an object":   {acctest.Values{"additional_attributes": "x"}, "Not an object"},
		"on_destroy":      {acctest.Values{"on_destroy": "forget"}, "value must be one of"},
		"empty source":    {acctest.Values{"source_id": ""}, "between 1 and"},
	})
	unknown := acctest.Values{"inbox_id": acctest.Unknown{}, "contact_id": acctest.Unknown{}}
	for _, name := range []string{"status", "snoozed_until", "assignee_id", "team_id", "priority", "labels", "custom_attributes", "additional_attributes", "source_id"} {
		unknown[name] = acctest.Unknown{}
	}
	if diags := acctest.NewProtocol(t).Validate("chatlake_conversation", unknown); len(diags) > 0 {
		t.Error(diags)
	}
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
	if n := w.Journal.Count(""); n != 300 {
		t.Errorf("%d requests for 300 conversations", n)
	}
	w.Journal.Clear()
	for _, conversation := range conversations {
		if read, diags := p.Read(t.Context(), conversation); len(diags) > 0 || !read.State.Equal(conversation.State) {
			t.Fatalf("read %v instead of %v: %s", read.State, conversation.State, diags)
		}
	}
	if n := w.Journal.Count(""); n > 45 { // 0.15 for each.
		t.Errorf("%d requests to read 300 conversations", n)
	}
}

func TestConversation_identity(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact, _ := p.Create(t.Context(), "chatlake_contact", acctest.Values{"inbox_id": "101"})
	config := acctest.Values{"inbox_id": "101", "contact_id": contact.String("id")}
	created, diags := p.Create(t.Context(), "chatlake_conversation", config)
	if len(diags) > 0 || p.Identity(created)["id"] != "1" || p.Identity(created)["account_id"] != "1" {
		t.Fatalf("%v %s", p.Identity(created), diags)
	}
	imported, diags := p.ImportIdentity(t.Context(), "chatlake_conversation", acctest.Values{"id": "1", "account_id": "1"})
	if len(diags) > 0 || imported.String("source_id") != contact.String("source_id") {
		t.Errorf("imported %v %s", imported.State, diags)
	}
	act(t, w, "conversation_delete", object{"conversation_id": 1})
	if gone, diags := p.Read(t.Context(), created); len(diags) > 0 || !gone.Gone() {
		t.Error(diags)
	}
	if gone, diags := p.Apply(t.Context(), created, nil); len(diags) > 0 || !gone.Gone() {
		t.Error(diags)
	}
}

// TestAccConversation_nobody asks for an assignee and a team that do not exist, which the server takes for success.
func TestAccConversation_nobody(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true
	w.Test(t,
		resource.TestStep{Config: conversationConfig(w, `assignee_id = "999"`), ExpectError: regexp.MustCompile(`no\s+agent\s+999`)},
		resource.TestStep{Config: conversationConfig(w, `team_id = "998"`), ExpectError: regexp.MustCompile(`no\s+team\s+998`)},
		resource.TestStep{Config: conversationConfig(w, ``)},
		resource.TestStep{Config: conversationConfig(w, `team_id = "999"`), ExpectError: regexp.MustCompile(`no\s+team\s+999`)},
		resource.TestStep{Config: conversationConfig(w, "assignee_id = \"11\"\nteam_id = \"201\"")}, // Who is not in the team.
		resource.TestStep{Config: conversationConfig(w, "assignee_id = \"11\"\nteam_id = \"201\""), ConfigPlanChecks: unchanged()},
	)
}

func TestAccConversation_sources(t *testing.T) {
	w := acctest.New(t)
	missing := func(inbox, contact string) string {
		return w.Config(fmt.Sprintf("resource \"chatlake_conversation\" \"test\" {\n inbox_id = %s\n contact_id = %s\n}", inbox, contact))
	}
	payload, _ := ask(t, w, "POST", "/contacts", object{"name": "Other", "inbox_id": 101, "source_id": "others"})["payload"].(object)
	other, _ := payload["contact"].(object)
	w.Test(t,
		resource.TestStep{Config: missing("101", "9999"), ExpectError: regexp.MustCompile(`There\s+is\s+no\s+contact\s+9999`)},
		resource.TestStep{Config: missing("999", fmt.Sprint(other["id"])), ExpectError: regexp.MustCompile(`There\s+is\s+no\s+inbox\s+999`)},
		resource.TestStep{Config: conversationConfig(w, `source_id = "others"`), ExpectError: regexp.MustCompile(`source_id\s+should\s+be\s+unique`)},
		resource.TestStep{Config: conversationConfig(w, `source_id = "mine"`)},
		resource.TestStep{ // Two sessions, and no message that would tell which one it is.
			ResourceName: conversationAddress, ImportState: true, ImportStateVerify: true,
		},
		resource.TestStep{Config: conversationConfig(w, ``), ConfigPlanChecks: unchanged()},
		resource.TestStep{Config: conversationConfig(w, `source_id = "other"`), ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionReplace)},
		resource.TestStep{ // A contact without a session gets one, and only one.
			Config: w.Config(`resource "chatlake_contact" "plain" { name = "Ben" }
resource "chatlake_conversation" "test" {
  inbox_id   = 102
  contact_id = chatlake_contact.plain.id
}`),
		},
	)
}

func TestAccConversation_lost(t *testing.T) {
	w := acctest.New(t)
	w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/conversations", After: true, Cut: sandbox.CutReset})
	config := conversationConfig(w, `custom_attributes = { plan = "gold" }`)
	w.Test(t,
		resource.TestStep{Config: config, ConfigStateChecks: []statecheck.StateCheck{has(conversationAddress, "id", text("1"))}},
		resource.TestStep{
			PreConfig: func() {
				time.Sleep(time.Second) // The server counts whole seconds.
				w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/conversations", Cut: sandbox.CutReset})
			},
			Config: conversationConfig(w, ``) + `resource "chatlake_conversation" "second" {
  inbox_id   = 101
  contact_id = chatlake_contact.test.id
}`,
			ExpectError: regexp.MustCompile(`may\s+exist`), // Not the first one again.
		},
		resource.TestStep{Config: config},
	)
}

// TestAccConversation_single covers inboxes that answer with the conversation that is there.
func TestAccConversation_single(t *testing.T) {
	w := acctest.New(t)
	ask(t, w, "PATCH", "/inboxes/101", object{"lock_to_single_conversation": true})
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
				has(conversationAddress, "id", text("1")), has(conversationAddress, "status", text("open")),
			},
		},
		resource.TestStep{Config: w.Config(contact + conversation("test", "custom_attributes = { plan = \"gold\" }")), ConfigPlanChecks: unchanged()},
		resource.TestStep{Config: w.Config(contact)},
		resource.TestStep{
			Config:      w.Config(contact + conversation("test", "additional_attributes = { order = \"A-1\" }")),
			ExpectError: regexp.MustCompile(`keeps\s+a\s+single\s+conversation`),
		},
		resource.TestStep{
			Config:      w.Config(contact + conversation("test", ``) + conversation("twin", "depends_on = [chatlake_conversation.test]")),
			ExpectError: regexp.MustCompile(`made\s+for\s+another\s+resource`),
		},
		resource.TestStep{Config: w.Config(contact)},
	)
}

func TestAccConversation_destroy(t *testing.T) {
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.JobDelay = 700 })
	contact := "resource \"chatlake_contact\" \"test\" {\n name = \"Ana\"\n inbox_id = 101\n}\n"
	count := func() int { return w.Journal.Count("GET " + accountPath + "/conversations/{conversation}") }
	var id string
	w.Test(t,
		resource.TestStep{Config: conversationConfig(w, `on_destroy = "delete"`), Check: idOf(conversationAddress, &id)},
		resource.TestStep{PreConfig: w.Journal.Clear, Config: w.Config(contact)},
		resource.TestStep{
			PreConfig: func() {
				if count() < 2 {
					t.Errorf("destroy waited for nothing")
				}
			},
			Config: conversationConfig(w, "on_destroy = \"delete\"\ntimeouts = { delete = \"50ms\" }"),
		},
		resource.TestStep{
			PreConfig:   func() { w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.WorkersDown = true }) },
			Config:      w.Config(contact),
			ExpectError: regexp.MustCompile(`background\s+jobs`),
		},
		resource.TestStep{
			PreConfig: func() { w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.WorkersDown, s.JobDelay = false, 0 }) },
			Config:    w.Config(contact),
		},
		resource.TestStep{Config: conversationConfig(w, `on_destroy = "abandon"`), Check: idOf(conversationAddress, &id)},
		resource.TestStep{PreConfig: w.Journal.Clear, Config: w.Config(contact)},
		resource.TestStep{
			PreConfig: func() { noWrites(t, w) },
			Config:    conversationConfig(w, ``), Check: idOf(conversationAddress, &id),
		},
		resource.TestStep{Config: w.Config(contact)},
		resource.TestStep{
			PreConfig: func() {
				if status := ask(t, w, "GET", "/conversations/"+id, nil)["status"]; status != "resolved" {
					t.Errorf("status %v", status)
				}
			},
			Config: w.Config(contact),
		},
	)
}

func TestAccConversation_oldServer(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true // The paths of newer servers are tried.
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.2.0" })
	w.Test(t,
		resource.TestStep{Config: conversationConfig(w, `on_destroy = "delete"`)},
		resource.TestStep{Config: w.Config(``), ExpectError: regexp.MustCompile(`(?s)deleting\s+a\s+conversation\s+needs\s+version\s+4\.3\.0.*is\s+4\.2\.0`)},
		resource.TestStep{Config: conversationConfig(w, ``)},
		resource.TestStep{
			PreConfig:   func() { w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "3.6.0" }) },
			Config:      conversationConfig(w, `priority = "high"`),
			ExpectError: regexp.MustCompile(`(?s)needs\s+version\s+3\.7\.0`),
		},
	)
}

// TestAccConversation_unfinished leaves a conversation half done, and finishes it in place.
func TestAccConversation_unfinished(t *testing.T) {
	w := acctest.New(t)
	w.Faults.Add(sandbox.Fault{Method: "PATCH", Path: "/api/v1/accounts/1/conversations/*", Status: 401, Body: `{"error":"no"}`})
	w.Test(t,
		resource.TestStep{Config: conversationConfig(w, `priority = "high"`), ExpectError: regexp.MustCompile(`(?s)priority.*terraform\s+untaint`)},
		resource.TestStep{Config: conversationConfig(w, `priority = "high"`)},
	)
}
