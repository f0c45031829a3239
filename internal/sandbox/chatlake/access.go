package chatlake

import (
	"net/http"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// role is what an endpoint asks of its caller.
type role int

const (
	public   role = iota // No token at all.
	app                  // The token of a platform app.
	signedIn             // A user's token, outside of an account.
	member               // Any member of the account.
	reporter             // An administrator, or a member whose custom role has report_manage.
	admin                // An administrator of the account.
)

// endpoint is one line of the route table. Its path starts in the account, or at the root if it starts with two slashes.
type endpoint struct {
	methods, path string
	role          role
	handle        func(*call) sandbox.Reply
	query         string // The query parameters that the endpoint knows, separated by spaces.
	bots          bool   // Open to bot tokens,
	botsSince     string // from this release on.
	since         string // The release that has it; all if empty.
	read          bool   // Changes nothing, though it is not a GET.
	hidden        bool   // Strangers get 404 instead of 401.
	enterprise    bool   // A server without the enterprise folder does not have it.
	// restrictedSince is the release since which only administrators may; all if empty.
	restrictedSince string
	// features are those of which the account needs one, and gated is how it is refused without.
	features []string
	gated    func() sandbox.Reply
	// look finds the object before the caller's role is looked at; without it the role comes first.
	look func(*call) *sandbox.Reply
}

func (e endpoint) takes(query string) endpoint {
	e.query = query
	return e
}

func (e endpoint) openToBots(since string) endpoint {
	e.bots, e.botsSince = true, since
	return e
}

func (e endpoint) from(version string) endpoint {
	e.since = version
	return e
}

func (e endpoint) asRead() endpoint {
	e.read = true
	return e
}

// restricted is for administrators only since a release, and for everybody before.
func (e endpoint) restricted(since change) endpoint {
	e.restrictedSince = since.since
	return e
}

func (e endpoint) looking(look func(*call) *sandbox.Reply) endpoint {
	e.look = look
	return e
}

// looksUp makes an endpoint's look of a find, whose object is not of interest.
func looksUp[V any](find func(*call) (V, *sandbox.Reply)) func(*call) *sandbox.Reply {
	return func(c *call) *sandbox.Reply {
		_, refused := find(c)
		return refused
	}
}

func (e endpoint) hide() endpoint {
	e.hidden = true
	return e
}

// call is one request after its credentials were checked.
type call struct {
	*sandbox.Request
	p       *Platform
	account *account
	user    *user       // Nil for a bot.
	member  *membership // Nil for a bot.
	bot     *agentBot
	app     *platformApp // Set for the platform API alone.
}

func (c *call) isAdmin() bool { return c.member != nil && c.member.role == roleAdministrator }

// isReporter reports whether the caller may see reports.
func (c *call) isReporter() bool {
	if c.isAdmin() || c.member == nil || c.member.customRoleID == nil {
		return c.isAdmin()
	}

	role, found := c.p.customRoleShelf().rows.Get(*c.member.customRoleID)

	return found && slices.Contains(role.Permissions, any("report_manage"))
}

// id reads a numeric element of the path: letters behind the number are cut off, and a word finds nothing.
func (c *call) id(name string) int64 {
	return leadingInteger(c.PathValue(name))
}

// page reads the page number; sent reports whether there was one.
func (c *call) page() (number int, sent bool) {
	n := leadingInteger(c.URL.Query().Get("page"))

	return int(max(1, n)), c.URL.Query().Has("page")
}

// currentPage is a number when no page was asked for, and else the string that was sent.
func (c *call) currentPage() any {
	n, sent := c.page()
	if !sent {
		return n
	}

	return c.URL.Query().Get("page")
}

// countedPage is one page of a list that says how many rows it has. Its number is echoed as it was sent.
func countedPage(c *call, rows []object) sandbox.Reply {
	const size = 25

	number, _ := c.page()

	return ok(object{
		"payload": orEmpty(sandbox.Page(rows, number, size)), "meta": object{"total_count": len(rows), "page": c.currentPage()},
	})
}

// seesInbox reports whether the actor may see the inbox: administrators and members may.
func (c *call) seesInbox(i *inbox) bool {
	return c.isAdmin() || c.user != nil && slices.Contains(i.members, c.user.id) || c.bot != nil
}

// guard puts the checks of an endpoint before its handler.
func (p *Platform) guard(e endpoint) sandbox.Handler {
	return func(req *sandbox.Request) sandbox.Reply {
		if e.since != "" && !p.since(e.since) {
			req.Complain("version %s has no %s %s: it came with %s", p.switches.Version, req.Method, e.path, e.since)
			return p.Unknown(req, false)
		}

		if e.enterprise && !p.switches.Enterprise {
			req.Complain("a server without the enterprise folder has no %s %s", req.Method, e.path)
			return p.Unknown(req, false)
		}

		known := strings.Fields(e.query)
		for key := range req.URL.Query() {
			if !slices.Contains(known, key) {
				req.Complain("unknown query parameter %q", key)
			}
		}

		c := &call{Request: req, p: p}
		refused := p.authenticate(c, e)
		if refused != nil {
			return *refused
		}

		if len(e.features) > 0 && !slices.ContainsFunc(e.features, func(name string) bool { return c.account.features[name] }) {
			req.Complain("the account has none of the features %v", e.features)
			return e.gated()
		}

		isRestricted := e.role == admin && (e.restrictedSince == "" || p.since(e.restrictedSince))
		if isRestricted && !c.isAdmin() || e.role == reporter && !c.isReporter() {
			return p.refuseRole(c, e)
		}

		p.viewer = c.user
		reply := p.audited(c, e, e.handle)
		if p.switches.ExtraFields {
			reply.Raw = withExtraFields(reply.Raw)
		}

		return reply
	}
}

// refuseRole tells who is no administrator: some endpoints say first that there is no such object.
func (p *Platform) refuseRole(c *call, e endpoint) sandbox.Reply {
	if e.look != nil {
		refused := e.look(c)
		if refused != nil {
			return *refused
		}
	}

	return forbidden()
}

// token finds the caller's token in either spelling of the header; several says that both were sent.
func (p *Platform) token(header http.Header) (token string, several bool) {
	var found []string

	for name, values := range header {
		underscore := strings.EqualFold(name, "api_access_token") && !p.switches.DropUnderscoreHeaders
		if underscore || strings.EqualFold(name, "api-access-token") {
			found = append(found, values...)
		}
	}

	if len(found) == 0 {
		return "", false
	}

	return found[0], len(found) > 1
}

// authenticate runs the vendor's checks in the vendor's order.
func (p *Platform) authenticate(c *call, e endpoint) *sandbox.Reply {
	switch e.role {
	case public:
		return nil
	case app:
		return p.enterPlatform(c)
	default:
	}

	token, several := p.token(c.Header)
	if several {
		c.Complain("the token was sent more than once: some servers join the values")
	}

	if token == "" {
		c.Complain("no token in api_access_token or Api-Access-Token")

		reply := answer(http.StatusUnauthorized, object{
			"errors": []string{"You need to sign in or sign up before continuing."},
		})

		return &reply
	}

	owner, known := p.tokens[token]
	if !known {
		return refuse(http.StatusUnauthorized, "Invalid Access Token")
	}

	c.user, c.bot = owner.user, owner.bot

	open := e.bots && p.since(e.botsSince)
	if owner.app != nil || c.bot != nil && !open {
		return refuse(http.StatusUnauthorized, "Access to this endpoint is not authorized for bots")
	}

	if e.role == signedIn {
		return nil
	}

	return p.enter(c, e)
}

// enter finds the account and the caller's place in it.
func (p *Platform) enter(c *call, e endpoint) *sandbox.Reply {
	account, found := p.accounts.Get(c.id("account"))
	if !found {
		reply := notFound()
		return &reply
	}

	if account.status == "suspended" && e.path != "//api/v1/accounts/{account}" { // The account itself answers.
		return refuse(http.StatusUnauthorized, "Account is suspended")
	}

	c.account = account
	if c.bot != nil {
		if !p.botServes(c.bot, account) {
			return refuse(http.StatusUnauthorized, "Bot is not authorized to access this account")
		}

		return nil
	}

	c.member = c.user.memberships[account.id]
	if c.member == nil && e.hidden {
		reply := notFound()
		return &reply
	}

	if c.member == nil {
		return refuse(http.StatusUnauthorized, "You are not authorized to access this account")
	}

	return nil
}

func (p *Platform) botServes(bot *agentBot, account *account) bool {
	if bot.account == account.id && p.has(botIdle) {
		return true
	}

	_, serves := p.inboxes.Find(func(i *inbox) bool { return i.account == account.id && i.bot == bot })

	return serves
}
