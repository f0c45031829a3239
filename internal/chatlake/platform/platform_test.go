package platform_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/platform"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

const onlySimulator = "it needs the token of a platform app, which the cases of an account have not"

// byHand changes an object as another program with the app's token does.
func byHand(method, path, body string) func(*testing.T, *acctest.World, acctest.Object) {
	return func(t *testing.T, w *acctest.World, o acctest.Object) {
		t.Helper()
		send(t, w, method, fmt.Sprintf(path, o.String("id")), body)
	}
}

func send(t *testing.T, w *acctest.World, method, path, body string) {
	t.Helper()

	req, err := http.NewRequestWithContext(t.Context(), method, w.URL+"/chatlake/platform/api/v1"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}

	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Api-Access-Token", chatlake.PlatformToken)

	response, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = response.Body.Close() }()

	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s", method, path, response.Status)
	}
}

var accountCases = acctest.Cases{
	Type:    "chatlake_platform_account",
	Minimal: values{"name": "Minimal"},
	Stages: []values{
		{
			"name": "One", "locale": "de", "domain": "one.example", "support_email": "one@example.com", "status": "active",
			"features": values{"help_center": false, "sla": true}, "limits": values{"agents": 5, "inboxes": 7}, "custom_attributes": values{"plan": "x", "n": 1},
		},
		{
			"name": "Two", "locale": "fr", "domain": "two.example", "support_email": "two@example.com", "status": "suspended",
			"features": values{"help_center": true}, "limits": values{"emails": 3}, "custom_attributes": values{"n": 2},
		},
	},
	Kept: map[string]string{
		"locale": "every account has a language", "status": "every account has a status",
	},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"status": "closed"}, Want: `value must be one of`},
		{Config: values{"limits": values{"contacts": 1}}, Want: `value must be one of`},
		{Config: values{"support_email": "x"}, Want: `must be an e-mail address`},
		{Config: values{"locale": "German"}, Want: `must be the name of a language`},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"features and limits": byHand("PATCH", "/accounts/%s", `{"features":{"sla":false},"limits":{}}`),
	},
	Import:        acctest.Import{Lost: map[string]string{"features": "an account has dozens: only what is named is tracked"}},
	OnlySimulator: onlySimulator,
}

var userCases = acctest.Cases{
	Type:    "chatlake_platform_user",
	Minimal: values{"name": "Minimal", "email": "minimal@example.com", "password_wo": "Secret-1!", "password_wo_version": 1},
	Stages: []values{
		{"name": "One", "email": "one@example.com", "display_name": "O", "custom_attributes": values{"a": 1, "b": "x"}, "password_wo_version": 2},
		{"name": "Two", "email": "two@example.com", "display_name": "T", "custom_attributes": values{"a": 2}, "password_wo_version": 3, "password_wo": "Another-2!"},
	},
	Uncleared: map[string]string{
		"password_wo": "no person is made without", "password_wo_version": "it comes with the password",
	},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"email": "Ana@example.com"}, Want: `must be in lower case`},
		{Config: values{"password_wo": "short"}, Want: `string length must be between 6 and 128`},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"display name": byHand("PATCH", "/users/%s", `{"display_name":"By hand","custom_attributes":{"a":9}}`),
	},
	Key:           []string{"email"},
	Writes:        2,
	Skip:          map[string]string{"listed": "the platform API has no list of people"},
	OnlySimulator: onlySimulator,
}

