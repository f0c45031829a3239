package kommunicate

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

func asJSON(t *testing.T, v any) string {
	t.Helper()

	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}

	return string(raw)
}

func str(s string) types.String { return types.StringValue(s) }

// TestUserRequests: null, empty, unknown and set are four things for each optional attribute.
func TestUserRequests(t *testing.T) {
	null, unknown := types.StringNull(), types.StringUnknown()
	for _, c := range []struct {
		name        string
		prior, plan types.String
		want        string // The update, by the attribute's name.
	}{
		{"set", null, str("x"), `"x"`},
		{"changed", str("x"), str("y"), `"y"`},
		{"same", str("x"), str("x"), ``},
		{"cleared", str("x"), null, `""`},
		{"unknown", str("x"), unknown, ``},
		{"never set", null, null, ``},
	} {
		for attribute, field := range map[string]func(*userModel) *types.String{
			"email":       func(m *userModel) *types.String { return &m.Email },
			"phoneNumber": func(m *userModel) *types.String { return &m.PhoneNumber },
			"displayName": func(m *userModel) *types.String { return &m.DisplayName },
			"imageLink":   func(m *userModel) *types.String { return &m.ImageLink },
		} {
			var prior, plan userModel

			*field(&prior), *field(&plan) = c.prior, c.plan

			want := "{}"
			if c.want != "" && (attribute != "displayName" || c.name != "cleared") { // Every user has a name.
				want = `{"` + attribute + `":` + c.want + `}`
			}

			got := asJSON(t, plan.updateRequest(&prior))
			if got != want {
				t.Errorf("%s %s: %s, want %s", attribute, c.name, got, want)
			}
		}
	}
}

func TestUserModel(t *testing.T) {
	found := api.User{
		UserID: "a", UserName: "name", Email: "a@b.c", PhoneNumber: "+1", Metadata: wirejson.Pairs{"ours": "1", "theirs": "2", "blank": ""},
		RoleType: 3, CreatedAtTime: 1_700_000_000_000,
	}

	var imported userModel
	imported.fromAPI(found, true)

	if imported.UserID != str("a") || imported.Email != str("a@b.c") || imported.DisplayName != str("name") || len(imported.Metadata.Elements()) != 2 ||
		imported.CreatedAt != str("2023-11-14T22:13:20Z") || !imported.ImageLink.IsNull() {
		t.Errorf("imported: %+v", imported)
	}

	managed := userModel{UserID: str("A"), Email: types.StringNull(), PhoneNumber: str("+1"), Metadata: tfvalue.MapOf(map[string]string{"ours": "0", "lost": "x"})}
	managed.fromAPI(found, false)

	if managed.UserID != str("A") || !managed.Email.IsNull() || managed.PhoneNumber != str("+1") ||
		!managed.Metadata.Equal(tfvalue.MapOf(map[string]string{"ours": "1"})) {
		t.Errorf("managed: %+v", managed)
	}

	written := userModel{UserID: str("a"), Metadata: tfvalue.MapOf(map[string]string{"ours": "0"})}
	written.fromWrite(found)

	if imported.ID != str("a") || !written.Metadata.Equal(tfvalue.MapOf(map[string]string{"ours": "1"})) {
		t.Errorf("id %s, and after a write %v", imported.ID, written.Metadata)
	}

	bare := userModel{UserID: str("a"), DisplayName: str("name"), Metadata: types.MapNull(types.StringType)}

	completed := bare.completeRequest(found)
	if completed.Email != nil {
		t.Errorf("a create clears the e-mail address of a user who was there: %s", asJSON(t, completed))
	}

	request, diags := imported.createRequest(t.Context(), types.StringNull())

	got := asJSON(t, request)
	if diags.HasError() || got != `{"userId":"a","displayName":"name","email":"a@b.c","metadata":{"ours":"1","theirs":"2"},"roleName":""}` {
		t.Errorf("request: %s %v", got, diags)
	}

	imported.ImageLink, imported.PhoneNumber = str("https://example.com/a.png"), str("+1")

	request, diags = imported.createRequest(t.Context(), str("secret"))
	if diags.HasError() || request.Password == nil || *request.Password != "secret" || request.ImageLink == nil ||
		*request.ImageLink != "https://example.com/a.png" || request.PhoneNumber == nil || *request.PhoneNumber != "+1" {
		t.Errorf("request: %s %v", asJSON(t, request), diags)
	}
}

