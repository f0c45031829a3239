package desk_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var cannedResponseCases = acctest.Cases{
	Type:    "chatlake_canned_response",
	Minimal: values{"short_code": "minimal", "content": "Hello"},
	Stages: []values{
		{"short_code": "one", "content": "One"},
		{"short_code": "Two", "content": "Two"},
	},
	Refused: []acctest.Refused{
		{Config: values{"short_code": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"content": ""}, Want: `must be a text of at least 1 character`},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"content": chatlaketest.DriftBy("PATCH", "/canned_responses/%s", `{"canned_response":{"content":"By hand"}}`),
	},
	Key:    []string{"short_code"},
	Import: acctest.Import{Keys: []string{"short_code"}},
}

// TestCannedResponse_data reads canned responses.
func TestCannedResponse_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t,
		func(t *testing.T, w *acctest.World) {
			t.Helper()
			chatlaketest.Request(t, w, "POST", "/canned_responses", `{"canned_response":{"short_code":"seen","content":"Seen"}}`)
		},
		chatlaketest.Data{Type: "chatlake_canned_response", Config: values{"short_code": "seen"}, Want: map[string]string{"content": "Seen"}},
		chatlaketest.Data{Type: "chatlake_canned_response", Config: values{"short_code": "Seen"}, Message: `The canned response with this short_code does not exist`},
		chatlaketest.Data{Type: "chatlake_canned_responses", Config: values{}},
	)
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
