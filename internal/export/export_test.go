package export_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/export"
	"github.com/seed-426837f5/terraform-provider-chat/internal/plugin"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestMain(m *testing.M) {
	dir := os.Getenv("CHAT_TEST_EXPORT")
	if dir == "" {
		os.Exit(acctest.Main(m))
	}

	// A benchmark measures this process.
	options := export.Options{Dir: dir, Only: []string{"chatlake_contact"}, Provider: "chat", Environ: os.Environ()}
	if _, err := export.Run(context.Background(), plugin.Server(provider.New("test")())(), options); err != nil {
		panic(err)
	}
}

// run exports a sandbox, with an environment that goes before its own, and returns what was written.
func run(t *testing.T, w *acctest.World, options export.Options, environment ...string) (export.Report, map[string]string, error) {
	t.Helper()

	for _, pair := range append(w.Environment(w.URL), environment...) {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}

	t.Setenv("CHAT_MAX_RETRIES", "1")

	if options.Dir == "" {
		options.Dir = t.TempDir()
	}

	if options.Provider == "" {
		options.Provider = "chat"
	}

	options.Environ = os.Environ()
	report, err := export.Run(t.Context(), plugin.Server(provider.New("test")())(), options)

	return report, read(t, options.Dir), err
}

// read returns the files of a folder.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()

	files := map[string]string{}

	paths, err := filepath.Glob(filepath.Join(dir, "*.tf"))
	if err != nil {
		t.Fatal(err)
	}

	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}

		files[filepath.Base(path)] = string(content)
	}

	return files
}

// TestRun_selection exports what the flags name.
func TestRun_selection(t *testing.T) {
	w := acctest.New(t)
	chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"identifier": "ana", "name": "Ana"})

	for _, c := range []struct {
		options export.Options
		has     []string
		hasNot  []string
		refused string
	}{
		{export.Options{}, nil, []string{"chatlake_contact.tf"}, ""},
		{export.Options{WithPeople: true}, []string{"chatlake_contact.tf", "imports.tf", "providers.tf"}, nil, ""},
		{export.Options{Only: []string{"chatlake_contact"}}, []string{"chatlake_contact.tf"}, nil, ""},
		{export.Options{}, nil, []string{"chatlake_profile_settings.tf", "chatlake_notification_settings.tf"}, ""},
		{export.Options{Only: []string{"chatlake_profile_settings"}}, []string{"chatlake_profile_settings.tf"}, nil, ""},
		{export.Options{WithPeople: true, Only: []string{"kommunicate"}}, nil, []string{"chatlake_contact.tf"}, ""},
		{export.Options{WithPeople: true, Skip: []string{"chatlake_contact"}}, nil, []string{"chatlake_contact.tf"}, ""},
		{export.Options{WithPeople: true, Skip: []string{"chatlake"}}, nil, []string{"chatlake_contact.tf"}, ""},
		{export.Options{Only: []string{"chatlake_contacts"}}, nil, nil, `"chatlake_contacts" is neither a platform nor a type`},
		{export.Options{Skip: []string{"chatwoot"}}, nil, nil, `"chatwoot" is neither`},
		{export.Options{Only: []string{"chatlake_label"}, Skip: []string{"chatlake"}}, nil, nil, "leave nothing to export"},
		{export.Options{Only: []string{"chatlake_inbox_member"}}, nil, nil, "only say again what others say"},
		{export.Options{Provider: "my provider"}, nil, nil, `"my provider" cannot be the local name`},
	} {
		_, files, err := run(t, w, c.options)
		if (err == nil) != (c.refused == "") || err != nil && !strings.Contains(err.Error(), c.refused) {
			t.Errorf("%v: %v", c.options, err)
		}

		for _, name := range c.has {
			if files[name] == "" {
				t.Errorf("%v: no %s", c.options, name)
			}
		}

		for _, name := range c.hasNot {
			if files[name] != "" {
				t.Errorf("%v: there is %s", c.options, name)
			}
		}
	}
}

