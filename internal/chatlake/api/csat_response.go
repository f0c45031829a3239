package api

import (
	"context"
	"iter"
	"net/url"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// CSATResponse is a customer's answer to a survey.
type CSATResponse struct {
	ID             ID     `json:"id"`
	Rating         int64  `json:"rating"`
	Feedback       string `json:"feedback_message"`
	ReviewNotes    string `json:"csat_review_notes"` // Of newer servers.
	MessageID      ID     `json:"message_id"`
	ConversationID ID     `json:"conversation_id"`
	CreatedAt      Time   `json:"created_at"`
	Contact        struct {
		ID   ID     `json:"id"`
		Name string `json:"name"`
	} `json:"contact"`
	Agent struct {
		ID   ID     `json:"id"`
		Name string `json:"name"`
	} `json:"assigned_agent"`
}

func (r CSATResponse) identity() ID { return r.ID }

// Check refuses an answer that cannot be told from others.
func (r CSATResponse) Check() error { return checkID(r.ID) }

// CSATResponsesQuery narrows a list of answers. The zero value is all.
type CSATResponsesQuery struct {
	Period

	Rating          int64
	InboxID, TeamID ID
	UserIDs         []ID
}

// EachCSATResponse lists answers, the oldest first. The list does not say how many there are: a page that is not full ends it.
func (c *Client) EachCSATResponse(ctx context.Context, q CSATResponsesQuery) iter.Seq2[CSATResponse, error] {
	const path = "/csat_survey_responses"

	return eachOnPages(ctx, path, func(ctx context.Context, number int) (wirejson.Rows[CSATResponse], bool, error) {
		query := url.Values{"page": {strconv.Itoa(number)}, "sort": {"created_at"}}
		setIDs(query, map[string]ID{"inbox_id": q.InboxID, "team_id": q.TeamID})
		q.set(query)

		if q.Rating != 0 {
			query.Set("rating", strconv.FormatInt(q.Rating, 10))
		}

		for _, id := range q.UserIDs {
			query.Add("user_ids[]", id.String())
		}

		rows, err := transport.Do[wirejson.Rows[CSATResponse]](ctx, c.sender, c.read("GET", path).WithQuery(query))

		return rows, err != nil || rows.Len() < countedPageSize, err
	})
}
