package api

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"
)

func TestTolerance(t *testing.T) {
	var chat Chat

	raw := `{"CHAT_ID":12,"status":" Queued ","asset":"im00000001","customer":null,"customer_id":7,"messages":"","tag":"vip","other_details":[],"route_params":null,
		"created_at":"2026-01-31 09:30:00","updated_at":1769851800000,"team_id":0,"assignee":null}`
	if err := json.Unmarshal([]byte(raw), &chat); err != nil {
		t.Fatal(err)
	}

	if chat.ID != "12" || chat.Status != "queued" || chat.Asset.ID != "im00000001" || chat.Customer.ID != "7" || len(chat.Tags) != 1 || chat.TeamID != "" || !chat.Listed ||
		chat.CreatedAt.IsZero() || !chat.CreatedAt.Equal(chat.UpdatedAt) {
		t.Errorf("read %+v", chat)
	}

	raw = `{"chat_id":"CSR1","status":"queued","other_details":{"text":"1","number":1,"object":{"a":[1.50]},"none":null}}`
	if err := json.Unmarshal([]byte(raw), &chat); err != nil {
		t.Fatal(err)
	}

	kept, err := json.Marshal(chat.Details)
	if err != nil || string(kept) != `{"none":null,"number":1,"object":{"a":[1.50]},"text":"1"}` || chat.OtherDetails["object"] != `{"a":[1.50]}` {
		t.Errorf("read %+v, kept %s", chat.OtherDetails, kept)
	}

	var message Message

	raw = `{"type":"Inbound","abc_sub_type":"timepicker","time_picker_response":"x","list_picker_response":["a"],"livechat_sub_type":"quick_reply_response",
		"quick_replies":"","attachment":null,"delivery_details":{"correlationid":"c"}}`
	if err := json.Unmarshal([]byte(raw), &message); err != nil {
		t.Fatal(err)
	}

	if message.Type != "inbound" || *message.ABCSubType != "timepicker_response" || *message.TimepickerResponse != "x" || message.ListpickerResponse[0] != "a" ||
		*message.LivechatSubType != "quick_replies" || message.QuickReplies != nil || message.DeliveryDetails.CorrelationID != "c" {
		t.Errorf("read %+v", message)
	}
	// What is odd about one message must not make its chat unreadable.
	raw = `{"type":"outbound","attachment":{"type":"Image","url":7},"timepicker_response":"2026-01-31 09:30:00",
		"quick_replies":{"request_identifier":1,"options":[{"title":2,"payload":{"a":1}},null]},
		"quick_reply_response":{"request_identifier":null,"options":{"title":"x"}}}`
	if err := json.Unmarshal([]byte(raw), &message); err != nil {
		t.Fatal(err)
	}

	if message.Attachment.Type != "image" || message.Attachment.URL != "7" || *message.TimepickerResponse != "2026-01-31T09:30:00.000Z" ||
		message.QuickReplies.RequestIdentifier != "1" || message.QuickReplies.Options[0] != (QuickReply{"2", `{"a":1}`}) || len(message.QuickReplies.Options) != 1 ||
		message.QuickReplyResponse.Options[0].Title != "x" {
		t.Errorf("read %+v", message)
	}
}

// TestWrappers finds the rows of an answer wherever they are.
func TestWrappers(t *testing.T) {
	const row = `{"chat_id":"CSR1","status":"queued"}`
	for response, want := range map[string]int{
		row: 1, "[" + row + "]": 1, `{"chat":` + row + `}`: 1, `{"chats":[` + row + `]}`: 1, `{"chats":[` + row + `],"page":1}`: 1, `{"chat_list":[` + row + `]}`: 1,
		`{"chats":[]}`: 0, `{"chats":""}`: 0, `{"chat_list":[]}`: 0, `""`: 0, `null`: 0,
		`{}`: -1, `{"chat_list":"none"}`: -1, `{"chat_list":[{}]}`: -1, `"none"`: -1,
	} {
		found, err := decodeList[Chat]([]byte(enveloped("4304", response)), "chat")

		got := len(found.rows)
		if err == nil {
			err = found.failure
		}

		if err != nil && want >= 0 || err == nil && got != want {
			t.Errorf("%s has %d rows, %v", response, got, err)
		}
	}
}