func conversationOf(attributes func(*conversationModel)) conversationModel {
	m := conversationModel{ID: str("131"), GroupName: str("n"), GroupMemberList: tfvalue.NewTextSet([]string{"b", "a"})}
	m.Metadata, m.ConversationInfo, m.ChatContext = types.MapNull(types.StringType), types.MapNull(types.StringType), types.MapNull(types.StringType)
	m.SkipBotEvent = types.SetNull(types.StringType)
	attributes(&m)

	return m
}

func TestConversationCreateRequest(t *testing.T) {
	skip := true
	for name, c := range map[string]struct {
		model    conversationModel
		defaults api.ConversationDefaults
		want     string
	}{
		"least": {conversationOf(func(*conversationModel) {}), api.ConversationDefaults{}, `{"groupName":"n","groupMemberList":["a","b"]}`},
		"unknown": {conversationOf(func(m *conversationModel) {
			m.ClientGroupID, m.Assignee, m.TeamID, m.Status = types.StringUnknown(), types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
		}), api.ConversationDefaults{}, `{"groupName":"n","groupMemberList":["a","b"]}`},
		"assignee alone waits": {conversationOf(func(m *conversationModel) { m.Assignee = str("a") }), api.ConversationDefaults{}, `{"groupName":"n","groupMemberList":["a","b"]}`},
		"assignee without rules": {
			conversationOf(func(m *conversationModel) { m.Assignee, m.SkipRouting = str("a"), types.BoolValue(true) }),
			api.ConversationDefaults{},
			`{"groupName":"n","groupMemberList":["a","b"],"metadata":{"CONVERSATION_ASSIGNEE":"a","SKIP_ROUTING":true}}`,
		},
		"team first": {conversationOf(func(m *conversationModel) {
			m.Assignee, m.SkipRouting, m.TeamID = str("a"), types.BoolValue(true), str("7")
		}), api.ConversationDefaults{}, `{"groupName":"n","groupMemberList":["a","b"],"metadata":{"KM_TEAM_ID":"7","SKIP_ROUTING":true}}`},
		"routing wanted": {
			conversationOf(func(m *conversationModel) { m.SkipRouting = types.BoolValue(false) }),
			api.ConversationDefaults{SkipRouting: &skip},
			`{"groupName":"n","groupMemberList":["a","b"]}`,
		},
		"defaults": {
			conversationOf(func(m *conversationModel) { m.ClientGroupID = str("k") }),
			api.ConversationDefaults{Assignee: "x", AgentIDs: []string{"y", "A"}, BotIDs: []string{"z"}, SkipRouting: &skip},
			`{"groupName":"n","clientGroupId":"k","groupMemberList":["a","b","x","y","z"],"metadata":{"CONVERSATION_ASSIGNEE":"x","SKIP_ROUTING":true}}`,
		},
		"maps": {conversationOf(func(m *conversationModel) {
			m.Metadata, m.ConversationInfo = tfvalue.MapOf(map[string]string{"k": ""}), tfvalue.MapOf(map[string]string{"i": "<1>"})
		}), api.ConversationDefaults{}, `{"groupName":"n","groupMemberList":["a","b"],"metadata":{"conversationMetadata":"{\"i\":\"\\u003c1\\u003e\"}","k":""}}`},
		"a team by default": {
			conversationOf(func(*conversationModel) {}),
			api.ConversationDefaults{TeamID: "7"},
			`{"groupName":"n","groupMemberList":["a","b"],"metadata":{"KM_TEAM_ID":"7"}}`,
		},
		"texts and events": {conversationOf(func(m *conversationModel) {
			m.WelcomeMessage, m.SkipBotEvent = str("hi"), tfvalue.StringSet([]string{"B", "A"})
		}), api.ConversationDefaults{}, `{"groupName":"n","groupMemberList":["a","b"],"metadata":{"SKIP_BOT_EVENT":"[\"A\",\"B\"]","WELCOME_MESSAGE":"hi"}}`},
	} {
		model := c.model.withDefaults(c.defaults)
		request, diags := model.createRequest(t.Context(), c.defaults)

		got := asJSON(t, request)
		if diags.HasError() || got != c.want {
			t.Errorf("%s: %s %v, want %s", name, got, diags, c.want)
		}
	}
}

