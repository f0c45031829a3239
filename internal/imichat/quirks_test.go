package imichat_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// quirks returns the answers that the vendor leaves open, and its inconsistencies. Listed says that only
// the list answers, so that an import cannot know all.
func quirks() map[string]struct {
	set    func(*imichat.Switches)
	listed bool
} {
	type quirk = struct {
		set    func(*imichat.Switches)
		listed bool
	}

	return map[string]quirk{
		"none":                    {func(*imichat.Switches) {}, false},
		"status code as string":   {func(s *imichat.Switches) { s.StatusCodeString = true }, false},
		"wrapper keys":            {func(s *imichat.Switches) { s.WrapObject = true }, false},
		"bare lists":              {func(s *imichat.Switches) { s.BareLists = true }, false},
		"empty is null":           {func(s *imichat.Switches) { s.Empty = "null" }, false},
		"empty is left out":       {func(s *imichat.Switches) { s.Empty = "omit" }, false},
		"messages as one object":  {func(s *imichat.Switches) { s.MessagesObject = true }, false},
		"ids as strings":          {func(s *imichat.Switches) { s.AssetIDNumber = false }, false},
		"customer id as number":   {func(s *imichat.Switches) { s.CustomerIDNumber = true }, false},
		"upper case channel":      {func(s *imichat.Switches) { s.ChannelCase = "upper" }, false},
		"mixed case channel":      {func(s *imichat.Switches) { s.ChannelCase = "mixed" }, false},
		"spelling of the table":   {func(s *imichat.Switches) { s.TableSpelling = true }, false},
		"no delivery details":     {func(s *imichat.Switches) { s.DeliveryDetailsReturned = false }, false},
		"short transcript":        {func(s *imichat.Switches) { s.TranscriptLimit = 1 }, false},
		"created is 201":          {func(s *imichat.Switches) { s.CreateStatus = 201 }, false},
		"assignee not on create":  {func(s *imichat.Switches) { s.AssigneeOnCreate = false }, false},
		"create takes tags":       {func(s *imichat.Switches) { s.CreateTags = "tags" }, false},
		"unique alias":            {func(s *imichat.Switches) { s.UniqueAlias = true }, false},
		"alias in path":           {func(s *imichat.Switches) { s.AliasInPath = true }, false},
		"pages from 0":            {func(s *imichat.Switches) { s.PageBase = 0 }, false},
		"no single read":          {func(s *imichat.Switches) { s.GetOne = false }, true},
		"no single read, pages 0": {func(s *imichat.Switches) { s.GetOne, s.PageBase = false, 0 }, true},
		"list of shared teams":    {func(s *imichat.Switches) { s.ListSharedOnly = true }, false},
		"unknown fields refused":  {func(s *imichat.Switches) { s.RejectUnknown = true }, false},
		"other details merged":    {func(s *imichat.Switches) { s.MergeOtherDetails = true }, false},
		"closed is closed":        {func(s *imichat.Switches) { s.RejectClosed = true }, false},
		"known outcomes":          {func(s *imichat.Switches) { s.CheckOutcome = true }, false},
		"teamid everywhere":       {func(s *imichat.Switches) { s.TeamidEverywhere = true }, false},
		"one token at a time":     {func(s *imichat.Switches) { s.SingleToken = true }, false},
		"whole chats listed":      {func(s *imichat.Switches) { s.WholeChatsListed = true }, false},
		"one chat in an array":    {func(s *imichat.Switches) { s.OneInArray = true }, false},
		"create answers an id":    {func(s *imichat.Switches) { s.CreateAnswer = "id" }, false},
		"create answers nothing":  {func(s *imichat.Switches) { s.CreateAnswer = "empty" }, false},
		"create answers no chat":  {func(s *imichat.Switches) { s.CreateAnswer = "transaction" }, false},
		"reset as date":           {func(s *imichat.Switches) { s.ResetFormat = "rfc3339" }, false},
	}
}

