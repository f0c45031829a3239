package api_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

func TestConversationIsReadLeniently(t *testing.T) {
	c := client(t, exchange{request: "GET https://s.example/rest/ws/group/v2/info?groupId=131", answer: group})

	found, err := c.Conversation(t.Context(), "131")
	if err != nil {
		t.Fatal(err)
	}

	if found.ID != "131" || found.Metadata["CONVERSATION_STATUS"] != "0" || found.Metadata["x"] != "true" || found.Info()["total"] != "12" ||
		!reflect.DeepEqual(found.Members(), []string{"a", "b", "c"}) || !found.Whole() {
		t.Errorf("%+v", found)
	}
}

func TestDeletedConversationIsNotFound(t *testing.T) {
	c := client(t, exchange{request: "GET https://s.example/rest/ws/group/v2/info?groupId=131", answer: envelope(`{"id":131,"deletedAtTime":5}`)})
	if _, err := c.Conversation(t.Context(), "131"); !transport.IsNotFound(err) {
		t.Errorf("%v", err)
	}
}

// TestUsersOfOtherSpelling: the platform may have lower-cased an agent's id, deleted users are gone, and order is no matter.
func TestUsers(t *testing.T) {
	c := client(t, exchange{
		request: "POST https://s.example/rest/ws/user/v2/detail?fetchLatestMessageTime=true", body: `{"userIdList":["Ana@x","gone","b"]}`,
		answer: `[{"userId":"b","connectedLastSeenTime":1.5},{"userId":"gone","deletedAtTime":7},{"userId":"ana@x","lastSeenAtTime":12.5}]`,
	})

	found, err := c.Users(t.Context(), []string{"Ana@x", "gone", "b"})
	if err != nil || len(found) != 2 || found["Ana@x"].UserID != "ana@x" || found["b"].UserID != "b" {
		t.Errorf("%+v %v", found, err)
	}
}

func TestUsersInBatchesOfSixty(t *testing.T) {
	var ids, first, second []string
	for i := range 70 {
		ids = append(ids, fmt.Sprint(i))
	}

	first, second = ids[:60], ids[60:]
	body := func(ids []string) string {
		raw, err := json.Marshal(map[string]any{"userIdList": ids})
		if err != nil {
			t.Fatal(err)
		}

		return string(raw)
	}

	const request = "POST https://s.example/rest/ws/user/v2/detail?fetchLatestMessageTime=true"

	c := client(t, exchange{request: request, body: body(first), answer: `[]`}, exchange{request: request, body: body(second), answer: envelope(`[]`)})
	if found, err := c.Users(t.Context(), ids); err != nil || len(found) != 0 {
		t.Errorf("%v %v", found, err)
	}
}

// TestRefusedPath tells a key that is not good from a path that is not served to it, with one documented call.
func TestRefusedPath(t *testing.T) {
	for _, status := range []int{401, 403, 404} {
		info := exchange{request: "GET https://s.example/rest/ws/group/v2/info?groupId=1", status: status, answer: `{"message":"no"}`}
		probe := exchange{request: "POST https://s.example/rest/ws/user/v2/detail", body: `{"userIdList":["owner"]}`, answer: `[]`}

		c := client(t, info, probe, info)
		for range 2 { // The key is tried only once.
			if _, err := c.Conversation(t.Context(), "1"); !api.IsUnreadable(err) || transport.IsNotFound(err) {
				t.Errorf("%d: %v", status, err)
			}
		}

		probe.status, probe.answer = status, `{"message":"no"}`

		c = client(t, info, probe)
		if _, err := c.Conversation(t.Context(), "1"); api.IsUnreadable(err) || transport.IsNotFound(err) || err == nil {
			t.Errorf("%d with a bad key: %v", status, err)
		}
	}
}

func TestRegisterWhereCreatingIsRefused(t *testing.T) {
	create := exchange{request: "POST https://s.example/rest/ws/user/v2/create", body: `{"userId":"a","roleName":"USER"}`, status: 403, answer: `{"message":"no"}`}

	register := exchange{
		request: "POST https://c.example/rest/ws/register/client", body: `{"userId":"a","applicationId":"app","deviceType":1,"platform":5}`, answer: `{"message":"UPDATED","authToken":"x"}`,
	}
	if err := client(t, create, register).CreateUser(t.Context(), api.UserRequest{UserID: "a"}); err != nil {
		t.Error(err)
	}

	for _, message := range []string{"INVALID_PARAMETER", "INVALID_APPLICATIONID", "PASSWORD_INVALID", "PASSWORD_REQUIRED"} {
		register.answer = fmt.Sprintf(`{"message":%q}`, message)
		if err := client(t, create, register).CreateUser(t.Context(), api.UserRequest{UserID: "a"}); err == nil || transport.As(err).Code != message {
			t.Errorf("%s: %v", message, err)
		}
	}
}

