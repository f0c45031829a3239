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

// tenant is one sandbox with a clock that only the test moves, and a caller with a token.
type tenant struct {
	*testing.T

	core     *sandbox.Core
	platform *imichat.Platform
	client   http.Client
	header   map[string]string
	now      time.Time
}

func start(t *testing.T) *tenant {
	t.Helper()
	world := &tenant{T: t, now: time.Date(2024, 2, 28, 22, 30, 0, 0, time.UTC)}
	world.core = sandbox.New(sandbox.Options{Now: func() time.Time { return world.now }})
	world.platform = imichat.New(world.core)
	world.client.Transport = sandbox.RoundTripper(world.core.Mount(world.platform))
	world.header = map[string]string{"access_token": world.platform.IssueToken(), "teamid": imichat.TeamID}

	return world
}

// set changes switches by their JSON names.
func (w *tenant) set(switches string) {
	w.Helper()
	w.control(http.MethodPatch, "imichat/switches", switches)
}

func (w *tenant) control(method, path, body string) {
	w.Helper()

	got := w.send(method, sandbox.ControlPath+path, body, nil)
	if got.http != http.StatusOK {
		w.Fatalf("%s %s: %s", method, path, got.raw)
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
func (w *tenant) call(method, path, body string) result {
	w.Helper()
	got := w.send(method, "/imichat"+path, body, w.header)
	entries := w.core.Journal.Entries(nil)
	got.complaint = entries[len(entries)-1].Complain

	var envelope map[string]any
	if err := json.Unmarshal([]byte(got.raw), &envelope); err != nil || len(envelope) != 3 {
		w.Fatalf("%s %s: %q is not the envelope: %v", method, path, got.raw, err)
	}

	if code, ok := envelope["status_code"].(float64); ok {
		got.code = int(code)
	}

	got.description, _ = envelope["description"].(string)

	got.response = envelope["response"]
	for _, name := range []string{"trxid", "Rate-Limit-Limit", "Rate-Limit-Remaining", "Rate-Limit-Reset"} {
		if got.header.Get(name) == "" {
			w.Errorf("%s %s: no %s header", method, path, name)
		}
	}

	return got
}

func (w *tenant) send(method, path, body string, header map[string]string) result {
	w.Helper()

	req, err := http.NewRequestWithContext(w.Context(), method, "http://sandbox"+path, strings.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}

	for name, value := range header {
		req.Header.Set(name, value)
	}

	if body != "" && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}

	resp, err := w.client.Do(req)
	if err != nil {
		w.Fatal(err)
	}

	defer func() { _ = resp.Body.Close() }()

	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		w.Fatal(err)
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

// has says whether the response is an object with the key.
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
func (w *tenant) want(got result, status, code int, complaint bool) {
	w.Helper()

	if got.http != status || got.code != code {
		w.Errorf("got HTTP %d code %d, want %d %d: %s", got.http, got.code, status, code, got.raw)
	}

	if (got.complaint != "") != complaint {
		w.Errorf("complaint %q, want one: %v", got.complaint, complaint)
	}

	if status >= 400 && got.response != "" {
		w.Errorf("response of an error is %v, want an empty string", got.response)
	}
}

const sms = `"channel":"sms","asset":{"id":"` + imichat.AssetSMS + `"},"customer":{"destination_id":"447700900001","name":"Customer"}`

// chat creates a chat with more fields than sms and returns its id.
func (w *tenant) chat(more string) string {
	w.Helper()
	got := w.call("POST", "/v3.1/chats", "{"+sms+more+"}")
	w.want(got, 200, 4304, false)

	return got.text("chat_id")
}

func basic(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func TestEnvironment(t *testing.T) {
	w := start(t)
	got := strings.Join(w.platform.Environment("http://127.0.0.1:1"), " ")

	want := "IMICHAT_BASE_URL=http://127.0.0.1:1/imichat IMICHAT_API_KEY=" + imichat.APIKey +
		" IMICHAT_DOMAIN=" + imichat.Domain + " IMICHAT_TEAM_ID=" + imichat.TeamID
	if got != want {
		t.Errorf("environment %q, want %q", got, want)
	}
}

func TestSetSwitches(t *testing.T) {
	w := start(t)
	w.platform.SetSwitches(func(s *imichat.Switches) { s.GetOne = false })
	w.want(w.call("GET", "/v3.1/chats/CSR0", ""), 405, 2099, false)
	w.platform.SetSwitches(func(s *imichat.Switches) { s.GetOne = true })
	w.want(w.call("GET", "/v3.1/chats/CSR0", ""), 404, 2031, false)
}

func TestReset(t *testing.T) {
	w := start(t)
	id := w.chat("")
	w.set(`{"quota":5}`)
	w.header["Authorization"] = basic(imichat.APIKey + "@" + imichat.Domain)
	w.want(w.call("GET", "/v3.1/authorize", ""), 200, 4390, false)
	w.control("POST", "reset", "")

	a, n := w.platform.Authorizations(), w.platform.Remaining()
	if a != 0 || n != 10000 {
		t.Errorf("after a reset: %d authorizations, %d requests left", a, n)
	}

	if _, ok := w.platform.Chat(id); ok {
		t.Error("reset kept a chat")
	}

	w.want(w.call("GET", "/v3.1/chats", ""), 400, 2003, false)
	w.header["access_token"] = w.platform.IssueToken()

	got := w.call("GET", "/v3.1/chats", "")
	if got.header.Get("Rate-Limit-Limit") != "10000" {
		t.Errorf("reset kept the quota %s", got.header.Get("Rate-Limit-Limit"))
	}
}
