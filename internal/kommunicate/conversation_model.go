package kommunicate

import (
	"context"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var groupIDForm = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)

type conversationModel struct {
	ID                types.String `tfsdk:"id"`
	GroupName         types.String `tfsdk:"group_name"`
	GroupMemberList   types.Set    `tfsdk:"group_member_list"`
	ClientGroupID     types.String `tfsdk:"client_group_id"`
	Unique            types.Bool   `tfsdk:"unique"`
	SkipRouting       types.Bool   `tfsdk:"skip_routing"`
	Assignee          types.String `tfsdk:"assignee"`
	TeamID            types.String `tfsdk:"team_id"`
	Status            types.String `tfsdk:"status"`
	ImageURL          types.String `tfsdk:"image_url"`
	Metadata          types.Map    `tfsdk:"metadata"`
	ConversationInfo  types.Map    `tfsdk:"conversation_info"`
	SendNotifyMessage types.Bool   `tfsdk:"send_notify_message"`
	TakeOverFromBot   types.Bool   `tfsdk:"take_over_from_bot"`
	ActingUserID      types.String `tfsdk:"acting_user_id"`
	AdoptExisting     types.Bool   `tfsdk:"adopt_existing"`
	OnDestroy         types.String `tfsdk:"on_destroy"`
	GroupID           types.String `tfsdk:"group_id"`
	AdminID           types.String `tfsdk:"admin_id"`
	AllMembers        types.Set    `tfsdk:"all_members"`
	CreatedAt         types.String `tfsdk:"created_at"`
}

const statusOpen = "open"

// statuses are the vendor's SDKs' names of the codes. Only four of them can be set.
var statuses = map[string]string{
	"-1": "initial", "0": statusOpen, "1": "progress", "2": "closed", "3": "spam",
	"4": "duplicate", "5": "archive", "6": "unresponded", "7": "waiting",
}

// statusName is the name of a code, or the code if it is new.
func statusName(code string) string {
	if name, ok := statuses[code]; ok {
		return name
	}

	return code
}

func statusCode(name string) string {
	for code, known := range statuses {
		if known == name {
			return code
		}
	}

	return name
}

// fromAPI fills in what the platform answered. Of members, metadata and information only what is set counts, and all of it
// after an import, without the keys that the platform and its SDKs write. Bots are configured members who left and are not
// missed. Unique and what only the provider uses cannot be read, and skip_routing is what was asked for once.
func (m *conversationModel) fromAPI(found api.Conversation, imported bool, bots []string) {
	members := found.Members()
	if imported {
		m.GroupMemberList = tfvalue.StringSet(members)
		m.ImageURL = tfvalue.StringOrNull(found.ImageURL)
		m.Metadata = tfvalue.MapOf(filled(own(found.Metadata)))

		m.ConversationInfo = tfvalue.MapOf(filled(found.Info()))
		if found.Metadata[api.KeySkipRouting] == "true" {
			m.SkipRouting = types.BoolValue(true)
		}
	} else {
		m.GroupMemberList = present(m.GroupMemberList, members, bots)
		m.ImageURL = tracked(m.ImageURL, found.ImageURL)
		m.Metadata = tfvalue.Tracked(m.Metadata, found.Metadata)
		m.ConversationInfo = tfvalue.Tracked(m.ConversationInfo, found.Info())
	}

	m.ID, m.GroupID = types.StringValue(string(found.ID)), types.StringValue(string(found.ID))
	m.GroupName = types.StringValue(found.Name)
	m.ClientGroupID = tfvalue.StringOrNull(string(found.ClientGroupID))
	m.Assignee = sameUser(m.Assignee, found.Metadata[api.KeyAssignee])
	m.TeamID = tfvalue.StringOrNull(found.Metadata[api.KeyTeam])
	m.Status = tfvalue.StringOrNull(statusName(found.Metadata[api.KeyStatus]))
	m.AdminID = tfvalue.StringOrNull(found.AdminID)
	m.AllMembers = tfvalue.StringSet(members)
	m.CreatedAt = tfvalue.Milliseconds(found.CreatedAtTime)
}

