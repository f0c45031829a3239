package talk_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestConversation_slaPolicy covers that a conversation gets a policy once: another one is refused in the plan, none sends nothing,
// and a deleted policy makes room for another one.
func TestConversation_slaPolicy(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	gold := chatlaketest.Create(t, p, "chatlake_sla_policy", values{"name": "Gold"})
	silver := chatlaketest.Create(t, p, "chatlake_sla_policy", values{"name": "Silver"})
	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana", "inbox_id": "101", "source_id": "s"})
	config := func(policy any) values {
		return values{"inbox_id": "101", "contact_id": contact.String("id"), "sla_policy_id": policy}
	}

	conversation := chatlaketest.Create(t, p, "chatlake_conversation", config(nil))

	conversation, diags := p.Apply(t.Context(), conversation, config(gold.String("id")))
	if len(diags) > 0 || conversation.String("sla_policy_id") != gold.String("id") {
		t.Fatalf("%v\n%s", conversation.State, diags)
	}

	w.Journal.Clear()

	_, diags = p.Plan(t.Context(), conversation, config(silver.String("id")))
	if !strings.Contains(diags.String(), "has SLA policy "+gold.String("id")+", and the platform gives a conversation a policy once") {
		t.Errorf("another policy: %s", diags)
	}

	for _, none := range []any{nil, ""} {
		if p.Changes(t.Context(), conversation, config(none)) {
			t.Errorf("%v is a change", none)
		}
	}

	chatlaketest.ExpectNoWrites(t, w)
	chatlaketest.Destroy(t, p, gold)

	next := w.Protocol(t, nil)

	conversation, diags = next.Read(t.Context(), conversation)
	if len(diags) > 0 || conversation.String("sla_policy_id") != "" {
		t.Fatalf("after the policy went: %v\n%s", conversation.State, diags)
	}

	conversation, diags = next.Apply(t.Context(), conversation, config(silver.String("id")))
	if len(diags) > 0 || conversation.String("sla_policy_id") != silver.String("id") {
		t.Errorf("another one now: %v\n%s", conversation.State, diags)
	}
}

// TestConversation_slaPolicyLacking covers a policy that is not there, and a server that has none: no conversation is opened that
// then lacks it.
func TestConversation_slaPolicyLacking(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		enterprise bool
		want       string
	}{
		"unknown":   {true, "There is no SLA policy 99"},
		"community": {false, "only the enterprise edition has"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			w.Complaints = true
			w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Enterprise = test.enterprise })
			p := w.Protocol(t, nil)
			contact := chatlaketest.Create(t, p, "chatlake_contact", values{"name": "Ana", "inbox_id": "101", "source_id": "s"})

			w.Journal.Clear()

			nothing, diags := p.Create(t.Context(), "chatlake_conversation", values{"inbox_id": "101", "contact_id": contact.String("id"), "sla_policy_id": "99"})
			if !nothing.Gone() || !strings.Contains(diags.String(), test.want) {
				t.Errorf("%v\n%s", nothing.State, diags)
			}

			chatlaketest.ExpectNoWrites(t, w)
		})
	}
}
