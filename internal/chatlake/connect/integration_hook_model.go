package connect

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// integrationHookModel is an integration hook in a configuration and in state.
type integrationHookModel struct {
	integrationHookData

	SettingsWO        types.Dynamic `tfsdk:"settings_wo"`
	SettingsWOVersion types.Int64   `tfsdk:"settings_wo_version"`
}

// integrationHookData is what the platform tells of an integration hook.
type integrationHookData struct {
	ID       types.String  `tfsdk:"id"`
	AppID    types.String  `tfsdk:"app_id"`
	InboxID  types.String  `tfsdk:"inbox_id"`
	Status   types.String  `tfsdk:"status"`
	Settings types.Dynamic `tfsdk:"settings"`
}

// integrationHookFound is a row of a data source, which cannot hold values of differing types.
type integrationHookFound struct {
	ID       types.String `tfsdk:"id"`
	AppID    types.String `tfsdk:"app_id"`
	InboxID  types.String `tfsdk:"inbox_id"`
	Status   types.String `tfsdk:"status"`
	Settings types.String `tfsdk:"settings"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *integrationHookData) fromAPI(found api.IntegrationHook, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.AppID = types.StringValue(found.AppID)
	m.InboxID = account.IDOrNull(found.InboxID())
	m.Status = types.StringValue(found.Status())
	m.Settings = account.TrackObject(everything, m.Settings, found.Settings)
}

// changeFrom returns the request that turns prior into the plan, without its settings; from the zero value, it creates a hook.
func (m *integrationHookData) changeFrom(prior integrationHookData) api.IntegrationHookRequest {
	return api.IntegrationHookRequest{
		AppID:   account.TextChange(prior.AppID, m.AppID),
		InboxID: account.IDChange(prior.InboxID, m.InboxID),
		Status:  account.TextChange(prior.Status, m.Status),
	}
}

// isSent reports whether the settings are to be sent: because those that are shown change, or because of a new version of the others.
func (m *integrationHookModel) isSent(prior integrationHookModel) bool {
	isNewVersion := !m.SettingsWOVersion.IsNull() && !m.SettingsWOVersion.Equal(prior.SettingsWOVersion)
	return isNewVersion || account.IsChanged(prior.Settings, m.Settings)
}

// settingsOf returns the settings as they are sent: what is shown and what is hidden, because the platform replaces them whole. A
// member that is null is left out.
func settingsOf(shown, hidden types.Dynamic) api.Object {
	settings := api.Object{}

	for _, part := range []types.Dynamic{shown, hidden} {
		members, _ := tfvalue.JSON(part).(map[string]any)
		maps.Copy(settings, members)
	}

	maps.DeleteFunc(settings, func(_ string, value any) bool { return value == nil })

	return settings
}
