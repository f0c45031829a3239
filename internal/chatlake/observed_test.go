package chatlake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// These tests show what real servers of Chatwoot were seen to do, where no test of the object itself does.

type values = acctest.Values

const newest = "4.15.1"

// onRelease returns a simulator that answers as a release, and the provider.
func onRelease(t *testing.T, version string) (*acctest.World, *acctest.Protocol) {
	t.Helper()

	w := acctest.New(t)
	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })

	return w, w.Protocol(t, nil)
}

// TestObserved_oddValues reads objects that other clients gave values of other types. They spoil no list.
func TestObserved_oddValues(t *testing.T) {
	t.Parallel()

	w, p := onRelease(t, newest)
	portal := chatlaketest.Create(t, p, "chatlake_portal", values{"slug": "help", "name": "Help"})

	article := values{"portal_slug": portal.String("slug"), "title": "One", "author_id": fmt.Sprint(chatlake.AdminID)}
	app := values{"title": "Orders", "content": []any{values{"url": "https://shop.example.com"}}}
	whole := map[string]acctest.Object{"chatlake_article": chatlaketest.Create(t, p, "chatlake_article", article), "chatlake_dashboard_app": chatlaketest.Create(t, p, "chatlake_dashboard_app", app)}
	config := map[string]values{"chatlake_article": article, "chatlake_dashboard_app": app}

	chatlaketest.Request(t, w, "POST", "/portals/help/articles", `{"article":{"title":"Odd","author_id":11,"meta":{"title":1,"tags":[1,true]}}}`)
	chatlaketest.Request(t, w, "POST", "/dashboard_apps", `{"dashboard_app":{"title":"Odd","content":[{"type":"frame","url":7}]}}`)

	for kind, object := range whole {
		read, diags := w.Protocol(t, nil).Read(t.Context(), object)
		if len(diags) > 0 || p.Changes(t.Context(), read, config[kind]) {
			t.Errorf("%s beside an odd one: %v\n%s", kind, read.State, diags)
		}
	}

	for kind, config := range map[string]values{"chatlake_articles": {"portal_slug": "help"}, "chatlake_dashboard_apps": {}} {
		_, diags := p.Data(t.Context(), kind, config)
		if len(diags) > 0 {
			t.Errorf("%s: %s", kind, diags)
		}
	}
}

// TestObserved_notTaken names what the server drops, or keeps although it does not have it, without a word.
func TestObserved_notTaken(t *testing.T) {
	t.Parallel()

	_, p := onRelease(t, newest)
	chatlaketest.Create(t, p, "chatlake_portal", values{"slug": "help", "name": "Help"})

	for _, test := range []struct {
		kind   string
		config values
		says   string
		isKept bool
	}{
		{"chatlake_portal", values{"slug": "shop", "name": "Shop", "inbox_id": fmt.Sprint(chatlake.APIInboxID)}, "inbox_id", false}, // No website.
		{"chatlake_article", values{"portal_slug": "help", "title": "One", "author_id": fmt.Sprint(chatlake.AdminID), "category_id": "98765"}, "The category does not exist", true},
		{"chatlake_agent", values{"email": "juno@example.com", "name": "Juno", "custom_role_id": "98765"}, "", true}, // No answer tells it.
	} {
		o, diags := p.Create(t.Context(), test.kind, test.config)

		said := diags.String()
		if o.Gone() || !strings.Contains(said, test.says) || test.says == "" && said != "" {
			t.Errorf("created %v\n%s", o.State, said)
		}

		read, _ := p.Read(t.Context(), o)
		if p.Changes(t.Context(), read, test.config) == test.isKept {
			t.Errorf("the next plan: %v", read.State)
		}
	}
}

// TestObserved_defaultLocale keeps "en" as the language of a portal whose languages do not begin with it.
func TestObserved_defaultLocale(t *testing.T) {
	t.Parallel()

	for _, version := range []string{"4.11.2", "4.13.0", newest} {
		w, p := onRelease(t, version)
		config := values{"slug": "help", "name": "Help", "allowed_locales": []any{"de", "en"}}
		portal := chatlaketest.Create(t, p, "chatlake_portal", config)

		meta, _ := chatlaketest.Find(t, w, "portals", "slug", "help")["meta"].(map[string]any)

		language := meta["default_locale"]
		if language != "en" || p.Changes(t.Context(), portal, config) {
			t.Errorf("%s: the language is %v, the state %v", version, language, portal.State)
		}
	}
}

