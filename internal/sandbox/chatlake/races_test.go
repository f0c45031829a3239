package chatlake_test

import (
	"slices"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// statuses asks n times and returns what the answers' statuses were.
func (w *world) statuses(path string, n int) []int {
	w.Helper()

	var got []int

	for range n {
		status, _ := w.send("GET", path, "")
		got = append(got, status)
	}

	return got
}

// TestInboxGoing answers 401 and 500 while an inbox is being deleted, before all answers are 404.
func TestInboxGoing(t *testing.T) {
	for name, c := range map[string]struct {
		answers          []int
		refused, crashes float64
		path             string
		want             []int
	}{
		"at once":            {nil, 0, 0, "/inboxes/101", []int{404, 404, 404, 404}},
		"refused once":       {nil, 1, 0, "/inboxes/101", []int{401, 404, 404, 404}},
		"crashes once":       {nil, 0, 1, "/inboxes/101", []int{500, 404, 404, 404}},
		"in order":           {[]int{200, 401, 500}, 0, 0, "/inboxes/101", []int{200, 401, 500, 404}},
		"up to its end":      {[]int{200, 404, 401}, 0, 0, "/inboxes/101", []int{200, 404, 401, 404}},
		"of its members":     {[]int{200, 401}, 0, 0, "/inbox_members/101", []int{200, 401, 404, 404}},
		"of its bot":         {[]int{401}, 0, 0, "/inboxes/101/agent_bot", []int{401, 404, 404, 404}},
		"never of all of it": {[]int{401, 500}, 0, 0, "/inboxes", []int{200, 200, 200, 200}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.switches(func(s *chatlake.Switches) {
				s.GoingAnswers, s.GoingRefused, s.GoingCrashes = c.answers, c.refused, c.crashes
			})
			w.want("DELETE", "/inboxes/101", "", 200, "")

			got := w.statuses(c.path, len(c.want))
			if !slices.Equal(got, c.want) {
				t.Errorf("answers %v, want %v", got, c.want)
			}
		})
	}
}

// TestOrphanPages answers 500 for what hangs on a deleted contact until the job has taken it.
func TestOrphanPages(t *testing.T) {
	w := newWorld(t)
	contact, path := w.start("")
	w.switches(func(s *chatlake.Switches) { s.JobDelay = 1000 })
	w.want("DELETE", "/contacts/"+contact, "", 200, "")
	w.want("GET", "/contacts/"+contact, "", 404, "")
	w.want("GET", path, "", 500, "")
	w.want("GET", "/conversations", "", 500, "")
	w.want("POST", "/contact_inboxes/filter", `{"inbox_id":101,"source_id":"source-1"}`, 500, "")
	w.now = w.now.Add(time.Second)
	w.want("GET", path, "", 404, "")
	w.want("GET", "/conversations", "", 200, `{"data":{"payload":[]}}`)
	w.want("POST", "/contact_inboxes/filter", `{"inbox_id":101,"source_id":"source-1"}`, 404, "<empty>")
}

// TestAgentComesBack destroys the record of an agent who was added again before the job ran.
func TestAgentComesBack(t *testing.T) {
	w := newWorld(t)
	w.switches(func(s *chatlake.Switches) { s.JobDelay = 1000 })
	id := w.make("/agents", `{"email":"back@x.example","name":"Old"}`, "id")
	w.want("DELETE", "/agents/"+id, "", 200, "")
	w.want("POST", "/agents", `{"email":"back@x.example","name":"New"}`, 200, `{"id":`+id+`,"name":"Old"}`)
	w.now = w.now.Add(time.Second)
	w.want("PATCH", "/agents/"+id, `{"name":"x"}`, 404, "")

	again := w.make("/agents", `{"email":"back@x.example","name":"New"}`, "id")
	if again == id {
		t.Error("the destroyed record came back")
	}
}

// TestTrailingSlash takes a slash at the end of a path, which some clients send.
func TestTrailingSlash(t *testing.T) {
	w := newWorld(t)
	w.want("GET", "/labels/", "", 200, "")
	w.want("POST", "/labels/", `{"title":"slash"}`, 200, `{"title":"slash"}`)
	w.want("GET", "/labels/301/", "", 200, `{"id":301}`)
}
