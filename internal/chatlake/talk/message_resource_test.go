package talk_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// items are content attributes with items.
func items(kind string, items ...any) values {
	return values{"content_type": kind, "content_attributes": values{"items": items}}
}

// messageCases hold for an API inbox.
var messageCases = acctest.Cases{
	Type: "chatlake_message",
	Late: map[string]string{
		"source_id": "The channel gives it, when it has sent the message.",
	},
	Needs: []acctest.Need{
		{Name: "contact", Type: "chatlake_contact", Config: values{"name": "Ana", "inbox_id": "101"}},
		{Name: "conversation", Type: "chatlake_conversation", Config: values{"inbox_id": "101", "contact_id": acctest.Ref("contact", "id")}},
	},
	Minimal: values{"conversation_id": acctest.Ref("conversation", "id"), "content": "Hello"},
	Odd: []values{
		{"source_id": ""},
	},
	Stages:  []values{sentMessage},
	Cleared: sentMessage,
	Unset:   map[string]string{"template_params": "it does not go with attachments; TestMessage_imported sends it"},
	Replaced: values{
		"conversation_id": "99", "content": "Bye", "message_type": "incoming", "private": false, "content_type": "input_text",
		"content_attributes": values{"in_reply_to": 1}, "template_params": values{"name": "order"}, "source_id": "two", "triggers": values{"run": "2"},
		"attachments": []any{"talk_test.go"},
	},
	Local: values{"on_destroy": "abandon"},
	Refused: []acctest.Refused{
		{Config: values{"content": nil}, Want: "Empty message"},
		{Config: values{"content": ""}, Want: "Empty message"},
		{Config: values{"conversation_id": "x"}, Want: "whole number"},
		{Config: values{"message_type": "activity"}, Want: "value must be one of"},
		{Config: values{"content_type": "cards"}, Want: "needs content_attributes.items"},
		{Config: items("form"), Want: "needs content_attributes.items"},
		{Config: items("article", "x"), Want: "is not an object"},
		{Config: items("input_select", values{"title": "a", "uri": "b"}), Want: `items\[0\] has a key that is none of`},
		{Config: items("cards", values{"title": "a"}), Want: "needs actions"},
		{Config: items("cards", values{"actions": []any{values{"url": "b"}}}), Want: `actions\[0\] has a key that is none of`},
		{Config: values{"content_attributes": "x"}, Want: "Not an object"},
		{Config: values{"template_params": values{"language": "en"}}, Want: "Template without a name"},
		{Config: values{"attachments": []any{"a"}, "template_params": values{"name": "n"}}, Want: "attachments and template_params cannot both be set"},
		{Config: values{"on_destroy": "resolve"}, Want: "value must be one of"},
	},
	Accepted: []values{
		{"attachments": []any{}, "source_id": "", "triggers": values{}, "content_attributes": values{}},
		{
			"conversation_id": acctest.Unknown{}, "content_type": "cards", "content": acctest.Unknown{}, "message_type": acctest.Unknown{},
			"private": acctest.Unknown{}, "content_attributes": acctest.Unknown{}, "template_params": acctest.Unknown{},
			"source_id": acctest.Unknown{}, "triggers": acctest.Unknown{},
		},
	},
	NoDrift: "a message is an event: what becomes of it afterwards is not put back",
	Stays:   "a message that is gone was sent all the same",
	Vanish: func(t *testing.T, w *acctest.World, o acctest.Object) {
		t.Helper()
		chatlaketest.Act(t, w, "conversation_delete", chatlaketest.Object{"conversation_id": chatlaketest.Number(t, o.String("conversation_id"))})
	},
	Import: acctest.Import{
		ID:        func(o acctest.Object) string { return o.String("conversation_id") + "/" + o.String("id") },
		Missing:   "1/99999",
		Malformed: []string{"", "1", "1/", "/1", "1/2/3", "a/b", "../1"},
		Lost: map[string]string{
			"attachments": "the platform does not return the paths of files", "triggers": "only the provider knows them",
			"attachment_hashes": "they follow from the files",
		},
	},
	Skip: map[string]string{"disappeared": "the conversation goes with the message, so it cannot be created again"},
}

