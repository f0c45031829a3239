package transport

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// script answers requests in order, and repeats the last answer.
type script struct {
	mu      sync.Mutex
	answers []answer
	seen    []*http.Request
	bodies  []string
	at      []time.Time
}

type answer struct {
	status int
	body   string
	header http.Header
	err    error
	took   time.Duration
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}

	s.mu.Lock()
	next := s.answers[min(len(s.seen), len(s.answers)-1)]
	s.seen = append(s.seen, r)
	s.bodies = append(s.bodies, string(body))
	s.at = append(s.at, time.Now())
	s.mu.Unlock()

	select {
	case <-time.After(next.took):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}

	if next.err != nil {
		return nil, next.err
	}

	header := next.header.Clone()
	if header == nil {
		header = http.Header{}
	}

	return &http.Response{StatusCode: next.status, Header: header, Body: io.NopCloser(strings.NewReader(next.body)), Request: r}, nil
}

func (s *script) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()

	return len(s.seen)
}

var base = &url.URL{Scheme: "https", Host: "chat.example.com", Path: "/base"}

func client(s *script, change ...func(*Config)) Sender {
	c := Config{
		Platform: "Test", Base: base, UserAgent: "tests", Timeout: 30 * time.Second, MaxRetries: 4, HTTP: s, Log: true,
		RequestID: func(h http.Header) string { return h.Get("X-Request") },
	}
	for _, f := range change {
		f(&c)
	}

	return New(c)
}

func refused() error {
	return &net.OpError{Op: "dial", Err: errors.New("connection refused")}
}

// TestRetry is which call is sent how often, by kind and by what went wrong.
func TestRetry(t *testing.T) {
	reset := answer{err: &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}}
	page := answer{status: 200, body: "<html>Down for maintenance</html>", header: http.Header{"Content-Type": {"text/html"}}}

	ok := answer{status: 200, body: `{}`}
	for _, c := range []struct {
		name                string
		answer              answer
		read, write, create int // Requests until the end, of which the second and later would succeed.
		lost                bool
	}{
		{"success", ok, 1, 1, 1, false},
		{"503", answer{status: 503}, 2, 2, 1, true},
		{"502", answer{status: 502}, 2, 2, 1, true},
		{"504", answer{status: 504}, 2, 2, 1, true},
		{"500 is final", answer{status: 500, body: "{}"}, 1, 1, 1, true},
		{"429 never took effect", answer{status: 429}, 2, 2, 2, false},
		{"422 is final", answer{status: 422, body: "{}"}, 1, 1, 1, false},
		{"reset before the answer", reset, 2, 2, 1, true},
		{"connection refused never took effect", answer{err: refused()}, 2, 2, 2, false},
		{"an HTML page instead of data", page, 2, 2, 1, true},
		{"no answer in time", answer{took: time.Minute}, 2, 2, 1, true},
	} {
		for _, sent := range []struct {
			call Call
			want int
		}{{Read("GET", "/x"), c.read}, {Write("PUT", "/x"), c.write}, {Create("POST", "/x"), c.create}} {
			synctest.Test(t, func(t *testing.T) {
				s, call := &script{answers: []answer{c.answer, ok}}, sent.call

				err := Run(t.Context(), client(s), call)
				if s.count() != sent.want {
					t.Errorf("%s, %s: %d requests, want %d", c.name, call.Method, s.count(), sent.want)
				}

				repeated := sent.want == 2 || c.name == "success"
				if (err == nil) != repeated {
					t.Errorf("%s, %s: %v", c.name, call.Method, err)
				}

				if err != nil && IsLost(err) != (c.lost && call.Kind == KindCreate) {
					t.Errorf("%s, %s: lost is %t", c.name, call.Method, IsLost(err))
				}
			})
		}
	}
}

