package transport

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Reason is what a failure means, whatever words and numbers the platform used for it.
type Reason int

const (
	// Other failures are final and have no special meaning here.
	Other Reason = iota
	// NotFound says that the object is not there.
	NotFound
	// Conflict says that a key is taken.
	Conflict
	// Unauthorized says that the credential is not good enough.
	Unauthorized
	// Invalid says that the platform refused what was sent.
	Invalid
	// Throttled says that the call came too early.
	Throttled
	// Exhausted says that a quota is used up that is not worth waiting for.
	Exhausted
	// Unavailable says that the platform could not be reached or could not answer: another attempt may help.
	Unavailable
	// Unusable says that an answer came which cannot be what the platform meant.
	Unusable
	// NotConnected says that no connection can be made as it is configured: another attempt does not help.
	NotConnected
)

// Error is a call that failed.
type Error struct {
	Platform string
	Method   string
	Path     string
	// Address is what was asked, without the query; "" if nothing was.
	Address string
	// Base is the platform's base address.
	Base string
	// Everywhere says that every other object fails for the same reason: the credential, the account, the connection.
	Everywhere bool
	// Status is the HTTP status, 0 if no answer came.
	Status int
	Header http.Header
	Reason Reason
	// Code is the platform's own, if it has any.
	Code string
	// Message is what the platform said, or what this side says about the answer if IsOwn is set.
	Message string
	// IsOwn is true if the message is not the platform's.
	IsOwn bool
	// Fields are the platform's messages on single fields, by its names for them.
	Fields map[string]string
	// RequestID is what the platform's support asks for.
	RequestID string
	// RetryAfter is how long the platform asked to wait, 0 if it did not.
	RetryAfter time.Duration
	// mayRetryNow is true if the platform asked not to wait at all.
	mayRetryNow bool
	// Advice is what to do next, where the platform's client knows better than the reason alone tells.
	Advice string
	// CredentialAdvice says what to check if the credential is refused.
	CredentialAdvice string
	// Unsent says that the call certainly had no effect.
	Unsent bool
	// Lost says that a create may have taken effect although its answer did not arrive.
	Lost bool
	// Attempts is how often the call was sent.
	Attempts int
	// Err is the cause on this side.
	Err error
}

// Error says what failed and what the platform said, on one line.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s: ", e.Platform, e.Method, e.Path)

	switch {
	case e.Code != "" && e.Message != "":
		fmt.Fprintf(&b, "%s: %s", e.Code, e.Message)
	case e.Message != "":
		b.WriteString(e.Message)
	case e.Code != "":
		b.WriteString(e.Code)
	case e.Err != nil:
		b.WriteString(e.Err.Error())
	default:
		b.WriteString("no reason given")
	}

	if e.Status != 0 {
		fmt.Fprintf(&b, " (HTTP %d", e.Status)

		if e.RequestID != "" {
			fmt.Fprintf(&b, ", request %s", e.RequestID)
		}

		b.WriteString(")")
	}

	return b.String()
}

// Refusal is why a client sends nothing: what it needs is missing, or not known yet.
type Refusal struct{ Summary, Detail string }

// Error says why nothing is sent.
func (r *Refusal) Error() string { return r.Summary + ": " + r.Detail }

// Unwrap returns the cause on this side.
func (e *Error) Unwrap() error { return e.Err }

// As returns the call's failure in err's chain, or nil.
func As(err error) *Error {
	var failure *Error
	if errors.As(err, &failure) {
		return failure
	}

	return nil
}

func is(err error, reason Reason) bool {
	failure := As(err)
	return failure != nil && failure.Reason == reason
}

// IsNotFound reports whether the platform has no such object.
func IsNotFound(err error) bool { return is(err, NotFound) }

// IsConflict reports whether a key is taken.
func IsConflict(err error) bool { return is(err, Conflict) }

// IsUnauthorized reports whether the platform refused the credential, or what it may do.
func IsUnauthorized(err error) bool { return is(err, Unauthorized) }

// IsLost reports whether a create may have taken effect although it failed.
func IsLost(err error) bool {
	failure := As(err)
	return failure != nil && failure.Lost
}

// secretNames is what fields are called whose values are secrets, on whichever platform.
const secretNames = `token|secret|password|passwd|credential|authorization|hmac|(?:api|user|device|private)_?key`

var (
	// secretName tells the name of such a field.
	secretName = regexp.MustCompile(`(?i)` + secretNames)
	// secret finds the values of such fields in JSON, also in JSON that broke off.
	secret = regexp.MustCompile(`(?i)("[\w-]*(?:` + secretNames + `)[\w-]*"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[^\s,}\]"]+)`)
)

// excerpt quotes the beginning of a body, for an answer that is not what it should be. It is not known what is in such a body,
// and errors are printed and pasted: values that are named like secrets are left out.
func excerpt(response *Response) string {
	const most = 20_000

	text := strings.Join(strings.Fields(strings.ToValidUTF8(string(response.Body[:min(len(response.Body), most)]), "?")), " ")
	text = secret.ReplaceAllString(text, `$1"(redacted)"`)

	if text == "" {
		return ", and the answer is empty"
	}

	return ": " + text // It is cut after the known secrets are taken out: half of one is a secret, too.
}
