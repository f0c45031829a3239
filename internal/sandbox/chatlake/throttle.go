package chatlake

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// window counts requests of one kind within one period of the clock.
type window struct {
	start time.Time
	count int
}

// over counts one more and reports whether that is too many. Periods are fixed on the clock.
func (p *Platform) over(name string, limit int, period time.Duration) bool {
	start := p.core.Now().Truncate(period)

	w := p.windows[name]
	if !w.start.Equal(start) {
		w = window{start: start}
	}

	w.count++
	p.windows[name] = w

	return w.count > limit
}

// throttle is the middleware before all routes. Its 429 is plain text without Retry-After.
func (p *Platform) throttle(req *sandbox.Request) *sandbox.Reply {
	if !p.switches.RateLimits || req.URL.Path == "/health" {
		return nil
	}

	over := p.over("all", p.switches.RequestsPerMinute, time.Minute)
	token, _ := p.token(req.Header)
	path := strings.TrimPrefix(req.URL.Path, "/api/v1/accounts/")

	account, rest, _ := strings.Cut(path, "/")
	switch {
	case req.Method == http.MethodGet && rest == "contacts/search" && p.since("3.6.0"):
		over = p.over("search "+account, 100, time.Minute) || over
	case req.Method == http.MethodGet && rest == "conversations/meta":
		over = p.over(fmt.Sprintf("meta %s %s", account, token), 30, time.Minute) || over
	case req.Method == http.MethodPost && rest == "upload":
		over = p.over("upload "+account, 60, time.Hour) || over
	}

	if !over {
		return nil
	}

	return &sandbox.Reply{
		Status: http.StatusTooManyRequests,
		Header: http.Header{"Content-Type": {"text/plain"}},
		Raw:    []byte("Retry later\n"),
	}
}
