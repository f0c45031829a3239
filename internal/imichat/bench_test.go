package imichat

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
)

func BenchmarkChatFromAPI(b *testing.B) {
	chat := &api.Chat{
		ID: "1", AliasID: "order-1", TeamID: "101", TeamName: "Support", Status: "queued", Channel: "sms", Tags: []string{"vip"},
		Asset: api.Asset{ID: "44"}, Customer: api.Customer{ID: "7", DestinationID: "+14155550123", Name: "Ana"},
		OtherDetails: map[string]string{"order": "1"},
	}
	model := chatModel{
		Channel: types.StringValue("sms"), AliasID: types.StringValue("order-1"),
		OtherDetails: types.MapValueMust(types.StringType, map[string]attr.Value{"order": types.StringValue("1")}),
	}

	b.ReportAllocs()

	for b.Loop() {
		model.fromAPI(chat, false)
	}
}
