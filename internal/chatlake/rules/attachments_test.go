package rules_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// sending is the life of a rule or a macro that sends files.
type sending struct {
	*testing.T

	w      *acctest.World
	object acctest.Object
	base   values
	path   string
}

// eachSending runs a test for both types. Dir is an empty folder for files.
func eachSending(t *testing.T, test func(s *sending, dir string)) {
	t.Helper()
	t.Parallel()

	for kind, s := range map[string]sending{
		"chatlake_automation_rule": {base: values{"name": "Prices", "event_name": "message_created", "conditions": []any{}}, path: "/automation_rules/"},
		"chatlake_macro":           {base: values{"name": "Prices", "visibility": "global"}, path: "/macros/"},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()

			s.T, s.w, s.object = t, acctest.New(t), acctest.Object{Type: kind}
			test(&s, t.TempDir())
		})
	}
}

func (s *sending) write(name, content string) string {
	s.Helper()

	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		s.Fatal(err)
	}

	return name
}

func sendFile(name string) values { return values{"action_name": "send_attachment", "file": name} }

func addLabel(title string) values {
	return values{"action_name": "add_label", "action_params": []any{title}}
}

func (s *sending) config(actions ...any) values {
	return chatlaketest.With(s.base, values{"actions": actions})
}

// refresh is what a new run of Terraform does first.
func (s *sending) refresh(when string) *acctest.Protocol {
	s.Helper()

	p := s.w.Protocol(s.T, values{"max_retries": 0})
	if s.object.Gone() {
		return p
	}

	read, diags := p.Read(s.Context(), s.object)
	if len(diags) > 0 || read.Gone() {
		s.Fatalf("%s: %s", when, diags)
	}

	s.object = read

	return p
}

// changes wants that a plan after a refresh shows something.
func (s *sending) changes(when string, config values) {
	s.Helper()

	if !s.refresh(when).Changes(s.Context(), s.object, config) {
		s.Errorf("%s: the plan is empty", when)
	}
}

// applies refreshes and applies, wants so many uploads and other writes, and that the next plan is empty.
func (s *sending) applies(when string, uploads, writes int, config values) {
	s.Helper()

	p := s.refresh(when)
	s.w.Journal.Clear()

	applied, diags := p.Apply(s.Context(), s.object, config)
	if len(diags) > 0 {
		s.Fatalf("%s: %s", when, diags)
	}

	s.object = applied

	sent := s.uploads()
	if sent != uploads || len(s.w.Journal.Writes())-sent != writes {
		s.Errorf("%s: %d uploads and %d other writes, want %d and %d", when, sent, len(s.w.Journal.Writes())-sent, uploads, writes)
	}

	if s.refresh(when).Changes(s.Context(), s.object, config) {
		s.Errorf("%s: the next plan is not empty: %v", when, s.object.State)
	}
}

func (s *sending) uploads() int {
	uploads := 0

	for _, entry := range s.w.Journal.Writes() {
		if strings.HasSuffix(entry.Path, "/upload") {
			uploads++
		}
	}

	return uploads
}

// names returns the names of the files that the platform's actions send, in their order.
func (s *sending) names() string {
	s.Helper()

	answer, _ := chatlaketest.Request(s.T, s.w, "GET", s.path+s.object.String("id"), "").(map[string]any)
	object, _ := answer["payload"].(map[string]any)
	names := map[string]string{}

	files, _ := object["files"].([]any)
	for _, one := range files {
		file, _ := one.(map[string]any)
		names[fmt.Sprint(file["blob_id"])] = fmt.Sprint(file["filename"])
	}

	var sent []string

	actions, _ := object["actions"].([]any)
	for _, one := range actions {
		action, _ := one.(map[string]any)
		params, _ := action["action_params"].([]any)

		if action["action_name"] == "send_attachment" {
			sent = append(sent, names[fmt.Sprint(params[0])])
		}
	}

	return strings.Join(sent, " ")
}

// byHand changes the actions, as somebody in the dashboard does.
func (s *sending) byHand(actions ...any) {
	s.Helper()
	chatlaketest.Ask(s.T, s.w, "PATCH", s.path+s.object.String("id"), s.config(actions...))
}

// TestAttachments goes through what may become of the files of a rule and a macro.
func TestAttachments(t *testing.T) {
	eachSending(t, func(s *sending, dir string) {
		one, two := s.write(filepath.Join(dir, "one.txt"), "1"), s.write(filepath.Join(dir, "two.txt"), "2")
		copied := s.write(filepath.Join(dir, "copied.txt"), "1")

		s.applies("a new object", 1, 1, s.config(sendFile(one)))
		s.applies("nothing new", 0, 0, s.config(sendFile(one)))
		s.applies("another action", 0, 1, s.config(addLabel("billing"), sendFile(one)))
		s.applies("a second file", 1, 1, s.config(addLabel("billing"), sendFile(two), sendFile(one)))

		got := s.names()
		if got != "two.txt one.txt" {
			s.Errorf("the platform sends %s", got)
		}

		s.applies("another order", 0, 1, s.config(sendFile(one), sendFile(two)))

		got = s.names()
		if got != "one.txt two.txt" {
			s.Errorf("the platform sends %s", got)
		}

		s.applies("the same content under another path", 0, 0, s.config(sendFile(copied), sendFile(two)))
		s.applies("the first path again", 0, 0, s.config(sendFile(one), sendFile(two)))
		s.applies("the same content twice", 1, 1, s.config(sendFile(one), sendFile(copied)))
		s.applies("one of the two", 0, 1, s.config(sendFile(one)))

		s.write(one, "3")
		s.changes("another content", s.config(sendFile(one)))
		s.applies("another content", 1, 1, s.config(sendFile(one)))

		s.base["name"] = "Offers"
		s.applies("another name", 0, 1, s.config(sendFile(one)))

		if err := os.Remove(one); err != nil {
			s.Fatal(err)
		}

		s.applies("a file that is gone was sent all the same", 0, 0, s.config(sendFile(one)))
		s.applies("another action beside a file that is gone", 0, 1, s.config(sendFile(one), addLabel("billing")))
		s.applies("without the other action", 0, 1, s.config(sendFile(one)))
		s.write(one, "3")

		s.byHand(addLabel("billing"))
		s.changes("taken out by hand", s.config(sendFile(one)))
		s.applies("taken out by hand", 1, 1, s.config(sendFile(one)))

		s.applies("no file", 0, 1, s.config(addLabel("billing")))
		s.applies("the same file again", 1, 1, s.config(sendFile(one)))
	})
}

