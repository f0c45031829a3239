package kommunicate

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

type conversationModel struct {
	ID                 types.String    `tfsdk:"id"`
	GroupName          types.String    `tfsdk:"group_name"`
	GroupMemberList    tfvalue.TextSet `tfsdk:"group_member_list"`
	ClientGroupID      types.String    `tfsdk:"client_group_id"`
	Unique             types.Bool      `tfsdk:"unique"`
	SkipRouting        types.Bool      `tfsdk:"skip_routing"`
	Assignee           types.String    `tfsdk:"assignee"`
	TeamID             types.String    `tfsdk:"team_id"`
	Status             types.String    `tfsdk:"status"`
	ImageURL           types.String    `tfsdk:"image_url"`
	Metadata           types.Map       `tfsdk:"metadata"`
	ConversationInfo   types.Map       `tfsdk:"conversation_info"`
	ConversationTitle  types.String    `tfsdk:"conversation_title"`
	ChatContext        types.Map       `tfsdk:"chat_context"`
	WelcomeMessage     types.String    `tfsdk:"welcome_message"`
	CustomWelcomeEvent types.String    `tfsdk:"custom_welcome_event"`
	SkipBotEvent       types.Set       `tfsdk:"skip_bot_event"`
	SendNotifyMessage  types.Bool      `tfsdk:"send_notify_message"`
	TakeOverFromBot    types.Bool      `tfsdk:"take_over_from_bot"`
	SwitchAssignee     types.Bool      `tfsdk:"switch_assignee"`
	ActingUserID       types.String    `tfsdk:"acting_user_id"`
	AdoptExisting      types.Bool      `tfsdk:"adopt_existing"`
	OnDestroy          types.String    `tfsdk:"on_destroy"`
	GroupID            types.String    `tfsdk:"group_id"`
	AdminID            types.String    `tfsdk:"admin_id"`
	AllMembers         tfvalue.TextSet `tfsdk:"all_members"`
	CreatedAt          types.String    `tfsdk:"created_at"`
}

// keyedConversation names the attributes of which keys or elements are managed one by one.
func keyedConversation() []string {
	return []string{"metadata", "conversation_info", "chat_context", "group_member_list"}
}

const statusOpen = "open"

// statuses are the codes by the names of the vendor's SDKs. Only four of them can be set.
var statuses = map[string]string{
	"-1": "initial", "0": statusOpen, "1": "progress", "2": "closed", "3": "spam",
	"4": "duplicate", "5": "archive", "6": "unresponded", "7": "waiting",
}

// statusName returns the name of a code, or the code if it is new.
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

// statusNames returns the names of all statuses, in the order of their codes.
func statusNames() []string {
	names := make([]string, 0, len(statuses))
	for code := -1; code < len(statuses)-1; code++ {
		names = append(names, statuses[strconv.Itoa(code)])
	}

	return names
}

// texts returns the attributes that are one text of the metadata each, by their keys.
func (m *conversationModel) texts() map[string]*types.String {
	return map[string]*types.String{
		api.KeyTitle: &m.ConversationTitle, api.KeyWelcomeMessage: &m.WelcomeMessage, api.KeyCustomWelcomeEvent: &m.CustomWelcomeEvent,
	}
}

// objects returns the attributes that are one JSON object of the metadata each, by their keys.
func (m *conversationModel) objects() map[string]*types.Map {
	return map[string]*types.Map{api.KeyInfo: &m.ConversationInfo, api.KeyChatContext: &m.ChatContext}
}

// fromAPI fills in the platform's answer. Of members and of the attributes that are only optional, those that are set are
// filled in, and after an import all of them. Bots are configured members who left and are not missed. Unique and what only
// the provider uses cannot be read.
func (m *conversationModel) fromAPI(found api.Conversation, imported bool, bots []string) {
	members := found.Members()

	m.ID, m.GroupID = types.StringValue(string(found.ID)), types.StringValue(string(found.ID))
	m.GroupName = types.StringValue(found.Name)
	m.ClientGroupID = follow(m.ClientGroupID, string(found.ClientGroupID))
	m.AdminID = tfvalue.StringOrNull(found.AdminID)
	m.AllMembers = tfvalue.NewTextSet(members)
	m.CreatedAt = tfvalue.Milliseconds(found.CreatedAtTime)

	if imported {
		m.GroupMemberList = tfvalue.NewTextSet(members)
		m.ImageURL = tfvalue.StringOrNull(found.ImageURL)
	} else {
		m.GroupMemberList = present(m.GroupMemberList, members, bots)
		m.ImageURL = track(m.ImageURL, found.ImageURL)
	}

	if found.HasMetadata() {
		m.metadataFromAPI(found, imported)
	}
}