// sameUser is the user that was found, in the spelling of prior: the platform may write agents' ids in lower case.
func sameUser(prior types.String, found string) types.String {
	if tfvalue.IsSet(prior) && strings.EqualFold(prior.ValueString(), found) {
		return prior
	}

	return tfvalue.StringOrNull(found)
}

func contains(members []string, id string) bool {
	return slices.ContainsFunc(members, func(member string) bool { return strings.EqualFold(member, id) })
}

// missing are those of the wanted members who are not there.
func missing(wanted, members []string) []string {
	return slices.DeleteFunc(slices.Clone(wanted), func(id string) bool { return contains(members, id) })
}

// present are the configured members who are there, or are not missed.
func present(configured types.Set, members, bots []string) types.Set {
	var kept []string

	for _, element := range configured.Elements() {
		if id, ok := element.(types.String); ok && (contains(members, id.ValueString()) || contains(bots, id.ValueString())) {
			kept = append(kept, id.ValueString())
		}
	}

	return tfvalue.StringSet(kept)
}

// union holds the elements of both sets.
func union(a, b types.Set) types.Set {
	elements := slices.Clone(a.Elements())
	for _, element := range b.Elements() {
		if !slices.ContainsFunc(elements, element.Equal) {
			elements = append(elements, element)
		}
	}

	return types.SetValueMust(types.StringType, elements)
}

// assume makes every value known when nothing could be, or had to be, read: it is what was last known.
func (m *conversationModel) assume(prior conversationModel) {
	m.ID, m.GroupID, m.AdminID, m.CreatedAt = prior.ID, prior.GroupID, prior.AdminID, prior.CreatedAt
	for _, v := range []struct{ plan, prior *types.String }{
		{&m.ClientGroupID, &prior.ClientGroupID},
		{&m.Assignee, &prior.Assignee},
		{&m.TeamID, &prior.TeamID},
		{&m.Status, &prior.Status},
	} {
		if v.plan.IsUnknown() {
			*v.plan = *v.prior
		}
	}

	m.AllMembers = union(prior.AllMembers, m.GroupMemberList)
}

// insist puts back what was planned and is otherwise on the platform, and names it.
func (m *conversationModel) insist(planned conversationModel) []string {
	var odd []string
	insist(&odd, "group_name", &m.GroupName, planned.GroupName)
	insist(&odd, "group_member_list", &m.GroupMemberList, planned.GroupMemberList)
	insist(&odd, "client_group_id", &m.ClientGroupID, planned.ClientGroupID)
	insist(&odd, "assignee", &m.Assignee, planned.Assignee)
	insist(&odd, "team_id", &m.TeamID, planned.TeamID)
	insist(&odd, "status", &m.Status, planned.Status)
	insist(&odd, "image_url", &m.ImageURL, planned.ImageURL)
	insist(&odd, "metadata", &m.Metadata, planned.Metadata)
	insist(&odd, "conversation_info", &m.ConversationInfo, planned.ConversationInfo)

	return odd
}

// withDefaults is the model with the provider's conversation_defaults where it says nothing itself. They hold for new
// conversations only.
func (m conversationModel) withDefaults(d api.ConversationDefaults) conversationModel {
	if !tfvalue.IsSet(m.Assignee) && d.Assignee != "" {
		m.Assignee = types.StringValue(d.Assignee)
	}

	if !tfvalue.IsSet(m.TeamID) && d.TeamID != "" {
		m.TeamID = types.StringValue(d.TeamID)
	}

	if m.SkipRouting.IsNull() && d.SkipRouting != nil {
		m.SkipRouting = types.BoolValue(*d.SkipRouting)
	}

	return m
}

