package transport

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// classified tells failures from successes. It sits inside retry, so that a failure dressed as a success is repeated
// like any other, and outside limit, which needs no opinion.
type classified struct {
	next     Sender
	config   Config
	isSecret func(object, name string) bool
	hidden   *secrets
}

func (c *classified) Send(ctx context.Context, call *Call) (*Response, error) {
	if err := cmp.Or(c.config.Refuse, call.err); err != nil {
		return nil, noted(ctx, &Error{
			Platform: call.platform, Method: call.Method, Path: call.Path, Reason: Invalid, Unsent: true, Err: err,
			Everywhere: c.config.Refuse != nil,
		})
	}

	response, err := c.next.Send(ctx, call)

	failure := c.judge(call, response, err)
	if failure == nil {
		return response, err
	}

	failure.Platform = call.platform

	if c.config.Base != nil {
		failure.Base = c.config.Base.String()
	}

	switch {
	case failure.Path == "":
		failure.Method, failure.Path, failure.Address = call.Method, call.Path, call.address
	case failure.Address == "" && c.config.Base != nil: // It is about another request, such as the one for a token.
		failure.Address = c.config.Base.JoinPath(failure.Path).String()
	}

	// A write may be a later step of a change, which its error has to name.
	failure.Everywhere = call.Kind != KindWrite && (failure.Everywhere || c.isEverywhere(failure))
	failure.CredentialAdvice = c.config.CredentialAdvice
	failure.Advice = adviceFor(failure.Advice, call.platform)

	if failure.RetryAfter == 0 {
		failure.RetryAfter, failure.mayRetryNow = retryAfter(failure.Header, time.Now())
	}

	if failure.Status == http.StatusBadRequest && failure.IsOwn && failure.Advice == "" && c.config.Base != nil && c.config.Base.Scheme == "http" {
		failure.Advice = adviceFor("If the server expects TLS at this port, {platform}.base_url has to begin with https://.", call.platform)
	}

	c.hidden.clean(failure, secretsIn(call.Body, c.isSecret)...)

	return nil, noted(ctx, failure)
}

// isEverywhere reports whether every other object fails for the same reason.
func (c *classified) isEverywhere(failure *Error) bool {
	switch failure.Reason {
	case NotConnected:
		return true
	case Unavailable:
		return failure.Unsent && failure.Status == 0 && !errors.Is(failure.Err, context.Canceled)
	case Unauthorized:
		return failure.Status != 0 && failure.Status == c.config.CredentialStatus
	default:
		return false
	}
}

// judge returns the failure of an attempt, or nil.
func (c *classified) judge(call *Call, response *Response, err error) *Error {
	if err != nil {
		shared := As(err)
		if shared == nil {
			return nil
		}

		own := *shared // A failed token is one error for all who waited for it.
		own.Fields = maps.Clone(shared.Fields)

		return &own
	}

	var failure *Error
	if c.config.Classify != nil {
		failure = c.config.Classify(call, response)
	}

	if failure == nil {
		failure = byStatus(response)
	}

	if failure != nil {
		failure.Status, failure.Header, failure.RequestID = response.Status, response.Header, call.requestID(response.Header)
	}

	return failure
}

// ReasonOf is what an HTTP status means where the platform says nothing else.
func ReasonOf(status int) Reason {
	switch status {
	case http.StatusNotFound, http.StatusGone:
		return NotFound
	case http.StatusConflict:
		return Conflict
	case http.StatusUnauthorized, http.StatusForbidden:
		return Unauthorized
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return Invalid
	case http.StatusTooManyRequests:
		return Throttled
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return Unavailable
	default:
		return Other
	}
}

// IsHTML reports whether a page came where data was expected: a proxy, a maintenance page, a wrong address.
func IsHTML(response *Response) bool {
	return strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") ||
		bytes.HasPrefix(bytes.ToLower(bytes.TrimSpace(response.Body)), []byte("<html")) ||
		bytes.HasPrefix(bytes.ToLower(bytes.TrimSpace(response.Body)), []byte("<!doctype"))
}

// byStatus judges by what every HTTP server means.
func byStatus(response *Response) *Error {
	switch {
	case response.Status == http.StatusProxyAuthRequired:
		message, advice := adviseOnProxy(proxyRefusal{response.Status})
		return &Error{Reason: NotConnected, Unsent: true, IsOwn: true, Message: message, Advice: advice}
	case IsHTML(response):
		failure := &Error{Reason: ReasonOf(response.Status), IsOwn: true, Message: "an HTML page came instead of data" + excerpt(response)}
		if response.Status < 300 || response.Status >= 500 {
			failure.Reason = Unavailable
		}

		if response.Status == http.StatusNotFound {
			// The platform's own "not found" is data. A page means that the path is unknown there: a wrong base address
			// must not read as "everything is gone".
			failure.Reason = Unusable
		}

		return failure
	case response.Status >= 300:
		failure := &Error{Reason: ReasonOf(response.Status), IsOwn: true, Message: "the request was refused" + excerpt(response)}
		if failure.Reason == NotFound {
			// Only the platform's own words, which Classify knows, may say that an object is gone.
			failure.Reason = Unusable
		}

		return failure
	default:
		return nil
	}
}

// retryAfter reads the header in both its forms, seconds and a date. It reports whether the platform said that now is fine:
// with 0, a negative number, or a date that is past.
func retryAfter(header http.Header, now time.Time) (wait time.Duration, isNow bool) {
	value := header.Get("Retry-After")

	if seconds, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(seconds) {
		const longest = 1e6 // Seconds. More would not fit in a duration.

		return max(0, time.Duration(min(seconds, longest)*float64(time.Second))), seconds <= 0
	}

	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now)), !at.After(now)
	}

	return 0, false
}
