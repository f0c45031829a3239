// Package imichat simulates the IMIchat (Webex Engage) REST API v3.1, as its vendor's pages describe it. What those pages
// leave open is a named switch or marked "Unverified:" where it is decided; what the sandbox had to invent says so itself.
//
// Written from docs.imi.chat/reference (create-chat, get-chats, chats-search, authorize, rate-limits-1,
// get-individual-user, create-user, users-search, transfer-api-private-beta) and docs.imi.chat/v5.1/reference/update-chat.
package imichat

import (
	"net/http"
	"sync"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Platform is one simulated tenant. Its lock guards everything in it.
type Platform struct {
	sync.Mutex

	core     *sandbox.Core
	switches Switches

	tokens         map[string]time.Time // Token to the instant it expires.
	authorizations int
	day            time.Time // The day that used counts.
	used           int

	teams          sandbox.Collection[int, *Team]
	users          sandbox.Collection[int, *User]
	chats          sandbox.Collection[string, *Chat]
	customers      map[customerKey]int
	assets         map[string][]string // Of a file, by channel.
	lastUserID     int
	lastCustomerID int
}

// New returns the seeded platform.
func New(core *sandbox.Core) *Platform {
	p := &Platform{core: core}
	p.Reset()

	return p
}

// Name returns the first element of the path.
func (p *Platform) Name() string { return "imichat" }

// Environment returns the variables that point the provider here.
func (p *Platform) Environment(base string) []string {
	return []string{
		"IMICHAT_BASE_URL=" + base + "/imichat",
		"IMICHAT_API_KEY=" + APIKey,
		"IMICHAT_DOMAIN=" + Domain,
		"IMICHAT_TEAM_ID=" + TeamID,
	}
}

// Routes returns what the vendor serves. Handlers of all but authorize run behind the checks of guard.
func (p *Platform) Routes() []sandbox.Route {
	return []sandbox.Route{
		{Pattern: "GET /v3.1/authorize", Read: true, Remembered: true, Handle: p.authorize},
		{Pattern: "GET /v3.1/chats", Read: true, Handle: p.guard(teamOptional, p.listChats)},
		{Pattern: "POST /v3.1/chats", Handle: p.guard(teamRequired, p.createChat)},
		{Pattern: "GET /v3.1/chats/{id}", Read: true, Handle: p.readChatRoute},
		{Pattern: "PATCH /v3.1/chats/{id}", Handle: p.guard(teamOptional, p.updateChat)},
		{Pattern: "POST /v3.1/chats/{id}/messages", Handle: p.guard(teamOptional, p.appendMessage)},
		{Pattern: "POST /v3.0/chats/search", Read: true, Handle: p.guard(teamOptional, p.searchChats)},
		{Pattern: "POST /v3.1/chats/search", Read: true, Handle: p.guard(teamOptional, p.searchOfOtherVersion)},
		{Pattern: "PATCH /v3.1/internal/chats/{id}", Handle: p.guard(teamOptional, p.transferChat)},
		{Pattern: "GET /v3.1/teams", Read: true, Handle: p.guard(teamOptional, p.listTeams)},
		{Pattern: "POST /v3.1/users", Handle: p.guard(teamRequired, p.createUser)},
		{Pattern: "GET /v3.1/users/{user}", Read: true, Handle: p.guard(teamRequired, p.readUser)},
		{Pattern: "POST /v3.1/users/search", Read: true, Handle: p.guard(teamRequired, p.searchUsers)},
	}
}

// Admit counts the request against the tenant's day. Credentials are checked after the method, so by each route.
//
// Unverified: whether refused and authorize requests count; here all do but those refused for the quota.
func (p *Platform) Admit(*sandbox.Request) *sandbox.Reply {
	if p.switches.OtherGeneration {
		reply := sandbox.JSON(http.StatusNotFound, map[string]string{"message": "No resource was found for this address"})
		return &reply
	}

	if p.spendRequest() {
		return nil
	}

	reply := p.refuse(quotaExceeded)

	return &reply
}

// Unknown answers a path or method that is not served.
func (p *Platform) Unknown(req *sandbox.Request, known bool) sandbox.Reply {
	if known {
		return p.refuse(methodNotAllowed)
	}

	return p.guard(teamOptional, func(*sandbox.Request, int) sandbox.Reply { return p.refuse(unknownPath) })(req)
}

// Switches returns a pointer to the named switches.
func (p *Platform) Switches() any { return &p.switches }

// SetSwitches changes switches under the lock, for tests in the same process.
func (p *Platform) SetSwitches(change func(*Switches)) {
	p.Lock()
	defer p.Unlock()

	change(&p.switches)
}

// Reset restores seed data and switches.
func (p *Platform) Reset() {
	p.switches = defaultSwitches()
	p.tokens = map[string]time.Time{}
	p.authorizations, p.used, p.day = 0, 0, time.Time{}
	p.chats = sandbox.Collection[string, *Chat]{}
	p.customers, p.lastCustomerID = map[customerKey]int{}, 5000
	p.seed()
}
