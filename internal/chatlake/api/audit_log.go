package api

import (
	"context"
	"iter"
	"net/url"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// AuditLog is an entry of the account's log: one change of one object.
type AuditLog struct {
	ID            ID     `json:"id"`
	AuditableType string `json:"auditable_type"`
	AuditableID   ID     `json:"auditable_id"`
	Action        string `json:"action"`
	UserID        ID     `json:"user_id"`
	Username      string `json:"username"`
	Version       int64  `json:"version"`
	CreatedAt     Time   `json:"created_at"`
	RemoteAddress string `json:"remote_address"`
	// Changes holds values of the object by its columns: one of something that was made or is gone, the old and the new one
	// of something that changed.
	Changes Object `json:"audited_changes"`
}

func (l AuditLog) identity() ID { return l.ID }

// Check refuses an entry that cannot be told from others.
func (l AuditLog) Check() error { return checkID(l.ID) }

// EachAuditLog lists the log, the newest entry first. The server shows an empty one to an account without the feature: that is an
// error.
func (c *Client) EachAuditLog(ctx context.Context) iter.Seq2[AuditLog, error] {
	const path = "/audit_logs"

	return eachOnPages(ctx, path, func(ctx context.Context, number int) (wirejson.Rows[AuditLog], bool, error) {
		call := c.read("GET", path).WithQuery(url.Values{"page": {strconv.Itoa(number)}})

		page, err := transport.Do[struct {
			PerPage int                      `json:"per_page"`
			Total   int                      `json:"total_entries"`
			Logs    *wirejson.Rows[AuditLog] `json:"audit_logs"`
		}](ctx, c.sender, call)

		switch {
		case err != nil:
			return wirejson.Rows[AuditLog]{}, true, err
		case page.Logs == nil:
			return wirejson.Rows[AuditLog]{}, true, unusable(call, "the answer is not the list that was expected: it has no audit_logs")
		case page.Logs.Len() == 0 && number == 1:
			return *page.Logs, true, c.requireFeatures(ctx, call)
		default:
			return *page.Logs, page.Logs.Len() == 0 || number*page.PerPage >= page.Total, nil
		}
	})
}
