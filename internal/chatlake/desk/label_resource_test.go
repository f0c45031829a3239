package desk_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var labelCases = acctest.Cases{
	Type:    "chatlake_label",
	Minimal: values{"title": "minimal"},
	Odd: []values{
		{"description": ""},
	},
	Stages: []values{
		{"title": "one", "description": "One", "color": "#111111", "show_on_sidebar": true},
		{"title": "two", "description": "Two", "color": "#222222", "show_on_sidebar": false},
	},
	Kept: map[string]string{"color": "every label has a color, and the platform has no call to forget it"},
	Refused: []acctest.Refused{
		{Config: values{"title": "VIP"}, Want: `must be in lower case`},
		{Config: values{"title": "x"}, Want: `must be at least two`},
		{Config: values{"title": "two words"}, Want: `must be at least two`},
	},
	Accepted: []values{
		{"title": acctest.Unknown{}},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"description": chatlaketest.DriftBy("PATCH", "/labels/%s", `{"label":{"description":"By hand","show_on_sidebar":false}}`),
	},
	Key:    []string{"title"},
	Import: acctest.Import{Keys: []string{"title"}},
}

// TestLabel_data reads labels.
func TestLabel_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_label", Config: values{"title": "billing"}, Want: map[string]string{"color": "#1f93ff"}},
		chatlaketest.Data{Type: "chatlake_label", Config: values{"id": "1"}, Message: `The label with id "1" does not exist`},
		chatlaketest.Data{Type: "chatlake_label", Config: values{}, Message: "Set exactly one of id, title"},
		chatlaketest.Data{Type: "chatlake_labels", Config: values{}},
	)
}
