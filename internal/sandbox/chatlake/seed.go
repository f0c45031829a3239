package chatlake

import "time"

// What a new installation holds, for tests to refer to. Ids of different kinds never coincide.
const (
	// AccountID is the account that the environment names; OtherAccountID is one that its people are no members of.
	AccountID      = 1
	OtherAccountID = 2

	// AdminToken belongs to the account's administrator, AgentToken to an agent who is a member of both inboxes and of the
	// team, SecondAgentToken to one who is in nothing. OutsiderToken is the administrator of the other account only.
	AdminToken       = "sandbox-chatlake-admin-token"
	AgentToken       = "sandbox-chatlake-agent-token"
	SecondAgentToken = "sandbox-chatlake-second-agent-token"
	OutsiderToken    = "sandbox-chatlake-outsider-token"
	// BotToken belongs to the account's agent bot, PlatformToken to a platform app that made both accounts and all people.
	// SecondPlatformToken belongs to an app that made nothing yet.
	BotToken            = "sandbox-chatlake-bot-token"
	PlatformToken       = "sandbox-chatlake-platform-token"
	SecondPlatformToken = "sandbox-chatlake-second-platform-token"

	AdminID       = 11
	AgentID       = 12
	SecondAgentID = 13
	OutsiderID    = 14
	BotID         = 31

	APIInboxID      = 101
	WebInboxID      = 102
	OtherInboxID    = 103 // An API inbox of the other account.
	TeamID          = 201
	OtherTeamID     = 202 // Of the other account.
	OtherContactID  = 1001
	FirstLabelTitle = "billing"
	OtherLabelTitle = "support"
)

// APIInboxIdentifier addresses the seeded API inbox in the client API.
const APIInboxIdentifier = "sandboxApiInboxIdentifier"

func (p *Platform) seed() {
	created := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	p.lastIDs["accounts"] = OtherAccountID

	for i, name := range []string{"Sandbox", "Other sandbox"} {
		id := int64(AccountID + i)
		p.accounts.Put(id, &account{
			id: id, name: name, locale: "en", status: "active", settings: object{}, custom: object{}, created: created,
			features: allFeatures(), limits: object{},
		})
	}

	p.seedUser("Ada Administrator", "administrator@sandbox.example", AdminToken, roleAdministrator, AccountID)
	agent := p.seedUser("First Agent", "first.agent@sandbox.example", AgentToken, roleAgent, AccountID)
	p.seedUser("Second Agent", "second.agent@sandbox.example", SecondAgentToken, roleAgent, AccountID)
	p.seedUser("Outside Administrator", "outsider@sandbox.example", OutsiderToken, roleAdministrator, OtherAccountID)
	p.tokens[PlatformToken] = principal{app: &platformApp{
		accounts: []int64{AccountID, OtherAccountID}, users: []int64{AdminID, AgentID, SecondAgentID, OutsiderID},
	}}
	p.tokens[SecondPlatformToken] = principal{app: &platformApp{}}

	name := "Sandbox bot"
	bot := &agentBot{
		id: p.nextID("bots"), account: AccountID, name: &name, botType: "webhook", config: object{}, token: BotToken,
		secret: p.newToken(),
	}
	p.bots.Put(bot.id, bot)
	p.tokens[BotToken] = principal{bot: bot}

	p.seedInbox(AccountID, "Sandbox API", "api", object{}).members = []int64{agent.id}
	p.seedInbox(AccountID, "Sandbox website", "web_widget", object{"website_url": "https://sandbox.example"}).members = []int64{agent.id}
	p.seedInbox(OtherAccountID, "Other API", "api", object{})

	i, found := p.inboxes.Get(APIInboxID)
	if found {
		i.channel.fields["identifier"] = APIInboxIdentifier
	}

	p.seedTeam(AccountID, "sandbox team").members = []int64{agent.id}
	p.seedTeam(OtherAccountID, "other team")

	for _, title := range []string{FirstLabelTitle, OtherLabelTitle} {
		l := &label{ID: p.nextID("labels"), Title: title, Color: defaultColor, account: AccountID}
		p.keepLabel(l)
	}

	email := "contact@other.example"
	p.keepContact(&contact{
		id: p.nextID("contacts"), account: OtherAccountID, name: new(string), email: &email, additional: object{},
		custom: object{}, created: created,
	})
}

func (p *Platform) seedUser(name, email, token, role string, account int64) *user {
	u := p.newUser(name, email)
	u.token, u.confirmed = token, true
	p.keepUser(u)
	u.memberships[account] = &membership{id: p.nextID("account_users"), created: p.core.Now(), role: role, availability: "online", autoOffline: true}

	return u
}

func (p *Platform) seedInbox(account int64, name, kind string, fields object) *inbox {
	spec := channelSpecs[kind]
	i := newInbox(account)
	i.name = name
	i.channel = p.newChannel(spec, fields)
	p.keepInbox(i)

	return i
}

func (p *Platform) seedTeam(account int64, name string) *team {
	t := &team{ID: p.nextID("teams"), Name: name, AllowAutoAssign: new(true), AccountID: account}
	p.keepTeam(t)

	return t
}
