package captain_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var documentCase = chatlaketest.Case{
	Type:     "chatlake_captain_document",
	Needs:    []acctest.Need{assistantNeed("helper"), assistantNeed("other")},
	Minimal:  values{"assistant_id": acctest.Ref("helper", "id"), "external_link": "https://help.example.com/minimal"},
	Replaced: values{"assistant_id": acctest.Ref("other", "id"), "external_link": "https://help.example.com/other"},
	Refused: []acctest.Refused{
		{Config: values{"assistant_id": "x"}, Want: `must be a whole number`},
		{Config: values{"external_link": ""}, Want: `must be an address that starts with`},
		{Config: values{"external_link": "ftp://help.example.com/x"}, Want: `must be an address that starts with`},
		{Config: values{"external_link": "https://help.example.com/"}, Want: `must not end in a slash`},
		{Config: values{"external_link": "https://help.example.com/a.pdf"}, Want: `must not end in .pdf`},
		{Config: values{"pdf_file": "prices.pdf"}, Want: `pdf_file and external_link cannot both be set`},
		{Config: values{"external_link": nil}, Want: `A document needs external_link`},
		{Config: values{"external_link": nil, "pdf_file": "captain_test.go"}, Want: `is no PDF file`},
		{Config: values{"external_link": nil, "pdf_file": "testdata"}, Want: `is a directory`},
		{Config: values{"external_link": nil, "pdf_file": ""}, Want: `A document needs external_link`},
	},
	Unset:    map[string]string{"pdf_file": "it takes the place of the page; see TestDocument_pdf"},
	Accepted: []values{{"external_link": nil, "pdf_file": acctest.Unknown{}}, {"external_link": nil, "pdf_file": "written-by-the-run.pdf"}, {"external_link": "https://help.example.com"}, {"external_link": "https://help.example.com/pdf"}, {"external_link": "https://help.example.com/a.pdf?b"}},
	NoDrift:  "the server changes nothing of a document but what it read",
	Key:      []string{"external_link"},
	Import:   acctest.Import{Keys: []string{"external_link"}},
}

// TestDocument_reading covers the job that reads a page: create waits for it, and warns about a page that cannot be read, and if no job
// runs.
func TestDocument_reading(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.JobDelay = 300 })
	p := w.Protocol(t, nil)
	assistant := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")

	config := values{"assistant_id": assistant, "external_link": "https://help.example.com/with-links"}

	read := chatlaketest.Create(t, p, "chatlake_captain_document", config)
	if read.String("status") != "available" || read.String("name") != "A page with links" || read.String("sync_status") != "synced" {
		t.Errorf("created %v", read.State)
	}

	chatlaketest.ExpectStable(t, w.Protocol(t, nil), read, config)
	w.Chatlake.Drain()

	n := len(w.Chatlake.Objects("captain/documents"))
	if n != 2 {
		t.Errorf("%d documents, want the page and the one that it links to", n)
	}

	config = values{"assistant_id": assistant, "external_link": "https://help.invalid/x"}

	failed, diags := p.Create(t.Context(), "chatlake_captain_document", config)
	if len(diags.Errors()) > 0 || failed.String("sync_status") != "failed" || !strings.Contains(diags.String(), `It says "fetch_failed"`) {
		t.Errorf("created %v\n%s", failed.State, diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.WorkersDown = true })

	config = values{"assistant_id": assistant, "external_link": "https://help.example.com/late", "timeouts": values{"create": "1s"}}

	late, diags := p.Create(t.Context(), "chatlake_captain_document", config)
	if len(diags.Errors()) > 0 || late.String("status") != "in_progress" || !strings.Contains(diags.String(), "is not read yet") {
		t.Errorf("created %v\n%s", late.State, diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.WorkersDown = false })
	w.Chatlake.Drain()

	late = chatlaketest.ExpectStable(t, w.Protocol(t, nil), late, config)
	if late.String("status") != "available" {
		t.Errorf("read %v", late.State)
	}
}

