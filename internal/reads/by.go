package reads

import "sync"

// fewGroups is how many groups are kept without looking whether they are still in use.
const fewGroups = 64

// By keeps one reader for each group of objects that has a list of its own, such as the notes of one contact.
type By[G comparable, R idler] struct {
	// New returns the reader of a group.
	New func(group G) R

	mu    sync.Mutex
	known map[G]R
	most  int // How many groups there may be before those that are not read are forgotten.
}

// idler is a reader that says when it has nothing to remember.
type idler interface{ isIdle() bool }

// Of returns the reader of a group.
func (b *By[G, R]) Of(group G) R {
	b.mu.Lock()
	defer b.mu.Unlock()

	reader, ok := b.known[group]
	if ok {
		return reader
	}

	if b.known == nil {
		b.known, b.most = map[G]R{}, fewGroups
	}

	if len(b.known) >= b.most {
		b.forgetIdle()
	}

	reader = b.New(group)
	b.known[group] = reader

	return reader
}

// Forget forgets what was read of a group. Call it when a write has ended that may be about it, whether or not it succeeded.
func (b *By[G, R]) Forget(group G) {
	b.mu.Lock()
	defer b.mu.Unlock()

	delete(b.known, group)
}

// Drop forgets all groups. Call it when a write has ended that may be about any of them, whether or not it succeeded.
func (b *By[G, R]) Drop() {
	b.mu.Lock()
	defer b.mu.Unlock()

	b.known = nil
}

// forgetIdle keeps memory from growing with the number of groups. It comes so rarely that looking at all of them costs
// nothing.
func (b *By[G, R]) forgetIdle() {
	for group, reader := range b.known {
		if reader.isIdle() {
			delete(b.known, group)
		}
	}

	b.most = max(fewGroups, 2*len(b.known))
}
