package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// The vendor's codes. https://docs.kommunicate.io/docs/api-detail shows the first two, the pages of the chat backend the
// third. The last two were recorded from the backend.
const (
	codeUserNotFound     = "AL-U-01"
	codeGroupNotFound    = "AL-G-01"
	codeUnauthorized     = "AL-UN-01"
	codeWrongMethod      = "AL-MA-01"
	codeOtherCredentials = "AL-GE-01"
	// codeEngaged comes as a success, although the assignee did not change.
	codeEngaged = "AGENT_IS_ALREADY_ENGAGED"
)

// Messages of register/client that say that the password does not fit.
const (
	passwordInvalid  = "PASSWORD_INVALID"
	passwordRequired = "PASSWORD_REQUIRED"
)

// reasons maps the vendor's codes to what they mean. No complete list of them is public.
var reasons = map[string]transport.Reason{
	codeUserNotFound:        transport.NotFound,
	codeGroupNotFound:       transport.NotFound,
	codeUnauthorized:        transport.Unauthorized,
	codeOtherCredentials:    transport.Unauthorized,
	"CONVERSATION_CLOSED":   transport.Invalid,
	"BUSY_WITH_OTHER":       transport.Invalid,
	"INVALID_PARAMETER":     transport.Invalid,
	"INVALID_APPLICATIONID": transport.Invalid,
	passwordInvalid:         transport.Invalid,
	passwordRequired:        transport.Invalid,
}

// explained holds the codes whose own words are not enough.
var explained = map[string]string{
	codeEngaged:             "the agent already handles as many conversations as the account allows; the assignee did not change",
	"error":                 "the platform answered only `error`",
	"CONVERSATION_CLOSED":   "the conversation is closed",
	"BUSY_WITH_OTHER":       "the receiver is busy with another conversation",
	"INVALID_PARAMETER":     "a parameter of the registration is not allowed; keys of metadata may have 30 characters at most",
	"INVALID_APPLICATIONID": "the application id is not known; check kommunicate.application_id",
	passwordInvalid:         "the user exists with another password",
	passwordRequired:        "the user exists with a password, and none was given",
}

// classify finds the failures among the answers. Most come with status 200: in an envelope, as one word of plain text, or
// as a success that did nothing. HTML pages and answers without an envelope are judged by their HTTP status.
func classify(call *transport.Call, response *transport.Response) *transport.Error {
	if transport.IsHTML(response) {
		return nil
	}

	var answer struct {
		Status        string          `json:"status"`
		Message       json.RawMessage `json:"message"`
		Response      json.RawMessage `json:"response"`
		ErrorResponse []struct {
			ErrorCode      string `json:"errorCode"`
			Description    string `json:"description"`
			DisplayMessage string `json:"displayMessage"`
		} `json:"errorResponse"`
	}
	if err := json.Unmarshal(response.Body, &answer); err != nil {
		return classifyText(response)
	}

	switch {
	case strings.EqualFold(answer.Status, "error") && len(answer.ErrorResponse) > 0:
		first := answer.ErrorResponse[0]
		return newFailure(call, first.ErrorCode, cmp.Or(first.Description, first.DisplayMessage), response.Status)
	case strings.EqualFold(answer.Status, "error"):
		return newFailure(call, "", "the platform reported an error and no reason", response.Status)
	case text(answer.Response) == codeEngaged:
		return newFailure(call, codeEngaged, "", response.Status)
	case strings.HasSuffix(call.Path, registerPath) && explained[text(answer.Message)] != "":
		return newFailure(call, text(answer.Message), "", response.Status)
	}

	return nil
}

// classifyText judges answers that are not JSON. Sending and deleting a message can be answered with one word.
func classifyText(response *transport.Response) *transport.Error {
	if response.Status >= 300 {
		return nil
	}

	word := strings.Trim(strings.TrimSpace(string(response.Body)), `"`)

	switch {
	case strings.EqualFold(word, "UnAuthorized Access"), strings.HasPrefix(word, "application id is empty"):
		return &transport.Error{Reason: transport.Unauthorized, Message: word}
	case strings.EqualFold(word, "error"):
		return &transport.Error{Reason: transport.Other, Code: "error", Message: explained["error"]}
	case explained[word] != "":
		return &transport.Error{Reason: reasons[word], Code: word, Message: explained[word]}
	}

	return nil
}

