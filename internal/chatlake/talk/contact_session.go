package talk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// findSession returns the first session of a list that is in the inbox and has the source id, if one is given; nil if
// there is none.
func findSession(sessions types.List, inbox, source types.String) map[string]attr.Value {
	for _, element := range sessions.Elements() {
		session, ok := element.(types.Object)
		if !ok || !session.Attributes()["inbox_id"].Equal(inbox) {
			continue
		}

		if source.ValueString() == "" || session.Attributes()["source_id"].Equal(source) {
			return session.Attributes()
		}
	}

	return nil
}

// session returns the session that inbox_id and source_id name; nil if the contact does not have it.
func (m *contactModel) session() map[string]attr.Value {
	return findSession(m.ContactInboxes, m.InboxID, m.SourceID)
}

// setSession stores the session that the contact was created with: the requested one, or one that it had in the inbox.
func (m *contactModel) setSession(req api.ContactRequest, sessions []api.ContactInbox) {
	if req.InboxID == 0 {
		m.InboxID, m.SourceID = types.StringNull(), types.StringNull()
		return
	}

	m.InboxID = types.StringValue(req.InboxID.String())
	if m.SourceID.ValueString() != "" {
		return
	}

	m.SourceID = tfvalue.StringOrNull(req.SourceID) // An answer may not tell the sessions.

	list := sessionList(sessions)
	for _, source := range []types.String{m.SourceID, types.StringNull()} {
		session := findSession(list, m.InboxID, source)
		if session != nil {
			m.SourceID, _ = session["source_id"].(types.String)
			return
		}
	}
}

// moveSession stores the planned session after an update, and all sessions.
func (m *contactModel) moveSession(sessions []api.ContactInbox) {
	m.ContactInboxes = sessionList(sessions)
	if m.InboxID.ValueString() == "" {
		m.InboxID, m.SourceID = types.StringNull(), types.StringNull()
		return
	}

	session := m.session()
	if session != nil {
		m.SourceID, _ = session["source_id"].(types.String)
	}

	m.dropLostSession(sessions)
}

// dropLostSession takes the session out if the contact does not have it: its inbox was deleted, the session went to another
// contact, or the platform did not open it. An answer may not tell the sessions.
func (m *contactModel) dropLostSession(sessions []api.ContactInbox) {
	if sessions != nil && m.session() == nil {
		m.InboxID, m.SourceID = types.StringNull(), types.StringNull()
	}
}

// contact returns what the state knows of the contact's sessions.
func (m *contactModel) contact() api.Contact {
	contact := api.Contact{ID: api.ParseID(m.ID.ValueString())}

	for _, element := range m.ContactInboxes.Elements() {
		object, ok := element.(types.Object)
		if !ok {
			continue
		}

		text := func(name string) string {
			value, _ := object.Attributes()[name].(types.String)
			return value.ValueString()
		}
		contact.ContactInboxes = append(contact.ContactInboxes, api.ContactInbox{
			SourceID: text("source_id"),
			Inbox:    api.SessionInbox{ID: api.ParseID(text("inbox_id")), Name: text("inbox_name"), ChannelType: text("channel_type")},
		})
	}

	return contact
}

// setOnlySession stores the session of an imported contact that has one.
func (m *contactModel) setOnlySession(sessions []api.ContactInbox) {
	if len(sessions) == 1 {
		m.InboxID = types.StringValue(sessions[0].Inbox.ID.String())
		m.SourceID = types.StringValue(sessions[0].SourceID)
	}
}

// newSourceID returns the source id for a new session in the inbox. It reports false if it has added an error.
func (r *contactResource) newSourceID(ctx context.Context, inbox api.ID, diags *diag.Diagnostics) (string, bool) {
	source, err := r.Client.NewSourceID(ctx, inbox)

	switch {
	case transport.IsNotFound(err):
		diags.AddAttributeError(path.Root("inbox_id"), "Unable to open a session", apidiag.Absent("inbox "+inbox.String(), err))
	case err != nil:
		apidiag.Add(diags, fmt.Sprintf("open a session in inbox %s", inbox), err)
	}

	return source, err == nil
}

// openSession gives a contact that exists the planned session, unless it has it. It returns all sessions.
func (r *contactResource) openSession(ctx context.Context, plan *contactModel, contact api.Contact, diags *diag.Diagnostics) []api.ContactInbox {
	inbox := api.ParseID(plan.InboxID.ValueString())
	if inbox == 0 || findSession(sessionList(contact.ContactInboxes), plan.InboxID, plan.SourceID) != nil {
		return contact.ContactInboxes
	}

	source := plan.SourceID.ValueString()
	if source == "" {
		var ok bool

		source, ok = r.newSourceID(ctx, inbox, diags)
		if !ok {
			return contact.ContactInboxes
		}
	}

	opened, err := r.Client.CreateContactInbox(ctx, contact.ID, api.ContactInboxRequest{InboxID: inbox, SourceID: source})
	if err != nil {
		explainSession(ctx, r.Client, contact.ID, api.ContactInboxRequest{InboxID: inbox, SourceID: source}, err, diags)
		return contact.ContactInboxes
	}

	return append(contact.ContactInboxes, opened)
}

