package api

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// ContactInbox is a session: what ties a contact to an inbox.
type ContactInbox struct {
	SourceID string       `json:"source_id"`
	Inbox    SessionInbox `json:"inbox"`
}

// SessionInbox is what a session tells of its inbox.
type SessionInbox struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"`
	ChannelType string `json:"channel_type"`
}

// ContactInboxRequest opens a session. Without a source id the server takes the contact's address in that channel, or
// for API and website inboxes a new one each time.
type ContactInboxRequest struct {
	InboxID  ID     `json:"inbox_id"`
	SourceID string `json:"source_id,omitempty"`
}

// CreateContactInbox opens a session, or finds the one that is there: with a source id, and in channels that derive it
// from the contact, the call may be repeated.
//
// https://developers.chatwoot.com/api-reference/contacts/create-contact-inbox
func (c *Client) CreateContactInbox(ctx context.Context, contact ID, req ContactInboxRequest) (ContactInbox, error) {
	defer c.contacts.Drop()

	call := c.write("POST", "/contacts/%s/contact_inboxes", contact.String()).WithJSON(req)

	session, err := whileReserved(ctx, c, req.InboxID, req.SourceID, http.StatusInternalServerError, func() (ContactInbox, error) {
		return transport.Do[ContactInbox](ctx, c.sender, call)
	})
	if err == nil && session.SourceID == "" {
		err = unusable(call, "the answer is not the session that was expected: it has no source_id")
	}

	if err != nil {
		found := c.sessionAfter(ctx, contact, req, err)
		if found == nil {
			return ContactInbox{}, err
		}

		session = *found
	}

	c.sessions.remember(contact, session)

	return session, nil
}

// sessionAfter is the session that was asked for, if it is there although no usable answer came.
func (c *Client) sessionAfter(ctx context.Context, contact ID, req ContactInboxRequest, err error) *ContactInbox {
	failure := transport.As(err)
	if failure == nil || failure.Unsent || req.SourceID == "" ||
		failure.Status < 500 && failure.Reason != transport.Unavailable && failure.Reason != transport.Unusable {
		return nil
	}

	owner, err := c.SessionOwner(ctx, req.InboxID, req.SourceID)
	if err != nil || owner.ID != contact {
		return nil
	}

	for _, session := range owner.ContactInboxes {
		if session.SourceID == req.SourceID && session.Inbox.ID == req.InboxID {
			return &session
		}
	}

	return nil
}

// SessionOwner finds the contact of a session. The error is a not-found one if no contact has it.
//
// POST /contact_inboxes/filter is not on the vendor's pages; it is in the server since 3.2.0.
func (c *Client) SessionOwner(ctx context.Context, inbox ID, sourceID string) (Contact, error) {
	contact, err := c.contactCall(ctx, c.read("POST", "/contact_inboxes/filter").
		WithJSON(ContactInboxRequest{InboxID: inbox, SourceID: sourceID}))

	return contact, c.need(ctx, err, "looking a session up by its source id", "3.2.0")
}

// MovedSession finds the contact that has the session of one that is gone: the two were merged. It reports false if none has
// it.
func (c *Client) MovedSession(ctx context.Context, inbox ID, sourceID string) (Contact, bool, error) {
	owner, err := c.SessionOwner(ctx, inbox, sourceID)
	if err == nil {
		return owner, true, nil
	}

	if isLost(transport.As(err)) || IsLacking(err) { // Gone with its contact, or the server is too old to tell.
		return Contact{}, false, nil
	}

	return Contact{}, false, err
}

// isLost reports whether a look-up of a session says that its contact was deleted or is being deleted: that there is no such
// session, or a crash.
func isLost(failure *transport.Error) bool {
	return failure != nil && (failure.Reason == transport.NotFound || failure.Status == http.StatusInternalServerError)
}

// reserved is how long to wait for a source id that a deleted contact still has.
const reserved = time.Minute

// whileReserved sends what the server refuses, with this status, as long as a deleted contact has the source id: until a
// background job has taken the session away. It had no effect then: no contact has the session.
func whileReserved[V any](ctx context.Context, c *Client, inbox ID, source string, status int, send func() (V, error)) (V, error) {
	for started := time.Now(); ; {
		answer, err := send()

		failure := transport.As(err)
		if failure == nil || failure.Status != status || source == "" || !c.orphaned(ctx, inbox, source) {
			return answer, err
		}

		if time.Since(started) > reserved || !wait(ctx, nextLook(started), fmt.Sprintf("the server's background jobs to free source id %q, which a deleted contact has", source)) {
			failure.Message += fmt.Sprintf("; the source id %q may be that of a contact who was deleted, until the server's background jobs have run", source)
			return answer, err
		}
	}
}

