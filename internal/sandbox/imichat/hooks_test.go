package imichat_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// act runs a hook over HTTP, as a demonstration does.
func (f *fixture) act(hook, body string) {
	f.Helper()
	f.control("POST", "imichat/hooks/"+hook, body)
}

func TestChatHooksShowOnThePlatform(t *testing.T) {
	for _, c := range []struct {
		hook, more string
		change     func(*imichat.Chat)
	}{
		{"pick", ``, func(c *imichat.Chat) { c.Status, c.Assignee = "picked", imichat.Agent }},
		{"pick", `,"assignee":"agent.two"`, func(c *imichat.Chat) { c.Status, c.Assignee = "picked", imichat.OtherAgent }},
		{"release", ``, func(c *imichat.Chat) { c.Status, c.Assignee = "queued", "" }},
		{"hold", ``, func(c *imichat.Chat) { c.Status = "onhold" }},
		{"close", `,"outcome":"spam"`, func(c *imichat.Chat) { c.Status, c.Outcome = "closed", "spam" }},
		{"tag", `,"tags":["b","a"]`, func(c *imichat.Chat) { c.Tags = []string{"a", "b"} }},
		{"flag", `,"flag":"red"`, func(c *imichat.Chat) { c.Flag = "red" }},
		{"transfer", `,"team_id":102,"skill":"s"`, func(c *imichat.Chat) { c.TeamID, c.Skill, c.Status, c.Assignee = 102, "s", "queued", "" }},
		{"inbound", `,"text":"Hello?"`, func(c *imichat.Chat) {
			c.Messages = append(c.Messages, imichat.Message{Type: "inbound", Text: "Hello?", Timestamp: "2024-02-28T22:31:00.000Z"})
		}},
		{"inbound", `,"message":{"type":"announcement","text":"x","timestamp":"t"}`, func(c *imichat.Chat) {
			c.Messages = append(c.Messages, imichat.Message{Type: "announcement", Text: "x", Timestamp: "t"})
		}},
		{"reply", `,"text":"Yes"`, func(c *imichat.Chat) {
			c.Messages = append(c.Messages, imichat.Message{Type: "outbound", Text: "Yes", Timestamp: "2024-02-28T22:31:00.000Z"})
		}},
	} {
		t.Run(c.hook+c.more, func(t *testing.T) {
			f := start(t)
			id := f.chat(`,"alias_id":"a","assignee":"manager.one"`)
			want, _ := f.platform.Chat(id)
			f.now = f.now.Add(time.Minute)
			f.act(c.hook, `{"alias_id":"a"`+c.more+`}`)
			want.Updated = f.now
			c.change(&want)

			got, _ := f.platform.Chat(id)

			diff := cmp.Diff(want, got)
			if diff != "" {
				t.Errorf("chat (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHooksRefuseMistakes(t *testing.T) {
	f := start(t)

	id := f.chat("")
	for hook, body := range map[string]any{
		"pick": map[string]any{"chat_id": "CSR0"}, "hold": map[string]any{"chat_id": id, "color": "red"},
		"remove_team": map[string]any{"team_id": 9}, "remove_user": map[string]any{"user": "nobody"},
		"fail": map[string]any{"code": 1}, "set_quota": map[string]any{"remaining": 10001}, "flag": map[string]any{},
	} {
		if _, err := sandbox.Act(f.platform, hook, body); err == nil {
			t.Errorf("%s %v: no error", hook, body)
		}
	}
}

func TestPurgedChatIsGone(t *testing.T) {
	f := start(t)
	id := f.chat("")
	f.act("purge_chat", `{"chat_id":"`+id+`"}`)
	f.want(f.call("GET", "/v3.1/chats/"+id, ""), 404, 2031, false)
	f.want(f.call("PATCH", "/v3.1/chats/"+id, `{"status":"closed"}`), 404, 2031, false)

	rows := f.call("GET", "/v3.1/chats", "").rows("chats")
	if len(rows) != 0 {
		t.Errorf("a purged chat is listed: %v", rows)
	}
}

func TestTeamHooksShowOnThePlatform(t *testing.T) {
	for hook, undo := range map[string]string{"remove_team": "", "unshare_team": "share_team"} {
		t.Run(hook, func(t *testing.T) {
			f := start(t)
			id := f.chat("")
			f.act(hook, `{"team_id":101}`)
			f.want(f.call("GET", "/v3.1/chats/"+id, ""), 404, 2010, false)
			f.header["teamid"] = imichat.OtherTeamID
			f.want(f.call("GET", "/v3.1/chats/"+id, ""), 404, 2010, false)
			delete(f.header, "teamid")
			f.want(f.call("GET", "/v3.1/chats/"+id, ""), 404, 2010, false)

			rows := f.call("GET", "/v3.1/chats", "").rows("chats")
			if len(rows) != 1 {
				t.Errorf("%d rows, want one: the list is the tenant's", len(rows))
			}

			f.set(`{"list_shared_only":true}`)

			rows = f.call("GET", "/v3.1/chats", "").rows("chats")
			if len(rows) != 0 {
				t.Errorf("%d rows, want none", len(rows))
			}

			if undo != "" {
				f.act(undo, `{"team_id":101}`)
				f.want(f.call("GET", "/v3.1/chats/"+id, ""), 200, 4304, false)
			}
		})
	}
}

func TestUserHooksShowOnThePlatform(t *testing.T) {
	f := start(t)
	f.act("edit_user", `{"user":"agent.one","active":false,"accepting_chats":false,"logged_in":true,"first_name":"A","last_name":"B","job_description":"C"}`)

	got := f.call("GET", "/v3.1/users/agent.one", "")
	for key, want := range map[string]any{
		"status": "inactive", "accepting_chats": false, "logged_in": true, "first_name": "A", "last_name": "B", "job_description": "C",
	} {
		if got.at(key) != want {
			t.Errorf("%s is %v, want %v", key, got.at(key), want)
		}
	}

	f.act("edit_user", `{"user":"agent.one","active":true}`)

	got = f.call("GET", "/v3.1/users/agent.one", "")
	if got.text("status") != "active" || got.text("first_name") != "A" {
		t.Errorf("second edit: %s", got.raw)
	}

	f.act("remove_user", `{"user":"agent.one"}`)
	f.want(f.call("GET", "/v3.1/users/agent.one", ""), 404, 3101, false)
}

func TestTokenHooksEndTokens(t *testing.T) {
	f := start(t)
	f.act("expire_token", `{}`)
	f.want(f.call("GET", "/v3.1/chats", ""), 401, 2004, false)
	f.act("forget_token", `{}`)
	f.want(f.call("GET", "/v3.1/chats", ""), 400, 2003, false)
	f.header["access_token"] = f.platform.IssueToken()
	f.want(f.call("GET", "/v3.1/chats", ""), 200, 4391, false)
}

func TestQuotaHooksSetWhatIsLeft(t *testing.T) {
	f := start(t)
	f.act("set_quota", `{"remaining":2}`)

	got := f.call("GET", "/v3.1/chats", "")
	if got.header.Get("Rate-Limit-Remaining") != "1" || got.header.Get("Rate-Limit-Limit") != "10000" {
		t.Errorf("headers %v, want 1 of 10000 left", got.header)
	}

	f.act("exhaust_quota", `{}`)
	f.want(f.call("GET", "/v3.1/chats", ""), 429, 9429, false)
	f.now = f.now.AddDate(0, 0, 1)
	f.header["access_token"] = f.platform.IssueToken()
	f.want(f.call("GET", "/v3.1/chats", ""), 200, 4391, false)
}

// TestScriptedFailuresUseTheVendorsWords has each error of the vendor's tables answered in its words, and no more often than scripted.
func TestScriptedFailuresUseTheVendorsWords(t *testing.T) {
	for _, c := range []struct {
		code, status int
		words        string // Empty where only the meaning is known.
	}{
		{2002, 400, "Invalid header param - could not find mandatory header parameters"},
		{2003, 400, "Invalid Access Token"},
		{2004, 401, "Access Token expired"},
		{2031, 404, "Provided Chat ID does not exist"},
		{2007, 500, "Internal Server Error"},
		{2010, 404, "Could not find details of team based on the teamid passed in the header"},
		{2099, 405, "Method not allowed"},
		{4108, 500, "Unable to get the chat details"},
		{3101, 404, ""},
		{3105, 500, ""},
	} {
		t.Run(fmt.Sprint(c.code), func(t *testing.T) {
			f := start(t)
			id := f.chat("")
			f.act("fail", fmt.Sprintf(`{"code":%d,"times":2,"skip":1,"method":"GET","path":"/v3.1/chats/*"}`, c.code))

			for i, hit := range []bool{false, true, true, false} {
				got := f.call("GET", "/v3.1/chats/"+id, "")
				if hit {
					f.want(got, c.status, c.code, false)
				} else {
					f.want(got, 200, 4304, false)
				}

				if strings.Contains(got.description, "invented") || hit && c.words != "" && got.description != c.words {
					t.Errorf("call %d says %q, want the vendor's words %q", i, got.description, c.words)
				}
			}
		})
	}

	f := start(t)
	f.act("fail", `{"code":2007,"method":"POST","after":true}`)
	f.want(f.call("POST", "/v3.1/chats", "{"+sms+"}"), 500, 2007, false)

	n := len(f.platform.Chats())
	if n != 1 {
		t.Errorf("%d chats after a failure that came after the work, want 1", n)
	}
}
