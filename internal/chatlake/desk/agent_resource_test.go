package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// agentCase holds the tests of chatlake_agent.
var agentCase = chatlaketest.Case{
	Type:    "chatlake_agent",
	Minimal: values{"email": "minimal@example.com"},
	Stages: []values{
		{"email": "minimal@example.com", "name": "One", "role": "administrator", "auto_offline": false, "custom_role_id": "7", "availability": "busy"},
		{"email": "minimal@example.com", "name": "Two", "role": "agent", "auto_offline": true, "custom_role_id": "8", "availability": "online"},
	},
	Kept: map[string]string{
		"name": "it is followed once it is taken out", "custom_role_id": "it is followed once it is taken out",
	},
	Key:    []string{"email"},
	Import: acctest.Import{Lost: map[string]string{"availability": "the platform tells what the person chose last, not what was set"}},
	Refused: []acctest.Refused{
		{Config: values{"email": "Ana@example.com"}, Want: `must be in lower case`},
		{Config: values{"email": "ana"}, Want: `must be an e-mail address`},
		{Config: values{"role": "boss"}, Want: `must be one of`},
		{Config: values{"availability": "away"}, Want: `must be one of`},
		{Config: values{"custom_role_id": "x"}, Want: `must be a whole number`},
	},
	Replaced: values{"email": "another@example.com"},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/agents/%s", Body: `{"agent":{"name":"Herself","role":"administrator"}}`, Configured: values{"role": "agent"}},
	},
	Taken: &chatlaketest.Taken{
		ID:     fmt.Sprint(chatlake.AgentID),
		Config: values{"email": "first.agent@sandbox.example"},
		More:   values{"availability": "busy", "auto_offline": false},
		Want:   map[string]string{"name": "First Agent", "availability": "busy"},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_agent", Config: values{"email": "First.Agent@sandbox.example"}, Want: map[string]string{"id": fmt.Sprint(chatlake.AgentID)}},
		{Type: "chatlake_agent", Config: values{"id": fmt.Sprint(chatlake.AdminID)}, Want: map[string]string{"role": "administrator"}},
		{Type: "chatlake_agent", Config: values{"email": "nobody@example.com"}, Message: "Agent nobody@example.com does not exist"},
		{Type: "chatlake_agents", Config: values{}},
	},
}

// TestAgent_followed covers what nobody configures: it is followed silently, and the custom role survives every change
// that does not name it, although the server would take it away.
func TestAgent_followed(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"email": "ana@example.com", "availability": "busy", "auto_offline": false}

	agent, diags := p.Create(t.Context(), "chatlake_agent", config)
	if len(diags) > 0 || chatlaketest.Find(t, w, "agents", "email", "ana@example.com")["availability_status"] != "busy" {
		t.Fatalf("created %v\n%s", agent.State, diags)
	}

	chatlaketest.Request(t, w, "PATCH", "/agents/"+agent.String("id"), `{"agent":{"name":"Herself"},"custom_role_id":8}`)

	agent, diags = p.Read(t.Context(), agent)
	if len(diags) > 0 || p.Changes(t.Context(), agent, config) || agent.String("name") != "Herself" {
		t.Errorf("read %v\n%s", agent.State, diags)
	}

	agent, diags = p.Apply(t.Context(), agent, values{"email": "ana@example.com", "name": "Ana"})
	if len(diags) > 0 || agent.String("custom_role_id") != "8" || chatlaketest.Find(t, w, "agents", "email", "ana@example.com")["custom_role_id"] != 8.0 {
		t.Errorf("updated %v\n%s", agent.State, diags)
	}
}

// TestAgent_customRole covers a custom role that is all that changes: the server reads it beside the agent, and refuses a
// request without one.
func TestAgent_customRole(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	agent, diags := p.Create(t.Context(), "chatlake_agent", values{"email": "ana@example.com"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	config := values{"email": "ana@example.com", "custom_role_id": "7"}

	agent, diags = p.Apply(t.Context(), agent, config)
	if len(diags) > 0 || p.Changes(t.Context(), agent, config) {
		t.Errorf("updated %v\n%s", agent.State, diags)
	}

	found := chatlaketest.Find(t, w, "agents", "email", "ana@example.com")
	if found["custom_role_id"] != 7.0 || found["role"] != "agent" {
		t.Errorf("the platform has %v", found)
	}
}

// TestAgent_noCustomRoles covers a server that ignores custom roles: that is told, and not taken for done.
func TestAgent_noCustomRoles(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Enterprise = false })
	p := w.Protocol(t, nil)
	config := values{"email": "ana@example.com", "name": "Ana"}

	agent, diags := p.Create(t.Context(), "chatlake_agent", chatlaketest.With(config, values{"custom_role_id": "7"}))
	if agent.Gone() || agent.String("custom_role_id") != "" || !strings.Contains(diags.String(), "a server without custom roles") {
		t.Errorf("created %v\n%s", agent.State, diags)
	}

	agent, diags = p.Apply(t.Context(), agent, config)
	if len(diags) > 0 || p.Changes(t.Context(), agent, config) {
		t.Errorf("finished %v\n%s", agent.State, diags)
	}

	agent, diags = p.Apply(t.Context(), agent, chatlaketest.With(config, values{"custom_role_id": "7"}))
	if agent.String("custom_role_id") != "" || !strings.Contains(diags.String(), "a server without custom roles") {
		t.Errorf("updated %v\n%s", agent.State, diags)
	}
}

// TestAgent_otherAccount covers somebody whom the installation knows already: the create does not change the name.
func TestAgent_otherAccount(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	agent, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_agent", values{"email": "outsider@sandbox.example", "name": "Well Known"})
	if len(diags) > 0 || agent.String("name") != "Well Known" {
		t.Errorf("created %v\n%s", agent.State, diags)
	}
}
