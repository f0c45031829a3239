package export_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/export"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestAccExport keeps the promise of an export: the plan only imports, nothing is written, and then the plan is empty; another
// export writes the same files; and in an empty account the configuration makes what there was.
func TestAccExport(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true // Dashboards send what the documentation does not have.
	fill(t, w)

	dir := t.TempDir()

	report, files, err := run(t, w, export.Options{Dir: dir}, withoutPlatform)
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("%v: %v", report.Problems, err)
	}

	if !slices.ContainsFunc(report.Notes, func(note string) bool { return strings.Contains(note, "chatlake_webhook.url") }) {
		t.Errorf("nothing says that addresses of webhooks may hold secrets: %q", report.Notes)
	}

	importAll(t, w, report, files)

	_, again, err := run(t, w, export.Options{Dir: dir, Force: true}, withoutPlatform)

	diff := cmp.Diff(files, again)
	if err != nil || diff != "" {
		t.Errorf("another export differs: %v\n%s", err, diff)
	}

	clone(t, files)
}

// withoutPlatform is the environment of who has no token of a platform app: what is above the account is not exported.
const withoutPlatform = "CHATLAKE_PLATFORM_ACCESS_TOKEN="

// TestAccExport_platform keeps the promise for what is above the accounts, with and without the token of an account.
func TestAccExport_platform(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	shop := chatlaketest.Create(t, p, "chatlake_platform_account", values{"name": "Shop", "limits": values{"agents": 5}, "custom_attributes": values{"plan": "${gold}"}}).String("id")
	for _, account := range []any{nil, shop, "1"} {
		chatlaketest.Create(t, p, "chatlake_platform_agent_bot", values{"name": "Helper", "account_id": account})
	}

	chatlaketest.Create(t, p, "chatlake_platform_account_user", values{"account_id": shop, "user_id": fmt.Sprint(chatlake.AgentID), "role": "administrator"})

	report, files, err := run(t, w, export.Options{})
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("%v: %v", report.Problems, err)
	}

	wantParts(t, files["chatlake_platform_account_user.tf"], "account_id = chatlake_platform_account.shop.id", `!"1"`, "!chatlake_platform_account.sandbox")
	wantParts(t, files["chatlake_platform_agent_bot.tf"], `"helper"`, `"helper_`, "chatlake_platform_account.shop.id", "!chatlake_platform_account.sandbox")
	wantParts(t, files["chatlake_agent_bot.tf"], `"helper"`)
	wantParts(t, files["chatlake_platform_account.tf"], "agents = 5", `plan = "$${gold}"`)
	importAll(t, w, report, files)

	report, files, err = run(t, w, export.Options{}, "CHATLAKE_API_ACCESS_TOKEN=", "CHATLAKE_ACCOUNT_ID=")
	if err != nil || len(report.Problems) > 0 || files["chatlake_label.tf"] != "" {
		t.Fatalf("without the token of an account: %v: %v", report.Problems, err)
	}

	wantParts(t, files["chatlake_platform_account_user.tf"], "account_id = chatlake_platform_account.shop.id", "chatlake_platform_account.sandbox.id")
	wantParts(t, files["chatlake_platform_agent_bot.tf"], "chatlake_platform_account.sandbox.id")
	importAll(t, w, report, files)
}

// wantParts wants texts in a file, and those not after an exclamation mark.
func wantParts(t *testing.T, file string, parts ...string) {
	t.Helper()

	for _, part := range parts {
		part, isAbsent := strings.CutPrefix(part, "!")
		if strings.Contains(file, part) == isAbsent {
			t.Errorf("%q: that it is missing is %t\n%s", part, !isAbsent, file)
		}
	}
}

// TestAccExport_people keeps the promise for people and what they say.
func TestAccExport_people(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true
	fillPeople(t, w)

	report, files, err := run(t, w, export.Options{WithPeople: true})
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("%v: %v", report.Problems, err)
	}

	for kind, text := range map[string]string{
		"chatlake_contact": `"plan type" = "$${gold}"`, "chatlake_contact_inbox": "inbox_id   = chatlake_inbox.sandbox_api.id", "chatlake_contact_note": "contact_id = chatlake_contact.ana",
		"chatlake_conversation": "contact_id = chatlake_contact.ana", "chatlake_message": "conversation_id = chatlake_conversation.", "kommunicate_message": "group_id       = kommunicate_conversation.",
		"kommunicate_user": `display_name = "Mira $${x}"`, "kommunicate_conversation": "kommunicate_user.mira_x_mira.user_id",
	} {
		if !strings.Contains(files[kind+".tf"], text) {
			t.Errorf("%s lacks %s:\n%s", kind, text, files[kind+".tf"])
		}
	}

	importAll(t, w, report, files)
}

