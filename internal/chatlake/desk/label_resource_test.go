package desk_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// labelCase holds the tests of chatlake_label.
var labelCase = chatlaketest.Case{
	Type:    "chatlake_label",
	Minimal: values{"title": "minimal"},
	Stages: []values{
		{"title": "one", "description": "One", "color": "#111111", "show_on_sidebar": true},
		{"title": "two", "description": "Two", "color": "#222222", "show_on_sidebar": false},
	},
	Kept: map[string]string{"color": "it is followed once it is taken out: the platform has no call to forget it"},
	Key:  []string{"title"},
	Skip: map[string]string{"import owns nothing": chatlaketest.NotYet},
	Refused: []acctest.Refused{
		{Config: values{"title": "VIP"}, Want: `must be in lower case`},
		{Config: values{"title": "x"}, Want: `must be at least two`},
		{Config: values{"title": "two words"}, Want: `must be at least two`},
	},
	Accepted: []values{
		{"title": acctest.Unknown{}},
	},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/labels/%s", Body: `{"label":{"color":"#0000ff","description":"By hand","show_on_sidebar":true}}`, Configured: values{"color": "#ff0000", "description": "Ours"}},
	},
	Taken: &chatlaketest.Taken{
		Config: values{"title": "billing"},
		More:   values{"description": "Ours"},
		Want:   map[string]string{"description": "Ours", "color": "#1f93ff"},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_label", Config: values{"title": "billing"}, Want: map[string]string{"color": "#1f93ff"}},
		{Type: "chatlake_label", Config: values{"id": "1"}, Message: "Label 1 does not exist"},
		{Type: "chatlake_label", Config: values{}, Message: "Exactly one of these attributes"},
		{Type: "chatlake_labels", Config: values{}},
	},
}
