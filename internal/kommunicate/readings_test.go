package kommunicate_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// readings are what the vendor leaves open, each the other way round than the sandbox has it by default.
var readings = map[string]func(*kommunicate.Switches){
	"as it is by default":               func(*kommunicate.Switches) {},
	"used client group id answers it":   func(s *kommunicate.Switches) { s.DuplicateClientGroup = "existing" },
	"unknown users are null":            func(s *kommunicate.Switches) { s.UnknownUsersNull = true },
	"new members are made":              func(s *kommunicate.Switches) { s.AddMemberCreates = true },
	"closed refuses customers":          func(s *kommunicate.Switches) { s.ClosedOnMessage = "refuse" },
	"a refused key in plain text":       func(s *kommunicate.Switches) { s.PlainTextUnauthorized = true },
	"users in a bare array":             func(s *kommunicate.Switches) { s.UserDetailBareArray = true },
	"no group/details":                  func(s *kommunicate.Switches) { s.GroupDetails = false },
	"deleted groups do not answer":      func(s *kommunicate.Switches) { s.DeletedGroupsAnswer = false },
	"deleting frees the client id":      func(s *kommunicate.Switches) { s.DeletedAliasTaken = false },
	"new conversations are not started": func(s *kommunicate.Switches) { s.InitialStatus = "-1" },
	"documented statuses only":          func(s *kommunicate.Switches) { s.DocumentedStatusesOnly = true },
	"skip_routing is not kept":          func(s *kommunicate.Switches) { s.SkipRoutingKept = false },
	"a team keeps the assignee":         func(s *kommunicate.Switches) { s.TeamChange = "keep" },
	"a team chooses the assignee":       func(s *kommunicate.Switches) { s.TeamChange = "route" },
	"every agent may delete":            func(s *kommunicate.Switches) { s.DeleteNeedsAdmin = false },
	"deleting answers a word":           func(s *kommunicate.Switches) { s.GroupDeleteText = true },
	"ids in any case":                   func(s *kommunicate.Switches) { s.FoldAgentIDs = true },
	"no default bot":                    func(s *kommunicate.Switches) { s.DefaultBotJoins = false },
	"the owner acts":                    func(s *kommunicate.Switches) { s.MissingOfUser, s.UnknownOfUser = "owner", "owner" },
	"only register/client":              func(s *kommunicate.Switches) { s.UserCreate = false },
	"create refuses an id in use":       func(s *kommunicate.Switches) { s.UserCreateRefusesExisting = true },
	"user/delete deletes":               func(s *kommunicate.Switches) { s.UserDelete = "delete" },
	"user/delete toggles":               func(s *kommunicate.Switches) { s.UserDelete = "toggle" },
	"e-mail needs allowEmail":           func(s *kommunicate.Switches) { s.EmailNeedsAllowEmail = true },
	"unknown group as text":             func(s *kommunicate.Switches) { s.UnknownGroupOnSend = "text" },
	"unknown senders are made":          func(s *kommunicate.Switches) { s.UnknownSender = "create" },
	"closed stays closed":               func(s *kommunicate.Switches) { s.ClosedOnMessage = "stay" },
	"deleted messages are gone":         func(s *kommunicate.Switches) { s.DeletedMessage = "gone" },
	"no message/detail":                 func(s *kommunicate.Switches) { s.MessageDetail = false },
	"attachments on the chat host":      func(s *kommunicate.Switches) { s.ServicesMessageSend = false },
	"attachments with a session":        func(s *kommunicate.Switches) { s.ServicesMessageSend, s.ChatTakesAPIKey = false, false },
	"uploads through the gateway":       func(s *kommunicate.Switches) { s.ServicesUpload, s.ChatTakesAPIKey = true, false },
	"a cursor repeats its row":          func(s *kommunicate.Switches) { s.CursorInclusive = true },
	"full rows of users":                func(s *kommunicate.Switches) { s.UserRowFull = true },
	"acting ids are decoded":            func(s *kommunicate.Switches) { s.OfUserIDDecoded = true },
	"a wrong method is not passed on":   func(s *kommunicate.Switches) { s.WrongMethod = "host" },
	"members by POST only":              func(s *kommunicate.Switches) { s.MemberCalls = "post" },
	"sending answers an envelope":       func(s *kommunicate.Switches) { s.SendEnvelope = true },
	"earlier times in message keys":     func(s *kommunicate.Switches) { s.MessageKeys = "earlier" },
	"times in message keys":             func(s *kommunicate.Switches) { s.MessageKeys = "time" },
	"used client group id, other words": func(s *kommunicate.Switches) { s.DuplicateClientGroup = "sentence" },
	"user/delete erases":                func(s *kommunicate.Switches) { s.UserDelete = "erase" },
	"broken credentials in plain text":  func(s *kommunicate.Switches) { s.BrokenCredentialsText = true },
	"only talking conversations listed": func(s *kommunicate.Switches) { s.SilentConversationsListed = false },
	"user/delete removes":               func(s *kommunicate.Switches) { s.UserDelete = "gone" },
	"user/delete does nothing":          func(s *kommunicate.Switches) { s.UserDelete = "nothing" },
	"members by GET only":               func(s *kommunicate.Switches) { s.MemberCalls = "get" },
	"received messages have own keys":   func(s *kommunicate.Switches) { s.PairedKeys = true },
	"the chat host refuses with a code": func(s *kommunicate.Switches) {
		s.ServicesMessageSend, s.ChatTakesAPIKey, s.ChatRefusalEnvelope = false, false, true
	},
}

