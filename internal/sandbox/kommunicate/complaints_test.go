package kommunicate

import (
	"fmt"
	"strings"
	"testing"
)

// TestUndocumentedRequestsAreComplainedAbout sends what only happens to work, or does not. ID stands for a conversation.
func TestUndocumentedRequestsAreComplainedAbout(t *testing.T) {
	many := `{"userIdList":["` + strings.Repeat(`u","`, 60) + `u"]}`

	tests := []struct {
		line, body string
		headers    []string
		status     int
		about      string
	}{
		// Shape of the request.
		{conversation, `{"groupName":"g","groupMemberList":["u-1"],"imageUrl":"x"}`, nil, 200, "imageUrl"},
		{conversation, `{"groupname":"g","groupMemberList":["u-1"]}`, nil, 200, "not spelled"},
		{conversation, `{"groupName":1,"groupMemberList":["u-1"]}`, nil, 400, "groupName"},
		{conversation, `{"groupName":"g","groupMemberList":"u-1"}`, nil, 400, "groupMemberList"},
		{conversation, `{"groupName":"g"`, nil, 400, "EOF"},
		{conversation, `{"groupName":"g","groupMemberList":["u-1"]} {}`, nil, 400, "more than one"},
		{conversation, `{"groupName":"g","groupMemberList":["u-1"],"metadata":"x"}`, nil, 400, "metadata"},
		{conversation, `{"groupName":"g","groupMemberList":["u-1"],"metadata":{"n":null}}`, nil, 200, "metadata.n"},
		{conversation, `{"groupName":"g","groupMemberList":["u-1"],"clientGroupId":1.5}`, nil, 400, "id"},
		{conversation, `{"groupName":"g","groupMemberList":["u-1"]}`, []string{"Content-Type", "text/plain"}, 415, "content type"},
		{conversation + "?notify=true", `{"groupName":"g","groupMemberList":["u-1"]}`, nil, 200, "notify"},
		{detail, `{"userIds":["u-1"]}`, nil, 200, "userIds"},
		{detail, `{"userIdList":[]}`, nil, 200, "names no user"},
		{detail, many, nil, 200, "61"},
		{detail + "?fetchLatestMessageTime=maybe", `{"userIdList":["u-1"]}`, nil, 200, "boolean"},
		{groupUpdate, `{"groupId":"ID","name":"n"}`, nil, 200, "name"},
		{groupUpdate, `{"groupId":"ID","metadata":{"k":{"a":1}}}`, nil, 200, "metadata.k"},
		{groupUpdate, `{"groupId":"ID"}`, []string{"Of-User-Id", ""}, 400, "Of-User-Id"},
		{"PATCH /rest/ws/group/status/change?groupId=ID&status=2", ``, []string{"Content-Type", ""}, 200, "Content-Type"},
		{"PATCH /rest/ws/group/status/change?groupId=ID&status=2", `{}`, nil, 200, "no body"},
		{"PATCH /rest/ws/group/status/change?clientGroupId=c&status=2", ``, nil, 400, "clientGroupId"},
		{"PATCH /rest/ws/group/status/change?groupId=ID", ``, nil, 400, "status"},
		{"PATCH /rest/ws/group/status/change?groupId=ID&status=open", ``, nil, 400, "open"},
		{"PATCH /rest/ws/group/status/change?groupId=ID&status=2", ``, []string{"Of-User-Id", ""}, 400, "Of-User-Id"},
		{"PATCH /rest/ws/group/assignee/change?groupId=ID&assignee=", ``, nil, 400, "assignee"},
		{"PATCH /rest/ws/group/assignee/change?groupId=ID&assignee=bot&takeOverFromBot=1x", ``, nil, 200, "boolean"},
		{"GET /rest/ws/user/merge?userId=u-1", ``, nil, 400, "userId and mergeUserId"},
		{"GET /rest/ws/user/merge?userId=u-1&mergeUserId=u-1", ``, nil, 200, "with itself"},
		{"PATCH /rest/ws/group/assignee/change?groupId=ID&assignee=bot&switchAssignee=1", ``, nil, 400, "neither true nor false"},
		{"GET /rest/ws/group/v2/info", ``, nil, 400, "groupId"},
		{"GET /rest/ws/group/v2/info?id=ID", ``, nil, 400, "id"},
		{"GET /rest/ws/group/details", ``, nil, 400, "groupIds"},
		{"GET /rest/ws/message/list?groupId=ID&pageSize=ten", ``, nil, 200, "number"},
		{"GET /rest/ws/message/list?groupId=ID&pageSize=0", ``, nil, 200, "pageSize"},
		{"GET /rest/ws/message/list?userId=u-1", ``, nil, 200, "one-to-one"},
		{"GET /rest/ws/message/detail", ``, nil, 400, "keys"},
		{"POST /rest/ws/user/v2/create", `{"userId":"u-2","phoneNumber":"+1"}`, nil, 200, "phoneNumber"},
		{"POST /rest/ws/user/update", `{"name":"n"}`, []string{"Of-User-Id", "u-1"}, 200, "name"},
		{"POST /rest/ws/user/update", `{"metadata":{"k":3}}`, []string{"Of-User-Id", "u-1"}, 200, "metadata.k"},
		// Wrong method, wrong host, wrong place.
		{"PUT /rest/ws/user/update", `{}`, nil, 200, "no such route"},
		{"GET /rest/ws/group/status/change?groupId=ID&status=2", ``, nil, 200, "no such route"},
		{"POST /rest/ws/register/client", `{}`, nil, 404, "no such route"},
		{"PUT /chat/rest/ws/user/update", `{}`, nil, 200, "no such route"},
		{"POST /chat/rest/ws/nothing", `{}`, nil, 404, "no such route"},
		// Messages.
		{send, `{"groupId":"ID","fromUserName":"u-1"}`, nil, 400, "message is required"},
		{send, `{"message":"m","fromUserName":"u-1"}`, nil, 400, "groupId"},
		{send, `{"groupId":"ID","message":"m"}`, []string{"Of-User-Id", ""}, 400, "fromUserName"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","contentType":99}`, nil, 200, "99"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","contentType":"3"}`, nil, 400, "contentType"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","contentType":1}`, nil, 200, "fileMeta"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","fileMeta":{"name":"a","url":"b"}}`, nil, 200, "contentType 1"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","contentType":1,"fileMeta":{"name":"a"}}`, nil, 200, "url or a blobKey"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","to":"u-2"}`, nil, 200, "one-to-one"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","metadata":{"contentType":"300","payload":"[]"}}`, nil, 200, "templateId"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","metadata":{"contentType":"300","templateId":"6","payload":"[{"}}`, nil, 200, "payload"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","metadata":{"contentType":"300","templateId":"6","payload":[]}}`, nil, 200, "metadata.payload"},
		{send, `{"groupId":"ID","message":"m","fromUserName":"u-1","metadata":{"contentType":"3"}}`, nil, 200, "300"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%.60s %.80s", tt.line, tt.body), func(t *testing.T) {
			f := start(t)
			id := f.conversation("c")

			a := f.call(strings.ReplaceAll(tt.line, "ID", id), strings.ReplaceAll(tt.body, `"ID"`, `"`+id+`"`), tt.headers...)
			if a.status != tt.status {
				t.Errorf("status %d: %s", a.status, a.text)
			}

			if !strings.Contains(f.complaint(), tt.about) {
				t.Errorf("complaint %q", f.complaint())
			}
		})
	}
}
