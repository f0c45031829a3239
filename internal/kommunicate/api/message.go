package api

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
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

	messagePageSize = 50
)

// Message is one message of a conversation. Times are milliseconds since 1970.
type Message struct {
	Key           string    `json:"key"`
	To            string    `json:"to"`
	ContactIDs    string    `json:"contactIds"`
	Text          string    `json:"message"`
	GroupID       Ident     `json:"groupId"`
	ClientGroupID Ident     `json:"clientGroupId"`
	ContentType   int64     `json:"contentType"`
	CreatedAtTime float64   `json:"createdAtTime"`
	Metadata      Values    `json:"metadata"`
	FileMeta      *FileMeta `json:"fileMeta"`
}

// Sender is the user id of who sent the message.
//
// Unverified: the platform answers no field of the name that was sent; contactIds holds the sender of received messages.
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

func (f FileMeta) problem() string {
	if f.URL == "" && f.BlobKey == "" {
		return "the answer does not say where the file is"
	}

	return ""
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

// What the vendor's page sends with attachments.
const (
	typeSent  = 5
	sourceWeb = 1
)

// Sent is what the platform says of a message that it took.
type Sent struct {
	MessageKey string  `json:"messageKey"`
	CreatedAt  float64 `json:"createdAt"`
}

func (s Sent) problem() string {
	if s.MessageKey == "" {
		return "the answer holds no key of the message"
	}

	return ""
}

// SendMessage sends a message, once: each call is a new message to people:
// https://docs.kommunicate.io/docs/api-detail#send-message
func (c *Client) SendMessage(ctx context.Context, request MessageRequest) (Sent, error) {
	sent, _, err := do[Sent](ctx, c, transport.Create("POST", "/rest/ws/message/v2/send").WithJSON(request))
	return sent, err
}

// SendAttachment sends a message with a file that is somewhere already:
// https://docs.kommunicate.io/docs/api-detail#send-attachments
//
// Unverified: that the gateway takes it with an Api-Key, as public callers do. The page shows the chat host with a
// session, which are tried after that.
func (c *Client) SendAttachment(ctx context.Context, request MessageRequest) (Sent, error) {
	request.ContentType, request.Type, request.Source, request.Key = ContentAttachment, typeSent, sourceWeb, c.newKey()
	if request.FileMeta != nil && request.FileMeta.CreatedAtTime == 0 {
		file := *request.FileMeta
		file.CreatedAtTime = float64(c.now().UnixMilli()) // Of what the page shows of a file, only the size is optional.
		request.FileMeta = &file
	}

	call := transport.Create("POST", "/rest/ws/message/send").WithJSON(request)

	return anyway[Sent](ctx, c, call, request.FromUserName, c.BaseURL, c.ChatBaseURL)
}

// Upload stores a file and says where. The endpoint is of the vendor's SDKs: https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that the chat host takes it with an Api-Key; the gateway and a session are tried after that.
func (c *Client) Upload(ctx context.Context, userID, name, contentType string, content []byte) (FileMeta, error) {
	file := transport.Part{Field: "file", Name: name, ContentType: contentType, Content: bytes.NewReader(content)}
	// Sent twice, a file is stored twice, and nobody sees the first.
	call := transport.Write("POST", "/rest/ws/upload/image").WithQuery(url.Values{"aclsPrivate": {"true"}}).WithForm(file)

	return anyway[FileMeta](ctx, c, call, userID, c.ChatBaseURL, c.BaseURL)
}

// ContentType is what a file is sent as: it goes by the name's ending, then by the content.
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

// anyway sends the call to one host after the other until one takes it, and at last to the chat host with a session of
// the user, which needs the application id. A host that refuses has done nothing.
func anyway[T any](ctx context.Context, c *Client, call transport.Call, userID string, hosts ...*url.URL) (T, error) {
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

	return value, c.refused(ctx, refusal)
}

// DeleteMessage deletes a message for everybody. It is a GET of the backend's pages that answers in plain text:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) DeleteMessage(ctx context.Context, actor, key string) error {
	err := run(ctx, c, transport.Write("GET", "/rest/ws/message/delete").WithHeader(ofUser, actor).
		WithQuery(url.Values{"key": {key}, "deleteForAll": {"true"}}))

	return c.refused(ctx, err)
}

// GroupOfMessage is the id of the conversation that a message key names, or empty.
func GroupOfMessage(key string) (groupID string, at int64) {
	parts := strings.Split(key, "-")
	if len(parts) != 3 || parts[0] != "5" {
		return "", 0
	}

	at, err := strconv.ParseInt(parts[2], 10, 64)

	_, bad := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || bad != nil {
		return "", 0
	}

	return parts[1], at
}

// Message reads one message. Both endpoints are of the backend's pages and the vendor's SDKs:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) Message(ctx context.Context, key string) (Message, error) {
	page, _, err := do[feed](ctx, c, transport.Read("GET", "/rest/ws/message/detail").WithQuery(url.Values{"keys": {key}}).WithHeader(ofUser, c.ActingUserID))
	if isRefused(err) {
		groupID, at := GroupOfMessage(key)
		if groupID == "" {
			return Message{}, c.refused(ctx, err)
		}

		page, err = c.messages(ctx, groupID, float64(at+1))
	}

	if err != nil {
		return Message{}, c.refused(ctx, err)
	}

	for _, m := range page.Message {
		if m.Key == key && m.Metadata[keyDeleted] != "true" {
			return m, nil
		}
	}

	return Message{}, notFound("", "message not found", "GET", "/rest/ws/message/detail")
}

// messages reads a page of messages older than the cursor; 0 is the newest.
func (c *Client) messages(ctx context.Context, groupID string, cursor float64) (feed, error) {
	query := url.Values{"groupId": {groupID}, "startIndex": {"0"}, "pageSize": {strconv.Itoa(messagePageSize)}}
	if cursor > 0 {
		query.Set("endTime", strconv.FormatFloat(cursor, 'f', 0, 64))
	}

	page, _, err := do[feed](ctx, c, transport.Read("GET", "/rest/ws/message/list").WithQuery(query).WithHeader(ofUser, c.ActingUserID))

	return page, err
}

// Messages lists a conversation's messages, newest first, at most most of them. The endpoint is of the backend's pages:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) Messages(ctx context.Context, groupID string, most int) ([]Message, error) {
	var found []Message

	seen := map[string]bool{}

	for cursor := 0.0; ; {
		page, err := c.messages(ctx, groupID, cursor)
		if err != nil {
			return nil, c.refused(ctx, err)
		}

		fresh, oldest := 0, math.Inf(1)

		for _, m := range page.Message {
			if m.Key == "" || seen[m.Key] {
				continue
			}

			seen[m.Key], fresh, oldest = true, fresh+1, min(oldest, m.CreatedAtTime)
			if m.Metadata[keyDeleted] != "true" {
				found = append(found, m)
			}
		}

		if fresh == 0 || oldest <= 0 || len(found) >= most {
			return found[:min(len(found), most)], nil
		}

		cursor = oldest
	}
}
