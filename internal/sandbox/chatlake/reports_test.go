package chatlake_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// TestReport_periods covers where the periods of a report begin, and what is in them: the recordings have them as placeholders.
func TestReport_periods(t *testing.T) {
	w := newWorld(t) // It is Wednesday, the 4th of March 2026, 05:06:07.

	contact := w.contact(`{"name":"Ana","inbox_id":101,"source_id":"ana"}`)
	w.make("/conversations", `{"inbox_id":101,"contact_id":`+contact+`,"source_id":"ana"}`, "id")

	at := func(month time.Month, day, hour int) int64 {
		return time.Date(2026, month, day, hour, 0, 0, 0, time.UTC).Unix()
	}

	for name, c := range map[string]struct {
		query        string
		since, until int64
		begin        []int64
		counted      int // In which period the conversation is.
	}{
		"days":               {"", at(3, 3, 12), at(3, 5, 0), []int64{at(3, 3, 0), at(3, 4, 0)}, 1},
		"what is no period":  {"&group_by=minute", at(3, 3, 12), at(3, 5, 1), []int64{at(3, 3, 0), at(3, 4, 0), at(3, 5, 0)}, 1},
		"hours":              {"&group_by=hour", at(3, 4, 4), at(3, 4, 6), []int64{at(3, 4, 4), at(3, 4, 5)}, 1},
		"weeks":              {"&group_by=week", at(2, 26, 0), at(3, 5, 0), []int64{at(2, 22, 0), at(3, 1, 0)}, 1},
		"months":             {"&group_by=month", at(2, 27, 0), at(3, 5, 0), []int64{at(2, 1, 0), at(3, 1, 0)}, 1},
		"years":              {"&group_by=year", at(3, 1, 0), at(3, 5, 0), []int64{at(1, 1, 0)}, 0},
		"days of a zone":     {"&timezone_offset=-6", at(3, 3, 12), at(3, 4, 7), []int64{at(3, 3, 6), at(3, 4, 6)}, 0},
		"before it was made": {"", at(3, 3, 12), at(3, 4, 5), []int64{at(3, 3, 0), at(3, 4, 0)}, -1},
	} {
		_, answer := w.raw("GET", fmt.Sprintf("//api/v2/accounts/1/reports?metric=conversations_count&type=account&since=%d&until=%d%s", c.since, c.until, c.query), "", nil)

		var rows []struct{ Value, Timestamp int64 }

		err := json.Unmarshal([]byte(answer), &rows)
		if err != nil || len(rows) != len(c.begin) {
			t.Errorf("%s: %v, want %d rows: %s", name, err, len(c.begin), answer)
			continue
		}

		for i, row := range rows {
			if row.Timestamp != c.begin[i] || (row.Value == 1) != (i == c.counted) {
				t.Errorf("%s, row %d: %v, want it to begin at %d, and the conversation in row %d", name, i, row, c.begin[i], c.counted)
			}
		}
	}
}
