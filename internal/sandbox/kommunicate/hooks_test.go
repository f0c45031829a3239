package kommunicate

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

func (f *fixture) act(hook string, body map[string]any) any {
	f.t.Helper()

	out, err := sandbox.Act(f, hook, body)
	if err != nil {
		f.t.Fatalf("%s: %v", hook, err)
	}

	return out
}

// TestHooksShowOnThePlatform tries each hook on one conversation and looks at what a reader of the platform would see.
func TestHooksShowOnThePlatform(t *testing.T) {
	tests := map[string]struct {
		body map[string]any
		seen func(*fixture, GroupView) (got, want any)
	}{
		"set_status":   {map[string]any{"status": "6"}, func(_ *fixture, g GroupView) (any, any) { return g.Status, "6" }},
		"set_assignee": {map[string]any{"assignee": AgentTwoID}, func(_ *fixture, g GroupView) (any, any) { return g.Assignee, AgentTwoID }},
		"set_team": {map[string]any{"teamId": BillingTeamID}, func(_ *fixture, g GroupView) (any, any) {
			return []any{g.TeamID, slices.Contains(g.Members, AgentTwoID)}, []any{"130000002", true}
		}},
		"set_metadata": {map[string]any{"metadata": map[string]string{"k": "v"}, "keys": []string{keySkipRouting}}, func(_ *fixture, g GroupView) (any, any) {
			return g.Metadata, map[string]string{keyStatus: "0", "k": "v"}
		}},
		"rename_group":  {map[string]any{"name": "n"}, func(_ *fixture, g GroupView) (any, any) { return g.Name, "n" }},
		"set_image":     {map[string]any{"imageUrl": "i"}, func(_ *fixture, g GroupView) (any, any) { return g.ImageURL, "i" }},
		"add_member":    {map[string]any{"userId": "new"}, func(_ *fixture, g GroupView) (any, any) { return slices.Contains(g.Members, "new"), true }},
		"remove_member": {map[string]any{"userId": "u-1"}, func(_ *fixture, g GroupView) (any, any) { return slices.Contains(g.Members, "u-1"), false }},
		"delete_group":  {nil, func(_ *fixture, g GroupView) (any, any) { return g.Deleted, true }},
		"purge_group": {nil, func(f *fixture, _ GroupView) (any, any) {
			return f.call("GET /rest/ws/group/v2/info?clientGroupId=c", "").code(), "AL-G-01"
		}},
		"agent_message": {map[string]any{"message": "m"}, func(f *fixture, g GroupView) (any, any) {
			return []any{f.Messages(g.ID)[1].From, g.Status}, []any{AgentOneID, "0"}
		}},
		"customer_message": {map[string]any{"message": "m", "userId": "u-1"}, func(f *fixture, g GroupView) (any, any) {
			return []any{f.Messages(g.ID)[1].From, g.Status}, []any{"u-1", "0"}
		}},
		"deactivate_user": {nil, func(f *fixture, _ GroupView) (any, any) { return f.mustUser("u-1").Deactivated, true }},
		"activate_user":   {nil, func(f *fixture, _ GroupView) (any, any) { return f.mustUser("u-1").Deactivated, false }},
		"delete_user":     {nil, func(f *fixture, _ GroupView) (any, any) { return f.mustUser("u-1").Deleted, true }},
		"purge_user": {nil, func(f *fixture, g GroupView) (any, any) {
			_, ok := f.User("u-1")
			return []bool{ok, slices.Contains(g.Members, "u-1")}, []bool{false, false}
		}},
		"set_user": {map[string]any{"displayName": "D", "email": "e", "imageLink": "i", "phoneNumber": "+1", "metadata": map[string]string{"a": "b"}}, func(f *fixture, _ GroupView) (any, any) {
			u := f.mustUser("u-1")
			return []any{u.DisplayName, u.Email, u.ImageLink, u.PhoneNumber, u.Metadata}, []any{"D", "e", "i", "+1", map[string]string{"a": "b"}}
		}},
		"set_online": {map[string]any{"userId": AgentTwoID, "online": false}, func(f *fixture, _ GroupView) (any, any) {
			u, _ := f.users.Get(AgentTwoID)
			return u.online, false
		}},
		"set_limit": {map[string]any{"userId": AgentTwoID, "limit": 3}, func(f *fixture, _ GroupView) (any, any) {
			return f.settings.HandlingLimit[AgentTwoID], 3
		}},
		"open_widget": {map[string]any{"name": "w"}, func(f *fixture, _ GroupView) (any, any) {
			g := f.Groups()[1]
			return []any{g.Name, g.Status, g.Assignee}, []any{"w", "-1", AgentOneID}
		}},
		"settings": {map[string]any{"bot_routing": true}, func(f *fixture, _ GroupView) (any, any) {
			return []any{f.settings.BotRouting, f.settings.DefaultAgent}, []any{true, AgentOneID}
		}},
		"auto_close": {nil, func(_ *fixture, g GroupView) (any, any) { return g.Status, "2" }},
		"delete_message": {nil, func(f *fixture, g GroupView) (any, any) {
			a := f.call("GET /rest/ws/message/list?groupId="+g.ID, "")
			return len(decoded[struct{ Message []wireRow }](f.t, []byte(a.text)).Message), 0
		}},
		"expire_sessions": {nil, func(f *fixture, _ GroupView) (any, any) { return len(f.tokens), 0 }},
	}
	f := start(t)
	equal(t, slices.Sorted(maps.Keys(f.Hooks())), slices.Sorted(maps.Keys(tests)))

	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := start(t)
			id := f.conversation("c")
			key := f.send(`{"groupId":"` + id + `","message":"m","fromUserName":"u-1"}`).MessageKey
			f.tokens["x"] = "u-1"
			body := map[string]any{}

			switch name {
			case "settings", "auto_close", "expire_sessions":
			case "delete_message":
				body["key"] = key
			default:
				body["groupId"], body["userId"] = json.Number(id), "u-1"
				if strings.HasSuffix(name, "_message") {
					delete(body, "userId")
				}
			}

			maps.Copy(body, tt.body)
			f.act(name, body)
			g, _ := f.Group(id)
			got, want := tt.seen(f, g)
			equal(t, got, want)
		})
	}
}

