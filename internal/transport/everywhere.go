package transport

import (
	"context"
	"sync/atomic"
)

type everywhereKey struct{}

// NoteEverywhere returns a context in which a failure that all objects of a platform share is noted, and where.
func NoteEverywhere(ctx context.Context) (context.Context, *atomic.Bool) {
	found := &atomic.Bool{}
	return context.WithValue(ctx, everywhereKey{}, found), found
}

// noted notes such a failure in a context that asks for it.
func noted(ctx context.Context, failure *Error) *Error {
	found, isAsked := ctx.Value(everywhereKey{}).(*atomic.Bool)
	if isAsked && failure.Everywhere {
		found.Store(true)
	}

	return failure
}
