package kommunicate_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

func TestAccConversation_taken(t *testing.T) {
	w := acctest.New(t)
	act(t, w, "set_online", map[string]any{"userId": kommunicate.AgentOneID, "online": true})

	config := func(attributes string) string {
		return conversation(w, `
  group_name        = "ours"
  group_member_list = ["customer-42"]
  client_group_id   = "order-7781"
`+attributes)
	}
	w.Test(t, resource.TestStep{
		Config: w.Config(`resource "kommunicate_conversation" "theirs" {
  group_name        = "theirs"
  group_member_list = ["customer-1"]
  client_group_id   = "order-7781"
}`),
	}, resource.TestStep{
		Config: w.Config(`removed {
  from = kommunicate_conversation.theirs
  lifecycle { destroy = false }
}`),
	}, resource.TestStep{
		Config:      config(""),
		ExpectError: regexp.MustCompile(`(?s)The conversation already exists.*to = kommunicate_conversation\.example.*id = "131`),
	}, resource.TestStep{
		Config: config("  adopt_existing = true"),
		Check: group(w, func(g kommunicate.GroupView) error {
			return want(g, g.Name == "ours" && slices.Contains(g.Members, "customer-42") && slices.Contains(g.Members, "customer-1"))
		}),
	}, resource.TestStep{
		Config: config(""), Destroy: true,
	}, resource.TestStep{
		Config: config(""), // Closed by the destroy before: reopened.
		Check: group(w, func(g kommunicate.GroupView) error {
			return want(g, g.Status == "0" && len(w.Kommunicate.Groups()) == 1)
		}),
	}, resource.TestStep{
		PreConfig: behind(t, w, "delete_group", map[string]any{}),
		Config:    config(""), ExpectError: regexp.MustCompile("The client_group_id cannot be used again"),
	})
}

func TestAccConversation_lost(t *testing.T) {
	w := acctest.New(t)
	lost := sandbox.Fault{Name: "lost create", Path: "/rest/ws/group/conversation", After: true, Cut: sandbox.CutReset}
	w.Faults.Add(lost)
	w.Test(t, resource.TestStep{
		Config: conversation(w, `
  group_name        = "c"
  group_member_list = ["customer-42"]
  client_group_id   = "order-7781"`),
		Check: group(w, func(g kommunicate.GroupView) error { return want(g, len(w.Kommunicate.Groups()) == 1) }),
	}, resource.TestStep{
		// Without a key there is no way to tell.
		PreConfig: func() { w.Faults.Add(lost) },
		Config: conversation(w, `
  group_name        = "c"
  group_member_list = ["customer-42"]
  client_group_id   = "order-7781"`) + `
resource "kommunicate_conversation" "other" {
  group_name        = "other"
  group_member_list = ["customer-42"]
}`,
		ExpectError: regexp.MustCompile(`(?s)Unable to create conversation.*may exist`),
	})
}

