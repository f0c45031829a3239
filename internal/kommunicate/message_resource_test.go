package kommunicate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

const messageAddress = "kommunicate_message.test"

// message is a configuration of one message in one conversation.
func message(w *acctest.World, attributes string) string {
	return w.Config(`
resource "kommunicate_conversation" "test" {
  group_name        = "Order 7781"
  group_member_list = ["customer-42"]
  client_group_id   = "order-7781"
}
resource "kommunicate_message" "test" {
` + attributes + `
}`)
}

const hello = `
  group_id       = kommunicate_conversation.test.id
  from_user_name = "owner@agents.example"
  message        = "Hello Ana"`

// sent checks the newest of n messages in the only conversation.
func sent(w *acctest.World, n int, check func(kommunicate.MessageView) error) resource.TestCheckFunc {
	return func(*terraform.State) error {
		messages := w.Kommunicate.Messages(last(w).ID)
		if len(messages) != n {
			return fmt.Errorf("%d messages, want %d: %+v", len(messages), n, messages)
		}

		return check(messages[n-1])
	}
}

func asItShould(m kommunicate.MessageView, ok bool) error {
	if ok {
		return nil
	}

	return fmt.Errorf("not as it should be: %+v", m)
}

func TestAccMessage_basic(t *testing.T) {
	w := acctest.New(t)
	config := message(w, hello)
	steps := []resource.TestStep{{
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			expect(messageAddress, "id", knownvalue.StringRegexp(regexp.MustCompile(`^5-131\d+-\d+$`))),
			expect(messageAddress, "created_at", knownvalue.NotNull()),
			expect(messageAddress, "content_type", knownvalue.Null()),
		},
		Check: sent(w, 1, func(m kommunicate.MessageView) error {
			return asItShould(m, m.Text == "Hello Ana" && m.From == kommunicate.OwnerID && m.ContentType == 0 && len(m.Metadata) == 0)
		}),
	}, {
		ResourceName: messageAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"created_at"},
	}}
	steps = append(steps, resource.TestStep{
		// Not found is not a reason to tell people again.
		PreConfig: func() {
			act(t, w, "delete_message", map[string]any{"key": w.Kommunicate.Messages(last(w).ID)[0].Key})
		},
		Config: config, ConfigPlanChecks: planned(messageAddress, plancheck.ResourceActionNoop),
	}, resource.TestStep{
		Config:           message(w, hello+"\n  on_destroy = \"delete_for_all\""),
		ConfigPlanChecks: planned(messageAddress, plancheck.ResourceActionUpdate),
		Check:            sent(w, 1, func(kommunicate.MessageView) error { return nil }),
	}, resource.TestStep{
		Config:           message(w, hello+"\n  triggers = { day = \"2\" }"),
		ConfigPlanChecks: planned(messageAddress, plancheck.ResourceActionReplace),
		Check:            sent(w, 2, func(kommunicate.MessageView) error { return nil }),
	}, resource.TestStep{
		// The conversation is gone: both are made again.
		PreConfig:        behind(t, w, "delete_group", map[string]any{}),
		Config:           strings.ReplaceAll(message(w, hello), "order-7781", "order-7782"),
		ConfigPlanChecks: planned(messageAddress, plancheck.ResourceActionCreate),
		Check:            sent(w, 1, func(kommunicate.MessageView) error { return nil }),
	})
	w.Test(t, steps...)

	m := w.Kommunicate.Messages(last(w).ID)
	if len(m) != 1 || m[0].Deleted {
		t.Errorf("destroying leaves the message: %+v", m)
	}
}

