package api

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

const (
	detailsPath = "/rest/ws/group/details"
	supportPath = "/rest/ws/group/support"
	infoPath    = "/rest/ws/group/v2/info"

	maxGroups = 60
	// maxClientIDs is less, because they may be 255 characters long and travel in the address.
	maxClientIDs = 20
	// pageSize is what the vendor's SDKs ask for.
	pageSize = 60
)

// idOf and clientIDOf return the name and the value of the key that a conversation is asked for by.
func idOf(c Conversation) (string, string) {
	return "groupId", string(c.ID)
}

func clientIDOf(c Conversation) (string, string) {
	return "clientGroupId", string(c.ClientGroupID)
}

// batchError means that the endpoint for many did not answer for this conversation. It may exist all the same.
type batchError struct{ err error }

func (e batchError) Error() string { return e.err.Error() }

func (e batchError) Unwrap() error { return e.err }

var (
	errLeftOut = errors.New("the platform left the conversation out of its answer")
	errSingle  = errors.New("the platform does not serve several conversations at once")
)

// conversationBatch reads conversations in batches. The unread messages are those of the viewer. The endpoint for many is
// known from the vendor's SDKs only.
func (c *Client) conversationBatch(keyOf func(Conversation) (string, string), viewer string) *reads.Batch[string, Conversation] {
	name, _ := keyOf(Conversation{})

	limit := maxGroups
	if name == "clientGroupId" {
		limit = maxClientIDs
	}

	return &reads.Batch[string, Conversation]{
		Max: limit,
		Read: func(ctx context.Context, keys []string) (map[string]Conversation, error) {
			if len(keys) == 1 { // The endpoint for one is the better known of the two.
				found, err := c.info(ctx, name, keys[0], viewer)
				return map[string]Conversation{keys[0]: found}, err
			}

			if c.single.Load() {
				return nil, batchError{errSingle}
			}

			answer, _, err := do[wirejson.Rows[Conversation]](ctx, c, viewed(transport.Read("GET", detailsPath).WithQuery(url.Values{name + "s": keys}), viewer))
			if err != nil {
				return nil, batchError{err}
			}

			found := make(map[string]Conversation, len(answer.Good))
			for _, row := range answer.Good {
				_, key := keyOf(row)
				row.fromList = true
				found[key] = row
			}

			for _, key := range keys {
				_, ok := found[key]
				if !ok && len(answer.Odd) > 0 { // One of the rows that cannot be read may be it: it is read singly.
					found[key] = Conversation{fromList: true}
				}
			}

			return found, nil
		},
		Missing: func(string) error { return batchError{errLeftOut} },
	}
}

func viewed(call transport.Call, viewer string) transport.Call {
	if viewer != "" {
		call = call.WithHeader(ofUser, viewer)
	}

	return call
}

// wholeConversation is an answer that must be complete: a part that is left out would look as if it had been removed. Only
// the metadata may be missing, as in a sample answer of the backend's pages.
type wholeConversation Conversation

// Check reports why the answer cannot be used.
func (c wholeConversation) Check() error {
	whole := Conversation(c)

	err := whole.Check()
	if err != nil || whole.IsDeleted() || whole.isUsable() {
		return err
	}

	return errors.New("the answer holds a conversation without its members or the time of its creation")
}

// info reads one conversation. The endpoint is of the backend's pages, not of the Platform API's.
func (c *Client) info(ctx context.Context, name, key, viewer string) (Conversation, error) {
	found, _, err := do[wholeConversation](ctx, c, viewed(transport.Read("GET", infoPath).WithQuery(url.Values{name: {key}}), viewer))
	if err != nil {
		return Conversation{}, c.explainRefusal(ctx, err)
	}

	return Conversation(found), nil
}

