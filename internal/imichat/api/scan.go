package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// pagesAtOnce is how many pages a long look-up reads at the same time.
const pagesAtOnce = 4

var errTooFar = errors.New("the list is too long")

// IsTooFar reports whether a look-up ended before the list did.
func IsTooFar(err error) bool { return errors.Is(err, errTooFar) }

// scan reads the list of chats, newest first and no further than its users need. Concurrent users share what was read.
type scan struct {
	page   func(ctx context.Context, number int) (list[*Chat], error)
	tooFar func() error
	born   time.Time

	// turn holds a token that a user takes to read a page or to look at the fields below.
	turn  chan struct{}
	rows  []*Chat
	odd   []oddRow
	met   map[string]bool
	pages int
	done  bool
}

func (c *Client) newScan() *scan {
	s := &scan{page: c.chatPage, tooFar: c.tooFar, born: time.Now(), turn: make(chan struct{}, 1), met: map[string]bool{}}
	s.turn <- struct{}{}

	return s
}

// each calls visit for the chats of the list, newest first, until it returns false.
func (s *scan) each(ctx context.Context, visit func(chat *Chat) bool) error {
	next := 0

	for {
		rows, done, err := s.more(ctx, next)
		if err != nil {
			return err
		}

		for _, chat := range rows {
			if !visit(chat) {
				return nil
			}
		}

		if done {
			return nil
		}

		next += len(rows)
	}
}

// more returns the rows from index from on, after reading further if there are none yet, and whether the list ends there.
func (s *scan) more(ctx context.Context, from int) ([]*Chat, bool, error) {
	select {
	case <-s.turn:
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}

	defer func() { s.turn <- struct{}{} }()

	if from >= len(s.rows) && !s.done {
		err := s.step(ctx)
		if err != nil {
			return nil, false, err
		}
	}

	return s.rows[from:len(s.rows):len(s.rows)], s.done, nil
}

// step reads the next page, or several once it is clear that the look-up is a long one.
func (s *scan) step(ctx context.Context) error {
	if s.pages >= maxPages {
		return s.tooFar()
	}

	got := make([]list[*Chat], min(max(1, s.pages/2), pagesAtOnce))

	group, groupCtx := errgroup.WithContext(ctx)
	for i := range got {
		group.Go(func() (err error) {
			got[i], err = s.page(groupCtx, s.pages+1+i)
			return err
		})
	}

	err := group.Wait()
	if err != nil {
		return err
	}

	before := s.pages
	s.pages += len(got)

	for i, page := range got {
		leaveOut(ctx, "chats", before+1+i, page.odd)

		fresh := s.add(page)
		if page.size() < rowsPerPage || fresh == 0 {
			s.done = true
			break
		}
	}

	return nil
}

// add keeps the rows of a page that are new, and returns how many are. New chats push others down, so a row can be met
// twice.
func (s *scan) add(page list[*Chat]) (fresh int) {
	for _, chat := range page.rows {
		if s.met[chat.ID] {
			continue
		}

		s.met[chat.ID] = true
		s.rows = append(s.rows, chat)
		fresh++
	}

	s.odd = append(s.odd, page.odd...)

	return fresh
}

// hides reports whether one of the rows that could not be read may be the chat that matches. An id or alias that cannot
// be read either is empty.
func (s *scan) hides(ctx context.Context, matches func(id, alias string) bool) bool {
	select {
	case <-s.turn:
	case <-ctx.Done():
		return true
	}

	defer func() { s.turn <- struct{}{} }()

	for _, odd := range s.odd {
		var row struct {
			ID    wirejson.Loose `json:"chat_id"`
			Alias wirejson.Loose `json:"alias_id"`
		}

		err := json.Unmarshal(odd.raw, &row)
		if err != nil {
			row.ID, row.Alias = "", ""
		}

		if matches(string(row.ID), string(row.Alias)) {
			return true
		}
	}

	return false
}

func (c *Client) tooFar() error {
	failure := c.own(http.MethodGet, "/chats", transport.Other,
		fmt.Sprintf("it is not among the newest %d chats, and the list is read no further; use its id instead", MostChats))
	failure.Unsent, failure.Err = true, errTooFar

	return failure
}

// latest is a scan that its users share until it is dropped or too old.
type latest struct {
	mu    sync.Mutex
	scan  *scan
	noted map[string]*Chat
}

// get returns the scan, or a new one if it is older than the lifetime.
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
