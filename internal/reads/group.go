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
}

// Do returns what work returned, or what another caller's work for the same key returns.
func (g *Group[K, V]) Do(ctx context.Context, key K, work func(context.Context) (V, error)) (V, error) {
	g.mu.Lock()

	f := g.flights[key]
	if f == nil {
		if g.flights == nil {
			g.flights = map[K]*flight[V]{}
		}

		f = newFlight[V]()
		g.flights[key] = f
	}
	g.mu.Unlock()

	return f.do(ctx, func(ctx context.Context) (V, error) {
		defer g.forget(key, f)
		return work(ctx)
	})
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