// TestQuirks returns the life of a chat on every platform that the vendor's pages allow.
func TestQuirks(t *testing.T) {
	for name, quirk := range quirks() {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.IMIchat.SetSwitches(quirk.set)

			for i := range 6 {
				d.create("imichat_chat", newChat(values{"alias_id": fmt.Sprint("before-", i)}))
			}

			config := on("sms", values{
				"alias_id": "order-1", "tags": []any{"vip", "new"}, "assignee": imichat.Agent, "status": "onhold", "outcome": "resolved",
				"other_details": values{"a": "1", "b": "2"}, "route_params": values{imichat.RouteTier: "gold"},
				"customer":         values{"destination_id": "+447700900123", "name": "Ana"},
				"initial_messages": []any{values{"type": "inbound", "text": "Hi"}},
			})
			chat := d.create("imichat_chat", config)
			d.quiet(chat, config)

			for i := range 6 {
				d.create("imichat_chat", newChat(values{"alias_id": fmt.Sprint("after-", i)}))
			}

			next := d.again()
			chat = next.read(chat)
			next.quiet(chat, config)

			config["tags"], config["status"], config["alias_id"], config["other_details"] = []any{}, "picked", "order-2", values{"a": "3", "b": "2"}
			chat = next.apply(chat, config)
			chat = next.read(chat)
			next.quiet(chat, config)

			held := d.chat(chat)
			if len(held.Tags) != 0 || held.Status != "picked" || held.Alias != "order-2" || held.OtherDetails["a"] != "3" {
				t.Errorf("the platform holds %+v", held)
			}

			found := next.data("imichat_chat", values{"alias_id": "order-2"})
			if found["chat_id"] != chat.String("id") || found["channel"] != "sms" {
				t.Errorf("found %v", found)
			}

			rows, _ := next.data("imichat_chats", values{})["chats"].([]any)
			if len(rows) != 13 {
				t.Errorf("%d chats are listed", len(rows))
			}

			imported, diags := d.again().Import(t.Context(), "imichat_chat", "alias:order-2")
			if len(diags.Errors()) > 0 || imported.String("id") != chat.String("id") || imported.String("channel") != "sms" {
				t.Errorf("imported %v: %s", imported.State, diags)
			}

			if next.replaces(imported, config) {
				t.Error("the imported chat is replaced")
			}

			if !quirk.listed && imported.String("team_id") != imichat.TeamID {
				t.Errorf("imported team %q", imported.String("team_id"))
			}

			next.apply(chat, nil)

			held = d.chat(chat)
			if held.Status != "closed" || held.Outcome != "resolved" {
				t.Errorf("destroy left %+v", held)
			}
		})
	}
}

// TestListOnly answers from the list alone, for good, and from as few pages as needed.
func TestListOnly(t *testing.T) {
	d := open(t)
	d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.GetOne = false })

	var chats []object
	for range 45 {
		chats = append(chats, d.create("imichat_chat", newChat(nil)))
	}

	next := d.again()
	d.Journal.Clear()

	for _, chat := range chats {
		next.quiet(next.read(chat), newChat(nil))
	}

	single := d.Journal.Count("GET /v3.1/chats/{id}")
	if single != 1 {
		t.Errorf("%d single reads", single)
	}

	pages := d.Journal.Count("GET /v3.1/chats")
	if pages > 8 {
		t.Errorf("%d pages", pages)
	}

	d.act("purge_chat", values{"chat_id": chats[0].String("id")})

	if !d.again().read(chats[0]).Gone() {
		t.Error("a chat that is not on the list is still in the state")
	}

	if d.again().read(chats[1]).Gone() {
		t.Error("a chat that is on the list is gone")
	}
}

// TestRefresh costs pages, not chats.
func TestRefresh(t *testing.T) {
	d := open(t)

	var chats []object
	for range 200 {
		chats = append(chats, d.create("imichat_chat", newChat(nil)))
	}

	next := d.again()
	d.Journal.Clear()

	for _, chat := range chats {
		next.read(chat)
	}

	n := d.requests()
	if n > 60 {
		t.Errorf("refreshing 200 chats cost %d requests", n)
	}
}

// TestAuthorization obtains, renews and presents the token in every way that can be set.
func TestAuthorization(t *testing.T) {
	for _, hook := range []string{"expire_token", "forget_token"} {
		t.Run("renewed after "+hook, func(t *testing.T) {
			d := open(t)
			chat := d.create("imichat_chat", newChat(nil))
			d.act(hook, values{})
			d.read(chat)
			d.act(hook, values{})
			d.apply(chat, newChat(values{"tags": []any{"vip"}}))

			n := d.IMIchat.Authorizations()
			if n != 3 {
				t.Errorf("%d authorizations", n)
			}
		})
	}

	t.Run("header and prefix", func(t *testing.T) {
		d := open(t)
		d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.AuthorizationHeader, s.AuthorizationPrefix = "X-Key", "Basic" })
		p := d.provider(values{"authorization_header": "X-Key", "authorization_prefix": "Basic "})

		_, diags := p.Create(t.Context(), "imichat_chat", newChat(nil))
		if len(diags) > 0 {
			t.Error(diags)
		}
	})
	t.Run("given token", func(t *testing.T) {
		d := open(t)
		p := d.provider(values{"access_token": d.IMIchat.IssueToken(), "api_key": nil, "domain": nil})

		chat, diags := p.Create(t.Context(), "imichat_chat", newChat(nil))
		if len(diags) > 0 || d.IMIchat.Authorizations() != 0 {
			t.Errorf("%d authorizations: %s", d.IMIchat.Authorizations(), diags)
		}

		d.act("expire_token", values{})

		kept, diags := p.Read(t.Context(), chat)
		wants(t, diags, "2004: Access Token expired", "imichat.access_token", "HTTP status 401")

		if kept.Gone() {
			t.Error("the state was lost")
		}
	})
	t.Run("another API", func(t *testing.T) {
		d := open(t)
		d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.OtherGeneration = true })
		_, diags := d.again().Create(t.Context(), "imichat_chat", newChat(nil))
		wants(t, diags, "the request for an access token was refused: ", "/v3.1/authorize, HTTP status 404")

		if strings.Contains(diags.String(), "no reason for it") {
			t.Errorf("the reason is not in %s", diags)
		}
	})
	t.Run("wrong key", func(t *testing.T) {
		d := open(t)
		_, diags := d.provider(values{"api_key": "not-to-be-seen"}).Create(t.Context(), "imichat_chat", newChat(nil))
		wants(t, diags, "the request for an access token was refused", "9401", "imichat.api_key", "imichat.authorization_header", "request id")

		if strings.Contains(diags.String(), "not-to-be-seen") {
			t.Error("the key is in the error")
		}
	})
}

