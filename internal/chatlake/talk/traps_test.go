package talk_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestTrap_statusOverridden covers conversations of blocked contacts, which the server resolves at once.
func TestTrap_statusOverridden(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"blocked": true, "inbox_id": "101"})
	followed := acctest.Values{"inbox_id": "101", "contact_id": contact.String("id")}

	conversation := chatlaketest.Create(t, p, "chatlake_conversation", followed)
	if conversation.String("status") != "resolved" {
		t.Errorf("status %s", conversation.String("status"))
	}

	chatlaketest.ExpectStable(t, p, conversation, followed)

	enforced := acctest.Values{"inbox_id": "101", "contact_id": contact.String("id"), "status": "open"}
	conversation = chatlaketest.Create(t, p, "chatlake_conversation", enforced)

	conversation = chatlaketest.ExpectStable(t, p, conversation, enforced)
	if conversation.String("status") != "open" {
		t.Errorf("status %s", conversation.String("status"))
	}
}

// TestTrap_incomingReopens covers a customer's message, which reopens what was resolved.
func TestTrap_incomingReopens(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"inbox_id": "101"})
	config := acctest.Values{"inbox_id": "101", "contact_id": contact.String("id"), "status": "resolved"}
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", config)
	chatlaketest.Act(t, w, "incoming_message", chatlaketest.Object{"conversation_id": chatlaketest.Number(t, conversation.String("id")), "content": "Hello?"})

	read, diags := p.Read(t.Context(), conversation)
	if len(diags) > 0 || read.String("status") != "open" || !p.Changes(t.Context(), read, config) {
		t.Errorf("%v %s", read.State, diags)
	}

	delete(config, "status")

	if p.Changes(t.Context(), read, config) {
		t.Error("a status that is not configured is not followed")
	}
}

// TestTrap_noise lets everything change that changes by itself: availability, last activity, unread counts, pictures,
// companies, the order of lists.
func TestTrap_noise(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Noise, s.Gravatar, s.AvatarSync, s.Enterprise = true, true, true, true })
	p := w.Protocol(t, nil)
	config := acctest.Values{
		"name": "Ana", "email": "Ana@Business.example", "avatar_url": "https://pictures.example/a.png", "labels": []any{"vip", "billing", "late"},
		"additional_attributes": acctest.Values{"city": "Lisboa"}, "custom_attributes": acctest.Values{"n": 1.5}, "inbox_id": "101",
	}
	contact := chatlaketest.Create(t, p, "chatlake_contact", config)
	conversationConfig := acctest.Values{"inbox_id": "101", "contact_id": contact.String("id"), "labels": []any{"vip", "billing", "late"}}
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", conversationConfig)
	messageConfig := acctest.Values{"conversation_id": conversation.String("id"), "content": "Hi"}

	message := chatlaketest.Create(t, p, "chatlake_message", messageConfig)
	for range 3 {
		contact = chatlaketest.ExpectStable(t, p, contact, config)
		conversation = chatlaketest.ExpectStable(t, p, conversation, conversationConfig)
		message = chatlaketest.ExpectStable(t, p, message, messageConfig)
	}
}

// TestTrap_merge covers a contact who became another: the sessions and conversations moved.
func TestTrap_merge(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	base := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"identifier": "base"})
	mergee := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"identifier": "mergee"})
	session := chatlaketest.Create(t, p, "chatlake_contact_inbox", acctest.Values{"contact_id": mergee.String("id"), "inbox_id": "101"})
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", acctest.Values{"inbox_id": "101", "contact_id": mergee.String("id")})
	chatlaketest.Act(t, w, "contact_merge", chatlaketest.Object{"base_contact_id": chatlaketest.Number(t, base.String("id")), "mergee_contact_id": chatlaketest.Number(t, mergee.String("id"))})

	gone, diags := p.Read(t.Context(), mergee)
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("%v %s", gone.State, diags)
	}

	for _, o := range []acctest.Object{session, conversation} {
		moved, diags := p.Read(t.Context(), o)
		if len(diags) > 0 || moved.String("contact_id") != base.String("id") {
			t.Errorf("%v %s", moved.State, diags)
		}
	}
}

// TestTrap_roles covers what agents may not do, for which the server answers 401 and not 403.
func TestTrap_roles(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	agent := w.Protocol(t, acctest.Values{"chatlake": acctest.Values{"api_access_token": chatlake.AgentToken}})
	contact := chatlaketest.Create(t, agent, "chatlake_contact", acctest.Values{"identifier": "i", "inbox_id": "101"})
	config := acctest.Values{"inbox_id": "101", "contact_id": contact.String("id"), "status": "open", "on_destroy": "delete"}

	conversation := chatlaketest.ExpectStable(t, agent, chatlaketest.Create(t, agent, "chatlake_conversation", config), config)
	for _, o := range []acctest.Object{conversation, contact} {
		_, diags := agent.Apply(t.Context(), o, nil)
		if !strings.Contains(diags.String(), "administrator") || !strings.Contains(diags.String(), "not authorized") {
			t.Errorf("%s: %s", o.Type, diags)
		}
	}

	stranger := w.Protocol(t, acctest.Values{"chatlake": acctest.Values{"api_access_token": chatlake.SecondAgentToken}})

	read, diags := stranger.Read(t.Context(), conversation)
	if len(diags.Errors()) == 0 || read.Gone() {
		t.Errorf("what may not be seen was taken for gone: %v", read.State)
	}
}

// TestTrap_wrongAccount covers an account that is not there, whose objects would all seem to be gone.
func TestTrap_wrongAccount(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	contact := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_contact", acctest.Values{"identifier": "i"})
	wrong := w.Protocol(t, acctest.Values{"chatlake": acctest.Values{"account_id": "77"}})

	read, diags := wrong.Read(t.Context(), contact)
	if len(diags.Errors()) == 0 || read.Gone() {
		t.Errorf("the contact was taken for gone: %v", read.State)
	}
}

// TestTrap_tooManyMessages covers the limit of one conversation per minute, of which the server tells in a 422. It is waited
// for, as others are.
func TestTrap_tooManyMessages(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.MessagesPerMinute = 2 })
	p := w.Protocol(t, acctest.Values{"max_retries": 0})
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"inbox_id": "101"})
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", acctest.Values{"inbox_id": "101", "contact_id": contact.String("id")})
	config := acctest.Values{"conversation_id": conversation.String("id"), "content": "x", "message_type": "incoming"}
	chatlaketest.Create(t, p, "chatlake_message", config)
	chatlaketest.Create(t, p, "chatlake_message", config)

	_, diags := p.Create(t.Context(), "chatlake_message", config)
	if !strings.Contains(diags.String(), "Too many requests were sent") {
		t.Error(diags)
	}
}

// TestTrap_nullAttribute covers a key that is there and null, which an import has to hold.
func TestTrap_nullAttribute(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := acctest.Values{"identifier": "i", "custom_attributes": acctest.Values{"a": nil, "b": []any{1, acctest.Values{"c": nil}}}}
	contact := chatlaketest.ExpectStable(t, p, chatlaketest.Create(t, p, "chatlake_contact", config), config)

	imported, diags := p.Import(t.Context(), "chatlake_contact", contact.String("id"))
	if len(diags) > 0 || p.Changes(t.Context(), imported, config) {
		t.Errorf("imported %v, planned %v: %s", imported.State, contact.State, diags)
	}
}