func TestConversationUpdateRequest(t *testing.T) {
	prior := conversationOf(func(m *conversationModel) {
		m.ImageURL, m.Metadata = str("https://x.example"), tfvalue.MapOf(map[string]string{"a": "1", "b": "2"})
		m.ConversationInfo = tfvalue.MapOf(map[string]string{"a": "1"})
	})
	for name, c := range map[string]struct {
		plan conversationModel
		want string
		info int // How many JSON objects change.
	}{
		"nothing":     {prior, `{"groupId":"131"}`, 0},
		"all removed": {conversationOf(func(*conversationModel) {}), `{"groupId":"131","imageUrl":"","metadata":{"a":"","b":""}}`, 1},
		"changed": {conversationOf(func(m *conversationModel) {
			m.GroupName, m.ImageURL, m.Metadata = str("m"), types.StringUnknown(), tfvalue.MapOf(map[string]string{"a": "1", "b": "3", "c": ""})
			m.ConversationInfo = prior.ConversationInfo
		}), `{"groupId":"131","newName":"m","metadata":{"b":"3","c":""}}`, 0},
		"texts and events": {conversationOf(func(m *conversationModel) {
			*m = prior
			m.WelcomeMessage, m.SkipBotEvent = str("hi"), tfvalue.StringSet([]string{"B", "A"})
			m.ChatContext = tfvalue.MapOf(map[string]string{"k": "v"})
		}), `{"groupId":"131","metadata":{"SKIP_BOT_EVENT":"[\"A\",\"B\"]","WELCOME_MESSAGE":"hi"}}`, 1},
	} {
		update, objects := conversationChange{plan: &c.plan, prior: &prior}.updateRequest()

		got := asJSON(t, update)
		if got != c.want || len(objects) != c.info {
			t.Errorf("%s: %s %v, want %s %v", name, got, objects, c.want, c.info)
		}
	}
}

func TestConversationModel(t *testing.T) {
	found := api.Conversation{
		ID: "131", ClientGroupID: "k", Name: "n", MembersID: []string{"B", "c", "bot"}, CreatedAtTime: 1_700_000_000_000,
		Metadata: wirejson.Pairs{
			"CONVERSATION_STATUS": "9", "CONVERSATION_ASSIGNEE": "ana@x", "KM_TAGS": "[]", "GROUP_LEFT_MESSAGE": "", "WELCOME_MESSAGE": "hi", "order": "1",
			"conversationMetadata": `{"i":1,"theirs":2}`, "SKIP_ROUTING": "true", "theirs": "2",
		},
	}

	var imported conversationModel
	imported.fromAPI(found, true, nil)

	if !imported.Metadata.Equal(tfvalue.MapOf(map[string]string{"order": "1", "theirs": "2"})) || !imported.SkipRouting.ValueBool() || imported.WelcomeMessage != str("hi") || imported.Status != str("9") ||
		!imported.ConversationInfo.Equal(tfvalue.MapOf(map[string]string{"i": "1", "theirs": "2"})) || len(imported.GroupMemberList.Elements()) != 3 || !imported.TeamID.IsNull() {
		t.Errorf("imported: %+v", imported)
	}

	managed := conversationOf(func(m *conversationModel) {
		m.Assignee, m.GroupMemberList = str("Ana@X"), tfvalue.NewTextSet([]string{"b", "gone", "left"})
	})
	managed.fromAPI(found, false, []string{"left"})
	// The platform may spell agents' ids otherwise, and a bot that left is not missed.
	if managed.Assignee != str("Ana@X") || !managed.GroupMemberList.Equal(tfvalue.NewTextSet([]string{"b", "left"})) || !managed.Metadata.IsNull() {
		t.Errorf("managed: %+v", managed)
	}

	// After a write, what others have set is not the configuration's, and routing may be skipped by default.
	written := conversationOf(func(m *conversationModel) {
		m.Metadata, m.ConversationInfo = tfvalue.MapOf(map[string]string{"order": "0"}), tfvalue.MapOf(map[string]string{"i": "0"})
	})
	written.fromWrite(found, nil)

	if !written.Metadata.Equal(tfvalue.MapOf(map[string]string{"order": "1"})) || !written.SkipRouting.IsNull() ||
		!written.ConversationInfo.Equal(tfvalue.MapOf(map[string]string{"i": "1"})) {
		t.Errorf("written: %+v", written)
	}
}

