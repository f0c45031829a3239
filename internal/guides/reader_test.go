package guides_test

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// version is the release that the pages are tried with. It is the one that they name.
const version = "1.0.0"

// nextVersion is the release that readers upgrade to.
const nextVersion = "1.1.0"

// sums is the name of the release's checksums.
const sums = "terraform-provider-chat_" + version + "_SHA256SUMS"

// A reader is one person with what they have in front of them: a folder, a shell that remembers, the CLI, a release to
// download, and a sandbox to talk to.
type reader struct {
	t       *testing.T
	home    string
	folder  string
	release string
	sum     string
	sandbox *acctest.World
	vars    []string
}

// newReader prepares everything outside the folder, which fresh makes.
func newReader(t *testing.T) *reader {
	t.Helper()

	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set")
	}

	if runtime.GOOS == "windows" {
		t.Skip("the pages are written for a POSIX shell")
	}

	d := &reader{t: t, home: t.TempDir(), release: t.TempDir()}
	d.publish()
	d.tools()

	site := httptest.NewTLSServer(d.site())
	t.Cleanup(site.Close)

	certificate := filepath.Join(d.home, "site.pem")
	d.write(certificate, certificateOf(site))

	checkout := filepath.Join(d.home, "checkout")
	d.write(filepath.Join(checkout, "bin", "terraform.rc"), fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    \"seed-426837f5/chat\" = %q\n  }\n  direct {}\n}\n", filepath.Join(checkout, "bin")))
	d.link(acctest.Binary(t), filepath.Join(checkout, "bin", "terraform-provider-chat"))

	d.vars = []string{"SSL_CERT_FILE=" + certificate, "SITE=" + site.URL, "CHECKOUT=" + checkout}
	d.fresh()

	return d
}