var accountUserCases = acctest.Cases{
	Type:    "chatlake_platform_account_user",
	Needs:   []acctest.Need{{Name: "account", Type: "chatlake_platform_account", Config: values{"name": "Place"}}},
	Minimal: values{"account_id": acctest.Ref("account", "id"), "user_id": fmt.Sprint(chatlake.AgentID)},
	Stages: []values{
		{"role": "agent"},
		{"role": "administrator"},
	},
	Key:      []string{"account_id", "user_id"},
	Kept:     map[string]string{"role": "everybody in an account has a role"},
	Replaced: values{"account_id": "2", "user_id": fmt.Sprint(chatlake.SecondAgentID)},
	Refused: []acctest.Refused{
		{Config: values{"role": "owner"}, Want: `value must be one of`},
		{Config: values{"user_id": "x"}, Want: `must be a whole number`},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"role": func(t *testing.T, w *acctest.World, o acctest.Object) {
			t.Helper()
			send(t, w, "POST", "/accounts/"+o.String("account_id")+"/account_users", `{"user_id":`+o.String("user_id")+`,"role":"administrator"}`)
		},
	},
	Import: acctest.Import{
		ID:        func(o acctest.Object) string { return o.String("account_id") + "/" + o.String("user_id") },
		Missing:   "1/99999",
		Malformed: []string{"", "1", "1/x", "x/1", "1/2/3"},
	},
	OnlySimulator: onlySimulator,
}

var agentBotCases = acctest.Cases{
	Type:    "chatlake_platform_agent_bot",
	Minimal: values{"name": "Minimal"},
	Stages: []values{
		{"name": "One", "description": "One", "outgoing_url": "https://example.com/one", "account_id": "1"},
		{"name": "Two", "description": "Two", "outgoing_url": "https://example.com/two", "account_id": "2"},
	},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"outgoing_url": "x"}, Want: `must be an address`},
		{Config: values{"account_id": "x"}, Want: `must be a whole number`},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"description": byHand("PATCH", "/agent_bots/%s", `{"description":"By hand"}`),
	},
	OnlySimulator: onlySimulator,
}

func TestResources(t *testing.T) {
	t.Parallel()
	acctest.RunCases(t, platform.Resources(), accountCases, userCases, accountUserCases, agentBotCases)
}

// TestData reads what the installation has.
func TestData(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_platform_account", Config: values{"id": "1"}, Want: map[string]string{"name": "Sandbox", "status": "active"}},
		chatlaketest.Data{Type: "chatlake_platform_account", Config: values{"id": "99"}, Message: `The platform account with id "99" does not exist`},
		chatlaketest.Data{Type: "chatlake_platform_accounts", Config: values{}},
		chatlaketest.Data{Type: "chatlake_platform_user", Config: values{"id": "12"}, Want: map[string]string{"email": "first.agent@sandbox.example"}},
		chatlaketest.Data{Type: "chatlake_platform_account_user", Config: values{"account_id": "1", "user_id": "11"}, Want: map[string]string{"role": "administrator"}},
		chatlaketest.Data{Type: "chatlake_platform_account_users", Config: values{"account_id": "1"}},
		chatlaketest.Data{Type: "chatlake_platform_agent_bots", Config: values{}},
		chatlaketest.Data{Type: "chatlake_platform_agent_bot", Config: values{"name": "none"}, Message: "does not exist"},
	)
}

// TestTokens covers the tokens that do not do: none, one of an account's user, and that of another app.
func TestTokens(t *testing.T) {
	t.Parallel()

	for name, c := range map[string]struct {
		settings values
		want     string
	}{
		"none":        {values{"platform_access_token": ""}, "Set chatlake.platform_access_token in the provider block, or the environment variable CHATLAKE_PLATFORM_ACCESS_TOKEN"},
		"a user's":    {values{"platform_access_token": chatlake.AdminToken}, "Check chatlake.platform_access_token: it has to be the token of a platform app"},
		"another's":   {values{"platform_access_token": chatlake.SecondPlatformToken}, "belongs to another platform app, or to none"},
		"no account":  {values{"api_access_token": "", "account_id": ""}, ""},
		"wrong place": {values{"base_url": "http://127.0.0.1:1"}, "cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := acctest.New(t)
			w.Complaints = true

			_, diags := w.Protocol(t, values{"chatlake": c.settings, "retry_timeout": "1s"}).Data(t.Context(), "chatlake_platform_account", values{"id": "1"})
			if !strings.Contains(diags.String(), c.want) || (c.want == "") != (len(diags) == 0) {
				t.Errorf("%s\nwant %q", diags, c.want)
			}
		})
	}
}

