package api

import (
	"context"
	"fmt"
	"iter"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const (
	messageDetailPath = "/rest/ws/message/detail"
	messageListPath   = "/rest/ws/message/list"
	messagePageSize   = 50
	// maxSearched bounds the search for one message in the list of its conversation.
	maxSearched = 1000
)

// GroupOfMessage returns the id of the conversation that a message key names, or "". A key is "5-<group id>-<number>" for
// the sender's copy and "4-<group id>-<number>" for a receiver's. The number is no time, and does not grow.
func GroupOfMessage(key string) string {
	parts := strings.Split(key, "-")
	if len(parts) != 3 || parts[0] != sentCopy && parts[0] != receivedCopy {
		return ""
	}

	for _, part := range parts[1:] {
		if _, err := strconv.ParseUint(part, 10, 64); err != nil {
			return ""
		}
	}

	return parts[1]
}

// The first part of a message key.
const (
	sentCopy     = "5"
	receivedCopy = "4"
)

// hasKey reports whether the message is the one with the key. A message has two keys that differ in the first part only.
func (m Message) hasKey(key string) bool {
	if m.Key == key || m.PairedKey == key {
		return true
	}

	first, rest, _ := strings.Cut(m.Key, "-")
	wanted, wantedRest, found := strings.Cut(key, "-")

	copies := first + wanted

	return found && rest == wantedRest && (copies == receivedCopy+sentCopy || copies == sentCopy+receivedCopy)
}

// asSent returns the message under the key of the sender's copy, if the answer holds it.
func (m Message) asSent() Message {
	if strings.HasPrefix(m.Key, receivedCopy+"-") && strings.HasPrefix(m.PairedKey, sentCopy+"-") {
		m.Key, m.PairedKey = m.PairedKey, m.Key
	}

	return m
}

// Message reads one message, as the sender sees it if the sender is known, else as the acting user does. Both endpoints
// are of the backend's pages and the vendor's SDKs: https://docs.kommunicate.io/docs/api-detail
//
// It returns a not-found error only if message/detail says so. Where only the list is served, a message that is not met
// there may exist all the same.
func (c *Client) Message(ctx context.Context, key, sender string) (Message, error) {
	viewer := c.Actor(sender)
	call := transport.Read("GET", messageDetailPath).WithQuery(url.Values{"keys": {key}}).WithHeader(ofUser, viewer)

	page, _, err := do[feed](ctx, c, call)
	if isRefused(err) {
		return c.searchMessage(ctx, key, viewer, err)
	}

	if err != nil {
		return Message{}, err
	}

	for _, m := range good(ctx, messageDetailPath, page.Message) {
		if m.hasKey(key) && !m.isDeleted() {
			m.Key = key
			return m, nil
		}
	}

	if page.Message != nil && len(page.Message.Odd) > 0 {
		return Message{}, c.unreadable("GET", messageDetailPath, "the platform's answer on this message cannot be read")
	}

	return Message{}, c.notFound("", "message not found", "GET", messageDetailPath)
}

// searchMessage looks for the message among the newest of its conversation. Refusal is the answer of message/detail.
func (c *Client) searchMessage(ctx context.Context, key, viewer string, refusal error) (Message, error) {
	groupID := GroupOfMessage(key)
	if groupID == "" {
		return Message{}, c.explainRefusal(ctx, refusal)
	}

	searched := 0

	for m, err := range c.list(ctx, groupID, viewer) {
		switch {
		case err != nil:
			return Message{}, err
		case m.hasKey(key) && m.isDeleted():
			return Message{}, c.notFound("", "the message was deleted", "GET", messageListPath)
		case m.hasKey(key):
			m.Key = key
			return m, nil
		}

		searched++
		if searched == maxSearched {
			break
		}
	}

	return Message{}, c.unreadable("GET", messageListPath,
		"the platform does not let this key read single messages, and the message is not among the newest of its conversation")
}

func (m Message) isDeleted() bool { return m.Metadata[keyDeleted] == "true" }

// list yields a conversation's messages as the viewer sees them, newest first, also deleted ones.
func (c *Client) list(ctx context.Context, groupID, viewer string) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		seen := map[string]bool{}

		for cursor := 0.0; ; {
			query := url.Values{"groupId": {groupID}, "startIndex": {"0"}, "pageSize": {strconv.Itoa(messagePageSize)}}
			if cursor > 0 {
				query.Set("endTime", strconv.FormatFloat(cursor, 'f', 0, 64))
			}

			page, _, err := do[feed](ctx, c, transport.Read("GET", messageListPath).WithQuery(query).WithHeader(ofUser, viewer))
			if err != nil {
				yield(Message{}, c.explainRefusal(ctx, err))
				return
			}

			fresh, oldest := 0, math.Inf(1)

			for _, m := range good(ctx, fmt.Sprintf("%s before %.0f", messageListPath, cursor), page.Message) {
				m = m.asSent()
				if m.Key == "" || seen[m.Key] {
					continue
				}

				seen[m.Key], fresh, oldest = true, fresh+1, min(oldest, m.CreatedAtTime)
				if !yield(m, nil) {
					return
				}
			}

			if fresh == 0 || oldest <= 0 {
				return
			}

			cursor = oldest
		}
	}
}

// Messages yields a conversation's messages page by page, newest first. The endpoint is of the backend's pages:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) Messages(ctx context.Context, groupID string) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		for m, err := range c.list(ctx, groupID, c.ActingUserID) {
			if !m.isDeleted() && !yield(m, err) {
				return
			}
		}
	}
}

// MessageUpdate changes a message's metadata, which is merged key by key.
type MessageUpdate struct {
	Key      string            `json:"key"`
	Metadata map[string]string `json:"metadata"`
}

// UpdateMessageMetadata changes the metadata of a message in place. The endpoint is of the vendor's SDKs:
// https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that it merges.
func (c *Client) UpdateMessageMetadata(ctx context.Context, actor string, update MessageUpdate) error {
	call := transport.Write("POST", "/rest/ws/message/update/metadata").WithHeader(ofUser, actor).WithJSON(update)
	return c.explainRefusal(ctx, run(ctx, c, call))
}

// DeleteMessage deletes a message for everyone. It is a GET of the backend's pages that answers in plain text:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) DeleteMessage(ctx context.Context, actor, key string) error {
	err := run(ctx, c, transport.Write("GET", "/rest/ws/message/delete").WithHeader(ofUser, actor).
		WithQuery(url.Values{"key": {key}, "deleteForAll": {"true"}}))

	return c.explainRefusal(ctx, err)
}
