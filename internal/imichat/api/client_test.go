package api

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// exchange is a request that must come, and its answer.
type exchange struct {
	want   string // Method, path with query, and body.
	team   string
	status int
	body   string
	header http.Header
	err    error
}

// platform answers a queue of requests, which must come exactly like that.
type platform struct {
	t *testing.T

	mu    sync.Mutex
	queue []exchange
	seen  []*http.Request
}

func (p *platform) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}

	p.mu.Lock()
	defer p.mu.Unlock()

	p.seen = append(p.seen, r)

	got := strings.TrimSpace(r.Method + " " + r.URL.RequestURI() + " " + string(body))
	if len(p.queue) == 0 {
		p.t.Errorf("the script does not expect %s", got)
		return nil, io.ErrUnexpectedEOF
	}

	next := p.queue[0]

	p.queue = p.queue[1:]
	if got != next.want {
		p.t.Errorf("sent %s\nnot  %s", got, next.want)
	}

	team := r.Header.Get("teamid")
	if next.team != "" && team != next.team {
		p.t.Errorf("%s names team %q, not %q", got, team, next.team)
	}

	if next.err != nil {
		return nil, next.err
	}

	header := http.Header{"Trxid": {"trx-1"}}
	for name, values := range next.header {
		header[name] = values
	}

	if next.status == 0 {
		next.status = http.StatusOK
	}

	return &http.Response{StatusCode: next.status, Header: header, Body: io.NopCloser(strings.NewReader(next.body)), Request: r}, nil
}

// script returns a client with a given token whose requests must be these.
func script(t *testing.T, queue ...exchange) (*Client, *platform) {
	t.Helper()
	p := &platform{t: t, queue: queue}
	t.Cleanup(func() {
		for _, left := range p.queue {
			t.Errorf("never sent: %s", left.want)
		}
	})

	return New(settings(p)), p
}

func settings(p *platform) Settings {
	return Settings{
		BaseURL: &url.URL{Scheme: "https", Host: "tenant.example.com"}, AccessToken: "token-1", TeamID: "101",
		APIVersion: "v3.1", AuthorizationHeader: "Authorization",
		Now:       func() time.Time { return time.Date(2026, 1, 31, 9, 30, 0, 0, time.UTC) },
		Transport: transport.Config{Timeout: time.Second, HTTP: p},
	}
}

func enveloped(code, response string) string {
	return `{"status_code":` + code + `,"description":"said so","response":` + response + `}`
}

const wholeChat = `{"chat_id":"CSR1","status":"queued","channel":"LiveChat","team_id":101,"team_name":"Support","asset":{"id":447700900100,"name":"A"},
 "customer":{"id":7,"destination_id":"d","name":"Ana"},"messages":{"type":"inbound","text":"Hi","timestamp":"2026-01-31T09:30:00.1234567Z"},
 "tag":["b","a"],"other_details":{"n":1,"s":"x","o":{"a":[1]}},"created_at":"2026-01-31T09:30:00.123Z"}`

