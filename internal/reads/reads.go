// Package reads answers reads of single objects from as few requests as the platform's endpoints allow. Terraform asks
// for one object per call, ten at a time; each kind of object is described by one value of this package:
//
//   - Batch, where one request takes many ids;
//   - List, where only a list of everything can be read;
//   - Pages, where objects can be read one by one or in pages;
//   - By, where each group of objects has a List or Pages of its own.
//
// Three rules hold for all of them. A read that began after a write of this process had ended is never answered from
// something that was asked for before: who writes calls Drop. What is remembered lives for one refresh, seconds, and
// answers no read that is marked as Fresh.
// And nothing runs in the background: shared work is done by one of the callers that wait for it, and if that caller
// gives up, the next one takes over. So one cancelled caller fails no other, and no goroutine outlives its call.
package reads

import (
	"context"
	"time"
)

const (
	// idle is how long after the last read a snapshot is forgotten: Terraform's refresh asks without pause.
	idle = 2 * time.Second
	// lifetime is how long a snapshot may be used at all.
	lifetime = 30 * time.Second
)

// life says whether something remembered may still be used.
type life struct {
	born, used time.Time
	busy       int // Reads under way: however long they take, the time is not idle.
}

func newLife() life {
	now := time.Now()
	return life{born: now, used: now}
}

// touch renews the life of what is still fresh, and reports whether it is.
func (l *life) touch() bool {
	if l.idle() || time.Since(l.born) >= lifetime {
		return false
	}

	l.used = time.Now()

	return true
}

func (l *life) idle() bool { return l.busy == 0 && time.Since(l.used) >= idle }

// began notes a read, and ended its end.
func (l *life) began() {
	l.busy++
}

func (l *life) ended() {
	l.busy--
	l.used = time.Now()
}

// grew says that what is remembered has just been read.
func (l *life) grew() {
	l.born = time.Now()
}

// flight is one piece of work that several callers wait for. One of them leads: it does the work in its own call. If
// the leader is cancelled, the next caller leads.
type flight[T any] struct {
	lead  chan struct{} // Holds a token while no caller leads.
	done  chan struct{}
	value T
	err   error
}

func newFlight[T any]() *flight[T] {
	f := &flight[T]{lead: make(chan struct{}, 1), done: make(chan struct{})}
	f.lead <- struct{}{}

	return f
}

// do returns what work returned, in whichever caller it ran.
func (f *flight[T]) do(ctx context.Context, work func(context.Context) (T, error)) (T, error) {
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	case <-f.lead:
	}

	value, err := work(ctx)
	if err != nil && ctx.Err() != nil {
		f.lead <- struct{}{}
		return value, ctx.Err()
	}

	f.value, f.err = value, err
	close(f.done)

	return value, err
}
