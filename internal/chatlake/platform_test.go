package chatlake_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// request asks the platform itself, as a person with an administrator's token would.
func request(t *testing.T, w *acctest.World, method, path, body string) any {
	t.Helper()

	url := fmt.Sprintf("%s/chatlake/api/v1/accounts/%d%s", w.URL, chatlake.AccountID, path)

	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}

	req.Header.Set("Api-Access-Token", chatlake.AdminToken)

	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}

	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = answer.Body.Close() }()

	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}

	if answer.StatusCode >= 300 {
		t.Fatalf("%s %s: %d %s", method, path, answer.StatusCode, raw)
	}

	var decoded any
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &decoded); err != nil {
			t.Fatalf("%s %s: %s", method, path, raw)
		}
	}

	return decoded
}

// list is what the platform lists, with or without an envelope.
func list(t *testing.T, w *acctest.World, path string) []map[string]any {
	t.Helper()

	answer := request(t, w, "GET", path, "")
	if envelope, ok := answer.(map[string]any); ok {
		answer = envelope["payload"]
		if inner, ok := answer.(map[string]any); ok { // Webhooks have one more.
			for _, rows := range inner {
				answer = rows
			}
		}
	}

	rows, _ := answer.([]any)

	objects := make([]map[string]any, len(rows))
	for i, row := range rows {
		objects[i], _ = row.(map[string]any)
	}

	return objects
}

// find is the object of a list whose field has the value, or nil.
func find(t *testing.T, w *acctest.World, kind, field, value string) map[string]any {
	t.Helper()

	for _, object := range list(t, w, "/"+kind) {
		if object[field] == value {
			return object
		}
	}

	return nil
}

// deleteFirst deletes the object of a list whose title, name or other key is the value.
func deleteFirst(t *testing.T, w *acctest.World, kind, value string) {
	t.Helper()

	for _, object := range list(t, w, "/"+kind) {
		for _, field := range object {
			if field == value {
				request(t, w, "DELETE", fmt.Sprintf("/%s/%v", kind, object["id"]), "")
				return
			}
		}
	}

	t.Fatalf("no %s has %q", kind, value)
}

// noWrites fails if the provider changed anything since the journal was cleared.
func noWrites(t *testing.T, w *acctest.World) {
	t.Helper()

	for _, e := range w.Journal.Writes() {
		t.Errorf("needless %s %s %s", e.Method, e.Path, e.Body)
	}
}
