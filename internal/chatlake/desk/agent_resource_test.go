package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var agentCases = acctest.Cases{
	Type: "chatlake_agent",
	Late: map[string]string{
		"name": "Somebody whom the installation knows already keeps their name.",
	},
	Minimal: values{"email": "minimal@example.com"},
	Stages: []values{
		{"name": "One", "role": "administrator", "availability": "busy", "auto_offline": false, "custom_role_id": "7"},
		{"name": "Two", "role": "agent", "availability": "online", "auto_offline": true, "custom_role_id": "8"},
	},
	Kept: map[string]string{
		"name":           "a name that is not configured is followed: users may change it",
		"custom_role_id": "a custom role that is not configured is followed",
	},
	Refused: []acctest.Refused{
		{Config: values{"email": "Ana@example.com"}, Want: `must be in lower case`},
		{Config: values{"email": "ana"}, Want: `must be an e-mail address`},
		{Config: values{"email": "ana@localhost"}, Want: `must have a dot in the domain`},
		{Config: values{"availability": "away"}, Want: `must be one of`},
		{Config: values{"custom_role_id": "x"}, Want: `must be a whole number`},
	},
	Replaced: values{"email": "another@example.com"},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"role": chatlaketest.DriftBy("PATCH", "/agents/%s", `{"agent":{"name":"Herself","role":"agent"}}`),
	},
	Key: []string{"email"},
	Import: acctest.Import{
		Keys: []string{"email"},
		Lost: map[string]string{"availability": "the platform returns only what others see"},
	},
}

// TestAgent_data reads agents.
func TestAgent_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_agent", Config: values{"email": "First.Agent@sandbox.example"}, Want: map[string]string{"id": fmt.Sprint(chatlake.AgentID)}},
		chatlaketest.Data{Type: "chatlake_agent", Config: values{"id": fmt.Sprint(chatlake.AdminID)}, Want: map[string]string{"role": "administrator"}},
		chatlaketest.Data{Type: "chatlake_agent", Config: values{"email": "nobody@example.com"}, Message: `The agent with this email does not exist`},
		chatlaketest.Data{Type: "chatlake_agents", Config: values{}},
	)
}

// TestAgent_followed covers what is not configured: it is followed silently, and the custom role survives every change
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

// TestAgent_otherAccount covers somebody whom the installation knows already: neither the create nor a later apply changes
// the name, for it is the name in all accounts. Only an adoption does.
func TestAgent_otherAccount(t *testing.T) {
	t.Parallel()

	config := values{"email": "outsider@sandbox.example", "name": "Well Known"}

	w := acctest.New(t)
	p := w.Protocol(t, nil)
	name := func() any { return chatlaketest.Find(t, w, "agents", "email", "outsider@sandbox.example")["name"] }

	agent, diags := p.Create(t.Context(), "chatlake_agent", config)
	if len(diags) != 1 || len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "keeps the name") || len(w.Journal.Writes()) != 1 {
		t.Fatalf("created %v with %d writes\n%s", agent.State, len(w.Journal.Writes()), diags)
	}

	before := name()

	agent, diags = p.Read(t.Context(), agent)
	if len(diags) > 0 || agent.String("name") != before || p.Changes(t.Context(), agent, config) {
		t.Errorf("read %v\n%s", agent.State, diags)
	}

	agent, diags = p.Apply(t.Context(), agent, chatlaketest.With(config, values{"role": "administrator"}))
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "keeps the name") || agent.String("role") != "administrator" || name() != before {
		t.Errorf("updated %v\n%s", agent.State, diags)
	}

	agent, diags = p.Apply(t.Context(), agent, chatlaketest.With(config, values{"adopt_existing": true}))
	if len(diags) > 0 || name() != "Well Known" {
		t.Errorf("adopted later %v\n%s", agent.State, diags)
	}

	agent, diags = p.Apply(t.Context(), agent, chatlaketest.With(config, values{"name": "Better Known"}))
	if len(diags) > 0 || name() != "Better Known" {
		t.Errorf("renamed %v\n%s", agent.State, diags)
	}

	other := acctest.New(t)

	agent, diags = other.Protocol(t, nil).Create(t.Context(), "chatlake_agent", chatlaketest.With(config, values{"adopt_existing": true}))
	if len(diags) > 0 || chatlaketest.Find(t, other, "agents", "email", "outsider@sandbox.example")["name"] != "Well Known" {
		t.Errorf("adopted %v\n%s", agent.State, diags)
	}
}

// TestAgent_again covers an agent who is created again at once: the server destroys the record that the create joined.
func TestAgent_again(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.JobDelay = 300 })
	p := w.Protocol(t, nil)
	config := values{"email": "again@example.com", "name": "First"}

	first, diags := p.Create(t.Context(), "chatlake_agent", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	_, diags = p.Apply(t.Context(), first, nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	config["name"] = "Second"

	second, diags := p.Create(t.Context(), "chatlake_agent", config)
	if len(diags) > 0 || second.String("name") != "Second" || second.String("id") == first.String("id") {
		t.Fatalf("created %v\n%s", second.State, diags)
	}

	time.Sleep(500 * time.Millisecond) // The job would have run by now.

	found, diags := w.Protocol(t, nil).Read(t.Context(), second)
	if len(diags) > 0 || found.Gone() || found.String("name") != "Second" {
		t.Errorf("read %v\n%s", found.State, diags)
	}
}

// TestAgent_nameless covers servers that crash without a name: one is always sent.
func TestAgent_nameless(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.13.0" })

	agent, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_agent", values{"email": "ana.lima@example.com"})
	if len(diags) > 0 || agent.String("name") != "ana.lima" {
		t.Errorf("created %v\n%s", agent.State, diags)
	}
}
