package kommunicate

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// The answers of https://docs.kommunicate.io/docs/api-detail, "Change Conversation Assignee Responses" (2026-11), with the
// clock of the tests.
const (
	goldenUpdated        = `{"status":"success","generatedAt":1760000000500,"response":"updated"}`
	goldenAlreadyUpdated = `{"status":"success","generatedAt":1760000000500,"response":"already updated"}`
	goldenEngaged        = `{"status":"success","generatedAt":1760000000500,"response":"AGENT_IS_ALREADY_ENGAGED"}`
	goldenUserNotFound   = `{"status":"error","errorResponse":[{"errorCode":"AL-U-01","description":"user not found",
		"displayMessage":"unable to process"}],"generatedAt":1760000000500}`
	goldenGroupNotFound = `{"status":"error","errorResponse":[{"errorCode":"AL-G-01","description":"group not found",
		"displayMessage":"unable to process"}],"generatedAt":1760000000500}`
	// Of the backend's pages, group/delete by another than the admin.
	goldenUnauthorized = `{"status":"error","errorResponse":[{"errorCode":"AL-UN-01","description":"unauthorized user",
		"displayMessage":"Unable to process"}],"generatedAt":1760000000500}`
	goldenSuccess = `{"status":"success","generatedAt":1760000000500,"response":"success"}`
)

const (
	conversation = "POST /rest/ws/group/conversation"
	groupUpdate  = "POST /rest/ws/group/update"
)

func (f *fixture) find(id string) *group {
	f.t.Helper()

	g, ok := f.findGroup(sandbox.ID(id), "")
	if !ok {
		f.t.Fatalf("no group %s", id)
	}

	return g
}

// created is the answer to a creation as a caller reads it.
type created struct {
	ID                                      int64
	ClientGroupID, Name, AdminID            string
	MembersID                               []string
	Metadata                                map[string]string
	Type, UserCount, UnreadCount            int
	CreatedAtTime, UpdatedAtTime, DeletedAt int64
	DeletedAtTime                           int64
	ImageURL                                string
	Users                                   []detailed
	GroupUsers                              []struct {
		UserID         string
		Role, RoleType int
	}
}

func (f *fixture) create(body string) created {
	f.t.Helper()

	a := f.call(conversation, body)
	if a.Status != "success" {
		f.t.Fatal(a.text)
	}

	return decoded[created](f.t, a.Response)
}

func TestDocumentedAnswersOfStatusAndAssignee(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	f.settings.HandlingLimit[AgentTwoID] = 1
	f.assign(f.find(f.conversation("full")), AgentTwoID)

	for _, step := range []struct{ path, want string }{
		{"status/change?groupId=" + id + "&status=2&sendNotifyMessage=false", goldenUpdated},
		{"status/change?groupId=" + id + "&status=2", goldenAlreadyUpdated},
		{"status/change?groupId=1&status=2", goldenGroupNotFound},
		{"assignee/change?groupId=" + id + "&assignee=" + AgentOneID + "&takeOverFromBot=true&switchAssignee=true", goldenUpdated},
		{"assignee/change?groupId=" + id + "&assignee=" + AgentOneID, goldenAlreadyUpdated},
		{"assignee/change?groupId=" + id + "&assignee=" + AgentTwoID, goldenEngaged},
		{"assignee/change?groupId=" + id + "&assignee=nobody", goldenUserNotFound},
		{"assignee/change?groupId=" + id + "&assignee=u-1", goldenUserNotFound},
		{"assignee/change?groupId=1&assignee=nobody", goldenGroupNotFound},
	} {
		a := f.call("PATCH /rest/ws/group/"+step.path, "")
		equal(t, a.status, 200)
		same(t, a.text, step.want)
	}

	f.calm()
	g := f.find(id)
	equal(t, g.metadata[keyStatus], "2")
	equal(t, g.metadata[keyAssignee], AgentOneID)

	if g.member(DefaultBotID) != nil {
		t.Error("takeOverFromBot left the bot")
	}
	// A closed conversation frees its agent.
	f.call("PATCH /rest/ws/group/assignee/change?groupId="+id+"&assignee=bot", "")
	full, _ := f.GroupByClientID("full")
	f.call("PATCH /rest/ws/group/status/change?groupId="+full.ID+"&status=2", "")
	same(t, f.call("PATCH /rest/ws/group/assignee/change?groupId="+id+"&assignee="+AgentTwoID, "").text, goldenUpdated)
}

