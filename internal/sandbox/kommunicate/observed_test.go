package kommunicate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The tests of this file hold the simulator to answers that real servers gave: recorded or reported in public between 2018
// and 2024, and to the switches for what those answers leave open.

func TestWrongMethodIsRefusedInTheEnvelope(t *testing.T) {
	f := start(t)
	// Recorded in January 2020; the display message names the method.
	for _, line := range []string{"PUT /rest/ws/user/update", "PUT /chat/rest/ws/user/update"} {
		a := f.call(line, `{}`)
		equal(t, []any{a.status, a.Status, a.code(), a.Errors[0].Description}, []any{200, "error", "AL-MA-01", "method not allowed"})
	}

	f.switches.WrongMethod = asHost
	equal(t, f.call("PUT /rest/ws/user/update", `{}`).status, 404)
	equal(t, f.call("PUT /chat/rest/ws/user/update", `{}`).status, 405)
}

func TestUndocumentedCallsAreRefusedInTheEnvelope(t *testing.T) {
	for code, description := range map[string]string{
		// Printed by an SDK on 2020-12-31.
		"AL-GE-01": "Application key or UserId as request body or device key as header not passed",
		"AL-MA-01": "method not allowed",
		"AL-UN-01": "unauthorized user",
	} {
		f := start(t)
		id := f.conversation("c")
		f.switches.UndocumentedReads, f.switches.UndocumentedWrites, f.switches.UndocumentedRefusal = 401, 401, code

		for _, line := range []string{"GET /rest/ws/group/v2/info?groupId=" + id, "POST /rest/ws/user/v2/create", "GET /rest/ws/message/detail?keys=k"} {
			a := f.call(line, `{}`)
			equal(t, []any{a.status, a.code(), a.Errors[0].Description}, []any{200, code, description})
		}

		equal(t, f.call(detail, `{"userIdList":["bot"]}`).Status, "success")
	}
}

func TestChatHostRefusesCredentialsAsTheSwitchesSay(t *testing.T) {
	const line = "POST /chat/rest/ws/message/send"

	f := start(t)
	f.switches.ChatTakesAPIKey = false
	equal(t, f.call(line, `{}`).text, "UnAuthorized Access")
	f.switches.ChatRefusalEnvelope = true
	equal(t, f.call(line, `{}`).code(), "AL-GE-01")
	f.switches.BrokenCredentialsText = true
	equal(t, f.call(line, `{}`, "X-Authorization", "x", "Api-Key", "").text, "application id is empty or AppInfo not persent")
}

func TestUserRowsHoldTheRecordedKeys(t *testing.T) {
	f := start(t)
	f.call("POST /chat/rest/ws/register/client", `{"userId":"u-1","applicationId":"`+ApplicationID+`","deviceType":1}`)
	f.call("POST /rest/ws/user/delete", ``, "Of-User-Id", "u-1")

	row := func() map[string]any {
		return decoded[[]map[string]any](t, f.call(detail, `{"userIdList":["u-1"]}`).Response)[0]
	}
	// Recorded on 2020-01-15, of a user who was deactivated: what is unset is absent.
	equal(t, slices.Sorted(maps.Keys(row())), sorted([]string{
		"userId", "userName", "connected", "status", "lastSeenAtTime", "createdAtTime", "unreadCount", "displayName", "deactivated",
		"connectedClientCount", "active", "lastLoggedInAtTime", "roleKey", "metadata", "roleType",
	}))
	equal(t, []any{row()["deactivated"], row()["active"], row()["status"], row()["roleType"]}, []any{true, true, 0.0, 3.0})
	equal(t, row()["metadata"], map[string]any{})
	equal(t, strings.Count(fmt.Sprint(row()["roleKey"]), "-"), 4)

	f.switches.UserRowFull = true

	for _, key := range []string{"id", "userTypeId", "connectedLastSeenTime"} {
		if row()[key] == nil {
			t.Errorf("the full row has no %s", key)
		}
	}

	equal(t, row()["active"], false)
}

