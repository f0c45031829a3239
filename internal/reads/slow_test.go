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
		// Seven rounds of single reads, the first page and the first eight, 0.93 s of work, and a little for whoever reads.
		took := time.Since(start)
		if took > 2100*time.Millisecond {
			t.Errorf("took %v: nobody works while pages are read", took)
		}
	})
}