func TestAccMessage_kinds(t *testing.T) {
	w := acctest.New(t)

	file := filepath.Join(t.TempDir(), "receipt.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.7 receipt"), 0o600); err != nil {
		t.Fatal(err)
	}

	rich := func(payload string) string {
		return hello + "\n  metadata = { order = \"7781\" }\n  skip_bot = true\n  rich_message = {\n    template_id = \"6\"\n    payload = " + payload + "\n  }"
	}
	key := `
  client_group_id = kommunicate_conversation.test.client_group_id
  from_user_name  = "customer-42"`
	w.Test(t, resource.TestStep{
		Config: message(w, rich(`jsonencode([{ title = "Yes", message = "More" }])`)),
		Check: sent(w, 1, func(m kommunicate.MessageView) error {
			return asItShould(m, m.Metadata["contentType"] == "300" && m.Metadata["templateId"] == "6" && m.Metadata["skipBot"] == "true" &&
				m.Metadata["payload"] == `[{"message":"More","title":"Yes"}]` && m.Metadata["order"] == "7781" && m.ContentType == 0)
		}),
	}, resource.TestStep{
		ResourceName: messageAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"created_at"},
	}, resource.TestStep{
		// Spaces are no reason to send.
		Config:           message(w, rich(`"[ { \"title\": \"Yes\", \"message\": \"More\" } ]"`)),
		ConfigPlanChecks: planned(messageAddress, plancheck.ResourceActionNoop),
	}, resource.TestStep{
		Config:           message(w, rich(`jsonencode([{ title = "No", message = "More" }])`)),
		ConfigPlanChecks: planned(messageAddress, plancheck.ResourceActionReplace),
	}, resource.TestStep{
		Config: message(w, key+"\n  message = \"<b>Hi</b>\"\n  content_type = \"text_html\""),
		Check: sent(w, 3, func(m kommunicate.MessageView) error {
			return asItShould(m, m.Text == "<b>Hi</b>" && m.ContentType == 3 && m.From == "customer-42")
		}),
	}, resource.TestStep{
		Config: message(w, key+`
  attachment = {
    url  = "https://files.example.com/a/receipt.png?x=1"
    size = 182025
  }`),
		Check: sent(w, 4, func(m kommunicate.MessageView) error {
			return asItShould(m, m.ContentType == 1 && m.FileName == "receipt.png" && m.FileURL == "https://files.example.com/a/receipt.png?x=1")
		}),
	}, resource.TestStep{
		Config: message(w, key+`
  message    = "Your receipt"
  on_destroy = "delete_for_all"
  attachment = {
    source = "`+file+`"
  }`),
		Check: sent(w, 5, func(m kommunicate.MessageView) error {
			files := w.Kommunicate.Files()

			return asItShould(m, m.ContentType == 1 && m.FileName == "receipt.pdf" && m.Text == "Your receipt" && len(files) == 1 &&
				files[0].ContentType == "application/pdf" && string(files[0].Content) == "%PDF-1.7 receipt" && m.BlobKey == files[0].Key)
		}),
	})

	m := w.Kommunicate.Messages(last(w).ID)
	if !m[4].Deleted || m[3].Deleted {
		t.Errorf("only the last was to be deleted: %+v", m)
	}
}

// TestMessageIsNotSent tells what became of messages that could not be sent.
func TestMessageIsNotSent(t *testing.T) {
	for name, c := range map[string]struct {
		sender string
		fault  *sandbox.Fault
		want   []string
	}{
		"unknown sender":  {sender: "stranger", want: []string{"Unable to send message", "AL-U-01"}},
		"the answer lost": {sender: kommunicate.OwnerID, fault: &sandbox.Fault{Name: "lost", After: true, Cut: sandbox.CutReset}, want: []string{"Unable to send message", "may have been sent"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := acctest.New(t)
			p := w.Protocol(t, nil)
			needs := messageNeeds[0]

			order, diags := p.Create(t.Context(), needs.Type, needs.Config)
			if len(diags) > 0 {
				t.Fatal(diags)
			}

			if c.fault != nil {
				c.fault.Path = "/rest/ws/message/v2/send"
				w.Faults.Add(*c.fault)
			}

			_, diags = p.Create(t.Context(), "kommunicate_message", values{"group_id": order.String("id"), "from_user_name": c.sender, "message": "Hello"})
			for _, want := range c.want {
				if !strings.Contains(diags.Errors().String(), want) {
					t.Errorf("got %q, want %q in it", diags, want)
				}
			}

			n := w.Journal.Count("POST /rest/ws/message/v2/send")
			if n != 1 {
				t.Errorf("sent %d times", n)
			}
		})
	}
}

