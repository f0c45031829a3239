package talk

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

type conversationModel struct {
	ID                   types.String   `tfsdk:"id"`
	InboxID              types.String   `tfsdk:"inbox_id"`
	ContactID            types.String   `tfsdk:"contact_id"`
	SourceID             types.String   `tfsdk:"source_id"`
	AdditionalAttributes types.Dynamic  `tfsdk:"additional_attributes"`
	Status               types.String   `tfsdk:"status"`
	SnoozedUntil         types.String   `tfsdk:"snoozed_until"`
	AssigneeID           types.String   `tfsdk:"assignee_id"`
	TeamID               types.String   `tfsdk:"team_id"`
	Priority             types.String   `tfsdk:"priority"`
	Labels               types.Set      `tfsdk:"labels"`
	CustomAttributes     types.Dynamic  `tfsdk:"custom_attributes"`
	OnDestroy            types.String   `tfsdk:"on_destroy"`
	UUID                 types.String   `tfsdk:"uuid"`
	CreatedAt            types.String   `tfsdk:"created_at"`
	Timeouts             timeouts.Value `tfsdk:"timeouts"`
}

// imported says that nothing but the id is known yet.
func (m *conversationModel) imported() bool { return m.InboxID.IsNull() }

// fromAPI fills in what the server says. The session it tells only where there is a message.
func (m *conversationModel) fromAPI(ctx context.Context, found *api.Conversation) {
	imported := m.imported()
	m.ID = types.StringValue(found.ID.String())
	m.InboxID = types.StringValue(found.InboxID.String())

	m.ContactID = types.StringValue(found.Meta.Sender.ID.String())
	if !tfvalue.IsSet(m.SourceID) {
		m.SourceID = tfvalue.StringOrNull(found.SourceID())
	}

	if imported {
		m.AdditionalAttributes = account.ObjectOrNull(found.AdditionalAttributes)
		m.CustomAttributes = account.ObjectOrNull(found.CustomAttributes)
	} else {
		m.AdditionalAttributes = tfvalue.TrackedObject(m.AdditionalAttributes, found.AdditionalAttributes)
		m.CustomAttributes = tfvalue.TrackedObject(m.CustomAttributes, found.CustomAttributes)
	}

	m.Status = types.StringValue(found.Status)
	m.SnoozedUntil = sameInstant(m.SnoozedUntil, found.SnoozedUntil.Time)
	m.AssigneeID = account.IDOrNull(found.AssigneeID())
	m.TeamID = account.IDOrNull(found.TeamID())
	m.Priority = tfvalue.StringOrNull(found.Priority)
	m.Labels = labelSet(ctx, m.Labels, found.Labels)
	m.UUID = tfvalue.StringOrNull(found.UUID)
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// known makes every attribute known that is not: what is stored when the rest of the answer could not be had.
func (m *conversationModel) known() {
	for _, v := range []*types.String{
		&m.SourceID, &m.Status, &m.SnoozedUntil, &m.AssigneeID, &m.TeamID, &m.Priority, &m.UUID, &m.CreatedAt,
	} {
		if v.IsUnknown() {
			*v = types.StringNull()
		}
	}

	if m.Labels.IsUnknown() {
		m.Labels = types.SetNull(types.StringType)
	}
}

// KeepPlanned makes the state what Terraform planned, after an update.
func (m *conversationModel) settle(plan *conversationModel) {
	m.SourceID = account.PlannedOr(plan.SourceID, m.SourceID)
	m.Status = account.PlannedOr(plan.Status, m.Status)
	m.SnoozedUntil = account.PlannedOr(plan.SnoozedUntil, m.SnoozedUntil)
	m.AssigneeID = account.PlannedOr(plan.AssigneeID, m.AssigneeID)
	m.TeamID = account.PlannedOr(plan.TeamID, m.TeamID)
	m.Priority = account.PlannedOr(plan.Priority, m.Priority)
	m.Labels = account.PlannedOr(plan.Labels, m.Labels)
	m.CustomAttributes = account.PlannedOr(plan.CustomAttributes, m.CustomAttributes)
	m.AdditionalAttributes = account.PlannedOr(plan.AdditionalAttributes, m.AdditionalAttributes)
	m.UUID, m.CreatedAt = account.PlannedOr(plan.UUID, m.UUID), account.PlannedOr(plan.CreatedAt, m.CreatedAt)
}

// createRequest is what opens the conversation in the session.
func (m *conversationModel) createRequest(source string) (api.ConversationRequest, diag.Diagnostics) {
	additional, diags := tfvalue.JSONObject(m.AdditionalAttributes)
	custom, problems := tfvalue.JSONObject(m.CustomAttributes)
	diags.Append(problems...)

	req := api.ConversationRequest{
		InboxID: api.ParseID(m.InboxID.ValueString()), ContactID: api.ParseID(m.ContactID.ValueString()), SourceID: source,
		Status: m.Status.ValueString(), AssigneeID: api.ParseID(m.AssigneeID.ValueString()), TeamID: api.ParseID(m.TeamID.ValueString()),
		AdditionalAttributes: additional, CustomAttributes: custom,
	}

	until := instant(m.SnoozedUntil)
	if !until.IsZero() {
		req.SnoozedUntil = &until
	}

	return req, diags
}

// instant is a configured time, or the zero time.
func instant(v types.String) time.Time {
	if !tfvalue.IsSet(v) {
		return time.Time{}
	}

	at, err := time.Parse(time.RFC3339, v.ValueString())
	if err != nil {
		return time.Time{}
	}

	return at.UTC()
}

// sameInstant is the time that was found, as it was written in prior if that means the same. Seconds count: the server
// takes no less.
func sameInstant(prior types.String, found time.Time) types.String {
	at := instant(prior)
	if !at.IsZero() && at.Truncate(time.Second).Equal(found.Truncate(time.Second)) {
		return prior
	}

	return tfvalue.Timestamp(found)
}
