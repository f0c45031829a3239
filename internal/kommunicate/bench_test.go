package kommunicate

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

func BenchmarkUserFromAPI(b *testing.B) {
	found := api.User{UserID: "ana", DisplayName: "Ana", Email: "ana@example.com", Metadata: map[string]string{"plan": "gold", "city": "Lima"}}
	model := userModel{
		Email:    types.StringValue("ana@example.com"),
		Metadata: types.MapValueMust(types.StringType, map[string]attr.Value{"plan": types.StringValue("gold")}),
	}

	b.ReportAllocs()

	for b.Loop() {
		model.fromAPI(found, false)
	}
}

func BenchmarkConversationFromAPI(b *testing.B) {
	found := api.Conversation{
		ID: "1", ClientGroupID: "order-1", Name: "Order 1", AdminID: "owner", MembersID: []string{"owner", "bot", "ana"},
		Metadata: wirejson.Pairs{api.KeyStatus: "0", api.KeyAssignee: "owner", api.KeyInfo: `{"order":"1"}`}, CreatedAtTime: 1.7e12,
	}
	model := conversationModel{
		GroupMemberList:  tfvalue.NewTextSet([]string{"ana"}),
		ConversationInfo: types.MapValueMust(types.StringType, map[string]attr.Value{"order": types.StringValue("1")}),
	}

	b.ReportAllocs()

	for b.Loop() {
		model.fromAPI(found, false, nil)
	}
}
