package promises_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// marker is what every write-only attribute is set to.
const marker = "S3CR3T-write-only-marker"

// Every type is applied, made to fail, and destroyed by real Terraform at TF_LOG=TRACE. No credential and no write-only
// value is in the state, in a plan, in what is printed, or in a log line, of any author. Secrets that the platforms
// make up are in the state, where the schema says so, and nowhere else.
func TestAccSecretsStaySecret(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set")
	}

	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true // The faults are meant to.
	tf := acctest.NewTerraform(t, []string{"chat"}, map[string]string{"main.tf.json": everything(t, w)})
	log := filepath.Join(t.TempDir(), "log")
	tf.Env = append(append(tf.Env, w.Environment(w.URL)...), "TF_LOG=TRACE", "TF_LOG_PATH="+log, "TF_VAR_marker="+marker, "CHAT_MAX_RETRIES=0")

	var printed bytes.Buffer

	run := func(must bool, args ...string) {
		t.Helper()
		out, err := tf.Run(t, args...)
		printed.WriteString(out)

		if must && err != nil {
			t.Fatalf("terraform %s: %v\n%s", args[0], err, out)
		}
	}
	run(true, "init", "-no-color")
	run(true, "plan", "-no-color", "-out=plan")
	run(true, "apply", "-no-color", "plan")
	run(true, "show", "-no-color")

	for _, fault := range faultsWithSecrets() {
		w.Faults.SetRate(sandbox.Rate{Share: 1, Faults: []sandbox.Fault{fault}})
		run(false, "plan", "-no-color")
		run(false, "destroy", "-no-color", "-auto-approve", "-refresh=false")
		w.Faults.SetRate(sandbox.Rate{})
	}

	run(false, "apply", "-no-color", "-auto-approve") // Some was destroyed all the same, and what others refer to with it.
	run(true, "plan", "-no-color", "-destroy", "-out=destroy")
	run(true, "apply", "-no-color", "destroy")

	lines := read(t, log)
	if !strings.Contains(lines, "request and response bodies") || !strings.Contains(printed.String(), "Unable to") {
		t.Error("the log holds no bodies, or nothing failed: this test tests nothing")
	}

	places := map[string]string{"output": printed.String(), "log": lines, "plan": unpacked(t, filepath.Join(tf.Dir, "plan")), "destroy plan": unpacked(t, filepath.Join(tf.Dir, "destroy"))}
	for _, name := range []string{"terraform.tfstate", "terraform.tfstate.backup"} {
		places[name] = read(t, filepath.Join(tf.Dir, name))
	}

	secrets := append(credentials(w), marker, echoed)
	for place, text := range places {
		for _, secret := range secrets {
			i := strings.Index(text, secret)
			if i >= 0 {
				t.Errorf("%s holds %q: ...%s...", place, secret, text[max(0, i-300):min(len(text), i+100)])
			}
		}
	}

	for _, secret := range madeUp(t, places["terraform.tfstate.backup"]) {
		for _, place := range []string{"output", "log"} {
			if strings.Contains(places[place], secret) {
				t.Errorf("%s holds the secret %q that the platform made up", place, secret)
			}
		}
	}
}

// Credentials in the provider block are in the configuration, and so in a saved plan, which Terraform packs it into. They
// are not in the state, in what is printed, or in the log, Terraform's own lines included.
func TestAccProviderBlockIsNotLogged(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set")
	}

	t.Parallel()
	w := acctest.New(t)
	config := fmt.Sprintf("terraform {\n  required_providers {\n    chat = { source = \"seed-426837f5/chat\" }\n  }\n}\nprovider \"chat\" {\n%s}\n"+
		"resource \"imichat_user\" \"test\" {\n  provider = chat\n  login_id = \"mira\"\n}\n"+
		"resource \"chatlake_label\" \"test\" {\n  provider = chat\n  title = \"urgent\"\n}\n"+
		"resource \"kommunicate_user\" \"test\" {\n  provider = chat\n  user_id = \"mira\"\n}\n",
		w.Settings("kommunicate", "chatlake", "imichat"))
	tf := acctest.NewTerraform(t, []string{"chat"}, map[string]string{"main.tf": config})
	log := filepath.Join(t.TempDir(), "log")
	tf.Env = append(tf.Env, "TF_LOG=TRACE", "TF_LOG_PATH="+log)

	out := tf.Must(t, "init", "-no-color") + tf.Must(t, "apply", "-no-color", "-auto-approve") + tf.Must(t, "show", "-no-color")
	for place, text := range map[string]string{"output": out, "log": read(t, log), "state": read(t, filepath.Join(tf.Dir, "terraform.tfstate"))} {
		for _, secret := range credentials(w) {
			i := strings.Index(text, secret)
			if i >= 0 {
				t.Errorf("%s holds %q: ...%s...", place, secret, text[max(0, i-300):min(len(text), i+100)])
			}
		}
	}
}

