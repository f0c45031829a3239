package api

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const (
	firstLook = 200 * time.Millisecond
	mostLook  = 2 * time.Second
	// lookShare is which share of the time that has passed goes by until the next look: so little is lost at most.
	lookShare = 8
	// mostRefusals is how often in a row a read may be refused: while the server takes an object apart, it may find the
	// object but no right to it.
	mostRefusals = 3
	// firstReadBack and lastReadBack are the first and the last pause before what was just written is asked for again.
	firstReadBack, lastReadBack = 100 * time.Millisecond, 1600 * time.Millisecond
)

var errStillThere = errors.New("still has it")

// IsStillThere reports whether the server accepted a deletion, and had not done it when the time was up.
func IsStillThere(err error) bool { return errors.Is(err, errStillThere) }

// waitUntilGone reads until the server says that the object is not there: what is deleted in the background answers for
// a while, and may answer 500 or 401 while it is being taken apart. The context bounds the wait.
func waitUntilGone(ctx context.Context, object string, read func(context.Context) error) error {
	refusals := 0

	for started := time.Now(); ; {
		err := read(ctx)
		if transport.IsUnauthorized(err) {
			refusals++
		} else {
			refusals = 0
		}

		failure := transport.As(err)
		switch {
		case transport.IsNotFound(err):
			return nil
		case ctx.Err() != nil:
			return fmt.Errorf("the server has accepted the deletion of %s and %w: its background jobs are slow or do not run; "+
				"look at the server's job workers (Sidekiq), or raise timeouts.delete, and apply again (%w)", object, errStillThere, context.Cause(ctx))
		case refusals > 0 && refusals < mostRefusals:
		case failure != nil && failure.Reason != transport.Unavailable:
			return err
		case failure == nil && err != nil:
			return err
		}

		wait(ctx, nextLook(started), "the server's background jobs to delete "+object)
	}
}

// nextLook returns how long to wait until the next look at what has been waited for since then.
func nextLook(started time.Time) time.Duration {
	return min(max(time.Since(started)/lookShare, firstLook), mostLook)
}

// ReadBack reads directly after a write, which may take a moment to show: for some seconds, what is not there is asked for
// again. IsThere tells where only the answer can; it may be nil.
func ReadBack[T any](ctx context.Context, what string, read func(context.Context) (T, error), isThere func(T) bool) (T, error) {
	isLate := func(found T, err error) bool {
		return transport.IsNotFound(err) || err == nil && isThere != nil && !isThere(found)
	}

	found, err := read(ctx)
	for pause := firstReadBack; isLate(found, err) && pause <= lastReadBack && wait(ctx, pause, what+" to show"); pause *= 2 {
		found, err = read(reads.Fresh(ctx)) // What others have read meanwhile may be as old.
	}

	return found, err
}

// wait reports whether the time passed before the context ended. The log tells what is waited for.
func wait(ctx context.Context, d time.Duration, what string) bool {
	transport.LogWait(ctx, what, d)

	timer := time.NewTimer(d)
	defer timer.Stop()

	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
