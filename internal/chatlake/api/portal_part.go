package api

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// smallestPage is the length of a full page of the release with the shortest ones.
const smallestPage = 25

// partList is a page of a list of a help center.
type partList[V any] struct {
	Payload *wirejson.Rows[V] `json:"payload"`
	Meta    struct {
		// AllArticles is how many articles there are. How many categories there are is not told: their count is that of the
		// page.
		AllArticles int `json:"all_articles_count"`
	} `json:"meta"`
}

// isLast reports whether no page follows, as far as the length tells: some releases have 25 categories a page and others
// 1000, so the next page is asked for even if it may be empty.
func (l partList[V]) isLast() bool { return l.Payload.Len() < smallestPage }

func partPage[V Identified](ctx context.Context, c *Client, path, portal string, number int) (partList[V], error) {
	call := c.read("GET", path, portal).WithQuery(url.Values{"page": {strconv.Itoa(number)}})

	list, err := transport.Do[partList[V]](ctx, c.sender, call)
	if err == nil && list.Payload == nil { // An answer may have no body at all.
		return list, unusable(call, "the answer is not the list that was expected: it has no payload")
	}

	return list, err
}

// parts reads objects of one help center: one by one, or in the pages of their list, whose rows hold all that the answer to
// a single read holds.
type parts[V Identified] = reads.By[string, *reads.Pages[ID, V]]

func newParts[V Identified](c *Client, path string) *parts[V] {
	return &parts[V]{New: func(portal string) *reads.Pages[ID, V] {
		return &reads.Pages[ID, V]{
			Key: V.identity,
			One: func(ctx context.Context, id ID) (V, error) {
				return doEnveloped[V](ctx, c, c.read("GET", path+"/%s", portal, id.String()))
			},
			Page: func(ctx context.Context, number int) (reads.Page[V], error) {
				list, err := partPage[V](ctx, c, path, portal, number)
				if err != nil {
					return reads.Page[V]{}, err
				}

				pages := (list.Meta.AllArticles + smallestPage - 1) / smallestPage

				return reads.Page[V]{Rows: list.Payload.Good, Pages: pages, Last: list.isLast()}, nil
			},
		}
	}}
}

// dropParts forgets what was read in a help center.
func (c *Client) dropParts(portal string) {
	c.articles.Forget(portal)
	c.categories.Forget(portal)
}

// inPages reads a list of a help center, page after page.
func inPages[V Identified](ctx context.Context, c *Client, path, portal string) iter.Seq2[V, error] {
	var none V

	return func(yield func(V, error) bool) {
		if err := c.hasPortal(ctx, portal); err != nil {
			yield(none, err)
			return
		}

		for number := 1; ; number++ {
			list, err := partPage[V](ctx, c, path, portal, number)
			if err != nil {
				yield(none, err)
				return
			}

			transport.LeaveOut(ctx, fmt.Sprintf("%s, page %d", c.read("GET", path, portal).Path, number), list.Payload.Odd...)

			for _, row := range list.Payload.Good {
				if !yield(row, nil) {
					return
				}
			}

			if list.isLast() {
				return
			}
		}
	}
}

// sortByPosition sorts objects of a help center by position, those without one last, and by id.
func sortByPosition[V Identified](objects []V, position func(V) *int64) {
	slices.SortFunc(objects, func(a, b V) int {
		first, second := position(a), position(b)

		switch {
		case first == nil && second != nil:
			return 1
		case first != nil && second == nil:
			return -1
		case first != nil && second != nil && *first != *second:
			return cmp.Compare(*first, *second)
		default:
			return cmp.Compare(a.identity(), b.identity())
		}
	})
}
