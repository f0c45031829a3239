package promises_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// single are types of which there cannot be a second object: a member joins once.
var single = append(slices.Clone(repeatable), "chatlake_account_settings", "chatlake_notification_settings", "chatlake_profile_settings", "chatlake_saml_settings")

// withKey are objects of types whose key is optional, and which have one.
func withKey() []subject {
	all := subjects()
	keyed := func(kind string, more acctest.Values) subject {
		sub := all[slices.IndexFunc(all, func(s subject) bool { return s.kind == kind })]
		plain := sub.config
		sub.config = func(s *stage) acctest.Values { return with(plain(s), more) }

		return sub
	}

	inbox := keyed("chatlake_inbox", acctest.Values{"channel": acctest.Values{"type": "email", "email": "orders@example.com"}})
	inbox.change = acctest.Values{"name": "Orders and returns"}

	return []subject{
		keyed("chatlake_message", acctest.Values{"source_id": "order-1"}),
		keyed("chatlake_contact_inbox", acctest.Values{"source_id": "order-1"}),
		inbox,
	}
}

// printedImport is the import block of an error or warning.
var printedImport = regexp.MustCompile(`import \{\n  to = \S+.*\n  id = "([^"]*)"\n\}`)

// The provider is killed at every request of every act of one object of each type: before the platform has it, and after the
// platform has done it, with nothing of that act in the state. The next apply, as its errors advise, ends where an apply
// without a kill does: the same objects and values, in the whole sandbox, also those that others made.
func TestKilledAtEveryRequest(t *testing.T) {
	t.Parallel()

	groups := []struct {
		name     string
		subjects []subject
	}{
		{"usual", subjects()}, {"with key", withKey()}, {"without key", withoutKey()},
	}

	for _, group := range groups {
		for _, sub := range group.subjects {
			t.Run(group.name+"/"+sub.kind, func(t *testing.T) {
				t.Parallel()

				s := newStage(t, acctest.Values{"max_retries": 0})
				s.world.Complaints = true

				acts := []string{"create", "destroy"}
				if sub.change != nil {
					acts = append(acts, "update")
				}

				hasKey := group.name == "with key" || group.name == "usual" && sub.keyed(s.Protocol)
				mayDouble := !hasKey && !slices.Contains(single, sub.kind)

				doubled := false

				for _, act := range acts {
					want, requests := sub.undisturbed(s.clear(t), act)

					for done := range requests + 1 {
						for _, way := range []string{"adopt", "import"} {
							t.Run(fmt.Sprintf("%s/after %d of %d requests/%s", act, done, requests, way), func(t *testing.T) {
								k := kill{subject: sub, act: act, done: done, way: way, mayDouble: mayDouble && act == "create" && done > 0}
								doubled = k.survives(s.clear(t), want) || doubled
							})

							if act != "create" || done == 0 {
								break // Nothing is there to be adopted or imported.
							}
						}
					}
				}

				if doubled != mayDouble {
					t.Errorf("doubled: %t, and a type with this key, or without one, is said to: %t", doubled, mayDouble)
				}
			})
		}
	}
}

// undisturbed carries out an act, and returns what the sandbox holds then, and how many requests it took.
func (sub subject) undisturbed(s *stage, act string) (string, int) {
	s.Helper()

	p := sub.open(s, act)
	s.restart()
	s.world.Journal.Clear()

	diags := p.act()
	if len(diags.Errors()) > 0 {
		s.Fatalf("%s without a kill: %s", act, diags)
	}

	return s.holds(), s.world.Journal.Count("")
}

// kill is a provider that is killed in an act, when the platform has done a number of its requests.
type kill struct {
	subject

	act, way  string
	done      int
	mayDouble bool
}

// survives reports whether the object was doubled, where that may be.
func (k kill) survives(s *stage, want string) bool {
	s.Helper()

	p := k.open(s, k.act)
	s.restart()
	s.world.Faults.Add(sandbox.Fault{Name: "killed", Skip: k.done, Times: -1, Cut: sandbox.CutReset})

	before := p.object
	p.actUntilKilled()

	p.object = before // What a killed provider would have returned is not in the state.

	if k.mayDouble && k.kind == "chatlake_article" {
		time.Sleep(time.Second) // The server makes up a slug of the second.
	}

	s.world.Faults.Clear()
	s.restart()
	k.applyAgain(p)

	n := k.count(s.world)
	if k.mayDouble && n == 2 {
		return true
	}

	got := s.holds()
	if got != want {
		s.Errorf("the sandbox holds\n%s", lineDifferences(want, got))
	}

	if k.act == "destroy" {
		if !p.object.Gone() {
			s.Errorf("it is still in the state: %s", p.object.State)
		}

		return false
	}

	k.sound(p, k.act, nil)

	return false
}