func TestAccConversation_halfDone(t *testing.T) {
	w := acctest.New(t)
	config := conversation(w, `
  group_name        = "c"
  group_member_list = ["customer-42"]
  client_group_id   = "order-7781"
  status            = "spam"`)
	w.Faults.Add(sandbox.Fault{
		Name: "refused", Path: "/rest/ws/group/status/change", Status: 200,
		Body: `{"status":"error","errorResponse":[{"errorCode":"SIM-X","description":"no","displayMessage":"no"}]}`,
	})
	w.Test(t, resource.TestStep{
		Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to change the status of the new conversation 131.*SIM-X: no`),
	}, resource.TestStep{
		// Terraform replaces what is tainted; the key brings the same conversation back.
		Config: config,
		Check: func(*terraform.State) error {
			n := len(w.Kommunicate.Groups())
			if n != 1 {
				return fmt.Errorf("%d conversations", n)
			}

			g := last(w)
			if g.Status != "3" {
				return errors.New("the status is " + g.Status)
			}

			return nil
		},
	})
}

// TestSwitchAssignee sends what the configuration says of switch_assignee, and true where it says nothing: with a change of the
// resource, and with the action.
func TestSwitchAssignee(t *testing.T) {
	t.Parallel()

	for name, c := range map[string]struct {
		given any
		want  string
	}{"true": {true, "true"}, "false": {false, "false"}, "nothing": {nil, "true"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := acctest.New(t)
			p := w.Protocol(t, nil)
			config := values{"group_name": "c", "group_member_list": []any{"ana"}, "assignee": kommunicate.AgentOneID, "switch_assignee": c.given}

			made, diags := p.Create(t.Context(), "kommunicate_conversation", config)
			if len(diags) > 0 {
				t.Fatal(diags)
			}

			config["assignee"] = kommunicate.AgentTwoID

			_, diags = p.Apply(t.Context(), made, config)

			g, _ := w.Kommunicate.Group(made.String("id"))
			if len(diags) > 0 || g.Assignee != kommunicate.AgentTwoID || g.SwitchAssignee != c.want {
				t.Errorf("the resource sent %q with %s, want %q: %s", g.SwitchAssignee, g.Assignee, c.want, diags)
			}

			_, diags = p.Invoke("kommunicate_change_assignee", values{"group_id": g.ID, "assignee": kommunicate.AgentOneID, "switch_assignee": c.given})

			g, _ = w.Kommunicate.Group(made.String("id"))
			if len(diags) > 0 || g.Assignee != kommunicate.AgentOneID || g.SwitchAssignee != c.want {
				t.Errorf("the action sent %q with %s, want %q: %s", g.SwitchAssignee, g.Assignee, c.want, diags)
			}
		})
	}
}

// TestConversationTitle sends KM_ORIGINAL_TITLE with a title, as the vendor's apps do, and blanks it with the title. What the
// configuration writes itself comes first, and what another client wrote stays.
func TestConversationTitle(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := func(title, metadata any) values {
		return values{"group_name": "c", "group_member_list": []any{"ana"}, "conversation_title": title, "metadata": metadata}
	}

	made, diags := p.Create(t.Context(), "kommunicate_conversation", config("Order 1", nil))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	wantShown := func(when, want string) {
		t.Helper()

		g, _ := w.Kommunicate.Group(made.String("id"))
		if g.Metadata["KM_ORIGINAL_TITLE"] != want {
			t.Errorf("%s: KM_ORIGINAL_TITLE is %q, want %q", when, g.Metadata["KM_ORIGINAL_TITLE"], want)
		}
	}
	wantShown("with a title", "true")

	for _, step := range []struct {
		when            string
		title, metadata any
		want            string
	}{
		{"another title", "Order one", nil, "true"},
		{"without a title", nil, nil, ""},
		{"a title again", "Order 1", nil, "true"},
		{"written by the configuration", "Order 1", values{"KM_ORIGINAL_TITLE": "false"}, "false"},
		{"another title beside it", "Order 2", values{"KM_ORIGINAL_TITLE": "false"}, "false"},
		{"no longer written", "Order 3", nil, "true"},
		{"the last title", "Order 4", nil, "true"},
	} {
		made, diags = p.Apply(t.Context(), made, config(step.title, step.metadata))
		if len(diags) > 0 || p.Changes(t.Context(), made, config(step.title, step.metadata)) {
			t.Fatalf("%s: another plan is not empty\n%s", step.when, diags)
		}

		wantShown(step.when, step.want)
	}

	theirs, diags := p.Create(t.Context(), "kommunicate_conversation", config(nil, values{"order": "1"}))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	made = theirs
	act(t, w, "set_metadata", map[string]any{"groupId": made.String("id"), "metadata": map[string]string{"KM_ORIGINAL_TITLE": "true"}})

	made, diags = p.Apply(t.Context(), made, config(nil, values{"order": "2"}))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	wantShown("another client's", "true")
}
