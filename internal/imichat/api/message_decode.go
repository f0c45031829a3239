package api

import "encoding/json"

// attachmentWire and repliesWire are objects inside of a message, of whatever types their fields are: what is odd about one
// message must not make its chat unreadable.
type attachmentWire struct {
	Type loose `json:"type"`
	URL  loose `json:"url"`
}

type repliesWire struct {
	RequestIdentifier loose `json:"request_identifier"`
	Options           several[struct {
		Title   loose `json:"title"`
		Payload loose `json:"payload"`
	}] `json:"options"`
}

// UnmarshalJSON reads either spelling.
func (m *Message) UnmarshalJSON(raw []byte) error {
	var wire struct {
		Type               text                  `json:"type"`
		Text               text                  `json:"text"`
		Attachment         maybe[attachmentWire] `json:"attachment"`
		Timestamp          text                  `json:"timestamp"`
		ABCSubType         text                  `json:"abc_sub_type"`
		Listpicker         texts                 `json:"listpicker_response"`
		ListPicker         texts                 `json:"list_picker_response"`
		Timepicker         text                  `json:"timepicker_response"`
		TimePicker         text                  `json:"time_picker_response"`
		LivechatSubType    text                  `json:"livechat_sub_type"`
		QuickReplies       maybe[repliesWire]    `json:"quick_replies"`
		QuickReplyResponse maybe[repliesWire]    `json:"quick_reply_response"`
		WhatsAppSubType    text                  `json:"whatsapp_sub_type"`
		TemplateName       text                  `json:"template_name"`
		DeliveryDetails    maybe[struct {
			CorrelationID text `json:"correlation_id"`
			Correlationid text `json:"correlationid"`
		}] `json:"delivery_details"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}

	*m = Message{
		Type: word(wire.Type), Text: optional(wire.Text), Timestamp: InUTC(string(wire.Timestamp)),
		ABCSubType:         spelled(wire.ABCSubType, "listpicker", "listpicker_response", "timepicker", "timepicker_response"),
		ListpickerResponse: append(wire.Listpicker, wire.ListPicker...),
		TimepickerResponse: optional(text(InUTC(string(wire.Timepicker + wire.TimePicker)))),
		LivechatSubType:    spelled(wire.LivechatSubType, "quick_reply_response", "quick_replies"),
		WhatsAppSubType:    spelled(wire.WhatsAppSubType), TemplateName: optional(wire.TemplateName),
	}

	a := wire.Attachment.value
	if a != nil {
		m.Attachment = &Attachment{Type: word(text(a.Type)), URL: string(a.URL)}
	}

	q := wire.QuickReplies.value
	if q != nil {
		m.QuickReplies = &QuickReplies{RequestIdentifier: string(q.RequestIdentifier)}
		for _, o := range q.Options {
			m.QuickReplies.Options = append(m.QuickReplies.Options, QuickReply{Title: string(o.Title), Payload: string(o.Payload)})
		}
	}

	q = wire.QuickReplyResponse.value
	if q != nil {
		m.QuickReplyResponse = &QuickReplyResponse{RequestIdentifier: string(q.RequestIdentifier)}
		for _, o := range q.Options {
			m.QuickReplyResponse.Options = append(m.QuickReplyResponse.Options, QuickChoice{Title: string(o.Title)})
		}
	}

	d := wire.DeliveryDetails.value
	if d != nil && d.CorrelationID+d.Correlationid != "" {
		m.DeliveryDetails = &DeliveryDetails{CorrelationID: string(d.CorrelationID)}
		if d.CorrelationID == "" {
			m.DeliveryDetails.CorrelationID = string(d.Correlationid)
		}
	}

	return nil
}

func optional(t text) *string {
	if t == "" {
		return nil
	}

	s := string(t)

	return &s
}

// spelled turns the spelling of the vendor's table into that of the samples; pairs are table, sample.
func spelled(t text, pairs ...string) *string {
	s := word(t)
	for i := 0; i+1 < len(pairs); i += 2 {
		if s == pairs[i] {
			s = pairs[i+1]
		}
	}

	return optional(text(s))
}