// TestObserved_limits plans values at the server's limits, and beyond them.
func TestObserved_limits(t *testing.T) {
	t.Parallel()

	_, p := onRelease(t, newest)
	long := strings.Repeat("x", 300)

	for _, test := range []struct {
		kind    string
		config  values
		refused string
	}{
		{"chatlake_webhook", values{"url": "https://example.com/" + long}, ""},
		{"chatlake_portal", values{"slug": "help", "name": "Help", "header_text": long}, ""},
		{"chatlake_contact_inbox", values{"contact_id": "1", "inbox_id": "101", "source_id": long}, ""},
		{"chatlake_article", values{"portal_slug": "help", "title": "x", "author_id": "1", "position": 2147483648}, "2147483647"},
		{"chatlake_category", values{"portal_slug": "help", "name": "x", "slug": "x", "position": 2147483648}, "2147483647"},
		{"chatlake_agent", values{"email": "juno@localhost"}, "dot in the domain"},
	} {
		said := p.Validate(test.kind, test.config).String()
		if test.refused == "" && said != "" || !strings.Contains(said, test.refused) {
			t.Errorf("%s %v: %s", test.kind, test.config, said)
		}
	}
}

// TestObserved_causes looks for the likely cause in errors for which the server gives none, or not on the right field.
func TestObserved_causes(t *testing.T) {
	t.Parallel()

	_, p := onRelease(t, newest)

	_, diags := p.Create(t.Context(), "chatlake_inbox", values{"name": "x", "channel": values{"type": "api"}, "portal_id": "98765"})

	said := diags.String()
	if !strings.Contains(said, "portal_id") {
		t.Errorf("a help center that is not there: %s", said)
	}

	_, diags = p.Data(t.Context(), "chatlake_conversations", values{"team_id": "98765"})

	said = diags.String()
	if !strings.Contains(said, "team_id") && !strings.Contains(said, "team 98765") {
		t.Errorf("a team that is not there: %s", said)
	}
}

// TestObserved_oldInboxes reads e-mail inboxes of releases that do not tell, or keep, all of them.
func TestObserved_oldInboxes(t *testing.T) {
	t.Parallel()

	for _, version := range []string{"4.6.0", "4.7.0", "4.13.0", newest} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()

			_, p := onRelease(t, version)
			config := values{"name": "Mail", "channel": values{"type": "email", "email": "help@example.com"}}
			inbox := chatlaketest.Create(t, p, "chatlake_inbox", config)

			imported, diags := p.Import(t.Context(), "chatlake_inbox", inbox.String("id"))
			if len(diags) > 0 {
				t.Fatal(diags)
			}

			imported, diags = p.Read(t.Context(), imported)
			if len(diags) > 0 || p.Changes(t.Context(), imported, config) || strings.Contains(imported.String("forward_to_email"), "@false") {
				t.Errorf("imported %v\n%s", imported.State, diags)
			}
		})
	}
}

// TestObserved_refusedBeforehand plans on a release what it ignores. Nothing is made.
func TestObserved_refusedBeforehand(t *testing.T) {
	t.Parallel()

	email := func(field string, value any) values {
		return values{"name": "Mail", "channel": values{
			"type": "email", "email": "help@example.com", "imap_enabled": true, "imap_address": "imap.example.com", "imap_port": 993, "imap_login": "me", field: value,
		}}
	}

	for _, test := range []struct {
		version, kind string
		config        values
		since         string
	}{
		{"4.13.0", "chatlake_inbox", email("imap_authentication", "login"), "4.14.0"},
		{"4.6.0", "chatlake_inbox", email("verified_for_sending", true), "4.7.0"},
		{"4.0.4", "chatlake_agent_bot", values{"name": "Triage", "bot_config": values{"a": 1}}, "4.1.0"},
	} {
		w, p := onRelease(t, test.version)
		o, diags := p.Create(t.Context(), test.kind, test.config)

		said := diags.String()
		if !o.Gone() || !strings.Contains(said, test.since) || !strings.Contains(said, test.version) || len(w.Journal.Writes()) > 0 {
			t.Errorf("%s on %s: %d writes\n%s", test.kind, test.version, len(w.Journal.Writes()), said)
		}
	}
}

// TestObserved_bots reads bots whose configuration is a list, beside one of the whole installation.
func TestObserved_bots(t *testing.T) {
	t.Parallel()

	w, p := onRelease(t, "4.1.0")
	bot := chatlaketest.Create(t, p, "chatlake_agent_bot", values{"name": "Triage"})
	chatlaketest.Request(t, w, "POST", "/agent_bots", `{"name":"Odd","bot_config":[]}`)

	read, diags := w.Protocol(t, nil).Read(t.Context(), bot)
	if read.Gone() || len(diags) > 0 {
		t.Errorf("read %v\n%s", read.State, diags)
	}
}

