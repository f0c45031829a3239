package reads

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// abreast is how many pages are read at once.
const abreast = 8

// Pages serves a kind of object that can be read one by one or in pages of a list. Which is cheaper depends on how many
// reads will come and how long the list is, and neither is known in advance. So it rents before it buys: it reads singly
// until that has cost as many requests as the whole list would, then reads the list. Whatever comes, that is at most
// twice the cost of having known: no more than 2 x min(reads, pages) + 1 requests, however long the list is, and however
// long it takes to read. For that, all rows are remembered while objects are read without pause. A row that is older than
// other snapshots may be answers the first read of its object only: a refresh asks once for each.
//
// A list that does not say how long it is is read in steps, each as many pages as single reads have been paid for; there
// the bound is exceeded by at most two steps of eight. With Ahead, each single read after the first eight pays for several
// pages: many reads of a list with small pages cost less, and few reads of a long one up to Ahead + 1 requests each.
type Pages[K comparable, V any] struct {
	// One reads a single object, with the platform's own not-found error.
	One func(ctx context.Context, key K) (V, error)
	// Page reads one page, from 1.
	Page func(ctx context.Context, number int) (Page[V], error)
	// Key is a row's id.
	Key func(row V) K
	// Ahead is how many pages a single read pays for after the first eight; 0 counts as 1.
	Ahead int

	mu   sync.Mutex
	scan *scan[K, V]
}

// Page is one page of a list.
type Page[V any] struct {
	Rows []V
	// Pages is how many pages the list has, or 0 if the platform does not say.
	Pages int
	// Last says that no page follows; for lists that do not say how many there are.
	Last bool
}

// scan is what one refresh knows of the list.
type scan[K comparable, V any] struct {
	life
	singles  int // Single reads paid for.
	read     int // Pages read, from the first without a gap.
	pages    int // Pages there are, or 0 while unknown.
	complete bool
	broken   bool // A page could not be read: everything else is read singly.
	rows     map[K]*pageRow[V]
	flight   *flight[struct{}] // The step that is under way.
}

// pageRow is a row of the list.
type pageRow[V any] struct {
	value  V
	read   time.Time // When its page was read.
	served bool      // It answered a read.
}

// mayServe reports whether the row may answer one more read.
func (r *pageRow[V]) mayServe() bool {
	return !r.served || time.Since(r.read) < lifetime
}

// Get reads one object.
func (p *Pages[K, V]) Get(ctx context.Context, key K) (V, error) {
	if isFresh(ctx) {
		return p.One(ctx, key)
	}

	led := false

	for {
		p.mu.Lock()
		s := p.current()
		target := s.target(p.Ahead)
		// A caller who read some pages goes on to the next, while those who found their object there work with it.
		row := s.rows[key]
		if row != nil && row.mayServe() && (!led || target <= s.read || s.flight != nil) {
			row.served = true
			p.mu.Unlock()

			return row.value, nil
		}

		if target <= s.read {
			// Also for an id that a complete scan did not show: pages shift while they are read, and some objects are
			// never listed, so only a single read may say that something is gone.
			s.singles++
			s.began()

			p.mu.Unlock()
			defer p.ended(s)

			return p.One(ctx, key)
		}

		if s.flight == nil {
			s.flight = newFlight[struct{}]()
		}

		f := s.flight
		s.began()
		p.mu.Unlock()

		led = false
		_, err := f.do(ctx, func(ctx context.Context) (struct{}, error) {
			led = true
			return struct{}{}, p.step(ctx, s, target)
		})

		p.ended(s)

		if ctx.Err() != nil && err != nil {
			var none V
			return none, ctx.Err()
		}
	}
}

// current is the scan of this refresh.
func (p *Pages[K, V]) current() *scan[K, V] {
	if p.scan == nil || p.scan.idle() {
		p.scan = &scan[K, V]{life: newLife(), rows: map[K]*pageRow[V]{}}
	}

	p.scan.used = time.Now()

	return p.scan
}

func (p *Pages[K, V]) ended(s *scan[K, V]) {
	p.mu.Lock()
	defer p.mu.Unlock()

	s.ended()
}

// Known is a row that was read with the list, if it may still be used. It asks for nothing.
func (p *Pages[K, V]) Known(ctx context.Context, key K) (V, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()

	var none V
	if isFresh(ctx) || p.scan == nil || p.scan.idle() {
		return none, false
	}

	row := p.scan.rows[key]
	if row == nil || time.Since(row.read) >= lifetime {
		return none, false
	}

	p.scan.used = time.Now()

	return row.value, true
}

// target is how many pages should have been read by now.
func (s *scan[K, V]) target(ahead int) int {
	paid := s.singles
	if paid > abreast && ahead > 1 {
		paid = abreast + (paid-abreast)*ahead
	}

	switch {
	case s.complete || s.broken || s.singles == 0:
		return s.read
	case s.read == 0:
		return 1
	case s.pages > 0 && s.singles >= s.pages:
		return s.pages
	case s.pages > 0:
		return s.read
	case paid-s.read >= min(s.read, abreast):
		return max(paid, s.read+1)
	default:
		return s.read
	}
}

// step reads pages towards the target, at most as many as may be read at once. A page that fails ends the scan, not the
// reads: they go on one by one.
func (p *Pages[K, V]) step(ctx context.Context, s *scan[K, V], target int) error {
	p.mu.Lock()
	first := s.read + 1
	target = min(target, s.read+abreast)
	p.mu.Unlock()

	got := make([]Page[V], target-first+1)

	group, groupCtx := errgroup.WithContext(ctx)
	for i := range got {
		group.Go(func() (err error) {
			got[i], err = p.Page(groupCtx, first+i)
			return err
		})
	}

	err := group.Wait()
	if err != nil && ctx.Err() != nil {
		return err // The flight passes the lead on.
	}

	p.mu.Lock()
	defer p.mu.Unlock()

	s.flight = nil

	if err != nil {
		s.broken = true
		return nil
	}

	now := time.Now()

	for _, page := range got {
		for _, row := range page.Rows {
			s.rows[p.Key(row)] = &pageRow[V]{value: row, read: now}
		}

		s.pages = max(s.pages, page.Pages)
		s.complete = s.complete || page.Last
	}

	s.read = target
	s.complete = s.complete || s.pages > 0 && s.read >= s.pages

	return nil
}

// Drop forgets what was read. Call it when a write of this kind has ended, whether or not it succeeded. A scan that is
// under way answers only reads that began before.
func (p *Pages[K, V]) Drop() {
	p.mu.Lock()
	defer p.mu.Unlock()

	p.scan = nil
}

func (p *Pages[K, V]) isIdle() bool {
	p.mu.Lock()
	defer p.mu.Unlock()

	return p.scan == nil || p.scan.idle()
}
