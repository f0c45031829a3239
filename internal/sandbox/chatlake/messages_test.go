package chatlake_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestMessageCreate(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	path += "/messages"

	for _, c := range []struct {
		name, body string
		status     int
		want       string
	}{
		{"outgoing", `{"content":"hi"}`, 200, `{"content":"hi","message_type":1,"content_type":"text","status":"sent","private":false,
			"sender":{"id":11,"type":"user","name":"Ada Administrator","available_name":"<any>"}}`},
		{"private", `{"content":"psst","private":true}`, 200, `{"private":true}`},
		{"without content", `{}`, 200, `{"content":null}`},
		{"source and echo", `{"content":"x","source_id":"m-1","echo_id":"e-1"}`, 200, `{"source_id":"m-1","echo_id":"e-1"}`},
		{"incoming", `{"content":"x","message_type":"incoming"}`, 200, `{"message_type":0,"sender":{"type":"contact","name":"Contact 1","blocked":false}}`},
		{"attributes", `{"content":"x","content_attributes":{"free":{"n":1}}}`, 200, `{"content_attributes":{"free":{"n":1}}}`},
		{"attributes as text", `{"content":"x","content_attributes":"{\"free\":1}"}`, 200, `{"content_attributes":{"free":1}}`},
		{
			"reply to", `{"content":"x","content_attributes":{"in_reply_to":5004}}`, 200,
			`{"content_attributes":{"in_reply_to":5004,"in_reply_to_external_id":"m-1"}}`,
		},
		{
			"reply to nothing", `{"content":"x","content_attributes":{"in_reply_to":1}}`, 200,
			`{"content_attributes":{"in_reply_to":null,"in_reply_to_external_id":null}}`,
		},
		{
			"rule drops the rest", `{"content":"x","content_attributes":{"automation_rule_id":7,"free":1}}`, 200,
			`{"content_attributes":{"automation_rule_id":7,"free":"<absent>"}}`,
		},
		{
			"external date", `{"content":"x","external_created_at":1700000000}`, 200,
			`{"content_attributes":{"external_created_at":1700000000},"created_at":1772600767}`,
		},
		{
			"template", `{"content":"x","template_params":{"name":"hello","language":"en","processed_params":{"1":"a"}}}`, 200,
			`{"content_attributes":{},"additional_attributes":"<absent>"}`,
		},
		{"campaign", `{"content":"x","campaign_id":3}`, 200, ``},
		{"as a bot", `{"content":"x","sender_type":"AgentBot","sender_id":31}`, 200, `{"sender":{"id":31,"type":"agent_bot","name":"Sandbox bot"}}`},
		{
			"select", `{"content":"x","content_type":"input_select","content_attributes":{"items":[{"title":"A","value":"a"}]}}`, 200,
			`{"content_type":"input_select","content_attributes":{"items":[{"title":"A","value":"a"}]}}`,
		},
		{"cards", `{"content":"x","content_type":"cards","content_attributes":{"items":[{"title":"A","media_url":"u","description":"d",
			"actions":[{"type":"link","text":"t","uri":"u"},{"type":"postback","text":"t","payload":"p"}]}]}}`, 200, `{"content_type":"cards"}`},
		{"form", `{"content":"x","content_type":"form","content_attributes":{"items":[{"name":"n","type":"text","label":"l","required":true,"pattern_error":"e"}]}}`, 200, ``},
		{"article", `{"content":"x","content_type":"article","content_attributes":{"items":[{"title":"t","description":"d","link":"l"}]}}`, 200, ``},
		{
			"select without items", `{"content":"x","content_type":"input_select","content_attributes":{"items":[]}}`, 422,
			`{"error":"Validation failed: Content attributes At least one item is required."}`,
		},
		{"select with a stranger", `{"content":"x","content_type":"input_select","content_attributes":{"items":[{"name":"A"}]}}`, 422, `{"error":"<any>"}`},
		{"cards without actions", `{"content":"x","content_type":"cards","content_attributes":{"items":[{"title":"A"}]}}`, 422, `{"error":"<any>"}`},
		{
			"too long", `{"content":"` + strings.Repeat("x", 150_001) + `"}`, 422,
			`{"error":"Validation failed: Content is too long (maximum is 150000 characters)","message":"<absent>"}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.T = t
			w.want("POST", path, c.body, c.status, c.want)
			w.quiet()
		})
	}

	w.T = t
	w.want("POST", path, `{"content":"x","content_type":"carousel"}`, 422, `{"error":"'carousel' is not a valid content_type"}`)
	w.complains("carousel")
	w.want("POST", path, `{"content":"x","message_type":"sent"}`, 422, `{"error":"'sent' is not a valid message_type"}`)
	w.complains("sent")
	held := w.p.Messages(1)

	got := held[11].AdditionalAttributes["template_params"]
	if got == nil {
		t.Errorf("template_params were not kept: %+v", held[11])
	}
}

func TestIncomingNeedsAPIInbox(t *testing.T) {
	w := newWorld(t)
	x := w.contact(`{"name":"x","inbox_id":102,"source_id":"web"}`)
	w.want("POST", "/conversations", `{"inbox_id":102,"contact_id":`+x+`,"source_id":"web"}`, 200, "")
	w.want("POST", "/conversations/1/messages", `{"content":"x","message_type":"incoming"}`, 422,
		`{"error":"Incoming messages are only allowed in Api inboxes"}`)
	id := w.make("/conversations/1/messages", `{"content":"x"}`, "id")
	w.want("PATCH", "/conversations/1/messages/"+id, `{"status":"delivered"}`, 403,
		`{"error":"Message status update is only allowed for API inboxes"}`)
	w.quiet()
}

// TestMailMessages wants what a server keeps of a message in an e-mail inbox, beside what was sent about the e-mail.
func TestMailMessages(t *testing.T) {
	w := newWorld(t)
	inbox := w.make("/inboxes", `{"name":"Mail","channel":{"type":"email","email":"care@shop.example"}}`, "id")
	x := w.contact(`{"name":"Mira","email":"mira@gmail.com"}`)
	path := "/conversations/" + w.make("/conversations", `{"inbox_id":`+inbox+`,"contact_id":`+x+`}`, "id") + "/messages"

	w.want("POST", path, `{"content":"Hello","content_attributes":{"email":{"subject":"S"}}}`, 200,
		`{"content_attributes":{"email":{"subject":"S","html_content":{"full":"<p>Hello</p>\n","reply":"<p>Hello</p>\n"},"text_content":{"full":"Hello","reply":"Hello"}}}}`)
	w.want("POST", path, `{"content":"Hello","email_html_content":"<b>Hello</b>"}`, 200,
		`{"content_attributes":{"email":{"html_content":{"full":"<b>Hello</b>"},"text_content":{"full":"Hello"}}}}`)
	w.want("POST", path, `{"content":"Hello","private":true}`, 200, `{"content_attributes":{"email":"<absent>"}}`)
}

func TestLiquid(t *testing.T) {
	w := newWorld(t)
	x := w.contact(`{"name":"mira SAMPLE","email":"a@gmail.com","phone_number":"+4911","custom_attributes":{"tier":"gold"},"inbox_id":101,"source_id":"l"}`)
	w.want("POST", "/conversations", `{"inbox_id":101,"contact_id":`+x+`,"source_id":"l","custom_attributes":{"order":7}}`, 200, "")

	for _, c := range []struct{ content, want string }{
		{"Hello {{contact.name}}", "Hello Mira Sample"},
		{"{{ contact.first_name }} {{contact.last_name | upcase}}", "Mira SAMPLE"},
		{"{{contact.email}} {{contact.phone_number}} {{contact.custom_attribute.tier}}", "a@gmail.com +4911 gold"},
		{"#{{conversation.display_id}} {{conversation.custom_attribute.order}} in {{inbox.name}}", "#1 7 in Sandbox API"},
		{"{{agent.name}}", "Ada Administrator"},
		{"[{{contact.shoe}}]", "[]"},
		{`{{contact.shoe | default: "none"}}`, "none"},
		{"`{{contact.name}}` and ```\n{{contact.name}}\n```", "`{{contact.name}}` and ```\n{{contact.name}}\n```"},
		{"{% raw %}{{contact.name}}{% endraw %}", "{{contact.name}}"},
		{"broken {{contact.name", "broken {{contact.name"},
		{"100 % of { nothing }", "100 % of { nothing }"},
		{"{% nonsense %}{{contact.name}}", "{% nonsense %}{{contact.name}}"},
		{"{% comment %}{{contact.name}}{% endcomment %}{% assign a = 1 %}x", "x"},
	} {
		_, body := w.send("POST", "/conversations/1/messages", fmt.Sprintf(`{"content":%q}`, c.content))

		got := w.get(body, "content")
		if got != c.want {
			t.Errorf("%q became %q, want %q", c.content, got, c.want)
		}
	}

	w.want("POST", "/conversations/1/messages", `{"content":"{{contact.name}}","message_type":"incoming"}`, 200, `{"content":"{{contact.name}}"}`)
	w.quiet()
}

func TestMessageAttachments(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	form := func(files int, fields map[string]string) (string, []byte) {
		var body bytes.Buffer

		writer := multipart.NewWriter(&body)
		for i := range files {
			part, err := writer.CreateFormFile("attachments[]", fmt.Sprintf("f%d.txt", i))
			if err != nil {
				t.Fatal(err)
			}

			_, _ = part.Write([]byte("data"))
		}

		for key, value := range fields {
			_ = writer.WriteField(key, value)
		}

		_ = writer.Close()

		return writer.FormDataContentType(), body.Bytes()
	}
	contentType, body := form(2, map[string]string{
		"content": "files", "private": "true", "message_type": "outgoing", "content_attributes": `{"k":"v"}`, "source_id": "s",
	})
	status, got := w.raw("POST", path+"/messages", contentType, body)
	w.compare("two files", status, got, 200, `{"content":"files","private":true,"source_id":"s","content_attributes":{"k":"v"},
		"attachments":[{"id":"<any>","message_id":5001,"file_type":"file","account_id":1,"data_url":"<any>","thumb_url":"","file_size":4},{}]}`)

	contentType, body = form(16, nil)
	status, got = w.raw("POST", path+"/messages", contentType, body)
	w.compare("many", status, got, 200, "")
	w.quiet()

	held := w.p.Messages(1)
	if len(held) != 2 || strings.Join(held[0].Attachments, " ") != "f0.txt f1.txt" {
		t.Errorf("held %+v", held)
	}
}

func TestMessageWindow(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")

	path += "/messages"
	for i := range 130 {
		w.want("POST", path, fmt.Sprintf(`{"content":"m%d"}`, i), 200, "")
	}

	ids := func(query string) string {
		_, body := w.send("GET", path+query, "")

		rows := w.get(body, "payload").([]any) //nolint:forcetypeassert,errcheck // A list, or the test fails.
		if len(rows) == 0 {
			return "none"
		}

		return fmt.Sprintf("%d:%v-%v", len(rows), w.get(body, "payload.0.id"), w.get(body, fmt.Sprintf("payload.%d.id", len(rows)-1)))
	}
	for _, c := range []struct{ query, want string }{
		{"", "20:5111-5130"},
		{"?before=5111", "20:5091-5110"},
		{"?after=5001", "100:5002-5101"},
		{"?after=5007&before=5008", "1:5007-5007"},
		{"?after=5001&before=5131", "130:5001-5130"},
		{"?after=5130", "none"},
		{"?before=5003", "2:5001-5002"},
	} {
		got := ids(c.query)
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.query, got, c.want)
		}
	}

	w.want("GET", path+"?after=5007&before=5008", "", 200,
		`{"meta":{"labels":[],"additional_attributes":{},"contact":{"type":"contact"},"assignee":"<absent>","agent_last_seen_at":null},"payload":[{"content":"m6"}]}`)
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.Version = "2.15.0" })

	got := ids("?after=5007&before=5008")
	if got != "7:5001-5007" {
		t.Errorf("window before 2.16.0: %s", got)
	}

	w.complains("2.16.0")
}

func TestMessageStatusAndDelete(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	path += "/messages/"
	w.want("POST", strings.TrimSuffix(path, "/"), `{"content":"x","content_type":"input_select","content_attributes":{"items":[{"title":"a","value":"b"}]}}`, 200, "")

	for _, c := range []struct {
		name, body string
		want       string
	}{
		{"delivered", `{"status":"delivered"}`, `{"status":"delivered"}`},
		{"failed", `{"status":"failed","external_error":"no line"}`, `{"status":"failed","content_attributes":{"external_error":"no line"}}`},
		{"read", `{"status":"read","external_error":"no line"}`, `{"status":"read","content_attributes":{"external_error":"<absent>"}}`},
		{"not back", `{"status":"delivered"}`, `{"status":"read"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.T = t
			w.want("PATCH", path+"5001", c.body, 200, c.want)
			w.quiet()
		})
	}

	w.T = t
	w.want("PATCH", path+"5001", `{"status":"seen"}`, 200, `{"status":"read"}`)
	w.complains("changes nothing")
	w.want("PATCH", path+"5001", `{"content":"new"}`, 200, `{"content":"x"}`)
	w.complains(`unknown field "content"`)

	tomb := `{"id":5001,"content":"This message was deleted","content_type":"text","content_attributes":{"deleted":true,"items":"<absent>"}}`
	w.want("DELETE", path+"5001", "", 200, tomb)
	w.want("DELETE", path+"5001", "", 200, tomb)
	w.want("GET", strings.TrimSuffix(path, "/"), "", 200, `{"payload":[{"id":5001,"content_attributes":{"deleted":true}}]}`)
	w.want("DELETE", path+"9999", "", 404, `{"error":"Resource could not be found"}`)
	w.want("POST", path+"9999/retry", "", 422, `{"error":"<any>"}`)
	w.want("POST", path+"5001/retry", "", 200, `{"status":"sent"}`)
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.LocalizedErrors = true })
	_, body := w.send("DELETE", path+"5001", "")

	got := w.get(body, "content")
	if got == "This message was deleted" {
		t.Error("the tombstone does not follow the language")
	}

	w.switches(func(s *chatlake.Switches) { s.Version = "4.1.0" })
	w.want("PATCH", path+"5001", `{"status":"sent"}`, 404, `{"status":404}`)
}

