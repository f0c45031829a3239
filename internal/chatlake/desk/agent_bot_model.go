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

// fromAPI takes over a bot; of what is optional, only what is managed, or all after an import. The address that the
// picture was fetched from is not told.
func (m *agentBotModel) fromAPI(found api.AgentBot, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = tfvalue.StringOrNull(found.Name)
	m.Description = account.Track(all, m.Description, tfvalue.StringOrNull(found.Description))
	m.OutgoingURL = account.Track(all, m.OutgoingURL, tfvalue.StringOrNull(found.OutgoingURL))
	m.BotType = tfvalue.StringOrNull(found.BotType)
	m.BotConfig = account.TrackObject(all, m.BotConfig, found.BotConfig)
	m.AccessToken = tfvalue.StringOrNull(found.AccessToken)
	m.Secret = tfvalue.StringOrNull(found.Secret)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *agentBotModel) request(prior agentBotModel) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "name", prior.Name, m.Name)
	account.SendChange(fields, "description", prior.Description, m.Description)
	account.SendChange(fields, "outgoing_url", prior.OutgoingURL, m.OutgoingURL)
	account.SendChange(fields, "bot_type", prior.BotType, m.BotType)
	account.SendChange(fields, "bot_config", prior.BotConfig, m.BotConfig)

	if account.IsChanged(prior.BotConfig, m.BotConfig) && m.BotConfig.IsNull() {
		fields["bot_config"] = map[string]any{} // A null in place of an object is ignored.
	}

	if !m.AvatarURL.IsNull() {
		account.SendChange(fields, "avatar_url", prior.AvatarURL, m.AvatarURL)
	}

	return fields
}

func (m *agentBotData) fromAPI(found api.AgentBot) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = tfvalue.StringOrNull(found.Name)
	m.Description = tfvalue.StringOrNull(found.Description)
	m.OutgoingURL = tfvalue.StringOrNull(found.OutgoingURL)
	m.BotType = tfvalue.StringOrNull(found.BotType)
	m.BotConfig = account.JSONText(found.BotConfig)
	m.Thumbnail = tfvalue.StringOrNull(found.Thumbnail)
	m.SystemBot = types.BoolValue(found.SystemBot)
}
