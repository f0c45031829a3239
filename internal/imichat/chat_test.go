package imichat_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

func TestChat_costsOneRequest(t *testing.T) {
	d := open(t)
	config := newChat(values{"alias_id": "order-1", "assignee": imichat.Agent, "other_details": values{"order": "1"}})
	chat := d.create("imichat_chat", config)
	if n := d.requests(); n != 2 { // One of them is authorize.
		t.Errorf("the first chat cost %d requests", n)
	}
	d.create("imichat_chat", newChat(nil))
	if n := d.requests(); n != 1 {
		t.Errorf("the next chat cost %d requests", n)
	}
	d.quiet(chat, config)
	held := d.chat(chat)
	if held.Alias != "order-1" || held.Assignee != imichat.Agent || held.OtherDetails["order"] != "1" {
		t.Errorf("the platform holds %+v", held)
	}
	config["on_destroy"], config["adopt_existing"], config["recreate_when_closed"], config["outcome"] = "abandon", true, true, "resolved"
	changed := d.apply(chat, config)
	if n := d.requests(); n != 0 {
		t.Errorf("settings of the provider's own cost %d requests", n)
	}
	if changed.String("status") != "picked" {
		t.Errorf("status is %q", changed.String("status"))
	}
}

// TestChat_optional sets, changes and clears each attribute that can be changed.
func TestChat_optional(t *testing.T) {
	type step struct {
		value any
		want  []string // Of the state.
		holds func(imichat.Chat) any
		held  any
	}
	alias := func(c imichat.Chat) any { return c.Alias }
	status := func(c imichat.Chat) any { return c.Status }
	assignee := func(c imichat.Chat) any { return c.Assignee }
	tags := func(c imichat.Chat) any { return len(c.Tags) }
	details := func(c imichat.Chat) any { return len(c.OtherDetails) }
	outcome := func(c imichat.Chat) any { return c.Outcome }
	for name, steps := range map[string][]step{
		"alias_id": {{"a", nil, alias, "a"}, {"b", nil, alias, "b"}, {nil, nil, alias, ""}},
		"status":   {{"onhold", nil, status, "onhold"}, {"queued", nil, status, "queued"}, {nil, nil, status, "queued"}, {"closed", nil, status, "closed"}},
		"assignee": {{imichat.Agent, nil, assignee, imichat.Agent}, {imichat.OtherAgent, nil, assignee, imichat.OtherAgent}, {nil, nil, assignee, imichat.OtherAgent}},
		"tags": {
			{[]any{"vip", "new"}, []string{"new", "vip"}, tags, 2},
			{[]any{"vip"}, []string{"vip"}, tags, 1},
			{nil, []string{"vip"}, tags, 1},
			{[]any{}, nil, tags, 0},
		},
		"other_details": {
			{values{"order": "1", "page": "2"}, []string{"order=1", "page=2"}, details, 2},
			{values{"order": "3"}, []string{"order=3"}, details, 1},
			{values{}, nil, details, 0},
			{values{"x": "y"}, []string{"x=y"}, details, 1},
			{nil, nil, details, 0},
		},
		"outcome": {{"resolved", nil, outcome, ""}, {"spam", nil, outcome, ""}, {nil, nil, outcome, ""}},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			chat := d.create("imichat_chat", newChat(nil))
			config := newChat(nil)
			for i, step := range append(steps[:len(steps):len(steps)], steps[0]) {
				if name == "status" && i == len(steps) {
					break // Opening a closed chat again has a test of its own.
				}
				config[name] = step.value
				if step.value == nil {
					delete(config, name)
				}
				chat = d.apply(chat, config)
				if got := texts(chat, name); !slices.Equal(slices.Sorted(slices.Values(got)), step.want) {
					t.Errorf("step %d: the state has %v", i, got)
				}
				if want, ok := step.value.(string); ok && chat.String(name) != want {
					t.Errorf("step %d: the state has %q", i, chat.String(name))
				}
				if held := step.holds(d.chat(chat)); held != step.held {
					t.Errorf("step %d: the platform holds %v", i, held)
				}
				d.quiet(chat, config)
				d.quiet(d.read(chat), config)
			}
		})
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
			if n := d.requests(); n != 3 {
				t.Errorf("%d requests", n)
			}
			d.quiet(chat, config)
			d.quiet(d.read(chat), config)
		})
	}
}