func TestMessageEffects(t *testing.T) {
	w := newWorld(t)
	contact, path := w.start("")
	w.want("PATCH", "/inboxes/101", `{"greeting_enabled":true,"greeting_message":"Welcome"}`, 200, "")
	w.want("POST", path+"/toggle_status", `{"status":"resolved"}`, 200, "")
	w.now = w.now.Add(time.Minute)
	w.want("POST", path+"/messages", `{"content":"help","message_type":"incoming"}`, 200, "")
	w.want("GET", path, "", 200, `{"status":"open","unread_count":1,"last_activity_at":1772600827,"waiting_since":1772600827}`)
	w.want("GET", "/contacts/"+contact, "", 200, `{"payload":{"last_activity_at":1772600827}}`)
	w.want("GET", path+"/messages?filter_internal_messages=1", "", 200, `{"payload":[{"message_type":0},{"message_type":3,"content":"Welcome","sender":"<absent>"}]}`)
	w.want("POST", path+"/update_last_seen", "", 200, `{"unread_count":0,"agent_last_seen_at":1772600827}`)
	w.want("POST", path+"/unread", "", 200, `{"unread_count":1}`)
	w.want("POST", path+"/messages", `{"content":"sure"}`, 200, "")
	w.want("GET", path, "", 200, `{"first_reply_created_at":1772600827,"waiting_since":0}`)
	w.quiet()
}

func TestMessageFlood(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	w.switches(func(s *chatlake.Switches) { s.MessagesPerMinute = 3 })

	for range 3 {
		w.want("POST", path+"/messages", `{"content":"x"}`, 200, "")
	}

	w.want("POST", path+"/messages", `{"content":"x"}`, 422, `{"error":"Validation failed: Too many messages"}`)
	w.want("DELETE", path+"/messages/5001", "", 422, `{"message":"Too many messages","attributes":["base"]}`)
	w.now = w.now.Add(61 * time.Second)
	w.want("POST", path+"/messages", `{"content":"x"}`, 200, "")
	w.quiet()
}
