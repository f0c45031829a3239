package apidiag

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

func failure(change func(*transport.Error)) error {
	e := &transport.Error{
		Platform: "Chatlake", Method: "PUT", Path: "/api/v1/accounts/1/contacts/42", Status: 422, RequestID: "r-7",
		Reason: transport.Invalid, Message: "Email has already been taken",
	}
	change(e)

	return fmt.Errorf("somewhere: %w", e)
}

// TestAdd reads every kind of failure as its reader would.
func TestAdd(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"nothing", nil, ""},
		{"not of the transport", errors.New("no such file"), "Unable to update contact 42\nno such file."},
		{
			"the platform's words", failure(func(*transport.Error) {}),
			"Unable to update contact 42\nChatlake answered: Email has already been taken.\n" +
				"Request: PUT /api/v1/accounts/1/contacts/42, HTTP status 422, request id r-7.",
		},
		{
			"the platform's code", failure(func(e *transport.Error) { e.Code, e.Message, e.Status = "AL-G-01", "group not found", 200 }),
			"Unable to update contact 42\nChatlake answered AL-G-01: group not found.\n" +
				"Request: PUT /api/v1/accounts/1/contacts/42, HTTP status 200, request id r-7.",
		},
		{
			"fields", failure(func(e *transport.Error) { e.Fields = map[string]string{"email": "Email has already been taken"} }),
			"email: Unable to update contact 42\nChatlake answered: Email has already been taken.\n" +
				"Request: PUT /api/v1/accounts/1/contacts/42, HTTP status 422, request id r-7.",
		},
		{
			"credentials", failure(func(e *transport.Error) {
				e.Reason, e.Status, e.Message, e.CredentialAdvice = transport.Unauthorized, 401, "Invalid Access Token", "Check chatlake.api_access_token."
			}),
			"Unable to update contact 42\nChatlake answered: Invalid Access Token.\n" +
				"Request: PUT /api/v1/accounts/1/contacts/42, HTTP status 401, request id r-7.\n\nCheck chatlake.api_access_token.",
		},
		{
			"the client's advice", failure(func(e *transport.Error) { e.Reason, e.Advice = transport.Unauthorized, "Check the header." }),
			"Unable to update contact 42\nChatlake answered: Email has already been taken.\n" +
				"Request: PUT /api/v1/accounts/1/contacts/42, HTTP status 422, request id r-7.\n\nCheck the header.",
		},
		{
			"unreachable", failure(func(e *transport.Error) {
				*e = transport.Error{Platform: "Chatlake", Method: "GET", Path: "/x", Reason: transport.Unavailable, Err: errors.New("dial tcp: connection refused"), Unsent: true, Attempts: 5}
			}),
			"Unable to update contact 42\nChatlake did not answer, and nothing was changed: dial tcp: connection refused.\nRequest: GET /x, sent 5 times.\n\n" +
				"This is usually temporary: apply again. If it stays, raise retry_timeout or request_timeout, or check the platform's status.",
		},
		{
			"lost create", failure(func(e *transport.Error) {
				*e = transport.Error{Platform: "Chatlake", Method: "POST", Path: "/x", Reason: transport.Unavailable, Err: errors.New("connection reset"), Lost: true, Attempts: 1}
			}),
			"Unable to update contact 42\nChatlake did not answer: connection reset.\nRequest: POST /x.\n\n" +
				"It is not known whether the platform has done this: the object may exist. Look for it on the platform before you apply again, " +
				"and import it if it is there. If you do not, the next apply may make a second one, or the platform may say that it exists.",
		},
		{
			"interrupted", failure(func(e *transport.Error) {
				*e = transport.Error{Platform: "Chatlake", Method: "POST", Path: "/x", Reason: transport.Unavailable, Err: context.Canceled}
			}),
			"Unable to update contact 42\nThe run was interrupted during POST /x. Nothing was lost; apply again to go on.",
		},
		{
			"interrupted create", failure(func(e *transport.Error) {
				*e = transport.Error{Platform: "Chatlake", Method: "POST", Path: "/x", Reason: transport.Unavailable, Err: context.Canceled, Lost: true}
			}),
			"Unable to update contact 42\nThe run was interrupted during POST /x, before the answer came. The object may exist: look for it on the platform before you apply again.",
		},
	} {
		var diags diag.Diagnostics
		Add(&diags, "update contact 42", c.err)

		got := text(diags)
		if got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestAdviceNamesTheSetting(t *testing.T) {
	for _, c := range []struct {
		e    transport.Error
		want string
	}{
		{transport.Error{Platform: "IMIchat", Reason: transport.Throttled}, "requests_per_second for imichat"},
		{transport.Error{Platform: "IMIchat", Reason: transport.Exhausted, RetryAfter: time.Hour}, "The quota is used up until about"},
		{transport.Error{Platform: "IMIchat", Reason: transport.Exhausted}, "The quota is used up. Apply again after"},
		{transport.Error{Platform: "Kommunicate", Reason: transport.Unusable}, "kommunicate.base_url"},
		{transport.Error{Platform: "IMIchat", Reason: transport.Throttled, RetryAfter: time.Hour}, "The platform asked to wait 1h0m0s."},
		{transport.Error{Platform: "IMIchat", Reason: transport.Unusable, Message: "the answer is larger than 32 MiB"}, "IMIchat: the answer is larger"},
		{transport.Error{Platform: "IMIchat", Reason: transport.NotConnected, Unsent: true, IsOwn: true, Message: "there is no host x"}, "Nothing was sent to IMIchat: there is no host x."},
		{transport.Error{Platform: "IMIchat", Method: "GET", Path: "/x", Address: "https://host/base/x"}, "Request: GET https://host/base/x."},
	} {
		got := Detail(&c.e)
		if !strings.Contains(got, c.want) {
			t.Errorf("got %q, want %q in it", got, c.want)
		}
	}
}

func TestTaken(t *testing.T) {
	var diags diag.Diagnostics
	Taken(&diags, "chatlake_canned_response", "short code", "42")

	want := `The canned response already exists
Another canned response on the platform has this short code, and its id is 42. Nothing was changed.

If another resource of this configuration manages it, remove one of the two, or give them different keys.

If not, paste this block beside the resource, put the address of the resource in place of chatlake_canned_response.example, and apply again. If the resource has a line such as provider = chat, the block needs it too:

import {
  to = chatlake_canned_response.example
  id = "42"
}

Or set adopt_existing = true, to adopt the object and update it in the same step.`

	got := text(diags)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func text(diags diag.Diagnostics) string {
	var parts []string

	for _, d := range diags {
		said := d.Summary() + "\n" + d.Detail()
		if on, ok := d.(diag.DiagnosticWithPath); ok {
			said = on.Path().String() + ": " + said
		}

		parts = append(parts, said)
	}

	return strings.Join(parts, "\n---\n")
}