// explainSession reports why a session could not be opened: the contact or the inbox does not exist, or the source id
// belongs to another contact, for which the server only answers 500.
func explainSession(ctx context.Context, client *api.Client, contact api.ID, req api.ContactInboxRequest, failed error, diags *diag.Diagnostics) {
	if transport.IsNotFound(failed) {
		diags.AddError("Unable to open a session", apidiag.Absent(fmt.Sprintf("contact %s, or no inbox %s", contact, req.InboxID), failed))
		return
	}

	if req.SourceID != "" {
		owner, err := client.SessionOwner(ctx, req.InboxID, req.SourceID)
		if err == nil && owner.ID != contact {
			addForeignSession(diags, req, owner.ID)
			return
		}
	}

	apidiag.Add(diags, fmt.Sprintf("open a session of contact %s in inbox %s", contact, req.InboxID), failed)
}

func addForeignSession(diags *diag.Diagnostics, req api.ContactInboxRequest, owner api.ID) {
	diags.AddAttributeError(path.Root("source_id"), "The session belongs to another contact",
		fmt.Sprintf("In inbox %s this source_id belongs to contact %s. Nothing was changed. Use another source_id, or leave it out.", req.InboxID, owner))
}

// plannedSession plans what depends on the session: source_id and contact_inboxes. Both keep the state's value as long as
// the contact has the configured session. Else the update opens one, and the values are unknown until then.
type plannedSession struct{}

// Description says what the modifier does.
func (plannedSession) Description(context.Context) string {
	return "Stays as it is, unless the contact gets another session."
}

// MarkdownDescription is Description.
func (m plannedSession) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing if the configuration is what the state has.
func (plannedSession) ActsOnChangesOnly() {}

// sessionPlan is what a plan says about the session.
type sessionPlan struct {
	inbox, source types.String // As configured.
	known         types.String // The inbox in the state.
	sessions      types.List   // In the state.
}

func readSessionPlan(ctx context.Context, config tfsdk.Config, state tfsdk.State, diags *diag.Diagnostics) sessionPlan {
	var plan sessionPlan

	diags.Append(config.GetAttribute(ctx, path.Root("inbox_id"), &plan.inbox)...)
	diags.Append(config.GetAttribute(ctx, path.Root("source_id"), &plan.source)...)
	diags.Append(state.GetAttribute(ctx, path.Root("inbox_id"), &plan.known)...)
	diags.Append(state.GetAttribute(ctx, path.Root("contact_inboxes"), &plan.sessions)...)

	return plan
}

// isSame reports whether the session stays what it is.
func (p sessionPlan) isSame() bool {
	return p.inbox.ValueString() == "" && !p.inbox.IsUnknown() || p.inbox.Equal(p.known) && p.source.IsNull()
}

// PlanModifyString plans source_id.
func (plannedSession) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() {
		var inbox types.String

		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("inbox_id"), &inbox)...)

		if inbox.IsNull() {
			resp.PlanValue = req.ConfigValue
		}

		return
	}

	if !req.PlanValue.IsUnknown() || req.ConfigValue.IsUnknown() {
		return
	}

	plan := readSessionPlan(ctx, req.Config, req.State, &resp.Diagnostics)
	if plan.isSame() {
		resp.PlanValue = req.StateValue
		return
	}

	session := findSession(plan.sessions, plan.inbox, types.StringNull())
	if session != nil {
		resp.PlanValue, _ = session["source_id"].(types.String)
	}
}

// PlanModifyList plans contact_inboxes.
func (plannedSession) PlanModifyList(ctx context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	if req.State.Raw.IsNull() {
		return
	}

	plan := readSessionPlan(ctx, req.Config, req.State, &resp.Diagnostics)
	if plan.isSame() || findSession(plan.sessions, plan.inbox, plan.source) != nil {
		resp.PlanValue = req.StateValue
	}
}

// noneAtFirst plans null for a new object without a configured value: the platform makes up none.
type noneAtFirst struct{}

// Description says what the modifier does.
func (noneAtFirst) Description(context.Context) string {
	return "A new object has none, unless it is configured."
}

// MarkdownDescription is Description.
func (m noneAtFirst) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing if the configuration is what the state has.
func (noneAtFirst) ActsOnChangesOnly() {}

// PlanModifyString plans a text.
func (noneAtFirst) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() && req.ConfigValue.IsNull() {
		resp.PlanValue = types.StringNull()
	}
}

// PlanModifySet plans a set.
func (noneAtFirst) PlanModifySet(ctx context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	if req.State.Raw.IsNull() && req.ConfigValue.IsNull() {
		resp.PlanValue = types.SetNull(req.PlanValue.ElementType(ctx))
	}
}
