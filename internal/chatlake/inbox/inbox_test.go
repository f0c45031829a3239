package inbox_test

import (
	"os"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/inbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

var cases = append(append(channelCases(), templateCases()...), inboxCase, inboxMemberCase)

func TestCases(t *testing.T) {
	t.Parallel()
	chatlaketest.Run(t, inbox.Resources(), cases...)
}

// TestAccImport imports one object of each type with blocks.
func TestAccImport(t *testing.T) {
	w := acctest.New(t)
	chatlaketest.NewImports(t, w, cases...).Test()
}

// TestOpenAPI sends every request about inboxes, and compares it and its answer with a description.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	checker := chatlaketest.CheckAPI(t, w, "inbox")
	p := w.Protocol(t, nil)

	var made []acctest.Object

	for kind, configs := range channels {
		channel := func(i int) values {
			return values{"name": kind, "channel": chatlaketest.With(configs[i], values{"type": kind})}
		}
		made = append(made, chatlaketest.ApplyAndImport(t, w, p, "chatlake_inbox", "", channel(0), channel(1)))
	}

	policy := chatlaketest.Create(t, p, "chatlake_assignment_policy", values{"name": "P"})
	bot := chatlaketest.Create(t, p, "chatlake_agent_bot", values{"name": "B"})
	portal := chatlaketest.Create(t, p, "chatlake_portal", values{"slug": "help", "name": "Help"})
	made = append(made, chatlaketest.ApplyAndImport(t, w, p, "chatlake_inbox", "", chatlaketest.With(inboxCase.Minimal, values{
		"greeting_enabled": true, "greeting_message": "Hello", "enable_email_collect": false, "csat_survey_enabled": true,
		"csat_config":            values{"message": "Well?", "survey_rules": values{"operator": "contains", "values": []any{"vip"}}},
		"enable_auto_assignment": false, "auto_assignment_config": values{"max_assignment_limit": 5}, "working_hours_enabled": true,
		"working_hours": []any{values{"day_of_week": 1, "open_hour": 9, "close_hour": 17}, values{"day_of_week": 2, "open_all_day": true}}, "out_of_office_message": "Gone",
		"timezone": "Europe/Lisbon", "allow_messages_after_resolved": false, "lock_to_single_conversation": true, "sender_name_type": "professional",
		"business_name": "Acme", "portal_id": portal.String("id"), "agent_bot_id": bot.String("id"), "assignment_policy_id": policy.String("id"), "member_ids": []any{"12"},
	}), inboxCase.Minimal))

	for channel := range whatsApp {
		made = append(made, chatlaketest.ApplyAndImport(t, w, p, "chatlake_inbox", "", withTemplate(channel, "One"), withTemplate(channel, "Two")))
	}

	_, diags := p.Data(t.Context(), "chatlake_inboxes", values{})
	if len(diags) > 0 {
		t.Error(diags)
	}

	chatlaketest.Request(t, w, "GET", "/inboxes/101", "") // The provider asks for one that the list does not show.
	chatlaketest.Destroy(t, p, append(made, portal, bot, policy)...)
	checker.ExpectComplete()
}

// TestData_keys covers names that several inboxes have.
func TestData_keys(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	for range 2 {
		chatlaketest.Request(t, w, "POST", "/inboxes", `{"name":"Twice","channel":{"type":"api"}}`)
	}

	chatlaketest.ExpectSeveral(t, w.Protocol(t, nil), "inbox", "name", "Twice")
}

// TestInbox_limit covers the 402 of a plan that is full.
func TestInbox_limit(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.InboxLimit = 2 })

	nothing, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_inbox", inboxCase.Minimal)
	if !nothing.Gone() || !strings.Contains(diags.String(), "plan allows no more") {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}
}

// TestInbox_asked counts what an inbox costs: an import asks once for each thing that only a call of its own tells, and a refresh
// for what the configuration sets.
func TestInbox_asked(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	plain := chatlaketest.Create(t, p, "chatlake_inbox", values{"name": "Day", "channel": values{"type": "api"}})

	asked := func() map[string]int {
		counts := map[string]int{}
		for _, entry := range w.Journal.Entries(nil) {
			counts[entry.Path[strings.LastIndex(entry.Path, "/")+1:]]++
		}

		w.Journal.Clear()

		return counts
	}

	w.Journal.Clear()

	_, diags := w.Protocol(t, nil).Read(t.Context(), plain)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	counts := asked()
	if len(counts) != 1 || counts["inboxes"] != 1 {
		t.Errorf("a refresh asks for %v, want the list of inboxes once", counts)
	}

	_, diags = w.Protocol(t, nil).Import(t.Context(), "chatlake_inbox", plain.String("id"))
	if len(diags.Errors()) > 0 {
		t.Fatal(diags)
	}

	counts = asked()
	for name, count := range counts {
		if count != 1 {
			t.Errorf("an import asks %d times for %s", count, name)
		}
	}

	for _, name := range []string{"inboxes", "agent_bot", "assignment_policy"} {
		if counts[name] != 1 {
			t.Errorf("an import asks for %v, want %s once", counts, name)
		}
	}
}
