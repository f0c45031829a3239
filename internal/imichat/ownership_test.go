package imichat_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// TestChat_importOwnsNothing applies a configuration to an imported chat that names none of what was found. Nothing is sent
// but what it names.
func TestChat_importOwnsNothing(t *testing.T) {
	d := open(t)
	full := on("email", values{
		"customer": values{"destination_id": "ana@example.com", "name": "Ana"}, "subject": "Order", "alias_id": "order-1",
		"other_details": values{"ours": "1", "theirs": "2"}, "tags": []any{"vip"}, "assignee": imichat.Agent, "route_params": values{imichat.RouteTier: "gold"},
	})
	made := d.create("imichat_chat", full)
	minimal := on("email", values{"customer": values{"destination_id": "ana@example.com"}})

	next := d.again()
	imported, diags := next.Import(t.Context(), "imichat_chat", made.String("id"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	next.quiet(imported, minimal)

	// A configuration that names one key manages that key alone.
	for _, value := range []string{"1", "3"} {
		config := on("email", values{"customer": values{"destination_id": "ana@example.com"}, "other_details": values{"ours": value}})

		var diags acctest.Diagnostics

		imported, diags = next.Apply(t.Context(), imported, config)
		if value == "3" {
			warns(t, diags, "keeps theirs in other_details") // Terraform shows that the key leaves the state.
		} else if len(diags) > 0 {
			t.Fatal(diags)
		}

		next.quiet(imported, config)
		imported = d.again().read(imported)
		next.quiet(imported, config)

		held := d.chat(imported)
		if held.OtherDetails["ours"] != value || held.OtherDetails["theirs"] != "2" || held.Alias != "order-1" || held.Subject != "Order" || len(held.Tags) != 1 {
			t.Errorf("the platform holds %+v", held)
		}
	}

	// What it set is removed when it is left out; the rest stays.
	imported = next.apply(imported, minimal)
	next.quiet(d.again().read(imported), minimal)

	held := d.chat(imported)
	if _, ok := held.OtherDetails["ours"]; ok || held.OtherDetails["theirs"] != "2" || held.Alias != "order-1" {
		t.Errorf("the platform holds %+v", held)
	}
}

// TestChat_oneAddress refuses a second resource for one chat, and keeps a chat that another address adopted in the same run.
func TestChat_oneAddress(t *testing.T) {
	d := open(t)
	config := newChat(values{"alias_id": "order-1", "adopt_existing": true})
	first := d.create("imichat_chat", config)

	_, diags := d.Create(t.Context(), "imichat_chat", config)
	wants(t, diags, "already managed in this configuration", "the chat with this key")

	if strings.Contains(diags.String(), "import {") {
		t.Error("the error advises to import a chat of this configuration")
	}

	// The key of a for_each changes: the new address adopts before the old one is destroyed.
	next := d.again()
	second := next.create("imichat_chat", config)
	_, diags = next.Apply(t.Context(), first, nil)
	warns(t, diags, "The chat is kept")

	if second.String("id") != first.String("id") || d.chat(second).Status != "queued" {
		t.Errorf("the platform holds %+v", d.chat(second))
	}
}

// TestChat_killed finds what a run made that could not store it, and doubles nothing. It costs some pages per run.
func TestChat_killed(t *testing.T) {
	d := open(t)
	lost := d.create("imichat_chat", newChat(values{"alias_id": "order-1"}))

	for range 12 {
		d.create("imichat_chat", newChat(nil))
	}

	next := d.again()
	_, diags := next.Create(t.Context(), "imichat_chat", newChat(values{"alias_id": "order-1"}))
	wants(t, diags, "The chat already exists", `id = "`+lost.String("id")+`"`, "adopt_existing = true")

	if len(d.IMIchat.Chats()) != 13 {
		t.Error("the chat was doubled")
	}

	d.Journal.Clear()

	for _, alias := range []string{"a", "b", "c", "d"} {
		next.create("imichat_chat", newChat(values{"alias_id": alias}))
	}

	n := d.Journal.Count("GET /v3.1/chats")
	if n > 3 {
		t.Errorf("%d pages", n)
	}

	// Another chat with the alias is made on purpose.
	d.again().create("imichat_chat", newChat(values{"alias_id": "order-1", "adopt_existing": false}))
}

// TestOtherTenant refuses to read, change or drop what belongs to another tenant, whatever the version of Terraform.
func TestOtherTenant(t *testing.T) {
	d := open(t)
	chat := d.create("imichat_chat", newChat(nil))
	user := d.create("imichat_user", newUser(nil))
	message := d.create("imichat_message", values{"chat_id": chat.String("id"), "type": "inbound", "text": "Hi"})
	other := &desk{World: d.World, Protocol: d.provider(values{"domain": "other.imi.chat"}), t: t}
	d.Journal.Clear()

	// An earlier version named the tenant by another key.
	older := chat
	older.Private = bytes.ReplaceAll(chat.Private, []byte(`"tenant":`), []byte(`"domain":`))

	if bytes.Equal(older.Private, chat.Private) {
		t.Fatalf("the private state does not name the tenant: %s", chat.Private)
	}

	for _, o := range []object{chat, older, user, message} {
		o.Identity = nil // As before Terraform 1.12.

		kept, diags := other.Read(t.Context(), o)
		wants(t, diags, "belongs to another tenant", imichat.Domain, "other.imi.chat")

		if kept.Gone() {
			t.Errorf("%s was dropped", o.Type)
		}
	}

	_, diags := other.Apply(t.Context(), chat, newChat(values{"tags": []any{"vip"}}))
	wants(t, diags, "belongs to another tenant")

	_, diags = other.Apply(t.Context(), chat, nil)
	wants(t, diags, "belongs to another tenant")

	n := d.requests()
	if n != 0 {
		t.Errorf("%d requests", n)
	}
}

// TestSpelling sends nothing again for another spelling of what was sent.
func TestSpelling(t *testing.T) {
	d := open(t)
	spelled := func(timestamp string) values {
		return newChat(values{"initial_messages": []any{values{"type": "inbound", "text": "Hi", "timestamp": timestamp}}})
	}

	chat := d.create("imichat_chat", spelled("2026-01-31T09:30:00Z"))
	message := values{"chat_id": chat.String("id"), "type": "inbound", "text": "Hi", "timestamp": "2026-01-31T09:30:00Z"}
	sent := d.create("imichat_message", message)
	d.Journal.Clear()

	for _, timestamp := range []string{"2026-01-31T10:30:00+01:00", "2026-01-31T09:30:00.000Z"} {
		d.quiet(chat, spelled(timestamp))

		message["timestamp"] = timestamp
		d.quiet(sent, message)
	}

	if !d.replaces(chat, spelled("2026-01-31T09:30:01Z")) {
		t.Error("another instant makes no new chat")
	}

	message["timestamp"] = "2026-01-31T09:30:01Z"
	if !d.replaces(sent, message) {
		t.Error("another instant sends no new message")
	}

	message["timestamp"] = "2026-01-31T09:30:00Z"
	for _, triggers := range []values{{}, nil} {
		message["triggers"] = triggers

		if d.replaces(sent, message) {
			t.Errorf("triggers %v send the message again", triggers)
		}

		sent = d.apply(sent, message)
		d.quiet(sent, message)
	}

	message["triggers"] = values{"run": "1"}
	if !d.replaces(sent, message) {
		t.Error("a trigger sends nothing")
	}

	n := d.requests()
	if n != 0 {
		t.Errorf("%d requests", n)
	}
}

// TestChat_transferred moves a chat to another team where the tenant has the call, and makes a new one elsewhere.
func TestChat_transferred(t *testing.T) {
	d := open(t)
	config := newChat(values{"team_id": imichat.TeamID})
	chat := d.create("imichat_chat", config)
	config["team_id"] = imichat.OtherTeamID

	if !d.replaces(chat, config) {
		t.Error("without the call, another team makes no new chat")
	}

	moving := &desk{World: d.World, Protocol: d.provider(values{"use_transfer_api": true}), t: t}
	_, diags := moving.Apply(t.Context(), chat, config)
	wants(t, diags, "Unable to update chat", "private beta", "imichat.use_transfer_api")

	d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.Transfer = true })
	d.Journal.Clear()

	chat = moving.apply(chat, config)

	held := d.chat(chat)
	if held.TeamID != 102 || chat.String("team_name") != imichat.OtherTeamName {
		t.Errorf("the platform holds %+v, the state %v", held, chat.State)
	}

	moving.quiet(moving.read(chat), config)
	d.quiet(chat, config)
}
