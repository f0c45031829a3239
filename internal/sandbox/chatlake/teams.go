package chatlake

import (
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

	refused = p.assignTeam(c, &draft, false)
	if refused != nil {
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

// deleteTeam detaches conversations at once; the member rows go in a job that no request shows.
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

// person is one entry of a list of people. A text is the same person to the database, but another one to the server's
// arithmetic of lists.
type person struct {
	id     int64
	isText bool
}

// people reads the list of a set of people.
func (c *call) people() (people []person, refused *sandbox.Reply) {
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
		if !isWhole(row) {
			c.Complain("user_ids holds %v, which is not an integer", row)
		}

		_, isText := row.(string)

		one := person{castInteger(row), isText}
		if !slices.Contains(people, one) {
			people = append(people, one)
		}
	}

	return people, nil
}

// userIDs reads the list, however its ids are written.
func (c *call) userIDs() (ids []int64, refused *sandbox.Reply) {
	people, refused := c.people()

	for _, one := range people {
		if !slices.Contains(ids, one.id) {
			ids = append(ids, one.id)
		}
	}

	return ids, refused
}

func (p *Platform) listTeamMembers(c *call) sandbox.Reply {
	t, refused := c.findTeam()
	if refused != nil {
		return *refused
	}

	return ok(p.agentRows(t.members, c.account.id))
}

// changeTeamMembers is what the three changes share. Ids of strangers refuse the whole request, with 401.
func (p *Platform) changeTeamMembers(c *call, change func(t *team, people []person) sandbox.Reply) sandbox.Reply {
	t, refused := c.findTeam()
	if refused != nil {
		return *refused
	}

	people, refused := c.people()
	if refused != nil {
		return *refused
	}

	for _, one := range people {
		u, found := p.users.Get(one.id)
		if !found || u.memberships[c.account.id] == nil {
			return *refuse(http.StatusUnauthorized, "Invalid User IDs")
		}
	}

	return change(t, people)
}

func (p *Platform) addTeamMembers(c *call) sandbox.Reply {
	return p.changeTeamMembers(c, func(t *team, people []person) sandbox.Reply {
		var added []int64

		for _, one := range people {
			if !slices.Contains(t.members, one.id) {
				added = append(added, one.id)
				t.members = append(t.members, one.id)
			}
		}

		return ok(p.agentRows(added, c.account.id))
	})
}

// setTeamMembers makes the set equal: who is not in the list goes, and then who is in it comes. A member whose id is a text
// is in it for the second step only, which finds the row that the first one is about to take.
func (p *Platform) setTeamMembers(c *call) sandbox.Reply {
	return p.changeTeamMembers(c, func(t *team, people []person) sandbox.Reply {
		before := t.members
		t.members = slices.DeleteFunc(slices.Clone(before), func(id int64) bool {
			return !slices.Contains(people, person{id: id})
		})

		for _, one := range people {
			if !slices.Contains(before, one.id) && !slices.Contains(t.members, one.id) {
				t.members = append(t.members, one.id)
			}
		}

		return ok(p.agentRows(t.members, c.account.id))
	})
}

func (p *Platform) removeTeamMembers(c *call) sandbox.Reply {
	return p.changeTeamMembers(c, func(t *team, people []person) sandbox.Reply {
		t.members = slices.DeleteFunc(t.members, func(id int64) bool {
			return slices.ContainsFunc(people, func(one person) bool { return one.id == id })
		})

		return empty(http.StatusOK)
	})
}
