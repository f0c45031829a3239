package promises_test

import (
	"net"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Import ids are typed by hand and by scripts. One that is not the id of an object is refused with the form that is
// expected, or finds nothing; it never asks for a path that the platform does not have.
func TestStrangeImportIDs(t *testing.T) {
	t.Parallel()

	for _, kind := range acctest.NewProtocol(t).Resources() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, acctest.Values{"max_retries": 0})

			for _, id := range append(strangeIDs, "alias:", "client:", "email:", "1/2", "1/2/3", "1/../3", "/", "//", "a/b/c/d") {
				if id != "" && utf8.ValidString(id) { // Terraform takes no others.
					importing(t, s, kind, id)
				}
			}
		})
	}
}

func importing(t *testing.T, s *stage, kind, id string) {
	t.Helper()
	s.world.Journal.Clear()
	s.world.Complaints = true
	o, diags := s.Import(t.Context(), kind, id)

	shown := id[:min(len(id), 40)]
	if !o.Gone() && o.String("id") == "" {
		t.Errorf("%q: imported without an id", shown)
	}

	for _, d := range diags.Errors() {
		if len(d.Detail) < 20 {
			t.Errorf("%q: an error that does not help: %s", shown, diags)
		}
	}

	for _, e := range s.world.Journal.Entries(func(e sandbox.Entry) bool { return e.Route == "" && e.Handled }) {
		t.Errorf("%q asks for %s %s", shown, e.Method, e.Path)
	}
}

// FuzzImportID looks for an import id that breaks a type or leaves its path.
func FuzzImportID(f *testing.F) {
	for i, id := range append(strangeIDs, "alias:x", "client:x", "email:a@example.com", "1/2/3", "1/../3") {
		if len(id) < 1000 {
			f.Add(uint8(i), id)
		}
	}

	f.Fuzz(func(t *testing.T, which uint8, id string) {
		if id == "" || !utf8.ValidString(id) {
			return
		}

		s := newStage(t, acctest.Values{"max_retries": 0})
		kinds := s.Resources()
		importing(t, s, kinds[int(which)%len(kinds)], id)
	})
}

// keyed are the attributes whose keys users choose.
var keyed = []struct{ kind, attribute string }{
	{"kommunicate_user", "metadata"},
	{"kommunicate_conversation", "metadata"},
	{"kommunicate_conversation", "conversation_info"},
	{"chatlake_contact", "custom_attributes"},
	{"chatlake_contact", "additional_attributes"},
	{"chatlake_conversation", "custom_attributes"},
	{"imichat_chat", "other_details"},
}

// FuzzMapKeys looks for a key that a platform or the provider does not give back as it was: either it is refused before
// anything is sent, or the plan is empty afterwards.
func FuzzMapKeys(f *testing.F) {
	for i, key := range []string{
		"plan", "", " ", " a ", "a.b", "a b", "Plan", "PLAN", "a/b", "a\"b", `a\b`, "{{x}}", "${x}", "é", "💬", "\u0000", "\u202e", "__proto__", "id", "null",
		"CONVERSATION_STATUS", "CONVERSATION_ASSIGNEE", "KM_TEAM_ID", "SKIP_ROUTING", "conversation_info", "avatar_url_hash", strings.Repeat("k", 300),
	} {
		for _, further := range []int{0, 1, 3} {
			f.Add(uint8(i+further), key, "value")
		}

		f.Add(uint8(i), key, "")
	}

	f.Fuzz(func(t *testing.T, which uint8, key, value string) {
		if !utf8.ValidString(key) || !utf8.ValidString(value) {
			return
		}

		at := keyed[int(which)%len(keyed)]
		for _, sub := range subjects() {
			if sub.kind == at.kind {
				s := newStage(t, acctest.Values{"max_retries": 0})
				s.world.Complaints = true // What the platform takes is the platform's.
				sub.keeps(s, at.attribute, key, value)
			}
		}
	})
}

func (sub subject) keeps(s *stage, attribute, key, value string) {
	s.Helper()
	config := sub.config(s)
	config[attribute] = acctest.Values{key: value}
	before := len(s.world.Journal.Writes())

	o, diags := s.Create(s.Context(), sub.kind, config)
	if len(diags.Errors()) > 0 {
		if o.Gone() && len(s.world.Journal.Writes()) > before+1 {
			s.Errorf("%s.%s[%q] = %q: writes were sent, and nothing is in the state: %s", sub.kind, attribute, key, value, diags)
		}

		return
	}

	read, diags := s.Read(s.Context(), o)
	if len(diags.Errors()) > 0 || read.Gone() {
		s.Fatalf("%s.%s[%q] = %q: %s", sub.kind, attribute, key, value, diags)
	}

	if s.Changes(s.Context(), read, config) {
		s.Errorf("%s.%s[%q] = %q: the plan is not empty: %v", sub.kind, attribute, key, value, read.State)
	}
}

// FuzzBaseURL looks for an address that is taken although a credential must not go there.
func FuzzBaseURL(f *testing.F) {
	for _, text := range []string{
		"https://chat.example.com", "http://127.0.0.1:8484/chatlake", "http://localhost", "http://[::1]:80", "http://chat.example.com", "https://", "https:///x",
		"ftp://x", "//x", "x", "https://user:password@x", "http://127.0.0.1@evil.example.net", "http://127.0.0.1.evil.example.net", "http://localhost.evil.example.net",
		"https://x?y", "https://x#y", "https://x\n.y", "https://x:99999", "HTTPS://X", "https://x/../y", "https://[::1", "http://2130706433", "http://0x7f.1", "http://0",
	} {
		f.Add(text)
	}

	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}

		diags := acctest.NewProtocol(t).Configure(acctest.Values{"chatlake": acctest.Values{"base_url": text, "api_access_token": credential, "account_id": "1"}})
		if strings.Contains(diags.String(), credential) {
			t.Errorf("the credential is in: %s", diags)
		}

		if len(diags.Errors()) > 0 {
			return
		}

		u, err := url.Parse(text)
		if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			t.Fatalf("%q is taken", text)
		}

		ip := net.ParseIP(u.Hostname())
		if u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback())) {
			t.Errorf("%q is taken, and would get the credential unencrypted", text)
		}
	})
}
