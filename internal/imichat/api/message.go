package api

import (
	"context"
	"net/http"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Message is one message of a chat. It is sent in the spelling of the vendor's samples, and read in that of the table
// below them as well (https://docs.imi.chat/reference/create-chat).
type Message struct {
	Type               string              `json:"type"`
	Text               *string             `json:"text,omitempty"`
	Attachment         *Attachment         `json:"attachment,omitempty"`
	Timestamp          string              `json:"timestamp"`
	ABCSubType         *string             `json:"abc_sub_type,omitempty"`
	ListpickerResponse []string            `json:"listpicker_response,omitempty"`
	TimepickerResponse *string             `json:"timepicker_response,omitempty"`
	LivechatSubType    *string             `json:"livechat_sub_type,omitempty"`
	QuickReplies       *QuickReplies       `json:"quick_replies,omitempty"`
	QuickReplyResponse *QuickReplyResponse `json:"quick_reply_response,omitempty"`
	WhatsAppSubType    *string             `json:"whatsapp_sub_type,omitempty"`
	TemplateName       *string             `json:"template_name,omitempty"`
	DeliveryDetails    *DeliveryDetails    `json:"delivery_details,omitempty"`
}

// Attachment is a file that is hosted elsewhere.
type Attachment struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

// QuickReplies are answers that are offered to a customer.
type QuickReplies struct {
	RequestIdentifier string       `json:"request_identifier"`
	Options           []QuickReply `json:"options"`
}

// QuickReply is one of them.
type QuickReply struct {
	Title   string `json:"title"`
	Payload string `json:"payload"`
}

// QuickReplyResponse is what the customer chose.
type QuickReplyResponse struct {
	RequestIdentifier string        `json:"request_identifier"`
	Options           []QuickChoice `json:"options"`
}

// QuickChoice is one chosen answer.
type QuickChoice struct {
	Title string `json:"title"`
}

// DeliveryDetails name a delivery, so that its reports can be told apart.
type DeliveryDetails struct {
	CorrelationID string `json:"correlation_id"`
}

// timeLayout is how the samples write an instant: UTC, with milliseconds.
const timeLayout = "2006-01-02T15:04:05.000Z"

// InUTC writes a date as the samples do. It returns a text that is no date as it is.
func InUTC(date string) string {
	if at, ok := parseTime(date); ok {
		return formatTime(at)
	}

	return date
}

// formatTime writes a time as the samples do.
func formatTime(t time.Time) string { return t.UTC().Format(timeLayout) }

// Stamp returns the time for the nth of some messages that have none: all samples have one. They are a millisecond
// apart, so that they stay in order.
func (c *Client) Stamp(n int) string {
	return formatTime(c.now().Add(time.Duration(n) * time.Millisecond))
}

// AppendMessage adds a message to a chat (named on https://docs.imi.chat/reference/messagearrived).
//
// Unverified: the body, which is a message or an array of them: a message is tried first, as the samples show it. And the
// answer, which is not used. If it is lost, the transcript tells.
func (c *Client) AppendMessage(ctx context.Context, chatID string, message Message) error {
	err := c.appendMessage(ctx, chatID, message)
	if !transport.IsLost(err) {
		return err
	}

	chat, readErr := c.WholeChat(ctx, chatID)
	if readErr == nil && chat.Holds(message) {
		return nil
	}

	return err
}

func (c *Client) appendMessage(ctx context.Context, chatID string, message Message) error {
	defer c.wrote()

	call := inTeam(c.create(http.MethodPost, "/chats/%s/messages", chatID), c.teamOf(chatID))

	array := call.WithJSON(map[string][]Message{"messages": {message}})
	if c.messagesInArray.Load() {
		return transport.Run(ctx, c.sender, array)
	}

	err := transport.Run(ctx, c.sender, call.WithJSON(message))

	failure := transport.As(err)
	if failure == nil || failure.Reason != transport.Invalid || failure.Unsent {
		return err
	}

	_, known := meaningOf(failure.Code)
	if known { // The platform refuses something else than the body.
		return err
	}

	other := transport.Run(ctx, c.sender, array)
	switch {
	case other == nil:
		c.messagesInArray.Store(true)
		return nil
	case transport.IsLost(other):
		return other // It may have arrived, which the first refusal would hide.
	default:
		return err
	}
}

// Holds reports whether the transcript has a message that was just sent: by its correlation id, or else by direction, time and
// content.
func (c *Chat) Holds(message Message) bool {
	for _, m := range c.Messages {
		if m.same(message) {
			return true
		}
	}

	return false
}

func (m Message) same(other Message) bool {
	sent, ok := parseTime(other.Timestamp)

	found, alsoOK := parseTime(m.Timestamp)
	if m.DeliveryDetails != nil && other.DeliveryDetails != nil {
		older := ok && alsoOK && found.Before(sent.Add(-clocksApart)) // Triggers send a message once more, with the same id.
		return m.DeliveryDetails.CorrelationID == other.DeliveryDetails.CorrelationID && !older
	}

	return ok && alsoOK && sent.Equal(found) && m.Type == other.Type && equal(m.Text, other.Text) && equal(m.TemplateName, other.TemplateName)
}

func equal(a, b *string) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}
