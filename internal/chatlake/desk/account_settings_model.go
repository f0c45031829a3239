package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// accountSettingsModel is the account's settings in a configuration and in state.
type accountSettingsModel struct {
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
	RequiredAttributes       types.List   `tfsdk:"conversation_required_attributes"`

	CaptainModels   types.Dynamic `tfsdk:"captain_models"`
	CaptainFeatures types.Dynamic `tfsdk:"captain_features"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed. The platform does not
// return user_role: what was configured stays. It returns the installation's address if the account has none.
func (m *accountSettingsModel) fromAPI(found api.Account, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Locale = tfvalue.StringOrNull(found.Locale)
	m.Domain = account.Track(everything, m.Domain, tfvalue.StringOrNull(found.Domain))

	if everything || m.SupportEmail.ValueString() != "" {
		m.SupportEmail = tfvalue.StringOrNull(found.SupportEmail)
	}

	m.AutoResolveAfter = account.Track(everything, m.AutoResolveAfter, types.Int64PointerValue(found.Settings.AutoResolveAfter))
	m.AutoResolveMessage = account.Track(everything, m.AutoResolveMessage, account.TextOrNull(found.Settings.AutoResolveMessage))
	m.AutoResolveIgnoreWaiting = account.Track(everything, m.AutoResolveIgnoreWaiting, types.BoolPointerValue(found.Settings.AutoResolveIgnoreWaiting))
	m.AutoResolveLabel = account.Track(everything, m.AutoResolveLabel, account.TextOrNull(found.Settings.AutoResolveLabel))
	m.AudioTranscriptions = account.Track(everything, m.AudioTranscriptions, types.BoolPointerValue(found.Settings.AudioTranscriptions))
	m.Industry = account.Track(everything, m.Industry, tfvalue.StringOrNull(string(found.CustomAttributes.Industry)))
	m.CompanySize = account.Track(everything, m.CompanySize, tfvalue.StringOrNull(string(found.CustomAttributes.CompanySize)))
	m.Timezone = account.Track(everything, m.Timezone, tfvalue.StringOrNull(string(found.CustomAttributes.Timezone)))
	m.ReferralSource = account.Track(everything, m.ReferralSource, tfvalue.StringOrNull(string(found.CustomAttributes.ReferralSource)))
	m.Website = account.Track(everything, m.Website, tfvalue.StringOrNull(string(found.CustomAttributes.Website)))
	m.RequiredAttributes = account.Track(everything, m.RequiredAttributes, account.TextListOrNull(found.Settings.RequiredAttributes))
	m.CaptainModels = preferencesOf(everything, m.CaptainModels, found.Settings.CaptainModels)
	m.CaptainFeatures = preferencesOf(everything, m.CaptainFeatures, found.Settings.CaptainFeatures)
}

// fromWrite takes everything from the answer to a write. A support_email that is cleared stays so.
func (m *accountSettingsModel) fromWrite(found api.Account) {
	wanted, models, features := m.SupportEmail, m.CaptainModels, m.CaptainFeatures
	m.fromAPI(found, true)
	m.CaptainModels = preferencesOf(false, models, found.Settings.CaptainModels)
	m.CaptainFeatures = preferencesOf(false, features, found.Settings.CaptainFeatures)

	if wanted.ValueString() == "" {
		m.SupportEmail = wanted
	}
}

// changeFrom returns the request that turns prior into the plan.
func (m *accountSettingsModel) changeFrom(prior accountSettingsModel) api.AccountRequest {
	return api.AccountRequest{
		Name:                     account.TextChange(prior.Name, m.Name),
		Locale:                   account.TextChange(prior.Locale, m.Locale),
		Domain:                   account.TextChange(prior.Domain, m.Domain),
		SupportEmail:             account.TextChange(prior.SupportEmail, m.SupportEmail),
		AutoResolveAfter:         account.NumberChange(prior.AutoResolveAfter, m.AutoResolveAfter),
		AutoResolveMessage:       account.TextChange(prior.AutoResolveMessage, m.AutoResolveMessage),
		AutoResolveIgnoreWaiting: account.FlagChange(prior.AutoResolveIgnoreWaiting, m.AutoResolveIgnoreWaiting),
		AutoResolveLabel:         account.TextChange(prior.AutoResolveLabel, m.AutoResolveLabel),
		AudioTranscriptions:      account.FlagChange(prior.AudioTranscriptions, m.AudioTranscriptions),
		Industry:                 account.TextChange(prior.Industry, m.Industry),
		CompanySize:              account.TextChange(prior.CompanySize, m.CompanySize),
		Timezone:                 account.TextChange(prior.Timezone, m.Timezone),
		ReferralSource:           account.TextChange(prior.ReferralSource, m.ReferralSource),
		UserRole:                 account.TextChange(prior.UserRole, m.UserRole),
		Website:                  account.TextChange(prior.Website, m.Website),
		RequiredAttributes:       account.TextsChange(prior.RequiredAttributes, m.RequiredAttributes),
	}
}

// preferencesFrom returns the request that turns the preferences of prior into those of the plan.
func (m *accountSettingsModel) preferencesFrom(prior accountSettingsModel, managed ownership.Managed, diags *diag.Diagnostics) api.CaptainPreferencesRequest {
	return api.CaptainPreferencesRequest{
		Models:   preferencesChange(captainModels, prior.CaptainModels, m.CaptainModels, managed, diags),
		Features: preferencesChange(captainFeatures, prior.CaptainFeatures, m.CaptainFeatures, managed, diags),
	}
}
