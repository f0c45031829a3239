package imichat

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// TestChatModel_fromAPI follows what the platform has of the configured details, and of no others.
func TestChatModel_fromAPI(t *testing.T) {
	t.Parallel()

	m := chatModel{OtherDetails: tfvalue.MapOf(map[string]string{"order": "1", "gone": "1"})}
	m.fromAPI(&api.Chat{ID: "1", OtherDetails: map[string]string{"order": "2", "theirs": "1"}}, false)

	if !m.OtherDetails.Equal(tfvalue.MapOf(map[string]string{"order": "2"})) {
		t.Errorf("got %v", m.OtherDetails)
	}
}

// TestChatModel_fromUpdate keeps an alias that was to be cleared and is still there, which planned.KeepUpdate reports.
func TestChatModel_fromUpdate(t *testing.T) {
	t.Parallel()

	prior := chatModel{AliasID: types.StringValue("order-1")}

	for _, cleared := range []types.String{types.StringNull(), types.StringValue("")} {
		plan := chatModel{AliasID: cleared, OtherDetails: types.MapNull(types.StringType)}
		plan.fromUpdate(&api.Chat{ID: "1", AliasID: "order-1"}, prior, ownership.Managed{})

		if plan.AliasID.ValueString() != "order-1" {
			t.Errorf("%s: got %s", cleared, plan.AliasID)
		}
	}
}
