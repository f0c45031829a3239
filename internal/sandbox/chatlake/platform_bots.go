package chatlake

import (
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

func platformBotJSON(r *agentBot) object {
	out := object{
		"id": r.id, "name": r.name, "description": r.description, "outgoing_url": r.outgoingURL, "account_id": nil, "access_token": r.token,
	}

	if r.account != 0 {
		out["account_id"] = r.account
	}

	return out
}

// platformBots leaves out what is gone.
func (p *Platform) platformBots(c *call) sandbox.Reply {
	rows := []object{}

	for _, id := range c.app.bots {
		r, found := p.bots.Get(id)
		if found {
			rows = append(rows, platformBotJSON(r))
		}
	}

	return ok(rows)
}

func (p *Platform) platformShowBot(_ *call, r *agentBot) sandbox.Reply { return ok(platformBotJSON(r)) }

func (p *Platform) platformCreateBot(c *call) sandbox.Reply {
	r := &agentBot{botType: "webhook", config: object{}, token: p.newToken(), secret: p.newToken()}

	refused := p.assignPlatformBot(c, r)
	if refused != nil {
		return *refused
	}

	r.id = p.nextID("bots")
	p.bots.Put(r.id, r)
	p.tokens[r.token] = principal{bot: r}
	c.app.give(&c.app.bots, r.id)

	return ok(platformBotJSON(r))
}

func (p *Platform) platformUpdateBot(c *call, r *agentBot) sandbox.Reply {
	draft := *r

	refused := p.assignPlatformBot(c, &draft)
	if refused != nil {
		return *refused
	}

	*r = draft

	return ok(platformBotJSON(r))
}

// assignPlatformBot checks nothing: no name is a name, and any account an account.
func (p *Platform) assignPlatformBot(c *call, r *agentBot) *sandbox.Reply {
	in, refused := read(c.Request, "name", "description", "outgoing_url", "account_id", "avatar", "avatar_url")
	if refused != nil {
		return refused
	}

	in.optString("name", &r.name, maxString)
	in.optString("description", &r.description, maxString)
	in.optString("outgoing_url", &r.outgoingURL, 2048)

	owner := &r.account
	in.whole("account_id", &owner, true)
	r.account = zeroIfNone(owner)

	return in.done(p)
}

func (p *Platform) platformDeleteBot(_ *call, r *agentBot) sandbox.Reply {
	p.detachBot(r)
	p.bots.Delete(r.id)

	return empty(http.StatusOK)
}
