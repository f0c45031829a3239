package desk_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var accountSettingsCases = acctest.Cases{
	Type: "chatlake_account_settings",
	Late: map[string]string{
		"name":   "The account is there already, and has a name.",
		"locale": "The account is there already, and has a language.",
	},
	Minimal: values{},
	Odd: []values{
		{"auto_resolve_message": "", "domain": ""},
		{"support_email": ""},
		{"industry": " "},
		{"conversation_required_attributes": []any{}},
	},
	Stages: []values{
		{
			"name": "One", "locale": "de", "domain": "one.example.com", "support_email": "One <one@example.com>", "auto_resolve_after": 10, "auto_resolve_message": "Bye",
			"auto_resolve_ignore_waiting": true, "auto_resolve_label": "billing", "audio_transcriptions": true, "industry": "One", "company_size": "1-10", "timezone": "UTC",
			"referral_source": "One", "user_role": "One", "website": "https://one.example.com",
			"conversation_required_attributes": []any{"reason", "order"},
		},
		{
			"name": "Two", "locale": "en", "domain": "two.example.com", "support_email": "two@example.com", "auto_resolve_after": 20, "auto_resolve_message": "See you",
			"auto_resolve_ignore_waiting": false, "auto_resolve_label": "support", "audio_transcriptions": false, "industry": "Two", "company_size": "11-50", "timezone": "Europe/Lisbon",
			"referral_source": "Two", "user_role": "Two", "website": "https://two.example.com",
			"conversation_required_attributes": []any{"order", "reason"},
		},
	},
	OnlySimulator: "the settings of an account are not its own object",
	Kept:          map[string]string{"name": "every account has a name"},
	Refused: []acctest.Refused{
		{Config: values{"locale": "English"}, Want: `must be a language`},
		{Config: values{"auto_resolve_after": 9}, Want: `must be between 10 and 1439856`},
		{Config: values{"conversation_required_attributes": []any{""}}, Want: `must be a text of at least 1 character`},
		{Config: values{"support_email": "help"}, Want: `must be an e-mail address`},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"industry": chatlaketest.DriftBy("PATCH", "", `{"industry":"By hand","auto_resolve_after":30}`),
	},
	Import: acctest.Import{Lost: map[string]string{"user_role": "the platform never returns it"}},
	Stays:  "the account stays, with its settings",
	Skip:   map[string]string{"life": "an account cannot be created, and no other account can be imported; see TestAccountSettings"},
}

// TestAccountSettings_data reads the settings.
func TestAccountSettings_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_account_settings", Config: values{}, Want: map[string]string{"name": "Sandbox", "locale": "en"}},
	)
}

// TestAccountSettings covers what is special about the one account: destroy changes nothing, and no other account's
// settings are taken for its own.
func TestAccountSettings(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	settings, diags := p.Create(t.Context(), "chatlake_account_settings", values{"industry": "Ships"})
	if len(diags) > 0 || settings.String("name") != "Sandbox" || len(w.Journal.Writes()) != 1 {
		t.Fatalf("created %v with %d writes\n%s", settings.State, len(w.Journal.Writes()), diags)
	}

	_, diags = p.Import(t.Context(), "chatlake_account_settings", "2")
	if !strings.Contains(diags.String(), "The state is of another account") {
		t.Errorf("imported: %s", diags)
	}

	gone, diags := p.Apply(t.Context(), settings, nil)
	if len(diags) > 0 || !gone.Gone() || len(w.Journal.Writes()) != 1 {
		t.Errorf("destroyed %v with %d writes\n%s", gone.State, len(w.Journal.Writes()), diags)
	}
}

// TestAccountSettings_community covers a setting that a community server drops without a word: it is an error, and not a
// difference that comes back for ever.
func TestAccountSettings_community(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Enterprise = false })
	settings := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_account_settings", values{"timezone": "UTC"})

	for _, object := range []acctest.Object{{Type: "chatlake_account_settings"}, settings} {
		_, diags := w.Protocol(t, nil).Apply(t.Context(), object, values{"timezone": "UTC", "conversation_required_attributes": []any{"reason"}})
		if !strings.Contains(diags.String(), "only the enterprise edition has them") {
			t.Errorf("applied: %s", diags)
		}
	}

	_, diags := w.Protocol(t, nil).Apply(t.Context(), settings, values{"timezone": "UTC", "conversation_required_attributes": []any{}})
	if len(diags) > 0 {
		t.Errorf("none are required: %s", diags)
	}
}
