package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// File is a file to send.
type File struct {
	Name, ContentType string
	Content           []byte
}

// part is the file as a field of a form.
func (f File) part(field string) transport.Part {
	return transport.Part{Field: field, Name: f.Name, ContentType: f.ContentType, Content: bytes.NewReader(f.Content)}
}

// Upload is a file that the server keeps until the last thing that holds it lets go.
type Upload struct {
	// BlobID names the file in other requests: a signed text, and before 4.9.0 a number. It is sent as it came.
	BlobID json.RawMessage `json:"blob_id"`
	// FileURL is where the file can be fetched.
	FileURL string `json:"file_url"`
}

// Upload hands a file to the server. A second one is of no harm: nothing holds it.
//
// POST /upload is not on the vendor's pages.
func (c *Client) Upload(ctx context.Context, file File) (Upload, error) {
	call := c.write("POST", "/upload").WithForm(file.part("attachment"))

	uploaded, err := transport.Do[Upload](ctx, c.sender, call)
	if err == nil && len(uploaded.BlobID) == 0 {
		err = unusable(call, "the answer has no blob_id")
	}

	return uploaded, c.need(ctx, err, "uploading a file", "3.1.0")
}

// PictureType returns the type of what a file holds, and reports whether servers take it as a picture. They look at the type
// that a form declares, and browsers at the content.
func PictureType(content []byte) (kind string, ok bool) {
	kind = http.DetectContentType(content)

	return kind, slices.Contains([]string{"image/jpeg", "image/png", "image/gif", "image/webp"}, kind)
}

// avatar is the form that puts a picture on an object, in a field such as "avatar". It holds nothing else: a form makes a text of
// each value.
func avatar(call transport.Call, field string, file File) transport.Call {
	return call.WithForm(file.part(field))
}

// SetContactAvatar puts a picture on a contact.
//
// https://developers.chatwoot.com/api-reference/contacts/update-contact
func (c *Client) SetContactAvatar(ctx context.Context, id ID, file File) (Contact, error) {
	defer c.contacts.Drop()

	return c.contactCall(ctx, avatar(c.write("PUT", "/contacts/%s", id.String()), "avatar", file))
}

// SetInboxAvatar puts a picture on an inbox.
//
// https://developers.chatwoot.com/api-reference/inboxes/update-inbox
func (c *Client) SetInboxAvatar(ctx context.Context, id ID, file File) (Inbox, error) {
	defer c.inboxes.Drop()

	return doObject[Inbox](ctx, c, avatar(c.write("PATCH", "/inboxes/%s", id.String()), "avatar", file))
}

// SetAgentBotAvatar puts a picture on a bot.
//
// The field avatar of PATCH /agent_bots/:id is not on the vendor's pages.
func (c *Client) SetAgentBotAvatar(ctx context.Context, id ID, file File) (AgentBot, error) {
	defer c.agentBots.Drop()

	return doObject[AgentBot](ctx, c, avatar(c.write("PATCH", "/agent_bots/%s", id.String()), "avatar", file))
}

// SetAvatar puts a picture on a company.
//
// The field avatar of PATCH /companies/:id is not on the vendor's pages.
func (c *Companies) SetAvatar(ctx context.Context, id ID, file File) (Company, error) {
	defer c.pages.Drop()

	return doEnveloped[Company](ctx, c.client, avatar(c.client.write("PATCH", c.path+"/%s", id.String()), "company[avatar]", file))
}

// SetProfileAvatar puts a picture on the token's user.
//
// https://developers.chatwoot.com/api-reference/profile/update-user-profile
func (c *Client) SetProfileAvatar(ctx context.Context, file File) (Profile, error) {
	return doObject[Profile](ctx, c, avatar(transport.Write("PATCH", profilePath).At(c.BaseURL), "profile[avatar]", file))
}
