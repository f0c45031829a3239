package imichat_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

const (
	sampleTime = "2019-08-16T22:02:13.842Z"
	sampleURL  = "https://files.example.com/a.png"
)

// sample is one of the vendor's samples: how it is written here, and the JSON that the page shows.
type sample struct {
	channel string
	message values
	sent    string
}

// samples are all of https://docs.imi.chat/reference/create-chat, in its order, and an announcement, which has none.
func samples() map[string]sample {
	stamped := func(m values) values { m["timestamp"] = sampleTime; return m }
	delivered := func(m values) values {
		m["delivery_details"] = values{"correlation_id": "1234567890123456789012345678"}
		return stamped(m)
	}
	file := values{"type": "image", "url": sampleURL}

	const (
		fileJSON     = `"attachment":{"type":"image","url":"` + sampleURL + `"}`
		at, delivery = `"timestamp":"` + sampleTime + `"`, `"delivery_details":{"correlation_id":"1234567890123456789012345678"}`
	)

	return map[string]sample{
		"inbound text":            {"sms", stamped(values{"type": "inbound", "text": "Hi"}), `{"type":"inbound","text":"Hi",` + at + `}`},
		"inbound file and text":   {"api", stamped(values{"type": "inbound", "text": "Hi", "attachment": file}), `{"type":"inbound","text":"Hi",` + fileJSON + `,` + at + `}`},
		"inbound file":            {"email", stamped(values{"type": "inbound", "attachment": file}), `{"type":"inbound",` + fileJSON + `,` + at + `}`},
		"inbound abc text":        {"abc", stamped(values{"type": "inbound", "abc_sub_type": "text", "text": "Hi"}), `{"type":"inbound","text":"Hi",` + at + `,"abc_sub_type":"text"}`},
		"inbound abc list picker": {"abc", stamped(values{"type": "inbound", "abc_sub_type": "listpicker_response", "listpicker_response": []any{"item1", "item2"}}), `{"type":"inbound",` + at + `,"abc_sub_type":"listpicker_response","listpicker_response":["item1","item2"]}`},
		"inbound abc time picker": {"abc", stamped(values{"type": "inbound", "abc_sub_type": "timepicker_response", "timepicker_response": "2019-08-17T00:02:13.842+02:00"}), `{"type":"inbound",` + at + `,"abc_sub_type":"timepicker_response","timepicker_response":"` + sampleTime + `"}`},
		"inbound livechat text":   {"livechat", stamped(values{"type": "inbound", "livechat_sub_type": "text", "text": "Hi"}), `{"type":"inbound","text":"Hi",` + at + `,"livechat_sub_type":"text"}`},
		"inbound livechat replies": {
			"livechat", stamped(values{"type": "inbound", "livechat_sub_type": "quick_replies", "quick_reply_response": values{"request_identifier": "13jh", "options": []any{values{"title": "Option 2"}}}}),
			`{"type":"inbound",` + at + `,"livechat_sub_type":"quick_replies","quick_reply_response":{"request_identifier":"13jh","options":[{"title":"Option 2"}]}}`,
		},
		"outbound text":          {"twitter", delivered(values{"type": "outbound", "text": "Hi"}), `{"type":"outbound","text":"Hi",` + at + `,` + delivery + `}`},
		"outbound file and text": {"facebook", delivered(values{"type": "outbound", "text": "Hi", "attachment": file}), `{"type":"outbound","text":"Hi",` + fileJSON + `,` + at + `,` + delivery + `}`},
		"outbound file":          {"api", delivered(values{"type": "outbound", "attachment": file}), `{"type":"outbound",` + fileJSON + `,` + at + `,` + delivery + `}`},
		"outbound abc template":  {"abc", stamped(values{"type": "outbound", "template_name": "welcome"}), `{"type":"outbound",` + at + `,"template_name":"welcome"}`},
		"outbound whatsapp text": {"whatsapp", delivered(values{"type": "outbound", "whatsapp_sub_type": "text", "text": "Hi"}), `{"type":"outbound","text":"Hi",` + at + `,"whatsapp_sub_type":"text",` + delivery + `}`},
		"outbound whatsapp hsm":  {"whatsapp", delivered(values{"type": "outbound", "whatsapp_sub_type": "hsm", "template_name": "welcome"}), `{"type":"outbound",` + at + `,"whatsapp_sub_type":"hsm","template_name":"welcome",` + delivery + `}`},
		"outbound livechat text": {"livechat", delivered(values{"type": "outbound", "livechat_sub_type": "text", "text": "Hi"}), `{"type":"outbound","text":"Hi",` + at + `,"livechat_sub_type":"text",` + delivery + `}`},
		"outbound livechat replies": {
			"livechat", delivered(values{"type": "outbound", "livechat_sub_type": "quick_replies", "quick_replies": values{"request_identifier": "12kj", "options": []any{values{"title": "Option 1", "payload": "option-1"}}}}),
			`{"type":"outbound",` + at + `,"livechat_sub_type":"quick_replies","quick_replies":{"request_identifier":"12kj","options":[{"title":"Option 1","payload":"option-1"}]},` + delivery + `}`,
		},
		"announcement": {"sms", stamped(values{"type": "announcement", "text": "Hi"}), `{"type":"announcement","text":"Hi",` + at + `}`},
	}
}

