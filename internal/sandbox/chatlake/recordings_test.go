package chatlake_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/replay"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// Real servers were asked the sequences in testdata/recordings/sequences; what they answered is beside them, one file a
// release. Here the simulator plays each of these releases and is asked the same. CHATLAKE_REPLAY=labels,contacts narrows
// the sequences, CHATLAKE_REPLAY_ALL=1 prints all differences.
const recordings = "testdata/recordings"

// maxExceptions bounds the list of differences that stay.
const maxExceptions = 40

// TestRecordings compares the simulator with the recordings of real servers. A release may not have more differences than
// budget.txt says, and that number may only fall.
func TestRecordings(t *testing.T) {
	t.Parallel()

	sequences, err := replay.LoadSequences(os.DirFS(recordings), "sequences")
	if err != nil {
		t.Fatal(err)
	}

	noise, exceptions := readNoise(t), readExceptions(t)
	for release, budget := range readBudget(t) {
		t.Run(release, func(t *testing.T) {
			t.Parallel()
			skipOlder(t, release)
			compareRelease(t, release, budget, sequences, noise, exceptions)
		})
	}
}

// skipOlder leaves out what is not of the newest recorded release in a short run. That is one with the race detector, which
// takes ten times as long and looks for something else; the run without it replays all.
func skipOlder(t *testing.T, server string) {
	t.Helper()

	if testing.Short() && server != chatlake.DefaultVersion {
		t.Skip("replayed by the run without -short")
	}
}

// TestRecordingsHaveBudgets keeps a recording from being forgotten.
func TestRecordingsHaveBudgets(t *testing.T) {
	t.Parallel()

	files, err := filepath.Glob(filepath.Join(recordings, "*.jsonl.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings: %v", err)
	}

	budgets := readBudget(t)

	for _, file := range files {
		release := strings.TrimSuffix(filepath.Base(file), ".jsonl.gz")

		_, has := budgets[release]
		if !has {
			t.Errorf("budget.txt has no line for %s", release)
		}
	}
}

func compareRelease(t *testing.T, release string, budget int, sequences []replay.Sequence, noise []*regexp.Regexp, exceptions []exception) {
	t.Helper()

	chosen := os.Getenv("CHATLAKE_REPLAY")
	found, report := differences(t, release, readRecording(t, recordings, release), sequences, false, noise, exceptions)

	t.Logf("%s: %d differences, budget %d", release, len(found), budget)

	if os.Getenv("CHATLAKE_REPLAY_ALL") != "" {
		t.Log(report)
	}

	if len(found) > budget && chosen == "" {
		t.Errorf("%s: %d differences from a real server, %d are allowed:\n%s", release, len(found), budget, head(report, 200))
	}
}

// differences replays the sequences of a recording and returns where the simulator differs, and a report of it. It takes
// the rows of these sequences out of the recording. The server is a release, or a release and an edition such as
// 4.15.1-community.
func differences(
	t *testing.T, server string, recorded replay.Recording, sequences []replay.Sequence, inOwnAccount bool, noise []*regexp.Regexp,
	exceptions []exception,
) ([]replay.Difference, string) {
	t.Helper()

	release, _, _ := strings.Cut(server, "-")
	settings := playRelease(t, server, !inOwnAccount)
	chosen := os.Getenv("CHATLAKE_REPLAY")

	var (
		found  []replay.Difference
		report strings.Builder
	)

	told := map[string]bool{}

	for _, sequence := range sequences {
		isChosen := chosen == "" || slices.Contains(strings.Split(chosen, ","), sequence.Name)
		isRecorded := slices.ContainsFunc(slices.Collect(maps.Keys(recorded)), func(k replay.Key) bool { return k.Sequence == sequence.Name })

		if !isChosen || !isRecorded {
			continue
		}

		rows, err := settings.Run(t.Context(), sequence)
		if err != nil {
			t.Fatal(err)
		}

		for _, row := range rows {
			step, want := sequence.Steps[row.Step], recorded[row.Key]

			differences := replay.Without(compareRow(step, want, row), noise)
			differences = slices.DeleteFunc(differences, func(d replay.Difference) bool { return isException(exceptions, release, d) })
			differences = slices.DeleteFunc(differences, func(d replay.Difference) bool {
				place := fmt.Sprint(d.Endpoint, d)
				before := told[place]
				told[place] = true

				return before
			})

			found = append(found, differences...)
			describe(&report, step, want, row, differences)
			delete(recorded, row.Key)
		}

		for i, step := range sequence.Steps {
			missed, isMissed := recorded[replay.Key{Sequence: sequence.Name, Step: i}]
			if !isMissed {
				continue
			}

			difference := replay.Difference{Key: missed.Key, Endpoint: step.Endpoint(), Kind: "not asked", A: "asked", B: "not asked"}
			found = append(found, difference)
			describe(&report, step, missed, replay.Row{Key: missed.Key}, []replay.Difference{difference})
		}
	}

	return found, report.String()
}

