package talk

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

func BenchmarkContactFollow(b *testing.B) {
	found := &api.Contact{
		ID: 1, Name: "Ana", Email: "ana@example.com", CustomAttributes: api.Object{"plan": "gold", "seats": 3.0},
		ContactInboxes: []api.ContactInbox{{SourceID: "1", Inbox: api.SessionInbox{ID: 1, Name: "Site", ChannelType: "Channel::Api"}}},
	}
	custom := types.ObjectValueMust(map[string]attr.Type{"plan": types.StringType}, map[string]attr.Value{"plan": types.StringValue("gold")})
	model := contactModel{
		Name: types.StringValue("Ana"), Email: types.StringValue("ana@example.com"), CustomAttributes: types.DynamicValue(custom),
		ContactInboxes: sessionList(nil),
	}

	b.ReportAllocs()

	for b.Loop() {
		model.follow(found)
	}
}

func BenchmarkConversationFollow(b *testing.B) {
	found := &api.Conversation{ID: 1, UUID: "u", InboxID: 1, Status: "open", Labels: []string{"billing"}, CustomAttributes: api.Object{"order": "1"}}
	custom := types.ObjectValueMust(map[string]attr.Type{"order": types.StringType}, map[string]attr.Value{"order": types.StringValue("1")})
	model := conversationModel{CustomAttributes: types.DynamicValue(custom)}

	b.ReportAllocs()

	for b.Loop() {
		model.follow(b.Context(), found)
	}
}
