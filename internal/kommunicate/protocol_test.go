package kommunicate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

type values = acctest.Values

// TestIdentity imports by identity, which the installed Terraform may not know, and finds the same object.
func TestIdentity(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	conversationID := ""

	for _, c := range []struct {
		kind, identity string
		config         func() values
	}{
		{"kommunicate_user", "user_id", func() values { return values{"user_id": "customer-42", "email": "ana@example.com"} }},
		{"kommunicate_conversation", "group_id", func() values {
			return values{"group_name": "Order 7781", "group_member_list": []any{"customer-42"}}
		}},
		{"kommunicate_message", "message_key", func() values {
			return values{"group_id": conversationID, "from_user_name": "customer-42", "message": "Hello"}
		}},
	} {
		made, diags := p.Create(t.Context(), c.kind, c.config())
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}

		if c.kind == "kommunicate_conversation" {
			conversationID = made.String("id")
		}

		identity := p.Identity(made)
		if identity[c.identity] != made.String("id") || made.String("id") == "" {
			t.Errorf("%s: identity %v, id %s", c.kind, identity, made.String("id"))
		}

		read, diags := p.Read(t.Context(), made)
		if len(diags) > 0 || !read.State.Equal(made.State) {
			t.Errorf("%s changes when it is read: %v\n%s\n%s", c.kind, diags, made.State, read.State)
		}

		imported, diags := p.ImportIdentity(t.Context(), c.kind, values{c.identity: made.String("id")})
		if len(diags.Errors()) > 0 || imported.String("id") != made.String("id") || imported.String("created_at") == "" {
			t.Errorf("%s: imported %s %v", c.kind, imported.State, diags)
		}

		if p.Identity(imported)[c.identity] != made.String("id") {
			t.Errorf("%s: identity after the import is %v", c.kind, p.Identity(imported))
		}
	}
}

// TestWarnings: what Terraform's own tests cannot see.
func TestWarnings(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	warned := func(diags acctest.Diagnostics, want string) {
		t.Helper()

		if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), want) {
			t.Errorf("want a warning %q, not\n%s", want, diags)
		}
	}

	user, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": "a", "metadata": values{"k": "v"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	user, diags = p.Apply(t.Context(), user, values{"user_id": "a", "password_wo_version": 2})
	warned(diags, "no longer managed, and left as they are: k")
	warned(diags, "The password stays as it is")

	_, diags = p.Apply(t.Context(), user, values{"user_id": "a", "password_wo_version": 2, "on_destroy": "deactivate"})
	if len(diags) > 0 {
		t.Error(diags)
	}

	config := values{"group_name": "c", "group_member_list": []any{"a"}, "skip_routing": true}
	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	warned(diags, "The conversation will have no assignee")
	w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { s.UndocumentedReads = 403 })

	read, diags := p.Read(t.Context(), conversation)
	warned(diags, "Conversations cannot be read back")

	if !read.State.Equal(conversation.State) {
		t.Errorf("the state did not stay: %s", read.State)
	}
}

