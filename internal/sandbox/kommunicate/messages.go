package kommunicate

import "fmt"

// contentTypeAction is the backend's type of system messages.
const contentTypeAction = 10

// message is one message of a conversation.
type message struct {
	key         string
	group       *group
	sender      *user
	text        string
	contentType int
	kind        int // type.
	source      int
	metadata    map[string]string
	fileMeta    map[string]any
	createdAt   int64
	hiddenFor   map[string]bool
	deleted     bool
}

// post stores a message. Its key holds the milliseconds of its time, so no two of a conversation share one.
func (p *Platform) post(g *group, m *message) *message {
	m.group, m.createdAt = g, p.tick()
	m.key = fmt.Sprintf("5-%d-%d", g.id, m.createdAt)
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
	}
	return m
}

// actionMessage posts what the platform says about a change: of the vendor's old server and SDKs.
//
// Unverified: the texts, and which of the KM_ASSIGN keys is current.
func (p *Platform) actionMessage(g *group, by *user, text string, extra map[string]string) {
	values := map[string]string{"skipBot": "true", "NO_ALERT": "true", "BADGE_COUNT": "false", "category": "ARCHIVE"}
	for key, value := range extra {
		values[key] = value
	}
	p.post(g, &message{sender: by, text: text, contentType: contentTypeAction, kind: 5, source: 4, metadata: values})
}