func TestChangesPostActionMessages(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	f.call("PATCH /rest/ws/group/status/change?groupId="+id+"&status=3", "")
	f.call("PATCH /rest/ws/group/assignee/change?groupId="+id+"&assignee=bot&sendNotifyMessage=true", "")
	f.call("PATCH /rest/ws/group/status/change?groupId="+id+"&status=0&sendNotifyMessage=false", "")
	f.call(groupUpdate, `{"groupId":`+id+`,"metadata":{"CONVERSATION_STATUS":"4"}}`)
	messages := f.Messages(id)
	equal(t, len(messages), 2)
	equal(t, messages[0].ContentType, 10)
	equal(t, messages[0].Metadata["KM_STATUS"], "Spam/Irrelevant")
	equal(t, messages[1].Metadata["KM_ASSIGN_TO"], "bot")

	u, _ := f.detail("u-1")
	equal(t, u.UnreadCount, 0)
	f.calm()
}

func TestCreateFollowsTheRoutingRules(t *testing.T) {
	f := start(t)
	// The page's example.
	a := f.call(conversation, `{"groupName":" group name","groupMemberList":["user-id-to-be-added-in-conversation"]}`, "Of-User-Id", "")
	made := decoded[created](t, a.Response)
	equal(t, made.Name, " group name")
	equal(t, made.ClientGroupID, strconv.FormatInt(made.ID, 10))
	equal(t, made.AdminID, OwnerID)
	equal(t, made.Type, 10)
	equal(t, sorted(made.MembersID), sorted([]string{"user-id-to-be-added-in-conversation", DefaultBotID, AgentOneID, AgentTwoID}))
	equal(t, made.UserCount, 4)
	equal(t, len(made.Users), 4)

	agent, _ := f.users.Get(AgentOneID)
	equal(t, made.Metadata, map[string]string{
		keyStatus: "0", keyAssignee: AgentOneID, keyAssigneeKey: agent.key, keyTeam: strconv.FormatInt(DefaultTeamID, 10),
	})

	for _, m := range made.GroupUsers {
		want := map[string]int{DefaultBotID: 2, AgentOneID: 1, AgentTwoID: 1}[m.UserID]
		if want == 0 {
			want = 3
		}

		equal(t, m.Role, want)
	}

	if made.ID < firstGroupID || made.CreatedAtTime == 0 || made.UpdatedAtTime == 0 {
		t.Errorf("%+v", made)
	}

	u := f.mustUser("user-id-to-be-added-in-conversation")
	equal(t, u.DisplayName, u.ID)
	equal(t, u.RoleType, 3)
	f.calm()
}

func TestRoutingRulesChooseTheAssignee(t *testing.T) {
	const plain = `{"groupName":"g","groupMemberList":["u-1"]}`

	assignees := func(f *fixture) (out []string) {
		for range 3 {
			out = append(out, f.create(plain).Metadata[keyAssignee])
		}

		return out
	}
	f := start(t)
	f.settings.AgentRouting = 1
	equal(t, sorted(assignees(f)), sorted([]string{OwnerID, AgentOneID, AgentTwoID}))
	agent, _ := f.users.Get(AgentTwoID)
	agent.online = false

	if slices.Contains(assignees(f), AgentTwoID) {
		t.Error("round robin reached an agent who is offline")
	}

	f.settings.BotRouting = true
	equal(t, assignees(f), []string{"bot", "bot", "bot"})
	// A wanted assignee has no effect without SKIP_ROUTING.
	made := f.create(`{"groupName":"g","groupMemberList":["` + HelperBotID + `"],"metadata":{"CONVERSATION_ASSIGNEE":"` + HelperBotID + `"}}`)
	equal(t, made.Metadata[keyAssignee], "bot")
	f.calm()
}

