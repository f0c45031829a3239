package desk

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// agentModel is an agent in a configuration and in state.
type agentModel struct {
	ID            types.String `tfsdk:"id"`
	Email         types.String `tfsdk:"email"`
	Name          types.String `tfsdk:"name"`
	Role          types.String `tfsdk:"role"`
	Availability  types.String `tfsdk:"availability"`
	AutoOffline   types.Bool   `tfsdk:"auto_offline"`
	CustomRoleID  types.String `tfsdk:"custom_role_id"`
	AdoptExisting types.Bool   `tfsdk:"adopt_existing"`
}

// agentData is what a data source has of an agent.
type agentData struct {
	ID                 types.String `tfsdk:"id"`
	Email              types.String `tfsdk:"email"`
	Name               types.String `tfsdk:"name"`
	AvailableName      types.String `tfsdk:"available_name"`
	Role               types.String `tfsdk:"role"`
	AutoOffline        types.Bool   `tfsdk:"auto_offline"`
	CustomRoleID       types.String `tfsdk:"custom_role_id"`
	AvailabilityStatus types.String `tfsdk:"availability_status"`
	Confirmed          types.Bool   `tfsdk:"confirmed"`
	Thumbnail          types.String `tfsdk:"thumbnail"`
}

// fromAPI takes everything from the platform's answer but the availability that was set: the platform returns only the one
// that others see.
func (m *agentModel) fromAPI(found api.Agent) {
	m.ID = types.StringValue(found.ID.String())
	m.Email = types.StringValue(found.Email)
	m.Name = types.StringValue(found.Name)
	m.Role = types.StringValue(found.Role)
	m.AutoOffline = types.BoolValue(found.AutoOffline)
	m.CustomRoleID = account.IDOrNull(found.CustomRoleID)
}

// setAvailability stores the availability that was set, as far as what others see shows it: an agent who goes offline
// automatically is shown as offline whatever was set.
func (m *agentModel) setAvailability(found api.Agent) {
	if found.AvailabilityStatus != "offline" || !found.AutoOffline {
		m.Availability = tfvalue.StringOrNull(found.AvailabilityStatus)
	}
}

// creation returns the request that creates the agent. It always has a name: servers before 4.14.0 crash without one, and
// newer ones take the same.
func (m *agentModel) creation() api.AgentRequest {
	request := m.difference(agentModel{})

	if !tfvalue.IsSet(m.Name) || m.Name.ValueString() == "" {
		name, _, _ := strings.Cut(m.Email.ValueString(), "@")
		request.Name = api.Set(name)
	}

	return request
}

// changeOf returns the request that makes an agent into the planned one. It leaves out the availability, of which nothing
// tells what was set.
func (m *agentModel) changeOf(found api.Agent) api.AgentRequest {
	prior := *m
	prior.fromAPI(found)

	return m.changeFrom(prior)
}

// changeFrom returns the request that turns prior into the plan.
func (m *agentModel) changeFrom(prior agentModel) api.AgentRequest {
	change := m.difference(prior)
	if change == (api.AgentRequest{}) {
		return change
	}

	if change == (api.AgentRequest{CustomRoleID: change.CustomRoleID}) {
		change.Role = api.Set(prior.Role.ValueString()) // The server reads the custom role beside the agent, and wants an agent.
	}

	known := m.CustomRoleID
	if known.IsUnknown() {
		known = prior.CustomRoleID
	}

	if known.ValueString() != "" {
		change.CustomRoleID = api.Set(api.ParseID(known.ValueString())) // An update without it takes the role away.
	}

	return change
}

// difference returns what the plan has otherwise than prior.
func (m *agentModel) difference(prior agentModel) api.AgentRequest {
	change := api.AgentRequest{
		Email:        account.TextChange(prior.Email, m.Email),
		Name:         account.TextChange(prior.Name, m.Name),
		Role:         account.TextChange(prior.Role, m.Role),
		AutoOffline:  account.FlagChange(prior.AutoOffline, m.AutoOffline),
		CustomRoleID: account.IDChange(prior.CustomRoleID, m.CustomRoleID),
	}

	if m.Availability.ValueString() != "" { // There is no way back to none.
		change.Availability = account.TextChange(prior.Availability, m.Availability)
	}

	return change
}

// fromAPI takes everything from the platform's answer.
func (m *agentData) fromAPI(found api.Agent) {
	m.ID = types.StringValue(found.ID.String())
	m.Email = types.StringValue(found.Email)
	m.Name = types.StringValue(found.Name)
	m.AvailableName = tfvalue.StringOrNull(found.AvailableName)
	m.Role = types.StringValue(found.Role)
	m.AutoOffline = types.BoolValue(found.AutoOffline)
	m.CustomRoleID = account.IDOrNull(found.CustomRoleID)
	m.AvailabilityStatus = tfvalue.StringOrNull(found.AvailabilityStatus)
	m.Confirmed = types.BoolValue(found.Confirmed)
	m.Thumbnail = tfvalue.StringOrNull(found.Thumbnail)
}