// sentMessage has all attributes.
var sentMessage = values{
	"content": "One", "message_type": "outgoing", "private": true, "content_type": "input_email", "content_attributes": values{"order": "A-1"},
	"source_id": "one", "triggers": values{"run": "1"}, "attachments": []any{"testdata/attachment.txt"},
}

const messageAddress = "chatlake_message.test"

// messageConfig is a message in a conversation.
func messageConfig(w *acctest.World, arguments string) string {
	return conversationConfig(w, `on_destroy = "abandon"`) + `
resource "chatlake_message" "test" {
  conversation_id = chatlake_conversation.test.id
` + arguments + `
}
`
}

// messageImportID is conversation_id/message_id.
func messageImportID(s *terraform.State) (string, error) {
	primary := s.RootModule().Resources[messageAddress].Primary
	return primary.Attributes["conversation_id"] + "/" + primary.ID, nil
}

// sent are the messages of people in the first conversation.
func sent(t *testing.T, w *acctest.World) []chatlaketest.Object {
	t.Helper()
	payload, _ := chatlaketest.Ask(t, w, "GET", "/conversations/1/messages?filter_internal_messages=", nil)["payload"].([]any)

	var messages []chatlaketest.Object

	for _, row := range payload {
		message, _ := row.(chatlaketest.Object)
		if message["message_type"] != 2.0 {
			messages = append(messages, message)
		}
	}

	return messages
}

func TestAccMessage_basic(t *testing.T) {
	w := acctest.New(t)
	config := messageConfig(w, `content = "Hello"`)

	var id string

	steps := []resource.TestStep{
		{
			Config: config, Check: chatlaketest.RememberID(messageAddress, &id),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has(messageAddress, "message_type", chatlaketest.Text("outgoing")),
				chatlaketest.Has(messageAddress, "private", knownvalue.Bool(false)),
				chatlaketest.Has(messageAddress, "content_type", chatlaketest.Text("text")),
				chatlaketest.Has(messageAddress, "sender_type", chatlaketest.Text("user")),
				chatlaketest.Has(messageAddress, "sender_id", chatlaketest.Text("11")),
				chatlaketest.Has(messageAddress, "attachment_hashes", knownvalue.Null()),
			},
		},
		{ResourceName: messageAddress, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: messageImportID},
		{ResourceName: messageAddress, ImportState: true, ImportStateId: "1", ExpectError: regexp.MustCompile(`is\s+not\s+an\s+import\s+id`)},
		{ResourceName: messageAddress, ImportState: true, ImportStateId: "1/9999", ExpectError: regexp.MustCompile(`non-existent\s+remote\s+object`)},
		{ // Somebody deleted it; it was sent all the same.
			PreConfig: func() {
				chatlaketest.Act(t, w, "message_delete", chatlaketest.Object{"message_id": chatlaketest.Number(t, id)})
			},
			Config: config, ConfigPlanChecks: chatlaketest.ExpectNoChanges(),
		},
		{
			PreConfig: w.Journal.Clear,
			Config:    messageConfig(w, "content = \"Hello\"\non_destroy = \"abandon\""), ConfigPlanChecks: chatlaketest.ExpectAction(messageAddress, plancheck.ResourceActionUpdate),
		},
		{
			PreConfig: func() { chatlaketest.ExpectNoWrites(t, w) },
			Config:    messageConfig(w, "content = \"Hello\"\ntriggers = { run = \"2\" }"), ConfigPlanChecks: chatlaketest.ExpectAction(messageAddress, plancheck.ResourceActionReplace),
		},
		{
			Config: messageConfig(w, "content = \"Bye\"\ntriggers = { run = \"2\" }"), ConfigPlanChecks: chatlaketest.ExpectAction(messageAddress, plancheck.ResourceActionReplace),
		},
		{ // With its conversation it goes.
			PreConfig: func() { chatlaketest.Act(t, w, "conversation_delete", chatlaketest.Object{"conversation_id": 1}) },
			Config:    messageConfig(w, "content = \"Bye\"\ntriggers = { run = \"2\" }"), ConfigPlanChecks: chatlaketest.ExpectAction(messageAddress, plancheck.ResourceActionCreate),
		},
	}
	w.Test(t, steps...)
}

