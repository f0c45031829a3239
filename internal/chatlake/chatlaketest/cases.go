// Package chatlaketest holds what the tests of all areas of Chatlake use: the tests that each object owes, requests as
// somebody else sends them, and a check against descriptions of the API.
package chatlaketest

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// Case holds the tests of one object of an account. What it shares with acctest.Cases means the same there.
type Case struct {
	Type, Name string

	Needs   []acctest.Need
	Prepare func(*testing.T, *acctest.World)

	// Without Minimal, only Data is tried: there is no resource.
	Minimal acctest.Values
	Stages  []acctest.Values
	Cleared acctest.Values
	// ClearedWarns is a part of the warning when everything is taken out.
	ClearedWarns string
	Replaced     acctest.Values

	Unset, Unchanged, Uncleared, Kept, Shared, Late, Moved, Skip map[string]string

	Refused  []acctest.Refused
	Accepted []acctest.Values
	Warned   []acctest.Refused
	Odd      []acctest.Values

	// Drift are changes by others.
	Drift   []Drift
	NoDrift string
	Key     []string
	Import  acctest.Import
	Writes  int
	Stays   string

	OnlySimulator string

	// Taken is an object whose key another one has. PrepareTaken makes what it and Data need.
	Taken        *Taken
	PrepareTaken func(*testing.T, *acctest.World)
	// Data are reads of the object's data sources.
	Data []Data

	// HasNoKey says that objects of this type have no key of their own: a create whose answer is lost cannot be found.
	HasNoKey bool
	// MayBeWrittenByAgents says that an agent's token is enough.
	MayBeWrittenByAgents bool
	// CrashesIfGone says that the server crashes when an object is deleted that does not exist.
	CrashesIfGone bool
}

// cases returns the part of the tests that all types of all platforms owe.
func (c Case) cases() acctest.Cases {
	shared := acctest.Cases{
		Type: c.Type, Name: c.Name, Needs: c.Needs, Prepare: c.Prepare, Minimal: c.Minimal, Stages: c.Stages, Cleared: c.Cleared, ClearedWarns: c.ClearedWarns,
		Replaced: c.Replaced, Unset: c.Unset, Unchanged: c.Unchanged, Uncleared: c.Uncleared, Kept: c.Kept, Shared: c.Shared, Late: c.Late, Moved: c.Moved, Skip: c.Skip,
		Refused: c.Refused, Accepted: c.Accepted, Warned: c.Warned, Odd: c.Odd, NoDrift: c.NoDrift, Key: c.Key, Import: c.Import, Writes: c.Writes, Stays: c.Stays, OnlySimulator: c.OnlySimulator,
		Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){},
	}

	if c.CrashesIfGone {
		shared.Complaints = "the server crashes when an object is deleted that does not exist"
	}

	if len(c.Stages) > 2 && c.Cleared == nil {
		shared.Stages, shared.Cleared = c.Stages[:2], c.Stages[2]
	}

	for i, drift := range c.Drift {
		shared.Drift[fmt.Sprintf("request %d", i+1)] = func(t *testing.T, w *acctest.World, o acctest.Object) {
			t.Helper()

			if w.IsReal() && strings.HasPrefix(drift.Path, "/portals/") {
				t.Skip("on a real server, the portal has another name")
			}

			id := o.String("id")
			Request(t, w, drift.Method, strings.ReplaceAll(drift.Path, "%s", id), strings.ReplaceAll(drift.Body, "%s", id))
		}
	}

	return shared
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