// TestCodes shows the vendor's text and the transaction id of every code, and keeps the state but for those that say that
// the object is gone.
func TestCodes(t *testing.T) {
	for code, test := range map[int]struct {
		text string
		gone bool
	}{
		2002: {"Invalid header param - could not find mandatory header parameters", false},
		2003: {"Invalid Access Token", false},
		2004: {"Access Token expired", false},
		2007: {"Internal Server Error", false},
		2010: {"Could not find details of team based on the teamid passed in the header", false},
		2031: {"Provided Chat ID does not exist", true},
		2099: {"Method not allowed", false},
		4108: {"Unable to get the chat details", false},
		3101: {"User not found", true},
		3105: {"Unable to get the user details", false},
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			d := open(t)

			kind, config, path := "imichat_chat", newChat(nil), "/v3.1/chats*"
			if code/100 == 31 {
				kind, config, path = "imichat_user", newUser(nil), "/v3.1/users*"
			}

			there := d.create(kind, config)
			for _, suffix := range []string{"", "/*"} {
				d.act("fail", values{"code": code, "path": strings.TrimSuffix(path, "*") + suffix, "times": -1})
			}

			_, diags := d.again().Create(t.Context(), kind, config)
			wants(t, diags, fmt.Sprintf("IMIchat answered %d: %s.", code, test.text), "request id ")

			if code != 2004 { // That the token has expired is the same for all objects.
				wants(t, diags, "Unable to create")
			}

			if code == 2002 {
				wants(t, diags, "Set imichat.team_id")
			}

			kept, diags := d.again().Read(t.Context(), there)
			if test.gone {
				if len(diags) > 0 || !kept.Gone() {
					t.Errorf("the state has %v: %s", kept.State, diags)
				}

				return
			}

			wants(t, diags, fmt.Sprintf("IMIchat answered %d: %s.", code, test.text), "request id ")

			if code != 2004 {
				wants(t, diags, "Unable to read")
			}

			if kept.Gone() {
				t.Error("the state was lost")
			}
		})
	}
}

// TestAccChat_quirks runs real Terraform against a platform that has as many of its quirks at once as go together.
func TestAccChat_quirks(t *testing.T) {
	for name, listOnly := range map[string]bool{"single read": false, "list only": true} {
		t.Run(name, func(t *testing.T) {
			w := acctest.New(t)
			w.IMIchat.SetSwitches(func(s *imichat.Switches) {
				s.StatusCodeString, s.WrapObject, s.Empty, s.MessagesObject, s.CustomerIDNumber = true, true, "null", true, true
				s.ChannelCase, s.TableSpelling, s.CreateStatus, s.AssigneeOnCreate, s.MergeOtherDetails = "mixed", true, 201, false, true
				s.PageBase, s.TeamidEverywhere, s.GetOne = 0, true, !listOnly
			})

			config := func(tag string) string {
				return w.Config(fmt.Sprintf(`
resource "imichat_chat" "test" {
  channel          = "livechat"
  asset            = { id = %q }
  customer         = { destination_id = "visitor-1", name = "Ana" }
  alias_id         = "order-1"
  thread_id        = "thread-1"
  tags             = [%q]
  assignee         = %q
  other_details    = { order = "1" }
  initial_messages = [{ type = "inbound", livechat_sub_type = "text", text = "Hi" }]
}

data "imichat_chat" "test" {
  alias_id = imichat_chat.test.alias_id
}
`, imichat.AssetLivechat, tag, imichat.Agent))
			}
			empty := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
			w.Test(t,
				resource.TestStep{Config: config("one")},
				resource.TestStep{Config: config("one"), ConfigPlanChecks: empty},
				resource.TestStep{
					Config: config("two"),
					ConfigPlanChecks: resource.ConfigPlanChecks{
						PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(chat, plancheck.ResourceActionUpdate)},
					},
				},
				resource.TestStep{
					ResourceName: chat, ImportState: true, ImportStateId: "alias:order-1", ImportStateVerify: !listOnly,
					ImportStateVerifyIgnore: []string{"initial_messages"},
				},
			)

			for _, held := range w.IMIchat.Chats() {
				if held.Status != "closed" {
					t.Errorf("destroy left %+v", held)
				}
			}
		})
	}
}
