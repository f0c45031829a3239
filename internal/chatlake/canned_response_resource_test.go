package chatlake_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

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
