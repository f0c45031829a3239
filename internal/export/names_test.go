package export

import (
	"slices"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"
)

func TestNames(t *testing.T) {
	n := newNames()

	for _, c := range []struct{ kind, display, id, want string }{
		{"chatlake_team", "Support & Sales", "1", "support_sales"},
		{"chatlake_team", "support sales", "2", "support_sales_2"},
		{"chatlake_label", "support sales", "3", "support_sales"},
		{"chatlake_team", "24/7", "4", "team_24_7"},
		{"chatlake_team", "👋", "5", "team_5"},
		{"chatlake_team", "", "6", "team_6"},
		{"chatlake_team", "Büro", "7", "büro"},
		{"chatlake_team", "team 6", "8", "team_6_8"},
		{"chatlake_category", "FAQ (en)", "help/9", "faq"},
		{"chatlake_category", "FAQ (de)", "help/10", "faq_de"},
		{"chatlake_category", "FAQ (de)", "faq/11", "faq_de_faq_11"},
		{"chatlake_agent", "Zoë <zoe@example.com>", "12", "zoë"},
		{"chatlake_agent", " <zoe@example.com>", "13", "zoe_example_com"},
		{"chatlake_contact", "Ana", "1", "ana_1"},
		{"chatlake_conversation", "#1 Ana (open)", "1", "conversation_1"},
		{"kommunicate_user", "", "a b", "user_a_b"},
		{"kommunicate_user", "", "a_b", "user_a_b_2"},
	} {
		o := object{kind: c.kind, display: c.display, id: c.id, values: map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, c.id)}}
		n.note(&o)
		n.add(&o)

		if o.name != c.want {
			t.Errorf("%s %q %s is called %s, want %s", c.kind, c.display, c.id, o.name, c.want)
		}
	}

	address, ok := n.address(target{"chatlake_team", "id"}, "4")
	if !ok || address != "chatlake_team.team_24_7" {
		t.Errorf("team 4 is %s, %t", address, ok)
	}

	got := n.values(target{"chatlake_team", "id"})
	if !slices.Equal(got, []string{"1", "2", "4", "5", "6", "7", "8"}) {
		t.Errorf("teams are %v", got)
	}
}

// TestNames_any gives every object a name of its own that the language takes.
func TestNames_any(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, seen := newNames(), map[string]bool{}

		for range rapid.IntRange(1, 8).Draw(t, "objects") {
			o := object{
				kind:    rapid.SampledFrom([]string{"chatlake_team", "chatlake_contact"}).Draw(t, "kind"),
				display: rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"a", "A", "a_1"})).Draw(t, "display"),
				id:      rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"1", "1_1"})).Draw(t, "id"),
			}
			n.add(&o)

			if seen[o.address()] || !hclsyntax.ValidIdentifier(o.name) {
				t.Errorf("%q is called %q", o.display, o.name)
			}

			seen[o.address()] = true
		}
	})
}

func TestCompareIDs(t *testing.T) {
	ids := []string{"help/10", "10", "9", "help/9", "b", "9/1", "9/x"}
	slices.SortFunc(ids, compareIDs)

	want := []string{"9", "9/1", "9/x", "10", "b", "help/9", "help/10"}
	if !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
}

func TestCycles(t *testing.T) {
	order := []string{"a", "b", "c", "d", "e"}
	references := map[string][]string{"a": {"b", "d"}, "b": {"c"}, "c": {"a", "d"}, "d": {}, "e": {"e", "a"}}

	cut := cycles(order, references)
	if len(cut) != 2 || !cut[edge{"c", "a"}] || !cut[edge{"e", "e"}] {
		t.Errorf("cut %v", cut)
	}
}

// TestCycles_any leaves no circle whatever names what.
func TestCycles_any(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		order := []string{"a", "b", "c", "d", "e", "f"}
		references := map[string][]string{}

		for _, from := range order {
			references[from] = rapid.SliceOfN(rapid.SampledFrom(order), 0, 4).Draw(t, from)
		}

		cut := cycles(order, references)
		for _, from := range order {
			references[from] = slices.DeleteFunc(references[from], func(to string) bool { return cut[edge{from, to}] })
		}

		left := cycles(order, references)
		if len(left) > 0 {
			t.Errorf("still there: %v", left)
		}
	})
}
