package kommunicate

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// contentTypeAction is the backend's type of system messages.
const contentTypeAction = 10

// What a message was to the one who reads it, as SDKs number it.
const (
	kindReceived = 4
	kindSent     = 5
)

// sourcePlatform is the web SDK's code for messages that came through the API.
const sourcePlatform = 4

// keyDeletedForAll marks a message that deleteForAll removed, as SDKs read it.
const keyDeletedForAll = "AL_DELETE_GROUP_MESSAGE_FOR_ALL"

// contentTypes are the page's 0 to 6 and what SDKs know beyond.
var contentTypes = []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 101, 102, 103, 104}

// message is one message of a conversation.
type message struct {
	key         string
	group       *group
	sender      *user
	text        string
	contentType int
	source      int
	metadata    map[string]string
	fileMeta    *fileMeta
	createdAt   int64
	hiddenFor   map[string]bool
	deleted     bool // For all.
	gone        bool // And no longer answered.
}

// fileMeta describes an attachment: of the page's "Send Attachments", and of the upload's answer in the SDKs.
type fileMeta struct {
	BlobKey          string `json:"blobKey,omitempty"`
	ThumbnailBlobKey string `json:"thumbnailBlobKey,omitempty"`
	Name             string `json:"name,omitempty"`
	URL              string `json:"url,omitempty"`
	Size             int64  `json:"size,omitempty"`
	ContentType      string `json:"contentType,omitempty"`
	ThumbnailURL     string `json:"thumbnailUrl,omitempty"`
	Key              string `json:"key,omitempty"`
	UserKey          string `json:"userKey,omitempty"`
	CreatedAtTime    int64  `json:"createdAtTime,omitempty"`
}

// messageWire is a message as backend pages and SDK models have it. No field holds the fromUserName that was sent; the
// sender is contactIds, also of messages that the reader sent, and for received messages also to.
type messageWire struct {
	Key           string            `json:"key"`
	PairedKey     string            `json:"pairedMessageKey,omitempty"`
	UserKey       string            `json:"userKey"`
	To            string            `json:"to,omitempty"`
	ContactIDs    string            `json:"contactIds"`
	Message       string            `json:"message"`
	GroupID       int64             `json:"groupId"`
	ClientGroupID string            `json:"clientGroupId"`
	Type          int               `json:"type"`
	Source        int               `json:"source"`
	Status        int               `json:"status"`
	ContentType   int               `json:"contentType"`
	Sent          bool              `json:"sent"`
	Delivered     bool              `json:"delivered"`
	Read          bool              `json:"read"`
	CreatedAtTime int64             `json:"createdAtTime"`
	Metadata      map[string]string `json:"metadata"`
	FileMeta      *fileMeta         `json:"fileMeta,omitempty"`
	FileMetaKey   string            `json:"fileMetaKey,omitempty"`
	GroupAssignee string            `json:"groupAssignee,omitempty"`
	GroupStatus   int               `json:"groupStatus"`
}

func (p *Platform) wireMessage(m *message, viewer *user) messageWire {
	status, _ := strconv.Atoi(m.group.metadata[keyStatus])

	out := messageWire{
		Key: m.key, UserKey: m.sender.key, ContactIDs: m.sender.id, Message: m.text, GroupID: m.group.id,
		ClientGroupID: m.group.alias, Type: kindReceived, Source: m.source, Status: 3, ContentType: m.contentType,
		Sent: true, Delivered: true, CreatedAtTime: m.createdAt, Metadata: maps.Clone(m.metadata), FileMeta: m.fileMeta,
		GroupAssignee: m.group.metadata[keyAssignee], GroupStatus: status,
	}
	if m.fileMeta != nil {
		out.FileMetaKey = m.fileMeta.BlobKey
	}

	if m.sender == viewer {
		out.Type = kindSent
	} else {
		out.To = m.sender.id
	}

	if p.switches.PairedKeys {
		out.PairedKey = receivedKey(m.key)
		if m.sender != viewer {
			out.Key, out.PairedKey = out.PairedKey, out.Key
		}
	}

	return out
}

// receivedKey returns the key that a message has for those who received it: only the first digit differs.
func receivedKey(key string) string { return "4" + strings.TrimPrefix(key, "5") }

// findMessage finds a message by the key of its sender or, if receivers have keys of their own, by theirs.
func (p *Platform) findMessage(key string) (*message, bool) {
	rest, received := strings.CutPrefix(key, "4-")
	if received && p.switches.PairedKeys {
		key = "5-" + rest
	}

	m, ok := p.messages[key]

	return m, ok
}

// newMessageKey returns a key that no other message has.
func (p *Platform) newMessageKey(g *group, createdAt int64) string {
	number := strconv.FormatInt(createdAt, 10)

	switch p.switches.MessageKeys {
	case keyEarlier:
		number = strconv.FormatInt(createdAt-3600, 10)
	case keyUnrelated:
		number = "1" + p.core.Text("0123456789", 15)
	}

	key := fmt.Sprintf("5-%d-%s", g.id, number)
	if _, ok := p.messages[key]; ok {
		return p.newMessageKey(g, p.tick())
	}

	return key
}

