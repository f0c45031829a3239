package imichat_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

func newUser(more values) values {
	config := values{"login_id": "ana", "email_id": "ana@example.com", "first_name": "Ana", "last_name": "Silva"}
	for name, value := range more {
		config[name] = value
	}

	return config
}

func TestUser(t *testing.T) {
	d := open(t)
	config := newUser(values{
		"job_description": "Agent", "login_using_email": true, "skill_attributes": values{"language": "pt"},
		"privileges":  []any{values{"teamid": "101", "role": "Team Agent"}, values{"teamid": "102", "role": "Team Analyst"}},
		"password_wo": "not-to-be-seen", "password_wo_version": 1,
	})
	user := d.create("imichat_user", config)

	held, ok := d.IMIchat.User("ana")
	if !ok || held.Password != "not-to-be-seen" || held.Email != "ana@example.com" || !held.LoginUsingEmail || len(held.Privileges) != 2 || held.SkillAttributes["language"] != "pt" {
		t.Errorf("the platform holds %+v", held)
	}

	n := len(d.Journal.Writes())
	if n != 1 {
		t.Errorf("%d writes", n)
	}

	if strings.Contains(fmt.Sprint(user.State)+string(user.Private), "not-to-be-seen") {
		t.Error("the password is in the state")
	}

	if user.String("status") != "active" || user.String("role_type") != "Customer Care" || user.String("created_at") == "" {
		t.Errorf("the state has %v", user.State)
	}

	d.quiet(user, config)
	user = d.again().read(user)
	d.quiet(user, config)

	imported, diags := d.Import(t.Context(), "imichat_user", user.String("id"))
	if len(diags) > 0 || d.Identity(imported)["id"] != user.String("id") || d.Identity(imported)["domain"] != imichat.Domain {
		t.Errorf("imported %v %s", d.Identity(imported), diags)
	}

	imported, diags = d.Apply(t.Context(), imported, config)
	if len(diags.Errors()) > 0 {
		t.Error(diags)
	}

	d.quiet(imported, config)

	byLogin, diags := d.again().Import(t.Context(), "imichat_user", "login_id:ana")
	if len(diags) > 0 || byLogin.String("id") != user.String("id") {
		t.Errorf("imported %v %s", byLogin.State, diags)
	}

	for _, wrong := range []string{"ana", "1/2", ""} {
		_, diags := d.Import(t.Context(), "imichat_user", wrong)
		wants(t, diags, "Invalid import id", "login_id:ana")
	}

	_, diags = d.ImportIdentity(t.Context(), "imichat_user", values{"id": user.String("id"), "domain": "other.imi.chat"})
	wants(t, diags, "The identity is of another tenant")

	gone, diags := d.Apply(t.Context(), user, nil)
	warns(t, diags, "The user stays on the platform")

	if _, ok := d.IMIchat.User("ana"); !ok || !gone.Gone() {
		t.Error("destroy did more than forget")
	}

	again, diags := d.again().Create(t.Context(), "imichat_user", config)
	warns(t, diags, "The password was not changed")

	if again.String("id") != user.String("id") {
		t.Error("applying again did not adopt the user")
	}

	d.act("remove_user", values{"user": "ana"})

	if !d.again().read(user).Gone() {
		t.Error("3101 did not remove the user from the state")
	}
}

// TestUser_change refuses what no page documents.
func TestUser_change(t *testing.T) {
	d := open(t)

	user := d.create("imichat_user", newUser(values{"job_description": "Agent"}))
	for name, value := range map[string]any{
		"login_id": "other", "email_id": "other@example.com", "first_name": "Other", "last_name": "Other", "job_description": "Other",
		"login_using_email": true, "skill_attributes": values{"a": "b"},
	} {
		d.Journal.Clear()

		changed := newUser(values{"job_description": "Agent", name: value})
		_, diags := d.Plan(t.Context(), user, changed)
		if len(diags.Errors()) > 0 {
			t.Errorf("%s: planning fails: %s", name, diags)
		} else {
			warns(t, diags, "Applying this will fail")
		}

		kept, diags := d.Apply(t.Context(), user, changed)
		wants(t, diags, "Unable to change user", "documents no call that changes a user", name)

		if !kept.State.Equal(user.State) || d.requests() > 0 {
			t.Errorf("%s: the state is %v", name, kept.State)
		}
	}

	if !d.Changes(t.Context(), user, newUser(values{"job_description": "Agent", "login_using_email": unknown()})) {
		t.Error("an unknown login_using_email is planned as no change")
	}

	d.apply(user, newUser(values{"job_description": "Agent", "adopt_existing": true}))
	d.quiet(user, newUser(nil)) // What is removed stays as it is.
	d.quiet(d.again().read(user), newUser(nil))

	d.act("edit_user", values{"user": "ana", "first_name": "Anna", "active": false})

	found := d.again().read(user)
	if found.String("first_name") != "Anna" || found.String("status") != "inactive" {
		t.Errorf("the state has %v", found.State)
	}
}

