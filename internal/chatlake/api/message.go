package api

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

const (
	// messagesPerWindow is how many messages one request returns at most between two ids.
	messagesPerWindow = 1000
	// messagesKept is how many messages that a window held beside are remembered: some ten to twenty MiB of usual length.
	messagesKept = 10 * messagesPerWindow
	// farthest is how far a window reaches at most. A server numbers its messages in 31 bits.
	farthest = 1 << 30
	// latestMessages is how many messages are searched for one that was sent before.
	latestMessages = 100
	// windowsSince is the release that reads messages between two ids.
	windowsSince = "2.16.0"
)

// Message is one message of a conversation.
type Message struct {
	ID                ID           `json:"id"`
	Content           string       `json:"content"`
	ConversationID    ID           `json:"conversation_id"`
	MessageType       MessageType  `json:"message_type"`
	ContentType       string       `json:"content_type"`
	Status            string       `json:"status"`
	ContentAttributes Object       `json:"content_attributes"`
	CreatedAt         Time         `json:"created_at"`
	Private           bool         `json:"private"`
	SourceID          string       `json:"source_id"`
	Sender            *Sender      `json:"sender"`
	Attachments       []Attachment `json:"attachments"`
}

// Sender is who wrote a message.
type Sender struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
	// Type is user, contact or agent_bot.
	Type string `json:"type"`
}

// Attachment is a file of a message.
type Attachment struct {
	ID       ID     `json:"id"`
	FileType string `json:"file_type"`
	DataURL  string `json:"data_url"`
	FileSize int64  `json:"file_size"`
}

func (m Message) identity() ID { return m.ID }

// Check refuses a row without an id.
func (m Message) Check() error { return checkID(m.ID) }

// LastMessage is the message that a conversation brings along.
type LastMessage struct {
	Message

	session string
}

// UnmarshalJSON reads what it can: a message that cannot be read must not keep anybody from its conversation.
func (l *LastMessage) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &l.Message) != nil {
		l.Message = Message{}
	}

	var around struct {
		Conversation struct {
			ContactInbox struct {
				SourceID string `json:"source_id"`
			} `json:"contact_inbox"`
		} `json:"conversation"`
	}
	if json.Unmarshal(raw, &around) == nil {
		l.session = around.Conversation.ContactInbox.SourceID
	}

	return nil
}

// Deleted reports whether only the tombstone of the message is left.
func (m *Message) Deleted() bool { return m.ContentAttributes["deleted"] == true }

// MessageType is incoming, outgoing, activity or template; over the wire it is a number.
type MessageType string

// UnmarshalJSON reads a number or a name.
func (t *MessageType) UnmarshalJSON(raw []byte) error {
	names := []MessageType{"incoming", "outgoing", "activity", "template"}

	text := strings.Trim(string(raw), `"`)
	if n, err := strconv.Atoi(text); err == nil && n >= 0 && n < len(names) {
		*t = names[n]
		return nil
	}

	*t = MessageType(text)
	if !slices.Contains(names, *t) {
		return errors.New("it is no type of message")
	}

	return nil
}

// MessageRequest sends a message.
type MessageRequest struct {
	Content           *string        `json:"content,omitempty"`
	MessageType       string         `json:"message_type"`
	Private           bool           `json:"private,omitempty"`
	ContentType       string         `json:"content_type,omitempty"`
	ContentAttributes map[string]any `json:"content_attributes,omitempty"`
	TemplateParams    map[string]any `json:"template_params,omitempty"`
	SourceID          string         `json:"source_id,omitempty"`
	// Files make the request a form.
	Files []File `json:"-"`
}

