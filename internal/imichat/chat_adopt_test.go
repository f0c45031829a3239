package imichat_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

func TestChat_adopt(t *testing.T) {
	adopting := newChat(values{"alias_id": "order-1", "adopt_existing": true, "tags": []any{"vip"}})

	t.Run("open chat", func(t *testing.T) {
		d := open(t)

		there := d.create("imichat_chat", newChat(values{"alias_id": "order-1"}))
		for range 25 {
			d.create("imichat_chat", newChat(nil))
		}

		chat := d.again().create("imichat_chat", adopting)
		if chat.String("id") != there.String("id") || len(d.chat(chat).Tags) != 1 {
			t.Errorf("chat %s was made beside %s", chat.String("id"), there.String("id"))
		}

		d.quiet(chat, adopting)
	})
	t.Run("closed chat", func(t *testing.T) {
		d := open(t)
		there := d.create("imichat_chat", newChat(values{"alias_id": "order-1"}))
		d.apply(there, nil)

		chat := d.create("imichat_chat", adopting)
		if chat.String("id") == there.String("id") {
			t.Error("a closed chat was adopted")
		}
	})
	t.Run("another customer's", func(t *testing.T) {
		d := open(t)
		d.create("imichat_chat", newChat(values{"alias_id": "order-1", "customer": values{"destination_id": "other"}}))
		_, diags := d.again().Create(t.Context(), "imichat_chat", adopting)
		wants(t, diags, "belongs to another chat", "it has another customer.destination_id")
	})
	t.Run("with messages", func(t *testing.T) {
		d := open(t)
		there := d.create("imichat_chat", newChat(values{"alias_id": "order-1"}))
		config := newChat(values{"alias_id": "order-1", "adopt_existing": true, "initial_messages": []any{values{"type": "inbound", "text": "Hi"}}})
		chat, diags := d.again().Create(t.Context(), "imichat_chat", config)
		warns(t, diags, "Messages are not sent")

		if len(d.chat(there).Messages) != 0 {
			t.Error("messages were sent")
		}

		d.quiet(chat, config)
	})
	t.Run("one scan for all", func(t *testing.T) {
		d := open(t)
		for range 30 {
			d.create("imichat_chat", newChat(nil))
		}

		d.Journal.Clear()
		d.create("imichat_chat", newChat(values{"alias_id": "a", "adopt_existing": true}))

		pages := d.Journal.Count("GET /v3.1/chats")
		for _, alias := range []string{"b", "c", "d"} {
			d.create("imichat_chat", newChat(values{"alias_id": alias, "adopt_existing": true}))
		}

		n := d.Journal.Count("GET /v3.1/chats")
		if n != pages {
			t.Errorf("%d more pages", n-pages)
		}
		// What this run made is known, too.
		_, diags := d.Create(t.Context(), "imichat_chat", newChat(values{"alias_id": "d", "adopt_existing": true}))
		wants(t, diags, "The chat is already managed in this configuration")
	})
}

// TestChat_refusedAlias is for a platform that lets an alias be used once.
func TestChat_refusedAlias(t *testing.T) {
	config := newChat(values{"alias_id": "order-1"})
	unique := func(d *desk) { d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.UniqueAlias = true }) }

	t.Run("taken", func(t *testing.T) {
		d := open(t)
		unique(d)
		there := d.create("imichat_chat", config)
		_, diags := d.again().Create(t.Context(), "imichat_chat", config)
		wants(t, diags, "The chat already exists", `id = "`+there.String("id")+`"`, "to = imichat_chat.example")
	})
	t.Run("adopted", func(t *testing.T) {
		d := open(t)
		unique(d)
		there := d.create("imichat_chat", config)

		chat := d.again().create("imichat_chat", newChat(values{"alias_id": "order-1", "adopt_existing": true}))
		if chat.String("id") != there.String("id") {
			t.Error("not the same chat")
		}
	})
	t.Run("left behind by destroy", func(t *testing.T) {
		d := open(t)
		unique(d)
		there := d.create("imichat_chat", config)
		d.apply(there, nil)
		chat := d.create("imichat_chat", config)

		held := d.chat(chat)
		if chat.String("id") != there.String("id") || held.Status != "queued" {
			t.Errorf("chat %s was %s, not %s", chat.String("id"), held.Status, there.String("id"))
		}

		d.quiet(chat, config)
	})
	t.Run("left behind and not opened again", func(t *testing.T) {
		d := open(t)
		unique(d)
		d.apply(d.create("imichat_chat", config), nil)
		d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.RejectClosed = true })
		_, diags := d.Create(t.Context(), "imichat_chat", config)
		wants(t, diags, "open the closed chat", "9410")
	})
	t.Run("left behind and opened in words only", func(t *testing.T) {
		d := open(t)
		unique(d)
		there := d.create("imichat_chat", config).String("id")
		d.act("close", values{"chat_id": there})
		d.Faults.Add(sandbox.Fault{
			Platform: "imichat", Method: "PATCH", Status: 200, Header: map[string]string{"Content-Type": "application/json"},
			Body: `{"status_code":4392,"response":{"chat_id":"` + there + `","status":"closed","customer":{}}}`,
		})
		_, diags := d.again().Create(t.Context(), "imichat_chat", config)
		wants(t, diags, "The alias belongs to a closed chat", there, "Use another alias_id")
	})
}

