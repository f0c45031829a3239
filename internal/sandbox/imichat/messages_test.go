package imichat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// samples are all of docs.imi.chat/reference/create-chat, in its order, with each channel that its text allows them on.
// Placeholders are filled in; the vendor's own texts and ids stand as printed.
var samples = []struct {
	channels string // Separated by spaces; "any" is all.
	body     string
}{
	{"any", `{"type":"inbound","text":"This is a sample inbound message","timestamp":"2019-08-16T22:02:13.842Z"}`},
	{"any", `{"type":"inbound","text":"This is a sample inbound message","attachment":{"type":"image","url":"https://files.example.com/a.png"},"timestamp":"2019-08-16T22:02:13.842Z"}`},
	{"any", `{"type":"inbound","attachment":{"type":"audio","url":"https://files.example.com/a.mp3"},"timestamp":"2019-08-16T22:02:13.842Z"}`},
	{"abc", `{"type":"inbound","abc_sub_type":"text","text":"This is a sample inbound message","timestamp":"2019-08-16T22:02:13.842Z"}`},
	{"abc", `{"type":"inbound","abc_sub_type":"listpicker_response","listpicker_response":["item1","item2"],"timestamp":"2019-08-16T22:02:13.842Z"}`},
	{"abc", `{"type":"inbound","abc_sub_type":"timepicker_response","timepicker_response":"2019-08-16T22:02:13.842Z","timestamp":"2019-08-16T22:02:13.842Z"}`},
	{"livechat", `{"type":"inbound","livechat_sub_type":"text","text":"This is a sample inbound message","timestamp":"2019-08-16T22:02:13.842Z"}`},
	{"livechat", `{"type":"inbound","livechat_sub_type":"quick_replies","quick_reply_response":{"request_identifier":"13jh1k2j3h-1kj23hk12j-1kj2h3k1j2-12j3hk12j","options":[{"title":"Option 2"}]},"timestamp":"2019-08-16T22:02:13.842Z"}`},
	{"any", `{"type":"outbound","text":"This is a sample inbound message","timestamp":"2019-08-16T22:02:13.842Z","delivery_details":{"correlation_id":"1234567890123456789012345678"}}`},
	{"any", `{"type":"outbound","text":"This is a sample outbound message","attachment":{"type":"video","url":"https://files.example.com/a.mp4"},"timestamp":"2019-08-16T22:02:13.842Z","delivery_details":{"correlation_id":"1234567890123456789012345678"}}`},
	{"any", `{"type":"outbound","attachment":{"type":"file","url":"https://files.example.com/a.pdf"},"timestamp":"2019-08-16T22:02:13.842Z","delivery_details":{"correlation_id":"1234567890123456789012345678"}}`},
	{"abc whatsapp", `{"type":"outbound","template_name":"template name","timestamp":"2019-08-16T22:02:13.842Z"}`},
	{"whatsapp", `{"type":"outbound","whatsapp_sub_type":"text","text":"This is a sample outbound message","timestamp":"2019-08-16T22:02:13.842Z","delivery_details":{"correlation_id":"1234567890123456789012345678"}}`},
	{"whatsapp", `{"type":"outbound","whatsapp_sub_type":"hsm","template_name":"<Sample HSM Template Name>","timestamp":"2019-08-16T22:02:13.842Z","delivery_details":{"correlation_id":"1234567890123456789012345678"}}`},
	{"livechat", `{"type":"outbound","livechat_sub_type":"text","text":"This is a sample outbound message","timestamp":"2019-08-16T22:02:13.842Z","delivery_details":{"correlation_id":"1234567890123456789012345678"}}`},
	{"livechat", `{"type":"outbound","livechat_sub_type":"quick_replies","quick_replies":{"request_identifier":"12kj3h1k2j-23jkh43j-2kj3h4j-2k3j4h3jk","options":[{"title":"Option 1","payload":"option-1"}]},"timestamp":"2019-08-16T22:02:13.842Z","delivery_details":{"correlation_id":"1234567890123456789012345678"}}`},
	{"any", `{"type":"announcement","text":"The desk closes at six","timestamp":"2019-08-16T22:02:13.842Z"}`}, // Not the vendor's: it shows none.
}

// on creates a chat on a channel.
func (f *fixture) on(channel, more string) result {
	f.Helper()

	return f.call("POST", "/v3.1/chats", fmt.Sprintf(
		`{"channel":%q,"asset":{"id":%q},"customer":{"destination_id":"one"}%s}`, channel, imichat.AssetID(channel), more))
}