func TestAccMessage_contents(t *testing.T) {
	w := acctest.New(t)

	config := conversationConfig(w, `on_destroy = "abandon"`)
	for i, arguments := range []string{
		"content = \"Hi {{contact.name}}, {% if true %}welcome{% endif %}\"",
		"content = \"Secret {{contact.name}}\"\nprivate = true",
		"content = \"From the customer {{contact.name}}\"\nmessage_type = \"incoming\"\nsource_id = \"external-1\"",
		`content            = "Choose"
  content_type       = "input_select"
  content_attributes = { items = [{ title = "Yes", value = "y" }, { title = "No", value = "n" }] }`,
		`content_type       = "cards"
  content_attributes = { items = [{ title = "A", description = "B", media_url = "https://x.example/a.png", actions = [{ type = "link", text = "See", uri = "https://x.example" }] }] }`,
		`content_type       = "form"
  content_attributes = { items = [{ name = "email", type = "email", label = "E-mail", placeholder = "you@example.com", required = true }] }`,
		`content_type       = "article"
  content_attributes = { items = [{ title = "How", description = "to", link = "https://x.example" }] }`,
		`content         = "Template"
  template_params = { name = "order", language = "en", processed_params = { "1" = "A-1" } }`,
	} {
		config += fmt.Sprintf("resource \"chatlake_message\" \"test%d\" {\n  conversation_id = chatlake_conversation.test.id\n  on_destroy = \"abandon\"\n  %s\n}\n", i, arguments)
	}

	w.Test(t, resource.TestStep{Config: config})
}

func TestAccMessage_destroy(t *testing.T) {
	w := acctest.New(t)
	w.Test(t,
		resource.TestStep{Config: messageConfig(w, "content = \"Hi {{contact.name}}\"")},
		resource.TestStep{
			PreConfig: func() {
				messages := sent(t, w)
				if len(messages) != 1 || messages[0]["content"] != "Hi Ana" {
					t.Errorf("messages %v", messages)
				}
			},
			Config: conversationConfig(w, `on_destroy = "abandon"`),
		},
		resource.TestStep{
			PreConfig: func() {
				attributes, _ := sent(t, w)[0]["content_attributes"].(chatlaketest.Object)
				if attributes["deleted"] != true {
					t.Errorf("the message was not deleted: %v", attributes)
				}
			},
			Config: messageConfig(w, "content = \"Bye\"\non_destroy = \"abandon\""),
		},
		resource.TestStep{Config: conversationConfig(w, `on_destroy = "abandon"`)},
		resource.TestStep{
			PreConfig: func() {
				messages := sent(t, w)
				if messages[1]["content"] != "Bye" {
					t.Errorf("messages %v", messages)
				}
			},
			Config: conversationConfig(w, `on_destroy = "abandon"`),
		},
	)
}

