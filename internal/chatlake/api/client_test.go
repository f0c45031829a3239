package api_test

import (
	"net/http"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

func TestVersion(t *testing.T) {
	c := scripted(t, exchange{Request: "GET /api", Answer: `{"version":"4.15.1","queue_services":"ok"}`})
	for range 2 { // Asked once.
		version, err := c.Version(t.Context())
		if err != nil || version != "4.15.1" {
			t.Errorf("version %q, %v", version, err)
		}
	}
}

func TestAtLeast(t *testing.T) {
	for _, test := range []struct {
		have, since string
		want        bool
	}{
		{"4.15.1", "4.3.0", true},
		{"4.3.0", "4.3.0", true},
		{"4.2.9", "4.3.0", false},
		{"3.16", "4.3.0", false},
		{"v4.3.0-rc1", "4.3.0", true},
		{"", "4.3.0", true},
		{"develop", "4.3.0", true},
	} {
		got := release.Version(test.have).AtLeast(release.Version(test.since))
		if got != test.want {
			t.Errorf("%q at least %s: %t", test.have, test.since, got)
		}
	}
}

// TestErrors goes through every shape in which the server says no.
func TestErrors(t *testing.T) {
	for name, test := range map[string]struct {
		status  int
		body    string
		header  http.Header
		reason  transport.Reason
		message string
		fields  map[string]string
		repeats bool
	}{
		"no such object": {status: 404, body: `{"error":"Resource could not be found"}`, reason: transport.NotFound, message: "Resource could not be found"},
		"no such path":   {status: 404, body: `{"status":404,"error":"Not Found"}`, reason: transport.Unusable, message: "Not Found"},
		"a page":         {status: 404, body: `<!DOCTYPE html><h1>Not here</h1>`, header: http.Header{"Content-Type": {"text/html"}}, reason: transport.Unusable},
		"an empty 404":   {status: 404, reason: transport.Unusable},
		"no token":       {status: 401, body: `{"errors":["You need to sign in or sign up before continuing."]}`, reason: transport.Unauthorized, message: "You need to sign in or sign up before continuing."},
		"a role":         {status: 401, body: `{"error":"You are not authorized to do this action"}`, reason: transport.Unauthorized, message: "You are not authorized to do this action"},
		"a limit":        {status: 402, body: `{"error":"Account limit exceeded."}`, reason: transport.Other, message: "Account limit exceeded."},
		"a feature":      {status: 403, body: `{"error":"Off"}`, reason: transport.Invalid, message: "Off"},
		"validation": {
			status: 422, body: `{"message":"Email Invalid email, Phone number should be in e164 format","attributes":["email","phone_number"]}`,
			reason: transport.Invalid, message: "Email Invalid email, Phone number should be in e164 format",
			fields: map[string]string{"email": "Email Invalid email", "phone_number": "Phone number should be in e164 format"},
		},
		"a parameter": {status: 422, body: `{"error":"param is missing"}`, reason: transport.Invalid, message: "param is missing"},
		"conditions":  {status: 422, body: `{"error":{"conditions":["no","not this"],"actions":["nor that"]}}`, reason: transport.Invalid, message: "nor that no not this", fields: map[string]string{"conditions": "no not this", "actions": "nor that"}},
		"broken JSON": {status: 400, body: `{"status":400,"error":"Bad Request"}`, reason: transport.Invalid, message: "Bad Request"},
		"a crash":     {status: 500, body: `{"status":500,"error":"Internal Server Error"}`, reason: transport.Unavailable, message: "Internal Server Error", repeats: true},
		"flooded": {
			status: 422, body: `{"error":"Validation failed: Too many messages"}`, reason: transport.Throttled,
			message: "Validation failed: Too many messages", repeats: true,
		},
		"throttled": {
			status: 429, body: "Retry later\n", header: http.Header{"Content-Type": {"text/plain"}}, reason: transport.Throttled,
			message: "too many requests", repeats: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			answer := exchange{Request: "GET /api/v1/accounts/1/contacts/7", Status: test.status, Answer: test.body, Header: test.header}

			exchanges := []exchange{answer}
			if test.repeats {
				exchanges = append(exchanges, answer)
			}

			_, err := scripted(t, exchanges...).Contact(t.Context(), 7)

			failure := transport.As(err)
			if failure == nil {
				t.Fatalf("error %v", err)
			}

			if failure.Reason != test.reason || test.message != "" && failure.Message != test.message {
				t.Errorf("reason %d, message %q", failure.Reason, failure.Message)
			}

			for field, sentence := range test.fields {
				if failure.Fields[field] != sentence {
					t.Errorf("fields %v", failure.Fields)
				}
			}
		})
	}
}

// TestRefusedCallsNameTheRole wants the advice after a 401 to say whose token the call needs.
func TestRefusedCallsNameTheRole(t *testing.T) {
	refused := func(request string) exchange {
		return exchange{Request: request, Status: 401, Answer: `{"error":"You are not authorized to do this action"}`}
	}

	_, read := scripted(t, refused("GET /api/v1/accounts/1/contacts/7")).Contact(t.Context(), 7)
	deleted := scripted(t, refused("DELETE /api/v1/accounts/1/contacts/7")).DeleteContact(t.Context(), 7)
	_, elsewhere := scripted(t, refused("GET /api/v1/profile")).Profile(t.Context())

	const check = "Check chatlake.api_access_token (Profile settings > Access Token) and chatlake.account_id."

	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"reading a contact":   {read, check + " The token has to be that of a user of the account."},
		"deleting a contact":  {deleted, check + " The token has to be that of an administrator."},
		"reading the profile": {elsewhere, check},
	} {
		failure := transport.As(c.err)
		if failure == nil || failure.Advice != c.want {
			t.Errorf("%s: %+v", name, failure)
		}
	}
}

// TestWrongAccount covers the server's 404 for an account that is not there, which reads like that of an object.
func TestWrongAccount(t *testing.T) {
	c := scripted(t,
		exchange{Request: "GET /api/v1/accounts/1/contacts/7", Status: 404, Answer: `{"error":"Resource could not be found"}`},
		exchange{Request: "GET /api/v1/profile", Answer: `{"accounts":[{"id":2}]}`},
	)
	if _, err := c.Contact(t.Context(), 7); !transport.IsUnauthorized(err) {
		t.Errorf("error %v", err)
	}
}
