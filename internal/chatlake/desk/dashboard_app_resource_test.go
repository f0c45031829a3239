package desk_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var dashboardAppCases = acctest.Cases{
	Type:    "chatlake_dashboard_app",
	Minimal: values{"title": "Minimal", "content": []any{values{"url": "https://example.com"}}},
	Stages: []values{
		{"title": "One", "content": []any{values{"type": "frame", "url": "https://example.com/one"}, values{"url": "https://example.com/more"}}},
		{"title": "Two", "content": []any{values{"url": "https://example.com/two"}}},
	},
	Unchanged: map[string]string{"content[].type": "the platform knows one type"},
	Refused: []acctest.Refused{
		{Config: values{"content": []any{}}, Want: `at least 1 element`},
		{Config: values{"content": []any{values{"url": "x"}}}, Want: `must be an address`},
		{Config: values{"content": []any{values{"url": "https://example.com", "type": "tab"}}}, Want: `must be one of`},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"title": chatlaketest.DriftBy("PATCH", "/dashboard_apps/%s", `{"dashboard_app":{"title":"By hand"}}`),
	},
	Import: acctest.Import{Keys: []string{"title"}},
}

// TestDashboardApp_data reads dashboard apps.
func TestDashboardApp_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_dashboard_app", Config: values{"title": "x"}, Message: `The dashboard app with title "x" does not exist`},
		chatlaketest.Data{Type: "chatlake_dashboard_apps", Config: values{}},
	)
}
