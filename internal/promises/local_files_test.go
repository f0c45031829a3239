package promises_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// withFiles sends one message with a local file on each platform that takes files. The moved message names another path,
// which is a change in place while the content is the same.
func withFiles(file, number string) string {
	return onlyChat + fmt.Sprintf(`
resource "chatlake_contact" "test" {
  provider = chat
  name     = "Ana"
  inbox_id = "101"
}

resource "chatlake_conversation" "test" {
  provider   = chat
  contact_id = chatlake_contact.test.id
  inbox_id   = "101"
}

resource "chatlake_message" "test" {
  provider        = chat
  conversation_id = chatlake_conversation.test.id
  attachments     = [%[1]q]
}

resource "kommunicate_conversation" "test" {
  provider          = chat
  group_name        = "Order"
  group_member_list = ["customer-42"]
}

resource "kommunicate_message" "test" {
  provider       = chat
  group_id       = kommunicate_conversation.test.id
  from_user_name = "customer-42"
  attachment     = { source = %[1]q }
}

resource "terraform_data" "number" {
  input = %[2]s
}
`, file, number)
}

// A file that changes between a saved plan and its apply ends in an error that names the file, with nothing sent, and the
// next plan sends it; it is no matter for a message that does not change. A file of a new message is sent as it is then.
func TestAccLocalFilesChangedAfterThePlan(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	tf := acctest.NewTerraform(t, []string{"chat"}, nil)
	tf.Env = append(tf.Env, w.Environment(w.URL)...)

	one, two := filepath.Join(t.TempDir(), "note.txt"), filepath.Join(t.TempDir(), "note.txt")
	put := func(name, content string) {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	plan := func(file, number string) string {
		put(filepath.Join(tf.Dir, "main.tf"), withFiles(file, number))

		return tf.Must(t, "plan", "-no-color", "-out=saved")
	}

	put(filepath.Join(tf.Dir, "main.tf"), onlyChat)
	tf.Must(t, "init", "-no-color")

	put(one, "planned")
	plan(one, "1")
	put(one, "sent")
	tf.Must(t, "apply", "-no-color", "saved")

	w.Journal.Clear()
	plan(one, "2")
	put(one, "changed")
	tf.Must(t, "apply", "-no-color", "saved") // Only terraform_data changes.
	put(one, "sent")

	put(two, "sent")

	out := plan(two, "2")
	if !strings.Contains(out, "0 to add, 2 to change, 0 to destroy") {
		t.Fatalf("the same content under another path:\n%s", out)
	}

	put(two, "changed")

	out, err := tf.Run(t, "apply", "-no-color", "saved")

	plain := strings.Join(strings.Fields(strings.ReplaceAll(out, "│", " ")), " ")
	if err == nil || strings.Count(plain, "Error: ") != 2 || strings.Count(plain, "The file has changed since the plan") != 2 ||
		strings.Count(plain, fmt.Sprintf("The file %q does not have the content any more", two)) != 2 {
		t.Errorf("%v\n%s", err, out)
	}

	for _, write := range w.Journal.Writes() {
		if !strings.Contains(write.Path, "/detail") && !strings.Contains(write.Path, "/list") {
			t.Errorf("%s %s", write.Method, write.Path)
		}
	}

	out = plan(two, "2")
	if !strings.Contains(out, "2 to add, 0 to change, 2 to destroy") {
		t.Fatalf("the changed content:\n%s", out)
	}

	put(two, "changed again")
	tf.Must(t, "apply", "-no-color", "saved")
	tf.Must(t, "plan", "-no-color", "-detailed-exitcode")
}
