package reads

import (
	"context"
	"sync"
)

// List serves a kind of object that can only be listed whole: one list answers every read of a refresh.
type List[K comparable, V any] struct {
	// Read lists everything.
	Read func(ctx context.Context) ([]V, error)
	// Key is a row's id.
	Key func(row V) K
	// Missing is the error for an id that is not on the list.
	Missing func(key K) error

	mu       sync.Mutex
	snapshot *listing[K, V]
}

// listing is one reading of the list; rows come with the flight.
type listing[K comparable, V any] struct {
	life
	flight *flight[*listed[K, V]]
}

type listed[K comparable, V any] struct {
	rows []V
	at   map[K]int
}

// Get reads one object.
func (l *List[K, V]) Get(ctx context.Context, key K) (V, error) {
	var none V

	all, err := l.read(ctx)
	if err != nil {
		return none, err
	}

	i, ok := all.at[key]
	if !ok {
		return none, l.Missing(key)
	}

	return all.rows[i], nil
}

// All reads every object. The caller must not change the slice.
func (l *List[K, V]) All(ctx context.Context) ([]V, error) {
	all, err := l.read(ctx)
	if err != nil {
		return nil, err
	}

	return all.rows, nil
}

func (l *List[K, V]) read(ctx context.Context) (*listed[K, V], error) {
	if isFresh(ctx) {
		return l.ask(ctx)
	}

	l.mu.Lock()

	s := l.snapshot
	if s == nil || !s.touch() {
		s = &listing[K, V]{life: newLife(), flight: newFlight[*listed[K, V]]()}
		l.snapshot = s
	}

	s.began()

	l.mu.Unlock()
	defer l.ended(s)

	return s.flight.do(ctx, func(ctx context.Context) (*listed[K, V], error) {
		all, err := l.ask(ctx)
		if err != nil {
			l.forget(s)
			return nil, err
		}

		l.grew(s)

		return all, nil
	})
}

// ask reads the list now.
func (l *List[K, V]) ask(ctx context.Context) (*listed[K, V], error) {
	rows, err := l.Read(ctx)
	if err != nil {
		return nil, err
	}

	all := &listed[K, V]{rows: rows, at: make(map[K]int, len(rows))}
	for i, row := range rows {
		all.at[l.Key(row)] = i
	}

	return all, nil
}

func (l *List[K, V]) ended(s *listing[K, V]) {
	l.mu.Lock()
	defer l.mu.Unlock()

	s.ended()
}

func (l *List[K, V]) grew(s *listing[K, V]) {
	l.mu.Lock()
	defer l.mu.Unlock()

	s.grew()
}

// forget lets the next read ask again instead of meeting the same failure.
func (l *List[K, V]) forget(s *listing[K, V]) {
	l.mu.Lock()
	defer l.mu.Unlock()

	if l.snapshot == s {
		l.snapshot = nil
	}
}

// Drop forgets the list. Call it when a write of this kind has ended, whether or not it succeeded.
func (l *List[K, V]) Drop() {
	l.mu.Lock()
	defer l.mu.Unlock()

	l.snapshot = nil
}

func (l *List[K, V]) isIdle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()

	return l.snapshot == nil || l.snapshot.idle()
}
