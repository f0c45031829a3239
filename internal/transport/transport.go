// Package transport is the only one that talks HTTP. A call passes through a stack of layers, each a file of its own;
// what a platform adds is how it signs, how it says that something failed, and how long it wants callers to wait.
package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Sender sends a call and returns the answer with its body read. Layers wrap a Sender in a Sender. They decide by the
// call's kind, not by its verb, which is why they do not wrap http.RoundTripper.
type Sender interface {
	Send(ctx context.Context, call *Call) (*Response, error)
}

// Response is a complete answer.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Config is what a platform tells about itself.
type Config struct {
	// Platform is its name in errors and logs.
	Platform string
	// Base is the address that paths are relative to.
	Base *url.URL
	// UserAgent names the provider and its version.
	UserAgent string
	// Timeout bounds one attempt, body included.
	Timeout time.Duration
	// MaxRetries is how often a call may be repeated.
	MaxRetries int
	// RequestsPerSecond paces all calls together; 0 does not.
	RequestsPerSecond float64
	// Classify turns an answer that is a failure into an *Error, and nil otherwise. It fills in what the platform says:
	// Reason, Code, Message, Fields, RetryAfter. Nil takes the HTTP status alone.
	Classify func(call *Call, response *Response) *Error
	// RequestID finds the platform's own id of a request, to quote to its support.
	RequestID func(header http.Header) string
	// Window is how long to wait after a 429 that does not say; nil leaves it to the backoff.
	Window func(now time.Time) time.Duration
	// Sign adds credentials to what it wraps.
	Sign func(next Sender) Sender
	// Observe sees the headers of every answer, and returns what the log should say of them: the rest of a quota.
	Observe func(header http.Header) map[string]any
	// Redact lists JSON fields whose values never reach a log.
	Redact []string
	// LogBodies writes bodies to the log at level TRACE. It is a setting because encoding them costs even when nobody
	// reads them.
	LogBodies bool
	// HTTP sends requests; nil is a pool of this client's own.
	HTTP http.RoundTripper
	// Refuse makes every call fail with it, before anything is sent: for a client that must exist although what it needs
	// is not known yet.
	Refuse error
}

// New builds the stack, innermost layer first.
func New(c Config) Sender {
	gate := &gate{}

	var s Sender = newWire(c)
	if c.Sign != nil {
		s = c.Sign(s) // Innermost, so that the log above never sees credentials, in either direction.
	}

	s = &logged{next: s, platform: c.Platform, bodies: c.LogBodies, redact: redaction(c.Redact), requestID: c.RequestID, observe: c.Observe}
	s = newLimit(s, c.RequestsPerSecond, gate)                                               // Above the log: waiting is not part of a request's duration.
	s = &classified{next: s, config: c}                                                      // Inside retry: a 200 that means "slow down" is repeated too.
	s = &retry{next: s, max: c.MaxRetries, timeout: c.Timeout, window: c.Window, gate: gate} // Inside share: those who share also share its attempts.

	return &share{next: s, config: c}
}

// Do sends the call and decodes a JSON answer.
func Do[T any](ctx context.Context, s Sender, call Call) (T, error) {
	var value T

	response, err := s.Send(ctx, &call)
	if err != nil {
		return value, err
	}

	if err := Decode(&call, response, &value); err != nil {
		var none T
		return none, err
	}

	return value, nil
}

// Run sends a call whose answer is not needed.
func Run(ctx context.Context, s Sender, call Call) error {
	_, err := s.Send(ctx, &call)
	return err
}

// Decode reads the JSON body of an answer. Null and nothing are errors too: where an object was promised, an empty one
// must never reach the state.
func Decode(call *Call, response *Response, value any) error {
	problem := ""

	err := json.Unmarshal(response.Body, value)
	switch {
	case len(bytes.TrimSpace(response.Body)) == 0:
		problem = "JSON was expected"
	case err != nil:
		problem = fmt.Sprintf("the answer is not the JSON that was expected (%s)", mismatch(err))
	case string(response.Body) == "null":
		problem = "an object was expected"
	default:
		return nil
	}

	return Malformed(call, response, problem)
}

// mismatch says what is wrong with JSON, without the names of types of this program.
func mismatch(err error) string {
	var kind *json.UnmarshalTypeError
	if !errors.As(err, &kind) {
		return err.Error()
	}

	what, _, _ := strings.Cut(kind.Value, " ")
	if kind.Field == "" {
		return "it is of the type " + what
	}

	return kind.Field + " is of the type " + what
}

// Malformed is the error for an answer that is a success by its status and not what the platform promises.
func Malformed(call *Call, response *Response, problem string) *Error {
	return &Error{
		Method: call.Method, Path: call.Path, Status: response.Status, Header: response.Header,
		Platform: call.platform, RequestID: call.requestID(response.Header),
		Reason: Unusable, Message: problem + excerpt(response), Lost: call.Kind == KindCreate,
	}
}