func TestChat_destroyAndApplyAgain(t *testing.T) {
	d := open(t)
	config := newChat(values{"alias_id": "order-1"})
	first := d.create("imichat_chat", config)
	d.apply(first, nil)

	second := d.create("imichat_chat", config)
	if second.String("id") == first.String("id") || d.chat(second).Status != "queued" {
		t.Error("no new chat was made")
	}
}

func TestChat_import(t *testing.T) {
	d := open(t)
	config := newChat(values{
		"channel": "email", "asset": values{"id": imichat.AssetEmail}, "customer": values{"destination_id": "ana@example.com", "name": "Ana"},
		"subject": "Order 1", "alias_id": "order-1", "route_params": values{imichat.RouteTier: "gold"}, "other_details": values{"k": "v"}, "tags": []any{"vip"},
	})
	chat := d.create("imichat_chat", config)
	id := chat.String("id")
	check := func(imported object, diags acctest.Diagnostics) {
		t.Helper()

		if len(diags) > 0 {
			t.Fatal(diags)
		}

		if !imported.State.Equal(chat.State) {
			t.Errorf("imported %v\ncreated %v", imported.State, chat.State)
		}

		d.quiet(imported, config)

		got := d.Identity(imported)
		if got["chat_id"] != id || got["domain"] != imichat.Domain {
			t.Errorf("the identity is %v", got)
		}
	}
	check(d.Import(t.Context(), "imichat_chat", id))
	check(d.Import(t.Context(), "imichat_chat", "alias:order-1"))
	check(d.ImportIdentity(t.Context(), "imichat_chat", values{"chat_id": id}))
	check(d.ImportIdentity(t.Context(), "imichat_chat", values{"chat_id": id, "domain": imichat.Domain}))

	_, diags := d.ImportIdentity(t.Context(), "imichat_chat", values{"chat_id": id, "domain": "other.imi.chat"})
	wants(t, diags, "The identity is of another tenant")

	for _, wrong := range []string{"../../x", "a/b?c", "alias:", "CSR 1"} {
		_, diags := d.Import(t.Context(), "imichat_chat", wrong)
		wants(t, diags, "Invalid import id", "alias:order-4711", "alias_id:order-4711")
	}

	_, diags = d.Import(t.Context(), "imichat_chat", "alias:nobody")
	wants(t, diags, "does not exist")

	nobody, diags := d.Import(t.Context(), "imichat_chat", "CSR0000000000000")
	if len(diags) > 0 || !nobody.Gone() {
		t.Errorf("a chat that does not exist was imported: %v %s", nobody.State, diags)
	}

	d.create("imichat_chat", newChat(values{"alias_id": "order-1", "adopt_existing": false}))
	_, diags = d.Import(t.Context(), "imichat_chat", "alias:order-1")
	wants(t, diags, "Several objects have alias")
}

// TestChat_importUnreadable keeps an imported chat from being replaced over what the platform does not return.
func TestChat_importUnreadable(t *testing.T) {
	d := open(t)
	d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.GetOne = false })

	config := newChat(values{
		"initial_messages": []any{values{"type": "inbound", "text": "Hello"}},
		"customer":         values{"destination_id": "customer-1", "name": "Ana"},
		"route_params":     values{imichat.RouteTier: "gold"},
	})
	chat := d.create("imichat_chat", config)
	imported, diags := d.again().Import(t.Context(), "imichat_chat", chat.String("id"))
	warns(t, diags, "read from the list of chats")

	if d.replaces(imported, config) {
		t.Fatal("the imported chat is replaced")
	}

	d.Journal.Clear()
	imported, diags = d.Apply(t.Context(), imported, config)
	warns(t, diags, "Messages are not sent")

	if d.requests() != 0 {
		t.Error("something was sent")
	}

	d.quiet(imported, config)

	config["route_params"] = values{imichat.RouteTier: "silver"}
	if !d.replaces(imported, config) {
		t.Error("a change does not make a new chat")
	}
}
