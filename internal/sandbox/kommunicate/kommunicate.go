// Package kommunicate simulates the Kommunicate platform: the gateway `services.` with its Api-Key and the backend `chat.`
// beneath it. It is written from the vendor's pages and shares nothing with the provider's client.
//
// Sources, as comments call them, all read in November 2026:
//
//   - "the page": https://docs.kommunicate.io/docs/api-detail, and its 2019 edition where a comment says so. Handlers of
//     what it lists name no other source.
//   - "the backend's pages": Applozic's platform API, the same backend under its first name.
//   - "SDKs": Kommunicate-io's Android (e4e34440), iOS core (1925284), Web (bb49f6f47) and React Native (874142c) code.
//   - "the old server": what was public of the vendor's own API server until 2019.
//
// What no source settles is a switch where two readings are likely, and else a guess marked with "Unverified:".
package kommunicate

import (
	"net/http"
	"strings"
	"sync"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// What Reset seeds: one application, its people, its bots and its teams.
const (
	ApplicationID = "sandbox-application"
	APIKey        = "sandbox-kommunicate-api-key"

	// OwnerID is the account's owner, the admin of every conversation that the API creates, and the acting user.
	OwnerID    = "owner@agents.example"
	AgentOneID = "agent.one@agents.example"
	AgentTwoID = "agent.two@agents.example"
	// AgentPassword is what agents log in with through register/client.
	AgentPassword = "sandbox-agent-password" //nolint:gosec // Opens nothing but the simulator.

	// DefaultBotID is literally "bot" on every account.
	DefaultBotID = "bot"
	HelperBotID  = "helper-ab12c"

	DefaultTeamID int64 = 130000001
	BillingTeamID int64 = 130000002

	firstGroupID int64 = 131000000
)

// chatPrefix is the path of the second host: under it is what the vendor serves on `chat.`, all else is `services.`.
const chatPrefix = "/chat"

// Settings are what the account's dashboard holds: rules for new conversations and limits of agents.
type Settings struct {
	// BotRouting hands new conversations to the default bot; it wins over AgentRouting.
	BotRouting bool `json:"bot_routing"`
	// AgentRouting is 0 for "notify everybody" (the default agent is the assignee) and 1 for round robin.
	AgentRouting int    `json:"agent_routing"`
	DefaultAgent string `json:"default_agent"`
	// RuleMembers join every conversation that follows the rules.
	RuleMembers []string `json:"rule_members"`
	// HandlingLimit is how many open conversations an agent may hold; 0 or none is no limit.
	HandlingLimit map[string]int `json:"handling_limit"`
}

// Platform is one simulated application.
type Platform struct {
	sync.Mutex

	core     *sandbox.Core
	switches Switches
	settings Settings

	users    sandbox.Collection[string, *user]
	groups   sandbox.Collection[int64, *group]
	aliases  map[string]int64 // clientGroupId to groupId.
	messages map[string]*message
	files    map[string]*file
	teams    []team
	tokens   map[string]string // Session token to userId.

	lastGroup int64
	lastTick  int64
	lastTurn  int // Round robin.
}

// New returns a platform with its seed data.
func New(core *sandbox.Core) *Platform {
	p := &Platform{core: core}
	p.Reset()

	return p
}

// Name returns the first element of the path.
func (p *Platform) Name() string { return "kommunicate" }

// Environment returns the variables that point the provider here.
func (p *Platform) Environment(base string) []string {
	return []string{
		"KOMMUNICATE_BASE_URL=" + base + "/kommunicate",
		"KOMMUNICATE_CHAT_BASE_URL=" + base + "/kommunicate" + chatPrefix,
		"KOMMUNICATE_API_KEY=" + APIKey,
		"KOMMUNICATE_ACTING_USER_ID=" + OwnerID,
		"KOMMUNICATE_APPLICATION_ID=" + ApplicationID,
	}
}

// Switches returns a pointer to the named switches.
func (p *Platform) Switches() any { return &p.switches }

// Reset restores seed data, settings and switches.
func (p *Platform) Reset() {
	p.switches = defaultSwitches()
	p.settings = Settings{DefaultAgent: AgentOneID, RuleMembers: []string{AgentTwoID}, HandlingLimit: map[string]int{}}
	p.users = sandbox.Collection[string, *user]{}
	p.groups = sandbox.Collection[int64, *group]{}
	p.aliases = map[string]int64{}
	p.messages = map[string]*message{}
	p.files = map[string]*file{}
	p.tokens = map[string]string{}
	p.lastGroup, p.lastTick, p.lastTurn = firstGroupID, 0, 0

	for id, name := range p.seedPeople() {
		agent := p.addUser(id, roleAgent)
		agent.displayName, agent.email, agent.password, agent.online = name, id, AgentPassword, true
	}

	for _, bot := range []string{DefaultBotID, HelperBotID} {
		p.addUser(bot, roleBot)
	}

	p.teams = []team{
		{id: DefaultTeamID, alias: "km_default_team", name: "Default Team", members: []string{OwnerID, AgentOneID, AgentTwoID}},
		{id: BillingTeamID, alias: "billing", name: "Billing", members: []string{AgentTwoID}},
	}
}

// seedPeople yields agents in a fixed order.
func (*Platform) seedPeople() func(yield func(id, name string) bool) {
	return func(yield func(id, name string) bool) {
		_ = yield(OwnerID, "Owner") && yield(AgentOneID, "Agent One") && yield(AgentTwoID, "Agent Two")
	}
}

// Unknown answers a path or method that the table does not have.
func (p *Platform) Unknown(req *sandbox.Request, known bool) sandbox.Reply {
	if known && p.switches.WrongMethod == asEnvelope {
		return p.fail(methodNotAllowed)
	}

	if strings.HasPrefix(req.URL.Path, chatPrefix+"/") {
		if known {
			return htmlPage(http.StatusMethodNotAllowed)
		}

		return htmlPage(http.StatusNotFound)
	}

	return noRoute()
}

// now returns the time in the vendor's epoch milliseconds.
func (p *Platform) now() int64 { return p.core.Now().UnixMilli() }

// tick returns a moment that no earlier tick had, so that time cursors tell rows apart even if the clock stands still.
func (p *Platform) tick() int64 {
	p.lastTick = max(p.now(), p.lastTick+1)
	return p.lastTick
}