// TestSamplesComeBackAsSent creates with and appends every sample on every channel: it comes back as it was sent where the vendor's
// text allows it, and is refused with a complaint elsewhere.
func TestSamplesComeBackAsSent(t *testing.T) {
	f := start(t)
	for _, channel := range imichat.Channels() {
		id := f.on(channel, "").text("chat_id")
		kept := 0

		for _, sample := range samples {
			allowed := sample.channels == "any" || strings.Contains(sample.channels, channel)
			created := f.on(channel, `,"messages":[`+sample.body+`]`)

			appended := f.call("POST", "/v3.1/chats/"+id+"/messages", sample.body)
			if !allowed {
				f.want(created, 400, 9400, true)
				f.want(appended, 400, 9400, true)

				continue
			}

			f.want(created, 200, 4304, false)
			f.want(appended, 200, 4393, false)

			kept++

			var want any
			if err := json.Unmarshal([]byte(sample.body), &want); err != nil {
				t.Fatal(err)
			}

			diff := cmp.Diff([]any{want}, created.at("messages"))
			if diff != "" {
				t.Errorf("%s created with %s (-want +got):\n%s", channel, sample.body, diff)
			}

			n := len(appended.rows("messages"))
			if n != kept || !cmp.Equal(appended.rows("messages")[n-1], want) {
				t.Errorf("%s: %d messages, want %d, ending in %s", channel, n, kept, sample.body)
			}
		}

		held, _ := f.platform.Chat(id)
		if len(held.Messages) != kept {
			t.Errorf("%s: the platform holds %d messages, want %d", channel, len(held.Messages), kept)
		}
	}
}

const at = `,"timestamp":"2019-08-16T22:02:13.842Z"`

