package desk_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var profileSettingsCases = acctest.Cases{
	Type: "chatlake_profile_settings",
	Late: map[string]string{
		"name":         "The user is there already, and has a name.",
		"availability": "The user is there already, and is shown somehow.",
		"auto_offline": "The user is there already, and is shown somehow.",
		"email":        "The user is there already, and has an address.",
	},
	Minimal: values{},
	Odd:     []values{{"display_name": "", "phone_number": ""}, {"message_signature": ""}},
	Stages: []values{
		{
			"name": "One", "display_name": "O", "message_signature": "Bye\n**One**", "phone_number": "+14155550123", "availability": "busy",
			"auto_offline": true, "avatar": chatlaketest.PicturePNG,
		},
		{
			"name": "Two", "display_name": "T", "message_signature": "See you", "phone_number": "+14155550124", "availability": "offline",
			"auto_offline": false, "avatar": chatlaketest.PictureGIF,
		},
	},
	OnlySimulator: "the profile of a user is not its own object",
	Kept: map[string]string{
		"name": "every user has a name", "availability": "every user is shown somehow", "auto_offline": "every user is shown somehow",
	},
	Refused: []acctest.Refused{
		{Config: values{"name": " "}, Want: `must not be blank`},
		{Config: values{"availability": "away"}, Want: `must be one of`},
		{Config: values{"avatar": "desk_test.go"}, Want: `is no picture that the platform takes: its content is text/plain`},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"display_name": func(t *testing.T, w *acctest.World, _ acctest.Object) {
			t.Helper()
			chatlaketest.Ask(t, w, "PATCH", "//api/v1/profile", chatlaketest.Object{"profile": chatlaketest.Object{"display_name": "By hand", "message_signature": "By hand"}})
		},
		"avatar": func(t *testing.T, w *acctest.World, _ acctest.Object) {
			t.Helper()
			chatlaketest.Ask(t, w, "DELETE", "//api/v1/profile/avatar", nil)
		},
	},
	Import: acctest.Import{Lost: map[string]string{"avatar": "the platform does not return what a picture shows"}},
	Stays:  "the user stays, with the profile",
	Skip:   map[string]string{"life": "a user cannot be created here, and no other user's profile can be imported; see TestProfileSettings"},
}

// TestProfileSettings covers what is special about the own profile: destroy changes nothing, one call is sent for what changes, and no
// other user's profile is taken for it.
func TestProfileSettings(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	profile, diags := p.Create(t.Context(), "chatlake_profile_settings", values{"availability": "busy"})
	if len(diags) > 0 || profile.String("name") != "Ada Administrator" || profile.String("email") != "administrator@sandbox.example" || len(w.Journal.Writes()) != 1 {
		t.Fatalf("created %v with %d writes\n%s", profile.State, len(w.Journal.Writes()), diags)
	}

	_, diags = p.Import(t.Context(), "chatlake_profile_settings", fmt.Sprint(chatlake.AgentID))
	if !strings.Contains(diags.String(), "The state is of another user") {
		t.Errorf("imported: %s", diags)
	}

	other := w.Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})

	_, diags = other.Apply(t.Context(), profile, values{"availability": "online"})
	if !strings.Contains(diags.String(), "The state is of another user") {
		t.Errorf("updated with the token of somebody else: %s", diags)
	}

	gone, diags := p.Apply(t.Context(), profile, nil)
	if len(diags) > 0 || !gone.Gone() || len(w.Journal.Writes()) != 1 {
		t.Errorf("destroyed %v with %d writes\n%s", gone.State, len(w.Journal.Writes()), diags)
	}
}

func TestProfileSettings_picture(t *testing.T) {
	chatlaketest.RunPicture(t, chatlaketest.Pictured{
		Type: "chatlake_profile_settings", Argument: "avatar", Config: values{},
		ByHand: chatlaketest.PictureBy("//api/v1/profile", "avatar", "profile"),
	})
}

// TestProfileSettings_failedPicture covers a picture that cannot be sent: the state has none, and the next apply sends it.
func TestProfileSettings_failedPicture(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, values{"max_retries": 0})
	config := values{"display_name": "O", "avatar": chatlaketest.PicturePNG}

	w.Faults.Add(sandbox.Fault{Name: "refused", Platform: "chatlake", Method: http.MethodPatch, Skip: 1, Status: http.StatusServiceUnavailable})

	failed, diags := p.Create(t.Context(), "chatlake_profile_settings", config)
	if !strings.Contains(diags.String(), "Unable to set the avatar of the profile") || failed.Gone() || failed.String("avatar") != "" {
		t.Fatalf("%v\n%s", failed.State, diags)
	}

	w.Faults.Clear()

	applied, diags := p.Apply(t.Context(), failed, config)
	if len(diags) > 0 || applied.String("avatar") != chatlaketest.PicturePNG || p.Changes(t.Context(), applied, config) {
		t.Errorf("%v\n%s", applied.State, diags)
	}
}

// TestProfileSettings_data reads the profile.
func TestProfileSettings_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_profile_settings", Config: values{}, Want: map[string]string{"name": "Ada Administrator", "availability": "online"}},
	)
}
