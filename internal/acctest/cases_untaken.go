package acctest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
)

// checkUntaken drops keys of the requests that make and change an object, as a server does that does not know them. The
// apply fails or warns, or the next plan has no difference: nothing is lost without a word. make odd drops all keys.
func (r *caseRun) checkUntaken() {
	f := &forgetful{next: r.world.Handler()}
	server := httptest.NewServer(f)
	r.Cleanup(server.Close)

	r.world.URL = server.URL
	tries := oddSetting("CHAT_ODD", oddTries)

	for _, isUpdate := range []bool{false, true} {
		if isUpdate && len(r.Stages) < 2 {
			continue
		}

		_, act := r.beforeUntaken(isUpdate)

		f.watch("")
		act()

		for _, key := range every(f.rest(), tries) {
			config, act := r.beforeUntaken(isUpdate)

			f.watch(key)

			applied, diags := act()

			f.rest()

			if len(diags) > 0 || applied.Gone() {
				continue
			}

			read, diags := r.provider.Read(r.Context(), applied)
			if len(diags) > 0 || read.Gone() {
				continue
			}

			plan, diags := r.provider.Plan(r.Context(), read, config)
			if len(diags) > 0 {
				continue
			}

			changes := changedPaths(r.T, read.State, r.provider.unpack(plan.PlannedState, r.provider.valueType(r.Type)))
			if len(changes) > 0 {
				r.Errorf("the platform ignored %q, and nothing was said (update: %t). The next plan changes %v", key, isUpdate, changes)
			}
		}
	}
}

// beforeUntaken prepares a create with everything, or an update to the second stage. It returns the configuration, and the
// apply.
func (r *caseRun) beforeUntaken(isUpdate bool) (Values, func() (Object, Diagnostics)) {
	r.Helper()
	r.restart()

	config, prior := r.first(), Object{Type: r.Type}

	if isUpdate {
		made, diags := r.provider.Apply(r.Context(), prior, config)
		if len(diags.Errors()) > 0 {
			r.Fatal(diags)
		}

		config, prior = r.config(r.Stages[1]), made
	}

	return config, func() (Object, Diagnostics) { return r.provider.Apply(r.Context(), prior, config) }
}

// every returns at most that many elements, from all parts of the slice.
func every(all []string, most int) []string {
	if len(all) <= most {
		return all
	}

	some := make([]string, most)
	for i := range some {
		some[i] = all[i*len(all)/most]
	}

	return some
}

// forgetful passes requests on, and leaves a key out of those that write.
type forgetful struct {
	next http.Handler

	mu        sync.Mutex
	isWatched bool
	key       string
	seen      map[string]bool
}

// watch begins an apply whose requests lose the key.
func (f *forgetful) watch(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()

	f.isWatched, f.key, f.seen = true, key, map[string]bool{}
}

// rest ends the apply, and returns the keys of its requests.
func (f *forgetful) rest() []string {
	f.mu.Lock()
	defer f.mu.Unlock()

	f.isWatched = false

	return slices.Sorted(maps.Keys(f.seen))
}

func (f *forgetful) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	if f.isWatched && r.Method != http.MethodGet && !strings.HasPrefix(r.URL.Path, "/_sandbox") {
		f.forget(r)
	}
	f.mu.Unlock()

	f.next.ServeHTTP(w, r)
}

func (f *forgetful) forget(r *http.Request) {
	raw, err := io.ReadAll(r.Body)

	var body any
	if err == nil && json.Unmarshal(raw, &body) == nil {
		f.visit(r.Method, body)

		raw, _ = json.Marshal(body)
	}

	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
}

func (f *forgetful) visit(at string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			key := fmt.Sprintf("%s %s", at, name)
			f.seen[key] = true

			if key == f.key {
				delete(value, name)
				continue
			}

			f.visit(key, inner)
		}
	case []any:
		for _, element := range value {
			f.visit(at+"[]", element)
		}
	}
}
