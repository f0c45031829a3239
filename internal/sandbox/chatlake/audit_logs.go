package chatlake

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// auditEntry is one change of an object, as the log of its account has it.
type auditEntry struct {
	id, account, object int64
	kind, action        string
	user                *user // Nil for a platform app.
	changes             object
	version             int
	created             time.Time
}

func (r *auditEntry) key() int64   { return r.id }
func (r *auditEntry) owner() int64 { return r.account }

func (p *Platform) auditLogKind() kind {
	return kind{
		name:      "audit_logs",
		endpoints: ofEnterprise(get("/audit_logs", admin, p.listAuditLogs).takes("page").from("2.15.0")),
		held: func(*call) []map[string]any {
			rows := rowsOf[*auditEntry](p, "audit_logs").Where(func(r *auditEntry) bool { return r.account == AccountID })
			return mapped(rows, func(r *auditEntry) map[string]any { return plain(p.auditJSON(r)) })
		},
	}
}

func (p *Platform) auditJSON(r *auditEntry) object {
	out := object{
		"id": r.id, "auditable_id": r.object, "auditable_type": r.kind, "auditable": nil, "associated_id": r.account, "associated_type": "Account",
		"user_id": nil, "user_type": nil, "username": nil, "action": r.action, "audited_changes": r.changes, "version": r.version, "comment": nil,
		"request_uuid": fmt.Sprintf("00000000-0000-4000-8000-%012d", r.id), "created_at": epoch(r.created), "remote_address": "127.0.0.1",
	}

	if r.user != nil {
		out["user_id"], out["user_type"], out["username"] = r.user.id, "User", r.user.email
	}

	if r.kind == "AccountUser" {
		u, found := p.users.Find(func(u *user) bool { return u.memberships[r.account] != nil && u.memberships[r.account].id == r.object })
		if found {
			m := u.memberships[r.account]
			out["auditable"] = object{"id": m.id, "availability": m.availability, "role": m.role, "user_id": u.id}
		}
	}

	return out
}

// listAuditLogs has the newest first. An account without the feature has an empty list, and is written about all the same.
func (p *Platform) listAuditLogs(c *call) sandbox.Reply {
	var rows []*auditEntry

	if c.account.features["audit_logs"] {
		rows = rowsOf[*auditEntry](p, "audit_logs").Where(func(r *auditEntry) bool { return r.account == c.account.id })
		slices.Reverse(rows)
	}

	number, _ := c.page()

	return ok(object{
		"per_page": reportPage, "total_entries": len(rows), "current_page": number,
		"audit_logs": orEmpty(mapped(sandbox.Page(rows, number, reportPage), p.auditJSON)),
	})
}

// auditKey is an object that the log tells of.
type auditKey struct {
	kind string
	id   int64
}

// auditedPath is where objects are written that the log tells of, and the table that their ids come from.
type auditedPath struct{ path, param, kind, table string }

var auditedPaths = []auditedPath{
	{"/inboxes", "inbox", "Inbox", "inboxes"},
	{"/teams", "team", "Team", "teams"},
	{"/webhooks", "webhook", "Webhook", "webhooks"},
	{"/macros", "macro", "Macro", "macros"},
	{"/automation_rules", "rule", "AutomationRule", "rules"},
	{"/agent_bots", "bot", "AgentBot", "bots"},
}

// audited runs a handler, and notes which objects it has changed.
func (p *Platform) audited(c *call, e endpoint, handle func(*call) sandbox.Reply) sandbox.Reply {
	if c.Method == http.MethodGet || c.Method == http.MethodHead {
		return handle(c)
	}

	before := p.columnsNear(c, e)
	last := maps.Clone(p.lastIDs)
	reply := handle(c)
	after := p.columnsNear(c, e)

	for _, at := range auditedPaths {
		if e.path == at.path && p.lastIDs[at.table] > last[at.table] && reply.Status < http.StatusMultipleChoices {
			after[auditKey{at.kind, p.lastIDs[at.table]}] = p.columnsOf(at.kind, p.lastIDs[at.table])
		}
	}

	if e.path == "/inboxes/{inbox}" && c.Method == http.MethodDelete && reply.Status == http.StatusOK { // A job does it.
		delete(after, auditKey{"Inbox", c.id("inbox")})
	}

	p.noteChanges(c, before, after)

	return reply
}

