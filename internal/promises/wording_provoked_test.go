package promises_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// provoked returns the answers to failed calls, as people read them.
func provoked(t *testing.T) []string {
	t.Helper()

	probes := map[string]struct {
		kind   string
		config acctest.Values
	}{
		"kommunicate": {"kommunicate_user", acctest.Values{"user_id": "mira", "email": "mira@example.com"}},
		"chatlake":    {"chatlake_contact", acctest.Values{"identifier": "mira", "name": "Mira"}},
		"imichat": {"imichat_chat", acctest.Values{
			"alias_id": "order-1", "channel": "sms", "asset": acctest.Values{"id": "447700900100"}, "customer": acctest.Values{"destination_id": "447700900001", "name": "Mira"},
		}},
	}

	var out []string

	for _, platform := range []string{"kommunicate", "chatlake", "imichat"} {
		probe := probes[platform]

		for _, act := range []string{"create", "read"} {
			for _, failure := range spoken() {
				s := newStage(t, acctest.Values{"max_retries": 0})
				s.world.Complaints = true

				o := acctest.Object{Type: probe.kind}
				if act == "read" {
					o = s.need(probe.kind, probe.config)
				}

				if failure.Delay > 0 {
					s.Configure(s.world.Block(acctest.Values{"max_retries": 0, "request_timeout": "100ms"}))
				}

				failure.Platform = platform
				failure.Times = -1
				s.world.Faults.Add(failure)

				var diags acctest.Diagnostics
				if act == "create" {
					_, diags = s.Create(t.Context(), probe.kind, probe.config)
				} else {
					_, diags = s.Read(t.Context(), o)
				}

				out = append(out, fmt.Sprintf("\n== %s %s meets %s\n\n%s", act, probe.kind, failure.Name, stable(diags.String())))
			}
		}
	}

	return out
}

// spoken returns the ways in which a platform, or what stands before it, says no.
func spoken() []sandbox.Fault {
	html, data := map[string]string{"Content-Type": "text/html"}, map[string]string{"Content-Type": "application/json"}

	return []sandbox.Fault{
		{Name: "401", Status: 401, Header: data, Body: `{"error":"Invalid access token"}`},
		{Name: "403", Status: 403, Header: data, Body: `{"error":"Forbidden"}`},
		{Name: "404 of an unknown path", Status: 404, Header: html, Body: "<html><title>404 Not Found</title></html>"},
		{Name: "429", Status: 429, Header: map[string]string{"Retry-After": "7"}},
		{Name: "500", Status: 500, Header: data, Body: `{"status":500,"error":"Internal Server Error"}`},
		{Name: "502 with a page", Status: 502, Header: html, Body: "<html><title>502 Bad Gateway</title></html>"},
		{Name: "503", Status: 503},
		{Name: "a sign-in page", Status: 200, Header: html, Body: "<!doctype html><title>Sign in</title>"},
		{Name: "a reset", Cut: sandbox.CutReset},
		{Name: "an answer that breaks off", Cut: sandbox.CutShort, After: true},
		{Name: "half of the JSON", Status: 200, After: true, Header: data, Body: `{"payload":{"id":`},
		{Name: "nothing", Status: 200, After: true},
		{Name: "null", Status: 200, After: true, Header: data, Body: "null"},
		{Name: "no answer in time", Delay: 1e9},
	}
}

var volatile = []struct {
	pattern *regexp.Regexp
	text    string
}{
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:1"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`), "2026-01-01T00:00:00Z"},
	{regexp.MustCompile(`/chats/[A-Z0-9]+`), "/chats/1"},
	{regexp.MustCompile(`chat [A-Z0-9]{8,}`), "chat 1"},
}

func stable(text string) string {
	for _, v := range volatile {
		text = v.pattern.ReplaceAllString(text, v.text)
	}

	return strings.TrimRight(text, "\n") + "\n"
}