func TestCreateSkippingTheRules(t *testing.T) {
	f := start(t)
	for _, skip := range []string{`true`, `"true"`} {
		made := f.create(`{"groupName":"g","groupMemberList":["u-1","` + AgentTwoID + `"],
			"metadata":{"SKIP_ROUTING":` + skip + `,"CONVERSATION_ASSIGNEE":"` + AgentTwoID + `"}}`)
		delete(made.Metadata, keyAssigneeKey)
		equal(t, made.Metadata, map[string]string{keyStatus: "0", keyAssignee: AgentTwoID, keySkipRouting: "true"})
		equal(t, sorted(made.MembersID), sorted([]string{"u-1", AgentTwoID, "bot"}))
	}

	made := f.create(`{"groupName":"g","groupMemberList":["u-1"],"metadata":{"SKIP_ROUTING":true}}`)
	if id, ok := made.Metadata[keyAssignee]; ok {
		t.Errorf("assigned to %q", id)
	}

	f.calm()

	for _, stranger := range []string{AgentOneID, "u-1"} {
		made = f.create(`{"groupName":"g","groupMemberList":["u-1"],"metadata":{"SKIP_ROUTING":true,"CONVERSATION_ASSIGNEE":"` + stranger + `"}}`)
		if _, ok := made.Metadata[keyAssignee]; ok || f.complaint() == "" {
			t.Errorf("%s became the assignee, complaint %q", stranger, f.complaint())
		}
	}

	f.switches.SkipRoutingKept = false
	made = f.create(`{"groupName":"g","groupMemberList":["u-1"],"metadata":{"SKIP_ROUTING":true}}`)
	equal(t, made.Metadata, map[string]string{keyStatus: "0"})
}

func TestCreateForATeamAssignsAMember(t *testing.T) {
	f := start(t)
	made := f.create(`{"groupName":"g","groupMemberList":["u-1"],"metadata":{"KM_TEAM_ID":"` + strconv.FormatInt(BillingTeamID, 10) + `"}}`)
	equal(t, made.Metadata[keyAssignee], AgentTwoID)
	equal(t, sorted(made.MembersID), sorted([]string{"u-1", "bot", AgentTwoID}))
	f.calm()
}

func TestDuplicateClientGroupIDFollowsTheSwitch(t *testing.T) {
	f := start(t)

	const body = `{"groupName":"g","clientGroupId":"order-1","groupMemberList":["u-1"]}`

	first := f.create(body)
	a := f.call(conversation, body)
	equal(t, a.code(), "SIM-G-EXISTS")
	equal(t, a.Errors[0].Description, "group already exists")

	f.switches.DuplicateClientGroup = duplicateExisting
	a = f.call(conversation, body)
	equal(t, a.Updated, true)
	equal(t, decoded[created](t, a.Response).ID, first.ID)
	equal(t, len(f.Groups()), 1)

	remove := "GET /rest/ws/group/delete?clientGroupId=order-1"
	f.switches.DuplicateClientGroup = duplicateError
	same(t, f.call(remove, "").text, `{"status":"success","generatedAt":1760000000500,"response":true}`)
	equal(t, f.call(conversation, body).code(), "SIM-G-EXISTS")
	f.switches.DeletedAliasTaken = false

	second := f.create(body)
	if second.ID == first.ID {
		t.Error("the deleted conversation came back")
	}
	// Deleting with updateClientGroupId gives the alias free.
	f.switches.DeletedAliasTaken = true
	f.call(remove+"&updateClientGroupId=true&resetCount=true", "")
	equal(t, f.call("GET /rest/ws/group/v2/info?clientGroupId=order-1", "").code(), "AL-G-01")
	f.create(body)
	f.calm()
}

func TestCreateFollowsTheSwitches(t *testing.T) {
	f := start(t)
	f.switches.InitialStatus = statusInitial
	f.switches.DefaultBotJoins = false
	made := f.create(`{"groupName":"g","clientGroupId":77,"groupMemberList":["u-1"],"metadata":{"SKIP_ROUTING":true}}`)
	equal(t, made.Metadata[keyStatus], "-1")
	equal(t, made.MembersID, []string{"u-1"})
	equal(t, made.ClientGroupID, "77")
	f.call("POST /rest/ws/message/v2/send", `{"clientGroupId":"77","message":"hi","fromUserName":"u-1"}`)
	equal(t, f.find(strconv.FormatInt(made.ID, 10)).metadata[keyStatus], "0")
	f.calm()
}

func TestCreateRefusesIncompleteBodies(t *testing.T) {
	f := start(t)
	for body, code := range map[string]string{
		`{"groupMemberList":["u-1"]}`:                 "SIM-G-NAME",
		`{"groupName":"g"}`:                           "SIM-G-MEMBERS",
		`{"groupName":"g","groupMemberList":[]}`:      "SIM-G-MEMBERS",
		`{"groupName":"g","groupMemberList":["a b"]}`: "SIM-U-ID",
		`{"groupName":"g","groupMemberList":["u"],"clientGroupId":"` + strings.Repeat("x", 257) + `"}`: "SIM-G-CLIENT-ID",
	} {
		equal(t, f.call(conversation, body).code(), code)

		if f.complaint() == "" {
			t.Errorf("%s: no complaint", body)
		}
	}

	equal(t, len(f.Groups()), 0)
}

