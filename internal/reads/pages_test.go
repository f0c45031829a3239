package reads

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// shelf is a paged list with single reads. Rows from visible on are never listed, as a platform hides some.
type shelf struct {
	mu       sync.Mutex
	rows     []row // By key; a value of -1 is gone.
	size     int
	counted  bool
	visible  int
	pageFail error
	slow     time.Duration // What an answer takes; latency unless set.

	singles, pages int
	inFlight, peak int
}

func newShelf(n, size int, counted bool) *shelf {
	s := &shelf{rows: make([]row, n), size: size, counted: counted, visible: n}
	for i := range s.rows {
		s.rows[i] = row{i, i}
	}

	return s
}

func (s *shelf) ask(ctx context.Context) error {
	s.mu.Lock()
	s.inFlight++
	s.peak = max(s.peak, s.inFlight)

	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()

		s.inFlight--
	}()

	slow := latency
	if s.slow > 0 {
		slow = s.slow
	}

	select {
	case <-time.After(slow):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type row struct{ key, value int }

func (s *shelf) reads() *Pages[int, row] {
	return &Pages[int, row]{
		Key: func(r row) int { return r.key },
		One: func(ctx context.Context, key int) (row, error) {
			s.mu.Lock()
			s.singles++
			s.mu.Unlock()

			if err := s.ask(ctx); err != nil {
				return row{}, err
			}

			s.mu.Lock()
			defer s.mu.Unlock()

			if key >= len(s.rows) || s.rows[key].value < 0 {
				return row{}, errMissing
			}

			return s.rows[key], nil
		},
		Page: func(ctx context.Context, number int) (Page[row], error) {
			s.mu.Lock()
			s.pages++
			s.mu.Unlock()

			if err := s.ask(ctx); err != nil {
				return Page[row]{}, err
			}

			s.mu.Lock()
			defer s.mu.Unlock()

			if s.pageFail != nil {
				return Page[row]{}, s.pageFail
			}

			return s.page(number), nil
		},
	}
}

func (s *shelf) page(number int) Page[row] {
	listed := s.rows[:s.visible]
	gone := func(r row) bool { return r.value < 0 }

	if slices.ContainsFunc(listed, gone) {
		listed = slices.DeleteFunc(slices.Clone(listed), gone)
	}

	p := Page[row]{Rows: listed[min((number-1)*s.size, len(listed)):min(number*s.size, len(listed))]}

	if s.counted {
		p.Pages = (len(listed) + s.size - 1) / s.size
	} else {
		p.Last = len(p.Rows) < s.size
	}

	return p
}

// TestPagesBound is the promise: at most 2 x min(reads, pages) + 1 requests, whatever the account's size.
func TestPagesBound(t *testing.T) {
	for _, c := range []struct {
		reads, account, parallel int
		counted                  bool
	}{
		{1, 1, 1, true},
		{1, 100_000, 1, true},
		{2, 30, 1, true},
		{7, 1000, 1, true},
		{66, 1000, 1, true},
		{67, 1000, 1, true},
		{68, 1000, 1, true},
		{1000, 1000, 1, true},
		{1000, 1000, 10, true},
		{1000, 1000, 50, true},
		{100, 100_000, 10, true},
		{1, 1, 1, false},
		{1, 100_000, 1, false},
		{2, 30, 1, false},
		{50, 1000, 1, false},
		{1000, 1000, 1, false},
		{1000, 1000, 10, false},
		{100, 100_000, 10, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			const size = 15

			s := newShelf(c.account, size, c.counted)
			p := s.reads()
			refresh(t.Context(), t, c.reads, c.parallel, func(ctx context.Context, key int) error {
				got, err := p.Get(ctx, key)
				if err == nil && (got != row{key, key}) {
					return fmt.Errorf("got %v", got)
				}

				return err
			})
			pages := (c.account + size - 1) / size

			bound := 2*min(c.reads, pages) + 1
			if !c.counted {
				bound += 2 * min(abreast, pages)
			}

			if s.singles+s.pages > bound {
				t.Errorf("%+v: %d single reads and %d pages, want at most %d requests", c, s.singles, s.pages, bound)
			}

			if s.peak > abreast+c.parallel {
				t.Errorf("%+v: %d requests in flight", c, s.peak)
			}
		})
	}
}

func TestPagesOneReadIsOneRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(1000, 15, true)
		if _, err := s.reads().Get(t.Context(), 3); err != nil || s.singles != 1 || s.pages != 0 {
			t.Errorf("%d single reads, %d pages, %v", s.singles, s.pages, err)
		}
	})
}

// What the pages did not show - moved while they were read, or never listed - is asked for before it is called gone.
func TestPagesAskSinglyBeforeGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(40, 10, true)
		s.visible = 30
		s.rows[5].value = -1

		p := s.reads()
		for key := range 40 {
			_, err := p.Get(t.Context(), key)

			gone := errors.Is(err, errMissing)
			if gone != (key == 5) || err != nil && !gone {
				t.Errorf("key %d: %v", key, err)
			}
		}
	})
}

