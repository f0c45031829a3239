package permission

import "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"

// Action is what one action needs.
type Action struct {
	// Name is the action's type.
	Name string
	// Run is who may run it.
	Run Role
	// Since is the release that brought the call; empty where every release has it.
	Since release.Version
	// Note is a sentence for readers about what the other fields cannot say.
	Note string
}

// Actions returns all actions, sorted by name.
func Actions() []Action {
	return []Action{
		{Name: "chatlake_assign_conversation", Run: InboxMember},
		{Name: "chatlake_import_contacts", Run: Administrator},
		{Name: "chatlake_merge_contacts", Run: Member},
		{Name: "chatlake_run_macro", Run: Member, Since: "2.8.0", Note: "A personal macro needs its owner's token."},
		{Name: "chatlake_send_message", Run: InboxMember},
		{Name: "chatlake_set_conversation_status", Run: InboxMember},
		{Name: "chatlake_sync_templates", Run: Administrator, Since: "4.5.0"},
		{Name: "chatlake_upload", Run: Member, Since: "3.1.0"},
	}
}