func TestMetadataIsStoredAsText(t *testing.T) {
	f := start(t)
	made := f.create(`{"groupName":"g","groupMemberList":["u-1"],"metadata":{"SKIP_ROUTING":true,"a":"b","yes":false}}`)
	f.calm()
	equal(t, made.Metadata["yes"], "false")
	made = f.create(`{"groupName":"g","groupMemberList":["u-1"],"metadata":{"n":3,"o":{"x": [1, 2]}}}`)
	equal(t, made.Metadata["n"], "3")
	equal(t, made.Metadata["o"], `{"x":[1,2]}`)

	if f.complaint() == "" {
		t.Error("no complaint about a number and an object")
	}
}

func TestUndocumentedStatusesFollowTheSwitch(t *testing.T) {
	f := start(t)

	id := f.conversation("c")
	for _, status := range []string{"-1", "1", "4", "7"} {
		same(t, f.call("PATCH /rest/ws/group/status/change?sendNotifyMessage=false&groupId="+id+"&status="+status, "").text, goldenUpdated)
	}

	equal(t, f.call("PATCH /rest/ws/group/status/change?groupId="+id+"&status=8", "").status, 400)
	f.switches.DocumentedStatusesOnly = true
	equal(t, f.call("PATCH /rest/ws/group/status/change?groupId="+id+"&status=4", "").status, 400)
	same(t, f.call("PATCH /rest/ws/group/status/change?groupId="+id+"&status=3", "").text, goldenUpdated)
}

func TestInfoFindsByEitherID(t *testing.T) {
	f := start(t)

	id := f.conversation("a/b c")
	for _, path := range []string{"v2/info?groupId=" + id, "info?groupId=" + id, "v2/info?clientGroupId=a%2Fb+c", "info?clientGroupId=a%2Fb%20c"} {
		a := f.call("GET /rest/ws/group/"+path, "")
		got := decoded[created](t, a.Response)
		equal(t, strconv.FormatInt(got.ID, 10), id)
		equal(t, len(got.Users), 0)
	}

	same(t, f.call("GET /rest/ws/group/v2/info?groupId=1", "").text, goldenGroupNotFound)
	same(t, f.call("GET /rest/ws/group/v2/info?clientGroupId=none", "").text, goldenGroupNotFound)
	// Of-User-Id is not asked for.
	equal(t, f.call("GET /rest/ws/group/v2/info?groupId="+id, "", "Of-User-Id", "").Status, "success")
	f.calm()

	other := f.conversation("d")
	a := f.call("GET /rest/ws/group/details?groupIds="+id+"&groupIds="+other+"&groupIds=9&clientGroupIds=d", "")
	equal(t, len(decoded[[]created](t, a.Response)), 2)
	f.calm()
	f.switches.GroupDetails = false
	equal(t, f.call("GET /rest/ws/group/details?groupIds="+id, "").status, 404)
}

func TestMembersComeInAnyOrder(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	f.joinTeam(f.find(id), strconv.FormatInt(DefaultTeamID, 10))

	orders := map[string]bool{}

	for range 10 {
		got := decoded[created](t, f.call("GET /rest/ws/group/info?groupId="+id, "").Response).MembersID
		equal(t, len(got), 5)
		orders[strings.Join(got, " ")] = true
	}

	if len(orders) < 2 {
		t.Error("the order never changes")
	}
}

