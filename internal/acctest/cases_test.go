package acctest

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// labelCases shows how the cases of a resource look.
var labelCases = Cases{
	Type:    "chatlake_label",
	Minimal: Values{"title": "minimal"},
	Stages: []Values{
		{"title": "one", "description": "One", "color": "#111111", "show_on_sidebar": true},
		{"title": "two", "description": "Two", "color": "#222222", "show_on_sidebar": false},
	},
	Kept: map[string]string{"color": "every label has a color, and the platform has no call to forget it"},
	Refused: []Refused{
		{Config: Values{"title": "VIP"}, Want: `must be in lower case`},
		{Config: Values{"title": "x"}, Want: `must be at least two`},
	},
	Accepted: []Values{{"title": Unknown{}}},
	Drift: map[string]func(*testing.T, *World, Object){
		"description": func(t *testing.T, w *World, o Object) {
			t.Helper()

			_, err := sandbox.Act(w.Chatlake, "act", map[string]any{
				"method": "PATCH", "path": "/labels/" + o.String("id"), "body": map[string]any{"label": map[string]any{"description": "By hand"}},
			})
			if err != nil {
				t.Fatal(err)
			}
		},
	},
	Key:  []string{"title"},
	Skip: map[string]string{"import owns nothing": "a label does not keep this promise yet"},
}

// TestRunCases runs the cases of one resource.
func TestRunCases(t *testing.T) {
	t.Parallel()

	labels := slices.DeleteFunc(chatlake.Resources(), func(build func() resource.Resource) bool {
		var resp resource.MetadataResponse
		build().Metadata(t.Context(), resource.MetadataRequest{}, &resp)

		return resp.TypeName != labelCases.Type
	})

	RunCases(t, labels, labelCases)
}

// TestCoverageProblems takes something out of complete cases, and wants that it is noticed.
func TestCoverageProblems(t *testing.T) {
	t.Parallel()

	schema := NewProtocol(t).Schema(labelCases.Type)

	for _, test := range []struct {
		name   string
		change func(*Cases)
		want   []string
	}{
		{"complete", func(*Cases) {}, nil},
		{
			"not set", func(c *Cases) {
				c.Stages = []Values{{"title": "one", "description": "One", "color": "#111111"}, c.Stages[1]}
			},
			[]string{"no stage changes show_on_sidebar"},
		},
		{
			"never set", func(c *Cases) { c.Stages = []Values{{"title": "one", "description": "One", "color": "#111111"}} },
			[]string{"no stage changes color", "no stage changes description", "no stage sets show_on_sidebar"},
		},
		{
			"not cleared", func(c *Cases) { c.Cleared = c.Stages[1] },
			[]string{"no stage clears color", "no stage clears description", "no stage clears show_on_sidebar"},
		},
		{
			"excused", func(c *Cases) {
				c.Cleared = c.Stages[1]
				c.Uncleared = map[string]string{"color": "it is excused", "description": "it is excused", "show_on_sidebar": "it is excused"}
			}, nil,
		},
		{
			"excused for nothing", func(c *Cases) { c.Uncleared = map[string]string{"color": "it is excused"} },
			[]string{"Uncleared excuses color, which needs no excuse"},
		},
		{
			"without a reason", func(c *Cases) { c.Cleared, c.Uncleared = Values{"color": "#222222"}, map[string]string{"color": ""} },
			[]string{"Uncleared gives no reason for color"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()

			cases := labelCases
			test.change(&cases)

			got := coverageProblems(schema, []Cases{cases})
			if !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
