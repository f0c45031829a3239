package api_test

import (
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const messagesPath = account + "/conversations/5/messages"

func TestCreateMessage(t *testing.T) {
	content := "Hello"
	c := scripted(t, exchange{Request: "GET /api", Answer: `{"version":"2.6.0"}`}, exchange{
		Request: "POST " + messagesPath,
		Body:    `{"content":"Hello","message_type":"outgoing","private":true,"content_type":"cards","content_attributes":{"items":[]},"template_params":{"name":"n"},"source_id":"s"}`,
		// As the vendor's page has it.
		Answer: `{"id":9,"content":"Hello","inbox_id":0,"conversation_id":5,"message_type":1,"content_type":null,"content_attributes":{},"created_at":0,"private":false,"sender":{"id":0,"name":"Pranav","type":"contact"}}`,
	})

	message, err := c.CreateMessage(t.Context(), 5, api.MessageRequest{
		Content: &content, MessageType: "outgoing", Private: true, ContentType: "cards",
		ContentAttributes: map[string]any{"items": []any{}}, TemplateParams: map[string]any{"name": "n"}, SourceID: "s",
	})
	if err != nil || message.ID != 9 || message.MessageType != "outgoing" || message.Deleted() || !message.CreatedAt.IsZero() {
		t.Errorf("%+v, %v", message, err)
	}
}

func TestCreateMessage_files(t *testing.T) {
	content := "Hello"
	c := scripted(t, exchange{
		Request: "POST " + messagesPath, Answer: `{"id":9,"message_type":0}`,
		Check: func(t *testing.T, r *http.Request, body []byte) {
			t.Helper()

			kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
			if err != nil || kind != "multipart/form-data" {
				t.Fatal(kind, err)
			}

			form, err := multipart.NewReader(strings.NewReader(string(body)), parameters["boundary"]).ReadForm(1 << 20)
			if err != nil {
				t.Fatal(err)
			}

			for name, want := range map[string]string{
				"content": "Hello", "message_type": "incoming", "private": "true", "content_type": "text", "source_id": "s", "content_attributes": `{"n":1}`,
			} {
				got := strings.Join(form.Value[name], ",")
				if got != want {
					t.Errorf("%s is %q", name, got)
				}
			}

			files := form.File["attachments[]"]
			if len(files) != 1 || files[0].Filename != "a b.txt" || files[0].Header.Get("Content-Type") != "text/plain" {
				t.Errorf("files %v", files)
			}
		},
	})

	_, err := c.CreateMessage(t.Context(), 5, api.MessageRequest{
		Content: &content, MessageType: "incoming", Private: true, ContentType: "text", SourceID: "s", ContentAttributes: map[string]any{"n": 1},
		Files: []api.File{{Name: "a b.txt", ContentType: "text/plain", Content: []byte("x")}},
	})
	if err != nil {
		t.Error(err)
	}
}

func TestCreateMessage_refused(t *testing.T) {
	c := scripted(t, exchange{Request: "POST " + messagesPath, Check: ignoreBody, Status: 422, Answer: `{"error":"Validation failed: Content is too long"}`})
	_, err := c.CreateMessage(t.Context(), 5, api.MessageRequest{MessageType: "outgoing"})

	failure := transport.As(err)
	if failure == nil || failure.Reason != transport.Invalid || failure.Lost {
		t.Error(err)
	}
}

// TestMessage_window reads a message, one that is not there, and one of a conversation that is gone: windows grow.
func TestMessage_window(t *testing.T) {
	version := exchange{Request: "GET /api", Answer: `{"version":"4.15.1"}`}
	list := func(ids ...int) string {
		rows := make([]string, len(ids))
		for i, id := range ids {
			rows[i] = fmt.Sprintf(`{"id":%d,"message_type":1}`, id)
		}

		return `{"meta":{},"payload":[` + strings.Join(rows, ",") + `]}`
	}

	c := scripted(t, version,
		exchange{Request: "GET " + messagesPath + "?after=9&before=10", Answer: list(9)},
		exchange{Request: "GET " + messagesPath + "?after=8&before=10", Answer: list(9)},
		exchange{Request: "GET " + messagesPath + "?after=7&before=11", Status: 404, Answer: `{"error":"Resource could not be found"}`},
	)
	if message, found, err := c.Message(t.Context(), 5, 9); err != nil || !found || message.ID != 9 {
		t.Error(message, found, err)
	}

	if _, found, err := c.Message(t.Context(), 5, 8); err != nil || found {
		t.Error(found, err)
	}

	if _, _, err := c.Message(t.Context(), 5, 7); !transport.IsNotFound(err) {
		t.Error(err)
	}
}

// TestMessage_old asks a server that knows no windows.
func TestMessage_old(t *testing.T) {
	c := scripted(t, exchange{Request: "GET /api", Answer: `{"version":"2.0.0"}`}, exchange{
		Request: "GET " + messagesPath + "?before=10", Answer: `{"payload":[{"id":8,"message_type":0},{"id":9,"message_type":"outgoing"}]}`,
	})
	if message, found, err := c.Message(t.Context(), 5, 9); err != nil || !found || message.MessageType != "outgoing" {
		t.Error(message, found, err)
	}
}

func TestMessages(t *testing.T) {
	c := scripted(t,
		exchange{Request: "GET " + messagesPath, Answer: `{"payload":[{"id":3,"message_type":1},{"id":4,"message_type":2}]}`},
		exchange{Request: "GET " + messagesPath + "?before=3", Answer: `{"payload":[{"id":1,"message_type":1,"source_id":"s"},{"id":2,"message_type":1}]}`},
		exchange{Request: "GET " + messagesPath + "?before=1", Answer: `{"payload":[]}`},
		exchange{Request: "GET " + messagesPath, Answer: `{"payload":[{"id":3,"message_type":1},{"id":4,"message_type":2}]}`},
		exchange{Request: "GET " + messagesPath, Answer: `{"payload":[{"id":3,"message_type":1,"source_id":"s"}]}`},
		exchange{Request: "GET " + messagesPath + "?before=3", Answer: `{"payload":[]}`},
		exchange{Request: "DELETE " + messagesPath + "/4", Answer: `{"id":4,"content":"This message was deleted","content_attributes":{"deleted":true}}`},
	)
	if all, err := c.Messages(t.Context(), 5, 0); err != nil || len(all) != 4 || all[0].ID != 1 {
		t.Error(all, err)
	}

	if last, err := c.Messages(t.Context(), 5, 1); err != nil || len(last) != 1 || last[0].ID != 4 {
		t.Error(last, err)
	}

	if found, ok, err := c.LostMessage(t.Context(), 5, "s"); err != nil || !ok || found.ID != 3 {
		t.Error(found, ok, err)
	}

	if err := c.DeleteMessage(t.Context(), 5, 4); err != nil {
		t.Error(err)
	}
}

// TestSetConversationAttributes_concurrent lets one change of a conversation wait for the other.
func TestSetConversationAttributes_concurrent(t *testing.T) {
	get := exchange{Request: "GET " + account + "/conversations/5", Answer: strings.Replace(opened, `"custom_attributes":{}`, `"custom_attributes":{"a":1}`, 1)}
	post := exchange{Request: "POST " + account + "/conversations/5/custom_attributes", Check: ignoreBody, Answer: `{"custom_attributes":{}}`}
	c := scripted(t, get, post, get, get, post, get, get, post, get)

	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			if _, _, err := c.SetConversationAttributes(t.Context(), 5, map[string]any{"a": 1}, nil); err != nil {
				t.Error(err)
			}
		})
	}

	wait.Wait()
}

