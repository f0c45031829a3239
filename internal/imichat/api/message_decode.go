package api

import (
	"encoding/json"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// attachmentWire and repliesWire are objects inside of a message, with fields of any type: one odd
// message must not make its chat unreadable.
type attachmentWire struct {
	Type wirejson.Loose `json:"type"`
	URL  wirejson.Loose `json:"url"`
}

type repliesWire struct {
	RequestIdentifier wirejson.Loose `json:"request_identifier"`
	Options           wirejson.OneOrMany[struct {
		Title   wirejson.Loose `json:"title"`
		Payload wirejson.Loose `json:"payload"`
	}] `json:"options"`
}

// UnmarshalJSON reads either spelling.
func (m *Message) UnmarshalJSON(raw []byte) error {
	var wire struct {
		Type               wirejson.Text                  `json:"type"`
		Text               wirejson.Text                  `json:"text"`
		Attachment         wirejson.Maybe[attachmentWire] `json:"attachment"`
		Timestamp          wirejson.Text                  `json:"timestamp"`
		ABCSubType         wirejson.Text                  `json:"abc_sub_type"`
		Listpicker         wirejson.Texts                 `json:"listpicker_response"`
		ListPicker         wirejson.Texts                 `json:"list_picker_response"`
		Timepicker         wirejson.Text                  `json:"timepicker_response"`
		TimePicker         wirejson.Text                  `json:"time_picker_response"`
		LivechatSubType    wirejson.Text                  `json:"livechat_sub_type"`
		QuickReplies       wirejson.Maybe[repliesWire]    `json:"quick_replies"`
		QuickReplyResponse wirejson.Maybe[repliesWire]    `json:"quick_reply_response"`
		WhatsAppSubType    wirejson.Text                  `json:"whatsapp_sub_type"`
		TemplateName       wirejson.Text                  `json:"template_name"`
		DeliveryDetails    wirejson.Maybe[struct {
			CorrelationID wirejson.Text `json:"correlation_id"`
			Correlationid wirejson.Text `json:"correlationid"`
		}] `json:"delivery_details"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}

	*m = Message{
		Type: word(wire.Type), Text: optional(wire.Text), Timestamp: InUTC(string(wire.Timestamp)),
		ABCSubType:         inSamples(wire.ABCSubType, "listpicker", "listpicker_response", "timepicker", "timepicker_response"),
		ListpickerResponse: append(wire.Listpicker, wire.ListPicker...),
		TimepickerResponse: optional(wirejson.Text(InUTC(string(wire.Timepicker + wire.TimePicker)))),
		LivechatSubType:    inSamples(wire.LivechatSubType, "quick_reply_response", "quick_replies"),
		WhatsAppSubType:    inSamples(wire.WhatsAppSubType), TemplateName: optional(wire.TemplateName),
	}

	a := wire.Attachment.Value
	if a != nil {
		m.Attachment = &Attachment{Type: word(wirejson.Text(a.Type)), URL: string(a.URL)}
	}

	q := wire.QuickReplies.Value
	if q != nil {
		m.QuickReplies = &QuickReplies{RequestIdentifier: string(q.RequestIdentifier)}
		for _, o := range q.Options {
			m.QuickReplies.Options = append(m.QuickReplies.Options, QuickReply{Title: string(o.Title), Payload: string(o.Payload)})
		}
	}

	q = wire.QuickReplyResponse.Value
	if q != nil {
		m.QuickReplyResponse = &QuickReplyResponse{RequestIdentifier: string(q.RequestIdentifier)}
		for _, o := range q.Options {
			m.QuickReplyResponse.Options = append(m.QuickReplyResponse.Options, QuickChoice{Title: string(o.Title)})
		}
	}

	d := wire.DeliveryDetails.Value
	if d != nil && d.CorrelationID+d.Correlationid != "" {
		m.DeliveryDetails = &DeliveryDetails{CorrelationID: string(d.CorrelationID)}
		if d.CorrelationID == "" {
			m.DeliveryDetails.CorrelationID = string(d.Correlationid)
		}
	}

	return nil
}

func optional(t wirejson.Text) *string {
	if t == "" {
		return nil
	}

	s := string(t)

	return &s
}

// inSamples turns the spelling of the vendor's table into that of the samples; pairs are table, sample.
func inSamples(t wirejson.Text, pairs ...string) *string {
	s := word(t)
	for i := 0; i+1 < len(pairs); i += 2 {
		if s == pairs[i] {
			s = pairs[i+1]
		}
	}

	return optional(wirejson.Text(s))
}
