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

// integrationApps are the apps and whether they may be switched on more than once. Their settings are not checked here.
var integrationApps = map[string]bool{
	"slack": false, "openai": false, "dialogflow": true, "google_translate": false, "dyte": false, "linear": false,
	"notion": false, "shopify": false, "leadsquared": false, "webhook": false,
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

// secretSettings are kept back since 4.15.0. Unverified: which of each app's settings count as secret.
var secretSettings = []string{"api_key", "credentials", "access_token", "refresh_token", "secret_key", "access_key"}

func (p *Platform) integrationJSON(r *integration) object {
	settings := cloneObject(r.settings)

	if p.since("4.15.0") {
		for _, key := range secretSettings {
			delete(settings, key)
		}
	}

	kind := "account"
	if r.inbox != nil {
		kind = "inbox"
	}

	out := object{
		"id": r.id, "app_id": r.app, "status": r.status, "account_id": r.account, "hook_type": kind, "settings": settings,
		"inbox": nil,
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

	several, isApp := integrationApps[r.app]

	_, taken := p.hooks.Find(func(o *integration) bool { return o.account == r.account && o.app == r.app && o.id != r.id })
	switch {
	case !isApp:
		in.errs.add("app_id", "App can't be blank")
	case taken && !several:
		in.errs.add("app_id", "App has already been taken")
	}

	return in.done(p)
}

func (p *Platform) appJSON(c *call, name string) object {
	hooks := []object{}
	for _, r := range p.hooks.Where(func(r *integration) bool { return r.account == c.account.id && r.app == name }) {
		hooks = append(hooks, p.integrationJSON(r))
	}

	kind := "account"
	if name == "dialogflow" {
		kind = "inbox"
	}

	return object{
		"id": name, "name": capitalize(strings.ReplaceAll(name, "_", " ")), "description": "", "hook_type": kind,
		"enabled": len(hooks) > 0, "allow_multiple_hooks": integrationApps[name], "hooks": hooks,
	}
}

func (p *Platform) listApps(c *call) sandbox.Reply {
	return ok(underPayload(mapped(sortedKeys(integrationApps), func(name string) object { return p.appJSON(c, name) })))
}

func (p *Platform) showApp(c *call) sandbox.Reply {
	name := c.PathValue("app")
	if !slices.Contains(sortedKeys(integrationApps), name) {
		return notFound()
	}

	return ok(p.appJSON(c, name))
}