// TestSeveral reads an array without writing over it: rows of a list are parsed a second time.
func TestSeveral(t *testing.T) {
	const row = `{"chat_id":"CSR1","status":"queued","messages":[ {"type":"inbound","text":"One"}, {"type":"outbound","text":"Two"} ]}`
	for response, want := range map[string]int{row: 1, "[" + row + "]": 1, `{"chats":[` + row + "," + row + `]}`: 2} {
		found, err := decodeList[Chat]([]byte(enveloped("4304", response)), "chat")
		if err != nil || len(found.rows) != want || len(found.odd) > 0 {
			t.Errorf("%s has %d rows, %v", response, len(found.rows), err)
			continue
		}

		for _, chat := range found.rows {
			if len(chat.Messages) != 2 || *chat.Messages[0].Text != "One" || *chat.Messages[1].Text != "Two" {
				t.Errorf("%s holds %+v", response, chat.Messages)
			}
		}
	}
}

func TestSameID(t *testing.T) {
	for _, pair := range []struct {
		a, b string
		same bool
	}{
		{"447700900123", "+44 7700 900123", true},
		{"0012", "12", true},
		{"Ana@Example.com", "ana@example.com", true},
		{"customer-1", "customer-2", false},
		{"447700900123", "447700900124", false},
		{"", "0", false},
	} {
		if SameID(pair.a, pair.b) != pair.same {
			t.Errorf("%q and %q: not %v", pair.a, pair.b, pair.same)
		}
	}
}

func TestQuota(t *testing.T) {
	var q quota

	header := func(limit, remaining string) http.Header {
		return http.Header{"Rate-Limit-Limit": {limit}, "Rate-Limit-Remaining": {remaining}}
	}

	fields := q.observe(header("10000", "1000"))
	if fields["quota_remaining"] != 1000 {
		t.Errorf("the log has %v", fields)
	}

	if _, ok := q.low(); ok {
		t.Error("a tenth is not low")
	}

	q.observe(http.Header{})
	q.observe(header("", "999"))

	if left, ok := q.low(); !ok || left.Remaining != 999 || left.Limit != dailyLimit {
		t.Errorf("%+v %v", left, ok)
	}

	_, low := q.low()
	if low {
		t.Error("it warns twice")
	}
}

func TestResetTime(t *testing.T) {
	now := time.Date(2026, 1, 31, 9, 30, 0, 0, time.UTC)

	midnight := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	for _, value := range []string{
		"2026-02-01T00:00:00Z", "2026-02-01T01:00:00+01:00", "2026-02-01 00:00:00", "2026-02-01T00:00:00.0000000Z",
		"1769904000", "1769904000000", "52200", "Sun, 01 Feb 2026 00:00:00 GMT", " 1769904000 ",
	} {
		if at, ok := resetTime(value, now); !ok || !at.Equal(midnight) {
			t.Errorf("%q is %v, %v", value, at, ok)
		}
	}

	for _, value := range []string{"", "midnight", "-1", "1e300", "NaN"} {
		if at, ok := resetTime(value, now); ok {
			t.Errorf("%q is %v", value, at)
		}
	}
}

// FuzzAnswer takes whatever a platform may answer: never a panic, never a chat without an id.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		enveloped("4304", wholeChat), enveloped(`"4304"`, `{"chat":`+wholeChat+`}`), enveloped("1", `{"chats":[`+wholeChat+`,null]}`),
		enveloped("1", `""`), enveloped("null", `null`), `null`, `[]`, `{"response":{"chats":{}}}`, enveloped("1", `[[]]`),
		enveloped("1", `{"chat_id":"x","status":"y","messages":[{"attachment":"","quick_replies":{"options":null}}],"tag":[null,1],"other_details":{"a":null}}`),
	} {
		f.Add([]byte(seed))
	}

	f.Fuzz(func(t *testing.T, body []byte) {
		chats, err := decodeList[Chat](body, "chat")
		for _, chat := range chats.rows {
			if err == nil && (chat.ID == "" || chat.Status == "") {
				t.Errorf("a chat without id or status from %q", body)
			}
		}

		users, err := decodeList[User](body, "user")
		for _, user := range users.rows {
			if err == nil && user.ID == "" {
				t.Errorf("a user without id from %q", body)
			}
		}

		teams, err := decodeList[Team](body, "team")
		for _, team := range teams.rows {
			if err == nil && team.ID == "" {
				t.Errorf("a team without id from %q", body)
			}
		}
	})
}

// FuzzResetTime takes whatever stands in a header.
func FuzzResetTime(f *testing.F) {
	for _, seed := range []string{"1769904000", "2026-02-01T00:00:00Z", "1e9", "Inf", "-0", ""} {
		f.Add(seed)
	}

	f.Fuzz(func(_ *testing.T, value string) {
		resetTime(value, time.Unix(0, 0))
	})
}
