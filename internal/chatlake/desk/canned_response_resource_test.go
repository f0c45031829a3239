package desk_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// cannedResponseCase holds the tests of chatlake_canned_response.
var cannedResponseCase = chatlaketest.Case{
	Type: "chatlake_canned_response",
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		t.Helper()
		chatlaketest.Request(t, w, "POST", "/canned_responses", `{"canned_response":{"short_code":"seen","content":"Seen"}}`)
	},
	Minimal: values{"short_code": "minimal", "content": "Hello"},
	Stages: []values{
		{"short_code": "one", "content": "One"},
		{"short_code": "Two", "content": "Two"},
	},
	Key: []string{"short_code"},
	Refused: []acctest.Refused{
		{Config: values{"short_code": ""}, Want: `length must be at least 1`},
		{Config: values{"content": ""}, Want: `length must be at least 1`},
	},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/canned_responses/%s", Body: `{"canned_response":{"content":"By hand"}}`, Configured: values{"content": "Ours"}, Required: true},
	},
	Taken: &chatlaketest.Taken{
		Config: values{"short_code": "seen", "content": "Ours"},
		Want:   map[string]string{"content": "Ours"},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_canned_response", Config: values{"short_code": "seen"}, Want: map[string]string{"content": "Seen"}},
		{Type: "chatlake_canned_response", Config: values{"short_code": "Seen"}, Message: "Canned response Seen does not exist"},
		{Type: "chatlake_canned_responses", Config: values{}},
	},
	MayBeWrittenByAgents: true,
}

// TestCannedResponse_refresh covers the cost of many: one list answers for all of them.
func TestCannedResponse_refresh(t *testing.T) {
	t.Parallel()

	const many = 300

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	objects := make([]acctest.Object, many)
	for i := range objects {
		var diags acctest.Diagnostics

		objects[i], diags = p.Create(t.Context(), "chatlake_canned_response", values{"short_code": fmt.Sprint("code", i), "content": "Hello"})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}

	n := w.Journal.Count("")
	if n != many {
		t.Errorf("%d requests to create %d", n, many)
	}

	w.Journal.Clear()
	fresh := w.Protocol(t, nil)

	var wait sync.WaitGroup
	for _, object := range objects {
		wait.Go(func() {
			read, diags := fresh.Read(t.Context(), object)
			if len(diags) > 0 || read.Gone() {
				t.Errorf("read %v\n%s", read.State, diags)
			}
		})
	}

	wait.Wait()

	n = w.Journal.Count("")
	if n > many/100 {
		t.Errorf("%d requests to refresh %d", n, many)
	}
}
