package transport

import (
	"context"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limit paces requests: to the rate that the user allows, and not before the time that the platform asked for. It is
// inside retry, so that repeated attempts are paced as well.
type limit struct {
	next   Sender
	bucket *rate.Limiter
	gate   *gate
}

func newLimit(next Sender, perSecond float64, gate *gate) *limit {
	pace := rate.Limit(math.Inf(1))
	if perSecond > 0 {
		pace = rate.Limit(perSecond)
	}
	// A bucket of one: a larger one would let a burst through that the vendor counts as too many in one second.
	return &limit{next: next, bucket: rate.NewLimiter(pace, 1), gate: gate}
}

func (l *limit) Send(ctx context.Context, call *Call) (*Response, error) {
	waiting, end := untilStop(ctx, call)
	defer end()

	err := l.gate.pass(waiting)
	if err == nil {
		err = l.bucket.Wait(waiting)
	}

	switch {
	case err == nil:
		return l.next.Send(ctx, call)
	case ctx.Err() == nil && waiting.Err() != nil:
		return nil, &Error{Reason: Other, Unsent: true, Err: err} // To ask again would not help.
	default:
		return nil, &Error{Reason: Unavailable, Unsent: true, Err: err}
	}
}

type stopKey struct{}

// WithStop returns a context whose calls create nothing any more once stopped is done. They are not cancelled: what was
// sent is to be answered.
func WithStop(ctx, stopped context.Context) context.Context {
	return context.WithValue(ctx, stopKey{}, stopped)
}

// untilStop returns the context in which a call waits for its turn: that of a create ends when nothing is to be created any
// more. What writes goes on, to complete what was created.
func untilStop(ctx context.Context, call *Call) (context.Context, context.CancelFunc) {
	stopped, ok := ctx.Value(stopKey{}).(context.Context)
	if !ok || call.Kind != KindCreate {
		return ctx, func() {}
	}

	waiting, cancel := context.WithCancel(ctx)
	if stopped.Err() != nil {
		cancel()
	}

	detach := context.AfterFunc(stopped, cancel)

	return waiting, func() {
		detach()
		cancel()
	}
}

// gate holds every request of a platform until a time.
type gate struct {
	mu    sync.Mutex
	opens time.Time
}

// close lets nothing pass for d, or longer if it already was closed for longer.
func (g *gate) close(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()

	opens := time.Now().Add(d)
	if opens.After(g.opens) {
		g.opens = opens
	}
}

func (g *gate) pass(ctx context.Context) error {
	for {
		g.mu.Lock()
		wait := time.Until(g.opens)
		g.mu.Unlock()

		if wait <= 0 {
			return ctx.Err()
		}

		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
}
