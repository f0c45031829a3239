package kommunicate_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

const conversationAddress = "kommunicate_conversation.test"

// conversation is a configuration of one conversation.
func conversation(w *acctest.World, attributes string) string {
	return w.Config("resource \"kommunicate_conversation\" \"test\" {\n" + attributes + "\n}")
}

// group returns what the platform holds of the only conversation of the state.
func group(w *acctest.World, check func(kommunicate.GroupView) error) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		id := s.RootModule().Resources[conversationAddress].Primary.ID

		g, ok := w.Kommunicate.Group(id)
		if !ok {
			return fmt.Errorf("the platform has no conversation %s", id)
		}

		return check(g)
	}
}

// want compares, naming the group.
func want(g kommunicate.GroupView, ok bool) error {
	if ok {
		return nil
	}

	return fmt.Errorf("not as it should be: %+v", g)
}

// last is the newest conversation.
func last(w *acctest.World) kommunicate.GroupView {
	groups := w.Kommunicate.Groups()
	if len(groups) == 0 {
		return kommunicate.GroupView{}
	}

	return groups[len(groups)-1]
}

// behind does something to the newest conversation.
func behind(t *testing.T, w *acctest.World, hook string, body map[string]any) func() {
	return func() {
		body["groupId"] = last(w).ID
		act(t, w, hook, body)
	}
}

// fewWrites checks that nothing but these routes was asked to change anything, in this order, and starts anew.
func fewWrites(w *acctest.World, routes ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		var got []string
		for _, e := range w.Journal.Writes() {
			got = append(got, e.Route)
		}

		w.Journal.Clear()

		if !slices.Equal(got, routes) {
			return fmt.Errorf("writes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(routes, "\n"))
		}

		return nil
	}
}

const (
	routeCreate   = "POST /rest/ws/group/conversation"
	routeUpdate   = "POST /rest/ws/group/update"
	routeStatus   = "PATCH /rest/ws/group/status/change"
	routeAssignee = "PATCH /rest/ws/group/assignee/change"
	routeAdd      = "POST /rest/ws/group/add/member"
	routeRemove   = "POST /rest/ws/group/remove/member"
)

func TestAccConversation_basic(t *testing.T) {
	w := acctest.New(t)
	config := conversation(w, `
  group_name        = "Order 7781"
  group_member_list = ["customer-42"]`)
	steps := []resource.TestStep{{
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			expect(conversationAddress, "group_member_list", knownvalue.SetExact([]knownvalue.Check{text("customer-42")})),
			expect(conversationAddress, "status", text("open")),
			expect(conversationAddress, "assignee", text(kommunicate.AgentOneID)),
			expect(conversationAddress, "admin_id", text(kommunicate.OwnerID)),
			expect(conversationAddress, "client_group_id", knownvalue.NotNull()),
			expect(conversationAddress, "created_at", knownvalue.NotNull()),
			expect(conversationAddress, "metadata", knownvalue.Null()),
		},
		// The create's own answer is the whole object.
		Check: func(s *terraform.State) error {
			for _, e := range w.Journal.Entries(nil) {
				if strings.Contains(e.Path, "/group/") && e.Route != routeCreate && !strings.HasPrefix(e.Route, "GET") {
					return fmt.Errorf("needless %s", e.Route)
				}
			}

			return fewWrites(w, routeCreate)(s)
		},
	}, {
		ResourceName: conversationAddress, ImportState: true, ImportStateVerify: true,
		ImportStateVerifyIgnore: []string{"group_member_list"},
	}}
	steps = append(steps, resource.TestStep{
		// What rules, agents, bots and timers do is followed without a plan.
		PreConfig: func() {
			id := last(w).ID
			act(t, w, "set_status", map[string]any{"groupId": id, "status": "7"})
			act(t, w, "set_assignee", map[string]any{"groupId": id, "assignee": kommunicate.AgentTwoID})
			act(t, w, "set_team", map[string]any{"groupId": id, "teamId": kommunicate.BillingTeamID})
			act(t, w, "set_metadata", map[string]any{"groupId": id, "metadata": map[string]string{"KM_TAGS": "[]"}})
			act(t, w, "remove_member", map[string]any{"groupId": id, "userId": kommunicate.DefaultBotID})
		},
		Config:            config,
		ConfigPlanChecks:  planned(conversationAddress, plancheck.ResourceActionNoop),
		ConfigStateChecks: []statecheck.StateCheck{expect(conversationAddress, "status", text("waiting"))},
	}, resource.TestStep{
		PreConfig:        behind(t, w, "delete_group", map[string]any{}), // Softly: it can still be read.
		Config:           config,
		ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionCreate),
	}, resource.TestStep{
		PreConfig:        behind(t, w, "purge_group", map[string]any{}),
		Config:           config,
		ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionCreate),
	})
	w.Test(t, steps...)

	g := last(w)
	if g.Status != "2" || g.Deleted {
		t.Errorf("destroying closes: %+v", g)
	}
}