func TestFailedRegistrationHoldsNumbers(t *testing.T) {
	f := start(t)
	a := f.call("POST /chat/rest/ws/register/client", `{"userId":"`+AgentOneID+`","applicationId":"`+ApplicationID+`","deviceType":1,"password":"x"}`)
	// Reported on 2019-04-26.
	same(t, a.text, `{"message":"PASSWORD_INVALID","currentTimeStamp":1760000000500,"metadata":{},"totalUnreadCount":0,"deactivate":0,"newUser":0}`)
}

func TestOfUserIDIsDecodedOnlyIfTheSwitchSaysSo(t *testing.T) {
	const update = "POST /rest/ws/user/update"

	f := start(t)
	f.addUser("ana+shop", roleUser)
	f.addUser("b@c.example", roleUser)
	equal(t, f.call(update, `{}`, "Of-User-Id", "b%40c.example").Status, "success")
	equal(t, f.call(update, `{}`, "Of-User-Id", "ana+shop").Status, "success")

	f.switches.OfUserIDDecoded = true
	equal(t, f.call(update, `{}`, "Of-User-Id", "b@c.example").Status, "success")
	equal(t, f.call(update, `{}`, "Of-User-Id", "ana%2Bshop").Status, "success")
	equal(t, f.call(update, `{}`, "Of-User-Id", "ana+shop").code(), "AL-U-01")
}

func TestUserDeleteMayEraseOrRemove(t *testing.T) {
	const line = "POST /rest/ws/user/delete"

	f := start(t)
	f.switches.UserDelete = erase
	f.call("POST /rest/ws/user/v2/create", `{"userId":"u-1","displayName":"Ana","email":"a@b.example","metadata":{"a":"b"}}`)
	f.call(line, ``, "Of-User-Id", "u-1")

	u := f.mustUser("u-1")
	equal(t, []any{u.DisplayName, u.Email, len(u.Metadata), u.Deleted}, []any{"", "", 0, true})

	f.call("POST /rest/ws/user/v2/create", `{"userId":"u-2","displayName":"Bo"}`)
	f.call(line+"?reset=true", ``, "Of-User-Id", "u-2")
	equal(t, f.mustUser("u-2").DisplayName, "Unknown User")

	f.switches.UserDelete = gone
	f.call("POST /rest/ws/user/v2/create", `{"userId":"u-3"}`)
	f.call(line, ``, "Of-User-Id", "u-3")

	_, there := f.detail("u-3")
	equal(t, there, false)
}

func TestBlockAndAddMemberAnswerAWord(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	// Recorded in January 2020.
	same(t, f.call("GET /rest/ws/user/block?userId=bot&block=true", ``).text, goldenSuccess)
	same(t, f.call("GET /rest/ws/user/unblock?userId=bot", ``).text, goldenSuccess)
	equal(t, f.call("GET /rest/ws/user/block?userId=none", ``).code(), "AL-U-01")
	same(t, f.call("POST /rest/ws/group/add/member", `{"userId":"bot","groupId":`+id+`}`).text, goldenSuccess)
	f.calm()
}

func TestMemberCallsAreServedInOneFormIfTheSwitchSaysSo(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	post := func() string {
		return f.call("POST /rest/ws/group/add/member", `{"userId":"bot","groupId":`+id+`}`).code()
	}
	get := func() string {
		return f.call("GET /rest/ws/group/remove/member?userId=bot&groupId="+id, ``).code()
	}

	f.switches.MemberCalls = onlyGet

	equal(t, []string{post(), get()}, []string{"AL-MA-01", ""})

	f.switches.MemberCalls = onlyPost

	equal(t, []string{post(), get()}, []string{"", "AL-MA-01"})
}

