// Package transport is the only one that talks HTTP. A call passes through a stack of layers, each a file of its own;
// what a platform adds is how it signs, how it says that something failed, and how long it wants callers to wait.
package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
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
	// MaxRetries is how often a call may be repeated; a negative number is no limit.
	MaxRetries int
	// RetryTimeout is for how long a call is repeated; 0 is no limit. What the platform asks to wait does not count.
	RetryTimeout time.Duration
	// Waiting counts what the platform's limits cost.
	Waiting *Waiting
	// RequestsPerSecond paces all calls together; 0 does not.
	RequestsPerSecond float64
	// Classify turns an answer that is a failure into an *Error, and nil otherwise. It fills in what the platform says:
	// Reason, Code, Message, Fields, RetryAfter. Nil takes the HTTP status alone.
	Classify func(call *Call, response *Response) *Error
	// CredentialAdvice says what to check when the platform refuses the credential.
	CredentialAdvice string
	// CredentialStatus is the HTTP status that refuses the credential and nothing else, 0 if there is none.
	CredentialStatus int
	// RequestID finds the platform's own id of a request, to quote to its support.
	RequestID func(header http.Header) string
	// Window is how long to wait after a 429 that does not say; nil leaves it to the backoff.
	Window func(now time.Time) time.Duration
	// Sign adds credentials to what it wraps.
	Sign func(next Sender) Sender
	// Observe sees the headers of every answer, and returns what the log should say of them: the rest of a quota.
	Observe func(header http.Header) map[string]any
	// Redact lists JSON fields whose values never reach a log: "password" wherever it stands, "webhook.url" in an object of that name.
	Redact []string
	// Secrets are values that no error and no log may show.
	Secrets []string
	// Log writes a line for each attempt. It is a setting because building one costs even when it is not read.
	Log bool
	// LogBodies writes bodies to the log at level TRACE. It is a setting because encoding them costs even when no one
	// reads them.
	LogBodies bool
	// Network is how the platform is reached. It has no effect on HTTP.
	Network Network
	// HTTP sends requests; nil is a pool of this client's own.
	HTTP http.RoundTripper
	// Refuse makes every call fail with it, before anything is sent: for a client that must exist although what it needs
	// is missing, or not known yet. It is a *Refusal.
	Refuse error
}

// New builds the stack, innermost layer first.
func New(c Config) Sender {
	gate := &gate{}
	hidden := &secrets{}
	hidden.add(c.Secrets...)

	for _, values := range c.Network.Header {
		hidden.add(values...)
	}

	named := redaction(c.Redact)

	var s Sender = newWire(c)
	if c.Sign != nil {
		s = c.Sign(learning{s, hidden}) // Innermost, so that the log above never sees credentials, in either direction.
	}

	if c.Log {
		s = &logged{next: s, platform: c.Platform, bodies: c.LogBodies, isSecret: named, hidden: hidden, requestID: c.RequestID, observe: c.Observe}
	}

	s = newLimit(s, c.RequestsPerSecond, gate)                           // Above the log: waiting is not part of a request's duration.
	s = &classified{next: s, config: c, isSecret: named, hidden: hidden} // Inside retry: a 200 that means "slow down" is repeated too.
	s = &retry{next: s, config: c, gate: gate}                           // Inside share: those who share also share its attempts.

	return &share{next: s, config: c, hidden: hidden, isSecret: named}
}

// learning adds the credentials that signing puts on a call to the known secrets: some are handed out by the platform.
type learning struct {
	next   Sender
	hidden *secrets
}

func (l learning) Send(ctx context.Context, call *Call) (*Response, error) {
	for _, name := range call.signature {
		l.hidden.addOnce(call.Header.Get(name))
	}

	return l.next.Send(ctx, call)
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

	err := wirejson.Check(response.Body)
	if err == nil {
		err = json.Unmarshal(response.Body, value)
	}

	switch {
	case len(bytes.TrimSpace(response.Body)) == 0:
		problem = "JSON was expected"
	case err != nil:
		problem = fmt.Sprintf("the answer is not the JSON that was expected (%s)", wirejson.Mismatch(err))
	case string(response.Body) == "null":
		problem = "an object was expected"
	default:
		return nil
	}

	return Malformed(call, response, problem)
}

// Malformed is the error for an answer that is a success by its status and not what the platform promises. JSON is not
// quoted: it may be about other people.
func Malformed(call *Call, response *Response, problem string) *Error {
	if !isJSON(response.Body) {
		problem += excerpt(response)
	}

	failure := &Error{
		Method: call.Method, Path: call.Path, Address: call.address, Status: response.Status, Header: response.Header,
		Platform: call.platform, RequestID: call.requestID(response.Header),
		Reason: Unusable, IsOwn: true, Message: problem, Lost: call.Kind == KindCreate,
	}

	hidden := call.hidden
	if hidden == nil { // Of a call that no client has sent.
		hidden, call.isSecret = &secrets{}, redaction(nil)
	}

	hidden.clean(failure, secretsIn(call.Body, call.isSecret)...)

	return failure
}

func isJSON(body []byte) bool {
	trimmed := bytes.TrimSpace(body)
	return len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '[')
}