func TestAccConversation_attributes(t *testing.T) {
	w := acctest.New(t)
	w.Kommunicate.ChangeSettings(func(s *kommunicate.Settings) { s.RuleMembers, s.DefaultAgent = nil, "" })
	w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { s.DefaultBotJoins = false })
	all := conversation(w, `
  group_name        = "Order 7781"
  group_member_list = ["customer-42", "agent.one@agents.example", "agent.two@agents.example"]
  client_group_id   = "order-7781"
  skip_routing      = true
  assignee          = "agent.one@agents.example"
  team_id           = "130000002"
  status            = "spam"
  image_url         = "https://img.example.com/7781.png"
  metadata          = { order = "7781", channel = "web" }
  conversation_info = { total = "12.50", items = "3" }`)
	steps := []resource.TestStep{{
		Config: all,
		Check: resource.ComposeTestCheckFunc(
			group(w, func(g kommunicate.GroupView) error {
				return want(g, g.ClientGroupID == "order-7781" && g.Assignee == kommunicate.AgentOneID && g.TeamID == "130000002" &&
					g.Status == "3" && g.ImageURL == "https://img.example.com/7781.png" && g.Metadata["order"] == "7781" &&
					g.Metadata["SKIP_ROUTING"] == "true" && g.Metadata["conversationMetadata"] == `{"items":"3","total":"12.50"}` &&
					slices.Contains(g.Members, "customer-42"))
			}),
			fewWrites(w, routeCreate, routeUpdate, routeAssignee, routeStatus),
		),
	}, {
		ResourceName: conversationAddress, ImportState: true, ImportStateVerify: true, ImportStateId: "client:order-7781",
	}}
	steps = append(steps, resource.TestStep{
		PreConfig: w.Journal.Clear,
		Config: conversation(w, `
  group_name        = "Order 7781, late"
  group_member_list = ["customer-43", "agent.one@agents.example", "agent.two@agents.example"]
  client_group_id   = "order-7781"
  assignee          = "agent.two@agents.example"
  team_id           = "130000001"
  status            = "duplicate"
  image_url         = "https://img.example.com/late.png"
  metadata          = { order = "7781b" }
  conversation_info = { total = "13", coupon = "yes" }`),
		ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionUpdate),
		Check: resource.ComposeTestCheckFunc(
			group(w, func(g kommunicate.GroupView) error {
				return want(g, g.Name == "Order 7781, late" && g.Assignee == kommunicate.AgentTwoID && g.TeamID == "130000001" &&
					g.Status == "4" && g.ImageURL == "https://img.example.com/late.png" && g.Metadata["order"] == "7781b" &&
					g.Metadata["channel"] == "" && g.Metadata["conversationMetadata"] == `{"coupon":"yes","total":"13"}` &&
					slices.Contains(g.Members, "customer-43") && !slices.Contains(g.Members, "customer-42"))
			}),
			// The new member did not exist: the first attempt to add it says so.
			fewWrites(w, routeUpdate, routeAdd, "POST /rest/ws/user/v2/create", routeAdd, routeRemove, routeUpdate, routeAssignee, routeUpdate),
		),
	}, resource.TestStep{
		Config: conversation(w, `
  group_name        = "Order 7781, late"
  group_member_list = ["customer-43"]
  client_group_id   = "order-7781"`),
		ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionUpdate),
		ConfigStateChecks: []statecheck.StateCheck{
			expect(conversationAddress, "image_url", knownvalue.Null()),
			expect(conversationAddress, "metadata", knownvalue.Null()),
			expect(conversationAddress, "conversation_info", knownvalue.Null()),
			expect(conversationAddress, "status", text("duplicate")),
			expect(conversationAddress, "assignee", text(kommunicate.AgentTwoID)),
		},
		Check: group(w, func(g kommunicate.GroupView) error {
			return want(g, g.ImageURL == "" && g.Metadata["order"] == "" && g.Metadata["conversationMetadata"] == `{}` &&
				g.Status == "4" && g.Assignee == kommunicate.AgentTwoID && !slices.Contains(g.Members, kommunicate.AgentOneID))
		}),
	}, resource.TestStep{
		// Settings of the provider alone send nothing.
		PreConfig: w.Journal.Clear,
		Config: conversation(w, `
  group_name          = "Order 7781, late"
  group_member_list   = ["customer-43"]
  client_group_id     = "order-7781"
  skip_routing        = true
  send_notify_message = true
  take_over_from_bot  = true
  acting_user_id      = "agent.one@agents.example"
  on_destroy          = "abandon"`),
		Check: fewWrites(w),
	}, resource.TestStep{
		Config: conversation(w, `
  group_name        = "Order 7781, late"
  group_member_list = ["customer-43"]
  client_group_id   = "order-7782"
  on_destroy        = "delete"`),
		ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionReplace),
	})
	w.Test(t, steps...)

	g := last(w)
	if !g.Deleted {
		t.Errorf("not deleted: %+v", g)
	}
}