// TestUnion: where members cannot be read, those that were added are members too.
func TestUnion(t *testing.T) {
	got := union(tfvalue.NewTextSet([]string{"a", "b"}), tfvalue.NewTextSet([]string{"b", "c"}))
	if !got.Equal(tfvalue.NewTextSet([]string{"a", "b", "c"})) {
		t.Errorf("got %s", got)
	}
}

func TestStatusNames(t *testing.T) {
	for code, name := range statuses {
		if statusName(code) != name || statusCode(name) != code {
			t.Errorf("%s and %s", code, name)
		}
	}

	if statusName("42") != "42" || statusCode("42") != "42" {
		t.Error("a status that is new is shown as it is")
	}
}

func TestUniqueKey(t *testing.T) {
	for _, c := range []struct {
		members tfvalue.TextSet
		want    string
		known   bool
	}{
		{tfvalue.NewTextSet([]string{"b", "a"}), "a_b", true},
		{tfvalue.TextSet{SetValue: types.SetUnknown(types.StringType)}, "", false},
		{tfvalue.TextSet{}, "", false},
	} {
		got, known := uniqueKey(c.members)
		if got != c.want || known != c.known {
			t.Errorf("%v: %q %v", c.members, got, known)
		}
	}
}

func TestMessageModel(t *testing.T) {
	var m messageModel
	m.fromAPI(api.Message{
		Key: "5-131-1", GroupID: "131", ContactIDs: "ana", Text: "hi", ContentType: 3, CreatedAtTime: 1000,
		Metadata: wirejson.Pairs{"contentType": "300", "templateId": "6", "payload": "[]", "skipBot": "true", "order": "1"},
	})

	if m.FromUserName != str("ana") || m.ContentType != str("text_html") || !m.SkipBot.ValueBool() || m.RichMessage == nil ||
		m.RichMessage.TemplateID != str("6") || !m.Metadata.Equal(tfvalue.MapOf(map[string]string{"order": "1"})) || m.Attachment != nil {
		t.Errorf("%+v", m)
	}

	request, diags := m.sendRequest(t.Context())

	want := map[string]any{"contentType": "300", "templateId": "6", "payload": "[]", "skipBot": true, "order": "1"}
	if diags.HasError() || !reflect.DeepEqual(request.Metadata, want) || request.ContentType != 3 || request.GroupID != "131" {
		t.Errorf("%+v %v", request, diags)
	}

	var file attachmentModel
	file.fromAPI(api.FileMeta{URL: "https://x.example", Size: 7})

	if file.Size.ValueInt64() != 7 || !file.Name.IsNull() {
		t.Errorf("%+v", file)
	}
}

func TestContentTypeOf(t *testing.T) {
	for name, want := range map[string]string{"a.png": "image/png", "a.pdf": "application/pdf", "a": "application/octet-stream"} {
		got := api.ContentType(name, nil)
		if got != want {
			t.Errorf("%s: %s", name, got)
		}
	}

	got := api.ContentType("a", []byte("%PDF-1.7"))
	if got != "application/pdf" {
		t.Errorf("by content: %s", got)
	}
}
