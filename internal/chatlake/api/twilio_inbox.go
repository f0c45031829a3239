package api

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// TwilioClass is what the server calls every channel at Twilio. The field medium tells SMS from WhatsApp.
const TwilioClass = "Channel::TwilioSms"

// TwilioWhatsApp stands before the number of a WhatsApp channel at Twilio in answers.
const TwilioWhatsApp = "whatsapp:"

// TwilioInboxRequest is what the create of an inbox at Twilio sends: a number or a service, and nothing else of the inbox than
// its name. The token is that of the account, or of the key if there is one.
type TwilioInboxRequest struct {
	Name                string `json:"name"`
	Medium              string `json:"medium"` // sms or whatsapp.
	PhoneNumber         string `json:"phone_number,omitempty"`
	MessagingServiceSID string `json:"messaging_service_sid,omitempty"`
	AccountSID          string `json:"account_sid"`
	AuthToken           string `json:"auth_token"`
	APIKeySID           string `json:"api_key_sid,omitempty"`
}

// isAnsweredBy reports whether an inbox is the one that the request made: no two have the same number or service.
func (r TwilioInboxRequest) isAnsweredBy(found Inbox) bool {
	number, _ := found.Channel["phone_number"].(string)
	service, _ := found.Channel["messaging_service_sid"].(string)

	wanted := r.PhoneNumber
	if r.Medium == "whatsapp" {
		wanted = TwilioWhatsApp + wanted
	}

	return found.ID != 0 && found.ChannelType == TwilioClass && (service != "" && service == r.MessagingServiceSID || number != "" && number == wanted)
}

// twilioAnswer is the answer to the create of an inbox at Twilio: the inbox, if it is in there.
type twilioAnswer struct{ inbox Inbox }

// UnmarshalJSON looks for an inbox: the object itself, or one inside of it.
func (a *twilioAnswer) UnmarshalJSON(raw []byte) error {
	var fields map[string]json.RawMessage

	err := json.Unmarshal(raw, &fields)
	if err != nil {
		return nil //nolint:nilerr // Whatever else a success says, the inbox is looked for.
	}

	for _, candidate := range append([]json.RawMessage{raw}, objectsIn(fields)...) {
		var inbox Inbox

		err := json.Unmarshal(candidate, &inbox)
		if err == nil && inbox.ID != 0 && inbox.ChannelType != "" {
			a.inbox = inbox
			return nil
		}
	}

	return nil
}

// objectsIn returns those values of an object that are objects.
func objectsIn(fields map[string]json.RawMessage) []json.RawMessage {
	var objects []json.RawMessage

	for _, value := range fields {
		if strings.HasPrefix(string(value), "{") {
			objects = append(objects, value)
		}
	}

	return objects
}

// CreateTwilioInbox makes an inbox with a channel at Twilio. The server asks Twilio first.
//
// Unverified: the answer, because no recorded server reached Twilio. If it does not hold the inbox, that is looked for by its
// number or service.
//
// https://developers.chatwoot.com/api-reference/inboxes/create-an-inbox
func (c *Client) CreateTwilioInbox(ctx context.Context, request TwilioInboxRequest) (Inbox, error) {
	defer c.inboxes.Drop()

	call := c.create("POST", "/channels/twilio_channel").WithJSON(wrapped("twilio_channel", request))
	answer, err := transport.Do[twilioAnswer](ctx, c.sender, call)

	failure := transport.As(err)
	isDone := err == nil || failure != nil && failure.Reason == transport.Unusable && failure.Status < 300

	if !isDone {
		return Inbox{}, err
	}

	if request.isAnsweredBy(answer.inbox) {
		return answer.inbox, nil
	}

	c.inboxes.Drop()

	made, err := ReadBack(ctx, "the new inbox", func(ctx context.Context) (Inbox, error) { return c.findTwilioInbox(ctx, request) },
		func(found Inbox) bool { return found.ID != 0 })

	if err != nil || made.ID == 0 {
		return Inbox{}, unusable(call, "the inbox was made, but neither the answer nor the list of inboxes has it")
	}

	return made, nil
}

// findTwilioInbox looks for the inbox that a request made; without one, it returns the zero value.
func (c *Client) findTwilioInbox(ctx context.Context, request TwilioInboxRequest) (Inbox, error) {
	all, err := c.Inboxes(ctx)
	for _, found := range all {
		if request.isAnsweredBy(found) {
			return found, nil
		}
	}

	return Inbox{}, err
}
