package connect

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// campaignModel is a campaign in a configuration and in state.
type campaignModel struct {
	campaignData

	TriggerRules   types.Dynamic `tfsdk:"trigger_rules"`
	TemplateParams types.Dynamic `tfsdk:"template_params"`
}

// campaignFound is a campaign in a data source, which cannot hold values of differing types.
type campaignFound struct {
	campaignData

	TriggerRules   types.String `tfsdk:"trigger_rules"`
	TemplateParams types.String `tfsdk:"template_params"`
}

// campaignData is what both have.
type campaignData struct {
	ID            types.String `tfsdk:"id"`
	Title         types.String `tfsdk:"title"`
	Description   types.String `tfsdk:"description"`
	Message       types.String `tfsdk:"message"`
	InboxID       types.String `tfsdk:"inbox_id"`
	SenderID      types.String `tfsdk:"sender_id"`
	Enabled       types.Bool   `tfsdk:"enabled"`
	BusinessHours types.Bool   `tfsdk:"trigger_only_during_business_hours"`
	ScheduledAt   types.String `tfsdk:"scheduled_at"`
	Audience      types.List   `tfsdk:"audience"`
	Status        types.String `tfsdk:"campaign_status"`
	Type          types.String `tfsdk:"campaign_type"`
}

var targetType = types.ObjectType{AttrTypes: map[string]attr.Type{"type": types.StringType, "id": types.StringType}}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *campaignData) fromAPI(found api.Campaign, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Title = types.StringValue(found.Title)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.Message = types.StringValue(found.Message)
	m.InboxID = account.IDOrNull(found.Inbox.ID)
	m.SenderID = account.Track(everything, m.SenderID, account.IDOrNull(found.SenderID()))
	m.Enabled = types.BoolPointerValue(found.Enabled)
	m.BusinessHours = types.BoolValue(found.BusinessHours)
	m.ScheduledAt = sameSecond(m.ScheduledAt, found.ScheduledAt.Time)
	m.Audience = account.Track(everything, m.Audience, audienceOrNull(found.Audience))
	m.Status = types.StringValue(found.Status)
	m.Type = types.StringValue(found.Type)
}

// fromAPI takes what campaignData takes, and the objects.
func (m *campaignModel) fromAPI(found api.Campaign, everything bool) {
	m.campaignData.fromAPI(found, everything)
	m.TriggerRules = account.TrackObject(everything, m.TriggerRules, found.TriggerRules)
	m.TemplateParams = account.TrackObject(everything, m.TemplateParams, found.TemplateParams)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a campaign.
func (m *campaignModel) changeFrom(prior campaignModel) api.CampaignRequest {
	return api.CampaignRequest{
		Title:          account.TextChange(prior.Title, m.Title),
		Description:    account.TextChange(prior.Description, m.Description),
		Message:        account.TextChange(prior.Message, m.Message),
		InboxID:        account.IDChange(prior.InboxID, m.InboxID),
		SenderID:       account.IDChange(prior.SenderID, m.SenderID),
		Enabled:        account.FlagChange(prior.Enabled, m.Enabled),
		BusinessHours:  account.FlagChange(prior.BusinessHours, m.BusinessHours),
		ScheduledAt:    scheduleChange(prior.ScheduledAt, m.ScheduledAt),
		Audience:       audienceChange(prior.Audience, m.Audience),
		TriggerRules:   account.FreeChange(prior.TriggerRules, m.TriggerRules),
		TemplateParams: account.FreeChange(prior.TemplateParams, m.TemplateParams),
	}
}

// sameSecond returns the found instant, or the prior one if it is in the same second: the platform tells no fractions.
func sameSecond(prior types.String, found time.Time) types.String {
	known, err := time.Parse(time.RFC3339, prior.ValueString())
	if err == nil && known.Unix() == found.Unix() {
		return prior
	}

	return tfvalue.Timestamp(found)
}

// scheduleChange returns the instant to send. None is sent for none, and for what is no instant: the platform would take both for now.
func scheduleChange(prior, plan types.String) api.Nullable[string] {
	at, err := time.Parse(time.RFC3339, plan.ValueString())
	if err != nil || !account.IsChanged(prior, plan) {
		return api.Nullable[string]{}
	}

	return api.Set(at.UTC().Format(time.RFC3339))
}

func audienceOrNull(targets []api.CampaignTarget) types.List {
	if len(targets) == 0 {
		return types.ListNull(targetType)
	}

	rows := make([]attr.Value, len(targets))
	for i, target := range targets {
		rows[i] = types.ObjectValueMust(targetType.AttrTypes, map[string]attr.Value{
			"type": types.StringValue(string(target.Type)), "id": types.StringValue(string(target.ID)),
		})
	}

	return types.ListValueMust(targetType, rows)
}

// audienceChange returns the audience to send. None is an empty list.
func audienceChange(prior, plan types.List) api.Nullable[[]api.CampaignTargetRequest] {
	if plan.IsUnknown() || !account.IsChanged(prior, plan) {
		return api.Nullable[[]api.CampaignTargetRequest]{}
	}

	targets := []api.CampaignTargetRequest{}

	for _, row := range plan.Elements() {
		members, _ := tfvalue.Members(row)
		kind, _ := members["type"].(types.String)
		id, _ := members["id"].(types.String)
		targets = append(targets, api.CampaignTargetRequest{Type: kind.ValueString(), ID: api.ParseID(id.ValueString())})
	}

	return api.Set(targets)
}
