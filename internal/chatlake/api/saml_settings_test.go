package api_test

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// TestSAMLRoles reads what any client may have stored, and writes what the server acts on. What cannot be read stays as it is written.
func TestSAMLRoles(t *testing.T) {
	t.Parallel()

	for raw, want := range map[string]struct {
		roles api.SAMLRoles
		sent  string
	}{
		`{}`:                                   {api.SAMLRoles{}, `{}`},
		`null`:                                 {api.SAMLRoles{}, `{}`},
		`[]`:                                   {api.SAMLRoles{}, `{}`},
		`{"A":{"role":1},"B":{"role":0}}`:      {api.SAMLRoles{"A": "administrator", "B": "agent"}, `{"A":{"role":1},"B":{"role":0}}`},
		`{"A":{"role":"administrator"}}`:       {api.SAMLRoles{"A": "administrator"}, `{"A":{"role":1}}`},
		`{"A":{"custom_role_id":7}}`:           {api.SAMLRoles{"A": "7"}, `{"A":{"custom_role_id":7}}`},
		`{"A":{"custom_role_id":"7"}}`:         {api.SAMLRoles{"A": "7"}, `{"A":{"custom_role_id":7}}`},
		`{"A":{"role":5}}`:                     {api.SAMLRoles{"A": `{"role":5}`}, ""},
		`{"A":{"role":0,"custom_role_id":7}}`:  {api.SAMLRoles{"A": `{"role":0,"custom_role_id":7}`}, ""},
		`{"A":"x","B":{},"C":{"role":[1]}}`:    {api.SAMLRoles{"A": `"x"`, "B": `{}`, "C": `{"role":[1]}`}, ""},
		`{"A":{"custom_role_id":{"of":"me"}}}`: {api.SAMLRoles{"A": `{"custom_role_id":{"of":"me"}}`}, ""},
	} {
		var roles api.SAMLRoles

		err := json.Unmarshal([]byte(raw), &roles)
		if err != nil || !maps.Equal(roles, want.roles) {
			t.Errorf("%s is read as %v, %v", raw, roles, err)
		}

		sent, err := json.Marshal(roles)
		if want.sent != "" && (err != nil || string(sent) != want.sent) {
			t.Errorf("%s is sent as %s, %v", raw, sent, err)
		}
	}
}
