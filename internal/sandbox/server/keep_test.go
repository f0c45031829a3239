package server_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/replay"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

// kept is a sandbox whose state is in a file.
type kept struct {
	*server.Sandbox
	*caller

	notes strings.Builder
}

func openKept(path, world string) (*kept, error) { return openKeptAt(path, world, nil) }

func openKeptAt(path, world string, now func() time.Time) (*kept, error) {
	k := &kept{Sandbox: server.New(sandbox.Options{Now: now})}
	handler := k.Handler()
	k.caller = &caller{Client: http.Client{Transport: sandbox.RoundTripper(handler)}}

	return k, k.Keep(path, world, handler, &k.notes, k.Platforms()...)
}

func reopen(t *testing.T, path string) *kept {
	t.Helper()

	k, err := openKept(path, "")
	if err != nil {
		t.Fatal(err)
	}

	k.use(t)

	return k
}

// use lets the test end the sandbox: some systems remove no open file.
func (k *kept) use(t *testing.T) {
	t.Helper()

	k.T = t
	t.Cleanup(func() { _ = k.Close() })
}

// holdings are the views of all platforms as JSON, indented so that a difference is a line.
func (k *kept) holdings(t *testing.T) string {
	t.Helper()

	var views []sandbox.View

	for _, p := range k.Platforms() {
		p.Lock()
		views = append(views, p.View())
		p.Unlock()
	}

	raw, err := json.MarshalIndent(views, "", " ")
	if err != nil {
		t.Fatal(err)
	}

	return string(raw)
}

// fill changes something on every platform, through their own APIs, a hook and a switch.
func (k *kept) fill(t *testing.T) {
	t.Helper()

	header := right(t, k.Sandbox)
	header["access_token"] = k.authorize(t)

	for _, request := range [][3]string{
		{"POST", "/kommunicate/rest/ws/group/conversation", `{"groupName":"Kept","groupMemberList":["someone"],"clientGroupId":"kept"}`},
		{"POST", "/kommunicate/rest/ws/message/v2/send", `{"clientGroupId":"kept","message":"Kept message","fromUserName":"someone"}`},
		{"POST", "/chatlake/api/v1/accounts/1/contacts", `{"name":"Kept contact","inbox_id":101}`},
		{"POST", "/chatlake/api/v1/accounts/1/labels", `{"title":"kept-label"}`},
		{"POST", "/imichat/v3.1/chats", `{"channel":"sms","asset":{"id":"447700900100"},"customer":{"destination_id":"447700900999"},
			"messages":[{"type":"inbound","text":"Kept chat","timestamp":"2026-01-01T00:00:00.000Z"}]}`},
		{"POST", "/_sandbox/kommunicate/hooks/agent_message", `{"clientGroupId":"kept","message":"Kept answer"}`},
		{"PATCH", "/_sandbox/imichat/switches", `{"transfer":true}`},
	} {
		got := k.send(request[0], "http://sandbox"+request[1], request[2], header)
		if got.status != http.StatusOK || strings.Contains(got.body, `"error"`) {
			t.Fatalf("%v: %d %s", request, got.status, got.body)
		}
	}
}

func (k *kept) authorize(t *testing.T) string {
	t.Helper()

	header := right(t, k.Sandbox)

	return k.send("GET", "http://sandbox/imichat/v3.1/authorize", "", header).header.Get("access_token")
}

func TestStateIsKeptOverRestarts(t *testing.T) {
	t.Parallel()

	path := filepath.Join(t.TempDir(), "state")
	first := reopen(t, path)
	first.fill(t)
	token := first.authorize(t)

	second := reopen(t, path)

	before, after := first.holdings(t), second.holdings(t)
	if before != after {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}

	for _, want := range []string{"Kept message", "Kept answer", "Kept contact", "kept-label", "Kept chat"} {
		if !strings.Contains(after, want) {
			t.Errorf("%q is not there after a restart", want)
		}
	}

	switches, ok := second.IMIchat.Switches().(*imichat.Switches)
	if !ok || !switches.Transfer {
		t.Error("the switch went back")
	}

	entries := second.Journal.Entries(nil)
	if len(entries) > 0 {
		t.Errorf("the journal begins with %d requests of another run", len(entries))
	}

	// A token that was handed out before the restart is still one.
	got := second.send("GET", "http://sandbox/imichat/v3.1/chats", "", map[string]string{"access_token": token, "teamid": imichat.TeamID})
	if got.status != http.StatusOK || !strings.Contains(got.body, "447700900999") {
		t.Errorf("the chats after a restart: %d %s", got.status, got.body)
	}

	// What follows is kept, too, and a reset is.
	second.send("POST", "http://sandbox/chatlake/api/v1/accounts/1/labels", `{"title":"later"}`, right(t, second.Sandbox))

	third := reopen(t, path)
	if !strings.Contains(third.holdings(t), "later") {
		t.Error("what came after the restart is lost at the next one")
	}

	// Some systems replace no open file.
	if err := errors.Join(first.Close(), second.Close()); err != nil {
		t.Error(err)
	}

	third.send("POST", "http://sandbox/_sandbox/reset", "", nil)

	empty, last := reopen(t, filepath.Join(t.TempDir(), "other")), reopen(t, path)
	if empty.holdings(t) != last.holdings(t) {
		t.Error("a reset is not kept")
	}
}

