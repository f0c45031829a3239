package imichat_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

const user = `{"first_name":"New","last_name":"Agent","login_id":"agent.new","email_id":"new@example.com","password":"hunter2",
	"job_description":"Returns","login_using_email":false,"privileges":[{"teamid":101,"role":"Team Analyst"}],"skill_attributes":{"language":"fr"}}`

func TestCreatedUserIsReadBack(t *testing.T) {
	f := start(t)
	got := f.call("POST", "/v3.1/users", user)
	f.want(got, 200, 4395, false)
	want := map[string]any{
		"id": 2005.0, "created_at": "2024-02-28T22:30:00.000Z", "updated_at": "2024-02-28T22:30:00.000Z",
		"first_name": "New", "last_name": "Agent", "login_id": "agent.new", "email_id": "new@example.com",
		"status": "active", "accepting_chats": false, "active_chats": 0.0, "logged_in": false, "job_description": "Returns",
		"login_using_email": false, "role_type": "Customer Care", "skill_attributes": map[string]any{"language": "fr"},
	}

	diff := cmp.Diff(want, got.response)
	if diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}

	for _, key := range []string{"2005", "agent.new"} {
		read := f.call("GET", "/v3.1/users/"+key, "")
		f.want(read, 200, 4306, false)

		diff := cmp.Diff(want, read.response)
		if diff != "" {
			t.Errorf("read %s (-want +got):\n%s", key, diff)
		}
	}

	held, ok := f.platform.User("agent.new")
	if !ok || held.Password != "hunter2" || !cmp.Equal(held.Privileges, []imichat.Privilege{{TeamID: 101, Role: "Team Analyst"}}) {
		t.Errorf("the platform holds %+v", held)
	}

	f.want(f.call("POST", "/v3.1/users", user), 409, 9409, false)
	f.want(f.call("GET", "/v3.1/users/9", ""), 404, 3101, false)
	f.want(f.call("GET", "/v3.1/users/nobody", ""), 404, 3101, false)
	f.want(f.call("GET", "/v3.1/users", ""), 405, 2099, true)
	f.want(f.call("PATCH", "/v3.1/users/2005", `{"first_name":"x"}`), 405, 2099, true)
	f.set(`{"wrap_object":true,"create_status":201}`)

	read := f.call("GET", "/v3.1/users/2005", "")
	if read.text("user", "login_id") != "agent.new" {
		t.Errorf("wrapped: %s", read.raw)
	}

	f.want(f.call("POST", "/v3.1/users", strings.Replace(user, "agent.new", "agent.newer", 1)), 201, 4395, false)
	delete(f.header, "teamid")
	f.want(f.call("POST", "/v3.1/users", user), 400, 2002, true)
	f.want(f.call("GET", "/v3.1/users/2005", ""), 400, 2002, true)
	f.want(f.call("POST", "/v3.1/users/search", ""), 400, 2002, true)
}

func TestCreateUserRefusesMistakes(t *testing.T) {
	for _, c := range []struct {
		name, body   string
		status, code int
		complaint    bool
	}{
		{"no login", `{"email_id":"a@example.com"}`, 400, 9400, true},
		{"email as login", `{"email_id":"a@example.com","login_using_email":true}`, 200, 4395, false},
		{"unknown role", `{"login_id":"a","privileges":[{"teamid":101,"role":"Boss"}]}`, 400, 9400, true},
		{"team that is not shared", `{"login_id":"a","privileges":[{"teamid":103,"role":"Team Agent"}]}`, 400, 9400, false},
		{"team as a string", `{"login_id":"a","privileges":[{"teamid":"101","role":"Team Agent"}]}`, 400, 9400, true},
		{"counter", `{"login_id":"a","active_chats":1}`, 200, 4395, true},
		{"unknown field", `{"login_id":"a","name":"x"}`, 200, 4395, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := start(t)
			f.want(f.call("POST", "/v3.1/users", c.body), c.status, c.code, c.complaint)

			n := len(f.platform.Users())
			if (n == 5) != (c.status == 200) {
				t.Errorf("the platform holds %d users", n)
			}
		})
	}
}