// TestDocument_refused covers what the server refuses: a page that the assistant has, and one document too many.
func TestDocument_refused(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	assistant := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	config := values{"assistant_id": assistant, "external_link": "https://help.example.com/x"}

	chatlaketest.Request(t, w, "POST", "/captain/documents", `{"document":{"external_link":"https://help.example.com/x/","assistant_id":`+assistant+`}}`)

	nothing, diags := p.Create(t.Context(), "chatlake_captain_document", config)
	if !nothing.Gone() || !strings.Contains(diags.String(), "already exists") {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}

	adopted, diags := p.Create(t.Context(), "chatlake_captain_document", chatlaketest.With(config, values{"adopt_existing": true}))
	if len(diags) > 0 || adopted.String("status") != "available" {
		t.Errorf("adopted %v\n%s", adopted.State, diags)
	}

	nothing, diags = p.Create(t.Context(), "chatlake_captain_document", values{"assistant_id": "987654", "external_link": "https://help.example.com/y"})
	if !nothing.Gone() || !strings.Contains(diags.String(), "There is no Captain assistant 987654") {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}

	account, _ := w.Account()
	send(t, http.MethodPatch, strings.Replace(account, "/api/", "/platform/api/", 1), chatlake.PlatformToken, "application/json", `{"limits":{"captain_documents":1}}`)

	nothing, diags = p.Create(t.Context(), "chatlake_captain_document", values{"assistant_id": assistant, "external_link": "https://help.example.com/z"})
	if !nothing.Gone() || !strings.Contains(diags.String(), "Document limit exceeded") || !strings.Contains(diags.String(), "as many documents as it may") {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}
}

// TestDocument_pdf covers a file: it is sent once, and a document of another content takes its place.
func TestDocument_pdf(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	assistant := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	name := pdf(t, "one")
	config := values{"assistant_id": assistant, "pdf_file": name}

	made := chatlaketest.Create(t, p, "chatlake_captain_document", config)
	if made.String("status") != "in_progress" || made.String("pdf_file") != name || made.String("external_link") != "" {
		t.Errorf("created %v", made.State)
	}

	link := fmt.Sprint(w.Chatlake.Objects("captain/documents")[0]["external_link"])
	if !strings.HasPrefix(link, "PDF: prices_") {
		t.Errorf("the platform calls it %q", link)
	}

	made = chatlaketest.ExpectStable(t, w.Protocol(t, nil), made, config)

	if err := os.WriteFile(name, []byte("%PDF-1.4 two"), 0o600); err != nil {
		t.Fatal(err)
	}

	read, diags := w.Protocol(t, nil).Read(t.Context(), made)
	if len(diags) > 0 || read.String("pdf_file") != "(another file)" {
		t.Errorf("read %v\n%s", read.State, diags)
	}

	plan, diags := p.Plan(t.Context(), read, config)
	if len(diags) > 0 || len(plan.RequiresReplace) != 1 {
		t.Errorf("planned to replace %v\n%s", plan.RequiresReplace, diags)
	}

	if err := os.WriteFile(name, []byte("%PDF-1.4 one"), 0o600); err != nil {
		t.Fatal(err)
	}

	made = chatlaketest.ExpectStable(t, w.Protocol(t, nil), read, config) // What was put back is what was sent.
	moved := chatlaketest.With(config, values{"pdf_file": pdf(t, "one")})

	w.Journal.Clear()

	made, diags = p.Apply(t.Context(), made, moved)
	if len(diags) > 0 || len(w.Journal.Writes()) > 0 {
		t.Errorf("the same file elsewhere: %v\n%s", w.Journal.Writes(), diags)
	}

	made, diags = p.Apply(t.Context(), chatlaketest.ExpectStable(t, w.Protocol(t, nil), made, moved), config)
	if len(diags) > 0 {
		t.Error(diags)
	}

	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}

	chatlaketest.ExpectStable(t, w.Protocol(t, nil), made, config)
	w.Journal.Clear()

	nothing, diags := p.Create(t.Context(), "chatlake_captain_document", config)
	if !nothing.Gone() || !strings.Contains(diags.String(), "Unable to read the PDF file") || len(w.Journal.Writes()) > 0 {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}

	_, diags = p.Apply(t.Context(), made, nil)
	if len(diags) > 0 || len(w.Chatlake.Objects("captain/documents")) > 0 {
		t.Errorf("destroyed: %s", diags)
	}
}

// pdf writes a file.
func pdf(t *testing.T, content string) string {
	t.Helper()

	name := filepath.Join(t.TempDir(), "prices.pdf")
	if err := os.WriteFile(name, []byte("%PDF-1.4 "+content), 0o600); err != nil {
		t.Fatal(err)
	}

	return name
}

