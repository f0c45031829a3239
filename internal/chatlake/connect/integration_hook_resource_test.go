package connect_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// secret is a key of OpenAI in a configuration.
func secret(version int) values {
	return values{"settings_wo": values{"api_key": "sk-secret"}, "settings_wo_version": version}
}

var integrationHookCase = chatlaketest.Case{
	Type:    "chatlake_integration_hook",
	Minimal: chatlaketest.With(values{"app_id": "openai"}, secret(1)),
	Stages: []values{
		{"status": "disabled", "settings": values{"label_suggestion": true}},
		{"status": "enabled", "settings": values{"label_suggestion": false}, "settings_wo_version": 2},
	},
	Uncleared: map[string]string{"settings_wo": "the app needs it", "settings_wo_version": "the app needs it"},
	Unchanged: map[string]string{"settings_wo": "it is in no state"},
	Skip:      map[string]string{"replaced": "that of an inbox is"},
	Refused: []acctest.Refused{
		{Config: values{"status": "active"}, Want: `must be one of`},
		{Config: values{"settings": "text"}, Want: `must be an object`},
		{Config: values{"settings_wo": nil}, Want: `settings_wo must be set, too`},
	},
	Drift: []chatlaketest.Drift{
		{
			Method: "PATCH", Path: "/integrations/hooks/%s", Body: `{"hook":{"status":"enabled","settings":{"api_key":"x","label_suggestion":false}}}`,
			Configured: values{"status": "disabled", "settings": values{"label_suggestion": true}},
		},
	},
	Import:   acctest.Import{Keys: []string{"app_id"}},
	HasNoKey: true,
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		for range 2 {
			chatlaketest.Request(t, w, "POST", "/integrations/hooks", dialogflowBody)
		}

		chatlaketest.Request(t, w, "POST", "/integrations/hooks", `{"hook":{"app_id":"dyte","settings":{"api_key":"k","organization_id":"o"}}}`)
		chatlaketest.Request(t, w, "POST", "/integrations/hooks", `{"hook":{"app_id":"slack","settings":{"channel_name":"general"}}}`)
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_integration_hook", Config: values{"app_id": "dyte"}, Want: map[string]string{"settings": `{"organization_id":"o"}`, "status": "enabled"}},
		{Type: "chatlake_integration_hook", Config: values{"app_id": "slack"}, Want: map[string]string{"settings": `{"channel_name":"general"}`}},
		{Type: "chatlake_integration_hook", Config: values{"app_id": "dialogflow"}, Message: "Several objects have this app_id"},
		{Type: "chatlake_integration_hook", Config: values{"id": "1"}, Message: `The integration hook with id "1" does not exist`},
		{Type: "chatlake_integration_hooks", Config: values{}},
	},
}

const dialogflowBody = `{"hook":{"app_id":"dialogflow","inbox_id":101,"settings":{"project_id":"p","credentials":{"private_key":"k"},"region":"global"}}}`

var dialogflowCase = chatlaketest.Case{
	Type: "chatlake_integration_hook", Name: "of an inbox",
	Minimal: values{
		"app_id": "dialogflow", "inbox_id": "101", "settings": values{"project_id": "p"},
		"settings_wo": values{"credentials": values{"type": "service_account", "private_key": "k"}}, "settings_wo_version": 1,
	},
	Stages: []values{
		{"settings": values{"project_id": "one"}},
		{"settings": values{"project_id": "two", "language_code": "de-DE"}},
	},
	Replaced: values{"inbox_id": "102", "app_id": "google_translate"},
	NoDrift:  "that of openai is",
	Import:   acctest.Import{Keys: []string{"app_id"}},
	HasNoKey: true,
}

var integrationAppsCase = chatlaketest.Case{
	Type: "chatlake_integration_apps",
	Data: []chatlaketest.Data{{Type: "chatlake_integration_apps", Config: values{}}},
}

// TestIntegrationHook_settings covers plans whose settings do not fit the app. The server would say no more than that they are invalid.
func TestIntegrationHook_settings(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true // The server crashes over an app that it does not have.

	for _, test := range []struct {
		app             string
		shown, hidden   values
		want, attribute string
	}{
		{"openai", nil, values{"api_key": "k"}, "", ""},
		{"nonsense", nil, values{"api_key": "k"}, `The server has no app "nonsense"`, "app_id"},
		{"openai", values{"api_key": "k"}, values{"api_key": "k"}, "the server hides it: set it in settings_wo", "settings"},
		{"openai", nil, values{"api_key": "k", "label_suggestion": true}, "the server shows it: set it in settings", "settings_wo"},
		{"openai", values{"language": "de"}, values{"api_key": "k"}, `The app openai has no setting "language"`, "settings"},
		{"openai", values{"label_suggestion": "true"}, values{"api_key": "k"}, "has to be of the type boolean; this is a text", "settings"},
		{"openai", nil, values{"api_key": 7}, "has to be of the type string; this is a number", "settings_wo"},
		{"dyte", nil, values{"api_key": "k"}, "The app dyte needs organization_id, with the type string", "settings"},
		{"dyte", values{"organization_id": "o"}, nil, "The app dyte needs api_key", "settings_wo"},
		{"dialogflow", values{"project_id": "p"}, values{"credentials": values{}}, "The app dialogflow works in one inbox", "inbox_id"},
		{"google_translate", values{"project_id": "p"}, values{"credentials": "{}"}, "has to be of the type object; this is a text", "settings_wo"},
		{"slack", values{"channel_name": "general"}, values{"anything": []any{1}}, "", ""},
	} {
		config := values{"app_id": test.app}
		if test.shown != nil {
			config["settings"] = test.shown
		}

		if test.hidden != nil {
			config["settings_wo"], config["settings_wo_version"] = test.hidden, 1
		}

		_, diags := w.Protocol(t, nil).Plan(t.Context(), acctest.Object{Type: "chatlake_integration_hook"}, config)

		said := diags.String()
		if (said == "") != (test.want == "") || !strings.Contains(said, test.want) || !strings.Contains(said, test.attribute) {
			t.Errorf("%v: %q, want %q", config, said, test.want)
		}
	}
}