// form is the request as multipart, in which objects are JSON.
func (r *MessageRequest) form() ([]transport.Part, error) {
	parts := []transport.Part{{Field: "message_type", Text: r.MessageType}}
	if r.Content != nil {
		parts = append(parts, transport.Part{Field: "content", Text: *r.Content})
	}

	if r.Private {
		parts = append(parts, transport.Part{Field: "private", Text: "true"})
	}

	if r.ContentType != "" {
		parts = append(parts, transport.Part{Field: "content_type", Text: r.ContentType})
	}

	if r.SourceID != "" {
		parts = append(parts, transport.Part{Field: "source_id", Text: r.SourceID})
	}

	if r.ContentAttributes != nil {
		text, err := json.Marshal(r.ContentAttributes)
		if err != nil {
			return nil, err
		}

		parts = append(parts, transport.Part{Field: "content_attributes", Text: string(text)})
	}

	for _, file := range r.Files {
		parts = append(parts, file.part("attachments[]"))
	}

	return parts, nil
}

// CreateMessage sends a message.
//
// https://developers.chatwoot.com/api-reference/messages/create-new-message
func (c *Client) CreateMessage(ctx context.Context, conversation ID, req MessageRequest) (Message, error) {
	defer c.dropConversations() // The message may have reopened it.

	if len(req.TemplateParams) > 0 {
		if err := c.Require(ctx, "template_params of a message", "2.6.0"); err != nil {
			return Message{}, err
		}
	}

	call := c.create("POST", "/conversations/%s/messages", conversation.String())
	if len(req.Files) == 0 {
		return doObject[Message](ctx, c, call.WithJSON(req))
	}

	parts, err := req.form()
	if err != nil {
		return Message{}, err
	}

	return doObject[Message](ctx, c, call.WithForm(parts...))
}

// DeleteMessage deletes a message: its content is gone, a tombstone stays.
//
// https://developers.chatwoot.com/api-reference/messages/delete-a-message
func (c *Client) DeleteMessage(ctx context.Context, conversation, id ID) error {
	defer c.dropConversations()

	err := transport.Run(ctx, c.sender, c.write("DELETE", "/conversations/%s/messages/%s", conversation.String(), id.String()))

	return c.need(ctx, err, "deleting a message", "1.12.0")
}

// messageKey is where a message is.
type messageKey struct{ conversation, id ID }

var errNoMessage = errors.New("there is no such message")

func (c *Client) newMessages() *reads.Batch[messageKey, answer[Message]] {
	return &reads.Batch[messageKey, answer[Message]]{
		Max:     messagesPerWindow,
		Patient: true,
		Keep:    messagesKept,
		Group:   func(key messageKey) any { return key.conversation },
		Missing: func(messageKey) error { return errNoMessage },
		Read: func(ctx context.Context, keys []messageKey) (map[messageKey]answer[Message], error) {
			conversation, asked := keys[0].conversation, make([]ID, len(keys))
			for i, key := range keys {
				asked[i] = key.id
			}

			rows, err := c.messagesByID(ctx, conversation, slices.Sorted(slices.Values(asked)))

			found := make(map[messageKey]answer[Message], rows.Len())
			for id, message := range answers(c.messagesCall(conversation), &rows, asked) {
				found[messageKey{conversation, id}] = message
			}

			return found, err
		},
	}
}

// Message reads a message, together with others of the same conversation that are asked for, or without asking if the list
// of conversations brought it along. A not-found error means
// that the conversation is gone; without one, found says whether the message is there.
//
// https://developers.chatwoot.com/api-reference/messages/get-messages
func (c *Client) Message(ctx context.Context, conversation, id ID) (message Message, found bool, err error) {
	if row, ok := c.conversations.Known(ctx, conversation); ok {
		for _, last := range row.last() {
			if last.ID == id {
				return last.Message, true, nil
			}
		}
	}

	c.windows.read(conversation)

	read, err := c.messages.Get(ctx, messageKey{conversation, id})

	switch {
	case errors.Is(err, errNoMessage):
		return message, false, nil
	case err == nil:
		err = read.err
	}

	return read.object, err == nil, err
}

