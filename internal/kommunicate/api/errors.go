package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// The vendor's codes; https://docs.kommunicate.io/docs/api-detail shows the first two, the backend's pages the third.
const (
	codeUserNotFound  = "AL-U-01"
	codeGroupNotFound = "AL-G-01"
	codeUnauthorized  = "AL-UN-01"
	// codeEngaged comes as a success, although nobody was assigned.
	codeEngaged = "AGENT_IS_ALREADY_ENGAGED"
)

// reasons says what the vendor's codes mean. There is no complete public list.
var reasons = map[string]transport.Reason{
	codeUserNotFound:        transport.NotFound,
	codeGroupNotFound:       transport.NotFound,
	codeUnauthorized:        transport.Unauthorized,
	"CONVERSATION_CLOSED":   transport.Invalid,
	"BUSY_WITH_OTHER":       transport.Invalid,
	"INVALID_PARAMETER":     transport.Invalid,
	"INVALID_APPLICATIONID": transport.Invalid,
	"PASSWORD_INVALID":      transport.Invalid,
	"PASSWORD_REQUIRED":     transport.Invalid,
}

// taken are descriptions of failures whose codes nobody has published.
//
// Unverified: the first is what the vendor's web client looks for, the second is its likely twin.
var taken = map[string]bool{"group already exists": true, "user already exists": true}

// explained are codes whose own words are not enough.
var explained = map[string]string{
	codeEngaged:             "the agent already handles as many conversations as the account allows; the assignee stays who it was",
	"error":                 "the platform answered only `error`",
	"CONVERSATION_CLOSED":   "the conversation is closed",
	"BUSY_WITH_OTHER":       "the receiver is busy with another conversation",
	"INVALID_PARAMETER":     "a parameter of the registration is not allowed; keys of metadata may have 30 characters at most",
	"INVALID_APPLICATIONID": "the application id is not known; check kommunicate.application_id",
	"PASSWORD_INVALID":      "the user exists with another password",
	"PASSWORD_REQUIRED":     "the user exists with a password, and none was given",
}

// classify finds the failures among the answers. They come with status 200 as a rule: in an envelope, as one word of
// plain text, or as a success that did nothing. HTML pages and what has no envelope are judged by the HTTP status.
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

		message := first.Description
		if message == "" {
			message = first.DisplayMessage
		}

		return failed(call, first.ErrorCode, message, response.Status)
	case strings.EqualFold(answer.Status, "error"):
		return failed(call, "", "the platform reported an error and no reason", response.Status)
	case text(answer.Response) == codeEngaged:
		return failed(call, codeEngaged, "", response.Status)
	case strings.HasSuffix(call.Path, "/register/client") && explained[text(answer.Message)] != "":
		return failed(call, text(answer.Message), "", response.Status)
	}

	return nil
}

// classifyText judges answers that are not JSON: messages are sent and deleted with a single word.
func classifyText(response *transport.Response) *transport.Error {
	if response.Status >= 300 {
		return nil
	}

	word := strings.Trim(strings.TrimSpace(string(response.Body)), `"`)
	switch {
	case strings.EqualFold(word, "UnAuthorized Access"):
		return &transport.Error{Reason: transport.Unauthorized, Message: word}
	case strings.EqualFold(word, "error"):
		return &transport.Error{Reason: transport.Other, Code: "error", Message: explained["error"]}
	case explained[word] != "":
		return &transport.Error{Reason: reasons[word], Code: word, Message: explained[word]}
	}

	return nil
}

func failed(call *transport.Call, code, message string, status int) *transport.Error {
	failure := &transport.Error{Code: code, Message: message, Reason: reasons[code]}
	if explained[code] != "" {
		failure.Message = explained[code]
	}

	switch {
	case taken[strings.ToLower(strings.TrimSpace(message))]:
		failure.Reason = transport.Conflict
	case code == codeUserNotFound && !strings.Contains(call.Path, "/ws/user/"):
		// Calls on conversations name several people, and that one of them is not there does not mean that the
		// conversation is gone.
		failure.Reason = transport.Invalid
		failure.Message = cmp.Or(message, "user not found") + ": one of those named in the request, be it the acting user, the assignee, a member or the sender, is not in this application or may not be used here"
	case failure.Reason == transport.Other && status >= 300:
		failure.Reason = transport.ReasonOf(status)
		if failure.Reason == transport.NotFound {
			failure.Reason = transport.Unusable
		}
	}

	return failure
}

// text is a JSON string's content, and empty for everything else.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}

	return s
}

// hasCode says that the platform itself gave the reason.
func hasCode(err error, code string) bool {
	failure := transport.As(err)
	return failure != nil && failure.Code == code
}

// IsEngaged says that an agent was not assigned because of the account's handling limit.
func IsEngaged(err error) bool { return hasCode(err, codeEngaged) }

// IsNotAdmin says that only the conversation's admin may do this.
func IsNotAdmin(err error) bool { return hasCode(err, codeUnauthorized) }

// IsUnknownUser says that a call named a user, as actor or otherwise, who is not there.
func IsUnknownUser(err error) bool { return hasCode(err, codeUserNotFound) }

// isRefused says that no handler of the platform saw the request: the gateway does not know the path, or does not serve
// it to this key.
func isRefused(err error) bool {
	failure := transport.As(err)
	return failure != nil && failure.Code == "" && (failure.Reason == transport.Unauthorized || failure.Status == http.StatusNotFound)
}

// isBusy says that another request would meet the same trouble.
func isBusy(err error) bool {
	failure := transport.As(err)
	return failure != nil && (failure.Reason == transport.Unavailable || failure.Reason == transport.Throttled || failure.Reason == transport.Exhausted)
}

// refusedError says that the key is good and the platform still does not serve it a path that no page documents.
type refusedError struct{ err error }

func (e *refusedError) Error() string { return e.err.Error() }

func (e *refusedError) Unwrap() error { return e.err }

// IsUnreadable says that the platform takes the key, but does not let it read or do this. Nothing is known about the
// object then: least of all that it is gone.
func IsUnreadable(err error) bool {
	var refused *refusedError
	return errors.As(err, &refused)
}

// notFound is the platform's own failure, for calls that leave out what they do not find.
func notFound(code, message, method, path string) error {
	return &transport.Error{
		Platform: platform, Method: method, Path: path, Status: http.StatusOK, Reason: transport.NotFound, Code: code, Message: message,
	}
}
