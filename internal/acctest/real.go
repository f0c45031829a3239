package acctest

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/replay"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// RealServer is a Chatwoot server on which the cases of Chatlake run in place of the simulator. CHATLAKE_REAL_URL names
// it. CHATLAKE_REAL_PLATFORM_TOKEN, of a platform app, makes an account for the run; or CHATLAKE_REAL_TOKEN and
// CHATLAKE_REAL_ACCOUNT_ID name one, with an administrator's token.
//
// Every name that a case uses gets a prefix, so that nothing else on the account is touched, and what was made is
// destroyed at the end.
type RealServer struct {
	url, account, token string
}

// realServer is the server that the environment names, or nil.
var realServer = sync.OnceValues(func() (*RealServer, error) {
	address := os.Getenv("CHATLAKE_REAL_URL")
	if address == "" {
		return nil, nil //nolint:nilnil // There is none.
	}

	return NewRealServer(address, os.Getenv("CHATLAKE_REAL_PLATFORM_TOKEN"), os.Getenv("CHATLAKE_REAL_ACCOUNT_ID"), os.Getenv("CHATLAKE_REAL_TOKEN"))
})

// NewRealServer connects to a server, and makes an account there if it gets a platform app's token.
func NewRealServer(address, platformToken, account, token string) (*RealServer, error) {
	s := &RealServer{url: strings.TrimSuffix(address, "/"), account: account, token: token}

	if platformToken != "" {
		people, err := replay.MakePeople(context.Background(), &http.Client{Timeout: time.Minute}, s.url, platformToken, time.Minute)
		if err != nil {
			return nil, err
		}

		s.account, s.token = people.AccountID, people.Tokens["administrator"]
	}

	if s.account == "" || s.token == "" {
		return nil, errors.New("CHATLAKE_REAL_URL needs CHATLAKE_REAL_PLATFORM_TOKEN, or CHATLAKE_REAL_TOKEN and CHATLAKE_REAL_ACCOUNT_ID")
	}

	return s, nil
}

// listen starts the proxy.
func (s *realRun) listen(t *testing.T) {
	t.Helper()

	target, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}

	forward := httputil.NewSingleHostReverseProxy(target)
	s.proxy = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.note(r)
		r.Host = target.Host
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(s.proxy.Close)
}

// readers are the ends of paths of requests that change nothing, whatever their method is.
var readers = []string{"/filter", "/search"}

// note remembers a request that changes something.
func (s *realRun) note(r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))

	isRead := r.Method == http.MethodGet || slices.ContainsFunc(readers, func(end string) bool { return strings.HasSuffix(r.URL.Path, end) })
	if isRead {
		return
	}

	s.mu.Lock()
	defer s.mu.Unlock()

	s.writes = append(s.writes, sandbox.Entry{Method: r.Method, Path: r.URL.Path, Body: body})
}

// settings returns those of the provider block.
func (s *realRun) settings() Values {
	return Values{"chatlake": Values{"base_url": s.proxy.URL, "api_access_token": s.token, "account_id": s.account}}
}

// seeded returns the objects that stand for those that the simulator holds from the start.
func (s *realRun) seeded() []struct {
	id     int
	kind   string
	config Values
} {
	return []struct {
		id     int
		kind   string
		config Values
	}{
		{chatlake.AdminID, "chatlake_agent", Values{"email": s.prefix + "admin@people.example", "name": "Admin", "role": "administrator"}},
		{chatlake.AgentID, "chatlake_agent", Values{"email": s.prefix + "one@people.example", "name": "One", "role": "agent"}},
		{chatlake.SecondAgentID, "chatlake_agent", Values{"email": s.prefix + "two@people.example", "name": "Two", "role": "agent"}},
		{chatlake.TeamID, "chatlake_team", Values{"name": s.prefix + "team"}},
		{chatlake.BotID, "chatlake_agent_bot", Values{"name": s.prefix + "bot"}},
		{chatlake.APIInboxID, "chatlake_inbox", Values{"name": s.prefix + "api", "channel": Values{"type": "api"}}},
		{chatlake.WebInboxID, "chatlake_inbox", Values{"name": s.prefix + "web", "channel": Values{"type": "web_widget", "website_url": "https://sandbox.example"}}},
	}
}

