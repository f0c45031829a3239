package imichat

import (
	"fmt"
	"maps"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// chatUpdate is the body of PATCH /chats/{id}: these six fields and no others.
type chatUpdate struct {
	Alias        *string            `json:"alias_id"`
	Tags         *[]string          `json:"tags"`
	Status       *string            `json:"status"`
	Assignee     *string            `json:"assignee"`
	Outcome      *string            `json:"outcome"`
	OtherDetails *map[string]string `json:"other_details"`
}

// updateChat changes a chat (docs.imi.chat/v5.1/reference/update-chat).
func (p *Platform) updateChat(req *sandbox.Request, _ int) sandbox.Reply {
	checkQuery(req)

	var body chatUpdate

	refused := p.decode(req, &body)
	if refused != nil {
		return *refused
	}

	wrong := body.findMistake()
	if wrong != "" {
		return p.refuseInvalid(req, wrong)
	}

	chat, refused := p.findChat(req)
	if refused != nil {
		return *refused
	}

	refused = p.refuseUpdate(chat, &body)
	if refused != nil {
		return *refused
	}

	if body.Outcome != nil && (body.Status == nil || *body.Status != closed) {
		req.Complain("outcome goes with status closed")
	}

	p.change(chat, &body)

	return p.answer(chatUpdated, p.wrapOne("chat", p.chatObject(chat)))
}

func (u *chatUpdate) findMistake() string {
	switch {
	case *u == chatUpdate{}:
		return "nothing to update"
	case u.Status != nil && !slices.Contains([]string{queued, picked, onhold, closed}, *u.Status):
		return fmt.Sprintf("status %q is none of queued, picked, onhold, closed", *u.Status)
	case u.Assignee != nil && *u.Assignee == "":
		return "no page documents how to clear assignee"
	}

	return ""
}

// refuseUpdate refuses what does not suit the chat or the tenant. A correct client can meet that.
func (p *Platform) refuseUpdate(chat *Chat, u *chatUpdate) *sandbox.Reply {
	refuse := func(v responseCode, details ...string) *sandbox.Reply {
		reply := p.refuse(v, details...)
		return &reply
	}
	if chat.Status == closed && p.switches.RejectClosed {
		return refuse(chatClosed)
	}

	if u.Alias != nil && p.isAliasTaken(*u.Alias, chat.ID) {
		return refuse(taken, "alias_id "+*u.Alias)
	}

	if u.Assignee != nil {
		if _, ok := p.findByLogin(*u.Assignee); !ok {
			return refuse(bodyInvalid, fmt.Sprintf("no user with login id %q", *u.Assignee))
		}
	}

	if u.Outcome != nil && p.switches.CheckOutcome && !slices.Contains(Outcomes(), *u.Outcome) {
		return refuse(bodyInvalid, fmt.Sprintf("no outcome %q", *u.Outcome))
	}

	return nil
}

// change applies an update.
//
// Unverified: that an assignee picks a waiting chat, that queueing takes the chat from its assignee, and that every
// status can follow every other.
func (p *Platform) change(chat *Chat, u *chatUpdate) {
	if u.Alias != nil {
		chat.Alias = *u.Alias
	}

	if u.Tags != nil {
		chat.Tags = uniqueTags(*u.Tags)
	}

	if u.Status != nil {
		chat.Status = *u.Status
		if chat.Status == queued {
			chat.Assignee = ""
		}

		if chat.Status == closed && u.Outcome != nil {
			chat.Outcome = *u.Outcome
		}
	}

	if u.Assignee != nil {
		chat.Assignee = *u.Assignee
		if u.Status == nil && chat.Status == queued {
			chat.Status = picked
		}
	}

	if u.OtherDetails != nil {
		if !p.switches.MergeOtherDetails || chat.OtherDetails == nil {
			chat.OtherDetails = map[string]string{}
		}

		maps.Copy(chat.OtherDetails, *u.OtherDetails)
	}

	p.touch(chat)
}
