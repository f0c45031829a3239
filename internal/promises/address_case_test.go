package promises_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// An e-mail address in other letters is the same address, wherever a configuration has one: nothing is planned, written,
// replaced or sent again.
func TestOtherCaseOfAnAddress(t *testing.T) {
	t.Parallel()

	const mail, other = "ana@example.com", "Ana@Example.com"

	type V = acctest.Values

	agent := kommunicate.AgentOneID
	otherAgent := strings.ToUpper(agent[:1]) + agent[1:]
	group := func(s *stage) string {
		return s.need("kommunicate_conversation", V{"group_name": "Order", "group_member_list": []any{"mira", agent}}).String("id")
	}
	chat := func(asset, customer string) V {
		return V{"channel": "email", "asset": V{"id": asset}, "customer": V{"destination_id": customer}}
	}
	otherAsset := strings.ToUpper(imichat.AssetEmail[:1]) + imichat.AssetEmail[1:]

	for _, c := range []struct {
		name, kind    string
		before, after V
		// parent makes what the object is in; its id is the attribute group_id.
		parent func(s *stage) string
	}{
		{kind: "chatlake_contact", before: V{"email": mail}, after: V{"email": other}},
		{kind: "chatlake_agent", before: V{"name": "Ana", "email": mail, "role": "agent"}, after: V{"name": "Ana", "email": other, "role": "agent"}},
		{kind: "chatlake_account_settings", before: V{"support_email": mail}, after: V{"support_email": other}},
		{
			kind: "chatlake_inbox", before: V{"name": "Mail", "channel": V{"type": "email", "email": mail}},
			after: V{"name": "Mail", "channel": V{"type": "email", "email": other}},
		},
		{kind: "kommunicate_user", before: V{"user_id": "ana", "email": mail}, after: V{"user_id": "ana", "email": other}},
		{
			name: ", members", kind: "kommunicate_conversation", before: V{"group_name": "Order", "group_member_list": []any{"mira", agent}},
			after: V{"group_name": "Order", "group_member_list": []any{"mira", otherAgent}},
		},
		{
			name: ", assignee", kind: "kommunicate_conversation", before: V{"group_name": "Order", "group_member_list": []any{"mira"}, "assignee": agent},
			after: V{"group_name": "Order", "group_member_list": []any{"mira"}, "assignee": otherAgent},
		},
		{kind: "kommunicate_conversation_member", parent: group, before: V{"user_id": agent}, after: V{"user_id": otherAgent}},
		{kind: "kommunicate_message", parent: group, before: V{"from_user_name": agent, "message": "Hello"}, after: V{"from_user_name": otherAgent, "message": "Hello"}},
		{name: ", customer", kind: "imichat_chat", before: chat(imichat.AssetEmail, mail), after: chat(imichat.AssetEmail, other)},
		{name: ", asset", kind: "imichat_chat", before: chat(imichat.AssetEmail, mail), after: chat(otherAsset, mail)},
	} {
		t.Run(c.kind+c.name, func(t *testing.T) {
			t.Parallel()

			s := newStage(t, V{"max_retries": 0})

			if c.parent != nil {
				in := V{"group_id": c.parent(s)}
				c.before, c.after = with(c.before, in), with(c.after, in)
			}

			o, diags := s.Create(t.Context(), c.kind, c.before)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			s.world.Journal.Clear()

			if s.Changes(t.Context(), o, c.after) {
				t.Errorf("a change is planned: %s", differences(o, c.after))
			}

			o, diags = s.Apply(t.Context(), o, c.after) // Fails if it would be replaced.
			n := len(s.world.Journal.Writes())
			if n > 0 || len(diags.Errors()) > 0 {
				t.Errorf("%d writes %s", n, diags)
			}

			read, diags := s.Read(t.Context(), o)
			if len(diags.Errors()) > 0 || s.Changes(t.Context(), read, c.after) {
				t.Errorf("a change is planned after a refresh: %s", diags)
			}
		})
	}
}
