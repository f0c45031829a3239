package reads

import (
	"context"
	"sync"
	"time"
)

const (
	// pause is how long a batch waits for one more reader before it is sent.
	pause = 4 * time.Millisecond
	// patience is how long it waits in all, however many come.
	patience = 25 * time.Millisecond
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
	sent    int       // Requests under way.
	crowds  int       // Those of them that carry several readers.
	crowded time.Time // When the last of these came back.
}

// round is one batch: first open for readers, then sent.
type round[K comparable, V any] struct {
	keys    []K
	asked   map[K]bool
	waits   bool
	arrived chan struct{}
	full    chan struct{}
	flight  *flight[map[K]V]
}

// Get reads one object.
func (b *Batch[K, V]) Get(ctx context.Context, key K) (V, error) {
	group, r := b.join(key)
	rows, err := r.flight.do(ctx, func(ctx context.Context) (map[K]V, error) {
		if err := b.collect(ctx, r); err != nil {
			return nil, err
		}
		b.send(group, r)
		defer b.landed(r)
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
	r := b.open[group]
	if r == nil {
		if b.open == nil {
			b.open = map[any]*round[K, V]{}
		}
		r = &round[K, V]{
			asked:   map[K]bool{},
			waits:   b.sent > 0 || time.Since(b.crowded) < company,
			arrived: make(chan struct{}, 1),
			full:    make(chan struct{}),
			flight:  newFlight[map[K]V](),
		}
		b.open[group] = r
	}
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

// collect waits for more readers: until the batch is full, or none has come for a pause. While a request with several
// readers is under way, these are about to come back: without waiting for them, readers that once went apart never meet
// again.
func (b *Batch[K, V]) collect(ctx context.Context, r *round[K, V]) error {
	if !r.waits {
		return nil
	}
	end := time.NewTimer(patience)
	defer end.Stop()
	quiet := time.NewTimer(pause)
	defer quiet.Stop()
	for {
		select {
		case <-r.arrived:
			quiet.Reset(pause)
		case <-quiet.C:
			if !b.crowdNear() {
				return nil
			}
			quiet.Reset(pause)
		case <-end.C:
			return nil
		case <-r.full:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// crowdNear says that several readers are waiting for an answer, or just got one.
func (b *Batch[K, V]) crowdNear() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.crowds > 0 || time.Since(b.crowded) < pause
}

// send closes the round for readers.
func (b *Batch[K, V]) send(group any, r *round[K, V]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.open[group] == r {
		delete(b.open, group)
	}
	b.sent++
	if len(r.keys) > 1 {
		b.crowds++
	}
}

func (b *Batch[K, V]) landed(r *round[K, V]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent--
	if len(r.keys) > 1 {
		b.crowds--
		b.crowded = time.Now()
	}
}