// post stores a message.
func (p *Platform) post(g *group, m *message) *message {
	m.group, m.createdAt = g, p.tick()

	m.key = p.newMessageKey(g, m.createdAt)
	if m.metadata == nil {
		m.metadata = map[string]string{}
	}

	g.messages = append(g.messages, m)
	p.messages[m.key] = m
	g.updatedAt = m.createdAt

	m.sender.lastMessageAt = m.createdAt
	if m.contentType != contentTypeAction {
		for _, other := range g.members {
			if other.user != m.sender {
				other.unread++
			}
		}

		if m.sender.role == roleUser {
			p.reopenFor(g)
		}
	}

	return m
}

// reopenFor opens a conversation in which a customer writes.
//
// Unverified: SDKs show that status moves with traffic, no page says how.
func (p *Platform) reopenFor(g *group) {
	status := g.metadata[keyStatus]
	if status == statusInitial || status == statusResolved && p.switches.ClosedOnMessage == reopen {
		g.metadata[keyStatus] = statusOpen
	}
}

// actionMessage posts what the platform says about a change: of the vendor's old server and SDKs.
//
// Unverified: the texts, and which of the KM_ASSIGN keys is current.
func (p *Platform) actionMessage(g *group, by *user, text string, extra map[string]string) {
	values := map[string]string{"skipBot": "true", "NO_ALERT": "true", "BADGE_COUNT": "false", "category": "ARCHIVE"}
	maps.Copy(values, extra)
	p.post(g, &message{sender: by, text: text, contentType: contentTypeAction, source: sourcePlatform, metadata: values})
}

// sending is the body of both send calls. The first four fields and metadata are the page's; contentType its list of
// types; type, source, key and fileMeta its "Send Attachments"; to and platform the backend's pages and public bots.
type sending struct {
	GroupID       sandbox.ID `json:"groupId"`
	ClientGroupID sandbox.ID `json:"clientGroupId"`
	Message       string     `json:"message"`
	FromUserName  string     `json:"fromUserName"`
	ContentType   int        `json:"contentType"`
	Metadata      metadata   `json:"metadata"`
	Type          int        `json:"type"`
	Source        *int       `json:"source"`
	Key           string     `json:"key"`
	FileMeta      *fileMeta  `json:"fileMeta"`
	To            string     `json:"to"`
	Platform      string     `json:"platform"`
}

// check complains about what the page forbids or requires; the platform would store it anyway.
func (s sending) check(c *call) {
	s.Metadata.check(c.Request)

	values := s.Metadata.values
	switch {
	case !slices.Contains(contentTypes, s.ContentType):
		c.Complain("contentType %d is not listed", s.ContentType)
	case s.ContentType == 1 && s.FileMeta == nil:
		c.Complain("an attachment needs fileMeta")
	case s.FileMeta != nil && s.ContentType != 1:
		c.Complain("fileMeta needs contentType 1")
	case s.FileMeta != nil && (s.FileMeta.Name == "" || s.FileMeta.URL == "" && s.FileMeta.BlobKey == ""):
		c.Complain("fileMeta needs a name, and a url or a blobKey")
	case s.FileMeta != nil && (s.FileMeta.ContentType == "" || s.FileMeta.CreatedAtTime == 0):
		c.Complain("fileMeta needs contentType and createdAtTime: the page calls only size optional")
	case s.To != "":
		c.Complain("one-to-one messages are not simulated")
	case values["contentType"] != "" && values["contentType"] != "300":
		c.Complain("metadata.contentType of rich messages is 300")
	case values["contentType"] == "300" && values["templateId"] == "":
		c.Complain("a rich message needs metadata.templateId")
	case values["contentType"] == "300" && !json.Valid([]byte(values["payload"])):
		c.Complain("metadata.payload of a rich message is not JSON")
	}
}