// TestRefusedRequestIsKept lets a request that is refused do the work that was due: it is done at that time after a restart, too.
func TestRefusedRequestIsKept(t *testing.T) {
	t.Parallel()

	path := filepath.Join(t.TempDir(), "state")
	first := reopen(t, path)
	account := "http://sandbox/chatlake/api/v1/accounts/1"

	first.send("DELETE", account+"/inboxes/101", "", right(t, first.Sandbox))

	refused := first.send("GET", account+"/labels", "", map[string]string{"api_access_token": "of-another-server"})
	if refused.status != http.StatusUnauthorized {
		t.Fatalf("%d %s", refused.status, refused.body)
	}

	kept, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(kept), `"refused":true`) || strings.Contains(string(kept), "of-another-server") {
		t.Errorf("%v\n%s", err, kept)
	}

	second := reopen(t, path)
	if first.holdings(t) != second.holdings(t) {
		t.Errorf("before:\n%s\nafter:\n%s", first.holdings(t), second.holdings(t))
	}
}

// TestEverythingIsAnsweredAgain asks what real servers of Chatwoot were asked: each of these requests has to be answered
// once more as it was, or the file would be refused.
func TestEverythingIsAnsweredAgain(t *testing.T) {
	t.Parallel()

	// How many writes there are at least, by the folder of the sequences.
	for folder, least := range map[string]int{"recordings": 1000, "recordings/surface": 1000} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()

			sequences, err := replay.LoadSequences(os.DirFS("../chatlake/testdata/"+folder), "sequences")
			if err != nil {
				t.Fatal(err)
			}

			answerAgain(t, sequences, least)
		})
	}
}

func answerAgain(t *testing.T, sequences []replay.Sequence, least int) {
	t.Helper()

	path := filepath.Join(t.TempDir(), "state")
	k := reopen(t, path)
	settings := &replay.Settings{
		BaseURL: "http://sandbox/chatlake", AccountID: "1", OtherAccountID: "2", Has: map[string]bool{"enterprise": true},
		Tokens: map[string]string{
			"administrator": chatlake.AdminToken, "agent": chatlake.AgentToken, "other": chatlake.OutsiderToken,
			"bot": chatlake.BotToken, "platform": chatlake.PlatformToken,
		},
		Limit: time.Second, Client: &k.caller.Client, Sleep: func(time.Duration) {},
	}

	problems, err := settings.Check(t.Context())
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}

	for _, sequence := range sequences {
		if _, err := settings.Run(t.Context(), sequence); err != nil {
			t.Fatal(err)
		}
	}

	k.Chatlake.Drain()

	again := reopen(t, path)
	again.Chatlake.Drain()

	before, after := k.holdings(t), again.holdings(t)
	if before != after {
		reportDifference(t, before, after)
	}

	writes := len(k.Journal.Writes())
	if writes < least {
		t.Errorf("only %d writes were asked", writes)
	}
}

func reportDifference(t *testing.T, before, after string) {
	t.Helper()

	was, is := strings.Split(before, "\n"), strings.Split(after, "\n")
	for i := range was {
		if i >= len(is) || was[i] != is[i] {
			t.Fatalf("line %d was\n%s\nand is\n%s", i+1, was[i], is[min(i, len(is)-1)])
		}
	}
}

