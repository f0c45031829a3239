package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// ContactNote is a note of an agent about a contact. The server's answers do not name the contact.
type ContactNote struct {
	ID        ID     `json:"id"`
	Content   string `json:"content"`
	CreatedAt Time   `json:"created_at"`
	User      struct {
		ID ID `json:"id"`
	} `json:"user"`
}

func (n ContactNote) identity() ID { return n.ID }

// Check refuses a row without an id.
func (n ContactNote) Check() error { return checkID(n.ID) }

// notesSince is the release that has notes.
const notesSince = "1.22.0"

// newContactNotes reads notes from the lists of their contacts: one answers every read of a refresh.
func (c *Client) newContactNotes() *reads.By[ID, *rowList[ContactNote]] {
	return &reads.By[ID, *rowList[ContactNote]]{New: func(contact ID) *rowList[ContactNote] {
		return newRowList("note", c.read("GET", notesPath(contact)), func(ctx context.Context) (wirejson.Rows[ContactNote], error) {
			_, rows, err := c.listContactNotes(ctx, contact)
			return rows, err
		})
	}}
}

func notesPath(contact ID) string { return "/contacts/" + contact.String() + "/notes" }

// noteKey is where a note is.
type noteKey struct{ contact, id ID }

// newWrittenNotes reads notes back that were written: all of a contact that are asked for at the same time cost one request.
// No list that was read before can tell, and each write makes another one necessary.
func (c *Client) newWrittenNotes() *reads.Batch[noteKey, answer[ContactNote]] {
	return &reads.Batch[noteKey, answer[ContactNote]]{
		Max:     1000,
		Patient: true,
		Group:   func(key noteKey) any { return key.contact },
		Missing: func(key noteKey) error {
			return missing("note", c.read("GET", notesPath(key.contact)), key.id)
		},
		Read: func(ctx context.Context, keys []noteKey) (map[noteKey]answer[ContactNote], error) {
			contact, asked := keys[0].contact, make([]ID, len(keys))
			for i, key := range keys {
				asked[i] = key.id
			}

			call, rows, err := c.listContactNotes(ctx, contact)

			found := make(map[noteKey]answer[ContactNote], rows.Len())
			for id, note := range answers(call, &rows, asked) {
				found[noteKey{contact, id}] = note
			}

			return found, err
		},
	}
}

// CreateContactNote creates a note.
//
// POST /contacts/:id/notes is not on the vendor's pages; it is in the server since 1.22.0.
func (c *Client) CreateContactNote(ctx context.Context, contact ID, content string) (ContactNote, error) {
	defer c.notes.Forget(contact)

	note, err := doObject[ContactNote](ctx, c, c.create("POST", "/contacts/%s/notes", contact.String()).WithJSON(newNoteBody(content)))

	return note, c.need(ctx, err, "a note on a contact", notesSince)
}

// ContactNote reads a note, from the list of its contact.
func (c *Client) ContactNote(ctx context.Context, contact, id ID) (ContactNote, error) {
	return c.notes.Of(contact).Get(ctx, id)
}

// WrittenContactNote reads a note back that was just written.
func (c *Client) WrittenContactNote(ctx context.Context, contact, id ID) (ContactNote, error) {
	found, err := ReadBack(ctx, "note "+id.String(), func(ctx context.Context) (answer[ContactNote], error) {
		return c.writtenNotes.Get(ctx, noteKey{contact, id})
	}, nil)
	if err == nil {
		err = found.err
	}

	return found.object, err
}

// ContactNotes lists the notes on a contact, the newest first.
//
// GET /contacts/:id/notes is not on the vendor's pages.
func (c *Client) ContactNotes(ctx context.Context, contact ID) ([]ContactNote, error) {
	call, rows, err := c.listContactNotes(ctx, contact)
	transport.LeaveOut(ctx, call.Path, rows.Odd...)

	return rows.Good, err
}

func (c *Client) listContactNotes(ctx context.Context, contact ID) (transport.Call, wirejson.Rows[ContactNote], error) {
	call := c.read("GET", "/contacts/%s/notes", contact.String())
	rows, err := transport.Do[wirejson.Rows[ContactNote]](ctx, c.sender, call)

	return call, rows, c.need(ctx, err, "a note on a contact", notesSince)
}

// UpdateContactNote changes a note. The token's user becomes its author. The server keeps a note as it was if it does not
// accept the content, and its answer does not say so: compare what WrittenContactNote returns.
//
// PATCH /contacts/:id/notes/:id is not on the vendor's pages.
func (c *Client) UpdateContactNote(ctx context.Context, contact, id ID, content string) (ContactNote, error) {
	defer c.notes.Forget(contact)

	call := c.write("PATCH", "/contacts/%s/notes/%s", contact.String(), id.String()).WithJSON(newNoteBody(content))

	return doObject[ContactNote](ctx, c, call)
}

// noteBody is a request about a note.
type noteBody struct {
	Note struct {
		Content string `json:"content"`
	} `json:"note"`
}

func newNoteBody(content string) noteBody {
	var body noteBody

	body.Note.Content = content

	return body
}

// DeleteContactNote deletes a note.
//
// DELETE /contacts/:id/notes/:id is not on the vendor's pages.
func (c *Client) DeleteContactNote(ctx context.Context, contact, id ID) error {
	defer c.notes.Forget(contact)

	return transport.Run(ctx, c.sender, c.write("DELETE", "/contacts/%s/notes/%s", contact.String(), id.String()))
}
