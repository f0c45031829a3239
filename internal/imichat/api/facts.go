package api

import (
	"cmp"
	"context"
	"sync"
)

// fact is what later calls need to know of a chat.
type fact struct{ team, channel string }

// facts are remembered for a run. A channel never changes; a team that changed is still one to name in a header.
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
	if c.met.of == nil {
		c.met.of = map[string]fact{}
	}
	known := c.met.of[chatID]
	c.met.of[chatID] = fact{team: cmp.Or(team, known.team), channel: cmp.Or(channel, known.channel)}
}

// teamOf is the team of a chat, as far as it is known, and the provider's otherwise.
func (c *Client) teamOf(chatID string) string { return cmp.Or(c.met.get(chatID).team, c.TeamID) }

// Channel is the channel of a chat. It is read only if this run has not met the chat yet.
func (c *Client) Channel(ctx context.Context, chatID string) (string, error) {
	if channel := c.met.get(chatID).channel; channel != "" {
		return channel, nil
	}
	chat, err := c.Chat(ctx, chatID)
	if err != nil {
		return "", err
	}
	return chat.Channel, nil
}
