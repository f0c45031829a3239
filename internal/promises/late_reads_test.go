package promises_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// notYet is how each platform says that it does not have what is asked for.
var notYet = map[string]sandbox.Fault{
	"kommunicate": {Status: 200, Body: `{"status":"error","errorResponse":[{"errorCode":"AL-G-01","description":"group not found","displayMessage":"unable to process"}],"generatedAt":1}`},
	"chatlake":    {Status: 404, Body: `{"error":"Resource could not be found"}`},
	"imichat":     {Status: 404, Body: `{"status_code":2031,"description":"Provided Chat ID does not exist","response":null}`},
}

// emptied are the lists in which what was written is missing for a while, by the end of their path.
var emptied = map[string]string{
	"/user/v2/detail": `{"status":"success","generatedAt":1,"response":[]}`,
	"/inbox_members/": `{"payload":[]}`,
	"/team_members":   `[]`,
	"/participants":   `[]`,
	"/notes":          `[]`,
}

// A write may take a moment to show. For every type: a read that follows a write of the same apply, and is answered as if
// nothing had been written, is asked again.
func TestReadsAfterWritesAreRepeated(t *testing.T) {
	t.Parallel()

	for _, sub := range subjects() {
		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, acctest.Values{"max_retries": 0})

			for _, act := range sub.acts() {
				if act.name == "destroy" || act.replaces {
					continue
				}

				for number, path := range sub.readsAfterWrites(s.anew(t), act.name) {
					fault := notYet[platformOf(sub.kind)]
					fault.Platform, fault.Skip = platformOf(sub.kind), number
					faults := []sandbox.Fault{fault}

					for end, body := range emptied {
						if strings.Contains(path, end) {
							fault.Status, fault.Body = http.StatusOK, body
							faults = append(faults, fault)
						}
					}

					for _, fault := range faults {
						t.Run(fmt.Sprintf("%s, %s, %d", act, path, fault.Status), func(t *testing.T) {
							s := s.anew(t)
							p := sub.open(s, act.name)
							s.world.Faults.Add(fault)

							diags := p.act()
							if len(diags) > 0 {
								t.Fatalf("%s", diags)
							}

							sub.sound(p, act.name, diags)
						})
					}
				}
			}
		})
	}
}

// anew empties the world, in which a new chat is answered with its id: the rest has to be read.
func (s *stage) anew(t *testing.T) *stage {
	t.Helper()
	cleared := s.clear(t)
	s.world.IMIchat.SetSwitches(func(x *imichat.Switches) { x.CreateAnswer = "id" })

	return cleared
}

// readsAfterWrites returns the paths of the reads of an act that follow a write of it, by their number among its requests.
func (sub subject) readsAfterWrites(s *stage, act string) map[int]string {
	s.Helper()
	p := sub.open(s, act)
	s.world.Journal.Clear()

	diags := p.act()
	if len(diags.Errors()) > 0 {
		s.Fatalf("%s without any fault: %s", act, diags)
	}

	found := map[int]string{}
	hasWritten := false

	for number, e := range s.world.Journal.Entries(nil) {
		isRead := e.Method == http.MethodGet || strings.HasSuffix(e.Path, "/user/v2/detail") || strings.HasSuffix(e.Path, "/users/search")
		if isRead && hasWritten {
			found[number] = e.Path
		}

		hasWritten = hasWritten || !isRead
	}

	return found
}