// TestMessage_broughtAlong asks for no message that the list of conversations showed.
func TestMessage_broughtAlong(t *testing.T) {
	row := func(id, messages, last string) string {
		return `{"id":` + id + `,"status":"open","messages":` + messages + `,"last_non_activity_message":` + last + `}`
	}

	const broken = `[{"id":{},"conversation":{"contact_inbox":{"source_id":"s"}}}]`

	rows := []string{row("5", `[{"id":9,"content":"Hi","message_type":1}]`, `null`), row("6", `[{"id":11,"message_type":2}]`, `{"id":10,"message_type":0}`), row("7", broken, `null`)}

	c := scripted(t,
		exchange{Request: "GET " + account + "/conversations/5", Answer: rows[0]},
		exchange{
			Request: "GET " + account + "/conversations?assignee_type=all&page=1&sort_by=created_at_asc&status=all",
			Answer:  `{"data":{"meta":{"all_count":3},"payload":[` + strings.Join(rows, ",") + `]}}`,
		},
		exchange{Request: "GET /api", Answer: `{"version":"4.15.1"}`},
		exchange{Request: "GET " + messagesPath + "?after=8&before=9", Answer: `{"payload":[]}`},
	)
	for _, id := range []api.ID{5, 6, 7} {
		if conversation, err := c.Conversation(t.Context(), id); err != nil || conversation.SourceID() != map[api.ID]string{7: "s"}[id] {
			t.Errorf("%+v, %v", conversation, err)
		}
	}

	if message, found, err := c.Message(t.Context(), 5, 9); err != nil || !found || message.Content != "Hi" {
		t.Error(message, found, err)
	}

	if message, found, err := c.Message(t.Context(), 6, 10); err != nil || !found || message.MessageType != "incoming" {
		t.Error(message, found, err)
	}

	if _, found, err := c.Message(t.Context(), 5, 8); err != nil || found {
		t.Error(found, err)
	}
}
