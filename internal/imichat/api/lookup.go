package api

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const (
	// listingLifetime is the time of a refresh. A write ends it sooner.
	listingLifetime = 30 * time.Second
	// aliasLifetime is the time of a run. This run's writes are noted, so only chats of others can be missed.
	aliasLifetime = 10 * time.Minute
	// clocksApart is by how much the platform's clock may be behind this one.
	clocksApart = 5 * time.Minute
	// recentChats is how far back a chat is looked for that was made just now, or when the last run was killed.
	recentChats = 5 * rowsPerPage
)

// listedChat finds a chat on the list. The platform has no other word for a chat that is gone, as far as there is only the
// list. A row that cannot be read says nothing.
func (c *Client) listedChat(ctx context.Context, id string) (*Chat, error) {
	var found *Chat

	listing := c.listing.get(c, listingLifetime)
	err := listing.each(ctx, func(chat *Chat) bool {
		if chat.ID == id {
			found = chat
		}

		return found == nil
	})
	if err != nil || found != nil {
		return found, err
	}

	failure := c.own(http.MethodGet, "/chats", transport.NotFound, "the chat "+id+" is not on the list of chats")
	if listing.hides(ctx, func(row, _ string) bool { return row == "" || row == id }) {
		failure.Reason = transport.Unusable
		failure.Message = "the list of chats holds a row that cannot be read, which may be chat " + id
	}

	return nil, failure
}

// OpenChatByAlias finds the newest chat with the alias that is not closed, or nil.
func (c *Client) OpenChatByAlias(ctx context.Context, alias string) (found *Chat, err error) {
	return found, c.eachWithAlias(ctx, alias, func(chat *Chat) bool {
		if !chat.Closed() {
			found = chat
		}

		return found == nil
	})
}

// RecentChatByAlias does what OpenChatByAlias does, among the newest chats only. It finds what a run made that was killed before it
// could store the state. All chats of a run share the few pages that it reads.
func (c *Client) RecentChatByAlias(ctx context.Context, alias string) (*Chat, error) {
	for _, chat := range c.aliases.known() {
		if chat.AliasID == alias && !chat.Closed() {
			return chat, nil
		}
	}

	var found *Chat

	rows := 0
	err := c.aliases.get(c, aliasLifetime).each(ctx, func(chat *Chat) bool {
		rows++

		if chat.AliasID == alias && !chat.Closed() {
			found = chat
		}

		return found == nil && rows < recentChats
	})

	return found, err
}

// ChatsByAlias finds all chats with the alias, newest first, closed ones too. Of a very long list, it finds those that are
// not too far down. If there is none on a list that was read before, the list is read again: the chat may be younger.
func (c *Client) ChatsByAlias(ctx context.Context, alias string) (found []*Chat, err error) {
	began := time.Now()

	for range 2 {
		old := c.aliases.get(c, aliasLifetime).born.Before(began)

		err = c.eachWithAlias(ctx, alias, func(chat *Chat) bool {
			found = append(found, chat)
			return true
		})
		if err != nil || len(found) > 0 || !old {
			break
		}

		c.aliases.drop()
	}

	if len(found) > 0 && IsTooFar(err) {
		err = nil
	}

	return found, err
}

// eachWithAlias visits the chats that have an alias, newest first, until visit returns false. The whole list may be read
// for it, ten chats per request, but only once per run.
//
// Unverified: that no call takes an alias; "can be used to reference a chat" is all that the vendor says about it.
func (c *Client) eachWithAlias(ctx context.Context, alias string, visit func(chat *Chat) bool) error {
	listed := c.aliases.get(c, aliasLifetime)
	known := c.aliases.known()
	met := false

	newestFirst := func(a, b *Chat) int { return b.CreatedAt.Compare(a.CreatedAt) }
	for _, chat := range slices.SortedFunc(maps.Values(known), newestFirst) {
		if chat.AliasID != alias {
			continue
		}

		met = true

		if !visit(chat) {
			return nil
		}
	}

	err := listed.each(ctx, func(chat *Chat) bool {
		_, stale := known[chat.ID]
		if stale || chat.AliasID != alias {
			return true
		}

		met = true

		return visit(chat)
	})
	if err == nil && !met && listed.hides(ctx, func(_, hidden string) bool { return hidden == alias }) {
		err = c.own(http.MethodGet, "/chats", transport.Unusable,
			fmt.Sprintf("the chat with alias_id %q is on the list of chats, but its row cannot be read", alias))
	}

	return err
}

// EachChat reads the tenant's chats, newest first, until visit returns false.
func (c *Client) EachChat(ctx context.Context, visit func(chat *Chat) bool) error {
	return c.newScan().each(ctx, visit)
}

// LostChats returns the chats that a request may have made just now although its answer did not arrive, without those that
// this run knows to be its own.
func (c *Client) LostChats(ctx context.Context, request ChatRequest) ([]*Chat, error) {
	found, err := c.chatsLike(ctx, request, c.now().Add(-clocksApart))
	return slices.DeleteFunc(found, func(chat *Chat) bool { return c.made.has(chat.ID) }), err
}

// chatsLike returns the newest open chats that a request may have made whose answer was lost: on the same channel, asset
// and address, with the same alias, and not older than the request.
func (c *Client) chatsLike(ctx context.Context, request ChatRequest, since time.Time) ([]*Chat, error) {
	var (
		found []*Chat
		rows  int
		alias string
	)

	if request.AliasID != nil {
		alias = *request.AliasID
	}

	err := c.EachChat(ctx, func(chat *Chat) bool {
		rows++

		isOld := !chat.CreatedAt.IsZero() && chat.CreatedAt.Before(since)
		if chat.AliasID == alias && !isOld && !chat.Closed() && chat.Channel == request.Channel &&
			SameID(chat.Asset.ID, request.Asset.ID) && SameID(chat.Customer.DestinationID, request.Customer.DestinationID) {
			found = append(found, chat)
		}

		return rows < recentChats
	})

	return found, err
}