// TestReadings tells the same story under each of them: through the protocol, for real Terraform would take minutes.
func TestReadings(t *testing.T) {
	for name, change := range readings {
		t.Run(name, func(t *testing.T) {
			w := acctest.New(t)
			w.Kommunicate.SetSwitches(change)
			s := &story{t: t, w: w}
			s.nextRun()
			s.users()
			s.conversations()
			s.messages()
		})
	}
}

// TestReadingsAreComplete: what the vendor leaves open has a reading above, or a test of its own.
func TestReadingsAreComplete(t *testing.T) {
	// TestUndocumentedReadsRefused, TestUndocumentedWritesRefused, TestPartOfAConversation, TestStillDeactivated.
	elsewhere := []string{"UndocumentedReads", "UndocumentedWrites", "UndocumentedRefusal", "InfoWithoutMetadata", "CreateReactivates"}
	w := acctest.New(t)

	var usual kommunicate.Switches

	w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { usual = *s })

	for i := range reflect.TypeFor[kommunicate.Switches]().NumField() {
		name := reflect.TypeFor[kommunicate.Switches]().Field(i).Name
		turned := slices.Contains(elsewhere, name)

		for _, change := range readings {
			other := usual
			change(&other)

			turned = turned || !reflect.ValueOf(other).Field(i).Equal(reflect.ValueOf(usual).Field(i))
		}

		if !turned {
			t.Errorf("nothing is read the other way of %s", name)
		}
	}
}

// story is one configuration's life.
type story struct {
	t *testing.T
	w *acctest.World
	p *acctest.Protocol
}

// nextRun starts another run of Terraform.
func (s *story) nextRun() {
	s.t.Helper()
	s.p = s.w.Protocol(s.t, nil)
}

// become applies the configuration and expects no diagnostics, a refresh that changes nothing, and an empty plan.
func (s *story) become(o acctest.Object, config values) acctest.Object {
	s.t.Helper()

	o, diags := s.p.Apply(s.t.Context(), o, config)
	if len(diags) > 0 {
		s.t.Fatalf("%s: %s", o.Type, diags)
	}

	if config == nil {
		return o
	}

	read, diags := s.p.Read(s.t.Context(), o)
	if len(diags) > 0 || !read.State.Equal(o.State) {
		s.t.Fatalf("%s is read otherwise than written: %s\n%s\n%s", o.Type, diags, o.State, read.State)
	}

	if s.p.Changes(s.t.Context(), read, config) {
		s.t.Fatalf("%s: the next plan is not empty", o.Type)
	}

	return read
}

