package imichat

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// chatObject returns the chat as create, read and update answer it.
func (p *Platform) chatObject(chat *Chat) map[string]any {
	object := p.commonFields(chat)

	name := ""
	if team, ok := p.teams.Get(chat.TeamID); ok {
		name = team.Name
	}

	object["team_id"], object["team_name"] = chat.TeamID, name
	if chat.Channel == "email" {
		p.putField(object, "subject", chat.Subject, chat.Subject == "")
	}

	if chat.Channel == "livechat" {
		p.putField(object, "thread_id", chat.ThreadID, chat.ThreadID == "")
	}

	customer := map[string]any{"id": chat.CustomerID, "destination_id": chat.DestinationID}
	p.putField(customer, "name", chat.CustomerName, chat.CustomerName == "")
	object["customer"] = customer
	p.putField(object, "messages", p.transcript(chat), len(chat.Messages) == 0)
	p.putField(object, "route_params", nonNil(chat.RouteParams), len(chat.RouteParams) == 0)

	return object
}

// chatRow returns the chat as lists have it.
func (p *Platform) chatRow(chat *Chat) map[string]any {
	object := p.commonFields(chat)
	if p.switches.WholeChatsListed {
		object = p.chatObject(chat)
	}

	object["destination_id"] = chat.DestinationID

	object["customer_id"] = strconv.Itoa(chat.CustomerID)
	if p.switches.CustomerIDNumber {
		object["customer_id"] = chat.CustomerID
	}

	return object
}

// commonFields returns what both forms of a chat hold.
func (p *Platform) commonFields(chat *Chat) map[string]any {
	object := map[string]any{
		"chat_id":    chat.ID,
		"created_at": chat.Created.Format(stamp),
		"updated_at": chat.Updated.Format(stamp),
		"status":     chat.Status,
		"channel":    p.spellChannel(chat.Channel),
		"asset":      map[string]any{"id": p.wireAssetID(chat.AssetID), "name": "Sandbox " + chat.Channel},
	}
	p.putField(object, "alias_id", chat.Alias, chat.Alias == "")
	p.putField(object, "assignee", chat.Assignee, chat.Assignee == "")
	p.putField(object, "flag", chat.Flag, chat.Flag == "")
	tags := sandbox.Shuffled(p.core, append([]string{}, chat.Tags...))
	p.putField(object, "tag", tags, len(tags) == 0)
	p.putField(object, "other_details", nonNil(chat.OtherDetails), len(chat.OtherDetails) == 0)

	return object
}

func (p *Platform) wireAssetID(id string) any {
	if n, err := strconv.ParseInt(id, 10, 64); err == nil && p.switches.AssetIDNumber && strconv.FormatInt(n, 10) == id {
		return n
	}

	return id
}

func (p *Platform) spellChannel(name string) string {
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

// nonNil returns the map, or an empty one for nil, so that it is sent as an object.
func nonNil(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}

	return m
}

// uniqueTags sorts tags and drops duplicates, because they are a set.
func uniqueTags(tags []string) []string {
	tags = slices.Clone(tags)
	slices.Sort(tags)

	return slices.Compact(tags)
}

// Chats returns the chats of the platform, oldest first.
func (p *Platform) Chats() []Chat {
	p.Lock()
	defer p.Unlock()

	chats := make([]Chat, 0, p.chats.Len())
	for _, chat := range p.chats.All() {
		chats = append(chats, chat.clone())
	}

	return chats
}

// Chat returns one chat of the platform.
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