// TestAccExport_others keeps the promise for what other clients have made, in every state that is known, on all platforms. What
// no configuration can say is named, and nothing else is left out.
func TestAccExport_others(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true
	refused := fillOthers(t, w)
	dir := t.TempDir()

	report, files, err := run(t, w, export.Options{WithPeople: true, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}

	for _, problem := range report.Problems {
		kind, _, _ := strings.Cut(problem, " ")
		if !slices.Contains(refused, kind) || !strings.Contains(problem, "left out, because the provider does not take what the platform has") {
			t.Error(problem)
		}
	}

	importAll(t, w, report, files)

	_, again, err := run(t, w, export.Options{WithPeople: true, Dir: dir, Force: true})

	diff := cmp.Diff(files, again)
	if err != nil || diff != "" {
		t.Errorf("another export differs: %v\n%s", err, diff)
	}
}

// importAll applies an export, which has to import and to do nothing else.
func importAll(t *testing.T, w *acctest.World, report export.Report, files map[string]string) {
	t.Helper()

	tf := terraform(t, w, files)

	formatted := tf.Must(t, "fmt", "-check", "-diff", ".")
	if formatted != "" {
		t.Errorf("not as terraform fmt writes it:\n%s", formatted)
	}

	tf.Must(t, "init")
	w.Journal.Clear()

	planned := tf.Must(t, "plan", "-no-color")
	if !strings.Contains(planned, fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", report.Objects)) {
		t.Fatalf("%d objects, and the plan does more than import:\n%s", report.Objects, planned)
	}

	tf.Must(t, "apply", "-auto-approve")
	tf.Must(t, "plan", "-detailed-exitcode") // 2 would be a plan that is not empty.

	writes := w.Journal.Writes()
	if len(writes) > 0 {
		t.Errorf("the import has written: %v", writes)
	}
}

func terraform(t *testing.T, w *acctest.World, files map[string]string) *acctest.Terraform {
	t.Helper()

	tf := acctest.NewTerraform(t, []string{"chat"}, files)
	tf.Env = append(tf.Env, w.Environment(w.URL)...)

	return tf
}

var (
	// circular is a line that a clone leaves out at first.
	circular = regexp.MustCompile(`(?m)^ *# A reference to .* would be a cycle\..*\n.*\n`)
	// numbered is the end of a name that two objects have.
	numbered = regexp.MustCompile(`("by_hand|"hello)_\d+"`)
	// outsider is the administrator whom the other account has.
	outsider = regexp.MustCompile(`(?s)\nresource "chatlake_agent" "outside_administrator" {.*?\n}\n`)
)

// clone applies the configuration to an empty account, and compares what an export of that finds.
func clone(t *testing.T, files map[string]string) {
	t.Helper()

	w := acctest.New(t)
	w.Complaints = true
	empty := emptyAccount(t, w)

	files = maps.Clone(files)
	delete(files, "imports.tf")

	for name, content := range files {
		if strings.Contains(content, "would be a cycle") != (name == "chatlake_portal.tf") {
			t.Errorf("the cycle is not in %s:\n%s", name, content)
		}

		files[name] = circular.ReplaceAllString(content, "")
	}

	tf := terraform(t, w, files)
	tf.Env = append(tf.Env, empty...)

	for _, name := range []string{"inbox_line_line_channel_secret", "inbox_line_line_channel_token", "inbox_telegram_bot_token"} {
		tf.Env = append(tf.Env, "TF_VAR_"+name+"=secret")
	}

	tf.Must(t, "init")
	tf.Must(t, "apply", "-auto-approve")
	tf.Must(t, "plan", "-detailed-exitcode")

	_, found, err := run(t, w, export.Options{}, append(empty, withoutPlatform)...)
	if err != nil {
		t.Fatal(err)
	}

	delete(found, "imports.tf")

	diff := cmp.Diff(blocks(files), blocks(found))
	if diff != "" {
		t.Errorf("the clone differs:\n%s", diff)
	}
}

// blocks returns what is in files, sorted and without what no two accounts share.
func blocks(files map[string]string) []string {
	var found []string

	for _, content := range files {
		content = numbered.ReplaceAllString(outsider.ReplaceAllString(content, ""), "$1\"")
		found = append(found, strings.Split(strings.TrimSpace(content), "\n\n")...)
	}

	slices.Sort(found)

	return found
}

// emptyAccount empties the other account of a sandbox, and returns the environment for it.
func emptyAccount(t *testing.T, w *acctest.World) []string {
	t.Helper()

	for _, path := range []string{
		fmt.Sprintf("/inboxes/%d", chatlake.OtherInboxID), fmt.Sprintf("/teams/%d", chatlake.OtherTeamID), fmt.Sprintf("/contacts/%d", chatlake.OtherContactID),
	} {
		chatlaketest.Act(t, w, "act", chatlaketest.Object{
			"method": "DELETE", "path": fmt.Sprintf("//api/v1/accounts/%d%s", chatlake.OtherAccountID, path), "token": chatlake.OutsiderToken,
		})
	}

	return []string{fmt.Sprintf("CHATLAKE_ACCOUNT_ID=%d", chatlake.OtherAccountID), "CHATLAKE_API_ACCESS_TOKEN=" + chatlake.OutsiderToken}
}