// TestRun_platform selects what is above the accounts by its token, and says what cannot be listed.
func TestRun_platform(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)

	report, files, err := run(t, w, export.Options{}, withoutPlatform)
	if err != nil || len(report.Problems) > 0 || files["chatlake_platform_account.tf"] != "" || strings.Contains(fmt.Sprint(report.Notes), "chatlake_platform_user") {
		t.Errorf("without the token: %v: %v %v", err, report.Problems, report.Notes)
	}

	_, _, err = run(t, w, export.Options{Only: []string{"chatlake_platform_account"}}, withoutPlatform)
	if err == nil || !strings.Contains(err.Error(), "Set chatlake.platform_access_token") {
		t.Errorf("named without the token: %v", err)
	}

	report, _, err = run(t, w, export.Options{})
	if err != nil || !strings.Contains(fmt.Sprint(report.Notes), "The platforms do not list these types") || !strings.Contains(fmt.Sprint(report.Notes), "chatlake_platform_user") {
		t.Errorf("nothing is said about people: %v %v", err, report.Notes)
	}

	_, diags := p.Apply(t.Context(), chatlaketest.Create(t, p, "chatlake_platform_account", values{"name": "Deleted"}), nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	report, files, err = run(t, w, export.Options{})
	if err != nil || len(report.Problems) != 1 || !strings.HasPrefix(report.Problems[0], "chatlake_platform_account, chatlake_platform_account_user: ") {
		t.Errorf("after a deletion: %v: %v", err, report.Problems)
	}

	for _, name := range []string{"chatlake_platform_account.tf", "chatlake_platform_account_user.tf"} {
		if !strings.Contains(files[name], "it cannot once one of them was deleted") {
			t.Errorf("%s does not say why it lacks everything: %s", name, files[name])
		}
	}
}

// TestRun_provider names the provider in each block, but for a platform that has its name.
func TestRun_provider(t *testing.T) {
	w := acctest.New(t)
	chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"identifier": "ana", "name": "Ana"})

	for name, block := range map[string]string{
		"chat":     "{\n  provider = chat\n\n  blocked    = false\n",
		"chatlake": "{\n  blocked    = false\n",
	} {
		_, files, err := run(t, w, export.Options{Only: []string{"chatlake_contact"}, Provider: name})
		if err != nil || !strings.Contains(files["chatlake_contact.tf"], block) || !strings.Contains(files["providers.tf"], "provider \""+name+"\" {}") {
			t.Errorf("%s: %v\n%s\n%s", name, err, files["chatlake_contact.tf"], files["providers.tf"])
		}
	}
}

// TestRun_refused exports what may be listed, and says what may not.
func TestRun_refused(t *testing.T) {
	w := acctest.New(t)
	chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"identifier": "ana", "name": "Ana"})

	for _, status := range []int{401, 403, 404} {
		w.Faults.Clear()
		w.Faults.Add(sandbox.Fault{Method: "GET", Path: "/api/v1/accounts/*/conversations", Status: status, Body: `{"error":"Not for you"}`, Times: 100})

		report, files, err := run(t, w, export.Options{WithPeople: true, Only: []string{"chatlake"}})
		if err != nil || len(report.Problems) != 1 || !strings.Contains(report.Problems[0], "chatlake_conversation") {
			t.Errorf("%d: %v %v", status, report, err)
		}

		if files["chatlake_contact.tf"] == "" || !strings.Contains(files["chatlake_conversation.tf"], "# Not everything of this type could be listed. ") {
			t.Errorf("%d: %v", status, files)
		}
	}

	w.Faults.Clear()
	w.Faults.Add(sandbox.Fault{Platform: "chatlake", Status: 401, Body: `{"error":"Invalid Access Token"}`, Times: 100})

	dir := filepath.Join(t.TempDir(), "new")

	_, files, err := run(t, w, export.Options{WithPeople: true, Only: []string{"chatlake"}, Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "nothing could be exported") || len(files) > 0 {
		t.Errorf("%v: %v", err, files)
	}
}

