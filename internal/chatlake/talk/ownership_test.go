package talk_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestContact_oneAddress refuses a second resource for a contact that the run has, whatever the case of its address.
func TestContact_oneAddress(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	first := chatlaketest.Create(t, p, "chatlake_contact", values{"email": "ana@example.com", "adopt_existing": true})

	second, diags := p.Create(t.Context(), "chatlake_contact", values{"email": "ANA@example.com", "adopt_existing": true})
	if !second.Gone() || !strings.Contains(diags.String(), "already managed in this configuration") {
		t.Errorf("%v %s", second.State, diags)
	}

	// By another key, the platform names the contact that this run has.
	chatlaketest.Ask(t, w, "PUT", "/contacts/"+first.String("id"), chatlaketest.Object{"identifier": "i"})

	second, diags = p.Create(t.Context(), "chatlake_contact", values{"identifier": "i", "adopt_existing": true})
	if !second.Gone() || !strings.Contains(diags.String(), "already managed in this configuration") {
		t.Errorf("%v %s", second.State, diags)
	}
}

// TestContact_renamedKey adopts a contact at a new address before the old address is destroyed, which keeps it.
func TestContact_renamedKey(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	config := values{"email": "ana@example.com", "adopt_existing": true}
	before := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_contact", config)

	p := w.Protocol(t, nil)
	after := chatlaketest.Create(t, p, "chatlake_contact", config)

	_, diags := p.Apply(t.Context(), before, nil)
	if after.String("id") != before.String("id") || len(w.Chatlake.Contacts()) != 1 || !strings.Contains(diags.String(), "is kept") {
		t.Errorf("%d contacts, %s", len(w.Chatlake.Contacts()), diags)
	}
}

// TestContact_severalHolders names the contact that has each key, on creation and on update.
func TestContact_severalHolders(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	setup := w.Protocol(t, nil)
	one := chatlaketest.Create(t, setup, "chatlake_contact", values{"email": "ana@example.com"}).String("id")
	two := chatlaketest.Create(t, setup, "chatlake_contact", values{"phone_number": "+14155550123"}).String("id")
	both := values{"email": "Ana@example.com", "phone_number": "+14155550123", "adopt_existing": true}

	p := w.Protocol(t, nil)

	created, diags := p.Create(t.Context(), "chatlake_contact", both)
	for _, want := range []string{"contact " + one + " has the email", "contact " + two + " has the phone_number"} {
		if !created.Gone() || !strings.Contains(diags.String(), want) {
			t.Errorf("%q is not in\n%s", want, diags)
		}
	}

	third := chatlaketest.Create(t, p, "chatlake_contact", values{"identifier": "i"})
	both["identifier"] = "i"

	_, diags = p.Apply(t.Context(), third, both)
	for _, want := range []string{"Contact " + one + " has this email", "Contact " + two + " has this phone_number"} {
		if !strings.Contains(diags.String(), want) {
			t.Errorf("%q is not in\n%s", want, diags)
		}
	}
}

// TestContact_repeatedCreate creates a contact again whose first create had no effect, as far as a look-up can tell.
func TestContact_repeatedCreate(t *testing.T) {
	t.Parallel()

	for name, config := range map[string]values{"keyed": {"identifier": "i"}, "no key": {"name": "Ana"}} {
		w := acctest.New(t)
		w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/contacts", Status: 502, Body: "bad gateway"})

		created, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_contact", config)
		if (created.String("id") == "") != (name == "no key") || len(diags.Errors()) > 0 != (name == "no key") {
			t.Errorf("%s: %v %s", name, created.State, diags)
		}
	}
}

