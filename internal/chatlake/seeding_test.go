package chatlake_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// TestAccSeeding applies examples/seeding as it is, plans again, which must be empty, takes customers away, and destroys.
// With SEEDING_CUSTOMERS it does so at another size.
func TestAccSeeding(t *testing.T) {
	t.Parallel()

	size := os.Getenv("SEEDING_CUSTOMERS")
	if size == "" {
		size = "12"
	}

	files := map[string]string{}
	example := os.DirFS(filepath.Join("..", "..", "examples", "seeding"))

	err := fs.WalkDir(example, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}

		content, err := fs.ReadFile(example, path)
		files[path] = string(content)

		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	w := acctest.New(t)
	tf := acctest.NewTerraform(t, []string{"chat"}, files)
	tf.Env = append(tf.Env, w.Environment(w.URL)...)
	tf.Must(t, "init")

	run := func(args ...string) {
		t.Helper()
		w.Journal.Clear()

		start := time.Now()

		tf.Must(t, args...)
		t.Logf("%s: %s, %d requests", strings.Join(args, " "), time.Since(start).Round(time.Millisecond), w.Journal.Count(""))
	}
	run("apply", "-auto-approve", "-var", "customers="+size)
	run("plan", "-detailed-exitcode", "-var", "customers="+size) // 2 would be a plan that is not empty.
	tf.Must(t, "state", "rm", "module.customer[3]")              // As if the run had been killed just before it was stored.
	run("apply", "-auto-approve", "-var", "customers=5")

	contacts := w.Chatlake.Contacts()
	for _, contact := range contacts {
		if len(contact.Sessions) != 1 || len(contact.Conversations) != 1 {
			t.Errorf("made twice: %+v", contact)
		}
	}

	if len(contacts) != 5 {
		t.Errorf("%d contacts are left", len(contacts))
	}

	run("destroy", "-auto-approve", "-var", "customers=5")

	for _, inbox := range w.Chatlake.Inboxes() {
		if inbox.ID != chatlake.APIInboxID && inbox.ID != chatlake.WebInboxID {
			t.Errorf("inbox %d is left", inbox.ID)
		}
	}
}
