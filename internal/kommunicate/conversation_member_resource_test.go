package kommunicate_test

import (
	"slices"
	"strings"
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

	_, diags = p.Import(t.Context(), "kommunicate_conversation_member", "bob")
	if len(diags.Errors()) == 0 {
		t.Error("an id without a slash is no import id")
	}

	_, diags = p.Create(t.Context(), "kommunicate_conversation_member", config)
	if len(diags.Errors()) == 0 {
		t.Error("one member has one address")
	}

	_, diags = p.Apply(t.Context(), member, nil)
	if len(diags) > 0 || isMember("bob") || !isMember("ana") || !isMember(kommunicate.AgentOneID) {
		t.Errorf("%s", diags)
	}

	gone, diags := p.Read(t.Context(), member)
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("%s", diags)
	}
}

// TestConversationMember_named warns of a member whom the list of the conversation names too, whichever comes first, and of
// no other.
func TestConversationMember_named(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	warns := func(p *acctest.Protocol, o acctest.Object) bool {
		_, diags := p.Read(t.Context(), o)
		return strings.Contains(diags.String(), "Two resources decide about member bob")
	}

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"ana", "bob"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	id := conversation.String("id")

	carol, diags := p.Create(t.Context(), "kommunicate_conversation_member", values{"group_id": id, "user_id": "carol"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	bob, diags := p.Create(t.Context(), "kommunicate_conversation_member", values{"group_id": id, "user_id": "Bob"})
	if len(diags) != 1 || !strings.Contains(diags.String(), "Two resources decide about member Bob") {
		t.Fatal(diags)
	}

	next := w.Protocol(t, nil)
	if warns(next, carol) || warns(next, conversation) {
		t.Error("carol is named once")
	}

	next.Read(t.Context(), bob)

	if !warns(next, conversation) {
		t.Error("no warning for the conversation")
	}

	imported, diags := w.Protocol(t, nil).Import(t.Context(), "kommunicate_conversation", id)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	next = w.Protocol(t, nil)
	next.Read(t.Context(), bob)

	if warns(next, imported) {
		t.Error("an import names nobody")
	}
}

var memberCases = acctest.Cases{
	Type: "kommunicate_conversation_member",
	Needs: []acctest.Need{
		{Name: "courier", Type: "kommunicate_user", Config: values{"user_id": "courier"}},
		{Name: "order", Type: "kommunicate_conversation", Config: values{"group_name": "Order 1", "group_member_list": []any{"mira"}}},
	},
	Minimal:  values{"group_id": acctest.Ref("order", "id"), "user_id": acctest.Ref("courier", "id")},
	Stages:   []values{{"role": "user"}, {"role": "agent"}},
	Unset:    map[string]string{"acting_user_id": "Only the provider uses it."},
	Replaced: values{"group_id": "131000999", "user_id": "nora"},
	Local:    values{"acting_user_id": kommunicate.AgentOneID},
	Refused: []acctest.Refused{
		{Config: values{"user_id": "two words"}, Want: "must be a user id"},
		{Config: values{"role": "owner"}, Want: "value must be one of"},
	},
	Accepted: []values{{"role": ""}},
	Skip:     map[string]string{"listed": "The data source kommunicate_conversation lists the members of one conversation."},
	NoDrift:  "There is nothing about a membership that others could change, and that can be read.",
	Import: acctest.Import{
		Missing: "131000999/courier", Malformed: []string{"courier", "131000001", "0/courier"},
		Lost: map[string]string{"role": "The platform does not promise to answer it."},
	},
}
