package api

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const (
	// listingLifetime is a refresh's; a write ends it sooner.
	listingLifetime = 30 * time.Second
	// aliasLifetime is a run's. Own writes are noted, so only others' chats can be missed.
	aliasLifetime = 10 * time.Minute
	// clocksApart is by how much the platform's clock may be behind this one.
	clocksApart = 5 * time.Minute
)

// listedChat finds a chat on the list. That it is not there is the platform's word as far as there is one.
func (c *Client) listedChat(ctx context.Context, id string) (*Chat, error) {
	var found *Chat

	err := c.listing.get(c, listingLifetime).each(ctx, func(chat *Chat) bool {
		if chat.ID == id {
			found = chat
		}

		return found == nil
	})
	switch {
	case err != nil:
		return nil, err
	case found == nil:
		return nil, &transport.Error{
			Platform: "IMIchat", Method: http.MethodGet, Path: "/" + c.APIVersion + "/chats", Reason: transport.NotFound,
			Message: "the chat " + id + " is not on the list of chats",
		}
	}

	return found, nil
}

// OpenChatByAlias finds the newest chat with the alias that is not closed, or nil.
func (c *Client) OpenChatByAlias(ctx context.Context, alias string) (found *Chat, err error) {
	return found, c.withAlias(ctx, alias, func(chat *Chat) bool {
		if !chat.Closed() {
			found = chat
		}

		return found == nil
	})
}

// ChatsByAlias finds all chats with the alias, newest first, closed ones too; of a very long list, those that are not too
// far down.
func (c *Client) ChatsByAlias(ctx context.Context, alias string) (found []*Chat, err error) {
	began := time.Now()
	for again := true; again && len(found) == 0 && err == nil; {
		again = c.aliases.get(c, aliasLifetime).born.Before(began)

		err = c.withAlias(ctx, alias, func(chat *Chat) bool {
			found = append(found, chat)
			return true
		})
		if again && len(found) == 0 {
			c.aliases.drop() // It may be younger than what was read of the list.
		}
	}

	if len(found) > 0 && IsTooFar(err) {
		err = nil
	}

	return found, err
}

// withAlias visits the chats that have an alias, newest first, until visit returns false. The whole list may be read for
// it, ten chats per request, but only once per run.
//
// Unverified: that no call takes an alias; "can be used to reference a chat" is all that is said of it.
func (c *Client) withAlias(ctx context.Context, alias string, visit func(chat *Chat) bool) error {
	listed := c.aliases.get(c, aliasLifetime)

	known := c.aliases.known()
	for _, chat := range slices.SortedFunc(maps.Values(known), func(a, b *Chat) int { return b.CreatedAt.Compare(a.CreatedAt) }) {
		if chat.AliasID == alias && !visit(chat) {
			return nil
		}
	}

	return listed.each(ctx, func(chat *Chat) bool {
		_, stale := known[chat.ID]
		return stale || chat.AliasID != alias || visit(chat)
	})
}

// EachChat reads the tenant's chats, newest first, until visit returns false.
func (c *Client) EachChat(ctx context.Context, visit func(chat *Chat) bool) error {
	return c.newScan().each(ctx, visit)
}

// justSent looks for the chat that a request may have made although its answer did not arrive: among the newest, the open
// one with the same alias on the same channel for the same customer. An older one like it was not made by this request.
func (c *Client) justSent(ctx context.Context, request ChatRequest, began time.Time) *Chat {
	if request.AliasID == nil || *request.AliasID == "" {
		return nil
	}

	var found *Chat

	rows := 0

	err := c.EachChat(ctx, func(chat *Chat) bool {
		rows++

		old := !chat.CreatedAt.IsZero() && chat.CreatedAt.Before(began.Add(-clocksApart))
		if chat.AliasID == *request.AliasID && !old && !chat.Closed() && chat.Channel == request.Channel &&
			SameID(chat.Asset.ID, request.Asset.ID) && SameID(chat.Customer.DestinationID, request.Customer.DestinationID) {
			found = chat
		}

		return found == nil && rows < fewPages*rowsPerPage
	})
	if err != nil || found == nil {
		return nil
	}

	if whole, err := c.WholeChat(ctx, found.ID); err == nil {
		return whole
	}

	return found
}
