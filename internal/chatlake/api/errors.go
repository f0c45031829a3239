package api

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/permission"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// refusal is every shape in which the server says no: {"error": "..."} most often, {"message", "attributes"} for a failed
// validation, {"errors": [...]} without a token, {"error": {"conditions": [...]}} for rules, and {"status", "error"} from
// the framework underneath.
type refusal struct {
	Status     int             `json:"status"`
	Error      json.RawMessage `json:"error"`
	Errors     []string        `json:"errors"`
	Message    string          `json:"message"`
	Attributes []string        `json:"attributes"`
}

// flooded ends the refusal of a conversation that got as many messages as it may within a minute. It is the same in every
// language.
const flooded = "Too many messages"

// classify tells what an answer of the server means. The sentences follow the language of the token's user, so nothing
// here looks into them, but for the one that has no other mark.
func classify(call *transport.Call, response *transport.Response) *transport.Error {
	if response.Status < http.StatusMultipleChoices {
		return nil
	}

	if response.Status == http.StatusTooManyRequests {
		// Plain text, and no Retry-After.
		return &transport.Error{Reason: transport.Throttled, Message: "too many requests"}
	}

	if response.Status == http.StatusNotFound && len(response.Body) == 0 && silent(call) {
		return &transport.Error{Reason: transport.NotFound, Message: "no such object"}
	}

	var said refusal
	if transport.IsHTML(response) || json.Unmarshal(response.Body, &said) != nil {
		return nil //nolint:nilerr // What is not the server's own words is judged by its status.
	}

	failure := &transport.Error{Reason: reasonOf(call, response, &said), Message: said.text(), Fields: said.fields()}
	if failure.Message == "" {
		return nil
	}

	if failure.Reason == transport.Unauthorized {
		failure.Advice = adviseOn(call)
	}

	if failure.Reason == transport.Invalid && strings.HasSuffix(failure.Message, flooded) {
		failure.Reason = transport.Throttled
	}

	return failure
}

// adviseOn says whose token a call needs. The server answers a wrong token and a token without the right alike, but for a
// sentence in the user's language.
func adviseOn(call *transport.Call) string {
	advice := "Check chatlake.api_access_token (Profile settings > Access Token) and chatlake.account_id"

	entry, ok := typeOf(call)
	if !ok {
		return advice + "."
	}

	role := entry.Write

	switch {
	case call.Kind == transport.KindRead:
		role = entry.Read
	case call.Method == http.MethodDelete && entry.Destroy != "":
		role = entry.Destroy
	}

	return fmt.Sprintf("%s. The token has to be that of %s.", advice, role.Who())
}

// typeOf returns what package permission says about the objects that a call is about.
func typeOf(call *transport.Call) (permission.Type, bool) {
	below, isInAccount := strings.CutPrefix(call.Path, "/api/v1/accounts/")
	if !isInAccount {
		below, isInAccount = strings.CutPrefix(call.Path, "/api/v2/accounts/")
	}

	if !isInAccount {
		return permission.Type{}, false
	}

	_, path, _ := strings.Cut(below, "/")

	return permission.At(path)
}

// silent reports whether the endpoint tells that an object is missing with a 404 and no body.
func silent(call *transport.Call) bool {
	return strings.HasSuffix(call.Path, "/contact_inboxes/filter") || strings.Contains(call.Path, "/macros/")
}

func reasonOf(call *transport.Call, response *transport.Response, said *refusal) transport.Reason {
	switch response.Status {
	case http.StatusNotFound:
		if said.Status != 0 {
			// The framework's own 404: there is no such path. A wrong base address, or a server that is too old, must not
			// read as "the object is gone".
			return transport.Unusable
		}

		return transport.NotFound
	case http.StatusPaymentRequired:
		return transport.Other
	case http.StatusForbidden:
		return transport.Invalid // A feature that is off, or the wrong kind of inbox. Who may not do something gets 401.
	case http.StatusInternalServerError:
		asksForApp := strings.Contains(call.Path, appsPath+"/") // The server crashes over an app that it does not have.
		if call.Kind == transport.KindRead && !asksForApp || setsPart(call) {
			return transport.Unavailable // A slow query that was cut off, or an object that is being taken apart.
		}

		return transport.Other
	default:
		return transport.ReasonOf(response.Status)
	}
}

