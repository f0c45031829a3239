package api

import (
	"context"
	"sync"
)

// locks let one at a time change an object that can only be read and written back whole.
type locks struct {
	mu   sync.Mutex
	held map[ID]*lock
}

type lock struct {
	free    chan struct{}
	callers int
}

// lock waits for the object; the caller must call unlock if there is no error.
func (l *locks) lock(ctx context.Context, id ID) (unlock func(), err error) {
	l.mu.Lock()
	if l.held == nil {
		l.held = map[ID]*lock{}
	}

	own := l.held[id]
	if own == nil {
		own = &lock{free: make(chan struct{}, 1)}
		own.free <- struct{}{}

		l.held[id] = own
	}

	own.callers++
	l.mu.Unlock()

	select {
	case <-own.free:
		return func() { own.free <- struct{}{}; l.leave(id, own) }, nil
	case <-ctx.Done():
		l.leave(id, own)
		return nil, ctx.Err()
	}
}

func (l *locks) leave(id ID, own *lock) {
	l.mu.Lock()
	defer l.mu.Unlock()

	own.callers--
	if own.callers == 0 {
		delete(l.held, id)
	}
}
