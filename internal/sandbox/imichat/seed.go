package imichat

// The tenant that a fresh sandbox holds.
const (
	Domain = "sandbox.imi.chat"
	APIKey = "imichat-sandbox-api-key"

	// TeamID and OtherTeamID are shared with the key, UnsharedTeamID exists but is not.
	TeamID         = "101"
	OtherTeamID    = "102"
	UnsharedTeamID = "103"
	TeamName       = "Support"
	OtherTeamName  = "Sales"

	// Agent and OtherAgent are agents of the first team, Manager manages both shared teams, VirtualAgent is a bot.
	Agent        = "agent.one"
	OtherAgent   = "agent.two"
	Manager      = "manager.one"
	VirtualAgent = "bot.one"

	AssetSMS      = "447700900100"
	AssetFacebook = "100200300400500"
	AssetTwitter  = "2200330044"
	AssetLivechat = "im00000001"
	AssetEmail    = "support@example.com"
	AssetABC      = "abc-service-key-0001"
	AssetWhatsApp = "whatsapp-service-key-0001"
	AssetAPI      = "api-service-key-0001"

	// RouteLanguage and RouteTier are the tenant's routing attributes.
	RouteLanguage = "language"
	RouteTier     = "tier"
)

// Channels returns every channel of the vendor's table.
func Channels() []string {
	return []string{"sms", "facebook", "twitter", "livechat", "email", "abc", "whatsapp", "api"}
}

// AssetID returns the tenant's asset on a channel, or "" if there is no such channel.
func AssetID(channel string) string {
	return map[string]string{
		"sms": AssetSMS, "facebook": AssetFacebook, "twitter": AssetTwitter, "livechat": AssetLivechat,
		"email": AssetEmail, "abc": AssetABC, "whatsapp": AssetWhatsApp, "api": AssetAPI,
	}[channel]
}

// Outcomes returns the reasons for closure that the tenant's teams have.
func Outcomes() []string { return []string{"resolved", "no_response", "spam"} }

func (p *Platform) seed() {
	p.teams, p.users, p.lastUserID = newTeams(), newUsers(), 2000

	for _, u := range []User{
		{LoginID: Agent, FirstName: "First", LastName: "Agent", Privileges: []Privilege{{101, roleAgent}}},
		{LoginID: OtherAgent, FirstName: "Second", LastName: "Agent", Privileges: []Privilege{{101, roleAgent}}},
		{LoginID: Manager, FirstName: "Team", LastName: "Manager", Privileges: []Privilege{{101, roleManager}, {102, roleManager}}},
		{LoginID: VirtualAgent, FirstName: "Virtual", LastName: "Agent", Privileges: []Privilege{{101, roleAgent}}},
	} {
		u.Email = u.LoginID + "@example.com"
		u.AcceptingChats = true
		p.addUser(u)
	}
}