func TestUser_taken(t *testing.T) {
	d := open(t)
	there := d.create("imichat_user", newUser(values{"privileges": []any{values{"teamid": "101", "role": "Team Agent"}}}))
	_, diags := d.Create(t.Context(), "imichat_user", newUser(values{"adopt_existing": true}))
	wants(t, diags, "The user is already managed in this configuration", "the user with this key")

	next := d.again()
	_, diags = next.Create(t.Context(), "imichat_user", newUser(values{"first_name": "Other"}))
	wants(t, diags, "The user already exists", `id = "`+there.String("id")+`"`)
	_, diags = next.Create(t.Context(), "imichat_user", newUser(values{"first_name": "Other", "adopt_existing": true}))
	wants(t, diags, "Unable to adopt user", "another first_name")

	adopted := next.create("imichat_user", newUser(values{"adopt_existing": true}))
	if adopted.String("id") != there.String("id") {
		t.Error("another user was made")
	}

	d.Faults.Add(sandbox.Fault{Platform: "imichat", Method: "POST", Path: "/v3.1/users", After: true, Cut: sandbox.CutReset})
	lost := d.create("imichat_user", newUser(values{"login_id": "bo", "privileges": []any{values{"teamid": "101", "role": "Team Agent"}}}))

	held, _ := d.IMIchat.User("bo")
	if fmt.Sprint(held.ID) != lost.String("id") {
		t.Error("the user whose answer was lost was not found")
	}
}

func TestUser_refused(t *testing.T) {
	d := open(t)
	for want, more := range map[string]values{
		"e-mail address":      {"email_id": "ana"},
		"login_id":            {"login_id": " ana"},
		"whole number":        {"privileges": []any{values{"teamid": "one", "role": "Team Agent"}}},
		"password_wo_version": {"password_wo": "secret"},
		"password_wo":         {"password_wo_version": 1},
	} {
		wants(t, d.Validate("imichat_user", newUser(more)), want)
	}

	_, diags := d.Create(t.Context(), "imichat_user", newUser(values{"privileges": []any{values{"teamid": "103", "role": "Team Agent"}}}))
	wants(t, diags, "Unable to create user", "9400", "request id")
}

// TestUser_noTeam checks that the error names the missing team.
func TestUser_noTeam(t *testing.T) {
	d := open(t)
	p := d.provider(values{"team_id": nil})
	_, diags := p.Create(t.Context(), "imichat_user", newUser(nil))
	wants(t, diags, "Missing team", "IMICHAT_TEAM_ID")

	for kind, config := range map[string]values{"imichat_users": {}, "imichat_user": {"id": "2001"}} {
		_, diags := p.Data(t.Context(), kind, config)
		wants(t, diags, "Missing team", "IMICHAT_TEAM_ID")
	}

	for _, privileges := range []any{unknown(), []any{values{"teamid": "101", "role": "Team Agent"}}} {
		_, diags := p.Plan(t.Context(), object{Type: "imichat_user"}, newUser(values{"privileges": privileges}))
		if len(diags) > 0 {
			t.Error(diags)
		}
	}
}

// data reads a data source into plain values.
func (d *desk) data(kind string, config values) map[string]any {
	d.t.Helper()

	found, diags := d.Data(d.t.Context(), kind, config)
	if len(diags) > 0 {
		d.t.Fatalf("%s: %s", kind, diags)
	}

	plain, ok := plainly(found).(map[string]any)
	if !ok {
		d.t.Fatalf("%s is %v", kind, found)
	}

	return plain
}

func plainly(v tftypes.Value) any {
	var (
		fields map[string]tftypes.Value
		rows   []tftypes.Value
		text   string
		number json.Number
	)

	switch {
	case v.IsNull() || !v.IsKnown():
		return nil
	case v.Type().Is(tftypes.String):
		_ = v.As(&text)
		return text
	case v.As(&fields) == nil:
		out := map[string]any{}
		for name, field := range fields {
			out[name] = plainly(field)
		}

		return out
	case v.As(&rows) == nil:
		out := []any{}
		for _, row := range rows {
			out = append(out, plainly(row))
		}

		return out
	default:
		number = json.Number(v.String())
		return number
	}
}

