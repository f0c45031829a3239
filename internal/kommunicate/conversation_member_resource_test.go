package kommunicate_test

import (
	"slices"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// TestConversationMember adds one member and removes only that one, beside a conversation that names others.
func TestConversationMember(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	owner := values{"group_name": "c", "group_member_list": []any{"ana"}}

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", owner)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	id := conversation.String("id")
	config := values{"group_id": id, "user_id": "bob", "role": "user"}

	member, diags := p.Create(t.Context(), "kommunicate_conversation_member", config)
	if len(diags) > 0 || member.String("id") != id+"/bob" {
		t.Fatal(diags)
	}

	isMember := func(user string) bool {
		g, _ := w.Kommunicate.Group(id)
		return slices.Contains(g.Members, user)
	}

	read, diags := p.Read(t.Context(), member)
	if len(diags) > 0 || p.Changes(t.Context(), read, config) || !isMember("bob") {
		t.Errorf("%s %s", diags, read.State)
	}
	// The conversation does not fight with it.
	again, diags := p.Read(t.Context(), conversation)
	if len(diags) > 0 || p.Changes(t.Context(), again, owner) {
		t.Errorf("%s %s", diags, again.State)
	}

	config["role"] = "agent"

	member, diags = p.Apply(t.Context(), read, config)
	if len(diags) > 0 {
		t.Error(diags)
	}

	imported, diags := p.Import(t.Context(), "kommunicate_conversation_member", id+"/bob")
	if len(diags) > 0 || imported.String("user_id") != "bob" || imported.String("group_id") != id {
		t.Errorf("%s %s", diags, imported.State)
	}

	identified, diags := p.ImportIdentity(t.Context(), "kommunicate_conversation_member", values{"group_id": id, "user_id": "bob"})
	if len(diags) > 0 || identified.String("id") != id+"/bob" {
		t.Errorf("%s %s", diags, identified.State)
	}

	if _, diags := p.Import(t.Context(), "kommunicate_conversation_member", "bob"); len(diags.Errors()) == 0 {
		t.Error("an id without a slash is no import id")
	}

	_, diags = p.Create(t.Context(), "kommunicate_conversation_member", config)
	if len(diags.Errors()) == 0 {
		t.Error("one member has one address")
	}

	if _, diags = p.Apply(t.Context(), member, nil); len(diags) > 0 || isMember("bob") || !isMember("ana") || !isMember(kommunicate.AgentOneID) {
		t.Errorf("%s", diags)
	}

	if gone, diags := p.Read(t.Context(), member); len(diags) > 0 || !gone.Gone() {
		t.Errorf("%s", diags)
	}
}