func TestRetryWaits(t *testing.T) {
	start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // The clock of synctest.
	for _, c := range []struct {
		name        string
		answer      answer
		least, most time.Duration
		requests    int
	}{
		{"seconds", answer{status: 429, header: http.Header{"Retry-After": {"7"}}}, 7 * time.Second, 7 * time.Second, 2},
		{"a date", answer{status: 503, header: http.Header{"Retry-After": {start.Add(9 * time.Second).Format(http.TimeFormat)}}}, 9 * time.Second, 9 * time.Second, 2},
		{"the platform's window", answer{status: 429}, 42 * time.Second, 42 * time.Second, 2},
		{"backoff", answer{status: 503}, firstBackoff / 2, firstBackoff, 2},
		{"at once", answer{status: 429, header: http.Header{"Retry-After": {"0"}}}, 0, 0, 2},
		{"before now", answer{status: 503, header: http.Header{"Retry-After": {"-3"}}}, 0, 0, 2},
		{"no number", answer{status: 503, header: http.Header{"Retry-After": {"NaN"}}}, firstBackoff / 2, firstBackoff, 2},
		{"longer than a run waits", answer{status: 429, header: http.Header{"Retry-After": {"86400"}}}, 0, 0, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script{answers: []answer{c.answer, {status: 200, body: "{}"}}}
			sender := client(s, func(config *Config) { config.Window = func(time.Time) time.Duration { return 42 * time.Second } })
			began := time.Now()
			err := Run(t.Context(), sender, Write("PUT", "/x"))

			took := time.Since(began)
			if took < c.least || took > c.most {
				t.Errorf("%s: took %v, want %v to %v", c.name, took, c.least, c.most)
			}

			if s.count() != c.requests || (err == nil) != (c.requests == 2) {
				t.Errorf("%s: %d requests, %v", c.name, s.count(), err)
			}
		})
	}
}

func TestRetryGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []answer{{status: 503, body: `{"sorry":1}`, header: http.Header{"X-Request": {"r-1"}}}}}
		err := Run(t.Context(), client(s), Read("GET", "/x"))

		failure := As(err)
		if failure == nil || failure.Attempts != 5 || failure.RequestID != "r-1" || failure.Status != 503 || failure.Platform != "Test" {
			t.Errorf("got %+v", failure)
		}

		if s.count() != 5 {
			t.Errorf("%d requests, want one and four more", s.count())
		}
	})
}

// TestRetryTimeout repeats a call for the time that is set, whatever the number of attempts, and not for longer.
func TestRetryTimeout(t *testing.T) {
	const limit = time.Minute

	for _, c := range []struct {
		name     string
		answer   answer
		down     time.Duration
		works    bool
		min, max time.Duration
	}{
		{"a restart of 30 seconds", answer{err: refused()}, 30 * time.Second, true, 30 * time.Second, 40 * time.Second},
		{"down for good", answer{status: 503}, time.Hour, false, 45 * time.Second, limit},
		{"throttled for two minutes", answer{status: 429, header: http.Header{"Retry-After": {"40"}}}, 2 * time.Minute, true, 2 * time.Minute, 160 * time.Second},
		{"throttled for good", answer{status: 429, header: http.Header{"Retry-After": {"1"}}}, time.Hour, false, 9 * time.Second, limit},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script{answers: []answer{c.answer}}
			began := time.Now()

			time.AfterFunc(c.down, func() {
				s.mu.Lock()
				defer s.mu.Unlock()

				s.answers = append(s.answers, answer{status: 200, body: "{}"})
			})

			sender := client(s, func(config *Config) { config.MaxRetries, config.RetryTimeout = -1, limit })
			err := Run(t.Context(), sender, Read("GET", "/x"))

			took := time.Since(began)
			if (err == nil) != c.works || took < c.min || took > c.max {
				t.Errorf("%s: %v after %v", c.name, err, took)
			}

			time.Sleep(c.down) // The test ends when its timer has fired.
		})
	}
}

func TestWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		waiting := &Waiting{}
		s := &script{answers: []answer{
			{status: 429, took: time.Second, header: http.Header{"Retry-After": {"10"}}}, {status: 429, took: time.Second, header: http.Header{"Retry-After": {"10"}}}, {status: 200, body: "{}"},
		}}
		sender := client(s, func(config *Config) { config.Waiting = waiting })

		for range 2 {
			go func() { _ = Run(t.Context(), sender, Create("POST", "/x")) }()
		}

		time.Sleep(time.Minute)

		told := waiting.Tell()
		if len(told) != 1 || !strings.HasPrefix(told[0], "Test asked 2 times to slow down, and waiting for that took 10s. ") || !strings.Contains(told[0], "test.requests_per_second") {
			t.Errorf("told %q", told)
		}

		again := waiting.Tell()
		if len(again) > 0 {
			t.Errorf("told again: %q", again)
		}
	})
}

