package imichat

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
)

// names lists what an update changes.
func names(update api.ChatUpdate) string {
	var set []string
	for _, field := range []struct {
		name string
		set  bool
	}{
		{"alias_id", update.AliasID != nil},
		{"tags", update.Tags != nil},
		{"status", update.Status != nil},
		{"assignee", update.Assignee != nil},
		{"other_details", update.OtherDetails != nil},
	} {
		if field.set {
			set = append(set, field.name)
		}
	}

	return strings.Join(set, ", ")
}

// addUnfinished says how to go on with a chat that exists but is not all that was planned.
func addUnfinished(diags *diag.Diagnostics, id string) {
	diags.AddError("The new chat is unfinished", fmt.Sprintf(
		"Chat %s was made and is in the state, but a step after that failed, so Terraform would close it and make another one. "+
			"To finish it in place instead, run terraform untaint on the resource, and apply again.", id))
}

// addLost reports a success that did nothing.
func addLost(diags *diag.Diagnostics, id string, lost []string) {
	for _, name := range lost {
		diags.AddAttributeError(path.Root(name), "IMIchat did not keep "+name, fmt.Sprintf(
			"IMIchat accepted %s of chat %s, but its answer shows another value. Something on the platform may have changed it at once, "+
				"such as a routing rule, or two of the configured values exclude each other.", name, id))
	}
}

// warnOfLeft reports keys that could not be taken away.
func warnOfLeft(chat *api.Chat, prior, plan *chatModel, diags *diag.Diagnostics) {
	keys := left(chat.OtherDetails, prior.OtherDetails, plan.OtherDetails)
	if len(keys) > 0 {
		diags.AddAttributeWarning(path.Root("other_details"), "IMIchat kept keys that were removed", fmt.Sprintf(
			"Chat %s still has %s in other_details: the platform merges them, and has no way to remove a key. They are no longer managed.",
			chat.ID, strings.Join(keys, ", ")))
	}
}

// warnOfRow reports that an imported chat could only be read from the list.
func warnOfRow(chat *api.Chat, diags *diag.Diagnostics) {
	if chat.Listed {
		diags.AddWarning("The chat was read from the list of chats", fmt.Sprintf(
			"IMIchat did not answer the call that reads one chat, and the list has no team, customer's name, subject, thread id and "+
				"routing attributes. Those of chat %s are not known; what the configuration says of them is taken as it is.", chat.ID))
	}
}
