package export_test

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/export"
	"github.com/seed-426837f5/terraform-provider-chat/internal/replay"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestAccExport_recorded keeps the promise for what is left after all that real servers of Chatwoot were asked: dashboards and
// other clients send no less odd things.
func TestAccExport_recorded(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true

	settings := &replay.Settings{
		BaseURL: w.URL + "/chatlake", AccountID: "1", OtherAccountID: "2", Has: map[string]bool{"enterprise": true},
		Tokens: map[string]string{
			"administrator": chatlake.AdminToken, "agent": chatlake.AgentToken, "other": chatlake.OutsiderToken,
			"bot": chatlake.BotToken, "platform": chatlake.PlatformToken,
		},
		Limit: time.Second, Client: http.DefaultClient,
	}

	problems, err := settings.Check(t.Context())
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}

	sequences, err := replay.LoadSequences(os.DirFS("../sandbox/chatlake/testdata/recordings"), "sequences")
	if err != nil {
		t.Fatal(err)
	}

	for _, sequence := range sequences {
		sequence.Steps = slices.DeleteFunc(sequence.Steps, func(step replay.Step) bool { return step.Method == http.MethodDelete })

		if _, err := settings.Run(t.Context(), sequence); err != nil {
			t.Fatal(err)
		}
	}

	w.Chatlake.Drain()

	report, files, err := run(t, w, export.Options{WithPeople: true, Only: []string{"chatlake"}})
	if err != nil {
		t.Fatal(err)
	}

	for _, problem := range report.Problems {
		if !strings.Contains(problem, "left out, because the provider does not take what the platform has") {
			t.Error(problem)
		}
	}

	const most = 30

	if report.Objects < 300 || len(report.Problems) > most {
		t.Errorf("%d objects, and %d reasons why others are left out", report.Objects, len(report.Problems))
	}

	importAll(t, w, report, files)
}
