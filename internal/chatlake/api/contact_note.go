package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// ContactNote is what an agent wrote down about a contact. The server's answers do not say of which contact it is.
type ContactNote struct {
	ID        ID     `json:"id"`
	Content   string `json:"content"`
	CreatedAt Time   `json:"created_at"`
	User      struct {
		ID ID `json:"id"`
	} `json:"user"`
}

func (n ContactNote) identity() ID { return n.ID }

// CreateContactNote writes a note down.
//
// POST /contacts/:id/notes is not on the vendor's pages; it is in the server since 1.22.0.
func (c *Client) CreateContactNote(ctx context.Context, contact ID, content string) (ContactNote, error) {
	note, err := doObject[ContactNote](ctx, c, c.create("POST", "/contacts/%s/notes", contact.String()).WithJSON(noteBody(content)))
	return note, c.need(ctx, err, "a note on a contact", "1.22.0")
}

// ContactNote reads a note.
//
// GET /contacts/:id/notes/:id is not on the vendor's pages.
func (c *Client) ContactNote(ctx context.Context, contact, id ID) (ContactNote, error) {
	note, err := doObject[ContactNote](ctx, c, c.read("GET", "/contacts/%s/notes/%s", contact.String(), id.String()))
	return note, c.need(ctx, err, "a note on a contact", "1.22.0")
}

// ContactNotes lists the notes on a contact, the newest first.
//
// GET /contacts/:id/notes is not on the vendor's pages.
func (c *Client) ContactNotes(ctx context.Context, contact ID) ([]ContactNote, error) {
	notes, err := transport.Do[list[ContactNote]](ctx, c.sender, c.read("GET", "/contacts/%s/notes", contact.String()))
	return notes, c.need(ctx, err, "a note on a contact", "1.22.0")
}

// UpdateContactNote changes a note. The token's user becomes its author.
//
// PATCH /contacts/:id/notes/:id is not on the vendor's pages. What the server does not accept it keeps as it was, without
// a word: compare what comes back.
func (c *Client) UpdateContactNote(ctx context.Context, contact, id ID, content string) (ContactNote, error) {
	call := c.write("PATCH", "/contacts/%s/notes/%s", contact.String(), id.String()).WithJSON(noteBody(content))
	return doObject[ContactNote](ctx, c, call)
}

func noteBody(content string) Fields { return Fields{"note": Fields{"content": content}} }

// DeleteContactNote deletes a note.
//
// DELETE /contacts/:id/notes/:id is not on the vendor's pages.
func (c *Client) DeleteContactNote(ctx context.Context, contact, id ID) error {
	return transport.Run(ctx, c.sender, c.write("DELETE", "/contacts/%s/notes/%s", contact.String(), id.String()))
}
