package kommunicate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// reservedKeys are the keys of a conversation's metadata that are not for metadata, with what to use instead.
var reservedKeys = map[string]string{
	api.KeyStatus:               "set the attribute status",
	api.KeyAssignee:             "set the attribute assignee",
	api.KeySkipRouting:          "set the attribute skip_routing",
	api.KeyTeam:                 "set the attribute team_id",
	api.KeyInfo:                 "set the attribute conversation_info",
	api.KeyTitle:                "set the attribute conversation_title",
	api.KeyChatContext:          "set the attribute chat_context",
	api.KeyWelcomeMessage:       "set the attribute welcome_message",
	api.KeyCustomWelcomeEvent:   "set the attribute custom_welcome_event",
	api.KeySkipBotEvent:         "set the attribute skip_bot_event",
	"CONVERSATION_ASSIGNEE_KEY": "the platform writes it itself; set the attribute assignee",
	"KM_SUMMARY":                "the platform writes it itself",
	"KM_PSEUDO_USER":            "the platform writes it itself",
}

// reservedKeyValidator refuses keys of a map, and says what to use.
type reservedKeyValidator struct{ reserved map[string]string }

// Description says what is accepted.
func (reservedKeyValidator) Description(context.Context) string {
	return "may not be a key that another attribute manages"
}

// MarkdownDescription is Description.
func (v reservedKeyValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

// ValidateString checks a key.
func (v reservedKeyValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	advice := v.reserved[req.ConfigValue.ValueString()]
	if advice != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Reserved metadata key", fmt.Sprintf("The key %s is not for metadata: %s.", req.ConfigValue.ValueString(), advice))
	}
}

// ValidateConfig refuses attributes that exclude each other.
func (r *conversationResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var unique types.Bool
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("unique"), &unique)...)
	if resp.Diagnostics.HasError() || !unique.ValueBool() {
		return // Most conversations are not unique, and reading one attribute takes a tenth of the time of all.
	}

	var config conversationModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if config.ClientGroupID.ValueString() != "" {
		resp.Diagnostics.AddAttributeError(path.Root("client_group_id"), "Two client group ids",
			"With unique = true, the provider builds client_group_id from the members. Remove one of the two.")
	}

	key, known := uniqueKey(config.GroupMemberList)
	if known {
		resp.Diagnostics.Append(checkKey(key)...)
	}
}

// checkKey refuses a client group id that was built from the members and is too long.
func checkKey(key string) diag.Diagnostics {
	var diags diag.Diagnostics
	if len(key) > longestClientID {
		diags.AddAttributeError(path.Root("unique"), "Too many members for a unique conversation", fmt.Sprintf(
			"The client_group_id that is built from the members would have %d characters, and %d are possible. Set a client_group_id instead.", len(key), longestClientID))
	}

	return diags
}

// uniqueKey returns the client group id of a unique conversation, and reports whether its members are known.
func uniqueKey(members tfvalue.TextSet) (string, bool) {
	if !tfvalue.IsSet(members) {
		return "", false
	}

	var ids []string

	for _, element := range members.Elements() {
		id, ok := element.(types.String)
		if !ok || !tfvalue.IsSet(id) {
			return "", false
		}

		ids = append(ids, id.ValueString())
	}

	slices.Sort(ids)

	return strings.Join(ids, "_"), true
}

// checkRouting checks what skipping the conversation rules needs. For a new conversation the provider's defaults count.
func (m *conversationModel) checkRouting(d api.ConversationDefaults, creating bool) diag.Diagnostics {
	var diags diag.Diagnostics

	skip := m.SkipRouting
	if creating {
		skip = m.withDefaults(d).SkipRouting
	}

	switch {
	case !skip.ValueBool() || m.Assignee.IsUnknown():
	case m.Assignee.ValueString() != "" && !m.hasMember(m.Assignee.ValueString(), slices.Concat(d.AgentIDs, d.BotIDs)):
		diags.AddAttributeError(path.Root("assignee"), "The assignee is not a member",
			"With skip_routing = true the platform accepts only a member as the assignee. Add the assignee to group_member_list, or remove skip_routing.")
	case creating && m.Assignee.ValueString() == "" && d.Assignee == "" && m.TeamID.ValueString() == "" && !m.TeamID.IsUnknown() && d.TeamID == "":
		diags.AddAttributeWarning(path.Root("skip_routing"), "The conversation will have no assignee",
			"With skip_routing = true and without an assignee, the platform assigns the new conversation to no one.")
	}

	return diags
}

// hasMember reports whether the user may be among the configured members or the others: one that is not known yet may be
// anyone.
func (m *conversationModel) hasMember(id string, others []string) bool {
	if m.GroupMemberList.IsUnknown() || contains(others, id) {
		return true
	}

	return slices.ContainsFunc(m.GroupMemberList.Elements(), func(element attr.Value) bool {
		member, ok := element.(types.String)
		return ok && (member.IsUnknown() || strings.EqualFold(member.ValueString(), id))
	})
}