// messagesByID reads the messages of these ids, in order, and others that are near them.
func (c *Client) messagesByID(ctx context.Context, conversation ID, ids []ID) (wirejson.Rows[Message], error) {
	if !c.has(ctx, windowsSince) {
		return c.messagesSingly(ctx, conversation, ids)
	}

	var (
		found wirejson.Rows[Message]
		alone ID // It was not in a window that was full.
	)

	for len(ids) > 0 {
		first, end := ids[0], ids[0]
		if first != alone {
			end = c.windows.end(conversation, ids)
		}

		rows, err := c.messageRows(ctx, conversation, url.Values{"after": {first.String()}, "before": {(end + 1).String()}})
		if err != nil {
			return found, err
		}

		c.windows.told(conversation, rows.Len())

		found.Good, found.Odd = append(found.Good, rows.Good...), append(found.Odd, rows.Odd...)

		// A window that is full may lack any, but one of a single id: the server sorts by time.
		isWhole := rows.Len() < messagesPerWindow || end == first
		ids = slices.DeleteFunc(ids, func(id ID) bool {
			return isWhole && id <= end || slices.ContainsFunc(rows.Good, func(m Message) bool { return m.ID == id })
		})
		alone = first
	}

	return found, nil
}

// windows says how far a window of messages reaches. It may hold messages that are not asked for, while a conversation has told at
// most ten for each that was read. So thousands of messages that are far apart cost few requests, and a few messages among
// thousands are read with few others.
type windows struct {
	mu   sync.Mutex
	seen map[ID]*window
}

// window is what was seen of a conversation.
type window struct {
	read, told int
	reach      ID // How many more ids the next window holds.
}

// of returns what was seen of a conversation. The caller holds the lock.
func (w *windows) of(conversation ID) *window {
	if w.seen == nil {
		w.seen = map[ID]*window{}
	}

	if w.seen[conversation] == nil {
		w.seen[conversation] = &window{}
	}

	return w.seen[conversation]
}

// read counts a message that is read.
func (w *windows) read(conversation ID) {
	w.mu.Lock()
	defer w.mu.Unlock()

	w.of(conversation).read++
}

// told counts messages that a window held.
func (w *windows) told(conversation ID, messages int) {
	w.mu.Lock()
	defer w.mu.Unlock()

	w.of(conversation).told += messages
}

// end returns the last id of a window that begins at the first one of these. Ids that are near each other share it.
func (w *windows) end(conversation ID, ids []ID) ID {
	const (
		toldPerRead = 10
		near        = 20 // A request costs as much as telling so many messages.
	)

	w.mu.Lock()
	defer w.mu.Unlock()

	seen := w.of(conversation)
	gap, reach := ID(near), ID(0)

	if seen.told <= toldPerRead*seen.read {
		gap, reach = messagesPerWindow, seen.reach
		seen.reach = min(2*seen.reach+1, farthest)
	} else {
		seen.reach /= 2
	}

	n := 1
	for n < len(ids) && ids[n]-ids[n-1] <= gap {
		n++
	}

	return max(ids[n-1], ids[0]+reach)
}

// drop forgets what was seen.
func (w *windows) drop() {
	w.mu.Lock()
	defer w.mu.Unlock()

	w.seen = nil
}

// messagesSingly asks an old server for the twenty messages before an id, of which the last may be the one.
func (c *Client) messagesSingly(ctx context.Context, conversation ID, ids []ID) (wirejson.Rows[Message], error) {
	var found wirejson.Rows[Message]

	for _, id := range slices.Backward(ids) {
		if slices.ContainsFunc(found.Good, func(m Message) bool { return m.ID == id }) {
			continue
		}

		rows, err := c.messageRows(ctx, conversation, url.Values{"before": {(id + 1).String()}})
		if err != nil {
			return found, err
		}

		found.Good, found.Odd = append(found.Good, rows.Good...), append(found.Odd, rows.Odd...)
	}

	return found, nil
}

func (c *Client) messagesCall(conversation ID) transport.Call {
	return c.read("GET", "/conversations/%s/messages", conversation.String())
}

func (c *Client) messageRows(ctx context.Context, conversation ID, query url.Values) (wirejson.Rows[Message], error) {
	return payloadRows[Message](ctx, c, c.messagesCall(conversation).WithQuery(query))
}

