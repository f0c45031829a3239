package kommunicate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// TestListResources lists what there is, as an import reads it.
func TestListResources(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", values{
		"group_name": "Order 1", "group_member_list": []any{"ana"}, "status": "spam", "metadata": values{"k": "v"}, "welcome_message": "hi",
	})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	message, diags := p.Create(t.Context(), "kommunicate_message", values{"group_id": conversation.String("id"), "from_user_name": "ana", "message": "Hello", "metadata": values{"k": "v"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	user, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": "mira", "display_name": "Mira", "email": "mira@example.com", "metadata": values{"plan": "gold"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	act(t, w, "deactivate_user", map[string]any{"userId": "mira"})

	for range 70 {
		act(t, w, "open_widget", map[string]any{"userId": "ana", "name": "widget"})
	}

	for kind, c := range map[string]struct {
		config values
		made   acctest.Object
		name   string
	}{
		"kommunicate_user":         {values{"deactivated": true}, user, "Mira"},
		"kommunicate_conversation": {values{"status": "spam"}, conversation, "Order 1"},
		"kommunicate_message":      {values{"group_id": conversation.String("id")}, message, "ana: Hello"},
	} {
		results := p.List(kind, 10, c.config)
		if len(results) != 1 || results[0].Name != c.name {
			t.Fatalf("%s: %+v", kind, results)
		}

		imported, diags := p.Import(t.Context(), kind, c.made.String("id"))
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		if !results[0].State.Equal(imported.State) {
			t.Errorf("%s is listed differently from its import: %s\n%s", kind, results[0].State, imported.State)
		}
	}

	n := len(p.List("kommunicate_conversation", 65, nil))
	if n != 65 {
		t.Errorf("%d conversations, want as many as were asked for", n)
	}
}

// TestUserList lists users of each kind. Without filters, those are listed whom the resource can manage.
func TestUserList(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for _, id := range []string{"ana", "ended", "gone"} {
		_, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": id})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}

	act(t, w, "deactivate_user", map[string]any{"userId": "ended"})
	act(t, w, "delete_user", map[string]any{"userId": "gone"})

	for name, c := range map[string]struct {
		config values
		want   []string
	}{
		"without filters": {nil, []string{"ana"}},
		"an empty role":   {values{"role": ""}, []string{"ana"}},
		"users":           {values{"role": "user", "deactivated": false}, []string{"ana"}},
		"bots":            {values{"role": "bot"}, []string{kommunicate.DefaultBotID, kommunicate.HelperBotID}},
		"agents":          {values{"role": "admin"}, []string{kommunicate.OwnerID, kommunicate.AgentOneID, kommunicate.AgentTwoID}},
		"deactivated":     {values{"deactivated": true}, []string{"ended"}},
	} {
		var ids []string

		for _, listed := range p.List("kommunicate_user", 0, c.config) {
			if len(listed.Diagnostics) > 0 {
				t.Fatal(listed.Diagnostics)
			}

			ids = append(ids, listed.String("user_id"))
		}

		slices.Sort(ids)
		slices.Sort(c.want)

		if !slices.Equal(ids, c.want) {
			t.Errorf("%s: listed %v, want %v", name, ids, c.want)
		}
	}

	refused := p.List("kommunicate_user", 0, values{"role": "agent"})
	if len(refused) != 1 || !strings.Contains(refused[0].Diagnostics.String(), `["user" "bot" "admin"]`) {
		t.Errorf("role = agent: %+v", refused)
	}
}

// TestListResources_goneMeanwhile lists two conversations in rows that are not whole, one of which is gone when the rest of it is
// asked for.
func TestListResources_goneMeanwhile(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	made, diags := p.Create(t.Context(), "kommunicate_conversation", values{"group_name": "Order 1", "group_member_list": []any{"ana"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	page := fmt.Sprintf(`{"status":"success","response":{"groupFeeds":[{"id":987654,"name":"gone","membersId":["ana"]},{"id":%s,"name":"Order 1","membersId":["ana"]}]}}`, made.String("id"))
	w.Faults.Add(sandbox.Fault{Method: "GET", Path: "/rest/ws/group/support", Status: 200, Body: page})
	w.Journal.Clear()

	all := w.Protocol(t, nil).List("kommunicate_conversation", 0, nil)
	if len(all) != 1 || len(all[0].Diagnostics) > 0 || all[0].Name != "Order 1" || all[0].String("id") != made.String("id") {
		t.Errorf("%d are listed: %+v", len(all), all)
	}

	asked := w.Journal.Entries(func(e sandbox.Entry) bool { return strings.Contains(e.Query.Encode()+string(e.Body), "987654") })
	if len(asked) == 0 {
		t.Error("the rest of the conversation that is gone was not asked for")
	}
}

// TestActions sends and changes, and reports progress and errors.
func TestActions(t *testing.T) {
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"ana"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	id := conversation.String("id")
	for kind, config := range map[string]values{
		"kommunicate_send_message":    {"group_id": id, "from_user_name": "ana", "message": "Hello"},
		"kommunicate_change_status":   {"group_id": id, "status": "spam"},
		"kommunicate_change_assignee": {"group_id": id, "assignee": kommunicate.AgentTwoID},
	} {
		progress, diags := p.Invoke(kind, config)
		if len(diags) > 0 || progress == "" {
			t.Errorf("%s: %q %s", kind, progress, diags)
		}
	}

	g, _ := w.Kommunicate.Group(id)

	messages := w.Kommunicate.Messages(id)
	if g.Assignee != kommunicate.AgentTwoID || len(messages) != 1 || messages[0].Text != "Hello" {
		t.Errorf("%+v %+v", g, messages)
	}

	for want, config := range map[string]values{
		"Exactly one of these attributes": {"from_user_name": "ana", "message": "x"},
		"A message needs message":         {"group_id": id, "from_user_name": "ana"},
		"AL-U-01":                         {"group_id": id, "from_user_name": "nobody", "message": "x"},
	} {
		_, diags := p.Invoke("kommunicate_send_message", config)
		if !strings.Contains(diags.String(), want) {
			t.Errorf("want %q, not %s", want, diags)
		}
	}
}

// TestMergeUsers merges one user into another, and says what hinders it before anything is sent.
func TestMergeUsers(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	conversation, diags := p.Create(t.Context(), "kommunicate_conversation", values{"group_name": "c", "group_member_list": []any{"visitor"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	_, diags = p.Create(t.Context(), "kommunicate_user", values{"user_id": "ana"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	merges := func() int { return w.Journal.Count("GET /rest/ws/user/merge") }

	for want, config := range map[string]values{
		"Both are user ana": {"user_id": "ana", "merge_user_id": "ana"},
		"The user does not exist\n  on AttributeName(\"merge_user_id\")": {"user_id": "ana", "merge_user_id": "nobody"},
		"The user does not exist\n  on AttributeName(\"user_id\")":       {"user_id": "somebody", "merge_user_id": "ana"},
		"must be a user id": {"user_id": "two words", "merge_user_id": "ana"},
	} {
		_, diags := p.Invoke("kommunicate_merge_users", config)
		if !strings.Contains(diags.String(), want) || merges() > 0 {
			t.Errorf("%v: %s, want %q and nothing sent", config, diags, want)
		}
	}

	_, diags = p.Invoke("kommunicate_merge_users", values{"user_id": "ana", "merge_user_id": kommunicate.AgentOneID})
	if !strings.Contains(diags.String(), "the platform answered only `error`") || merges() != 1 {
		t.Errorf("%d requests: %s", merges(), diags)
	}

	progress, diags := p.Invoke("kommunicate_merge_users", values{"user_id": "ana", "merge_user_id": "visitor"})
	if len(diags) > 0 || !strings.Contains(progress, "Merging user visitor into ana") {
		t.Errorf("%q %s", progress, diags)
	}

	g, _ := w.Kommunicate.Group(conversation.String("id"))
	if !slices.Contains(g.Members, "ana") || slices.Contains(g.Members, "visitor") {
		t.Errorf("not merged: %v", g.Members)
	}
}

// TestMergeUsers_lost does not repeat a merge whose answer is lost: it may have happened, and cannot be undone.
func TestMergeUsers_lost(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for _, id := range []string{"ana", "visitor"} {
		_, diags := p.Create(t.Context(), "kommunicate_user", values{"user_id": id})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}

	w.Faults.Add(sandbox.Fault{Method: "GET", Path: "/rest/ws/user/merge", After: true, Cut: sandbox.CutReset})

	_, diags := p.Invoke("kommunicate_merge_users", values{"user_id": "ana", "merge_user_id": "visitor"})

	n := w.Journal.Count("GET /rest/ws/user/merge")
	if n != 1 || !strings.Contains(diags.String(), "Unable to merge user visitor into ana") || !strings.Contains(diags.String(), "Look whether the merged user is still there") {
		t.Errorf("%d requests: %s", n, diags)
	}
}
