package reads

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// A store holds a version per key. A write takes time; it takes effect somewhere in between.
type store struct {
	mu       sync.Mutex
	versions []int
	settled  []int // The newest version whose write has ended.
}

func (s *store) version(key int) int {
	s.mu.Lock()
	defer s.mu.Unlock()

	return s.versions[key]
}

func (s *store) write(key int, before, after time.Duration, drop func()) {
	time.Sleep(before)
	s.mu.Lock()
	s.versions[key]++
	version := s.versions[key]
	s.mu.Unlock()
	time.Sleep(after)
	drop()
	s.mu.Lock()
	defer s.mu.Unlock()

	s.settled[key] = max(s.settled[key], version)
}

func (s *store) oldest(key int) int {
	s.mu.Lock()
	defer s.mu.Unlock()

	return s.settled[key]
}

// answer is what a request that takes time brings back: what was there at some moment while it was under way.
func (s *store) answer(key int, took time.Duration) row {
	time.Sleep(took / 2)

	version := s.version(key)

	time.Sleep(took - took/2)

	return row{key, version}
}

// mechanism is one kind of read over the store.
type mechanism struct {
	name string
	make func(s *store) (get func(context.Context, int) (row, error), drop func())
}

var mechanisms = []mechanism{
	{"group", func(s *store) (func(context.Context, int) (row, error), func()) {
		var g Group[int, row]

		return func(ctx context.Context, key int) (row, error) {
			return g.Do(ctx, key, func(context.Context) (row, error) { return s.answer(key, latency), nil })
		}, g.Drop
	}},
	{"batch", func(s *store) (func(context.Context, int) (row, error), func()) {
		b := Batch[int, row]{Max: 3, Read: func(_ context.Context, keys []int) (map[int]row, error) {
			time.Sleep(latency)

			rows := map[int]row{}
			for _, key := range keys {
				rows[key] = row{key, s.version(key)}
			}

			time.Sleep(latency)

			return rows, nil
		}, Missing: func(int) error { return errMissing }}

		return b.Get, b.Drop
	}},
	{"batch that keeps", func(s *store) (func(context.Context, int) (row, error), func()) {
		b := Batch[int, row]{Max: 3, Keep: 2, Missing: func(int) error { return errMissing }}
		b.Read = func(context.Context, []int) (map[int]row, error) {
			time.Sleep(latency)

			rows := map[int]row{}
			for key := range s.versions {
				rows[key] = row{key, s.version(key)}
			}

			time.Sleep(latency)

			return rows, nil
		}

		return b.Get, b.Drop
	}},
	{"list", func(s *store) (func(context.Context, int) (row, error), func()) {
		l := List[int, row]{Key: func(r row) int { return r.key }, Missing: func(int) error { return errMissing }}
		l.Read = func(context.Context) ([]row, error) {
			time.Sleep(latency)

			rows := make([]row, len(s.versions))
			for key := range rows {
				rows[key] = row{key, s.version(key)}
			}

			time.Sleep(latency)

			return rows, nil
		}

		return l.Get, l.Drop
	}},
	{"pages", func(s *store) (func(context.Context, int) (row, error), func()) {
		p := Pages[int, row]{Key: func(r row) int { return r.key }}
		p.One = func(_ context.Context, key int) (row, error) { return s.answer(key, latency), nil }
		p.Page = func(_ context.Context, number int) (Page[row], error) {
			return Page[row]{Rows: []row{s.answer(number-1, latency)}, Pages: len(s.versions)}, nil
		}

		return p.Get, p.Drop
	}},
}

type step struct {
	start, before, after time.Duration
	key                  int
	write, cancelled     bool
}

// TestNoStaleAnswer runs random schedules of overlapping reads, writes and cancellations: a read never brings back less
// than what was written before it began.
func TestNoStaleAnswer(t *testing.T) {
	const keys = 4

	duration := rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.IntRange(0, 400).Draw(t, "ms")) * time.Millisecond
	})

	steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{
			start: 2 * duration.Draw(t, "start"), before: duration.Draw(t, "before"), after: duration.Draw(t, "after"),
			key: rapid.IntRange(0, keys-1).Draw(t, "key"), write: rapid.Bool().Draw(t, "write"),
			cancelled: rapid.IntRange(0, 4).Draw(t, "cancelled") == 0,
		}
	}), 1, 60)
	for _, m := range mechanisms {
		t.Run(m.name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				schedule := steps.Draw(rt, "steps")
				problem := ""

				synctest.Test(t, func(t *testing.T) { problem = run(t.Context(), m, keys, schedule) })

				if problem != "" {
					rt.Fatal(problem)
				}
			})
		})
	}
}

func run(ctx context.Context, m mechanism, keys int, schedule []step) string {
	s := &store{versions: make([]int, keys), settled: make([]int, keys)}
	get, drop := m.make(s)

	var (
		mu sync.Mutex
		wg sync.WaitGroup
	)

	problem := ""

	for _, op := range schedule {
		wg.Go(func() {
			time.Sleep(op.start)

			if op.write {
				s.write(op.key, op.before, op.after, drop)
				return
			}

			ctx := ctx
			if op.cancelled {
				short, cancel := context.WithTimeout(ctx, op.before)
				defer cancel()

				ctx = short
			}

			oldest := s.oldest(op.key)
			got, err := get(ctx, op.key)

			mu.Lock()
			defer mu.Unlock()

			switch {
			case err != nil && ctx.Err() == nil:
				problem = fmt.Sprintf("read of %d failed with nobody to blame: %v", op.key, err)
			case err == nil && (got.value < oldest || got.key != op.key):
				problem = fmt.Sprintf("read of %d began after version %d was written, and got %v", op.key, oldest, got)
			}
		})
	}

	wg.Wait()

	return problem
}
