package reads

import (
	"context"
	"sync"
	"time"
)

const (
	defaultPause = 4 * time.Millisecond // Until a request was measured; and the shortest of a patient batch.
	maxPause     = 25 * time.Millisecond
	// long is what a request takes that should be waited for longer than a tenth of its time, until it reads enough objects.
	long   = 50 * time.Millisecond
	enough = 10
)

// Batch joins concurrent reads into requests that take many ids.
//
// Terraform reads a fixed number of objects at a time, and asks for the next ones as soon as it has the last. So a batch
// is sent when as many readers are in it as were here lately. It waits no longer than a tenth of what a request takes:
// processors that are busy with what one batch has read should not wait for it to be sent again as a whole, but find
// another one answered meanwhile. Where requests take long, and so cost more than waiting does, a batch of a few waits on:
// until no reader has come for a tenth of a request, and no larger batch is under way, whose readers would not meet these
// again otherwise. A reader that is alone is sent at once.
//
// A read joins only a batch that was not sent yet. So there is nothing to drop, unless it keeps what was read beside.
type Batch[K comparable, V any] struct {
	// Max is how many ids one request takes.
	Max int
	// Read reads objects by id. Objects that do not exist are left out; the order does not matter.
	Read func(ctx context.Context, keys []K) (map[K]V, error)
	// Missing is the error for an id that Read left out.
	Missing func(key K) error
	// Patient says that a request costs more than its time, as one that reads a list does: it waits for readers even if it
	// is quick.
	Patient bool
	// Group keeps apart ids that one request cannot hold together, such as messages of two conversations. Nil is one
	// group.
	Group func(key K) any
	// Keep is how many objects are remembered at most that Read returned without having been asked for them, as it does where
	// the platform tells all of a range. Each answers the first read of it: a refresh asks once.
	Keep int

	mu       sync.Mutex
	beside   *beside[K, V]
	open     map[any]*round[K, V]
	sent     map[*round[K, V]]bool
	inside   int           // Readers that wait for an answer.
	expected int           // The most of them since the last batch was sent.
	took     time.Duration // What the last request took.
}

// round is one batch: first open for readers, then sent.
type round[K comparable, V any] struct {
	group   any
	keys    []K
	asked   map[K]bool
	readers int
	fresh   bool          // It answers a fresh read.
	joined  chan struct{} // Holds a token after a reader joined.
	ready   chan struct{} // Closed when there is no reason to wait.
	flight  *flight[map[K]V]
}

// beside is what one refresh remembers. An object that answered a read is nil: told again, it is not remembered again.
type beside[K comparable, V any] struct {
	life
	rows   map[K]*V
	unread int
}

