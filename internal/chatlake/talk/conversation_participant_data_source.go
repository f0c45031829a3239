package talk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// participantSources are the data sources chatlake_conversation_participant and chatlake_conversation_participants.
var participantSources = lookup.Sources[api.Client, api.Participant, participantModel]{
	Type: "chatlake_conversation_participant", Plural: "chatlake_conversation_participants", ListName: "conversation_participants",
	Description:       "An agent who follows a conversation.",
	PluralDescription: "All agents who follow a conversation.",
	ListDescription:   "The agents, in the order in which they joined.",
	Parent:            &lookup.Parent{Name: "conversation_id", Attribute: attribute.RequiredLookup("The conversation's id.", attribute.IntegerID())},
	Attributes: map[string]schema.Attribute{
		"conversation_id": attribute.Found("The conversation's id."),
		"agent_id":        attribute.Found("The agent's id."),
		"name":            attribute.Found("The agent's name."),
		"email":           attribute.Found("The agent's e-mail address."),
	},
	Keys: []lookup.Key[api.Participant]{{
		Name: "agent_id", Attribute: attribute.RequiredLookup("The agent's id.", attribute.IntegerID()),
		Of: func(found api.Participant) string { return found.ID.String() },
	}},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, conversation string) ([]api.Participant, error) {
		return client.Participants(ctx, api.ParseID(conversation))
	},
	Model: func(found api.Participant, conversation string) participantModel {
		return participantModel{
			ConversationID: types.StringValue(conversation), AgentID: types.StringValue(found.ID.String()),
			Name: tfvalue.StringOrNull(found.Name), Email: tfvalue.StringOrNull(found.Email),
		}
	},
}

type participantModel struct {
	ConversationID types.String `tfsdk:"conversation_id"`
	AgentID        types.String `tfsdk:"agent_id"`
	Name           types.String `tfsdk:"name"`
	Email          types.String `tfsdk:"email"`
}
