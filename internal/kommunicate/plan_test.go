package kommunicate_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// TestNullElements: a null among the elements of a collection is refused before anything is planned.
func TestNullElements(t *testing.T) {
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
		if diags := p.Validate(c.kind, c.config); !strings.Contains(diags.Errors().String(), "null value") {
			t.Errorf("%s: %s", attribute, diags)
		}
	}
	if _, diags := p.Data(t.Context(), "kommunicate_users", values{"user_ids": []any{"a", nil}}); !strings.Contains(diags.Errors().String(), "null value") {
		t.Errorf("user_ids: %s", diags)
	}
}