func TestHooksRefuseNonsense(t *testing.T) {
	f := start(t)
	f.conversation("c")

	for _, tt := range []struct {
		hook string
		body map[string]any
	}{
		{"set_status", map[string]any{"groupId": 1, "status": "2"}},
		{"set_status", map[string]any{"clientGroupId": "c", "status": "x"}},
		{"set_status", map[string]any{"clientGroupId": "c", "state": "2"}},
		{"set_assignee", map[string]any{"clientGroupId": "c", "assignee": "nobody"}},
		{"remove_member", map[string]any{"clientGroupId": "c", "userId": "nobody"}},
		{"add_member", map[string]any{"clientGroupId": "c"}},
		{"agent_message", map[string]any{"clientGroupId": "c", "userId": "u-1"}},
		{"customer_message", map[string]any{"clientGroupId": "c", "userId": "nobody"}},
		{"delete_user", map[string]any{"userId": "nobody"}},
		{"set_limit", map[string]any{"userId": "u-1"}},
		{"delete_message", map[string]any{"key": "x"}},
		{"settings", map[string]any{"botRouting": true}},
	} {
		if _, err := sandbox.Act(f, tt.hook, tt.body); err == nil {
			t.Errorf("%s took %v", tt.hook, tt.body)
		}
	}
}

func TestHookClearsTheAssignee(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	f.act("set_assignee", map[string]any{"groupId": id, "assignee": AgentTwoID})
	f.act("set_assignee", map[string]any{"groupId": id, "assignee": ""})
	g, _ := f.Group(id)
	equal(t, g.Assignee, "")
}

// TestControlChangesSwitchesAndRunsHooks drives switches, hooks and reset as a demo does: over HTTP.
func TestControlChangesSwitchesAndRunsHooks(t *testing.T) {
	f := start(t)
	do := func(method, path, body string) string {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), method, sandbox.ControlPath+path, strings.NewReader(body))
		r.Host = "127.0.0.1"
		r.Header.Set("Content-Type", "application/json")

		recorder := httptest.NewRecorder()
		f.handler.ServeHTTP(recorder, r)

		if recorder.Code != http.StatusOK {
			t.Fatalf("%s %s: %s", method, path, recorder.Body)
		}

		return recorder.Body.String()
	}
	defaults := decoded[Switches](t, []byte(do("GET", "kommunicate/switches", "")))
	equal(t, defaults, defaultSwitches())
	do("PATCH", "kommunicate/switches", `{"duplicate_client_group":"existing","undocumented_reads":404}`)
	equal(t, f.switches.UndocumentedReads, 404)
	id := f.conversation("c")

	out := do("POST", "kommunicate/hooks/rename_group", `{"groupId":`+id+`,"name":"n"}`)
	if !strings.Contains(out, `"name":"n"`) {
		t.Error(out)
	}

	f.SetSwitches(func(s *Switches) { s.UserCreate = false })
	f.ChangeSettings(func(s *Settings) { s.BotRouting = true })
	equal(t, []bool{f.switches.UserCreate, f.settings.BotRouting}, []bool{false, true})
	do("POST", "reset", "")
	equal(t, f.switches, defaultSwitches())
	equal(t, f.settings.BotRouting, false)
	equal(t, len(f.Groups())+len(f.Users())+len(f.Files()), 0)
}

func TestEverySwitchHasAName(t *testing.T) {
	fields := reflect.TypeFor[Switches]()
	for i := range fields.NumField() {
		if fields.Field(i).Tag.Get("json") == "" {
			t.Errorf("%s has no name", fields.Field(i).Name)
		}
	}
}

func TestEnvironmentPointsHere(t *testing.T) {
	f := start(t)
	env := map[string]string{}

	for _, pair := range f.Environment("http://127.0.0.1:1") {
		name, value, _ := strings.Cut(pair, "=")
		env[name] = value
	}

	equal(t, env, map[string]string{
		"KOMMUNICATE_BASE_URL":       "http://127.0.0.1:1/kommunicate",
		"KOMMUNICATE_CHAT_BASE_URL":  "http://127.0.0.1:1/kommunicate/chat",
		"KOMMUNICATE_API_KEY":        APIKey,
		"KOMMUNICATE_ACTING_USER_ID": OwnerID,
		"KOMMUNICATE_APPLICATION_ID": ApplicationID,
	})
	acting, _ := f.User(OwnerID)
	equal(t, acting.RoleType, 8)

	id := f.conversation("c")
	g, _ := f.Group(id)
	equal(t, g.AdminID, OwnerID)
}