func TestChatCalls(t *testing.T) {
	alias, status, outcome := "a", "closed", "resolved"
	for name, test := range map[string]struct {
		queue []exchange
		call  func(*Client) (*Chat, error)
	}{
		"create": {
			[]exchange{{want: `POST /v3.1/chats {"channel":"api","asset":{"id":"k"},"customer":{"destination_id":"d"},"alias_id":"a"}`, team: "102", body: enveloped("4304", wholeChat)}},
			func(c *Client) (*Chat, error) {
				return c.CreateChat(t.Context(), "102", ChatRequest{Channel: "api", Asset: AssetRequest{"k"}, Customer: CustomerRequest{DestinationID: "d"}, AliasID: &alias})
			},
		},
		"read":         {[]exchange{{want: `GET /v3.1/chats/CSR1`, team: "101", body: enveloped("4304", wholeChat)}}, func(c *Client) (*Chat, error) { return c.Chat(t.Context(), "CSR1") }},
		"read whole":   {[]exchange{{want: `GET /v3.1/chats/CSR1`, body: enveloped(`"4304"`, `{"chat":`+wholeChat+`}`)}}, func(c *Client) (*Chat, error) { return c.WholeChat(t.Context(), "CSR1") }},
		"read escaped": {[]exchange{{want: `GET /v3.1/chats/..%2Fx%3Fy`, body: enveloped("4304", "["+wholeChat+"]")}}, func(c *Client) (*Chat, error) { return c.WholeChat(t.Context(), "../x?y") }},
		"update": {
			[]exchange{{want: `PATCH /v3.1/chats/CSR1 {"alias_id":"a","tags":[],"status":"closed","outcome":"resolved","other_details":{}}`, body: enveloped("4305", wholeChat)}},
			func(c *Client) (*Chat, error) {
				return c.UpdateChat(t.Context(), "CSR1", ChatUpdate{AliasID: &alias, Tags: &[]string{}, Status: &status, Outcome: &outcome, OtherDetails: &map[string]any{}})
			},
		},
		"update without an object": {
			[]exchange{{want: `PATCH /v3.1/chats/CSR1 {"status":"closed"}`, status: 202, body: enveloped("4342", `""`)}, {want: `GET /v3.1/chats/CSR1`, body: enveloped("4304", wholeChat)}},
			func(c *Client) (*Chat, error) {
				return c.UpdateChat(t.Context(), "CSR1", ChatUpdate{Status: &status})
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, p := script(t, test.queue...)

			chat, err := test.call(c)
			if err != nil {
				t.Fatal(err)
			}

			if chat.ID != "CSR1" || chat.Channel != "livechat" || chat.TeamID != "101" || chat.Asset.ID != "447700900100" || chat.Customer.ID != "7" || len(chat.Messages) != 1 ||
				chat.Messages[0].Timestamp != "2026-01-31T09:30:00.123Z" || len(chat.Tags) != 2 || chat.OtherDetails["n"] != "1" || chat.OtherDetails["o"] != `{"a":[1]}` || chat.Listed {
				t.Errorf("read %+v", chat)
			}

			token := p.seen[0].Header.Get("access_token")
			if token != "token-1" {
				t.Errorf("the token was %q", token)
			}
		})
	}
}

func TestOtherCalls(t *testing.T) {
	c, _ := script(t,
		exchange{want: `POST /v3.1/chats/CSR1/messages {"type":"inbound","text":"Hi","timestamp":"2026-01-31T09:30:00.000Z"}`, body: enveloped("4306", `""`)},
		exchange{want: `POST /v3.1/users {"login_id":"ana","privileges":[{"teamid":101,"role":"Team Agent"}]}`, team: "102", body: enveloped("4308", `{"id":"7","login_id":"ana","login_using_email":"true","active_chats":"3"}`)},
		exchange{want: `GET /v3.1/users/7`, team: "101", body: enveloped("4306", `{"user":{"id":7,"privileges":[{"teamid":"101","role":"Team Agent"}],"role_type":"Customer Care"}}`)},
		exchange{want: `POST /v3.1/users/search {}`, team: "102", body: enveloped("4307", `{"users":[{"id":7,"login_id":"ana"},{"id":8,"login_id":"bo"}]}`)},
		exchange{want: `GET /v3.1/users/bo`, team: "102", status: 404, body: enveloped("3101", `""`)},
		exchange{want: `POST /v3.1/users/search {}`, team: "102", body: enveloped("4307", `{"users":[{"id":7,"login_id":"ana"},{"id":8,"login_id":"bo"}]}`)},
		exchange{want: `GET /v3.1/users/8`, team: "102", body: enveloped("4306", `{"id":8,"login_id":"bo"}`)},
		exchange{want: `GET /v3.1/teams`, team: "101", body: enveloped("4309", `[{"teamid":"101","team_name":"Support"}]`)},
	)

	text := "Hi"
	if err := c.AppendMessage(t.Context(), "CSR1", Message{Type: "inbound", Text: &text, Timestamp: c.Stamp(0)}); err != nil {
		t.Error(err)
	}

	user, err := c.CreateUser(t.Context(), "102", UserRequest{LoginID: "ana", Privileges: []Privilege{{"101", "Team Agent"}}})
	if err != nil || user.ID != "7" || !user.LoginUsingEmail || user.ActiveChats != 3 {
		t.Errorf("%+v %v", user, err)
	}

	user, err = c.User(t.Context(), "101", "7")
	if err != nil || user.Privileges[0].TeamID != "101" || user.Listed {
		t.Errorf("%+v %v", user, err)
	}

	users, err := c.Users(t.Context(), "102", func(u User) bool { return u.LoginID == "bo" })
	if err != nil || len(users) != 1 || users[0].ID != "8" || !users[0].Listed {
		t.Errorf("%+v %v", users, err)
	}

	user, err = c.UserByLogin(t.Context(), "102", "bo")
	if err != nil || user.ID != "8" {
		t.Errorf("%+v %v", user, err)
	}

	if teams, err := c.Teams(t.Context()); err != nil || len(teams) != 1 || teams[0] != (Team{"101", "Support"}) {
		t.Errorf("%+v %v", teams, err)
	}
}

