package imichat_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

const full = `{
	"channel":"email","asset":{"id":"support@example.com"},
	"customer":{"destination_id":"buyer@example.net","name":"Buyer"},
	"alias_id":"order-1","subject":"Order 1","route_params":{"language":"en"},"other_details":{"order":"1"},
	"messages":[{"type":"inbound","text":"Where is it?","timestamp":"2019-08-16T22:02:13.842Z"}]}`

func TestCreateChatAnswersTheDocumentedObject(t *testing.T) {
	f := start(t)
	got := f.call("POST", "/v3.1/chats", full)
	f.want(got, 200, 4304, false)

	id := got.text("chat_id")
	if !regexp.MustCompile(`^CSR[0-9A-Z]{13}$`).MatchString(id) {
		t.Errorf("chat_id %q", id)
	}

	want := map[string]any{
		"team_id": 101.0, "team_name": "Support", "chat_id": id, "alias_id": "order-1",
		"created_at": "2024-02-28T22:30:00.000Z", "updated_at": "2024-02-28T22:30:00.000Z",
		"status": "queued", "channel": "email", "subject": "Order 1",
		"asset":    map[string]any{"id": "support@example.com", "name": "Sandbox email"},
		"customer": map[string]any{"id": 5001.0, "destination_id": "buyer@example.net", "name": "Buyer"},
		"messages": []any{map[string]any{"type": "inbound", "text": "Where is it?", "timestamp": "2019-08-16T22:02:13.842Z"}},
		"assignee": "", "flag": "", "tag": []any{},
		"route_params": map[string]any{"language": "en"}, "other_details": map[string]any{"order": "1"},
	}

	diff := cmp.Diff(want, got.response)
	if diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}

	read := f.call("GET", "/v3.1/chats/"+id, "")
	f.want(read, 200, 4304, false)

	diff = cmp.Diff(want, read.response)
	if diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}

	held, ok := f.platform.Chat(id)
	if !ok || held.TeamID != 101 || held.DestinationID != "buyer@example.net" || len(held.Messages) != 1 {
		t.Errorf("the platform holds %+v", held)
	}

	held.OtherDetails["order"] = "2"

	again, _ := f.platform.Chat(id)
	if again.OtherDetails["order"] != "1" {
		t.Error("a view lets its reader change the platform")
	}
}

func TestCreateChatUsesTheTeamOfTheHeader(t *testing.T) {
	f := start(t)
	f.header["teamid"] = imichat.OtherTeamID

	got := f.call("POST", "/v3.1/chats", "{"+sms+"}")
	if got.at("team_id") != 102.0 || got.at("team_name") != "Sales" {
		t.Errorf("team %v %v, want that of the header", got.at("team_id"), got.at("team_name"))
	}
}

func TestCreateWorksOnEveryChannel(t *testing.T) {
	f := start(t)

	for _, channel := range imichat.Channels() {
		body := fmt.Sprintf(`{"channel":%q,"asset":{"id":%q},"customer":{"destination_id":"one"}}`, channel, imichat.AssetID(channel))
		got := f.call("POST", "/v3.1/chats", body)
		f.want(got, 200, 4304, false)

		if got.text("channel") != channel {
			t.Errorf("channel %v, want %s", got.at("channel"), channel)
		}

		subject, thread := got.has("subject"), got.has("thread_id")
		if subject != (channel == "email") || thread != (channel == "livechat") {
			t.Errorf("%s: subject %v thread_id %v", channel, subject, thread)
		}
	}

	got := f.call("POST", "/v3.1/chats", `{"channel":"sms","asset":{"id":`+imichat.AssetSMS+`},"customer":{"destination_id":"one"}}`)
	f.want(got, 200, 4304, false) // The id as a number, as documented.

	first, _ := f.platform.Chat(got.text("chat_id"))
	if first.CustomerID != f.platform.Chats()[0].CustomerID {
		t.Error("one destination on one channel is two customers")
	}
}

