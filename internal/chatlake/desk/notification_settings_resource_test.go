package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var notificationSettingsCases = acctest.Cases{
	Type:    "chatlake_notification_settings",
	Minimal: values{},
	Odd:     []values{{"selected_email_flags": []any{}}, {"selected_push_flags": []any{}}},
	Stages: []values{
		{
			"selected_email_flags": []any{"email_conversation_creation", "email_conversation_mention"},
			"selected_push_flags":  []any{"push_conversation_assignment", "push_sla_missed_resolution"},
		},
		{"selected_email_flags": []any{"email_conversation_mention"}, "selected_push_flags": []any{"push_conversation_creation"}},
	},
	Kept: map[string]string{
		"selected_email_flags[]": "what is taken out is emptied, which is not what a new member has",
		"selected_push_flags[]":  "what is taken out is emptied, which is not what a new member has",
	},
	OnlySimulator: "the settings of a user are not their own object",
	Refused: []acctest.Refused{
		{Config: values{"selected_email_flags": []any{""}}, Want: `must be a text of at least 1 character`},
		{Config: values{"selected_push_flags": []any{""}}, Want: `must be a text of at least 1 character`},
	},
	Warned: []acctest.Refused{
		{Config: values{"selected_email_flags": []any{"email_weather"}}, Want: "email_conversation_creation"},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"flags": chatlaketest.DriftBy("PATCH", "/notification_settings", `{"notification_settings":{"selected_email_flags":[],"selected_push_flags":["push_conversation_mention"]}}`),
	},
	Stays: "the user stays, with the settings",
	Skip:  map[string]string{"life": "settings cannot be created, and no other user's can be imported; see TestNotificationSettings"},
}

// TestNotificationSettings covers what is special about one's own settings: what is not configured is sent back as it is, destroy
// changes nothing, and no other user's settings are taken for them.
func TestNotificationSettings(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	wantFlags := func(email, push string) {
		t.Helper()

		has := chatlaketest.Ask(t, w, "GET", "/notification_settings", nil)
		got := fmt.Sprint(has["selected_email_flags"], has["selected_push_flags"])
		if got != fmt.Sprintf("[%s] [%s]", email, push) {
			t.Errorf("the server has %s", got)
		}
	}

	wantFlags("email_conversation_assignment", "push_conversation_assignment")

	settings, diags := p.Create(t.Context(), "chatlake_notification_settings", values{"selected_email_flags": []any{}})
	if len(diags) > 0 || settings.String("id") != fmt.Sprint(chatlake.AdminID) {
		t.Fatalf("created %v\n%s", settings.State, diags)
	}

	wantFlags("", "push_conversation_assignment")

	settings, diags = p.Apply(t.Context(), settings, values{"selected_email_flags": []any{"email_conversation_mention"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	wantFlags("email_conversation_mention", "push_conversation_assignment")

	_, diags = p.Import(t.Context(), "chatlake_notification_settings", fmt.Sprint(chatlake.AgentID))
	if !strings.Contains(diags.String(), "The state is of another user") {
		t.Errorf("imported: %s", diags)
	}

	other := w.Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})

	_, diags = other.Apply(t.Context(), settings, values{"selected_email_flags": []any{}})
	if !strings.Contains(diags.String(), "The state is of another user") {
		t.Errorf("updated with the token of somebody else: %s", diags)
	}

	_, diags = p.Apply(t.Context(), settings, values{"selected_email_flags": []any{"email_weather"}})
	if !strings.Contains(diags.String(), `does not know the flag "email_weather"`) || !strings.Contains(diags.String(), "it knows email_conversation_creation") {
		t.Errorf("an unknown flag: %s", diags)
	}

	w.Journal.Clear()

	gone, diags := p.Apply(t.Context(), settings, nil)
	if len(diags) > 0 || !gone.Gone() || len(w.Journal.Writes()) > 0 {
		t.Errorf("destroyed %v with %d writes\n%s", gone.State, len(w.Journal.Writes()), diags)
	}

	wantFlags("email_conversation_mention", "push_conversation_assignment")
}

// TestNotificationSettings_data reads the settings of an agent.
func TestNotificationSettings_data(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})

	found, diags := p.Data(t.Context(), "chatlake_notification_settings", values{})
	if len(diags) > 0 || chatlaketest.DataText(found, "id") != fmt.Sprint(chatlake.AgentID) {
		t.Errorf("found %v\n%s", found, diags)
	}
}
