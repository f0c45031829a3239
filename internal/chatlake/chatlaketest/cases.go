// Package chatlaketest holds what the tests of all areas of Chatlake use: the tests that each object owes, requests as
// somebody else sends them, and a check against descriptions of the API.
package chatlaketest

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// Case holds the tests of one object of an account.
type Case struct {
	// Type is the name of the resource.
	Type string
	// Prepare makes on the platform what Taken and Data need.
	Prepare func(*testing.T, *acctest.World)

	// Minimal holds the required attributes alone. Without it, only Stages, Refused and Data are tried.
	Minimal acctest.Values
	// Stages are configurations, each applied to what the one before left: everything set, everything changed. Minimal is
	// the last one if there are fewer than three.
	Stages []acctest.Values
	// Refused are configurations that a plan refuses, and Accepted those that look alike and are accepted. All are added to
	// Minimal.
	Refused  []acctest.Refused
	Accepted []acctest.Values
	// Replaced has another value for an attribute that forces a replacement.
	Replaced acctest.Values
	// Drift are changes by others.
	Drift []Drift
	// Taken is an object whose key another one has.
	Taken *Taken
	// Data are reads of the object's data sources.
	Data []Data

	// HasNoKey says that objects of this type have no key of their own: a create whose answer is lost cannot be found.
	HasNoKey bool
	// MayBeWrittenByAgents says that an agent's token is enough.
	MayBeWrittenByAgents bool
	// CrashesIfGone says that the server crashes when an object is deleted that does not exist.
	CrashesIfGone bool
}

// Drift is a request by which somebody else changes an object. In its path and body, %s is the object's id.
type Drift struct {
	Method, Path, Body string
	// Configured is added to Minimal: the plan puts it back. Without it, the change is followed.
	Configured acctest.Values
	// Required says that the change is to an attribute of Minimal, which is always put back.
	Required bool
}

// Taken is an object with a key that another one has.
type Taken struct {
	// ID is the other one's id, if it is fixed.
	ID string
	// Config is refused, and adopts the other one with More.
	Config, More acctest.Values
	// Want are attributes of the adopted object.
	Want map[string]string
}

// Data is one read of a data source.
type Data struct {
	Type   string
	Config acctest.Values
	// Want are attributes of what was found, and Message words of the error.
	Want    map[string]string
	Message string
}

// Run runs the tests of an area's objects.
func Run(t *testing.T, cases ...Case) {
	t.Helper()

	for _, c := range cases {
		t.Run(strings.TrimPrefix(c.Type, "chatlake_"), func(t *testing.T) {
			t.Parallel()

			run := func(name string, needed bool, test func(*testing.T, Case)) {
				if needed {
					t.Run(name, func(t *testing.T) {
						t.Parallel()
						test(t, c)
					})
				}
			}
			run("life", c.Minimal != nil, testLife)
			run("stages", c.Stages != nil, testStages)
			run("refused", c.Refused != nil || c.Accepted != nil, testRefused)
			run("replaced", c.Replaced != nil, testReplaced)
			run("drift", c.Drift != nil, testDrift)
			run("taken", c.Taken != nil, testTaken)
			run("lost answer", c.Minimal != nil, testLostAnswer)
			run("agent token", c.Minimal != nil && !c.MayBeWrittenByAgents, testAgentToken)
			run("data", c.Data != nil, testData)
		})
	}
}