func TestAccListDataSources(t *testing.T) {
	w := acctest.New(t)
	resources := `
resource "kommunicate_conversation" "test" {
  count             = 4
  group_name        = "c${count.index}"
  group_member_list = ["customer-42"]
  assignee          = count.index < 3 ? "agent.two@agents.example" : null
  status            = count.index == 0 ? "spam" : null
}
resource "kommunicate_message" "test" {
  group_id       = kommunicate_conversation.test[0].id
  from_user_name = "customer-42"
  message        = "hello"
}`
	w.Test(t, resource.TestStep{Config: w.Config(resources)}, resource.TestStep{
		PreConfig: func() {
			for i := range 120 {
				act(t, w, "customer_message", map[string]any{"groupId": w.Kommunicate.Groups()[0].ID, "message": fmt.Sprint(i)})
			}

			for i := range 120 {
				act(t, w, "open_widget", map[string]any{"userId": "customer-42", "name": fmt.Sprint(i)})
			}
		},
		Config: w.Config(resources + `
data "kommunicate_conversations" "all" { max_results = 1000 }
data "kommunicate_conversations" "some" { max_results = 65 }
data "kommunicate_conversations" "spam" { status = "spam" }
data "kommunicate_conversations" "two" { assignee = "agent.two@agents.example" }
data "kommunicate_conversations" "talking" { status = "open" }
data "kommunicate_messages" "default" { group_id = data.kommunicate_conversations.talking.conversations[0].id }
data "kommunicate_messages" "some" {
  group_id    = data.kommunicate_conversations.talking.conversations[0].id
  max_results = 60
}`),
		ConfigStateChecks: []statecheck.StateCheck{
			expect("data.kommunicate_conversations.all", "conversations", knownvalue.ListSizeExact(124)),
			expect("data.kommunicate_conversations.some", "conversations", knownvalue.ListSizeExact(65)),
			expect("data.kommunicate_conversations.spam", "conversations", knownvalue.ListSizeExact(1)),
			expect("data.kommunicate_conversations.two", "conversations", knownvalue.ListSizeExact(3)),
		},
	})
}

// TestListsInPages reads more than a page of messages, and of conversations, under both readings of the cursor.
func TestListsInPages(t *testing.T) {
	for _, inclusive := range []bool{false, true} {
		w := acctest.New(t)
		w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { s.CursorInclusive = inclusive })
		p := w.Protocol(t, nil)

		_, diags := p.Create(t.Context(), "kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"ana"}})
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		id := last(w).ID
		for i := range 130 {
			act(t, w, "customer_message", map[string]any{"groupId": id, "message": fmt.Sprint("m", i)})
			act(t, w, "open_widget", map[string]any{"userId": "ana", "name": fmt.Sprint("c", i)})
		}

		for most, want := range map[int]int{500: 130, 75: 75} {
			for kind, config := range map[string]values{
				"kommunicate_messages":      {"group_id": id, "max_results": most},
				"kommunicate_conversations": {"status": "initial", "max_results": most},
			} {
				found, diags := p.Data(t.Context(), kind, config)

				var (
					attributes map[string]tftypes.Value
					rows       []tftypes.Value
				)
				if len(diags) > 0 || found.As(&attributes) != nil || attributes[strings.TrimPrefix(kind, "kommunicate_")].As(&rows) != nil || len(rows) != want {
					t.Errorf("%s, inclusive %t: %d rows, want %d: %s", kind, inclusive, len(rows), want, diags)
				}
			}
		}
	}
}

// TestAccMessage_functions lets Terraform call the functions: with known and with unknown values.
func TestAccMessage_functions(t *testing.T) {
	w := acctest.New(t)
	replies := func(title string) string {
		return `
resource "terraform_data" "title" { input = "Yes" }
` + message(w, hello+`
  rich_message = provider::kommunicate::kommunicate_suggested_replies([
    { title = `+title+`, message = "More" },
  ])`)
	}
	w.Test(t, refused(replies(`null`), "replies[0] needs title"), resource.TestStep{
		Config: replies("terraform_data.title.output"),
		Check: sent(w, 1, func(m kommunicate.MessageView) error {
			return asItShould(m, m.Metadata["templateId"] == "6" && m.Metadata["payload"] == `[{"message":"More","title":"Yes"}]`)
		}),
	}, resource.TestStep{
		Config: replies(`"Yes"`), ConfigPlanChecks: planned(messageAddress, plancheck.ResourceActionNoop),
	})
}

