package imichat_test

import (
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

func TestChat_halfDone(t *testing.T) {
	d := open(t)
	d.act("fail", values{"code": 2007, "method": "PATCH", "times": -1})

	config := newChat(values{"tags": []any{"vip"}})
	chat, diags := d.Create(t.Context(), "imichat_chat", config)
	wants(t, diags, "Unable to set tags of the new chat", "2007: Internal Server Error", "request id")

	if !strings.Contains(diags.String(), "terraform untaint") {
		t.Errorf("no word of untaint in %s", diags)
	}

	if chat.String("id") == "" {
		t.Fatal("the chat is not in the state")
	}

	d.Faults.Clear()

	chat = d.apply(d.read(chat), config)
	if len(d.chat(chat).Tags) != 1 || len(d.IMIchat.Chats()) != 1 {
		t.Error("applying again did not finish it")
	}
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
			chat = d.again().read(chat)
			chat, diags := d.Apply(t.Context(), chat, config)
			held := d.chat(chat).OtherDetails

			_, stays := held["gone"]
			if held["ours"] != "2" || held["theirs"] != "x" || stays != merge {
				t.Errorf("the platform holds %v", held)
			}

			if merge {
				warns(t, diags, "still has what was to be removed: other_details.gone")
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

		id := d.IMIchat.Chats()[0].ID
		if !strings.Contains(diags.String(), id+", created at") {
			t.Errorf("chat %s is not named in %s", id, diags)
		}
	})
	t.Run("not made", func(t *testing.T) {
		d := open(t)
		fault := lost
		fault.After = false
		d.Faults.Add(fault)
		_, diags := d.Create(t.Context(), "imichat_chat", newChat(values{"alias_id": "order-1"}))
		wants(t, diags, "Unable to create chat", "may exist")
	})
	t.Run("another run's", func(t *testing.T) {
		d := open(t)
		d.create("imichat_chat", newChat(values{"alias_id": "order-1", "customer": values{"destination_id": "other"}}))

		fault := lost
		fault.After = false
		d.Faults.Add(fault)
		_, diags := d.again().Create(t.Context(), "imichat_chat", newChat(values{"alias_id": "order-1", "adopt_existing": false}))
		wants(t, diags, "may exist")
	})
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

	_, diags = d.provider(values{"team_id": nil}).Read(t.Context(), chat)
	if len(diags) > 0 {
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

	_, diags = next.Read(t.Context(), chat)
	if len(diags) > 0 {
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
