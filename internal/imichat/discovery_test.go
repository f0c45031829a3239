package imichat_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// TestListResources lists page by page, and no more pages than the limit needs. Filters are applied to what was read.
func TestListResources(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for i := range 25 {
		_, diags := p.Create(t.Context(), "imichat_chat", newChat(values{"alias_id": fmt.Sprint("order-", i), "customer": values{"destination_id": fmt.Sprint("customer-", i)}}))
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}

	w.Journal.Clear()

	found := w.Protocol(t, nil).ListIdentities("imichat_chat", 12, nil)
	if len(found) != 12 || found[0].Name == "" {
		t.Errorf("%d chats, want as many as were asked for: %v", len(found), found)
	}

	pages := w.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == "GET" && strings.HasSuffix(e.Path, "/chats") })
	if len(pages) != 3 { // The first request finds out how pages are asked for.
		t.Errorf("%d requests for two pages of ten", len(pages))
	}

	none := w.Protocol(t, nil).ListIdentities("imichat_chat", 0, values{"tag": "nowhere"})
	if len(none) != 0 {
		t.Errorf("found %v", none)
	}

	users := w.Protocol(t, nil).List("imichat_user", 0, values{"status": "inactive"})
	if len(users) != 0 {
		t.Errorf("found %v", users)
	}
}

// TestListResources_goneMeanwhile leaves out what goes before the rest of it is read.
func TestListResources_goneMeanwhile(t *testing.T) {
	d := open(t)

	chat := d.create("imichat_chat", newChat(nil))
	d.create("imichat_chat", newChat(values{"alias_id": "other", "customer": values{"destination_id": "other"}}))

	all := d.again().List("imichat_chat", 0, nil)
	d.act("fail", values{"code": 2031, "path": "/v3.1/chats/" + chat.String("chat_id"), "times": -1})

	left := d.again().List("imichat_chat", 0, nil)
	if len(left) != len(all)-1 {
		t.Errorf("%d of %d chats are listed", len(left), len(all))
	}

	d.act("fail", values{"code": 3101, "method": "GET", "path": "/v3.1/users/*", "times": -1})

	users := d.again().List("imichat_user", 0, nil)
	for _, one := range append(left, users...) {
		if len(one.Diagnostics) > 0 {
			t.Errorf("%s: %s", one.Name, one.Diagnostics)
		}
	}
}

// TestActions adds a message and changes a chat, with progress, and refuses what makes no sense.
func TestActions(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	chat, diags := p.Create(t.Context(), "imichat_chat", newChat(nil))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	id := chat.String("id")

	for _, c := range []struct {
		kind   string
		config values
	}{
		{"imichat_append_message", values{"chat_id": id, "type": "announcement", "text": "Back soon"}},
		{"imichat_update_chat", values{"chat_id": id, "assignee": imichat.Agent, "tags": []any{"vip"}}},
		{"imichat_update_chat", values{"chat_id": id, "status": "closed", "outcome": "resolved"}},
	} {
		progress, diags := p.Invoke(c.kind, c.config)
		if len(diags) > 0 || !strings.Contains(progress, id) {
			t.Errorf("%s: %q %s", c.kind, progress, diags)
		}
	}

	i := slices.IndexFunc(w.IMIchat.Chats(), func(c imichat.Chat) bool { return c.ID == id })
	if i < 0 {
		t.Fatal("the chat is gone")
	}

	got := w.IMIchat.Chats()[i]
	if got.Status != "closed" || !slices.Equal(got.Tags, []string{"vip"}) || len(got.Messages) != 1 {
		t.Errorf("the platform has %+v", got)
	}

	for want, c := range map[string]struct {
		kind   string
		config values
	}{
		"Nothing to change":                      {"imichat_update_chat", values{"chat_id": id}},
		"Only a chat that is closed has":         {"imichat_update_chat", values{"chat_id": id, "status": "onhold", "outcome": "resolved"}},
		"value must be one of":                   {"imichat_update_chat", values{"chat_id": id, "status": "gone"}},
		`Attribute type value must be one of`:    {"imichat_append_message", values{"chat_id": id, "type": "", "text": "x"}},
		"An announcement message takes text":     {"imichat_append_message", values{"chat_id": id, "type": "announcement", "attachment": values{"type": "image", "url": sampleURL}}},
		"Unable to update chat CSR0000000000000": {"imichat_update_chat", values{"chat_id": "CSR0000000000000", "status": "onhold"}},
	} {
		_, diags := p.Invoke(c.kind, c.config)
		if !strings.Contains(diags.String(), want) || strings.Contains(diags.String(), "An  message") {
			t.Errorf("want %q, not %s", want, diags)
		}
	}
}
