package api

import (
	"encoding/json"
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Codes that decide what the client does.
const (
	headerMissing    = "2002"
	tokenInvalid     = "2003"
	tokenExpired     = "2004"
	methodNotAllowed = "2099"
)

type meaning struct {
	reason transport.Reason
	text   string
}

// meaningOf looks a code up in the vendor's table, merged from all pages that have a part of it
// (https://docs.imi.chat/reference/create-chat, .../get-individual-user), with the reason that
// each code stands for. Codes of successes are not in it: most of them are not documented, and the HTTP status shows a success.
func meaningOf(code string) (meaning, bool) {
	m, ok := map[string]meaning{
		headerMissing: {transport.Invalid, "Invalid header param - could not find mandatory header parameters"},
		// An invalid token has status 400, which alone would read as a wrong request.
		tokenInvalid: {transport.Unauthorized, "Invalid Access Token"},
		tokenExpired: {transport.Unauthorized, "Access Token expired"},
		"2007":       {transport.Unavailable, "Internal Server Error"},
		// It has status 404, and tells nothing about the object that was asked for: the team was deleted, or the key is no
		// longer shared with it.
		"2010": {transport.Unauthorized, "Could not find details of team based on the teamid passed in the header"},
		"2031": {transport.NotFound, "Provided Chat ID does not exist"},
		// Not final for the caller that can read a list instead; final for all others.
		methodNotAllowed: {transport.Other, "Method not allowed"},
		"3101":           {transport.NotFound, "User not found"},
		"3105":           {transport.Unavailable, "Unable to get the user details"},
		"4108":           {transport.Unavailable, "Unable to get the chat details"},
	}[code]

	return m, ok
}

// own returns an error that is ours: the platform has answered, and this client makes something else of it.
func (c *Client) own(method, path string, reason transport.Reason, message string) *transport.Error {
	call := transport.Read(method, "/"+c.APIVersion+path).At(c.BaseURL)

	return &transport.Error{
		Platform: "IMIchat", Method: method, Path: call.Path, Address: call.Address(), Reason: reason, IsOwn: true, Message: message,
	}
}

// classify tells failures from successes by the vendor's codes, or by the HTTP status if there is none.
func (c *Client) classify(_ *transport.Call, response *transport.Response) *transport.Error {
	var e envelope

	decoded := json.Unmarshal(response.Body, &e) == nil

	failure := &transport.Error{Code: string(e.StatusCode), Message: string(e.Description)}
	if response.Status == http.StatusTooManyRequests {
		return c.exhausted(failure, response.Header)
	}

	if m, ok := meaningOf(failure.Code); ok {
		failure.Reason = m.reason
		if failure.Message == "" {
			failure.Message = m.text
		}

		if failure.Code == headerMissing {
			failure.Advice = "The headers are access_token and teamid. Set imichat.team_id, or the team of the object; if there is one, a proxy in between may " +
				"have dropped access_token, for its name has an underscore."
		}

		return failure
	}

	if response.Status < 300 || !decoded || transport.IsHTML(response) || failure.Code == "" && failure.Message == "" {
		return nil
	}

	failure.Reason = transport.ReasonOf(response.Status)
	if failure.Reason == transport.NotFound {
		// Only 2031 and 3101 say that an object is gone. Any other 404 may be the address that is not there.
		failure.Reason = transport.Unusable
	}

	return failure
}

// exhausted tells a used-up daily quota, which is not worth waiting for, from a server that wants fewer requests.
//
// Unverified: that a used-up quota is status 429; no page says.
func (c *Client) exhausted(failure *transport.Error, header http.Header) *transport.Error {
	now := c.Now()
	q, known := c.quota.of(header)

	if failure.Message == "" {
		failure.Message = "too many requests"
	}

	switch {
	case known && q.Remaining > 0, !known && header.Get("Retry-After") != "":
		failure.Reason = transport.Throttled
	default:
		failure.Reason = transport.Exhausted
		if reset, ok := resetTime(header.Get("Rate-Limit-Reset"), now); ok && reset.After(now) {
			failure.RetryAfter = reset.Sub(now)
		}
	}

	return failure
}

// codeOf returns the vendor's code of an answer, or "".
func codeOf(response *transport.Response) string {
	var e envelope
	if json.Unmarshal(response.Body, &e) != nil {
		return ""
	}

	return string(e.StatusCode)
}

// unanswered reports whether the platform does not have the call at all: it is not allowed, or its path is not known. A chat
// that is gone (2031) and a team that is not found (2010) are answers.
func unanswered(err error) bool {
	failure := transport.As(err)
	if failure == nil || failure.Unsent { // Unsent: it was authorize that failed.
		return false
	}

	_, known := meaningOf(failure.Code)
	if known && failure.Code != methodNotAllowed {
		return false
	}

	return failure.Code == methodNotAllowed || failure.Status == http.StatusMethodNotAllowed || failure.Status == http.StatusNotFound
}