// TestContact_deletedInbox gives a contact a session in another inbox instead of replacing it with its conversations.
func TestContact_deletedInbox(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	inbox := func() string {
		return chatlaketest.Create(t, p, "chatlake_inbox", values{"name": "One", "channel": values{"type": "api"}}).String("id")
	}
	first := inbox()
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana", "inbox_id": first})
	chatlaketest.Create(t, p, "chatlake_conversation", values{"inbox_id": "101", "contact_id": contact.String("id")})
	chatlaketest.Request(t, w, "DELETE", "/inboxes/"+first, "")

	next := w.Protocol(t, nil)

	read, diags := next.Read(t.Context(), contact)
	if len(diags) > 0 || read.String("inbox_id") != "" || !next.Changes(t.Context(), read, values{"name": "Ana", "inbox_id": first}) {
		t.Errorf("the session is not missed: %v %s", read.State, diags)
	}

	second := inbox()

	moved, diags := next.Apply(t.Context(), read, values{"name": "Ana", "inbox_id": second}) // Fails if it would be replaced.
	if len(diags) > 0 || moved.String("id") != contact.String("id") || moved.String("source_id") == "" {
		t.Errorf("%v %s", moved.State, diags)
	}

	chatlaketest.ExpectStable(t, next, moved, values{"name": "Ana", "inbox_id": second})

	unknown, diags := next.Plan(t.Context(), moved, values{"name": "Ana", "inbox_id": acctest.Unknown{}})
	if len(diags) > 0 || len(unknown.RequiresReplace) > 0 {
		t.Errorf("an inbox that is being replaced replaces the contact: %v %s", unknown.RequiresReplace, diags)
	}
}

// TestContact_merged follows a contact into the one that has its keys after a merge.
func TestContact_merged(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	base := chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"name": "Base"})
	id := chatlaketest.ContactID(base)
	config := values{"email": "ana@example.com", "inbox_id": "101"}
	contact := chatlaketest.Create(t, p, "chatlake_contact", config)
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", values{"inbox_id": "101", "contact_id": contact.String("id")})
	chatlaketest.Act(t, w, "contact_merge", chatlaketest.Object{
		"base_contact_id": chatlaketest.Number(t, id), "mergee_contact_id": chatlaketest.Number(t, contact.String("id")),
	})

	next := w.Protocol(t, nil)

	followed, diags := next.Read(t.Context(), contact)
	if len(diags.Errors()) > 0 || followed.String("id") != id || !strings.Contains(diags.String(), "was merged") || next.Changes(t.Context(), followed, config) {
		t.Fatalf("%v %s", followed.State, diags)
	}

	moved, diags := next.Read(t.Context(), conversation)
	if len(diags) > 0 || moved.String("contact_id") != id {
		t.Fatalf("%v %s", moved.State, diags)
	}

	for _, contact := range []string{id, contact.String("id")} {
		plan, diags := next.Plan(t.Context(), moved, values{"inbox_id": "101", "contact_id": contact})
		if len(diags) > 0 || len(plan.RequiresReplace) > 0 {
			t.Errorf("contact %s replaces the conversation: %v %s", contact, plan.RequiresReplace, diags)
		}
	}

	_, diags = next.Plan(t.Context(), moved, values{"inbox_id": "101", "contact_id": acctest.Unknown{}})
	if !strings.Contains(diags.String(), "merged into contact "+id) {
		t.Errorf("the conversation would be closed: %s", diags)
	}
}

// TestContact_mergedTwice stops if two contacts of a configuration became one.
func TestContact_mergedTwice(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	base := chatlaketest.Create(t, p, "chatlake_contact", values{"identifier": "base"})
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"email": "ana@example.com"})
	chatlaketest.Act(t, w, "contact_merge", chatlaketest.Object{
		"base_contact_id": chatlaketest.Number(t, base.String("id")), "mergee_contact_id": chatlaketest.Number(t, contact.String("id")),
	})

	for _, order := range [][]acctest.Object{{base, contact}, {contact, base}} {
		next := w.Protocol(t, nil)
		_, before := next.Read(t.Context(), order[0])

		_, diags := next.Read(t.Context(), order[1])
		if len(before.Errors()) > 0 || !strings.Contains(diags.String(), "Two contacts of this configuration were merged") {
			t.Errorf("%s%s", before, diags)
		}
	}
}

