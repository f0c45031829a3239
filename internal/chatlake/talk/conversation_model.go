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
	SLAPolicyID          types.String   `tfsdk:"sla_policy_id"`
	Labels               types.Set      `tfsdk:"labels"`
	CustomAttributes     types.Dynamic  `tfsdk:"custom_attributes"`
	OnDestroy            types.String   `tfsdk:"on_destroy"`
	UUID                 types.String   `tfsdk:"uuid"`
	CreatedAt            types.String   `tfsdk:"created_at"`
	Timeouts             timeouts.Value `tfsdk:"timeouts"`
}

// fill stores everything that the server returns. It returns the session only with a message.
func (m *conversationModel) fill(ctx context.Context, found *api.Conversation) {
	m.ID = types.StringValue(found.ID.String())
	m.InboxID = types.StringValue(found.InboxID.String())
	m.ContactID = types.StringValue(found.Meta.Sender.ID.String())

	if !tfvalue.IsSet(m.SourceID) {
		m.SourceID = tfvalue.StringOrNull(found.SourceID())
	}

	m.AdditionalAttributes = account.ObjectOrNull(found.AdditionalAttributes)
	m.CustomAttributes = account.ObjectOrNull(found.CustomAttributes)
	m.Status = types.StringValue(found.Status)
	m.SnoozedUntil = snoozedUntil(m.SnoozedUntil, found)
	m.AssigneeID = account.IDOrNull(found.AssigneeID())
	m.TeamID = account.IDOrNull(found.TeamID())
	m.Priority = tfvalue.StringOrNull(found.Priority)
	m.SLAPolicyID = account.IDOrNull(found.SLAPolicyID)
	m.Labels = labelSet(ctx, m.Labels, found.Labels)
	m.UUID = tfvalue.StringOrNull(found.UUID)
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// follow is fill for a refresh: keys that the state does not have stay out of it.
func (m *conversationModel) follow(ctx context.Context, found *api.Conversation) {
	prior := *m
	m.fill(ctx, found)
	m.AdditionalAttributes = tfvalue.TrackedObject(prior.AdditionalAttributes, found.AdditionalAttributes)
	m.CustomAttributes = tfvalue.TrackedObject(prior.CustomAttributes, found.CustomAttributes)
}

// snoozedUntil returns the time that was found. A time in the past is kept: the platform has reopened the conversation as
// it was told to, and forgotten the time.
func snoozedUntil(prior types.String, found *api.Conversation) types.String {
	at := instant(prior)
	if found.SnoozedUntil.IsZero() && !at.IsZero() && at.Before(time.Now()) {
		return prior
	}

	return sameInstant(prior, found.SnoozedUntil.Time)
}

// createRequest returns what opens the conversation in the session.
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

// instant returns a configured time, or the zero time.
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

// sameInstant returns the time that was found, as it is written in prior if that means the same. The server keeps whole
// seconds.
func sameInstant(prior types.String, found time.Time) types.String {
	at := instant(prior)
	if !at.IsZero() && at.Truncate(time.Second).Equal(found.Truncate(time.Second)) {
		return prior
	}

	return tfvalue.Timestamp(found)
}
