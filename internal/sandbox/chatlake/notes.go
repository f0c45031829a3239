package chatlake

import (
	"net/http"
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type note struct {
	id               int64
	content          *string
	user             *user
	created, updated time.Time
}

// noteJSON has two keys that are always null, which is the vendor's mistake.
func (c *call) noteJSON(n *note) object {
	return object{
		"id": n.id, "content": n.content, "account_id": nil, "contact_id": nil, "user": c.p.agentJSON(n.user, c.account.id),
		"created_at": epoch(n.created), "updated_at": epoch(n.updated),
	}
}

func (c *call) findNote() (*contact, *note, *sandbox.Reply) {
	x, refused := c.findContact()
	if refused != nil {
		return nil, nil, refused
	}

	for _, n := range x.notes {
		if n.id == c.id("note") {
			return x, n, nil
		}
	}

	reply := notFound()

	return nil, nil, &reply
}

// listNotes has the newest first.
func (p *Platform) listNotes(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	rows := slices.Clone(x.notes)
	slices.Reverse(rows)

	return ok(mapped(rows, c.noteJSON))
}

func (p *Platform) showNote(c *call) sandbox.Reply {
	_, n, refused := c.findNote()
	if refused != nil {
		return *refused
	}

	return ok(c.noteJSON(n))
}

func (p *Platform) createNote(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	in, refused := readRoot(c.Request, "note", nil, "content")
	if refused != nil {
		return *refused
	}

	n := &note{user: c.user, created: p.core.Now(), updated: p.core.Now()}
	in.optString("content", &n.content, maxText)

	if presence(n.content) == nil {
		in.errs.add("content", "Content can't be blank")
	}

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	n.id = p.nextID("notes")
	x.notes = append(x.notes, n)

	return ok(c.noteJSON(n))
}

// updateNote answers 200 with what was sent even if it is not valid and nothing was stored.
func (p *Platform) updateNote(c *call) sandbox.Reply {
	_, n, refused := c.findNote()
	if refused != nil {
		return *refused
	}

	in, refused := readRoot(c.Request, "note", nil, "content")
	if refused != nil {
		return *refused
	}

	draft := *n
	in.optString("content", &draft.content, maxText)

	draft.user, draft.updated = c.user, p.core.Now()
	if in.errs.any() || presence(draft.content) == nil {
		return ok(c.noteJSON(&draft))
	}

	*n = draft

	return ok(c.noteJSON(n))
}

func (p *Platform) deleteNote(c *call) sandbox.Reply {
	x, n, refused := c.findNote()
	if refused != nil {
		return *refused
	}

	x.notes = slices.DeleteFunc(x.notes, func(o *note) bool { return o == n })

	return empty(http.StatusOK)
}
