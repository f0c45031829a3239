package chatlake_test

import (
	"fmt"
	"testing"
	"time"
)

// TestSize walks a seeded environment through its life. A quadratic step on the way would show as minutes, not as the
// second or two that this takes.
func TestSize(t *testing.T) {
	if testing.Short() {
		t.Skip("a few thousand requests")
	}

	const n = 1000

	w := newWorld(t)
	start := time.Now()

	for i := range n {
		id := w.contact(fmt.Sprintf(`{"name":"N","email":"n%d@gmail.com","identifier":"i%d","inbox_id":101,"source_id":"s%d"}`, i, i, i))
		w.want("POST", "/conversations", fmt.Sprintf(`{"inbox_id":101,"contact_id":%s,"source_id":"s%d"}`, id, i), 200, "")
		w.want("POST", fmt.Sprintf("/conversations/%d/messages", i+1), `{"content":"x"}`, 200, "")
	}

	for page := range n/15 + 1 {
		w.want("GET", fmt.Sprintf("/contacts?sort=created_at&page=%d", page+1), "", 200, "")
	}

	for i := range n {
		w.want("DELETE", fmt.Sprintf("/conversations/%d", i+1), "", 200, "")
		w.want("DELETE", fmt.Sprintf("/contacts/%d", i+1002), "", 200, "")
	}

	took := time.Since(start)
	if took > time.Minute {
		t.Errorf("%d objects took %v", 3*n, took)
	}

	w.quiet()

	c, s, x := len(w.p.Conversations()), len(w.p.Sessions()), len(w.p.Contacts())
	if c+s+x != 0 {
		t.Errorf("%d conversations, %d sessions, %d contacts are left", c, s, x)
	}

	w.want("POST", "/contacts", `{"email":"n1@gmail.com","inbox_id":101,"source_id":"s1"}`, 200, "")
}
