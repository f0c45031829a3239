package api

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// dailyLimit is the documented default, for answers that only have the rest
// (https://docs.imi.chat/reference/rate-limits-1).
const dailyLimit = 10_000

// Quota holds the requests that the tenant has for today.
type Quota struct {
	Limit, Remaining int
	// Reset is when it starts anew, as the platform wrote it.
	Reset string
}

// ResetsAt returns the time of the reset in RFC 3339, or "" if the platform's form of it cannot be read.
func (q Quota) ResetsAt(now time.Time) string {
	at, ok := resetTime(q.Reset, now)
	if !ok || q.Reset == "" {
		return ""
	}

	return at.UTC().Format(time.RFC3339)
}

// quota remembers the headers of the last answer.
type quota struct {
	mu     sync.Mutex
	last   Quota
	known  bool
	warned bool
}

// observe reads the headers that are on every answer, and returns them for the log.
func (q *quota) observe(header http.Header) map[string]any {
	remaining, err := strconv.Atoi(header.Get("Rate-Limit-Remaining"))
	if err != nil {
		return nil
	}

	limit, err := strconv.Atoi(header.Get("Rate-Limit-Limit"))
	if err != nil || limit <= 0 {
		limit = dailyLimit
	}

	q.mu.Lock()
	defer q.mu.Unlock()

	q.last, q.known = Quota{Limit: limit, Remaining: remaining, Reset: header.Get("Rate-Limit-Reset")}, true

	return map[string]any{"quota_limit": limit, "quota_remaining": remaining}
}

// of returns the quota of these headers, or else that of the last answer that had one.
func (q *quota) of(header http.Header) (Quota, bool) {
	q.observe(header)
	q.mu.Lock()
	defer q.mu.Unlock()

	return q.last, q.known
}

// low returns the quota if less than a tenth of it is left, and only the first time.
func (q *quota) low() (Quota, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()

	if !q.known || q.warned || q.last.Remaining*10 >= q.last.Limit {
		return Quota{}, false
	}

	q.warned = true

	return q.last, true
}

// resetTime reads Rate-Limit-Reset.
//
// Unverified: its form. "Timestamp" is all that is documented, so everything that is commonly called one is read: seconds
// or milliseconds since 1970, seconds from now, and dates.
func resetTime(value string, now time.Time) (time.Time, bool) {
	value = strings.TrimSpace(value)
	if n, err := strconv.ParseFloat(value, 64); err == nil {
		switch {
		case math.IsNaN(n) || n < 0 || n > 1e14:
			return time.Time{}, false
		case n >= 1e11:
			return time.UnixMilli(int64(n)), true
		case n >= 1e8:
			return time.Unix(int64(n), 0), true
		default:
			return now.Add(time.Duration(n * float64(time.Second))), true
		}
	}

	if at, err := http.ParseTime(value); err == nil {
		return at, true
	}

	return parseTime(value)
}

// parseTime reads a date in the forms that the platform's pages and events show. Without a zone it is UTC.
func parseTime(value string) (time.Time, bool) {
	if _, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil {
		return time.Time{}, false
	}

	at := wirejson.ParseTime(value)

	return at, !at.IsZero()
}
