package kommunicate_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// TestNothingIsSent has what only a plan or an apply can see, and not the check of a configuration alone.
func TestNothingIsSent(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for name, c := range map[string]struct {
		kind   string
		config values
		want   string
	}{
		"assignee who is no member": {
			"kommunicate_conversation", values{
				"group_name": "c", "group_member_list": []any{"a"}, "skip_routing": true, "assignee": "agent.one@agents.example",
			}, "The assignee is not a member",
		},
		"attachment is a device": {
			"kommunicate_message",
			values{"group_id": "1", "from_user_name": "a", "attachment": values{"source": "/dev/zero"}},
			"is a device, and not a regular file",
		},
		"attachment is missing": {
			"kommunicate_message",
			values{"group_id": "1", "from_user_name": "a", "attachment": values{"source": "/does/not/exist"}},
			"no such file",
		},
	} {
		_, diags := p.Create(t.Context(), c.kind, c.config)
		if !strings.Contains(diags.Errors().String(), c.want) {
			t.Errorf("%s: got %q, want %q in it", name, diags, c.want)
		}
	}

	sent := w.Journal.Count("POST /rest/ws/group/conversation") + w.Journal.Count("POST /rest/ws/message/v2/send")
	if sent > 0 {
		t.Errorf("%d objects were created", sent)
	}
}

