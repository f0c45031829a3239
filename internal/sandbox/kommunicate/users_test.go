package kommunicate

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const detail = "POST /rest/ws/user/v2/detail"

type detailed struct {
	UserID, UserName, DisplayName, Email, PhoneNumber, ImageLink string
	Metadata                                                     map[string]string
	Deactivated, Active                                          bool
	DeletedAtTime, CreatedAtTime, LastMessageAtTime              json.Number
	UnreadCount, RoleType                                        int
	ConnectedLastSeenTime                                        float64
}

func (f *fixture) detail(id string) (detailed, bool) {
	f.t.Helper()

	found := decoded[[]detailed](f.t, f.call(detail, `{"userIdList":["`+id+`"]}`).Response)
	if len(found) == 0 {
		return detailed{}, false
	}

	return found[0], true
}

func TestUserDetailHasTheDocumentedFields(t *testing.T) {
	f := start(t)
	g := f.find(f.conversation("c"))
	f.call("POST /rest/ws/message/v2/send", `{"groupId":"`+f.conversation("d")+`","message":"hi","fromUserName":"u-1"}`)
	f.post(g, &message{sender: g.member(AgentOneID).user})
	f.call("POST /rest/ws/user/update", `{"imageLink":"https://image.example/1","phoneNumber":"+910000000000"}`, "Of-User-Id", "u-1")
	f.call("POST /chat/rest/ws/register/client", `{"userId":"u-1","applicationId":"`+ApplicationID+`","deviceType":1}`)

	a := f.call(detail+"?fetchLatestMessageTime=True", `{"userIdList":["u-1","unknown"]}`)

	rows := decoded[[]map[string]any](t, a.Response)
	if len(rows) != 1 {
		t.Fatalf("%d rows for one known and one unknown id", len(rows))
	}
	// The fields of https://docs.kommunicate.io/docs/api-detail, "Get user detail" (2026-11), with their types.
	for name, kind := range map[string]any{
		"userId": "", "userName": "", "connected": true, "lastSeenAtTime": 0.0, "createdAtTime": 0.0, "imageLink": "",
		"deactivated": true, "phoneNumber": "", "unreadCount": 0.0, "lastLoggedInAtTime": 0.0, "lastMessageAtTime": 0.0,
	} {
		value := rows[0][name]
		_, text := value.(string)
		_, truth := value.(bool)
		_, count := value.(float64)
		_, wantText := kind.(string)

		_, wantTruth := kind.(bool)
		if text != wantText || truth != wantTruth || count == (wantText || wantTruth) {
			t.Errorf("%s is %v", name, value)
		}
	}

	equal(t, rows[0]["unreadCount"], 1.0)

	_, shown := decoded[[]map[string]any](t, f.call(detail, `{"userIdList":["u-1"]}`).Response)[0]["lastMessageAtTime"]
	if shown {
		t.Error("lastMessageAtTime came unasked")
	}

	f.calm()
}

func TestUserDetailAnswersABareArrayIfTheSwitchSaysSo(t *testing.T) {
	f := start(t)
	equal(t, f.call(detail, `{"userIdList":["bot"]}`).Status, "success")
	f.switches.UnknownUsersNull = true
	same(t, f.call(detail, `{"userIdList":["x"]}`).text, `{"status":"success","generatedAt":1760000000500,"response":null}`)
	f.switches.UnknownUsersNull = false
	same(t, f.call(detail, `{"userIdList":["x"]}`).text, `{"status":"success","generatedAt":1760000000500,"response":[]}`)
	f.switches.UserDetailBareArray = true
	equal(t, f.call(detail, `{"userIdList":["x"]}`).text, "[]")
	rows := decoded[[]detailed](t, []byte(f.call(detail, `{"userIdList":["bot"]}`).text))
	equal(t, rows[0].RoleType, 1)
}

func TestUserDetailShufflesAndLooksUpByOtherKeys(t *testing.T) {
	f := start(t)
	ids := []string{OwnerID, AgentOneID, AgentTwoID, DefaultBotID, HelperBotID}

	asked, err := json.Marshal(map[string]any{"userIdList": ids, "contactSync": true})
	if err != nil {
		t.Fatal(err)
	}

	orders := map[string]bool{}

	for range 10 {
		var got []string
		for _, row := range decoded[[]detailed](t, f.call(detail, string(asked)).Response) {
			got = append(got, row.UserID)
		}

		equal(t, sorted(got), sorted(ids))
		orders[strings.Join(got, " ")] = true
	}

	if len(orders) < 2 {
		t.Error("the order never changes")
	}

	a := f.call(detail, `{"emailIds":["`+AgentOneID+`"],"userIdList":["`+AgentOneID+`"]}`)
	equal(t, len(decoded[[]detailed](t, a.Response)), 1)
	f.calm()
}

