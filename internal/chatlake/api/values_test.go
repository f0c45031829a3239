package api_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

func TestID(t *testing.T) {
	for text, want := range map[string]api.ID{`7`: 7, `"7"`: 7, `null`: 0, `""`: 0} {
		var id api.ID
		if err := json.Unmarshal([]byte(text), &id); err != nil || id != want {
			t.Errorf("%s: %v, %v", text, id, err)
		}
	}

	for _, text := range []string{`"x"`, `1.5`, `{}`, `true`, `99999999999999999999`} {
		var id api.ID
		if err := json.Unmarshal([]byte(text), &id); err == nil {
			t.Errorf("%s is %v", text, id)
		}
	}

	if sent, err := json.Marshal(api.ID(7)); err != nil || string(sent) != "7" {
		t.Errorf("sent %s, %v", sent, err)
	}

	if api.ParseID("x") != 0 || api.ParseID("42") != 42 {
		t.Error("ids are read wrongly")
	}
}

func TestTime(t *testing.T) {
	whole := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		`1767600000`: whole, `"1767600000"`: whole, `1767600000.25`: whole.Add(250 * time.Millisecond), `"2026-01-05T08:00:00.000Z"`: whole,
		`"2026-01-05T10:00:00+02:00"`: whole, `0`: {}, `null`: {}, `""`: {}, `-1`: {}, `"yesterday"`: {},
	} {
		var at api.Time
		if err := json.Unmarshal([]byte(text), &at); err != nil || !at.Equal(want) {
			t.Errorf("%s: %v, %v", text, at, err)
		}
	}
}

func TestNullable(t *testing.T) {
	type request struct {
		A api.Nullable[string] `json:"a,omitzero"`
		B api.Nullable[string] `json:"b,omitzero"`
		C api.Nullable[bool]   `json:"c,omitzero"`
	}
	if sent, err := json.Marshal(request{B: api.Null[string](), C: api.Set(false)}); err != nil || string(sent) != `{"b":null,"c":false}` {
		t.Errorf("%s, %v", sent, err)
	}
}

// FuzzDecode holds the lenient decoders to never panicking, whatever comes.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		ana, opened, `{"id":"7"}`, `{"message_type":7}`, `{"message_type":"x"}`, `{"created_at":{}}`, `{"custom_attributes":[]}`, `null`, `[]`, `"`, ``,
		`{"meta":null}`, `{"meta":{"assignee":null,"team":{}}}`, `{"messages":[null]}`, `{"content_attributes":"{}"}`, `{"created_at":1e400}`, `{"id":-0}`,
	} {
		f.Add([]byte(seed))
	}

	f.Fuzz(func(_ *testing.T, raw []byte) {
		var (
			contact      api.Contact
			conversation api.Conversation
			message      api.Message
		)

		_ = json.Unmarshal(raw, &contact)
		_ = json.Unmarshal(raw, &conversation)
		_ = json.Unmarshal(raw, &message)
		_, _, _, _ = conversation.SourceID(), conversation.AssigneeID(), conversation.TeamID(), message.Deleted()
	})
}
