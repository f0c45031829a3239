package imichat

import "github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"

// Hooks are what agents, timers and administrators do.
func (p *Platform) Hooks() map[string]sandbox.Hook { return map[string]sandbox.Hook{} }