// testLife takes an object through its life without Terraform: nothing is sent without need, the identity finds it, and
// it is gone once it is destroyed.
func testLife(t *testing.T, c Case) {
	kind, config := c.Type, c.Minimal
	w := acctest.New(t)
	w.Complaints = c.CrashesIfGone
	p := w.Protocol(t, nil)

	created, diags := p.Create(t.Context(), kind, config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	want := 1
	if len(w.Journal.Writes()) != want {
		t.Errorf("%d writes for a create", len(w.Journal.Writes()))
	}

	if p.Changes(t.Context(), created, config) {
		t.Error("a second plan is not empty")
	}

	for attribute, value := range map[string]any{"adopt_existing": true, "timeouts": acctest.Values{"delete": "1m"}} {
		if _, ok := attributesOf(p, kind)[attribute]; !ok {
			continue
		}

		w.Journal.Clear()

		created, diags = p.Apply(t.Context(), created, With(config, acctest.Values{attribute: value}))
		if len(diags) > 0 {
			t.Error(diags)
		}

		ExpectNoWrites(t, w) // For what is decided on this side.
	}

	testImport(t, p, created)

	if gone, diags := p.Apply(t.Context(), created, nil); len(diags) > 0 || !gone.Gone() {
		t.Errorf("destroyed %v\n%s", gone.State, diags)
	}

	if gone, diags := p.Apply(t.Context(), created, nil); len(diags) > 0 || !gone.Gone() {
		t.Errorf("destroyed again %v\n%s", gone.State, diags)
	}

	if gone, diags := p.Read(t.Context(), created); len(diags) > 0 || !gone.Gone() {
		t.Errorf("read %v\n%s", gone.State, diags)
	}

	if again, diags := p.Create(t.Context(), kind, config); len(diags) > 0 || again.Gone() {
		t.Errorf("created again: %s", diags)
	}
}

// testImport imports an object by its id and by its identity, and refuses what is no id of this account.
func testImport(t *testing.T, p *acctest.Protocol, created acctest.Object) {
	t.Helper()

	kind := created.Type
	id := created.String("id")

	got := p.Identity(created)
	if got["id"] != id || got["account_id"] != "1" {
		t.Errorf("identity %v", got)
	}

	byIdentity, diags := p.ImportIdentity(t.Context(), kind, acctest.Values{"id": id, "account_id": "1"})

	byID, more := p.Import(t.Context(), kind, id)
	if len(diags)+len(more) > 0 || !byIdentity.State.Equal(byID.State) || byID.String("id") != id {
		t.Errorf("imported %v and %v\n%s%s", byIdentity.State, byID.State, diags, more)
	}

	_, diags = p.ImportIdentity(t.Context(), kind, acctest.Values{"id": id, "account_id": "2"})
	if !strings.Contains(diags.String(), "another account") {
		t.Errorf("imported from another account: %s", diags)
	}

	for _, wrong := range []string{"", "0", "x", "../1", "1/2", "1?x=1", "-1"} {
		_, diags = p.Import(t.Context(), kind, wrong)
		if !strings.Contains(diags.String(), "unexpected form") {
			t.Errorf("imported %q: %s", wrong, diags)
		}
	}

	if nothing, diags := p.Import(t.Context(), kind, "99999"); len(diags) > 0 || !nothing.Gone() {
		t.Errorf("imported %v\n%s", nothing.State, diags)
	}
}

// testStages sets every attribute, changes it and takes it out again: in place, with state, platform and import in
// agreement at each step.
func testStages(t *testing.T, c Case) {
	kind, configs := c.Type, c.Stages
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	object := acctest.Object{Type: kind}
	if len(configs) < 3 {
		configs = append(configs, c.Minimal)
	}

	for i, config := range configs {
		var diags acctest.Diagnostics

		object, diags = p.Apply(t.Context(), object, config)
		if len(diags) > 0 || p.Changes(t.Context(), object, config) {
			t.Fatalf("applied %v: %v\n%s", config, object.State, diags)
		}

		fresh := w.Protocol(t, nil)
		if read, diags := fresh.Read(t.Context(), object); len(diags) > 0 || !read.State.Equal(object.State) {
			t.Errorf("read %v, want %v\n%s", read.State, object.State, diags)
		}

		imported, diags := fresh.Import(t.Context(), kind, object.String("id"))
		if len(diags) > 0 || i < 2 && fresh.Changes(t.Context(), imported, config) {
			t.Errorf("imported %v, configured %v\n%s", imported.State, config, diags)
		}
	}
}

// testRefused goes through what a plan refuses: most of it would crash the server.
func testRefused(t *testing.T, c Case) {
	p := acctest.NewProtocol(t)

	for _, refused := range c.Refused {
		diags := p.Validate(c.Type, With(c.Minimal, refused.Config)).Errors()

		said := strings.Join(strings.Fields(diags.String()), " ")
		if !regexp.MustCompile(refused.Want).MatchString(said) {
			t.Errorf("%v: %q, want %q", refused.Config, said, refused.Want)
		}
	}

	for _, accepted := range c.Accepted {
		diags := p.Validate(c.Type, With(c.Minimal, accepted)).Errors()
		if len(diags) > 0 {
			t.Errorf("%v: %s", accepted, diags)
		}
	}
}

// testReplaced covers what the platform cannot change, or what values depend on.
func testReplaced(t *testing.T, c Case) {
	p := acctest.New(t).Protocol(t, nil)
	created := Create(t, p, c.Type, c.Minimal)

	plan, diags := p.Plan(t.Context(), created, With(c.Minimal, c.Replaced))
	if len(diags) > 0 || len(plan.RequiresReplace) == 0 {
		t.Errorf("not replaced by %v\n%s", c.Replaced, diags)
	}
}

// testDrift covers what others change: the configured attributes are put back, and the others are followed.
func testDrift(t *testing.T, c Case) {
	for _, drift := range c.Drift {
		w := acctest.New(t)
		p := w.Protocol(t, nil)

		for _, config := range []acctest.Values{With(c.Minimal, drift.Configured), c.Minimal} {
			created, diags := p.Create(t.Context(), c.Type, config)
			if len(diags) > 0 {
				t.Fatal(diags)
			}

			id := created.String("id")
			Request(t, w, drift.Method, strings.ReplaceAll(drift.Path, "%s", id), strings.ReplaceAll(drift.Body, "%s", id))

			read, diags := w.Protocol(t, nil).Read(t.Context(), created)

			want := drift.Required || len(config) > len(c.Minimal)
			if len(diags) > 0 || p.Changes(t.Context(), read, config) != want {
				t.Errorf("%v: read %v, want a change: %t\n%s", config, read.State, want, diags)
			}

			if _, diags := p.Apply(t.Context(), read, nil); len(diags) > 0 {
				t.Fatal(diags)
			}
		}
	}
}

// testTaken covers an object with a key that another one has: refused with what to paste, or adopted.
func testTaken(t *testing.T, c Case) {
	kind, test := c.Type, c.Taken
	w := acctest.New(t)
	prepare(t, w, c)
	p := w.Protocol(t, nil)
	nothing, diags := p.Create(t.Context(), kind, test.Config)

	said := diags.String()
	if !nothing.Gone() || !strings.Contains(said, "already exists") || !strings.Contains(said, "to = "+kind+".example") || !strings.Contains(said, fmt.Sprintf("%q", test.ID)) && test.ID != "" {
		t.Errorf("created %v\n%s", nothing.State, said)
	}

	taken, diags := p.Create(t.Context(), kind, With(With(test.Config, test.More), acctest.Values{"adopt_existing": true}))
	if len(diags) > 0 || test.ID != "" && taken.String("id") != test.ID {
		t.Errorf("taken over %v\n%s", taken.State, diags)
	}

	for attribute, want := range test.Want {
		got := taken.String(attribute)
		if got != want {
			t.Errorf("%s is %q, want %q", attribute, got, want)
		}
	}
}

func prepare(t *testing.T, w *acctest.World, c Case) {
	t.Helper()

	if c.Prepare != nil {
		c.Prepare(t, w)
	}
}

// testLostAnswer covers a create that worked and whose answer was lost. An object with a key is found by it, and adopted
// if it is just what was sent; without a key, the error says how to look.
func testLostAnswer(t *testing.T, c Case) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	w.Faults.Add(sandbox.Fault{Name: "lost", Platform: "chatlake", Method: http.MethodPost, After: true, Cut: sandbox.CutReset})

	created, diags := p.Create(t.Context(), c.Type, c.Minimal)
	if c.HasNoKey {
		if !created.Gone() || !strings.Contains(diags.String(), "may exist all the same") {
			t.Errorf("created %v\n%s", created.State, diags)
		}

		return
	}

	if len(diags) > 0 || created.Gone() || p.Changes(t.Context(), created, c.Minimal) {
		t.Errorf("created %v\n%s", created.State, diags)
	}
}

// testAgentToken covers a token that may read and not write: the platform answers 401, and the error says what to check.
func testAgentToken(t *testing.T, c Case) {
	p := acctest.New(t).Protocol(t, acctest.Values{"chatlake": acctest.Values{"api_access_token": chatlake.AgentToken}})

	nothing, diags := p.Create(t.Context(), c.Type, c.Minimal)
	if !nothing.Gone() || !strings.Contains(diags.String(), "the token's user is an administrator") {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}
}

// testData reads the object's data sources, each by every key.
func testData(t *testing.T, c Case) {
	w := acctest.New(t)
	prepare(t, w, c)
	p := w.Protocol(t, nil)

	for _, test := range c.Data {
		found, diags := p.Data(t.Context(), test.Type, test.Config)

		said := diags.String()
		if test.Message == "" && said != "" || !strings.Contains(said, test.Message) {
			t.Errorf("%s %v: %q, want %q", test.Type, test.Config, said, test.Message)
		}

		for attribute, want := range test.Want {
			got := DataText(found, attribute)
			if got != want {
				t.Errorf("%s %v: %s is %q, want %q", test.Type, test.Config, attribute, got, want)
			}
		}
	}
}
