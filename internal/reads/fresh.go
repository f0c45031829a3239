package reads

import "context"

type freshKey struct{}

// Fresh marks a read that must see what anybody wrote before it began, also another process: that of a data source, which
// may depend on that write. It is answered only by requests that are sent after it began. Reads that are marked still
// share these.
func Fresh(ctx context.Context) context.Context { return context.WithValue(ctx, freshKey{}, true) }

func isFresh(ctx context.Context) bool {
	fresh, _ := ctx.Value(freshKey{}).(bool)
	return fresh
}