func TestSearchUsersFilters(t *testing.T) {
	f := start(t)
	f.chat(`,"assignee":"agent.two"`)
	f.chat(`,"alias_id":"held","assignee":"agent.one"`)
	f.act("hold", `{"alias_id":"held"}`)

	for _, c := range []struct{ team, body, want string }{
		{imichat.TeamID, ``, "agent.one agent.two manager.one bot.one"},
		{imichat.TeamID, `{}`, "agent.one agent.two manager.one bot.one"},
		{imichat.OtherTeamID, `{}`, "manager.one"},
		{imichat.TeamID, `{"active_chats":{"gte":1}}`, "agent.two"},
		{imichat.TeamID, `{"active_chats":{"lt":"1"},"status":{"eq":"active"}}`, "agent.one manager.one bot.one"},
		{imichat.TeamID, `{"accepting_chats":{"eq":false}}`, ""},
	} {
		f.header["teamid"] = c.team
		got := f.call("POST", "/v3.1/users/search", c.body)
		f.want(got, 200, 4307, false)

		names := strings.Join(got.column("users", "login_id"), " ")
		if names != c.want {
			t.Errorf("team %s %s: %q, want %q", c.team, c.body, names, c.want)
		}
	}

	f.header["teamid"] = imichat.TeamID
	row := map[string]any{
		"id": 2001.0, "created_at": "2024-02-28T22:30:00.000Z", "updated_at": "2024-02-28T22:30:00.000Z",
		"first_name": "First", "last_name": "Agent", "login_id": "agent.one", "email_id": "agent.one@example.com",
		"status": "active", "accepting_chats": true, "active_chats": 0.0,
	}

	diff := cmp.Diff(row, f.call("POST", "/v3.1/users/search", "").rows("users")[0])
	if diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}

	f.want(f.call("POST", "/v3.1/users/search", `{"login_id":{"eq":"x"}}`), 400, 9400, true)
	f.want(f.call("POST", "/v3.1/users/search", `{"active_chats":{"eq":1}}`), 400, 9400, true)
	f.want(f.call("POST", "/v3.1/users/search", `{"status":"active"}`), 400, 9400, true)

	for i := range 8 {
		f.call("POST", "/v3.1/users", strings.Replace(user, "agent.new", fmt.Sprintf("agent.n%d", i), 1))
	}

	n := len(f.call("POST", "/v3.1/users/search?page=2", "").rows("users"))
	if n != 2 {
		t.Errorf("page 2 has %d of 12 users, want 2", n)
	}
}

func TestSearchChatsFilters(t *testing.T) {
	f := start(t)
	f.set(`{"create_tags":"tags"}`)
	f.chat(`,"alias_id":"a","tags":["x","y"]`)
	f.now = f.now.Add(time.Minute)
	f.chat(`,"alias_id":"b","assignee":"agent.one"`)
	f.on("email", `,"alias_id":"c"`)

	for body, want := range map[string]string{
		``:                               "cba",
		`{"status":{"eq":"picked"}}`:     "b",
		`{"status":{"not_eq":"picked"}}`: "ca",
		`{"tag":{"eq":"y"}}`:             "a",
		`{"channel":{"eq":"email"}}`:     "c",
		`{"mobile":{"eq":"447700900001"},"created_at":{"gt":"2024-02-28T22:30:00Z"}}`: "b",
		`{"email_id":{"eq":"one"}}`:                         "c",
		`{"created_at":{"lte":"2024-02-28T22:30:00.000Z"}}`: "a",
		`{"group":{"eq":"one"}}`:                            "",
	} {
		got := f.call("POST", "/v3.0/chats/search", body)
		f.want(got, 200, 4391, false)

		names := strings.Join(got.column("chats", "alias_id"), "")
		if names != want {
			t.Errorf("%s: %q, want %q", body, names, want)
		}
	}

	f.want(f.call("POST", "/v3.0/chats/search", `{"alias_id":{"eq":"a"}}`), 400, 9400, true)
	f.want(f.call("POST", "/v3.1/chats/search", ""), 404, 9404, true)
}

func TestTeamsFollowTheSwitches(t *testing.T) {
	f := start(t)
	got := f.call("GET", "/v3.1/teams", "")
	f.want(got, 200, 4394, false)
	want := []any{map[string]any{"id": 101.0, "name": "Support"}, map[string]any{"id": 102.0, "name": "Sales"}}

	diff := cmp.Diff(want, got.rows("teams"))
	if diff != "" {
		t.Errorf("teams (-want +got):\n%s", diff)
	}

	f.set(`{"team_id_key":"teamid","team_name_key":"team_name","bare_lists":true}`)

	want = []any{map[string]any{"teamid": 101.0, "team_name": "Support"}, map[string]any{"teamid": 102.0, "team_name": "Sales"}}

	diff = cmp.Diff(any(want), f.call("GET", "/v3.1/teams?page=1", "").response)
	if diff != "" {
		t.Errorf("teams (-want +got):\n%s", diff)
	}

	if rows, ok := f.call("GET", "/v3.1/teams?page=2", "").response.([]any); !ok || len(rows) != 0 {
		t.Errorf("page 2: %v", rows)
	}
}

func TestTransferMovesAChat(t *testing.T) {
	f := start(t)
	id := f.chat(`,"assignee":"agent.one"`)
	path := "/v3.1/internal/chats/" + id
	f.want(f.call("PATCH", path, `{"transfer":{"teamid":"102"}}`), 404, 9404, false)
	f.set(`{"transfer":true}`)
	got := f.call("PATCH", path, `{"transfer":{"teamid":"102","skill_name":"Returns"}}`)
	f.want(got, 202, 4342, false)

	if got.response != "" {
		t.Errorf("response %v, want an empty string", got.response)
	}

	held, _ := f.platform.Chat(id)
	if held.TeamID != 102 || held.Skill != "Returns" || held.Status != "queued" || held.Assignee != "" {
		t.Errorf("the platform holds %+v", held)
	}

	f.want(f.call("PATCH", path, `{"transfer":{"teamid":101}}`), 202, 4342, false)
	f.want(f.call("PATCH", path, `{"transfer":{"teamid":103}}`), 404, 2010, false)
	f.want(f.call("PATCH", path, `{"transfer":{"teamid":"support"}}`), 400, 9400, true)
	f.want(f.call("PATCH", "/v3.1/internal/chats/CSR0", `{"transfer":{"teamid":101}}`), 404, 2031, false)
}
