package plugin

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

// planOfMany is the plan that renames a conversation with many members.
func planOfMany(t testing.TB, members int) *tfprotov6.PlanResourceChangeRequest {
	t.Helper()

	const name = "kommunicate_conversation"

	kind, ok := (&types{provider: provider.New("test")()}).get(t.Context(), name).kind.(tftypes.Object)
	if !ok {
		t.Fatal("a conversation has no attributes")
	}

	users := make([]tftypes.Value, members)
	for i := range users {
		users[i] = tftypes.NewValue(tftypes.String, fmt.Sprintf("user-%04d@example.com", i))
	}

	object := func(title string) *tfprotov6.DynamicValue {
		values := map[string]tftypes.Value{}
		for name, of := range kind.AttributeTypes {
			values[name] = tftypes.NewValue(of, nil)
		}

		values["id"] = tftypes.NewValue(tftypes.String, "1")
		values["group_name"] = tftypes.NewValue(tftypes.String, title)
		values["group_member_list"] = tftypes.NewValue(kind.AttributeTypes["group_member_list"], users)
		values["all_members"] = tftypes.NewValue(kind.AttributeTypes["all_members"], users)

		encoded, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
		if err != nil {
			t.Fatal(err)
		}

		return &encoded
	}

	return &tfprotov6.PlanResourceChangeRequest{TypeName: name, PriorState: object("before"), ProposedNewState: object("after"), Config: object("after")}
}

// BenchmarkPlanOfMany is the plan of one change of a conversation, by how many members it has.
func BenchmarkPlanOfMany(b *testing.B) {
	for _, members := range []int{1, 100, 500, 1000} {
		b.Run(fmt.Sprint(members), func(b *testing.B) {
			s := Server(provider.New("test")())()
			request := planOfMany(b, members)

			b.ReportAllocs()

			for b.Loop() {
				if _, err := s.PlanResourceChange(b.Context(), request); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestPlanOfMany keeps members from being compared with each other: a plan's cost grows with their number, and not with its
// square.
func TestPlanOfMany(t *testing.T) {
	const members, most = 500, 1_000 * 500

	s := Server(provider.New("test")())()
	request := planOfMany(t, members)

	allocated := testing.AllocsPerRun(1, func() {
		resp, err := s.PlanResourceChange(t.Context(), request)
		if err != nil || len(resp.Diagnostics) > 0 {
			t.Fatal(err, resp)
		}
	})
	if allocated > most {
		t.Errorf("%.0f allocations, want at most %d", allocated, most)
	}

	t.Logf("%.0f allocations, %.0f for each member", allocated, allocated/members)
}