// TestIntegrationHook_hidden covers settings that the server hides: nothing sends them again but a change, and then all are sent.
func TestIntegrationHook_hidden(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := chatlaketest.With(values{"app_id": "openai", "settings": values{"label_suggestion": true}}, secret(1))
	hook := chatlaketest.Create(t, p, "chatlake_integration_hook", config)

	// Another key alone is no change: it is in no state.
	config["settings_wo"] = values{"api_key": "sk-new"}
	if p.Changes(t.Context(), hook, config) {
		t.Error("a new key without a new version is a change")
	}

	for _, change := range []values{{"settings": values{"label_suggestion": false}}, {"settings_wo_version": 2}} {
		w.Journal.Clear()

		changed, diags := p.Apply(t.Context(), hook, chatlaketest.With(config, change))
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		sent := w.Journal.Entries(nil)
		body := ""

		for _, entry := range sent {
			if entry.Method == "PATCH" {
				body += string(entry.Body)
			}
		}

		if !strings.Contains(body, `"sk-new"`) || !strings.Contains(body, `"label_suggestion"`) {
			t.Errorf("%v sent %s", change, body)
		}

		hook, config = changed, chatlaketest.With(config, change)
	}

	// Without the key, a change of what is shown is refused: the platform would lose it.
	imported, diags := p.Import(t.Context(), "chatlake_integration_hook", hook.String("id"))
	if len(diags) > 0 || p.Changes(t.Context(), imported, values{"app_id": "openai"}) {
		t.Errorf("imported %v: %s", imported.State, diags)
	}

	_, diags = p.Plan(t.Context(), imported, values{"app_id": "openai", "settings": values{"label_suggestion": true}})
	if !strings.Contains(diags.String(), "The app openai needs api_key") {
		t.Errorf("planned without the key: %s", diags)
	}
}

// TestIntegrationHook_feature refuses an app whose feature is off.
func TestIntegrationHook_feature(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	config := values{
		"app_id": "leadsquared", "settings": values{"endpoint_url": "https://x.example"},
		"settings_wo": values{"access_key": "a", "secret_key": "s"}, "settings_wo_version": 1,
	}

	chatlaketest.Destroy(t, w.Protocol(t, nil), chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_integration_hook", config))
	w.Chatlake.SwitchFeatures(false, "crm_integration")

	_, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_integration_hook", config)
	if !strings.Contains(diags.String(), "The feature crm_integration is off") {
		t.Errorf("created without the feature: %s", diags)
	}
}

// TestIntegrationHook_taken names the hook that an app has already.
func TestIntegrationHook_taken(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	first := chatlaketest.Create(t, p, "chatlake_integration_hook", integrationHookCase.Minimal)

	_, diags := p.Create(t.Context(), "chatlake_integration_hook", integrationHookCase.Minimal)
	if !strings.Contains(diags.String(), "There is integration hook "+first.String("id")+" with this app_id") {
		t.Errorf("a second one: %s", diags)
	}
}

// TestIntegrationHook_agent covers a token that does not see settings: they do not count as gone.
func TestIntegrationHook_agent(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	hook := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_integration_hook", integrationHookCase.Minimal)
	p := w.Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})

	read, diags := p.Read(t.Context(), hook)
	if read.Gone() || !strings.Contains(diags.String(), "to an administrator's token only") {
		t.Errorf("read %v: %s", read.State, diags)
	}

	_, diags = p.Data(t.Context(), "chatlake_integration_apps", values{})
	if len(diags) > 0 {
		t.Errorf("apps: %s", diags)
	}
}

// TestIntegrationHook_older covers a server that shows all settings: no secret reaches the state.
func TestIntegrationHook_older(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.8.0" })
	p := w.Protocol(t, nil)
	config := values{
		"app_id": "dyte", "settings": values{"organization_id": "o"}, "settings_wo": values{"api_key": "k-secret"}, "settings_wo_version": 1,
	}
	hook := chatlaketest.Create(t, p, "chatlake_integration_hook", config)

	imported, diags := p.Import(t.Context(), "chatlake_integration_hook", "app_id:dyte")
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for _, o := range []acctest.Object{hook, chatlaketest.ExpectStable(t, p, hook, config), imported} {
		if strings.Contains(o.State.String(), "k-secret") {
			t.Errorf("the state has the key: %s", o.State)
		}
	}
}
