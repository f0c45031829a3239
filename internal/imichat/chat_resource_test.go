package imichat_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

const chat = "imichat_chat.test"

// chatConfig is a chat of the API channel with more attributes.
func chatConfig(w *acctest.World, more string) string {
	return w.Config(fmt.Sprintf(`
resource "imichat_chat" "test" {
  channel  = "api"
  asset    = { id = %q }
  customer = { destination_id = "customer-1" }
  %s
}
`, imichat.AssetAPI, more))
}

func at(name string) tfjsonpath.Path { return tfjsonpath.New(name) }

func TestAccChat_basic(t *testing.T) {
	w := acctest.New(t)
	w.Test(t,
		resource.TestStep{
			Config: chatConfig(w, ""),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(chat, at("team_id"), knownvalue.StringExact(imichat.TeamID)),
				statecheck.ExpectKnownValue(chat, at("team_name"), knownvalue.StringExact(imichat.TeamName)),
				statecheck.ExpectKnownValue(chat, at("status"), knownvalue.StringExact("queued")),
				statecheck.ExpectKnownValue(chat, at("assignee"), knownvalue.Null()),
				statecheck.ExpectKnownValue(chat, at("tags"), knownvalue.SetSizeExact(0)),
				statecheck.ExpectKnownValue(chat, at("customer").AtMapKey("id"), knownvalue.NotNull()),
				statecheck.ExpectKnownValue(chat, at("asset").AtMapKey("name"), knownvalue.NotNull()),
				statecheck.ExpectKnownValue(chat, at("created_at"), knownvalue.NotNull()),
			},
		},
		resource.TestStep{ResourceName: chat, ImportState: true, ImportStateVerify: true},
		resource.TestStep{
			Config:           chatConfig(w, ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
	chats := w.IMIchat.Chats()
	if len(chats) != 1 || chats[0].Status != "closed" {
		t.Errorf("destroy left %+v", chats)
	}
}
