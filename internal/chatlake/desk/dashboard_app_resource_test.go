package desk_test

import (
	"fmt"
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
	},
	Warned: []acctest.Refused{
		{Config: values{"content": []any{values{"url": "https://example.com", "type": "tab"}}}, Want: `Known are: `},
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
		chatlaketest.Data{Type: "chatlake_dashboard_app", Config: values{"title": "x"}, Message: `The dashboard app with this title does not exist`},
		chatlaketest.Data{Type: "chatlake_dashboard_apps", Config: values{}},
	)
}

// TestDashboardApp_emptyType adds a page whose type is empty, which means the default, to an app that exists.
func TestDashboardApp_emptyType(t *testing.T) {
	t.Parallel()

	p := acctest.New(t).Protocol(t, nil)
	page := func(number int) values {
		return values{"type": "", "url": fmt.Sprintf("https://example.com/%d", number)}
	}

	app, diags := p.Create(t.Context(), "chatlake_dashboard_app", values{"title": "x", "content": []any{page(1)}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	config := values{"title": "x", "content": []any{page(1), page(2)}}

	app, diags = p.Apply(t.Context(), app, config)
	if len(diags) > 0 || p.Changes(t.Context(), app, config) {
		t.Errorf("updated %s\n%s", app.State, diags)
	}

	app, diags = p.Read(t.Context(), app)
	if len(diags) > 0 || p.Changes(t.Context(), app, config) {
		t.Errorf("read %s\n%s", app.State, diags)
	}
}