// TestJobsDuringReadsAreKept lets a read find a background job that is due: what the job draws must not move what later
// requests draw.
func TestJobsDuringReadsAreKept(t *testing.T) {
	t.Parallel()

	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	path := filepath.Join(t.TempDir(), "state")

	k, err := openKeptAt(path, "", func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}

	k.use(t)
	header := right(t, k.Sandbox)
	account := "http://sandbox/chatlake/api/v1/accounts/1"

	k.want("PATCH", "http://sandbox/_sandbox/chatlake/switches", `{"job_delay":60000}`, nil)
	k.want("POST", account+"/contacts", `{"name":"Pictured","avatar_url":"https://img.example/a.png"}`, header)

	now = now.Add(2 * time.Minute)

	k.want("GET", account+"/contacts", "", header)
	k.want("POST", account+"/agent_bots", `{"name":"Later","outgoing_url":"https://bot.example"}`, header)

	reopen(t, path)
}

func TestOtherFilesAreRefused(t *testing.T) {
	t.Parallel()

	whole := filepath.Join(t.TempDir(), "whole")
	reopen(t, whole).fill(t)

	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}

	lines := bytes.SplitAfter(content, []byte("\n"))
	without := func(i int) []byte { return bytes.Join(append(append([][]byte{}, lines[:i]...), lines[i+1:]...), nil) }
	flipped := bytes.Replace(content, []byte("kept-label"), []byte("cept-label"), 1)

	if bytes.Equal(flipped, content) {
		// Bodies are not plain text: flip a letter of a line.
		flipped = bytes.Clone(content)
		flipped[len(lines[0])+len(lines[1])+len(lines[2])/2] ^= 1
	}

	for name, test := range map[string]struct {
		content []byte
		world   string
		want    string
	}{
		"one letter changed":         {flipped, "", "is damaged in line 3"},
		"a line is missing":          {without(2), "", "is damaged in line 3"},
		"two lines changed places":   {bytes.Join([][]byte{lines[0], lines[2], lines[1]}, nil), "", "is damaged in line 2"},
		"a later version":            {bytes.Replace(content, []byte(`"version":1`), []byte(`"version":2`), 1), "", "has version 2, and this sandbox reads version 1"},
		"another seed":               {content, "another", "another -seed or -chatwoot-version"},
		"something else":             {[]byte("# Notes\n"), "", "is no file of a sandbox"},
		"nothing":                    {nil, "", "is no file of a sandbox"},
		"the first line is damaged":  {bytes.Replace(content, []byte(`"form"`), []byte(`"from"`), 1), "", "is damaged in line 1"},
		"the end of the file is cut": {content[:len(content)-20], "", ""},
	} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, test.content, 0o600); err != nil {
			t.Fatal(err)
		}

		k, err := openKept(path, test.world)
		k.use(t)

		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case test.want == "" && !strings.Contains(k.notes.String(), "left out line"):
			t.Errorf("%s: no note, but %q", name, k.notes.String())
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}

		left, readErr := os.ReadFile(path)
		if readErr != nil || test.want != "" && !bytes.Equal(left, test.content) {
			t.Errorf("%s: a file that is refused must stay as it is: %v", name, readErr)
		}
	}
}

// TestACutLineIsReplaced goes on where a crash cut the last line.
func TestACutLineIsReplaced(t *testing.T) {
	t.Parallel()

	path := filepath.Join(t.TempDir(), "state")
	reopen(t, path).fill(t)

	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}

	if err := os.Truncate(path, info.Size()-10); err != nil {
		t.Fatal(err)
	}

	k := reopen(t, path)
	k.send("POST", "http://sandbox/chatlake/api/v1/accounts/1/labels", `{"title":"after-the-crash"}`, right(t, k.Sandbox))

	if !strings.Contains(reopen(t, path).holdings(t), "after-the-crash") {
		t.Error("the request after the crash is lost")
	}
}

// TestAFileThatCannotBeWritten refuses changes that a restart would forget.
func TestAFileThatCannotBeWritten(t *testing.T) {
	t.Parallel()

	path := filepath.Join(t.TempDir(), "state")
	one, other := reopen(t, path), reopen(t, path)
	one.fill(t)

	for range 2 {
		got := other.send("POST", "http://sandbox/chatlake/api/v1/accounts/1/labels", `{"title":"lost"}`, right(t, other.Sandbox))
		if got.status != http.StatusServiceUnavailable || !strings.Contains(got.body, "another program writes") {
			t.Errorf("%d %s", got.status, got.body)
		}
	}

	if _, err := openKept(filepath.Join(t.TempDir(), "no", "such", "folder"), ""); err == nil {
		t.Error("a folder that is not there is no error")
	}
}

