package reads

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// versions is a platform that others write to: its value is the moment at which it is asked, and an answer takes a second.
type versions struct {
	mu    sync.Mutex
	asked int
}

func (v *versions) read(ctx context.Context) (time.Time, error) {
	v.mu.Lock()
	v.asked++
	v.mu.Unlock()

	value := time.Now()

	select {
	case <-time.After(time.Second):
		return value, nil
	case <-ctx.Done():
		return value, ctx.Err()
	}
}

// TestFresh covers reads that others' writes must not escape: they share requests, but none that was sent before they began.
func TestFresh(t *testing.T) {
	for _, kind := range []struct {
		name string
		// asked is how many requests ten readers cost that come one after the other within one request.
		asked int
		of    func(*versions) func(context.Context) (time.Time, error)
	}{
		{"identical reads", 2, func(v *versions) func(context.Context) (time.Time, error) {
			var g Group[string, time.Time]

			return func(ctx context.Context) (time.Time, error) { return g.Do(ctx, "a", v.read) }
		}},
		{"list", 2, func(v *versions) func(context.Context) (time.Time, error) {
			var g Group[string, time.Time] // As below every list.

			l := &List[int, time.Time]{
				Read: func(ctx context.Context) ([]time.Time, error) {
					value, err := g.Do(ctx, "a", v.read)
					return []time.Time{value}, err
				},
				Key: func(time.Time) int { return 1 },
			}

			return func(ctx context.Context) (time.Time, error) { return l.Get(ctx, 1) }
		}},
		{"pages", 10, func(v *versions) func(context.Context) (time.Time, error) {
			p := &Pages[int, time.Time]{
				One: func(ctx context.Context, _ int) (time.Time, error) { return v.read(ctx) },
				Page: func(ctx context.Context, _ int) (Page[time.Time], error) {
					value, err := v.read(ctx)
					return Page[time.Time]{Rows: []time.Time{value}, Pages: 1}, err
				},
				Key: func(time.Time) int { return 1 },
			}

			return func(ctx context.Context) (time.Time, error) { return p.Get(ctx, 1) }
		}},
	} {
		t.Run(kind.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var v versions

				read := kind.of(&v)
				for range 3 { // A refresh remembers what it has read.
					_, _ = read(t.Context())
				}

				v.asked = 0

				var wg sync.WaitGroup
				for range 10 {
					wg.Go(func() {
						began := time.Now()

						value, err := read(Fresh(t.Context()))
						if err != nil || value.Before(began) {
							t.Errorf("read at %v what was asked for at %v, %v", began, value, err)
						}
					})

					time.Sleep(50 * time.Millisecond)
				}

				wg.Wait()

				if v.asked != kind.asked {
					t.Errorf("%d requests, want %d", v.asked, kind.asked)
				}
			})
		})
	}
}

// TestFresh_cancelled covers a request that has no waiting reader any more: what comes after it goes on.
func TestFresh_cancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var (
			v  versions
			g  Group[string, time.Time]
			wg sync.WaitGroup
		)

		read := func(ctx context.Context, want error) {
			wg.Go(func() {
				if _, err := g.Do(Fresh(ctx), "a", v.read); !errors.Is(err, want) {
					t.Errorf("got %v, want %v", err, want)
				}
			})
			synctest.Wait()
		}
		first, cancelFirst := context.WithCancel(t.Context())
		second, cancelSecond := context.WithCancel(t.Context())

		read(first, context.Canceled)  // Under way.
		read(second, context.Canceled) // Leads what comes next.
		read(t.Context(), nil)
		cancelSecond()
		synctest.Wait()
		cancelFirst()
		wg.Wait()

		if v.asked != 2 || len(g.flights) > 0 || len(g.next) > 0 {
			t.Errorf("%d requests, want 2; %d and %d flights are left", v.asked, len(g.flights), len(g.next))
		}
	})
}
