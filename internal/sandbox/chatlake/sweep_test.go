package chatlake_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// The recordings ask each kind of wrong request of some routes. These tests ask it of every route: what the server's framework
// does, and the checks that stand before all controllers, are the same everywhere.

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// swept is a world that answers requests as anybody.
type swept struct {
	*world

	handler http.Handler
}

// sweep calls do for each route below the account, with its method and its path in the account.
func sweep(t *testing.T, do func(w *swept, method, path string)) {
	t.Helper()
	t.Parallel()

	w := &swept{world: newWorld(t)}
	w.handler = w.core.Mount(w.p)

	for _, route := range w.p.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")

		inAccount, ok := strings.CutPrefix(path, "/api/v1/accounts/{account}")
		if ok {
			do(w, method, inAccount)
		}
	}
}

// ask sends a request as somebody and returns the answer.
func (w *swept) ask(method, path, token string) *httptest.ResponseRecorder {
	w.Helper()

	r := httptest.NewRequestWithContext(w.Context(), method, "http://sandbox/chatlake/api/v1/accounts/1"+path, strings.NewReader("{}"))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")

	if token != "" {
		r.Header.Set("Api-Access-Token", token)
	}

	out := httptest.NewRecorder()
	w.handler.ServeHTTP(out, r)

	return out
}

func (w *swept) wantAnswer(what string, out *httptest.ResponseRecorder, status int, body string) {
	w.Helper()

	if out.Code != status || strings.TrimSpace(out.Body.String()) != body {
		w.Errorf("%s: %d %s, want %d %s", what, out.Code, out.Body, status, body)
	}
}

const (
	frameworkNotFound = `{"error":"Not Found","status":404}`
	notFound          = `{"error":"Resource could not be found"}`
	crashed           = `{"error":"Internal Server Error","status":500}`
)

func TestSweep_credentials(t *testing.T) {
	sweep(t, func(w *swept, method, path string) {
		path = parameter.ReplaceAllString(path, "999999999")
		what := method + " " + path

		stranger, refusal := 401, `{"error":"You are not authorized to access this account"}`
		if path == "" { // The account itself is looked for among one's own.
			stranger, refusal = 404, notFound
		}

		w.wantAnswer(what+" without a token", w.ask(method, path, ""), 401, `{"errors":["You need to sign in or sign up before continuing."]}`)
		w.wantAnswer(what+" with a wrong token", w.ask(method, path, "nope"), 401, `{"error":"Invalid Access Token"}`)
		w.wantAnswer(what+" from another account", w.ask(method, path, chatlake.OutsiderToken), stranger, refusal)
		w.wantAnswer(what+" with a platform token", w.ask(method, path, chatlake.PlatformToken), 401, `{"error":"Access to this endpoint is not authorized for bots"}`)
	})
}

func TestSweep_methods(t *testing.T) {
	known := map[string]string{}

	sweep(t, func(w *swept, method, path string) {
		if len(known) == 0 {
			for _, route := range w.p.Routes() {
				method, path, _ := strings.Cut(route.Pattern, " ")
				known[strings.TrimPrefix(path, "/api/v1/accounts/{account}")] += method + " "
			}
		}

		filled := parameter.ReplaceAllString(path, "999999999")

		for _, other := range []string{"PUT", "DELETE", "PATCH", "POST", "OPTIONS", "TRACE"} {
			if !strings.Contains(known[path], other) && !clashes(known, path, other) {
				w.wantAnswer(other+" "+path, w.ask(other, filled, chatlake.AdminToken), 404, frameworkNotFound)
			}
		}

		if method == "GET" {
			got, head := w.ask(method, filled, chatlake.AdminToken), w.ask("HEAD", filled, chatlake.AdminToken)
			if head.Code != got.Code || head.Header().Get("Content-Type") != got.Header().Get("Content-Type") {
				w.Errorf("HEAD %s: %d %s, want %d %s", path, head.Code, head.Header(), got.Code, got.Header())
			}
		}
	})
}

// clashes reports whether another route takes the method on the filled path.
func clashes(known map[string]string, path, method string) bool {
	for other, methods := range known {
		pattern := "^" + parameter.ReplaceAllString(other, "[^/]+") + "$"
		if strings.Contains(methods, method) && regexp.MustCompile(pattern).MatchString(parameter.ReplaceAllString(path, "999999999")) {
			return true
		}
	}

	return false
}

func TestSweep_spellings(t *testing.T) {
	sweep(t, func(w *swept, method, path string) {
		if method != "GET" {
			return
		}

		filled := parameter.ReplaceAllString(path, "101")
		want := w.ask(method, filled, chatlake.AdminToken)

		for _, spelled := range []string{filled + "/", filled + ".json", filled + ".json/"} {
			w.wantAnswer(spelled, w.ask(method, spelled, chatlake.AdminToken), want.Code, strings.TrimSpace(want.Body.String()))
		}
	})
}

// crashes are the routes that answer 500 for an object that is not there.
var crashes = regexp.MustCompile(`^(GET|PATCH|PUT|DELETE) /(automation_rules|campaigns|portals|custom_roles)/[^/]+$|^DELETE /portals/[^/]+/logo$|^(GET|PATCH|PUT) /sla_policies/[^/]+$|^(PATCH|PUT|DELETE) /macros/[^/]+$|` +
	`^POST /automation_rules/[^/]+/clone$|^POST /assignment_policies/[^/]+/inboxes$|^GET /integrations/apps/[^/]+$`)

// withoutBody are those that answer without a body: what is looked for before a page is made, or by a job.
var withoutBody = map[string]int{"GET /macros/{macro}": 404, "POST /macros/{macro}/execute": 200, "DELETE /sla_policies/{sla}": 200}

// roleFirst are the routes that refuse an agent whatever the id; the others look for the object first.
var roleFirst = regexp.MustCompile(`^\w+ /(automation_rules|campaigns|webhooks|assignment_policies/[^/]+/inboxes|custom_roles|agent_capacity_policies)\b|` +
	`^(PATCH|PUT|DELETE) /(sla_policies|integrations/hooks)/[^/]+$|^(PATCH|PUT) /csat_survey_responses/|^(POST|PATCH|PUT|DELETE) /captain/|` +
	`^(PATCH|PUT|DELETE) /portals/[^/]+(/logo)?$|^DELETE /(contacts|companies)/[^/]+$|^(PATCH|PUT|DELETE|POST) /agent_bots/|/inboxes/[^/]+/assignment_policy$`)

func TestSweep_missing(t *testing.T) {
	sweep(t, func(w *swept, method, path string) {
		if !strings.Contains(path, "{") {
			return
		}

		route := method + " " + path
		status, body := 404, notFound

		switch {
		case withoutBody[route] > 0:
			status, body = withoutBody[route], ""
		case crashes.MatchString(route):
			status, body = 500, crashed
		}

		for _, id := range []string{"999999999", "x"} {
			filled := parameter.ReplaceAllString(path, id)
			w.wantAnswer(route+" of "+id, w.ask(method, filled, chatlake.AdminToken), status, body)

			if roleFirst.MatchString(route) {
				w.wantAnswer(route+" of "+id+" as an agent", w.ask(method, filled, chatlake.AgentToken), 401, `{"error":"You are not authorized to do this action"}`)
			} else {
				w.wantAnswer(route+" of "+id+" as an agent", w.ask(method, filled, chatlake.AgentToken), status, body)
			}
		}
	})
}
