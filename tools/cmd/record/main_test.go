package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/replay"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// simulator serves a fresh simulator, whose platform API makes accounts and people.
func simulator(t *testing.T, release string) string {
	t.Helper()

	core := sandbox.New(sandbox.Options{})
	p := chatlake.New(core)
	p.SetSwitches(func(s *chatlake.Switches) { s.Version = release })

	listener := httptest.NewServer(core.Mount(p))
	t.Cleanup(listener.Close)

	return listener.URL + "/chatlake"
}

const folder = "../../../internal/sandbox/chatlake/testdata/recordings"

func recordInto(t *testing.T, out string, only ...string) error {
	t.Helper()

	r := recorder{folder: folder, out: out, only: only, client: &http.Client{Timeout: time.Minute}, notes: io.Discard, wait: time.Second}

	return r.record(t.Context(), simulator(t, "4.15.1"), chatlake.PlatformToken)
}

// TestRecordedReplays records a simulator twice, and wants no difference.
func TestRecordedReplays(t *testing.T) {
	t.Parallel()

	a, b := filepath.Join(t.TempDir(), "a.jsonl.gz"), filepath.Join(t.TempDir(), "b.jsonl.gz")

	for _, out := range []string{a, b} {
		if err := recordInto(t, out); err != nil {
			t.Fatal(err)
		}
	}

	var said bytes.Buffer
	if err := (recorder{folder: folder}).compare(&said, a, b); err != nil {
		t.Fatal(err)
	}

	if !strings.HasPrefix(said.String(), "0 differences between") {
		t.Error(said.String())
	}
}

// TestCompareReleases wants the change that every reader of the release notes knows.
func TestCompareReleases(t *testing.T) {
	t.Parallel()

	var said bytes.Buffer
	if err := (recorder{folder: folder, only: []string{"portals"}}).compare(&said, "4.13.0", "4.15.1"); err != nil {
		t.Fatal(err)
	}

	if strings.HasPrefix(said.String(), "0 differences") || !strings.Contains(said.String(), "status") {
		t.Error(said.String())
	}
}

// TestWrongToken wants the answer of the server.
func TestWrongToken(t *testing.T) {
	t.Parallel()

	r := recorder{folder: folder, client: http.DefaultClient, notes: io.Discard}

	err := r.record(t.Context(), simulator(t, "4.15.1"), "wrong")
	if err == nil || !strings.Contains(err.Error(), "/platform/api/v1/accounts answers 401") {
		t.Errorf("got %v", err)
	}
}

// TestTokensAreNotWritten wants that a token in an answer stops the writing.
func TestTokensAreNotWritten(t *testing.T) {
	t.Parallel()

	rows := []replay.Row{{Answer: map[string]any{"echo": "token-of-the-agent"}}}
	settings := &replay.Settings{Tokens: map[string]string{"agent": "token-of-the-agent", "bot": ""}}

	err := write(filepath.Join(t.TempDir(), "out"), rows, settings)
	if err == nil || !strings.Contains(err.Error(), "nothing was written") {
		t.Errorf("got %v", err)
	}
}