// An object deleted between its page and its read was there when the refresh looked; the next refresh finds it gone.
func TestPagesForgetAfterARefresh(t *testing.T) {
	for _, c := range []struct {
		name  string
		pause time.Duration // Between reads.
		after time.Duration
	}{{"nobody asked for a while", idle, idle}, {"the refresh goes on for long", idle / 2, lifetime}} {
		synctest.Test(t, func(t *testing.T) {
			s := newShelf(10, 10, true)

			p := s.reads()
			for key := range 3 {
				if _, err := p.Get(t.Context(), key); err != nil {
					t.Fatal(err)
				}
			}

			s.rows[9].value = -1

			if _, err := p.Get(t.Context(), 9); err != nil {
				t.Errorf("%s: within the refresh: %v, want the page's answer", c.name, err)
			}

			for start := time.Now(); time.Since(start) < c.after; {
				time.Sleep(c.pause)

				if _, err := p.Get(t.Context(), 0); err != nil {
					t.Fatal(err)
				}
			}

			if _, err := p.Get(t.Context(), 9); !errors.Is(err, errMissing) {
				t.Errorf("%s: %v, want missing", c.name, err)
			}
		})
	}
}

func TestPagesDropDuringScan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(20, 10, true)

		p := s.reads()
		for key := range 2 { // One single read, then page 1.
			_, _ = p.Get(t.Context(), key)
		}

		go func() { _, _ = p.Get(t.Context(), 15); _, _ = p.Get(t.Context(), 16) }()

		time.Sleep(latency * 3 / 2) // The second read of these scans page 2.
		s.mu.Lock()
		s.rows[17].value = 1700
		s.mu.Unlock()
		p.Drop()

		for range 3 {
			if got, err := p.Get(t.Context(), 17); got.value != 1700 || err != nil {
				t.Errorf("after the write: %v, %v", got, err)
			}
		}
	})
}

func TestPagesFailedPageLeavesSingleReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(100, 10, true)
		s.pageFail = errBroken
		p := s.reads()

		refresh(t.Context(), t, 50, 10, func(ctx context.Context, key int) error { _, err := p.Get(ctx, key); return err })

		if s.pages != 1 {
			t.Errorf("a page that fails was read %d times, want once", s.pages)
		}
	})
}

func TestPagesCancelledLeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(100, 10, true)
		p := s.reads()
		_, _ = p.Get(t.Context(), 0)
		ctx, cancel := context.WithCancel(t.Context())

		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := p.Get(ctx, 1); !errors.Is(err, context.Canceled) {
				t.Errorf("leader: %v", err)
			}
		})
		synctest.Wait()
		wg.Go(func() {
			if _, err := p.Get(t.Context(), 2); err != nil {
				t.Errorf("follower: %v", err)
			}
		})
		synctest.Wait()
		cancel()
		wg.Wait()
	})
}

func TestList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lists, fail := 0, error(nil)
		l := List[int, row]{
			Key:     func(r row) int { return r.key },
			Missing: func(int) error { return errMissing },
			Read: func(context.Context) ([]row, error) {
				lists++

				time.Sleep(latency)

				return []row{{2, lists}, {1, lists}}, fail
			},
		}
		get := func(ctx context.Context, key int) error { _, err := l.Get(ctx, key); return err }
		refresh(t.Context(), t, 0, 1, get)

		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() { _ = get(t.Context(), 1) })
		}

		wg.Wait()

		if err := get(t.Context(), 3); !errors.Is(err, errMissing) || lists != 1 {
			t.Errorf("%v after %d lists, want missing after one", err, lists)
		}

		l.Drop()

		if got, err := l.Get(t.Context(), 1); got.value != 2 || err != nil {
			t.Errorf("after a write: %v, %v, want the second list", got, err)
		}

		if all, err := l.All(t.Context()); len(all) != 2 || err != nil || lists != 2 {
			t.Errorf("all: %v, %v after %d lists", all, err, lists)
		}

		l.Drop()

		fail = errBroken
		if err := get(t.Context(), 1); !errors.Is(err, errBroken) {
			t.Errorf("got %v", err)
		}

		fail = nil

		if err := get(t.Context(), 1); err != nil {
			t.Errorf("a failure was remembered: %v", err)
		}
	})
}

// Known tells what the list showed, asks for nothing, and forgets with everything else.
func TestPagesKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(40, 10, true)

		p := s.reads()
		if _, ok := p.Known(t.Context(), 3); ok {
			t.Error("known before anything was read")
		}

		for key := range 10 {
			if _, err := p.Get(t.Context(), 39-key); err != nil {
				t.Fatal(err)
			}
		}

		asked := s.singles + s.pages

		if r, ok := p.Known(t.Context(), 33); !ok || r.value != 33 {
			t.Errorf("known: %v, %t", r, ok)
		}

		p.Drop()

		if _, ok := p.Known(t.Context(), 33); ok {
			t.Error("known after a write")
		}

		if _, err := p.Get(t.Context(), 3); err != nil || s.singles+s.pages != asked+1 {
			t.Errorf("%d requests instead of %d, %v", s.singles+s.pages, asked+1, err)
		}

		time.Sleep(idle)

		if _, ok := p.Known(t.Context(), 3); ok {
			t.Error("known in the next refresh")
		}
	})
}
