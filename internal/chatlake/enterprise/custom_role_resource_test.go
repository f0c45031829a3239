package enterprise_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var customRoleCase = chatlaketest.Case{
	Type:    "chatlake_custom_role",
	Minimal: values{"name": "Minimal"},
	Stages: []values{
		{"name": "One", "description": "One", "permissions": []any{"contact_manage", "report_manage"}},
		{"name": "Two", "description": "Two", "permissions": []any{"knowledge_base_manage", "contact_manage"}},
	},
	Odd: []values{
		{"permissions": []any{}},
	},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
	},
	Warned: []acctest.Refused{
		{Config: values{"permissions": []any{"label_manage"}}, Want: `Known are: `},
	},
	Drift: []chatlaketest.Drift{
		{
			Method: "PATCH", Path: "/custom_roles/%s", Body: `{"custom_role":{"description":"By hand","permissions":["report_manage"]}}`,
			Configured: values{"permissions": []any{"contact_manage"}},
		},
	},
	Import:        acctest.Import{Keys: []string{"name"}},
	HasNoKey:      true,
	CrashesIfGone: true,
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		for range 2 {
			chatlaketest.Request(t, w, "POST", "/custom_roles", `{"custom_role":{"name":"Twice"}}`)
		}

		chatlaketest.Request(t, w, "POST", "/custom_roles", `{"custom_role":{"name":"Once","permissions":["report_manage"]}}`)
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_custom_role", Config: values{"name": "Once"}, Want: map[string]string{"name": "Once"}},
		{Type: "chatlake_custom_role", Config: values{"name": "Twice"}, Message: "Several objects have this name"},
		{Type: "chatlake_custom_role", Config: values{"id": "1"}, Message: `The custom role with id "1" does not exist`},
		{Type: "chatlake_custom_roles", Config: values{}},
	},
}

// TestCustomRole_ofAgent gives an agent a role, and takes the role away from under the agent.
func TestCustomRole_ofAgent(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	role := chatlaketest.Create(t, p, "chatlake_custom_role", values{"name": "Reports", "permissions": []any{"report_manage"}})
	config := values{"email": "bo@example.com", "name": "Bo", "custom_role_id": role.String("id")}
	agent := chatlaketest.Create(t, p, "chatlake_agent", config)

	if agent.String("custom_role_id") != role.String("id") {
		t.Errorf("the agent has %s", agent.String("custom_role_id"))
	}

	chatlaketest.Destroy(t, p, role)

	next := w.Protocol(t, nil)

	read, diags := next.Read(t.Context(), agent)
	if len(diags) > 0 || read.String("custom_role_id") != "" || !next.Changes(t.Context(), read, config) {
		t.Errorf("the agent of a deleted role: %v\n%s", read.State, diags)
	}
}
