package imichat

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// parameter is a field that a search takes, with the operators that the vendor lists for it.
type parameter[V any] struct {
	operators string
	value     func(V) any // A string, bool, int or time.Time.
}

// chatParameters returns the parameters of docs.imi.chat/reference/chats-search. Alias, chat id and team are not among them.
func chatParameters() map[string]parameter[*Chat] {
	parameters := map[string]parameter[*Chat]{
		"status":     {"eq not_eq", func(c *Chat) any { return c.Status }},
		"created_at": {"eq lt gt lte gte", func(c *Chat) any { return c.Created }},
		"updated_at": {"eq lt gt lte gte", func(c *Chat) any { return c.Updated }},
		"channel":    {"eq", func(c *Chat) any { return c.Channel }},
		"tag":        {"eq", func(c *Chat) any { return c.Tags }},
		"assignee":   {"eq", func(c *Chat) any { return c.Assignee }},
		// Unverified: where Apple's intent and group come from; the sandbox has neither.
		"intent": {"eq", func(*Chat) any { return "" }},
		"group":  {"eq", func(*Chat) any { return "" }},
	}
	for name, channel := range map[string]string{
		"facebook_psid": "facebook", "twitter_id": "twitter", "email_id": "email", "mobile": "sms",
		"livechat_id": "livechat", "abc_user_id": "abc", "whatsapp_mobile_number": "whatsapp",
	} {
		parameters[name] = parameter[*Chat]{"eq", func(c *Chat) any {
			if c.Channel != channel {
				return ""
			}

			return c.DestinationID
		}}
	}

	return parameters
}

// userParameters returns the parameters of docs.imi.chat/reference/users-search.
func (p *Platform) userParameters() map[string]parameter[*User] {
	return map[string]parameter[*User]{
		"status":          {"eq", func(u *User) any { return u.status() }},
		"created_at":      {"eq lt gt lte gte", func(u *User) any { return u.Created }},
		"updated_at":      {"eq lt gt lte gte", func(u *User) any { return u.Updated }},
		"accepting_chats": {"eq", func(u *User) any { return u.AcceptingChats }},
		"active_chats":    {"lt gt lte gte", func(u *User) any { return p.activeChats(u) }},
	}
}

// searchChats is served under v3.0 alone, whatever the address on its page says (docs.imi.chat/reference/chats-search).
func (p *Platform) searchChats(req *sandbox.Request, _ int) sandbox.Reply {
	n, refused := p.pageNumber(req)
	if refused != nil {
		return *refused
	}

	fits, refused := search(p, req, chatParameters())
	if refused != nil {
		return *refused
	}

	return p.answer(chatsListed, p.wrapList("chats", p.chatRows(p.newestChats(n, fits))))
}

// searchOfOtherVersion answers the address that the page of the search shows, and that does not work.
func (p *Platform) searchOfOtherVersion(req *sandbox.Request, _ int) sandbox.Reply {
	req.Complain("search is served under v3.0 only")
	return p.refuse(unknownPath)
}

// search reads a condition: no body or {} fits all, else {"field": {"operator": value}}, all of which must hold.
//
// Unverified: no page shows a body, so everything but the fields and operators is the sandbox's own.
func search[V any](p *Platform, req *sandbox.Request, parameters map[string]parameter[V]) (func(V) bool, *sandbox.Reply) {
	var body map[string]map[string]any
	if len(bytes.TrimSpace(req.Raw)) > 0 {
		refused := p.decode(req, &body)
		if refused != nil {
			return nil, refused
		}
	}

	var tests []func(V) bool

	for field, conditions := range body {
		known, ok := parameters[field]
		if !ok {
			reply := p.refuseInvalid(req, fmt.Sprintf("%q cannot be searched", field))
			return nil, &reply
		}

		for operator, operand := range conditions {
			if !slices.Contains(strings.Fields(known.operators), operator) {
				reply := p.refuseInvalid(req, fmt.Sprintf("%s takes %s, not %q", field, known.operators, operator))
				return nil, &reply
			}

			tests = append(tests, func(v V) bool { return isTrueOf(known.value(v), operator, operand) })
		}
	}

	return func(v V) bool {
		return !slices.ContainsFunc(tests, func(test func(V) bool) bool { return !test(v) })
	}, nil
}

// isTrueOf reports whether a condition holds. It compares a value with what the caller sent, leniently as to types: "3" is 3.
func isTrueOf(value any, operator string, operand any) bool {
	text := fmt.Sprint(operand)
	if tags, ok := value.([]string); ok {
		return slices.Contains(tags, text)
	}

	order := 0

	switch value := value.(type) {
	case time.Time:
		instant, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return false
		}

		order = value.Compare(instant)
	case int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return false
		}

		order = value - n
	default:
		order = strings.Compare(fmt.Sprint(value), text)
	}

	switch operator {
	case "eq":
		return order == 0
	case "not_eq":
		return order != 0
	case "lt":
		return order < 0
	case "gt":
		return order > 0
	case "lte":
		return order <= 0
	}

	return order >= 0 // The only operator left is gte.
}
