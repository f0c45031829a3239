package guides_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// states is a backend of the kind "http", which GitLab is too: one state and one lock for each path.
type states struct {
	mu     sync.Mutex
	states map[string][]byte
	locks  map[string][]byte
}

// ServeHTTP answers what Terraform asks a backend.
func (s *states) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()

	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}

	name := strings.TrimSuffix(r.URL.Path, "/lock")
	isLock := name != r.URL.Path
	holder, locked := s.locks[name]

	switch {
	case isLock && r.Method == http.MethodDelete:
		delete(s.locks, name)
	case isLock && locked:
		w.WriteHeader(http.StatusLocked)
		_, _ = w.Write(holder)
	case isLock:
		s.locks[name] = body
	case r.Method == http.MethodGet && s.states[name] == nil:
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodGet:
		_, _ = w.Write(s.states[name])
	default:
		s.states[name] = body
	}
}

// TestAccGitops goes through the life of examples/gitops as the pipelines do: check, plan and apply each environment, and
// look for drift, before and after an agent has changed something.
func TestAccGitops(t *testing.T) {
	t.Parallel()

	d := newReader(t)
	copyTree(t, filepath.Join(root, "examples", "gitops"), d.folder)

	backend := &states{states: map[string][]byte{}, locks: map[string][]byte{}}
	listener := httptest.NewServer(backend)
	t.Cleanup(listener.Close)

	d.vars = append(d.vars, "STATE_ADDRESS="+listener.URL, "TF_VAR_europe_account_id=2", "TF_VAR_europe_api_access_token="+chatlake.OutsiderToken)

	for _, environment := range []string{"staging", "production", "help"} {
		if environment == "production" {
			d.connect() // Staging is an account of its own.
		}

		d.must("./pipeline.sh check " + environment)

		out := d.must("./pipeline.sh plan " + environment)
		if !strings.Contains(out, "to add, 0 to change, 0 to destroy") {
			t.Errorf("the first plan of %s says:\n%s", environment, out)
		}

		comment := d.read("environments/" + environment + "/comment.md")
		if !strings.HasPrefix(comment, "### "+environment+"\n\nPlan: ") || !strings.Contains(comment, "will be created") {
			t.Errorf("the comment of %s is\n%s", environment, comment)
		}

		report := d.read("environments/" + environment + "/report.json")
		if strings.HasPrefix(report, `{"create": 0`) || !strings.HasSuffix(report, `, "update": 0, "delete": 0}`+"\n") {
			t.Errorf("the report of %s is %s", environment, report)
		}

		d.must("./pipeline.sh apply " + environment)

		if out, err := d.run("./pipeline.sh apply " + environment); status(err) != 1 || !strings.Contains(out, "there is no plan to apply") {
			t.Errorf("an apply without a plan says: %v\n%s", err, out)
		}

		out = d.must("./pipeline.sh drift " + environment)
		if !strings.Contains(out, environment+": no drift") {
			t.Errorf("right after the apply of %s, drift says\n%s", environment, out)
		}

		out = d.must("./pipeline.sh plan " + environment)
		if !strings.Contains(out, "No changes.") {
			t.Errorf("right after the apply of %s, plan says\n%s", environment, out)
		}
	}

	if len(backend.states) != 3 || len(backend.locks) != 0 {
		t.Errorf("%d states and %d locks are left", len(backend.states), len(backend.locks))
	}

	d.change(http.MethodPatch, "/api/v1/accounts/2/labels/"+d.label("2", "vip"), chatlake.OutsiderToken, `{"description": "Changed by hand"}`)
	d.change(http.MethodDelete, "/api/v1/accounts/2/labels/"+d.label("2", "bug"), chatlake.OutsiderToken, "")

	out, err := d.run("./pipeline.sh drift production")
	if status(err) != 2 {
		t.Errorf("drift ends with %v\n%s", err, out)
	}

	want := "production has drifted:\n  module.desk_europe.chatlake_label.this[\"bug\"] will be created\n  module.desk_europe.chatlake_label.this[\"vip\"] will be updated in-place\n"
	if out != want {
		t.Errorf("drift says\n%s\nwant\n%s", out, want)
	}

	if out, err := d.run("CHATLAKE_API_ACCESS_TOKEN=wrong ./pipeline.sh drift staging"); status(err) != 1 {
		t.Errorf("a wrong token looks like drift: %v\n%s", err, out)
	}

	if out, err := d.run("./pipeline.sh plan nowhere"); status(err) != 64 {
		t.Errorf("an environment that does not exist: %v\n%s", err, out)
	}
}

// TestAccGitopsModule runs the module's own tests as the pipelines do.
func TestAccGitopsModule(t *testing.T) {
	t.Parallel()

	d := newReader(t)
	copyTree(t, filepath.Join(root, "examples", "gitops"), d.folder)

	out := d.must("./pipeline.sh test")
	if !strings.Contains(out, "3 passed, 0 failed") {
		t.Errorf("the tests say\n%s", out)
	}

	// They can fail: a label without its title is none.
	d.must(`sed 's/title .*= each.key/title = "x-${each.key}"/' desk/main.tf >desk/new && mv desk/new desk/main.tf`)

	if out, err := d.run("./pipeline.sh test"); err == nil {
		t.Errorf("a broken module passes:\n%s", out)
	}
}

// must runs commands that have to succeed.
func (d *reader) must(script string) string {
	d.t.Helper()

	out, err := d.run(script)
	if err != nil {
		d.t.Fatalf("%s: %v\n%s", script, err, end(out))
	}

	return out
}

// read reads a file, by its path below the reader's folder or by its whole one.
func (d *reader) read(name string) string {
	d.t.Helper()

	if !filepath.IsAbs(name) {
		name = filepath.Join(d.folder, filepath.FromSlash(name))
	}

	content, err := os.ReadFile(name)
	if err != nil {
		d.t.Fatal(err)
	}

	return string(content)
}

// change does something to the Chatlake platform that Terraform does not know of.
func (d *reader) change(method, path, token, body string) []byte {
	d.t.Helper()

	request, err := http.NewRequestWithContext(d.t.Context(), method, d.sandbox.URL+"/chatlake"+path, bytes.NewReader([]byte(body)))
	if err != nil {
		d.t.Fatal(err)
	}

	request.Header.Set("Api-Access-Token", token)
	request.Header.Set("Content-Type", "application/json")

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}

	defer func() { _ = response.Body.Close() }()

	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		d.t.Fatalf("%s %s: %s %v\n%s", method, path, response.Status, err, answer)
	}

	return answer
}

// label looks up the id of a label of an account.
func (d *reader) label(account, title string) string {
	d.t.Helper()

	var answer struct {
		Payload []struct {
			ID    int64
			Title string
		}
	}

	if err := json.Unmarshal(d.change(http.MethodGet, "/api/v1/accounts/"+account+"/labels", chatlake.OutsiderToken, ""), &answer); err != nil {
		d.t.Fatal(err)
	}

	for _, row := range answer.Payload {
		if row.Title == title {
			return strconv.FormatInt(row.ID, 10)
		}
	}

	d.t.Fatalf("account %s has no label %s", account, title)

	return ""
}

// status is what a command ended with, 0 if it succeeded.
func status(err error) int {
	exit := new(exec.ExitError)
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}

	return 0
}