// TestContact_companyName keeps the configured company name: since 4.15.0 an enterprise server replaces it when a contact
// gets its first address at a business domain.
func TestContact_companyName(t *testing.T) {
	t.Parallel()

	for _, version := range []string{"4.13.0", "4.15.1"} {
		w := acctest.New(t)
		w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version, s.Enterprise = version, true })
		p := w.Protocol(t, nil)
		chatlaketest.Create(t, p, "chatlake_contact", values{"email": "a@firm.example"})

		for name, stages := range map[string][]values{
			"created": {{"email": "x@firm.example", "additional_attributes": values{"company_name": "My Own"}}},
			"updated": {
				{"identifier": "i", "additional_attributes": values{"company_name": "My Own"}},
				{"identifier": "i", "email": "y@firm.example", "additional_attributes": values{"company_name": "My Own"}},
			},
		} {
			contact := acctest.Object{Type: "chatlake_contact"}

			for _, config := range stages {
				var diags acctest.Diagnostics

				contact, diags = p.Apply(t.Context(), contact, config)
				if len(diags) > 0 {
					t.Fatalf("%s: %s: %s", version, name, diags)
				}

				chatlaketest.ExpectStable(t, p, contact, config)
			}
		}
	}
}

// TestContact_blocked is refused when planning on a server that does not return it, and sent to the others.
func TestContact_blocked(t *testing.T) {
	t.Parallel()

	for version, isRefused := range map[string]bool{"4.0.1": true, "4.0.4": false} {
		w := acctest.New(t)
		w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })
		p := w.Protocol(t, nil)

		_, diags := p.Plan(t.Context(), acctest.Object{Type: "chatlake_contact"}, values{"blocked": true})
		if len(diags.Errors()) > 0 != isRefused {
			t.Errorf("%s: %s", version, diags)
		}
	}
}

// TestMessage_sentBefore finds a message by its source id that a run has sent before it was killed.
func TestMessage_sentBefore(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	conversation := conversationOf(t, w.Protocol(t, nil), "101")
	config := func(source, content string) values {
		return values{"conversation_id": conversation, "content": content, "source_id": source}
	}
	first := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_message", config("one", "Hello"))

	w.Journal.Clear()

	next := w.Protocol(t, nil)

	again, diags := next.Create(t.Context(), "chatlake_message", config("one", "Hello"))
	if len(diags.Errors()) > 0 || again.String("id") != first.String("id") || !strings.Contains(diags.String(), "sent before") {
		t.Errorf("%v %s", again.State, diags)
	}

	for i := range 5 { // One look at the conversation is enough.
		chatlaketest.Create(t, next, "chatlake_message", config(fmt.Sprint("more-", i), "Hello"))
	}

	other := chatlaketest.Create(t, next, "chatlake_message", config("two", "Hello"))
	if other.String("id") == first.String("id") || w.Journal.Count("GET "+chatlaketest.AccountPath+"/conversations/{id}/messages") > 1 {
		t.Errorf("%d looks", w.Journal.Count(""))
	}

	_, diags = next.Create(t.Context(), "chatlake_message", config("two", "Hello"))
	if !strings.Contains(diags.String(), "already managed in this configuration") {
		t.Error(diags)
	}

	changed := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_message", config("one", "Other"))
	if changed.String("id") == first.String("id") {
		t.Error("another content was taken for the message")
	}
}

