package chatlake_test

import (
	"fmt"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestAgents(t *testing.T) {
	w := newWorld(t)
	w.want("POST", "/agents", `{"agent":{"email":"New.Person@x.example"}}`, 200,
		`{"id":15,"account_id":1,"name":"New.Person","available_name":"New.Person","email":"new.person@x.example","role":"agent","auto_offline":true,
		"availability_status":"offline","confirmed":false,"provider":"email","thumbnail":"","custom_role_id":null,"custom_attributes":"<absent>","availability":"<absent>"}`)
	w.want("POST", "/agents", `{"email":"admin2@x.example","name":"Second","role":"administrator","availability":"busy","auto_offline":false}`, 200,
		`{"id":16,"name":"Second","role":"administrator","availability_status":"busy"}`)
	w.want("POST", "/agents", `{"email":"new.person@x.example","name":"x"}`, 422, `{"message":"User has already been taken","attributes":["user_id"]}`)
	w.want("POST", "/agents", `{"name":"nobody"}`, 422, `{"attributes":["email"]}`)
	w.want("POST", "/agents", `{"email":"outsider@sandbox.example","name":"Other name"}`, 200, `{"id":14,"name":"Outside Administrator"}`)
	w.want("PATCH", "/agents/15", `{"name":"Renamed","role":"administrator","availability":null}`, 200, `{"name":"Renamed","role":"administrator"}`)
	w.want("PATCH", "/agents/15", `{"agent":{"auto_offline":false},"custom_role_id":4}`, 200, `{"auto_offline":false,"availability_status":"online","custom_role_id":4}`)
	w.want("PATCH", "/agents/15", `{"role":"agent"}`, 200, `{"custom_role_id":null}`)
	w.want("GET", "/agents", "", 200, `[{"id":11},{"id":12},{"id":14},{"id":15},{"id":16},{"id":13}]`)
	w.want("PATCH", "/agents/77", `{"name":"x"}`, 404, "")
	w.as(chatlake.AgentToken).want("GET", "/agents", "", 200, "")
	w.as(chatlake.AgentToken).want("POST", "/agents", `{"email":"y@x.example"}`, 401, "")
	w.quiet()

	for _, c := range []struct {
		method, path, body string
		status             int
		complaint          string
	}{
		{"POST", "/agents", `{"role":"agent"}`, 500, "without email and name"},
		{"POST", "/agents", `{"email":"z@x.example","role":"boss"}`, 500, "boss"},
		{"PATCH", "/agents/15", `{"email":"z@x.example"}`, 200, "cannot be changed"},
		{"GET", "/agents/15", ``, 404, "no such route"},
		{"POST", "/agents", `{"agent":{}}`, 422, "nothing under"},
	} {
		w.want(c.method, c.path, c.body, c.status, "")
		w.complains(c.complaint)
	}

	w.want("POST", "/teams/201/team_members", `{"user_ids":[15]}`, 200, "")
	w.want("DELETE", "/agents/15", "", 200, "<empty>")
	w.want("GET", "/teams/201/team_members", "", 200, `[{"id":12}]`)
	w.want("DELETE", "/agents/15", "", 404, "")
	w.want("POST", "/agents", `{"email":"new.person@x.example"}`, 200, `{"id":17}`)
	w.switches(func(s *chatlake.Switches) { s.AgentLimit = 1 })
	w.want("POST", "/agents", `{"email":"q@x.example"}`, 402, `{"error":"<any>"}`)
	w.switches(func(s *chatlake.Switches) { s.Enterprise = false })
	w.want("GET", "/agents", "", 200, `[{"custom_role_id":"<absent>"},{},{},{},{},{}]`)
	w.quiet()
}

func TestTeams(t *testing.T) {
	w := newWorld(t)
	w.want("POST", "/teams", `{"team":{"name":"Second LINE","description":"d","allow_auto_assign":false}}`, 200,
		`{"id":203,"name":"second line","description":"d","allow_auto_assign":false,"account_id":1,"is_member":false}`)
	w.want("POST", "/teams", `{"name":"third"}`, 200, `{"id":204,"allow_auto_assign":true,"description":null}`)
	w.want("POST", "/teams", `{"name":"THIRD"}`, 422, `{"message":"Name has already been taken","attributes":["name"]}`)
	w.want("POST", "/teams", `{"description":"x"}`, 422, `{"attributes":["name"]}`)
	w.want("PATCH", "/teams/203", `{"description":null}`, 200, `{"name":"second line","description":null}`)
	w.want("PUT", "/teams/203", `{"name":"third"}`, 422, "")
	w.want("GET", "/teams/202", "", 404, "")
	w.as(chatlake.AgentToken).want("GET", "/teams/201", "", 200, `{"is_member":true}`)
	w.as(chatlake.AgentToken).want("PATCH", "/teams/201", `{"name":"x"}`, 401, "")

	members := "/teams/203/team_members"
	w.want("POST", members, `{"user_ids":[11,12]}`, 200, `[{"id":11},{"id":12}]`)
	w.want("POST", members, `{"user_ids":[12,13]}`, 200, `[{"id":13}]`)
	w.want("PATCH", members, `{"user_ids":[12]}`, 200, `[{"id":12}]`)
	w.want("PATCH", members, `{"user_ids":[14]}`, 401, `{"error":"Invalid User IDs"}`)
	w.want("GET", members, "", 200, `[{"id":12}]`)
	w.want("PATCH", members, `{"user_ids":[]}`, 200, `[]`)
	w.want("POST", members, `{"user_ids":[12]}`, 200, "")
	w.want("DELETE", members, `{"user_ids":[12]}`, 200, "<empty>")
	w.want("GET", members, "", 200, `[]`)
	w.quiet()
	w.want("PATCH", "/teams/201/team_members", `{"user_ids":["12"]}`, 200, `[]`)
	w.complains("not an integer")

	team := w.p.Teams()[0]
	if len(team.MemberIDs) != 0 {
		t.Errorf("strings left members %v", team.MemberIDs)
	}

	w.want("PATCH", "/teams/201/team_members", `{}`, 500, "")
	w.complains("user_ids")
	_, path := w.start(`,"team_id":201`)
	w.want("DELETE", "/teams/201", "", 200, "<empty>")
	w.want("GET", path, "", 200, `{"meta":{"team":"<absent>"}}`)
	w.want("POST", "/teams", `{"name":"sandbox team"}`, 200, "")
	w.quiet()
}

func TestLabels(t *testing.T) {
	w := newWorld(t)
	w.want("POST", "/labels", `{"label":{"title":"VIP","description":"d","color":"#fff","show_on_sidebar":true}}`, 200,
		`{"id":303,"title":"vip","description":"d","color":"#fff","show_on_sidebar":true,"account_id":"<absent>"}`)
	w.want("POST", "/labels", `{"title":"a-1_b"}`, 200, `{"color":"#1f93ff","show_on_sidebar":null,"description":null}`)

	for _, title := range []string{"x", "two words", "-a", "_a", "a,b"} {
		w.want("POST", "/labels", fmt.Sprintf(`{"title":%q}`, title), 422, `{"message":"Title is invalid","attributes":["title"]}`)
	}

	w.want("POST", "/labels", `{"title":"vip"}`, 422, `{"message":"Title has already been taken"}`)
	w.want("GET", "/labels", "", 200, `{"payload":[{"title":"a-1_b"},{"title":"billing"},{"title":"support"},{"title":"vip"}]}`)
	w.want("GET", "/labels/303", "", 200, `{"title":"vip"}`)
	w.as(chatlake.AgentToken).want("GET", "/labels", "", 200, `{"payload":[{},{},{},{}]}`)
	w.as(chatlake.AgentToken).want("GET", "/labels/303", "", 401, "")

	contact, path := w.start("")
	w.want("POST", path+"/labels", `{"labels":["vip"]}`, 200, "")
	w.want("POST", "/contacts/"+contact+"/labels", `{"labels":["vip","other"]}`, 200, "")
	w.switches(func(s *chatlake.Switches) { s.WorkersDown = true })
	w.want("PATCH", "/labels/303", `{"title":"Gold"}`, 200, `{"title":"gold"}`)
	w.want("GET", path+"/labels", "", 200, `{"payload":["vip"]}`)
	w.switches(func(s *chatlake.Switches) { s.WorkersDown = false })
	w.want("GET", path+"/labels", "", 200, `{"payload":["gold"]}`)
	w.want("DELETE", "/labels/303", "", 200, "<empty>")
	w.want("GET", "/contacts/"+contact+"/labels", "", 200, `{"payload":["other"]}`)
	w.want("GET", "/labels/303", "", 404, "")
	w.quiet()
	w.want("POST", "/labels", `{"title":"red","color":null}`, 500, "")
	w.complains("color")
	w.want("POST", "/labels", `{"label":null}`, 422, `{"error":"param is missing or the value is empty: label"}`)
	w.complains("label")
	status, got := w.raw("POST", "/labels", "application/x-www-form-urlencoded", []byte("title=flat"))
	w.compare("flat form", status, got, 422, `{"error":"param is missing or the value is empty: label"}`)
	status, got = w.raw("POST", "/labels", "application/x-www-form-urlencoded", []byte("label[title]=nested"))
	w.compare("nested form", status, got, 200, `{"title":"nested"}`)
	w.switches(func(s *chatlake.Switches) { s.LocalizedErrors = true })

	_, body := w.send("POST", "/labels", `{"title":"nested"}`)

	message := w.get(body, "message")
	if message == "Title has already been taken" {
		t.Errorf("message %v does not follow the language", message)
	}

	w.want("POST", "/contacts", `{"email":"bad"}`, 422, `{"message":"Email Invalid email"}`)
}
