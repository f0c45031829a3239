package imichat_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestUpdateChatChangesSixFields(t *testing.T) {
	for _, c := range []struct {
		name, switches, body string
		status, code         int
		complaint            bool
		keys                 string
		want                 any
	}{
		{"alias", "{}", `{"alias_id":"b"}`, 200, 4392, false, "alias_id", "b"},
		{"alias cleared", "{}", `{"alias_id":""}`, 200, 4392, false, "alias_id", ""},
		{"alias null is not sent", "{}", `{"alias_id":null,"status":"onhold"}`, 200, 4392, true, "alias_id", "a"},
		{"tags", "{}", `{"tags":["x"]}`, 200, 4392, false, "tag", []any{"x"}},
		{"tag", "{}", `{"tag":["x"],"status":"onhold"}`, 200, 4392, true, "tag", []any{}},
		{"onhold", "{}", `{"status":"onhold"}`, 200, 4392, false, "status", "onhold"},
		{"no such status", "{}", `{"status":"open"}`, 400, 9400, true, "", nil},
		{"assignee picks", "{}", `{"assignee":"agent.two"}`, 200, 4392, false, "status", "picked"},
		{"assignee with a status", "{}", `{"assignee":"agent.two","status":"onhold"}`, 200, 4392, false, "status", "onhold"},
		{"virtual agent", "{}", `{"assignee":"bot.one"}`, 200, 4392, false, "assignee", "bot.one"},
		{"unknown assignee", "{}", `{"assignee":"nobody"}`, 400, 9400, false, "", nil},
		{"assignee cleared", "{}", `{"assignee":""}`, 400, 9400, true, "", nil},
		{"details replace", "{}", `{"other_details":{"y":"2"}}`, 200, 4392, false, "other_details", map[string]any{"y": "2"}},
		{"details merge", `{"merge_other_details":true}`, `{"other_details":{"y":"2"}}`, 200, 4392, false, "other_details", map[string]any{"x": "1", "y": "2"}},
		{"unknown field", "{}", `{"subject":"x","status":"onhold"}`, 200, 4392, true, "status", "onhold"},
		{"unknown field refused", `{"reject_unknown":true}`, `{"subject":"x","status":"onhold"}`, 400, 9400, true, "", nil},
		{"nothing", "{}", `{}`, 400, 9400, true, "", nil},
		{"close with outcome", "{}", `{"status":"closed","outcome":"resolved"}`, 200, 4392, false, "outcome", nil},
		{"outcome alone", "{}", `{"outcome":"resolved"}`, 200, 4392, true, "status", "queued"},
		{"any outcome", "{}", `{"status":"closed","outcome":"bored"}`, 200, 4392, false, "status", "closed"},
		{"checked outcome", `{"check_outcome":true}`, `{"status":"closed","outcome":"bored"}`, 400, 9400, false, "", nil},
		{"known outcome", `{"check_outcome":true}`, `{"status":"closed","outcome":"spam"}`, 200, 4392, false, "status", "closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := start(t)
			id := f.chat(`,"alias_id":"a","other_details":{"x":"1"}`)
			f.set(c.switches)
			before, _ := f.platform.Chat(id)
			f.now = f.now.Add(time.Minute)
			got := f.call("PATCH", "/v3.1/chats/"+id, c.body)
			f.want(got, c.status, c.code, c.complaint)

			diff := cmp.Diff(c.want, got.at(c.keys))
			if c.keys != "" && diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.keys, diff)
			}

			after, _ := f.platform.Chat(id)

			changed := !cmp.Equal(before, after)
			if changed != (c.status == 200) {
				t.Errorf("HTTP %d and chat changed: %v", c.status, changed)
			}

			if c.status == 200 && got.text("updated_at") != "2024-02-28T22:31:00.000Z" {
				t.Errorf("updated_at %v", got.at("updated_at"))
			}
		})
	}
}

func TestUpdateTagsAreAShuffledSet(t *testing.T) {
	f := start(t)
	id := f.chat("")
	orders := map[string]bool{}

	f.call("PATCH", "/v3.1/chats/"+id, `{"tags":["a","b","c","d","d"]}`)

	for range 20 {
		orders[fmt.Sprint(f.call("GET", "/v3.1/chats/"+id, "").at("tag"))] = true
	}

	if len(orders) < 2 {
		t.Errorf("twenty reads gave the tags in one order: %v", orders)
	}

	held, _ := f.platform.Chat(id)
	if !cmp.Equal(held.Tags, []string{"a", "b", "c", "d"}) {
		t.Errorf("the platform holds %v", held.Tags)
	}

	f.call("PATCH", "/v3.1/chats/"+id, `{"tags":[]}`)

	held, _ = f.platform.Chat(id)
	if len(held.Tags) != 0 {
		t.Errorf("an empty array left %v", held.Tags)
	}
}

func TestEveryStatusFollowsEveryOther(t *testing.T) {
	f := start(t)
	id := f.chat(`,"assignee":"agent.one"`)
	f.want(f.call("PATCH", "/v3.1/chats/"+id, `{"status":"onhold"}`), 200, 4392, false)

	got := f.call("PATCH", "/v3.1/chats/"+id, `{"assignee":"agent.one"}`)
	if got.text("status") != "onhold" {
		t.Errorf("assigning a chat on hold made it %s", got.text("status"))
	}

	for _, status := range []string{"onhold", "picked", "queued", "closed", "queued"} {
		got := f.call("PATCH", "/v3.1/chats/"+id, `{"status":"`+status+`"}`)
		f.want(got, 200, 4392, false)

		assignee := "agent.one"
		if status == "queued" || status == "closed" {
			assignee = ""
		}

		if got.text("status") != status || got.text("assignee") != assignee {
			t.Errorf("%s: status %s assignee %q", status, got.text("status"), got.text("assignee"))
		}
	}
}

func TestClosedChatIsRefusedIfTheSwitchSaysSo(t *testing.T) {
	f := start(t)
	id := f.chat("")
	f.want(f.call("PATCH", "/v3.1/chats/"+id, `{"status":"closed","outcome":"resolved"}`), 200, 4392, false)
	f.want(f.call("PATCH", "/v3.1/chats/"+id, `{"tags":["late"]}`), 200, 4392, false)

	held, _ := f.platform.Chat(id)
	if held.Outcome != "resolved" {
		t.Errorf("outcome %q", held.Outcome)
	}

	f.set(`{"reject_closed":true}`)
	f.want(f.call("PATCH", "/v3.1/chats/"+id, `{"status":"queued"}`), 409, 9410, false)
	f.want(f.call("GET", "/v3.1/chats/"+id, ""), 200, 4304, false)
}