// TestAttachments_another covers a file that somebody has put in the place of the configured one, and an import.
func TestAttachments_another(t *testing.T) {
	eachSending(t, func(s *sending, dir string) {
		config := s.config(sendFile(s.write(filepath.Join(dir, "one.txt"), "1")))
		s.applies("a new object", 1, 1, config)

		upload, _ := chatlaketest.Request(s.T, s.w, "POST", "/upload", `{"external_url":"https://pictures.example/by-hand.png"}`).(map[string]any)
		s.byHand(values{"action_name": "send_attachment", "action_params": []any{upload["blob_id"]}})
		s.changes("another file", config)
		s.applies("another file", 1, 1, config)

		got := s.names()
		if got != "one.txt" {
			s.Errorf("the platform sends %s", got)
		}

		imported, diags := s.w.Protocol(s.T, nil).Import(s.Context(), s.object.Type, s.object.String("id"))
		if len(diags) > 0 || !strings.Contains(fmt.Sprint(imported.State), "action_params") {
			s.Fatalf("imported %v\n%s", imported.State, diags)
		}

		s.object = imported
		s.applies("imported", 1, 1, config)
	})
}

// TestAttachments_failed covers writes that fail or whose answers are lost: the state has what was there before, and the next apply
// sends the file.
func TestAttachments_failed(t *testing.T) {
	eachSending(t, func(s *sending, dir string) {
		name := s.write(filepath.Join(dir, "one.txt"), "1")
		first := s.config(addLabel("billing"))
		s.applies("a new object", 0, 1, first)

		config := s.config(addLabel("billing"), sendFile(name))

		for _, fault := range []sandbox.Fault{
			{Name: "upload", Method: http.MethodPost, Status: http.StatusServiceUnavailable},
			{Name: "lost upload", Method: http.MethodPost, After: true, Cut: sandbox.CutReset},
			{Name: "update", Method: http.MethodPatch, Status: http.StatusServiceUnavailable},
			{Name: "lost update", Method: http.MethodPatch, After: true, Cut: sandbox.CutReset},
		} {
			p := s.refresh(fault.Name)
			fault.Platform = "chatlake"
			s.w.Faults.Add(fault)

			kept, diags := p.Apply(s.Context(), s.object, config)
			if len(diags.Errors()) == 0 || strings.Contains(fmt.Sprint(kept.State), name) {
				s.Errorf("%s: %v\n%s", fault.Name, kept.State, diags)
			}

			s.object = kept
			s.w.Faults.Clear()
			s.changes(fault.Name, config)
		}

		s.applies("after the faults", 1, 1, config)
	})
}

// TestAttachments_lostCreate covers a create that worked and whose answer was lost: what is there has the file of that name.
func TestAttachments_lostCreate(t *testing.T) {
	eachSending(t, func(s *sending, dir string) {
		config := s.config(sendFile(s.write(filepath.Join(dir, "one.txt"), "1")))
		s.w.Faults.Add(sandbox.Fault{
			Name: "lost", Platform: "chatlake", Method: http.MethodPost, Path: "/api/v1/accounts/1" + strings.TrimSuffix(s.path, "/"), After: true, Cut: sandbox.CutReset,
		})

		nothing, diags := s.w.Protocol(s.T, nil).Create(s.Context(), s.object.Type, config)
		if !nothing.Gone() || !strings.Contains(diags.String(), "What is just as planned has the id") {
			s.Errorf("created %v\n%s", nothing.State, diags)
		}
	})
}

// TestAttachments_gone covers a file that is not there when it is to be sent: nothing is sent at all.
func TestAttachments_gone(t *testing.T) {
	eachSending(t, func(s *sending, dir string) {
		nothing, diags := s.w.Protocol(s.T, nil).Create(s.Context(), s.object.Type, s.config(sendFile(filepath.Join(dir, "none.txt"))))
		if !nothing.Gone() || !strings.Contains(diags.String(), "Action 0: the file") || len(s.w.Journal.Writes()) > 0 {
			s.Errorf("created %v\n%s", nothing.State, diags)
		}
	})
}

// TestAttachments_older covers a server before 4.9.0, whose uploads have numbers from the start.
func TestAttachments_older(t *testing.T) {
	eachSending(t, func(s *sending, dir string) {
		s.w.Chatlake.SetSwitches(func(switches *chatlake.Switches) { switches.Version = "4.5.2" })

		name := s.write(filepath.Join(dir, "one.txt"), "1")
		s.applies("a new object", 1, 1, s.config(sendFile(name)))
		s.applies("another action", 0, 1, s.config(sendFile(name), addLabel("billing")))
	})
}
