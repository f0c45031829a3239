package api_test

import (
	"context"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

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
				request: "PATCH https://s.example/rest/ws/group/assignee/change?assignee=a%40b&groupId=131&sendNotifyMessage=false&switchAssignee=true&takeOverFromBot=true", ofUser: "owner", answer: updated,
			},
			func(ctx context.Context, c *api.Client) error {
				return c.ChangeAssignee(ctx, "owner", api.AssigneeChange{GroupID: "131", Assignee: "a@b", TakeOverFromBot: true, SwitchAssignee: true})
			},
		},
		"changeAssigneeWithBots": {
			exchange{
				request: "PATCH https://s.example/rest/ws/group/assignee/change?assignee=a%40b&groupId=131&sendNotifyMessage=true&switchAssignee=true&takeOverFromBot=false", ofUser: "owner", answer: updated,
			},
			func(ctx context.Context, c *api.Client) error {
				return c.ChangeAssignee(ctx, "owner", api.AssigneeChange{GroupID: "131", Assignee: "a@b", Notify: true, SwitchAssignee: true})
			},
		},
		"sendAttachment": {
			exchange{
				request: "POST https://s.example/rest/ws/message/send", body: `{"groupId":"131","message":"Receipt","fromUserName":"a","contentType":1,"metadata":{"skipBot":true},
					"type":5,"source":1,"key":"*","fileMeta":{"name":"r.png","url":"https://f.example/r.png","contentType":"image/png","createdAtTime":"*"}}`,
				answer: `{"messageKey":"5-131-1700000000123","createdAt":1700000000000}`,
			},
			func(ctx context.Context, c *api.Client) error {
				_, err := c.SendAttachment(ctx, api.MessageRequest{
					GroupID: "131", Message: "Receipt", FromUserName: "a", Metadata: map[string]any{"skipBot": true},
					FileMeta: &api.FileMeta{Name: "r.png", URL: "https://f.example/r.png", ContentType: "image/png"},
				})

				return err
			},
		},
		"addMember": {
			exchange{request: "POST https://s.example/rest/ws/group/add/member", ofUser: "owner", body: `{"userId":"a","groupId":"131"}`, answer: success},
			func(ctx context.Context, c *api.Client) error {
				return c.AddMember(ctx, "owner", api.Membership{UserID: "a", GroupID: "131"})
			},
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
				_, err := api.Collect(c.Conversations(ctx, api.ConversationFilter{Status: "2", Assignee: "a"}), 10)
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
		"registerUser": {
			exchange{
				request: "POST https://c.example/rest/ws/register/client", body: `{"userId":"a","applicationId":"app","deviceType":1,"platform":5,"displayName":"A",
					"contactNumber":"+1","metadata":{"plan":"gold"}}`, answer: `{"message":"REGISTERED","deactivate":0,"newUser":1}`,
			},
			func(ctx context.Context, c *api.Client) error {
				isNew, err := c.RegisterUser(ctx, api.UserRequest{
					UserID: "a", DisplayName: text("A"), PhoneNumber: text("+1"), Metadata: map[string]string{"plan": "gold", strings.Repeat("k", 31): "x"},
				})
				if !isNew {
					t.Error("the user is new")
				}

				return err
			},
		},
		"updateMessageMetadata": {
			exchange{
				request: "POST https://s.example/rest/ws/message/update/metadata", ofUser: "a", body: `{"key":"5-131-1","metadata":{"k":"v"}}`, answer: success,
			},
			func(ctx context.Context, c *api.Client) error {
				return c.UpdateMessageMetadata(ctx, "a", api.MessageUpdate{Key: "5-131-1", Metadata: map[string]string{"k": "v"}})
			},
		},
		"messageOfSender": {
			exchange{request: "GET https://s.example/rest/ws/message/detail?keys=5-131-1", ofUser: "a", answer: envelope(`{"message":[{"key":"5-131-1"}]}`)},
			func(ctx context.Context, c *api.Client) error { _, err := c.Message(ctx, "5-131-1", "a"); return err },
		},
		"message": {
			exchange{request: "GET https://s.example/rest/ws/message/detail?keys=5-131-1", ofUser: "owner", answer: envelope(`{"message":[{"key":"5-131-1"}]}`)},
			func(ctx context.Context, c *api.Client) error { _, err := c.Message(ctx, "5-131-1", ""); return err },
		},
		"messages": {
			exchange{
				request: "GET https://s.example/rest/ws/message/list?groupId=131&pageSize=50&startIndex=0", ofUser: "owner", answer: `{"message":[{"key":"5-131-1","createdAtTime":5}]}`,
			},
			func(ctx context.Context, c *api.Client) error {
				_, err := api.Collect(c.Messages(ctx, "131"), 1)
				return err
			},
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
	engaged := func(err error) bool {
		failure := transport.As(err)
		return failure != nil && failure.Code == "AGENT_IS_ALREADY_ENGAGED"
	}

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
		"unauthorized":      {0, failure("AL-UN-01", "unauthorized user"), transport.IsUnauthorized},
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
				request: "PATCH https://s.example/rest/ws/group/assignee/change?assignee=a&groupId=1&sendNotifyMessage=false&switchAssignee=true&takeOverFromBot=false", ofUser: "owner", status: c.status, answer: c.answer,
			})
			if err := c1.ChangeAssignee(t.Context(), "owner", api.AssigneeChange{GroupID: "1", Assignee: "a", SwitchAssignee: true}); !c.is(err) {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestTakenKeys: the words of a taken key are known, their code and their exact form are not.
func TestTakenKeys(t *testing.T) {
	create := func(c *api.Client) error {
		_, _, err := c.CreateConversation(t.Context(), api.ConversationRequest{GroupName: "n", ClientGroupID: "k", GroupMemberList: []string{"a"}})
		return err
	}

	for _, words := range []string{"group already exists", "Group already exists.", "group already exist", "The group already exists!"} {
		c := client(t, exchange{
			request: "POST https://s.example/rest/ws/group/conversation", body: `{"groupName":"n","clientGroupId":"k","groupMemberList":["a"]}`, answer: failure("AL-X-1", words),
		})
		if err := create(c); !transport.IsConflict(err) {
			t.Errorf("%s: %v", words, err)
		}
	}
}
