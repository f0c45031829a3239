package chatlake

import (
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// customRole is a role of agents. The order of its permissions is that of the request.
type customRole struct {
	ID          int64   `json:"id"`
	Name        *string `json:"name"`
	Description *string `json:"description"`
	Permissions []any   `json:"permissions"`
	CreatedAt   string  `json:"created_at"`
	UpdatedAt   string  `json:"updated_at"`

	account int64
}

func (r *customRole) key() int64   { return r.ID }
func (r *customRole) owner() int64 { return r.account }

var customRolePermissions = []any{
	"conversation_manage", "conversation_unassigned_manage", "conversation_participating_manage", "contact_manage", "report_manage",
	"knowledge_base_manage",
}

func (p *Platform) customRoleKind() kind {
	roles := p.customRoleShelf()

	return kind{
		name:      "custom_roles",
		endpoints: ofEnterprise(crud(roles, "/custom_roles", admin, admin, "3.13.0")...),
		view: func(account int64) sandbox.TableView {
			return tableOf("Custom roles", roles.rows, func(r *customRole) (int64, []string) {
				return r.account, []string{number(r.ID), deref(r.Name), strings.Join(mapped(r.Permissions, scalarText), ", ")}
			}, account, "Id", "Name", "Permissions")
		},
		held: func(c *call) []map[string]any { return held(c, roles) },
	}
}

func (p *Platform) customRoleShelf() *shelf[*customRole] {
	return shelf[*customRole]{
		p: p, param: "role", rows: rowsOf[*customRole](p, "custom_roles"),
		fresh:  func(c *call) *customRole { return &customRole{account: c.account.id, Permissions: []any{}} },
		assign: p.assignCustomRole,
		keep: func(r *customRole) {
			r.UpdatedAt = iso(p.core.Now())
			if r.ID == 0 {
				r.ID, r.CreatedAt = p.nextID("custom_roles"), r.UpdatedAt
			}
		},
		drop:    p.dropCustomRole,
		copy:    func(r *customRole) *customRole { draft := *r; return &draft },
		commit:  func(into, draft *customRole) { *into = *draft },
		missing: crashesWithoutRow,
	}.with()
}

// crashesWithoutRow is what several kinds do where others answer 404.
func crashesWithoutRow(c *call) sandbox.Reply {
	return crash(c.Request, "there is no such object: the server fails with 500, so look for it in the list")
}

func (p *Platform) assignCustomRole(c *call, r *customRole, _ bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "custom_role", nil, "name", "description", "permissions*")
	if refused != nil {
		return refused
	}

	in.optString("name", &r.Name, maxString)
	in.optString("description", &r.Description, maxString)

	switch permissions := in.values["permissions"].(type) {
	case []any:
		r.Permissions = permissions
	case object:
		in.req.Complain("permissions is an object: the server drops it")
	default:
		if in.has("permissions") {
			in.req.Complain("permissions is no list: the server stores an empty one")

			r.Permissions = []any{}
		}
	}

	if presence(r.Name) == nil {
		in.errs.add("name", "Name can't be blank")
	}

	if slices.ContainsFunc(r.Permissions, func(word any) bool { return !slices.Contains(customRolePermissions, word) }) {
		in.errs.add("permissions", "Permissions is not included in the list")
	}

	return in.done(p)
}

// removed roles leave their agents.
func (p *Platform) dropCustomRole(r *customRole) {
	for _, u := range p.users.All() {
		m := u.memberships[r.account]
		if m != nil && m.customRoleID != nil && *m.customRoleID == r.ID {
			m.customRoleID = nil
		}
	}
}
