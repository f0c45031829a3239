package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// exchange is a request that must come, and its answer.
type exchange struct {
	request string // METHOD address
	ofUser  string
	body    string // JSON
	status  int    // 200 if 0
	answer  string
}

// script answers the requests in order. It fails the test for a request that does not come, and for any other.
type script struct {
	t         *testing.T
	exchanges []exchange
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	if len(s.exchanges) == 0 {
		s.t.Fatalf("unexpected %s %s", r.Method, r.URL)
	}
	next := s.exchanges[0]
	s.exchanges = s.exchanges[1:]
	if got := r.Method + " " + r.URL.String(); got != next.request {
		s.t.Errorf("request\n%s, want\n%s", got, next.request)
	}
	if got := r.Header.Get("Of-User-Id"); got != next.ofUser {
		s.t.Errorf("%s: Of-User-Id %q, want %q", next.request, got, next.ofUser)
	}
	if r.Header.Get("Api-Key") != "key" {
		s.t.Errorf("%s: no Api-Key", next.request)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	var got, want any
	_ = json.Unmarshal(body, &got)
	_ = json.Unmarshal([]byte(next.body), &want)
	if !reflect.DeepEqual(got, want) {
		s.t.Errorf("%s: body\n%s, want\n%s", next.request, body, next.body)
	}
	if next.status == 0 {
		next.status = http.StatusOK
	}
	return &http.Response{
		StatusCode: next.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(next.answer)), Request: r,
	}, nil
}

func client(t *testing.T, exchanges ...exchange) *api.Client {
	t.Helper()
	s := &script{t, exchanges}
	t.Cleanup(func() {
		if len(s.exchanges) > 0 {
			t.Errorf("these did not come: %+v", s.exchanges)
		}
	})
	base := func(host string) *url.URL { return &url.URL{Scheme: "https", Host: host} }
	return api.New(api.Settings{
		BaseURL: base("s.example"), ChatBaseURL: base("c.example"), APIKey: "key", ActingUserID: "owner", ApplicationID: "app",
		Transport: transport.Config{HTTP: s, Timeout: time.Second},
	})
}

const (
	success = `{"status":"success","generatedAt":1,"response":"success"}`
	updated = `{"status":"success","generatedAt":1,"response":"updated"}`
	group   = `{"id":131,"clientGroupId":"k","name":"n","adminId":"owner","membersId":["b","a"],"groupUsers":[{"userId":"c"},{"userId":"d","deleted":true}],
		"metadata":{"CONVERSATION_STATUS":0,"x":true,"conversationMetadata":"{\"total\":12}"},"createdAtTime":1700000000000,"somethingNew":{}}`
)

func envelope(response string) string {
	return `{"status":"success","generatedAt":1,"response":` + response + `}`
}

func failure(code, description string) string {
	return fmt.Sprintf(`{"status":"error","errorResponse":[{"errorCode":%q,"description":%q,"displayMessage":"unable to process"}],"generatedAt":1}`, code, description)
}