// TestRun_systemBot leaves out a bot of the whole installation. An inbox that has it names its id.
func TestRun_systemBot(t *testing.T) {
	w := acctest.New(t)
	w.Faults.Add(sandbox.Fault{Method: "GET", Path: "/api/v1/accounts/*/agent_bots", Status: 200, Times: 100, Body: `[{"id":7,"name":"System","account_id":null,"system_bot":true}]`})
	w.Faults.Add(sandbox.Fault{Method: "GET", Path: "/api/v1/accounts/*/inboxes/101/agent_bot", Status: 200, Times: 100, Body: `{"agent_bot":{"id":7,"name":"System"}}`})

	report, files, err := run(t, w, export.Options{Only: []string{"chatlake_agent_bot", "chatlake_inbox"}})
	if err != nil || len(report.Problems) > 0 || files["chatlake_agent_bot.tf"] != "" || !strings.Contains(files["chatlake_inbox.tf"], `= "7"`) {
		t.Errorf("%v: %v\n%s\n%s", report, err, files["chatlake_agent_bot.tf"], files["chatlake_inbox.tf"])
	}
}

// TestRun_oldServer exports what an old server has, and notes what it does not have yet: nothing is missing.
func TestRun_oldServer(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true

	for _, version := range []string{"3.16.0", "4.2.0"} {
		w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })

		report, files, err := run(t, w, export.Options{WithPeople: true, Only: []string{"chatlake"}})
		if err != nil || len(report.Problems) > 0 || files["chatlake_label.tf"] == "" {
			t.Errorf("%s: %v %v", version, report, err)
		}

		if !slices.ContainsFunc(report.Notes, func(note string) bool { return strings.Contains(note, "The server has no assignment policies") }) {
			t.Errorf("%s: the notes are %q", version, report.Notes)
		}
	}
}

// TestRun_oddRows exports what can be read of a list, and says what cannot.
func TestRun_oddRows(t *testing.T) {
	w := acctest.New(t)
	w.Faults.Add(sandbox.Fault{
		Method: "GET", Path: "/api/v1/accounts/*/labels", Status: 200, Times: 100,
		Body: `{"payload":[{"id":1,"title":"vip","color":"#111111"},{"id":{"secret":"x"}},{"id":3,"title":"","color":"#111111"}]}`,
	})

	report, files, err := run(t, w, export.Options{Only: []string{"chatlake_label"}})
	if err != nil || report.Objects != 1 {
		t.Errorf("%v: %v", report, err)
	}

	if len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "Not all rows of chatlake_label could be read") {
		t.Errorf("the notes are %q", report.Notes)
	}

	if len(report.Problems) != 1 || !strings.HasPrefix(report.Problems[0], "chatlake_label 3: left out, because the provider does not take") {
		t.Errorf("the problems are %q", report.Problems)
	}

	for _, want := range []string{`title = "vip"`, "# Not all rows of chatlake_label could be read", "# 3: left out, because"} {
		if !strings.Contains(files["chatlake_label.tf"], want) {
			t.Errorf("%s is not in\n%s", want, files["chatlake_label.tf"])
		}
	}
}

// TestRun_contacts exports many contacts in pages.
func TestRun_contacts(t *testing.T) {
	const count = 100

	w := acctest.New(t)
	for i := range count {
		chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"identifier": fmt.Sprint("customer-", i), "name": fmt.Sprint("Customer ", i)})
	}

	w.Journal.Clear()

	report, files, err := run(t, w, export.Options{Only: []string{"chatlake_contact"}})
	if err != nil || report.Objects != count || strings.Count(files["imports.tf"], "import {") != count {
		t.Errorf("%v: %v", report, err)
	}

	n := w.Journal.Count("")
	if n == 0 || n > count/15+2 {
		t.Errorf("%d requests for %d contacts", n, count)
	}
}
