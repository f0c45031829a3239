package chatlake_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestAccess(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name, token, path string
		status            int
		want              string
	}{
		{"no token", "", "/contacts?sort=name", 401, `{"errors":["You need to sign in or sign up before continuing."]}`},
		{"unknown token", "nope", "/contacts?sort=name", 401, `{"error":"Invalid Access Token"}`},
		{"platform token", chatlake.PlatformToken, "/contacts", 401, `{"error":"Access to this endpoint is not authorized for bots"}`},
		{"bot token", chatlake.BotToken, "/contacts", 401, `{"error":"Access to this endpoint is not authorized for bots"}`},
		{"no such account", chatlake.AdminToken, "//api/v1/accounts/77/contacts", 404, `{"error":"Resource could not be found"}`},
		{"not a member", chatlake.AdminToken, "//api/v1/accounts/2/contacts", 401, `{"error":"You are not authorized to access this account"}`},
		{"agent", chatlake.AgentToken, "/contacts", 200, `{"meta":{"count":0}}`},
		{"role", chatlake.AgentToken, "/labels/301", 401, `{"error":"You are not authorized to do this action"}`},
		{"agent's inbox", chatlake.AgentToken, "/inboxes/101", 200, `{"id":101,"hmac_token":"<absent>","secret":"<absent>"}`},
		{"nobody's inbox", chatlake.SecondAgentToken, "/inboxes/101", 401, `{"error":"You are not authorized to do this action"}`},
		{"version", "", "//api", 200, `{"version":"4.15.1","queue_services":"ok","data_services":"ok","timestamp":"<any>"}`},
		{"health", "", "//health", 200, `{"status":"woot"}`},
		{
			"profile", chatlake.AdminToken, "//api/v1/profile", 200,
			`{"id":11,"role":"administrator","access_token":"` + chatlake.AdminToken + `","account_id":1,
			"accounts":[{"id":1,"role":"administrator","permissions":["administrator"],"status":"active"}]}`,
		},
		{"profile of nobody", "nope", "//api/v1/profile", 401, `{"error":"Invalid Access Token"}`},
		{"unknown route", "", "/nothing", 404, `{"status":404,"error":"Not Found"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.T = t
			w.as(c.token).want("GET", c.path, "", c.status, c.want)
		})
	}
}

func TestTokenHeaders(t *testing.T) {
	w := newWorld(t)

	ask := func(headers ...string) int {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://sandbox/chatlake/api/v1/profile", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}

		for _, name := range headers {
			req.Header.Set(name, chatlake.AdminToken)
		}

		resp, err := w.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}

		_ = resp.Body.Close()

		return resp.StatusCode
	}
	if ask("api_access_token") != 200 || ask("Api-Access-Token") != 200 {
		t.Error("a spelling of the header is refused")
	}

	w.quiet()
	ask("api_access_token", "Api-Access-Token")
	w.complains("more than once")

	got := ask("Authorization")
	if got != 401 {
		t.Errorf("a bearer token answers %d", got)
	}

	w.switches(func(s *chatlake.Switches) { s.DropUnderscoreHeaders = true })

	a, b := ask("api_access_token"), ask("Api-Access-Token")
	if a != 401 || b != 200 {
		t.Errorf("behind a proxy: %d and %d, want 401 and 200", a, b)
	}
}

func TestStrictRequests(t *testing.T) {
	w := newWorld(t)
	w.want("GET", "/contacts?sort=name&color=red", "", 200, "")
	w.complains(`unknown query parameter "color"`)
	w.want("POST", "/contacts", `{"name":`, 400, `{"status":400,"error":"Bad Request"}`)
	w.complains("cannot be parsed")
	status, got := w.raw("POST", "/contacts", "text/plain", []byte(`{"name":"x"}`))
	w.compare("text", status, got, 200, `{"payload":{"contact":{"name":""}}}`)
	w.complains("content type")
	w.want("POST", "/contacts", `{"name":5}`, 200, `{"payload":{"contact":{"name":"5"}}}`)
	w.complains("name is a number")
	w.accept = ""

	status, got = w.send("GET", "/nothing", "")
	if status != 404 || !strings.Contains(got, "<html>") {
		t.Errorf("unknown route without Accept: %d %s", status, got)
	}

	w.complains("no such route")
}

func TestThrottle(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.want("GET", "//api", "", 200, "")
	}

	w.switches(func(s *chatlake.Switches) { s.RateLimits, s.RequestsPerMinute = true, 2 })
	w.want("GET", "//api", "", 200, "")
	w.want("GET", "//api", "", 200, "")

	status, got := w.send("GET", "//api", "")
	if status != 429 || got != "Retry later\n" {
		t.Errorf("third request: %d %q", status, got)
	}

	w.now = w.now.Truncate(time.Minute).Add(time.Minute)
	w.want("GET", "//api", "", 200, "")
	w.switches(func(s *chatlake.Switches) { s.RequestsPerMinute = 3000 })

	for range 100 {
		w.want("GET", "/contacts/search?q=x", "", 200, "")
	}

	w.want("GET", "/contacts/search?q=x", "", 429, "")
	w.quiet()
}
