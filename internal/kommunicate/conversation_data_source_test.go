package kommunicate_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

func TestAccConversationDataSource(t *testing.T) {
	w := acctest.New(t)
	config := w.Config(`
resource "kommunicate_conversation" "test" {
  group_name        = "Order 7781"
  group_member_list = ["customer-42"]
  client_group_id   = "order-7781"
  conversation_info = { total = "12.50" }
}
resource "kommunicate_message" "test" {
  group_id       = kommunicate_conversation.test.id
  from_user_name = "agent.one@agents.example"
  message        = "Hello"
}
data "kommunicate_conversation" "test" {
  group_id   = kommunicate_conversation.test.id
  depends_on = [kommunicate_message.test]
}
data "kommunicate_conversation" "by_key" { client_group_id = kommunicate_conversation.test.client_group_id }
`)

	const found = "data.kommunicate_conversation.test"
	w.Test(t, resource.TestStep{
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			expect(found, "group_name", text("Order 7781")),
			expect(found, "status", text("open")),
			expect(found, "unread_count", knownvalue.Int64Exact(0)),
			expect(found, "conversation_info", knownvalue.MapExact(map[string]knownvalue.Check{"total": text("12.50")})),
			statecheck.ExpectKnownValue(found, tfjsonpath.New("assignee_details").AtMapKey("display_name"), text("Agent One")),
			statecheck.ExpectKnownValue(found, tfjsonpath.New("assignee_details").AtMapKey("last_message_at"), knownvalue.NotNull()),
			expect("data.kommunicate_conversation.by_key", "group_name", text("Order 7781")),
		},
	}, resource.TestStep{
		PreConfig: func() {
			act(t, w, "add_member", map[string]any{"groupId": last(w).ID, "userId": kommunicate.OwnerID})
			act(t, w, "customer_message", map[string]any{"groupId": last(w).ID, "message": "hello"})
			act(t, w, "set_assignee", map[string]any{"groupId": last(w).ID, "assignee": ""})
		},
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			expect(found, "unread_count", knownvalue.Int64Exact(1)),
			expect(found, "assignee_details", knownvalue.Null()),
		},
	}, refused(w.Config(`data "kommunicate_conversation" "test" {}`), "Set exactly one of group_id, client_group_id"), resource.TestStep{
		Config: w.Config(`data "kommunicate_conversation" "test" { group_id = "1" }`), ExpectError: regexp.MustCompile("Conversation 1 does not exist"),
	})
}