// TestCalls checks what each method sends, to the letter.
func TestCalls(t *testing.T) {
	text := func(s string) *string { return &s }
	for name, c := range map[string]struct {
		exchange
		do func(context.Context, *api.Client) error
	}{
		"user": {
			exchange{request: "POST https://s.example/rest/ws/user/v2/detail", body: `{"userIdList":["a"]}`, answer: envelope(`[{"userId":"a"}]`)},
			func(ctx context.Context, c *api.Client) error { _, err := c.User(ctx, "a"); return err },
		},
		"userWithLastMessage": {
			exchange{request: "POST https://s.example/rest/ws/user/v2/detail?fetchLatestMessageTime=true", body: `{"userIdList":["a"]}`, answer: `[{"userId":"a"}]`},
			func(ctx context.Context, c *api.Client) error { _, err := c.UserWithLastMessage(ctx, "a"); return err },
		},
		"updateUser": {
			exchange{
				request: "POST https://s.example/rest/ws/user/update?allowEmail=true&elasticUpdate=true", ofUser: "a+b", body: `{"email":"","metadata":{"k":"v"}}`, answer: success,
			},
			func(ctx context.Context, c *api.Client) error {
				return c.UpdateUser(ctx, "a+b", api.UserUpdate{Email: text(""), Metadata: map[string]string{"k": "v"}})
			},
		},
		"createUser": {
			exchange{
				request: "POST https://s.example/rest/ws/user/v2/create",
				body:    `{"userId":"a","password":"p","displayName":"A","email":"a@b.c","roleName":"USER"}`, answer: success,
			},
			func(ctx context.Context, c *api.Client) error {
				return c.CreateUser(ctx, api.UserRequest{UserID: "a", Password: text("p"), DisplayName: text("A"), Email: text("a@b.c")})
			},
		},
		"deactivateUser": {
			exchange{request: "POST https://s.example/rest/ws/user/delete?reset=false", ofUser: "a", body: `{"reset":false}`, answer: success},
			func(ctx context.Context, c *api.Client) error { return c.DeactivateUser(ctx, "a") },
		},
		"createConversation": {
			exchange{
				request: "POST https://s.example/rest/ws/group/conversation",
				body:    `{"groupName":"n","clientGroupId":"k","groupMemberList":["a"],"metadata":{"SKIP_ROUTING":true}}`, answer: envelope(group),
			},
			func(ctx context.Context, c *api.Client) error {
				_, _, err := c.CreateConversation(ctx, api.ConversationRequest{
					GroupName: "n", ClientGroupID: "k", GroupMemberList: []string{"a"}, Metadata: map[string]any{"SKIP_ROUTING": true},
				})
				return err
			},
		},
		"updateConversation": {
			exchange{
				request: "POST https://s.example/rest/ws/group/update?resetGroupImageUrl=true", ofUser: "owner",
				body: `{"groupId":"131","newName":"m","imageUrl":"","metadata":{"k":""}}`, answer: success,
			},
			func(ctx context.Context, c *api.Client) error {
				return c.UpdateConversation(ctx, "owner", api.ConversationUpdate{GroupID: "131", NewName: text("m"), ImageURL: text(""), Metadata: map[string]string{"k": ""}})
			},
		},
		"changeStatus": {
			exchange{request: "PATCH https://s.example/rest/ws/group/status/change?groupId=131&sendNotifyMessage=false&status=2", ofUser: "owner", answer: updated},
			func(ctx context.Context, c *api.Client) error {
				return c.ChangeStatus(ctx, "owner", "131", api.StatusClosed, false)
			},
		},
		"changeStatusAgain": {
			exchange{
				request: "PATCH https://s.example/rest/ws/group/status/change?groupId=131&sendNotifyMessage=true&status=0", ofUser: "owner", answer: envelope(`"already updated"`),
			},
			func(ctx context.Context, c *api.Client) error {
				return c.ChangeStatus(ctx, "owner", "131", api.StatusOpen, true)
			},
		},
		"duplicate": {
			exchange{
				request: "POST https://s.example/rest/ws/group/update", ofUser: "owner", body: `{"groupId":"131","metadata":{"CONVERSATION_STATUS":"4"}}`, answer: success,
			},
			func(ctx context.Context, c *api.Client) error {
				return c.ChangeStatus(ctx, "owner", "131", api.StatusDuplicate, false)
			},
		},
		"changeAssignee": {
			exchange{
				request: "PATCH https://s.example/rest/ws/group/assignee/change?assignee=a%40b&groupId=131&sendNotifyMessage=false&takeOverFromBot=true", ofUser: "owner", answer: updated,
			},
			func(ctx context.Context, c *api.Client) error {
				return c.ChangeAssignee(ctx, "owner", "131", "a@b", false, true)
			},
		},
		"addMember": {
			exchange{request: "POST https://s.example/rest/ws/group/add/member", ofUser: "owner", body: `{"userId":"a","groupId":"131"}`, answer: success},
			func(ctx context.Context, c *api.Client) error { return c.AddMember(ctx, "owner", "131", "a") },
		},
		"removeMember": {
			exchange{request: "POST https://s.example/rest/ws/group/remove/member", ofUser: "owner", body: `{"userId":"a","groupId":"131"}`, answer: success},
			func(ctx context.Context, c *api.Client) error { return c.RemoveMember(ctx, "owner", "131", "a") },
		},
		"deleteConversation": {
			exchange{request: "GET https://s.example/rest/ws/group/delete?groupId=131&resetCount=true&updateClientGroupId=true", ofUser: "owner", answer: envelope("true")},
			func(ctx context.Context, c *api.Client) error { return c.DeleteConversation(ctx, "owner", "131") },
		},
		"conversation": {
			exchange{request: "GET https://s.example/rest/ws/group/v2/info?groupId=131", answer: envelope(group)},
			func(ctx context.Context, c *api.Client) error { _, err := c.Conversation(ctx, "131"); return err },
		},
		"conversationByClientID": {
			exchange{request: "GET https://s.example/rest/ws/group/v2/info?clientGroupId=a%2Fb", answer: group},
			func(ctx context.Context, c *api.Client) error {
				_, err := c.ConversationByClientID(ctx, "a/b")
				return err
			},
		},
		"seenConversation": {
			exchange{request: "GET https://s.example/rest/ws/group/v2/info?groupId=131", ofUser: "owner", answer: group},
			func(ctx context.Context, c *api.Client) error { _, err := c.SeenConversation(ctx, "131"); return err },
		},
		"conversations": {
			exchange{
				request: "GET https://s.example/rest/ws/group/support/assigned?pageSize=60&status=2&userId=a", ofUser: "owner", answer: envelope(`{"message":[],"groupFeeds":[]}`),
			},
			func(ctx context.Context, c *api.Client) error {
				_, err := c.Conversations(ctx, "2", "a", 10)
				return err
			},
		},
		"sendMessage": {
			exchange{
				request: "POST https://s.example/rest/ws/message/v2/send", body: `{"groupId":"131","message":"<b>","fromUserName":"a","contentType":3,"metadata":{"skipBot":true}}`,
				answer: `{"messageKey":"5-131-1","createdAt":1000}`,
			},
			func(ctx context.Context, c *api.Client) error {
				_, err := c.SendMessage(ctx, api.MessageRequest{GroupID: "131", Message: "<b>", FromUserName: "a", ContentType: 3, Metadata: map[string]any{"skipBot": true}})
				return err
			},
		},
		"deleteMessage": {
			exchange{request: "GET https://s.example/rest/ws/message/delete?deleteForAll=true&key=5-131-1", ofUser: "a", answer: "success"},
			func(ctx context.Context, c *api.Client) error { return c.DeleteMessage(ctx, "a", "5-131-1") },
		},
		"message": {
			exchange{request: "GET https://s.example/rest/ws/message/detail?keys=5-131-1", ofUser: "owner", answer: envelope(`{"message":[{"key":"5-131-1"}]}`)},
			func(ctx context.Context, c *api.Client) error { _, err := c.Message(ctx, "5-131-1"); return err },
		},
		"messages": {
			exchange{
				request: "GET https://s.example/rest/ws/message/list?groupId=131&pageSize=50&startIndex=0", ofUser: "owner", answer: `{"message":[{"key":"5-131-1","createdAtTime":5}]}`,
			},
			func(ctx context.Context, c *api.Client) error { _, err := c.Messages(ctx, "131", 1); return err },
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := c.do(t.Context(), client(t, c.exchange)); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestAnswers checks what becomes of each shape that the vendor's pages show, and of those that its SDKs look for.
func TestAnswers(t *testing.T) {
	engaged := func(err error) bool { return api.IsEngaged(err) && !transport.IsNotFound(err) }
	reason := func(want transport.Reason) func(error) bool {
		return func(err error) bool { failure := transport.As(err); return failure != nil && failure.Reason == want }
	}
	for name, c := range map[string]struct {
		status int
		answer string
		is     func(error) bool
	}{
		"group not found":   {0, failure("AL-G-01", "group not found"), transport.IsNotFound},
		"user not found":    {0, failure("AL-U-01", "user not found"), func(err error) bool { return api.IsUnknownUser(err) && !transport.IsNotFound(err) }},
		"not the admin":     {0, failure("AL-UN-01", "unauthorized user"), api.IsNotAdmin},
		"already exists":    {0, failure("X", "Group already exists"), transport.IsConflict},
		"engaged":           {0, envelope(`"AGENT_IS_ALREADY_ENGAGED"`), engaged},
		"unknown code":      {0, failure("AL-X-99", "something"), reason(transport.Other)},
		"no reason":         {0, `{"status":"error","errorResponse":[]}`, reason(transport.Other)},
		"error with a 400":  {400, failure("X", "bad"), reason(transport.Invalid)},
		"error with a 404":  {404, failure("X", "what"), reason(transport.Unusable)},
		"plain error":       {0, "error", reason(transport.Other)},
		"plain closed":      {0, "CONVERSATION_CLOSED", reason(transport.Invalid)},
		"old refusal":       {0, "UnAuthorized Access", transport.IsUnauthorized},
		"page":              {0, "<html><body>busy</body></html>", reason(transport.Unavailable)},
		"page not found":    {404, "<!DOCTYPE html><html></html>", reason(transport.Unusable)},
		"gateway 401":       {401, `{"message":"Unauthorized"}`, transport.IsUnauthorized},
		"something else":    {0, `{"status":"pending"}`, reason(transport.Unusable)},
		"empty":             {0, "", reason(transport.Unusable)},
		"success, no doubt": {0, success, func(err error) bool { return err == nil }},
		"success as text":   {0, `"success"`, func(err error) bool { return err == nil }},
	} {
		t.Run(name, func(t *testing.T) {
			c1 := client(t, exchange{
				request: "PATCH https://s.example/rest/ws/group/assignee/change?assignee=a&groupId=1&sendNotifyMessage=false", ofUser: "owner", status: c.status, answer: c.answer,
			})
			if err := c1.ChangeAssignee(t.Context(), "owner", "1", "a", false, false); !c.is(err) {
				t.Errorf("%v", err)
			}
		})
	}
}

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
