package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// agentBotModel is a bot in a configuration and in state.
type agentBotModel struct {
	ID          types.String  `tfsdk:"id"`
	Name        types.String  `tfsdk:"name"`
	Description types.String  `tfsdk:"description"`
	OutgoingURL types.String  `tfsdk:"outgoing_url"`
	BotType     types.String  `tfsdk:"bot_type"`
	BotConfig   types.Dynamic `tfsdk:"bot_config"`
	Avatar      types.String  `tfsdk:"avatar"`
	AvatarURL   types.String  `tfsdk:"avatar_url"`
	AccessToken types.String  `tfsdk:"access_token"`
	Secret      types.String  `tfsdk:"secret"`
}

// agentBotData is what data sources tell of a bot.
type agentBotData struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	OutgoingURL types.String `tfsdk:"outgoing_url"`
	BotType     types.String `tfsdk:"bot_type"`
	BotConfig   types.String `tfsdk:"bot_config"`
	Thumbnail   types.String `tfsdk:"thumbnail"`
	SystemBot   types.Bool   `tfsdk:"system_bot"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed. The platform does not
// return the address that the picture was fetched from.
func (m *agentBotModel) fromAPI(found api.AgentBot, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = tfvalue.StringOrNull(found.Name)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.OutgoingURL = account.Track(everything, m.OutgoingURL, tfvalue.StringOrNull(found.OutgoingURL))
	m.BotType = tfvalue.StringOrNull(found.BotType)
	m.BotConfig = account.TrackObject(everything, m.BotConfig, found.BotConfig)
	m.AccessToken = tfvalue.StringOrNull(found.AccessToken)
	m.Secret = tfvalue.StringOrNull(found.Secret)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a bot. A picture is sent
// apart. One that the platform has fetched cannot be taken back.
func (m *agentBotModel) changeFrom(prior agentBotModel) api.AgentBotRequest {
	change := api.AgentBotRequest{
		Name:        account.TextChange(prior.Name, m.Name),
		Description: account.TextChange(prior.Description, m.Description),
		OutgoingURL: account.TextChange(prior.OutgoingURL, m.OutgoingURL),
		BotType:     account.TextChange(prior.BotType, m.BotType),
		BotConfig:   account.FreeChange(prior.BotConfig, m.BotConfig),
	}

	if m.AvatarURL.ValueString() != "" {
		change.AvatarURL = account.TextChange(prior.AvatarURL, m.AvatarURL)
	}

	if account.Avatar.IsRemoved(prior.Avatar, m.Avatar) {
		change.Avatar = api.Null[string]()
	}

	return change
}

// fromAPI takes everything from the platform's answer.
func (m *agentBotData) fromAPI(found api.AgentBot) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = tfvalue.StringOrNull(found.Name)
	m.Description = tfvalue.StringOrNull(found.Description)
	m.OutgoingURL = tfvalue.StringOrNull(found.OutgoingURL)
	m.BotType = tfvalue.StringOrNull(found.BotType)
	m.BotConfig = account.JSONText(found.BotConfig)
	m.Thumbnail = tfvalue.StringOrNull(found.Thumbnail)
	m.SystemBot = types.BoolValue(found.IsOfInstallation())
}