func TestAccConversation_drift(t *testing.T) {
	w := acctest.New(t)
	config := conversation(w, `
  group_name        = "Order 7781"
  group_member_list = ["customer-42", "helper-ab12c"]
  assignee          = "agent.one@agents.example"
  team_id           = "130000002"
  status            = "open"
  metadata          = { order = "7781" }
  conversation_info = { total = "12" }`)

	steps := []resource.TestStep{{Config: config}}
	for hook, body := range map[string]map[string]any{
		"set_status":    {"status": "2"},
		"set_assignee":  {"assignee": kommunicate.AgentTwoID},
		"set_team":      {"teamId": kommunicate.DefaultTeamID},
		"set_metadata":  {"keys": []string{"order"}, "metadata": map[string]string{"conversationMetadata": `{"total":"13","note":"by an agent"}`}},
		"rename_group":  {"name": "x"},
		"remove_member": {"userId": "customer-42"},
	} {
		steps = append(steps, resource.TestStep{
			PreConfig: behind(t, w, hook, body), Config: config, ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionUpdate),
		})
	}

	steps = append(steps, resource.TestStep{
		// A bot that left is not missed, configured or not.
		PreConfig: behind(t, w, "remove_member", map[string]any{"userId": kommunicate.HelperBotID}),
		Config:    config, ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionNoop),
		Check: group(w, func(g kommunicate.GroupView) error {
			return want(g, g.Name == "Order 7781" && g.Status == "0" && g.Assignee == kommunicate.AgentOneID && g.TeamID == "130000002" &&
				g.Metadata["order"] == "7781" && g.Metadata["conversationMetadata"] == `{"note":"by an agent","total":"12"}` &&
				slices.Contains(g.Members, "customer-42"))
		}),
	})
	w.Test(t, steps...)
}

func TestAccConversation_engaged(t *testing.T) {
	w := acctest.New(t)
	config := func(assignee, more string) string {
		return conversation(w, `
  group_name         = "Order 7781"
  group_member_list  = ["customer-42"]
  take_over_from_bot = true
  assignee           = "`+assignee+`"
`+more)
	}
	w.Test(t, resource.TestStep{
		Config: config(kommunicate.AgentOneID, ""),
		Check: group(w, func(g kommunicate.GroupView) error {
			return want(g, g.Assignee == kommunicate.AgentOneID)
		}),
	}, resource.TestStep{
		PreConfig: func() {
			act(t, w, "open_widget", map[string]any{"userId": "customer-42", "name": "another"})
			act(t, w, "set_assignee", map[string]any{"groupId": last(w).ID, "assignee": kommunicate.AgentTwoID})
			act(t, w, "set_status", map[string]any{"groupId": last(w).ID, "status": "0"})
			act(t, w, "set_limit", map[string]any{"userId": kommunicate.AgentTwoID, "limit": 1})
		},
		Config:      config(kommunicate.AgentTwoID, `  metadata = { tried = "yes" }`),
		ExpectError: regexp.MustCompile(`(?s)Unable to change the assignee.*AGENT_IS_ALREADY_ENGAGED`),
	}, resource.TestStep{
		// The old assignee stays, and what was done before the failure is in the state.
		Config:           config(kommunicate.AgentOneID, `  metadata = { tried = "yes" }`),
		ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionNoop),
	}, resource.TestStep{
		Config: config("nobody@agents.example", ""), ExpectError: regexp.MustCompile(`AL-U-01: user not found`),
	})
}

