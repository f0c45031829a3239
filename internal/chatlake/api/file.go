package api

import (
	"bytes"
	"context"

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

// avatar is the form that puts a picture on an object. It holds nothing else: a form makes a text of each value.
func avatar(call transport.Call, file File) transport.Call {
	return call.WithForm(file.part("avatar"))
}

// SetAgentBotAvatar puts a picture on a bot.
//
// The field avatar of PATCH /agent_bots/:id is not on the vendor's pages.
func (c *Client) SetAgentBotAvatar(ctx context.Context, id ID, file File) (AgentBot, error) {
	defer c.agentBots.Drop()

	return doObject[AgentBot](ctx, c, avatar(c.write("PATCH", "/agent_bots/%s", id.String()), file))
}
