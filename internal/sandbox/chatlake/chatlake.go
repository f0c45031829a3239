// Package chatlake simulates a Chatlake server: Chatwoot under another name, as of the newest recorded release or an older
// one. It was written from the vendor's public pages, and is held to what real servers answered (testdata/recordings); it
// shares nothing with the provider's client.
//
// Deliveries to other systems (webhooks, channels, mail) are not simulated: what comes of them is a hook.
package chatlake

import (
	"net/http"
	"strings"
	"sync"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Platform is one simulated installation. Its lock is held while a request or a hook is served.
type Platform struct {
	sync.Mutex
	core     *sandbox.Core
	switches Switches
	// played is the release that a reset goes back to; DefaultVersion if empty.
	played string
	// viewer is whose request is being answered; teams tell whether the viewer is a member.
	viewer *user
	tables map[string]table // Of the kinds.
	state
}

// New returns an installation with its seed data.
func New(core *sandbox.Core) *Platform {
	p := &Platform{core: core, tables: map[string]table{}}
	p.Reset()

	return p
}

// Name is the first element of the path.
func (p *Platform) Name() string { return "chatlake" }

// Environment points the provider at the seeded account, as its administrator.
func (p *Platform) Environment(base string) []string {
	return []string{
		"CHATLAKE_BASE_URL=" + base + "/chatlake",
		"CHATLAKE_API_ACCESS_TOKEN=" + AdminToken,
		"CHATLAKE_ACCOUNT_ID=1",
		"CHATLAKE_PLATFORM_ACCESS_TOKEN=" + PlatformToken,
	}
}

// Switches points at the named switches; see the type.
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
	if p.played != "" {
		p.switches.Version = p.played
	}

	p.state = newState()

	for _, t := range p.tables {
		t.empty()
	}

	p.seed()
}

// Admit lets background jobs catch up and throttles. Credentials are the endpoints' own business, since an unknown path
// is told without any.
func (p *Platform) Admit(req *sandbox.Request) *sandbox.Reply {
	p.runJobs()

	if p.switches.Noise {
		p.makeNoise()
	}

	return p.throttle(req)
}

// Unknown is the 404 of a path without a route: the framework picks its form from the Accept header.
func (p *Platform) Unknown(req *sandbox.Request, _ bool) sandbox.Reply {
	return p.unknownPath(req)
}

// unknownPath is also what the client API says of objects that are not there.
func (p *Platform) unknownPath(req *sandbox.Request) sandbox.Reply {
	if strings.Contains(req.Header.Get("Accept"), "json") {
		return answer(http.StatusNotFound, object{"status": 404, "error": "Not Found"})
	}

	return sandbox.Reply{
		Status: http.StatusNotFound,
		Header: http.Header{"Content-Type": {"text/html; charset=UTF-8"}},
		Raw:    []byte("<!DOCTYPE html>\n<html><head><title>404</title></head><body><h1>Not here</h1></body></html>\n"),
	}
}

// Spell takes the format off a path: the framework's routes take one at their end, and the server knows this one only.
func (*Platform) Spell(path string) string {
	plain, isJSON := strings.CutSuffix(strings.TrimSuffix(path, "/"), ".json")
	if !isJSON {
		return path
	}

	return plain
}

// Routes is the table of routes.go with its checks around the handlers.
func (p *Platform) Routes() []sandbox.Route {
	var routes []sandbox.Route

	for _, e := range p.endpoints() {
		path := e.path

		rooted, isRooted := strings.CutPrefix(path, "/")
		if isRooted && strings.HasPrefix(rooted, "/") {
			path = rooted
		} else {
			path = "/api/v1/accounts/{account}" + path
		}

		for method := range strings.SplitSeq(e.methods, "|") {
			routes = append(routes, sandbox.Route{
				Pattern:  method + " " + path,
				Handle:   p.guard(e),
				Read:     e.read || method == http.MethodGet,
				AnySlash: true,
			})
		}
	}

	return routes
}
