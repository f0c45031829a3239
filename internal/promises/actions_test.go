package promises_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// TestAccActions runs an action of each platform by itself, and one because a resource changed. None runs without a reason.
func TestAccActions(t *testing.T) {
	acctest.NeedsCommand(t, "query") // Actions came with the same release.

	s := newStage(t, nil)
	ticket := s.need("chatlake_conversation", acctest.Values{"inbox_id": "101", "contact_id": s.need("chatlake_contact", acctest.Values{"name": "Ana", "inbox_id": "101"}).String("id")})
	group := s.need("kommunicate_conversation", acctest.Values{"group_name": "Order", "group_member_list": []any{s.need("kommunicate_user", acctest.Values{"user_id": "ana"}).String("user_id")}})
	chat := s.need("imichat_chat", acctest.Values{"channel": "api", "alias_id": "order-1", "asset": acctest.Values{"id": imichat.AssetAPI}, "customer": acctest.Values{"destination_id": "customer-1"}})

	config := func(version int) string {
		return onlyChat + fmt.Sprintf(`
locals {
  release = %d
}

resource "terraform_data" "release" {
  input = local.release

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.chatlake_send_message.news, action.chatlake_set_conversation_status.done]
    }
  }
}

action "chatlake_send_message" "news" {
  provider = chat

  config {
    conversation_id = %q
    content         = "The release ${local.release} is there."
  }
}

action "chatlake_set_conversation_status" "done" {
  provider = chat

  config {
    conversation_id = %[2]q
    status          = "resolved"
  }
}

action "kommunicate_send_message" "hello" {
  provider = chat

  config {
    group_id       = %q
    from_user_name = "ana"
    message        = "Hello"
  }
}

action "imichat_update_chat" "vip" {
  provider = chat

  config {
    chat_id = %q
    tags    = ["vip"]
  }
}

action "chatlake_merge_contacts" "none" {
  provider = chat

  config {
    base_contact_id   = "998"
    mergee_contact_id = "999"
  }
}
`, version, ticket.String("id"), group.String("id"), chat.String("id"))
	}

	tf := acctest.NewTerraform(t, []string{"chat"}, map[string]string{"main.tf": config(1)})
	tf.Env = append(tf.Env, s.world.Environment(s.world.URL)...)
	tf.Must(t, "init")

	wants := func(part string, args ...string) {
		t.Helper()
		s.world.Journal.Clear()

		out := tf.Must(t, append(args, "-no-color")...)
		isSent := func(e sandbox.Entry) bool { return strings.Contains(e.Path+string(e.Body), part) }

		if part == "" && len(s.world.Journal.Writes()) > 0 || part != "" && !slices.ContainsFunc(s.world.Journal.Writes(), isSent) {
			t.Errorf("%v: %q is not what was written: %v\n%s", args, part, s.world.Journal.Writes(), out)
		}
	}

	wants("", "apply", "-auto-approve")
	wants("", "apply", "-auto-approve")
	wants(`Hello`, "apply", "-auto-approve", "-invoke=action.kommunicate_send_message.hello")
	wants(`vip`, "apply", "-auto-approve", "-invoke=action.imichat_update_chat.vip")
	wants(`"status":"resolved"`, "apply", "-auto-approve", "-invoke=action.chatlake_set_conversation_status.done")

	writeFile(t, filepath.Join(tf.Dir, "main.tf"), config(2), 0o600)
	wants("The release 2 is there.", "apply", "-auto-approve")
	wants("", "apply", "-auto-approve")

	out, err := tf.Run(t, "apply", "-auto-approve", "-no-color", "-invoke=action.chatlake_merge_contacts.none")
	if err == nil || !strings.Contains(out, "no contact 998, or no contact 999") {
		t.Errorf("%v: %s", err, out)
	}
}
