package inbox

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// createRequest returns the request that makes an inbox. Working hours are not in it: the platform takes them in an update
// only.
func createRequest(ctx context.Context, plan inboxModel, config types.Object) (api.InboxRequest, diag.Diagnostics) {
	request := plan.changeFrom(inboxModel{})

	var diags diag.Diagnostics
	if tfvalue.IsSet(plan.CSATConfig) {
		request.CSATConfig, diags = csatRequest(ctx, plan.CSATConfig, nil)
	}

	channel := channelChange(types.ObjectNull(channelAttrTypes), plan.Channel, config)
	channel["type"] = channelType(plan.Channel)
	request.Channel = api.Set(channel)

	return request, diags
}

// finish does what takes calls of its own after a create: working hours, members, bot.
func (r *inboxResource) finish(ctx context.Context, m *inboxModel, wanted inboxModel, diags *diag.Diagnostics) {
	if tfvalue.IsSet(wanted.WorkingHours) {
		hours, problems := hoursRequest(ctx, wanted.WorkingHours)
		diags.Append(problems...)

		if updated, ok := r.update(ctx, m, api.InboxRequest{WorkingHours: api.Set(hours)}, diags); ok {
			m.WorkingHours = wanted.WorkingHours
			diags.Append(m.fromAPI(ctx, updated, false)...)
		}
	}

	r.staff(ctx, m, wanted, diags)
}

// updateRequest returns the request that changes an inbox, without its channel.
func (r *inboxResource) updateRequest(ctx context.Context, plan, state inboxModel, diags *diag.Diagnostics) api.InboxRequest {
	request := plan.changeFrom(state)

	if account.IsChanged(state.WorkingHours, plan.WorkingHours) && !plan.WorkingHours.IsNull() {
		hours, problems := hoursRequest(ctx, plan.WorkingHours)
		diags.Append(problems...)

		request.WorkingHours = api.Set(hours)
	}

	if account.IsChanged(state.CSATConfig, plan.CSATConfig) {
		found, err := r.Client.Inbox(ctx, api.ParseID(state.ID.ValueString()))
		apidiag.Add(diags, "read inbox "+state.ID.ValueString(), err)

		survey, problems := csatRequest(ctx, plan.CSATConfig, found.CSATConfig)
		diags.Append(problems...)

		request.CSATConfig = survey
	}

	return request
}

// update sends a request and reports whether it was saved. The platform answers a failed trial of the mail servers with an
// error although it has saved everything; then the inbox is read back.
func (r *inboxResource) update(ctx context.Context, m *inboxModel, request api.InboxRequest, diags *diag.Diagnostics) (api.Inbox, bool) {
	id, action := api.ParseID(m.ID.ValueString()), "update inbox "+m.ID.ValueString()
	updated, err := r.Client.UpdateInbox(ctx, id, request)

	failure := transport.As(err)
	if failure != nil && failure.Status == 422 && len(failure.Fields) == 0 && channelType(m.Channel) == "email" && !request.Channel.IsZero() {
		diags.AddAttributeError(path.Root("channel"), "Unable to reach the mail servers of inbox "+id.String(), apidiag.Detail(err)+
			"\n\nThe platform tried the connection with the new settings, and has saved them although it failed. Correct them and apply again.")
		updated, err = api.ReadBack(ctx, "inbox "+id.String(), func(ctx context.Context) (api.Inbox, error) { return r.Client.Inbox(ctx, id) }, nil)
	}

	if err != nil {
		inboxFailed(diags, action, err)
		r.addHolder(ctx, *m, err, diags)

		return updated, false
	}

	if request.WorkingHours.IsZero() {
		return updated, true
	}

	days := refusedHours(*request.WorkingHours.Value(), updated.WorkingHours)
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