func compareRow(step replay.Step, recorded, simulated replay.Row) []replay.Difference {
	if recorded.Status == 0 {
		return []replay.Difference{{Key: simulated.Key, Endpoint: step.Endpoint(), Kind: "not asked", A: "not asked", B: "asked"}}
	}

	return replay.Compare(step, recorded, simulated)
}

// describe writes the request, both answers, and where they differ.
func describe(report *strings.Builder, step replay.Step, recorded, simulated replay.Row, differences []replay.Difference) {
	if len(differences) == 0 {
		return
	}

	fmt.Fprintf(report, "\n%s %q: %s\n", recorded.Key, step.Title(), step.Request())
	fmt.Fprintf(report, "    server:    %s\n    simulator: %s\n", recorded, simulated)

	for _, d := range differences {
		fmt.Fprintf(report, "    %s\n", d)
	}
}

func head(text string, lines int) string {
	all := strings.SplitAfter(text, "\n")
	if len(all) <= lines {
		return text
	}

	return strings.Join(all[:lines], "") + fmt.Sprintf("… %d more lines; CHATLAKE_REPLAY_ALL=1 prints them\n", len(all)-lines)
}

// playRelease starts a simulator of a server and returns how to reach it. Where no order is promised, lists are shuffled,
// or as they are on a server that has nothing else to do.
func playRelease(t *testing.T, server string, shuffled bool) *replay.Settings {
	t.Helper()

	var slept atomic.Int64 // Nothing waits: the clock moves in its place.

	now := func() time.Time { return time.Now().Add(time.Duration(slept.Load())) }
	core := sandbox.New(sandbox.Options{Now: now})
	p := chatlake.New(core)
	release, edition, _ := strings.Cut(server, "-")

	p.SetSwitches(func(s *chatlake.Switches) {
		s.Version, s.ShuffleUnsorted, s.Enterprise = release, shuffled, edition != "community"
	})

	if edition != "enterprise" {
		p.SwitchFeatures(false, switchedFeatures...)
	}

	settings := &replay.Settings{
		Sleep:   func(d time.Duration) { slept.Add(int64(d)) },
		BaseURL: "http://simulator/chatlake", AccountID: "1", OtherAccountID: "2",
		Tokens: map[string]string{
			"administrator": chatlake.AdminToken, "agent": chatlake.AgentToken, "other": chatlake.OutsiderToken,
			"bot": chatlake.BotToken, "platform": chatlake.PlatformToken,
		},
		Has:    map[string]bool{"enterprise": true, "extra:platform2": true},
		Extra:  map[string]any{"platform2": chatlake.SecondPlatformToken},
		Limit:  10 * time.Minute,
		Client: &http.Client{Transport: sandbox.RoundTripper(core.Mount(p))},
	}

	if edition == "enterprise" {
		settings.Features = map[string]bool{}
		for _, name := range switchedFeatures {
			settings.Features[name] = true
		}
	}

	if !shuffled {
		addTwilioInboxes(t, settings)
		p.SetSwitches(func(s *chatlake.Switches) { s.VendorsUnreachable = true }) // The recorded servers had no way to the outside.
	}

	problems, err := settings.Check(t.Context())
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}

	if edition == "community" { // It was asked about all features without having one.
		for _, name := range switchedFeatures {
			settings.Has["feature:"+name] = true
		}
	}

	return settings
}