func TestMalformedMessagesAreRefused(t *testing.T) {
	f := start(t)
	for _, c := range []struct{ name, channel, body string }{
		{"no type", "api", `{"text":"x"` + at + `}`},
		{"unknown type", "api", `{"type":"sideways","text":"x"` + at + `}`},
		{"no content", "api", `{"type":"inbound"` + at + `}`},
		{"no timestamp", "api", `{"type":"inbound","text":"x"}`},
		{"timestamp in words", "api", `{"type":"inbound","text":"x","timestamp":"yesterday"}`},
		{"attachment type", "api", `{"type":"inbound","attachment":{"type":"pdf","url":"https://x.example/a"}` + at + `}`},
		{"attachment url", "api", `{"type":"inbound","attachment":{"type":"file","url":"a.pdf"}` + at + `}`},
		{"announcement with attachment", "api", `{"type":"announcement","text":"x","attachment":{"type":"file","url":"https://x.example/a"}` + at + `}`},
		{"inbound with delivery details", "api", `{"type":"inbound","text":"x","delivery_details":{"correlation_id":"1"}` + at + `}`},
		{"empty delivery details", "api", `{"type":"outbound","text":"x","delivery_details":{}` + at + `}`},
		{"inbound template", "whatsapp", `{"type":"inbound","template_name":"x"` + at + `}`},
		{"template with text", "whatsapp", `{"type":"outbound","template_name":"x","text":"y"` + at + `}`},
		{"hsm without template", "whatsapp", `{"type":"outbound","whatsapp_sub_type":"hsm","text":"x"` + at + `}`},
		{"inbound whatsapp sub type", "whatsapp", `{"type":"inbound","whatsapp_sub_type":"text","text":"x"` + at + `}`},
		{"outbound abc sub type", "abc", `{"type":"outbound","abc_sub_type":"text","text":"x"` + at + `}`},
		{"list picker without items", "abc", `{"type":"inbound","abc_sub_type":"listpicker_response"` + at + `}`},
		{"items without sub type", "abc", `{"type":"inbound","listpicker_response":["a"]` + at + `}`},
		{"time picker in words", "abc", `{"type":"inbound","abc_sub_type":"timepicker_response","timepicker_response":"noon"` + at + `}`},
		{"two sub types", "livechat", `{"type":"outbound","livechat_sub_type":"text","whatsapp_sub_type":"text","text":"x"` + at + `}`},
		{"quick replies inbound", "livechat", `{"type":"inbound","livechat_sub_type":"quick_replies","quick_replies":{"request_identifier":"1","options":[{"title":"a","payload":"b"}]}` + at + `}`},
		{"quick reply without payload", "livechat", `{"type":"outbound","livechat_sub_type":"quick_replies","quick_replies":{"request_identifier":"1","options":[{"title":"a"}]}` + at + `}`},
		{"quick replies without options", "livechat", `{"type":"outbound","livechat_sub_type":"quick_replies","quick_replies":{"request_identifier":"1","options":[]}` + at + `}`},
		{"response without title", "livechat", `{"type":"inbound","livechat_sub_type":"quick_replies","quick_reply_response":{"request_identifier":"1","options":[{}]}` + at + `}`},
		{"wrong type of text", "api", `{"type":"inbound","text":1` + at + `}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f.T = t
			id := f.on(c.channel, "").text("chat_id")
			f.want(f.call("POST", "/v3.1/chats/"+id+"/messages", c.body), 400, 9400, true)

			held, _ := f.platform.Chat(id)
			if len(held.Messages) != 0 {
				t.Errorf("the platform holds %v", held.Messages)
			}
		})
	}
}

// TestSpellingsOfTheTableAreComplainedAbout sends what the vendor may well take, but its samples do not show.
func TestSpellingsOfTheTableAreComplainedAbout(t *testing.T) {
	f := start(t)
	for _, c := range []struct{ name, channel, sent, want string }{
		{"list picker field", "abc", `{"type":"inbound","abc_sub_type":"listpicker_response","list_picker_response":["a"]` + at + `}`, `{"type":"inbound","abc_sub_type":"listpicker_response","listpicker_response":["a"]` + at + `}`},
		{"list picker sub type", "abc", `{"type":"inbound","abc_sub_type":"listpicker","listpicker_response":["a"]` + at + `}`, `{"type":"inbound","abc_sub_type":"listpicker_response","listpicker_response":["a"]` + at + `}`},
		{"time picker", "abc", `{"type":"inbound","abc_sub_type":"timepicker","time_picker_response":"2019-08-16T22:02:13.842Z"` + at + `}`, `{"type":"inbound","abc_sub_type":"timepicker_response","timepicker_response":"2019-08-16T22:02:13.842Z"` + at + `}`},
		{"quick reply sub type", "livechat", `{"type":"inbound","livechat_sub_type":"quick_reply_response","quick_reply_response":{"request_identifier":"1","options":[{"title":"a"}]}` + at + `}`, `{"type":"inbound","livechat_sub_type":"quick_replies","quick_reply_response":{"request_identifier":"1","options":[{"title":"a"}]}` + at + `}`},
		{"correlation id", "api", `{"type":"outbound","text":"x","delivery_details":{"correlationid":"1"}` + at + `}`, `{"type":"outbound","text":"x","delivery_details":{"correlation_id":"1"}` + at + `}`},
		{"unknown field", "api", `{"type":"inbound","text":"x","id":"1"` + at + `}`, `{"type":"inbound","text":"x"` + at + `}`},
		{"time without milliseconds", "api", `{"type":"inbound","text":"x","timestamp":"2019-08-16T22:02:13Z"}`, `{"type":"inbound","text":"x","timestamp":"2019-08-16T22:02:13Z"}`},
		{"time of a zone", "api", `{"type":"inbound","text":"x","timestamp":"2019-08-16T22:02:13.842+02:00"}`, `{"type":"inbound","text":"x","timestamp":"2019-08-16T22:02:13.842+02:00"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f.T = t
			id := f.on(c.channel, "").text("chat_id")
			got := f.call("POST", "/v3.1/chats/"+id+"/messages", c.sent)
			f.want(got, 200, 4393, true)

			var want any
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}

			diff := cmp.Diff([]any{want}, got.at("messages"))
			if diff != "" {
				t.Errorf("messages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAppendTakesTheFormsOfTheSwitch(t *testing.T) {
	object := `{"type":"inbound","text":"x"` + at + `}`

	array := `{"messages":[` + object + `,` + object + `]}`
	for _, c := range []struct {
		switches, body string
		status, code   int
		complaint      bool
		held           int
	}{
		{`{}`, object, 200, 4393, false, 1},
		{`{}`, array, 200, 4393, false, 2},
		{`{}`, `{"messages":[]}`, 400, 9400, true, 0},
		{`{}`, `[` + object + `]`, 400, 9400, true, 0},
		{`{"append_body":"object"}`, object, 200, 4393, false, 1},
		{`{"append_body":"object"}`, array, 400, 9400, false, 0},
		{`{"append_body":"array"}`, object, 400, 9400, false, 0},
		{`{"append_body":"array"}`, array, 200, 4393, false, 2},
	} {
		t.Run(c.switches+c.body[:5], func(t *testing.T) {
			f := start(t)
			id := f.on("api", "").text("chat_id")
			f.set(c.switches)
			f.want(f.call("POST", "/v3.1/chats/"+id+"/messages", c.body), c.status, c.code, c.complaint)

			held, _ := f.platform.Chat(id)
			if len(held.Messages) != c.held {
				t.Errorf("the platform holds %d messages, want %d", len(held.Messages), c.held)
			}
		})
	}
}

func TestAppendAnswersAsTheSwitchSays(t *testing.T) {
	f := start(t)
	id := f.on("api", "").text("chat_id")
	send := func(switches string) result {
		f.set(switches)
		got := f.call("POST", "/v3.1/chats/"+id+"/messages", `{"type":"inbound","text":"x"`+at+`}`)
		f.want(got, 200, 4393, false)

		return got
	}

	got := send(`{}`)
	if got.text("chat_id") != id {
		t.Errorf("chat: %s", got.raw)
	}

	got = send(`{"append_answer":"message"}`)
	if got.text("text") != "x" {
		t.Errorf("message: %s", got.raw)
	}

	got = send(`{"append_answer":"empty"}`)
	if got.response != "" {
		t.Errorf("empty: %s", got.raw)
	}

	f.want(f.call("POST", "/v3.1/chats/CSR0/messages", `{"type":"inbound","text":"x"`+at+`}`), 404, 2031, false)
	f.call("PATCH", "/v3.1/chats/"+id, `{"status":"closed"}`)
	send(`{}`)
	f.set(`{"reject_closed":true}`)
	f.want(f.call("POST", "/v3.1/chats/"+id+"/messages", `{"type":"inbound","text":"x"`+at+`}`), 409, 9410, false)
}

func TestTranscriptsFollowTheSwitches(t *testing.T) {
	f := start(t)
	id := f.on("abc", `,"messages":[
		{"type":"inbound","abc_sub_type":"listpicker_response","listpicker_response":["a"]`+at+`},
		{"type":"inbound","abc_sub_type":"timepicker_response","timepicker_response":"2019-08-16T22:02:13.842Z"`+at+`},
		{"type":"outbound","text":"x","delivery_details":{"correlation_id":"1"}`+at+`}]`).text("chat_id")

	transcript := func(switches string) string {
		f.set(switches)
		got := f.call("GET", "/v3.1/chats/"+id, "")
		f.want(got, 200, 4304, false)

		raw, err := json.Marshal(got.at("messages"))
		if err != nil {
			t.Fatal(err)
		}

		return string(raw)
	}
	for _, c := range []struct {
		switches string
		want     []string
	}{
		{`{"table_spelling":true}`, []string{`"abc_sub_type":"listpicker"`, `"list_picker_response":["a"]`, `"abc_sub_type":"timepicker"`, `"time_picker_response"`, `"correlationid":"1"`}},
		{`{"table_spelling":false}`, []string{`"abc_sub_type":"listpicker_response"`, `"listpicker_response":["a"]`, `"timepicker_response"`, `"correlation_id":"1"`}},
	} {
		got := transcript(c.switches)
		for _, part := range c.want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: no %s in %s", c.switches, part, got)
			}
		}
	}

	got := transcript(`{"transcript_limit":1}`)
	if strings.Contains(got, "picker") || !strings.Contains(got, "correlation_id") {
		t.Errorf("limit 1: %s", got)
	}

	got = transcript(`{"delivery_details_returned":false}`)
	if strings.Contains(got, "delivery_details") {
		t.Errorf("delivery details: %s", got)
	}

	id = f.on("livechat", `,"messages":[{"type":"inbound","livechat_sub_type":"quick_replies","quick_reply_response":{"request_identifier":"1","options":[{"title":"a"}]}`+at+`}]`).text("chat_id")

	got = transcript(`{"table_spelling":true}`)
	if !strings.Contains(got, `"livechat_sub_type":"quick_reply_response"`) {
		t.Errorf("live chat in the table's spelling: %s", got)
	}
}
