package imichat

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Message is one message of a chat, in the spelling of the samples of docs.imi.chat/reference/create-chat.
type Message struct {
	Type               string              `json:"type"`
	Text               string              `json:"text,omitempty"`
	Attachment         *Attachment         `json:"attachment,omitempty"`
	Timestamp          string              `json:"timestamp"`
	ABCSubType         string              `json:"abc_sub_type,omitempty"`
	ListPickerResponse []string            `json:"listpicker_response,omitempty"`
	TimePickerResponse string              `json:"timepicker_response,omitempty"`
	LivechatSubType    string              `json:"livechat_sub_type,omitempty"`
	QuickReplies       *QuickReplies       `json:"quick_replies,omitempty"`
	QuickReplyResponse *QuickReplyResponse `json:"quick_reply_response,omitempty"`
	WhatsAppSubType    string              `json:"whatsapp_sub_type,omitempty"`
	TemplateName       string              `json:"template_name,omitempty"`
	DeliveryDetails    *DeliveryDetails    `json:"delivery_details,omitempty"`
	// Extras come with messages of live chat only, from the custom fields of the widget: custom_chat_attr was seen in pages
	// that embed it. No request takes them.
	Extras map[string]any `json:"extras,omitempty"`
}

// Attachment is a file that is hosted elsewhere.
type Attachment struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

// QuickReplies are the answers that an agent offers on live chat.
type QuickReplies struct {
	RequestIdentifier string       `json:"request_identifier"`
	Options           []QuickReply `json:"options"`
}

// QuickReply is one offered answer.
type QuickReply struct {
	Title   string `json:"title"`
	Payload string `json:"payload"`
}

// QuickReplyResponse is what a customer chose of them.
type QuickReplyResponse struct {
	RequestIdentifier string        `json:"request_identifier"`
	Options           []QuickChoice `json:"options"`
}

// QuickChoice is one chosen answer.
type QuickChoice struct {
	Title string `json:"title"`
}

// DeliveryDetails let a developer follow the delivery of an outbound message.
type DeliveryDetails struct {
	CorrelationID string `json:"correlation_id"`
}

// messageRequest also takes the spelling of the vendor's table, so that it can be told from an unknown field.
type messageRequest struct {
	Message

	TableListPicker []string         `json:"list_picker_response"`
	TableTimePicker string           `json:"time_picker_response"`
	DeliveryDetails *deliveryRequest `json:"delivery_details"`
}

type deliveryRequest struct {
	DeliveryDetails

	TableCorrelationID string `json:"correlationid"`
}

// shape is a kind of message: its direction and the field that names its sub type, with the sub type.
type shape struct{ direction, field, sub string }

// content is what the vendor's samples show of a shape.
type content struct {
	channels []string // Nil is any.
	oneOf    []string // At least one of these.
	may      []string
}

const (
	inbound      = "inbound"
	outbound     = "outbound"
	announcement = "announcement"
)

// shapes returns every sample of docs.imi.chat/reference/create-chat, and the field table where it adds to them.
//
// Unverified: announcement, which has no sample; and that a shape takes nothing but what its sample shows.
func shapes() map[shape]content {
	plain, delivery := []string{"text", "attachment"}, []string{"delivery_details"}

	return map[shape]content{
		{inbound, "", ""}:                                {nil, plain, plain},
		{inbound, "abc_sub_type", "text"}:                {[]string{"abc"}, []string{"text"}, nil},
		{inbound, "abc_sub_type", "listpicker_response"}: {[]string{"abc"}, []string{"listpicker_response"}, nil},
		{inbound, "abc_sub_type", "timepicker_response"}: {[]string{"abc"}, []string{"timepicker_response"}, nil},
		{inbound, "livechat_sub_type", "text"}:           {[]string{"livechat"}, []string{"text"}, nil},
		{inbound, "livechat_sub_type", "quick_replies"}:  {[]string{"livechat"}, []string{"quick_reply_response"}, nil},
		{outbound, "", ""}:                               {nil, plain, []string{"text", "attachment", "delivery_details"}},
		{outbound, "template_name", ""}:                  {[]string{"abc", "whatsapp"}, []string{"template_name"}, delivery},
		{outbound, "whatsapp_sub_type", "text"}:          {[]string{"whatsapp"}, []string{"text"}, delivery},
		{outbound, "whatsapp_sub_type", "hsm"}:           {[]string{"whatsapp"}, []string{"template_name"}, delivery},
		{outbound, "livechat_sub_type", "text"}:          {[]string{"livechat"}, []string{"text"}, delivery},
		{outbound, "livechat_sub_type", "quick_replies"}: {[]string{"livechat"}, []string{"quick_replies"}, delivery},
		{announcement, "", ""}:                           {nil, []string{"text"}, nil},
	}
}

