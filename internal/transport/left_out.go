package transport

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// LeftOut collects which rows of lists could not be read while one question of Terraform was answered. A list is read row
// by row, so that an odd row spoils none of its neighbours; but the answer has to say that the list is not whole.
type LeftOut struct {
	mu      sync.Mutex
	reasons []string
}

type leftOutKey struct{}

// CollectLeftOut returns a context in which LeaveOut is noted, and what notes it.
func CollectLeftOut(ctx context.Context) (context.Context, *LeftOut) {
	found := &LeftOut{}
	return context.WithValue(ctx, leftOutKey{}, found), found
}

// LeaveOut notes rows of a list that could not be read. A reason must not quote the row. It does nothing outside of such a context.
func LeaveOut[Reason error](ctx context.Context, list string, odd ...Reason) {
	found, isCollected := ctx.Value(leftOutKey{}).(*LeftOut)
	if !isCollected {
		return
	}

	found.mu.Lock()
	defer found.mu.Unlock()

	for _, why := range odd {
		reason := fmt.Sprintf("%s: %s", list, why)
		if !slices.Contains(found.reasons, reason) { // A list may be asked for twice.
			found.reasons = append(found.reasons, reason)
		}
	}
}

// Reasons says of each row that was left out where it stands and why.
func (l *LeftOut) Reasons() []string {
	l.mu.Lock()
	defer l.mu.Unlock()

	return slices.Clone(l.reasons)
}