// TestStillDeactivated: the platform may not activate a user again.
func TestStillDeactivated(t *testing.T) {
	w := acctest.New(t)
	w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { s.CreateReactivates = false })
	p := w.Protocol(t, nil)
	config := values{"user_id": "a", "on_destroy": "deactivate"}

	user, diags := p.Create(t.Context(), "kommunicate_user", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	_, diags = p.Apply(t.Context(), user, nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	_, diags = p.Create(t.Context(), "kommunicate_user", config)
	if !strings.Contains(diags.String(), "The user is still deactivated") || len(diags.Errors()) > 0 {
		t.Error(diags)
	}
}

// TestUnknownPlans: unknown values are neither refused nor read as null.
func TestUnknownPlans(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	unknown := acctest.Unknown{}
	for kind, config := range map[string]values{
		"kommunicate_user": {
			"user_id": unknown, "email": unknown, "phone_number": unknown, "image_link": unknown, "display_name": unknown, "metadata": unknown, "on_destroy": unknown,
			"adopt_existing": unknown, "password_wo": unknown,
		},
		"kommunicate_conversation": {
			"group_name": unknown, "group_member_list": []any{unknown, "a"}, "client_group_id": unknown, "unique": unknown, "skip_routing": unknown, "assignee": unknown,
			"team_id": unknown, "status": unknown, "image_url": unknown, "metadata": unknown, "conversation_info": unknown, "acting_user_id": unknown,
		},
		"kommunicate_message": {
			"group_id": unknown, "from_user_name": unknown, "message": unknown, "content_type": unknown, "metadata": unknown, "skip_bot": unknown, "rich_message": unknown,
			"attachment": unknown, "triggers": unknown,
		},
	} {
		diags := p.Validate(kind, config)
		if len(diags) > 0 {
			t.Errorf("%s: %s", kind, diags)
		}

		_, diags = p.Plan(t.Context(), acctest.Object{Type: kind}, config)
		if len(diags) > 0 {
			t.Errorf("%s: %s", kind, diags)
		}
	}
	// Skipping the rules, and the assignee may be the member that is not known yet.
	_, diags := p.Plan(t.Context(), acctest.Object{Type: "kommunicate_conversation"}, values{
		"group_name": "c", "group_member_list": []any{unknown}, "skip_routing": true, "assignee": "b", "unique": true,
	})
	if len(diags) > 0 {
		t.Error(diags)
	}
}

// TestNotesAndBotsOnDemandOnly: a note about status and assignee is posted only on demand, and bots leave only on demand.
func TestNotesAndBotsOnDemandOnly(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := func(assignee, status string, more values) values {
		out := values{"group_name": "c", "group_member_list": []any{"ana", kommunicate.HelperBotID}, "assignee": assignee, "status": status}
		for key, value := range more {
			out[key] = value
		}

		return out
	}

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", config(kommunicate.AgentOneID, "closed", nil))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	id := conversation.String("id")

	notes := w.Kommunicate.Messages(id)
	if len(notes) != 0 {
		t.Errorf("posted without being asked to: %+v", notes)
	}

	last := config(kommunicate.AgentTwoID, "open", values{"send_notify_message": true, "take_over_from_bot": true})

	conversation, diags = p.Apply(t.Context(), conversation, last)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	notes = w.Kommunicate.Messages(id)
	if len(notes) != 2 || notes[0].ContentType != 10 {
		t.Errorf("notes: %+v", notes)
	}
	// The configured bot left because it was told to: that is no drift.
	g, _ := w.Kommunicate.Group(id)
	if strings.Contains(strings.Join(g.Members, " "), kommunicate.HelperBotID) {
		t.Errorf("the bot stayed: %v", g.Members)
	}

	read, diags := p.Read(t.Context(), conversation)
	if len(diags) > 0 || p.Changes(t.Context(), read, last) {
		t.Errorf("the next plan is not empty: %s", diags)
	}
}

// TestIDsKeepTheirSpelling: an agent who is found under another spelling is shown under the one that was asked for.
func TestIDsKeepTheirSpelling(t *testing.T) {
	w := acctest.New(t)
	w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { s.FoldAgentIDs = true })
	p := w.Protocol(t, nil)

	id := strings.ToUpper(kommunicate.AgentOneID)
	for kind, config := range map[string]values{"kommunicate_user": {"user_id": id}, "kommunicate_users": {"user_ids": []any{id}}} {
		found, diags := p.Data(t.Context(), kind, config)
		if len(diags) > 0 || !strings.Contains(found.String(), `"user_id":tftypes.String<"`+id+`">`) {
			t.Errorf("%s: %s %s", kind, diags, found)
		}
	}
}