func (s *story) users() {
	s.t.Helper()

	none := acctest.Object{Type: "kommunicate_user"}
	user := s.become(none, values{"user_id": "ana", "display_name": "Ana", "email": "ana@example.com", "metadata": values{"plan": "gold"}})
	last := values{"user_id": "ana", "display_name": "Ana B", "email": "b@example.com", "phone_number": "+14155550123", "metadata": values{"plan": "gold"}, "on_destroy": "deactivate"}
	user = s.become(user, last)

	u, _ := s.w.Kommunicate.User("ana")
	if u.DisplayName != "Ana B" || u.Email != "b@example.com" || u.PhoneNumber != "+14155550123" {
		s.t.Errorf("user: %+v", u)
	}

	s.nextRun()

	_, diags := s.p.Apply(s.t.Context(), user, nil)

	u, known := s.w.Kommunicate.User("ana")
	isEnded := known && u.Deactivated && !u.Deleted

	isWarned := strings.Contains(diags.String(), "The user's profile is gone") || strings.Contains(diags.String(), "The user is still active")
	if len(diags.Errors()) > 0 || isEnded == isWarned {
		s.t.Errorf("deactivated: %+v, %s", u, diags)
	}

	s.nextRun()

	again, diags := s.p.Apply(s.t.Context(), none, last)
	if len(diags.Errors()) > 0 {
		s.t.Fatal(diags)
	}

	u, _ = s.w.Kommunicate.User("ana")
	if u.Deactivated == !strings.Contains(diags.String(), "still deactivated") {
		s.t.Errorf("created again: %+v\n%s", u, diags)
	}

	_, diags = s.p.Import(s.t.Context(), "kommunicate_user", again.String("id"))
	if len(diags) > 0 {
		s.t.Fatal(diags)
	}
}

func (s *story) conversations() {
	s.t.Helper()

	none := acctest.Object{Type: "kommunicate_conversation"}
	config := func(name, team, status string, more values) values {
		out := values{
			"group_name": name, "group_member_list": []any{"ana", "new-" + team, kommunicate.AgentOneID}, "client_group_id": "order-7781",
			"skip_routing": true, "assignee": kommunicate.AgentOneID, "team_id": team, "status": status, "metadata": values{"k": name},
		}
		for key, value := range more {
			out[key] = value
		}

		return out
	}
	one := s.become(none, config("one", "130000001", "open", nil))
	one = s.become(one, config("two", "130000002", "spam", nil))

	g, _ := s.w.Kommunicate.GroupByClientID("order-7781")
	if g.Name != "two" || g.TeamID != "130000002" || g.Assignee != kommunicate.AgentOneID || g.Status != "3" || g.Metadata["k"] != "two" ||
		!slices.Contains(g.Members, "new-130000002") || slices.Contains(g.Members, "new-130000001") {
		s.t.Errorf("%+v", g)
	}
	// Another configuration finds it taken, and may adopt it.
	s.nextRun()

	_, diags := s.p.Create(s.t.Context(), none.Type, config("three", "130000002", "open", nil))
	if !strings.Contains(diags.String(), one.String("id")) || len(diags.Errors()) == 0 {
		s.t.Errorf("taken: %s", diags)
	}

	taken := config("three", "130000001", "open", values{"adopt_existing": true})

	three := s.become(none, taken)
	if three.String("id") != one.String("id") {
		s.t.Errorf("adopted %s, not %s", three.String("id"), one.String("id"))
	} else {
		s.nextRun()
		s.become(three, nil)
	}
	// Closed, it is adopted again without a word.
	four := s.become(none, config("four", "130000001", "open", values{"on_destroy": "delete"}))

	imported, diags := s.p.Import(s.t.Context(), none.Type, "client:order-7781")
	if len(diags) > 0 || imported.String("id") != one.String("id") || four.String("id") != one.String("id") {
		s.t.Errorf("%s, imported %s: %s", four.String("id"), imported.String("id"), diags)
	}
	// Deleted, it is gone and frees its key.
	s.nextRun()
	s.become(four, nil)

	read, diags := s.p.Read(s.t.Context(), four)
	if !read.Gone() || len(diags) > 0 {
		s.t.Errorf("deleted: %s", diags)
	}

	five := s.become(none, config("five", "130000001", "open", nil))
	if five.String("id") == one.String("id") {
		s.t.Error("a deleted conversation came back")
	}
}