func TestUserUpdateMergesAndKeepsWhatIsAbsent(t *testing.T) {
	f := start(t)
	f.addUser("u+1#", roleUser)
	// The page's example.
	a := f.call("POST /rest/ws/user/update?elasticUpdate=true&allowEmail=true", `{"email":"user email","displayName":"user display name",
		"imageLink":"User profile image url","metadata":{"key-1":"value-1"}}`, "Of-User-Id", "u%2B1%23")
	same(t, a.text, `{"status":"success","generatedAt":1760000000500,"response":"success"}`)
	f.call("POST /rest/ws/user/update", `{"displayName":null,"imageLink":"","metadata":{"key-2":"2"}}`, "Of-User-Id", "u+1#")
	u, _ := f.detail("u+1#")
	equal(t, u.UserName, "user display name")
	equal(t, u.DisplayName, u.UserName)
	equal(t, u.Email, "user email")
	equal(t, u.ImageLink, "")
	equal(t, u.Metadata, map[string]string{"key-1": "value-1", "key-2": "2"})
	// The older spelling of the header.
	f.call("POST /rest/ws/user/update?ofUserId=u%2B1%23", `{"displayName":"b"}`, "Of-User-Id", "")
	u, _ = f.detail("u+1#")
	equal(t, u.UserName, "b")
	f.calm()
}

func TestUserUpdateFollowsTheSwitches(t *testing.T) {
	const update = "POST /rest/ws/user/update"

	t.Run("email", func(t *testing.T) {
		f := start(t)
		f.addUser("u-1", roleUser)
		f.switches.EmailNeedsAllowEmail = true
		f.call(update, `{"email":"a@b.example"}`, "Of-User-Id", "u-1")
		equal(t, f.mustUser("u-1").Email, "")
		f.call(update+"?allowEmail=true", `{"email":"a@b.example"}`, "Of-User-Id", "u-1")
		equal(t, f.mustUser("u-1").Email, "a@b.example")
	})
	t.Run("missing Of-User-Id", func(t *testing.T) {
		f := start(t)
		equal(t, f.call(update, `{}`, "Of-User-Id", "").status, 400)

		if f.complaint() == "" {
			t.Error("no complaint")
		}

		f.switches.MissingOfUser = asOwner
		equal(t, f.call(update, `{}`, "Of-User-Id", "").code(), "SIM-U-AGENT")

		if f.complaint() == "" {
			t.Error("no complaint")
		}
	})
	t.Run("unknown Of-User-Id", func(t *testing.T) {
		f := start(t)
		same(t, f.call(update, `{}`, "Of-User-Id", "nobody").text, goldenUserNotFound)
		f.switches.UnknownOfUser = asOwner
		equal(t, f.call(update, `{}`, "Of-User-Id", "nobody").code(), "SIM-U-AGENT")
	})
	t.Run("agents", func(t *testing.T) {
		f := start(t)
		equal(t, f.call(update, `{"displayName":"x"}`, "Of-User-Id", AgentOneID).code(), "SIM-U-AGENT")
		equal(t, f.mustUser(AgentOneID).DisplayName, "Agent One")
	})
}

func (f *fixture) mustUser(id string) UserView {
	f.t.Helper()

	u, ok := f.User(id)
	if !ok {
		f.t.Fatalf("no user %s", id)
	}

	return u
}

func TestCreateUserMakesOrOverwrites(t *testing.T) {
	const line = "POST /rest/ws/user/v2/create"

	f := start(t)
	a := f.call(line, `{"userId":"u-1","password":"p","displayName":"One","email":"a@b.example","imageLink":"https://i.example",
		"roleName":"USER","metadata":{"a":"b"}}`)
	same(t, a.text, `{"status":"success","generatedAt":1760000000500,"response":"success"}`)

	u := f.mustUser("u-1")
	u.CreatedAt = 0
	equal(t, u, UserView{
		ID: "u-1", DisplayName: "One", Email: "a@b.example", ImageLink: "https://i.example",
		Password: "p", Metadata: map[string]string{"a": "b"}, RoleType: 3,
	})
	f.call(line, `{"userId":"b-1","roleName":"BOT","password":"p"}`)
	equal(t, f.mustUser("b-1").RoleType, 1)
	equal(t, f.mustUser("b-1").DisplayName, "b-1")
	f.call(line, `{"userId":"u-1","displayName":"Two"}`)
	equal(t, f.mustUser("u-1").DisplayName, "Two")
	f.calm()

	for body, code := range map[string]string{
		`{"userId":"a b"}`:                      "SIM-U-ID",
		`{"userId":""}`:                         "SIM-U-ID",
		`{"userId":"b-2","roleName":"BOT"}`:     "SIM-U-PASSWORD",
		`{"userId":"u-2","roleName":"EMPEROR"}`: "SIM-U-ROLE",
	} {
		equal(t, f.call(line, body).code(), code)

		if f.complaint() == "" {
			t.Errorf("%s: no complaint", body)
		}
	}

	equal(t, f.call(line, `{"userId":"`+AgentOneID+`"}`).code(), "SIM-U-EXISTS")
	f.switches.UserCreateRefusesExisting = true
	equal(t, f.call(line, `{"userId":"u-1"}`).code(), "SIM-U-EXISTS")
	f.switches.UserCreate = false
	equal(t, f.call(line, `{"userId":"u-9"}`).status, 404)
	equal(t, len(f.Users()), 1)
}