func TestAccMessage_attachments(t *testing.T) {
	w := acctest.New(t)
	directory := t.TempDir()
	picture, note := filepath.Join(directory, "picture.png"), filepath.Join(directory, "note.txt")
	write := func(name, content string) {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(picture, "\x89PNG\r\n\x1a\n")
	write(note, "first")
	config := messageConfig(w, fmt.Sprintf("content = \"Files\"\nattachments = [%q, %q]\ncontent_attributes = { order = 1 }", picture, note))

	var id string
	w.Test(t,
		resource.TestStep{
			Config: config, Check: chatlaketest.RememberID(messageAddress, &id),
			ConfigStateChecks: []statecheck.StateCheck{chatlaketest.Has(messageAddress, "attachment_hashes", knownvalue.ListSizeExact(2))},
		},
		resource.TestStep{ // The data source has the files' addresses.
			Config: config + `
data "chatlake_message" "test" {
  conversation_id = chatlake_message.test.conversation_id
  id              = chatlake_message.test.id
}`,
			ConfigStateChecks: []statecheck.StateCheck{chatlaketest.Has("data.chatlake_message.test", "attachments", knownvalue.ListSizeExact(2))},
		},
		resource.TestStep{
			PreConfig: func() { write(note, "second") },
			Config:    config, ConfigPlanChecks: chatlaketest.ExpectAction(messageAddress, plancheck.ResourceActionReplace),
		},
		resource.TestStep{ // Gone, but sent.
			PreConfig: func() {
				if err := os.Remove(note); err != nil {
					t.Fatal(err)
				}
			},
			Config: config, ConfigPlanChecks: chatlaketest.ExpectNoChanges(),
		},
		resource.TestStep{Config: messageConfig(w, `attachments = ["/does/not/exist"]`), ExpectError: regexp.MustCompile(`cannot\s+be\s+read:\s+no\s+such\s+file`)},
		resource.TestStep{Config: messageConfig(w, `attachments = ["/dev/zero"]`), PlanOnly: true, ExpectError: regexp.MustCompile(`is\s+a\s+device,\s+and\s+not\s+a\s+regular\s+file`)},
	)
}

// changing changes a file between plan and apply.
type changing struct{ name, content string }

func (c changing) CheckPlan(_ context.Context, _ plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	resp.Error = os.WriteFile(c.name, []byte(c.content), 0o600)
}

// A file that changes between plan and apply is sent as it is then, and Terraform does not call that a bug in the provider.
func TestAccMessage_changedAfterThePlan(t *testing.T) {
	w := acctest.New(t)

	note := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(note, []byte("planned"), 0o600); err != nil {
		t.Fatal(err)
	}

	config := messageConfig(w, fmt.Sprintf("attachments = [%q]", note))
	w.Test(t,
		resource.TestStep{
			Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{changing{note, "hello"}}},
			ConfigStateChecks: []statecheck.StateCheck{chatlaketest.Has(messageAddress, "attachment_hashes", knownvalue.ListExact([]knownvalue.Check{
				knownvalue.StringExact("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
			}))},
		},
	)
}

// conversationOf opens a conversation of a new contact in an inbox.
func conversationOf(t *testing.T, p *acctest.Protocol, inbox string) string {
	t.Helper()
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"name": "Ana", "inbox_id": inbox})

	return chatlaketest.Create(t, p, "chatlake_conversation", acctest.Values{"inbox_id": inbox, "contact_id": contact.String("id")}).String("id")
}

func TestMessage_server(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)

	_, diags := p.Create(t.Context(), "chatlake_message", acctest.Values{"conversation_id": "99", "content": "x"})
	if !strings.Contains(diags.String(), "has no conversation 99") {
		t.Error(diags)
	}

	config := acctest.Values{"conversation_id": conversationOf(t, p, "102"), "content": "x", "message_type": "incoming"}

	_, diags = p.Create(t.Context(), "chatlake_message", config)
	if !strings.Contains(diags.String(), "only allowed in Api inboxes") {
		t.Error(diags)
	}
}

func TestMessage_lost(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := acctest.Values{"conversation_id": conversationOf(t, p, "101"), "content": "Once"}

	w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/conversations/*/messages", After: true, Cut: sandbox.CutShort})
	chatlaketest.ExpectStable(t, p, chatlaketest.Create(t, p, "chatlake_message", config), config)

	messages := sent(t, w)
	if len(messages) != 1 {
		t.Errorf("messages %v", messages)
	}

	w.Faults.Add(sandbox.Fault{Method: "POST", Path: "/api/v1/accounts/1/conversations/*/messages", Cut: sandbox.CutReset})

	never, diags := p.Create(t.Context(), "chatlake_message", config)
	if never.String("id") != "" || !strings.Contains(diags.String(), "may exist") {
		t.Errorf("%v %s", never.State, diags)
	}
}