// firstID returns the least id of a list, also of rows that cannot be read; 0 if no row tells its id.
func firstID(rows wirejson.Rows[Message]) ID {
	ids := make([]ID, 0, rows.Len())
	for _, row := range rows.Good {
		ids = append(ids, row.ID)
	}

	for _, odd := range rows.Odd {
		id := ParseID(odd.ID)
		if id != 0 {
			ids = append(ids, id)
		}
	}

	if len(ids) == 0 {
		return 0
	}

	return slices.Min(ids)
}

// Messages lists the messages of a conversation, oldest first: the latest ones, at most that many, 0 is all.
//
// https://developers.chatwoot.com/api-reference/messages/get-messages
func (c *Client) Messages(ctx context.Context, conversation ID, most int) ([]Message, error) {
	all, err := collect(c.EachMessage(ctx, conversation), most)
	slices.Reverse(all)

	return all, err
}

// EachMessage lists the messages of a conversation page by page, the newest first.
//
// https://developers.chatwoot.com/api-reference/messages/get-messages
func (c *Client) EachMessage(ctx context.Context, conversation ID) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		for query := (url.Values{}); ; {
			rows, err := c.messageRows(ctx, conversation, query)
			if err != nil {
				yield(Message{}, err)
				return
			}

			transport.LeaveOut(ctx, c.messagesCall(conversation).Path+" "+query.Encode(), rows.Odd...)

			for _, row := range slices.Backward(rows.Good) {
				if !yield(row, nil) {
					return
				}
			}

			first := firstID(rows)
			if first == 0 {
				return
			}

			query = url.Values{"before": {first.String()}}
		}
	}
}

// LostMessage looks for a message that was sent with the source id, among the latest.
func (c *Client) LostMessage(ctx context.Context, conversation ID, sourceID string) (Message, bool, error) {
	rows, err := c.Messages(ctx, conversation, latestMessages)
	for _, row := range rows {
		if row.SourceID == sourceID {
			return row, true, nil
		}
	}

	return Message{}, false, err
}

// sentBefore knows the latest messages of conversations as they were when this run began to write there.
type sentBefore struct {
	mu        sync.Mutex
	group     reads.Group[ID, []Message]
	known     map[ID][]Message
	forgotten map[ID]bool // Messages that this run has destroyed, or left.
}

// SentMessage looks for a message that was sent before this run with the source id and the content of a request. It reads
// a conversation once, however many messages are looked for, and one that this run has opened not at all.
func (c *Client) SentMessage(ctx context.Context, conversation ID, req MessageRequest) (Message, bool, error) {
	if c.empty.has(conversation) {
		return Message{}, false, nil
	}

	rows, err := c.sent.latest(ctx, conversation, func(ctx context.Context) ([]Message, error) {
		return c.Messages(ctx, conversation, latestMessages)
	})

	for _, row := range rows {
		isSame := req.Content == nil || strings.TrimSpace(row.Content) == strings.TrimSpace(*req.Content)
		if isSame && row.SourceID == req.SourceID && string(row.MessageType) == req.MessageType && !row.Deleted() && !c.sent.isForgotten(row.ID) {
			return row, true, nil
		}
	}

	return Message{}, false, err
}

// ForgetMessage lets a message that this run has destroyed, or left, be sent again.
func (c *Client) ForgetMessage(id ID) {
	c.sent.mu.Lock()
	defer c.sent.mu.Unlock()

	if c.sent.forgotten == nil {
		c.sent.forgotten = map[ID]bool{}
	}

	c.sent.forgotten[id] = true
}

func (s *sentBefore) isForgotten(id ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()

	return s.forgotten[id]
}

// latest returns the latest messages, and reads them the first time.
func (s *sentBefore) latest(ctx context.Context, conversation ID, read func(context.Context) ([]Message, error)) ([]Message, error) {
	return s.group.Do(ctx, conversation, func(ctx context.Context) ([]Message, error) {
		s.mu.Lock()
		rows, isKnown := s.known[conversation]
		s.mu.Unlock()

		if isKnown {
			return rows, nil
		}

		rows, err := read(ctx)
		if err != nil {
			return nil, err
		}

		s.mu.Lock()
		defer s.mu.Unlock()

		if s.known == nil {
			s.known = map[ID][]Message{}
		}

		s.known[conversation] = rows

		return rows, nil
	})
}
