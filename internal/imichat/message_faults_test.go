package imichat_test

import (
	"fmt"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// TestMessage_body tries the other form of the body where the first is refused, once per run.
func TestMessage_body(t *testing.T) {
	for body, requests := range map[string][]int{"object": {1, 1}, "either": {1, 1}, "array": {2, 1}} {
		for _, answer := range []string{"chat", "message", "empty"} {
			t.Run(body+" "+answer, func(t *testing.T) {
				d := open(t)
				d.Complaints = true
				d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.AppendBody, s.AppendAnswer = body, answer })

				chat := d.create("imichat_chat", newChat(nil))
				for i, want := range requests {
					d.Journal.Clear()
					d.create("imichat_message", values{"chat_id": chat.String("id"), "type": "inbound", "text": fmt.Sprint(i)})

					n := d.requests()
					if n != want {
						t.Errorf("message %d cost %d requests", i, n)
					}
				}

				n := len(d.chat(chat).Messages)
				if n != 2 {
					t.Errorf("%d messages arrived", n)
				}
			})
		}
	}
}

func TestMessage_lostAnswer(t *testing.T) {
	for name, after := range map[string]bool{"arrived": true, "did not arrive": false} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			chat := d.create("imichat_chat", newChat(nil))
			d.Faults.Add(sandbox.Fault{Platform: "imichat", Method: "POST", Path: "/v3.1/chats/*/messages", After: after, Cut: sandbox.CutReset})

			_, diags := d.Create(t.Context(), "imichat_message", values{"chat_id": chat.String("id"), "type": "inbound", "text": "Hi"})
			if after && (len(diags) > 0 || len(d.chat(chat).Messages) != 1) {
				t.Error(diags)
			}

			if !after {
				wants(t, diags, "may exist")
			}
		})
	}

	t.Run("in the other form of the body", func(t *testing.T) {
		d := open(t)
		d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.AppendBody = "array" })
		chat := d.create("imichat_chat", newChat(nil))
		d.Faults.Add(sandbox.Fault{Platform: "imichat", Method: "POST", Path: "/v3.1/chats/*/messages", Skip: 1, After: true, Cut: sandbox.CutReset})
		d.create("imichat_message", values{"chat_id": chat.String("id"), "type": "inbound", "text": "Hi"})
		d.create("imichat_message", values{"chat_id": chat.String("id"), "type": "inbound", "text": "Hi again"})

		held := d.chat(chat).Messages
		if len(held) != 2 {
			t.Errorf("the platform holds %+v", held)
		}
	})
}
