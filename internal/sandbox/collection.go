package sandbox

import (
	"iter"
	"slices"
)

// Collection keeps rows in the order they came. It is not safe for concurrent use: the platform's lock guards it.
type Collection[K comparable, V any] struct {
	order []K
	rows  map[K]V
}

// Put adds the row, or replaces the one of that key in its place.
func (c *Collection[K, V]) Put(key K, row V) {
	if c.rows == nil {
		c.rows = map[K]V{}
	}

	if _, ok := c.rows[key]; !ok {
		c.order = append(c.order, key)
	}

	c.rows[key] = row
}

// Get finds a row by key.
func (c *Collection[K, V]) Get(key K) (V, bool) {
	row, ok := c.rows[key]
	return row, ok
}

// Delete removes a row and reports whether there was one.
func (c *Collection[K, V]) Delete(key K) bool {
	if _, ok := c.rows[key]; !ok {
		return false
	}

	delete(c.rows, key)
	c.order = slices.DeleteFunc(c.order, func(k K) bool { return k == key })

	return true
}

// Len counts the rows.
func (c *Collection[K, V]) Len() int { return len(c.order) }

// All yields the rows, oldest first. Rows may be deleted while it runs.
func (c *Collection[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, key := range slices.Clone(c.order) {
			if row, ok := c.rows[key]; ok && !yield(key, row) {
				return
			}
		}
	}
}

// Newest yields the rows, youngest first. Rows must not be deleted while it runs: it copies nothing, so that a page of a
// long list costs no more than its rows.
func (c *Collection[K, V]) Newest() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, key := range slices.Backward(c.order) {
			if !yield(key, c.rows[key]) {
				return
			}
		}
	}
}

// Find returns the first row that fits.
func (c *Collection[K, V]) Find(fits func(V) bool) (V, bool) {
	for _, row := range c.All() {
		if fits(row) {
			return row, true
		}
	}

	var none V

	return none, false
}

// Where returns the rows that fit, oldest first.
func (c *Collection[K, V]) Where(fits func(V) bool) []V {
	var rows []V

	for _, row := range c.All() {
		if fits(row) {
			rows = append(rows, row)
		}
	}

	return rows
}

// Page returns page number n (from 1) of the given size; past the end it is empty.
func Page[V any](rows []V, n, size int) []V {
	if n < 1 || (n-1)*size >= len(rows) {
		return []V{}
	}

	return rows[(n-1)*size : min(n*size, len(rows))]
}