func TestChat_halfDone(t *testing.T) {
	d := open(t)
	d.act("fail", values{"code": 2007, "method": "PATCH", "times": -1})
	config := newChat(values{"tags": []any{"vip"}})
	chat, diags := d.Create(t.Context(), "imichat_chat", config)
	wants(t, diags, "Unable to set tags of the new chat", "2007: Internal Server Error", "request id", "terraform untaint")
	if chat.String("id") == "" {
		t.Fatal("the chat is not in the state")
	}
	d.Faults.Clear()
	chat = d.apply(d.read(chat), config)
	if len(d.chat(chat).Tags) != 1 || len(d.IMIchat.Chats()) != 1 {
		t.Error("applying again did not finish it")
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
	if held := d.chat(chat); held.Status != "onhold" || held.Tags[0] != "ours" {
		t.Errorf("the platform holds %+v", held)
	}

	// A closed chat is drift only when asked for.
	delete(config, "status")
	d.act("close", with(values{"outcome": "spam"}))
	chat = d.again().read(chat)
	d.quiet(chat, config)
	config["recreate_when_closed"] = true
	chat = d.apply(chat, config)
	if gone := d.again().read(chat); !gone.Gone() {
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

// TestChat_replace changes what cannot be changed in place.
func TestChat_replace(t *testing.T) {
	d := open(t)
	chat := d.create("imichat_chat", newChat(nil))
	for name, more := range map[string]values{
		"channel":          {"channel": "abc"},
		"asset":            {"asset": values{"id": "another"}},
		"customer":         {"customer": values{"destination_id": "another"}},
		"name":             {"customer": values{"destination_id": "customer-1", "name": "Ana"}},
		"route_params":     {"route_params": values{imichat.RouteTier: "gold"}},
		"initial_messages": {"initial_messages": []any{values{"type": "inbound", "text": "Hello"}}},
	} {
		if !d.replaces(chat, newChat(more)) {
			t.Errorf("%s does not make a new chat", name)
		}
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
		if n := d.requests(); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
}

func TestChat_disappears(t *testing.T) {
	d := open(t)
	chat := d.create("imichat_chat", newChat(nil))
	d.act("purge_chat", values{"chat_id": chat.String("id")})
	if !d.again().read(chat).Gone() {
		t.Error("2031 did not remove the chat from the state")
	}
}

// TestChat_closing sends the outcome with the transition, and what opening again does is the platform's word.
func TestChat_closing(t *testing.T) {
	d := open(t)
	config := newChat(values{"outcome": "resolved"})
	chat := d.create("imichat_chat", config)
	config["status"] = "closed"
	chat = d.apply(chat, config)
	if held := d.chat(chat); held.Status != "closed" || held.Outcome != "resolved" {
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

func TestChat_otherDetails(t *testing.T) {
	for name, merge := range map[string]bool{"replaced": false, "merged": true} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.MergeOtherDetails = true })
			config := newChat(values{"other_details": values{"ours": "1", "gone": "1"}})
			chat := d.create("imichat_chat", config)
			d.addDetail(chat, "theirs")
			d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.MergeOtherDetails = merge })
			config["other_details"] = values{"ours": "2"}
			chat, diags := d.Apply(t.Context(), chat, config)
			held := d.chat(chat).OtherDetails
			_, stays := held["gone"]
			if held["ours"] != "2" || held["theirs"] != "x" || stays != merge {
				t.Errorf("the platform holds %v", held)
			}
			if merge {
				warns(t, diags, "still has gone in other_details")
			} else if len(diags) > 0 {
				t.Error(diags)
			}
			d.quiet(d.read(chat), config)
		})
	}
}

