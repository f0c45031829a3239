package api

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const (
	// rowsPerPage is fixed by the platform; a page with fewer is the last one.
	rowsPerPage = 10
	// maxPages is as far as a look-up goes: a tenth of a day's requests.
	maxPages = 1000
	// MostChats is how many chats that is.
	MostChats = maxPages * rowsPerPage
	// abreast is how many pages a long look-up reads at once.
	abreast = 4
	// fewPages is how far back a chat that was just sent can be.
	fewPages = 3
)

// chatPage reads one page of the tenant's chats, newest first (https://docs.imi.chat/reference/get-chats).
func (c *Client) chatPage(ctx context.Context, number int) (reads.Page[*Chat], error) {
	rows, err := page(ctx, c, "chats", number, c.chatRows)
	if err != nil {
		return reads.Page[*Chat]{}, err
	}

	for _, chat := range rows {
		c.saw(chat)
	}

	return reads.Page[*Chat]{Rows: rows, Last: len(rows) < rowsPerPage}, nil
}

func (c *Client) chatRows(ctx context.Context, query url.Values) ([]*Chat, error) {
	return many[*Chat](ctx, c, inTeam(c.read(http.MethodGet, "/chats"), c.TeamID).WithQuery(query), "chat")
}

// numbers is how the platform numbers pages.
//
// Unverified: the first page's number, which is not documented; nor is it that leaving the number out gives the first
// page, which is all that is relied on. A page with number 1 shows whether it is the same one.
type numbers struct {
	mu     sync.Mutex
	known  bool
	first  int
	firsts map[string]map[string]bool // The ids of the first page of each kind, as last read.
	group  reads.Group[string, int]
}

type keyed interface{ key() string }

// page reads one page, from 1. The first one is read before any other.
func page[T keyed](ctx context.Context, c *Client, kind string, number int, rows func(context.Context, url.Values) ([]T, error)) ([]T, error) {
	if number == 1 {
		got, err := rows(ctx, nil)
		if err != nil {
			return nil, err
		}

		c.numbers.begins(kind, keys(got))

		return got, nil
	}

	first, err := c.numbers.base(ctx, kind, func(ctx context.Context) (map[string]bool, error) {
		got, err := rows(ctx, url.Values{"page": {"1"}})
		return keys(got), err
	})
	if err != nil {
		return nil, err
	}

	return rows(ctx, url.Values{"page": {strconv.Itoa(number - 1 + first)}})
}

func keys[T keyed](rows []T) map[string]bool {
	set := make(map[string]bool, len(rows))
	for _, row := range rows {
		set[row.key()] = true
	}

	return set
}

func (n *numbers) begins(kind string, ids map[string]bool) {
	n.mu.Lock()
	defer n.mu.Unlock()

	if n.firsts == nil {
		n.firsts = map[string]map[string]bool{}
	}

	n.firsts[kind] = ids
}

// base is the first page's number. New rows may come between two requests, so most of a page has to be the same, not all.
func (n *numbers) base(ctx context.Context, kind string, one func(context.Context) (map[string]bool, error)) (int, error) {
	n.mu.Lock()
	known, first, begins := n.known, n.first, n.firsts[kind]
	n.mu.Unlock()

	if known {
		return first, nil
	}

	return n.group.Do(ctx, kind, func(ctx context.Context) (int, error) {
		ids, err := one(ctx)
		if err != nil {
			return 0, err
		}

		same := 0

		for id := range ids {
			if begins[id] {
				same++
			}
		}

		n.mu.Lock()
		defer n.mu.Unlock()

		n.known = true
		if 2*same >= len(ids) {
			n.first = 1
		}

		return n.first, nil
	})
}

func (c *Chat) key() string { return c.ID }

// scan reads the list of chats once for all who look something up in it, newest first and no further than they need.
type scan struct {
	page func(ctx context.Context, number int) (reads.Page[*Chat], error)
	born time.Time

	turn  chan struct{} // Holds a token while nobody reads a page or looks at the rows.
	rows  []*Chat
	at    map[string]int
	pages int
	done  bool
}

