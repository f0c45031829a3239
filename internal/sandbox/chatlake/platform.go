package chatlake

import (
	"net/http"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// platformPath is where the platform API starts. Its tokens belong to apps that a super administrator makes.
//
// https://developers.chatwoot.com/api-reference/accounts/create-an-account
const platformPath = "//platform/api/v1"

// platformApp reaches what it made, and what it was given. What is gone stays in its lists.
type platformApp struct{ accounts, users, bots []int64 }

func (a *platformApp) give(ids *[]int64, id int64) {
	if !slices.Contains(*ids, id) {
		*ids = append(*ids, id)
	}
}

// installedFeatures are those of a new account, and otherFeatures those that can be switched on.
var (
	installedFeatures = strings.Fields(`inbound_emails channel_email channel_facebook help_center agent_bots macros agent_management
		team_management inbox_management labels custom_attributes automations canned_responses integrations voice_recorder channel_website
		campaigns reports crm auto_resolve_conversations chatwoot_v4 contact_chatwoot_support_team channel_instagram assignment_v2
		channel_tiktok captain_tasks`)
	otherFeatures = strings.Fields(`ip_lookup conversation_unread_counts disable_branding audit_logs custom_tools sla
		help_center_embedding_search linear_integration captain_integration custom_roles shopify_integration crm_integration crm_v2
		channel_voice notion_integration captain_integration_v2 whatsapp_campaign captain_document_auto_sync saml companies
		csat_review_notes conversation_required_attributes advanced_assignment`)
	limitNames = []string{"agents", "inboxes", "captain_responses", "captain_documents", "emails"}
)

func newFeatures() map[string]bool {
	features := map[string]bool{}
	for _, name := range installedFeatures {
		features[name] = true
	}

	return features
}

func (p *Platform) platformEndpoints() []endpoint {
	const (
		accounts = platformPath + "/accounts"
		members  = accounts + "/{of}/account_users"
		users    = platformPath + "/users"
		bots     = platformPath + "/agent_bots"
	)

	return []endpoint{
		get(accounts, app, p.platformAccounts).takes("page").from("2.9.0"),
		post(accounts, app, p.platformCreateAccount).from("1.12.0"),
		get(accounts+"/{of}", app, p.platformAccount(p.platformShowAccount)).from("1.12.0"),
		patch(accounts+"/{of}", app, p.platformAccount(p.platformUpdateAccount)).from("1.12.0"),
		remove(accounts+"/{of}", app, p.platformAccount(p.platformDeleteAccount)).from("1.12.0"),
		get(members, app, p.platformAccount(p.platformMembers)).from("1.12.0"),
		post(members, app, p.platformAccount(p.platformAddMember)).from("1.12.0"),
		remove(members, app, p.platformAccount(p.platformRemoveMember)).takes("user_id").from("1.12.0"),
		post(users, app, p.platformCreateUser).from("1.12.0"),
		get(users+"/{user}", app, p.platformUser(p.platformShowUser)).from("1.12.0"),
		patch(users+"/{user}", app, p.platformUser(p.platformUpdateUser)).from("1.12.0"),
		remove(users+"/{user}", app, p.platformUser(p.platformDeleteUser)).from("1.12.0"),
		get(users+"/{user}/login", app, p.platformUser(p.platformLogin)).from("1.12.0"),
		post(users+"/{user}/token", app, p.platformUser(p.platformToken)).from("4.3.0"),
		get(bots, app, p.platformBots).from("1.12.0"),
		post(bots, app, p.platformCreateBot).from("1.12.0"),
		get(bots+"/{bot}", app, p.platformBot(p.platformShowBot)).from("1.12.0"),
		patch(bots+"/{bot}", app, p.platformBot(p.platformUpdateBot)).from("1.12.0"),
		remove(bots+"/{bot}", app, p.platformBot(p.platformDeleteBot)).from("1.12.0"),
	}
}

// enterPlatform checks the token of an app. Every other one is as good as none.
func (p *Platform) enterPlatform(c *call) *sandbox.Reply {
	token, _ := p.token(c.Header)

	owner := p.tokens[token]
	if owner.app == nil {
		return refuse(http.StatusUnauthorized, "Invalid access_token")
	}

	c.app = owner.app

	return nil
}

// frameworkMissing is what the platform API says of an id that is not there: the application's own words are not used.
func frameworkMissing() sandbox.Reply {
	return answer(http.StatusNotFound, object{"status": 404, "error": "Not Found"})
}

func notPermissible() sandbox.Reply {
	return *refuse(http.StatusUnauthorized, "Non permissible resource")
}

// reached finds an object of the installation, and then asks whether the app may reach it.
func reached[R any](c *call, param string, rows *sandbox.Collection[int64, R], own []int64) (R, *sandbox.Reply) {
	r, found := rows.Get(c.id(param))

	switch {
	case !found:
		reply := frameworkMissing()
		return r, &reply
	case !slices.Contains(own, c.id(param)):
		reply := notPermissible()
		return r, &reply
	default:
		return r, nil
	}
}

func (p *Platform) platformAccount(handle func(*call, *account) sandbox.Reply) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		row, refused := reached(c, "of", &p.accounts, c.app.accounts)
		if refused != nil {
			return *refused
		}

		return handle(c, row)
	}
}

func (p *Platform) platformUser(handle func(*call, *user) sandbox.Reply) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		row, refused := reached(c, "user", &p.users, c.app.users)
		if refused != nil {
			return *refused
		}

		return handle(c, row)
	}
}

func (p *Platform) platformBot(handle func(*call, *agentBot) sandbox.Reply) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		row, refused := reached(c, "bot", &p.bots, c.app.bots)
		if refused != nil {
			return *refused
		}

		return handle(c, row)
	}
}

// Installed views what is above the accounts, as the platform API shows it: "accounts", "users", "account_users" of all accounts,
// or "agent_bots".
func (p *Platform) Installed(kind string) []map[string]any {
	return look(p, func() []map[string]any {
		var rows []map[string]any

		switch kind {
		case "accounts":
			rows = mapped(p.accounts.Where(func(*account) bool { return true }), platformAccountJSON)
		case "users":
			rows = mapped(p.users.Where(func(*user) bool { return true }), p.platformUserJSON)
		case "agent_bots":
			rows = mapped(p.bots.Where(func(*agentBot) bool { return true }), platformBotJSON)
		case "account_users":
			for _, u := range p.users.All() {
				for id, m := range u.memberships {
					rows = append(rows, p.memberJSON(u, m, id))
				}
			}
		}

		return mapped(rows, func(row map[string]any) map[string]any { return plain(row) })
	})
}
