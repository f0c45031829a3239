package chatlake

import (
	"net/http"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// row is what small objects have in common.
type row interface {
	key() int64
	owner() int64 // The account.
}

// shelf serves a kind of small objects: their lists, wrappers and refusals differ, the handling does not.
type shelf[R row] struct {
	p     *Platform
	param string // The element of the path that holds the id.
	rows  *sandbox.Collection[int64, R]
	// fresh is a new row with its defaults.
	fresh func(*call) R
	// assign reads a request onto the row and validates it.
	assign func(c *call, r R, fresh bool) *sandbox.Reply
	// keep gives a new row its id and puts it into its indexes; drop takes it out of them.
	keep, drop func(R)
	// gone ends what other objects have of a row that was deleted.
	gone func(R)
	// copy is a draft for an update, which commits what it became.
	copy   func(R) R
	commit func(into, draft R)
	// shape is what is sent of a row; the row itself unless set.
	shape func(*call, R) any
	// wrap, wrapOne and wrapAll put a created row, another single row and a list into their envelopes.
	wrap, wrapOne, wrapAll func(any) any
	// visible limits what the caller finds, beyond the account.
	visible func(*call, R) bool
	// missing answers for an id that is not there.
	missing func(*call) sandbox.Reply
	// sorted orders a list. Without it no order is promised.
	sorted func(a, b R) int
	// index turns the id of a path into the key of the row, where they differ.
	index func(c *call, id int64) int64
	// deleted is the status of a delete.
	deleted int
}

func itself(body any) any { return body }

func underPayload(body any) any { return object{"payload": body} }

// with fills what was left out.
func (s shelf[R]) with() *shelf[R] {
	if s.shape == nil {
		s.shape = func(_ *call, r R) any { return r }
	}

	for _, wrap := range []*func(any) any{&s.wrap, &s.wrapOne, &s.wrapAll} {
		if *wrap == nil {
			*wrap = itself
		}
	}

	if s.visible == nil {
		s.visible = func(*call, R) bool { return true }
	}

	if s.missing == nil {
		s.missing = func(*call) sandbox.Reply { return notFound() }
	}

	if s.index == nil {
		s.index = func(_ *call, id int64) int64 { return id }
	}

	if s.deleted == 0 {
		s.deleted = http.StatusOK
	}

	if s.drop == nil {
		s.drop = func(R) {}
	}

	return &s
}

func (s *shelf[R]) find(c *call) (R, *sandbox.Reply) {
	r, found := s.rows.Get(s.index(c, c.id(s.param)))
	if !found || r.owner() != c.account.id || !s.visible(c, r) {
		reply := s.missing(c)

		var none R

		return none, &reply
	}

	return r, nil
}

func (s *shelf[R]) list(c *call) sandbox.Reply { return s.listOf(c, func(R) bool { return true }) }

func (s *shelf[R]) listOf(c *call, fits func(R) bool) sandbox.Reply {
	rows := s.rows.Where(func(r R) bool { return r.owner() == c.account.id && s.visible(c, r) && fits(r) })
	if s.sorted != nil {
		slices.SortStableFunc(rows, s.sorted)
	} else if s.p.switches.ShuffleUnsorted {
		s.p.core.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}

	return ok(s.wrapAll(mapped(rows, func(r R) any { return s.shape(c, r) })))
}

func (s *shelf[R]) show(c *call) sandbox.Reply {
	r, refused := s.find(c)
	if refused != nil {
		return *refused
	}

	return ok(s.wrapOne(s.shape(c, r)))
}

func (s *shelf[R]) create(c *call) sandbox.Reply {
	r := s.fresh(c)

	refused := s.assign(c, r, true)
	if refused != nil {
		return *refused
	}

	s.keep(r)
	s.rows.Put(r.key(), r)

	return ok(s.wrap(s.shape(c, r)))
}

func (s *shelf[R]) update(c *call) sandbox.Reply {
	r, refused := s.find(c)
	if refused != nil {
		return *refused
	}

	draft := s.copy(r)

	refused = s.assign(c, draft, false)
	if refused != nil {
		return *refused
	}

	s.drop(r)
	s.commit(r, draft)
	s.keep(r)

	return ok(s.wrapOne(s.shape(c, r)))
}

func (s *shelf[R]) remove(c *call) sandbox.Reply {
	r, refused := s.find(c)
	if refused != nil {
		return *refused
	}

	s.drop(r)
	s.rows.Delete(r.key())

	if s.gone != nil {
		s.gone(r)
	}

	return empty(s.deleted)
}