// addTwilioInboxes makes the inboxes at Twilio that the recorded servers had from the start.
func addTwilioInboxes(t *testing.T, settings *replay.Settings) {
	t.Helper()

	for name, fields := range map[string]string{
		"twilio_sms":      `"medium":"sms","phone_number":"+19012345678","account_sid":"AC0a1b2c"`,
		"twilio_whatsapp": `"medium":"whatsapp","phone_number":"+19012345679","account_sid":"AC0a1b2cw"`,
		"twilio_service":  `"medium":"sms","messaging_service_sid":"MG0a1b2c","account_sid":"AC0a1b2cs","api_key_sid":"SK1"`,
	} {
		body := fmt.Sprintf(`{"twilio_channel":{"name":"%s 0a1b2c","auth_token":"t",%s}}`, name, fields)

		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost,
			settings.BaseURL+"/api/v1/accounts/"+settings.AccountID+twilioPath, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}

		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Api-Access-Token", settings.Tokens["administrator"])

		response, err := settings.Client.Do(request)
		if err != nil {
			t.Fatal(err)
		}

		var made struct{ ID int64 }

		err = errors.Join(json.NewDecoder(response.Body).Decode(&made), response.Body.Close())
		if err != nil || made.ID == 0 {
			t.Fatal(name, response.Status, err)
		}

		settings.Has["extra:"+name], settings.Extra[name] = true, made.ID
	}
}

// switchedFeatures are what was switched on for the accounts of the recording with all features.
var switchedFeatures = strings.Fields(`conversation_unread_counts disable_branding audit_logs custom_tools sla help_center_embedding_search
	linear_integration captain_integration custom_roles shopify_integration crm_integration channel_voice notion_integration
	captain_integration_v2 whatsapp_campaign captain_document_auto_sync saml companies csat_review_notes conversation_required_attributes
	advanced_assignment`)

func readRecording(t *testing.T, folder, name string) replay.Recording {
	t.Helper()

	file, err := os.Open(filepath.Join(folder, name+".jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = file.Close() }()

	recording, err := replay.Read(file)
	if err != nil {
		t.Fatal(err)
	}

	return recording
}

func readNoise(t *testing.T) []*regexp.Regexp {
	t.Helper()

	file, err := os.Open(filepath.Join(recordings, "noise.txt"))
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = file.Close() }()

	patterns, err := replay.ReadPatterns(file)
	if err != nil {
		t.Fatal(err)
	}

	return patterns
}

// readBudget reads how many differences each release may have.
func readBudget(t *testing.T) map[string]int {
	t.Helper()

	budgets := map[string]int{}

	for _, line := range dataLines(t, "budget.txt") {
		release, number, _ := strings.Cut(line, " ")

		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}

		budgets[release] = n
	}

	return budgets
}

// exception is one row of exceptions.txt.
type exception struct {
	first, last, sequence, step string
	place                       *regexp.Regexp
}

func readExceptions(t *testing.T) []exception {
	t.Helper()

	var all []exception

	for _, line := range dataLines(t, "exceptions.txt") {
		fields := strings.SplitN(line, " ", 4)
		if len(fields) != 4 {
			t.Fatalf("exceptions.txt: %q has not four fields", line)
		}

		first, last, isRange := strings.Cut(fields[0], "..")
		if !isRange {
			last = first
		}

		all = append(all, exception{first, last, fields[1], fields[2], regexp.MustCompile(fields[3])})
	}

	if len(all) > maxExceptions {
		t.Errorf("exceptions.txt has %d rows, %d are allowed", len(all), maxExceptions)
	}

	return all
}

func isException(all []exception, release string, d replay.Difference) bool {
	return slices.ContainsFunc(all, func(e exception) bool {
		inRange := e.first == "*" || chatlake.CompareReleases(e.first, release) <= 0 && chatlake.CompareReleases(release, e.last) <= 0

		return inRange && (e.sequence == d.Sequence || e.sequence == "*") && (e.step == "*" || e.step == strconv.Itoa(d.Step)) &&
			e.place.MatchString(d.Kind+" "+d.Path)
	})
}

// dataLines returns the lines of a file that are no comments.
func dataLines(t *testing.T, name string) []string {
	t.Helper()

	file, err := os.Open(filepath.Join(recordings, name))
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = file.Close() }()

	var lines []string

	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		line := strings.TrimSpace(scanner.Text())
		if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}

	return lines
}