// TestUser_known covers an address that somebody has, whom the platform answers with as if it had made them: nothing of theirs
// changes unless that is allowed.
func TestUser_known(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	config := values{"name": "Taken over", "email": "first.agent@sandbox.example", "password_wo": "Secret-1!", "password_wo_version": 1}

	_, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_platform_user", config)
	if !strings.Contains(diags.String(), "already exists") || w.Journal.Count("PATCH /platform/api/v1/users/{user}") > 0 {
		t.Errorf("created somebody who is there: %s", diags)
	}

	adopted, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_platform_user", chatlaketest.With(config, values{"adopt_existing": true}))
	if len(diags.Errors()) > 0 || adopted.String("id") != fmt.Sprint(chatlake.AgentID) || !strings.Contains(diags.String(), "was adopted") {
		t.Errorf("adopted %v: %s", adopted.State, diags)
	}
}

// TestUser_password covers a new person without a password, and a password whose version does not change.
func TestUser_password(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	_, diags := p.Plan(t.Context(), acctest.Object{Type: "chatlake_platform_user"}, values{"name": "Ana", "email": "ana@example.com"})
	if !strings.Contains(diags.String(), "does not create a user without a password") {
		t.Errorf("planned: %s", diags)
	}

	config := values{"name": "Ana", "email": "ana@example.com", "password_wo": "Secret-1!", "password_wo_version": 1}
	created := chatlaketest.Create(t, p, "chatlake_platform_user", config)

	w.Journal.Clear()

	if p.Changes(t.Context(), created, chatlaketest.With(config, values{"password_wo": "Another-2!"})) {
		t.Error("a password without another version is a change")
	}

	_, diags = p.Apply(t.Context(), created, chatlaketest.With(config, values{"password_wo": "Another-2!", "password_wo_version": 2}))
	if len(diags) > 0 || w.Journal.Count("PATCH /platform/api/v1/users/{user}") != 1 {
		t.Errorf("another version: %s %v", diags, w.Journal.Entries(nil))
	}
}

// TestAccountUser_member covers somebody who is in the account already: their role is not changed unless that is wanted.
func TestAccountUser_member(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true

	const ada = "11"

	role := func() string {
		for _, place := range w.Chatlake.Installed("account_users") {
			if fmt.Sprintf("%v/%v", place["account_id"], place["user_id"]) == "1/"+ada {
				return fmt.Sprint(place["role"])
			}
		}

		return "none"
	}

	config := values{"account_id": "1", "user_id": ada, "role": "agent"}

	created, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_platform_account_user", config)
	if !created.Gone() || role() != "administrator" || !strings.Contains(diags.String(), `id = "1/11"`) || len(w.Journal.Writes()) > 0 {
		t.Errorf("created %v, the role is %s\n%s", created.State, role(), diags)
	}

	config["adopt_existing"] = true

	follows, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_platform_account_user", chatlaketest.With(config, values{"role": nil}))
	if len(diags) > 0 || follows.String("role") != "administrator" || len(w.Journal.Writes()) > 0 {
		t.Errorf("adopted without a role: %v\n%s", follows.State, diags)
	}

	adopted, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_platform_account_user", config)
	if len(diags) > 0 || adopted.String("role") != "agent" || role() != "agent" {
		t.Errorf("adopted: %v, the role is %s\n%s", adopted.State, role(), diags)
	}
}

// TestAccountUser_again covers somebody who is put back into an account while a job still clears what they had there.
func TestAccountUser_again(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.JobDelay = 300 })
	p := w.Protocol(t, nil)
	config := values{"account_id": "1", "user_id": "12", "role": "agent"}

	send(t, w, "DELETE", "/accounts/1/account_users", `{"user_id":12}`)

	created, diags := p.Create(t.Context(), "chatlake_platform_account_user", config)
	if len(diags) > 0 || created.String("role") != "agent" {
		t.Errorf("%v %s", created.State, diags)
	}
}

