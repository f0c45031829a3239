package reads

import (
	"context"
	"sync"
	"time"
)

const (
	// pause is how long a batch waits for one more reader before it is sent; longer where requests take longer, for what a
	// request takes is what meeting too late costs.
	pause     = 4 * time.Millisecond
	mostPause = 6 * time.Millisecond
	// patience is how long it waits in all, however many come. It is half of what a request takes, if that is more: of two
	// groups of readers that went apart, the smaller then still waits when the larger comes back, if not now then next time.
	patience     = 25 * time.Millisecond
	mostPatience = 250 * time.Millisecond
	// mostBack is how long readers who got their answer may take to be back, for the few who wait for them; a quarter of
	// what a request takes, if that is less.
	mostBack = 50 * time.Millisecond
	// company is how long after a batch of several readers the next reader expects others: Terraform asks for the next
	// objects as soon as it has the last ones.
	company = 250 * time.Millisecond
)

// Batch joins concurrent reads into requests that take many ids. A read that is alone is sent at once. There is nothing
// to drop: a read joins only a batch that was not sent yet.
type Batch[K comparable, V any] struct {
	// Max is how many ids one request takes.
	Max int
	// Read reads objects by id. Objects that do not exist are left out; the order does not matter.
	Read func(ctx context.Context, keys []K) (map[K]V, error)
	// Missing is the error for an id that Read left out.
	Missing func(key K) error
	// Group keeps apart ids that one request cannot hold together, such as messages of two conversations. Nil is one
	// group.
	Group func(key K) any

	mu      sync.Mutex
	open    map[any]*round[K, V]
	inside  int // Readers who wait for an answer.
	most    int // The most of them lately: so many may come.
	flying  map[*round[K, V]]bool
	rounds  int           // So far.
	crowded time.Time     // When the last request with several readers came back,
	crowd   int           // and how many they were.
	took    time.Duration // What the last request took.
}

// round is one batch: first open for readers, then sent.
type round[K comparable, V any] struct {
	number  int
	keys    []K
	asked   map[K]bool
	readers int
	waits   bool
	arrived chan struct{}
	full    chan struct{}
	flight  *flight[map[K]V]
}

// Get reads one object.
func (b *Batch[K, V]) Get(ctx context.Context, key K) (V, error) {
	group, r := b.join(key)
	defer b.leave()

	rows, err := r.flight.do(ctx, func(ctx context.Context) (map[K]V, error) {
		if err := b.collect(ctx, r); err != nil {
			return nil, err
		}
		defer b.send(group, r)()

		return b.Read(ctx, r.keys)
	})
	if err != nil {
		var none V
		return none, err
	}

	row, ok := rows[key]
	if !ok {
		return row, b.Missing(key)
	}

	return row, nil
}

func (b *Batch[K, V]) join(key K) (any, *round[K, V]) {
	var group any
	if b.Group != nil {
		group = b.Group(key)
	}

	b.mu.Lock()
	defer b.mu.Unlock()

	b.inside++
	b.most = max(b.most, b.inside)

	r := b.open[group]
	if r == nil {
		if b.open == nil {
			b.open, b.flying = map[any]*round[K, V]{}, map[*round[K, V]]bool{}
		}

		b.rounds++
		r = &round[K, V]{
			number:  b.rounds,
			asked:   map[K]bool{},
			waits:   len(b.flying) > 0 || time.Since(b.crowded) < company,
			arrived: make(chan struct{}, 1),
			full:    make(chan struct{}),
			flight:  newFlight[map[K]V](),
		}
		b.open[group] = r
	}

	r.readers++
	if !r.asked[key] {
		r.asked[key] = true
		r.keys = append(r.keys, key)
	}

	select {
	case r.arrived <- struct{}{}:
	default:
	}

	if len(r.keys) >= b.Max {
		delete(b.open, group)
		close(r.full)
	}

	return group, r
}

func (b *Batch[K, V]) leave() {
	b.mu.Lock()
	defer b.mu.Unlock()

	b.inside--
}

// collect waits for more readers: until the batch is full, or everybody is there, or nobody has come for a pause. While a
// request with more readers is under way, these are about to come back: without waiting for them, readers that once went
// apart never meet again.
func (b *Batch[K, V]) collect(ctx context.Context, r *round[K, V]) error {
	if !r.waits {
		return nil
	}

	end, pause := b.waiting()

	deadline := time.NewTimer(end)
	defer deadline.Stop()

	quiet := time.NewTimer(pause)
	defer quiet.Stop()

	for {
		select {
		case <-r.arrived:
			if b.together(r) {
				return nil
			}

			quiet.Reset(pause)
		case <-quiet.C:
			if !b.crowdNear(r, pause) {
				return nil
			}

			quiet.Reset(pause)
		case <-deadline.C:
			return nil
		case <-r.full:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// waiting is how long to wait in all, and for the next reader.
func (b *Batch[K, V]) waiting() (all, next time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()

	return min(max(patience, b.took/2), mostPatience), min(max(pause, b.took/10), mostPause)
}

// together says that all readers there lately were wait for this round.
func (b *Batch[K, V]) together(r *round[K, V]) bool {
	b.mu.Lock()
	defer b.mu.Unlock()

	return r.readers >= b.most
}

// crowdNear says that several readers just got their answer, or wait for one and are more than those of this round: the
// smaller of two groups waits for the larger one, or neither would get anywhere. Of two equal ones each second waits.
func (b *Batch[K, V]) crowdNear(r *round[K, V], pause time.Duration) bool {
	b.mu.Lock()
	defer b.mu.Unlock()

	for f := range b.flying {
		if f.readers > r.readers || f.readers == r.readers && f.readers > 1 && r.number%2 == 0 {
			return true
		}
	}

	back := pause
	if b.crowd > r.readers {
		back = max(pause, min(b.took/4, mostBack))
	}

	return time.Since(b.crowded) < back
}

// send closes the round for readers; what it returns is called when the answer is there.
func (b *Batch[K, V]) send(group any, r *round[K, V]) (landed func()) {
	b.mu.Lock()
	defer b.mu.Unlock()

	if b.open[group] == r {
		delete(b.open, group)
	}

	b.most = b.inside // Who was not there in time is no longer waited for.
	b.flying[r] = true
	started := time.Now()

	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()

		delete(b.flying, r)

		b.took = time.Since(started)
		if r.readers > 1 {
			b.crowded, b.crowd = time.Now(), r.readers
		}
	}
}
