package promises_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	chatlake "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	imichat "github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	kommunicate "github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Every method of every client is called with answers that no platform should give. New methods are found by reflection,
// so none is forgotten.

const credential = "credential-for-the-configured-host-only"

// newClients builds a client of each platform over the given wire.
var newClients = map[string]func(transport.Config) any{
	"kommunicate": func(c transport.Config) any {
		return kommunicate.New(kommunicate.Settings{
			BaseURL: address("https://km.example.com/base"), ChatBaseURL: address("https://kmchat.example.com/base"),
			APIKey: credential, ActingUserID: "agent", ApplicationID: "app", Transport: c,
		})
	},
	"chatlake": func(c transport.Config) any {
		return chatlake.New(chatlake.Settings{
			BaseURL: address("https://cl.example.com/base"), APIAccessToken: credential, AccountID: "1", Transport: c,
		})
	},
	"imichat": func(c transport.Config) any {
		return imichat.New(imichat.Settings{
			BaseURL: address("https://im.example.com/base"), APIKey: credential, Domain: "example", TeamID: "101",
			APIVersion: "v3.1", AuthorizationHeader: "Authorization", Transport: c,
		})
	},
}

// hosts are those that may see the platform's credentials.
var hosts = map[string][]string{
	"kommunicate": {"km.example.com", "kmchat.example.com"}, "chatlake": {"cl.example.com"}, "imichat": {"im.example.com"},
}

func address(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		panic(err)
	}

	return u
}

// method is one call of one client.
type method struct {
	platform, name string
	function       reflect.Method
}

// methods returns those that talk to the platform.
func methods() []method {
	var found []method

	for _, platform := range slices.Sorted(maps.Keys(newClients)) {
		kind := reflect.TypeOf(newClients[platform](transport.Config{}))
		for i := range kind.NumMethod() {
			f := kind.Method(i)
			if f.Type.NumIn() > 1 && f.Type.In(1) == reflect.TypeFor[context.Context]() {
				found = append(found, method{platform, f.Name, f})
			}
		}
	}

	return found
}

// argument returns a value that a room could pass.
func argument(kind reflect.Type, text string) reflect.Value {
	value := reflect.New(kind).Elem()
	switch kind.Kind() {
	case reflect.String:
		value.SetString(text)
	case reflect.Int:
		value.SetInt(50) // How many rows at most: validators see to that one.
	case reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			n = 42
		}

		value.SetInt(n)
	case reflect.Slice:
		if kind.Elem().Kind() != reflect.Uint8 {
			value.Set(reflect.Append(value, argument(kind.Elem(), text)))
		}
	case reflect.Struct:
		for i := range kind.NumField() {
			field := kind.Field(i)
			if field.IsExported() && field.Type.Kind() == reflect.String {
				value.Field(i).SetString(text)
			}
		}
	case reflect.Pointer:
		value.Set(reflect.New(kind.Elem()))
		value.Elem().Set(argument(kind.Elem(), text))
	case reflect.Interface:
		if reflect.TypeFor[*strings.Reader]().Implements(kind) {
			value.Set(reflect.ValueOf(strings.NewReader(text)))
		}
	case reflect.Func:
		value.Set(reflect.MakeFunc(kind, func([]reflect.Value) []reflect.Value {
			out := make([]reflect.Value, kind.NumOut())
			for i := range out {
				out[i] = reflect.Zero(kind.Out(i))
			}

			return out
		}))
	}

	return value
}

// call runs the method over the wire and returns its values and its error.
func (m method) call(ctx context.Context, wire http.RoundTripper, text string) ([]reflect.Value, error) {
	client := newClients[m.platform](transport.Config{Timeout: 30 * time.Second, MaxRetries: 2, HTTP: wire, LogBodies: true})
	args := []reflect.Value{reflect.ValueOf(client), reflect.ValueOf(ctx)}

	for i := 2; i < m.function.Type.NumIn(); i++ {
		kind := m.function.Type.In(i)
		if m.function.Type.IsVariadic() && i == m.function.Type.NumIn()-1 {
			kind = kind.Elem()
		}

		args = append(args, argument(kind, text))
	}

	out := m.function.Func.Call(args)
	if len(out) == 0 {
		return nil, nil
	}

	if rows, ok := out[0].Interface().(iter.Seq2[any, error]); ok {
		for _, err := range rows {
			if err != nil {
				return nil, err
			}
		}
	}

	err, _ := out[len(out)-1].Interface().(error)

	return out[:len(out)-1], err
}

// hostile answers every request as it is told to, and watches what is asked.
type hostile struct {
	platform string
	answer   func(*http.Request) *http.Response
	requests int
	problems []string
}

