package imichat_test

import (
	"maps"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// TestChat_unknown plans a change where a configured value is not known yet: saying that nothing changes would leave the
// change to the next run.
func TestChat_unknown(t *testing.T) {
	d := open(t)
	known := newChat(values{
		"alias_id": "a", "tags": []any{"vip"}, "assignee": imichat.Agent, "status": "picked", "other_details": values{"k": "v"},
		"team_id": imichat.TeamID, "customer": values{"destination_id": "customer-1", "name": "Ana"}, "route_params": values{imichat.RouteTier: "gold"},
	})
	chat := d.create("imichat_chat", known)

	with := func(name string, value any) values {
		config := maps.Clone(known)
		config[name] = value

		return config
	}
	for name, value := range map[string]any{
		"alias_id": unknown(), "tags": unknown(), "assignee": unknown(), "status": unknown(), "other_details": unknown(), "outcome": unknown(),
	} {
		config := with(name, value)
		if !d.Changes(t.Context(), chat, config) || d.replaces(chat, config) {
			t.Errorf("an unknown %s is no change in place", name)
		}
	}

	for name, config := range map[string]values{
		"tag":    with("tags", []any{"vip", unknown()}),
		"detail": with("other_details", values{"k": unknown()}),
	} {
		if !d.Changes(t.Context(), chat, config) || d.replaces(chat, config) {
			t.Errorf("an unknown %s is no change in place", name)
		}
	}

	for name, config := range map[string]values{
		"team_id":  with("team_id", unknown()),
		"name":     with("customer", values{"destination_id": "customer-1", "name": unknown()}),
		"address":  with("customer", values{"destination_id": unknown(), "name": "Ana"}),
		"asset":    with("asset", values{"id": unknown()}),
		"route":    with("route_params", values{imichat.RouteTier: unknown()}),
		"messages": with("initial_messages", unknown()),
	} {
		if !d.replaces(chat, config) {
			t.Errorf("an unknown %s makes no new chat", name)
		}
	}
}

// TestChat_importReadable knows all of an imported chat: what it does not have is not taken for sent.
func TestChat_importReadable(t *testing.T) {
	d := open(t)
	chat := d.create("imichat_chat", newChat(nil))

	imported, diags := d.again().Import(t.Context(), "imichat_chat", chat.String("id"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for name, more := range map[string]values{
		"route_params": {"route_params": values{imichat.RouteTier: "gold"}},
		"name":         {"customer": values{"destination_id": "customer-1", "name": "Ana"}},
		"team_id":      {"team_id": imichat.OtherTeamID},
	} {
		if !d.replaces(imported, newChat(more)) {
			t.Errorf("another %s does not make a new chat", name)
		}
	}

	said := newChat(values{"initial_messages": []any{values{"type": "inbound", "text": "Hello"}}})
	if d.replaces(imported, said) {
		t.Error("messages that may have been sent make a new chat")
	}

	_, diags = d.Plan(t.Context(), imported, said)
	warns(t, diags, "Messages are not sent")

	_, diags = d.Plan(t.Context(), chat, said) // It is replaced, and the new chat gets them.
	if len(diags) > 0 {
		t.Error(diags)
	}
}
