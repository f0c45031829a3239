package kommunicate

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// noon is the clock of these tests; it stands still.
var noon = time.UnixMilli(1_760_000_000_500)

// fixture is a platform with a raw HTTP client: what the vendor's pages show goes in, JSON comes out.
type fixture struct {
	*Platform

	t       *testing.T
	core    *sandbox.Core
	handler http.Handler
	headers map[string]string
}

func start(t *testing.T) *fixture {
	t.Helper()

	core := sandbox.New(sandbox.Options{Now: func() time.Time { return noon }})
	p := New(core)

	return &fixture{Platform: p, t: t, core: core, handler: core.Mount(p), headers: map[string]string{
		"Api-Key": APIKey, "Of-User-Id": OwnerID, "Content-Type": "application/json",
	}}
}

// raw sends one request. headers come in pairs over the defaults; an empty value drops a default.
func (f *fixture) raw(line, body string, headers ...string) *http.Response {
	f.t.Helper()

	method, path, _ := strings.Cut(line, " ")

	r := httptest.NewRequestWithContext(f.t.Context(), method, "/kommunicate"+path, strings.NewReader(body))
	for name, value := range f.headers {
		r.Header.Set(name, value)
	}

	for i := 0; i < len(headers); i += 2 {
		r.Header.Del(headers[i])

		if headers[i+1] != "" {
			r.Header.Set(headers[i], headers[i+1])
		}
	}

	recorder := httptest.NewRecorder()
	f.handler.ServeHTTP(recorder, r)

	return recorder.Result()
}

// answer is an envelope as a reader of the vendor's pages would decode it.
type answer struct {
	status      int
	text        string
	Status      string          `json:"status"`
	GeneratedAt int64           `json:"generatedAt"`
	Response    json.RawMessage `json:"response"`
	Updated     bool            `json:"updated"`
	Errors      []struct {
		ErrorCode, Description, DisplayMessage string
	} `json:"errorResponse"`
}

func (a answer) code() string {
	if len(a.Errors) != 1 {
		return ""
	}

	return a.Errors[0].ErrorCode
}

func (f *fixture) call(line, body string, headers ...string) answer {
	f.t.Helper()

	response := f.raw(line, body, headers...)
	defer func() { _ = response.Body.Close() }()

	content, err := io.ReadAll(response.Body)
	if err != nil {
		f.t.Fatal(err)
	}

	out := answer{status: response.StatusCode, text: string(content)}
	if json.Unmarshal(content, &out) != nil {
		out.Status = ""
	}

	return out
}

// complaint returns what the journal holds against the last request.
func (f *fixture) complaint() string {
	f.t.Helper()
	entries := f.core.Journal.Entries(nil)

	return entries[len(entries)-1].Complain
}

// calm fails the test if any request so far was objectionable.
func (f *fixture) calm() {
	f.t.Helper()

	for _, entry := range f.core.Journal.Complaints() {
		f.t.Errorf("%s %s: complaint %q", entry.Method, entry.Path, entry.Complain)
	}
}

func decoded[T any](t *testing.T, raw []byte) T {
	t.Helper()

	var out T
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}

	return out
}

// conversation creates one that follows no rules, and returns its id.
func (f *fixture) conversation(name string) string {
	f.t.Helper()
	a := f.call("POST /rest/ws/group/conversation",
		`{"groupName":"`+name+`","clientGroupId":"`+name+`","groupMemberList":["u-1","`+AgentOneID+`"],"metadata":{"SKIP_ROUTING":true}}`)

	return decoded[struct{ ID json.Number }](f.t, a.Response).ID.String()
}

func equal(t *testing.T, got, want any) {
	t.Helper()

	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}

func sorted(values []string) []string {
	values = slices.Clone(values)
	slices.Sort(values)

	return values
}

// same compares JSON, whatever its spacing.
func same(t *testing.T, got string, want string) {
	t.Helper()

	var a, b bytes.Buffer
	if err := json.Compact(&a, []byte(got)); err != nil {
		t.Fatalf("%v in %s", err, got)
	}

	if err := json.Compact(&b, []byte(want)); err != nil {
		t.Fatalf("%v in %s", err, want)
	}

	equal(t, a.String(), b.String())
}

func TestCredentialsAreChecked(t *testing.T) {
	tests := map[string]struct {
		path    string
		headers []string
		status  int
		text    string
		strict  bool
	}{
		"key in header":   {"/rest/ws/group/v2/info?groupId=1", nil, 200, "", false},
		"key in query":    {"/rest/ws/group/v2/info?groupId=1&apiKey=" + APIKey, []string{"Api-Key", ""}, 200, "", false},
		"no key":          {"/rest/ws/group/v2/info?groupId=1", []string{"Api-Key", ""}, 401, `{"message":"No API key found in request"}`, true},
		"bad key":         {"/rest/ws/group/v2/info?groupId=1", []string{"Api-Key", "x"}, 401, `{"message":"Invalid authentication credentials"}`, false},
		"key on chat":     {"/chat/rest/ws/group/v2/info?groupId=1", nil, 200, "", false},
		"nothing on chat": {"/chat/rest/ws/group/v2/info?groupId=1", []string{"Api-Key", ""}, 401, "UnAuthorized Access", true},
		"bad token":       {"/chat/rest/ws/group/v2/info?groupId=1", []string{"Api-Key", "", "X-Authorization", "x"}, 401, "UnAuthorized Access", false},
		"no such path":    {"/rest/ws/group/nothing", nil, 404, `{"message":"no Route matched with those values"}`, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := start(t)

			a := f.call("GET "+tt.path, "", tt.headers...)
			if a.status != tt.status || tt.text != "" && a.text != tt.text {
				t.Errorf("answered %d %s", a.status, a.text)
			}

			strict := f.complaint() != ""
			if strict != tt.strict {
				t.Errorf("complaint %q", f.complaint())
			}
		})
	}
}
