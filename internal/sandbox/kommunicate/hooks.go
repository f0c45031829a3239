package kommunicate

import "github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"

// Hooks are acts of others than the API's caller.
func (p *Platform) Hooks() map[string]sandbox.Hook { return nil }
