package imichat

import (
	"encoding/json"
	"strings"
)

// transcript returns a chat's messages as the switches want them, oldest first. Unverified: the order.
func (p *Platform) transcript(chat *Chat) any {
	messages := chat.Messages

	n := p.switches.TranscriptLimit
	if n > 0 && len(messages) > n {
		messages = messages[len(messages)-n:]
	}

	out := []any{}
	for _, m := range messages {
		out = append(out, p.messageObject(m))
	}

	if p.switches.MessagesObject && len(out) == 1 {
		return out[0]
	}

	return out
}

func (p *Platform) messageObject(m Message) any {
	if !p.switches.DeliveryDetailsReturned {
		m.DeliveryDetails = nil
	}

	if !p.switches.TableSpelling {
		return m
	}

	m.ABCSubType = strings.TrimSuffix(m.ABCSubType, "_response")
	if m.LivechatSubType == "quick_replies" {
		m.LivechatSubType = "quick_reply_response"
	}

	raw, err := json.Marshal(m)
	if err != nil {
		return m
	}

	object := map[string]any{}
	if err := json.Unmarshal(raw, &object); err != nil {
		return m
	}

	for sample, table := range map[string]string{
		"listpicker_response": "list_picker_response", "timepicker_response": "time_picker_response",
	} {
		if value, ok := object[sample]; ok {
			object[table] = value
			delete(object, sample)
		}
	}

	if m.DeliveryDetails != nil {
		object["delivery_details"] = map[string]string{"correlationid": m.DeliveryDetails.CorrelationID}
	}

	return object
}