// TestNullElementsAreRefused: a null among the elements of a collection is refused before anything is planned.
func TestNullElementsAreRefused(t *testing.T) {
	p := acctest.New(t).Protocol(t, nil)

	null := values{"k": nil}
	for attribute, c := range map[string]struct {
		kind   string
		config values
	}{
		"user's metadata":         {"kommunicate_user", values{"user_id": "a", "metadata": null}},
		"conversation's metadata": {"kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"a"}, "metadata": null}},
		"conversation_info":       {"kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"a"}, "conversation_info": null}},
		"group_member_list":       {"kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"a", nil}}},
		"message's metadata":      {"kommunicate_message", values{"group_id": "1", "from_user_name": "a", "message": "x", "metadata": null}},
	} {
		diags := p.Validate(c.kind, c.config)
		if !strings.Contains(diags.Errors().String(), "null value") {
			t.Errorf("%s: %s", attribute, diags)
		}
	}

	_, diags := p.Data(t.Context(), "kommunicate_users", values{"user_ids": []any{"a", nil}})
	if !strings.Contains(diags.Errors().String(), "null value") {
		t.Errorf("user_ids: %s", diags)
	}
}

// TestChangedBetweenPlanAndApply changes objects between the plan and the apply, as agents do while a plan waits. Terraform takes a
// result that is not as planned for a bug of the provider, so the state keeps the plan and the next refresh tells.
func TestChangedBetweenPlanAndApply(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	differs := func(o acctest.Object, diags acctest.Diagnostics, config values, names string) {
		t.Helper()

		if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "other values than planned for: "+names+".") {
			t.Errorf("want a warning of %s, not\n%s", names, diags)
		}

		if p.Changes(t.Context(), o, config) {
			t.Errorf("the state is not what was planned: %s", o.State)
		}

		read, diags := p.Read(t.Context(), o)
		if len(diags) > 0 || !p.Changes(t.Context(), read, config) {
			t.Errorf("the next plan does not find it: %s\n%s", diags, read.State)
		}
	}

	config := values{
		"group_name": "c", "group_member_list": []any{"ana", "bob"}, "assignee": kommunicate.AgentOneID, "team_id": "130000002", "status": "open",
		"metadata": values{"k": "v"}, "conversation_info": values{"i": "j"},
	}

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	id := conversation.String("id")
	act(t, w, "set_team", map[string]any{"groupId": id, "teamId": kommunicate.DefaultTeamID})
	act(t, w, "set_assignee", map[string]any{"groupId": id, "assignee": kommunicate.AgentTwoID})
	act(t, w, "set_status", map[string]any{"groupId": id, "status": "7"})
	act(t, w, "remove_member", map[string]any{"groupId": id, "userId": "bob"})
	act(t, w, "set_metadata", map[string]any{"groupId": id, "metadata": map[string]string{"k": "x"}})

	config["group_name"] = "d"
	conversation, diags = p.Apply(t.Context(), conversation, config)
	differs(conversation, diags, config, "assignee, group_member_list, metadata.k, status, team_id")

	config = values{"user_id": "ana", "display_name": "Ana", "email": "ana@example.com"}

	user, diags := p.Create(t.Context(), "kommunicate_user", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	act(t, w, "set_user", map[string]any{"userId": "ana", "displayName": "Annette"})

	config["email"] = "a@example.com"
	user, diags = p.Apply(t.Context(), user, config)
	differs(user, diags, config, "display_name")
}

// TestKeysOfOthersStay: what agents and other programs keep in the information beside the chat stays as they wrote it.
func TestKeysOfOthersStay(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"group_name": "c", "group_member_list": []any{"ana"}, "conversation_info": values{"ours": "1", "gone": "x"}}

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	act(t, w, "set_metadata", map[string]any{"groupId": conversation.String("id"), "metadata": map[string]string{
		"conversationMetadata": `{"ours":"1","gone":"x","count":3,"nested":{"a":[true]}}`,
	}})

	config["conversation_info"] = values{"ours": "2"}

	_, diags = p.Apply(t.Context(), conversation, config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	g, _ := w.Kommunicate.Group(conversation.String("id"))
	if g.Metadata["conversationMetadata"] != `{"count":3,"nested":{"a":[true]},"ours":"2"}` {
		t.Errorf("%s", g.Metadata["conversationMetadata"])
	}
}

// TestReadBackFails: a new conversation that is as it should be is not lost because it could not be read once more.
func TestReadBackFails(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, values{"max_retries": 0})
	w.Faults.Add(sandbox.Fault{Name: "down", Path: "/rest/ws/group/v2/info", Times: -1, Status: 503})

	config := values{"group_name": "c", "group_member_list": []any{"ana"}, "status": "spam"}

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "could not be read back") {
		t.Fatal(diags)
	}

	w.Faults.Clear()

	read, diags := p.Read(t.Context(), conversation)
	if len(diags) > 0 || p.Changes(t.Context(), read, config) || p.Changes(t.Context(), conversation, config) {
		t.Errorf("%s\n%s\n%s", diags, conversation.State, read.State)
	}
}

// rows counts what the data source found.
func rows(found tftypes.Value) int { return strings.Count(found.String(), `"user_id":tftypes.String<`) }

// TestUserIDsDifferInCase: two users whose ids differ in upper and lower case only are two users.
func TestUserIDsDifferInCase(t *testing.T) {
	w := acctest.New(t)

	p := w.Protocol(t, nil)

	_, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": "ana"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	found, diags := p.Data(t.Context(), "kommunicate_users", values{"user_ids": []any{"ana", "Ana"}})

	n := rows(found)
	if len(diags) > 0 || n != 1 {
		t.Errorf("%d users: %s %s", n, diags, found)
	}
}

// TestUnknownUsersAreNull: the platform may say null of users that are not there; null that stays is an error all the same.
func TestUnknownUsersAreNull(t *testing.T) {
	w := acctest.New(t)
	w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { s.UnknownUsersNull = true })
	p := w.Protocol(t, nil)

	ids := make([]any, 60)
	for i := range ids {
		ids[i] = "u" + strings.Repeat("x", i)
	}

	found, diags := p.Data(t.Context(), "kommunicate_users", values{"user_ids": ids})
	if len(diags) > 0 || rows(found) != 0 {
		t.Errorf("%s %s", diags, found)
	}

	asked := w.Journal.Count("POST /rest/ws/user/v2/detail")
	if asked != 3 {
		t.Errorf("asked %d times", asked)
	}
}

