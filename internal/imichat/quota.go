package imichat

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
)

// warnOfQuota says once per run that the tenant has few requests left today. Every verb defers it.
func warnOfQuota(client *api.Client, diags *diag.Diagnostics) {
	if client == nil {
		return
	}

	quota, low := client.Quota()
	if !low {
		return
	}

	detail := fmt.Sprintf("The tenant has %d of %d requests left today", quota.Remaining, quota.Limit)

	reset := quota.ResetsAt(client.Now())
	if reset != "" {
		detail += ", until " + reset
	}

	diags.AddWarning("IMIchat's daily quota runs low", detail+". All programs that use the tenant share it, and when it is used up, "+
		"everything fails until it is reset. Apply fewer objects at a time (-target), or refresh less (-refresh=false).")
}

// warnOfOddRows says that a list is not complete.
func warnOfOddRows(count int, rows string, diags *diag.Diagnostics) {
	if count > 0 {
		diags.AddWarning("Not all "+rows+" could be read", fmt.Sprintf(
			"IMIchat's list of %s holds %d that cannot be read: without an id, or with values of an unexpected type. They are left out.", rows, count))
	}
}
