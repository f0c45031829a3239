package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// maxAnswer bounds what is read of a body: a list page is a few hundred KiB.
	maxAnswer = 32 << 20
	// connections is how many are kept open per host. Terraform asks ten at a time, and users raise that.
	connections = 64
)

// wire sends a call over HTTP. It is the bottom of the stack.
type wire struct {
	client    *http.Client
	base      *url.URL
	userAgent string
	timeout   time.Duration
}

func newWire(c Config) *wire {
	sender := c.HTTP
	if sender == nil {
		sender = newPool()
	}

	return &wire{
		client:    &http.Client{Transport: sender, CheckRedirect: sameOrigin},
		base:      c.Base,
		userAgent: c.UserAgent,
		timeout:   c.Timeout,
	}
}

// newPool keeps as many connections as Terraform uses, instead of the two per host of Go's default.
func newPool() *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		ForceAttemptHTTP2:   true,
		MaxIdleConns:        2 * connections,
		MaxIdleConnsPerHost: connections,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second,
	}
}

var errRedirect = errors.New("redirect refused")

// sameOrigin follows redirects only where they lead to the same host, port and scheme: the credentials are for that one.
func sameOrigin(req *http.Request, via []*http.Request) error {
	first := via[0].URL
	switch {
	case len(via) >= 5:
		return fmt.Errorf("%w: five in a row", errRedirect)
	case req.URL.Host != first.Host || req.URL.Scheme != first.Scheme:
		return fmt.Errorf("%w: it leads away from %s://%s to %s://%s, and the credentials are not for there; "+
			"if the platform has moved, set its new base_url", errRedirect, first.Scheme, first.Host, req.URL.Scheme, req.URL.Host)
	case req.Method != via[0].Method:
		return fmt.Errorf("%w: it would turn %s into %s", errRedirect, via[0].Method, req.Method)
	}

	return nil
}

func (w *wire) Send(ctx context.Context, call *Call) (*Response, error) {
	ctx, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()

	req, err := w.request(ctx, call)
	if err != nil {
		return nil, &Error{Reason: Invalid, Unsent: true, Err: err}
	}

	answer, err := w.client.Do(req)
	if err != nil {
		return nil, failed(err)
	}

	defer func() { _ = answer.Body.Close() }()

	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, &Error{Reason: Unavailable, Status: answer.StatusCode, Header: answer.Header, Err: fmt.Errorf("the answer broke off: %w", err)}
	case len(body) > maxAnswer:
		return nil, &Error{
			Reason: Unusable, Status: answer.StatusCode, Header: answer.Header,
			Message: fmt.Sprintf("the answer is larger than %d MiB", maxAnswer>>20),
		}
	}

	return &Response{Status: answer.StatusCode, Header: answer.Header, Body: body}, nil
}

func (w *wire) request(ctx context.Context, call *Call) (*http.Request, error) {
	base := w.base
	if call.Base != nil {
		base = call.Base
	}

	address := strings.TrimSuffix(base.String(), "/") + call.Path
	if len(call.Query) > 0 {
		address += "?" + call.Query.Encode()
	}

	var body io.Reader = http.NoBody
	if call.Body != nil {
		body = bytes.NewReader(call.Body)
	}

	req, err := http.NewRequestWithContext(ctx, call.Method, address, body)
	if err != nil {
		return nil, err
	}

	for name, values := range call.Header {
		req.Header[name] = values
	}

	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", w.userAgent)

	return req, nil
}

// failed turns an error of net/http into ours. The address it quotes is dropped: the path is in the error anyway.
func failed(err error) *Error {
	cause := err

	var address *url.Error
	if errors.As(err, &address) {
		cause = address.Err
	}

	if errors.Is(err, errRedirect) {
		return &Error{Reason: Unusable, Unsent: true, Err: cause}
	}

	var op *net.OpError

	unsent := errors.As(err, &op) && op.Op == "dial"

	return &Error{Reason: Unavailable, Unsent: unsent, Err: cause}
}
