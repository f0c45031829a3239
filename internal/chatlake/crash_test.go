package chatlake_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestCrashes covers choices over which the server crashes instead of refusing them: the reader is told which.
func TestCrashes(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Enterprise = false })
	p := w.Protocol(t, nil)
	policy, diags := p.Create(t.Context(), "chatlake_assignment_policy", least()["chatlake_assignment_policy"])

	settings, more := p.Create(t.Context(), "chatlake_account_settings", values{})
	if len(diags)+len(more) > 0 {
		t.Fatal(diags, more)
	}

	for _, c := range []struct {
		object acctest.Object
		config values
		want   string
	}{
		{acctest.Object{Type: "chatlake_assignment_policy"}, values{"name": "x", "assignment_order": "balanced"}, "not the enterprise build"},
		{policy, with(least()["chatlake_assignment_policy"], values{"assignment_order": "balanced"}), "not the enterprise build"},
		{acctest.Object{Type: "chatlake_account_settings"}, values{"locale": "xx"}, `whether it knows "xx"`},
		{settings, values{"locale": "xx"}, `whether it knows "xx"`},
		{acctest.Object{Type: "chatlake_category"}, values{"portal_slug": "none", "name": "x", "slug": "x"}, "there is no portal none"},
		{acctest.Object{Type: "chatlake_article"}, values{"portal_slug": "none", "title": "x", "author_id": "11"}, "there is no portal none"},
	} {
		_, diags := p.Apply(t.Context(), c.object, c.config)
		if !strings.Contains(diags.String(), c.want) {
			t.Errorf("%s %v: %q is not in\n%s", c.object.Type, c.config, c.want, diags)
		}
	}
}

// TestAutomationRule_refused covers the sentences about the columns of a rule, which come in a shape of their own.
func TestAutomationRule_refused(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := with(least()["chatlake_automation_rule"], values{"conditions": []any{
		values{"attribute_key": "nothing", "filter_operator": "equal_to", "values": []any{"x"}},
	}})
	rule, diags := p.Create(t.Context(), "chatlake_automation_rule", config)

	said := diags.String()
	if !rule.Gone() || !strings.Contains(said, `on AttributeName("conditions")`) || !strings.Contains(said, "Chatlake answered: Automation conditions nothing not supported.") {
		t.Errorf("created %v\n%s", rule.State, said)
	}
}

// TestMacro_forcedPersonal covers an agent's token, with which the server makes every macro personal.
func TestMacro_forcedPersonal(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})
	config := least()["chatlake_macro"]

	macro, diags := p.Create(t.Context(), "chatlake_macro", with(config, values{"visibility": "global"}))
	if macro.String("visibility") != "personal" || !strings.Contains(diags.String(), "only an administrator's token") {
		t.Errorf("created %v\n%s", macro.State, diags)
	}

	macro, diags = p.Apply(t.Context(), macro, with(config, values{"visibility": "global"}))
	if macro.String("visibility") != "personal" || len(diags.Errors()) == 0 {
		t.Errorf("updated %v\n%s", macro.State, diags)
	}

	if p.Changes(t.Context(), macro, config) {
		t.Errorf("a personal one is not what there is: %v", macro.State)
	}
}