// addDetail adds a key to other_details, as another program would.
func (d *desk) addDetail(o object, key string) {
	d.t.Helper()
	details := values{key: "x"}
	for k, v := range d.chat(o).OtherDetails {
		details[k] = v
	}
	other := d.again()
	imported, diags := other.Import(d.t.Context(), "imichat_chat", o.String("id"))
	if len(diags) > 0 {
		d.t.Fatal(diags)
	}
	other.apply(imported, newChat(values{"other_details": details}))
}

func TestChat_lostAnswer(t *testing.T) {
	lost := sandbox.Fault{Name: "lost", Platform: "imichat", Method: "POST", Path: "/v3.1/chats", After: true, Cut: sandbox.CutReset}
	t.Run("found by alias", func(t *testing.T) {
		d := open(t)
		d.create("imichat_chat", newChat(values{"alias_id": "other"}))
		d.Faults.Add(lost)
		chat := d.create("imichat_chat", newChat(values{"alias_id": "order-1"}))
		if len(d.IMIchat.Chats()) != 2 || d.chat(chat).Alias != "order-1" {
			t.Errorf("the platform holds %+v", d.IMIchat.Chats())
		}
		d.quiet(d.read(chat), newChat(values{"alias_id": "order-1"}))
	})
	t.Run("without alias", func(t *testing.T) {
		d := open(t)
		d.Faults.Add(lost)
		_, diags := d.Create(t.Context(), "imichat_chat", newChat(nil))
		wants(t, diags, "Unable to create chat", "may exist")
	})
	t.Run("not made", func(t *testing.T) {
		d := open(t)
		fault := lost
		fault.After = false
		d.Faults.Add(fault)
		_, diags := d.Create(t.Context(), "imichat_chat", newChat(values{"alias_id": "order-1"}))
		wants(t, diags, "Unable to create chat", "may exist")
	})
	t.Run("somebody else's", func(t *testing.T) {
		d := open(t)
		d.create("imichat_chat", newChat(values{"alias_id": "order-1", "customer": values{"destination_id": "other"}}))
		fault := lost
		fault.After = false
		d.Faults.Add(fault)
		_, diags := d.Create(t.Context(), "imichat_chat", newChat(values{"alias_id": "order-1"}))
		wants(t, diags, "may exist")
	})
}

func TestChat_adopt(t *testing.T) {
	adopting := newChat(values{"alias_id": "order-1", "adopt_existing": true, "tags": []any{"vip"}})
	t.Run("open chat", func(t *testing.T) {
		d := open(t)
		there := d.create("imichat_chat", newChat(values{"alias_id": "order-1"}))
		for range 25 {
			d.create("imichat_chat", newChat(nil))
		}
		chat := d.again().create("imichat_chat", adopting)
		if chat.String("id") != there.String("id") || len(d.chat(chat).Tags) != 1 {
			t.Errorf("chat %s was made beside %s", chat.String("id"), there.String("id"))
		}
		d.quiet(chat, adopting)
	})
	t.Run("closed chat", func(t *testing.T) {
		d := open(t)
		there := d.create("imichat_chat", newChat(values{"alias_id": "order-1"}))
		d.apply(there, nil)
		chat := d.create("imichat_chat", adopting)
		if chat.String("id") == there.String("id") {
			t.Error("a closed chat was adopted")
		}
	})
	t.Run("another customer's", func(t *testing.T) {
		d := open(t)
		d.create("imichat_chat", newChat(values{"alias_id": "order-1", "customer": values{"destination_id": "other"}}))
		_, diags := d.Create(t.Context(), "imichat_chat", adopting)
		wants(t, diags, "belongs to another chat", `customer.destination_id is "other" there`)
	})
	t.Run("one scan for all", func(t *testing.T) {
		d := open(t)
		for range 30 {
			d.create("imichat_chat", newChat(nil))
		}
		d.Journal.Clear()
		d.create("imichat_chat", newChat(values{"alias_id": "a", "adopt_existing": true}))
		pages := d.Journal.Count("GET /v3.1/chats")
		for _, alias := range []string{"b", "c", "d"} {
			d.create("imichat_chat", newChat(values{"alias_id": alias, "adopt_existing": true}))
		}
		if n := d.Journal.Count("GET /v3.1/chats"); n != pages {
			t.Errorf("%d more pages", n-pages)
		}
		// What this run made is known, too.
		before := len(d.IMIchat.Chats())
		d.create("imichat_chat", newChat(values{"alias_id": "d", "adopt_existing": true}))
		if len(d.IMIchat.Chats()) != before {
			t.Error("a twin was made")
		}
	})
}