var errTooFar = errors.New("the list is too long")

// IsTooFar says that a look-up ended before the list did.
func IsTooFar(err error) bool { return errors.Is(err, errTooFar) }

func (c *Client) newScan() *scan {
	s := &scan{page: c.chatPage, born: time.Now(), turn: make(chan struct{}, 1), at: map[string]int{}}
	s.turn <- struct{}{}

	return s
}

// each calls visit for the chats of the list, newest first, until it returns false.
func (s *scan) each(ctx context.Context, visit func(chat *Chat) bool) error {
	for next := 0; ; {
		select {
		case <-s.turn:
		case <-ctx.Done():
			return ctx.Err()
		}

		var err error
		if next >= len(s.rows) && !s.done {
			err = s.step(ctx)
		}

		rows, done := s.rows, s.done
		s.turn <- struct{}{}

		if err != nil {
			return err
		}

		for ; next < len(rows); next++ {
			if !visit(rows[next]) {
				return nil
			}
		}

		if done {
			return nil
		}
	}
}

// step reads the next page, or some of them once it is clear that the look-up is a long one.
func (s *scan) step(ctx context.Context) error {
	if s.pages >= maxPages {
		return &transport.Error{
			Platform: "IMIchat", Method: http.MethodGet, Path: "/chats", Reason: transport.Other, Unsent: true, Err: errTooFar,
			Message: fmt.Sprintf("it is not among the newest %d chats, and the list is read no further; use its id instead", MostChats),
		}
	}

	got := make([]reads.Page[*Chat], min(max(1, s.pages/2), abreast))

	group, groupCtx := errgroup.WithContext(ctx)
	for i := range got {
		group.Go(func() (err error) {
			got[i], err = s.page(groupCtx, s.pages+1+i)
			return err
		})
	}

	if err := group.Wait(); err != nil {
		return err
	}

	s.pages += len(got)
	for _, page := range got {
		fresh := 0

		for _, chat := range page.Rows {
			// New chats push others down, so a row can be met twice.
			_, met := s.at[chat.ID]
			if !met {
				s.at[chat.ID] = len(s.rows)
				s.rows = append(s.rows, chat)
				fresh++
			}
		}

		if page.Last || fresh == 0 {
			s.done = true
			break
		}
	}

	return nil
}

// latest is the scan that is shared until it is dropped.
type latest struct {
	mu    sync.Mutex
	scan  *scan
	noted map[string]*Chat
}

// get returns the scan, or a new one if that one is too old.
func (l *latest) get(c *Client, lifetime time.Duration) *scan {
	l.mu.Lock()
	defer l.mu.Unlock()

	if l.scan == nil || time.Since(l.scan.born) >= lifetime {
		l.scan, l.noted = c.newScan(), map[string]*Chat{}
	}

	return l.scan
}

func (l *latest) drop() {
	l.mu.Lock()
	defer l.mu.Unlock()

	l.scan = nil
}

// note keeps what became known of a chat after the scan began.
func (l *latest) note(chat *Chat) {
	l.mu.Lock()
	defer l.mu.Unlock()

	if l.scan != nil {
		l.noted[chat.ID] = chat
	}
}

func (l *latest) known() map[string]*Chat {
	l.mu.Lock()
	defer l.mu.Unlock()

	return maps.Clone(l.noted)
}

// every reads all pages of a list and keeps the rows that fit.
func every[T keyed](ctx context.Context, c *Client, kind string, rows func(context.Context, url.Values) ([]T, error), fits func(T) bool) ([]T, error) {
	seen := map[string]bool{}
	kept := []T{}

	for number := 1; number <= maxPages; number++ {
		got, err := page(ctx, c, kind, number, rows)
		if err != nil {
			return nil, err
		}

		fresh := 0

		for _, row := range got {
			if seen[row.key()] {
				continue
			}

			seen[row.key()] = true
			fresh++

			if fits(row) {
				kept = append(kept, row)
			}
		}

		if len(got) < rowsPerPage || fresh == 0 {
			break
		}
	}

	return kept, nil
}