// realRun is what one check has of a real server.
type realRun struct {
	*RealServer

	prefix string
	made   []Object
	// proxy stands between the provider and the server, and notes what is written.
	proxy  *httptest.Server
	mu     sync.Mutex
	writes []sandbox.Entry
	// ids are those of objects that stand for the seeded ones of the simulator, by the simulator's id.
	ids map[string]string
}

// onRealServer makes a check run on the server, with a prefix of its own.
func (r *caseRun) onRealServer(server *RealServer) {
	r.Helper()

	sum := fnv.New32a()
	_, _ = fmt.Fprint(sum, r.T.Name(), time.Now().UnixNano())
	r.real = &realRun{RealServer: server, prefix: fmt.Sprintf("tf%08x", sum.Sum32())}

	r.real.listen(r.T)
	r.Cleanup(func() {
		for _, o := range slices.Backward(r.real.made) {
			_, diags := r.fresh().Apply(context.Background(), o, nil)
			if len(diags.Errors()) > 0 {
				r.Errorf("%s %s is left on the server: %s", o.Type, o.String("id"), diags)
			}
		}
	})
}

// prepareReal makes the objects to which the configurations refer by the ids of the simulator's, as far as they do.
func (r *caseRun) prepareReal() {
	r.Helper()

	ids := map[string]string{}
	text := fmt.Sprint(r.Minimal, r.Stages, r.Cleared, r.Replaced, r.Needs)

	for _, seeded := range r.real.seeded() {
		id := fmt.Sprint(seeded.id)
		if !strings.Contains(text, id) {
			continue
		}

		agent, hasAgent := ids[fmt.Sprint(chatlake.AgentID)]
		if hasAgent && (seeded.kind == "chatlake_inbox" || seeded.kind == "chatlake_team") {
			seeded.config["member_ids"] = []any{agent} // As in the simulator.
		}

		made, diags := r.provider.Create(r.Context(), seeded.kind, seeded.config)
		if len(diags.Errors()) > 0 {
			r.Fatalf("%s, which is needed: %s", seeded.kind, diags)
		}

		r.real.track(made)

		ids[id] = made.String("id")
	}

	r.real.ids = ids
}

// server returns the one on which the check runs; nil for the simulator.
func (r *caseRun) server() *RealServer {
	if r.real == nil {
		return nil
	}

	return r.real.RealServer
}

// track remembers an object, so that it is destroyed at the end.
func (s *realRun) track(o Object) {
	if o.Gone() {
		return
	}

	s.made = slices.DeleteFunc(s.made, func(other Object) bool { return other.Type == o.Type && other.String("id") == o.String("id") })
	s.made = append(s.made, o)
}

// named are the attributes whose values get a prefix: they are names that must not be taken, and by which a person finds
// what a run has left.
var named = []string{
	"name", "title", "short_code", "slug", "portal_slug", "attribute_key", "attribute_display_name", "identifier", "source_id", "email",
	"custom_domain",
}

// neverSeeded are the attributes that name an object of which the simulator is seeded with none: its id may look like another's.
var neverSeeded = []string{"conversation_id", "contact_id", "category_id", "portal_id"}