// TestChat_refusedAlias is for a platform that lets an alias be used once.
func TestChat_refusedAlias(t *testing.T) {
	config := newChat(values{"alias_id": "order-1"})
	unique := func(d *desk) { d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.UniqueAlias = true }) }
	t.Run("taken", func(t *testing.T) {
		d := open(t)
		unique(d)
		there := d.create("imichat_chat", config)
		_, diags := d.Create(t.Context(), "imichat_chat", config)
		wants(t, diags, "The chat already exists", `id = "`+there.String("id")+`"`, "to = imichat_chat.example")
	})
	t.Run("adopted", func(t *testing.T) {
		d := open(t)
		unique(d)
		there := d.create("imichat_chat", config)
		chat := d.again().create("imichat_chat", newChat(values{"alias_id": "order-1", "adopt_existing": true}))
		if chat.String("id") != there.String("id") {
			t.Error("not the same chat")
		}
	})
	t.Run("left behind by destroy", func(t *testing.T) {
		d := open(t)
		unique(d)
		there := d.create("imichat_chat", config)
		d.apply(there, nil)
		chat := d.create("imichat_chat", config)
		if held := d.chat(chat); chat.String("id") != there.String("id") || held.Status != "queued" {
			t.Errorf("chat %s was %s, not %s", chat.String("id"), held.Status, there.String("id"))
		}
		d.quiet(chat, config)
	})
	t.Run("left behind and not opened again", func(t *testing.T) {
		d := open(t)
		unique(d)
		d.apply(d.create("imichat_chat", config), nil)
		d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.RejectClosed = true })
		_, diags := d.Create(t.Context(), "imichat_chat", config)
		wants(t, diags, "open the closed chat", "9410")
	})
}

func TestChat_destroyAndApplyAgain(t *testing.T) {
	d := open(t)
	config := newChat(values{"alias_id": "order-1"})
	first := d.create("imichat_chat", config)
	d.apply(first, nil)
	second := d.create("imichat_chat", config)
	if second.String("id") == first.String("id") || d.chat(second).Status != "queued" {
		t.Error("no new chat was made")
	}
}

func TestChat_import(t *testing.T) {
	d := open(t)
	config := newChat(values{
		"channel": "email", "asset": values{"id": imichat.AssetEmail}, "customer": values{"destination_id": "ana@example.com", "name": "Ana"},
		"subject": "Order 1", "alias_id": "order-1", "route_params": values{imichat.RouteTier: "gold"}, "other_details": values{"k": "v"}, "tags": []any{"vip"},
	})
	chat := d.create("imichat_chat", config)
	id := chat.String("id")
	check := func(imported object, diags acctest.Diagnostics) {
		t.Helper()
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		if !imported.State.Equal(chat.State) {
			t.Errorf("imported %v\ncreated %v", imported.State, chat.State)
		}
		d.quiet(imported, config)
		if got := d.Identity(imported); got["chat_id"] != id || got["domain"] != imichat.Domain {
			t.Errorf("the identity is %v", got)
		}
	}
	check(d.Import(t.Context(), "imichat_chat", id))
	check(d.Import(t.Context(), "imichat_chat", "alias:order-1"))
	check(d.ImportIdentity(t.Context(), "imichat_chat", values{"chat_id": id}))
	check(d.ImportIdentity(t.Context(), "imichat_chat", values{"chat_id": id, "domain": imichat.Domain}))

	_, diags := d.ImportIdentity(t.Context(), "imichat_chat", values{"chat_id": id, "domain": "other.imi.chat"})
	wants(t, diags, "another tenant's")
	for _, wrong := range []string{"../../x", "a/b?c", "alias:", "CSR 1"} {
		_, diags := d.Import(t.Context(), "imichat_chat", wrong)
		wants(t, diags, "Invalid import id", "alias:order-4711")
	}
	_, diags = d.Import(t.Context(), "imichat_chat", "alias:nobody")
	wants(t, diags, "Chat does not exist")
	if nobody, diags := d.Import(t.Context(), "imichat_chat", "CSR0000000000000"); len(diags) > 0 || !nobody.Gone() {
		t.Errorf("a chat that does not exist was imported: %v %s", nobody.State, diags)
	}
	d.create("imichat_chat", newChat(values{"alias_id": "order-1"}))
	_, diags = d.Import(t.Context(), "imichat_chat", "alias:order-1")
	wants(t, diags, "Several chats have the alias")
	if n := d.IMIchat.Remaining(); n == 0 {
		t.Error("the quota was spent")
	}
}

