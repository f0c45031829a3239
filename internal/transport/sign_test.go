package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// gatekeeper is a server below the sign layer that hands out tokens and lets the newest one pass.
type gatekeeper struct {
	mu      sync.Mutex
	issued  int
	refused int
	fail    error
}

func (g *gatekeeper) Send(_ context.Context, call *Call) (*Response, error) {
	time.Sleep(time.Second)
	g.mu.Lock()
	defer g.mu.Unlock()

	if call.Path == "/token" {
		if g.fail != nil {
			return nil, g.fail
		}

		g.issued++

		return &Response{Status: 200, Body: fmt.Appendf(nil, "t%d", g.issued)}, nil
	}

	if call.Header.Get("Access_token") != fmt.Sprintf("t%d", g.issued) {
		g.refused++
		return &Response{Status: 401}, nil
	}

	return &Response{Status: 200}, nil
}

func (g *gatekeeper) expire() {
	g.mu.Lock()
	defer g.mu.Unlock()

	g.issued += 100
}

func (g *gatekeeper) sign() Sender {
	return SignWithToken(Token{
		Header: "access_token",
		Fetch: func(ctx context.Context, wire Sender) (string, error) {
			call := Read("GET", "/token")

			response, err := wire.Send(ctx, &call)
			if err != nil {
				return "", err
			}

			return string(response.Body), nil
		},
		Refused: func(r *Response) bool { return r.Status == 401 },
	})(g)
}

func TestTokenIsFetchedAndRenewedOnceForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &gatekeeper{}
		sender := g.sign()
		all := func() {
			var wg sync.WaitGroup
			for range 10 {
				wg.Go(func() {
					call := Read("GET", "/x")
					if response, err := sender.Send(t.Context(), &call); err != nil || response.Status != 200 {
						t.Errorf("%v, %v", response, err)
					}
				})
			}

			wg.Wait()
		}
		all()

		if g.issued != 1 {
			t.Errorf("%d tokens for ten first calls, want one", g.issued)
		}

		g.expire()
		all()

		if g.issued != 102 || g.refused != 10 {
			t.Errorf("%d tokens after %d refusals, want one more for all", g.issued-100, g.refused)
		}
	})
}

func TestTokenRefusedForGoodIsAskedForOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &gatekeeper{}
		sender := SignWithToken(Token{
			Header:  "access_token",
			Fetch:   func(context.Context, Sender) (string, error) { g.issued++; return "never good", nil },
			Refused: func(r *Response) bool { return r.Status == 401 },
		})(g)

		call := Read("GET", "/x")
		if response, err := sender.Send(t.Context(), &call); err != nil || response.Status != 401 || g.refused != 2 {
			t.Errorf("%v, %v after %d tries, want the second refusal", response, err, g.refused)
		}
	})
}

func TestTokenThatCannotBeHad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &gatekeeper{fail: &Error{Reason: Unavailable, Message: "no"}}
		call := Create("POST", "/x")
		_, err := g.sign().Send(t.Context(), &call)

		failure := As(err)
		if failure == nil || !failure.Unsent {
			t.Errorf("got %v: a create that never had a token was not sent", err)
		}

		g.fail = nil
		if response, err := g.sign().Send(t.Context(), &call); err != nil || response.Status != 200 {
			t.Errorf("later: %v, %v", response, err)
		}
	})
}

// TestLogHoldsNoSecret looks at everything the log layer writes at its most talkative.
func TestLogHoldsNoSecret(t *testing.T) {
	var log bytes.Buffer

	ctx := tflogtest.RootLogger(t.Context(), &log)
	s := &script{answers: []answer{
		{status: 200, body: `{"user":{"name":"visible-2","Password":"marker-3","nested":[{"token":"marker-4"}]}}`, header: http.Header{"Set-Cookie": {"marker-5"}}},
		{status: 200, body: `token=marker-6`},
		{err: errors.New("broken")},
	}}

	sender := client(s, func(c *Config) {
		c.Sign = SignWith(http.Header{"Api-Key": {"marker-1"}})
		c.LogBodies, c.Redact, c.MaxRetries = true, []string{"password", "token"}, 0
	})
	for range 3 {
		_ = Run(ctx, sender, Write("PUT", "/things/%s", "visible-1").WithJSON(map[string]string{"password": "marker-2", "title": "visible-3"}))
	}

	for _, want := range []string{"visible-1", "visible-2", "visible-3", "broken", "(redacted)", "(not JSON)"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q", want)
		}
	}

	if strings.Contains(log.String(), "marker") {
		t.Errorf("a secret is in the log:\n%s", log.String())
	}

	if s.seen[0].Header.Get("Api-Key") != "marker-1" {
		t.Error("the credential was not sent")
	}
}

// TestObserve sees the headers of successes and of failures, and its fields are in the log.
func TestObserve(t *testing.T) {
	var log bytes.Buffer

	ctx := tflogtest.RootLogger(t.Context(), &log)
	s := &script{answers: []answer{
		{status: 200, body: `{}`, header: http.Header{"Left": {"17"}}},
		{status: 404, body: `{}`, header: http.Header{"Left": {"16"}}},
	}}

	var seen []string

	sender := client(s, func(c *Config) {
		c.Observe = func(h http.Header) map[string]any {
			seen = append(seen, h.Get("Left"))
			return map[string]any{"quota_left": h.Get("Left")}
		}
	})
	for range 2 {
		_ = Run(ctx, sender, Read("GET", "/things"))
	}

	if !slices.Equal(seen, []string{"17", "16"}) {
		t.Errorf("saw %v", seen)
	}

	if !strings.Contains(log.String(), `"quota_left":"17"`) || !strings.Contains(log.String(), `"quota_left":"16"`) {
		t.Errorf("the log lacks what was observed:\n%s", log.String())
	}
}
