package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// TestUpload uploads a file for a macro and a rule. The platform keeps the id as a number, which is no change.
func TestUpload(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	file := filepath.Join(t.TempDir(), "offer.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.4"), 0o600); err != nil {
		t.Fatal(err)
	}

	progress, diags := p.Invoke("chatlake_upload", values{"file": file})
	_, id, ok := strings.Cut(progress, `action_params = ["`)
	id, _, _ = strings.Cut(id, `"`)

	if len(diags) > 0 || !ok || id == "" {
		t.Fatalf("%q %s", progress, diags)
	}

	actions := []any{values{"action_name": "send_attachment", "action_params": []any{id}}}

	for kind, config := range map[string]values{
		"chatlake_macro":           {"name": "Offer", "visibility": "global", "actions": actions},
		"chatlake_automation_rule": {"name": "Offer", "event_name": "message_created", "conditions": []any{}, "actions": actions},
	} {
		made, diags := p.Create(t.Context(), kind, config)
		if len(diags) > 0 || p.Changes(t.Context(), made, config) {
			t.Fatalf("%s: %v %s", kind, made.State, diags)
		}

		read, diags := w.Protocol(t, nil).Read(t.Context(), made)
		if len(diags) > 0 || p.Changes(t.Context(), read, config) {
			t.Errorf("%s: a refresh finds a change: %v %s", kind, read.State, diags)
		}
	}

	w.Journal.Clear()

	_, diags = p.Invoke("chatlake_upload", values{"file": file + ".gone"})
	if !strings.Contains(diags.String(), "Unable to read the file") || len(w.Journal.Writes()) > 0 {
		t.Errorf("a missing file: %s", diags)
	}
}