func TestRegisterClientMakesOrUpdates(t *testing.T) {
	f := start(t)
	register := func(body string) map[string]any {
		t.Helper()

		response := f.call("POST /chat/rest/ws/register/client", body, "Api-Key", "", "Of-User-Id", "")
		equal(t, response.status, 200)

		return decoded[map[string]any](t, []byte(response.text))
	}
	id := `"applicationId":"` + ApplicationID + `","deviceType":4`
	made := register(`{"userId":"u-1",` + id + `,"displayName":"One","email":"a@b.example","contactNumber":"+1","metadata":{"a":"1"},
		"authenticationTypeId":1,"platform":5}`)
	equal(t, made["message"], "REGISTERED.WITHOUTREGISTRATIONID")
	equal(t, made["newUser"], true)
	equal(t, made["contactNumber"], "+1")
	equal(t, register(`{"userId":"u-1",` + id + `,"displayName":"Two"}`)["message"], "UPDATED")
	equal(t, f.mustUser("u-1").DisplayName, "Two")
	equal(t, f.mustUser("u-1").Email, "a@b.example")
	equal(t, register(`{"userId":"` + AgentOneID + `",` + id + `}`)["message"], "PASSWORD_REQUIRED")
	equal(t, register(`{"userId":"` + AgentOneID + `",` + id + `,"password":"x"}`)["message"], "PASSWORD_INVALID")
	equal(t, register(`{"userId":"` + AgentOneID + `",` + id + `,"password":"` + AgentPassword + `"}`)["message"], "UPDATED")
	equal(t, register(`{"userId":"u-2","applicationId":"other","deviceType":1}`)["message"], "INVALID_APPLICATIONID")
	f.calm()

	for _, body := range []string{
		`{"userId":"u 2",` + id + `}`,
		`{"userId":"u-2","applicationId":"` + ApplicationID + `"}`,
		`{"userId":"u-2",` + id + `,"metadata":{"` + strings.Repeat("k", 31) + `":"v"}}`,
	} {
		equal(t, register(body)["message"], "INVALID_PARAMETER")

		if f.complaint() == "" {
			t.Errorf("%s: no complaint", body)
		}
	}
}

func TestSessionActsOnTheChatHost(t *testing.T) {
	f := start(t)
	made := f.call("POST /chat/rest/ws/register/client", `{"userId":"u-1","applicationId":"`+ApplicationID+`","deviceType":1}`)
	token := decoded[struct{ AuthToken string }](t, []byte(made.text)).AuthToken
	id := f.conversation("c")
	// The page's "Send Attachments", reduced: the session says who sends.
	for _, name := range []string{"Application-Id", "Application-Key", "Apz-AppId"} {
		f.call("POST /chat/rest/ws/message/send", `{"groupId":"`+id+`","message":"hi"}`,
			"Api-Key", "", "Of-User-Id", "", "X-Authorization", token, name, ApplicationID)
	}

	messages := f.Messages(id)
	equal(t, len(messages), 3)
	equal(t, messages[0].From, "u-1")
	f.calm()

	lone := func() int {
		return f.call("GET /chat/rest/ws/team/list", "", "Api-Key", "", "X-Authorization", token, "Application-Key", ApplicationID).status
	}
	equal(t, lone(), 200)

	if _, err := sandbox.Act(f, "expire_sessions", nil); err != nil {
		t.Fatal(err)
	}

	equal(t, lone(), 401)
	equal(t, f.call("GET /chat/rest/ws/team/list", "").status, 200)
	f.switches.ChatTakesAPIKey = false
	equal(t, f.call("GET /chat/rest/ws/team/list", "").status, 401)
}

