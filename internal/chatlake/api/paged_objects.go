package api

import (
	"context"
	"iter"
	"maps"
	"net/url"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/permission"
	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// PagedObjects are the objects of a kind whose list comes in pages that say how many objects there are. V is an object, and R a
// request. Where they are, package permission says.
type PagedObjects[V Identified, R any] struct {
	client *Client
	pages  *reads.Pages[ID, V]
	root   string
	path   string
	// query orders the list so that what is changed meanwhile moves nothing.
	query url.Values
}

// pagedObjectsOf returns the objects of a type. Requests have the root, and the list the query.
func pagedObjectsOf[V Identified, R any](c *Client, typeName, root string, query ...string) *PagedObjects[V, R] {
	return kindOf(c, typeName, func() *PagedObjects[V, R] {
		entry, _ := permission.Find(typeName)
		o := &PagedObjects[V, R]{client: c, root: root, path: "/" + entry.Path, query: url.Values{}}

		for i := 0; i+1 < len(query); i += 2 {
			o.query.Set(query[i], query[i+1])
		}

		o.pages = &reads.Pages[ID, V]{
			Key: V.identity,
			One: func(ctx context.Context, id ID) (V, error) {
				return doEnveloped[V](ctx, c, c.read("GET", o.path+"/%s", id.String()))
			},
			Page: func(ctx context.Context, number int) (reads.Page[V], error) {
				page, err := o.page(ctx, number)
				if err != nil {
					return reads.Page[V]{}, err
				}

				return reads.Page[V]{Rows: page.Payload.Good, Pages: page.count(), Last: page.isLast(number)}, nil
			},
		}

		return o
	})
}

// countedPage is one page of a list that says how many objects it has.
type countedPage[V any] struct {
	Payload *wirejson.Rows[V] `json:"payload"`
	Meta    struct {
		TotalCount int `json:"total_count"`
	} `json:"meta"`
}

// countedPageSize is how many objects a page has.
const countedPageSize = 25

func (p countedPage[V]) count() int {
	return (p.Meta.TotalCount + countedPageSize - 1) / countedPageSize
}

func (p countedPage[V]) isLast(number int) bool { return p.Payload.Len() == 0 || number >= p.count() }

func (o *PagedObjects[V, R]) page(ctx context.Context, number int) (countedPage[V], error) {
	query := maps.Clone(o.query)
	query.Set("page", strconv.Itoa(number))

	call := o.client.read("GET", o.path).WithQuery(query)

	page, err := transport.Do[countedPage[V]](ctx, o.client.sender, call)
	if err == nil && page.Payload == nil {
		return page, unusable(call, "the answer is not the list that was expected: it has no payload")
	}

	return page, err
}

// Each lists the objects page by page, in the server's order.
func (o *PagedObjects[V, R]) Each(ctx context.Context) iter.Seq2[V, error] {
	return eachOnPages(ctx, o.path, func(ctx context.Context, number int) (wirejson.Rows[V], bool, error) {
		page, err := o.page(ctx, number)
		if err != nil {
			return wirejson.Rows[V]{}, true, err
		}

		return *page.Payload, page.isLast(number), nil
	})
}

// eachOnPages lists what comes in pages, one of which is held at a time. A page says whether it is the last. An object that moved to
// another page meanwhile comes once.
func eachOnPages[V Identified](ctx context.Context, path string, page func(ctx context.Context, number int) (rows wirejson.Rows[V], isLast bool, err error)) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		seen := map[ID]bool{}

		for number := 1; ; number++ {
			rows, isLast, err := page(ctx, number)
			if err != nil {
				var none V

				yield(none, err)

				return
			}

			transport.LeaveOut(ctx, path+", page "+strconv.Itoa(number), rows.Odd...)

			for _, row := range rows.Good {
				isNew := !seen[row.identity()]
				seen[row.identity()] = true

				if isNew && !yield(row, nil) {
					return
				}
			}

			if isLast {
				return
			}
		}
	}
}

// All lists all objects by their ids.
func (o *PagedObjects[V, R]) All(ctx context.Context) ([]V, error) {
	all, err := collect(o.Each(ctx), 0)

	return byID(wirejson.Rows[V]{Good: all}).Good, err
}

// One reads one object, from a page of the list if that costs less.
func (o *PagedObjects[V, R]) One(ctx context.Context, id ID) (V, error) { return o.pages.Get(ctx, id) }

// Create makes an object.
func (o *PagedObjects[V, R]) Create(ctx context.Context, request R) (V, error) {
	defer o.pages.Drop()
	return doEnveloped[V](ctx, o.client, o.client.create("POST", o.path).WithJSON(wrapped(o.root, request)))
}

// Update changes fields of an object.
func (o *PagedObjects[V, R]) Update(ctx context.Context, id ID, request R) (V, error) {
	defer o.pages.Drop()
	return doEnveloped[V](ctx, o.client, o.client.write("PATCH", o.path+"/%s", id.String()).WithJSON(wrapped(o.root, request)))
}

// Delete deletes an object.
func (o *PagedObjects[V, R]) Delete(ctx context.Context, id ID) error {
	defer o.pages.Drop()
	return transport.Run(ctx, o.client.sender, o.client.write("DELETE", o.path+"/%s", id.String()))
}
