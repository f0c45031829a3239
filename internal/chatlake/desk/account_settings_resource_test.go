package desk_test

import (
	"fmt"
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
		{"captain_models": values{}, "captain_features": values{}},
		{"captain_models": values{"editor": nil}, "captain_features": values{"editor": nil}},
	},
	Stages: []values{
		{
			"name": "One", "locale": "de", "domain": "one.example.com", "support_email": "One <one@example.com>", "auto_resolve_after": 10, "auto_resolve_message": "Bye",
			"auto_resolve_ignore_waiting": true, "auto_resolve_label": "billing", "audio_transcriptions": true, "industry": "One", "company_size": "1-10", "timezone": "UTC",
			"referral_source": "One", "user_role": "One", "website": "https://one.example.com",
			"conversation_required_attributes": []any{"reason", "order"},
			"captain_models":                   values{"editor": "gpt-4.1", "assistant": "gpt-5.2"}, "captain_features": values{"editor": true, "copilot": false},
		},
		{
			"name": "Two", "locale": "en", "domain": "two.example.com", "support_email": "two@example.com", "auto_resolve_after": 20, "auto_resolve_message": "See you",
			"auto_resolve_ignore_waiting": false, "auto_resolve_label": "support", "audio_transcriptions": false, "industry": "Two", "company_size": "11-50", "timezone": "Europe/Lisbon",
			"referral_source": "Two", "user_role": "Two", "website": "https://two.example.com",
			"conversation_required_attributes": []any{"order", "reason"},
			"captain_models":                   values{"editor": "gpt-5-mini", "copilot": "gpt-4.1"}, "captain_features": values{"editor": false, "help_center_search": true},
		},
	},
	OnlySimulator: "the settings of an account are not its own object",
	Kept:          map[string]string{"name": "every account has a name"},
	Refused: []acctest.Refused{
		{Config: values{"locale": "English"}, Want: `must be a language`},
		{Config: values{"auto_resolve_after": 9}, Want: `must be between 10 and 1439856`},
		{Config: values{"conversation_required_attributes": []any{""}}, Want: `must be a text of at least 1 character`},
		{Config: values{"support_email": "help"}, Want: `must be an e-mail address`},
		{Config: values{"captain_models": "gpt-4.1"}, Want: `Not an object`},
		{Config: values{"captain_models": values{"editor": ""}}, Want: `must have the name of a language model for each part`},
		{Config: values{"captain_models": values{"editor": true}}, Want: `must have the name of a language model for each part`},
		{Config: values{"captain_features": values{"editor": "true"}}, Want: `must have true or false for each part`},
	},
	Warned: []acctest.Refused{
		{Config: values{"captain_features": values{"poetry": true}}, Want: `Known are: `},
	},
	Accepted: []values{{"captain_models": values{"editor": acctest.Unknown{}}}, {"captain_features": acctest.Unknown{}}},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"industry": chatlaketest.DriftBy("PATCH", "", `{"industry":"By hand","auto_resolve_after":30}`),
		"captain":  chatlaketest.DriftBy("PATCH", "/captain/preferences", `{"captain_models":{"editor":null},"captain_features":{"editor":false}}`),
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

// TestAccountSettings_captain manages single preferences of Captain: others stay, and what is taken out becomes null.
func TestAccountSettings_captain(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)

	chatlaketest.Request(t, w, "PATCH", "/captain/preferences", `{"captain_models":{"copilot":"gpt-4.1"},"captain_features":{"assistant":true,"editor":true}}`)

	config := values{"captain_models": values{"editor": "gpt-4.1"}, "captain_features": values{"editor": false}}
	settings := chatlaketest.ExpectStable(t, p, chatlaketest.Create(t, p, "chatlake_account_settings", config), config)

	expect := func(want string) {
		t.Helper()

		account, _ := chatlaketest.Request(t, w, "GET", "", "").(map[string]any)
		chosen, _ := account["settings"].(map[string]any)

		got := fmt.Sprint(chosen["captain_models"], chosen["captain_features"])
		if got != want {
			t.Errorf("the account has %s, want %s", got, want)
		}
	}

	expect("map[copilot:gpt-4.1 editor:gpt-4.1] map[assistant:true editor:false]")

	_, diags := p.Apply(t.Context(), settings, values{"captain_models": values{"editor": "gpt-2"}})
	if !strings.Contains(diags.String(), "'gpt-2' is not a valid model for editor. Allowed: gpt-4.1-mini") {
		t.Errorf("a model that there is not: %s", diags)
	}

	settings, diags = p.Apply(t.Context(), settings, values{"captain_features": values{}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	expect("map[copilot:gpt-4.1 editor:<nil>] map[assistant:true editor:<nil>]")
	chatlaketest.ExpectStable(t, w.Protocol(t, nil), settings, values{"captain_features": values{}})

	imported, diags := w.Protocol(t, nil).Import(t.Context(), "chatlake_account_settings", "1")
	if len(diags) > 0 || p.Changes(t.Context(), imported, values{}) || p.Changes(t.Context(), imported, values{"captain_models": values{"copilot": "gpt-4.1"}}) {
		t.Errorf("imported %v\n%s", imported.State, diags)
	}
}
