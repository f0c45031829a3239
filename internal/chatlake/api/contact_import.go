package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// ImportContacts hands a CSV file to the server, which reads it in the background: it answers at once, and never tells what
// became of the rows.
//
// POST /contacts/import is not on the vendor's pages.
func (c *Client) ImportContacts(ctx context.Context, name string, content []byte) error {
	defer c.contacts.Drop()

	file := File{Name: name, ContentType: "text/csv", Content: content}

	return transport.Run(ctx, c.sender, c.create("POST", "/contacts/import").WithForm(file.part("import_file")))
}

// SyncTemplates lets the server fetch the templates of a WhatsApp inbox, in the background.
//
// POST /inboxes/:id/sync_templates is not on the vendor's pages.
func (c *Client) SyncTemplates(ctx context.Context, inbox ID) error {
	defer c.inboxes.Drop()

	err := transport.Run(ctx, c.sender, c.write("POST", "/inboxes/%s/sync_templates", inbox.String()))

	return c.need(ctx, err, "fetching templates", "4.5.0")
}
