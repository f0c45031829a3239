package desk_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// dashboardAppCase holds the tests of chatlake_dashboard_app.
var dashboardAppCase = chatlaketest.Case{
	Type:    "chatlake_dashboard_app",
	Minimal: values{"title": "Minimal", "content": []any{values{"url": "https://example.com"}}},
	Stages: []values{
		{"title": "One", "content": []any{values{"type": "frame", "url": "https://example.com/one"}, values{"url": "https://example.com/more"}}},
		{"title": "Two", "content": []any{values{"url": "https://example.com/two"}}},
	},
	Unchanged: map[string]string{"content[].type": "there is one type"},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/dashboard_apps/%s", Body: `{"dashboard_app":{"title":"By hand"}}`, Configured: values{"title": "Ours"}, Required: true},
	},
	Refused: []acctest.Refused{
		{Config: values{"content": []any{}}, Want: `at least 1 elements`},
		{Config: values{"content": []any{values{"url": "x"}}}, Want: `must be an address`},
		{Config: values{"content": []any{values{"url": "https://example.com", "type": "tab"}}}, Want: `must be one of`},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_dashboard_app", Config: values{"title": "x"}, Message: "Dashboard app x does not exist"},
		{Type: "chatlake_dashboard_apps", Config: values{}},
	},
	HasNoKey:             true,
	MayBeWrittenByAgents: true,
}
