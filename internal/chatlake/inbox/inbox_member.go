package inbox

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// inboxMembership puts one agent into an inbox.
var inboxMembership = account.Membership{
	Type: "chatlake_inbox_member", Group: "inbox",
	Description: "One agent who works in an inbox, beside others. Destroy takes this agent out, and no other. An agent who is in the inbox already stays. " +
		"Do not set `member_ids` of the inbox as well: the two would undo each other's changes, and a warning says so.\n\n" +
		"See [the vendor's page](https://developers.chatwoot.com/api-reference/inboxes/add-a-new-agent).",
	ListDescription: "The agents who work in an inbox.",
	Members:         (*api.Client).InboxMembers, Add: (*api.Client).AddInboxMember, Remove: (*api.Client).RemoveInboxMember,
	Refused: "The agent may belong to another account.",
}
