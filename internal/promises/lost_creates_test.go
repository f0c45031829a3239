package promises_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// committed are the ways in which a server does what it was asked and does not say so: the announcement of a new object
// fails after it was stored, a gateway gives up, or the connection ends.
var committed = []sandbox.Fault{
	{Name: "500 after the commit", Method: "POST", Status: 500, After: true, Body: `{"error":"Internal Server Error"}`},
	{Name: "502 after the commit", Method: "POST", Status: 502, After: true, Body: `Bad Gateway`},
	{Name: "cut after the commit", Method: "POST", Cut: sandbox.CutReset, After: true},
}

// repeatable are types whose create may come twice: the same member joins once.
var repeatable = []string{
	"kommunicate_conversation_member", "chatlake_inbox_member", "chatlake_team_member", "chatlake_conversation_participant",
}

// undecided are the types without a key of which no list shows enough to find a new object again: the error says that it
// may exist.
var undecided = []string{"kommunicate_message", "imichat_message", "chatlake_platform_account", "chatlake_platform_agent_bot"}

// withoutKey are objects of types whose key is optional, and which have none.
func withoutKey() []subject {
	return []subject{
		{
			kind:   "chatlake_contact",
			config: fixed(acctest.Values{"name": "Only A Name"}),
			count:  func(w *acctest.World) int { return len(w.Chatlake.Contacts()) },
		},
		{
			kind: "chatlake_article",
			config: func(s *stage) acctest.Values {
				portal := s.need("chatlake_portal", acctest.Values{"name": "Help", "slug": "help"})
				return acctest.Values{"portal_slug": portal.String("slug"), "title": "How to order", "content": "Like this.", "author_id": fmt.Sprint(chatlake.AdminID)}
			},
			count: func(w *acctest.World) int { return len(w.Chatlake.Objects("articles")) },
		},
	}
}

// An error status after a create says nothing about whether the object was made. For every type, and every request of its
// create: the object is in the state, or the error names the one that may be it, or the next apply finds it by its key.
func TestNoFailedCreateLosesItsObject(t *testing.T) {
	t.Parallel()

	for i, sub := range append(withoutKey(), subjects()...) {
		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, acctest.Values{"max_retries": 0})
			s.world.Complaints = true
			hasKey := i >= len(withoutKey()) && sub.keyed(s.Protocol)

			for _, fault := range committed {
				t.Run(fault.Name, func(t *testing.T) {
					for number := range sub.requests(s.clear(t), "create") {
						fault.Platform, fault.Skip = platformOf(sub.kind), number
						sub.keepsWhatWasMade(s.clear(t), fault, hasKey)
					}
				})
			}
		})
	}
}

func (sub subject) keepsWhatWasMade(s *stage, fault sandbox.Fault, hasKey bool) {
	s.Helper()

	p := sub.open(s, "create")
	before := sub.count(p.world)
	s.world.Faults.Clear()
	s.world.Faults.Add(fault)

	diags := p.act()
	made := sub.count(p.world) - before

	isNamed := slices.ContainsFunc(diags, func(d *tfprotov6.Diagnostic) bool {
		return strings.Contains(d.Summary, "may exist") && strings.Contains(d.Detail, "mport")
	})

	switch {
	case made > 1:
		p.Errorf("request %d: %d were made\n%s", fault.Skip+1, made, diags)
	case made == 0 || !p.object.Gone() || hasKey || isNamed:
	case slices.Contains(repeatable, sub.kind):
	case slices.Contains(undecided, sub.kind) && mayExist.MatchString(diags.String()):
	default:
		p.Errorf("request %d: what was made is lost\n%s", fault.Skip+1, diags)
	}
}

// What is named can be imported, and then nothing is left to do.
func TestNamedObjectsCanBeImported(t *testing.T) {
	t.Parallel()

	const rule = "chatlake_automation_rule"

	for _, sub := range subjects() {
		if sub.kind != rule {
			continue
		}

		s := newStage(t, acctest.Values{"max_retries": 0})
		p := sub.open(s, "create")
		fault := committed[0]
		fault.Platform = "chatlake"
		s.world.Faults.Add(fault)

		diags := p.act()

		_, rest, found := strings.Cut(diags.String(), "id = \"")
		id, _, _ := strings.Cut(rest, "\"")

		if !found {
			t.Fatalf("no id to import: %s", diags)
		}

		imported, diags := s.Import(t.Context(), rule, id)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}

		read, diags := s.Read(t.Context(), imported)
		if len(diags.Errors()) > 0 || p.Changes(t.Context(), read, p.config) || sub.count(p.world) != 1 {
			t.Errorf("%d rules; the imported one differs: %s\n%s", sub.count(p.world), differences(read, p.config), diags)
		}
	}
}

