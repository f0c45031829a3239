package imichat_test

import (
	"testing"
)

// The tests of this file show the shapes of answers that no page excludes, and that a client has to live with.

const text = `{"type":"inbound","text":"x"` + at + `}`

func TestListsHoldWholeChatsIfTheSwitchSaysSo(t *testing.T) {
	f := start(t)
	f.chat(`,"messages":[` + text + `,` + text + `]`)

	row := func() result {
		return result{response: f.call("GET", "/v3.1/chats", "").rows("chats")[0]}
	}

	if row().has("messages") {
		t.Error("a row has messages by default")
	}

	f.set(`{"whole_chats_listed":true}`)

	whole := row()
	if len(whole.rows("messages")) != 2 || whole.text("team_name") == "" || whole.text("destination_id") == "" {
		t.Errorf("row %v, want a whole chat with two messages", whole.response)
	}
}

func TestOneChatComesInAnArrayIfTheSwitchSaysSo(t *testing.T) {
	f := start(t)
	id := f.chat("")
	f.set(`{"one_in_array":true}`)

	array, _ := f.call("GET", "/v3.1/chats/"+id, "").response.([]any)
	if len(array) != 1 || (result{response: array[0]}).text("chat_id") != id {
		t.Errorf("response %v, want the chat in an array", array)
	}

	f.set(`{"wrap_object":true}`)

	got := f.call("GET", "/v3.1/chats/"+id, "")
	if len(got.rows("chat")) != 1 {
		t.Errorf("response %s, want an array under its key", got.raw)
	}
}

func TestCreateAnswersAsTheSwitchSays(t *testing.T) {
	f := start(t)

	for switches, want := range map[string]func(result) bool{
		`{}`:                              func(r result) bool { return r.has("chat_id") && r.has("channel") },
		`{"create_answer":"id"}`:          func(r result) bool { return r.has("chat_id") && !r.has("channel") },
		`{"create_answer":"empty"}`:       func(r result) bool { return r.response == "" },
		`{"create_answer":"transaction"}`: func(r result) bool { return len(r.text("transaction_id")) == 32 && !r.has("chat_id") },
	} {
		f := start(t)
		f.set(switches)

		got := f.call("POST", "/v3.1/chats", "{"+sms+"}")
		f.want(got, 200, 4304, false)

		if !want(got) || len(f.platform.Chats()) != 1 {
			t.Errorf("%s: %s, and the platform holds %d chats", switches, got.raw, len(f.platform.Chats()))
		}
	}

	f.set(`{"create_answer":"id"}`)

	got := f.call("POST", "/v3.1/users", user)
	if got.at("id") == nil || got.has("login_id") {
		t.Errorf("created user: %s, want the id alone", got.raw)
	}
}

func TestLivechatMessagesMayCarryExtras(t *testing.T) {
	f := start(t)
	id := f.on("livechat", "").text("chat_id")
	f.control("POST", "imichat/hooks/inbound", `{"chat_id":"`+id+`","message":{"type":"inbound","text":"x","extras":{"custom_chat_attr":{"plan":"gold"}}`+at+`}}`)

	message := result{response: f.call("GET", "/v3.1/chats/"+id, "").rows("messages")[0]}
	plan := message.at("extras", "custom_chat_attr", "plan")
	if plan != "gold" {
		t.Errorf("message %v, want extras", message.response)
	}

	f.want(f.call("POST", "/v3.1/chats/"+id+"/messages", `{"type":"inbound","text":"x","extras":{}`+at+`}`), 400, 9400, true)
}

func TestOtherGenerationKnowsNoPath(t *testing.T) {
	f := start(t)
	f.set(`{"other_generation":true}`)

	got := f.send("GET", "/imichat/v3.1/authorize", "", nil)
	if got.http != 404 || got.raw != `{"message":"No resource was found for this address"}` {
		t.Errorf("authorize: HTTP %d %s", got.http, got.raw)
	}
}
