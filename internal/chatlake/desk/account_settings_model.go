package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// accountModel is the account's settings in a configuration and in state.
type accountModel struct {
	ID                       types.String `tfsdk:"id"`
	Name                     types.String `tfsdk:"name"`
	Locale                   types.String `tfsdk:"locale"`
	Domain                   types.String `tfsdk:"domain"`
	SupportEmail             types.String `tfsdk:"support_email"`
	AutoResolveAfter         types.Int64  `tfsdk:"auto_resolve_after"`
	AutoResolveMessage       types.String `tfsdk:"auto_resolve_message"`
	AutoResolveIgnoreWaiting types.Bool   `tfsdk:"auto_resolve_ignore_waiting"`
	AutoResolveLabel         types.String `tfsdk:"auto_resolve_label"`
	AudioTranscriptions      types.Bool   `tfsdk:"audio_transcriptions"`
	Industry                 types.String `tfsdk:"industry"`
	CompanySize              types.String `tfsdk:"company_size"`
	Timezone                 types.String `tfsdk:"timezone"`
	ReferralSource           types.String `tfsdk:"referral_source"`
	UserRole                 types.String `tfsdk:"user_role"`
	Website                  types.String `tfsdk:"website"`
}

// fromAPI takes over the account; of what is optional, only what is managed, or all after an import.
func (m *accountModel) fromAPI(found api.Account, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Locale = tfvalue.StringOrNull(found.Locale)
	m.Domain = account.Track(all, m.Domain, tfvalue.StringOrNull(found.Domain))
	m.SupportEmail = account.Track(all, m.SupportEmail, tfvalue.StringOrNull(found.SupportEmail))
	m.AutoResolveAfter = account.Track(all, m.AutoResolveAfter, types.Int64PointerValue(found.Settings.AutoResolveAfter))
	m.AutoResolveMessage = account.Track(all, m.AutoResolveMessage, account.TextOrNull(found.Settings.AutoResolveMessage))
	m.AutoResolveIgnoreWaiting = account.Track(all, m.AutoResolveIgnoreWaiting, types.BoolPointerValue(found.Settings.AutoResolveIgnoreWaiting))
	m.AutoResolveLabel = account.Track(all, m.AutoResolveLabel, account.TextOrNull(found.Settings.AutoResolveLabel))
	m.AudioTranscriptions = account.Track(all, m.AudioTranscriptions, types.BoolPointerValue(found.Settings.AudioTranscriptions))
	m.Industry = account.Track(all, m.Industry, account.TextOrNull(found.CustomAttributes.Industry))
	m.CompanySize = account.Track(all, m.CompanySize, account.TextOrNull(found.CustomAttributes.CompanySize))
	m.Timezone = account.Track(all, m.Timezone, account.TextOrNull(found.CustomAttributes.Timezone))
	m.ReferralSource = account.Track(all, m.ReferralSource, account.TextOrNull(found.CustomAttributes.ReferralSource))
	m.UserRole = account.Track(all, m.UserRole, account.TextOrNull(found.CustomAttributes.UserRole))
	m.Website = account.Track(all, m.Website, account.TextOrNull(found.CustomAttributes.Website))
}

// request is what has to be sent to get from prior to the plan.
func (m *accountModel) request(prior accountModel) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "name", prior.Name, m.Name)
	account.SendChange(fields, "locale", prior.Locale, m.Locale)
	account.SendChange(fields, "domain", prior.Domain, m.Domain)
	account.SendChange(fields, "support_email", prior.SupportEmail, m.SupportEmail)
	account.SendChange(fields, "auto_resolve_after", prior.AutoResolveAfter, m.AutoResolveAfter)
	account.SendChange(fields, "auto_resolve_message", prior.AutoResolveMessage, m.AutoResolveMessage)
	account.SendChange(fields, "auto_resolve_ignore_waiting", prior.AutoResolveIgnoreWaiting, m.AutoResolveIgnoreWaiting)
	account.SendChange(fields, "auto_resolve_label", prior.AutoResolveLabel, m.AutoResolveLabel)
	account.SendChange(fields, "audio_transcriptions", prior.AudioTranscriptions, m.AudioTranscriptions)
	account.SendChange(fields, "industry", prior.Industry, m.Industry)
	account.SendChange(fields, "company_size", prior.CompanySize, m.CompanySize)
	account.SendChange(fields, "timezone", prior.Timezone, m.Timezone)
	account.SendChange(fields, "referral_source", prior.ReferralSource, m.ReferralSource)
	account.SendChange(fields, "user_role", prior.UserRole, m.UserRole)
	account.SendChange(fields, "website", prior.Website, m.Website)

	return fields
}