func (h *hostile) RoundTrip(r *http.Request) (*http.Response, error) {
	h.requests++
	if h.requests > 5000 {
		return nil, errors.New("the client does not stop")
	}

	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}

	if !slices.Contains(hosts[h.platform], r.URL.Host) {
		h.problems = append(h.problems, "sent to "+r.URL.String())
	}
	// The server's view of the path, with escapes undone as late as possible.
	p := r.URL.EscapedPath()
	if !strings.HasPrefix(p, "/base/") || path.Clean(p) != strings.TrimSuffix(p, "/") && path.Clean(p) != p {
		h.problems = append(h.problems, "strange path "+p)
	}

	if strings.Contains(r.URL.String(), credential) {
		h.problems = append(h.problems, "a credential in "+r.URL.String())
	}

	response := h.answer(r)

	response.Request = r
	if response.Header == nil {
		response.Header = http.Header{}
	}

	if strings.HasSuffix(r.URL.Path, "/authorize") && response.StatusCode == http.StatusOK {
		response.Header.Set("access_token", credential)
	}

	return response, nil
}

func answer(status int, contentType string, body []byte) *http.Response {
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {contentType}}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: -1,
	}
}

// nonsense are bodies that no endpoint promises, whatever its status says.
var nonsense = []string{
	``, ` `, `null`, `0`, `-1`, `1e999`, `true`, `"text"`, `"success`, `{}`, `{"a":1}`, `{"id":null}`, `[1]`, `[null]`, `[[]]`, `[{}]`,
	`["`, `{"payload":`, `{"payload":null}`, `{"payload":{}}`, `{"payload":"x"}`, `{"payload":[{}]}`, `{"payload":[null]}`, `{"data":{}}`,
	`{"status":"success","response":null}`, `{"status":"success","response":{}}`, `{"status":"success","response":"x"}`,
	`{"status":"success","response":[{}]}`, `{"status":"success","response":[null]}`, `{"response":null}`, `{"response":{}}`,
	`{"response":[1]}`, `{"response":{"chats":null}}`, `{"response":{"chats":[{}]}}`, `{"status_code":"x"}`, `{"id":{}}`, `{"id":[]}`,
	`{"id":1.5}`, `{"id":9223372036854775808}`, "\x00\x01\x02", "\xff\xfe{}", "\xef\xbb\xbf{}", "<html>sign in</html>",
	"<!doctype html><title>502</title>", "Retry later\n", "OK", "upstream connect error", strings.Repeat("[", 20000), strings.Repeat(`{"a":`, 12000),
}

// garbage draws a body that carries no object: nonsense, noise, or nonsense that broke off.
func garbage(r *rand.Rand) []byte {
	switch r.IntN(3) {
	case 0:
		noise := make([]byte, r.IntN(200))
		for i := range noise {
			noise[i] = byte(r.UintN(256))
		}

		return noise
	case 1:
		text := nonsense[r.IntN(len(nonsense))]
		return []byte(text[:r.IntN(len(text)+1)])
	default:
		return []byte(nonsense[r.IntN(len(nonsense))])
	}
}

// bodies returns how many answers each endpoint gets.
func bodies(t *testing.T) int {
	t.Helper()

	n, err := strconv.Atoi(os.Getenv("CHAT_HOSTILE_BODIES"))
	if err != nil {
		return 100
	}

	return n
}

// A success with a body that holds no object is an error, and never "it is gone": Terraform would forget the object.
func TestGarbageIsAnError(t *testing.T) {
	t.Parallel()

	n := bodies(t)
	for _, m := range methods() {
		t.Run(m.platform+"/"+m.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, 1))
				for i := range n {
					body := garbage(r)
					if i < len(nonsense) {
						body = []byte(nonsense[i])
					}

					m.refuses(t, body)
				}
			})
		})
	}
}

func (m method) refuses(t *testing.T, body []byte) {
	t.Helper()

	h := &hostile{platform: m.platform, answer: func(*http.Request) *http.Response {
		return answer(http.StatusOK, "application/json", body)
	}}

	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()

	values, err := m.call(ctx, h, "42")
	for _, problem := range h.problems {
		t.Errorf("%s", problem)
	}

	shown := body[:min(len(body), 80)]
	switch {
	case transport.IsNotFound(err):
		t.Errorf("%q reads as: not found (%v)", shown, err)
	case err == nil && h.requests > 0 && len(values) > 0 && !harmless(values):
		t.Errorf("%q is taken for %+v", shown, values[0])
	case h.requests > 1000:
		t.Errorf("%q keeps the client busy: %d requests, %v", shown, h.requests, err)
	}
}

// harmless reports whether a result without an error claims nothing.
func harmless(values []reflect.Value) bool {
	last := values[len(values)-1]
	if last.Kind() == reflect.Bool && !last.Bool() {
		return true // "There is none."
	}

	for _, v := range values {
		switch v.Kind() {
		case reflect.Slice, reflect.Map:
			if v.Len() > 0 {
				return false
			}
		case reflect.Struct:
			return false
		default:
			if !v.IsZero() {
				return false
			}
		}
	}

	return true
}

// Whatever status, header and body come, the client returns, stays with its host, and takes only the platform's own
// words for "not found".
func TestRandomAnswers(t *testing.T) {
	t.Parallel()

	n := bodies(t)
	for _, m := range methods() {
		t.Run(m.platform+"/"+m.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := rand.New(rand.NewPCG(2, 2))

				for range n {
					m.survives(t, func(*http.Request) *http.Response { return randomAnswer(r, m.platform) }, "42")
				}
			})
		})
	}
}

