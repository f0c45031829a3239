package reads

import (
	"context"
	"sync"
)

// Lists serves lists that belong to something each, such as the members of a team: one list answers every read of the same
// owner in a refresh.
type Lists[O comparable, V comparable] struct {
	// Read lists what belongs to the owner.
	Read func(ctx context.Context, owner O) ([]V, error)

	mu sync.Mutex
	of map[O]*List[V, V]
}

// All reads the list of an owner. The caller must not change the slice.
func (l *Lists[O, V]) All(ctx context.Context, owner O) ([]V, error) {
	return l.list(owner).All(ctx)
}

func (l *Lists[O, V]) list(owner O) *List[V, V] {
	l.mu.Lock()
	defer l.mu.Unlock()

	if l.of == nil {
		l.of = map[O]*List[V, V]{}
	}

	if l.of[owner] == nil {
		l.of[owner] = &List[V, V]{
			Read: func(ctx context.Context) ([]V, error) { return l.Read(ctx, owner) },
			Key:  func(row V) V { return row },
		}
	}

	return l.of[owner]
}

// Drop forgets all lists. Call it when a write of this kind has ended, whether or not it succeeded.
func (l *Lists[O, V]) Drop() {
	l.mu.Lock()
	defer l.mu.Unlock()

	l.of = nil
}
