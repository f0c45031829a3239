package imichat

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
)

// TestMessageFromAPI reads a message with everything that a transcript can have.
func TestMessageFromAPI(t *testing.T) {
	t.Parallel()

	var message api.Message

	err := json.Unmarshal([]byte(`{"type":"inbound","text":"Hello","timestamp":"2026-01-02T03:04:05.000Z","abc_sub_type":"listpicker_response",
		"attachment":{"type":"image","url":"https://example.com/a.png"},"listpicker_response":["one","two"],"timepicker_response":"{}",
		"livechat_sub_type":"quickreply","whatsapp_sub_type":"template","template_name":"order",
		"quick_replies":{"request_identifier":"ask","options":[{"title":"Yes","payload":"y"}]},
		"quick_reply_response":{"request_identifier":"ask","options":[{"title":"Yes"}]},"delivery_details":{"correlation_id":"c"}}`), &message)
	if err != nil {
		t.Fatal(err)
	}

	read, ok := messageFromAPI(message).(types.Object)
	if !ok {
		t.Fatal("the message is no object")
	}

	for name, want := range map[string]string{
		"type": `"inbound"`, "text": `"Hello"`, "abc_sub_type": `"listpicker_response"`, "timepicker_response": `"{}"`, "livechat_sub_type": `"quickreply"`,
		"whatsapp_sub_type": `"template"`, "template_name": `"order"`, "timestamp": `"2026-01-02T03:04:05.000Z"`,
		"attachment":           `{"type":"image","url":"https://example.com/a.png"}`,
		"listpicker_response":  `["one","two"]`,
		"quick_replies":        `{"options":[{"payload":"y","title":"Yes"}],"request_identifier":"ask"}`,
		"quick_reply_response": `{"options":[{"title":"Yes"}],"request_identifier":"ask"}`,
		"delivery_details":     `{"correlation_id":"c"}`,
	} {
		got := read.Attributes()[name].String()
		if got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