func (m method) survives(t *testing.T, with func(*http.Request) *http.Response, text string) {
	t.Helper()

	h := &hostile{platform: m.platform, answer: with}

	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()

	_, err := m.call(ctx, h, text)
	for _, problem := range h.problems {
		t.Errorf("%s", problem)
	}

	if h.requests > 1000 {
		t.Errorf("the client sent %d requests: %v", h.requests, err)
	}
}

var statuses = []int{200, 200, 200, 200, 201, 204, 206, 301, 302, 307, 400, 401, 403, 404, 404, 409, 410, 418, 422, 429, 500, 502, 503, 504, 599}

func randomAnswer(r *rand.Rand, platform string) *http.Response {
	body := garbage(r)
	if r.IntN(3) > 0 {
		text, err := json.Marshal(randomJSON(r, 4))
		if err == nil {
			body = text
		}
	}

	types := []string{"application/json", "text/html", "text/plain", "", "application/json; charset=\"", "\x00"}
	response := answer(statuses[r.IntN(len(statuses))], types[r.IntN(len(types))], body)
	locations := []string{"https://evil.example.net/base/x", "http://" + hosts[platform][0] + "/base/x", "//evil.example.net/", "/base/elsewhere", "::"}
	response.Header.Set("Location", locations[r.IntN(len(locations))])

	for name, values := range map[string][]string{
		"Retry-After": {"1", "-5", "1e30", "NaN", "soon", "Wed, 21 Oct 2099 07:28:00 GMT"}, "Rate-Limit-Reset": {"x", "-1", "99999999999999999999"},
		"Rate-Limit-Remaining": {"0", "-1", "x"},
	} {
		if r.IntN(4) == 0 {
			response.Header.Set(name, values[r.IntN(len(values))])
		}
	}

	return response
}

// keys are names that decoders look for, in both vendors' spellings.
var keys = []string{
	"id", "payload", "response", "status", "data", "meta", "contact", "chats", "chat", "users", "user", "teams", "team", "messages", "message",
	"count", "all_count", "has_more", "errorResponse", "errorCode", "error", "errors", "attributes", "status_code", "group", "groups", "groupId",
	"clientGroupId", "userId", "metadata", "membersId", "groupUsers", "userDetails", "groupFeeds", "key", "createdAt", "created_at", "name",
	"email", "contact_inboxes", "custom_attributes", "additional_attributes", "content_attributes", "inbox", "source_id", "labels", "tag", "tags",
	"assignee", "customer", "asset", "alias_id", "code", "description", "response_info", "conversation", "version", "accounts", "updated",
}

func randomJSON(r *rand.Rand, depth int) any {
	if depth == 0 || r.IntN(4) == 0 {
		return []any{nil, 0, 42, -1, 1.5, 1e300, true, "", "42", "success", "error", "AL-G-01", "2026-01-01T00:00:00Z", 1700000000000, "\x00", "💬"}[r.IntN(16)]
	}

	if r.IntN(4) == 0 {
		rows := make([]any, r.IntN(5))
		for i := range rows {
			rows[i] = randomJSON(r, depth-1)
		}

		return rows
	}

	fields := map[string]any{}
	for range r.IntN(8) {
		fields[keys[r.IntN(len(keys))]] = randomJSON(r, depth-1)
	}

	return fields
}

// Ids come from state files and import commands, so they may hold anything; none may reach another path.
func TestStrangeIDsStayInTheirPath(t *testing.T) {
	t.Parallel()

	for _, m := range methods() {
		t.Run(m.platform+"/"+m.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				for _, text := range strangeIDs {
					m.survives(t, func(*http.Request) *http.Response { return answer(http.StatusOK, "application/json", []byte(`{}`)) }, text)
				}
			})
		})
	}
}

var strangeIDs = []string{
	"", ".", "..", "../../x", "a/b", "a?b=c", "a#b", "a%2fb", "%2e%2e", "..%2f..", `a\b`, " ", "\x00", "a\r\nX: y", "💬", "-1", "0",
	"9223372036854775808", strings.Repeat("a", 9000), "%", "%zz", ";", "a;b", "//evil.example.net/x", "@evil.example.net", "https://evil.example.net",
}

// FuzzAnswers looks for an answer that breaks a client.
func FuzzAnswers(f *testing.F) {
	all := methods()

	for i, body := range nonsense {
		if len(body) < 1000 {
			f.Add(uint16(i), uint16(200), "application/json", []byte(body), "42")
		}
	}

	for i, text := range strangeIDs {
		if len(text) < 1000 {
			f.Add(uint16(i), uint16(404), "text/html", []byte("{}"), text)
		}
	}

	f.Fuzz(func(t *testing.T, which, status uint16, contentType string, body []byte, id string) {
		m := all[int(which)%len(all)]

		synctest.Test(t, func(t *testing.T) {
			m.survives(t, func(*http.Request) *http.Response {
				return answer(200+int(status)%400, contentType, body)
			}, id)
		})
	})
}