// TestMessage_window reads the messages of a conversation together, and from an old server as far as it goes.
func TestMessage_window(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := acctest.Values{"conversation_id": conversationOf(t, p, "101"), "content": "x"}

	var messages []acctest.Object
	for range 40 {
		messages = append(messages, chatlaketest.Create(t, p, "chatlake_message", config))
	}

	for _, version := range []string{"4.15.1", "2.15.0"} {
		w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })
		w.Complaints = true
		reader := w.Protocol(t, nil)
		w.Journal.Clear()

		var wait sync.WaitGroup
		for _, message := range messages {
			wait.Go(func() {
				read, diags := reader.Read(t.Context(), message)
				if len(diags) > 0 || !read.State.Equal(message.State) {
					t.Errorf("%v %s", read.State, diags)
				}
			})
		}

		wait.Wait()

		n := w.Journal.Count("GET " + chatlaketest.AccountPath + "/conversations/{conversation}/messages")
		if n > 25 {
			t.Errorf("version %s: %d reads of 40 messages", version, n)
		}
	}
}

func TestAccMessagesDataSource(t *testing.T) {
	w := acctest.New(t)
	config := messageConfig(w, "content = \"Hello {{contact.name}}\"\ncontent_attributes = { order = 7 }\nsource_id = \"s-1\"") + `
data "chatlake_message" "test" {
  conversation_id = chatlake_conversation.test.id
  id              = chatlake_message.test.id
}
data "chatlake_messages" "all" {
  conversation_id = chatlake_conversation.test.id
  depends_on      = [chatlake_message.test]
}
data "chatlake_messages" "last" {
  conversation_id = chatlake_conversation.test.id
  max_results     = 1
  depends_on      = [chatlake_message.test]
}
data "chatlake_conversation" "test" {
  id         = chatlake_conversation.test.id
  depends_on = [chatlake_message.test]
}
data "chatlake_conversations" "all" {
  depends_on = [chatlake_message.test]
}
data "chatlake_conversations" "filtered" {
  status        = "open"
  assignee_type = "unassigned"
  inbox_id      = 101
  source_id     = chatlake_contact.test.source_id
  query         = "hello"
  max_results   = 5
  depends_on    = [chatlake_message.test]
}
data "chatlake_conversations" "none" {
  status     = "resolved"
  team_id    = 201
  labels     = ["billing"]
  depends_on = [chatlake_message.test]
}
`
	w.Test(t,
		resource.TestStep{
			Config: w.Config("") + strings.TrimPrefix(config, w.Config("")),
			Check: resource.ComposeAggregateTestCheckFunc(
				resource.TestCheckResourceAttrPair("data.chatlake_conversation.test", "source_id", "chatlake_contact.test", "source_id"),
				resource.TestCheckResourceAttrPair("data.chatlake_conversations.filtered", "conversations.0.id", conversationAddress, "id"),
				resource.TestCheckResourceAttrPair("data.chatlake_messages.last", "messages.0.id", messageAddress, "id"),
			),
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has("data.chatlake_message.test", "content", chatlaketest.Text("Hello Ana")),
				chatlaketest.Has("data.chatlake_message.test", "deleted", knownvalue.Bool(false)),
				chatlaketest.Has("data.chatlake_message.test", "source_id", chatlaketest.Text("s-1")),
				chatlaketest.Has("data.chatlake_message.test", "content_attributes", knownvalue.ObjectExact(map[string]knownvalue.Check{"order": knownvalue.Int64Exact(7)})),
				chatlaketest.Has("data.chatlake_messages.all", "messages", knownvalue.ListSizeExact(1)),
				chatlaketest.Has("data.chatlake_messages.last", "messages", knownvalue.ListSizeExact(1)),
				chatlaketest.Has("data.chatlake_conversation.test", "contact_name", chatlaketest.Text("Ana")),
				chatlaketest.Has("data.chatlake_conversation.test", "unread_count", knownvalue.Int64Exact(0)),
				chatlaketest.Has("data.chatlake_conversations.all", "conversations", knownvalue.ListSizeExact(1)),
				chatlaketest.Has("data.chatlake_conversations.filtered", "conversations", knownvalue.ListSizeExact(1)),
				chatlaketest.Has("data.chatlake_conversations.none", "conversations", knownvalue.ListSizeExact(0)),
			},
		},
	)
}
