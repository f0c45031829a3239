package imichat

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// chatModel is a chat as the configuration and the state have it.
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

// field is a text of a nested object; null if there is no object.
func field(object types.Object, name string) types.String {
	value, ok := object.Attributes()[name].(types.String)
	if !ok {
		return types.StringNull()
	}

	return value
}

// imported says that nothing but the id is known yet.
func (m *chatModel) imported() bool { return m.Channel.IsNull() }

// fromAPI fills in what the platform says. What cannot be changed in place stays as it was written, for the platform may
// spell it otherwise, and replacing a customer's chat over a spelling would be absurd; so do outcome, initial_messages
// and the provider's own settings, which the platform does not return. Of alias_id and other_details, only what was
// configured counts. Rows of the list lack some fields: those stay as they are.
func (m *chatModel) fromAPI(chat *api.Chat) {
	all := m.imported()
	m.ID, m.ChatID = types.StringValue(chat.ID), types.StringValue(chat.ID)
	m.TeamID, m.TeamName = follow(m.TeamID, chat.TeamID), follow(m.TeamName, chat.TeamName)

	m.Status, m.Flag, m.Tags = types.StringValue(chat.Status), tfvalue.StringOrNull(chat.Flag), tfvalue.StringSet(chat.Tags)
	if !tfvalue.IsSet(m.Assignee) || !strings.EqualFold(m.Assignee.ValueString(), chat.Assignee) {
		m.Assignee = tfvalue.StringOrNull(chat.Assignee)
	}

	created := tfvalue.Timestamp(chat.CreatedAt)
	if !created.IsNull() || m.CreatedAt.IsUnknown() {
		m.CreatedAt = created
	}

	if all || tfvalue.IsSet(m.AliasID) {
		m.AliasID = tfvalue.StringOrNull(chat.AliasID)
	}

	m.OtherDetails = tfvalue.Tracked(m.OtherDetails, chat.OtherDetails)
	if all {
		m.Channel = tfvalue.StringOrNull(chat.Channel)
		m.Subject, m.ThreadID = tfvalue.StringOrNull(chat.Subject), tfvalue.StringOrNull(chat.ThreadID)
		m.RouteParams, m.OtherDetails = mapOrNull(chat.RouteParams), mapOrNull(chat.OtherDetails)
	}

	m.Asset = object(assetType(), map[string]attr.Value{
		"id": stay(field(m.Asset, "id"), chat.Asset.ID), "name": follow(field(m.Asset, "name"), chat.Asset.Name),
	})
	m.Customer = object(customerType(), map[string]attr.Value{
		"id":             follow(field(m.Customer, "id"), chat.Customer.ID),
		"destination_id": stay(field(m.Customer, "destination_id"), chat.Customer.DestinationID),
		"name":           stay(field(m.Customer, "name"), chat.Customer.Name),
	})
}

// follow takes what was found, if anything was.
func follow(prior types.String, found string) types.String {
	if found == "" && tfvalue.IsSet(prior) {
		return prior
	}

	return tfvalue.StringOrNull(found)
}

// stay takes what was found only where nothing is known.
func stay(prior types.String, found string) types.String {
	if tfvalue.IsSet(prior) {
		return prior
	}

	return tfvalue.StringOrNull(found)
}

func mapOrNull(found map[string]string) types.Map {
	if len(found) == 0 {
		return types.MapNull(types.StringType)
	}

	return tfvalue.MapOf(found)
}

// hold puts back what was planned and may come differently from the platform without harm, and returns the names of what
// it should have kept and did not.
func (m *chatModel) hold(plan *chatModel) (lost []string) {
	for _, value := range []struct {
		name        string
		plan, found attr.Value
	}{
		{"alias_id", plan.AliasID, m.AliasID},
		{"tags", plan.Tags, m.Tags},
		{"status", plan.Status, m.Status},
		{"assignee", plan.Assignee, m.Assignee},
		{"other_details", plan.OtherDetails, m.OtherDetails},
	} {
		if tfvalue.IsSet(value.plan) && !value.plan.Equal(value.found) {
			lost = append(lost, value.name)
		}
	}
	// Transfers and renamed or merged profiles show at the next refresh.
	if tfvalue.IsSet(plan.TeamID) {
		m.TeamID = plan.TeamID
	}

	if known(plan.Asset) {
		m.Asset = plan.Asset
	}

	if known(plan.Customer) {
		m.Customer = plan.Customer
	}

	return lost
}

// known says that an object has no unknown field.
func known(object types.Object) bool {
	if !tfvalue.IsSet(object) {
		return false
	}

	for _, value := range object.Attributes() {
		if value.IsUnknown() {
			return false
		}
	}

	return true
}

// settle replaces what is still unknown by what was there before: for changes that need no request.
func (m *chatModel) settle(prior *chatModel) {
	for _, pair := range []struct{ value, prior *types.String }{
		{&m.TeamID, &prior.TeamID},
		{&m.TeamName, &prior.TeamName},
		{&m.Status, &prior.Status},
		{&m.Assignee, &prior.Assignee},
		{&m.Flag, &prior.Flag},
		{&m.CreatedAt, &prior.CreatedAt},
		{&m.ID, &prior.ID},
		{&m.ChatID, &prior.ChatID},
	} {
		if pair.value.IsUnknown() {
			*pair.value = *pair.prior
		}
	}

	if m.Tags.IsUnknown() {
		m.Tags = prior.Tags
	}

	if !known(m.Asset) {
		m.Asset = prior.Asset
	}

	if !known(m.Customer) {
		m.Customer = prior.Customer
	}
}
