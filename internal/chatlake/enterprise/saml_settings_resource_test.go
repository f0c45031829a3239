package enterprise_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var samlCase = chatlaketest.Case{
	Type:    "chatlake_saml_settings",
	Needs:   []acctest.Need{{Name: "lead", Type: "chatlake_custom_role", Config: values{"name": "Lead", "permissions": []any{"report_manage"}}}},
	Minimal: values{"sso_url": "https://idp.example.com/sso", "certificate": chatlaketest.Certificate, "idp_entity_id": "https://idp.example.com"},
	Stages: []values{
		{
			"sso_url": "https://idp.example.com/one", "certificate": chatlaketest.Certificate, "idp_entity_id": "one", "sp_entity_id": "https://sp.example.com/one",
			"role_mappings": values{"IT": "administrator", "Leads": acctest.Ref("lead", "id")},
		},
		{
			"sso_url": "https://idp.example.com/two", "certificate": strings.ReplaceAll(chatlaketest.Certificate, "\n", "\r\n"), "idp_entity_id": "two", "sp_entity_id": "https://sp.example.com/two",
			"role_mappings": values{"Support": "agent", "IT": acctest.Ref("lead", "id")},
		},
	},
	Kept: map[string]string{"sp_entity_id": "it is followed once it is taken out"},
	Late: map[string]string{"sp_entity_id": "The server makes it of its own address."},
	Odd: []values{
		{"role_mappings": values{}},
		{"sp_entity_id": ""},
	},
	Refused: []acctest.Refused{
		{Config: values{"sso_url": "idp.example.com"}, Want: `must be an address`},
		{Config: values{"certificate": "certificate"}, Want: `must be a certificate in PEM form`},
		{Config: values{"certificate": "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----"}, Want: `must be a certificate in PEM form`},
		{Config: values{"certificate": "-----BEGIN PUBLIC KEY-----\nTUVI\n-----END PUBLIC KEY-----"}, Want: `must be a certificate in PEM form`},
		{Config: values{"idp_entity_id": " "}, Want: `must not be blank`},
		{Config: values{"sp_entity_id": " "}, Want: `must not be blank`},
		{Config: values{"role_mappings": values{"IT": "owner"}}, Want: `must be agent, administrator, or the id of a custom role`},
	},
	Accepted: []values{
		{"certificate": strings.TrimSpace(chatlaketest.Certificate)},
		{"certificate": acctest.Unknown{}, "role_mappings": values{"IT": acctest.Unknown{}}},
	},
	Drift: []chatlaketest.Drift{
		{
			Method: "PATCH", Path: "/saml_settings", Body: `{"saml_settings":{"sp_entity_id":"by hand","role_mappings":{"By hand":{"role":1}}}}`,
			Configured: values{"role_mappings": values{"IT": "administrator"}},
		},
	},
	Skip: map[string]string{"life": "no other account can be imported; see TestSAMLSettings_life"},
}

// TestSAMLSettings_life makes settings, imports them by their id and their identity, and destroys them.
func TestSAMLSettings_life(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	settings := chatlaketest.ExpectStable(t, p, chatlaketest.Create(t, p, "chatlake_saml_settings", samlCase.Minimal), samlCase.Minimal)

	byID, problems := p.Import(t.Context(), "chatlake_saml_settings", "1")
	byIdentity, diags := p.ImportIdentity(t.Context(), "chatlake_saml_settings", values{"id": "1", "account_id": "1"})

	if len(problems) > 0 || len(diags) > 0 || !byID.State.Equal(settings.State) || !byIdentity.State.Equal(settings.State) {
		t.Errorf("imported %v and %v\n%s%s", byID.State, byIdentity.State, problems, diags)
	}

	for _, id := range []string{"2", "", "0", "x", "1/2"} {
		_, diags = p.Import(t.Context(), "chatlake_saml_settings", id)
		if len(diags.Errors()) == 0 {
			t.Errorf("%q is imported", id)
		}
	}

	for range 2 {
		chatlaketest.Destroy(t, p, settings)
	}

	gone, diags := w.Protocol(t, nil).Read(t.Context(), settings)
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("read after it was destroyed: %v\n%s", gone.State, diags)
	}

	gone, diags = w.Protocol(t, nil).Import(t.Context(), "chatlake_saml_settings", "1")
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("imported after it was destroyed: %v\n%s", gone.State, diags)
	}

	chatlaketest.Create(t, p, "chatlake_saml_settings", samlCase.Minimal)
}

// provider returns how the first member of the account signs in.
func provider(t *testing.T, w *acctest.World) any {
	t.Helper()

	agents, _ := w.Request(t, "GET", "/agents", "").([]any)
	agent, _ := agents[0].(map[string]any)

	return agent["provider"]
}

// TestSAMLSettings covers what is special about settings of which an account has one: others are not overwritten, those that a lost
// create has made are taken, and members sign in as the settings say.
func TestSAMLSettings(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	settings := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_saml_settings", samlCase.Minimal)

	by := provider(t, w)
	if by != "saml" || settings.String("id") != "1" {
		t.Errorf("%v: a member signs in by %v", settings.State, by)
	}

	w.Journal.Clear()

	other := chatlaketest.With(samlCase.Minimal, values{"sso_url": "https://other.example.com"})

	nothing, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_saml_settings", other)
	if !nothing.Gone() || !strings.Contains(diags.String(), "has other SAML settings than planned") || !strings.Contains(diags.String(), `id = "1"`) {
		t.Errorf("overwritten: %v\n%s", nothing.State, diags)
	}

	again, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_saml_settings", samlCase.Minimal)
	if len(diags) > 0 || again.Gone() {
		t.Errorf("not taken: %s", diags)
	}

	chatlaketest.ExpectNoWrites(t, w)

	p := w.Protocol(t, nil)

	_, diags = p.Import(t.Context(), "chatlake_saml_settings", "2")
	if !strings.Contains(diags.String(), "The state is of another account") {
		t.Errorf("imported: %s", diags)
	}

	chatlaketest.Destroy(t, p, settings)

	by = provider(t, w)
	if by != "email" {
		t.Errorf("a member signs in by %v after the destroy", by)
	}
}

// TestSAMLSettings_data reads settings, and an account that has none.
func TestSAMLSettings_data(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	_, diags := p.Data(t.Context(), "chatlake_saml_settings", values{})
	if !strings.Contains(diags.String(), "Account 1 has no SAML settings") {
		t.Errorf("none: %s", diags)
	}

	listed := p.List("chatlake_saml_settings", 0, values{})
	if len(listed) > 0 {
		t.Errorf("listed: %v", listed)
	}

	chatlaketest.Create(t, p, "chatlake_saml_settings", samlCase.Minimal)

	found, diags := w.Protocol(t, nil).Data(t.Context(), "chatlake_saml_settings", values{})
	if len(diags) > 0 || !strings.HasPrefix(chatlaketest.DataText(found, "fingerprint"), "24:04:FA:E4") || chatlaketest.DataText(found, "certificate") != chatlaketest.Certificate {
		t.Errorf("found %v\n%s", found, diags)
	}
}

// TestSAMLSettings_off covers an account without the feature: nothing passes for gone, and the error says what to do.
func TestSAMLSettings_off(t *testing.T) {
	t.Parallel()

	chatlaketest.Off("saml").Test(t, "chatlake_saml_settings")
}
