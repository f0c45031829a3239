package chatlake

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

func (p *Platform) listInboxMembers(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	return ok(underPayload(p.agentRows(i.members, c.account.id)))
}

// memberIDs reads the people of an inbox. A string counts as somebody who is not there yet, even if the person is.
func (c *call) memberIDs(i *inbox, rows []any) (ids []int64, problem *sandbox.Reply) {
	var v invalid

	for _, entry := range rows {
		var id int64

		switch value := entry.(type) {
		case json.Number:
			id, _ = value.Int64()
		case string:
			c.Complain("user_ids holds the string %q", value)

			id, _ = strconv.ParseInt(value, 10, 64)
			if slices.Contains(i.members, id) {
				v.add("user_id", "User has already been taken")
			}
		}

		_, found := c.p.users.Get(id)
		if !found {
			v.add("user", "User must exist")
		}

		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}

	return ids, v.reply(c.p)
}

// changeInboxMembers is what the three changes share. Whether somebody is in the account is not looked at.
func (p *Platform) changeInboxMembers(c *call, strict bool, change func(i *inbox, ids []int64)) sandbox.Reply {
	in, refused := read(c.Request, "inbox_id*", "user_ids*")
	if refused != nil {
		return *refused
	}

	var inboxID *int64
	in.whole("inbox_id", &inboxID)

	i, refused := c.permittedInbox(inboxID)
	if refused != nil {
		return *refused
	}

	rows, sent := in.list("user_ids")
	if !sent && (strict || !p.has(membersLoose)) {
		return crash(c.Request, "user_ids is missing")
	}

	ids, problem := c.memberIDs(i, rows)
	if strict && problem != nil {
		return *problem
	}

	if !strict && problem != nil && !p.has(membersLoose) {
		return notFound()
	}

	change(i, ids)

	if c.Method == http.MethodDelete {
		return empty(http.StatusOK)
	}

	return ok(underPayload(p.agentRows(i.members, c.account.id)))
}

func (p *Platform) addInboxMembers(c *call) sandbox.Reply {
	return p.changeInboxMembers(c, true, func(i *inbox, ids []int64) {
		for _, id := range ids {
			if !slices.Contains(i.members, id) {
				i.members = append(i.members, id)
			}
		}
	})
}

func (p *Platform) setInboxMembers(c *call) sandbox.Reply {
	return p.changeInboxMembers(c, true, func(i *inbox, ids []int64) { i.members = ids })
}

func (p *Platform) removeInboxMembers(c *call) sandbox.Reply {
	return p.changeInboxMembers(c, false, func(i *inbox, ids []int64) {
		i.members = slices.DeleteFunc(i.members, func(id int64) bool { return slices.Contains(ids, id) })
	})
}

// assignableAgents are the members that all inboxes have in common, and administrators.
func (p *Platform) assignableAgents(c *call) sandbox.Reply {
	var ids []int64

	if len(c.URL.Query()["inbox_ids[]"]) == 0 {
		c.Complain("assignable_agents without inbox_ids[]")
		return notFound()
	}

	for n, text := range c.URL.Query()["inbox_ids[]"] {
		id, _ := strconv.ParseInt(text, 10, 64)

		i, refused := c.permittedInbox(&id)
		if refused != nil {
			return *refused
		}

		if n == 0 {
			ids = slices.Clone(i.members)
		} else {
			ids = slices.DeleteFunc(ids, func(id int64) bool { return !slices.Contains(i.members, id) })
		}
	}

	for _, u := range p.accountUsers(c.account.id) {
		if u.memberships[c.account.id].role == roleAdministrator && !slices.Contains(ids, u.id) {
			ids = append(ids, u.id)
		}
	}

	return ok(underPayload(p.agentRows(ids, c.account.id)))
}
