package imichat_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

func TestChat_costsOneRequest(t *testing.T) {
	d := open(t)
	config := newChat(values{"alias_id": "order-1", "assignee": imichat.Agent, "other_details": values{"order": "1"}})
	chat := d.create("imichat_chat", config)

	n := d.requests()
	if n != 3 { // One of them is authorize, and one looks for what an earlier run left.
		t.Errorf("the first chat cost %d requests", n)
	}

	d.create("imichat_chat", newChat(nil))

	n = d.requests()
	if n != 1 {
		t.Errorf("the next chat cost %d requests", n)
	}

	d.quiet(chat, config)

	held := d.chat(chat)
	if held.Alias != "order-1" || held.Assignee != imichat.Agent || held.OtherDetails["order"] != "1" {
		t.Errorf("the platform holds %+v", held)
	}

	config["on_destroy"], config["adopt_existing"], config["recreate_when_closed"], config["outcome"] = "abandon", true, true, "resolved"
	changed := d.apply(chat, config)

	n = d.requests()
	if n != 0 {
		t.Errorf("settings of the provider's own cost %d requests", n)
	}

	if changed.String("status") != "picked" {
		t.Errorf("status is %q", changed.String("status"))
	}

	// A write goes alone, unless others have keys in other_details.
	config["tags"], config["other_details"] = []any{"vip"}, values{"order": "2"}
	changed = d.apply(changed, config)

	n = d.requests()
	if n != 1 {
		t.Errorf("a change cost %d requests", n)
	}

	d.addDetail(changed, "theirs")
	changed = d.again().read(changed)
	d.requests()

	config["other_details"] = values{"order": "3"}
	changed = d.apply(changed, config)

	n = d.requests()
	if n != 2 || d.chat(changed).OtherDetails["theirs"] != "x" {
		t.Errorf("a change beside keys of others cost %d requests: %v", n, d.chat(changed).OtherDetails)
	}
}

// TestChat_create sets everything in a new chat, whatever of it create honours.
func TestChat_create(t *testing.T) {
	for name, honoured := range map[string]bool{"honoured": true, "not honoured": false} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.AssigneeOnCreate = honoured })

			config := newChat(values{
				"alias_id": "a", "tags": []any{"vip"}, "assignee": imichat.Agent, "status": "onhold",
				"other_details": values{"k": "v"}, "route_params": values{imichat.RouteTier: "gold"},
			})
			chat := d.create("imichat_chat", config)

			held := d.chat(chat)
			if held.Assignee != imichat.Agent || held.Status != "onhold" || !slices.Equal(held.Tags, []string{"vip"}) || held.RouteParams[imichat.RouteTier] != "gold" {
				t.Errorf("the platform holds %+v", held)
			}

			n := d.requests()
			if n != 4 { // Authorize, a look for what an earlier run left, and two for the chat.
				t.Errorf("%d requests", n)
			}

			d.quiet(chat, config)
			d.quiet(d.read(chat), config)
		})
	}
}

func TestChat_drift(t *testing.T) {
	d := open(t)
	config := newChat(nil)
	chat := d.create("imichat_chat", config)
	id := values{"chat_id": chat.String("id")}
	with := func(more values) values { maps.Copy(more, id); return more }

	d.act("pick", with(values{"assignee": imichat.Agent}))
	d.act("tag", with(values{"tags": []any{"agents"}}))
	d.act("flag", with(values{"flag": "red"}))
	d.act("transfer", with(values{"team_id": 102}))

	chat = d.again().read(chat)
	if chat.String("flag") != "red" || chat.String("team_name") != imichat.OtherTeamName || chat.String("team_id") != "102" || !slices.Equal(texts(chat, "tags"), []string{"agents"}) {
		t.Errorf("the state has %v", chat.State)
	}

	d.again().quiet(chat, config)

	// What is configured is enforced.
	config["status"], config["tags"], config["alias_id"], config["other_details"] = "onhold", []any{"ours"}, "a", values{"k": "v"}
	chat = d.apply(chat, config)
	d.act("release", id)
	d.act("tag", with(values{"tags": []any{"theirs"}}))

	found := d.again().read(chat)
	if !d.Changes(t.Context(), found, config) {
		t.Error("the plan is empty")
	}

	chat = d.apply(found, config)

	held := d.chat(chat)
	if held.Status != "onhold" || held.Tags[0] != "ours" {
		t.Errorf("the platform holds %+v", held)
	}

	// A closed chat is drift only when asked for.
	delete(config, "status")
	d.act("close", with(values{"outcome": "spam"}))
	chat = d.again().read(chat)
	d.quiet(chat, config)
	config["recreate_when_closed"] = true
	chat = d.apply(chat, config)

	gone := d.again().read(chat)
	if !gone.Gone() {
		t.Error("the closed chat is still in the state")
	}
}