// TestTheFileHoldsNoForeignCredentials sends credentials that are not the sandbox's.
func TestTheFileHoldsNoForeignCredentials(t *testing.T) {
	t.Parallel()

	path := filepath.Join(t.TempDir(), "state")
	k := reopen(t, path)
	got := k.send("POST", "http://sandbox/chatlake/api/v1/accounts/1/labels", `{"title":"x1"}`, map[string]string{"api_access_token": "somebody's"})

	content, err := os.ReadFile(path)
	if err != nil || got.status != http.StatusUnauthorized || strings.Contains(string(content), "somebody") {
		t.Errorf("%d, and the file holds %s (%v)", got.status, content, err)
	}

	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the file: %v %v", info.Mode(), err)
	}
}

// TestASeedFileAdds runs a sandbox whose seed data the file of the guide adds to, and asks the platforms about it, after a reset too.
func TestASeedFileAdds(t *testing.T) {
	t.Parallel()

	guide, err := os.ReadFile("../../../templates/guides/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}

	_, block, _ := strings.Cut(string(guide), "```json\n")
	block, _, _ = strings.Cut(block, "```")

	seed := filepath.Join(t.TempDir(), "seed.json")
	if err := os.WriteFile(seed, []byte(block), 0o600); err != nil {
		t.Fatal(err)
	}

	base, pairs := run(t, server.Settings{Address: "127.0.0.1:0", Seed: seed})
	env := environment(t, pairs)
	client := &caller{T: t}

	t.Cleanup(client.CloseIdleConnections)

	header := map[string]string{
		"Api-Key": env["KOMMUNICATE_API_KEY"], "Of-User-Id": kommunicate.OwnerID, "api_access_token": "night-token",
	}

	for range 2 {
		client.want("GET", base+"/kommunicate/rest/ws/team/list", "", header, `"Night"`)
		client.want("POST", base+"/kommunicate/rest/ws/user/v2/detail", `{"userIdList":["night@agents.example","night-bot","regular"]}`, header,
			"Night Agent", "night-bot", "Regular Customer")
		client.want("GET", base+"/chatlake/api/v1/accounts/1/teams", "", header, `"night"`)
		client.want("GET", base+"/chatlake/api/v1/accounts/1/inboxes", "", header, `"Night API"`)
		client.want("GET", base+"/chatlake/api/v1/accounts/1/labels", "", header, `"night"`)

		authorized := client.send("GET", base+"/imichat/v3.1/authorize", "", right(t, server.New(sandbox.Options{})))
		token := map[string]string{"access_token": authorized.header.Get("access_token"), "teamid": "177"}
		client.want("GET", base+"/imichat/v3.1/teams", "", token, `"Night"`)
		client.want("POST", base+"/imichat/v3.1/chats", `{"channel":"sms","asset":{"id":"447700900777"},"customer":{"destination_id":"447700900999"},
			"messages":[{"type":"inbound","text":"Hello","timestamp":"2026-01-01T00:00:00.000Z"}],"assignee":"night.agent"}`, token, "447700900777")

		client.want("POST", base+"/_sandbox/reset", "", nil, "ok")
	}
}

// want asks, and wants 200 and the texts.
func (c *caller) want(method, url, body string, header map[string]string, texts ...string) {
	c.Helper()

	got := c.send(method, url, body, header)
	if got.status != http.StatusOK {
		c.Errorf("%s %s: %d %s", method, url, got.status, got.body)
	}

	for _, text := range texts {
		if !strings.Contains(got.body, text) {
			c.Errorf("%s %s: no %s in %s", method, url, text, got.body)
		}
	}
}

func TestSeedFilesThatAreRefused(t *testing.T) {
	t.Parallel()

	for content, want := range map[string]string{
		`{`:                           "unexpected end of JSON input",
		`{"chatwoot": {}}`:            `"chatwoot" is no platform`,
		`{"imichat": {"people": []}}`: `unknown field "people"`,
		`{"imichat": {"assets": [{"channel": "fax", "id": "1"}]}}`:                             `asset "1"`,
		`{"imichat": {"teams": [{"id": 101, "name": "Again"}]}}`:                               `team "Again"`,
		`{"imichat": {"users": [{"login_id": "agent.one"}]}}`:                                  `user "agent.one"`,
		`{"imichat": {"users": [{"login_id": "x", "privileges": [{"teamid": 9}]}]}}`:           "there is no team 9",
		`{"kommunicate": {"bots": ["bot"]}}`:                                                   `"bot" is empty or taken`,
		`{"kommunicate": {"teams": [{"id": 1, "name": "x", "members": ["nobody"]}]}}`:          `there is no agent "nobody"`,
		`{"chatlake": {"labels": ["billing"]}}`:                                                `label "billing" is taken`,
		`{"chatlake": {"teams": [{"name": "x", "members": ["y"]}]}}`:                           `there is no agent "y"`,
		`{"chatlake": {"agents": [{"name": "x", "email": "x@example.com", "role": "owner"}]}}`: `the role "owner"`,
	} {
		path := filepath.Join(t.TempDir(), "seed.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}

		err := server.Run(t.Context(), server.Settings{Address: "127.0.0.1:0", Seed: path}, io.Discard)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "-seed") {
			t.Errorf("%s: %v, want %s", content, err, want)
		}
	}
}

// TestPrintEnvironment prints what a running sandbox prints, and nothing else.
func TestPrintEnvironment(t *testing.T) {
	t.Parallel()

	base, env := run(t, server.Settings{Address: "127.0.0.1:0"})

	var out strings.Builder
	if err := server.PrintEnvironment(server.Settings{Address: strings.TrimPrefix(base, "http://")}, &out); err != nil {
		t.Fatal(err)
	}

	printed := strings.Split(strings.TrimSpace(out.String()), "\n")

	for i, pair := range env {
		env[i] = "export " + pair
	}

	if !reflect.DeepEqual(printed, env) {
		t.Errorf("printed %q, want %q", printed, env)
	}

	for _, address := range []string{"127.0.0.1:0", "0.0.0.0:8484", "nonsense"} {
		if err := server.PrintEnvironment(server.Settings{Address: address}, io.Discard); err == nil {
			t.Errorf("-env for %s is no error", address)
		}
	}
}

// TestTheGuideNamesTheSeedData reads the guide, which tells what the sandbox holds and how it is driven.
func TestTheGuideNamesTheSeedData(t *testing.T) {
	t.Parallel()

	guide, err := os.ReadFile("../../../templates/guides/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}

	s := server.New(sandbox.Options{})
	wanted := []string{
		kommunicate.ApplicationID, kommunicate.DefaultBotID, kommunicate.HelperBotID, chatlake.AdminToken, chatlake.AgentToken,
		chatlake.FirstLabelTitle, chatlake.OtherLabelTitle, imichat.Agent, imichat.OtherAgent, imichat.Manager, imichat.VirtualAgent,
		imichat.TeamID, imichat.OtherTeamID, imichat.UnsharedTeamID, kommunicate.OwnerID, kommunicate.AgentOneID, kommunicate.AgentTwoID,
	}

	for _, id := range []int64{
		kommunicate.DefaultTeamID, kommunicate.BillingTeamID, chatlake.AdminID, chatlake.AgentID, chatlake.SecondAgentID, chatlake.BotID,
		chatlake.APIInboxID, chatlake.WebInboxID, chatlake.TeamID,
	} {
		wanted = append(wanted, strconv.FormatInt(id, 10))
	}

	for _, channel := range imichat.Channels() {
		wanted = append(wanted, imichat.AssetID(channel)+"` ("+channel+")")
	}

	for _, want := range wanted {
		if !strings.Contains(string(guide), "`"+want) {
			t.Errorf("the guide does not name %s", want)
		}
	}

	// Each control call of the guide is there.
	client := &caller{T: t, Client: http.Client{Transport: sandbox.RoundTripper(s.Handler())}}
	calls := regexp.MustCompile("(?m)^\\| `([A-Z]+)(?:`, `[A-Z]+)? (/_sandbox/[^`]+)` \\|").FindAllStringSubmatch(string(guide), -1)

	for _, call := range calls {
		path := strings.NewReplacer("PLATFORM", "imichat", "NAME", "expire_token", "?after=N", "").Replace(call[2])

		got := client.send(call[1], "http://sandbox"+path, "{}", nil)
		if got.status == http.StatusNotFound || got.status == http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", call[0], got.status)
		}
	}

	if len(calls) < 11 {
		t.Errorf("only %d control calls are found in the guide", len(calls))
	}
}
