package imichat

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// chatModel is a chat in a configuration and in state.
type chatModel struct {
	ID                 types.String `tfsdk:"id"`
	ChatID             types.String `tfsdk:"chat_id"`
	TeamID             types.String `tfsdk:"team_id"`
	TeamName           types.String `tfsdk:"team_name"`
	Channel            types.String `tfsdk:"channel"`
	Asset              types.Object `tfsdk:"asset"`
	Customer           types.Object `tfsdk:"customer"`
	AliasID            types.String `tfsdk:"alias_id"`
	Subject            types.String `tfsdk:"subject"`
	ThreadID           types.String `tfsdk:"thread_id"`
	RouteParams        types.Map    `tfsdk:"route_params"`
	InitialMessages    types.List   `tfsdk:"initial_messages"`
	Tags               types.Set    `tfsdk:"tags"`
	Status             types.String `tfsdk:"status"`
	Assignee           types.String `tfsdk:"assignee"`
	Outcome            types.String `tfsdk:"outcome"`
	OtherDetails       types.Map    `tfsdk:"other_details"`
	Flag               types.String `tfsdk:"flag"`
	CreatedAt          types.String `tfsdk:"created_at"`
	AdoptExisting      types.Bool   `tfsdk:"adopt_existing"`
	OnDestroy          types.String `tfsdk:"on_destroy"`
	RecreateWhenClosed types.Bool   `tfsdk:"recreate_when_closed"`
}

func assetType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{"id": types.StringType, "name": types.StringType}}
}

func customerType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{"id": types.StringType, "destination_id": types.StringType, "name": types.StringType}}
}

// fromAPI fills the model with a chat. What cannot be changed in place stays as it was written: the platform may spell it
// otherwise, and another spelling is no reason to replace a customer's chat. What the platform does not return stays too.
// Of alias_id and other_details, only what is set here counts, and everything after an import. Rows of the list lack some
// attributes: those stay as they are.
func (m *chatModel) fromAPI(chat *api.Chat, imported bool) {
	m.ID, m.ChatID = types.StringValue(chat.ID), types.StringValue(chat.ID)
	m.TeamID, m.TeamName = follow(m.TeamID, chat.TeamID), follow(m.TeamName, chat.TeamName)
	m.Status, m.Flag, m.Tags = tfvalue.StringOrNull(chat.Status), tfvalue.StringOrNull(chat.Flag), tfvalue.StringSet(chat.Tags)

	if !tfvalue.IsSet(m.Assignee) || !strings.EqualFold(m.Assignee.ValueString(), chat.Assignee) {
		m.Assignee = tfvalue.StringOrNull(chat.Assignee)
	}

	created := tfvalue.Timestamp(chat.CreatedAt)
	if !created.IsNull() || m.CreatedAt.IsUnknown() {
		m.CreatedAt = created
	}

	if imported {
		m.Channel = tfvalue.StringOrNull(chat.Channel)
		m.Subject, m.ThreadID = tfvalue.StringOrNull(chat.Subject), tfvalue.StringOrNull(chat.ThreadID)
		m.RouteParams, m.OtherDetails = mapOrNull(chat.RouteParams), mapOrNull(chat.OtherDetails)
	}

	if imported || isGiven(m.AliasID) {
		m.AliasID = tfvalue.StringOrNull(chat.AliasID)
	}

	m.OtherDetails = tfvalue.Tracked(m.OtherDetails, chat.OtherDetails)

	m.Asset = object(assetType(), map[string]attr.Value{
		"id": stay(field(m.Asset, "id"), chat.Asset.ID), "name": follow(field(m.Asset, "name"), chat.Asset.Name),
	})
	m.Customer = object(customerType(), map[string]attr.Value{
		"id":             follow(field(m.Customer, "id"), chat.Customer.ID),
		"destination_id": stay(field(m.Customer, "destination_id"), chat.Customer.DestinationID),
		"name":           stay(field(m.Customer, "name"), chat.Customer.Name),
	})
}

// fromUpdate fills the planned model with a chat that was changed. It also keeps what was to be removed and is still there,
// which planned.KeepUpdate reports.
func (m *chatModel) fromUpdate(chat *api.Chat, prior chatModel, managed ownership.Managed) {
	details := map[string]string{}

	for key, value := range chat.OtherDetails {
		_, isPlanned := m.OtherDetails.Elements()[key]
		_, isPrior := prior.OtherDetails.Elements()[key]

		if isPlanned || isPrior && managed.HasKey("other_details", key) {
			details[key] = value
		}
	}

	if isGiven(prior.AliasID) && isEmpty(m.AliasID) {
		m.AliasID = prior.AliasID
	}

	m.fromAPI(chat, false)

	if len(details) > 0 {
		m.OtherDetails = tfvalue.MapOf(details)
	}
}

// leavesToOthers lists the keys of other_details that leave the state and stay on the platform, because no configuration has
// named them.
func (m *chatModel) leavesToOthers(prior chatModel, managed ownership.Managed) []string {
	var keys []string

	for key := range prior.OtherDetails.Elements() {
		_, isPlanned := m.OtherDetails.Elements()[key]
		if !isPlanned && !managed.HasKey("other_details", key) {
			keys = append(keys, key)
		}
	}

	slices.Sort(keys)

	return keys
}

// changesTeam reports whether the plan moves the chat to another team.
func (m *chatModel) changesTeam(prior chatModel) bool {
	return isGiven(m.TeamID) && isGiven(prior.TeamID) && !m.TeamID.Equal(prior.TeamID)
}
