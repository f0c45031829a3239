package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// agentSources are the data sources chatlake_agent and chatlake_agents.
var agentSources = lookup.Sources[api.Client, api.Agent, agentData]{
	Type: "chatlake_agent", Plural: "chatlake_agents", ListName: "agents",
	Description:       "A user of the account, by id or e-mail address.",
	PluralDescription: "All users of the account, administrators included.",
	ListDescription:   "The users.",
	Attributes: map[string]schema.Attribute{
		"id":                  attribute.Found("The user's id."),
		"email":               attribute.Found("The address the user signs in with."),
		"name":                attribute.Found("The user's name."),
		"available_name":      attribute.Found("The name that customers see."),
		"role":                attribute.Found("What the user may do: `agent` or `administrator`."),
		"auto_offline":        attribute.FoundFlag("Whether the user is shown as offline while not connected."),
		"custom_role_id":      attribute.Found("The id of the user's custom role, on servers that have them."),
		"availability_status": attribute.Found("How the user is shown right now: `online`, `offline` or `busy`."),
		"confirmed":           attribute.FoundFlag("Whether the user has confirmed the address."),
		"thumbnail":           attribute.Found("The address of the user's picture."),
	},
	Keys: []lookup.Key[api.Agent]{
		{
			Name: "id", Attribute: attribute.Lookup("The user's id. Exactly one of `id` and `email` is needed.", attribute.IntegerID()),
			Of: func(found api.Agent) string { return found.ID.String() },
		},
		{
			Name: "email", Attribute: attribute.Lookup("The address the user signs in with. Case does not count.", attribute.Email()), IgnoresCase: true,
			Of: func(found api.Agent) string { return found.Email },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.Agent, error) {
		return client.Agents(ctx)
	},
	Model: func(found api.Agent, _ string) agentData {
		var m agentData
		m.fromAPI(found)

		return m
	},
}
