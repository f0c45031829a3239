package captain_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// The sandbox's inboxes 101 and 102 have no assistant.
var inboxCase = chatlaketest.Case{
	Type:     "chatlake_captain_inbox",
	Needs:    []acctest.Need{assistantNeed("helper"), assistantNeed("other")},
	Minimal:  values{"assistant_id": acctest.Ref("helper", "id"), "inbox_id": "101"},
	Replaced: values{"assistant_id": acctest.Ref("other", "id"), "inbox_id": "102"},
	Refused: []acctest.Refused{
		{Config: values{"assistant_id": "x"}, Want: `must be a whole number`},
		{Config: values{"inbox_id": ""}, Want: `must be a whole number`},
	},
	NoDrift: "its requests need the assistant's id: TestInbox_moved gives it to another one by hand",
	Key:     []string{"inbox_id"},
	Import:  acctest.Import{Keys: []string{"inbox_id"}},
}

// TestInbox_moved covers an inbox that somebody gives to another assistant: it is found there, and the next apply takes it back.
func TestInbox_moved(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)

	helper := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	other := chatlaketest.Create(t, p, "chatlake_captain_assistant", values{"name": "Other", "description": "x"}).String("id")
	config := values{"assistant_id": helper, "inbox_id": "101"}
	inbox := chatlaketest.Create(t, p, "chatlake_captain_inbox", config)

	chatlaketest.Request(t, w, "DELETE", "/captain/assistants/"+helper+"/inboxes/101", "")
	chatlaketest.Request(t, w, "POST", "/captain/assistants/"+other+"/inboxes", `{"inbox":{"inbox_id":101}}`)

	p = w.Protocol(t, nil)

	read, diags := p.Read(t.Context(), inbox)
	if len(diags) > 0 || read.String("assistant_id") != other || !p.Changes(t.Context(), read, config) {
		t.Fatalf("read %v\n%s", read.State, diags)
	}

	chatlaketest.Destroy(t, p, read) // It is replaced.

	back := chatlaketest.Create(t, p, "chatlake_captain_inbox", config)
	if back.String("assistant_id") != helper {
		t.Fatalf("applied %v", back.State)
	}

	chatlaketest.ExpectStable(t, w.Protocol(t, nil), back, config)
}

// TestInbox_taken covers an inbox that has an assistant already: its own, or another one.
func TestInbox_taken(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	helper := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	other := chatlaketest.Create(t, p, "chatlake_captain_assistant", values{"name": "Other", "description": "x"}).String("id")

	for inbox, assistant := range map[string]string{"101": helper, "102": other} {
		chatlaketest.Request(t, w, "POST", "/captain/assistants/"+assistant+"/inboxes", `{"inbox":{"inbox_id":`+inbox+`}}`)

		config := values{"assistant_id": helper, "inbox_id": inbox}

		nothing, diags := p.Create(t.Context(), "chatlake_captain_inbox", config)
		if !nothing.Gone() || !strings.Contains(diags.String(), "already exists") || !strings.Contains(diags.String(), `id = "`+inbox+`"`) {
			t.Errorf("created %v\n%s", nothing.State, diags)
		}

		taken, diags := p.Create(t.Context(), "chatlake_captain_inbox", chatlaketest.With(config, values{"adopt_existing": true}))
		if len(diags) > 0 || taken.String("assistant_id") != helper {
			t.Errorf("taken over %v\n%s", taken.State, diags)
		}
	}

	chatlaketest.ExpectList(t, p, "captain_inboxes", values{"assistant_id": helper}, 2, "inbox_id", "101")

	listed := p.List("chatlake_captain_inbox", 0, values{"assistant_id": helper})
	if len(listed) != 2 {
		t.Errorf("%d are listed", len(listed))
	}

	listed = p.List("chatlake_captain_inbox", 0, values{"assistant_id": "1"})
	if len(listed) != 1 || !strings.Contains(listed[0].Diagnostics.String(), "assistant 1") {
		t.Errorf("of an assistant that does not exist: %v", listed)
	}
}

// TestInbox_leftOver gives an inbox to an assistant while a job has yet to take it from one that was deleted.
func TestInbox_leftOver(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.JobDelay = 300 })
	p := w.Protocol(t, nil)

	gone := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal)
	chatlaketest.Request(t, w, "POST", "/captain/assistants/"+gone.String("id")+"/inboxes", `{"inbox":{"inbox_id":101}}`)
	chatlaketest.Destroy(t, p, gone)

	helper := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	config := values{"assistant_id": helper, "inbox_id": "101"}
	chatlaketest.ExpectStable(t, p, chatlaketest.Create(t, p, "chatlake_captain_inbox", config), config)
}

// TestInbox_data reads who answers in an inbox.
func TestInbox_data(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	helper := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	chatlaketest.Create(t, p, "chatlake_captain_inbox", values{"assistant_id": helper, "inbox_id": "101"})

	for _, key := range []string{"id", "inbox_id"} {
		found, diags := p.Data(t.Context(), "chatlake_captain_inbox", values{key: "101"})
		if len(diags) > 0 || chatlaketest.DataText(found, "assistant_id") != helper || chatlaketest.DataText(found, "inbox_id") != "101" {
			t.Errorf("found %v\n%s", found, diags)
		}

		_, diags = p.Data(t.Context(), "chatlake_captain_inbox", values{key: "102"})
		if !strings.Contains(diags.String(), `The Captain inbox with `+key+` "102" does not exist`) {
			t.Error(diags)
		}
	}
}
