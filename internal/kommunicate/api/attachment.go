package api

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"net/url"
	"path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Upload stores a file and returns its address. The endpoint is of the vendor's SDKs:
// https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that the chat host accepts it with an Api-Key. The gateway and a session are tried after that.
func (c *Client) Upload(ctx context.Context, userID, name, contentType string, content []byte) (FileMeta, error) {
	file := transport.Part{Field: "file", Name: name, ContentType: contentType, Content: bytes.NewReader(content)}
	// A file that is sent twice is stored twice, and the first copy is not used.
	call := transport.Write("POST", "/rest/ws/upload/image").WithQuery(url.Values{"aclsPrivate": {"true"}}).WithForm(file)

	return sendToAnyHost[FileMeta](ctx, c, call, userID, c.ChatBaseURL, c.BaseURL)
}

// ContentType returns the media type that a file is sent as: by the ending of its name, else by its content.
func ContentType(name string, content []byte) string {
	if kind, _, err := mime.ParseMediaType(mime.TypeByExtension(path.Ext(name))); err == nil {
		return kind
	}

	if content != nil {
		if kind, _, err := mime.ParseMediaType(http.DetectContentType(content)); err == nil {
			return kind
		}
	}

	return "application/octet-stream"
}

// sendToAnyHost sends the call to one host after the other until one accepts it, and at last to the chat host with a
// session of the user, which needs the application id. A host that refuses has done nothing.
func sendToAnyHost[T any](ctx context.Context, c *Client, call transport.Call, userID string, hosts ...*url.URL) (T, error) {
	var (
		value   T
		refusal error
	)

	for _, host := range hosts {
		call.Base = host

		var err error

		value, _, err = do[T](ctx, c, call)
		if !isRefused(err) {
			return value, err
		}

		refusal = err
	}

	if c.ApplicationID != "" {
		session, err := c.register(ctx, UserRequest{UserID: userID})
		if err == nil && session.AuthToken != "" {
			call.Base = c.ChatBaseURL

			value, _, err = do[T](ctx, c, call.WithHeader("X-Authorization", session.AuthToken).
				WithHeader("Application-Key", c.ApplicationID).WithHeader("application-id", c.ApplicationID))
			if !isRefused(err) {
				return value, err
			}
		}
	}

	return value, c.explainRefusal(ctx, refusal)
}
