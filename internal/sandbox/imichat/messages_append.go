package imichat

import (
	"encoding/json"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// appendMessage adds to a chat's transcript.
//
// Unverified: the call is only named, on docs.imi.chat/reference/messagearrived; body, answer and codes are assumed.
func (p *Platform) appendMessage(req *sandbox.Request, _ int) sandbox.Reply {
	checkQuery(req)

	sent, refused := p.decodeAppended(req)
	if refused != nil {
		return *refused
	}

	chat, refused := p.findChat(req)
	if refused != nil {
		return *refused
	}

	messages := make([]Message, 0, len(sent))
	for _, m := range sent {
		message, err := m.toMessage(req, chat.Channel)
		if err != nil {
			return p.refuseInvalid(req, err.Error())
		}

		messages = append(messages, message)
	}

	if chat.Status == closed && p.switches.RejectClosed {
		return p.refuse(chatClosed)
	}

	chat.Messages = append(chat.Messages, messages...)
	p.touch(chat)

	switch p.switches.AppendAnswer {
	case "message":
		return p.answer(messageAppended, p.messageObject(messages[len(messages)-1]))
	case "empty":
		return p.answer(messageAppended, "")
	}

	return p.answer(messageAppended, p.wrapOne("chat", p.chatObject(chat)))
}

// decodeAppended reads the messages to append, in the form that the switch wants.
func (p *Platform) decodeAppended(req *sandbox.Request) ([]messageRequest, *sandbox.Reply) {
	var keys struct {
		Messages json.RawMessage `json:"messages"`
	}

	isArray := json.Unmarshal(req.Raw, &keys) == nil && keys.Messages != nil

	form := p.switches.AppendBody
	if form == "object" && isArray || form == "array" && !isArray {
		// A client that meets this guessed the other form, which is no mistake.
		reply := p.refuse(bodyInvalid, "append takes a message as "+form)
		return nil, &reply
	}

	if !isArray {
		var body messageRequest

		refused := p.decode(req, &body)

		return []messageRequest{body}, refused
	}

	var body struct {
		Messages []messageRequest `json:"messages"`
	}

	refused := p.decode(req, &body)
	if refused == nil && len(body.Messages) == 0 {
		reply := p.refuseInvalid(req, "nothing to append")
		refused = &reply
	}

	return body.Messages, refused
}