// TestErrors reads each error shape.
func TestErrors(t *testing.T) {
	type expected struct {
		reason transport.Reason
		code   string
		says   string
	}

	for name, test := range map[string]struct {
		status int
		body   string
		header http.Header
		want   expected
	}{
		"2002":            {400, enveloped("2002", `""`), nil, expected{transport.Invalid, "2002", "said so"}},
		"2003":            {400, enveloped("2003", `""`), nil, expected{transport.Unauthorized, "2003", "said so"}},
		"2004":            {401, enveloped(`"2004"`, `""`), nil, expected{transport.Unauthorized, "2004", "said so"}},
		"2007":            {500, enveloped("2007", `""`), nil, expected{transport.Unavailable, "2007", "said so"}},
		"2010":            {404, enveloped("2010", `""`), nil, expected{transport.Unauthorized, "2010", "said so"}},
		"2031":            {404, enveloped("2031", `""`), nil, expected{transport.NotFound, "2031", "said so"}},
		"2031 in a 200":   {200, enveloped("2031", `""`), nil, expected{transport.NotFound, "2031", "said so"}},
		"3101":            {404, enveloped("3101", `""`), nil, expected{transport.NotFound, "3101", "said so"}},
		"3105":            {500, enveloped("3105", `""`), nil, expected{transport.Unavailable, "3105", "said so"}},
		"4108":            {500, `{"status_code":4108}`, nil, expected{transport.Unavailable, "4108", "Unable to get the chat details"}},
		"unknown refusal": {422, enveloped("2999", `""`), nil, expected{transport.Invalid, "2999", "said so"}},
		"unknown 409":     {409, enveloped("2998", `""`), nil, expected{transport.Conflict, "2998", "said so"}},
		"quota":           {429, ``, http.Header{"Rate-Limit-Remaining": {"0"}, "Rate-Limit-Reset": {"2026-02-01T00:00:00Z"}}, expected{transport.Exhausted, "", "too many requests"}},
		"quota, silent":   {429, `slow`, nil, expected{transport.Exhausted, "", "too many requests"}},
		"pace":            {429, ``, http.Header{"Rate-Limit-Remaining": {"5000"}}, expected{transport.Throttled, "", "too many requests"}},
		"pace of a proxy": {429, ``, http.Header{"Retry-After": {"1"}}, expected{transport.Throttled, "", "too many requests"}},
		"page":            {502, `<html>`, nil, expected{transport.Unavailable, "", "HTML"}},
		"no envelope":     {200, `{"chat_id":"CSR1","status":"queued"}`, nil, expected{transport.Unusable, "", "envelope"}},
		"no JSON":         {200, `OK`, nil, expected{transport.Unusable, "", "JSON"}},
		"null":            {200, `null`, nil, expected{transport.Unusable, "", "envelope"}},
		"no chat":         {200, enveloped("4304", `""`), nil, expected{transport.Unusable, "", "no chat"}},
		"empty chat":      {200, enveloped("4304", `{}`), nil, expected{transport.Unusable, "", "chat_id"}},
		"chat of null":    {200, enveloped("4304", `{"chat_id":null,"status":"queued"}`), nil, expected{transport.Unusable, "", "chat_id"}},
		"two chats":       {200, enveloped("4304", "["+wholeChat+","+wholeChat+"]"), nil, expected{transport.Unusable, "", "the answer holds 2"}},
		"text for a chat": {200, enveloped("4304", `"queued"`), nil, expected{transport.Unusable, "", "no chat"}},
		"wrong type":      {200, enveloped("4304", `{"chat_id":{},"status":"queued"}`), nil, expected{transport.Unusable, "", "not what was expected"}},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := script(t, exchange{want: `GET /v3.1/chats/CSR1`, status: test.status, body: test.body, header: test.header})
			_, err := c.WholeChat(t.Context(), "CSR1")

			failure := transport.As(err)
			if failure == nil {
				t.Fatalf("got %v", err)
			}

			if failure.Reason != test.want.reason || failure.Code != test.want.code || !strings.Contains(failure.Error(), test.want.says) || failure.RequestID != "trx-1" {
				t.Errorf("reason %v, code %q, request %q: %v", failure.Reason, failure.Code, failure.RequestID, failure)
			}

			if (failure.Advice != "") != (name == "2002") {
				t.Errorf("advises %q", failure.Advice)
			}

			if name == "quota" && failure.RetryAfter != 14*time.Hour+30*time.Minute {
				t.Errorf("resets in %v", failure.RetryAfter)
			}
		})
	}
}