// One call that came too early slows down the whole platform.
func TestThrottledTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []answer{{status: 429, header: http.Header{"Retry-After": {"10"}}}, {status: 200, body: "{}"}}}
		sender := client(s)

		var wg sync.WaitGroup
		wg.Go(func() { _ = Run(t.Context(), sender, Create("POST", "/first")) })
		synctest.Wait()

		for range 3 {
			wg.Go(func() { _ = Run(t.Context(), sender, Create("POST", "/later")) })
		}

		wg.Wait()

		for i, at := range s.at[1:] {
			waited := at.Sub(s.at[0])
			if waited < 10*time.Second {
				t.Errorf("request %d came %v after the 429, want 10s", i+2, waited)
			}
		}
	})
}

func TestInterrupted(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer answer
		lost   bool
	}{
		{"in flight", answer{took: time.Minute}, true},
		{"while waiting for the next attempt", answer{status: 429, header: http.Header{"Retry-After": {"60"}}}, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script{answers: []answer{c.answer}}

			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()

			began := time.Now()
			err := Run(ctx, client(s), Create("POST", "/x"))

			took := time.Since(began)
			if took != 5*time.Second {
				t.Errorf("%s: stopped after %v, want at once", c.name, took)
			}

			if err == nil || IsLost(err) != c.lost || s.count() != 1 {
				t.Errorf("%s: %v, lost %t, %d requests", c.name, err, IsLost(err), s.count())
			}
		})
	}
}

func TestLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []answer{{status: 200, body: "{}"}}}
		sender := client(s, func(c *Config) { c.RequestsPerSecond = 5 })

		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { _ = Run(t.Context(), sender, Write("PUT", "/x")) })
		}

		wg.Wait()

		for i := 5; i < len(s.at); i++ {
			if s.at[i].Sub(s.at[i-5]) < time.Second-time.Millisecond {
				t.Errorf("more than 5 requests within a second, from number %d on", i-4)
			}
		}
	})
}

func TestShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []answer{{status: 200, body: `{}`, took: time.Second}}}
		sender := client(s)

		var wg sync.WaitGroup

		send := func(call Call) { wg.Go(func() { _ = Run(t.Context(), sender, call) }) }
		for range 10 {
			send(Read("GET", "/x"))
			send(Read("POST", "/detail").WithJSON([]string{"a"}))
		}

		send(Read("POST", "/detail").WithJSON([]string{"b"}))
		send(Read("GET", "/x").WithHeader("Of-User-Id", "u"))
		wg.Wait()

		if s.count() != 4 {
			t.Errorf("%d requests, want 4: one per call that differs in path, body or header", s.count())
		}

		send(Read("GET", "/x"))
		synctest.Wait()
		wg.Go(func() { _ = Run(t.Context(), sender, Write("PUT", "/x")) })
		time.Sleep(999 * time.Millisecond)
		send(Read("GET", "/x")) // Joins: the write has not ended.
		time.Sleep(2 * time.Second)

		if s.count() != 6 {
			t.Errorf("%d requests, want 6", s.count())
		}

		wg.Wait()
	})
}

func TestShareEndsWithAWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []answer{{status: 200, body: `{}`, took: time.Hour}, {status: 200, body: "{}"}}}

		sender := client(s, func(c *Config) { c.Timeout = 2 * time.Hour })
		go func() { _ = Run(t.Context(), sender, Read("GET", "/x")) }()

		synctest.Wait()

		_ = Run(t.Context(), sender, Write("PUT", "/x"))

		_ = Run(t.Context(), sender, Read("GET", "/x"))
		if s.count() != 3 {
			t.Errorf("%d requests: a read after a write joined one from before it", s.count())
		}

		time.Sleep(2 * time.Hour)
	})
}

func TestDecode(t *testing.T) {
	type thing struct {
		Name string `json:"name"`
	}

	for _, c := range []struct{ name, body, want string }{
		{"object", `{"name":"x"}`, ""},
		{"empty", ``, "Test GET /x: JSON was expected, and the answer is empty (HTTP 200, request r-9)"},
		{"truncated", `{"name":"x`, `Test GET /x: the answer is not the JSON that was expected (it is not JSON after 10 bytes) (HTTP 200, request r-9)`},
		{"null", `null`, `Test GET /x: an object was expected: null (HTTP 200, request r-9)`},
		{"another type", `["x"]`, `Test GET /x: the answer is not the JSON that was expected (it is of the type array) (HTTP 200, request r-9)`},
		{"text", `success`, `Test GET /x: the answer is not the JSON that was expected (it is not JSON after 1 bytes): success (HTTP 200, request r-9)`},
	} {
		s := &script{answers: []answer{{status: 200, body: c.body, header: http.Header{"X-Request": {"r-9"}}}}}

		got, err := Do[thing](t.Context(), client(s), Read("GET", "/x"))
		if c.want == "" && (err != nil || got.Name != "x") || c.want != "" && (err == nil || err.Error() != c.want) {
			t.Errorf("%s: %+v, %v\nwant %s", c.name, got, err, c.want)
		}

		if err != nil && As(err).Reason != Unusable {
			t.Errorf("%s: reason %v", c.name, As(err).Reason)
		}
	}

	s := &script{answers: []answer{{status: 200, body: `{"na`}}}
	if _, err := Do[thing](t.Context(), client(s), Create("POST", "/x")); !IsLost(err) || s.count() != 1 {
		t.Errorf("a create whose answer cannot be read: %v, lost %t, %d requests", err, IsLost(err), s.count())
	}
}