// TestAttachmentGoesWhereItIsTaken: the gateway, the chat host, and the chat host with a session.
func TestAttachmentGoesWhereItIsTaken(t *testing.T) {
	refused := func(request string) exchange {
		return exchange{request: request, status: 404, answer: `{"message":"no"}`}
	}

	const upload, answer = "/rest/ws/upload/image?aclsPrivate=true", `{"blobKey":"b","url":"https://x.example"}`
	for n, exchanges := range map[int][]exchange{
		1: {{request: "POST https://c.example" + upload, answer: answer}},
		2: {refused("POST https://c.example" + upload), {request: "POST https://s.example" + upload, answer: answer}},
		4: {
			refused("POST https://c.example" + upload), refused("POST https://s.example" + upload),
			{request: "POST https://c.example/rest/ws/register/client", body: `{"userId":"a","applicationId":"app","deviceType":1,"platform":5}`, answer: `{"message":"UPDATED","authToken":"x"}`},
			{request: "POST https://c.example" + upload, answer: answer},
		},
	} {
		if file, err := client(t, exchanges...).Upload(t.Context(), "a", "f.txt", "text/plain", []byte("x")); err != nil || file.BlobKey != "b" {
			t.Errorf("%d: %+v %v", n, file, err)
		}
	}
}

func TestUpdatedFlagOfAUsedClientGroupID(t *testing.T) {
	c := client(t, exchange{
		request: "POST https://s.example/rest/ws/group/conversation", body: `{"groupName":"n","groupMemberList":["a"]}`,
		answer: `{"status":"success","updated":true,"response":` + group + `}`,
	})

	found, existed, err := c.CreateConversation(t.Context(), api.ConversationRequest{GroupName: "n", GroupMemberList: []string{"a"}})
	if err != nil || !existed || found.ID != "131" {
		t.Errorf("%+v %v %v", found, existed, err)
	}
}

// TestListsEnd: a cursor that repeats a row, or does not move, ends the list.
func TestListsEnd(t *testing.T) {
	const request = "GET https://s.example/rest/ws/group/support?"

	c := client(t,
		exchange{request: request + "pageSize=60", ofUser: "owner", answer: envelope(`{"groupFeeds":[{"id":2},{"id":1,"deletedAtTime":3}],"lastFetchTime":50}`)},
		exchange{request: request + "lastFetchTime=50&pageSize=60", ofUser: "owner", answer: envelope(`{"groupFeeds":[{"id":1},{"id":"0"}],"lastFetchTime":40}`)},
		exchange{request: request + "lastFetchTime=40&pageSize=60", ofUser: "owner", answer: envelope(`{"groupFeeds":[{"id":0}],"lastFetchTime":40}`)},
	)
	if found, err := c.Conversations(t.Context(), "", "", 100); err != nil || len(found) != 2 {
		t.Errorf("%+v %v", found, err)
	}
}

func FuzzGroupOfMessage(f *testing.F) {
	for _, seed := range []string{"5-226299-1490015022917", "", "5--", "5-x-1", "4-1-1", "5-1-1-1", "5-1-99999999999999999999"} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, key string) {
		id, _ := api.GroupOfMessage(key)
		if id != "" && !strings.HasPrefix(key, "5-"+id+"-") {
			t.Errorf("%q names %q", key, id)
		}
	})
}

func FuzzLenientDecoders(f *testing.F) {
	for _, seed := range []string{`1`, `"1"`, `null`, `{}`, `{"a":1,"b":null,"c":{"d":[]},"e":"x"}`, `[]`, `1.5`, `true`, `1e400`} {
		f.Add(seed)
	}

	f.Fuzz(func(t *testing.T, text string) {
		var id api.Ident

		_ = json.Unmarshal([]byte(text), &id)

		var values api.Values
		if json.Unmarshal([]byte(text), &values) == nil && values != nil {
			again, err := json.Marshal(values)

			var back map[string]string
			if err != nil || json.Unmarshal(again, &back) != nil || len(back) != len(values) {
				t.Errorf("%s becomes %s", text, again)
			}
		}
	})
}

// TestPartOfAConversation: what an answer leaves out must not look as if somebody had removed it.
func TestPartOfAConversation(t *testing.T) {
	c := client(t, exchange{request: "GET https://s.example/rest/ws/group/v2/info?groupId=131", answer: envelope(`{"id":131,"name":"n"}`)})
	if found, err := c.Conversation(t.Context(), "131"); err == nil || transport.IsNotFound(err) {
		t.Errorf("%+v %v", found, err)
	}
}
