package chatlake_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestAgent_followed covers what nobody configures: it is followed silently, and the custom role survives every change
// that does not name it, although the server would take it away.
func TestAgent_followed(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"email": "ana@example.com", "availability": "busy", "auto_offline": false}

	agent, diags := p.Create(t.Context(), "chatlake_agent", config)
	if len(diags) > 0 || find(t, w, "agents", "email", "ana@example.com")["availability_status"] != "busy" {
		t.Fatalf("created %v\n%s", agent.State, diags)
	}

	request(t, w, "PATCH", "/agents/"+agent.String("id"), `{"agent":{"name":"Herself"},"custom_role_id":8}`)

	agent, diags = p.Read(t.Context(), agent)
	if len(diags) > 0 || p.Changes(t.Context(), agent, config) || agent.String("name") != "Herself" {
		t.Errorf("read %v\n%s", agent.State, diags)
	}

	agent, diags = p.Apply(t.Context(), agent, values{"email": "ana@example.com", "name": "Ana"})
	if len(diags) > 0 || agent.String("custom_role_id") != "8" || find(t, w, "agents", "email", "ana@example.com")["custom_role_id"] != 8.0 {
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

	found := find(t, w, "agents", "email", "ana@example.com")
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

	agent, diags := p.Create(t.Context(), "chatlake_agent", with(config, values{"custom_role_id": "7"}))
	if agent.Gone() || agent.String("custom_role_id") != "" || !strings.Contains(diags.String(), "a server without custom roles") {
		t.Errorf("created %v\n%s", agent.State, diags)
	}

	agent, diags = p.Apply(t.Context(), agent, config)
	if len(diags) > 0 || p.Changes(t.Context(), agent, config) {
		t.Errorf("finished %v\n%s", agent.State, diags)
	}

	agent, diags = p.Apply(t.Context(), agent, with(config, values{"custom_role_id": "7"}))
	if agent.String("custom_role_id") != "" || !strings.Contains(diags.String(), "a server without custom roles") {
		t.Errorf("updated %v\n%s", agent.State, diags)
	}
}