// TestElsewhere covers a 404 of a server without a platform API: nothing counts as gone.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	created := chatlaketest.Create(t, p, "chatlake_platform_account", values{"name": "Kept"})

	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "1.11.0" })

	read, diags := w.Protocol(t, nil).Read(t.Context(), created)
	if read.Gone() || len(diags.Errors()) == 0 {
		t.Errorf("%v %s", read.State, diags)
	}
}

// TestAccounts_deleted covers the list of accounts on a server where one was deleted: what was there is not taken for nothing.
func TestAccounts_deleted(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)
	deleted := chatlaketest.Create(t, p, "chatlake_platform_account", values{"name": "Deleted"})

	listed := p.List("chatlake_platform_account", 0, nil)
	if len(listed) != 3 || listed[2].Name != "Deleted" {
		t.Fatalf("listed %v", listed)
	}

	_, diags := p.Apply(t.Context(), deleted, nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	const want = "the server can no longer list the accounts of this platform app: it cannot once one of them was deleted, and that does not pass"

	_, diags = p.Data(t.Context(), "chatlake_platform_accounts", values{})
	if !strings.Contains(diags.String(), want) || !strings.Contains(diags.String(), "Super Admin Console > Accounts") {
		t.Errorf("the data source says %s", diags)
	}

	listed = p.List("chatlake_platform_account", 0, nil)
	if len(listed) != 1 || !strings.Contains(listed[0].Diagnostics.String(), want) {
		t.Errorf("listed %v", listed)
	}

	_, diags = p.Data(t.Context(), "chatlake_platform_account", values{"id": "1"})
	if len(diags) > 0 {
		t.Errorf("one account: %s", diags)
	}
}

// TestAccounts_outage covers a server that answers 500 for another reason: the error names no deletion.
func TestAccounts_outage(t *testing.T) {
	t.Parallel()

	crash := sandbox.Fault{Method: "GET", Platform: "chatlake", Status: 500, Body: `{"status":500,"error":"Internal Server Error"}`}
	once, always := crash, crash
	once.Path, always.Times = "/platform/api/v1/accounts", -1

	for name, c := range map[string]struct {
		fault sandbox.Fault
		want  string
	}{
		"passes": {once, ""},
		"lasts":  {always, "Internal Server Error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			w.Complaints = true
			w.Faults.Add(c.fault)

			_, diags := w.Protocol(t, values{"max_retries": 1}).Data(t.Context(), "chatlake_platform_accounts", values{})
			if strings.Contains(diags.String(), "deleted") || !strings.Contains(diags.String(), c.want) || (c.want == "") != (len(diags) == 0) {
				t.Errorf("%s\nwant %q", diags, c.want)
			}
		})
	}
}

// TestAccounts_old covers a release that has accounts and no list of them.
func TestAccounts_old(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "2.8.0" })
	p := w.Protocol(t, nil)

	_, diags := p.Data(t.Context(), "chatlake_platform_accounts", values{})
	if !strings.Contains(diags.String(), "which came with version 2.9.0") {
		t.Errorf("%s", diags)
	}

	_, diags = p.Data(t.Context(), "chatlake_platform_account", values{"id": "1"})
	if len(diags) > 0 {
		t.Errorf("one account: %s", diags)
	}
}

// TestAccountUser_list covers what the list cannot tell: who is in an account that is not there, or is another app's.
func TestAccountUser_list(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true

	for account, want := range map[string]string{"99": "account 99", "x": "must be a whole number"} {
		listed := w.Protocol(t, nil).List("chatlake_platform_account_user", 0, values{"account_id": account})
		if len(listed) != 1 || !strings.Contains(listed[0].Diagnostics.String(), want) {
			t.Errorf("%s: %v", account, listed)
		}
	}

	listed := w.Protocol(t, values{"chatlake": values{"platform_access_token": chatlake.SecondPlatformToken}}).
		List("chatlake_platform_account_user", 0, values{"account_id": "1"})
	if len(listed) != 1 || !strings.Contains(listed[0].Diagnostics.String(), "belongs to another platform app") {
		t.Errorf("another app: %v", listed)
	}
}
