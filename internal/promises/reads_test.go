package promises_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// The tests of this file count requests, and none looks at a clock: what a read costs must not depend on the machine.
// Each runs in a bubble of time, which also fails when a goroutine outlives its call.

// slow is what each answer of the sandbox takes, in the bubble's time.
const slow = 100 * time.Millisecond

// fixture is one kind of object in a sandbox: ours, in the middle of others.
type fixture struct {
	*server.Sandbox

	t    *testing.T
	ours collection // What the provider holds.
	// theirs is another client of the same account, which the provider's knows nothing of.
	theirs        collection
	before, after []string
	values        map[string]string // Of ours, by id.
	ids           []string
	// tap is called with each request of the provider's client, before its answer arrives.
	tap func(*http.Request)
}

// newFixture makes objects: some before and after ours.
func newFixture(t *testing.T, kind readable, n, around int) *fixture {
	t.Helper()

	w := server.New(sandbox.Options{})
	w.IMIchat.SetSwitches(func(s *imichat.Switches) { s.Quota = 1_000_000 })
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.MessagesPerMinute = 0 })
	e := &fixture{Sandbox: w, t: t, values: map[string]string{}, tap: func(*http.Request) {}}
	outside := connect(t, w)
	e.theirs = kind.open(outside)
	inside := outside
	inside.wire = tapped{outside.wire, &e.tap}
	e.ours = kind.open(inside)
	several := func(n int, name string) (ids []string) {
		for i := range n {
			id, err := e.theirs.make(t.Context(), fmt.Sprintf("%s %d", name, i))
			if err != nil {
				t.Fatalf("create %s %d: %v", name, i, err)
			}

			ids = append(ids, id)
		}

		return ids
	}
	e.before = several(around, "before")
	e.ids = several(n, "ours")

	e.after = several(around, "after")
	for i, id := range e.ids {
		e.values[id] = fmt.Sprintf("ours %d", i)
	}

	e.SetLatency(slow)
	e.Journal.Clear()

	return e
}

type tapped struct {
	next http.RoundTripper
	tap  *func(*http.Request)
}

func (t tapped) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := t.next.RoundTrip(r)
	(*t.tap)(r)

	return response, err
}

// refresh reads all of ours as Terraform does: ten at a time.
func (e *fixture) refresh(check func(id, value string, err error)) {
	ids := make(chan string)

	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for id := range ids {
				value, err := e.ours.read(e.t.Context(), id)
				check(id, value, err)
				time.Sleep(time.Millisecond)
			}
		})
	}

	for _, id := range e.ids {
		ids <- id
	}

	close(ids)
	wg.Wait()
}

// same complains about whatever is not as it was made.
func (e *fixture) same(id, value string, err error) {
	if err != nil || value != e.values[id] {
		e.t.Errorf("read %s: %q, %v; want %q", id, value, err, e.values[id])
	}
}

func (e *fixture) atMost(bound int) {
	e.t.Helper()

	got := e.Journal.Count("")
	if got > bound {
		e.t.Errorf("%d reads took %d requests, want at most %d", len(e.ids), got, bound)
	}

	for _, entry := range e.Journal.Complaints() {
		e.t.Errorf("%s would not take %s %s: %s", entry.Platform, entry.Method, entry.Path, entry.Complain)
	}
}

// each runs the test for each kind of object, in a bubble.
func each(t *testing.T, test func(t *testing.T, kind readable)) {
	for _, kind := range readables() {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { test(t, kind) })
		})
	}
}

func TestRefreshCostsPages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind readable) {
		for _, c := range []struct{ ours, others int }{{1, 0}, {100, 0}, {100, 100}, {1000, 0}} {
			e := newFixture(t, kind, c.ours, c.others/2)
			e.refresh(e.same)

			bound := kind.bound(c.ours, c.ours+c.others)
			if c.ours == 1000 {
				bound = min(bound, 150)
			}

			e.atMost(bound)
		}
	})
}

func TestRefreshOfAFewInALargeAccount(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind readable) {
		e := newFixture(t, kind, 10, 490) // A user may have a thousand custom filters.
		e.refresh(e.same)
		e.atMost(kind.bound(10, 990))
	})
}