// TestChat_importUnreadable keeps an imported chat from being replaced over what the platform does not return.
func TestChat_importUnreadable(t *testing.T) {
	d := open(t)
	d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.GetOne = false })
	config := newChat(values{
		"initial_messages": []any{values{"type": "inbound", "text": "Hello"}},
		"customer":         values{"destination_id": "customer-1", "name": "Ana"},
		"route_params":     values{imichat.RouteTier: "gold"},
	})
	chat := d.create("imichat_chat", config)
	imported, diags := d.again().Import(t.Context(), "imichat_chat", chat.String("id"))
	warns(t, diags, "read from the list of chats")
	if d.replaces(imported, config) {
		t.Fatal("the imported chat is replaced")
	}
	d.Journal.Clear()
	imported, diags = d.Apply(t.Context(), imported, config)
	warns(t, diags, "Messages are not sent")
	if d.requests() != 0 {
		t.Error("something was sent")
	}
	d.quiet(imported, config)
	config["route_params"] = values{imichat.RouteTier: "silver"}
	if !d.replaces(imported, config) {
		t.Error("a change does not make a new chat")
	}
}

func TestChat_unknownTeam(t *testing.T) {
	d := open(t)
	chat := d.create("imichat_chat", newChat(nil))
	d.act("unshare_team", values{"team_id": 101})
	again := d.again()
	kept, diags := again.Read(t.Context(), chat)
	wants(t, diags, "read chat "+chat.String("id"), "2010: Could not find details of team based on the teamid passed in the header", "request id", "shared with the team")
	if kept.Gone() {
		t.Error("2010 removed the chat from the state")
	}
}

func TestChat_noTeam(t *testing.T) {
	d := open(t)
	p := d.provider(values{"team_id": nil})
	_, diags := p.Create(t.Context(), "imichat_chat", newChat(nil))
	wants(t, diags, "Missing team", "IMICHAT_TEAM_ID")
	// The chat's own team serves all calls for it.
	d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.TeamidEverywhere = true })
	chat, diags := p.Create(t.Context(), "imichat_chat", newChat(values{"team_id": imichat.TeamID, "tags": []any{"vip"}}))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if _, diags = d.provider(values{"team_id": nil}).Read(t.Context(), chat); len(diags) > 0 {
		t.Error(diags)
	}
}

func TestChat_quota(t *testing.T) {
	d := open(t)
	chat := d.create("imichat_chat", newChat(nil))
	d.act("set_quota", values{"remaining": 500})
	next := d.again()
	_, diags := next.Read(t.Context(), chat)
	warns(t, diags, "of 10000 requests left today, until ")
	if _, diags = next.Read(t.Context(), chat); len(diags) > 0 {
		t.Errorf("a second warning: %s", diags)
	}
	d.act("exhaust_quota", values{})
	d.Journal.Clear()
	start := time.Now()
	kept, diags := d.again().Read(t.Context(), chat)
	wants(t, diags, "Daily limit of requests exceeded", "The quota is used up until about")
	if kept.Gone() || time.Since(start) > 5*time.Second || d.requests() != 1 {
		t.Error("the quota was waited for")
	}
}
