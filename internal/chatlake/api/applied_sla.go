package api

import (
	"context"
	"errors"
	"iter"
	"net/url"
	"strconv"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Period is a time from Since up to Until, without its end. The zero value is all time.
type Period struct{ Since, Until time.Time }

// set puts the period into a query. The server looks at the two only together.
func (p Period) set(query url.Values) {
	if !p.Since.IsZero() && !p.Until.IsZero() {
		query.Set("since", strconv.FormatInt(p.Since.Unix(), 10))
		query.Set("until", strconv.FormatInt(p.Until.Unix(), 10))
	}
}

// setIDs puts those ids into a query that are not 0.
func setIDs(query url.Values, ids map[string]ID) {
	for name, id := range ids {
		if id != 0 {
			query.Set(name, id.String())
		}
	}
}

// AppliedSLA is what an SLA policy has come to in a conversation.
//
// Unverified: the events and what is told of the conversation. The recorded servers had no policy that was missed; they are read
// in the server's source.
type AppliedSLA struct {
	Applied struct {
		ID        ID     `json:"id"`
		PolicyID  ID     `json:"sla_id"`
		Name      string `json:"sla_name"`
		Status    string `json:"sla_status"`
		CreatedAt Time   `json:"created_at"`
		UpdatedAt Time   `json:"updated_at"`
	} `json:"applied_sla"`
	Conversation struct {
		ID      ID `json:"id"`
		Contact struct {
			Name string `json:"name"`
		} `json:"contact"`
		Labels   wirejson.Texts `json:"labels"`
		Assignee struct {
			ID   ID     `json:"id"`
			Name string `json:"name"`
		} `json:"assignee"`
	} `json:"conversation"`
	Events []SLAEvent `json:"sla_events"`
}

// SLAEvent is a threshold that was missed.
type SLAEvent struct {
	ID        ID     `json:"id"`
	Type      string `json:"event_type"`
	CreatedAt Time   `json:"created_at"`
}

func (a AppliedSLA) identity() ID { return a.Applied.ID }

// Check refuses a row that cannot be told from others, or that is about no conversation.
func (a AppliedSLA) Check() error {
	if a.Conversation.ID == 0 {
		return errors.New("it has no conversation")
	}

	return checkID(a.Applied.ID)
}

// AppliedSLAsQuery narrows a list of applied SLAs. The zero value is all that were missed.
type AppliedSLAsQuery struct {
	Period

	InboxID, TeamID, PolicyID, AgentID ID
	Label                              string
}

// EachAppliedSLA lists what was missed, the oldest first. The server leaves out what was not.
func (c *Client) EachAppliedSLA(ctx context.Context, q AppliedSLAsQuery) iter.Seq2[AppliedSLA, error] {
	const path = "/applied_slas"

	return eachOnPages(ctx, path, func(ctx context.Context, number int) (wirejson.Rows[AppliedSLA], bool, error) {
		query := url.Values{"page": {strconv.Itoa(number)}, "sort": {"created_at"}}
		setIDs(query, map[string]ID{"inbox_id": q.InboxID, "team_id": q.TeamID, "sla_policy_id": q.PolicyID, "assigned_agent_id": q.AgentID})
		q.set(query)

		if q.Label != "" {
			query.Set("label_list", q.Label)
		}

		call := c.read("GET", path).WithQuery(query)

		page, err := transport.Do[struct {
			Payload *wirejson.Rows[AppliedSLA] `json:"payload"`
			Meta    struct {
				Count int `json:"count"`
			} `json:"meta"`
		}](ctx, c.sender, call)
		if err == nil && page.Payload == nil {
			err = unusable(call, "the answer is not the list that was expected: it has no payload")
		}

		if err != nil {
			return wirejson.Rows[AppliedSLA]{}, true, err
		}

		return *page.Payload, page.Payload.Len() == 0 || number*countedPageSize >= page.Meta.Count, nil
	})
}
