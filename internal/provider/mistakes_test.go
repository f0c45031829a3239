package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// One mistake that keeps every object from being read is one error, which counts them; and what needs no read needs no
// credentials.
func TestAccOneMistake(t *testing.T) {
	w := acctest.New(t)

	tf := acctest.NewTerraform(t, []string{"chat"}, map[string]string{
		"main.tf": required(source("chatlake", "chat")) + `
provider "chatlake" {
  retry_timeout = "1s"
  chatlake = {}
}

resource "chatlake_label" "test" {
  count = 30
  title = "label-${count.index}"
}
`,
	})
	plain := tf.Env
	good := slices.Concat(plain, w.Environment(w.URL))

	tf.Env = good
	tf.Must(t, "init", "-no-color")
	tf.Must(t, "apply", "-auto-approve", "-no-color")

	for name, c := range map[string]struct {
		env  []string
		want string
	}{
		"no credentials": {plain, "Missing chatlake base URL, API access token, account id"},
		"wrong token":    {append(good[:len(good):len(good)], "CHATLAKE_API_ACCESS_TOKEN=wrong"), "Chatlake refused the credential"},
		"wrong account":  {append(good[:len(good):len(good)], "CHATLAKE_ACCOUNT_ID=4711"), "The state is of account 1, and the provider is configured for account 4711"},
		"no server":      {append(good[:len(good):len(good)], "CHATLAKE_BASE_URL=http://127.0.0.1:9"), "Chatlake cannot be reached"},
	} {
		tf.Env = c.env
		out, err := tf.Run(t, "plan", "-no-color")

		said := strings.Join(strings.Fields(strings.ReplaceAll(out, "│", " ")), " ")
		if err == nil || strings.Count(out, "Error: ") != 1 || !strings.Contains(said, c.want) || !strings.Contains(said, "At least 30 objects could not be read") ||
			strings.Contains(said, "local name") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}

	tf.Env = plain
	tf.Must(t, "plan", "-refresh=false", "-detailed-exitcode", "-no-color")

	// Each object that is not created is an error of Terraform's; one of them explains it.
	tf.Must(t, "state", "rm", "chatlake_label.test")

	out, err := tf.Run(t, "apply", "-auto-approve", "-no-color")

	said := strings.Join(strings.Fields(strings.ReplaceAll(out, "│", " ")), " ")
	if err == nil || strings.Count(said, "It is the same for another object of this run") != 29 ||
		!strings.Contains(said, "At least 30 objects could not be created or changed because of this.") {
		t.Errorf("no credentials for creating: %v\n%s", err, out)
	}
}