// TestUnanswered falls back to the list only where the platform does not have the call.
func TestUnanswered(t *testing.T) {
	row := `{"chat_id":"CSR1","status":"queued","channel":"sms","customer_id":"7","destination_id":"d"}`

	list := exchange{want: `GET /v3.1/chats`, body: enveloped("4310", `{"chats":[`+row+`]}`)}
	for name, first := range map[string]exchange{
		"2099":        {status: 405, body: enveloped("2099", `""`)},
		"bare 405":    {status: 405},
		"404":         {status: 404, body: enveloped("9404", `""`)},
		"page of 404": {status: 404, body: `<html>`},
	} {
		t.Run(name, func(t *testing.T) {
			first.want = `GET /v3.1/chats/CSR1`

			c, _ := script(t, first, list)
			for range 3 { // One look at the list serves all, and the single read is not tried again.
				if chat, err := c.Chat(t.Context(), "CSR1"); err != nil || !chat.Listed || chat.Customer.ID != "7" || chat.Customer.DestinationID != "d" {
					t.Fatalf("%+v %v", chat, err)
				}
			}

			if _, err := c.Chat(t.Context(), "CSR2"); !transport.IsNotFound(err) {
				t.Errorf("a chat that is not listed: %v", err)
			}
		})
	}

	t.Run("wrong address", func(t *testing.T) {
		c, _ := script(t, exchange{want: `GET /v3.1/chats/CSR1`, status: 404}, exchange{want: `GET /v3.1/chats`, status: 404})
		if _, err := c.Chat(t.Context(), "CSR1"); err == nil || transport.IsNotFound(err) {
			t.Errorf("a wrong address reads as gone: %v", err)
		}

		if c.listOnly.Load() {
			t.Error("the single read is given up")
		}
	})
}

func TestAuthorize(t *testing.T) {
	key := "authorize"
	ask := exchange{want: `GET /v3.1/authorize`, header: http.Header{"Access_token": {"token-2"}}, body: enveloped("4390", `""`)}

	read := exchange{want: `GET /v3.1/chats/CSR1`, body: enveloped("4304", wholeChat)}
	for name, test := range map[string]struct {
		queue []exchange
		want  string
	}{
		"token":            {[]exchange{ask, read}, ""},
		"other case":       {[]exchange{{want: ask.want, header: http.Header{"ACCESS_TOKEN": {"token-2"}}}, read}, ""},
		"expired":          {[]exchange{ask, {want: read.want, status: 401, body: enveloped("2004", `""`)}, ask, read}, ""},
		"ended by another": {[]exchange{ask, {want: read.want, status: 400, body: enveloped(`"2003"`, `""`)}, ask, read}, ""},
		"refused for good": {[]exchange{ask, {want: read.want, status: 401, body: enveloped("2004", `""`)}, ask, {want: read.want, status: 401, body: enveloped("2004", `""`)}}, "2004: said so"},
		"no token":         {[]exchange{{want: ask.want, body: enveloped("4390", `""`)}}, "without a token in the header access_token"},
		"wrong key":        {[]exchange{{want: ask.want, status: 400, body: enveloped("2002", `""`)}}, "the request for an access token was refused: said so"},
		"page":             {[]exchange{{want: ask.want, status: 404, body: "<html>"}}, "the request for an access token was refused"},
		"in a minute":      {[]exchange{{want: ask.want, status: 503, header: http.Header{"Retry-After": {"60"}}}}, "the request for an access token was refused"},
		"moved":            {[]exchange{{want: ask.want, status: 301, header: http.Header{"Location": {"https://elsewhere.example.com/v3.1/authorize"}}}}, "leads away"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &platform{t: t, queue: test.queue}
			s := settings(p)
			s.AccessToken, s.APIKey, s.Domain, s.AuthorizationHeader, s.AuthorizationPrefix = "", key, "tenant.imi.chat", "X-Key", "Basic "

			_, err := New(s).WholeChat(t.Context(), "CSR1")
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v", err)
			}

			sent := p.seen[0].Header.Get("X-Key")
			if sent != "Basic YXV0aG9yaXplQHRlbmFudC5pbWkuY2hhdA==" {
				t.Errorf("presented %q", sent)
			}

			if transport.IsNotFound(err) {
				t.Error("a refused key reads as gone")
			}

			if name == "in a minute" && transport.As(err).RetryAfter != time.Minute {
				t.Errorf("waits %s", transport.As(err).RetryAfter)
			}

			if len(p.queue) > 0 {
				t.Errorf("never sent: %v", p.queue)
			}
		})
	}
}
