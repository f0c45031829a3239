package transport

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

const (
	firstBackoff = 250 * time.Millisecond
	mostBackoff  = 8 * time.Second
	// longestWait is as long as a run waits because a platform asks it to: past that a person should decide.
	longestWait = 2 * time.Minute
	// mostThrottled is how often one call is throttled before it fails, where nothing else limits its attempts.
	mostThrottled = 10
)

// retry repeats what may be repeated: reads and writes when the platform is busy or cannot be reached, creates only when
// they certainly had no effect. It sits outside classify, which tells it what a failure means, and inside share.
type retry struct {
	next   Sender
	config Config
	gate   *gate
}

// repetition is what the attempts of one call have cost.
type repetition struct {
	attempts, throttled int
	began               time.Time
	asked               time.Duration // What the platform asked to wait.
}

func (r *retry) Send(ctx context.Context, call *Call) (*Response, error) {
	spent := repetition{began: time.Now()}

	for {
		response, err := r.attempt(ctx, call)
		if err == nil {
			return response, nil
		}

		spent.attempts++

		failure := As(err)
		if failure == nil || ctx.Err() != nil {
			return nil, r.final(ctx, call, failure, err)
		}

		failure.Attempts = spent.attempts

		wait, again := r.wait(call, failure, &spent)
		if !again {
			return nil, r.final(ctx, call, failure, err)
		}

		if failure.Reason == Throttled {
			r.gate.close(wait) // Not only this call came too early: all of the platform's wait together.
			r.config.Waiting.add(r.config.Platform, wait)
			tflog.Info(ctx, "waiting, because the platform asked to slow down", map[string]any{"platform": r.config.Platform, "wait": wait.String()})

			continue
		}

		waiting, end := untilStop(ctx, call)
		isOver := sleep(waiting, wait)

		end()

		if !isOver {
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
			failure.Message, failure.IsOwn = "no answer came within "+r.config.Timeout.String(), true
		}
	}

	return response, err
}

// wait reports whether to send again, and returns when.
func (r *retry) wait(call *Call, failure *Error, spent *repetition) (time.Duration, bool) {
	isSafe := call.Kind != KindCreate || failure.Unsent || failure.Reason == Throttled
	if !isSafe || failure.Reason != Throttled && failure.Reason != Unavailable || r.isOver(spent, failure) {
		return 0, false
	}

	wait, isAsked := r.asked(failure)
	if isAsked && spent.attempts < mostThrottled {
		spent.asked += wait
		return wait, wait <= longestWait
	}

	wait = backoff(spent.attempts)
	left := r.config.RetryTimeout - (time.Since(spent.began) - spent.asked)

	return wait, r.config.RetryTimeout == 0 || wait <= left
}

// asked returns how long the platform asked to wait, if it did.
func (r *retry) asked(failure *Error) (time.Duration, bool) {
	switch {
	case failure.RetryAfter > 0 || failure.mayRetryNow:
		return failure.RetryAfter, true
	case failure.Reason == Throttled && r.config.Window != nil:
		return r.config.Window(time.Now()), true
	default:
		return 0, false
	}
}

// isOver reports whether the call was repeated often enough.
func (r *retry) isOver(spent *repetition, failure *Error) bool {
	if failure.Reason == Throttled {
		spent.throttled++
	}

	if r.config.MaxRetries >= 0 {
		return spent.attempts > r.config.MaxRetries
	}

	return spent.throttled > mostThrottled || r.config.RetryTimeout == 0 && spent.attempts > mostThrottled
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
	d := min(firstBackoff<<min(attempt-1, 10), mostBackoff)
	return d/2 + rand.N(d/2+1) //nolint:gosec // Spreading, not secrecy.
}

// sleep waits, and reports whether it did so to the end.
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
