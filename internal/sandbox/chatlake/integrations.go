package chatlake

import (
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// integration is what the vendor calls a hook: an app that is switched on for the account or one inbox.
type integration struct {
	id, account int64
	app         string
	inbox       *inbox
	status      string
	settings    object
}

func (r *integration) key() int64   { return r.id }
func (r *integration) owner() int64 { return r.account }

// integrationApp is what the server's list of apps says of one. Settings are its schema, in the order in which the product
// asks for them.
type integrationApp struct {
	id       string
	isListed bool // Apps that the installation has no keys for are not in the list.
	several  bool // It may be switched on more than once.
	perInbox bool
	settings []appSetting
	visible  []string // The settings that are shown.
}

type appSetting struct {
	name, kind string
	required   bool
	since      string // Empty for one that was there from the start.
}

var integrationApps = []integrationApp{
	{id: "webhook", isListed: true, several: true},
	{id: "dashboard_apps", isListed: true, several: true},
	{
		id: "openai", isListed: true, visible: []string{"label_suggestion"},
		settings: []appSetting{{name: "api_key", kind: "string", required: true}, {name: "label_suggestion", kind: "boolean"}},
	},
	{
		id: "dialogflow", isListed: true, several: true, perInbox: true, visible: []string{"project_id", "region", "language_code"},
		settings: []appSetting{
			{name: "project_id", kind: "string", required: true},
			{name: "credentials", kind: "object", required: true},
			{name: "region", kind: "string", since: dialogflowRegion.since},
			{name: "language_code", kind: "string", since: dialogflowLanguage.since},
		},
	},
	{
		id: "google_translate", isListed: true, visible: []string{"project_id"},
		settings: []appSetting{
			{name: "project_id", kind: "string", required: true}, {name: "credentials", kind: "object", required: true},
		},
	},
	{
		id: "dyte", isListed: true, visible: []string{"organization_id"},
		settings: []appSetting{
			{name: "api_key", kind: "string", required: true}, {name: "organization_id", kind: "string", required: true},
		},
	},
	{id: "slack", visible: []string{"channel_name"}},
	{id: "linear", visible: []string{}},
	{id: "notion"},
	{id: "shopify"},
	{id: "leadsquared"},
}

func (p *Platform) findApp(id string) (integrationApp, bool) {
	for _, app := range p.integrationApps() {
		if app.id == id {
			return app, true
		}
	}

	return integrationApp{}, false
}

// integrationApps are the apps as the release has them.
func (p *Platform) integrationApps() []integrationApp {
	return mapped(integrationApps, func(app integrationApp) integrationApp {
		if app.id == "linear" && !p.has(linearSignIn) {
			app.settings = []appSetting{{name: "api_key", kind: "string", required: true}}
		}

		if app.id == "openai" && !p.has(hookSecrets) {
			app.visible = []string{"api_key", "label_suggestion"}
		}

		isThere := func(setting appSetting) bool { return setting.since == "" || p.since(setting.since) }
		app.visible = slices.DeleteFunc(slices.Clone(app.visible), func(name string) bool {
			return slices.ContainsFunc(app.settings, func(s appSetting) bool { return s.name == name && !isThere(s) })
		})
		app.settings = slices.DeleteFunc(slices.Clone(app.settings), func(s appSetting) bool { return !isThere(s) })

		return app
	})
}

// takes reports whether settings fit the app's schema. An app without one takes anything.
func (app *integrationApp) takes(settings object) bool {
	if app.settings == nil {
		return true
	}

	known := 0

	for _, setting := range app.settings {
		value, sent := settings[setting.name]
		if sent {
			known++
		}

		if sent && !isOfKind(value, setting.kind) || !sent && setting.required {
			return false
		}
	}

	return known == len(settings)
}

func isOfKind(value any, kind string) bool {
	switch value.(type) {
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case object:
		return kind == "object"
	default:
		return false
	}
}

func (app *integrationApp) schema() object {
	properties, required := object{}, []string{}

	for _, setting := range app.settings {
		properties[setting.name] = object{"type": setting.kind}
		if setting.required {
			required = append(required, setting.name)
		}
	}

	return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

var hookStatuses = []string{"disabled", "enabled"}

func (p *Platform) integrationShelf() *shelf[*integration] {
	return shelf[*integration]{
		p: p, param: "hook", rows: &p.hooks,
		fresh: func(c *call) *integration {
			return &integration{account: c.account.id, status: "enabled", settings: object{}}
		},
		assign: p.assignIntegration,
		keep: func(r *integration) {
			if r.id == 0 {
				r.id = p.nextID("hooks")
			}
		},
		copy:   func(r *integration) *integration { draft := *r; return &draft },
		commit: func(into, draft *integration) { *into = *draft },
		shape:  func(_ *call, r *integration) any { return p.integrationJSON(r) },
	}.with()
}

// integrationJSON shows the settings that the app lists as visible; older releases show all of them.
func (p *Platform) integrationJSON(r *integration) object {
	settings := r.settings

	if p.has(hookSecrets) {
		app, _ := p.findApp(r.app)
		settings = pick(settings, app.visible...)
	}

	kind := "account"
	if r.inbox != nil {
		kind = "inbox"
	}

	out := object{
		"id": r.id, "app_id": r.app, "status": r.status == "enabled", "account_id": r.account, "hook_type": kind,
		"settings": settings, "inbox": nil, "reference_id": nil,
	}
	if r.inbox != nil {
		out["inbox"] = object{"id": r.inbox.id, "name": r.inbox.name}
	}

	return out
}

func (p *Platform) assignIntegration(c *call, r *integration, fresh bool) *sandbox.Reply {
	known := []string{"status", "settings*"}
	if fresh {
		known = append(known, "app_id", "inbox_id")
	}

	in, refused := readRoot(c.Request, "hook", nil, known...)
	if refused != nil {
		return refused
	}

	in.mustString("app_id", &r.app)
	in.enum("status", hookStatuses, &r.status)

	settings, sent := in.hash("settings")
	if sent {
		r.settings = settings
	}

	var id *int64
	in.whole("inbox_id", &id)

	if id != nil {
		i, refused := c.permittedInbox(id)
		if refused != nil {
			return refused
		}

		r.inbox = i
	}

	app, _ := p.findApp(r.app)
	_, taken := p.hooks.Find(func(o *integration) bool { return o.account == r.account && o.app == r.app && o.id != r.id })

	if r.app == "" {
		in.errs.add("app_id", "App can't be blank")
	}

	if taken && !app.several {
		in.errs.add("app_id", "App has already been taken")
	}

	if !app.takes(r.settings) {
		in.errs.addEnglish("settings", "Settings : Invalid settings data")
	}

	return in.done(p)
}

func (p *Platform) appJSON(c *call, app integrationApp) object {
	hooks := []object{}
	for _, r := range p.hooks.Where(func(r *integration) bool { return r.account == c.account.id && r.app == app.id }) {
		hooks = append(hooks, p.integrationJSON(r))
	}

	out := object{
		"id": app.id, "name": capitalize(strings.ReplaceAll(app.id, "_", " ")), "description": "", "hook_type": "account",
		"enabled": len(hooks) > 0, "allow_multiple_hooks": app.several, "hooks": hooks,
	}

	if app.perInbox {
		out["hook_type"] = "inbox"
	}

	if !c.isAdmin() {
		return out
	}

	if app.settings != nil {
		out["settings_json_schema"] = app.schema()
	}

	isLater := app.id == "slack" || app.id == "linear" && app.settings == nil
	if app.visible != nil && (!isLater || p.has(hookSecrets)) {
		out["visible_properties"] = app.visible
	}

	return out
}

func (p *Platform) listApps(c *call) sandbox.Reply {
	listed := slices.DeleteFunc(p.integrationApps(), func(app integrationApp) bool { return !app.isListed })

	return ok(underPayload(mapped(listed, func(app integrationApp) object { return p.appJSON(c, app) })))
}

func (p *Platform) showApp(c *call) sandbox.Reply {
	app, found := p.findApp(c.PathValue("app"))
	if !found {
		return crash(c.Request, "app %q is not there: the server fails with 500", c.PathValue("app"))
	}

	return ok(p.appJSON(c, app))
}
