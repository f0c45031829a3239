package api

import (
	"io"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// TestLostChat takes the chat that was just sent, and no older one that is like it.
func TestLostChat(t *testing.T) {
	alias := "a"
	request := ChatRequest{Channel: "api", Asset: AssetRequest{"k"}, Customer: CustomerRequest{DestinationID: "d"}, AliasID: &alias}

	for created, lost := range map[string]bool{`"2026-01-31T09:30:01Z"`: false, `"2026-01-31T09:28:00Z"`: false, `"2026-01-31T09:00:00Z"`: true, `null`: false} {
		row := `{"chat_id":"CSR1","alias_id":"a","status":"queued","channel":"api","asset":{"id":"k"},"customer_id":"7","destination_id":"d","created_at":` + created + `}`

		queue := []exchange{
			{want: `POST /v3.1/chats {"channel":"api","asset":{"id":"k"},"customer":{"destination_id":"d"},"alias_id":"a"}`, err: io.ErrUnexpectedEOF},
			{want: `GET /v3.1/chats`, body: enveloped("4310", `{"chats":[`+row+`]}`)},
		}
		if !lost {
			queue = append(queue, exchange{want: `GET /v3.1/chats/CSR1`, body: enveloped("4304", wholeChat)})
		}

		c, _ := script(t, queue...)
		if _, err := c.CreateChat(t.Context(), "101", request); transport.IsLost(err) != lost {
			t.Errorf("created at %s: %v", created, err)
		}
	}
}

// TestHolds finds the message that was just sent, and no earlier one with the same correlation id.
func TestHolds(t *testing.T) {
	hi, bye := "Hi", "Bye"
	id := func(id string) *DeliveryDetails { return &DeliveryDetails{CorrelationID: id} }

	sent := Message{Type: "outbound", Text: &hi, Timestamp: "2026-01-31T09:30:00.000Z", DeliveryDetails: id("c-1")}
	for name, test := range map[string]struct {
		found Message
		want  bool
	}{
		"as sent":                  {sent, true},
		"dated by the platform":    {Message{Type: "outbound", Text: &hi, Timestamp: "2026-01-31T09:30:02.000Z", DeliveryDetails: id("c-1")}, true},
		"without a date":           {Message{Type: "outbound", Text: &hi, DeliveryDetails: id("c-1")}, true},
		"without delivery details": {Message{Type: "outbound", Text: &hi, Timestamp: "2026-01-31T09:30:00.000Z"}, true},
		"of an earlier run":        {Message{Type: "outbound", Text: &hi, Timestamp: "2026-01-30T09:30:00.000Z", DeliveryDetails: id("c-1")}, false},
		"another delivery":         {Message{Type: "outbound", Text: &hi, Timestamp: "2026-01-31T09:30:00.000Z", DeliveryDetails: id("c-2")}, false},
		"another text":             {Message{Type: "outbound", Text: &bye, Timestamp: "2026-01-31T09:30:00.000Z"}, false},
		"of the customer":          {Message{Type: "inbound", Text: &hi, Timestamp: "2026-01-31T09:30:00.000Z"}, false},
	} {
		got := (&Chat{Messages: []Message{test.found}}).Holds(sent)
		if got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestClose takes a chat for closed only if the platform says so.
func TestClose(t *testing.T) {
	closed := strings.Replace(wholeChat, `"queued"`, `"closed"`, 1)
	patch := func(status int, body string) exchange {
		return exchange{want: `PATCH /v3.1/chats/CSR1 {"status":"closed"}`, status: status, body: body}
	}

	get := func(status int, body string) exchange {
		return exchange{want: `GET /v3.1/chats/CSR1`, status: status, body: body}
	}
	for name, test := range map[string]struct {
		queue []exchange
		says  string
	}{
		"closed":             {[]exchange{patch(200, enveloped("4305", closed))}, ""},
		"without an object":  {[]exchange{patch(202, enveloped("4342", `""`)), get(200, enveloped("4304", closed))}, ""},
		"the chat as it was": {[]exchange{patch(200, enveloped("4305", wholeChat)), get(200, enveloped("4304", closed))}, ""},
		"did nothing":        {[]exchange{patch(200, enveloped("4305", wholeChat)), get(200, enveloped("4304", wholeChat))}, "still queued"},
		"gone":               {[]exchange{patch(404, enveloped("2031", `""`))}, ""},
		"gone meanwhile":     {[]exchange{patch(200, enveloped("4305", wholeChat)), get(404, enveloped("2031", `""`))}, ""},
		"closed already":     {[]exchange{patch(409, enveloped("2998", `""`)), get(200, enveloped("4304", closed))}, ""},
		"refused":            {[]exchange{patch(400, enveloped("2999", `""`)), get(200, enveloped("4304", wholeChat))}, "2999: said so"},
		"refused, unknown":   {[]exchange{patch(400, enveloped("2999", `""`)), get(500, enveloped("4108", `""`))}, "2999: said so"},
		"no team":            {[]exchange{patch(404, enveloped("2010", `""`))}, "2010: said so"},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := script(t, test.queue...)

			err := c.CloseChat(t.Context(), "CSR1", nil)
			if (err == nil) != (test.says == "") || err != nil && !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}