// TestImportedMessage: a message that is imported is not sent again because its configuration names the conversation by the
// other id, or says less of the file than the platform.
func TestImportedMessage(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"ana"}, "client_group_id": "order-7781"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	byID := func(more values) values {
		more["group_id"], more["from_user_name"] = conversation.String("id"), "ana"
		return more
	}
	byKey := func(more values) values {
		more["client_group_id"], more["from_user_name"] = "order-7781", "ana"
		return more
	}
	file := func(more values) values {
		more["url"] = "https://files.example.com/a/receipt.png?x=1"
		return more
	}

	said := values{"name": "receipt.png", "content_type": "image/png", "thumbnail_url": "https://files.example.com/a/receipt.png?x=1"}
	unlike := values{"name": "Receipt", "content_type": "text/x-receipt", "thumbnail_url": "https://files.example.com/small.png"}

	for name, c := range map[string]struct {
		sent, configured values
		clean            bool
	}{
		"text":                     {byID(values{"message": "x"}), byID(values{"message": "x"}), true},
		"text by key":              {byKey(values{"message": "x"}), byKey(values{"message": "x"}), false},
		"a file":                   {byID(values{"attachment": file(values{})}), byID(values{"attachment": file(values{})}), true},
		"a file described in full": {byKey(values{"attachment": file(maps.Clone(said))}), byKey(values{"attachment": file(maps.Clone(said))}), false},
		"a file unlike its URL":    {byID(values{"attachment": file(maps.Clone(unlike))}), byID(values{"attachment": file(maps.Clone(unlike))}), true},
	} {
		message, diags := p.Create(t.Context(), "kommunicate_message", c.sent)
		if len(diags) > 0 {
			t.Fatalf("%s: %s", name, diags)
		}

		imported, diags := p.Import(t.Context(), "kommunicate_message", message.String("id"))
		if len(diags) > 0 || p.Changes(t.Context(), imported, c.configured) == c.clean {
			t.Errorf("%s: %s %s", name, diags, imported.State)
		}

		managed, diags := p.Apply(t.Context(), imported, c.configured) // It would fail if the message were replaced.
		if len(diags) > 0 || p.Changes(t.Context(), managed, c.configured) || managed.String("id") != message.String("id") {
			t.Errorf("%s: %s %s", name, diags, managed.State)
		}

		back := byID(maps.Clone(c.configured))
		delete(back, "client_group_id")

		plan, diags := p.Plan(t.Context(), managed, back)
		if len(diags) > 0 || len(plan.RequiresReplace) > 0 {
			t.Errorf("%s, by its group id: %s %v", name, diags, plan.RequiresReplace)
		}
	}
}

