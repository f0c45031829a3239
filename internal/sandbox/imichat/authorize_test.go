package imichat_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

func TestAuthorizeGivesATokenForTheKey(t *testing.T) {
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
			f := start(t)
			f.set(c.switches)
			f.header = map[string]string{c.header: c.value}
			got := f.call("GET", "/v3.1/authorize", "")
			f.want(got, c.status, c.code, c.complaint)

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

			f.header = map[string]string{"access_token": token}
			f.want(f.call("GET", "/v3.1/chats", ""), 200, 4391, false)

			n := f.platform.Authorizations()
			if n != 1 {
				t.Errorf("%d authorizations, want 1", n)
			}
		})
	}
}

func TestAuthorizeTakesNothingElse(t *testing.T) {
	f := start(t)
	f.header["Authorization"] = basic(imichat.APIKey + "@" + imichat.Domain)
	f.want(f.call("GET", "/v3.1/authorize", "{}"), 200, 4390, true)
	f.want(f.call("GET", "/v3.1/authorize?key=1", ""), 200, 4390, true)
}

func TestTokensExpire(t *testing.T) {
	f := start(t)
	f.set(`{"token_seconds":60}`)
	f.header["access_token"] = f.platform.IssueToken()
	f.now = f.now.Add(59 * time.Second)
	f.want(f.call("GET", "/v3.1/chats", ""), 200, 4391, false)
	f.now = f.now.Add(time.Second)
	f.want(f.call("GET", "/v3.1/chats", ""), 401, 2004, false)
}

func TestNewTokenEndsTheOldOne(t *testing.T) {
	f := start(t)
	f.platform.IssueToken()
	f.want(f.call("GET", "/v3.1/chats", ""), 200, 4391, false)
	f.set(`{"single_token":true}`)
	f.platform.IssueToken()
	f.want(f.call("GET", "/v3.1/chats", ""), 400, 2003, false)
}

// TestChecksComeInTheOrderOfTheCodes sends requests with several faults and mends the first reported one each time.
func TestChecksComeInTheOrderOfTheCodes(t *testing.T) {
	f := start(t)
	expired := f.platform.IssueToken()
	f.now = f.now.Add(time.Hour)

	fresh := f.platform.IssueToken()
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
			f.T = t
			f.header = map[string]string{}

			for name, value := range map[string]string{"access_token": c.token, "teamid": c.team} {
				if value != "" {
					f.header[name] = value
				}
			}

			f.want(f.call(c.method, "/v3.1/chats", c.body), c.status, c.code, c.complaint)
		})
	}

	f.T = t
	f.want(f.call("PATCH", "/v3.1/chats/CSR0", `{"status":"open"}`), 400, 9400, true) // Body before entity.
	f.want(f.call("PATCH", "/v3.1/chats/CSR0", `{"status":"picked"}`), 404, 2031, false)
	f.want(f.call("GET", "/v3.1/nothing", ""), 404, 9404, true)
	f.want(f.call("GET", "/v3.0/chats", ""), 404, 9404, true)
	f.header["access_token"] = "nonsense"
	f.want(f.call("GET", "/v3.1/nothing", ""), 400, 2003, true)
}

func TestTeamidIsRequiredWhereTheSwitchSaysSo(t *testing.T) {
	f := start(t)
	id := f.chat("")
	delete(f.header, "teamid")

	for _, path := range []string{"/v3.1/chats", "/v3.1/chats/" + id, "/v3.1/teams"} {
		got := f.call("GET", path, "")
		if got.http != 200 || got.complaint != "" {
			t.Errorf("%s without teamid: %d %s", path, got.http, got.complaint)
		}
	}

	f.set(`{"teamid_everywhere":true}`)

	for _, path := range []string{"/v3.1/chats", "/v3.1/chats/" + id, "/v3.1/teams"} {
		f.want(f.call("GET", path, ""), 400, 2002, false)
	}

	f.header["teamid"] = imichat.UnsharedTeamID
	f.want(f.call("GET", "/v3.1/chats/"+id, ""), 404, 2010, false)
}

func TestQuotaEndsAndResetsAtMidnight(t *testing.T) {
	f := start(t) // 22:30 UTC on 28 February of a leap year.
	f.set(`{"quota":3}`)

	for want := 2; want >= 0; want-- {
		got := f.call("GET", "/v3.1/chats", "")
		f.want(got, 200, 4391, false)

		left := got.header.Get("Rate-Limit-Remaining")
		if left != string(rune('0'+want)) {
			t.Errorf("%s left, want %d", left, want)
		}
	}

	got := f.call("GET", "/v3.1/chats", "")
	f.want(got, 429, 9429, false)

	if !strings.Contains(got.description, "invented by the sandbox") {
		t.Errorf("an invented code says %q", got.description)
	}

	limit, reset := got.header.Get("Rate-Limit-Limit"), got.header.Get("Rate-Limit-Reset")
	if limit != "3" || reset != "1709164800" {
		t.Errorf("limit %s reset %s, want 3 and the coming midnight UTC", limit, reset)
	}

	n := f.platform.Remaining()
	if n != 0 {
		t.Errorf("%d remaining, want 0", n)
	}

	f.set(`{"reset_format":"rfc3339"}`)
	f.header = map[string]string{"Authorization": basic(imichat.APIKey + "@" + imichat.Domain)}
	got = f.call("GET", "/v3.1/authorize", "")
	f.want(got, 429, 9429, false)

	reset = got.header.Get("Rate-Limit-Reset")
	if reset != "2024-02-29T00:00:00Z" {
		t.Errorf("reset %s", reset)
	}

	f.now = time.Date(2024, 2, 28, 23, 59, 59, 0, time.UTC)
	f.want(f.call("GET", "/v3.1/authorize", ""), 429, 9429, false)
	f.now = time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)

	n = f.platform.Remaining()
	if n != 3 {
		t.Errorf("%d remaining on the new day, want 3", n)
	}

	f.want(f.call("GET", "/v3.1/authorize", ""), 200, 4390, false)
}