// orphaned reports whether no contact has the source id, or only one who is being deleted: the server says either that there is no
// such session, or that it failed.
func (c *Client) orphaned(ctx context.Context, inbox ID, source string) bool {
	_, err := c.SessionOwner(ctx, inbox, source)
	return isLost(transport.As(err))
}

// Session is the source id of the contact's session in the inbox, or empty if there is none. A caller who is told that
// there is none makes one, and then calls done. Until then the others wait, or each would make one.
func (c *Client) Session(ctx context.Context, contact, inbox ID) (source string, done func(), err error) {
	done = func() {}

	source = c.sessions.of(contact, inbox)
	if source != "" {
		return source, done, nil
	}

	unlock, err := c.sessionLocks.lock(ctx, contact)
	if err != nil {
		return "", done, err
	}

	source = c.sessions.of(contact, inbox)
	if source == "" {
		var found Contact

		found, err = c.Contact(ctx, contact)
		c.sessions.remember(contact, found.ContactInboxes...)
		source = c.sessions.of(contact, inbox)
	}

	if err != nil || source != "" {
		unlock()
		return source, done, err
	}

	return "", unlock, nil
}

// NewSourceID is the source id of a session that is about to be opened: random where the server would make one up, so
// that a repeated request opens no second session, and empty where the server takes the contact's own address. In other
// inboxes the server would fail.
func (c *Client) NewSourceID(ctx context.Context, inbox ID) (string, error) {
	channel, err := c.channelType(ctx, inbox)
	if err != nil {
		return "", err
	}

	switch channel {
	case "Channel::Api", "Channel::WebWidget":
		return NewUUID(), nil
	case "Channel::Email", "Channel::Sms", "Channel::TwilioSms", "Channel::Whatsapp":
		return "", nil
	default:
		return "", fmt.Errorf("inbox %s is a %s: sessions there need a source_id, the contact's id in that channel", inbox, channel)
	}
}

// channelType is the kind of an inbox, asked for once per client: it cannot change.
func (c *Client) channelType(ctx context.Context, inbox ID) (string, error) {
	kind := c.sessions.channel(inbox)
	if kind != "" {
		return kind, nil
	}

	found, err := c.Inbox(ctx, inbox)
	if err == nil {
		c.sessions.learn(inbox, found.ChannelType)
	}

	return found.ChannelType, err
}

// NewUUID is a random UUID of version 4.
func NewUUID() string {
	var b [16]byte

	_, _ = rand.Read(b[:]) // It cannot fail.
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80

	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// sessions remembers what this process learned of sessions, so that a conversation of a contact that was just made needs
// no other look at it. Sessions are never taken away from a contact, only moved by a merge, and then the server refuses
// the source id.
type sessions struct {
	mu       sync.Mutex
	known    map[ID][]ContactInbox
	channels map[ID]string
}

// remember notes the sessions, and reports whether one of them is new.
func (s *sessions) remember(contact ID, found ...ContactInbox) bool {
	s.mu.Lock()
	defer s.mu.Unlock()

	if s.known == nil {
		s.known = map[ID][]ContactInbox{}
	}

	learned := false

	for _, session := range found {
		same := func(known ContactInbox) bool {
			return known.SourceID == session.SourceID && known.Inbox.ID == session.Inbox.ID
		}
		if !slices.ContainsFunc(s.known[contact], same) {
			s.known[contact] = append(s.known[contact], session)
			learned = true
		}
	}

	return learned
}

// of is the last session of the contact in the inbox.
func (s *sessions) of(contact, inbox ID) string {
	s.mu.Lock()
	defer s.mu.Unlock()

	for _, session := range slices.Backward(s.known[contact]) {
		if session.Inbox.ID == inbox && session.SourceID != "" {
			return session.SourceID
		}
	}

	return ""
}

func (s *sessions) channel(inbox ID) string {
	s.mu.Lock()
	defer s.mu.Unlock()

	return s.channels[inbox]
}

func (s *sessions) learn(inbox ID, kind string) {
	s.mu.Lock()
	defer s.mu.Unlock()

	if s.channels == nil {
		s.channels = map[ID]string{}
	}

	s.channels[inbox] = kind
}