// metadataFromAPI fills in what stands in the metadata. Some answers do not hold it.
func (m *conversationModel) metadataFromAPI(found api.Conversation, imported bool) {
	m.Assignee = sameUser(m.Assignee, found.Metadata[api.KeyAssignee])
	m.TeamID = follow(m.TeamID, found.Metadata[api.KeyTeam])
	m.Status = follow(m.Status, statusName(found.Metadata[api.KeyStatus]))

	if imported {
		m.SkipBotEvent = setOrNull(found.SkippedEvents())
		m.Metadata = tfvalue.MapOf(withoutBlanks(userMetadata(found.Metadata)))

		if found.Metadata[api.KeySkipRouting] == "true" {
			m.SkipRouting = types.BoolValue(true)
		}
	} else {
		m.Metadata = tfvalue.Tracked(m.Metadata, found.Metadata)
		if !m.SkipBotEvent.IsNull() {
			m.SkipBotEvent = tfvalue.StringSet(found.SkippedEvents())
		}
	}

	for key, attribute := range m.texts() {
		if imported {
			*attribute = tfvalue.StringOrNull(found.Metadata[key])
		} else {
			*attribute = track(*attribute, found.Metadata[key])
		}
	}

	for key, attribute := range m.objects() {
		if imported {
			*attribute = tfvalue.MapOf(withoutBlanks(found.Object(key)))
		} else {
			*attribute = tfvalue.Tracked(*attribute, found.Object(key))
		}
	}
}

// fromWrite fills in what was read back after a write. What was to be cleared and is still there is filled in too.
func (m *conversationModel) fromWrite(found api.Conversation, bots []string) {
	planned := *m
	m.fromAPI(found, true, nil)
	m.GroupMemberList = present(planned.GroupMemberList, found.Members(), bots)
	m.SkipRouting = planned.SkipRouting

	if !found.HasMetadata() {
		return
	}

	m.keepOpen(planned.Status, found)

	m.Metadata = tfvalue.Tracked(planned.Metadata, found.Metadata)
	for key, attribute := range m.objects() {
		*attribute = tfvalue.Tracked(*planned.objects()[key], found.Object(key))
	}
}

// keepOpen keeps the status "open" where the vendor's dashboard shows the conversation under "open".
func (m *conversationModel) keepOpen(prior types.String, found api.Conversation) {
	if prior.ValueString() == statusOpen && api.IsOpenStatus(found.Metadata[api.KeyStatus]) {
		m.Status = prior
	}
}

func setOrNull(elements []string) types.Set {
	if len(elements) == 0 {
		return types.SetNull(types.StringType)
	}

	return tfvalue.StringSet(elements)
}

// sameUser returns the user that was found, in the spelling of prior: the platform may write agents' ids in lower case.
func sameUser(prior types.String, found string) types.String {
	if tfvalue.IsSet(prior) && strings.EqualFold(prior.ValueString(), found) {
		return prior
	}

	return follow(prior, found)
}

func contains(members []string, id string) bool {
	return slices.ContainsFunc(members, func(member string) bool { return strings.EqualFold(member, id) })
}

// missing returns those of the wanted members who are not among the members.
func missing(wanted, members []string) []string {
	there := folded(members)

	return slices.DeleteFunc(slices.Clone(wanted), func(id string) bool { return there[fold(id)] })
}

// folded returns ids as the keys of a map, in one case, so that hundreds of members are compared in one pass.
func folded(ids []string) map[string]bool {
	all := make(map[string]bool, len(ids))
	for _, id := range ids {
		all[fold(id)] = true
	}

	return all
}

func fold(id string) string { return strings.ToLower(strings.ToUpper(id)) }

// present returns the configured members who are among the members, or are bots that left.
func present(configured tfvalue.TextSet, members, bots []string) tfvalue.TextSet {
	var kept []string

	there, left := folded(members), folded(bots)

	for _, element := range configured.Elements() {
		id, ok := element.(types.String)
		if ok && (there[fold(id.ValueString())] || left[fold(id.ValueString())]) {
			kept = append(kept, id.ValueString())
		}
	}

	return tfvalue.NewTextSet(kept)
}

