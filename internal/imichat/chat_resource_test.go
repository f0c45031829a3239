package imichat_test

import (
	"fmt"
	"regexp"
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

// chatConfig returns a chat of the API channel with more attributes.
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
	)

	chats := w.IMIchat.Chats()
	if len(chats) != 1 || chats[0].Status != "closed" {
		t.Errorf("destroy left %+v", chats)
	}
}

func TestAccChat_update(t *testing.T) {
	w := acctest.New(t)
	updated := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(chat, plancheck.ResourceActionUpdate)}}
	w.Test(t,
		resource.TestStep{Config: chatConfig(w, `
  alias_id      = "order-1"
  tags          = ["vip"]
  other_details = { order = "1", page = "2" }`)},
		resource.TestStep{
			Config: chatConfig(w, `
  alias_id      = "order-2"
  tags          = ["vip", "new"]
  status        = "onhold"
  assignee      = "agent.one"
  other_details = { order = "2" }`),
			ConfigPlanChecks: updated,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(chat, at("tags"), knownvalue.SetSizeExact(2)),
				statecheck.ExpectKnownValue(chat, at("status"), knownvalue.StringExact("onhold")),
			},
		},
		resource.TestStep{
			Config:           chatConfig(w, ""),
			ConfigPlanChecks: updated,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(chat, at("alias_id"), knownvalue.Null()),
				statecheck.ExpectKnownValue(chat, at("other_details"), knownvalue.Null()),
				statecheck.ExpectKnownValue(chat, at("assignee"), knownvalue.StringExact("agent.one")),
			},
		},
		resource.TestStep{
			PreConfig: func() { act(t, w, "transfer", values{"chat_id": w.IMIchat.Chats()[0].ID, "team_id": 102}) },
			Config:    chatConfig(w, `team_id = "101"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
		resource.TestStep{
			Config: chatConfig(w, `team_id = "102"
  status  = "closed"
  outcome = "resolved"`),
			ConfigPlanChecks: updated,
		},
	)

	chats := w.IMIchat.Chats()
	if len(chats) != 1 || chats[0].Outcome != "resolved" {
		t.Errorf("the platform holds %+v", chats)
	}
}

func TestAccChat_disappears(t *testing.T) {
	w := acctest.New(t)
	w.Test(t,
		resource.TestStep{
			Config: chatConfig(w, ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(chat, plancheck.ResourceActionNoop),
			}},
		},
		resource.TestStep{
			PreConfig:          func() { act(t, w, "purge_chat", values{"chat_id": w.IMIchat.Chats()[0].ID}) },
			RefreshState:       true,
			ExpectNonEmptyPlan: true,
			RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(chat, plancheck.ResourceActionCreate),
			}},
		},
		resource.TestStep{
			Config:      chatConfig(w, `status = "closed"`),
			ExpectError: regexp.MustCompile(`A new chat cannot be closed`),
		},
	)
}

func TestAccMessage(t *testing.T) {
	w := acctest.New(t)
	config := func(text, trigger string) string {
		return chatConfig(w, "") + fmt.Sprintf(`
resource "imichat_message" "test" {
  chat_id  = imichat_chat.test.id
  type     = "inbound"
  text     = %q
  triggers = { run = %q }
}

resource "imichat_user" "test" {
  login_id            = "ana"
  password_wo         = "not-to-be-seen"
  password_wo_version = 1
}

data "imichat_chat" "test" {
  chat_id    = imichat_chat.test.id
  depends_on = [imichat_message.test]
}
`, text, trigger)
	}
	message := "imichat_message.test"
	replaced := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(message, plancheck.ResourceActionDestroyBeforeCreate)}}
	w.Test(t,
		resource.TestStep{
			Config: config("Hi", "1"),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("data.imichat_chat.test", at("messages").AtSliceIndex(0).AtMapKey("text"), knownvalue.StringExact("Hi")),
				statecheck.ExpectKnownValue("imichat_user.test", at("password_wo"), knownvalue.Null()),
			},
		},
		resource.TestStep{
			Config:           config("Hi", "1"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		resource.TestStep{Config: config("Hi", "2"), ConfigPlanChecks: replaced},
		resource.TestStep{ResourceName: "imichat_user.test", ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"password_wo_version"}},
	)

	messages := w.IMIchat.Chats()[0].Messages
	if len(messages) != 2 {
		t.Errorf("sent %+v", messages)
	}

	user, _ := w.IMIchat.User("ana")
	if user.Password != "not-to-be-seen" {
		t.Error("the password was not sent")
	}
}

// TestAccChat_spelling lets Terraform judge a plan that keeps the state's spelling.
func TestAccChat_spelling(t *testing.T) {
	w := acctest.New(t)
	config := func(timestamp string) string {
		return chatConfig(w, fmt.Sprintf(`
  initial_messages = [{ type = "inbound", text = "Hi", timestamp = %q }]
`, timestamp)) + fmt.Sprintf(`
resource "imichat_message" "test" {
  chat_id   = imichat_chat.test.id
  type      = "inbound"
  text      = "Hi"
  timestamp = %q
}
`, timestamp)
	}

	w.Test(t,
		resource.TestStep{Config: config("2026-01-31T09:30:00Z")},
		resource.TestStep{
			Config:           config("2026-01-31T10:30:00+01:00"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)

	n := len(w.IMIchat.Chats()[0].Messages)
	if n != 2 {
		t.Errorf("%d messages were sent", n)
	}
}

// TestAccChat_importOwnsNothing lets Terraform judge a plan that leaves keys of others in a map.
func TestAccChat_importOwnsNothing(t *testing.T) {
	w := acctest.New(t)

	made, diags := w.Protocol(t, nil).Create(t.Context(), "imichat_chat", newChat(values{
		"alias_id": "order-1", "other_details": values{"ours": "1", "theirs": "2"}, "route_params": values{imichat.RouteTier: "gold"},
	}))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	imported := fmt.Sprintf("import {\n  to = imichat_chat.test\n  id = %q\n}\n", made.String("id"))
	config := func(value string) string { return chatConfig(w, fmt.Sprintf(`other_details = { ours = %q }`, value)) }
	empty := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}

	w.Test(t,
		resource.TestStep{Config: config("1") + imported},
		resource.TestStep{Config: config("1"), ConfigPlanChecks: empty},
		resource.TestStep{Config: config("3")},
		resource.TestStep{Config: config("3"), ConfigPlanChecks: empty},
		resource.TestStep{Config: chatConfig(w, "")},
	)

	held := w.IMIchat.Chats()[0]
	if len(held.OtherDetails) != 1 || held.OtherDetails["theirs"] != "2" || held.Alias != "order-1" {
		t.Errorf("the platform holds %+v", held)
	}
}
