package api

import (
	"cmp"
	"context"
	"sync"
	"time"
)

// fact holds what later calls need to know of a chat.
type fact struct {
	team, channel string
	seen          time.Time // When the platform last returned it.
}

// facts are remembered for a run. A channel never changes, and a team that has changed can still be named in a header.
type facts struct {
	mu sync.Mutex
	of map[string]fact
}

func (f *facts) get(chatID string) fact {
	f.mu.Lock()
	defer f.mu.Unlock()

	return f.of[chatID]
}

// Remember tells the client the team and the channel of a chat, as far as they are known, so that calls for the chat can
// name the team and messages for it can be checked.
func (c *Client) Remember(chatID, team, channel string) {
	c.met.mu.Lock()
	defer c.met.mu.Unlock()

	c.met.add(chatID, fact{team: team, channel: channel})
}

func (f *facts) add(chatID string, news fact) {
	if f.of == nil {
		f.of = map[string]fact{}
	}

	known := f.of[chatID]
	f.of[chatID] = fact{
		team: cmp.Or(news.team, known.team), channel: cmp.Or(news.channel, known.channel), seen: cmp.Or(news.seen, known.seen),
	}
}

// saw remembers a chat that the platform returned.
func (c *Client) saw(chat *Chat) {
	c.met.mu.Lock()
	defer c.met.mu.Unlock()

	c.met.add(chat.ID, fact{team: chat.TeamID, channel: chat.Channel, seen: time.Now()})
}

// ChatExists fails if the chat is gone. No call deletes a chat, so one that the platform returned a moment ago still exists:
// the messages of a chat are refreshed together with it and cost no request.
func (c *Client) ChatExists(ctx context.Context, chatID string) error {
	if time.Since(c.met.get(chatID).seen) < listingLifetime {
		return nil
	}

	_, err := c.Chat(ctx, chatID)

	return err
}

// teamOf returns the team of a chat if it is known, and else the provider's.
func (c *Client) teamOf(chatID string) string { return cmp.Or(c.met.get(chatID).team, c.TeamID) }

// Channel returns the channel of a chat. It reads the chat only if this run has not met it yet.
func (c *Client) Channel(ctx context.Context, chatID string) (string, error) {
	channel := c.met.get(chatID).channel
	if channel != "" {
		return channel, nil
	}

	chat, err := c.Chat(ctx, chatID)
	if err != nil {
		return "", err
	}

	return chat.Channel, nil
}

// made is a set of ids.
type made struct {
	mu  sync.Mutex
	ids map[string]bool
}

func (m *made) has(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()

	return m.ids[id]
}

// add reports whether the id is new.
func (m *made) add(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()

	if m.ids[id] {
		return false
	}

	if m.ids == nil {
		m.ids = map[string]bool{}
	}

	m.ids[id] = true

	return true
}
