package provider_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// source returns a required_providers entry. The host is written out, so that OpenTofu looks in the same place.
func source(local, name string) string {
	return fmt.Sprintf("    %s = { source = \"registry.terraform.io/seed-426837f5/%s\" }\n", local, name)
}

func required(entries ...string) string {
	return "terraform {\n  required_providers {\n" + strings.Join(entries, "") + "  }\n}\n"
}

const (
	user    = "resource \"kommunicate_user\" \"test\" {%s\n  user_id = \"ana\"\n}\n"
	contact = "resource \"chatlake_contact\" \"test\" {%s\n  name = \"Ana\"\n}\n"
	chat    = "resource \"imichat_chat\" \"test\" {%s\n  channel  = \"sms\"\n  asset    = { id = %q }\n  customer = { destination_id = \"14155550123\", name = \"Ana\" }\n}\n"
	byName  = "\n  provider = chat"
)

// TestAccNaming applies one object of each platform in each of the spellings that the documentation offers, with the
// provider installed as users install it.
func TestAccNaming(t *testing.T) {
	for _, c := range []struct {
		name  string
		names []string
		files func(w *acctest.World) map[string]string
	}{
		{"one name", []string{"chat"}, func(w *acctest.World) map[string]string {
			return map[string]string{"main.tf": required(source("chat", "chat")) + w.Provider("chat", "kommunicate", "chatlake", "imichat") +
				fmt.Sprintf(user, byName) + fmt.Sprintf(contact, byName) + fmt.Sprintf(chat, byName, imichat.AssetSMS)}
		}},
		{"a module for each platform", []string{"chat"}, func(w *acctest.World) map[string]string {
			return map[string]string{
				"main.tf": required(source("chat", "chat")) + w.Provider("chat", "kommunicate", "chatlake", "imichat") +
					"module \"km\" {\n  source = \"./km\"\n}\nmodule \"cl\" {\n  source = \"./cl\"\n}\nmodule \"im\" {\n  source = \"./im\"\n}\n",
				"km/main.tf": required(source("kommunicate", "chat")) + fmt.Sprintf(user, ""),
				"cl/main.tf": required(source("chatlake", "chat")) + fmt.Sprintf(contact, ""),
				"im/main.tf": required(source("imichat", "chat")) + fmt.Sprintf(chat, "", imichat.AssetSMS),
			}
		}},
		{"one platform, and its name", []string{"chat"}, func(w *acctest.World) map[string]string {
			return map[string]string{"main.tf": required(source("kommunicate", "chat")) + w.Provider("kommunicate", "kommunicate") + fmt.Sprintf(user, "")}
		}},
		{"one binary under three names", []string{"kommunicate", "chatlake", "imichat"}, func(w *acctest.World) map[string]string {
			return map[string]string{"main.tf": required(source("kommunicate", "kommunicate"), source("chatlake", "chatlake"), source("imichat", "imichat")) +
				w.Provider("kommunicate", "kommunicate") + w.Provider("chatlake", "chatlake") + w.Provider("imichat", "imichat") +
				fmt.Sprintf(user, "") + fmt.Sprintf(contact, "") + fmt.Sprintf(chat, "", imichat.AssetSMS)}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)

			tf := acctest.NewTerraform(t, c.names, c.files(w))
			out := tf.Must(t, "init", "-no-color")
			if strings.Contains(out, "Duplicate required provider") {
				t.Errorf("init warns:\n%s", out)
			}

			out = tf.Must(t, "apply", "-auto-approve", "-no-color")
			if strings.Contains(out, "Warning") || !regexp.MustCompile(`Apply complete! Resources: [13] added`).MatchString(out) {
				t.Errorf("apply says:\n%s", out)
			}

			tf.Must(t, "plan", "-detailed-exitcode", "-no-color")
			tf.Must(t, "destroy", "-auto-approve", "-no-color")
		})
	}
}

// Several local names for one source make Terraform drop provider blocks at random. With credentials in the environment
// that does no harm; and where a credential is missing, the warning names the trap.
func TestAccNamingSeveralLocalNames(t *testing.T) {
	w := acctest.New(t)

	tf := acctest.NewTerraform(t, []string{"chat"}, map[string]string{
		"main.tf": required(source("kommunicate", "chat"), source("chatlake", "chat")) + fmt.Sprintf(user, "") + fmt.Sprintf(contact, ""),
	})
	out := tf.Must(t, "init", "-no-color")
	if !strings.Contains(out, "Duplicate required provider") {
		t.Errorf("Terraform has learnt to live with it, and the documentation can say so:\n%s", out)
	}

	out, err := tf.Run(t, "plan", "-no-color")

	plain := strings.Join(strings.Fields(strings.ReplaceAll(out, "│", " ")), " ")
	if err != nil || !strings.Contains(plain, "under more than one local name in required_providers") {
		t.Errorf("the warning does not name the trap: %v\n%s", err, out)
	}

	tf.Env = append(tf.Env, w.Environment(w.URL)...)
	tf.Must(t, "apply", "-auto-approve", "-no-color")
	tf.Must(t, "plan", "-detailed-exitcode", "-no-color")
}

// TestAccDebug attaches Terraform to a provider that somebody started for a debugger, as its output says.
func TestAccDebug(t *testing.T) {
	w := acctest.New(t)
	tf := acctest.NewTerraform(t, []string{"chat"}, map[string]string{
		"main.tf": required(source("kommunicate", "chat")) + w.Provider("kommunicate", "kommunicate") + fmt.Sprintf(user, ""),
	})
	debugged := exec.CommandContext(t.Context(), acctest.Binary(t), "-debug")

	out, err := debugged.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}

	if err := debugged.Start(); err != nil {
		t.Fatal(err)
	}

	lines := bufio.NewScanner(out)
	for lines.Scan() && len(tf.Env) < 5 {
		if value, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "TF_REATTACH_PROVIDERS="); ok {
			tf.Env = append(tf.Env, "TF_REATTACH_PROVIDERS="+strings.Trim(value, "'"))
			break
		}
	}

	tf.Must(t, "init", "-no-color")

	applied := tf.Must(t, "apply", "-auto-approve", "-no-color")
	if !strings.Contains(applied, "1 added") {
		t.Errorf("apply says:\n%s", applied)
	}

	if err := debugged.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}

	_ = debugged.Wait()
}

// TestVersion asks the binary for its version.
func TestVersion(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), acctest.Binary(t), "-version").Output()
	if err != nil || strings.TrimSpace(string(out)) != "terraform-provider-chat dev" {
		t.Errorf("got %q, %v", out, err)
	}
}