// read asks the batch, and the endpoint for one conversation where the batch does not answer. Before a conversation is
// called gone, the endpoint for one must have said so, unless trustBatch is set.
func (c *Client) read(ctx context.Context, batch *reads.Batch[string, Conversation], name, key, viewer string, trustBatch bool) (Conversation, error) {
	found, err := batch.Get(ctx, key)

	var unanswered batchError
	switch {
	case trustBatch && errors.Is(err, errLeftOut):
		return found, c.notFound(codeGroupNotFound, "group not found", "GET", detailsPath)
	case err == nil && found.fromList && !found.IsWhole() && !found.IsDeleted():
		found, err = c.info(ctx, name, key, viewer)
	case errors.As(err, &unanswered) && !isBusy(err) && ctx.Err() == nil:
		refused := isRefused(err)

		found, err = c.info(ctx, name, key, viewer)
		if err == nil && refused {
			c.single.Store(true)
		}
	}

	switch {
	case err != nil:
		return Conversation{}, err
	case found.IsDeleted():
		return found, c.notFound(codeGroupNotFound, "the conversation was deleted", "GET", infoPath)
	}

	return found, nil
}

// LookUpConversation is ConversationByClientID for an id that is about to be used. It believes a list that leaves the id
// out, because creating the conversation tells as well: https://docs.kommunicate.io/docs/api-detail
func (c *Client) LookUpConversation(ctx context.Context, clientGroupID string) (Conversation, error) {
	return c.read(ctx, c.byClientID, "clientGroupId", clientGroupID, "", true)
}

// Conversation reads a conversation by its id; concurrent reads share requests. No page of the Platform API documents
// reading conversations; the backend's does: https://docs.kommunicate.io/docs/api-detail
func (c *Client) Conversation(ctx context.Context, groupID string) (Conversation, error) {
	return c.read(ctx, c.byID, "groupId", groupID, "", false)
}

// ConversationByClientID is Conversation by the caller's own id: https://docs.kommunicate.io/docs/api-detail
func (c *Client) ConversationByClientID(ctx context.Context, clientGroupID string) (Conversation, error) {
	return c.read(ctx, c.byClientID, "clientGroupId", clientGroupID, "", false)
}

// SeenConversation is Conversation as the acting user sees it, with that user's unread messages:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) SeenConversation(ctx context.Context, groupID string) (Conversation, error) {
	return c.read(ctx, c.seenByID, "groupId", groupID, c.ActingUserID, false)
}

// SeenConversationByClientID is SeenConversation by the caller's own id: https://docs.kommunicate.io/docs/api-detail
func (c *Client) SeenConversationByClientID(ctx context.Context, clientGroupID string) (Conversation, error) {
	return c.read(ctx, c.seenByClient, "clientGroupId", clientGroupID, c.ActingUserID, false)
}

// ConversationAfterWrite is Conversation directly after a write, which may take a moment to show:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) ConversationAfterWrite(ctx context.Context, groupID string) (Conversation, error) {
	return readBack(ctx, func(ctx context.Context) (Conversation, error) { return c.Conversation(ctx, groupID) })
}

// existing remembers which conversations exist, so that a thousand messages of one conversation ask once for it, also those
// that ask at the same time.
type existing struct {
	asked reads.Group[string, struct{}]

	mu   sync.Mutex
	seen map[string]time.Time // When, by the name and the value of the key.
}

// existenceLifetime is how long a conversation that was seen is believed to exist: about one run.
const existenceLifetime = 5 * time.Minute

func (e *existing) has(key string, now time.Time) bool {
	e.mu.Lock()
	defer e.mu.Unlock()

	seen, ok := e.seen[key]

	return ok && now.Sub(seen) < existenceLifetime
}

func (e *existing) add(key string, now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()

	if e.seen == nil {
		e.seen = map[string]time.Time{}
	}

	e.seen[key] = now
}

// drop forgets everything. Call it when a conversation was deleted.
func (e *existing) drop() {
	e.asked.Drop()

	e.mu.Lock()
	defer e.mu.Unlock()

	e.seen = nil
}