// on returns a chat on a channel of the tenant.
func on(channel string, more values) values {
	destination := "customer-1"

	switch channel {
	case "sms", "whatsapp":
		destination = "447700900123"
	case "email":
		destination = "ana@example.com"
	}

	config := values{"channel": channel, "asset": values{"id": imichat.AssetID(channel)}, "customer": values{"destination_id": destination}}
	for name, value := range more {
		config[name] = value
	}

	return config
}

// TestMessage_samples sends every sample with a new chat and by itself, and reads it back in both spellings.
func TestMessage_samples(t *testing.T) {
	d := open(t)
	for name, s := range samples() {
		t.Run(name, func(t *testing.T) {
			d.Journal.Clear()

			config := on(s.channel, values{"initial_messages": []any{s.message}})
			chat := d.create("imichat_chat", config)

			var body struct{ Messages []json.RawMessage }

			post := d.Journal.Writes()[0]
			if err := json.Unmarshal(post.Body, &body); err != nil || len(body.Messages) != 1 || string(body.Messages[0]) != s.sent {
				t.Errorf("sent %s\nnot  %s", post.Body, s.sent)
			}

			d.quiet(d.read(chat), config)

			d.Journal.Clear()

			message := values{"chat_id": chat.String("id")}
			for name, value := range s.message {
				message[name] = value
			}

			sent := d.create("imichat_message", message)

			writes := d.Journal.Writes()
			if len(writes) != 1 || string(writes[0].Body) != s.sent || d.Journal.Count("") != 1 {
				t.Errorf("%d requests, sent %s", d.Journal.Count(""), writes[0].Body)
			}

			d.quiet(d.read(sent), message)

			var before string

			for _, table := range []bool{false, true} {
				d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.TableSpelling = table })

				found, diags := d.Data(t.Context(), "imichat_chat", values{"chat_id": chat.String("id")})
				if len(diags) > 0 {
					t.Fatal(diags)
				}

				now := found.String()
				if table && now != before {
					t.Errorf("the table's spelling reads as\n%s\nnot\n%s", now, before)
				} else {
					before = now
				}
			}

			d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.TableSpelling = false })

			if !strings.Contains(before, sampleTime) {
				t.Errorf("the transcript is not in %s", before)
			}
		})
	}
}