// Only the platform may say that an object is gone.
func TestNotFoundNeedsThePlatformsWord(t *testing.T) {
	page := http.Header{"Content-Type": {"text/html"}}
	known := func(_ *Call, r *Response) *Error {
		if strings.Contains(string(r.Body), "gone-7") {
			return &Error{Reason: NotFound, Code: "gone-7"}
		}

		return nil
	}

	for _, c := range []struct {
		answer answer
		want   bool
	}{
		{answer{status: 404, body: `{"code":"gone-7"}`}, true},
		{answer{status: 404, body: `{"message":"no Route matched"}`}, false},
		{answer{status: 404, body: `<html>nginx</html>`, header: page}, false},
	} {
		s := &script{answers: []answer{c.answer}}

		err := Run(t.Context(), client(s, func(config *Config) { config.Classify = known }), Read("GET", "/x"))
		if err == nil || IsNotFound(err) != c.want || s.count() != 1 {
			t.Errorf("%s: %v, not found %t", c.answer.body, err, IsNotFound(err))
		}
	}
}

func TestTooLarge(t *testing.T) {
	s := &script{answers: []answer{{status: 200, body: strings.Repeat("x", maxAnswer+1)}}}
	err := Run(t.Context(), client(s), Read("GET", "/x"))

	failure := As(err)
	if failure == nil || failure.Reason != Unusable || !strings.Contains(failure.Message, "larger than 32 MiB") {
		t.Errorf("got %v", err)
	}
}

func TestRefuse(t *testing.T) {
	s := &script{}
	unknown := errors.New("not known yet")

	err := Run(t.Context(), client(s, func(c *Config) { c.Refuse = unknown }), Read("GET", "/x"))
	if !errors.Is(err, unknown) || s.count() != 0 {
		t.Errorf("got %v after %d requests", err, s.count())
	}
}

// TestStopped sends no create after an interrupt, whatever it waits for, ends its wait at once, and lets everything else be.
func TestStopped(t *testing.T) {
	ok := answer{status: 200, body: "{}"}
	asked := answer{status: 429, header: http.Header{"Retry-After": {"60"}}}

	for name, c := range map[string]struct {
		answers []answer
		sent    int // Before the interrupt.
	}{
		"its turn":          {[]answer{ok}, 1},
		"a slower platform": {[]answer{ok, asked, ok}, 2},
		"a connection":      {[]answer{ok, {err: refused()}, {err: refused()}, {err: refused()}, ok}, 2},
	} {
		synctest.Test(t, func(t *testing.T) {
			stopped, stop := context.WithCancel(t.Context())
			s := &script{answers: c.answers}
			sender := client(s, func(c *Config) { c.RequestsPerSecond = 1 })
			ctx := WithStop(t.Context(), stopped)

			if err := Run(ctx, sender, Create("POST", "/x")); err != nil {
				t.Error(err)
			}

			failed := make(chan error, 1)
			go func() { failed <- Run(ctx, sender, Create("POST", "/x")) }()

			time.Sleep(time.Duration(c.sent-1)*time.Second + time.Millisecond)
			synctest.Wait()

			interrupted := time.Now()

			stop()

			failure := As(<-failed)
			if failure == nil || !failure.Unsent && failure.Reason != Throttled || failure.Lost || s.count() != c.sent || time.Since(interrupted) > 0 {
				t.Errorf("a create that waited for %s: %+v after %s, %d requests", name, failure, time.Since(interrupted), s.count())
			}

			s.answers = []answer{ok}
			if err := Run(ctx, sender, Write("PUT", "/x")); err != nil {
				t.Error(err)
			}
		})
	}
}