var messageNeeds = []acctest.Need{
	{Name: "order", Type: "kommunicate_conversation", Config: values{"group_name": "Order 1", "group_member_list": []any{"mira"}, "client_group_id": "order-1"}},
}

var messageCases = acctest.Cases{
	Type:       "kommunicate_message",
	Needs:      messageNeeds,
	NeverEmpty: map[string]string{"attachment": "It needs source or url; the error says to use null."},
	Minimal:    values{"group_id": acctest.Ref("order", "id"), "from_user_name": "mira", "message": "Where is it?"},
	Stages:     []values{{"metadata": values{"order": "1"}}, {"metadata": values{"order": "2"}}},
	Unset: map[string]string{
		"client_group_id": "TestImportedMessage sets it in place of group_id.", "content_type": "A change sends a new message.",
		"skip_bot": "A change sends a new message.", "triggers": "A change sends a new message.",
		"rich_message": "A change sends a new message.", "rich_message.template_id": "A change sends a new message.", "rich_message.payload": "A change sends a new message.",
	},
	Replaced: values{
		"group_id": "131000999", "from_user_name": "nora", "message": "There it is", "content_type": "text_html", "skip_bot": true, "triggers": values{"day": "2"},
		"rich_message": values{"template_id": "6", "payload": "[]"},
	},
	Local: values{"on_destroy": "delete_for_all"},
	Refused: []acctest.Refused{
		{Config: values{"client_group_id": "order-1"}, Want: "Exactly one of these attributes must be configured"},
		{Config: values{"message": nil}, Want: "A message needs message"},
		{Config: values{"content_type": "audio"}, Want: "value must be one of"},
		{Config: values{"content_type": "attachment"}, Want: "needs an attachment"},
		{Config: values{"metadata": values{"templateId": "6"}}, Want: "set rich_message.template_id"},
		{Config: values{"rich_message": values{"template_id": "6", "payload": "[{"}}, Want: "must be a JSON array or object"},
	},
	Accepted: []values{{"content_type": ""}, {"triggers": values{}}, {"metadata": values{}}, {"client_group_id": ""}},
	NoDrift:  "A message is an event: it is not read back.",
	Import:   acctest.Import{Missing: "5-131000001-99999", Malformed: []string{"a/b", "../1"}},
	Stays:    "Destroying leaves the message in its conversation.",
	Skip:     map[string]string{"disappeared": "A message that cannot be found is not sent again."},
}

var attachmentCases = acctest.Cases{
	Type:    "kommunicate_message",
	Name:    "attachment",
	Needs:   messageNeeds,
	Minimal: values{"group_id": acctest.Ref("order", "id"), "from_user_name": "mira", "attachment": values{"url": "https://x.example/a.pdf"}},
	Unset: map[string]string{
		"attachment.source": "TestAccMessage_kinds sets it.", "attachment.name": "TestMessageIsReplaced sets it.",
		"attachment.content_type": "TestMessageIsReplaced sets it.", "attachment.size": "TestAccMessage_kinds sets it.", "attachment.blob_key": "A change sends a new message.",
		"attachment.thumbnail_url": "TestMessageIsReplaced sets it.",
	},
	Replaced: values{"attachment": values{"url": "https://x.example/b.pdf"}},
	Refused: []acctest.Refused{
		{Config: values{"attachment": values{"name": "x"}}, Want: "Exactly one of these attributes must be configured: source, url. Without any, use attachment = null."},
		{Config: values{"attachment": values{"source": "x", "size": 1}}, Want: "cannot both be set"},
		{Config: values{"content_type": "price"}, Want: "Remove content_type"},
	},
	NoDrift: "A message is an event: it is not read back.",
	Import:  acctest.Import{Missing: "5-131000001-99999", Malformed: []string{"a/b"}},
	Stays:   "Destroying leaves the message in its conversation.",
	Skip:    map[string]string{"disappeared": "A message that cannot be found is not sent again.", "stages": "A change sends a new message."},
}
