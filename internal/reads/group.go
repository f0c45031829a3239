package reads

import (
	"context"
	"sync"
)

// Group gives identical reads that are under way at once one answer. The well-known singleflight cannot be used here:
// it fails every caller when the first one is cancelled, and lets a read join a request that was sent before a write.
type Group[K comparable, V any] struct {
	mu      sync.Mutex
	flights map[K]*flight[V]
	// next are the flights that fresh reads wait for: each is sent after the one that is under way.
	next map[K]*flight[V]
}

// Do returns what work returned, or what another caller's work for the same key returns. With Fresh, that work began
// after this call.
func (g *Group[K, V]) Do(ctx context.Context, key K, work func(context.Context) (V, error)) (V, error) {
	f, before := g.join(key, isFresh(ctx))

	ask := func(ctx context.Context) (V, error) {
		g.begin(key, f)
		defer g.forget(key, f)

		return work(ctx)
	}

	return f.do(ctx, func(ctx context.Context) (V, error) {
		if before == nil {
			return ask(ctx)
		}

		isOwn := false

		value, err := before.do(ctx, func(ctx context.Context) (V, error) {
			isOwn = true // The caller who led has given up.
			return ask(ctx)
		})
		if isOwn || ctx.Err() != nil {
			return value, err
		}

		return ask(ctx)
	})
}

// join returns the flight that answers a read, and the one that has to land before it.
func (g *Group[K, V]) join(key K, fresh bool) (f, before *flight[V]) {
	g.mu.Lock()
	defer g.mu.Unlock()

	if g.flights == nil {
		g.flights = map[K]*flight[V]{}
	}

	before = g.flights[key]

	switch {
	case before == nil:
		g.flights[key] = newFlight[V]()
		return g.flights[key], nil
	case !fresh:
		return before, nil
	case g.next[key] == nil:
		if g.next == nil {
			g.next = map[K]*flight[V]{}
		}

		g.next[key] = newFlight[V]()
	}

	return g.next[key], before
}

// begin says that a flight is sent, so that no fresh read joins it any more.
func (g *Group[K, V]) begin(key K, f *flight[V]) {
	g.mu.Lock()
	defer g.mu.Unlock()

	if g.next[key] == f {
		delete(g.next, key)
		g.flights[key] = f
	}
}

func (g *Group[K, V]) forget(key K, f *flight[V]) {
	g.mu.Lock()
	defer g.mu.Unlock()

	if g.flights[key] == f {
		delete(g.flights, key)
	}
}

// Drop lets no later read join what is under way. Call it when a write has ended, whether or not it succeeded.
func (g *Group[K, V]) Drop() {
	g.mu.Lock()
	defer g.mu.Unlock()

	g.flights = nil
}
