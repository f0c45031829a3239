package imichat

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// chatObject is the chat as create, read and update answer it.
func (p *Platform) chatObject(chat *Chat) map[string]any {
	object := p.common(chat)

	name := ""
	if team, ok := p.teams.Get(chat.TeamID); ok {
		name = team.Name
	}

	object["team_id"], object["team_name"] = chat.TeamID, name
	if chat.Channel == "email" {
		p.put(object, "subject", chat.Subject, chat.Subject == "")
	}

	if chat.Channel == "livechat" {
		p.put(object, "thread_id", chat.ThreadID, chat.ThreadID == "")
	}

	customer := map[string]any{"id": chat.CustomerID, "destination_id": chat.DestinationID}
	p.put(customer, "name", chat.CustomerName, chat.CustomerName == "")
	object["customer"] = customer
	p.put(object, "messages", p.transcript(chat), len(chat.Messages) == 0)
	p.put(object, "route_params", pairs(chat.RouteParams), len(chat.RouteParams) == 0)

	return object
}

// chatRow is the chat as lists have it.
func (p *Platform) chatRow(chat *Chat) map[string]any {
	object := p.common(chat)
	object["destination_id"] = chat.DestinationID

	object["customer_id"] = strconv.Itoa(chat.CustomerID)
	if p.switches.CustomerIDNumber {
		object["customer_id"] = chat.CustomerID
	}

	return object
}

// common is what both forms of a chat hold.
func (p *Platform) common(chat *Chat) map[string]any {
	object := map[string]any{
		"chat_id":    chat.ID,
		"created_at": chat.Created.Format(stamp),
		"updated_at": chat.Updated.Format(stamp),
		"status":     chat.Status,
		"channel":    p.channel(chat.Channel),
		"asset":      map[string]any{"id": p.assetID(chat.AssetID), "name": "Sandbox " + chat.Channel},
	}
	p.put(object, "alias_id", chat.Alias, chat.Alias == "")
	p.put(object, "assignee", chat.Assignee, chat.Assignee == "")
	p.put(object, "flag", chat.Flag, chat.Flag == "")
	tags := append([]string{}, chat.Tags...)
	p.core.Shuffle(len(tags), func(i, j int) { tags[i], tags[j] = tags[j], tags[i] })
	p.put(object, "tag", tags, len(tags) == 0)
	p.put(object, "other_details", pairs(chat.OtherDetails), len(chat.OtherDetails) == 0)

	return object
}

func (p *Platform) assetID(id string) any {
	if n, err := strconv.ParseInt(id, 10, 64); err == nil && p.switches.AssetIDNumber && strconv.FormatInt(n, 10) == id {
		return n
	}

	return id
}

func (p *Platform) channel(name string) string {
	switch p.switches.ChannelCase {
	case "upper":
		return strings.ToUpper(name)
	case "mixed":
		if name == "livechat" {
			return "LiveChat"
		}

		return strings.ToUpper(name[:1]) + name[1:]
	}

	return name
}

// pairs is a map that is never nil, so that it is sent as an object.
func pairs(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}

	return m
}

// distinct drops doubles; tags are a set.
func distinct(tags []string) []string {
	tags = slices.Clone(tags)
	slices.Sort(tags)

	return slices.Compact(tags)
}

// Chats is what the platform holds, oldest first.
func (p *Platform) Chats() []Chat {
	p.Lock()
	defer p.Unlock()

	chats := make([]Chat, 0, p.chats.Len())
	for _, chat := range p.chats.All() {
		chats = append(chats, chat.clone())
	}

	return chats
}

// Chat is one chat that the platform holds.
func (p *Platform) Chat(id string) (Chat, bool) {
	p.Lock()
	defer p.Unlock()

	chat, ok := p.chats.Get(id)
	if !ok {
		return Chat{}, false
	}

	return chat.clone(), true
}

func (c *Chat) clone() Chat {
	out := *c
	out.Tags, out.Messages = slices.Clone(c.Tags), slices.Clone(c.Messages)
	out.RouteParams, out.OtherDetails = maps.Clone(c.RouteParams), maps.Clone(c.OtherDetails)

	return out
}