// TestObserved_installationBot imports a bot of the whole installation from releases that do and do not mark it.
func TestObserved_installationBot(t *testing.T) {
	t.Parallel()

	for version, row := range map[string]string{
		"4.0.4": `{"id":7,"name":"System","account_id":null}`, newest: `{"id":7,"name":"System","account_id":null,"system_bot":true}`,
	} {
		w, p := onRelease(t, version)
		w.Faults.Add(sandbox.Fault{Method: "GET", Path: "/api/v1/accounts/1/agent_bots*", Status: 200, Times: -1, Body: "[" + row + "]"})

		_, diags := p.Import(t.Context(), "chatlake_agent_bot", "7")
		if !strings.Contains(diags.String(), "belongs to the whole installation") {
			t.Errorf("%s: imported %s", version, diags)
		}

		_, diags = p.Data(t.Context(), "chatlake_agent_bot", values{"name": "System"})
		if len(diags) > 0 {
			t.Errorf("%s: %s", version, diags)
		}
	}
}

// TestObserved_queryAndStatus asks for conversations with a text and a status: the server ignores the status.
func TestObserved_queryAndStatus(t *testing.T) {
	t.Parallel()

	w, p := onRelease(t, newest)
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana", "inbox_id": "101"})

	for _, status := range []any{"open", "pending", nil} {
		conversation := chatlaketest.Create(t, p, "chatlake_conversation", values{"inbox_id": "101", "contact_id": contact.String("id"), "status": status})
		chatlaketest.Request(t, w, "POST", "/conversations/"+conversation.String("id")+"/messages", `{"content":"Where is my parcel?","message_type":"outgoing"}`)
	}

	found, diags := p.Data(t.Context(), "chatlake_conversations", values{"query": "parcel", "status": "pending"})

	var (
		attributes map[string]tftypes.Value
		rows       []tftypes.Value
	)
	if len(diags) > 0 || found.As(&attributes) != nil || attributes["conversations"].As(&rows) != nil || len(rows) != 1 {
		t.Errorf("found %v\n%s", rows, diags)
	}
}

// TestObserved_noteChanged creates a note of which the server returns another text: the difference is named.
func TestObserved_noteChanged(t *testing.T) {
	t.Parallel()

	w, p := onRelease(t, newest)
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana"})

	w.Faults.Add(sandbox.Fault{Name: "note", Method: "POST", Path: "/api/v1/accounts/1/contacts/*/notes", Status: 200, Body: `{"id":7,"content":"Cut"}`})

	note, diags := p.Create(t.Context(), "chatlake_contact_note", values{"contact_id": contact.String("id"), "content": "Cut off"})
	if note.String("content") != "Cut off" || len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "not as planned") {
		t.Errorf("created %v\n%s", note.State, diags)
	}
}

// TestObserved_secondCallFails creates objects of which a part takes a second call. The server does it and answers 500: the
// call is repeated, and nothing is tainted.
func TestObserved_secondCallFails(t *testing.T) {
	t.Parallel()

	w, p := onRelease(t, newest)
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana", "inbox_id": "101"})

	for _, test := range []struct {
		path, kind string
		config     values
	}{
		{"contacts/*/labels", "chatlake_contact", values{"name": "Bo", "labels": []any{chatlake.FirstLabelTitle}}},
		{"teams/*/team_members", "chatlake_team", values{"name": "night", "member_ids": []any{"12"}}},
		{"inbox_members", "chatlake_inbox", values{"name": "Orders", "channel": values{"type": "api"}, "member_ids": []any{"12"}}},
		{"conversations/*/labels", "chatlake_conversation", values{"inbox_id": "101", "contact_id": contact.String("id"), "labels": []any{chatlake.FirstLabelTitle}}},
	} {
		w.Faults.Clear()
		w.Faults.Add(sandbox.Fault{Name: test.path, Path: "/api/v1/accounts/1/" + test.path, Status: 500, After: true, Body: `{"error":"Internal Server Error"}`})

		o, diags := p.Create(t.Context(), test.kind, test.config)
		if o.Gone() || len(diags) > 0 || w.Faults.Hits()[test.path] != 1 {
			t.Errorf("%s: %v, created %v\n%s", test.path, w.Faults.Hits(), o.State, diags)
		}
	}
}
