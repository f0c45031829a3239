package talk_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// TestListResources_filters lists what the filters let through, with names that people know.
func TestListResources_filters(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{
		"name": "Ana", "email": "ana@example.com", "labels": []any{"vip"}, "inbox_id": "101", "source_id": "s", "custom_attributes": values{"plan": "gold"},
	})
	id := contact.String("id")
	chatlaketest.Create(t, p, "chatlake_contact_note", values{"contact_id": id, "content": "Calls\nback"})
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", values{
		"inbox_id": "101", "contact_id": id, "source_id": "s", "priority": "high", "custom_attributes": values{"order": 1}, "labels": []any{"late"},
	})
	chatlaketest.Create(t, p, "chatlake_message", values{"conversation_id": conversation.String("id"), "content": "Hello", "private": true})

	for _, c := range []struct {
		kind   string
		config values
		name   string
	}{
		{"chatlake_contact", values{"query": "ana"}, "Ana"},
		{"chatlake_contact", values{"labels": []any{"vip"}}, "Ana"},
		{"chatlake_contact_inbox", values{"contact_id": id}, "Ana in Sandbox API"},
		{"chatlake_contact_inbox", values{"inbox_id": "101"}, "Ana in Sandbox API"},
		{"chatlake_contact_note", values{"contact_id": id}, "Calls back"},
		{"chatlake_conversation", values{"status": "open", "inbox_id": "101"}, "#" + conversation.String("id") + " Ana (open)"},
		{"chatlake_message", values{"conversation_id": conversation.String("id")}, "Hello"},
	} {
		found := p.List(c.kind, 10, c.config)
		if len(found) != 1 || !strings.HasSuffix(found[0].Name, c.name) {
			t.Errorf("%s: %d results %+v, want %s", c.kind, len(found), found, c.name)
		}
	}
}

// TestListResources_missing lists what is in something that does not exist, and names that.
func TestListResources_missing(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for kind, parent := range map[string]string{
		"chatlake_contact_inbox": "contact_id", "chatlake_contact_note": "contact_id", "chatlake_message": "conversation_id",
		"chatlake_conversation_participant": "conversation_id", "chatlake_inbox_member": "inbox_id", "chatlake_team_member": "team_id",
	} {
		found := p.List(kind, 0, values{parent: "99"})
		want := "Chatlake has no " + strings.TrimSuffix(parent, "_id") + " 99, or it is of another account"

		if len(found) != 1 || !strings.Contains(found[0].Diagnostics.String(), want) {
			t.Errorf("%s: want %q, not %v", kind, want, found)
		}
	}
}

// TestListResources_pages lists many contacts page by page, and no more pages than the limit needs.
func TestListResources_pages(t *testing.T) {
	w := acctest.New(t)
	for i := range 40 {
		chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"identifier": fmt.Sprint("customer-", i)})
	}

	p := w.Protocol(t, nil)
	w.Journal.Clear()

	found := len(p.List("chatlake_contact", 20, values{"include_labels": false}))
	if found != 20 || w.Journal.Count("") != 2 {
		t.Errorf("%d contacts without labels by %d requests, want 20 by two pages", found, w.Journal.Count(""))
	}

	w.Journal.Clear()

	found = len(p.List("chatlake_contact", 20, nil))
	if found != 20 {
		t.Errorf("%d contacts, want as many as were asked for", found)
	}

	n := w.Journal.Count("GET " + chatlaketest.AccountPath + "/contacts")
	if n != 2 {
		t.Errorf("%d pages for 20 contacts", n)
	}
}