// Get reads one object.
func (b *Batch[K, V]) Get(ctx context.Context, key K) (V, error) {
	if row, ok := b.take(ctx, key); ok {
		return row, nil
	}

	r := b.join(key, isFresh(ctx))
	defer b.leave()

	rows, err := r.flight.do(ctx, func(ctx context.Context) (map[K]V, error) {
		if err := b.collect(ctx, r); err != nil {
			return nil, err
		}

		return b.send(ctx, r)
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

// take returns an object that was read beside others.
func (b *Batch[K, V]) take(ctx context.Context, key K) (V, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()

	if b.beside == nil || b.beside.idle() {
		b.beside = &beside[K, V]{life: newLife(), rows: map[K]*V{}}
	}

	b.beside.used = time.Now()

	row := b.beside.rows[key]
	if row == nil || isFresh(ctx) {
		var none V
		return none, false
	}

	b.beside.rows[key] = nil
	b.beside.unread--

	return *row, true
}

// Drop forgets what was read beside. Call it when a write has ended that may be about any of it, whether or not it succeeded.
func (b *Batch[K, V]) Drop() {
	b.mu.Lock()
	defer b.mu.Unlock()

	b.beside = nil
}

// join adds a reader to the open round of its group.
func (b *Batch[K, V]) join(key K, fresh bool) *round[K, V] {
	var group any
	if b.Group != nil {
		group = b.Group(key)
	}

	b.mu.Lock()
	defer b.mu.Unlock()

	b.inside++
	b.expected = max(b.expected, b.inside)

	r := b.open[group]
	if r == nil {
		r = b.newRound(group)
	}

	r.readers++
	r.fresh = r.fresh || fresh

	if !r.asked[key] {
		r.asked[key] = true
		r.keys = append(r.keys, key)
	}

	if len(r.keys) >= b.Max || r.readers >= b.expected {
		delete(b.open, group)
		close(r.ready)
	}

	select {
	case r.joined <- struct{}{}:
	default:
	}

	return r
}

func (b *Batch[K, V]) newRound(group any) *round[K, V] {
	if b.open == nil {
		b.open = map[any]*round[K, V]{}
		b.sent = map[*round[K, V]]bool{}
	}

	r := &round[K, V]{
		group:  group,
		asked:  map[K]bool{},
		joined: make(chan struct{}, 1),
		ready:  make(chan struct{}),
		flight: newFlight[map[K]V](),
	}
	b.open[group] = r

	return r
}

func (b *Batch[K, V]) leave() {
	b.mu.Lock()
	defer b.mu.Unlock()

	b.inside--
}

// collect waits for more readers.
func (b *Batch[K, V]) collect(ctx context.Context, r *round[K, V]) error {
	pause, fewest := b.patience()
	opened, due, quiet := time.Now(), time.NewTimer(pause), time.NewTimer(pause)

	defer due.Stop()
	defer quiet.Stop()

	for {
		if time.Since(opened) >= pause && b.readersOf(r) >= fewest {
			return nil
		}

		select {
		case <-r.ready:
			return nil
		case <-due.C:
		case <-r.joined:
			quiet.Reset(pause)
		case <-quiet.C:
			if !b.isLargerSent(r) {
				return nil
			}

			quiet.Reset(pause)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// patience returns how long a batch waits for readers, and how many have to be in it then.
func (b *Batch[K, V]) patience() (pause time.Duration, fewest int) {
	b.mu.Lock()
	defer b.mu.Unlock()

	switch {
	case b.took == 0:
		return defaultPause, enough
	case b.took < long && !b.Patient:
		return b.took / 10, 1
	default:
		return min(max(b.took/10, defaultPause), maxPause), enough
	}
}

func (b *Batch[K, V]) readersOf(r *round[K, V]) int {
	b.mu.Lock()
	defer b.mu.Unlock()

	return r.readers
}

// isLargerSent reports whether a larger batch of the same group is under way: its readers are about to be back, and one
// request can hold them and those of r.
func (b *Batch[K, V]) isLargerSent(r *round[K, V]) bool {
	b.mu.Lock()
	defer b.mu.Unlock()

	for other := range b.sent {
		if other.group == r.group && other.readers > r.readers && len(other.keys)+len(r.keys) <= b.Max {
			return true
		}
	}

	return false
}

// send closes the round for readers, and asks.
func (b *Batch[K, V]) send(ctx context.Context, r *round[K, V]) (map[K]V, error) {
	b.mu.Lock()

	if b.open[r.group] == r {
		delete(b.open, r.group)
	}

	b.sent[r] = true
	b.expected = b.inside // A reader that was late is no longer waited for.
	started, kept := time.Now(), b.beside
	b.mu.Unlock()

	if r.fresh {
		ctx = Fresh(ctx)
	}

	rows, err := b.Read(ctx, r.keys)

	b.mu.Lock()
	defer b.mu.Unlock()

	delete(b.sent, r)
	b.took = time.Since(started)

	// What was asked for before a write has ended is remembered no more than what was read before.
	if err == nil && kept != nil && kept == b.beside {
		b.keep(rows, r.asked)
	}

	return rows, err
}

// keep remembers what was told beside what was asked. If there is no room for it, what was told last is asked for sooner.
func (b *Batch[K, V]) keep(rows map[K]V, asked map[K]bool) {
	if b.Keep == 0 {
		return
	}

	kept := b.beside

	for key, row := range rows {
		if asked[key] {
			continue
		}

		before, known := kept.rows[key]

		switch {
		case known && before == nil:
			continue
		case !known && kept.unread == b.Keep:
			clear(kept.rows)

			kept.unread = 1
		case !known:
			kept.unread++
		}

		kept.rows[key] = &row
	}

	for key := range asked {
		if kept.rows[key] != nil {
			kept.unread--
		}

		kept.rows[key] = nil
	}
}
