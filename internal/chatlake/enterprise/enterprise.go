// Package enterprise holds the objects that only the enterprise edition of the server has.
package enterprise

import "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"

// Kinds lists the types of this area. Each is declared in the file of its name.
func Kinds() account.Kinds {
	return account.Kinds{
		customRoleKind(),
		slaPolicyKind(),
		agentCapacityPolicyKind(),
		companyKind(),
		samlKind(),
	}
}
