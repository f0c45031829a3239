// Package connect holds what reaches beyond the account: apps of other vendors, and campaigns.
package connect

import "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"

// Kinds lists the types of this area. Each is declared in the file of its data sources.
func Kinds() account.Kinds {
	return account.Kinds{
		campaignKind(),
		integrationHookKind(),
		integrationAppsKind(),
	}
}
