package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// exchange is one request that is expected, and its answer.
type exchange struct {
	// Request is the method and the path with its query, such as "GET /api/v1/accounts/1/contacts?page=1".
	Request string
	// Body is the expected JSON; empty expects no body. Other bodies are left to Check.
	Body string
	// Check looks at the request in more ways.
	Check func(t *testing.T, r *http.Request, body []byte)
	// Status is 200 unless set.
	Status int
	Answer string
	Header http.Header
}

// script answers requests in order, and fails the test for one that is not expected or never came. The look at the
// profile that follows the first "not found" is answered aside, unless it is scripted.
type script struct {
	t  *testing.T
	mu sync.Mutex
	// left are the exchanges still to come.
	left []exchange
}

// scripted is a client of account 1 whose server is a script.
func scripted(t *testing.T, exchanges ...exchange) *api.Client {
	t.Helper()
	s := &script{t: t, left: exchanges}
	t.Cleanup(func() {
		for _, e := range s.left {
			t.Errorf("%s was not sent", e.Request)
		}
	})

	base, err := url.Parse("https://chat.example")
	if err != nil {
		t.Fatal(err)
	}

	return api.New(api.Settings{
		BaseURL: base, APIAccessToken: "token", AccountID: "1",
		Transport: transport.Config{
			Timeout: time.Minute, MaxRetries: 1, HTTP: s, Window: func(time.Time) time.Duration { return time.Millisecond },
		},
	})
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()

	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}

	sent := r.Method + " " + r.URL.RequestURI()
	if len(s.left) == 0 || s.left[0].Request != sent {
		if sent == "GET /api/v1/profile" {
			return response(http.StatusOK, `{"id":11,"accounts":[{"id":1}]}`, nil), nil
		}

		s.t.Errorf("unexpected request %s %s", sent, body)

		return response(http.StatusTeapot, `{"error":"unexpected"}`, nil), nil
	}

	e := s.left[0]

	s.left = s.left[1:]
	if r.Header.Get("Api-Access-Token") != "token" {
		s.t.Errorf("%s came without its token", sent)
	}

	switch {
	case e.Check != nil:
		e.Check(s.t, r, body)
	case e.Body == "" && len(body) > 0 || e.Body != "" && !sameJSON(s.t, e.Body, string(body)):
		s.t.Errorf("%s: body %s, want %s", sent, body, e.Body)
	}

	if e.Status == 0 {
		e.Status = http.StatusOK
	}

	return response(e.Status, e.Answer, e.Header), nil
}

func response(status int, body string, header http.Header) *http.Response {
	if header == nil {
		header = http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	}

	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewReader([]byte(body)))}
}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()

	var x, y any
	if err := json.Unmarshal([]byte(a), &x); err != nil {
		t.Fatalf("%s: %v", a, err)
	}

	return json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}