// union returns the elements of both sets.
func union(a, b tfvalue.TextSet) tfvalue.TextSet {
	return tfvalue.NewTextSet(slices.Concat(textsOf(a), textsOf(b)))
}

// withDefaults returns the model with the provider's conversation_defaults where it sets nothing itself. They hold for new
// conversations only.
func (m *conversationModel) withDefaults(d api.ConversationDefaults) *conversationModel {
	with := *m
	if with.Assignee.ValueString() == "" && d.Assignee != "" {
		with.Assignee = types.StringValue(d.Assignee)
	}

	if with.TeamID.ValueString() == "" && d.TeamID != "" {
		with.TeamID = types.StringValue(d.TeamID)
	}

	if with.SkipRouting.IsNull() && d.SkipRouting != nil {
		with.SkipRouting = types.BoolValue(*d.SkipRouting)
	}

	return &with
}

// userMetadata returns the keys that no other attribute, platform or SDK owns.
func userMetadata(metadata map[string]string) map[string]string {
	kept := maps.Clone(metadata)
	maps.DeleteFunc(kept, func(key, _ string) bool {
		return reservedKeys[key] != "" || slices.Contains(writtenKeys, key) || strings.HasSuffix(key, "_MESSAGE")
	})

	return kept
}

// writtenKeys are written by the platform, its SDKs and agents.
var writtenKeys = []string{
	"KM_TAGS", "GROUP_CREATION_URL", "source", "HIDE", "ALERT", "MUTE", "AL_CATEGORY", "AL_CONTEXT_BASED_CHAT", "AL_BLOCK",
	api.KeyOriginalTitle, "KM_CONVERSATION_SUBJECT", "CONVERSATION_TITLE",
}

// createRequest returns what creating can set at once. The platform honours an assignee there only if routing is skipped,
// and not together with a team.
func (m *conversationModel) createRequest(ctx context.Context, d api.ConversationDefaults) (api.ConversationRequest, diag.Diagnostics) {
	members, diags := tfvalue.Strings(ctx, m.GroupMemberList)
	metadata, problems := m.createMetadata(ctx)
	diags.Append(problems...)

	members = append(members, missing(slices.Concat(d.AgentIDs, d.BotIDs), members)...)
	team, assignee := m.TeamID.ValueString(), m.Assignee.ValueString()

	if m.SkipRouting.ValueBool() {
		metadata[api.KeySkipRouting] = true
	}

	switch {
	case team != "":
		metadata[api.KeyTeam] = team
	case m.SkipRouting.ValueBool() && assignee != "":
		metadata[api.KeyAssignee] = assignee
		members = append(members, missing([]string{assignee}, members)...)
	}

	return api.ConversationRequest{
		GroupName: m.GroupName.ValueString(), ClientGroupID: m.ClientGroupID.ValueString(),
		GroupMemberList: slices.Sorted(slices.Values(members)), Metadata: metadata,
	}, diags
}

// createMetadata returns the metadata that the configuration sets.
func (m *conversationModel) createMetadata(ctx context.Context) (map[string]any, diag.Diagnostics) {
	values, diags := tfvalue.StringMap(ctx, m.Metadata)

	metadata := map[string]any{}
	for key, value := range values {
		metadata[key] = value
	}

	for key, attribute := range m.texts() {
		if attribute.ValueString() != "" {
			metadata[key] = attribute.ValueString()
		}
	}

	_, isWritten := values[api.KeyOriginalTitle]
	if m.ConversationTitle.ValueString() != "" && !isWritten {
		metadata[api.KeyOriginalTitle] = showsTitle(m.ConversationTitle.ValueString())
	}

	for key, attribute := range m.objects() {
		object, problems := tfvalue.StringMap(ctx, *attribute)
		diags.Append(problems...)

		if len(object) > 0 {
			metadata[key] = encode(object)
		}
	}

	events, problems := tfvalue.Strings(ctx, m.SkipBotEvent)
	diags.Append(problems...)

	if len(events) > 0 {
		slices.Sort(events)
		metadata[api.KeySkipBotEvent] = encode(events)
	}

	return metadata, diags
}

// showsTitle returns what is sent as KM_ORIGINAL_TITLE with a title. The vendor's apps for Android and iOS send true with each;
// like other keys, it is blanked with the title, because no key can be removed.
func showsTitle(title string) string {
	if title == "" {
		return ""
	}

	return "true"
}

// encode returns the JSON of texts, which always has one.
func encode(value any) string {
	raw, err := json.Marshal(value)
	if err != nil {
		return ""
	}

	return string(raw)
}