func TestAccConversation_unique(t *testing.T) {
	w := acctest.New(t)
	config := func(members string) string {
		return conversation(w, "  group_name = \"c\"\n  unique = true\n  group_member_list = ["+members+"]")
	}
	w.Test(t, resource.TestStep{
		Config: config(`"zoe", "ana", "helper-ab12c"`),
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction(conversationAddress, plancheck.ResourceActionCreate),
		}},
		ConfigStateChecks: []statecheck.StateCheck{expect(conversationAddress, "client_group_id", text("ana_helper-ab12c_zoe"))},
	}, resource.TestStep{
		Config: config(`"helper-ab12c", "zoe", "ana"`), ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionNoop),
	}, resource.TestStep{
		Config:            config(`"zoe", "bob"`),
		ConfigPlanChecks:  planned(conversationAddress, plancheck.ResourceActionReplace),
		ConfigStateChecks: []statecheck.StateCheck{expect(conversationAddress, "client_group_id", text("bob_zoe"))},
	}, resource.TestStep{
		// The first one was closed; the same members are the same conversation again.
		Config: config(`"zoe", "ana", "helper-ab12c"`),
		Check: group(w, func(g kommunicate.GroupView) error {
			return want(g, len(w.Kommunicate.Groups()) == 2 && g.Status == "0")
		}),
	}, resource.TestStep{
		Config:           conversation(w, "  group_name = \"c\"\n  group_member_list = [\"zoe\", \"ana\", \"helper-ab12c\"]"),
		ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionReplace),
	})
}

func TestAccConversation_notAdmin(t *testing.T) {
	w := acctest.New(t)
	config := func(actor string) string {
		return conversation(w, `
  group_name        = "c"
  group_member_list = ["customer-42"]
  on_destroy        = "delete"
  acting_user_id    = "`+actor+`"`)
	}
	w.Test(t,
		resource.TestStep{Config: config(kommunicate.AgentOneID)},
		resource.TestStep{
			Config: config(kommunicate.AgentOneID), Destroy: true,
			ExpectError: regexp.MustCompile(`(?s)Only the conversation's admin.*owner@agents.example.*AL-UN-01`),
		},
		resource.TestStep{Config: config(kommunicate.OwnerID), ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionUpdate)},
	)

	g := last(w)
	if !g.Deleted {
		t.Errorf("not deleted: %+v", g)
	}
}

func TestAccConversation_defaults(t *testing.T) {
	w := acctest.New(t)
	config := func(attributes string) string {
		return `provider "kommunicate" {
  kommunicate = {
    conversation_defaults = {
      agent_ids    = ["agent.two@agents.example"]
      bot_ids      = ["helper-ab12c"]
      assignee     = "agent.two@agents.example"
      skip_routing = true
    }
` + strings.TrimPrefix(w.Settings("kommunicate"), "  kommunicate = {\n") + `}
resource "kommunicate_conversation" "test" {
  group_name        = "c"
  group_member_list = ["customer-42"]
` + attributes + `
}`
	}
	w.Test(t, resource.TestStep{
		Config: config(""),
		Check: resource.ComposeTestCheckFunc(
			group(w, func(g kommunicate.GroupView) error {
				return want(g, g.Assignee == kommunicate.AgentTwoID && g.Metadata["SKIP_ROUTING"] == "true" &&
					slices.Contains(g.Members, kommunicate.HelperBotID) && slices.Contains(g.Members, kommunicate.AgentTwoID))
			}),
			fewWrites(w, routeCreate),
		),
	}, resource.TestStep{
		// Defaults are for new conversations; what agents do later is followed.
		PreConfig: behind(t, w, "set_assignee", map[string]any{"assignee": kommunicate.AgentOneID}),
		Config:    config(""), ConfigPlanChecks: planned(conversationAddress, plancheck.ResourceActionNoop),
	})
}

