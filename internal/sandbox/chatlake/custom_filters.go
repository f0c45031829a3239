package chatlake

import (
	"net/http"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type savedFilter struct {
	ID         int64   `json:"id"`
	Name       *string `json:"name"`
	FilterType string  `json:"filter_type"`
	Query      any     `json:"query"` // A text if it was never sent.
	CreatedAt  string  `json:"created_at"`
	UpdatedAt  string  `json:"updated_at"`

	account int64
	user    *user
}

func (r *savedFilter) key() int64   { return r.ID }
func (r *savedFilter) owner() int64 { return r.account }

var filterTypes = []string{"conversation", "contact", "report"}

const maxFilters = 1000

func (p *Platform) filterShelf() *shelf[*savedFilter] {
	return shelf[*savedFilter]{
		p: p, param: "filter", rows: &p.filters,
		fresh: func(c *call) *savedFilter {
			return &savedFilter{account: c.account.id, user: c.user, FilterType: "conversation", Query: "{}"}
		},
		assign: p.assignFilter,
		keep: func(r *savedFilter) {
			r.UpdatedAt = iso(p.core.Now())
			if r.ID == 0 {
				r.ID, r.CreatedAt = p.nextID("filters"), r.UpdatedAt
			}
		},
		copy:   func(r *savedFilter) *savedFilter { draft := *r; return &draft },
		commit: func(into, draft *savedFilter) { *into = *draft },
		visible: func(c *call, r *savedFilter) bool {
			return r.user == c.user && (p.has(filterByID) || c.PathValue("filter") == "" || r.FilterType == c.filterType())
		},
		deleted: http.StatusNoContent,
	}.with()
}

func (p *Platform) assignFilter(c *call, r *savedFilter, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "custom_filter", nil, "name", "filter_type", "query{}")
	if refused != nil {
		return refused
	}

	in.optString("name", &r.Name, maxString)

	if r.Name == nil {
		in.refuseColumn("a custom filter without name")
	}

	in.enum("filter_type", filterTypes, &r.FilterType)

	query, sent := in.hash("query")
	if sent {
		r.Query = query
	}

	if fresh && len(p.filters.Where(func(o *savedFilter) bool { return o.user == c.user })) >= maxFilters {
		in.errs.addEnglish("account_id", "Account Limit reached. The maximum number of allowed custom filters for a user per account is 1000.")
	}

	return in.done(p)
}

// filterType is the kind of filters that a request is about, by its name or number; nothing is of any other kind.
func (c *call) filterType() string {
	query := c.URL.Query()
	if !query.Has("filter_type") {
		return "conversation"
	}

	kind := query.Get("filter_type")

	number, err := strconv.Atoi(kind)
	if err == nil && 0 <= number && number < len(filterTypes) {
		return filterTypes[number]
	}

	return kind
}

func (p *Platform) listFilters(c *call) sandbox.Reply {
	kind := c.filterType()

	return p.filterShelf().listOf(c, func(r *savedFilter) bool { return r.FilterType == kind })
}
