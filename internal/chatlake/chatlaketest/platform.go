package chatlaketest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// Request sends a request to the account with an administrator's token, and returns the decoded answer.
func Request(t *testing.T, w *acctest.World, method, path, body string) any {
	t.Helper()

	return w.Request(t, method, path, body)
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