// TestMessage_refused checks what is accepted per channel and direction, when planning.
func TestMessage_refused(t *testing.T) {
	d := open(t)
	for name, test := range map[string]struct {
		channel string
		message values
		wants   []string
	}{
		"no content":               {"sms", values{"type": "inbound"}, []string{"An inbound message needs text or attachment."}},
		"delivery of inbound":      {"sms", values{"type": "inbound", "text": "a", "delivery_details": values{"correlation_id": "1"}}, []string{"takes text, attachment, and not delivery_details", "outbound messages"}},
		"announced file":           {"sms", values{"type": "announcement", "text": "a", "attachment": values{"type": "file", "url": sampleURL}}, []string{"An announcement message takes text, and not attachment"}},
		"announced sub type":       {"abc", values{"type": "announcement", "text": "a", "abc_sub_type": "text"}, []string{"takes no abc_sub_type", "Leave it out."}},
		"abc on another channel":   {"sms", values{"type": "inbound", "abc_sub_type": "text", "text": "a"}, []string{"abc_sub_type is for channel abc, and the chat's channel is sms", "Leave it out."}},
		"abc outbound":             {"abc", values{"type": "outbound", "abc_sub_type": "text", "text": "a"}, []string{"An outbound message takes no abc_sub_type"}},
		"list picker, no list":     {"abc", values{"type": "inbound", "abc_sub_type": "listpicker_response"}, []string{"needs listpicker_response"}},
		"list, no list picker":     {"abc", values{"type": "inbound", "text": "a", "listpicker_response": []any{"a"}}, []string{`Set abc_sub_type = "listpicker_response"`}},
		"list picker with text":    {"abc", values{"type": "inbound", "abc_sub_type": "listpicker_response", "listpicker_response": []any{"a"}, "text": "a"}, []string{"takes listpicker_response, and not text"}},
		"slot, no time picker":     {"abc", values{"type": "inbound", "text": "a", "timepicker_response": sampleTime}, []string{`Set abc_sub_type = "timepicker_response"`}},
		"replies from customer":    {"livechat", values{"type": "inbound", "livechat_sub_type": "quick_replies", "quick_replies": values{"request_identifier": "1", "options": []any{values{"title": "a", "payload": "b"}}}}, []string{"takes quick_reply_response, and not quick_replies"}},
		"replies, no sub type":     {"livechat", values{"type": "outbound", "text": "a", "quick_replies": values{"request_identifier": "1", "options": []any{values{"title": "a", "payload": "b"}}}}, []string{`Set livechat_sub_type = "quick_replies"`}},
		"livechat on sms":          {"sms", values{"type": "outbound", "livechat_sub_type": "text", "text": "a"}, []string{"livechat_sub_type is for channel livechat"}},
		"template on sms":          {"sms", values{"type": "outbound", "template_name": "a"}, []string{"template_name is for channel abc or whatsapp, and the chat's channel is sms"}},
		"template from customer":   {"whatsapp", values{"type": "inbound", "text": "a", "template_name": "a"}, []string{"An inbound message takes text, attachment, and not template_name"}},
		"hsm without template":     {"whatsapp", values{"type": "outbound", "whatsapp_sub_type": "hsm", "text": "a"}, []string{"takes template_name, delivery_details, and not text", "needs template_name"}},
		"whatsapp from customer":   {"whatsapp", values{"type": "inbound", "whatsapp_sub_type": "text", "text": "a"}, []string{"An inbound message takes no whatsapp_sub_type"}},
		"two sub types":            {"abc", values{"type": "inbound", "abc_sub_type": "text", "livechat_sub_type": "text", "text": "a"}, []string{"a message has one of them"}},
		"unknown type":             {"sms", values{"type": "sideways", "text": "a"}, []string{`"inbound"`, `"announcement"`}},
		"unknown abc sub type":     {"abc", values{"type": "inbound", "abc_sub_type": "listpicker", "text": "a"}, []string{`"listpicker_response"`}},
		"unknown livechat":         {"livechat", values{"type": "inbound", "livechat_sub_type": "quick_reply_response", "text": "a"}, []string{`"quick_replies"`}},
		"unknown whatsapp":         {"whatsapp", values{"type": "outbound", "whatsapp_sub_type": "list", "text": "a"}, []string{`"hsm"`}},
		"empty text":               {"sms", values{"type": "inbound", "text": ""}, []string{"needs text or attachment"}},
		"timestamp":                {"sms", values{"type": "inbound", "text": "a", "timestamp": "yesterday"}, []string{"RFC 3339"}},
		"slot":                     {"abc", values{"type": "inbound", "abc_sub_type": "timepicker_response", "timepicker_response": "noon"}, []string{"RFC 3339"}},
		"address of file":          {"sms", values{"type": "inbound", "attachment": values{"type": "file", "url": "/a.png"}}, []string{"https://"}},
		"no items":                 {"abc", values{"type": "inbound", "abc_sub_type": "listpicker_response", "listpicker_response": []any{}}, []string{"needs listpicker_response"}},
		"no options":               {"livechat", values{"type": "outbound", "livechat_sub_type": "quick_replies", "quick_replies": values{"request_identifier": "1", "options": []any{}}}, []string{"at least 1"}},
		"no request identifier":    {"livechat", values{"type": "outbound", "livechat_sub_type": "quick_replies", "quick_replies": values{"request_identifier": "", "options": []any{values{"title": "a", "payload": "b"}}}}, []string{"request_identifier"}},
		"empty template":           {"abc", values{"type": "outbound", "template_name": ""}, []string{"needs text or attachment"}},
		"empty correlation id":     {"sms", values{"type": "outbound", "text": "a", "delivery_details": values{"correlation_id": ""}}, []string{"correlation_id"}},
		"empty title of an answer": {"livechat", values{"type": "inbound", "livechat_sub_type": "quick_replies", "quick_reply_response": values{"request_identifier": "1", "options": []any{values{"title": ""}}}}, []string{"title"}},
	} {
		t.Run(name, func(t *testing.T) {
			wants(t, d.Validate("imichat_chat", on(test.channel, values{"initial_messages": []any{test.message}})), test.wants...)
		})
	}

	if d.requests() != 0 {
		t.Error("checking asked the platform")
	}
}

