package reads

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// A list that takes longer than it lives unused still answers everybody.
func TestListOfASlowPlatform(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lists := 0
		l := List[int, int]{
			Read: func(context.Context) ([]int, error) {
				lists++

				time.Sleep(2 * idle)

				return numbers(100), nil
			},
			Key:     func(row int) int { return row },
			Missing: func(int) error { return errMissing },
		}

		refresh(t.Context(), t, 100, 10, func(ctx context.Context, key int) error {
			_, err := l.Get(ctx, key)
			return err
		})

		if lists != 1 {
			t.Errorf("listed %d times", lists)
		}
	})
}

// Pages that take longer than a snapshot lives unused, in a list that takes longer than one lives at all.
func TestPagesBoundOfASlowList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(1500, 15, true)
		s.slow = 2 * idle
		p := s.reads()

		refresh(t.Context(), t, 1000, 10, func(ctx context.Context, key int) error {
			_, err := p.Get(ctx, key)
			return err
		})

		if s.singles+s.pages > 201 {
			t.Errorf("%d single reads and %d pages, want at most 201 requests", s.singles, s.pages)
		}
	})
}

// A refresh that goes on for long after the last page was read.
func TestPagesBoundOfASlowRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(1000, 15, true)
		p := s.reads()

		started := time.Now()

		refresh(t.Context(), t, 1000, 10, func(ctx context.Context, key int) error {
			_, err := p.Get(ctx, key)

			time.Sleep(idle / 2)

			return err
		})

		if time.Since(started) < 3*lifetime {
			t.Fatalf("the refresh took %v, which shows nothing", time.Since(started))
		}

		bound := 2*67 + 1
		if s.singles+s.pages > bound {
			t.Errorf("%d single reads and %d pages, want at most %d requests", s.singles, s.pages, bound)
		}
	})
}

// However long the list is, no row is forgotten before it was asked for.
func TestPagesBoundOfAHugeList(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute with the race detector")
	}

	synctest.Test(t, func(t *testing.T) {
		const n = 100_000

		s := newShelf(n, 15, true)
		p := s.reads()

		refresh(t.Context(), t, n, 10, func(ctx context.Context, key int) error {
			_, err := p.Get(ctx, key)
			return err
		})

		bound := 2*((n+14)/15) + 1
		if s.singles+s.pages > bound {
			t.Errorf("%d single reads and %d pages, want at most %d requests", s.singles, s.pages, bound)
		}
	})
}

// Terraform works with the objects of the first pages while the others are read.
func TestPagesServeWhileTheyAreRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newShelf(1000, 15, true).reads()
		start := time.Now()

		refresh(t.Context(), t, 1000, 10, func(ctx context.Context, key int) error {
			_, err := p.Get(ctx, key)

			time.Sleep(9 * time.Millisecond) // And one of refresh itself: a second of work for ten.

			return err
		})
		// Seven rounds of single reads, the first page and the first eight, 0.93 s of work, and a little for the reader.
		took := time.Since(start)
		if took > 2100*time.Millisecond {
			t.Errorf("took %v: nobody works while pages are read", took)
		}
	})
}
