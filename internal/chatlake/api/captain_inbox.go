package api

import (
	"context"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// CaptainInbox is an inbox in which an assistant answers. The server tells the whole inbox, and of the assistant nothing.
type CaptainInbox struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"`
	AssistantID ID     `json:"-"`
}

func (i CaptainInbox) identity() ID { return i.ID }

// Check refuses a row without an id.
func (i CaptainInbox) Check() error { return checkID(i.ID) }

// CaptainInboxRequest gives an inbox an assistant. From is the one that it has; zero if it has none.
type CaptainInboxRequest struct{ From, To ID }

// captainInboxes are the lists of the assistants.
func (c *Client) captainInboxes() *reads.By[ID, *rowList[CaptainInbox]] {
	return kindOf(c, "chatlake_captain_inbox", func() *reads.By[ID, *rowList[CaptainInbox]] {
		return &reads.By[ID, *rowList[CaptainInbox]]{New: func(assistant ID) *rowList[CaptainInbox] {
			call := c.read("GET", "/captain/assistants/%s/inboxes", assistant.String())

			return newRowList("Captain inbox", call, func(ctx context.Context) (wirejson.Rows[CaptainInbox], error) {
				rows, err := payloadRows[CaptainInbox](ctx, c, call)
				for i := range rows.Good {
					rows.Good[i].AssistantID = assistant
				}

				return byID(rows), err
			})
		}}
	})
}

// CaptainInboxes lists the inboxes of an assistant.
//
// GET /captain/assistants/:id/inboxes is not on the vendor's pages.
func (c *Client) CaptainInboxes(ctx context.Context, assistant ID) ([]CaptainInbox, error) {
	return c.captainInboxes().Of(assistant).All(ctx)
}

// AllCaptainInboxes lists the inboxes of all assistants. There is no list of them, so each assistant is asked.
func (c *Client) AllCaptainInboxes(ctx context.Context) ([]CaptainInbox, error) {
	assistants, err := c.CaptainAssistants().All(ctx)
	if err != nil {
		return nil, err
	}

	var all []CaptainInbox

	for _, assistant := range assistants {
		own, err := c.CaptainInboxes(ctx, assistant.ID)
		if err != nil && !transport.IsNotFound(err) { // It may have gone since.
			return nil, err
		}

		all = append(all, own...)
	}

	slices.SortFunc(all, compareIDs)

	return all, nil
}

// CaptainInbox reads who answers in an inbox. Of the assistant that had it last, only the list is asked, if it is still there; zero
// for one that is not known.
func (c *Client) CaptainInbox(ctx context.Context, assistant, inbox ID) (CaptainInbox, error) {
	if assistant != 0 {
		found, err := c.captainInboxes().Of(assistant).Get(ctx, inbox)
		if !transport.IsNotFound(err) {
			return found, err
		}
	}

	others, err := c.CaptainAssistants().All(ctx)
	if err != nil {
		return CaptainInbox{}, err
	}

	for _, other := range others {
		found, err := c.captainInboxes().Of(other.ID).Get(ctx, inbox)
		if !transport.IsNotFound(err) {
			return found, err
		}
	}

	return CaptainInbox{}, missing("Captain inbox", c.read("GET", "/captain/assistants"), inbox)
}

// MoveCaptainInbox gives an inbox an assistant. The server takes none while there is another one, so that one goes first.
//
// POST and DELETE /captain/assistants/:id/inboxes are not on the vendor's pages. Unverified: that the refusal of an inbox that is
// taken names the field inbox_id, as other failed validations name theirs.
func (c *Client) MoveCaptainInbox(ctx context.Context, inbox ID, request CaptainInboxRequest) (CaptainInbox, error) {
	if request.From != 0 {
		err := c.DeleteCaptainInbox(ctx, request.From, inbox)
		if err != nil && !transport.IsNotFound(err) {
			return CaptainInbox{}, err
		}
	}

	made, err := c.addCaptainInbox(ctx, request.To, inbox)

	for pause := firstReadBack; c.isLeftOver(ctx, inbox, err) && pause <= lastReadBack; pause *= 2 {
		if !wait(ctx, pause, "the end of the assistant that inbox "+inbox.String()+" had") {
			break
		}

		made, err = c.addCaptainInbox(ctx, request.To, inbox)
	}

	return made, err
}

// isLeftOver reports whether an inbox was refused as taken although no assistant has it: the one that had it is deleted, and a
// job has yet to take the inbox from it.
func (c *Client) isLeftOver(ctx context.Context, inbox ID, cause error) bool {
	failure := transport.As(cause)
	if failure == nil || failure.Fields["inbox_id"] == "" {
		return false
	}

	_, err := c.CaptainInbox(reads.Fresh(ctx), 0, inbox)

	return transport.IsNotFound(err)
}

func (c *Client) addCaptainInbox(ctx context.Context, assistant, inbox ID) (CaptainInbox, error) {
	defer c.captainInboxes().Drop()

	call := c.create("POST", "/captain/assistants/%s/inboxes", assistant.String()).WithJSON(wrapped("inbox", wrapped("inbox_id", inbox)))
	made, err := doObject[CaptainInbox](ctx, c, call)
	made.AssistantID = assistant

	return made, err
}

// DeleteCaptainInbox takes an inbox from its assistant.
//
// DELETE /captain/assistants/:id/inboxes/:inbox_id is not on the vendor's pages.
func (c *Client) DeleteCaptainInbox(ctx context.Context, assistant, inbox ID) error {
	defer c.captainInboxes().Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/captain/assistants/%s/inboxes/%s", assistant.String(), inbox.String()))
}
