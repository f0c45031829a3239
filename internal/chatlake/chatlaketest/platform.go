package chatlaketest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// Request sends a request to the account with an administrator's token, and returns the decoded answer.
func Request(t *testing.T, w *acctest.World, method, path, body string) any {
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

// List returns the objects that the platform lists, with or without an envelope.
func List(t *testing.T, w *acctest.World, path string) []map[string]any {
	t.Helper()

	answer := Request(t, w, "GET", path, "")
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

// Find returns the object of a list whose field has the value, or nil.
func Find(t *testing.T, w *acctest.World, kind, field, value string) map[string]any {
	t.Helper()

	for _, object := range List(t, w, "/"+kind) {
		if object[field] == value {
			return object
		}
	}

	return nil
}

// DeleteFirst deletes the object of a list whose title, name or other key is the value.
func DeleteFirst(t *testing.T, w *acctest.World, kind, value string) {
	t.Helper()

	for _, object := range List(t, w, "/"+kind) {
		for _, field := range object {
			if field == value {
				Request(t, w, "DELETE", fmt.Sprintf("/%s/%v", kind, object["id"]), "")
				return
			}
		}
	}

	t.Fatalf("no %s has %q", kind, value)
}

// ExpectNoWrites expects that nothing was written since the journal was cleared.
func ExpectNoWrites(t *testing.T, w *acctest.World) {
	t.Helper()

	for _, e := range w.Journal.Writes() {
		t.Errorf("needless %s %s %s", e.Method, e.Path, e.Body)
	}
}

// Members are the ids that the platform has in the team or inbox.
func Members(t *testing.T, w *acctest.World, path string) []int {
	t.Helper()

	var ids []int

	for _, user := range List(t, w, path) {
		id, _ := user["id"].(float64)
		ids = append(ids, int(id))
	}

	slices.Sort(ids)

	return ids
}
