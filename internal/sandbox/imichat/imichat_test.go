package imichat_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// fixture is one sandbox with a clock that only the test moves, and a caller with a token.
type fixture struct {
	*testing.T

	core     *sandbox.Core
	platform *imichat.Platform
	client   http.Client
	header   map[string]string
	now      time.Time
}

func start(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{T: t, now: time.Date(2024, 2, 28, 22, 30, 0, 0, time.UTC)}
	f.core = sandbox.New(sandbox.Options{Now: func() time.Time { return f.now }})
	f.platform = imichat.New(f.core)
	f.client.Transport = sandbox.RoundTripper(f.core.Mount(f.platform))
	f.header = map[string]string{"access_token": f.platform.IssueToken(), "teamid": imichat.TeamID}

	return f
}

// set changes switches by their JSON names.
func (f *fixture) set(switches string) {
	f.Helper()
	f.control(http.MethodPatch, "imichat/switches", switches)
}

func (f *fixture) control(method, path, body string) {
	f.Helper()

	got := f.send(method, sandbox.ControlPath+path, body, nil)
	if got.http != http.StatusOK {
		f.Fatalf("%s %s: %s", method, path, got.raw)
	}
}

// result is an answer of the platform.
type result struct {
	http        int
	header      http.Header
	raw         string
	code        int
	description string
	response    any
	complaint   string
}

// call sends a request to the platform as the tenant's caller.
func (f *fixture) call(method, path, body string) result {
	f.Helper()
	got := f.send(method, "/imichat"+path, body, f.header)
	entries := f.core.Journal.Entries(nil)
	got.complaint = entries[len(entries)-1].Complain

	var envelope map[string]any
	if err := json.Unmarshal([]byte(got.raw), &envelope); err != nil || len(envelope) != 3 {
		f.Fatalf("%s %s: %q is not the envelope: %v", method, path, got.raw, err)
	}

	if code, ok := envelope["status_code"].(float64); ok {
		got.code = int(code)
	}

	got.description, _ = envelope["description"].(string)

	got.response = envelope["response"]
	for _, name := range []string{"trxid", "Rate-Limit-Limit", "Rate-Limit-Remaining", "Rate-Limit-Reset"} {
		if got.header.Get(name) == "" {
			f.Errorf("%s %s: no %s header", method, path, name)
		}
	}

	return got
}

func (f *fixture) send(method, path, body string, header map[string]string) result {
	f.Helper()

	req, err := http.NewRequestWithContext(f.Context(), method, "http://sandbox"+path, strings.NewReader(body))
	if err != nil {
		f.Fatal(err)
	}

	for name, value := range header {
		req.Header.Set(name, value)
	}

	if body != "" && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}

	resp, err := f.client.Do(req)
	if err != nil {
		f.Fatal(err)
	}

	defer func() { _ = resp.Body.Close() }()

	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		f.Fatal(err)
	}

	return result{http: resp.StatusCode, header: resp.Header, raw: string(raw)}
}

// at walks an answer by keys; nil where there is nothing.
func (r result) at(keys ...string) any {
	value := r.response
	for _, key := range keys {
		object, _ := value.(map[string]any)
		value = object[key]
	}

	return value
}

func (r result) text(keys ...string) string {
	s, _ := r.at(keys...).(string)
	return s
}

func (r result) rows(key string) []any {
	rows, _ := r.at(key).([]any)
	return rows
}

// has reports whether the response is an object with the key.
func (r result) has(key string) bool {
	object, _ := r.response.(map[string]any)
	_, ok := object[key]

	return ok
}

// column collects one field of the rows under a key.
func (r result) column(key, field string) []string {
	var values []string
	for _, row := range r.rows(key) {
		values = append(values, result{response: row}.text(field))
	}

	return values
}

// want fails unless the answer has this HTTP status and code, and a complaint exactly when one is due.
func (f *fixture) want(got result, status, code int, complaint bool) {
	f.Helper()

	if got.http != status || got.code != code {
		f.Errorf("got HTTP %d code %d, want %d %d: %s", got.http, got.code, status, code, got.raw)
	}

	if (got.complaint != "") != complaint {
		f.Errorf("complaint %q, want one: %v", got.complaint, complaint)
	}

	if status >= 400 && got.response != "" {
		f.Errorf("response of an error is %v, want an empty string", got.response)
	}
}

const sms = `"channel":"sms","asset":{"id":"` + imichat.AssetSMS + `"},"customer":{"destination_id":"447700900001","name":"Customer"}`

// chat creates a chat with more fields than sms and returns its id.
func (f *fixture) chat(more string) string {
	f.Helper()
	got := f.call("POST", "/v3.1/chats", "{"+sms+more+"}")
	f.want(got, 200, 4304, false)

	return got.text("chat_id")
}

func basic(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func TestEnvironmentPointsHere(t *testing.T) {
	f := start(t)
	got := strings.Join(f.platform.Environment("http://127.0.0.1:1"), " ")

	want := "IMICHAT_BASE_URL=http://127.0.0.1:1/imichat IMICHAT_API_KEY=" + imichat.APIKey +
		" IMICHAT_DOMAIN=" + imichat.Domain + " IMICHAT_TEAM_ID=" + imichat.TeamID
	if got != want {
		t.Errorf("environment %q, want %q", got, want)
	}
}

func TestSetSwitchesChangesAnswers(t *testing.T) {
	f := start(t)
	f.platform.SetSwitches(func(s *imichat.Switches) { s.GetOne = false })
	f.want(f.call("GET", "/v3.1/chats/CSR0", ""), 405, 2099, false)
	f.platform.SetSwitches(func(s *imichat.Switches) { s.GetOne = true })
	f.want(f.call("GET", "/v3.1/chats/CSR0", ""), 404, 2031, false)
}

func TestResetRestoresTheSeed(t *testing.T) {
	f := start(t)
	id := f.chat("")
	f.set(`{"quota":5}`)
	f.header["Authorization"] = basic(imichat.APIKey + "@" + imichat.Domain)
	f.want(f.call("GET", "/v3.1/authorize", ""), 200, 4390, false)
	f.control("POST", "reset", "")

	a, n := f.platform.Authorizations(), f.platform.Remaining()
	if a != 0 || n != 10000 {
		t.Errorf("after a reset: %d authorizations, %d requests left", a, n)
	}

	if _, ok := f.platform.Chat(id); ok {
		t.Error("reset kept a chat")
	}

	f.want(f.call("GET", "/v3.1/chats", ""), 400, 2003, false)
	f.header["access_token"] = f.platform.IssueToken()

	got := f.call("GET", "/v3.1/chats", "")
	if got.header.Get("Rate-Limit-Limit") != "10000" {
		t.Errorf("reset kept the quota %s", got.header.Get("Rate-Limit-Limit"))
	}
}
