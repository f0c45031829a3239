package imichat

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// authorize gives a token in a response header (docs.imi.chat/reference/authorize).
//
// Unverified: the code and status for a wrong key, and what the body holds.
func (p *Platform) authorize(req *sandbox.Request) sandbox.Reply {
	checkQuery(req)

	if len(req.Raw) > 0 {
		req.Complain("authorize takes no body")
	}

	value := req.Header.Get(p.switches.AuthorizationHeader)
	if value == "" {
		req.Complain("no %s header", p.switches.AuthorizationHeader)
		return p.refuse(headerMissing)
	}

	prefix := p.switches.AuthorizationPrefix
	if prefix != "" {
		rest, ok := strings.CutPrefix(value, prefix+" ")
		if !ok {
			req.Complain("the %s header does not start with %q", p.switches.AuthorizationHeader, prefix)
			return p.refuse(keyInvalid)
		}

		value = rest
	}

	given, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		req.Complain("the %s header is not base64", p.switches.AuthorizationHeader)
		return p.refuse(keyInvalid)
	}

	if string(given) != APIKey+"@"+Domain {
		return p.refuse(keyInvalid)
	}

	p.authorizations++
	reply := p.answer(authorized, "")
	reply.Header.Set("access_token", p.issue())

	return reply
}

// issue makes a token: a lower-case UUID, as the vendor's sample is.
func (p *Platform) issue() string {
	if p.switches.SingleToken {
		clear(p.tokens)
	}

	hex := p.core.Text("0123456789abcdef", 32)
	token := strings.Join([]string{hex[:8], hex[8:12], "4" + hex[13:16], "a" + hex[17:20], hex[20:]}, "-")
	p.tokens[token] = p.core.Now().Add(time.Duration(p.switches.TokenSeconds) * time.Second)

	return token
}

// teamNeed tells calls that need the teamid header from those that work without it.
type teamNeed bool

const (
	teamOptional teamNeed = false
	teamRequired teamNeed = true
)

// guard runs a handler behind the checks of a call, in the order that the codes suggest: headers present, token known,
// token fresh, team known. The method was checked before. The handler gets the team of the header, or 0.
//
// Unverified: the order, and that a teamid which is not needed is checked all the same.
func (p *Platform) guard(need teamNeed, handle func(*sandbox.Request, int) sandbox.Reply) sandbox.Handler {
	return func(req *sandbox.Request) sandbox.Reply {
		token, team := req.Header.Get("access_token"), req.Header.Get("teamid")

		expires, known := p.tokens[token]
		switch {
		case token == "":
			req.Complain("no access_token header")
			return p.refuse(headerMissing)
		case team == "" && (bool(need) || p.switches.TeamidEverywhere):
			if need {
				req.Complain("no teamid header")
			}

			return p.refuse(headerMissing)
		case !known:
			return p.refuse(tokenInvalid)
		case !p.core.Now().Before(expires):
			return p.refuse(tokenExpired)
		}

		if team == "" {
			return handle(req, 0)
		}

		id, err := strconv.Atoi(team)
		if err != nil {
			req.Complain("teamid %q is not an integer", team)
		}

		if !p.isShared(id) {
			return p.refuse(teamUnknown)
		}

		return handle(req, id)
	}
}

// IssueToken gives a test a token without a request.
func (p *Platform) IssueToken() string {
	p.Lock()
	defer p.Unlock()

	return p.issue()
}

// Authorizations counts the successful calls of authorize.
func (p *Platform) Authorizations() int {
	p.Lock()
	defer p.Unlock()

	return p.authorizations
}

// Remaining returns how many requests the tenant has left today.
func (p *Platform) Remaining() int {
	p.Lock()
	defer p.Unlock()

	if !p.today().Equal(p.day) {
		return p.switches.Quota
	}

	return max(0, p.switches.Quota-p.used)
}