// adapt changes the value of an attribute to one of the run's own.
func (s *realRun) adapt(attribute string, value any) any {
	text, isText := value.(string)

	switch inner := value.(type) {
	case []any:
		changed := make([]any, len(inner))
		for i, one := range inner {
			changed[i] = s.adapt("", one)
		}

		return changed
	case Values:
		if attribute != "channel" && attribute != "customer" { // Elsewhere, a name is one of the platform's words.
			return s.adaptIDs(inner)
		}

		changed := Values{}
		for name, one := range inner {
			changed[name] = s.adapt(name, one)
		}

		return changed
	}

	id, isSeeded := s.ids[text]

	switch {
	case !isText || text == "" || slices.Contains(neverSeeded, attribute):
		return value
	case isSeeded:
		return id
	case slices.Contains(named, attribute):
		return s.prefix + text
	case attribute == "url":
		return text + "?" + s.prefix
	case attribute == "phone_number" || attribute == "line_channel_id":
		return text[:min(len(text), 5)] + s.digits(text)
	default:
		return value
	}
}

func (s *realRun) adaptIDs(values Values) Values {
	changed := Values{}
	for name, one := range values {
		changed[name] = s.adapt("", one)
	}

	return changed
}

// digits returns seven digits that belong to the run and a text.
func (s *realRun) digits(text string) string {
	sum := fnv.New32a()
	_, _ = io.WriteString(sum, s.prefix+text)

	return fmt.Sprintf("%07d", sum.Sum32()%10_000_000)
}

// writesSoFar returns the requests of the provider that changed something.
func (r *caseRun) writesSoFar() []sandbox.Entry {
	if r.real == nil {
		return r.world.Journal.Writes()
	}

	r.real.mu.Lock()
	defer r.real.mu.Unlock()

	return slices.Clone(r.real.writes)
}

// forget clears the journal.
func (r *caseRun) forget() {
	r.world.Journal.Clear()

	if r.real != nil {
		r.real.mu.Lock()
		defer r.real.mu.Unlock()

		r.real.writes = nil
	}
}

// Account returns the address of the account's API, and an administrator's token.
func (w *World) Account() (string, string) {
	if w.real != nil {
		return w.real.url + "/api/v1/accounts/" + w.real.account, w.real.token
	}

	return fmt.Sprintf("%s/chatlake/api/v1/accounts/%d", w.URL, chatlake.AccountID), chatlake.AdminToken
}

// IsReal reports whether the account is on a real server.
func (w *World) IsReal() bool { return w.real != nil }

// seededID finds ids of what the simulator is seeded with, in requests of others: {{12}}.
var seededID = regexp.MustCompile(`\{\{\d+\}\}`)

// Request sends a request to the account of Chatlake with an administrator's token, as others would, and returns the
// decoded answer. An id in {{}} is that of a seeded object, or of what stands for it on a real server.
func (w *World) Request(t *testing.T, method, path, body string) any {
	t.Helper()

	account, token := w.Account()
	body = seededID.ReplaceAllStringFunc(body, func(found string) string {
		id := strings.Trim(found, "{}")
		if w.real != nil {
			id = cmp.Or(w.real.ids[id], id)
		}

		return id
	})

	req, err := http.NewRequestWithContext(t.Context(), method, account+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}

	req.Header.Set("Api-Access-Token", token)

	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}

	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = answer.Body.Close() }()

	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}

	if answer.StatusCode >= 300 {
		t.Fatalf("%s %s: %d %s", method, path, answer.StatusCode, raw)
	}

	var decoded any
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &decoded); err != nil {
			t.Fatalf("%s %s: %s", method, path, raw)
		}
	}

	return decoded
}

// notOnRealServer returns the reason why a check cannot run on a real server, or "".
func (c Cases) notOnRealServer(check string) string {
	switch {
	case !strings.HasPrefix(c.Type, "chatlake_"):
		return "only Chatlake can run on a real server"
	case check == "odd" || check == "empty" || check == "untaken":
		return "it empties the simulator between its tries"
	case check == "refused" || check == "plans" || check == "quiet" || check == "removed":
		return "it asks no server"
	case c.Prepare != nil:
		return "it needs a switch of the simulator"
	case c.OnlySimulator != "":
		return c.OnlySimulator
	case check == "disappeared" && c.Vanish != nil:
		return "it needs a hook of the simulator"
	default:
		return ""
	}
}
