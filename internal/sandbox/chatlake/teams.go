package chatlake

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// team is the row as it is sent; whether the caller is a member is added per answer.
type team struct {
	ID              int64   `json:"id"`
	Name            string  `json:"name"`
	Description     *string `json:"description"`
	AllowAutoAssign *bool   `json:"allow_auto_assign"`
	AccountID       int64   `json:"account_id"`

	members          []int64
	created, updated time.Time
}

type teamJSON struct {
	team
	IsMember bool `json:"is_member"`
}

func (p *Platform) teamJSON(t *team) teamJSON {
	return teamJSON{*t, p.viewer != nil && slices.Contains(t.members, p.viewer.id)}
}

func (p *Platform) keepTeam(t *team) {
	t.updated = p.core.Now()
	if t.created.IsZero() {
		t.created = t.updated
	}

	p.teams.Put(t.ID, t)
	p.teamNames[nameKey{t.AccountID, t.Name}] = t.ID
}

func (c *call) findTeam() (*team, *sandbox.Reply) {
	t, found := c.p.teams.Get(c.id("team"))
	if !found || t.AccountID != c.account.id {
		reply := notFound()
		return nil, &reply
	}

	return t, nil
}

func (p *Platform) listTeams(c *call) sandbox.Reply {
	rows := p.teams.Where(func(t *team) bool { return t.AccountID == c.account.id })
	return ok(mapped(rows, p.teamJSON))
}

func (p *Platform) showTeam(c *call) sandbox.Reply {
	t, refused := c.findTeam()
	if refused != nil {
		return *refused
	}

	return ok(p.teamJSON(t))
}

func (p *Platform) createTeam(c *call) sandbox.Reply {
	t := &team{AllowAutoAssign: new(true), AccountID: c.account.id}

	refused := p.assignTeam(c, t, true)
	if refused != nil {
		return *refused
	}

	t.ID = p.nextID("teams")
	p.keepTeam(t)

	return ok(p.teamJSON(t))
}

func (p *Platform) updateTeam(c *call) sandbox.Reply {
	t, refused := c.findTeam()
	if refused != nil {
		return *refused
	}

	draft := *t
	if refused := p.assignTeam(c, &draft, false); refused != nil {
		return *refused
	}

	delete(p.teamNames, nameKey{t.AccountID, t.Name})
	*t = draft
	p.keepTeam(t)

	return ok(p.teamJSON(t))
}

func (p *Platform) assignTeam(c *call, t *team, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "team", nil, "name", "description", "allow_auto_assign")
	if refused != nil {
		return refused
	}

	name := &t.Name
	in.optString("name", &name, maxString)
	in.optString("description", &t.Description, maxText)

	in.optFlag("allow_auto_assign", &t.AllowAutoAssign)

	t.Name = strings.ToLower(deref(name))
	if strings.TrimSpace(t.Name) == "" {
		in.errs.add("name", "Name must not be blank")
	}

	other, taken := p.teamNames[nameKey{c.account.id, t.Name}]
	if taken && (fresh || other != t.ID) {
		in.errs.add("name", "Name has already been taken")
	}

	return in.done(p)
}

// deleteTeam detaches conversations at once; the member rows go in a job that nobody can see.
func (p *Platform) deleteTeam(c *call) sandbox.Reply {
	t, refused := c.findTeam()
	if refused != nil {
		return *refused
	}

	p.teams.Delete(t.ID)
	delete(p.teamNames, nameKey{t.AccountID, t.Name})

	for _, conv := range p.conversations.All() {
		if conv.team == t {
			conv.team = nil
		}
	}

	return empty(http.StatusOK)
}

// userIDs reads the list of a set of people. Ids that are strings are left out, because the server takes them for others
// than the same ids as integers, and adds nobody.
func (c *call) userIDs() (ids []int64, refused *sandbox.Reply) {
	in, refused := read(c.Request, "user_ids*")
	if refused != nil {
		return nil, refused
	}

	rows, sent := in.list("user_ids")
	if !sent {
		reply := crash(c.Request, "user_ids is missing")
		return nil, &reply
	}

	for _, row := range rows {
		var one *int64

		number, isNumber := row.(json.Number)
		if isNumber {
			n, err := number.Int64()
			if err == nil {
				one = &n
			}
		}

		if one == nil {
			c.Complain("user_ids holds %v, which is not an integer", row)
			continue
		}

		if !slices.Contains(ids, *one) {
			ids = append(ids, *one)
		}
	}

	return ids, nil
}

func (p *Platform) listTeamMembers(c *call) sandbox.Reply {
	t, refused := c.findTeam()
	if refused != nil {
		return *refused
	}

	return ok(p.agentRows(t.members, c.account.id))
}

// changeTeamMembers is what the three changes share. Ids of strangers refuse the whole request, with 401.
func (p *Platform) changeTeamMembers(c *call, change func(t *team, ids []int64) sandbox.Reply) sandbox.Reply {
	t, refused := c.findTeam()
	if refused != nil {
		return *refused
	}

	ids, refused := c.userIDs()
	if refused != nil {
		return *refused
	}

	for _, id := range ids {
		u, found := p.users.Get(id)
		if !found || u.memberships[c.account.id] == nil {
			return *refuse(http.StatusUnauthorized, "Invalid User IDs")
		}
	}

	return change(t, ids)
}

func (p *Platform) addTeamMembers(c *call) sandbox.Reply {
	return p.changeTeamMembers(c, func(t *team, ids []int64) sandbox.Reply {
		var added []int64

		for _, id := range ids {
			if !slices.Contains(t.members, id) {
				added = append(added, id)
			}
		}

		t.members = append(t.members, added...)

		return ok(p.agentRows(added, c.account.id))
	})
}

// setTeamMembers makes the set equal. Strings add nobody, and no present member is among them: they go.
func (p *Platform) setTeamMembers(c *call) sandbox.Reply {
	return p.changeTeamMembers(c, func(t *team, ids []int64) sandbox.Reply {
		t.members = ids
		return ok(p.agentRows(t.members, c.account.id))
	})
}

func (p *Platform) removeTeamMembers(c *call) sandbox.Reply {
	return p.changeTeamMembers(c, func(t *team, ids []int64) sandbox.Reply {
		t.members = slices.DeleteFunc(t.members, func(id int64) bool { return slices.Contains(ids, id) })
		return empty(http.StatusOK)
	})
}