// TestDocument_lostFile covers a create whose answer was lost: a file of that name and time may be the new one. A file of another name,
// or of another assistant, is not.
func TestDocument_lostFile(t *testing.T) {
	t.Parallel()

	var clock atomic.Int64

	w := acctest.NewWith(t, sandbox.Options{Now: func() time.Time { return time.Now().Add(time.Duration(clock.Load())) }})
	p := w.Protocol(t, nil)
	assistant := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	config := values{"assistant_id": assistant, "pdf_file": pdf(t, "one")}

	lose := func(after bool) (acctest.Object, string) {
		w.Faults.Add(sandbox.Fault{Name: "lost", Platform: "chatlake", Method: http.MethodPost, After: after, Cut: sandbox.CutReset})

		made, diags := p.Create(t.Context(), "chatlake_captain_document", config)

		return made, diags.String()
	}

	// One of the same name that was there before is not the new one, and neither is a file of another time to a later refresh.
	clock.Store(int64(-time.Hour))

	old := chatlaketest.Create(t, p, "chatlake_captain_document", config)

	clock.Store(0)

	nothing, said := lose(false)
	if !strings.Contains(said, "The Captain document may still come") {
		t.Errorf("never arrived: %s", said)
	}

	nothing, diags := w.Protocol(t, nil).Read(t.Context(), nothing)
	if len(diags) > 0 || !nothing.Gone() {
		t.Errorf("never arrived, read again as %v: %s", nothing.State, diags)
	}

	_, diags = p.Apply(t.Context(), old, nil)
	if len(diags) > 0 {
		t.Error(diags)
	}

	_, said = lose(true)

	id := fmt.Sprint(w.Chatlake.Objects("captain/documents")[0]["id"])
	if !strings.Contains(said, "What is just as planned has the id: "+id+".") {
		t.Errorf("arrived: %s", said)
	}
}

// TestDocument_sameName uploads files of one name at the same time: the server tells them apart by the second.
func TestDocument_sameName(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)
	assistant := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")

	var uploads sync.WaitGroup

	for _, language := range []string{"de", "en", "fr"} {
		config := values{"assistant_id": assistant, "pdf_file": pdf(t, language)}

		uploads.Go(func() {
			_, diags := p.Create(t.Context(), "chatlake_captain_document", config)
			if len(diags) > 0 {
				t.Error(diags)
			}
		})
	}

	uploads.Wait()

	made := len(w.Chatlake.Objects("captain/documents"))
	if made != 3 {
		t.Errorf("%d of 3 are made", made)
	}
}

// TestDocument_file covers a file that somebody else has uploaded: data sources tell of it, and an import takes it. The list leaves
// it out, because no configuration could be written for it.
func TestDocument_file(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	assistant := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")

	const form = "--x\r\nContent-Disposition: form-data; name=\"document[assistant_id]\"\r\n\r\n%s\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"document[pdf_file]\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%%PDF-1.4\r\n--x--\r\n"

	account, token := w.Account()
	send(t, http.MethodPost, account+"/captain/documents", token, "multipart/form-data; boundary=x", fmt.Sprintf(form, assistant))

	file := fmt.Sprint(w.Chatlake.Objects("captain/documents")[0]["id"])

	found, diags := p.Data(t.Context(), "chatlake_captain_document", values{"id": file})
	if len(diags) > 0 || !strings.HasPrefix(chatlaketest.DataText(found, "external_link"), "PDF: ") {
		t.Errorf("found %v\n%s", found, diags)
	}

	w.Journal.Clear()

	imported, diags := p.Import(t.Context(), "chatlake_captain_document", file)
	if len(diags) > 0 {
		t.Fatalf("imported: %s", diags)
	}

	name := pdf(t, "of somebody else")
	config := values{"assistant_id": assistant, "pdf_file": name}

	taken, diags := p.Apply(t.Context(), imported, config)
	if len(diags) > 0 || taken.String("id") != file || len(w.Journal.Writes()) > 0 {
		t.Errorf("taken as %v, with %v\n%s", taken.State, w.Journal.Writes(), diags)
	}

	taken = chatlaketest.ExpectStable(t, w.Protocol(t, nil), taken, config)

	plan, diags := p.Plan(t.Context(), taken, values{"assistant_id": assistant, "pdf_file": pdf(t, "another one")})
	if len(diags) > 0 || len(plan.RequiresReplace) != 1 {
		t.Errorf("another file replaces %v\n%s", plan.RequiresReplace, diags)
	}

	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}

	_, diags = p.Apply(t.Context(), imported, config)
	if !strings.Contains(diags.String(), "Unable to read the PDF file") {
		t.Errorf("a file that is not there is taken: %s", diags)
	}

	listed := p.List("chatlake_captain_document", 0, values{"assistant_id": assistant})
	if len(listed) != 0 {
		t.Errorf("%d are listed", len(listed))
	}
}

// send sends a request as another client would.
func send(t *testing.T, method, address, token, contentType, body string) {
	t.Helper()

	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}

	req.Header.Set("Api-Access-Token", token)
	req.Header.Set("Content-Type", contentType)

	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}

	_ = answer.Body.Close()

	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s", method, address, answer.Status)
	}
}
