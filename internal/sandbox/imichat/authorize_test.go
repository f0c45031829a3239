package imichat_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

func TestAuthorize(t *testing.T) {
	good := basic(imichat.APIKey + "@" + imichat.Domain)
	for _, c := range []struct {
		name, switches, header, value string
		status, code                  int
		complaint                     bool
	}{
		{"key and domain", "{}", "Authorization", good, 200, 4390, false},
		{"other header", `{"authorization_header":"auth_key"}`, "auth_key", good, 200, 4390, false},
		{"header by its default", `{"authorization_header":"auth_key"}`, "Authorization", good, 400, 2002, true},
		{"prefix", `{"authorization_prefix":"Basic"}`, "Authorization", "Basic " + good, 200, 4390, false},
		{"prefix left out", `{"authorization_prefix":"Basic"}`, "Authorization", good, 401, 9401, true},
		{"prefix not wanted", "{}", "Authorization", "Basic " + good, 401, 9401, true},
		{"no header", "{}", "X-Other", good, 400, 2002, true},
		{"not base64", "{}", "Authorization", imichat.APIKey, 401, 9401, true},
		{"wrong key", "{}", "Authorization", basic("other@" + imichat.Domain), 401, 9401, false},
		{"wrong domain", "{}", "Authorization", basic(imichat.APIKey + "@other.imi.chat"), 401, 9401, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := start(t)
			w.set(c.switches)
			w.header = map[string]string{c.header: c.value}
			got := w.call("GET", "/v3.1/authorize", "")
			w.want(got, c.status, c.code, c.complaint)

			token := got.header.Get("access_token")
			if (token != "") != (c.status == 200) {
				t.Errorf("token header %q", token)
			}

			if strings.Contains(got.raw, "access_token") || token != "" && strings.Contains(got.raw, token) {
				t.Errorf("the token is in the body: %s", got.raw)
			}

			if c.status != 200 {
				return
			}

			if !regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`).MatchString(token) {
				t.Errorf("token %q is not a lower-case UUID", token)
			}

			w.header = map[string]string{"access_token": token}
			w.want(w.call("GET", "/v3.1/chats", ""), 200, 4391, false)

			n := w.platform.Authorizations()
			if n != 1 {
				t.Errorf("%d authorizations, want 1", n)
			}
		})
	}
}

func TestAuthorizeTakesNothingElse(t *testing.T) {
	w := start(t)
	w.header["Authorization"] = basic(imichat.APIKey + "@" + imichat.Domain)
	w.want(w.call("GET", "/v3.1/authorize", "{}"), 200, 4390, true)
	w.want(w.call("GET", "/v3.1/authorize?key=1", ""), 200, 4390, true)
}

func TestTokenLife(t *testing.T) {
	w := start(t)
	w.set(`{"token_seconds":60}`)
	w.header["access_token"] = w.platform.IssueToken()
	w.now = w.now.Add(59 * time.Second)
	w.want(w.call("GET", "/v3.1/chats", ""), 200, 4391, false)
	w.now = w.now.Add(time.Second)
	w.want(w.call("GET", "/v3.1/chats", ""), 401, 2004, false)
}

func TestSingleToken(t *testing.T) {
	w := start(t)
	w.platform.IssueToken()
	w.want(w.call("GET", "/v3.1/chats", ""), 200, 4391, false)
	w.set(`{"single_token":true}`)
	w.platform.IssueToken()
	w.want(w.call("GET", "/v3.1/chats", ""), 400, 2003, false)
}

// TestOrderOfChecks sends requests with several faults and mends the first reported one each time.
func TestOrderOfChecks(t *testing.T) {
	w := start(t)
	expired := w.platform.IssueToken()
	w.now = w.now.Add(time.Hour)

	fresh := w.platform.IssueToken()
	for _, c := range []struct {
		name, method, token, team, body string
		status, code                    int
		complaint                       bool
	}{
		{"method before headers", "DELETE", "", "", "", 405, 2099, true},
		{"headers before token", "POST", "nonsense", "", "{", 400, 2002, true},
		{"token header", "POST", "", "9", "{", 400, 2002, true},
		{"token known before team", "POST", "nonsense", "9", "{", 400, 2003, false},
		{"token fresh before team", "POST", expired, "9", "{", 401, 2004, false},
		{"team before body", "POST", fresh, "9", "{", 404, 2010, false},
		{"team that the key is not shared with", "POST", fresh, imichat.UnsharedTeamID, "{", 404, 2010, false},
		{"team that is no number", "POST", fresh, "support", "{", 404, 2010, true},
		{"body", "POST", fresh, imichat.TeamID, "{", 400, 9400, true},
		{"all well", "POST", fresh, imichat.TeamID, "{" + sms + "}", 200, 4304, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.T = t
			w.header = map[string]string{}

			for name, value := range map[string]string{"access_token": c.token, "teamid": c.team} {
				if value != "" {
					w.header[name] = value
				}
			}

			w.want(w.call(c.method, "/v3.1/chats", c.body), c.status, c.code, c.complaint)
		})
	}

	w.T = t
	w.want(w.call("PATCH", "/v3.1/chats/CSR0", `{"status":"open"}`), 400, 9400, true) // Body before entity.
	w.want(w.call("PATCH", "/v3.1/chats/CSR0", `{"status":"picked"}`), 404, 2031, false)
	w.want(w.call("GET", "/v3.1/nothing", ""), 404, 9404, true)
	w.want(w.call("GET", "/v3.0/chats", ""), 404, 9404, true)
	w.header["access_token"] = "nonsense"
	w.want(w.call("GET", "/v3.1/nothing", ""), 400, 2003, true)
}

func TestTeamidEverywhere(t *testing.T) {
	w := start(t)
	id := w.chat("")
	delete(w.header, "teamid")

	for _, path := range []string{"/v3.1/chats", "/v3.1/chats/" + id, "/v3.1/teams"} {
		got := w.call("GET", path, "")
		if got.http != 200 || got.complaint != "" {
			t.Errorf("%s without teamid: %d %s", path, got.http, got.complaint)
		}
	}

	w.set(`{"teamid_everywhere":true}`)

	for _, path := range []string{"/v3.1/chats", "/v3.1/chats/" + id, "/v3.1/teams"} {
		w.want(w.call("GET", path, ""), 400, 2002, false)
	}

	w.header["teamid"] = imichat.UnsharedTeamID
	w.want(w.call("GET", "/v3.1/chats/"+id, ""), 404, 2010, false)
}

func TestQuota(t *testing.T) {
	w := start(t) // 22:30 UTC on 28 February of a leap year.
	w.set(`{"quota":3}`)

	for want := 2; want >= 0; want-- {
		got := w.call("GET", "/v3.1/chats", "")
		w.want(got, 200, 4391, false)

		left := got.header.Get("Rate-Limit-Remaining")
		if left != string(rune('0'+want)) {
			t.Errorf("%s left, want %d", left, want)
		}
	}

	got := w.call("GET", "/v3.1/chats", "")
	w.want(got, 429, 9429, false)

	if !strings.Contains(got.description, "invented by the sandbox") {
		t.Errorf("an invented code says %q", got.description)
	}

	limit, reset := got.header.Get("Rate-Limit-Limit"), got.header.Get("Rate-Limit-Reset")
	if limit != "3" || reset != "1709164800" {
		t.Errorf("limit %s reset %s, want 3 and the coming midnight UTC", limit, reset)
	}

	n := w.platform.Remaining()
	if n != 0 {
		t.Errorf("%d remaining, want 0", n)
	}

	w.set(`{"reset_format":"rfc3339"}`)
	w.header = map[string]string{"Authorization": basic(imichat.APIKey + "@" + imichat.Domain)}
	got = w.call("GET", "/v3.1/authorize", "")
	w.want(got, 429, 9429, false)

	reset = got.header.Get("Rate-Limit-Reset")
	if reset != "2024-02-29T00:00:00Z" {
		t.Errorf("reset %s", reset)
	}

	w.now = time.Date(2024, 2, 28, 23, 59, 59, 0, time.UTC)
	w.want(w.call("GET", "/v3.1/authorize", ""), 429, 9429, false)
	w.now = time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)

	n = w.platform.Remaining()
	if n != 3 {
		t.Errorf("%d remaining on the new day, want 3", n)
	}

	w.want(w.call("GET", "/v3.1/authorize", ""), 200, 4390, false)
}
