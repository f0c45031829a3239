package api

import (
	"cmp"
	"context"
	"errors"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Keys of a message's metadata that the platform gives a meaning.
const (
	KeyContentType = "contentType"
	KeyTemplate    = "templateId"
	KeyPayload     = "payload"
	KeySkipBot     = "skipBot"
	// keyDeleted marks a message that was deleted for all.
	keyDeleted = "AL_DELETE_GROUP_MESSAGE_FOR_ALL"

	// RichContentType is the content type of rich messages, which stands in their metadata.
	RichContentType = "300"
	// ContentAttachment is the content type of attachments.
	ContentAttachment = 1
)

// Message is one message of a conversation. Times are milliseconds since 1970.
type Message struct {
	Key           string         `json:"key"`
	PairedKey     string         `json:"pairedMessageKey"`
	To            string         `json:"to"`
	ContactIDs    string         `json:"contactIds"`
	Text          string         `json:"message"`
	GroupID       wirejson.Text  `json:"groupId"`
	ClientGroupID wirejson.Text  `json:"clientGroupId"`
	ContentType   int64          `json:"contentType"`
	CreatedAtTime float64        `json:"createdAtTime"`
	Metadata      wirejson.Pairs `json:"metadata"`
	FileMeta      *FileMeta      `json:"fileMeta"`
}

// Sender returns the user id of the sender. The platform answers no field of the name that was sent; contactIds holds the
// sender of a group's messages.
func (m Message) Sender() string { return cmp.Or(m.ContactIDs, m.To) }

// FileMeta describes an attachment.
type FileMeta struct {
	BlobKey          string  `json:"blobKey,omitempty"`
	ThumbnailBlobKey string  `json:"thumbnailBlobKey,omitempty"`
	Name             string  `json:"name,omitempty"`
	URL              string  `json:"url,omitempty"`
	Size             int64   `json:"size,omitempty"`
	ContentType      string  `json:"contentType,omitempty"`
	ThumbnailURL     string  `json:"thumbnailUrl,omitempty"`
	Key              string  `json:"key,omitempty"`
	UserKey          string  `json:"userKey,omitempty"`
	CreatedAtTime    float64 `json:"createdAtTime,omitempty"`
}

// Check reports why the answer cannot be used.
func (f FileMeta) Check() error {
	if f.URL == "" && f.BlobKey == "" {
		return errors.New("the answer does not say where the file is")
	}

	return nil
}

// MessageRequest sends a message.
type MessageRequest struct {
	GroupID       string         `json:"groupId,omitempty"`
	ClientGroupID string         `json:"clientGroupId,omitempty"`
	Message       string         `json:"message"`
	FromUserName  string         `json:"fromUserName"`
	ContentType   int            `json:"contentType"`
	Metadata      map[string]any `json:"metadata,omitempty"`
	Type          int            `json:"type,omitempty"`
	Source        int            `json:"source,omitempty"`
	Key           string         `json:"key,omitempty"`
	FileMeta      *FileMeta      `json:"fileMeta,omitempty"`
}

// The vendor's page sends these with attachments.
const (
	typeSent  = 5
	sourceWeb = 1
)

// Sent is the platform's answer to a message that it accepted.
type Sent struct {
	MessageKey string  `json:"messageKey"`
	CreatedAt  float64 `json:"createdAt"`
}

// Check reports why the answer cannot be used.
func (s Sent) Check() error {
	if s.MessageKey == "" {
		return errors.New("the answer holds no key of the message")
	}

	return nil
}

// SendMessage sends a message, once: each call is a new message to people:
// https://docs.kommunicate.io/docs/api-detail#send-message
func (c *Client) SendMessage(ctx context.Context, request MessageRequest) (Sent, error) {
	sent, _, err := do[Sent](ctx, c, transport.Create("POST", "/rest/ws/message/v2/send").WithJSON(request))
	return sent, err
}

// SendAttachment sends a message with a file that has an address already:
// https://docs.kommunicate.io/docs/api-detail#send-attachments
//
// Unverified: that the gateway accepts it with an Api-Key, as public callers send it. The page shows the chat host with a
// session, which are tried after that.
func (c *Client) SendAttachment(ctx context.Context, request MessageRequest) (Sent, error) {
	request.ContentType, request.Type, request.Source, request.Key = ContentAttachment, typeSent, sourceWeb, c.newKey()
	if request.FileMeta != nil && request.FileMeta.CreatedAtTime == 0 {
		file := *request.FileMeta
		file.CreatedAtTime = float64(c.now().UnixMilli()) // Of the fields of a file on the page, only the size is optional.
		request.FileMeta = &file
	}

	call := transport.Create("POST", "/rest/ws/message/send").WithJSON(request)

	return sendToAnyHost[Sent](ctx, c, call, request.FromUserName, c.BaseURL, c.ChatBaseURL)
}