// toMessage reads a message as sent: the table's spelling is taken, but complained about. What the samples do not allow on the
// channel is the error.
func (m *messageRequest) toMessage(req *sandbox.Request, channel string) (Message, error) {
	out := m.Message

	other := func(spelling string) { req.Complain("%s is the spelling of the table, not of the samples", spelling) }
	if m.TableListPicker != nil {
		other("list_picker_response")

		out.ListPickerResponse = m.TableListPicker
	}

	if m.TableTimePicker != "" {
		other("time_picker_response")

		out.TimePickerResponse = m.TableTimePicker
	}

	sub := out.ABCSubType
	if sub == "listpicker" || sub == "timepicker" {
		other("abc_sub_type " + sub)
		out.ABCSubType = sub + "_response"
	}

	if out.LivechatSubType == "quick_reply_response" {
		other("livechat_sub_type quick_reply_response")

		out.LivechatSubType = "quick_replies"
	}

	d := m.DeliveryDetails
	if d != nil {
		out.DeliveryDetails = &DeliveryDetails{d.CorrelationID}
		if d.TableCorrelationID != "" {
			other("correlationid")

			out.DeliveryDetails.CorrelationID = d.TableCorrelationID
		}
	}

	err := out.checkShape(channel)
	if err == nil {
		err = out.checkValues()
	}

	if err == nil && !isSampleTime(out.Timestamp) {
		req.Complain("timestamp %q is not like the samples: UTC, milliseconds and Z", out.Timestamp)
	}

	return out, err
}

// checkShape checks the message's fields against the samples.
func (m *Message) checkShape(channel string) error {
	kind, err := m.findShape()
	if err != nil {
		return err
	}

	want, ok := shapes()[kind]
	if !ok {
		return fmt.Errorf("no sample shows an %s message with %s %q", kind.direction, kind.field, kind.sub)
	}

	what := strings.TrimSpace(kind.direction + " " + kind.field + " " + kind.sub)
	if want.channels != nil && !slices.Contains(want.channels, channel) {
		return fmt.Errorf("%s does not go on channel %s", what, channel)
	}

	has := m.fieldNames()

	if !slices.ContainsFunc(want.oneOf, func(f string) bool { return slices.Contains(has, f) }) {
		return fmt.Errorf("%s needs %s", what, strings.Join(want.oneOf, " or "))
	}

	for _, field := range has {
		if !slices.Contains(want.oneOf, field) && !slices.Contains(want.may, field) {
			return fmt.Errorf("%s does not take %s", what, field)
		}
	}

	return nil
}

func (m *Message) findShape() (shape, error) {
	kind := shape{direction: m.Type}
	if !slices.Contains([]string{inbound, outbound, announcement}, m.Type) {
		return kind, fmt.Errorf("message type %q is none of inbound, outbound, announcement", m.Type)
	}

	for field, sub := range map[string]string{
		"abc_sub_type": m.ABCSubType, "livechat_sub_type": m.LivechatSubType, "whatsapp_sub_type": m.WhatsAppSubType,
	} {
		if sub == "" {
			continue
		}

		if kind.field != "" {
			return kind, fmt.Errorf("a message has one sub type, not %s and %s", kind.field, field)
		}

		kind.field, kind.sub = field, sub
	}

	if kind.field == "" && m.TemplateName != "" {
		kind.field = "template_name"
	}

	return kind, nil
}

// fieldNames lists what the message carries besides direction, sub type and time.
func (m *Message) fieldNames() []string {
	var has []string

	for _, field := range []struct {
		name    string
		present bool
	}{
		{"text", m.Text != ""},
		{"attachment", m.Attachment != nil},
		{"listpicker_response", m.ListPickerResponse != nil},
		{"timepicker_response", m.TimePickerResponse != ""},
		{"quick_replies", m.QuickReplies != nil},
		{"quick_reply_response", m.QuickReplyResponse != nil},
		{"template_name", m.TemplateName != ""},
		{"delivery_details", m.DeliveryDetails != nil},
		{"extras", m.Extras != nil},
	} {
		if field.present {
			has = append(has, field.name)
		}
	}

	return has
}

// checkValues checks the values of the fields that fit.
func (m *Message) checkValues() error {
	if _, err := time.Parse(time.RFC3339Nano, m.Timestamp); err != nil {
		return fmt.Errorf("timestamp %q is not a UTC date and time", m.Timestamp)
	}

	a := m.Attachment
	if a != nil {
		if !slices.Contains([]string{"image", "audio", "video", "file"}, a.Type) {
			return fmt.Errorf("attachment type %q is none of image, audio, video, file", a.Type)
		}

		if u, err := url.Parse(a.URL); err != nil || u.Host == "" {
			return fmt.Errorf("attachment url %q is not the address of a hosted file", a.URL)
		}
	}

	t := m.TimePickerResponse
	if t != "" {
		if _, err := time.Parse(time.RFC3339Nano, t); err != nil {
			return fmt.Errorf("timepicker_response %q is not a UTC date and time", t)
		}
	}

	q := m.QuickReplies
	if q != nil {
		if q.RequestIdentifier == "" || len(q.Options) == 0 ||
			slices.ContainsFunc(q.Options, func(o QuickReply) bool { return o.Title == "" || o.Payload == "" }) {
			return fmt.Errorf("quick_replies need request_identifier, and options with title and payload")
		}
	}

	response := m.QuickReplyResponse
	if response != nil {
		if response.RequestIdentifier == "" || len(response.Options) == 0 ||
			slices.ContainsFunc(response.Options, func(o QuickChoice) bool { return o.Title == "" }) {
			return fmt.Errorf("quick_reply_response needs request_identifier, and options with title")
		}
	}

	d := m.DeliveryDetails
	if d != nil && d.CorrelationID == "" {
		return fmt.Errorf("delivery_details need correlation_id")
	}

	return nil
}

func isSampleTime(text string) bool {
	_, err := time.Parse(stamp, text)
	return err == nil
}
