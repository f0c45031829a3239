package kommunicate_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// TestConversation_remaining takes keys and members out, and the platform says that it did so and does not: what is still
// there is named, for no later plan shows it.
func TestConversation_remaining(t *testing.T) {
	t.Parallel()

	const success = `{"status":"success","generatedAt":1,"response":"success"}`

	w := acctest.New(t)
	p := w.Protocol(t, nil)
	whole := acctest.Values{
		"group_name": "Order", "client_group_id": "order-1", "group_member_list": []any{"mira", "courier"},
		"metadata": acctest.Values{"order": "1", "plan": "gold"}, "conversation_info": acctest.Values{"Order": "1", "Plan": "gold"},
	}
	less := acctest.Values{
		"group_name": "Order", "client_group_id": "order-1", "group_member_list": []any{"mira"},
		"metadata": acctest.Values{"order": "1"}, "conversation_info": acctest.Values{"Order": "1"},
	}

	made, diags := p.Create(t.Context(), "kommunicate_conversation", whole)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	ignored := []sandbox.Fault{
		{Name: "update", Platform: "kommunicate", Path: "/rest/ws/group/update", Status: 200, Body: success},
		{Name: "member", Platform: "kommunicate", Path: "/rest/ws/group/remove/member", Status: 200, Body: success},
	}
	w.Faults.Add(ignored...)

	changed, diags := p.Apply(t.Context(), made, less)
	if changed.Gone() || len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "still has what was to be removed: conversation_info.Plan, group_member_list, metadata.plan.") {
		t.Errorf("changed %v\n%s", changed.State, diags)
	}

	if len(w.Faults.Hits()) != len(ignored) {
		t.Errorf("not every change was ignored: %v", w.Faults.Hits())
	}
}

// TestConversation_removed says nothing if the platform removes what was taken out.
func TestConversation_removed(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := acctest.Values{
		"group_name": "Order", "group_member_list": []any{"mira", "courier"},
		"metadata": acctest.Values{"plan": "gold"}, "conversation_info": acctest.Values{"Plan": "gold"},
	}

	made, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	_, diags = p.Apply(t.Context(), made, acctest.Values{"group_name": "Order", "group_member_list": []any{"mira"}})
	if len(diags) > 0 {
		t.Error(diags)
	}
}
