package promises_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// An assumption is one question that the vendor's pages leave open, what the sandbox takes for the answer by default, and
// how to ask. The answers are asked of the sandbox in every run, and of a tenant by `make live`. The provider accepts the
// plausible alternatives; a live answer that is none of them is worth a bug report.
type assumption struct {
	name     string
	question string
	assumed  string
	// ask returns the answer in a few words.
	ask func(t *tenant) string
}

// TestAssumptions asks the questions. What it makes on a tenant carries "assumption" in its name.
func TestAssumptions(t *testing.T) {
	for platform, assumptions := range map[string][]assumption{
		"KOMMUNICATE": kommunicateAssumptions, "CHATLAKE": chatlakeAssumptions, "IMICHAT": imichatAssumptions,
	} {
		for _, a := range assumptions {
			t.Run(a.name, func(t *testing.T) {
				answer := a.ask(newTenant(t, platform))
				t.Logf("%s %s\n  assumed: %s\n  answer:  %s", a.name, a.question, a.assumed, answer)

				if answer != a.assumed {
					t.Errorf("%s %s The answer is %q, and %q was assumed.", a.name, a.question, answer, a.assumed)
				}
			})
		}
	}
}

var kommunicateAssumptions = []assumption{
	{"K01", "Is user/v2/detail in an envelope?", "enveloped", func(k *tenant) string {
		got := k.send("POST", "/rest/ws/user/v2/detail", map[string]any{"userIdList": []string{k.env("ACTING_USER_ID")}})
		if strings.HasPrefix(strings.TrimSpace(got.body), "[") {
			return "bare array"
		}

		return k.either(got.text("status") == "success", "enveloped", got.summary())
	}},
	{"K02", "What is said of unknown users in user/v2/detail?", "left out", func(k *tenant) string {
		got := k.send("POST", "/rest/ws/user/v2/detail", map[string]any{"userIdList": []string{k.unique()}})
		list, ok := got.value("response").([]any)

		return k.either(ok && len(list) == 0, "left out", got.summary())
	}},
	{"K03", "Does an API key read a conversation by group/v2/info?", "yes", func(k *tenant) string {
		id, _ := k.conversation(nil)
		return k.either(k.send("GET", "/rest/ws/group/v2/info?groupId="+id, nil).text("status") == "success", "yes", "no")
	}},
	{"K04", "Does an API key create users by user/v2/create?", "yes", func(k *tenant) string {
		got := k.send("POST", "/rest/ws/user/v2/create", map[string]any{"userId": k.unique()})
		return k.either(got.text("status") == "success", "yes", got.summary())
	}},
	{"K05", "What does a client group id in use mean for a create?", "AL-G-02 or like it: group already exists", func(k *tenant) string {
		_, alias := k.conversation(nil)

		_, got := k.create(map[string]any{"clientGroupId": alias})
		switch {
		case strings.Contains(got.body, "already exists"):
			return "AL-G-02 or like it: group already exists"
		case got.text("status") == "success":
			return "the existing one is answered"
		default:
			return got.summary()
		}
	}},
	{"K06", "Which status does a conversation start with?", "0", func(k *tenant) string {
		id, _ := k.conversation(nil)
		got := k.send("GET", "/rest/ws/group/v2/info?groupId="+id, nil)
		metadata, _ := got.value("response", "metadata").(map[string]any)

		return fmt.Sprint(metadata["CONVERSATION_STATUS"])
	}},
	{"K07", "Does group/details take many ids?", "yes", func(k *tenant) string {
		one, _ := k.conversation(nil)
		two, _ := k.conversation(nil)
		list, _ := k.send("GET", "/rest/ws/group/details?groupIds="+one+"&groupIds="+two, nil).value("response").([]any)

		return k.either(len(list) == 2, "yes", fmt.Sprintf("%d of two are answered", len(list)))
	}},
}