var conversationCases = acctest.Cases{
	Type: "kommunicate_conversation",
	Late: map[string]string{
		"status":   "A bot or a rule may resolve it at once.",
		"assignee": "Rules of the account choose the agent.",
		"team_id":  "Rules of the account choose the team.",
	},
	Moved: map[string]string{
		"status":      "An assignee may open what a bot had.",
		"all_members": "The platform adds who takes part, and takes out who does not any more.",
	},
	Prepare: func(_ *testing.T, w *acctest.World) {
		w.Kommunicate.ChangeSettings(func(s *kommunicate.Settings) { s.RuleMembers, s.DefaultAgent = nil, "" })
		w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { s.DefaultBotJoins = false })
	},
	Minimal: values{"group_name": "Order 1", "group_member_list": []any{"mira"}, "client_group_id": "order-1"},
	Stages: []values{
		{
			"assignee": kommunicate.AgentOneID, "team_id": "130000001", "status": "spam", "image_url": "https://x.example/c.png", "metadata": values{"order": "1"},
			"conversation_info": values{"total": "1"}, "conversation_title": "One", "chat_context": values{"lang": "de"}, "welcome_message": "Hi",
			"custom_welcome_event": "HI", "skip_bot_event": []any{"WELCOME_EVENT"}, "group_member_list": []any{"mira", kommunicate.AgentOneID},
		},
		{
			"group_name": "Order one", "assignee": kommunicate.AgentTwoID, "team_id": "130000002", "status": "closed", "image_url": "https://x.example/d.png",
			"metadata": values{"order": "2"}, "conversation_info": values{"total": "2"}, "conversation_title": "Two", "chat_context": values{"lang": "fr"},
			"welcome_message": "Hello", "custom_welcome_event": "HELLO", "skip_bot_event": []any{"OTHER_EVENT"}, "group_member_list": []any{"mira", "nora"},
		},
	},
	Kept: map[string]string{
		"assignee": "It is followed.", "team_id": "It is followed.", "status": "It is followed.",
	},
	Unset: map[string]string{
		"send_notify_message": "Only the provider uses it.", "take_over_from_bot": "Only the provider uses it.", "switch_assignee": "Only the provider uses it.",
		"acting_user_id": "Only the provider uses it.",
		"unique":         "TestAccConversation_unique sets it.", "skip_routing": "TestAccConversation_attributes sets it: it matters in a create only.",
	},
	Replaced: values{"client_group_id": "order-2"},
	Local: values{
		"on_destroy": "abandon", "send_notify_message": true, "take_over_from_bot": true, "switch_assignee": false, "acting_user_id": kommunicate.AgentOneID,
	},
	Refused: []acctest.Refused{
		{Config: values{"group_member_list": []any{}}, Want: "at least 1 element"},
		{Config: values{"group_member_list": []any{"two words"}}, Want: "must be a user id"},
		{Config: values{"status": "waiting"}, Want: "value must be one of"},
		{Config: values{"team_id": "billing"}, Want: "must be a whole number"},
		{Config: values{"image_url": "x.png"}, Want: "must be an address"},
		{Config: values{"metadata": values{"WELCOME_MESSAGE": "x"}}, Want: "set the attribute welcome_message"},
		{Config: values{"metadata": values{"CONVERSATION_STATUS": "0"}}, Want: "set the attribute status"},
		{Config: values{"metadata": values{"conversationMetadata": "{}"}}, Want: "set the attribute conversation_info"},
		{Config: values{"client_group_id": strings.Repeat("x", 256)}, Want: "string length must be at most 255"},
		{Config: values{"unique": true}, Want: "builds client_group_id from the members. Remove one"},
		{
			Config: values{"client_group_id": nil, "unique": true, "group_member_list": []any{strings.Repeat("a", 130), strings.Repeat("b", 130)}},
			Want:   "would have 261 characters",
		},
	},
	Accepted: []values{{"status": ""}, {"assignee": ""}, {"team_id": ""}, {"image_url": ""}, {"metadata": values{}}, {"welcome_message": ""}, {"skip_bot_event": []any{}}},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"renamed": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "rename_group", map[string]any{"groupId": o.String("id"), "name": "x"})
		},
		"closed": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "set_status", map[string]any{"groupId": o.String("id"), "status": "2"})
		},
		"handed over": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "set_assignee", map[string]any{"groupId": o.String("id"), "assignee": kommunicate.AgentTwoID})
		},
		"other metadata": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "set_metadata", map[string]any{"groupId": o.String("id"), "metadata": map[string]string{"WELCOME_MESSAGE": "x", "order": "x"}})
		},
		"other events": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "set_metadata", map[string]any{"groupId": o.String("id"), "metadata": map[string]string{"SKIP_BOT_EVENT": `["X"]`}})
		},
		"other information": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "set_metadata", map[string]any{"groupId": o.String("id"), "metadata": map[string]string{"conversationMetadata": `{"total":"x"}`}})
		},
		"a member left": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "remove_member", map[string]any{"groupId": o.String("id"), "userId": "mira"})
		},
	},
	Key: []string{"client_group_id"},
	Import: acctest.Import{Keys: []string{"client_group_id"}, Malformed: []string{"0", "x", "../1", "client:"}, Lost: map[string]string{
		"group_member_list": "An import finds all members, and the platform adds some.", "all_members": "It follows group_member_list.",
	}},
	Stays: "Destroying closes the conversation.",
	Vanish: func(t *testing.T, w *acctest.World, o acctest.Object) {
		act(t, w, "purge_group", map[string]any{"groupId": o.String("id")})
	},
}