// echoed is in the answers of a platform that repeats what it should not.
const echoed = "S3CR3T-in-an-answer"

// faultsWithSecrets are requestFaults whose answers hold secrets.
func faultsWithSecrets() []sandbox.Fault {
	body := fmt.Sprintf(`{"access_token":%q,"authToken":%q,"error":"no","payload":{"hmac_token":%q,"password":%q`, echoed, echoed, echoed, echoed)
	data := map[string]string{"Content-Type": "application/json", "access_token": echoed}

	return []sandbox.Fault{
		{Name: "refusal with secrets", Status: 403, Header: data, Body: body + "}}"},
		{Name: "half an answer with secrets", Status: 200, After: true, Header: data, Body: body},
		{Name: "failure with secrets", Status: 500, Header: data, Body: body},
	}
}

// credentials returns what only the provider may know: from its settings, and what it got for them.
func credentials(w *acctest.World) []string {
	all := []string{imichat.APIKey, chatlake.AdminToken, base64.StdEncoding.EncodeToString([]byte(imichat.APIKey + "@" + imichat.Domain))}

	for _, pair := range w.Environment(w.URL) {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasSuffix(name, "_API_KEY") || strings.HasSuffix(name, "TOKEN") {
			all = append(all, value)
		}
	}

	for _, e := range w.Journal.Entries(nil) {
		for _, value := range e.Header.Values("access_token") {
			if !slices.Contains(all, value) {
				all = append(all, value)
			}
		}
	}

	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// everything returns a configuration of one object of each type, with the marker in every write-only attribute.
func everything(t *testing.T, w *acctest.World) string {
	t.Helper()
	s := &stage{T: t, world: w, Protocol: w.Protocol(t, nil)}
	resources := acctest.Values{}

	for _, sub := range subjects() {
		config := sub.config(s)
		for _, attribute := range s.Schema(sub.kind).Block.Attributes {
			if attribute.Name == "adopt_existing" {
				config["adopt_existing"] = true // Other subjects may need one of its name.
			}

			if attribute.Name == "timeouts" {
				config["timeouts"] = acctest.Values{"delete": "2s"}
			}

			if attribute.WriteOnly && attribute.Type != nil && attribute.Type.Is(tftypes.String) {
				config[attribute.Name] = "${var.marker}"
				if slices.ContainsFunc(s.Schema(sub.kind).Block.Attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == attribute.Name+"_version" }) {
					config[attribute.Name+"_version"] = 1
				}
			}
		}

		config["provider"] = "chat"
		resources[sub.kind] = acctest.Values{"test": config}
	}

	text, err := json.MarshalIndent(acctest.Values{
		"terraform": acctest.Values{"required_providers": acctest.Values{"chat": acctest.Values{"source": "seed-426837f5/chat"}}},
		"variable":  acctest.Values{"marker": acctest.Values{"type": "string", "ephemeral": true, "sensitive": true}},
		"resource":  resources,
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}

	return string(text)
}

// madeUp returns the sensitive values of the state, which platforms made up.
func madeUp(t *testing.T, state string) []string {
	t.Helper()

	var parsed struct {
		Resources []struct {
			Instances []struct {
				Attributes          map[string]any          `json:"attributes"`
				SensitiveAttributes [][]struct{ Value any } `json:"sensitive_attributes"`
			}
		}
	}
	if err := json.Unmarshal([]byte(state), &parsed); err != nil {
		t.Fatal(err)
	}

	var found []string

	for _, r := range parsed.Resources {
		for _, i := range r.Instances {
			for _, path := range i.SensitiveAttributes {
				if name, ok := path[0].Value.(string); ok && len(path) == 1 {
					if text, ok := i.Attributes[name].(string); ok && text != "" {
						found = append(found, text)
					}
				}
			}
		}
	}

	return found
}

func read(t *testing.T, name string) string {
	t.Helper()

	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}

	return string(content)
}

// unpacked returns what a plan file holds.
func unpacked(t *testing.T, name string) string {
	t.Helper()

	archive, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = archive.Close() }()

	var b strings.Builder

	for _, file := range archive.File {
		f, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}

		if _, err := io.Copy(&b, f); err != nil { //nolint:gosec // A plan that Terraform has just written.
			t.Fatal(err)
		}

		_ = f.Close()
	}

	return b.String()
}