var chatlakeAssumptions = []assumption{
	{"C01", "Is a new contact wrapped in payload.contact?", "wrapped", func(c *tenant) string {
		got := c.send("POST", c.account("/contacts"), map[string]any{"name": c.unique()})
		return c.either(got.value("payload", "contact", "id") != nil, "wrapped", got.summary())
	}},
	{"C02", "Are a contact's custom attributes merged on update?", "merged", func(c *tenant) string {
		created := c.send("POST", c.account("/contacts"), map[string]any{"name": c.unique(), "custom_attributes": map[string]any{"a": 1}})
		id := fmt.Sprint(created.value("payload", "contact", "id"))
		got := c.send("PUT", c.account("/contacts/"+id), map[string]any{"custom_attributes": map[string]any{"b": 2}})
		attributes, _ := got.value("payload", "custom_attributes").(map[string]any)

		return c.either(len(attributes) == 2, "merged", "replaced")
	}},
	{"C03", "Is a contact without e-mail, phone number and identifier listed?", "no", func(c *tenant) string {
		name := c.unique()
		c.send("POST", c.account("/contacts"), map[string]any{"name": name})

		return c.either(strings.Contains(c.send("GET", c.account("/contacts?sort=-created_at"), nil).body, name), "yes", "no")
	}},
	{"C04", "Which status does a forbidden or unknown account get?", "404", func(c *tenant) string {
		return fmt.Sprint(c.send("GET", "/api/v1/accounts/99999999/contacts?sort=name", nil).status)
	}},
}

var imichatAssumptions = []assumption{
	{"I01", "Can one chat be read by its id?", "yes", func(i *tenant) string {
		id := i.chat(nil)
		return i.either(i.send("GET", "/v3.1/chats/"+id, nil).status == http.StatusOK, "yes", "no")
	}},
	{"I02", "Are tags taken when a chat is created?", "no", func(i *tenant) string {
		id := i.chat(map[string]any{"tags": []string{"asked"}})
		return i.either(strings.Contains(i.send("GET", "/v3.1/chats/"+id, nil).body, `"asked"`), "yes", "no")
	}},
	{"I03", "Is page 1 the first?", "yes", func(i *tenant) string {
		id := i.chat(nil)
		return i.either(strings.Contains(i.send("GET", "/v3.1/chats?page=1", nil).body, id), "yes", "no")
	}},
	{"I04", "Does a PATCH replace other_details?", "replaced", func(i *tenant) string {
		id := i.chat(map[string]any{"other_details": map[string]string{"first": "1"}})
		i.send("PATCH", "/v3.1/chats/"+id, map[string]any{"other_details": map[string]string{"second": "2"}})

		return i.either(strings.Contains(i.send("GET", "/v3.1/chats/"+id, nil).body, `"first"`), "merged", "replaced")
	}},
}

// tenant is a platform to ask: the sandbox's, or a real one if <PLATFORM>_LIVE is set.
type tenant struct {
	*testing.T

	platform    string
	environment map[string]string
	token       string
}

func newTenant(t *testing.T, platform string) *tenant {
	t.Helper()
	k := &tenant{T: t, platform: platform, environment: map[string]string{}}
	pairs := os.Environ()

	if os.Getenv(platform+"_LIVE") == "" {
		w := acctest.New(t)
		pairs = append(w.Environment(w.URL), "IMICHAT_ASSET_ID="+imichat.AssetSMS)
	}

	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, platform+"_") {
			k.environment[strings.TrimPrefix(name, platform+"_")] = value
		}
	}

	if k.environment["BASE_URL"] == "" && platform == "KOMMUNICATE" {
		k.environment["BASE_URL"] = "https://services.kommunicate.io"
	}

	return k
}

func (k *tenant) env(name string) string {
	k.Helper()

	if k.environment[name] == "" {
		k.Fatalf("set %s_%s to ask a real tenant", k.platform, name)
	}

	return k.environment[name]
}

// reply is an answer to a question.
type reply struct {
	status int
	header http.Header
	body   string
}

// value finds a member of a JSON answer.
func (r reply) value(names ...string) any {
	var v any
	if json.Unmarshal([]byte(r.body), &v) != nil {
		return nil
	}

	for _, name := range names {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}

		v = object[name]
	}

	return v
}

func (r reply) text(names ...string) string { return fmt.Sprint(r.value(names...)) }