// TestActions runs each action, with progress, and reports what is wrong.
func TestActions(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	conversation := conversationOf(t, p, "101")
	base := chatlaketest.Create(t, p, "chatlake_contact", values{"identifier": "base"}).String("id")
	mergee := chatlaketest.Create(t, p, "chatlake_contact", values{"email": "ana@example.com"}).String("id")
	macro := chatlaketest.Create(t, p, "chatlake_macro", values{"name": "Close", "actions": []any{values{"action_name": "resolve_conversation"}}}).String("id")

	for _, c := range []struct {
		kind   string
		config values
		sent   string
	}{
		{"chatlake_send_message", values{"conversation_id": conversation, "content": "Hello", "private": true}, `"content":"Hello"`},
		{"chatlake_set_conversation_status", values{"conversation_id": conversation, "status": "snoozed", "snoozed_until": "2040-01-31T09:00:00Z"}, `"snoozed_until":2211613200`},
		{"chatlake_assign_conversation", values{"conversation_id": conversation, "assignee_id": "12", "team_id": "201"}, `"assignee_id":12`},
		{"chatlake_run_macro", values{"macro_id": macro, "conversation_ids": []any{conversation}}, `"conversation_ids":[` + conversation + `]`},
		{"chatlake_merge_contacts", values{"base_contact_id": base, "mergee_contact_id": mergee}, `"mergee_contact_id":` + mergee},
	} {
		w.Journal.Clear()

		progress, diags := p.Invoke(c.kind, c.config)

		writes := w.Journal.Writes()
		if len(diags) > 0 || progress == "" || len(writes) == 0 || !strings.Contains(string(writes[len(writes)-1].Body), c.sent) {
			t.Errorf("%s: %q, %v, %s", c.kind, progress, writes, diags)
		}
	}

	for want, c := range map[string]struct {
		kind   string
		config values
	}{
		"Empty message":                   {"chatlake_send_message", values{"conversation_id": conversation}},
		"has no conversation":             {"chatlake_send_message", values{"conversation_id": "99", "content": "x"}},
		"Chatlake has no conversation 98": {"chatlake_set_conversation_status", values{"conversation_id": "98", "status": "open"}},
		"Chatlake has no conversation 97": {"chatlake_assign_conversation", values{"conversation_id": "97", "team_id": "201"}},
		"Only a snoozed":                  {"chatlake_set_conversation_status", values{"conversation_id": conversation, "status": "open", "snoozed_until": "2040-01-31T09:00:00Z"}},
		"Nothing to assign to":            {"chatlake_assign_conversation", values{"conversation_id": conversation}},
		"no agent 999":                    {"chatlake_assign_conversation", values{"conversation_id": conversation, "assignee_id": "999"}},
		"Nothing to merge":                {"chatlake_merge_contacts", values{"base_contact_id": base, "mergee_contact_id": base}},
		"or no contact " + mergee:         {"chatlake_merge_contacts", values{"base_contact_id": base, "mergee_contact_id": mergee}},
		"must have at least 1 element":    {"chatlake_run_macro", values{"macro_id": macro, "conversation_ids": []any{}}},
		"Chatlake has no macro 99":        {"chatlake_run_macro", values{"macro_id": "99", "conversation_ids": []any{conversation}}},
	} {
		w.Complaints = true

		_, diags := p.Invoke(c.kind, c.config)
		if !strings.Contains(diags.String(), want) {
			t.Errorf("want %q, not %s", want, diags)
		}
	}
}

// TestActions_importContacts imports a file: a known contact is changed, a new one is made, and a file that cannot be read
// sends nothing.
func TestActions_importContacts(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	known := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana", "email": "ana@example.com"})

	file := filepath.Join(t.TempDir(), "customers.csv")
	if err := os.WriteFile(file, []byte("name,email,phone_number,tier\nAna Souza,ana@example.com,,gold\nBo,,4479460001,\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	progress, diags := p.Invoke("chatlake_import_contacts", values{"file": file})
	if len(diags) > 0 || !strings.Contains(progress, "in the background") {
		t.Fatalf("%q %s", progress, diags)
	}

	read, diags := w.Protocol(t, nil).Import(t.Context(), "chatlake_contact", known.String("id"))
	if len(diags) > 0 || read.String("name") != "Ana Souza" || !strings.Contains(read.State.String(), "gold") {
		t.Errorf("the known contact is %v\n%s", read.State, diags)
	}

	made, diags := w.Protocol(t, nil).Import(t.Context(), "chatlake_contact", "phone_number:+4479460001")
	if len(diags) > 0 || made.String("name") != "Bo" {
		t.Errorf("the new contact is %v\n%s", made.State, diags)
	}

	w.Journal.Clear()

	_, diags = p.Invoke("chatlake_import_contacts", values{"file": file + ".gone"})
	if !strings.Contains(diags.String(), "Unable to read the contacts") || len(w.Journal.Writes()) > 0 {
		t.Errorf("a missing file: %s", diags)
	}
}