func (s *story) messages() {
	s.t.Helper()

	file := filepath.Join(s.t.TempDir(), "note.txt")
	if err := os.WriteFile(file, []byte("note"), 0o600); err != nil {
		s.t.Fatal(err)
	}

	g, _ := s.w.Kommunicate.GroupByClientID("order-7781")
	none := acctest.Object{Type: "kommunicate_message"}

	text := s.become(none, values{"group_id": g.ID, "from_user_name": "ana", "message": "Hello", "content_type": "text_html"})

	imported, diags := s.p.Import(s.t.Context(), none.Type, text.String("id"))
	if len(diags) > 0 || imported.String("message") != "Hello" {
		s.t.Errorf("imported %s: %s", imported.State, diags)
	}

	upload := s.become(none, values{
		"client_group_id": "order-7781", "from_user_name": "ana", "attachment": values{"source": file}, "on_destroy": "delete_for_all",
	})

	listed, diags := s.p.Data(s.t.Context(), "kommunicate_messages", values{"group_id": g.ID})
	if len(diags) > 0 || !strings.Contains(listed.String(), upload.String("id")) || !strings.Contains(listed.String(), "note.txt") {
		s.t.Errorf("%s %s", diags, listed)
	}

	s.become(upload, nil)

	m, _ := s.w.Kommunicate.Message(upload.String("id"))
	if !m.Deleted {
		s.t.Errorf("not deleted: %+v", m)
	}

	s.become(upload, nil) // A message that was deleted before can be destroyed.

	found, diags := s.p.Data(s.t.Context(), "kommunicate_conversations", values{"assignee": kommunicate.AgentOneID})
	if len(diags) > 0 || !strings.Contains(found.String(), "order-7781") {
		s.t.Errorf("%s %s", diags, found)
	}

	_, diags = s.p.Create(s.t.Context(), none.Type, values{"group_id": "1", "from_user_name": "ana", "message": "x"})
	if len(diags.Errors()) == 0 {
		s.t.Error("sent to no conversation")
	}
}

// refusals are the ways in which the platform refuses calls that no page documents.
func refusals() map[string]func(*kommunicate.Switches, *int) {
	gateway := func(status int) func(*kommunicate.Switches, *int) {
		return func(_ *kommunicate.Switches, calls *int) { *calls = status }
	}
	backend := func(code string) func(*kommunicate.Switches, *int) {
		return func(s *kommunicate.Switches, calls *int) { *calls, s.UndocumentedRefusal = 401, code }
	}

	return map[string]func(*kommunicate.Switches, *int){
		"401": gateway(401), "403": gateway(403), "404": gateway(404),
		"AL-GE-01": backend("AL-GE-01"), "AL-MA-01": backend("AL-MA-01"), "AL-UN-01": backend("AL-UN-01"),
	}
}

