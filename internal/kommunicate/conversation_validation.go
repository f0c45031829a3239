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

// reservedKeys are the keys of a conversation's metadata that are not for metadata, and what to use.
var reservedKeys = map[string]string{
	api.KeyStatus:               "set the attribute status",
	api.KeyAssignee:             "set the attribute assignee",
	api.KeySkipRouting:          "set the attribute skip_routing",
	api.KeyTeam:                 "set the attribute team_id",
	api.KeyInfo:                 "set the attribute conversation_info",
	"CONVERSATION_ASSIGNEE_KEY": "the platform writes it itself; set the attribute assignee",
	"KM_SUMMARY":                "the platform writes it itself",
	"KM_PSEUDO_USER":            "the platform writes it itself",
}

// reservedKeyValidator refuses keys of a map, and says what to use.
type reservedKeyValidator struct{ reserved map[string]string }

func (reservedKeyValidator) Description(context.Context) string {
	return "may not be a key that another attribute manages"
}

func (v reservedKeyValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v reservedKeyValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	advice := v.reserved[req.ConfigValue.ValueString()]
	if advice != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Reserved metadata key", fmt.Sprintf("The key %s is not for metadata: %s.", req.ConfigValue.ValueString(), advice))
	}
}

// ValidateConfig refuses what excludes each other.
func (r *conversationResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var unique types.Bool
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("unique"), &unique)...)
	if resp.Diagnostics.HasError() || !unique.ValueBool() {
		return // Most are not, and one attribute is read in a tenth of the time of all.
	}

	var config conversationModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if tfvalue.IsSet(config.ClientGroupID) {
		resp.Diagnostics.AddAttributeError(path.Root("client_group_id"), "Two client group ids",
			"With unique = true, client_group_id is made of the members. Remove one of the two.")
	}

	key, known := uniqueKey(config.GroupMemberList)
	if known {
		resp.Diagnostics.Append(checkKey(key)...)
	}
}

// checkKey refuses a client group id that is made of the members and too long.
func checkKey(key string) diag.Diagnostics {
	var diags diag.Diagnostics
	if len(key) > longestClientID {
		diags.AddAttributeError(path.Root("unique"), "Too many members for a unique conversation", fmt.Sprintf(
			"The client_group_id that is made of the members would have %d characters, and %d are possible. Set a client_group_id instead.", len(key), longestClientID))
	}

	return diags
}

// uniqueKey is the client group id of a unique conversation, if its members are known.
func uniqueKey(members types.Set) (string, bool) {
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

// ModifyPlan derives the client group id of a unique conversation, and checks what depends on the provider's defaults.
func (r *conversationResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}

	var plan, config conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	var state *conversationModel
	if !req.State.Raw.IsNull() {
		state = &conversationModel{}
		resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	if config.ClientGroupID.IsNull() {
		r.planUnique(ctx, plan, state, resp)
	} else if state != nil && state.Unique.ValueBool() {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("unique"))
	}

	if r.client != nil {
		resp.Diagnostics.Append(config.checkRouting(r.client.Defaults, state == nil)...)
	}
}

// planUnique derives the client group id from the members. It replaces a unique conversation whose members changed, and one that is no longer unique.
func (r *conversationResource) planUnique(ctx context.Context, plan conversationModel, state *conversationModel, resp *resource.ModifyPlanResponse) {
	if plan.Unique.IsUnknown() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("client_group_id"), types.StringUnknown())...)
		return
	}

	if !plan.Unique.ValueBool() {
		if state != nil && state.Unique.ValueBool() {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("client_group_id"), types.StringUnknown())...)
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root("unique"))
		}

		return
	}

	planned := types.StringUnknown()

	key, known := uniqueKey(plan.GroupMemberList)
	if known {
		resp.Diagnostics.Append(checkKey(key)...) // The members may not have been known before.
		planned = types.StringValue(key)
	}

	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("client_group_id"), planned)...)

	if state != nil && !planned.Equal(state.ClientGroupID) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("client_group_id"))
	}
}

// checkRouting checks what skipping the conversation rules needs; for a new conversation the provider's defaults count.
func (m conversationModel) checkRouting(d api.ConversationDefaults, creating bool) diag.Diagnostics {
	var diags diag.Diagnostics

	skip := m.SkipRouting
	if creating {
		skip = m.withDefaults(d).SkipRouting
	}

	switch {
	case !skip.ValueBool() || m.Assignee.IsUnknown():
	case tfvalue.IsSet(m.Assignee) && !m.hasMember(m.Assignee.ValueString(), slices.Concat(d.AgentIDs, d.BotIDs)):
		diags.AddAttributeError(path.Root("assignee"), "The assignee is not a member", fmt.Sprintf(
			"With skip_routing = true the platform takes only a member as the assignee. Add %q to group_member_list, or remove skip_routing.", m.Assignee.ValueString()))
	case creating && m.Assignee.IsNull() && d.Assignee == "" && m.TeamID.IsNull() && d.TeamID == "":
		diags.AddAttributeWarning(path.Root("skip_routing"), "Nobody is assigned",
			"With skip_routing = true and without an assignee, the platform assigns the new conversation to nobody.")
	}

	return diags
}

// hasMember says whether the user is among the configured members or the others; as long as one is not known, it may be.
func (m conversationModel) hasMember(id string, others []string) bool {
	if m.GroupMemberList.IsUnknown() || contains(others, id) {
		return true
	}

	return slices.ContainsFunc(m.GroupMemberList.Elements(), func(element attr.Value) bool {
		member, ok := element.(types.String)
		return ok && (member.IsUnknown() || strings.EqualFold(member.ValueString(), id))
	})
}