func TestCreateRefusesWhatIsNotDocumented(t *testing.T) {
	livechat := `"channel":"livechat","asset":{"id":"im00000001"},"customer":{"destination_id":"x"}`
	for _, c := range []struct {
		name, body string
		code       int
		complaint  bool
	}{
		{"unknown channel", strings.Replace(sms, `"sms"`, `"fax"`, 1), 9400, true},
		{"channel in capitals", strings.Replace(sms, `"sms"`, `"SMS"`, 1), 9400, true},
		{"no asset", `"channel":"sms","customer":{"destination_id":"x"}`, 9400, true},
		{"no destination", `"channel":"sms","asset":{"id":"` + imichat.AssetSMS + `"}`, 9400, true},
		{"subject off email", sms + `,"subject":"x"`, 9400, true},
		{"thread off livechat", sms + `,"thread_id":"x"`, 9400, true},
		{"thread on livechat", livechat + `,"thread_id":"x"`, 4304, false},
		{"asset of another channel", strings.Replace(livechat, "im00000001", imichat.AssetSMS, 1), 9400, false},
		{"unknown routing attribute", sms + `,"route_params":{"mood":"bad"}`, 9400, false},
		{"unknown assignee", sms + `,"assignee":"nobody"`, 9400, false},
		{"wrong type", sms + `,"alias_id":1`, 9400, true},
		{"detail that is no string", sms + `,"other_details":{"n":1}`, 9400, true},
		{"messages as an object", sms + `,"messages":{"type":"inbound"}`, 9400, true},
		{"status", sms + `,"status":"picked"`, 4304, true},
		{"asset name", strings.Replace(sms, `"asset":{`, `"asset":{"name":"x",`, 1), 4304, true},
		{"team in the body", sms + `,"team_id":101`, 4304, true},
		{"tag", sms + `,"tag":["a"]`, 4304, true},
		{"tags", sms + `,"tags":["a"]`, 4304, false},
		{"null", sms + `,"alias_id":null`, 4304, true},
		{"the word null", sms + `,"alias_id":"null"`, 4304, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := start(t)
			got := f.call("POST", "/v3.1/chats", "{"+c.body+"}")
			f.want(got, map[int]int{9400: 400, 4304: 200}[c.code], c.code, c.complaint)

			n := len(f.platform.Chats())
			if n != map[int]int{9400: 0, 4304: 1}[c.code] {
				t.Errorf("the platform holds %d chats", n)
			}
		})
	}

	f := start(t)
	f.want(f.call("POST", "/v3.1/chats?dry=1", "{"+sms+"}"), 200, 4304, true)
	f.header["Content-Type"] = "text/plain"
	f.want(f.call("POST", "/v3.1/chats", "{"+sms+"}"), 400, 2002, true)
}

func TestCreateFollowsTheSwitches(t *testing.T) {
	for _, c := range []struct {
		switches, more string
		status, code   int
		key            string
		want           any
	}{
		{`{}`, `,"tags":["b","b"]`, 200, 4304, "tag", []any{}},
		{`{"create_tags":"tags"}`, `,"tags":["b","b"]`, 200, 4304, "tag", []any{"b"}},
		{`{"create_tags":"tag"}`, `,"tag":["b"]`, 200, 4304, "tag", []any{"b"}},
		{`{"create_tags":"tag"}`, `,"tags":["b"]`, 200, 4304, "tag", []any{}},
		{`{}`, `,"assignee":"agent.one"`, 200, 4304, "status", "picked"},
		{`{"assignee_on_create":false}`, `,"assignee":"agent.one"`, 200, 4304, "status", "queued"},
		{`{"create_status":201}`, ``, 201, 4304, "status", "queued"},
		{`{"messages_required":true}`, ``, 400, 9400, "", nil},
		{`{"reject_unknown":true}`, `,"status":"picked"`, 400, 9400, "", nil},
	} {
		t.Run(c.switches+c.more, func(t *testing.T) {
			f := start(t)
			f.set(c.switches)

			got := f.call("POST", "/v3.1/chats", "{"+sms+c.more+"}")
			if got.http != c.status || got.code != c.code {
				t.Errorf("got %d: %s", got.http, got.raw)
			}

			diff := cmp.Diff(c.want, got.at(c.key))
			if c.key != "" && diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.key, diff)
			}
		})
	}
}