// noteChanges writes entries about what is another one than before.
func (p *Platform) noteChanges(c *call, before, after map[auditKey]object) {
	for key, columns := range after {
		old, had := before[key]
		changes := columns

		if had {
			changes = object{}

			for name, value := range columns {
				if fmt.Sprint(value) != fmt.Sprint(old[name]) {
					changes[name] = []any{old[name], value}
				}
			}
		}

		switch {
		case !had:
			p.note(c, key, "create", changes)
		case len(changes) > 0:
			p.note(c, key, "update", changes)
		}
	}

	for key, columns := range before {
		_, has := after[key]
		if !has && key.kind == "Inbox" {
			columns = p.lastOfInbox(key.id, columns)
		}

		if !has {
			p.note(c, key, "destroy", columns)
		}
	}
}

// lastOfInbox are the columns that are noted of an inbox that goes: more than of others.
func (p *Platform) lastOfInbox(id int64, columns object) object {
	i, found := p.inboxes.Get(id)
	if found {
		columns["id"], columns["created_at"], columns["updated_at"], columns["sender_name_type"] = id, iso(i.created), iso(i.updated), i.senderNameType
	}

	return columns
}

func (p *Platform) note(c *call, key auditKey, action string, changes object) {
	account := c.account
	if account == nil {
		account, _ = p.accounts.Get(c.id("of"))
	}

	if account == nil {
		return
	}

	rows := rowsOf[*auditEntry](p, "audit_logs")
	r := &auditEntry{
		id: p.nextID("audit_logs"), account: account.id, object: key.id, kind: key.kind, action: action, user: c.user, changes: object{}, version: 1,
		created: p.core.Now(),
	}

	maps.Copy(r.changes, changes)

	if action != "create" {
		for _, other := range rows.Where(func(o *auditEntry) bool { return o.kind == key.kind && o.object == key.id }) {
			r.version = max(r.version, other.version+1)
		}
	}

	rows.Put(r.id, r)
}

// columnsNear are the columns of the objects that a request may change.
func (p *Platform) columnsNear(c *call, e endpoint) map[auditKey]object {
	near := map[auditKey]object{}

	for _, at := range auditedPaths {
		if e.path == at.path+"/{"+at.param+"}" {
			columns := p.columnsOf(at.kind, c.id(at.param))
			if columns != nil {
				near[auditKey{at.kind, c.id(at.param)}] = columns
			}
		}
	}

	switch {
	case e.path == "//api/v1/accounts/{account}":
		near[auditKey{"Account", c.account.id}] = object{"name": c.account.name, "locale": c.account.locale, "domain": c.account.domain}
	case e.path == platformPath+"/accounts/{of}":
		row, found := p.accounts.Get(c.id("of"))
		if found {
			near[auditKey{"Account", row.id}] = object{"feature_flags": featureFlags(row)}
		}
	case strings.HasPrefix(e.path, "/agents"):
		p.memberColumns(near, c.account.id)
	case strings.HasPrefix(e.path, platformPath+"/accounts/{of}/account_users"):
		p.memberColumns(near, c.id("of"))
	case strings.HasPrefix(e.path, "/inbox_members"):
		for _, i := range p.inboxes.Where(func(i *inbox) bool { return i.account == c.account.id }) {
			for _, id := range i.members {
				near[auditKey{"InboxMember", i.id*1_000_000 + id}] = object{"id": i.id*1_000_000 + id, "user_id": id, "inbox_id": i.id}
			}
		}
	case e.path == "/teams/{team}/team_members":
		t, found := p.teams.Get(c.id("team"))
		if found {
			for _, id := range t.members {
				near[auditKey{"TeamMember", t.ID*1_000_000 + id}] = object{"id": t.ID*1_000_000 + id, "user_id": id, "team_id": t.ID}
			}
		}
	}

	return near
}

