package reads

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

const latency = 100 * time.Millisecond

var errMissing = errors.New("missing")

// people is a batch endpoint that knows the numbers below limit.
type people struct {
	mu    sync.Mutex
	sizes []int
	fail  error
	limit int
}

func (p *people) batch(most int) *Batch[int, string] {
	return &Batch[int, string]{
		Max: most,
		Read: func(ctx context.Context, keys []int) (map[int]string, error) {
			p.mu.Lock()
			p.sizes = append(p.sizes, len(keys))
			fail := p.fail
			p.mu.Unlock()

			select {
			case <-time.After(latency):
			case <-ctx.Done():
				return nil, ctx.Err()
			}

			rows := map[int]string{}

			for _, key := range keys {
				if key < p.limit {
					rows[key] = fmt.Sprint(key)
				}
			}

			return rows, fail
		},
		Missing: func(int) error { return errMissing },
	}
}

// refresh reads n objects as Terraform does: ten at a time, the next one shortly after the last came back.
func refresh(ctx context.Context, t *testing.T, n, parallel int, read func(ctx context.Context, key int) error) {
	t.Helper()

	keys := make(chan int)

	var wg sync.WaitGroup
	for range parallel {
		wg.Go(func() {
			for key := range keys {
				if err := read(ctx, key); err != nil {
					t.Errorf("read %d: %v", key, err)
				}

				time.Sleep(time.Millisecond)
			}
		})
	}

	for key := range n {
		keys <- key
	}

	close(keys)
	wg.Wait()
}

func TestBatchAloneIsSentAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &people{limit: 10}
		b := p.batch(60)
		start := time.Now()

		if got, err := b.Get(t.Context(), 3); got != "3" || err != nil {
			t.Fatalf("got %q, %v", got, err)
		}

		took := time.Since(start)
		if took != latency {
			t.Errorf("took %v, want the latency alone", took)
		}
	})
}

func TestBatchJoinsARefresh(t *testing.T) {
	for _, c := range []struct {
		n, parallel, most int
		floors            time.Duration // In hundredths.
	}{{1000, 10, 105, 103}, {100, 10, 12, 105}, {50, 1, 50, 105}, {600, 100, 18, 130}} {
		synctest.Test(t, func(t *testing.T) {
			p := &people{limit: c.n}
			b := p.batch(60)
			start := time.Now()

			refresh(t.Context(), t, c.n, c.parallel, func(ctx context.Context, key int) error {
				got, err := b.Get(ctx, key)
				if got != fmt.Sprint(key) {
					return fmt.Errorf("got %q, %w", got, err)
				}

				return err
			})

			if len(p.sizes) > c.most {
				t.Errorf("%d reads, %d at a time: %d requests, want at most %d", c.n, c.parallel, len(p.sizes), c.most)
			}

			if slices.Max(p.sizes) > 60 {
				t.Errorf("a request took %d ids, more than the platform allows", slices.Max(p.sizes))
			}

			floor := time.Duration((c.n+c.parallel-1)/c.parallel) * latency
			if time.Since(start) > floor*c.floors/100 {
				t.Errorf("took %v, want at most %d%% of %v", time.Since(start), c.floors, floor)
			}
		})
	}
}

// On a busy machine readers come back one by one, and some of them late.
func TestBatchMeetsAgainOnABusyMachine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &people{limit: 1000}
		b := p.batch(60)
		chance := rand.New(rand.NewPCG(1, 2))

		var mu sync.Mutex

		start := time.Now()

		refresh(t.Context(), t, 1000, 10, func(ctx context.Context, key int) error {
			_, err := b.Get(ctx, key)

			mu.Lock()

			late := time.Duration(chance.IntN(8)) * time.Millisecond
			if chance.IntN(20) == 0 {
				late = 40 * time.Millisecond
			}
			mu.Unlock()
			time.Sleep(late)

			return err
		})

		if len(p.sizes) > 220 {
			t.Errorf("%d requests for 1000 reads, 10 at a time: readers that went apart did not meet again", len(p.sizes))
		}

		took := time.Since(start)
		if took > 14*time.Second { // Of which 12 are for who is last to come back.
			t.Errorf("took %v: readers wait too long for each other", took)
		}
	})
}

func TestBatchMissingFailsOnlyThatReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := (&people{limit: 5}).batch(60)

		var wg sync.WaitGroup
		for key := range 10 {
			wg.Go(func() {
				_, err := b.Get(t.Context(), key)

				missing := errors.Is(err, errMissing)
				if missing != (key >= 5) {
					t.Errorf("key %d: %v", key, err)
				}
			})
		}

		wg.Wait()
	})
}

func TestBatchFailureReachesEachOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &people{limit: 100, fail: errBroken}
		b := p.batch(60)

		var wg sync.WaitGroup
		for key := range 10 {
			wg.Go(func() {
				if _, err := b.Get(t.Context(), key); !errors.Is(err, errBroken) {
					t.Errorf("key %d: %v", key, err)
				}
			})
		}

		wg.Wait()

		if len(p.sizes) > 2 {
			t.Errorf("%d requests for one failure, want the first alone and the rest together", len(p.sizes))
		}
	})
}

func TestBatchCancelledCallerFailsNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := (&people{limit: 100}).batch(60)
		go func() { _, _ = b.Get(t.Context(), 0) }() // Makes the next ones wait for each other.

		synctest.Wait()

		ctx, cancel := context.WithCancel(t.Context())

		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := b.Get(ctx, 1); !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled caller: %v", err)
			}
		})
		synctest.Wait()
		wg.Go(func() {
			if got, err := b.Get(t.Context(), 2); got != "2" || err != nil {
				t.Errorf("other caller: %q, %v", got, err)
			}
		})
		time.Sleep(latency / 2) // The batch is on its way, led by the caller that goes.
		cancel()
		wg.Wait()
	})
}

func TestBatchKeepsGroupsApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var (
			mu    sync.Mutex
			asked [][]int
		)

		b := Batch[int, int]{
			Max:   60,
			Group: func(key int) any { return key % 2 },
			Read: func(_ context.Context, keys []int) (map[int]int, error) {
				time.Sleep(latency)
				mu.Lock()
				defer mu.Unlock()

				asked = append(asked, keys)

				rows := map[int]int{}
				for _, key := range keys {
					rows[key] = key
				}

				return rows, nil
			},
		}

		var wg sync.WaitGroup
		for key := range 20 {
			wg.Go(func() { _, _ = b.Get(t.Context(), key) })
		}

		wg.Wait()

		for _, keys := range asked {
			for _, key := range keys {
				if key%2 != keys[0]%2 {
					t.Fatalf("one request held %v", keys)
				}
			}
		}

		if len(asked) > 4 {
			t.Errorf("%d requests for two groups", len(asked))
		}
	})
}

// TestBatchKeepsWhatWasReadBeside asks an endpoint that tells all of a range: an object that was told answers one read.
func TestBatchKeepsWhatWasReadBeside(t *testing.T) {
	const keep = 100

	synctest.Test(t, func(t *testing.T) {
		requests := 0
		batch := Batch[int, int]{Max: 10, Keep: keep, Missing: func(int) error { return errMissing }}
		batch.Read = func(_ context.Context, keys []int) (map[int]int, error) {
			requests++

			rows := map[int]int{}
			for key := slices.Min(keys); key < slices.Min(keys)+keep; key++ {
				rows[key] = requests
			}

			return rows, nil
		}

		want := func(ctx context.Context, key, request int, why string) {
			t.Helper()

			if got, err := batch.Get(ctx, key); err != nil || got != request || requests != request {
				t.Errorf("%s: read %d is answered by request %d of %d, %v; want %d", why, key, got, requests, err, request)
			}
		}

		want(t.Context(), 1, 1, "the first")
		want(t.Context(), 2, 1, "told beside the first")
		want(t.Context(), 2, 2, "told once, read twice")
		want(t.Context(), 3, 2, "told beside again")
		want(Fresh(t.Context()), 4, 3, "fresh")
		batch.Drop()
		want(t.Context(), 5, 4, "after a write")
		time.Sleep(idle)
		want(t.Context(), 6, 5, "after a pause")
		want(t.Context(), 200, 6, "elsewhere")

		for key := 1000; key < 1500; key += 100 {
			want(t.Context(), key, requests+1, "far from each other")

			if batch.beside.unread > keep || len(batch.beside.rows) > 2*keep {
				t.Errorf("%d of %d rows are remembered, want at most %d", batch.beside.unread, len(batch.beside.rows), keep)
			}
		}
	})
}