func TestChat_transfer(t *testing.T) {
	d := open(t)
	config := newChat(values{"team_id": imichat.TeamID})
	chat := d.create("imichat_chat", config)
	d.act("transfer", values{"chat_id": chat.String("id"), "team_id": 102})

	chat = d.again().read(chat)
	if chat.String("team_id") != imichat.OtherTeamID {
		t.Errorf("team_id is %q", chat.String("team_id"))
	}

	d.quiet(chat, config)
	config["tags"] = []any{"vip"}

	chat = d.apply(chat, config) // Also beside a real change.
	if chat.String("team_id") != imichat.OtherTeamID || d.replaces(chat, config) {
		t.Error("a transfer makes a new chat")
	}

	d.quiet(chat, newChat(values{"tags": []any{"vip"}}))
	d.quiet(chat, newChat(values{"tags": []any{"vip"}, "team_id": imichat.OtherTeamID}))

	if !d.replaces(chat, newChat(values{"team_id": imichat.UnsharedTeamID})) {
		t.Error("another team does not make a new chat")
	}
}

func TestChat_destroy(t *testing.T) {
	gone := func(d *desk, o object) { d.act("purge_chat", values{"chat_id": o.String("id")}) }

	closed := func(d *desk, o object) { d.act("close", values{"chat_id": o.String("id"), "outcome": "spam"}) }
	for name, test := range map[string]struct {
		more   values
		before func(*desk, object)
		want   string
		writes int
	}{
		"close":              {nil, nil, "closed", 1},
		"close with outcome": {values{"outcome": "resolved"}, nil, "closed", 1},
		"abandon":            {values{"on_destroy": "abandon"}, nil, "queued", 0},
		"closed already":     {nil, closed, "closed", 1},
		"gone already":       {nil, gone, "", 1},
		"closed and closed for all": {nil, func(d *desk, o object) {
			closed(d, o)
			d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.RejectClosed = true })
		}, "closed", 1},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)

			chat := d.create("imichat_chat", newChat(test.more))
			if test.before != nil {
				test.before(d, chat)
			}

			d.Journal.Clear()
			d.apply(chat, nil)

			held, _ := d.IMIchat.Chat(chat.String("id"))
			if held.Status != test.want || len(d.Journal.Writes()) != test.writes {
				t.Errorf("the platform holds %q after %d writes", held.Status, len(d.Journal.Writes()))
			}

			if outcome, ok := test.more["outcome"]; ok && held.Outcome != outcome {
				t.Errorf("outcome is %q", held.Outcome)
			}
		})
	}

	t.Run("known to be closed", func(t *testing.T) {
		d := open(t)
		chat := d.create("imichat_chat", newChat(nil))
		closed(d, chat)
		chat = d.again().read(chat)
		d.Journal.Clear()
		d.apply(chat, nil)

		n := d.requests()
		if n != 0 {
			t.Errorf("%d requests", n)
		}
	})
}

// TestChat_closing sends the outcome with the transition, and what opening again does is the platform's word.
func TestChat_closing(t *testing.T) {
	d := open(t)
	config := newChat(values{"outcome": "resolved"})
	chat := d.create("imichat_chat", config)
	config["status"] = "closed"
	chat = d.apply(chat, config)

	held := d.chat(chat)
	if held.Status != "closed" || held.Outcome != "resolved" {
		t.Errorf("the platform holds %+v", held)
	}

	config["status"] = "queued"
	chat = d.apply(chat, config)
	config["status"] = "closed"
	chat = d.apply(chat, config)
	d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.RejectClosed = true })

	config["status"] = "queued"
	_, diags := d.Apply(t.Context(), chat, config)
	wants(t, diags, "Unable to update chat "+chat.String("id"), "9410", "The chat is closed", "request id")
}