// TestMessage_notSentAgain goes through what changes nothing about a message that was sent.
func TestMessage_notSentAgain(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	paths := make([]any, 2)
	for i := range paths {
		paths[i] = filepath.Join(t.TempDir(), "a.txt")
		if err := os.WriteFile(fmt.Sprint(paths[i]), []byte("same"), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	config := values{"conversation_id": conversationOf(t, p, "101"), "content": "Hello", "attachments": []any{paths[0]}}
	message := chatlaketest.Create(t, p, "chatlake_message", config)

	w.Journal.Clear()

	for name, value := range map[string]any{
		"triggers": values{}, "content_attributes": values{}, "attachments": []any{paths[1]}, "on_destroy": "abandon",
	} {
		other := chatlaketest.With(config, values{name: value})

		changed, diags := p.Apply(t.Context(), message, other) // Fails if it would be replaced.
		if len(diags) > 0 || p.Changes(t.Context(), changed, other) {
			t.Errorf("%s: %s", name, diags)
		}
	}

	chatlaketest.ExpectNoWrites(t, w)
}

// TestMessage_changedFile sends a message again whose file holds something else, although nothing in the configuration has
// changed.
func TestMessage_changedFile(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, nil)

	file := filepath.Join(t.TempDir(), "a.txt")
	config := values{
		"conversation_id": conversationOf(t, p, "101"), "content": "Hello", "message_type": "outgoing", "private": false, "content_type": "text",
		"attachments": []any{file},
	}

	var message acctest.Object

	for i, content := range []string{"one", "other"} {
		err := os.WriteFile(file, []byte(content), 0o600)
		if err != nil {
			t.Fatal(err)
		}

		if i == 0 {
			message = chatlaketest.Create(t, p, "chatlake_message", config)
		}

		plan, diags := p.Plan(t.Context(), message, config)
		if len(diags) > 0 || (len(plan.RequiresReplace) > 0) != (i == 1) {
			t.Errorf("%s: the plan replaces the message because of %v, %v", content, plan.RequiresReplace, diags)
		}
	}
}

// TestConversation_pastSnooze does not snooze a conversation again that the platform has reopened.
func TestConversation_pastSnooze(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana", "inbox_id": "101"}).String("id")
	config := values{"inbox_id": "101", "contact_id": contact, "status": "snoozed", "snoozed_until": time.Now().Add(time.Second).UTC().Format(time.RFC3339)}
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", config)

	time.Sleep(1100 * time.Millisecond)
	chatlaketest.Ask(t, w, "POST", "/conversations/"+conversation.String("id")+"/toggle_status", chatlaketest.Object{"status": "open"})

	read, diags := w.Protocol(t, nil).Read(t.Context(), conversation)
	if len(diags) > 0 || read.String("status") != "open" || p.Changes(t.Context(), read, config) {
		t.Errorf("%v %s", read.State, diags)
	}
}

// TestConversation_shownLate creates and changes a conversation on a server whose replica knows nothing of it at first.
func TestConversation_shownLate(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana", "inbox_id": "101"}).String("id")
	conversation := acctest.Object{Type: "chatlake_conversation"}

	for _, priority := range []string{"high", "low"} {
		w.Faults.Add(sandbox.Fault{Method: "GET", Path: "/api/v1/accounts/1/conversations/*", Status: 404, Body: `{"error":"Resource could not be found"}`})

		var diags acctest.Diagnostics

		conversation, diags = p.Apply(t.Context(), conversation, values{"inbox_id": "101", "contact_id": contact, "priority": priority})
		if len(diags) > 0 || conversation.String("priority") != priority {
			t.Errorf("%s: %v %s", priority, conversation.State, diags)
		}
	}
}

// TestConversation_requests counts what updates send: nothing is read before a write, but custom attributes, which the
// platform replaces as a whole; and nothing after one whose answer tells what was taken.
func TestConversation_requests(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana", "inbox_id": "101"}).String("id")
	config := values{"inbox_id": "101", "contact_id": contact}
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", config)

	for _, step := range []struct {
		change values
		want   int
	}{
		{values{"priority": "high"}, 2},
		{values{"labels": []any{"vip"}}, 1},
		{values{"assignee_id": "12"}, 1},
		{values{"priority": "low", "labels": []any{"other"}}, 3},
		{values{"custom_attributes": values{"plan": "gold"}}, 3},
		{values{"on_destroy": "abandon"}, 0},
	} {
		config = chatlaketest.With(config, step.change)

		w.Journal.Clear()

		var diags acctest.Diagnostics

		conversation, diags = p.Apply(t.Context(), conversation, config)

		n := w.Journal.Count("")
		if len(diags) > 0 || n != step.want {
			t.Errorf("%v: %d requests, want %d %s", step.change, n, step.want, diags)
		}
	}
}

// TestContactNotes_requests reads many notes of a contact with few requests.
func TestContactNotes_requests(t *testing.T) {
	t.Parallel()
	w := acctest.NewWith(t, sandbox.Options{Latency: 20 * time.Millisecond})
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"identifier": "i"}).String("id")

	var notes []acctest.Object
	for i := range 20 {
		notes = append(notes, chatlaketest.Create(t, p, "chatlake_contact_note", values{"contact_id": contact, "content": fmt.Sprint(i)}))
	}

	w.Journal.Clear()

	var wait sync.WaitGroup
	for _, note := range notes {
		wait.Go(func() {
			read, diags := p.Read(t.Context(), note)
			if len(diags) > 0 || !read.State.Equal(note.State) {
				t.Errorf("%v %s", read.State, diags)
			}
		})
	}

	wait.Wait()

	n := w.Journal.Count("")
	if n > 5 {
		t.Errorf("%d requests for 20 notes of one contact", n)
	}
}