func TestUserData(t *testing.T) {
	d := open(t)
	for i := range 25 {
		d.create("imichat_user", newUser(values{"login_id": fmt.Sprintf("user-%02d", i), "privileges": []any{values{"teamid": "102", "role": "Team Agent"}}}))
	}

	d.act("edit_user", values{"user": "user-03", "active": false})

	users, _ := d.data("imichat_users", values{"team_id": "102"})["users"].([]any)
	if len(users) != 26 { // And the manager of both teams.
		t.Errorf("%d users", len(users))
	}

	users, _ = d.data("imichat_users", values{"team_id": "102", "status": "inactive"})["users"].([]any)
	if len(users) != 1 {
		t.Errorf("%d inactive users", len(users))
	}

	byLogin := d.data("imichat_user", values{"login_id": "user-20", "team_id": "102"})
	id, _ := byLogin["id"].(string)

	byID := d.data("imichat_user", values{"id": id})
	if byID["login_id"] != "user-20" || byID["role_type"] != "Customer Care" || byLogin["email_id"] != byID["email_id"] {
		t.Errorf("found %v and %v", byLogin, byID)
	}

	for _, config := range []values{{"login_id": "nobody"}, {"id": "1"}} {
		_, diags := d.Data(t.Context(), "imichat_user", config)
		wants(t, diags, "does not exist")
	}

	_, diags := d.Data(t.Context(), "imichat_user", values{"id": "1", "login_id": "a"})
	wants(t, diags, "Set exactly one of id, login_id")
}

func TestTeamData(t *testing.T) {
	for _, keys := range [][2]string{{"id", "name"}, {"team_id", "team_name"}, {"teamid", "name"}} {
		t.Run(keys[0], func(t *testing.T) {
			d := open(t)
			d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.TeamIDKey, s.TeamNameKey = keys[0], keys[1] })

			teams, _ := d.data("imichat_teams", values{})["teams"].([]any)
			if !slices.ContainsFunc(teams, func(team any) bool { return fmt.Sprint(team) == "map[id:101 name:Support]" }) || len(teams) != 2 {
				t.Errorf("teams are %v", teams)
			}

			team := d.data("imichat_team", values{"name": imichat.OtherTeamName})
			if team["id"] != imichat.OtherTeamID {
				t.Errorf("found %v", team)
			}

			team = d.data("imichat_team", values{"id": imichat.TeamID})
			if team["name"] != imichat.TeamName {
				t.Errorf("found %v", team)
			}

			_, diags := d.Data(t.Context(), "imichat_team", values{"id": "103"})
			wants(t, diags, "does not exist")
		})
	}
}

func TestChatData(t *testing.T) {
	d := open(t)

	first := d.create("imichat_chat", newChat(values{"alias_id": "a", "initial_messages": []any{values{"type": "inbound", "text": "Hi"}}}))
	for i := range 23 {
		d.create("imichat_chat", newChat(values{"alias_id": fmt.Sprint("b-", i), "tags": []any{"t"}}))
	}

	d.act("pick", values{"alias_id": "b-3", "assignee": imichat.Agent})
	d.Journal.Clear()
	found := d.data("imichat_chat", values{"chat_id": first.String("id")})

	n := d.requests()
	if n != 1 {
		t.Errorf("%d requests", n)
	}

	messages, _ := found["messages"].([]any)
	if len(messages) != 1 || found["alias_id"] != "a" || found["team_name"] != imichat.TeamName || found["updated_at"] == nil {
		t.Errorf("found %v", found)
	}

	byAlias := d.data("imichat_chat", values{"alias_id": "a"})
	if fmt.Sprint(byAlias) != fmt.Sprint(found) {
		t.Errorf("found %v by alias", byAlias)
	}

	_, diags := d.Data(t.Context(), "imichat_chat", values{"alias_id": "nobody"})
	wants(t, diags, `The chat with this alias_id does not exist`)
	_, diags = d.Data(t.Context(), "imichat_chat", values{"chat_id": "CSR0000000000000"})
	wants(t, diags, "does not exist")
	d.act("close", values{"alias_id": "a"})

	closed := d.again().data("imichat_chat", values{"alias_id": "a"})
	if closed["status"] != "closed" {
		t.Errorf("found %v", closed)
	}

	for want, config := range map[int]values{
		24: {}, 1: {"status": "closed"}, 23: {"tag": "t"}, 5: {"max_results": 5, "tag": "t"}, 0: {"channel": "sms"},
	} {
		rows, _ := d.data("imichat_chats", config)["chats"].([]any)
		if len(rows) != want {
			t.Errorf("%v found %d chats", config, len(rows))
		}
	}

	rows, _ := d.data("imichat_chats", values{"assignee": imichat.Agent})["chats"].([]any)
	if len(rows) != 1 {
		t.Errorf("%d chats of the agent", len(rows))
	}

	d.Journal.Clear()
	d.data("imichat_chats", values{"max_results": 10})

	n = d.requests()
	if n != 1 {
		t.Errorf("ten chats cost %d requests", n)
	}
}
