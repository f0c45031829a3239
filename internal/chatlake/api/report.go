package api

import (
	"context"
	"net/url"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Report is what the server has counted in a period, and in the one of the same length before it.
type Report struct {
	Figures

	Previous Figures `json:"previous"`
}

// Figures are counts, and averages in seconds. An average of nothing is nil.
type Figures struct {
	Conversations    *int64   `json:"conversations_count"`
	IncomingMessages *int64   `json:"incoming_messages_count"`
	OutgoingMessages *int64   `json:"outgoing_messages_count"`
	Resolutions      *int64   `json:"resolutions_count"`
	FirstResponse    *float64 `json:"avg_first_response_time"`
	Resolution       *float64 `json:"avg_resolution_time"`
	ReplyTime        *float64 `json:"reply_time"` // Absent in older servers.
}

// ReportQuery says what a report is about.
type ReportQuery struct {
	Period

	// Type is account, inbox, agent, team or label; ID is that of the object, and 0 of the account.
	Type string
	ID   ID
	// BusinessHours counts only the time in which an inbox is open.
	BusinessHours bool
}

// Report reads the summary of a period.
//
// Unverified: that business_hours counts for the summary. It was recorded with the report over time, which takes the same parameters.
//
// https://developers.chatwoot.com/api-reference/reports/get-account-reporting-summary
func (c *Client) Report(ctx context.Context, q ReportQuery) (Report, error) {
	query := url.Values{"type": {q.Type}}
	setIDs(query, map[string]ID{"id": q.ID})
	q.set(query)

	if q.BusinessHours {
		query.Set("business_hours", "true")
	}

	call := transport.Read("GET", "/api/v2/accounts/%s/reports/summary", c.AccountID).At(c.BaseURL).WithQuery(query)

	report, err := transport.Do[Report](ctx, c.sender, call)
	if err == nil && report.Conversations == nil {
		err = unusable(call, "the answer has no conversations_count")
	}

	return report, err
}