func TestUpdateGroupMergesMetadata(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	before := len(f.find(id).metadata)
	// The example of the page's 2019 edition.
	same(t, f.call(groupUpdate, `{"groupId":"`+id+`","metadata":{"CONVERSATION_STATUS":"0"}}`).text, goldenSuccess)
	f.call(groupUpdate, `{"groupId":`+id+`,"newName":"n","imageUrl":"https://i.example","metadata":{"CONVERSATION_STATUS":"4","k":"v"}}`)
	g, _ := f.Group(id)
	equal(t, g.Name, "n")
	equal(t, g.ImageURL, "https://i.example")
	equal(t, g.Status, "4")
	equal(t, len(g.Metadata), before+1)
	// An empty address needs resetGroupImageUrl.
	f.call(groupUpdate, `{"clientGroupId":"c","imageUrl":""}`)
	g, _ = f.Group(id)
	equal(t, g.ImageURL, "https://i.example")
	f.call(groupUpdate+"?resetGroupImageUrl=true", `{"clientGroupId":"c","imageUrl":"","metadata":{"k":""},"users":[{"userId":"u-1","role":1}]}`)
	g, _ = f.Group(id)
	equal(t, g.ImageURL, "")
	equal(t, g.Metadata["k"], "")
	equal(t, f.find(id).member("u-1").role, 1)
	same(t, f.call(groupUpdate, `{"groupId":"1"}`).text, goldenGroupNotFound)
	f.calm()
	equal(t, f.call(groupUpdate, `{"newName":"x"}`).status, 400)
	f.call(groupUpdate, `{"groupId":"`+id+`","metadata":{"CONVERSATION_STATUS":"9"}}`)

	if f.complaint() == "" {
		t.Error("no complaint about status 9")
	}
}

func TestTeamChangeFollowsTheSwitch(t *testing.T) {
	for mode, want := range map[string]string{teamClears: "", teamKeeps: AgentOneID, teamRoutes: AgentTwoID} {
		f := start(t)
		f.switches.TeamChange = mode
		id := f.conversation("c")
		f.assign(f.find(id), AgentOneID)

		team := strconv.FormatInt(BillingTeamID, 10)
		f.call(groupUpdate, `{"groupId":"`+id+`","metadata":{"KM_TEAM_ID":"`+team+`"}}`)
		g, _ := f.Group(id)
		equal(t, g.TeamID, team)
		equal(t, g.Assignee, want)
		equal(t, g.Metadata[keyAssigneeKey] != "", want != "")

		if !slices.Contains(g.Members, AgentTwoID) {
			t.Error("the team did not join")
		}
		// The same team again changes nothing.
		f.assign(f.find(id), AgentOneID)
		f.call(groupUpdate, `{"groupId":"`+id+`","metadata":{"KM_TEAM_ID":"`+team+`"}}`)
		equal(t, f.find(id).metadata[keyAssignee], AgentOneID)
	}
}

func TestMembersAreAddedAndRemoved(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	members := func() []string {
		g, _ := f.Group(id)
		return g.Members
	}

	same(t, f.call("POST /rest/ws/group/add/member", `{"userId":"`+HelperBotID+`","groupId":`+id+`}`).text, goldenSuccess)
	same(t, f.call("GET /rest/ws/group/add/member?clientGroupId=c&userId="+AgentTwoID, "").text, goldenSuccess)
	equal(t, members(), sorted([]string{"u-1", AgentOneID, AgentTwoID, DefaultBotID, HelperBotID}))
	same(t, f.call("POST /rest/ws/group/remove/member", `{"userId":"u-1","clientGroupId":"c"}`).text, goldenSuccess)
	same(t, f.call("GET /rest/ws/group/remove/member?groupId="+id+"&userId=bot", "").text, goldenSuccess)
	equal(t, members(), sorted([]string{AgentOneID, AgentTwoID, HelperBotID}))
	equal(t, f.find(id).removed, []string{"u-1", "bot"})
	same(t, f.call("POST /rest/ws/group/remove/member", `{"userId":"u-1","clientGroupId":"c"}`).text, goldenUserNotFound)
	same(t, f.call("POST /rest/ws/group/add/member", `{"userId":"nobody","clientGroupId":"c"}`).text, goldenUserNotFound)
	same(t, f.call("POST /rest/ws/group/add/member", `{"userId":"bot","clientGroupId":"x"}`).text, goldenGroupNotFound)
	f.calm()
	equal(t, f.call("POST /rest/ws/group/add/member", `{"userId":"bot"}`).status, 400)
}

func TestAddMemberCreatesUsersIfTheSwitchSaysSo(t *testing.T) {
	f := start(t)
	f.conversation("c")
	f.switches.AddMemberCreates = true
	same(t, f.call("POST /rest/ws/group/add/member", `{"userId":"new","clientGroupId":"c","role":0}`).text, goldenSuccess)
	equal(t, f.mustUser("new").RoleType, 3)
	g, _ := f.GroupByClientID("c")
	equal(t, f.find(g.ID).member("new").role, 0)
}

