package acctest

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	room "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
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
			w.Request(t, "PATCH", "/labels/"+o.String("id"), `{"label":{"description":"By hand"}}`)
		},
	},
	Key:    []string{"title"},
	Import: Import{Keys: []string{"title"}},
}

// TestRunCases runs the cases of one resource.
func TestRunCases(t *testing.T) {
	t.Parallel()

	labels := slices.DeleteFunc(room.Resources(), func(build func() resource.Resource) bool {
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

// TestRealServer runs cases as on a real server, with a simulator that only its address and a token are known of.
// Afterwards, nothing is left on it.
func TestRealServer(t *testing.T) {
	t.Parallel()
	w := New(t)

	server, err := NewRealServer(w.URL+"/chatlake", "", "1", chatlake.AdminToken)
	if err != nil {
		t.Fatal(err)
	}

	team := Cases{
		Type: "chatlake_team", Minimal: Values{"name": "minimal"}, NoDrift: "this is about the ids of agents", Key: []string{"name"},
		Stages: []Values{{"name": "one", "member_ids": []any{"12"}}, {"name": "two", "member_ids": []any{"12", "13"}}},
		Kept:   map[string]string{"member_ids": "they are followed once they are taken out"},
	}

	t.Run("checks", func(t *testing.T) {
		for _, c := range []Cases{labelCases, team} {
			for _, one := range caseChecks {
				if c.notOnRealServer(one.name) == "" && c.Skip[one.name] == "" {
					t.Run(c.Type+" "+one.name, func(t *testing.T) {
						t.Parallel()
						one.check(newCaseRunOn(t, c, server))
					})
				}
			}
		}
	})

	if len(w.Journal.Writes()) < 20 || len(w.Chatlake.Labels()) != 2 || len(w.Chatlake.Teams()) != 1 || len(w.Chatlake.Agents()) != 3 {
		t.Errorf("%d writes; left are %v, %v, %v", len(w.Journal.Writes()), w.Chatlake.Labels(), w.Chatlake.Teams(), w.Chatlake.Agents())
	}
}

// TestUntriedKeys wants each key on a page to be tried by a table of the type.
func TestUntriedKeys(t *testing.T) {
	t.Parallel()

	const page = "terraform import chatlake_thing.a 42\nterraform import chatlake_thing.a \"name:Some thing\"\nterraform import chatlake_thing.a help/slug:x\n"

	got := untriedKeys(page, []Cases{{}, {Import: Import{Keys: []string{"slug"}}}})
	if !slices.Equal(got, []string{"name"}) {
		t.Errorf("%v are not tried, want name", got)
	}
}
