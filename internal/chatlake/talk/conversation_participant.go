package talk

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// participation puts one agent into a conversation.
var participation = account.Membership{
	Type: "chatlake_conversation_participant", Group: "conversation",
	Description: "One agent who follows a conversation, beside others. Destroy lets this agent follow it no longer. An agent who follows it already stays. " +
		"The platform makes an assignee a participant by itself.\n\n" +
		"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
	ListDescription: "The agents who follow a conversation.",
	Members:         (*api.Client).ParticipantIDs, Add: (*api.Client).AddParticipant, Remove: (*api.Client).RemoveParticipant,
	Refused: "It keeps only administrators and agents who work in the conversation's inbox.",
}
