package talk_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// TestOpenAPI sends every request about the objects of this area, and compares it and its answer with a description.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	checker := chatlaketest.CheckAPI(t, w, "talk")
	p := w.Protocol(t, nil)
	change := func(o acctest.Object, config acctest.Values) acctest.Object {
		t.Helper()

		changed, diags := p.Apply(t.Context(), o, config)
		if len(diags.Errors()) > 0 {
			t.Fatalf("%s %v: %s", o.Type, config, diags)
		}

		return changed
	}
	data := func(kind string, config acctest.Values) {
		t.Helper()

		_, diags := p.Data(t.Context(), kind, config)
		if len(diags) > 0 {
			t.Errorf("%s %v: %s", kind, config, diags)
		}
	}

	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{
		"name": "Ana", "email": "ana@example.com", "phone_number": "+14155550123", "identifier": "i", "blocked": false, "avatar_url": "https://x.example/a.png",
		"inbox_id": "101", "labels": []any{"vip"}, "custom_attributes": acctest.Values{"a": 1, "b": true}, "additional_attributes": acctest.Values{"city": "Lisboa"},
	})
	id := contact.String("id")
	contact = change(contact, acctest.Values{"identifier": "i", "email": "ana@example.com", "phone_number": "+14155550123", "inbox_id": "101", "labels": []any{}, "custom_attributes": acctest.Values{"a": 2}})
	session := chatlaketest.Create(t, p, "chatlake_contact_inbox", acctest.Values{"contact_id": id, "inbox_id": "102"})
	_, _ = p.Create(t.Context(), "chatlake_contact", acctest.Values{"name": "x", "inbox_id": "102", "source_id": session.String("source_id")}) // Taken.
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", acctest.Values{
		"inbox_id": "101", "contact_id": id, "status": "snoozed", "snoozed_until": "2040-01-31T09:00:00Z", "assignee_id": "12", "team_id": "201",
		"priority": "high", "labels": []any{"vip"}, "custom_attributes": acctest.Values{"a": 1}, "additional_attributes": acctest.Values{"b": 2},
	})
	common := acctest.Values{"inbox_id": "101", "contact_id": id, "additional_attributes": acctest.Values{"b": 2}, "on_destroy": "delete"}
	common["status"], common["assignee_id"], common["custom_attributes"] = "open", "11", acctest.Values{"c": 3}
	conversation = change(conversation, common)
	number := conversation.String("id")

	file := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}

	item := acctest.Values{"title": "a", "value": "b"}

	message := chatlaketest.Create(t, p, "chatlake_message", acctest.Values{"conversation_id": number, "content": "Hi", "private": true})
	for _, config := range []acctest.Values{
		{"message_type": "incoming", "content": "Hello", "source_id": "s"},
		{"content_type": "input_select", "content": "?", "content_attributes": acctest.Values{"items": []any{item}}},
		{"content": "t", "template_params": acctest.Values{"name": "n", "language": "en", "category": "UTILITY", "processed_params": acctest.Values{}}},
		{"content": "f", "attachments": []any{file}, "content_attributes": acctest.Values{"n": 1}},
	} {
		config["conversation_id"] = number
		o := chatlaketest.Create(t, p, "chatlake_message", config)
		chatlaketest.ExpectStable(t, p, o, config)
	}

	for _, o := range []acctest.Object{contact, session, conversation, message} {
		_, diags := p.Read(t.Context(), o)
		if len(diags) > 0 {
			t.Error(diags)
		}
	}

	for _, key := range []string{"identifier:i", "email:ANA@example.com", "phone_number:+14155550123"} {
		_, diags := p.Import(t.Context(), "chatlake_contact", key)
		if len(diags) > 0 {
			t.Error(diags)
		}
	}

	about := acctest.Values{"contact_id": id, "content": "First"}
	note := chatlaketest.ApplyAndImport(t, w, p, "chatlake_contact_note", id+"/", about, chatlaketest.With(about, acctest.Values{"content": "Second"}))

	data("chatlake_contact_notes", acctest.Values{"contact_id": id})
	data("chatlake_contacts", acctest.Values{"labels": []any{"vip"}, "sort": "-name"})
	data("chatlake_contacts", acctest.Values{"query": "ana"})
	data("chatlake_conversations", acctest.Values{"status": "open", "inbox_id": "101", "labels": []any{"vip"}})
	data("chatlake_messages", acctest.Values{"conversation_id": number})

	for _, o := range []acctest.Object{note, message, conversation, session, contact} {
		change(o, nil)
	}

	checker.ExpectComplete()
}
