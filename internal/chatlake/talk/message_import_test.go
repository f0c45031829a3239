package talk_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// TestMessage_imported takes up messages of which the platform does not tell all that was sent: they are not sent again
// for that, and later changes count.
func TestMessage_imported(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	conversation := conversationOf(t, p, "101")

	file := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(file, []byte("first"), 0o600); err != nil {
		t.Fatal(err)
	}

	first := chatlaketest.Create(t, p, "chatlake_message", acctest.Values{"conversation_id": conversation, "content": "First"}).String("id")
	for name, arguments := range map[string]acctest.Values{
		"liquid":   {"content": "Hi {{contact.name}}"},
		"template": {"content": "x", "template_params": acctest.Values{"name": "order"}},
		"file":     {"content": "x", "attachments": []any{file}},
		"reply":    {"content": "x", "content_attributes": acctest.Values{"in_reply_to": first}},
	} {
		config := acctest.Values{"conversation_id": conversation}
		maps.Copy(config, arguments)
		id := chatlaketest.Create(t, p, "chatlake_message", config).String("id")

		imported, diags := p.Import(t.Context(), "chatlake_message", conversation+"/"+id)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		taken, diags := p.Apply(t.Context(), imported, config) // Fails if it would be sent again.
		if len(diags) > 0 {
			t.Fatal(name, diags)
		}

		taken = chatlaketest.ExpectStable(t, p, taken, config)

		for attribute, value := range map[string]any{
			"content": "Bye {{contact.name}}", "content_attributes": acctest.Values{"in_reply_to": "1"}, "triggers": acctest.Values{"run": "2"},
		} {
			if attribute == "triggers" && (name == "liquid" || name == "reply") {
				continue // The import is still as it was: its first triggers are only noted.
			}

			other := maps.Clone(config)
			other[attribute] = value

			plan, _ := p.Plan(t.Context(), taken, other)
			if len(plan.RequiresReplace) == 0 {
				t.Errorf("%s: another %s is not sent", name, attribute)
			}
		}
	}

	imported, _ := p.Import(t.Context(), "chatlake_message", conversation+"/"+first)
	for attribute, value := range map[string]any{"content": "Other", "content_attributes": acctest.Values{"order": 1}} {
		config := acctest.Values{"conversation_id": conversation, "content": "First", attribute: value}

		plan, _ := p.Plan(t.Context(), imported, config)
		if len(plan.RequiresReplace) == 0 {
			t.Errorf("%s contradicts the message that was imported, and is not sent", attribute)
		}
	}

	stranger := acctest.Values{"conversation_id": conversation, "content": "x", "content_attributes": acctest.Values{"in_reply_to": 1}}

	reply, diags := p.Create(t.Context(), "chatlake_message", stranger)
	if reply.Gone() || !strings.Contains(diags.String(), "not a reply") {
		t.Errorf("%v %s", reply.State, diags)
	}

	chatlaketest.Act(t, w, "message_delete", chatlaketest.Object{"message_id": chatlaketest.Number(t, first)})

	tombstone, diags := p.Import(t.Context(), "chatlake_message", conversation+"/"+first)
	if !tombstone.Gone() {
		t.Errorf("a message that was deleted was imported: %v %s", tombstone.State, diags)
	}
}

// TestConversation_imported takes up a conversation with attributes that the configuration knows nothing of.
func TestConversation_imported(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"inbox_id": "101", "source_id": "s"}).String("id")
	chatlaketest.Ask(t, w, "POST", "/conversations", chatlaketest.Object{
		"inbox_id": 101, "contact_id": chatlaketest.Number(t, contact), "source_id": "s", "additional_attributes": chatlaketest.Object{"order": "A-1", "browser": "x"},
	})

	imported, diags := p.Import(t.Context(), "chatlake_conversation", "1")
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	config := acctest.Values{"inbox_id": "101", "contact_id": contact, "additional_attributes": acctest.Values{"order": "A-1"}}

	taken, diags := p.Apply(t.Context(), imported, config) // Fails if another one would be opened.
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	chatlaketest.ExpectStable(t, p, taken, config)
	config["additional_attributes"] = acctest.Values{"order": "A-2"}

	plan, _ := p.Plan(t.Context(), imported, config)
	if len(plan.RequiresReplace) == 0 {
		t.Error("another order is no other conversation")
	}
}
