package transport

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// classified tells failures from successes. It sits inside retry, so that a failure dressed as a success is repeated
// like any other, and outside limit, which needs no opinion.
type classified struct {
	next   Sender
	config Config
}

func (c *classified) Send(ctx context.Context, call *Call) (*Response, error) {
	if err := cmp.Or(c.config.Refuse, call.err); err != nil {
		return nil, &Error{Platform: call.platform, Method: call.Method, Path: call.Path, Reason: Invalid, Unsent: true, Err: err}
	}

	response, err := c.next.Send(ctx, call)
	if err != nil {
		failure := As(err)
		if failure != nil {
			own := *failure // A failed token is one error for all who waited for it.
			own.Platform = call.platform
			own.Method, own.Path = cmp.Or(own.Method, call.Method), cmp.Or(own.Path, call.Path) // The token has a request of its own.
			own.RetryAfter = cmp.Or(own.RetryAfter, retryAfter(own.Header, time.Now()))

			return nil, &own
		}

		return nil, err
	}

	var failure *Error
	if c.config.Classify != nil {
		failure = c.config.Classify(call, response)
	}

	if failure == nil {
		failure = byStatus(response)
	}

	if failure == nil {
		return response, nil
	}

	failure.Platform, failure.Method, failure.Path = call.platform, call.Method, call.Path

	failure.Status, failure.Header, failure.RequestID = response.Status, response.Header, call.requestID(response.Header)
	if failure.RetryAfter == 0 {
		failure.RetryAfter = retryAfter(response.Header, time.Now())
	}

	return nil, failure
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

// IsHTML says that a page came where data was expected: a proxy, a maintenance page, a wrong address.
func IsHTML(response *Response) bool {
	return strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") ||
		bytes.HasPrefix(bytes.ToLower(bytes.TrimSpace(response.Body)), []byte("<html")) ||
		bytes.HasPrefix(bytes.ToLower(bytes.TrimSpace(response.Body)), []byte("<!doctype"))
}

// byStatus judges by what every HTTP server means.
func byStatus(response *Response) *Error {
	switch {
	case IsHTML(response):
		failure := &Error{Reason: ReasonOf(response.Status), Message: "an HTML page came instead of data" + excerpt(response)}
		if response.Status < 300 || response.Status >= 500 {
			failure.Reason = Unavailable
		}

		if response.Status == http.StatusNotFound {
			// The platform's own "not found" is data. A page means that nobody there knows the path: a wrong base address
			// must not read as "everything is gone".
			failure.Reason = Unusable
		}

		return failure
	case response.Status >= 300:
		failure := &Error{Reason: ReasonOf(response.Status), Message: "the request was refused" + excerpt(response)}
		if failure.Reason == NotFound {
			// Only the platform's own words, which Classify knows, may say that an object is gone.
			failure.Reason = Unusable
		}

		return failure
	default:
		return nil
	}
}

// retryAfter reads the header in both its forms: seconds and a date.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if value == "" {
		return 0
	}

	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		return max(0, time.Duration(seconds*float64(time.Second)))
	}

	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}

	return 0
}