// Others delete while pages are read: rows move up, and some are on no page.
func TestRefreshWhilePagesShift(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind readable) {
		e := newFixture(t, kind, 200, 40)
		if e.theirs.remove == nil {
			return // The platform deletes none of these.
		}

		var mu sync.Mutex

		requests, bound := 0, kind.bound(200, 280)
		victims := func() (ids []string) {
			mu.Lock()
			defer mu.Unlock()

			requests++
			if requests*3 < bound || len(e.before) == 0 { // Not before pages are read.
				return nil
			}

			ids = []string{e.before[0], e.after[0]}
			e.before, e.after = e.before[1:], e.after[1:]

			return ids
		}
		e.tap = func(*http.Request) {
			for _, id := range victims() {
				if err := e.theirs.remove(t.Context(), id); err != nil {
					t.Error(err)
				}
			}
		}
		e.refresh(e.same)
		ours := len(e.Journal.Entries(func(entry sandbox.Entry) bool { return entry.Method == http.MethodGet }))

		shifted := 80
		if ours > bound+shifted {
			t.Errorf("%d reads took %d requests, want at most %d, and one for each row that a page may have lost", len(e.ids), ours, bound+shifted)
		}
	})
}

// Objects that are gone are said to be gone, each by the platform itself, and no others are.
func TestRefreshFindsWhatIsGone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind readable) {
		e := newFixture(t, kind, 100, 0)
		if e.theirs.remove == nil {
			return // The platform deletes none of these.
		}

		e.SetLatency(0)

		gone := map[string]bool{}
		for _, i := range []int{0, 37, 38, 99} {
			gone[e.ids[i]] = true
			if err := e.theirs.remove(t.Context(), e.ids[i]); err != nil {
				t.Fatal(err)
			}
		}

		e.SetLatency(slow)
		e.Journal.Clear()
		e.refresh(func(id, value string, err error) {
			if !gone[id] {
				e.same(id, value, err)
			} else if !transport.IsNotFound(err) {
				t.Errorf("read %s, which is gone: %q, %v", id, value, err)
			}
		})
		e.atMost(kind.bound(100, 100) + 2*len(gone) + 1) // Asked for singly, and the account once.
	})
}

// A write that has ended is in every answer to a read that begins after it, whatever is under way.
func TestReadsSeeWritesDuringAScan(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind readable) {
		e := newFixture(t, kind, 100, 0)
		if e.ours.change == nil {
			return // Nothing about these changes.
		}

		written := map[string]string{}

		var writer sync.WaitGroup
		writer.Go(func() {
			for round := range 4 {
				for i := round; i < len(e.ids); i += 17 {
					id, value := e.ids[i], fmt.Sprintf("changed %d", round)
					if err := e.ours.change(t.Context(), id, value); err != nil {
						t.Error(err)
					}

					written[id] = value
					if got, err := e.ours.read(t.Context(), id); err != nil || got != value {
						t.Errorf("read %s after its write: %q, %v; want %q", id, got, err, value)
					}
				}
			}
		})
		e.refresh(func(id, _ string, err error) {
			if err != nil {
				t.Errorf("read %s: %v", id, err)
			}
		})
		writer.Wait()

		for id, value := range written {
			e.values[id] = value
		}

		e.refresh(e.same)
	})
}

// What others have written is in every answer to a data source that is read after it, whatever is remembered or under way.
func TestDataSourcesSeeWritesOfOthers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind readable) {
		e := newFixture(t, kind, 30, 0)
		if e.theirs.change == nil {
			return // Nothing about these changes.
		}

		e.refresh(e.same)

		var refresh sync.WaitGroup
		refresh.Go(func() { e.refresh(func(string, string, error) {}) })

		for i, id := range e.ids[:3] {
			value := fmt.Sprintf("changed %d", i)
			if err := e.theirs.change(t.Context(), id, value); err != nil {
				t.Fatal(err)
			}

			got, err := e.ours.read(reads.Fresh(t.Context()), id)
			if err != nil || got != value {
				t.Errorf("read %s after it was changed: %q, %v; want %q", id, got, err, value)
			}
		}

		refresh.Wait()
	})
}

// Callers that give up fail no other callers, and leave nothing behind.
func TestCancelledReadersFailNobodyElse(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind readable) {
		e := newFixture(t, kind, 100, 0)
		read := e.ours.read

		var mu sync.Mutex

		n := 0
		e.ours.read = func(ctx context.Context, id string) (string, error) {
			mu.Lock()
			n++
			hasty := n%5 == 0
			mu.Unlock()

			if hasty {
				ctx, cancel := context.WithTimeout(ctx, slow/2)
				defer cancel()

				if value, err := read(ctx, id); err == nil {
					return value, nil // From what is known already.
				}
			}

			return read(ctx, id)
		}
		e.refresh(e.same)
	})
}
