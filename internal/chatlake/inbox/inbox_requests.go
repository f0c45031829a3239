package inbox

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// creation is the request that makes an inbox.
type creation struct {
	inbox  api.InboxRequest
	twilio *api.TwilioInboxRequest // In place of inbox.
}

// send makes the inbox.
func (c creation) send(ctx context.Context, client *api.Client) (api.Inbox, error) {
	if c.twilio != nil {
		return client.CreateTwilioInbox(ctx, *c.twilio)
	}

	return client.CreateInbox(ctx, c.inbox)
}

// createRequest returns the request that makes an inbox. What leftOut returns is not in it.
func createRequest(ctx context.Context, plan inboxModel, config types.Object) (creation, diag.Diagnostics) {
	kind, channel := channelType(plan.Channel), channelChange(types.ObjectNull(channelAttrTypes), plan.Channel, config)
	if isTwilio(kind) {
		return creation{twilio: twilioRequest(plan.Name.ValueString(), kind, channel)}, nil
	}

	request := plan.changeFrom(inboxModel{})

	var diags diag.Diagnostics
	if tfvalue.IsSet(plan.CSATConfig) {
		request.CSATConfig, diags = csatRequest(ctx, plan.CSATConfig, nil)
	}

	channel["type"] = kind
	request.Channel = api.Set(channel)

	return creation{inbox: request}, diags
}

// leftOut returns the update that follows the create of an inbox. The platform takes working hours in an update only, and with a
// channel at Twilio everything but the name.
func leftOut(ctx context.Context, made, wanted inboxModel) (api.InboxRequest, diag.Diagnostics) {
	var (
		request         api.InboxRequest
		diags, problems diag.Diagnostics
	)

	if isTwilio(channelType(wanted.Channel)) {
		made.PortalID = types.StringNull()

		// "" leaves these to the platform.
		if wanted.Timezone.ValueString() == "" {
			wanted.Timezone = made.Timezone
		}

		if wanted.SenderNameType.ValueString() == "" {
			wanted.SenderNameType = made.SenderNameType
		}

		request = wanted.changeFrom(made)

		if tfvalue.IsSet(wanted.CSATConfig) {
			request.CSATConfig, diags = csatRequest(ctx, wanted.CSATConfig, nil)
		}
	}

	if tfvalue.IsSet(wanted.WorkingHours) {
		var hours []api.WorkingHours

		hours, problems = hoursRequest(ctx, wanted.WorkingHours)
		diags.Append(problems...)

		request.WorkingHours = api.Set(hours)
	}

	return request, diags
}

func isTwilio(kind string) bool { return slices.Contains(twilioChannels, kind) }

// twilioRequest returns the request that makes an inbox at Twilio, of the fields of its channel.
func twilioRequest(name, kind string, channel api.Object) *api.TwilioInboxRequest {
	text := func(field string) string {
		value, _ := channel[field].(string)
		return value
	}

	return &api.TwilioInboxRequest{
		Name: name, Medium: strings.TrimPrefix(kind, "twilio_"), PhoneNumber: text("phone_number"), MessagingServiceSID: text("messaging_service_sid"),
		AccountSID: text("account_sid"), AuthToken: text("auth_token"), APIKeySID: text("api_key_sid"),
	}
}

// unfinished says what to do about an inbox that was made, and is not as planned.
const unfinished = "\n\nThe inbox itself is there: if it was just created, `terraform untaint` and another apply finish it in place."

// finish does what takes calls of its own after a create: what the create did not take, members, bot, template.
func (r *inboxResource) finish(ctx context.Context, m *inboxModel, wanted inboxModel, config tfsdk.Config, diags *diag.Diagnostics) {
	rest, problems := leftOut(ctx, *m, wanted)
	diags.Append(problems...)

	if rest != (api.InboxRequest{}) {
		updated, ok := r.update(ctx, m, rest, diags)
		if ok {
			members, bot, policy, template := m.MemberIDs, m.AgentBotID, m.AssignmentPolicyID, m.CSATTemplate
			*m = wanted
			m.MemberIDs, m.AgentBotID, m.AssignmentPolicyID, m.CSATTemplate = members, bot, policy, template

			diags.Append(m.fromAPI(ctx, updated, false)...)
			r.takePortal(ctx, m, updated)
		} else {
			diags.AddWarning("Inbox "+m.ID.ValueString()+" lacks what its create does not take", "An update was to follow it, and failed."+unfinished)
		}
	}

	r.staff(ctx, m, wanted, diags)
	r.template(ctx, m, m.CSATTemplate, wanted.CSATTemplate, config, diags)
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

		if plan.CSATConfig.IsNull() && tfvalue.IsSet(plan.CSATTemplate) { // Its text is not that of csat_config alone.
			text := templateOf(ctx, plan.CSATTemplate, diags).request()
			survey.Message, survey.ButtonText, survey.Language = text.Message, &text.ButtonText, &text.Language
		}

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

// refusalAtTwilio returns the refusal of a channel at Twilio, or nil: the platform says one sentence about whatever is wrong.
func refusalAtTwilio(kind string, err error) *transport.Error {
	failure := transport.As(err)
	if !isTwilio(kind) || failure == nil || failure.Status != 422 || len(failure.Fields) > 0 {
		return nil
	}

	return failure
}

// createFailed reports why an inbox was not made.
func createFailed(kind string, diags *diag.Diagnostics, err error) {
	if refusalAtTwilio(kind, err) == nil {
		inboxFailed(diags, "create inbox", err)
		return
	}

	diags.AddAttributeError(path.Root("channel"), "Unable to create inbox", apidiag.Detail(err)+
		"\n\nThe platform asks Twilio before it makes the inbox. Check the account, its token or key, and the number or the service, "+
		"which no other inbox may have. The server must be able to reach Twilio.")
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