// setsPart reports whether a call sets a part of an object that is there, such as the labels of a contact. The server
// answers 500 if it cannot announce the change. Repeated, the call finishes a new object that would be tainted otherwise.
func setsPart(call *transport.Call) bool {
	if call.Kind != transport.KindWrite || call.Method == http.MethodDelete {
		return false
	}

	parts := []string{"/labels", "/team_members", "/inbox_members", "/set_agent_bot", "/assignments", "/toggle_status", "/toggle_priority"}

	return slices.ContainsFunc(parts, func(part string) bool { return strings.HasSuffix(call.Path, part) })
}

func (r *refusal) text() string {
	if r.Message != "" {
		return r.Message
	}

	if len(r.Errors) > 0 {
		return strings.Join(r.Errors, ", ")
	}

	var sentence string
	if json.Unmarshal(r.Error, &sentence) == nil {
		return sentence
	}

	columns := r.columns()
	if len(columns) > 0 {
		var sentences []string
		for _, column := range slices.Sorted(maps.Keys(columns)) {
			sentences = append(sentences, columns[column]...)
		}

		return strings.Join(sentences, " ")
	}

	if string(r.Error) == "{}" {
		return "the server gave no reason" // So it does for everything that is no failed validation.
	}

	return string(r.Error)
}

// columns are the sentences about each column of a rule or macro.
func (r *refusal) columns() map[string][]string {
	var columns map[string][]string
	if json.Unmarshal(r.Error, &columns) != nil {
		return nil
	}

	return columns
}

// fields gives each attribute that failed its sentence: the message holds them joined, in the order of the attributes.
func (r *refusal) fields() map[string]string {
	columns := r.columns()
	if len(columns) > 0 {
		fields := make(map[string]string, len(columns))
		for column, sentences := range columns {
			fields[column] = strings.Join(sentences, " ")
		}

		return fields
	}

	if len(r.Attributes) == 0 || r.Message == "" {
		return nil
	}

	sentences := strings.Split(r.Message, ", ")

	fields := make(map[string]string, len(r.Attributes))
	for i, attribute := range r.Attributes {
		switch {
		case len(sentences) != len(r.Attributes):
			fields[attribute] = r.Message
		case fields[attribute] != "":
			fields[attribute] += ", " + sentences[i]
		default:
			fields[attribute] = sentences[i]
		}
	}

	return fields
}

// nextMinute is how long to wait after a 429: the server counts in clock minutes.
func nextMinute(now time.Time) time.Duration {
	return now.Truncate(time.Minute).Add(time.Minute + time.Second).Sub(now)
}

// requestID is what the server's log calls the request.
func requestID(header http.Header) string { return header.Get("X-Request-Id") }

// unusable returns the error for an answer that reports success and is not what the server documents.
func unusable(call transport.Call, problem string) *transport.Error {
	return &transport.Error{
		Platform: "Chatlake", Method: call.Method, Path: call.Path, Address: call.Address(), Status: http.StatusOK, Reason: transport.Unusable,
		IsOwn: true, Message: problem, Lost: call.Kind == transport.KindCreate,
	}
}

// missing returns the error for an object that its list does not show.
func missing(noun string, call transport.Call, id ID) error {
	return &transport.Error{
		Platform: "Chatlake", Method: call.Method, Path: call.Path, Address: call.Address(), Status: http.StatusOK, Reason: transport.NotFound,
		IsOwn: true, Message: fmt.Sprintf("there is no %s %s", noun, id),
	}
}

// notFoundAfterCrash turns a crash into not found if the object is not in the list: the server answers 500 for some kinds
// of object that do not exist. Any other error stays as it is.
func notFoundAfterCrash[V Identified](ctx context.Context, list *rowList[V], id ID, err error) error {
	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusInternalServerError {
		return err
	}

	list.Drop()

	_, gone := list.Get(ctx, id)
	if transport.IsNotFound(gone) {
		return gone
	}

	return err
}

// explainCrash adds what a server probably crashed over, on the field of the request: it does not refuse some choices that
// it does not know.
func explainCrash(err error, field, reason string) error {
	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusInternalServerError {
		return err
	}

	own := *failure
	own.Fields = map[string]string{field: reason}

	return &own
}