func TestAliasesFollowTheSwitches(t *testing.T) {
	f := start(t)
	first, second := f.chat(`,"alias_id":"a"`), f.chat(`,"alias_id":"a"`)
	f.want(f.call("GET", "/v3.1/chats/a", ""), 404, 2031, false)
	f.set(`{"alias_in_path":true,"unique_alias":true}`)

	got := f.call("GET", "/v3.1/chats/a", "")
	if got.text("chat_id") != first {
		t.Errorf("read by alias: %s", got.raw)
	}

	f.want(f.call("POST", "/v3.1/chats", "{"+sms+`,"alias_id":"a"}`), 409, 9409, false)
	f.want(f.call("POST", "/v3.1/chats", "{"+sms+`,"alias_id":"b"}`), 200, 4304, false)
	f.want(f.call("PATCH", "/v3.1/chats/"+second, `{"alias_id":"b"}`), 409, 9409, false)
	f.want(f.call("PATCH", "/v3.1/chats/"+second, `{"alias_id":"c"}`), 200, 4392, false)
	f.want(f.call("PATCH", "/v3.1/chats/"+second, `{"alias_id":"c"}`), 200, 4392, false)
}

func TestUnknownAssetsAreTakenIfTheSwitchSaysSo(t *testing.T) {
	f := start(t)
	body := `{"channel":"sms","asset":{"id":"12345"},"customer":{"destination_id":"x"}}`
	f.want(f.call("POST", "/v3.1/chats", body), 400, 9400, false)
	f.set(`{"any_asset":true}`)
	f.want(f.call("POST", "/v3.1/chats", body), 200, 4304, false)
}

func TestListChatsPagesFromTheNewest(t *testing.T) {
	f := start(t)

	var ids []string
	for i := range 23 {
		ids = append(ids, f.chat(fmt.Sprintf(`,"alias_id":"a%d"`, i)))
	}

	var listed []string

	for page, size := range []int{10, 10, 3, 0} {
		got := f.call("GET", fmt.Sprintf("/v3.1/chats?page=%d", page+1), "")
		f.want(got, 200, 4391, false)

		rows := got.column("chats", "chat_id")
		if len(rows) != size {
			t.Fatalf("page %d has %d rows, want %d", page+1, len(rows), size)
		}

		listed = append(listed, rows...)
	}

	for i, id := range listed {
		want := ids[len(ids)-1-i]
		if id != want {
			t.Fatalf("row %d is %s, want %s: newest first", i, id, want)
		}
	}

	got := f.call("GET", "/v3.1/chats", "")
	if got.column("chats", "chat_id")[0] != ids[22] {
		t.Error("no page is not page 1")
	}

	f.want(f.call("GET", "/v3.1/chats?page=0", ""), 400, 9400, true)
	f.want(f.call("GET", "/v3.1/chats?page=two", ""), 400, 9400, true)
	f.want(f.call("GET", "/v3.1/chats?status=closed", ""), 200, 4391, true)
	f.set(`{"page_base":0}`)

	n := len(f.call("GET", "/v3.1/chats?page=2", "").rows("chats"))
	if n != 3 {
		t.Errorf("page 2 from 0 has %d rows, want 3", n)
	}

	f.set(`{"bare_lists":true}`)

	if rows, ok := f.call("GET", "/v3.1/chats", "").response.([]any); !ok || len(rows) != 10 {
		t.Error("bare list is not an array of ten")
	}
}

