package inbox

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*inboxResource)(nil)
	_ resource.ResourceWithIdentity    = (*inboxResource)(nil)
	_ resource.ResourceWithImportState = (*inboxResource)(nil)
)

func newInboxResource() resource.Resource { return &inboxResource{account.WithID("chatlake_inbox")} }

type inboxResource struct{ account.ResourceWithID }

func (r *inboxResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var (
		plan    inboxModel
		channel types.Object
	)

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel"), &channel)...)
	if resp.Diagnostics.HasError() {
		return
	}

	wanted := plan

	fields := r.createFields(ctx, plan, channel, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateInbox(ctx, fields)
	if err != nil {
		inboxFailed(&resp.Diagnostics, "create inbox "+plan.Name.ValueString(), err)
		return
	}
	// Stored before the rest is done: if that fails, the inbox is known, tainted, and finished after an untaint.
	resp.Diagnostics.Append(plan.fromAPI(ctx, created, false)...)
	plan.MemberIDs, plan.AgentBotID, plan.AssignmentPolicyID = account.IDSet(nil), types.StringNull(), types.StringNull() // A new inbox has nobody.
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.finish(ctx, &plan, wanted, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
}

// createFields is the request that makes an inbox. Working hours are not in it: the platform takes them in an update only.
func (r *inboxResource) createFields(ctx context.Context, plan inboxModel, config types.Object, diags *diag.Diagnostics) api.Fields {
	fields := plan.request(inboxModel{})

	channel := channelRequest(types.ObjectNull(channelAttrTypes), plan.Channel, config)
	if tfvalue.IsSet(plan.CSATConfig) {
		survey, problems := csatRequest(ctx, plan.CSATConfig, nil)
		diags.Append(problems...)

		fields["csat_config"] = survey
	}

	channel["type"] = channelType(plan.Channel)
	fields["channel"] = channel

	return fields
}

// finish does what takes calls of its own after a create: working hours, members, bot.
func (r *inboxResource) finish(ctx context.Context, m *inboxModel, wanted inboxModel, diags *diag.Diagnostics) {
	if tfvalue.IsSet(wanted.WorkingHours) {
		hours, problems := hoursRequest(ctx, wanted.WorkingHours)
		diags.Append(problems...)

		if updated, ok := r.update(ctx, m, api.Fields{"working_hours": hours}, diags); ok {
			m.WorkingHours = wanted.WorkingHours
			diags.Append(m.fromAPI(ctx, updated, false)...)
		}
	}

	r.staff(ctx, m, wanted, diags)
}

// staff gives the inbox the wanted members, bot and assignment policy.
func (r *inboxResource) staff(ctx context.Context, m *inboxModel, wanted inboxModel, diags *diag.Diagnostics) {
	id := api.ParseID(m.ID.ValueString())

	const unfinished = "\n\nThe inbox itself is there: if it was just created, `terraform untaint` and another apply finish it in place."

	if account.IsChanged(m.MemberIDs, wanted.MemberIDs) {
		users, problems := account.IDs(ctx, wanted.MemberIDs)
		diags.Append(problems...)

		if found, err := r.Client.SetInboxMembers(ctx, id, users); err != nil {
			diags.AddAttributeError(path.Root("member_ids"), "Unable to set the members of inbox "+id.String(), apidiag.Detail(err)+unfinished)
		} else {
			m.MemberIDs = account.IDSet(found)
		}
	}

	if account.IsChanged(m.AgentBotID, wanted.AgentBotID) {
		if err := r.Client.SetInboxAgentBot(ctx, id, api.ParseID(wanted.AgentBotID.ValueString())); err != nil {
			diags.AddAttributeError(path.Root("agent_bot_id"), "Unable to set the bot of inbox "+id.String(), apidiag.Detail(err)+unfinished)
		} else {
			m.AgentBotID = wanted.AgentBotID
		}
	}

	if account.IsChanged(m.AssignmentPolicyID, wanted.AssignmentPolicyID) {
		if err := r.Client.SetInboxPolicy(ctx, id, api.ParseID(wanted.AssignmentPolicyID.ValueString())); err != nil {
			diags.AddAttributeError(path.Root("assignment_policy_id"), "Unable to set the assignment policy of inbox "+id.String(), apidiag.Detail(err)+unfinished)
		} else {
			m.AssignmentPolicyID = wanted.AssignmentPolicyID
		}
	}
}

func (r *inboxResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state inboxModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.
	id, all := api.ParseID(state.ID.ValueString()), state.Name.IsNull()

	found, err := r.Client.Inbox(ctx, id)
	if err == nil {
		err = r.readStaff(ctx, id, &state, all)
	}

	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err == nil && (all || !state.PortalID.IsNull()) {
		state.PortalID, err = r.portal(ctx, found)
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read inbox "+state.ID.ValueString(), err)
		return
	}

	resp.Diagnostics.Append(state.fromAPI(ctx, found, all)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
}

// readStaff reads what the inbox itself does not tell: its members, and its bot and assignment policy if they are managed.
func (r *inboxResource) readStaff(ctx context.Context, id api.ID, m *inboxModel, all bool) error {
	members, err := r.Client.InboxMembers(ctx, id)
	if err != nil {
		return err
	}

	m.MemberIDs = account.IDSet(members)
	if all || !m.AgentBotID.IsNull() {
		bot, err := r.Client.InboxAgentBot(ctx, id)
		if err != nil {
			return err
		}

		m.AgentBotID = account.IDOrNull(bot)
	}

	if m.AssignmentPolicyID.IsNull() && !all {
		return nil
	}

	policy, err := r.Client.InboxPolicy(ctx, id)

	failure := transport.As(err)
	if all && failure != nil {
		return nil //nolint:nilerr // A server without policies, or a token that may not see them: the inbox is imported without.
	}

	m.AssignmentPolicyID = account.IDOrNull(policy)

	return err
}

// portal is the id of the inbox's help center, of which the inbox tells only the slug.
func (r *inboxResource) portal(ctx context.Context, found api.Inbox) (types.String, error) {
	if found.HelpCenter == nil {
		return types.StringNull(), nil
	}

	portals, err := r.Client.Portals(ctx)
	for _, portal := range portals {
		if portal.Slug == found.HelpCenter.Slug {
			return account.IDOrNull(portal.ID), nil
		}
	}

	return types.StringNull(), err
}

func (r *inboxResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var (
		plan, state inboxModel
		channel     types.Object
	)

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel"), &channel)...)
	if resp.Diagnostics.HasError() {
		return
	}

	wanted := plan
	plan.MemberIDs, plan.AgentBotID, plan.AssignmentPolicyID = state.MemberIDs, state.AgentBotID, state.AssignmentPolicyID

	fields := r.updateFields(ctx, plan, state, channel, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	if len(fields) > 0 {
		updated, ok := r.update(ctx, &plan, fields, &resp.Diagnostics)
		if !ok {
			return // State stays: nothing was changed.
		}

		resp.Diagnostics.Append(plan.fromAPI(ctx, updated, false)...)
	}

	r.staff(ctx, &plan, wanted, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// updateFields is the request that changes an inbox and its channel.
func (r *inboxResource) updateFields(ctx context.Context, plan, state inboxModel, config types.Object, diags *diag.Diagnostics) api.Fields {
	fields := plan.request(state)

	channel := channelRequest(state.Channel, plan.Channel, config)
	if len(channel) > 0 {
		fields["channel"] = channel
	}

	if account.IsChanged(state.WorkingHours, plan.WorkingHours) && !plan.WorkingHours.IsNull() {
		hours, problems := hoursRequest(ctx, plan.WorkingHours)
		diags.Append(problems...)

		fields["working_hours"] = hours
	}

	if account.IsChanged(state.CSATConfig, plan.CSATConfig) {
		found, err := r.Client.Inbox(ctx, api.ParseID(state.ID.ValueString()))
		apidiag.Add(diags, "read inbox "+state.ID.ValueString(), err)

		survey, problems := csatRequest(ctx, plan.CSATConfig, found.CSATConfig)
		diags.Append(problems...)

		fields["csat_config"] = survey
	}

	return fields
}

// update sends fields and says whether they were saved. A failed trial of the mail servers is told as an error although
// everything was saved; then the inbox is read back.
func (r *inboxResource) update(ctx context.Context, m *inboxModel, fields api.Fields, diags *diag.Diagnostics) (api.Inbox, bool) {
	id, action := api.ParseID(m.ID.ValueString()), "update inbox "+m.ID.ValueString()
	updated, err := r.Client.UpdateInbox(ctx, id, fields)

	failure := transport.As(err)
	if failure != nil && failure.Status == 422 && len(failure.Fields) == 0 && channelType(m.Channel) == "email" && fields["channel"] != nil {
		diags.AddAttributeError(path.Root("channel"), "Unable to reach the mail servers of inbox "+id.String(), apidiag.Detail(err)+
			"\n\nThe platform tried the connection with the new settings, and has saved them all the same. Correct them and apply again.")
		updated, err = r.Client.Inbox(ctx, id)
	}

	if err != nil {
		inboxFailed(diags, action, err)
		return updated, false
	}

	sent, _ := fields["working_hours"].([]api.WorkingHours)

	days := refusedHours(sent, updated.WorkingHours)
	if days != "" {
		diags.AddAttributeError(path.Root("working_hours"), "Unable to set the working hours of inbox "+id.String(), fmt.Sprintf(
			"The platform did not take the hours of these days (0 is Sunday), and did not say why: %s.", days))
	}

	return updated, true
}

// inboxFailed reports a failure. Messages on fields of the channel go there.
func inboxFailed(diags *diag.Diagnostics, action string, err error) {
	failure := transport.As(err)
	if failure == nil {
		apidiag.Add(diags, action, err)
		return
	}

	rest := *failure

	rest.Fields = map[string]string{}
	for field, message := range failure.Fields {
		f := channelFieldNamed(field)
		if f != nil {
			diags.AddAttributeError(path.Root("channel"), "Unable to "+action, f.written()+": "+message+".\n\n"+apidiag.Detail(err))
		} else {
			rest.Fields[field] = message
		}
	}

	if len(rest.Fields) > 0 || len(failure.Fields) == 0 {
		apidiag.Add(diags, action, &rest)
	}
}

func channelFieldNamed(name string) *channelField {
	for i := range channelFields {
		if channelFields[i].name == name {
			return &channelFields[i]
		}
	}

	return nil
}

func (r *inboxResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state inboxModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	timeout, diags := state.Timeouts.Delete(ctx, account.DeleteTimeout)
	resp.Diagnostics.Append(diags...)

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	if err := r.Client.DeleteInbox(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete inbox "+state.ID.ValueString(), err)
	}
}