// newFailure returns the error for a code and a message of the platform.
//
// Unverified: the words of a key that is taken. The vendor's web client looks for "group already exists"; its code was
// never published, and calls that make users probably answer alike.
func newFailure(call *transport.Call, code, message string, status int) *transport.Error {
	failure := &transport.Error{Code: code, Message: cmp.Or(explained[code], message), Reason: reasons[code]}

	switch {
	case call.Kind == transport.KindCreate && strings.Contains(strings.ToLower(message), "already exist"):
		failure.Reason = transport.Conflict
	case code == codeUnauthorized && isAdminPath(call.Path):
		failure.Reason, failure.Advice = transport.Other, "Only the conversation's admin may do this. Set acting_user_id to the admin."
	case code == codeUserNotFound && !strings.Contains(call.Path, "/ws/user/"):
		// Calls on conversations name several people. That one of them does not exist does not mean that the conversation
		// is gone.
		failure.Reason = transport.Invalid
		failure.Message = cmp.Or(message, "user not found") +
			": the acting user, the assignee, a member or the sender of the request is not in this application or may not be used here"
	case failure.Reason == transport.Other && status >= 300:
		failure.Reason = transport.ReasonOf(status)
		if failure.Reason == transport.NotFound {
			failure.Reason = transport.Unusable
		}
	}

	return failure
}

// text returns the content of a JSON string, and "" for everything else.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}

	return s
}

// hasCode reports whether the platform itself gave this code.
func hasCode(err error, code string) bool {
	failure := transport.As(err)
	return failure != nil && failure.Code == code
}

// IsNotAdmin reports whether only the conversation's admin may do this.
func IsNotAdmin(err error) bool { return hasCode(err, codeUnauthorized) && needsAdmin(err) }

// IsUnknownUser reports whether a call named a user, as actor or otherwise, who does not exist.
func IsUnknownUser(err error) bool { return hasCode(err, codeUserNotFound) }

// needsAdmin reports whether the call is one that only a conversation's admin may make.
func needsAdmin(err error) bool {
	failure := transport.As(err)
	return failure != nil && isAdminPath(failure.Path)
}

func isAdminPath(path string) bool { return path == deleteGroupPath || path == removeMemberPath }

// isRefused reports whether the platform does not serve the path to this key. The gateway answers 401, 403, 404 or 405
// without a code. The backend answers in its own envelope: a wrong method (AL-MA-01), other credentials needed (AL-GE-01),
// or an unauthorized user (AL-UN-01), which elsewhere means "not the admin". Use it for paths that no page of the Platform
// API lists.
func isRefused(err error) bool {
	failure := transport.As(err)
	if failure == nil {
		return false
	}

	switch failure.Code {
	case codeWrongMethod, codeOtherCredentials:
		return true
	case codeUnauthorized:
		return !needsAdmin(err)
	case "":
		return failure.Reason == transport.Unauthorized ||
			failure.Status == http.StatusNotFound || failure.Status == http.StatusMethodNotAllowed
	}

	return false
}

// isBusy reports whether another request would meet the same trouble.
func isBusy(err error) bool {
	failure := transport.As(err)

	return failure != nil &&
		(failure.Reason == transport.Unavailable || failure.Reason == transport.Throttled || failure.Reason == transport.Exhausted)
}

// refusedError means that the key is good and the platform still does not serve it a path that no page documents.
type refusedError struct{ err error }

func (e *refusedError) Error() string { return e.err.Error() }

func (e *refusedError) Unwrap() error { return e.err }

// IsUnreadable reports whether the platform accepts the key but does not let it read or do this. Nothing is known about
// the object then, least of all that it is gone.
func IsUnreadable(err error) bool {
	var refused *refusedError
	return errors.As(err, &refused)
}

// unreadable returns the error for an object that the platform does not let this key read.
func (c *Client) unreadable(method, path, message string) error {
	return &refusedError{&transport.Error{
		Platform: platform, Method: method, Path: path, Address: c.addressOf(path), Status: http.StatusOK, Reason: transport.Other,
		IsOwn: true, Message: message,
	}}
}

// notFound returns the platform's own failure, for calls that leave out what they do not find.
func (c *Client) notFound(code, message, method, path string) error {
	return &transport.Error{
		Platform: platform, Method: method, Path: path, Address: c.addressOf(path), Status: http.StatusOK, Reason: transport.NotFound, Code: code, Message: message,
	}
}

// addressOf returns the address that a call to the gateway asks.
func (c *Client) addressOf(path string) string {
	return transport.Read("GET", path).At(c.BaseURL).Address()
}