func TestDeleteUserLeavesTheRecord(t *testing.T) {
	const line = "POST /rest/ws/user/delete?reset=false"

	tests := map[string][2]detailed{ // After the first and the second call.
		deactivate:     {{Deactivated: true, Active: true}, {Deactivated: true, Active: true}},
		toggle:         {{Deactivated: true, Active: true}, {Active: true}},
		unchanged:      {{Active: true}, {Active: true}},
		deleteOutright: {{Deactivated: true, DeletedAtTime: "1"}, {Deactivated: true, DeletedAtTime: "1"}},
	}
	for mode, want := range tests {
		t.Run(mode, func(t *testing.T) {
			f := start(t)
			f.switches.UserDelete = mode
			f.addUser("u-1", roleUser)

			for i := range 2 {
				a := f.call(line, `{"reset":false}`, "Of-User-Id", "u-1")
				if mode == deleteOutright && i == 1 {
					equal(t, a.code(), "AL-U-01")
				} else {
					equal(t, a.Status, "success")
				}

				u, _ := f.detail("u-1")
				equal(t, u.Deactivated, want[i].Deactivated)
				equal(t, u.Active, want[i].Active)
				equal(t, u.DeletedAtTime != "", want[i].DeletedAtTime != "")
			}

			f.calm()
		})
	}

	f := start(t)
	equal(t, f.call(line, "", "Of-User-Id", AgentOneID).code(), "SIM-U-AGENT")
}

func TestCreateReactivatesAUser(t *testing.T) {
	for _, reactivates := range []bool{true, false} {
		f := start(t)

		f.switches.CreateReactivates = reactivates
		for _, id := range []string{"u-1", "u-2"} {
			f.addUser(id, roleUser).deactivated = true
		}

		f.call("POST /rest/ws/user/v2/create", `{"userId":"u-1"}`)
		f.call("POST /chat/rest/ws/register/client", `{"userId":"u-2","applicationId":"`+ApplicationID+`","deviceType":1}`)
		equal(t, f.mustUser("u-1").Deactivated, !reactivates)
		equal(t, f.mustUser("u-2").Deactivated, !reactivates)
	}
}

func TestADeletedUserIsGoneUntilMadeAgain(t *testing.T) {
	again := map[string]func(*fixture){
		"created":  func(f *fixture) { f.call("POST /rest/ws/user/v2/create", `{"userId":"u-1"}`) },
		"a member": func(f *fixture) { f.create(`{"groupName":"g","groupMemberList":["u-1"]}`) },
		"registered": func(f *fixture) {
			f.call("POST /chat/rest/ws/register/client", `{"userId":"u-1","applicationId":"`+ApplicationID+`","deviceType":1}`)
		},
	}
	for name, revive := range again {
		t.Run(name, func(t *testing.T) {
			f := start(t)
			f.addUser("u-1", roleUser)
			f.act("delete_user", map[string]any{"userId": "u-1"})

			u, _ := f.detail("u-1")
			if u.DeletedAtTime == "" || u.Active {
				t.Errorf("%+v", u)
			}

			same(t, f.call("POST /rest/ws/user/update", `{}`, "Of-User-Id", "u-1").text, goldenUserNotFound)

			for _, query := range []string{"", "&inactiveUser=true"} {
				a := f.call("GET /rest/ws/user/v3/filter?roleNameList=USER"+query, "")
				if strings.Contains(a.text, `"u-1"`) {
					t.Error("still listed")
				}
			}

			revive(f)

			u, _ = f.detail("u-1")
			if u.DeletedAtTime != "" || !u.Active {
				t.Errorf("%+v", u)
			}

			f.calm()
		})
	}
}

func TestAgentIDsFoldIfTheSwitchSaysSo(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	line := "PATCH /rest/ws/group/assignee/change?groupId=" + id + "&assignee=" + strings.ToUpper(AgentTwoID)
	equal(t, f.call(line, "").code(), "AL-U-01")
	f.switches.FoldAgentIDs = true
	same(t, f.call(line, "").text, goldenUpdated)
	equal(t, f.find(id).metadata[keyAssignee], AgentTwoID)
}

func TestUnauthorizedTextFollowsTheSwitch(t *testing.T) {
	f := start(t)
	f.switches.PlainTextUnauthorized = true

	response := f.raw("GET /rest/ws/team/list", "", "Api-Key", "wrong")
	defer func() { _ = response.Body.Close() }()

	equal(t, response.StatusCode, http.StatusUnauthorized)

	if !slices.Contains(response.Header["Content-Type"], "text/plain; charset=utf-8") {
		t.Errorf("content type %v", response.Header["Content-Type"])
	}
}