// late holds the first request that makes an object back, and lets it through after the provider has given up.
type late struct {
	handler http.Handler
	isOn    bool
	held    *http.Request
	body    string
}

func (l *late) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	parts := strings.Split(r.URL.Path, "/")
	isCreate := r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/chatlake/api/v1/accounts/") && parts[len(parts)-1] != "filter"

	if !l.isOn || !isCreate {
		l.handler.ServeHTTP(out, r)
		return
	}

	body, _ := io.ReadAll(r.Body)
	l.isOn, l.held, l.body = false, r, string(body)

	panic(http.ErrAbortHandler) // The connection ends without an answer.
}

func (l *late) deliver(t *testing.T) {
	t.Helper()

	r := l.held.Clone(t.Context())
	r.Body = io.NopCloser(strings.NewReader(l.body))

	out := httptest.NewRecorder()
	l.handler.ServeHTTP(out, r)

	if out.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s", r.Method, r.URL, out.Code, out.Body)
	}
}

// A server may make an object after the provider has given up, and has looked for it in vain. The next plan finds it, for every
// type of Chatlake without a key, and nothing is made twice or taken from others; or there is none, and it is made.
func TestLateCreates(t *testing.T) {
	t.Parallel()

	l := &late{}
	s := newStage(t, acctest.Values{"max_retries": 0})
	l.handler = s.world.Handler()

	server := httptest.NewServer(l)
	t.Cleanup(server.Close)

	s.world.URL, s.world.Complaints = server.URL, true

	count := 0

	for i, sub := range append(withoutKey(), subjects()...) {
		hasKey := i >= len(withoutKey()) && sub.keyed(s.Protocol)
		if platformOf(sub.kind) != "chatlake" || hasKey || slices.Contains(repeatable, sub.kind) || slices.Contains(notLate, sub.kind) ||
			slices.Contains(undecided, sub.kind) {
			continue
		}

		count++

		for _, comes := range []bool{true, false} {
			sub.recovers(s.clear(t), l, comes)
		}
	}

	if count < 11 {
		t.Errorf("%d types without a key", count)
	}
}

// notLate are types of which nothing is made, or of which a second one is as good: a contact has a session more, which the
// platform cannot delete.
var notLate = []string{"chatlake_account_settings", "chatlake_notification_settings", "chatlake_profile_settings", "chatlake_contact_inbox", "chatlake_saml_settings"}

func (sub subject) recovers(s *stage, l *late, comes bool) {
	s.Helper()

	p := sub.open(s, "create")
	before := sub.count(p.world)
	l.isOn = true

	diags := p.act()
	if len(diags.Errors()) == 0 || p.object.Gone() || p.object.String("id") != "" || !strings.Contains(diags.String(), "may still come") {
		p.Errorf("%s: lost, the state is %v\n%s", sub.kind, p.object.State, diags)
		return
	}

	if comes {
		l.deliver(p.T)
	}

	// Another resource, or somebody else, may have made what is as planned: a person decides. A message has an id that was made up.
	isCertain := sub.kind == "chatlake_message"
	later := s.world.Protocol(p.T, s.settings)

	read, diags := later.Read(p.Context(), p.object)
	if comes && !isCertain {
		said := diags.Errors().String()
		if len(diags) != 1 || !strings.Contains(said, "terraform state rm") || !strings.Contains(said, "import {") || !read.State.Equal(p.object.State) {
			p.Errorf("%s: read %v\n%s", sub.kind, read.State, diags)
		}

		destroyed, diags := s.world.Protocol(p.T, s.settings).Apply(p.Context(), p.object, nil) // Without a refresh.
		if !destroyed.Gone() || len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "import {") || sub.count(p.world) != before+1 {
			p.Errorf("%s: %d, destroyed %v\n%s", sub.kind, sub.count(p.world), destroyed.State, diags)
		}

		return
	}

	if len(diags) > 0 || read.Gone() == comes || comes && read.String("id") == "" {
		p.Errorf("%s: read %v\n%s", sub.kind, read.State, diags)
		return
	}

	o, diags := later.Apply(p.Context(), read, p.config) // Created, or untainted.
	if len(diags) > 0 || later.Changes(p.Context(), o, p.config) || sub.count(p.world) != before+1 {
		p.Errorf("%s: %d, applied %s\n%s", sub.kind, sub.count(p.world), differences(o, p.config), diags)
	}
}
