package chatlake

import (
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// agentBot is a program that acts in conversations. Those without an account are the installation's.
type agentBot struct {
	id, account       int64
	name, description *string
	outgoingURL       *string
	botType           string
	config            any // An object, but older releases take a list, too.
	avatar            string
	token, secret     string
}

func (r *agentBot) key() int64   { return r.id }
func (r *agentBot) owner() int64 { return r.account }

// botEvent is the bot as messages and conversations have it.
func (p *Platform) botEvent(bot *agentBot) object {
	return object{"id": bot.id, "name": bot.name, "avatar_url": bot.avatar, "type": "agent_bot"}
}

func (p *Platform) botShelf() *shelf[*agentBot] {
	return shelf[*agentBot]{
		p: p, param: "bot", rows: &p.bots,
		fresh: func(c *call) *agentBot {
			return &agentBot{
				account: c.account.id, botType: "webhook", config: object{}, token: p.newToken(), secret: p.newToken(),
			}
		},
		assign: p.assignBotFields,
		keep: func(r *agentBot) {
			if r.id == 0 {
				r.id = p.nextID("bots")
			}

			p.tokens[r.token] = principal{bot: r}
		},
		copy:   func(r *agentBot) *agentBot { draft := *r; return &draft },
		commit: func(into, draft *agentBot) { *into = *draft },
		shape:  func(c *call, r *agentBot) any { return p.botJSON(c, r) },
	}.with()
}

func (p *Platform) botJSON(c *call, r *agentBot) object {
	out := object{
		"id": r.id, "name": r.name, "description": r.description, "bot_type": nullable(r.botType), "bot_config": r.config,
		"account_id": nil,
	}

	if p.has(botSystem) {
		out["thumbnail"], out["system_bot"] = r.avatar, r.account == 0
	}

	if r.account == 0 {
		return out
	}

	out["account_id"], out["outgoing_url"], out["access_token"] = r.account, r.outgoingURL, r.token
	if c.isAdmin() && p.has(botSecret) {
		out["secret"] = r.secret
	}

	return out
}

func (p *Platform) assignBotFields(c *call, r *agentBot, _ bool) *sandbox.Reply {
	in, refused := read(c.Request, "name", "description", "outgoing_url", "bot_type", "bot_config*", "avatar", "avatar_url")
	if refused != nil {
		return refused
	}

	in.optString("name", &r.name, maxString)
	in.optString("description", &r.description, maxString)
	in.optString("outgoing_url", &r.outgoingURL, 2048)
	p.readBotType(in, r)

	config, isObject := in.values["bot_config"].(object)
	if isObject {
		r.config = config
	}

	if isObject && !p.has(botConfigFree) {
		r.config = object{} // It has none of the keys that are known.
	}

	list, isList := in.values["bot_config"].([]any)
	if isList && !p.has(botConfigFree) {
		r.config = list
	}

	if p.has(botAvatarURL) {
		p.assignAvatar(c.Request, in, &r.avatar)
	}

	address, isText := in.values["avatar_url"].(string)
	if isText && address != "" && p.has(botAvatarURL) {
		p.later(func() { // By id: what is assigned to may be a draft.
			kept, found := p.bots.Get(r.id)
			if found {
				kept.avatar = p.blobURL(p.storeBlob(file{name: "avatar.png", contentType: "image/png"}))
			}
		})
	}

	return in.done(p)
}

// readBotType knows one type today. Older releases had scripts as well, whose configuration is checked.
func (p *Platform) readBotType(in *input, r *agentBot) {
	if in.values["bot_type"] == "csml" && !p.has(botConfigFree) {
		in.errs.addEnglish("bot_config", "Bot config Invalid Bot Configuration")
		return
	}

	in.optEnum("bot_type", []string{"webhook"}, &r.botType)
}

// botsSeen are the account's and the installation's.
func (p *Platform) botsSeen(c *call) []*agentBot {
	rows := p.bots.Where(func(r *agentBot) bool { return r.account == 0 || r.account == c.account.id })
	if p.switches.ShuffleUnsorted {
		p.core.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}

	return rows
}

func (p *Platform) listBots(c *call) sandbox.Reply {
	return ok(mapped(p.botsSeen(c), func(r *agentBot) object { return p.botJSON(c, r) }))
}

func (p *Platform) showBot(c *call) sandbox.Reply {
	r, found := p.bots.Get(c.id("bot"))
	if !found || r.account != 0 && r.account != c.account.id {
		return notFound()
	}

	return ok(p.botJSON(c, r))
}

func (p *Platform) deleteBot(c *call) sandbox.Reply {
	r, refused := p.botShelf().find(c)
	if refused != nil {
		return *refused
	}

	p.detachBot(r)

	return p.botShelf().remove(c)
}

func (p *Platform) detachBot(r *agentBot) {
	delete(p.tokens, r.token)

	for _, i := range p.inboxes.All() {
		if i.bot == r {
			i.bot = nil
		}
	}

	for _, conv := range p.conversations.All() {
		if conv.assigneeBot == r {
			conv.assigneeBot = nil
		}
	}
}

// changeBot is for the small acts on a bot of one's own.
func (p *Platform) changeBot(change func(r *agentBot)) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		r, refused := p.botShelf().find(c)
		if refused != nil {
			return *refused
		}

		change(r)

		return ok(p.botJSON(c, r))
	}
}

func (p *Platform) renewBotToken(r *agentBot) {
	delete(p.tokens, r.token)
	r.token = p.newToken()
	p.tokens[r.token] = principal{bot: r}
}

func (p *Platform) renewBotSecret(r *agentBot) {
	r.secret = p.newToken()
}

func (p *Platform) dropBotAvatar(r *agentBot) {
	r.avatar = ""
}

// showInboxBot is an empty object for an inbox without one.
func (p *Platform) showInboxBot(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	if i.bot == nil {
		return ok(object{})
	}

	bot := p.botJSON(c, i.bot)

	if i.bot.account != 0 { // The row of the token, though the bot itself shows its text.
		bot["access_token"] = object{
			"id": i.bot.id, "owner_type": "AgentBot", "owner_id": i.bot.id, "token": i.bot.token,
			"created_at": iso(i.created), "updated_at": iso(i.updated),
		}
	}

	return ok(object{"agent_bot": bot})
}

func (p *Platform) setInboxBot(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "agent_bot*")
	if refused != nil {
		return *refused
	}

	var id *int64

	if !in.has("agent_bot") {
		c.Complain("set_agent_bot without agent_bot detaches")
	}

	in.whole("agent_bot", &id)

	if id == nil {
		i.bot = nil
		return empty(http.StatusOK)
	}

	bot, found := p.bots.Get(*id)
	if !found || bot.account != 0 && bot.account != c.account.id {
		return notFound()
	}

	i.bot = bot

	return empty(http.StatusOK)
}
