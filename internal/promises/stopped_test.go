package promises_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// inSteps are objects that take more requests than those of subjects: each of the later ones completes what the first made.
func inSteps() []subject {
	return []subject{
		{
			kind:   "chatlake_contact",
			config: fixed(acctest.Values{"name": "Mira", "inbox_id": fmt.Sprint(chatlake.APIInboxID), "labels": []any{chatlake.FirstLabelTitle}}),
			count:  func(w *acctest.World) int { return len(w.Chatlake.Contacts()) },
		},
		{
			kind: "chatlake_inbox",
			config: fixed(acctest.Values{
				"name": "Orders", "channel": acctest.Values{"type": "api"}, "member_ids": []any{fmt.Sprint(chatlake.AgentID)},
			}),
			count: func(w *acctest.World) int {
				return count(w.Chatlake.Inboxes(), func(x chatlake.Inbox) bool { return x.Name == "Orders" })
			},
		},
	}
}

// A run is interrupted at every request of every create. What was made is completed and in the state, without an error, which
// would taint it. The next apply makes what was not.
func TestInterruptedAtEveryRequest(t *testing.T) {
	t.Parallel()

	for i, sub := range slices.Concat(subjects(), inSteps()) {
		t.Run(fmt.Sprint(i, " ", sub.kind), func(t *testing.T) {
			t.Parallel()

			s := newStage(t, acctest.Values{"max_retries": 0})

			_, requests := sub.undisturbed(s.clear(t), "create")
			for number := range requests {
				t.Run(fmt.Sprintf("request %d", number+1), func(t *testing.T) {
					sub.isWholeAfterInterrupt(s.clear(t).again(), number)
				})
			}
		})
	}
}

// again has a provider that was not interrupted.
func (s *stage) again() *stage {
	s.Helper()
	return &stage{T: s.T, world: s.world, settings: s.settings, Protocol: s.world.Protocol(s.T, s.settings)}
}

func (sub subject) isWholeAfterInterrupt(s *stage, number int) {
	s.Helper()

	p := sub.open(s, "create")
	before := sub.count(s.world)
	s.world.Journal.Clear()
	s.world.Faults.Add(sandbox.Fault{Name: "slow", Skip: number, Delay: 20 * time.Millisecond, After: true})

	stopped := make(chan struct{})

	go func() {
		defer close(stopped)

		for s.world.Journal.Count("") <= number {
			time.Sleep(time.Millisecond)
		}

		s.Stop(s.Context())
	}()

	diags := p.act()

	<-stopped

	made := sub.count(s.world) - before
	if made > 0 && (p.object.Gone() || len(diags.Errors()) > 0) {
		s.Errorf("it was made, and is in the state: %t\n%s", !p.object.Gone(), diags)
	}

	s.world.Faults.Clear()
	p.stage = s.again()

	diags = p.act()
	if len(diags.Errors()) > 0 {
		s.Errorf("after the interrupt: %s", diags)
	}

	sub.sound(p, "create", diags)
}