// send answers POST /rest/ws/message/v2/send and /rest/ws/message/send, without an envelope: backend pages show the answer.
// fromUserName is a userId. A session's token, or Of-User-Id, says who sends where the body does not.
//
// Unverified: the failures. SDKs look for the texts error and CONVERSATION_CLOSED, and for HTML.
func (p *Platform) send(c *call) sandbox.Reply {
	asked, refused := decodeBody[sending](p, c.Request)
	if refused != nil {
		return *refused
	}

	asked.check(c)

	switch {
	case asked.GroupID == "" && asked.ClientGroupID == "":
		return p.badRequest(c.Request, "sending needs groupId or clientGroupId")
	case asked.Message == "" && asked.FileMeta == nil:
		return p.badRequest(c.Request, "message is required")
	case asked.FromUserName == "" && !c.named:
		return p.badRequest(c.Request, "fromUserName is required")
	}

	g, ok := p.findLive(asked.GroupID, asked.ClientGroupID)
	if !ok {
		if p.switches.UnknownGroupOnSend == asText {
			return sandbox.Text(http.StatusOK, "error")
		}

		return p.fail(groupNotFound)
	}

	sender := c.actor
	if asked.FromUserName != "" {
		sender, ok = p.findExisting(asked.FromUserName)
		if !ok && p.switches.UnknownSender == refuse {
			return p.fail(userNotFound)
		}

		if !ok {
			sender = p.ensureUser(asked.FromUserName)
		}
	}

	if sender.role == roleUser && g.metadata[keyStatus] == statusResolved && p.switches.ClosedOnMessage == refuse {
		return sandbox.Text(http.StatusOK, "CONVERSATION_CLOSED")
	}

	source := sourcePlatform
	if asked.Source != nil {
		source = *asked.Source
	}

	m := p.post(g, &message{
		sender: sender, text: asked.Message, contentType: asked.ContentType, source: source,
		metadata: asked.Metadata.values, fileMeta: asked.FileMeta,
	})
	// The backend's samples round createdAt down to the second.
	answer := struct {
		MessageKey string `json:"messageKey"`
		CreatedAt  int64  `json:"createdAt"`
	}{m.key, m.createdAt / 1000 * 1000}
	if p.switches.SendEnvelope {
		return p.succeed(answer)
	}

	return sandbox.JSON(http.StatusOK, answer)
}

// isVisible reports whether lists and reads show the message to the viewer.
func (m *message) isVisible(viewer *user) bool {
	return !m.gone && !m.hiddenFor[viewer.id]
}

// messageDetail answers GET /rest/ws/message/detail, of the SDKs.
//
// Unverified: unknown keys are left out.
func (p *Platform) messageDetail(c *call) sandbox.Reply {
	keys := c.URL.Query()["keys"]
	if len(keys) == 0 {
		return p.badRequest(c.Request, "message/detail needs keys")
	}

	found := []messageWire{}

	for _, key := range keys {
		if m, ok := p.findMessage(key); ok && m.isVisible(c.actor) {
			found = append(found, p.wireMessage(m, c.actor))
		}
	}

	return p.succeed(struct {
		Message []messageWire `json:"message"`
	}{sandbox.Shuffled(p.core, found)})
}

// erase hides the message for the actor, or deletes it for all.
func (p *Platform) erase(c *call) bool {
	forAll := queryFlag(c.Request, "deleteForAll", false)

	m, ok := p.findMessage(c.URL.Query().Get("key"))
	if !ok || !m.isVisible(c.actor) {
		return false
	}

	switch {
	case !forAll:
		if m.hiddenFor == nil {
			m.hiddenFor = map[string]bool{}
		}

		m.hiddenFor[c.actor.id] = true
	case p.switches.DeletedMessage == marked:
		m.deleted, m.text, m.fileMeta = true, "", nil
		m.metadata[keyDeletedForAll] = "true"
	default:
		m.deleted, m.gone = true, true
	}

	return true
}

// deleteMessage answers GET /rest/ws/message/delete, of the backend's pages: in plain text.
func (p *Platform) deleteMessage(c *call) sandbox.Reply {
	if !p.erase(c) {
		return sandbox.Text(http.StatusOK, "error")
	}

	return sandbox.Text(http.StatusOK, "success")
}

// deleteMessageV2 answers GET /rest/ws/message/v2/delete, of the SDKs.
//
// Unverified: the failure.
func (p *Platform) deleteMessageV2(c *call) sandbox.Reply {
	if !p.erase(c) {
		return p.fail(inventedFailure("M-NOT-FOUND", "message not found"))
	}

	return p.succeed("success")
}

// updateMessageMetadata answers POST /rest/ws/message/update/metadata, of the SDKs.
//
// Unverified: that it merges, and the failure.
func (p *Platform) updateMessageMetadata(c *call) sandbox.Reply {
	type request struct {
		Key      string   `json:"key"`
		Metadata metadata `json:"metadata"`
	}

	asked, refused := decodeBody[request](p, c.Request)
	if refused != nil {
		return *refused
	}

	asked.Metadata.check(c.Request)

	m, ok := p.findMessage(asked.Key)
	if !ok || !m.isVisible(c.actor) {
		return p.fail(inventedFailure("M-NOT-FOUND", "message not found"))
	}

	asked.Metadata.merge(m.metadata)

	return p.succeed("success")
}

// readConversation answers GET /rest/ws/message/read/conversation, of the backend's pages: in plain text.
func (p *Platform) readConversation(c *call) sandbox.Reply {
	g, ok := p.findLive(sandbox.ID(c.URL.Query().Get("groupId")), "")
	if !ok {
		return sandbox.Text(http.StatusOK, "error")
	}

	m := g.member(c.actor.id)
	if m != nil {
		m.unread = 0
	}

	return sandbox.Text(http.StatusOK, "success")
}
