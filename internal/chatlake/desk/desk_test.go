package desk_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/desk"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// cases are the tests of all resources. Several are keyed, and agents may write two of them.
var (
	keyedCases = []acctest.Cases{
		labelCases, teamCases, agentCases, webhookCases, customAttributeDefinitionCases, assignmentPolicyCases, cannedResponseCases,
	}
	keylessCases = []acctest.Cases{agentBotCases, dashboardAppCases}
	otherCases   = []acctest.Cases{accountSettingsCases, notificationSettingsCases, profileSettingsCases, customAttributeDefinitionListCases, teamMemberCases}
	cases        = slices.Concat(keyedCases, keylessCases, otherCases)
)

func TestResources(t *testing.T) {
	t.Parallel()
	acctest.RunCases(t, desk.Resources(), cases...)
}

// TestLostAnswers covers creates that worked and whose answer was lost.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	chatlaketest.RunLostAnswers(t, slices.Concat(keyedCases, keylessCases)...)
}

// TestAgentToken covers a token that may not write.
func TestAgentToken(t *testing.T) {
	t.Parallel()
	chatlaketest.RunAgentToken(t, labelCases, teamCases, agentCases, webhookCases, customAttributeDefinitionCases, assignmentPolicyCases, agentBotCases)
}

// TestAccImport imports one object of each type with blocks.
func TestAccImport(t *testing.T) {
	w := acctest.New(t)
	imports := chatlaketest.NewImports(t, w)

	for _, c := range slices.Concat(keyedCases, keylessCases) {
		imports.Add(c.Type, "", c.Minimal)
	}

	imports.Add("chatlake_account_settings", "", values{"support_email": "help@example.com"})
	imports.Test()
}

// TestOpenAPI sends every request about the objects of this area, and compares it and its answer with a description.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	checker := chatlaketest.CheckAPI(t, w, "desk")
	p := w.Protocol(t, nil)
	inbox := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_inbox", values{"name": "Inbox", "channel": values{"type": "api"}})

	var made []acctest.Object

	for _, c := range cases {
		if c.Type == teamMemberCases.Type {
			continue // The id of its team is not known here.
		}

		stages := make([]values, len(c.Stages))
		for i, stage := range c.Stages {
			stages[i] = chatlaketest.With(c.Minimal, stage)
			if stage["inbox_id"] != nil {
				stages[i]["inbox_id"] = inbox.String("id")
			}
		}

		made = append(made, chatlaketest.ApplyAndImport(t, w, p, c.Type, "", stages...))
	}

	_, diags := p.Data(t.Context(), "chatlake_account_settings", values{})
	if len(diags) > 0 {
		t.Error(diags)
	}

	chatlaketest.Destroy(t, p, made...)
	checker.ExpectComplete()
}

// TestCrashes covers choices over which the server crashes instead of refusing them: the error names them.
func TestCrashes(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Enterprise = false })
	p := w.Protocol(t, nil)
	policy := chatlaketest.Create(t, p, "chatlake_assignment_policy", assignmentPolicyCases.Minimal)
	settings := chatlaketest.Create(t, p, "chatlake_account_settings", values{})

	for _, c := range []struct {
		object acctest.Object
		config values
		want   string
	}{
		{acctest.Object{Type: "chatlake_assignment_policy"}, values{"name": "x", "assignment_order": "balanced"}, "not the enterprise build"},
		{policy, chatlaketest.With(assignmentPolicyCases.Minimal, values{"assignment_order": "balanced"}), "not the enterprise build"},
		{acctest.Object{Type: "chatlake_account_settings"}, values{"locale": "xx"}, `whether it knows "xx"`},
		{settings, values{"locale": "xx"}, `whether it knows "xx"`},
	} {
		_, diags := w.Protocol(t, nil).Apply(t.Context(), c.object, c.config)
		if !strings.Contains(diags.String(), c.want) {
			t.Errorf("%s %v: %q is not in\n%s", c.object.Type, c.config, c.want, diags)
		}
	}
}

// TestData_keys covers keys that several objects have, and objects that have none.
func TestData_keys(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	for range 2 {
		chatlaketest.Request(t, w, "POST", "/agent_bots", `{"name":"Twice"}`)
		chatlaketest.Request(t, w, "POST", "/agent_bots", `{"description":"Without a name"}`)
		chatlaketest.Request(t, w, "POST", "/dashboard_apps", `{"dashboard_app":{"title":"Twice","content":[{"type":"frame","url":"https://example.com"}]}}`)
	}

	for _, model := range []string{"contact_attribute", "conversation_attribute"} {
		chatlaketest.Request(t, w, "POST", "/custom_attribute_definitions", fmt.Sprintf(
			`{"custom_attribute_definition":{"attribute_display_name":"Twice","attribute_key":"twice","attribute_model":%q}}`, model))
	}

	p := w.Protocol(t, nil)
	chatlaketest.ExpectSeveral(t, p, "agent_bot", "name", "Twice")
	chatlaketest.ExpectSeveral(t, p, "dashboard_app", "title", "Twice")
	chatlaketest.ExpectSeveral(t, p, "custom_attribute_definition", "attribute_key", "twice")

	one, diags := p.Data(t.Context(), "chatlake_custom_attribute_definition", values{"attribute_key": "twice", "attribute_model": "contact_attribute"})
	if len(diags) > 0 || chatlaketest.DataText(one, "attribute_model") != "contact_attribute" {
		t.Errorf("found %v\n%s", one, diags)
	}

	for range 5 { // The server shuffles; a bot without a name must not pass for another one.
		one, diags = w.Protocol(t, nil).Data(t.Context(), "chatlake_agent_bot", values{"id": fmt.Sprint(chatlake.BotID)})
		if len(diags) > 0 || chatlaketest.DataText(one, "name") != "Sandbox bot" {
			t.Fatalf("found %v\n%s", one, diags)
		}
	}
}

// TestData_order covers a list that the server sends in another order each time: the data source keeps one order.
func TestData_order(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	for i := range 6 {
		chatlaketest.Request(t, w, "POST", "/canned_responses", fmt.Sprintf(`{"canned_response":{"short_code":"c%d","content":"x"}}`, i))
	}

	const kind = "chatlake_canned_responses"

	first, _ := w.Protocol(t, nil).Data(t.Context(), kind, values{})
	for range 3 {
		again, diags := w.Protocol(t, nil).Data(t.Context(), kind, values{})
		if len(diags) > 0 || !again.Equal(first) {
			t.Fatalf("%s: %v, then %v\n%s", kind, first, again, diags)
		}
	}
}

// TestLabel_agentToken covers a token that may list labels, but not read one.
func TestLabel_agentToken(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})

	label, diags := p.Import(t.Context(), "chatlake_label", fmt.Sprint(chatlaketest.Find(t, w, "labels", "title", "billing")["id"]))
	if len(diags) > 0 || label.String("title") != "billing" {
		t.Errorf("imported %v\n%s", label.State, diags)
	}
}

// TestAgent_limit covers the 402 of a plan that is full.
func TestAgent_limit(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.AgentLimit = 3 })

	nothing, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_agent", agentCases.Minimal)
	if !nothing.Gone() || !strings.Contains(diags.String(), "plan allows no more") {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}
}