// publish makes the archive and the checksums of a release, and a mirror that holds it. The next release waits in the folder
// next.
func (d *reader) publish() {
	d.t.Helper()

	archive := d.archive(version)
	d.pack(archive, version)
	d.pack(d.archive(nextVersion), nextVersion)

	content, err := os.ReadFile(archive)
	if err != nil {
		d.t.Fatal(err)
	}

	sum := sha256.Sum256(content)
	d.sum = hex.EncodeToString(sum[:])
	d.write(filepath.Join(d.release, sums), d.sum+"  "+filepath.Base(archive)+"\n")

	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		d.link(archive, filepath.Join(d.home, "registry", host, "seed-426837f5", "chat", filepath.Base(archive)))
		d.link(d.archive(nextVersion), filepath.Join(d.home, "next", host, "seed-426837f5", "chat", filepath.Base(d.archive(nextVersion))))
	}

	d.write(filepath.Join(d.home, "registry.tfrc"), fmt.Sprintf(
		"provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.Join(d.home, "registry")))
}

// pack makes an archive as a release has it: with the provider under the name of its version.
func (d *reader) pack(archive, version string) {
	d.t.Helper()

	out, err := os.Create(archive)
	if err != nil {
		d.t.Fatal(err)
	}

	binary, err := os.Open(acctest.Binary(d.t))
	if err != nil {
		d.t.Fatal(err)
	}

	defer func() { _ = binary.Close() }()

	packed := zip.NewWriter(out)
	header := &zip.FileHeader{Name: "terraform-provider-chat_v" + version}
	header.SetMode(0o755)

	entry, err := packed.CreateHeader(header)
	if err == nil {
		_, err = io.Copy(entry, binary)
	}

	if err != nil {
		d.t.Fatal(err)
	}

	if err := packed.Close(); err != nil {
		d.t.Fatal(err)
	}

	if err := out.Close(); err != nil {
		d.t.Fatal(err)
	}
}

// archive is the path of a release's archive for this system.
func (d *reader) archive(version string) string {
	return filepath.Join(d.release, fmt.Sprintf("terraform-provider-chat_%s_%s_%s.zip", version, runtime.GOOS, runtime.GOARCH))
}

// tools puts the CLI under test on the path as terraform, and a curl that downloads from the release of this test.
func (d *reader) tools() {
	d.t.Helper()

	cli := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if cli == "" {
		cli = "terraform"
	}

	path, err := exec.LookPath(cli)
	if err != nil {
		d.t.Fatal(err)
	}

	d.link(path, filepath.Join(d.home, "bin", "terraform"))

	curl, err := exec.LookPath("curl")
	if err != nil {
		d.t.Skip("the pages need curl")
	}

	d.write(filepath.Join(d.home, "bin", "curl"), fmt.Sprintf(
		"#!/bin/sh\nfor last; do :; done\ncase $last in\nhttps://github.com/*) exec cp %q/\"${last##*/}\" . ;;\nesac\nexec %q \"$@\"\n", d.release, curl))

	if err := os.Chmod(filepath.Join(d.home, "bin", "curl"), 0o755); err != nil { //nolint:gosec // a program
		d.t.Fatal(err)
	}
}

// fresh goes to an empty folder and to platforms that hold nothing yet.
func (d *reader) fresh() {
	d.t.Helper()
	d.folder = d.t.TempDir()
	d.connect()
}

// connect opens a new shell, with the variables of a new sandbox.
func (d *reader) connect() {
	d.t.Helper()
	d.sandbox = acctest.New(d.t)
	d.sandbox.Complaints = true

	if err := os.RemoveAll(filepath.Join(d.home, "shell")); err != nil {
		d.t.Fatal(err)
	}
}

// downloads are the words of the pages that stand for something of the reader's.
var downloads = regexp.MustCompile(`\bos=linux arch=amd64\b`)

// own replaces what stands for something of the reader's by the test's.
func (d *reader) own(text string) string {
	text = downloads.ReplaceAllString(text, "os="+runtime.GOOS+" arch="+runtime.GOARCH)
	text = strings.ReplaceAll(text, "linux_amd64", runtime.GOOS+"_"+runtime.GOARCH)

	if checkout, err := filepath.Abs(root); err == nil {
		text = strings.ReplaceAll(text, "github.com/seed-426837f5/terraform-provider-chat//", checkout+"/")
	}

	for _, pair := range d.vars {
		name, value, _ := strings.Cut(pair, "=")
		switch name {
		case "SITE":
			text = strings.ReplaceAll(text, "https://mirror.example.com", value)
		case "CHECKOUT":
			text = strings.ReplaceAll(text, "/path/to/the/checkout", value)
		}
	}

	if isOpenTofu() {
		text = strings.ReplaceAll(text, "registry.terraform.io", "registry.opentofu.org")
	}

	return text
}

// isOpenTofu reports whether the pages are tried with OpenTofu.
func isOpenTofu() bool {
	return strings.HasPrefix(filepath.Base(os.Getenv("TF_ACC_TERRAFORM_PATH")), "tofu")
}

// run runs a block in a shell that goes on where the last one of this reader stopped, and returns what it printed.
func (d *reader) run(script string) (string, error) {
	d.t.Helper()

	memory := filepath.Join(d.home, "shell")
	script = fmt.Sprintf("if [ -f %[1]q ]; then . %[1]q; fi\ntrap 'code=$?; { export -p; echo \"cd \\\"$PWD\\\"\"; } >%[1]q; exit $code' EXIT\nset -eua\n%[2]s",
		memory, d.own(script))

	cmd := exec.CommandContext(d.t.Context(), "sh", "-c", script)
	cmd.Dir = d.folder
	cmd.Env = d.env()
	out, err := cmd.CombinedOutput()

	return string(out), err
}

// env returns the reader's environment: none of the developer's own settings, the sandbox in their place.
func (d *reader) env() []string {
	env := []string{
		"HOME=" + d.home, "PATH=" + filepath.Join(d.home, "bin") + string(os.PathListSeparator) + os.Getenv("PATH"),
		"TF_CLI_CONFIG_FILE=" + filepath.Join(d.home, "registry.tfrc"), "CHECKPOINT_DISABLE=1", "TF_INPUT=0",
		"TF_CLI_ARGS_apply=-auto-approve", "TF_CLI_ARGS_destroy=-auto-approve", "TF_CLI_ARGS=-no-color", "TF_VAR_customers=12",
	}

	return append(append(env, d.vars...), d.sandbox.Environment(d.sandbox.URL)...)
}

func (d *reader) write(path, content string) {
	d.t.Helper()

	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.t.Fatal(err)
	}

	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func (d *reader) link(from, to string) {
	d.t.Helper()

	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		d.t.Fatal(err)
	}

	if err := os.Symlink(from, to); err != nil {
		d.t.Fatal(err)
	}
}
