package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const (
	// rowsPerPage is fixed by the platform. A page with fewer rows is the last one.
	rowsPerPage = 10
	// maxPages bounds a look-up to a tenth of the requests that a tenant has for a day.
	maxPages = 1000
	// MostChats is the number of chats on so many pages.
	MostChats = maxPages * rowsPerPage
)

// keyed is a row of a list.
type keyed interface{ key() string }

// fetch reads one page of a list. A nil query asks for the first one.
type fetch[T any] func(ctx context.Context, query url.Values) (list[T], error)

// chatPage reads one page of the tenant's chats, newest first (https://docs.imi.chat/reference/get-chats).
func (c *Client) chatPage(ctx context.Context, number int) (list[*Chat], error) {
	found, err := page(ctx, c, "chats", number, func(ctx context.Context, query url.Values) (list[*Chat], error) {
		rows, err := many[Chat](ctx, c, inTeam(c.read(http.MethodGet, "/chats"), c.TeamID).WithQuery(query), "chat")
		return pointers(rows), err
	})
	if err != nil {
		return list[*Chat]{}, err
	}

	for _, chat := range found.rows {
		c.saw(chat)
	}

	return found, nil
}

// pagesOfChats returns what chatPage does, as reads.Pages wants it.
func (c *Client) pagesOfChats(ctx context.Context, number int) (reads.Page[*Chat], error) {
	found, err := c.chatPage(ctx, number)
	if err != nil {
		return reads.Page[*Chat]{}, err
	}

	return reads.Page[*Chat]{Rows: found.rows, Last: found.size() < rowsPerPage}, nil
}

func pointers[T any](values list[T]) list[*T] {
	found := list[*T]{odd: values.odd, failure: values.failure}
	for i := range values.rows {
		found.rows = append(found.rows, &values.rows[i])
	}

	return found
}

// every reads all pages of a list and keeps the rows that match.
func every[T keyed](ctx context.Context, c *Client, kind string, read fetch[T], matches func(T) bool) ([]T, error) {
	seen := map[string]bool{}
	kept := []T{}

	for number := 1; number <= maxPages; number++ {
		got, err := page(ctx, c, kind, number, read)
		if err != nil {
			return nil, err
		}

		leaveOut(ctx, kind, number, got.odd)

		fresh := 0

		for _, row := range got.rows {
			if seen[row.key()] {
				continue
			}

			seen[row.key()] = true
			fresh++

			if matches(row) {
				kept = append(kept, row)
			}
		}

		if got.size() < rowsPerPage || fresh == 0 {
			break
		}
	}

	return kept, nil
}

// leaveOut notes the rows of a page that could not be read.
func leaveOut(ctx context.Context, kind string, number int, odd []oddRow) {
	transport.LeaveOut(ctx, fmt.Sprintf("%s, page %d", kind, number), odd...)
}

// page reads one page, counted from 1. The first one is read before any other. It is an error if no row of it can be read:
// then the platform answers in another form.
func page[T keyed](ctx context.Context, c *Client, kind string, number int, read fetch[T]) (list[T], error) {
	if number == 1 {
		got, err := read(ctx, nil)

		switch {
		case err != nil:
			return list[T]{}, err
		case len(got.rows) == 0 && got.failure != nil:
			return list[T]{}, got.failure
		}

		c.numbers.setFirst(kind, ids(got.rows))

		return got, nil
	}

	first, err := c.numbers.firstNumber(ctx, kind, func(ctx context.Context) (map[string]bool, error) {
		got, err := read(ctx, url.Values{"page": {"1"}})
		return ids(got.rows), err
	})
	if err != nil {
		return list[T]{}, err
	}

	return read(ctx, url.Values{"page": {strconv.Itoa(number - 1 + first)}})
}

func ids[T keyed](rows []T) map[string]bool {
	set := make(map[string]bool, len(rows))
	for _, row := range rows {
		set[row.key()] = true
	}

	return set
}

// numbers finds out how the platform numbers pages.
//
// Unverified: the number of the first page. That leaving the number out gives the first page is not documented either, but
// all that is relied on. The page with number 1 shows whether it is the same one.
type numbers struct {
	mu    sync.Mutex
	known bool
	first int
	// firsts holds the ids of the first page of each kind, as last read.
	firsts map[string]map[string]bool
	group  reads.Group[string, int]
}

func (n *numbers) setFirst(kind string, ids map[string]bool) {
	n.mu.Lock()
	defer n.mu.Unlock()

	if n.firsts == nil {
		n.firsts = map[string]map[string]bool{}
	}

	n.firsts[kind] = ids
}

// firstNumber returns the number of the first page. readOne reads the page with number 1. New rows may come between two
// requests, so most of the page has to be the same, not all.
func (n *numbers) firstNumber(ctx context.Context, kind string, readOne func(context.Context) (map[string]bool, error)) (int, error) {
	n.mu.Lock()
	known, number, first := n.known, n.first, n.firsts[kind]
	n.mu.Unlock()

	if known {
		return number, nil
	}

	return n.group.Do(ctx, kind, func(ctx context.Context) (int, error) {
		found, err := readOne(ctx)
		if err != nil {
			return 0, err
		}

		same := 0

		for id := range found {
			if first[id] {
				same++
			}
		}

		n.mu.Lock()
		defer n.mu.Unlock()

		n.known = true
		if 2*same >= len(found) {
			n.first = 1
		}

		return n.first, nil
	})
}
