package chatlake

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

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
	m.Domain = kept(all, m.Domain, tfvalue.StringOrNull(found.Domain))
	m.SupportEmail = kept(all, m.SupportEmail, tfvalue.StringOrNull(found.SupportEmail))
	m.AutoResolveAfter = kept(all, m.AutoResolveAfter, types.Int64PointerValue(found.Settings.AutoResolveAfter))
	m.AutoResolveMessage = kept(all, m.AutoResolveMessage, nullable(found.Settings.AutoResolveMessage))
	m.AutoResolveIgnoreWaiting = kept(all, m.AutoResolveIgnoreWaiting, types.BoolPointerValue(found.Settings.AutoResolveIgnoreWaiting))
	m.AutoResolveLabel = kept(all, m.AutoResolveLabel, nullable(found.Settings.AutoResolveLabel))
	m.AudioTranscriptions = kept(all, m.AudioTranscriptions, types.BoolPointerValue(found.Settings.AudioTranscriptions))
	m.Industry = kept(all, m.Industry, nullable(found.CustomAttributes.Industry))
	m.CompanySize = kept(all, m.CompanySize, nullable(found.CustomAttributes.CompanySize))
	m.Timezone = kept(all, m.Timezone, nullable(found.CustomAttributes.Timezone))
	m.ReferralSource = kept(all, m.ReferralSource, nullable(found.CustomAttributes.ReferralSource))
	m.UserRole = kept(all, m.UserRole, nullable(found.CustomAttributes.UserRole))
	m.Website = kept(all, m.Website, nullable(found.CustomAttributes.Website))
}

// request is what has to be sent to get from prior to the plan.
func (m *accountModel) request(prior accountModel) api.Fields {
	fields := api.Fields{}
	send(fields, "name", prior.Name, m.Name)
	send(fields, "locale", prior.Locale, m.Locale)
	send(fields, "domain", prior.Domain, m.Domain)
	send(fields, "support_email", prior.SupportEmail, m.SupportEmail)
	send(fields, "auto_resolve_after", prior.AutoResolveAfter, m.AutoResolveAfter)
	send(fields, "auto_resolve_message", prior.AutoResolveMessage, m.AutoResolveMessage)
	send(fields, "auto_resolve_ignore_waiting", prior.AutoResolveIgnoreWaiting, m.AutoResolveIgnoreWaiting)
	send(fields, "auto_resolve_label", prior.AutoResolveLabel, m.AutoResolveLabel)
	send(fields, "audio_transcriptions", prior.AudioTranscriptions, m.AudioTranscriptions)
	send(fields, "industry", prior.Industry, m.Industry)
	send(fields, "company_size", prior.CompanySize, m.CompanySize)
	send(fields, "timezone", prior.Timezone, m.Timezone)
	send(fields, "referral_source", prior.ReferralSource, m.ReferralSource)
	send(fields, "user_role", prior.UserRole, m.UserRole)
	send(fields, "website", prior.Website, m.Website)

	return fields
}