// quiet is how long a provider sends nothing before it counts as killed.
const quiet = 30 * time.Millisecond

// actUntilKilled acts until the first request fails for good: what a provider waits for then, a killed one does not.
func (p *play) actUntilKilled() {
	p.Helper()

	ctx, kill := context.WithCancel(p.Context())
	defer kill()

	p.until = ctx
	defer func() { p.until = nil }()

	go func() {
		for hits := 0; ctx.Err() == nil; {
			time.Sleep(quiet)

			seen := p.world.Faults.Hits()["killed"]
			if seen > 0 && seen == hits {
				kill() // A request on its way would arrive after the fault is gone.
			}

			hits = seen
		}
	}()

	p.act()
}

// applyAgain applies until there are no errors, and does what these advise.
func (k kill) applyAgain(p *play) {
	p.Helper()

	for range 4 {
		diags := p.act()
		if len(diags.Errors()) == 0 {
			return
		}

		p.helpful(diags)

		block := printedImport.FindStringSubmatch(diags.String())

		switch {
		case block == nil:
		case k.way == "adopt" && strings.Contains(diags.String(), "adopt_existing = true"):
			p.config = with(p.config, acctest.Values{"adopt_existing": true})
		default:
			imported, diags := p.Import(p.Context(), k.kind, block[1])
			if len(diags.Errors()) > 0 {
				p.Fatal(diags)
			}

			p.object = imported
		}

		p.restart()
	}
}

// The guide on large estates says that a type doubles without a key, and names the types of which there is no second.
func TestGuideNamesWhatIsSingle(t *testing.T) {
	t.Parallel()

	var named []string

	for line := range strings.Lines(read(t, "../../templates/guides/large-estates.md")) {
		if strings.HasPrefix(line, "| makes no second one ") {
			for _, kind := range regexp.MustCompile("`([a-z]+_[a-z_]+)`").FindAllStringSubmatch(line, -1) {
				named = append(named, kind[1])
			}
		}
	}

	slices.Sort(named)

	want := slices.Sorted(slices.Values(single))
	if !slices.Equal(named, want) {
		t.Errorf("the guide names %v, and a kill shows %v", named, want)
	}
}

// restart gives the provider new clients, as a new process has them.
func (s *stage) restart() {
	s.Helper()

	diags := s.Configure(s.world.Block(s.settings))
	if len(diags.Errors()) > 0 {
		s.Fatal(diags)
	}
}

// drawn are the values that a platform draws or takes from the clock: times, and ids that are not counted.
var drawn = regexp.MustCompile(`"(time": ".*|[0-9a-f]{8}-[0-9a-f-]{27}|CSR[0-9A-Z]{13}|\d+-\d+-\d{13}[^"]*)"`)

// holds returns all that the platforms hold, without the times.
func (s *stage) holds() string {
	s.Helper()

	response, err := http.Get(s.world.URL + "/_sandbox/world")
	if err != nil {
		s.Fatal(err)
	}

	defer func() { _ = response.Body.Close() }()

	raw, err := io.ReadAll(response.Body)
	if err != nil {
		s.Fatal(err)
	}

	var world any
	if err := json.Unmarshal(raw, &world); err != nil {
		s.Fatal(err)
	}

	text, err := json.MarshalIndent(withoutNotices(world), "", " ")
	if err != nil {
		s.Fatal(err)
	}

	return drawn.ReplaceAllString(string(text), `"..."`)
}

// withoutNotices leaves out what a platform writes into conversations about them, which it does some time later, and the ids
// of messages, which count the notices too.
func withoutNotices(world any) any {
	switch world := world.(type) {
	case []any:
		for i := range world {
			world[i] = withoutNotices(world[i])
		}
	case map[string]any:
		for name, value := range world {
			messages, ok := value.([]any)
			if name != "messages" || !ok {
				world[name] = withoutNotices(value)
				continue
			}

			messages = slices.DeleteFunc(messages, func(m any) bool {
				fields, _ := m.(map[string]any)
				delete(fields, "id")

				return fields["side"] == sandbox.SidePlatform
			})

			world[name] = messages
		}
	}

	return world
}

// lineDifferences returns the lines that one of two texts has more often.
func lineDifferences(want, got string) string {
	more := map[string]int{}
	for line := range strings.SplitSeq(got, "\n") {
		more[line]++
	}

	for line := range strings.SplitSeq(want, "\n") {
		more[line]--
	}

	var b strings.Builder

	for _, line := range slices.Sorted(maps.Keys(more)) {
		if more[line] != 0 {
			fmt.Fprintf(&b, "%+d %s\n", more[line], line)
		}
	}

	return b.String()
}
