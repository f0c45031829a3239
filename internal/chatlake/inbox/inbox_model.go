package inbox

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// inboxModel is an inbox in a configuration and in state.
type inboxModel struct {
	inboxData

	Avatar               types.String    `tfsdk:"avatar"`
	Channel              types.Object    `tfsdk:"channel"`
	CSATConfig           types.Object    `tfsdk:"csat_config"`
	CSATTemplate         types.Object    `tfsdk:"csat_template"`
	AutoAssignmentConfig types.Object    `tfsdk:"auto_assignment_config"`
	WorkingHours         types.List      `tfsdk:"working_hours"`
	PortalID             types.String    `tfsdk:"portal_id"`
	MemberIDs            tfvalue.TextSet `tfsdk:"member_ids"`
	AgentBotID           types.String    `tfsdk:"agent_bot_id"`
	AssignmentPolicyID   types.String    `tfsdk:"assignment_policy_id"`
	HMACToken            types.String    `tfsdk:"hmac_token"`
	Secret               types.String    `tfsdk:"secret"`
	Timeouts             timeouts.Value  `tfsdk:"timeouts"`
}

// inboxData is what resource and data sources tell alike.
type inboxData struct {
	ID                         types.String `tfsdk:"id"`
	Name                       types.String `tfsdk:"name"`
	GreetingEnabled            types.Bool   `tfsdk:"greeting_enabled"`
	GreetingMessage            types.String `tfsdk:"greeting_message"`
	EnableEmailCollect         types.Bool   `tfsdk:"enable_email_collect"`
	CSATSurveyEnabled          types.Bool   `tfsdk:"csat_survey_enabled"`
	EnableAutoAssignment       types.Bool   `tfsdk:"enable_auto_assignment"`
	WorkingHoursEnabled        types.Bool   `tfsdk:"working_hours_enabled"`
	OutOfOfficeMessage         types.String `tfsdk:"out_of_office_message"`
	Timezone                   types.String `tfsdk:"timezone"`
	AllowMessagesAfterResolved types.Bool   `tfsdk:"allow_messages_after_resolved"`
	LockToSingleConversation   types.Bool   `tfsdk:"lock_to_single_conversation"`
	SenderNameType             types.String `tfsdk:"sender_name_type"`
	BusinessName               types.String `tfsdk:"business_name"`
	ChannelID                  types.String `tfsdk:"channel_id"`
	InboxIdentifier            types.String `tfsdk:"inbox_identifier"`
	WebsiteToken               types.String `tfsdk:"website_token"`
	WebWidgetScript            types.String `tfsdk:"web_widget_script"`
	ForwardToEmail             types.String `tfsdk:"forward_to_email"`
	CallbackWebhookURL         types.String `tfsdk:"callback_webhook_url"`
}

// fromAPI takes over what is one value each; of what is optional, only what is managed, or all.
func (m *inboxData) fromAPI(found api.Inbox, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.GreetingEnabled = types.BoolValue(found.GreetingEnabled)
	m.GreetingMessage = account.Track(all, m.GreetingMessage, tfvalue.StringOrNull(found.GreetingMessage))
	m.EnableEmailCollect = types.BoolValue(found.EnableEmailCollect)
	m.CSATSurveyEnabled = types.BoolValue(found.CSATSurveyEnabled)
	m.EnableAutoAssignment = types.BoolValue(found.EnableAutoAssignment)
	m.WorkingHoursEnabled = types.BoolValue(found.WorkingHoursEnabled)
	m.OutOfOfficeMessage = account.Track(all, m.OutOfOfficeMessage, tfvalue.StringOrNull(found.OutOfOfficeMessage))
	m.Timezone = tfvalue.StringOrNull(found.Timezone)
	m.AllowMessagesAfterResolved = types.BoolValue(found.AllowMessagesAfterResolved)
	m.LockToSingleConversation = types.BoolValue(found.LockToSingleConversation)
	m.SenderNameType = tfvalue.StringOrNull(found.SenderNameType)
	m.BusinessName = account.Track(all, m.BusinessName, tfvalue.StringOrNull(found.BusinessName))

	m.ChannelID = account.IDOrNull(found.ChannelID)
	m.InboxIdentifier = tfvalue.StringOrNull(found.InboxIdentifier)
	m.WebsiteToken = tfvalue.StringOrNull(found.WebsiteToken)
	m.WebWidgetScript = tfvalue.StringOrNull(found.WebWidgetScript)
	m.ForwardToEmail = tfvalue.StringOrNull(found.ForwardToEmail)
	m.CallbackWebhookURL = tfvalue.StringOrNull(found.CallbackWebhookURL)
}