// featureFlags are the features as one number. The server's has other bits.
func featureFlags(row *account) int64 {
	flags := int64(0)

	for i, name := range slices.Concat(installedFeatures, otherFeatures) {
		if row.features[name] {
			flags |= 1 << i
		}
	}

	return flags
}

func (p *Platform) memberColumns(near map[auditKey]object, account int64) {
	for _, u := range p.accountUsers(account) {
		m := u.memberships[account]
		near[auditKey{"AccountUser", m.id}] = object{
			"role": slices.Index(roles, m.role), "user_id": u.id, "account_id": account, "inviter_id": nil, "availability": slices.Index(availabilities, m.availability),
		}
	}
}

// columnsOf are the columns of an object that the log shows; nil if there is no such object.
func (p *Platform) columnsOf(kind string, id int64) object {
	switch kind {
	case "Inbox":
		i, found := p.inboxes.Get(id)
		if !found {
			return nil
		}

		columns := i.settings(p)
		maps.Copy(columns, object{
			"portal_id": nil, "account_id": i.account, "channel_id": i.channel.id, "channel_type": i.channel.kind, "email_address": nil,
			"sender_name_type": max(0, slices.Index([]string{"friendly", "professional"}, i.senderNameType)),
		})

		return columns
	case "Team":
		t, found := p.teams.Get(id)
		if !found {
			return nil
		}

		return object{"name": t.Name, "account_id": t.AccountID, "description": textOrNil(t.Description), "allow_auto_assign": t.AllowAutoAssign != nil && *t.AllowAutoAssign}
	case "Webhook":
		r, found := p.webhooks.Get(id)
		if !found {
			return nil
		}

		return object{
			"url": textOrNil(r.url), "name": textOrNil(r.name), "inbox_id": numberOrNil(r.inboxID), "account_id": r.account, "webhook_type": 0,
			"subscriptions": r.subscriptions,
		}
	default:
		return p.ruleColumns(kind, id)
	}
}

func (p *Platform) ruleColumns(kind string, id int64) object {
	switch kind {
	case "Macro":
		r, found := p.macros.Get(id)
		if !found {
			return nil
		}

		columns := object{
			"name": r.name, "actions": written(r.actions), "account_id": r.account, "visibility": max(0, slices.Index([]string{"personal", "global"}, r.visibility)),
			"created_by_id": nil, "updated_by_id": nil,
		}
		if r.createdBy != nil {
			columns["created_by_id"] = r.createdBy.id
		}

		if r.updatedBy != nil {
			columns["updated_by_id"] = r.updatedBy.id
		}

		return columns
	case "AutomationRule":
		r, found := p.rules.Get(id)
		if !found {
			return nil
		}

		return object{
			"name": r.Name, "active": r.Active, "actions": written(r.Actions), "account_id": r.AccountID, "conditions": written(r.Conditions),
			"event_name": r.EventName, "description": textOrNil(r.Description),
		}
	case "AgentBot":
		r, found := p.bots.Get(id)
		if !found {
			return nil
		}

		return object{
			"name": textOrNil(r.name), "bot_type": 0, "account_id": r.account, "bot_config": written(r.config), "description": textOrNil(r.description),
			"outgoing_url": textOrNil(r.outgoingURL),
		}
	default:
		return nil
	}
}

func textOrNil(text *string) any {
	if text == nil {
		return nil
	}

	return *text
}

func numberOrNil(n *int64) any {
	if n == nil {
		return nil
	}

	return *n
}

// written is a copy of a value as the log has it.
func written(value any) any {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil
	}

	return json.RawMessage(raw)
}