// TestMessage_unknown lets values through that are not known yet.
func TestMessage_unknown(t *testing.T) {
	d := open(t)

	for name, message := range map[string]values{
		"type":       {"type": unknown(), "text": "a"},
		"text":       {"type": "inbound", "text": unknown()},
		"sub type":   {"type": "inbound", "abc_sub_type": unknown(), "listpicker_response": []any{"a"}},
		"attachment": {"type": "inbound", "attachment": unknown()},
		"address":    {"type": "inbound", "attachment": values{"type": "file", "url": unknown()}},
		"list":       {"type": "inbound", "abc_sub_type": "listpicker_response", "listpicker_response": unknown()},
	} {
		for _, channel := range []any{"abc", unknown()} {
			config := on("abc", values{"initial_messages": []any{message}})
			config["channel"] = channel

			diags := d.Validate("imichat_chat", config)
			if len(diags) > 0 {
				t.Errorf("%s: %s", name, diags)
			}
		}

		message["chat_id"] = unknown()

		diags := d.Validate("imichat_message", message)
		if len(diags) > 0 {
			t.Errorf("%s alone: %s", name, diags)
		}
	}

	for _, whole := range []values{{"initial_messages": unknown()}, {"asset": unknown()}, {"customer": unknown()}, {"tags": unknown()}, {"other_details": unknown()}} {
		diags := d.Validate("imichat_chat", on("sms", whole))
		if len(diags) > 0 {
			t.Errorf("%v: %s", whole, diags)
		}
	}
}