func TestManyMembersAreAddedTogether(t *testing.T) {
	f := start(t)
	one, two := f.conversation("c"), f.conversation("d")
	members := func(id string) []string {
		g, _ := f.Group(id)
		return g.Members
	}

	const add, remove = "POST /rest/ws/group/add/users", "POST /rest/ws/group/remove/users"

	both := `{"userIds":["new","` + AgentTwoID + `"],"clientGroupIds":["c","` + two + `"]}`
	same(t, f.call(add, both).text, goldenUserNotFound)
	equal(t, members(one), sorted([]string{"u-1", AgentOneID, "bot"}))
	same(t, f.call(add+"?createNew=true&role=1", both).text, goldenSuccess)

	for _, id := range []string{one, two} {
		equal(t, members(id), sorted([]string{"u-1", AgentOneID, "bot", "new", AgentTwoID}))
	}

	equal(t, f.find(two).member("new").role, 1)
	same(t, f.call(remove, `{"userIds":["new"],"clientGroupIds":["d"]}`).text, goldenSuccess)
	equal(t, members(two), sorted([]string{"u-1", AgentOneID, "bot", AgentTwoID}))
	same(t, f.call(add, `{"groupDetails":[{"groupId":`+two+`,"userId":"new","role":2}]}`).text, goldenSuccess)
	equal(t, f.find(two).member("new").role, 2)
	same(t, f.call(add, `{"userIds":["new"],"clientGroupIds":["none"]}`).text, goldenGroupNotFound)
	f.calm()
	equal(t, f.call(add, `{"userIds":["new"]}`).status, 400)
}

func TestDeleteGroupIsSoftAndNeedsTheAdmin(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	line := "GET /rest/ws/group/delete?groupId=" + id
	same(t, f.call(line, "", "Of-User-Id", AgentOneID).text, goldenUnauthorized)
	f.switches.DeleteNeedsAdmin = false
	f.switches.GroupDeleteText = true
	same(t, f.call(line, "", "Of-User-Id", AgentOneID).text, goldenSuccess)
	same(t, f.call(line, "").text, goldenGroupNotFound)

	info := decoded[created](t, f.call("GET /rest/ws/group/v2/info?groupId="+id, "").Response)
	if info.DeletedAtTime == 0 {
		t.Error("no deletedAtTime")
	}

	for _, line := range []string{
		"PATCH /rest/ws/group/status/change?status=2&groupId=" + id,
		"PATCH /rest/ws/group/assignee/change?assignee=bot&groupId=" + id,
	} {
		same(t, f.call(line, "").text, goldenGroupNotFound)
	}

	same(t, f.call(groupUpdate, `{"groupId":"`+id+`"}`).text, goldenGroupNotFound)
	f.switches.DeletedGroupsAnswer = false
	same(t, f.call("GET /rest/ws/group/v2/info?groupId="+id, "").text, goldenGroupNotFound)
	f.calm()
}

func TestUndocumentedPathsCanBeRefused(t *testing.T) {
	f := start(t)

	id := f.conversation("c")
	for _, status := range []int{401, 403, 404} {
		f.switches.UndocumentedReads, f.switches.UndocumentedWrites = status, 200
		for _, path := range []string{"group/v2/info?groupId=" + id, "group/info?groupId=" + id, "group/details?groupIds=" + id, "message/list?groupId=" + id, "team/list", "group/support"} {
			a := f.call("GET /rest/ws/"+path, "")
			equal(t, a.status, status)
			equal(t, a.Status, "")
		}

		equal(t, f.call("POST /rest/ws/group/add/member", `{"userId":"bot","groupId":`+id+`}`).status, 200)
		f.switches.UndocumentedReads, f.switches.UndocumentedWrites = 200, status
		equal(t, f.call("POST /rest/ws/group/add/member", `{"userId":"bot","groupId":`+id+`}`).status, status)
		equal(t, f.call("POST /chat/rest/ws/group/add/member", `{"userId":"bot","groupId":`+id+`}`).status, 200)
		equal(t, f.call("GET /rest/ws/group/info?groupId="+id, "").status, 200)
		// What the pages list is served.
		equal(t, f.call(detail, `{"userIdList":["bot"]}`).status, 200)
		equal(t, f.call(groupUpdate, `{"groupId":`+id+`}`).status, 200)
		equal(t, f.call("POST /rest/ws/user/update", `{}`, "Of-User-Id", "u-1").status, 200)
	}

	f.calm()
}