// Run runs the tests of an area's objects. It fails for a resource that no case is about.
// Without resources, it runs those tests alone that only Chatlake has.
func Run(t *testing.T, resources []func() resource.Resource, cases ...Case) {
	t.Helper()

	var shared []acctest.Cases

	for _, c := range cases {
		if c.Minimal != nil {
			shared = append(shared, c.cases())
		}
	}

	if resources != nil {
		acctest.RunCases(t, resources, shared...)
	}

	if os.Getenv("CHATLAKE_REAL_URL") != "" {
		return // What follows needs the simulator.
	}

	for _, c := range cases {
		t.Run(strings.TrimSpace(c.Type+" "+c.Name+" on Chatlake"), func(t *testing.T) {
			t.Parallel()

			run := func(name string, needed bool, test func(*testing.T, Case)) {
				if needed {
					t.Run(name, func(t *testing.T) {
						t.Parallel()
						test(t, c)
					})
				}
			}
			isPlain := c.Minimal != nil && c.Needs == nil && c.Stays == ""
			run("another account", isPlain, testOtherAccount)
			run("drift", c.Drift != nil && c.Needs == nil, testDrift)
			run("taken", c.Taken != nil, testTaken)
			run("lost answer", isPlain, testLostAnswer)
			run("agent token", isPlain && !c.MayBeWrittenByAgents, testAgentToken)
			run("data", c.Data != nil, testData)
		})
	}
}

// testOtherAccount covers a provider that is configured for another account than an object is of: it is neither imported by
// an identity of that account, nor is its state touched, and nothing is sent.
func testOtherAccount(t *testing.T, c Case) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	other := func() *acctest.Protocol {
		return w.Protocol(t, acctest.Values{"chatlake": acctest.Values{"account_id": "2"}})
	}

	creation, _ := p.Plan(t.Context(), acctest.Object{Type: c.Type}, c.Minimal)
	created := Create(t, p, c.Type, c.Minimal)
	removal, _ := p.Plan(t.Context(), created, nil)

	got := p.Identity(created)
	if got["id"] != created.String("id") || got["account_id"] != "1" || created.String("account_id") != "1" {
		t.Errorf("identity %v, state %v", got, created.State)
	}

	w.Journal.Clear()

	_, diags := other().ImportIdentity(t.Context(), c.Type, acctest.Values{"id": created.String("id"), "account_id": "1"})
	if !strings.Contains(diags.String(), "another account") {
		t.Errorf("imported from another account: %s", diags)
	}

	unidentified, unrecorded := created, Without(created, "account_id")
	unidentified.Identity = nil // As before Terraform 1.12.

	for _, o := range []acctest.Object{unidentified, unrecorded} {
		read, diags := other().Read(t.Context(), o)
		if read.Gone() || !isRefused(diags) {
			t.Errorf("read from another account: %s", diags)
		}

		_, diags = other().Plan(t.Context(), o, nil)
		if !isRefused(diags) {
			t.Errorf("a destroy is planned for another account: %s", diags)
		}

		removal.PlannedIdentity = o.Identity

		kept, diags := other().ApplyPlan(t.Context(), unidentified, nil, removal)
		if kept.Gone() || !isRefused(diags) {
			t.Errorf("destroyed in another account: %s", diags)
		}
	}

	_, diags = other().ApplyPlan(t.Context(), acctest.Object{Type: c.Type}, c.Minimal, creation)
	if !isRefused(diags) {
		t.Errorf("created in another account than planned: %s", diags)
	}

	if w.Journal.Count("") > 0 {
		t.Errorf("requests: %v", w.Journal.Entries(nil))
	}

	// The state of a version that recorded no account gets it from the next read, and that is no change.
	unrecorded.Identity = nil

	read, diags := p.Read(t.Context(), unrecorded)
	if len(diags) > 0 || read.String("account_id") != "1" || p.Changes(t.Context(), read, c.Minimal) {
		t.Errorf("state of an earlier version: %v, %s", read.State, diags)
	}
}

// isRefused reports whether the errors name both accounts.
func isRefused(diags acctest.Diagnostics) bool {
	return strings.Contains(diags.String(), "is of account 1, and the provider is configured for account 2")
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

			_, diags = p.Apply(t.Context(), read, nil)
			if len(diags) > 0 {
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

	if c.PrepareTaken != nil {
		c.PrepareTaken(t, w)
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
		if !created.Gone() || !strings.Contains(diags.String(), "the object may exist") {
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
	if !nothing.Gone() || !strings.Contains(diags.String(), "that of an administrator") {
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