// TestUndocumentedReadsRefused refuses to read conversations: nothing is ever dropped, and everything can be changed.
func TestUndocumentedReadsRefused(t *testing.T) {
	for status, refuse := range refusals() {
		w := acctest.New(t)
		w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { refuse(s, &s.UndocumentedReads) })
		p := w.Protocol(t, nil)
		config := func(n string) values {
			return values{
				"group_name": "Order " + n, "group_member_list": []any{"ana", "new" + n}, "client_group_id": "order-7781", "assignee": kommunicate.AgentTwoID,
				"metadata": values{"n": n}, "conversation_info": values{"n": n},
			}
		}
		none := acctest.Object{Type: "kommunicate_conversation"}

		one, diags := p.Create(t.Context(), none.Type, config("1"))
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}

		two, diags := p.Apply(t.Context(), one, config("2"))
		if len(diags.Errors()) > 0 || two.String("assignee") != kommunicate.AgentTwoID || two.String("status") != "open" {
			t.Fatalf("%s %s", diags, two.State)
		}

		read, diags := p.Read(t.Context(), two)
		if !strings.Contains(diags.String(), "cannot be read back") || !read.State.Equal(two.State) || p.Changes(t.Context(), read, config("2")) {
			t.Errorf("%s: %s\n%s", status, diags, read.State)
		}

		message, diags := p.Create(t.Context(), "kommunicate_message", values{"group_id": two.String("id"), "from_user_name": "ana", "message": "x"})
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		kept, diags := p.Read(t.Context(), message)
		if kept.Gone() || len(diags.Errors()) > 0 {
			t.Errorf("%s: %s", status, diags)
		}

		_, diags = p.Import(t.Context(), none.Type, two.String("id"))
		if !strings.Contains(diags.Errors().String(), "Unable to read conversation") {
			t.Errorf("%s: imported: %s", status, diags)
		}
		// The key itself is refused: that is an error, not a reason to keep quiet.
		w.Faults.Add(sandbox.Fault{Name: "bad key", Platform: "kommunicate", Times: -1, Status: 401, Body: `{"message":"Unauthorized"}`})

		_, diags = w.Protocol(t, nil).Read(t.Context(), two)
		if !strings.Contains(diags.Errors().String(), "Kommunicate refused the credential") {
			t.Errorf("%s: with a bad key: %s", status, diags)
		}

		w.Faults.Clear()
		// Which conversation has the key cannot be read, but that one has it is known.

		_, diags = w.Protocol(t, nil).Create(t.Context(), none.Type, config("3"))
		if !strings.Contains(diags.String(), "does not let this API key read which") {
			t.Errorf("%s: %s", status, diags)
		}

		gone, diags := p.Apply(t.Context(), two, nil)
		if len(diags) > 0 || !gone.Gone() {
			t.Errorf("%s: %s", status, diags)
		}

		g, _ := w.Kommunicate.GroupByClientID("order-7781")
		if g.Status != "2" || g.Name != "Order 2" || g.Metadata["conversationMetadata"] != `{"n":"2"}` {
			t.Errorf("%s: %+v", status, g)
		}
	}
}

// TestUndocumentedWritesRefused refuses what no page documents: the errors say what to do instead.
func TestUndocumentedWritesRefused(t *testing.T) {
	w := acctest.New(t)
	w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { s.UndocumentedWrites = 403 })
	p := w.Protocol(t, values{"kommunicate": values{"application_id": nil}})
	says := func(diags acctest.Diagnostics, want string) {
		t.Helper()

		if !strings.Contains(diags.Errors().String(), want) {
			t.Errorf("want %q, not\n%s", want, diags)
		}
	}
	_, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": "ana"})
	says(diags, "application_id")

	config := values{"group_name": "c", "group_member_list": []any{"ana"}, "on_destroy": "delete"}

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	_, diags = p.Apply(t.Context(), conversation, values{"group_name": "c", "group_member_list": []any{"ana", "bob"}, "on_destroy": "delete"})
	says(diags, "Unable to add member bob")
	_, diags = p.Apply(t.Context(), conversation, nil)
	says(diags, `Set on_destroy to "close"`)
	// The user that the conversation created can be managed.
	user, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": "ana", "email": "ana@example.com", "on_destroy": "deactivate"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	_, diags = w.Protocol(t, values{"kommunicate": values{"application_id": nil}}).Apply(t.Context(), user, nil)
	says(diags, "dashboard")
}

// TestPartOfAConversation: an answer without metadata changes nothing that stands in the metadata, and a warning says so.
func TestPartOfAConversation(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"group_name": "c", "group_member_list": []any{"ana"}, "status": "spam", "assignee": kommunicate.AgentTwoID, "metadata": values{"k": "v"}}

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	w.Kommunicate.SetSwitches(func(s *kommunicate.Switches) { s.InfoWithoutMetadata = true })

	read, diags := p.Read(t.Context(), conversation)
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "was read in part") || !read.State.Equal(conversation.State) {
		t.Errorf("%s %s", diags, read.State)
	}

	config["group_name"], config["team_id"] = "d", "130000002"

	changed, diags := p.Apply(t.Context(), read, config)
	if len(diags.Errors()) > 0 || changed.String("status") != "spam" || changed.String("assignee") != kommunicate.AgentTwoID || changed.String("group_name") != "d" {
		t.Errorf("%s %s", diags, changed.State)
	}
}
