package desk

import (
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

// agentData is what a data source tells of an agent.
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

// fromAPI takes over an agent, but for the availability that was set: the platform tells only the one that others see.
func (m *agentModel) fromAPI(found api.Agent) {
	m.ID = types.StringValue(found.ID.String())
	m.Email = types.StringValue(found.Email)
	m.Name = types.StringValue(found.Name)
	m.Role = types.StringValue(found.Role)
	m.AutoOffline = types.BoolValue(found.AutoOffline)
	m.CustomRoleID = account.IDOrNull(found.CustomRoleID)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *agentModel) request(prior agentModel) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "email", prior.Email, m.Email)
	account.SendChange(fields, "name", prior.Name, m.Name)
	account.SendChange(fields, "role", prior.Role, m.Role)

	if !m.Availability.IsNull() { // There is no way back to none.
		account.SendChange(fields, "availability", prior.Availability, m.Availability)
	}

	account.SendChange(fields, "auto_offline", prior.AutoOffline, m.AutoOffline)
	account.SendIDChange(fields, "custom_role_id", prior.CustomRoleID, m.CustomRoleID)

	if len(fields) > 0 && tfvalue.IsSet(m.CustomRoleID) {
		fields["custom_role_id"] = api.ParseID(m.CustomRoleID.ValueString()) // An update without it takes the role away.
	}

	_, sent := fields["custom_role_id"]
	if sent && len(fields) == 1 {
		fields["role"] = prior.Role.ValueString() // The server reads the custom role beside the agent, and wants an agent.
	}

	return fields
}

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