// TestMessageIsReplaced: another conversation, or a file described otherwise, is another message.
func TestMessageIsReplaced(t *testing.T) {
	w := acctest.New(t)

	p := w.Protocol(t, nil)
	for _, key := range []string{"one", "two"} {
		_, diags := p.Create(t.Context(), "kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"ana"}, "client_group_id": key})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}

	one, _ := w.Kommunicate.GroupByClientID("one")
	two, _ := w.Kommunicate.GroupByClientID("two")
	config := values{"group_id": one.ID, "from_user_name": "ana", "attachment": values{"url": "https://files.example.com/r.pdf"}}

	message, diags := p.Create(t.Context(), "kommunicate_message", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for name, change := range map[string]values{
		"other id":         {"group_id": two.ID},
		"other key":        {"group_id": nil, "client_group_id": "two"},
		"no such key":      {"group_id": nil, "client_group_id": "three"},
		"not known yet":    {"group_id": acctest.Unknown{}},
		"key not known":    {"group_id": nil, "client_group_id": acctest.Unknown{}},
		"other name":       {"attachment": values{"url": "https://files.example.com/r.pdf", "name": "s.pdf"}},
		"other media type": {"attachment": values{"url": "https://files.example.com/r.pdf", "content_type": "text/plain"}},
		"other picture":    {"attachment": values{"url": "https://files.example.com/r.pdf", "thumbnail_url": "https://files.example.com/r.png"}},
		"other file":       {"attachment": values{"url": "https://files.example.com/s.pdf", "name": "r.pdf"}},
	} {
		changed := maps.Clone(config)
		maps.Copy(changed, change)

		plan, diags := p.Plan(t.Context(), message, changed)
		if len(diags) > 0 || len(plan.RequiresReplace) == 0 {
			t.Errorf("%s is not sent: %s", name, diags)
		}
	}
}

// TestAgentIsNotAdopted: an agent is not taken over, although users are by default.
func TestAgentIsNotAdopted(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	made, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": kommunicate.AgentOneID, "display_name": "x", "on_destroy": "deactivate"})
	if !made.Gone() || !strings.Contains(diags.Errors().String(), "The user is an agent") || len(w.Journal.Writes()) > 0 {
		t.Errorf("%s %s %v", made.State, diags, w.Journal.Writes())
	}
}

// TestUniqueWithUnknownKey: a key that is not known yet may turn out to be none.
func TestUniqueWithUnknownKey(t *testing.T) {
	p := acctest.New(t).Protocol(t, nil)
	config := values{"group_name": "c", "group_member_list": []any{"a"}, "unique": true, "client_group_id": acctest.Unknown{}}

	diags := p.Validate("kommunicate_conversation", config)
	if len(diags) > 0 {
		t.Error(diags)
	}
}

// TestRefusedPathsDoNotBlameTheKey: where a documented call shows that the key is good, the errors do not send people to check it.
func TestRefusedPathsDoNotBlameTheKey(t *testing.T) {
	for status, refuse := range refusals() {
		if status == "AL-UN-01" {
			continue // Where only the admin may call, it means that.
		}

		w := acctest.New(t)
		p := w.Protocol(t, values{"kommunicate": values{"application_id": nil}})

		conversation, diags := p.Create(t.Context(), "kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"ana"}, "on_destroy": "delete"})
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) {
			refuse(s, &s.UndocumentedReads)
			refuse(s, &s.UndocumentedWrites)
		})

		var all acctest.Diagnostics

		tell := func(diags acctest.Diagnostics) {
			t.Helper()

			all = append(all, diags...)
			if len(diags) == 0 {
				t.Error("nothing is said")
			}
		}
		_, diags = p.Read(t.Context(), conversation)
		tell(diags)
		_, diags = p.Apply(t.Context(), conversation, nil)
		tell(diags)
		_, diags = p.Import(t.Context(), "kommunicate_conversation", conversation.String("id"))
		tell(diags)
		_, diags = p.Create(t.Context(), "kommunicate_user", values{"user_id": "bob"})
		tell(diags)

		for kind, config := range map[string]values{
			"kommunicate_conversation": {"group_id": conversation.String("id")}, "kommunicate_conversations": {}, "kommunicate_messages": {"group_id": conversation.String("id")},
		} {
			_, diags = w.Protocol(t, nil).Data(t.Context(), kind, config) // Of its own: a second error in the same words would be short.
			tell(diags)
		}

		text := all.String()
		if strings.Contains(text, "Check kommunicate.") || strings.Count(text, "API key is good") != len(all) {
			t.Errorf("%s: %s", status, text)
		}
	}
}

// TestImportKeepsMembers: members of an imported conversation who are not configured stay, and a warning names them. Those
// who were configured leave when they are no longer, except the assignee.
func TestImportKeepsMembers(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"group_name": "c", "group_member_list": []any{"ana"}}

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	imported, diags := p.Import(t.Context(), "kommunicate_conversation", conversation.String("id"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	members := func() string {
		g, _ := w.Kommunicate.Group(conversation.String("id"))
		slices.Sort(g.Members)

		return strings.Join(g.Members, " ")
	}
	before := members()

	managed, diags := p.Apply(t.Context(), imported, config)
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "group_member_list, and the configuration has never named them: agent.one@agents.example") ||
		p.Changes(t.Context(), managed, config) || members() != before {
		t.Errorf("%s %s\n%s", diags, managed.State, members())
	}

	config["group_member_list"] = []any{"ana", "bob", kommunicate.AgentOneID}
	managed, _ = p.Apply(t.Context(), managed, config)
	config["group_member_list"], config["assignee"] = []any{"ana"}, kommunicate.AgentTwoID

	_, diags = p.Apply(t.Context(), managed, config)
	if len(diags) > 0 || members() != kommunicate.AgentTwoID+" ana bot" {
		t.Errorf("%s %s", diags, members())
	}
}

// TestImportOwnsNothing: what an import found and the configuration leaves out stays on the platform, and is no change.
func TestImportOwnsNothing(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for kind, c := range map[string]struct{ made, kept values }{
		"kommunicate_user": {
			values{"user_id": "bob", "email": "b@example.com", "phone_number": "+14155550123", "image_link": "https://x.example/b.png", "metadata": values{"plan": "gold"}},
			values{"user_id": "bob"},
		},
		"kommunicate_conversation": {
			values{
				"group_name": "c", "group_member_list": []any{"ana"}, "image_url": "https://x.example/c.png", "metadata": values{"k": "v"}, "conversation_info": values{"i": "j"},
				"conversation_title": "Order", "chat_context": values{"lang": "de"}, "welcome_message": "hi", "custom_welcome_event": "HI", "skip_bot_event": []any{"WELCOME_EVENT"},
			},
			values{"group_name": "c", "group_member_list": []any{"ana", "bot", kommunicate.AgentOneID, kommunicate.AgentTwoID}},
		},
	} {
		made, diags := p.Create(t.Context(), kind, c.made)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		imported, diags := p.Import(t.Context(), kind, made.String("id"))
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		w.Journal.Clear()

		if p.Changes(t.Context(), imported, c.kept) {
			t.Errorf("%s: leaving out what an import found is a change: %s", kind, imported.State)
		}
		// Another change does not clear it either.
		c.kept["on_destroy"] = "abandon"

		managed, diags := p.Apply(t.Context(), imported, c.kept)
		if len(diags) > 0 || len(w.Journal.Writes()) > 0 || p.Changes(t.Context(), managed, c.kept) {
			t.Errorf("%s: %s %v", kind, diags, w.Journal.Writes())
		}
		// Once it was configured, leaving it out clears it.
		maps.Copy(c.made, values{"on_destroy": "abandon"})
		managed, diags = p.Apply(t.Context(), managed, c.made)

		if len(diags.Errors()) > 0 {
			t.Error(diags)
		}

		delete(c.kept, "on_destroy")
		managed, diags = p.Apply(t.Context(), managed, c.kept)

		if len(diags.Errors()) > 0 || len(w.Journal.Writes()) == 0 || managed.String("email") != "" || managed.String("image_url") != "" {
			t.Errorf("%s: %s %s", kind, diags, managed.State)
		}
	}
}

// TestOneObjectOneAddress: a second resource for the same object is refused in the same run, and an object that was adopted
// in a run is not destroyed in it by the address that it left.
func TestOneObjectOneAddress(t *testing.T) {
	w := acctest.New(t)

	for kind, config := range map[string]values{
		"kommunicate_user":         {"user_id": "ana", "on_destroy": "deactivate"},
		"kommunicate_conversation": {"group_name": "c", "group_member_list": []any{"ana"}, "client_group_id": "k", "adopt_existing": true},
	} {
		first := w.Protocol(t, nil)

		made, diags := first.Create(t.Context(), kind, config)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		_, diags = first.Create(t.Context(), kind, config)
		if !strings.Contains(diags.Errors().String(), "already managed in this configuration") {
			t.Errorf("%s: %s", kind, diags)
		}
		// The next run renames the resource: the new address adopts, then the old one is destroyed.
		second := w.Protocol(t, nil)

		renamed, diags := second.Create(t.Context(), kind, config)
		if len(diags) > 0 || renamed.String("id") != made.String("id") {
			t.Fatalf("%s: %s", kind, diags)
		}

		w.Journal.Clear()

		_, diags = second.Apply(t.Context(), made, nil)
		if !strings.Contains(diags.String(), "is kept") || len(w.Journal.Writes()) > 0 {
			t.Errorf("%s: %s %v", kind, diags, w.Journal.Writes())
		}
		// A later run destroys it.
		_, diags = w.Protocol(t, nil).Apply(t.Context(), renamed, nil)
		if len(diags) > 0 || len(w.Journal.Writes()) == 0 {
			t.Errorf("%s: %s", kind, diags)
		}
	}
}

// TestEmptyIsNothing: "", {} and null mean the same, and change nothing.
func TestEmptyIsNothing(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", values{
		"group_name": "c", "group_member_list": []any{"ana"}, "client_group_id": "", "assignee": "", "team_id": "", "status": "", "image_url": "", "metadata": values{},
		"conversation_info": values{}, "conversation_title": "", "chat_context": values{}, "welcome_message": "", "custom_welcome_event": "", "skip_bot_event": []any{}, "acting_user_id": "",
	})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for kind, c := range map[string]struct{ least, empty values }{
		"kommunicate_user": {
			values{"user_id": "bob"},
			values{"user_id": "bob", "display_name": "", "image_link": "", "email": "", "phone_number": "", "metadata": values{}},
		},
		"kommunicate_message": {
			values{"group_id": conversation.String("id"), "from_user_name": "ana", "message": "x"},
			values{
				"group_id": conversation.String("id"), "client_group_id": "", "from_user_name": "ana", "message": "x", "content_type": "", "metadata": values{}, "triggers": values{},
			},
		},
		"kommunicate_conversation": {
			values{"group_name": "d", "group_member_list": []any{"ana"}},
			values{
				"group_name": "d", "group_member_list": []any{"ana"}, "assignee": "", "team_id": "", "status": "", "image_url": "", "metadata": values{}, "conversation_info": values{},
				"conversation_title": "", "chat_context": values{}, "welcome_message": "", "custom_welcome_event": "", "skip_bot_event": []any{},
			},
		},
	} {
		object, diags := p.Create(t.Context(), kind, c.least)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		w.Journal.Clear()

		for _, config := range []values{c.empty, c.least, c.empty} {
			diags := p.Validate(kind, config)
			if len(diags) > 0 {
				t.Errorf("%s: %s", kind, diags)
			}

			object, diags = p.Apply(t.Context(), object, config) // It would fail if the object were replaced.
			if len(diags) > 0 || len(w.Journal.Writes()) > 0 {
				t.Errorf("%s: %s %v", kind, diags, w.Journal.Writes())
			}

			read, diags := p.Read(t.Context(), object)
			if len(diags) > 0 || p.Changes(t.Context(), read, config) {
				t.Errorf("%s: the next plan is not empty: %s %s", kind, diags, read.State)
			}
		}
	}
}
