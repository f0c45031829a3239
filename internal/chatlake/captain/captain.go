// Package captain holds Captain, the assistants of the enterprise edition that answer customers by a language model: what they
// know, what they may do, and where they work.
package captain

import "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"

// Kinds lists the types of this area. Each is declared in the file of its data sources.
func Kinds() account.Kinds {
	return account.Kinds{
		assistantKind(),
		customToolKind(),
		documentKind(),
		inboxKind(),
		responseKind(),
		scenarioKind(),
	}
}
