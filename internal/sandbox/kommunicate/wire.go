package kommunicate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// envelope is how most endpoints answer, with HTTP status 200 for failures too:
// https://docs.kommunicate.io/docs/api-detail, "Change Conversation Assignee Responses".
type envelope struct {
	Status        string    `json:"status"`
	ErrorResponse []failure `json:"errorResponse,omitempty"`
	GeneratedAt   int64     `json:"generatedAt"`
	Response      any       `json:"response,omitempty"`
	Updated       bool      `json:"updated,omitempty"`
}

type failure struct {
	ErrorCode      string `json:"errorCode"`
	Description    string `json:"description"`
	DisplayMessage string `json:"displayMessage"`
}

// The failures that the vendor's pages show.
var (
	userNotFound  = failure{"AL-U-01", "user not found", "unable to process"}
	groupNotFound = failure{"AL-G-01", "group not found", "unable to process"}
	unauthorized  = failure{"AL-UN-01", "unauthorized user", "Unable to process"}
)

// The failures that answers of the backend show: a wrong method (2020-01), and a call without the credentials that it
// wants (2020-12-31). The vendor's pages have neither.
var (
	methodNotAllowed = failure{"AL-MA-01", "method not allowed", "The method is not supported for this call"}
	otherCredentials = failure{
		"AL-GE-01", "Application key or UserId as request body or device key as header not passed", "Unable to process",
	}
)

// inventedFailure returns a failure whose code is published nowhere. Its prefix tells it from a real one.
//
// Unverified: the code, and mostly the description.
func inventedFailure(code, description string) failure {
	return failure{"SIM-" + code, description, "unable to process"}
}

func (p *Platform) succeed(response any) sandbox.Reply {
	return sandbox.JSON(http.StatusOK, envelope{Status: "success", GeneratedAt: p.now(), Response: response})
}

func (p *Platform) fail(f failure) sandbox.Reply {
	return sandbox.JSON(http.StatusOK, envelope{Status: "error", GeneratedAt: p.now(), ErrorResponse: []failure{f}})
}

// badRequest answers what the backend cannot read, and complains.
//
// Unverified: status and body of the vendor's answer to malformed requests.
func (p *Platform) badRequest(req *sandbox.Request, format string, args ...any) sandbox.Reply {
	text := fmt.Sprintf(format, args...)
	req.Complain("%s", text)

	return sandbox.JSON(http.StatusBadRequest, envelope{
		Status: "error", GeneratedAt: p.now(), ErrorResponse: []failure{inventedFailure("BAD-REQUEST", text)},
	})
}

// htmlPage returns how the backend's server answers when the application never sees the request.
//
// Unverified: the page's text; SDKs only look for "<html".
func htmlPage(status int) sandbox.Reply {
	title := fmt.Sprintf("HTTP Status %d - %s", status, http.StatusText(status))

	return sandbox.Reply{
		Status: status,
		Header: http.Header{"Content-Type": {"text/html;charset=utf-8"}},
		Raw:    []byte("<!doctype html><html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>"),
	}
}

// gateway returns an answer of the gateway itself: it has no envelope.
//
// Unverified: the texts; the gateway was Kong with key authentication in 2019.
func gateway(status int, text string) sandbox.Reply {
	return sandbox.JSON(status, map[string]string{"message": text})
}

func noRoute() sandbox.Reply {
	return gateway(http.StatusNotFound, "no Route matched with those values")
}

// metadata holds strings only; the platform turns everything else into text.
type metadata struct {
	values map[string]string
	// odd are keys whose values the pages do not allow: they write strings, and booleans for SKIP_ROUTING and skipBot.
	odd []string
}

// UnmarshalJSON stores true as "true", 3 as "3" and an object as its JSON text.
func (m *metadata) UnmarshalJSON(raw []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return errors.New("metadata is not an object")
	}

	m.values = make(map[string]string, len(fields))
	for key, value := range fields {
		var text string

		err := json.Unmarshal(value, &text)
		switch {
		case string(value) == "null":
			m.odd = append(m.odd, key)
		case err == nil:
			m.values[key] = text
		default:
			var compact bytes.Buffer
			if err := json.Compact(&compact, value); err != nil {
				return err
			}

			m.values[key] = compact.String()

			text := compact.String()
			if text != "true" && text != "false" {
				m.odd = append(m.odd, key)
			}
		}
	}

	return nil
}

// merge puts the values over those of old, key by key: no call is known to remove one.
func (m metadata) merge(old map[string]string) {
	for key, value := range m.values {
		old[key] = value
	}
}

// check complains about values that only happen to work.
func (m metadata) check(req *sandbox.Request) {
	for _, key := range m.odd {
		req.Complain("metadata.%s is not a string", key)
	}
}

// decodeBody reads JSON into T. Unknown fields are complained about and ignored, as the backend's mapper does; a body that does
// not fit is answered.
//
// Unverified: that unknown fields are ignored.
func decodeBody[T any](p *Platform, req *sandbox.Request) (T, *sandbox.Reply) {
	var strict, lenient T
	if err := req.Decode(&strict); err == nil {
		name := misspelled(req.Raw, reflect.TypeFor[T]())
		if name != "" {
			req.Complain("field %q is not spelled as documented", name)
		}

		return strict, nil
	}

	media := req.Header.Get("Content-Type")
	if !strings.HasPrefix(media, "application/json") {
		reply := htmlPage(http.StatusUnsupportedMediaType)
		return lenient, &reply
	}

	if err := json.Unmarshal(req.Raw, &lenient); err != nil {
		reply := p.badRequest(req, "%v", err)
		return lenient, &reply
	}

	return lenient, nil
}

// misspelled finds a key that Go's decoder takes only because it ignores case.
func misspelled(raw []byte, t reflect.Type) string {
	var fields map[string]json.RawMessage
	if t.Kind() != reflect.Struct || json.Unmarshal(raw, &fields) != nil {
		return ""
	}

	known := map[string]bool{}

	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		known[name] = true
	}

	for key := range fields {
		if !known[key] {
			return key
		}
	}

	return ""
}

// queryFlag reads a boolean of the query; the pages write both `True` and `false`.
func queryFlag(req *sandbox.Request, name string, otherwise bool) bool {
	text := req.URL.Query().Get(name)
	if text == "" {
		return otherwise
	}

	value, err := strconv.ParseBool(strings.ToLower(text))
	if err != nil {
		req.Complain("query parameter %s=%q is not a boolean", name, text)
		return otherwise
	}

	return value
}

// queryNumber reads a whole number of the query.
func queryNumber(req *sandbox.Request, name string, otherwise int64) int64 {
	text := req.URL.Query().Get(name)
	if text == "" {
		return otherwise
	}

	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < 0 {
		req.Complain("query parameter %s=%q is not a number", name, text)
		return otherwise
	}

	return value
}
