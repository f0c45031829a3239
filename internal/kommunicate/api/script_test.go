package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// exchange is a request that must come, and its answer.
type exchange struct {
	request string // METHOD address
	ofUser  string
	body    string // JSON, as fits compares it
	status  int    // 200 if 0
	answer  string
}

// script answers the requests in order. It fails the test for a request that does not come, and for any other.
type script struct {
	t         *testing.T
	exchanges []exchange
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	if len(s.exchanges) == 0 {
		s.t.Fatalf("unexpected %s %s", r.Method, r.URL)
	}

	next := s.exchanges[0]

	s.exchanges = s.exchanges[1:]

	sent := r.Method + " " + r.URL.String()
	if sent != next.request {
		s.t.Errorf("request\n%s, want\n%s", sent, next.request)
	}

	ofUser := r.Header.Get("Of-User-Id")
	if ofUser != next.ofUser {
		s.t.Errorf("%s: Of-User-Id %q, want %q", next.request, ofUser, next.ofUser)
	}

	if r.Header.Get("Api-Key") != "key" {
		s.t.Errorf("%s: no Api-Key", next.request)
	}

	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}

	var got, want any

	_ = json.Unmarshal(body, &got)

	_ = json.Unmarshal([]byte(next.body), &want)
	if !fits(got, want) {
		s.t.Errorf("%s: body\n%s, want\n%s", next.request, body, next.body)
	}

	if next.status == 0 {
		next.status = http.StatusOK
	}

	return &http.Response{
		StatusCode: next.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(next.answer)), Request: r,
	}, nil
}

// fits compares JSON; "*" fits whatever is there.
func fits(got, want any) bool {
	object, ok := want.(map[string]any)
	if !ok {
		return want == "*" && got != nil || reflect.DeepEqual(got, want)
	}

	other, ok := got.(map[string]any)
	for name := range object {
		ok = ok && fits(other[name], object[name])
	}

	return ok && len(other) == len(object)
}

func client(t *testing.T, exchanges ...exchange) *api.Client {
	t.Helper()
	s := &script{t, exchanges}
	t.Cleanup(func() {
		if len(s.exchanges) > 0 {
			t.Errorf("these did not come: %+v", s.exchanges)
		}
	})

	base := func(host string) *url.URL { return &url.URL{Scheme: "https", Host: host} }

	return api.New(api.Settings{
		BaseURL: base("s.example"), ChatBaseURL: base("c.example"), APIKey: "key", ActingUserID: "owner", ApplicationID: "app",
		Transport: transport.Config{HTTP: s, Timeout: time.Second},
	})
}

const (
	success = `{"status":"success","generatedAt":1,"response":"success"}`
	updated = `{"status":"success","generatedAt":1,"response":"updated"}`
	group   = `{"id":131,"clientGroupId":"k","name":"n","adminId":"owner","membersId":["b","a"],"groupUsers":[{"userId":"c"},{"userId":"d","deleted":true}],
		"metadata":{"CONVERSATION_STATUS":0,"x":true,"conversationMetadata":"{\"total\":12}"},"createdAtTime":1700000000000,"somethingNew":{}}`
)

func envelope(response string) string {
	return `{"status":"success","generatedAt":1,"response":` + response + `}`
}

func failure(code, description string) string {
	return fmt.Sprintf(`{"status":"error","errorResponse":[{"errorCode":%q,"description":%q,"displayMessage":"unable to process"}],"generatedAt":1}`, code, description)
}
