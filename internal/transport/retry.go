package transport

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

const (
	firstBackoff = 250 * time.Millisecond
	mostBackoff  = 8 * time.Second
	// longestWait is as long as a run waits because a platform asks it to: past that a person should decide.
	longestWait = 2 * time.Minute
)

// retry repeats what may be repeated: reads and writes when the platform is busy or cannot be reached, creates only when
// they certainly had no effect. It sits outside classify, which tells it what a failure means, and inside share.
type retry struct {
	next    Sender
	max     int
	timeout time.Duration
	window  func(time.Time) time.Duration
	gate    *gate
}

func (r *retry) Send(ctx context.Context, call *Call) (*Response, error) {
	for attempt := 1; ; attempt++ {
		response, err := r.attempt(ctx, call)
		if err == nil {
			return response, nil
		}

		failure := As(err)
		if failure == nil || ctx.Err() != nil {
			return nil, r.final(ctx, call, failure, err)
		}

		failure.Attempts = attempt

		wait, again := r.wait(call, failure, attempt)
		if !again {
			return nil, r.final(ctx, call, failure, err)
		}

		if failure.Reason == Throttled {
			r.gate.close(wait) // Not only this call came too early: all of the platform's wait together.
		} else if !sleep(ctx, wait) {
			return nil, r.final(ctx, call, failure, err)
		}
	}
}

// attempt sends the call once, within its time.
func (r *retry) attempt(ctx context.Context, call *Call) (*Response, error) {
	response, err := r.next.Send(ctx, call)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		failure := As(err)
		if failure != nil {
			failure.Message = "no answer within " + r.timeout.String()
		}
	}

	return response, err
}

// wait says whether to send again, and when.
func (r *retry) wait(call *Call, failure *Error, attempt int) (time.Duration, bool) {
	safe := call.Kind != KindCreate || failure.Unsent || failure.Reason == Throttled
	if attempt > r.max || !safe || failure.Reason != Throttled && failure.Reason != Unavailable {
		return 0, false
	}

	switch {
	case failure.RetryAfter > 0:
		return failure.RetryAfter, failure.RetryAfter <= longestWait
	case failure.Reason == Throttled && r.window != nil:
		return r.window(time.Now()), true
	default:
		return backoff(attempt), true
	}
}

// final is the error for the caller.
func (r *retry) final(ctx context.Context, call *Call, failure *Error, err error) error {
	if failure == nil {
		return err
	}

	if call.Kind == KindCreate && !failure.Unsent && (failure.Reason == Unavailable ||
		failure.Reason == Unusable && failure.Status < 300 || // A refusal, of whatever kind, made nothing.
		failure.Status >= 500 || ctx.Err() != nil) {
		failure.Lost = true
	}

	return failure
}

// backoff doubles from attempt to attempt, and takes between half and all of it, so that callers that failed together do
// not come back together.
func backoff(attempt int) time.Duration {
	d := min(firstBackoff<<(attempt-1), mostBackoff)
	return d/2 + rand.N(d/2+1) //nolint:gosec // Spreading, not secrecy.
}

// sleep waits and says whether it did so to the end.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()

	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