// TestMessage_channel knows the channel through the chat alone.
func TestMessage_channel(t *testing.T) {
	d := open(t)
	chat := d.create("imichat_chat", on("sms", nil))
	wrong := values{"chat_id": chat.String("id"), "type": "inbound", "abc_sub_type": "text", "text": "a"}
	next := d.again()
	d.Journal.Clear()

	_, diags := next.Create(t.Context(), "imichat_message", wrong)
	wants(t, diags, "abc_sub_type is for channel abc, and the chat's channel is sms")

	if len(d.Journal.Writes()) > 0 {
		t.Error("the message was sent")
	}

	d.Journal.Clear()

	plain := values{"chat_id": chat.String("id"), "type": "inbound", "text": "a"}
	next.create("imichat_message", plain)

	n := d.requests()
	if n != 1 {
		t.Errorf("a plain message cost %d requests", n)
	}
	// The chat may not exist before the apply: the check comes then.
	_, diags = d.Create(t.Context(), "imichat_message", values{"chat_id": "CSR0000000000000", "type": "inbound", "abc_sub_type": "text", "text": "a"})
	wants(t, diags, "append a message to chat CSR0000000000000", "2031: Provided Chat ID does not exist")
}

func TestMessage_event(t *testing.T) {
	d := open(t)
	chat := d.create("imichat_chat", newChat(nil))
	id := chat.String("id")
	config := values{"chat_id": id, "type": "outbound", "text": "Hi", "delivery_details": values{"correlation_id": "c-1"}, "triggers": values{"n": "1"}}

	message := d.create("imichat_message", config)
	if message.String("id") != id+"/c-1" || d.Identity(message)["id"] != id+"/c-1" || message.String("timestamp") != "" {
		t.Errorf("the state has %v", message.State)
	}

	stamp := d.chat(chat).Messages[0].Timestamp
	if !recent(stamp) {
		t.Errorf("sent at %s", stamp)
	}

	d.quiet(message, config)
	d.Journal.Clear()
	next := d.again()
	next.read(message)
	next.read(message)
	next.read(chat)
	next.read(message)

	n := d.requests()
	if n != 3 { // One of them is authorize.
		t.Errorf("reading a chat and its messages cost %d requests", n)
	}

	// No longer in the transcript: no reason to send it again.
	d.IMIchat.SetSwitches(func(s *imichat.Switches) { s.TranscriptLimit = 1 })
	d.act("inbound", values{"chat_id": id, "text": "later"})
	message = d.again().read(message)
	d.quiet(message, config)

	for name, value := range map[string]any{"triggers": values{"n": "2"}, "text": "Hello", "chat_id": "CSR1", "type": "inbound", "timestamp": sampleTime, "delivery_details": values{"correlation_id": "c-2"}} {
		changed := values{}
		for k, v := range config {
			changed[k] = v
		}

		changed[name] = value
		if !d.replaces(message, changed) {
			t.Errorf("another %s sends no new message", name)
		}
	}

	gone, diags := d.Apply(t.Context(), message, nil)
	warns(t, diags, "The message stays in the chat")

	if !gone.Gone() || len(d.chat(chat).Messages) != 2 {
		t.Error("destroy did more than forget")
	}

	_, diags = d.Import(t.Context(), "imichat_message", message.String("id"))
	wants(t, diags, "A message cannot be imported")

	// A chat that is gone takes its messages with it.
	d.act("purge_chat", values{"chat_id": id})

	if !d.again().read(message).Gone() {
		t.Error("the message of a chat that is gone is still in the state")
	}
}

func recent(stamp string) bool {
	at, err := time.Parse("2006-01-02T15:04:05.000Z", stamp)
	return err == nil && time.Since(at).Abs() < time.Minute
}

// TestMessage_order gives messages without a timestamp one each, in order.
func TestMessage_order(t *testing.T) {
	d := open(t)

	var messages []any
	for i := range 5 {
		messages = append(messages, values{"type": "inbound", "text": fmt.Sprint(i)})
	}

	chat := d.create("imichat_chat", newChat(values{"initial_messages": messages}))

	var stamps []string
	for _, m := range d.chat(chat).Messages {
		stamps = append(stamps, m.Timestamp)
	}

	if !slices.IsSorted(stamps) || len(slices.Compact(stamps)) != 5 {
		t.Errorf("sent at %v", stamps)
	}
}
