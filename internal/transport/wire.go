package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
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
	header    http.Header
}

func newWire(c Config) *wire {
	sender := c.HTTP
	if sender == nil {
		sender = newPool(c.Network)
	}

	return &wire{
		client:    &http.Client{Transport: sender, CheckRedirect: sameOrigin},
		base:      c.Base,
		userAgent: c.UserAgent,
		timeout:   c.Timeout,
		header:    c.Network.Header,
	}
}

var errRedirect = errors.New("the redirect was not followed")

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

	var reached progress

	req, err := w.request(reached.trace(ctx), call)
	if err != nil {
		return nil, &Error{Reason: Invalid, Unsent: true, Err: err}
	}

	answer, err := w.client.Do(req)
	if err != nil {
		return nil, reached.failed(err)
	}

	defer func() { _ = answer.Body.Close() }()

	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, &Error{Reason: Unavailable, Status: answer.StatusCode, Header: answer.Header, Err: fmt.Errorf("the answer broke off: %w", err)}
	case len(body) > maxAnswer:
		return nil, &Error{
			Reason: Unusable, Status: answer.StatusCode, Header: answer.Header,
			IsOwn: true, Message: fmt.Sprintf("its answer is larger than %d MiB, and was not read to the end", maxAnswer>>20),
		}
	}

	return &Response{Status: answer.StatusCode, Header: answer.Header, Body: body}, nil
}

// addressOf returns what a call asks, without its query.
func addressOf(base *url.URL, call *Call) string {
	if call.Base != nil {
		base = call.Base
	}

	return strings.TrimSuffix(base.String(), "/") + call.Path
}

func (w *wire) request(ctx context.Context, call *Call) (*http.Request, error) {
	address := addressOf(w.base, call)
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

	if call.Kind == KindCreate && call.Method == http.MethodGet {
		// Where a kept connection breaks, net/http asks again by itself, unless the request has a body that it read already. Nor
		// does it follow a redirect then.
		req.Body = io.NopCloser(strings.NewReader(""))
	}

	for _, header := range []http.Header{w.header, call.Header} { // The platform's own win.
		for name, values := range header {
			req.Header[name] = values

			if strings.ContainsFunc(strings.Join(values, ""), isControl) {
				return nil, fmt.Errorf("the header %s holds a line break or another control character; check the credential that it carries", name)
			}
		}
	}

	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", w.userAgent)

	return req, nil
}

func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }

// isEnd reports whether a connection ended before the answer was whole.
func isEnd(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