func TestUsedClientGroupIDMayBeToldInOtherWords(t *testing.T) {
	f := start(t)
	f.conversation("c")
	f.switches.DuplicateClientGroup = duplicateSentence

	a := f.call(conversation, `{"groupName":"g","clientGroupId":"c","groupMemberList":["u-1"]}`)
	equal(t, strings.Contains(strings.ToLower(a.Errors[0].Description), "group already exists"), true)
}

func TestInfoMayLackMetadata(t *testing.T) {
	f := start(t)
	id := f.conversation("c")
	info := func() map[string]any {
		return decoded[map[string]any](t, f.call("GET /rest/ws/group/v2/info?groupId="+id, ``).Response)
	}

	_, has := info()["metadata"]
	equal(t, has, true)

	f.switches.InfoWithoutMetadata = true

	_, has = info()["metadata"]
	equal(t, has, false)
	equal(t, f.find(id).metadata[keyStatus], statusOpen)
}

func TestSendMayAnswerInTheEnvelope(t *testing.T) {
	f := start(t)
	f.switches.SendEnvelope = true
	a := f.call(send, `{"groupId":"`+f.conversation("c")+`","message":"m","fromUserName":"u-1"}`)
	equal(t, decoded[struct{ MessageKey string }](t, a.Response).MessageKey, f.Messages(f.groupIDs()[0])[0].Key)
}

// groupIDs lists all conversations.
func (f *fixture) groupIDs() (ids []string) {
	for _, g := range f.Groups() {
		ids = append(ids, g.ID)
	}

	return ids
}

func TestMessageKeysHoldTheNumberOfTheSwitch(t *testing.T) {
	for mode, difference := range map[string]int64{keyOfTime: 0, keyEarlier: 3600} {
		f := start(t)
		f.switches.MessageKeys = mode
		key, m := f.sent(f.conversation("c"))

		number, err := strconv.ParseInt(key[strings.LastIndex(key, "-")+1:], 10, 64)
		if err != nil || m.CreatedAt-number != difference {
			t.Errorf("%s: key %s of a message of %d, %v", mode, key, m.CreatedAt, err)
		}
	}

	f := start(t)
	f.switches.MessageKeys = keyUnrelated
	id := f.conversation("c")

	var numbers []string

	for range 20 {
		key, _ := f.sent(id)
		numbers = append(numbers, key[strings.LastIndex(key, "-")+1:])
	}

	// Seen in September 2024: 15 or 16 digits that are no epoch time and do not grow.
	equal(t, len(numbers[0]), 16)

	if slices.IsSorted(numbers) {
		t.Errorf("unrelated numbers grow: %s", numbers)
	}
}

// sent posts a message and returns its key and the message.
func (f *fixture) sent(id string) (string, MessageView) {
	f.t.Helper()
	key := decoded[struct{ MessageKey string }](f.t, []byte(f.call(send, `{"groupId":"`+id+`","message":"m","fromUserName":"u-1"}`).text)).MessageKey

	m, ok := f.Message(key)
	if !ok {
		f.t.Fatalf("no message %s", key)
	}

	return key, m
}

func TestReceivedMessagesHaveKeysOfTheirOwn(t *testing.T) {
	f := start(t)
	f.switches.PairedKeys = true
	key, _ := f.sent(f.conversation("c"))
	received := "4" + key[1:]

	type row struct{ Key, PairedMessageKey string }

	read := func(key, as string) []row {
		return decoded[struct{ Message []row }](t, f.call("GET /rest/ws/message/detail?keys="+key, ``, "Of-User-Id", as).Response).Message
	}
	// Recorded in July 2018 for a message between two users: the keys differ in their first digit.
	equal(t, read(key, AgentOneID), []row{{received, key}})
	equal(t, read(received, AgentOneID), []row{{received, key}})
	equal(t, read(key, "u-1"), []row{{key, received}})
	equal(t, f.call("GET /rest/ws/message/delete?deleteForAll=true&key="+received, ``, "Of-User-Id", AgentOneID).text, "success")
}
