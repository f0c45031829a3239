package desk

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// teamMembership puts one agent into a team.
var teamMembership = account.Membership{
	Type: "chatlake_team_member", Group: "team",
	Description: "One agent in a team, beside others. Destroy takes this agent out, and no other. An agent who is in the team already stays. " +
		"Do not set `member_ids` of the team as well: the two would undo each other's changes, and a warning says so.\n\n" +
		"See [the vendor's page](https://developers.chatwoot.com/api-reference/teams/add-a-new-agent).",
	ListDescription: "The agents in a team.",
	Members:         (*api.Client).TeamMembers, Add: (*api.Client).AddTeamMember, Remove: (*api.Client).RemoveTeamMember,
	Refused: "The agent may have left the account.",
}