// fromAPI takes over an inbox. Members, bot, portal and template are read apart.
func (m *inboxModel) fromAPI(ctx context.Context, found api.Inbox, all bool) diag.Diagnostics {
	var diags, problems diag.Diagnostics

	m.inboxData.fromAPI(found, all)
	m.Channel, problems = channelFromAPI(m.Channel, found, all)
	diags.Append(problems...)
	m.CSATConfig, problems = csatFromAPI(ctx, m.CSATConfig, found.CSATConfig, all)
	diags.Append(problems...)
	m.WorkingHours, problems = hoursFromAPI(ctx, m.WorkingHours, found.WorkingHours, all)
	diags.Append(problems...)

	m.AutoAssignmentConfig = assignmentFromAPI(m.AutoAssignmentConfig, found.AutoAssignmentConfig, all)
	m.HMACToken = tfvalue.StringOrNull(found.HMACToken)
	m.Secret = tfvalue.StringOrNull(found.Secret)

	return diags
}

var autoAssignmentTypes = map[string]attr.Type{"max_assignment_limit": types.Int64Type}

func assignmentFromAPI(prior types.Object, found api.Object, all bool) types.Object {
	limit, _ := found["max_assignment_limit"].(json.Number)

	n, err := limit.Int64()
	if prior.IsNull() && !all || err != nil {
		return types.ObjectNull(autoAssignmentTypes)
	}

	return types.ObjectValueMust(autoAssignmentTypes, map[string]attr.Value{"max_assignment_limit": types.Int64Value(n)})
}

// changeFrom returns the request that turns the settings of prior into those of the plan; from the zero value, it creates
// an inbox. The channel, the survey and the hours are put in apart.
func (m *inboxModel) changeFrom(prior inboxModel) api.InboxRequest {
	request := api.InboxRequest{
		Name:                       account.TextChange(prior.Name, m.Name),
		GreetingEnabled:            account.FlagChange(prior.GreetingEnabled, m.GreetingEnabled),
		GreetingMessage:            account.TextChange(prior.GreetingMessage, m.GreetingMessage),
		EnableEmailCollect:         account.FlagChange(prior.EnableEmailCollect, m.EnableEmailCollect),
		CSATSurveyEnabled:          account.FlagChange(prior.CSATSurveyEnabled, m.CSATSurveyEnabled),
		EnableAutoAssignment:       account.FlagChange(prior.EnableAutoAssignment, m.EnableAutoAssignment),
		WorkingHoursEnabled:        account.FlagChange(prior.WorkingHoursEnabled, m.WorkingHoursEnabled),
		OutOfOfficeMessage:         account.TextChange(prior.OutOfOfficeMessage, m.OutOfOfficeMessage),
		Timezone:                   account.TextChange(prior.Timezone, m.Timezone),
		AllowMessagesAfterResolved: account.FlagChange(prior.AllowMessagesAfterResolved, m.AllowMessagesAfterResolved),
		LockToSingleConversation:   account.FlagChange(prior.LockToSingleConversation, m.LockToSingleConversation),
		SenderNameType:             account.TextChange(prior.SenderNameType, m.SenderNameType),
		BusinessName:               account.TextChange(prior.BusinessName, m.BusinessName),
		PortalID:                   account.IDChange(prior.PortalID, m.PortalID),
	}
	if account.Avatar.IsRemoved(prior.Avatar, m.Avatar) {
		request.Avatar = api.Null[string]()
	}

	if account.IsChanged(prior.AutoAssignmentConfig, m.AutoAssignmentConfig) {
		request.AutoAssignmentConfig = &api.AutoAssignmentConfig{MaxAssignmentLimit: limitOf(m.AutoAssignmentConfig)}
	}

	return request
}

// limitOf returns the limit in auto_assignment_config, or nil if there is none.
func limitOf(config types.Object) *int64 {
	limit, _ := config.Attributes()["max_assignment_limit"].(types.Int64)
	return limit.ValueInt64Pointer()
}