// CheckConversation returns an error if the conversation does not exist. The id may be remembered from an earlier check:
// https://docs.kommunicate.io/docs/api-detail
func (c *Client) CheckConversation(ctx context.Context, groupID string) error {
	return c.check(ctx, "groupId="+groupID, func(ctx context.Context) error {
		_, err := c.Conversation(ctx, groupID)
		return err
	})
}

// CheckConversationByClientID is CheckConversation by the caller's own id: https://docs.kommunicate.io/docs/api-detail
func (c *Client) CheckConversationByClientID(ctx context.Context, clientGroupID string) error {
	return c.check(ctx, "clientGroupId="+clientGroupID, func(ctx context.Context) error {
		_, err := c.ConversationByClientID(ctx, clientGroupID)
		return err
	})
}

func (c *Client) check(ctx context.Context, key string, read func(context.Context) error) error {
	if c.existing.has(key, c.now()) {
		return nil
	}

	_, err := c.existing.asked.Do(ctx, key, func(ctx context.Context) (struct{}, error) {
		err := read(ctx)
		if err == nil {
			c.existing.add(key, c.now())
		}

		return struct{}{}, err
	})

	return err
}

// feed is a page of conversations, or of messages.
type feed struct {
	Message       *wirejson.Rows[Message]      `json:"message"`
	GroupFeeds    *wirejson.Rows[Conversation] `json:"groupFeeds"`
	LastFetchTime float64                      `json:"lastFetchTime"`
}

// Check reports why the answer cannot be used.
func (f feed) Check() error {
	if f.Message == nil && f.GroupFeeds == nil {
		return errors.New("the answer holds no list")
	}

	return nil
}

// ConversationFilter chooses conversations. Empty fields choose any.
type ConversationFilter struct {
	// Status is a code, Assignee a user id.
	Status, Assignee string
}

// Conversations yields conversations page by page, those with the newest traffic first. The endpoint is of the vendor's
// SDKs: https://docs.kommunicate.io/docs/api-detail
//
// Unverified: whether conversations without any message are listed.
func (c *Client) Conversations(ctx context.Context, filter ConversationFilter) iter.Seq2[Conversation, error] {
	return func(yield func(Conversation, error) bool) {
		seen := map[wirejson.Text]bool{}

		for cursor := 0.0; ; {
			page, err := c.conversationPage(ctx, filter, cursor)
			if err != nil {
				yield(Conversation{}, c.explainRefusal(ctx, err))
				return
			}

			fresh := 0

			for _, row := range good(ctx, fmt.Sprintf("%s before %.0f", supportPath, cursor), page.GroupFeeds) {
				if seen[row.ID] {
					continue
				}

				seen[row.ID], fresh = true, fresh+1
				if !row.IsDeleted() && (filter.Status == "" || row.Metadata[KeyStatus] == filter.Status) && !yield(row, nil) {
					return
				}
			}

			// The row at the cursor may come again, so only a page without anything new is the last.
			if fresh == 0 || page.LastFetchTime <= 0 || page.LastFetchTime == cursor {
				return
			}

			cursor = page.LastFetchTime
		}
	}
}

func (c *Client) conversationPage(ctx context.Context, filter ConversationFilter, cursor float64) (feed, error) {
	path, query := supportPath, url.Values{"pageSize": {strconv.Itoa(pageSize)}}
	if filter.Assignee != "" {
		path += "/assigned"

		query.Set("userId", filter.Assignee)
	}

	if filter.Status != "" {
		query.Set("status", filter.Status)
	}

	if cursor > 0 {
		query.Set("lastFetchTime", strconv.FormatFloat(cursor, 'f', 0, 64))
	}

	page, _, err := do[feed](ctx, c, transport.Read("GET", path).WithQuery(query).WithHeader(ofUser, c.ActingUserID))

	return page, err
}

// Collect returns at most limit of the values, and the error that ended them.
func Collect[T any](values iter.Seq2[T, error], limit int) ([]T, error) {
	found := []T{}

	for value, err := range values {
		if err != nil {
			return nil, err
		}

		found = append(found, value)
		if len(found) >= limit {
			break
		}
	}

	return found, nil
}