// TestUserByPhoneNumber finds the only user who has a phone number, and refuses to choose one of several.
func TestUserByPhoneNumber(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for id, number := range map[string]string{"ana": "+14155550101", "bob": "+14155550102", "both": "+14155550102", "gone": "+14155550103"} {
		_, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": id, "phone_number": number})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}

	act(t, w, "delete_user", map[string]any{"userId": "gone"})

	found, diags := p.Data(t.Context(), "kommunicate_user", values{"phone_number": "+14155550101"})
	if len(diags) > 0 || !strings.Contains(found.String(), `"user_id":tftypes.String<"ana">`) || !strings.Contains(found.String(), `"phone_number":tftypes.String<"+14155550101">`) {
		t.Errorf("%s %s", found, diags)
	}

	nobody := func(s *kommunicate.Switches) { s.UnknownUsersNull = true }

	for _, c := range []struct {
		config   values
		switches func(*kommunicate.Switches)
		want     string
	}{
		{values{"phone_number": "+14155550102"}, nil, "instead: bob, both."},
		{values{"phone_number": "+14155550103"}, nil, "No user has this phone_number"},
		{values{"phone_number": "+14155550199"}, nil, "No user has this phone_number"},
		{values{"phone_number": "+14155550199"}, nobody, "No user has this phone_number"},
		{values{"phone_number": "+14155550101", "user_id": "ana"}, nil, "xactly one of"},
		{values{}, nil, "xactly one of"},
		{values{"phone_number": "0415"}, nil, "must be in E.164 form"},
	} {
		if c.switches != nil {
			w.Kommunicate.SetSwitches(c.switches)
		}

		_, diags := p.Data(t.Context(), "kommunicate_user", c.config)
		if !strings.Contains(diags.String(), c.want) || strings.Contains(diags.String(), "+1415555019") {
			t.Errorf("%v: %s, want %q", c.config, diags, c.want)
		}
	}
}

// TestListOfUsers lists users by role, and refuses filters beside ids.
func TestListOfUsers(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for _, id := range []string{"ana", "bob", "gone"} {
		_, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": id})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}

	act(t, w, "deactivate_user", map[string]any{"userId": "gone"})

	for name, c := range map[string]struct {
		config values
		want   int
	}{
		"users":       {values{"role": "user"}, 2},
		"bots":        {values{"role": "bot"}, 2},
		"deactivated": {values{"deactivated": true}, 1},
		"two of all":  {values{"max_results": 2}, 2},
		"everyone":    {values{}, 7},
	} {
		found, diags := p.Data(t.Context(), "kommunicate_users", c.config)
		if len(diags) > 0 || rows(found) != c.want {
			t.Errorf("%s: %d users, want %d: %s", name, rows(found), c.want, diags)
		}
	}

	_, diags := p.Data(t.Context(), "kommunicate_users", values{"user_ids": []any{"ana"}, "role": "user"})
	if !strings.Contains(diags.String(), "Ids and filters") {
		t.Error(diags)
	}
}

// TestRequestsOfUsers counts what users cost. Creating is one request and a read that many users share. Changing and
// deactivating are one each, and one more until a read has shown that the platform keeps such a change.
func TestRequestsOfUsers(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	count := func(when string, want int) {
		t.Helper()

		got := w.Journal.Count("")
		if got != want {
			t.Errorf("%s: %d requests, want %d", when, got, want)
		}

		w.Journal.Clear()
	}

	for i, more := range []int{1, 0} {
		id := fmt.Sprintf("user-%d", i)
		config := values{"user_id": id, "display_name": "Ana", "phone_number": "+14155550123", "metadata": values{"plan": "gold"}, "on_destroy": "deactivate"}

		user, diags := p.Create(t.Context(), "kommunicate_user", config)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		count("create", 2)

		config["display_name"] = "Ana B"

		user, diags = p.Apply(t.Context(), user, config)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		count("update", 1+more)
		delete(config, "phone_number")

		user, diags = p.Apply(t.Context(), user, config)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		count("clear", 1+more)

		user, diags = p.Read(t.Context(), user)
		if len(diags) > 0 || p.Changes(t.Context(), user, config) {
			t.Errorf("%s %s", user.State, diags)
		}

		count("read", 1)

		_, diags = p.Apply(t.Context(), user, nil)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		count("deactivate", 1+more)

		found, _ := w.Kommunicate.User(id)
		if !found.Deactivated {
			t.Errorf("%s is not deactivated", id)
		}
	}
}
