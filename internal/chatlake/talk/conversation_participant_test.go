package talk_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// participantCases holds the tests of chatlake_conversation_participant.
var participantCases = acctest.Cases{
	Type: "chatlake_conversation_participant",
	Needs: []acctest.Need{
		{Name: "ana", Type: "chatlake_contact", Config: values{"name": "Ana", "inbox_id": "101"}},
		{Name: "order", Type: "chatlake_conversation", Config: values{"inbox_id": "101", "contact_id": acctest.Ref("ana", "id")}},
	},
	Minimal:  values{"conversation_id": acctest.Ref("order", "id"), "agent_id": "12"},
	Replaced: values{"conversation_id": "999", "agent_id": "13"},
	Refused: []acctest.Refused{
		{Config: values{"agent_id": "ana"}, Want: `must be a whole number`},
		{Config: values{"conversation_id": ""}, Want: `must be a whole number`},
	},
	NoDrift: "a membership is there or gone, and nothing about it changes",
	Import: acctest.Import{
		Missing: "999/12", Malformed: []string{"", "1", "1/", "/1", "a/1", "1/a", "1/2/3"},
	},
}

// TestConversationParticipant adds an agent whom the platform does not keep, because the agent has no access to the inbox.
func TestConversationParticipant(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	inbox := chatlaketest.Create(t, p, "chatlake_inbox", values{"name": "Closed", "channel": values{"type": "api"}}).String("id")

	nothing, diags := p.Create(t.Context(), "chatlake_conversation_participant", values{"conversation_id": conversationOf(t, p, inbox), "agent_id": "12"})
	if !nothing.Gone() || !strings.Contains(diags.String(), "It keeps only administrators and agents who work in the conversation's inbox") {
		t.Errorf("added %v\n%s", nothing.State, diags)
	}
}

// TestConversationParticipants reads who follows a conversation.
func TestConversationParticipants(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	conversation := conversationOf(t, p, "101")

	for _, agent := range []string{"12", "11"} {
		chatlaketest.Create(t, p, "chatlake_conversation_participant", values{"conversation_id": conversation, "agent_id": agent})
	}

	chatlaketest.ExpectList(t, p, "conversation_participants", values{"conversation_id": conversation}, 2, "agent_id", "12")

	found, diags := p.Data(t.Context(), "chatlake_conversation_participant", values{"conversation_id": conversation, "agent_id": "11"})
	if len(diags) > 0 || chatlaketest.DataText(found, "email") == "" {
		t.Errorf("found %v\n%s", found, diags)
	}

	for _, missing := range []values{{"conversation_id": conversation, "agent_id": "13"}, {"conversation_id": "999", "agent_id": "11"}} {
		_, diags = p.Data(t.Context(), "chatlake_conversation_participant", missing)
		if len(diags.Errors()) == 0 {
			t.Errorf("%v follows", missing)
		}
	}
}
