package chatlake

import (
	"encoding/json"
	"net/http"
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
	feature  string // The account's feature without which there is no such app.
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
	{id: "notion", visible: []string{}},
	{id: "shopify", visible: []string{}},
	{
		id: "leadsquared", isListed: true, feature: "crm_integration",
		visible: []string{
			"endpoint_url", "enable_conversation_activity", "enable_transcript_activity", "conversation_activity_score",
			"transcript_activity_score",
		},
		settings: []appSetting{
			{name: "access_key", kind: "string", required: true},
			{name: "secret_key", kind: "string", required: true},
			{name: "endpoint_url", kind: "string"},
			{name: "app_url", kind: "string"},
			{name: "timezone", kind: "string"},
			{name: "enable_conversation_activity", kind: "boolean"},
			{name: "enable_transcript_activity", kind: "boolean"},
			{name: "conversation_activity_score", kind: "string"},
			{name: "transcript_activity_score", kind: "string"},
			{name: "conversation_activity_code", kind: "integer"},
			{name: "transcript_activity_code", kind: "integer"},
		},
	},
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
	case json.Number:
		return kind == "integer" && isWhole(value)
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
		shape:  func(c *call, r *integration) any { return p.integrationJSON(c, r) },
	}.with()
}

// integrationJSON shows administrators the settings that the app lists as visible; older releases show all of them.
func (p *Platform) integrationJSON(c *call, r *integration) object {
	app, _ := p.findApp(r.app)

	out := object{"id": r.id, "app_id": r.app, "status": r.status == "enabled", "account_id": r.account, "hook_type": app.hookType(), "inbox": nil}
	if r.inbox != nil {
		out["inbox"] = object{"id": r.inbox.id, "name": r.inbox.name}
	}

	if !c.isAdmin() {
		return out
	}

	out["settings"], out["reference_id"] = r.settings, nil
	if p.has(hookSecrets) {
		out["settings"] = pick(r.settings, app.visible...)
	}

	return out
}

func (app *integrationApp) hookType() string {
	if app.perInbox {
		return "inbox"
	}

	return "account"
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

	if in.values["status"] == false {
		in.values["status"] = "disabled"
	}

	in.optEnum("status", hookStatuses, &r.status)

	settings, sent := in.hash("settings")
	if sent {
		r.settings = settings
	}

	var id *int64
	in.whole("inbox_id", &id)

	if id != nil {
		i, _ := p.inboxes.Get(*id)
		if i == nil || i.account != r.account {
			in.req.Complain("inbox_id %d is no inbox of the account: the hook is stored and shows none", *id)

			i = nil
		}

		r.inbox = i
	}

	p.checkIntegration(c, r, in, fresh && id == nil)

	return in.done(p)
}

// checkIntegration refuses what does not fit the app. A key of OpenAI is tried with the vendor, which refuses a blank one.
func (p *Platform) checkIntegration(c *call, r *integration, in *input, withoutInbox bool) {
	app, _ := p.findApp(r.app)
	_, taken := p.hooks.Find(func(o *integration) bool { return o.account == r.account && o.app == r.app && o.id != r.id })
	key, _ := r.settings["api_key"].(string)

	if !app.takes(r.settings) {
		in.errs.addEnglish("settings", "Settings : Invalid settings data")
	}

	if app.feature != "" && !c.account.features[app.feature] {
		in.errs.addEnglish("feature_flag", "Feature flag Feature not enabled")
	}

	if r.app == "openai" && r.status == "enabled" && strings.TrimSpace(key) == "" && p.has(hookSecrets) {
		in.errs.addEnglish("base", "OpenAI API key is invalid or revoked. Please check your key in your OpenAI dashboard.")
	}

	if r.app == "" {
		in.errs.add("app_id", "App can't be blank")
	}

	if app.perInbox && withoutInbox {
		in.errs.add("inbox_id", "Inbox can't be blank")
	}

	if taken && !app.several {
		in.errs.add("app_id", "App has already been taken")
	}
}

// appJSON is one app with its hooks. Agents see neither its settings nor how often it may be used.
func (p *Platform) appJSON(c *call, app integrationApp) object {
	hooks := []object{}
	for _, r := range p.hooks.Where(func(r *integration) bool { return r.account == c.account.id && r.app == app.id }) {
		hooks = append(hooks, p.integrationJSON(c, r))
	}

	out := object{
		"id": app.id, "name": capitalize(strings.ReplaceAll(app.id, "_", " ")), "description": "", "enabled": p.isAppEnabled(c, app, hooks), "hooks": hooks,
	}
	if !c.isAdmin() {
		return out
	}

	out["hook_type"], out["allow_multiple_hooks"] = app.hookType(), app.several
	if app.feature != "" {
		out["feature_flag"] = app.feature
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

// isAppEnabled reports whether the account uses an app. Two of them stand for objects of their own, and not for their hooks.
func (p *Platform) isAppEnabled(c *call, app integrationApp, hooks []object) bool {
	switch app.id {
	case "webhook":
		_, found := p.webhooks.Find(func(r *webhook) bool { return r.account == c.account.id })
		return found
	case "dashboard_apps":
		_, found := p.apps.Find(func(r *dashboardApp) bool { return r.account == c.account.id })
		return found
	default:
		return len(hooks) > 0
	}
}

func (p *Platform) listApps(c *call) sandbox.Reply {
	listed := slices.DeleteFunc(p.integrationApps(), func(app integrationApp) bool {
		return !app.isListed || app.feature != "" && !c.account.features[app.feature]
	})

	return ok(underPayload(mapped(listed, func(app integrationApp) object { return p.appJSON(c, app) })))
}

func (p *Platform) showApp(c *call) sandbox.Reply {
	app, found := p.findApp(c.PathValue("app"))
	if !found {
		return crash(c.Request, "app %q is not there: the server fails with 500", c.PathValue("app"))
	}

	return ok(p.appJSON(c, app))
}

// processEvent knows no app that works with events any more.
func (p *Platform) processEvent(c *call) sandbox.Reply {
	_, refused := p.integrationShelf().find(c)
	if refused != nil {
		return *refused
	}

	return *refuse(http.StatusUnprocessableEntity, "No processor found")
}

// disconnect deletes the hook of an app that was connected in a browser. Without one, the server answers as missing does.
func (p *Platform) disconnect(app string, missing func(*call) sandbox.Reply) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		r, found := p.hooks.Find(func(r *integration) bool { return r.account == c.account.id && r.app == app })
		if !found {
			return missing(c)
		}

		p.hooks.Delete(r.id)

		return empty(http.StatusOK)
	}
}
