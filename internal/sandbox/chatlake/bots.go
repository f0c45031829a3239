package chatlake

// agentBot is a program that acts in conversations. Those without an account are the installation's.
type agentBot struct {
	id, account       int64
	name, description *string
	outgoingURL       *string
	botType           string
	config            object
	avatar            string
	token, secret     string
}

// botEvent is the bot as messages and conversations have it.
func (p *Platform) botEvent(bot *agentBot) object {
	return object{"id": bot.id, "name": bot.name, "avatar_url": bot.avatar, "type": "agent_bot"}
}
