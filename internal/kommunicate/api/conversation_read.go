package api

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const (
	detailsPath = "/rest/ws/group/details"
	infoPath    = "/rest/ws/group/v2/info"

	mostGroups = 60
	// mostClientIDs is less, because they may be 255 characters long and travel in the address.
	mostClientIDs = 20
	// pageSize is what the vendor's SDKs ask for.
	pageSize = 60
)

type conversations []Conversation

func (cs conversations) problem() string {
	for _, c := range cs {
		problem := c.problem()
		if problem != "" {
			return problem
		}
	}

	return ""
}

// idOf and clientIDOf choose what a conversation is asked for by.
func idOf(c Conversation) (string, string) {
	return "groupId", string(c.ID)
}

func clientIDOf(c Conversation) (string, string) {
	return "clientGroupId", string(c.ClientGroupID)
}

// batchError says that the endpoint for many did not answer for this conversation, which does not mean that it is gone.
type batchError struct{ err error }

func (e batchError) Error() string { return e.err.Error() }

func (e batchError) Unwrap() error { return e.err }

var (
	errLeftOut = errors.New("the platform left the conversation out of its answer")
	errSingle  = errors.New("the platform does not serve several conversations at once")
)

// conversationBatch reads conversations in batches; viewer is whose unread messages are counted. The endpoint for many is
// known from the vendor's SDKs only.
func (c *Client) conversationBatch(keyOf func(Conversation) (string, string), viewer string) *reads.Batch[string, Conversation] {
	name, _ := keyOf(Conversation{})

	most := mostGroups
	if name == "clientGroupId" {
		most = mostClientIDs
	}

	return &reads.Batch[string, Conversation]{
		Max: most,
		Read: func(ctx context.Context, keys []string) (map[string]Conversation, error) {
			if len(keys) == 1 { // The endpoint for one is the better known of the two.
				found, err := c.info(ctx, name, keys[0], viewer)
				return map[string]Conversation{keys[0]: found}, err
			}

			if c.single.Load() {
				return nil, batchError{errSingle}
			}

			rows, _, err := do[conversations](ctx, c, viewed(transport.Read("GET", detailsPath).WithQuery(url.Values{name + "s": keys}), viewer))
			if err != nil {
				return nil, batchError{err}
			}

			found := make(map[string]Conversation, len(rows))
			for _, row := range rows {
				_, key := keyOf(row)
				found[key] = row
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

// wholeConversation is an answer that must tell all: what it leaves out would look as if somebody had removed it.
type wholeConversation Conversation

func (c wholeConversation) problem() string {
	whole := Conversation(c)

	problem := whole.problem()
	if problem != "" || whole.Deleted() || whole.Whole() {
		return problem
	}

	return "the answer holds a conversation without its members or metadata"
}

// info reads one conversation. The endpoint is of the backend's pages, not of the Platform API's.
func (c *Client) info(ctx context.Context, name, key, viewer string) (Conversation, error) {
	found, _, err := do[wholeConversation](ctx, c, viewed(transport.Read("GET", infoPath).WithQuery(url.Values{name: {key}}), viewer))
	if err != nil {
		return Conversation{}, c.refused(ctx, err)
	}

	return Conversation(found), nil
}

// read asks the batch, and the endpoint for one where the batch does not answer: before anything is called gone, that one
// has said so. Only who is hasty takes it from the batch.
func (c *Client) read(ctx context.Context, batch *reads.Batch[string, Conversation], name, key, viewer string, hasty bool) (Conversation, error) {
	found, err := batch.Get(ctx, key)

	var unanswered batchError
	switch {
	case hasty && errors.Is(err, errLeftOut):
		return found, notFound(codeGroupNotFound, "group not found", "GET", detailsPath)
	case err == nil && !found.Whole() && !found.Deleted():
		// Many at once may be told in less detail.
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
	case found.Deleted():
		return found, notFound(codeGroupNotFound, "the conversation was deleted", "GET", infoPath)
	}

	return found, nil
}

// LookUpConversation is ConversationByClientID for an id that is about to be used: that many at once were asked for and
// this one was left out is answer enough, because creating it tells as well: https://docs.kommunicate.io/docs/api-detail
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

// feed is a page of conversations, or of messages.
type feed struct {
	Message       []Message      `json:"message"`
	GroupFeeds    []Conversation `json:"groupFeeds"`
	LastFetchTime float64        `json:"lastFetchTime"`
}

func (f feed) problem() string {
	if f.Message == nil && f.GroupFeeds == nil {
		return "the answer holds no list"
	}

	return ""
}

// Conversations lists conversations, those with the newest traffic first, at most most of them. Status is a code and
// assignee a user id; empty is any. The endpoint is of the vendor's SDKs: https://docs.kommunicate.io/docs/api-detail
//
// Unverified: whether conversations without any message are listed.
func (c *Client) Conversations(ctx context.Context, status, assignee string, most int) ([]Conversation, error) {
	path, query := "/rest/ws/group/support", url.Values{"pageSize": {strconv.Itoa(pageSize)}}
	if assignee != "" {
		path += "/assigned"

		query.Set("userId", assignee)
	}

	if status != "" {
		query.Set("status", status)
	}

	var found []Conversation

	seen := map[Ident]bool{}

	for cursor := 0.0; ; {
		page, _, err := do[feed](ctx, c, transport.Read("GET", path).WithQuery(query).WithHeader(ofUser, c.ActingUserID))
		if err != nil {
			return nil, c.refused(ctx, err)
		}

		fresh := 0

		for _, row := range page.GroupFeeds {
			problem := row.problem()
			if problem != "" || seen[row.ID] {
				continue
			}

			seen[row.ID], fresh = true, fresh+1
			if !row.Deleted() && (status == "" || row.Metadata[KeyStatus] == status) {
				found = append(found, row)
			}
		}
		// The row at the cursor may come again, so only a page without anything new is the last.
		if fresh == 0 || page.LastFetchTime <= 0 || page.LastFetchTime == cursor || len(found) >= most {
			return found[:min(len(found), most)], nil
		}

		cursor = page.LastFetchTime

		query = url.Values{"pageSize": query["pageSize"], "lastFetchTime": {strconv.FormatFloat(cursor, 'f', 0, 64)}}
		if assignee != "" {
			query.Set("userId", assignee)
		}

		if status != "" {
			query.Set("status", status)
		}
	}
}
