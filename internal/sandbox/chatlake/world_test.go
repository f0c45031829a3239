package chatlake_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// world is one sandbox with a clock that tests turn.
type world struct {
	*testing.T
	core   *sandbox.Core
	p      *chatlake.Platform
	client *http.Client
	now    time.Time
	token  string
	accept string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		T: t, now: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), token: chatlake.AdminToken, accept: "application/json",
	}
	w.core = sandbox.New(sandbox.Options{Now: func() time.Time { return w.now }})
	w.p = chatlake.New(w.core)
	w.client = &http.Client{Transport: sandbox.RoundTripper(w.core.Mount(w.p))}

	return w
}

// as returns the same world seen by somebody else.
func (w *world) as(token string) *world {
	other := *w
	other.token = token

	return &other
}

// raw sends one request; a path is in the account unless it starts with two slashes.
func (w *world) raw(method, path, contentType string, body []byte) (int, string) {
	w.Helper()

	rooted, isRooted := strings.CutPrefix(path, "//")
	if isRooted {
		path = "/" + rooted
	} else {
		path = "/api/v1/accounts/1" + path
	}

	req, err := http.NewRequestWithContext(w.Context(), method, "http://sandbox/chatlake"+path, bytes.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}

	if w.token != "" {
		req.Header.Set("Api-Access-Token", w.token)
	}

	if w.accept != "" {
		req.Header.Set("Accept", w.accept)
	}

	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}

	resp, err := w.client.Do(req)
	if err != nil {
		w.Fatal(err)
	}

	defer func() { _ = resp.Body.Close() }()

	got, err := io.ReadAll(resp.Body)
	if err != nil {
		w.Fatal(err)
	}

	return resp.StatusCode, string(got)
}

func (w *world) send(method, path, body string) (int, string) {
	w.Helper()

	if body == "" {
		return w.raw(method, path, "", nil)
	}

	return w.raw(method, path, "application/json", []byte(body))
}

// want sends a request and compares the answer: every key in want must be in the answer with that value. A string
// "<absent>" wants no such key, "<any>" wants one, and an answer without a body is "<empty>".
func (w *world) want(method, path, body string, status int, want string) {
	w.Helper()
	gotStatus, got := w.send(method, path, body)
	w.compare(method+" "+path+" "+body, gotStatus, got, status, want)
}

func (w *world) compare(what string, gotStatus int, got string, status int, want string) {
	w.Helper()

	if gotStatus != status {
		w.Errorf("%s: status %d, want %d; body %s", what, gotStatus, status, got)
		return
	}

	if want == "" {
		return
	}

	if want == "<empty>" {
		if got != "" {
			w.Errorf("%s: body %s, want none", what, got)
		}

		return
	}

	problem := differ(parse(w, want), parse(w, got), "")
	if problem != "" {
		w.Errorf("%s: %s; body %s", what, problem, got)
	}
}

func parse(w *world, text string) any {
	w.Helper()

	var value any

	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()

	if err := decoder.Decode(&value); err != nil {
		w.Fatalf("not JSON: %v: %s", err, text)
	}

	return value
}

func differ(want, got any, at string) string {
	switch want := want.(type) {
	case map[string]any:
		have, isObject := got.(map[string]any)
		if !isObject {
			return fmt.Sprintf("%s is %v, want an object", at, got)
		}

		for key, value := range want {
			inner, present := have[key]
			switch {
			case value == "<absent>" && present:
				return fmt.Sprintf("%s.%s is there", at, key)
			case value == "<absent>":
			case !present:
				return fmt.Sprintf("%s.%s is absent", at, key)
			default:
				problem := differ(value, inner, at+"."+key)
				if problem != "" {
					return problem
				}
			}
		}

		return ""
	case []any:
		have, isList := got.([]any)
		if !isList || len(have) != len(want) {
			return fmt.Sprintf("%s is %v, want %d elements", at, got, len(want))
		}

		for i := range want {
			problem := differ(want[i], have[i], fmt.Sprintf("%s[%d]", at, i))
			if problem != "" {
				return problem
			}
		}

		return ""
	}

	if want == "<any>" || fmt.Sprintf("%T %v", want, want) == fmt.Sprintf("%T %v", got, got) {
		return ""
	}

	return fmt.Sprintf("%s is %T %v, want %T %v", at, got, got, want, want)
}

// get reads one value out of an answer, by a path like "payload.contact.id".
func (w *world) get(body, path string) any {
	w.Helper()

	value := parse(w, body)
	for name := range strings.SplitSeq(path, ".") {
		switch inner := value.(type) {
		case map[string]any:
			value = inner[name]
		case []any:
			var i int
			if _, err := fmt.Sscan(name, &i); err != nil || i >= len(inner) {
				w.Fatalf("no %s in %s", path, body)
			}

			value = inner[i]
		default:
			w.Fatalf("no %s in %s", path, body)
		}
	}

	return value
}

// make sends a create and returns the id at the path.
func (w *world) make(path, body, at string) string {
	w.Helper()

	status, got := w.send("POST", path, body)
	if status != 200 {
		w.Fatalf("POST %s %s: %d %s", path, body, status, got)
	}

	return fmt.Sprint(w.get(got, at))
}

func (w *world) contact(body string) string {
	w.Helper()
	return w.make("/contacts", body, "payload.contact.id")
}

// quiet fails if there were complaints, and forgets them.
func (w *world) quiet() {
	w.Helper()

	for _, entry := range w.core.Journal.Complaints() {
		w.Errorf("complaint about %s %s %s: %s", entry.Method, entry.Path, entry.Body, entry.Complain)
	}

	w.core.Journal.Clear()
}

// complains fails if there is no complaint, and forgets the complaints.
func (w *world) complains(about string) {
	w.Helper()

	found := false
	for _, entry := range w.core.Journal.Complaints() {
		found = found || strings.Contains(entry.Complain, about)
	}

	if !found {
		w.Errorf("no complaint about %q", about)
	}

	w.core.Journal.Clear()
}

func (w *world) act(hook string, body any) any {
	w.Helper()

	result, err := sandbox.Act(w.p, hook, body)
	if err != nil {
		w.Fatalf("hook %s: %v", hook, err)
	}

	return result
}

func (w *world) switches(change func(*chatlake.Switches)) {
	w.p.SetSwitches(change)
}