func TestListRowsHoldTheDocumentedFields(t *testing.T) {
	f := start(t)
	created := f.call("POST", "/v3.1/chats", full)
	want := map[string]any{
		"chat_id": created.text("chat_id"), "alias_id": "order-1",
		"created_at": "2024-02-28T22:30:00.000Z", "updated_at": "2024-02-28T22:30:00.000Z",
		"status": "queued", "channel": "email",
		"asset":       map[string]any{"id": "support@example.com", "name": "Sandbox email"},
		"customer_id": "5001", "destination_id": "buyer@example.net",
		"assignee": "", "flag": "", "tag": []any{}, "other_details": map[string]any{"order": "1"},
	}

	diff := cmp.Diff([]any{want}, f.call("GET", "/v3.1/chats", "").rows("chats"))
	if diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}

	f.set(`{"customer_id_number":true}`)

	want["customer_id"] = 5001.0

	diff = cmp.Diff([]any{want}, f.call("GET", "/v3.1/chats", "").rows("chats"))
	if diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
}

func TestReadFollowsTheSwitches(t *testing.T) {
	message := `,"messages":[{"type":"inbound","text":"x","timestamp":"2019-08-16T22:02:13.842Z"}]`

	object := map[string]any{"type": "inbound", "text": "x", "timestamp": "2019-08-16T22:02:13.842Z"}
	for _, c := range []struct {
		switches, more string
		keys           []string
		want           any
	}{
		{`{}`, "", []string{"asset", "id"}, 447700900100.0},
		{`{"asset_id_number":false}`, "", []string{"asset", "id"}, "447700900100"},
		{`{}`, message, []string{"messages"}, []any{object}},
		{`{"messages_object":true}`, message, []string{"messages"}, object},
		{`{"messages_object":true}`, "", []string{"messages"}, []any{}},
		{`{"wrap_object":true}`, "", []string{"chat", "status"}, "queued"},
		{`{}`, "", []string{"alias_id"}, ""},
		{`{"empty":"null"}`, "", []string{"tag"}, nil},
		{`{"channel_case":"upper"}`, "", []string{"channel"}, "SMS"},
		{`{"channel_case":"mixed"}`, "", []string{"channel"}, "Sms"},
	} {
		t.Run(c.switches, func(t *testing.T) {
			f := start(t)
			id := f.chat(c.more)
			f.set(c.switches)
			got := f.call("GET", "/v3.1/chats/"+id, "")
			f.want(got, 200, 4304, false)

			diff := cmp.Diff(c.want, got.at(c.keys...))
			if diff != "" {
				t.Errorf("%v (-want +got):\n%s", c.keys, diff)
			}
		})
	}

	f := start(t)

	id := f.chat("")
	for mode, want := range map[string]int{"blank": 6, "null": 6, "omit": 0} {
		f.set(`{"empty":"` + mode + `"}`)

		n := 0

		for _, key := range []string{"alias_id", "assignee", "flag", "tag", "other_details", "route_params"} {
			if f.call("GET", "/v3.1/chats/"+id, "").has(key) {
				n++
			}
		}

		if n != want {
			t.Errorf("empty %s: %d of the empty fields are there, want %d", mode, n, want)
		}
	}

	f.set(`{"channel_case":"mixed"}`)

	got := f.on("livechat", "")
	if got.text("channel") != "LiveChat" {
		t.Errorf("live chat in mixed case is %s", got.text("channel"))
	}

	f.set(`{"status_code_string":true}`)

	got = f.call("GET", "/v3.1/chats/"+id, "")
	if !strings.Contains(got.raw, `"status_code":"4304"`) {
		t.Errorf("status_code is not a string: %s", got.raw)
	}

	f.set(`{"status_code_string":false,"get_one":false}`)
	f.want(f.call("GET", "/v3.1/chats/"+id, ""), 405, 2099, false)
	f.header = nil
	f.want(f.call("GET", "/v3.1/chats/"+id, ""), 405, 2099, false)
}