// createRequest holds what creating can set at once. An assignee is honoured there only if routing is skipped, and not
// together with a team.
func (m *conversationModel) createRequest(ctx context.Context, d api.ConversationDefaults) (api.ConversationRequest, diag.Diagnostics) {
	members, diags := tfvalue.Strings(ctx, m.GroupMemberList)
	values, problems := tfvalue.StringMap(ctx, m.Metadata)
	diags.Append(problems...)
	info, problems := tfvalue.StringMap(ctx, m.ConversationInfo)
	diags.Append(problems...)

	metadata := map[string]any{}
	for key, value := range values {
		metadata[key] = value
	}

	if len(info) > 0 {
		text, err := json.Marshal(info)
		if err != nil {
			diags.AddError("Unable to encode conversation_info", err.Error())
		}

		metadata[api.KeyInfo] = string(text)
	}

	members = append(members, missing(slices.Concat(d.AgentIDs, d.BotIDs), members)...)

	skip, team, assignee := m.SkipRouting.ValueBool(), tfvalue.IsSet(m.TeamID), tfvalue.IsSet(m.Assignee)
	if skip {
		metadata[api.KeySkipRouting] = true
	}

	switch {
	case team:
		metadata[api.KeyTeam] = m.TeamID.ValueString()
	case skip && assignee:
		metadata[api.KeyAssignee] = m.Assignee.ValueString()
		members = append(members, missing([]string{m.Assignee.ValueString()}, members)...)
	}

	request := api.ConversationRequest{GroupName: m.GroupName.ValueString(), GroupMemberList: slices.Sorted(slices.Values(members)), Metadata: metadata}
	if tfvalue.IsSet(m.ClientGroupID) {
		request.ClientGroupID = m.ClientGroupID.ValueString()
	}

	return request, diags
}

// updateRequest is what changed since prior of what group/update takes, and whether what agents see changed. A key of
// metadata cannot be removed, so it is blanked.
func (m *conversationModel) updateRequest(prior conversationModel) (api.ConversationUpdate, bool) {
	update := api.ConversationUpdate{
		GroupID: prior.ID.ValueString(), NewName: changed(prior.GroupName, m.GroupName), ImageURL: changed(prior.ImageURL, m.ImageURL),
		Metadata: changedKeys(prior.Metadata, m.Metadata),
	}
	for _, key := range removedKeys(prior.Metadata, m.Metadata) {
		update.Metadata[key] = ""
	}

	return update, len(changedKeys(prior.ConversationInfo, m.ConversationInfo))+len(removedKeys(prior.ConversationInfo, m.ConversationInfo)) > 0
}

// memberChanges are the configured members to add, and the formerly configured ones to remove. Who the conversation is and
// stays assigned to is not thrown out: an import takes all members into the state.
func (m *conversationModel) memberChanges(ctx context.Context, prior conversationModel) (joining, leaving []string, diags diag.Diagnostics) {
	wanted, diags := tfvalue.Strings(ctx, m.GroupMemberList)
	had, problems := tfvalue.Strings(ctx, prior.GroupMemberList)
	diags.Append(problems...)

	assignee := prior.Assignee.ValueString()
	if tfvalue.IsSet(m.Assignee) {
		assignee = m.Assignee.ValueString()
	}

	joining, leaving = missing(wanted, had), missing(had, append(wanted, assignee))
	slices.Sort(joining)
	slices.Sort(leaving)

	return joining, leaving, diags
}

// own leaves out the keys that other attributes manage and that the platform, its SDKs and agents write.
func own(metadata map[string]string) map[string]string {
	kept := maps.Clone(metadata)
	maps.DeleteFunc(kept, func(key, _ string) bool {
		return reservedKeys[key] != "" || slices.Contains(writtenKeys, key) || strings.HasSuffix(key, "_MESSAGE") && key != "WELCOME_MESSAGE"
	})

	return kept
}

// writtenKeys are the platform's, its SDKs' and its agents'.
var writtenKeys = []string{
	"KM_TAGS", "KM_CHAT_CONTEXT", "GROUP_CREATION_URL", "source", "HIDE", "ALERT", "MUTE",
	"AL_CATEGORY", "AL_CONTEXT_BASED_CHAT", "AL_BLOCK",
}