func (r reply) summary() string {
	return fmt.Sprintf("HTTP %d %s", r.status, strings.ToValidUTF8(r.body[:min(len(r.body), 200)], ""))
}

// send asks with plain HTTP: an answer must not depend on what the provider's clients make of it.
func (k *tenant) send(method, path string, body any) reply {
	k.Helper()

	header := map[string]string{"Accept": "application/json"}

	switch k.platform {
	case "KOMMUNICATE":
		header["Api-Key"], header["Of-User-Id"] = k.env("API_KEY"), k.env("ACTING_USER_ID")
	case "CHATLAKE":
		header["Api-Access-Token"] = k.env("API_ACCESS_TOKEN")
	case "IMICHAT":
		header["access_token"], header["teamid"] = k.authorize(), k.env("TEAM_ID")
	}

	return k.request(method, k.env("BASE_URL")+path, header, body)
}

func (k *tenant) request(method, address string, header map[string]string, body any) reply {
	k.Helper()

	var content io.Reader = http.NoBody

	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			k.Fatal(err)
		}

		content = bytes.NewReader(encoded)
	}

	req, err := http.NewRequestWithContext(k.Context(), method, address, content)
	if err != nil {
		k.Fatal(err)
	}

	for name, value := range header {
		req.Header.Set(name, value)
	}

	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		k.Fatal(err)
	}

	defer func() { _ = resp.Body.Close() }()

	got, err := io.ReadAll(resp.Body)
	if err != nil {
		k.Fatal(err)
	}

	return reply{status: resp.StatusCode, header: resp.Header, body: string(got)}
}

func (k *tenant) authorize() string {
	k.Helper()

	if k.token == "" {
		key := base64.StdEncoding.EncodeToString([]byte(k.env("API_KEY") + "@" + k.env("DOMAIN")))
		got := k.request("GET", k.env("BASE_URL")+"/v3.1/authorize", map[string]string{"Authorization": key, "Content-Type": "application/json"}, nil)

		k.token = got.header.Get("access_token")
		if k.token == "" {
			k.Fatalf("no token: %s", got.summary())
		}
	}

	return k.token
}

func (k *tenant) either(yes bool, one, other string) string {
	if yes {
		return one
	}

	return other
}

// unique names something that can be recognised and swept up later.
func (k *tenant) unique() string { return fmt.Sprintf("assumption-%d", time.Now().UnixNano()) }

// conversation makes a conversation of the acting user and returns its id and its client group id.
func (k *tenant) conversation(more map[string]any) (id, alias string) {
	k.Helper()
	alias, got := k.create(more)

	id = got.text("response", "id")
	if got.text("status") != "success" {
		k.Fatalf("no conversation: %s", got.summary())
	}

	if number, ok := got.value("response", "id").(float64); ok {
		id = fmt.Sprintf("%.0f", number)
	}

	return id, alias
}

func (k *tenant) create(more map[string]any) (alias string, got reply) {
	k.Helper()

	body := map[string]any{"groupName": "assumption", "clientGroupId": k.unique(), "groupMemberList": []string{k.env("ACTING_USER_ID")}}
	for name, value := range more {
		body[name] = value
	}

	return fmt.Sprint(body["clientGroupId"]), k.send("POST", "/rest/ws/group/conversation", body)
}

func (k *tenant) account(path string) string {
	return "/api/v1/accounts/" + url.PathEscape(k.env("ACCOUNT_ID")) + path
}

// chat makes a chat on the asset of the environment and returns its id.
func (k *tenant) chat(more map[string]any) string {
	k.Helper()

	body := map[string]any{
		"channel": "sms", "asset": map[string]any{"id": k.env("ASSET_ID")},
		"customer": map[string]any{"destination_id": "14155550199", "name": "assumption"},
	}
	for name, value := range more {
		body[name] = value
	}

	got := k.send("POST", "/v3.1/chats", body)

	id := got.text("response", "chat_id")
	if got.value("response", "chat_id") == nil {
		k.Fatalf("no chat: %s", got.summary())
	}

	return id
}
