package chatlake_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// referee sits between the provider and the sandbox, and holds what both say to descriptions of the API.
type referee struct {
	t       *testing.T
	paths   *openapi3.Paths // Of the description that a test is about.
	routers []routers.Router
	next    http.Handler

	mu   sync.Mutex
	seen map[string]int
}

// newReferee knows all descriptions. The test is to send everything that is in one of them.
func newReferee(t *testing.T, next http.Handler, about string) *referee {
	t.Helper()
	r := &referee{t: t, next: next, seen: map[string]int{}}

	for _, name := range []string{"openapi.yaml", "openapi_configuration.yaml"} {
		document, err := openapi3.NewLoader().LoadFromFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}

		router, err := legacy.NewRouter(document)
		if err != nil {
			t.Fatal(err)
		}

		r.routers = append(r.routers, router)
		if name == about {
			r.paths = document.Paths
		}
	}

	return r
}

// route is what describes a request.
func (r *referee) route(req *http.Request) (route *routers.Route, parameters map[string]string, err error) {
	for _, router := range r.routers {
		route, parameters, err = router.FindRoute(req)
		if err == nil {
			return route, parameters, nil
		}
	}

	return nil, nil, err
}

// complete expects that everything was sent that is described.
func (r *referee) complete() {
	r.t.Helper()

	for path, item := range r.paths.Map() {
		for method := range item.Operations() {
			if r.seen[method+" "+path] == 0 {
				r.t.Errorf("%s %s is described and was not sent", method, path)
			}
		}
	}
}

func (r *referee) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		r.t.Error(err)
	}

	answer := httptest.NewRecorder()
	served := req.Clone(req.Context())
	served.Body = io.NopCloser(bytes.NewReader(body))
	r.next.ServeHTTP(answer, served)

	req.Body = io.NopCloser(bytes.NewReader(body))
	r.judge(req, body, answer)

	for name, values := range answer.Header() {
		w.Header()[name] = values
	}

	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

func (r *referee) judge(req *http.Request, body []byte, answer *httptest.ResponseRecorder) {
	route, parameters, err := r.route(req)
	if err != nil {
		path := strings.TrimPrefix(req.URL.Path, "/chatlake")
		if path != "/api" && path != "/api/v1/profile" {
			r.t.Errorf("%s %s is not described: %v", req.Method, req.URL, err)
		}

		return
	}

	input := &openapi3filter.RequestValidationInput{Request: req, PathParams: parameters, Route: route}
	if err := openapi3filter.ValidateRequest(req.Context(), input); err != nil {
		r.t.Errorf("request %s %s %s: %v", req.Method, req.URL, body, err)
	}

	if answer.Code >= http.StatusMultipleChoices {
		return // Errors are not what the published file describes.
	}

	r.mu.Lock()
	r.seen[route.Method+" "+route.Path]++
	r.mu.Unlock()

	if answer.Body.Len() == 0 || route.Method == http.MethodDelete {
		return
	}

	output := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: answer.Code, Header: answer.Header()}
	output.SetBodyBytes(answer.Body.Bytes())

	if err := openapi3filter.ValidateResponse(req.Context(), output); err != nil {
		var schema *openapi3.SchemaError
		if errors.As(err, &schema) {
			r.t.Errorf("answer to %s %s: %s at %v: %v", req.Method, req.URL, schema.Reason, schema.JSONPointer(), schema.Value)
			return
		}

		r.t.Errorf("answer to %s %s: %v", req.Method, req.URL, err)
	}
}

// TestOpenAPI sends everything that the provider sends about contacts, sessions, conversations and messages, and reads
// every answer, past a description of the API.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	judge := newReferee(t, w.Handler(), "openapi.yaml")
	listener := httptest.NewServer(judge)
	t.Cleanup(listener.Close)
	p := w.Protocol(t, acctest.Values{"chatlake": acctest.Values{"base_url": listener.URL + "/chatlake"}})
	change := func(o acctest.Object, config acctest.Values) acctest.Object {
		t.Helper()

		changed, diags := p.Apply(t.Context(), o, config)
		if len(diags.Errors()) > 0 {
			t.Fatalf("%s %v: %s", o.Type, config, diags)
		}

		return changed
	}
	data := func(kind string, config acctest.Values) {
		t.Helper()

		_, diags := p.Data(t.Context(), kind, config)
		if len(diags) > 0 {
			t.Errorf("%s %v: %s", kind, config, diags)
		}
	}

	contact := made(t, p, "chatlake_contact", acctest.Values{
		"name": "Ana", "email": "ana@example.com", "phone_number": "+14155550123", "identifier": "i", "blocked": false, "avatar_url": "https://x.example/a.png",
		"inbox_id": "101", "labels": []any{"vip"}, "custom_attributes": acctest.Values{"a": 1, "b": true}, "additional_attributes": acctest.Values{"city": "Lisboa"},
	})
	id := contact.String("id")
	contact = change(contact, acctest.Values{"identifier": "i", "email": "ana@example.com", "phone_number": "+14155550123", "inbox_id": "101", "labels": []any{}, "custom_attributes": acctest.Values{"a": 2}})
	session := made(t, p, "chatlake_contact_inbox", acctest.Values{"contact_id": id, "inbox_id": "102"})
	_, _ = p.Create(t.Context(), "chatlake_contact", acctest.Values{"name": "x", "inbox_id": "102", "source_id": session.String("source_id")}) // Taken.
	conversation := made(t, p, "chatlake_conversation", acctest.Values{
		"inbox_id": "101", "contact_id": id, "status": "snoozed", "snoozed_until": "2040-01-31T09:00:00Z", "assignee_id": "12", "team_id": "201",
		"priority": "high", "labels": []any{"vip"}, "custom_attributes": acctest.Values{"a": 1}, "additional_attributes": acctest.Values{"b": 2},
	})
	common := acctest.Values{"inbox_id": "101", "contact_id": id, "additional_attributes": acctest.Values{"b": 2}, "on_destroy": "delete"}
	common["status"], common["assignee_id"], common["custom_attributes"] = "open", "11", acctest.Values{"c": 3}
	conversation = change(conversation, common)
	number := conversation.String("id")

	file := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}

	item := acctest.Values{"title": "a", "value": "b"}

	message := made(t, p, "chatlake_message", acctest.Values{"conversation_id": number, "content": "Hi", "private": true})
	for _, config := range []acctest.Values{
		{"message_type": "incoming", "content": "Hello", "source_id": "s"},
		{"content_type": "input_select", "content": "?", "content_attributes": acctest.Values{"items": []any{item}}},
		{"content": "t", "template_params": acctest.Values{"name": "n", "language": "en", "category": "UTILITY", "processed_params": acctest.Values{}}},
		{"content": "f", "attachments": []any{file}, "content_attributes": acctest.Values{"n": 1}},
	} {
		config["conversation_id"] = number
		o := made(t, p, "chatlake_message", config)
		stable(t, p, o, config)
	}

	for _, o := range []acctest.Object{contact, session, conversation, message} {
		_, diags := p.Read(t.Context(), o)
		if len(diags) > 0 {
			t.Error(diags)
		}
	}

	for _, key := range []string{"identifier:i", "email:ANA@example.com", "phone:+14155550123"} {
		_, diags := p.Import(t.Context(), "chatlake_contact", key)
		if len(diags) > 0 {
			t.Error(diags)
		}
	}

	data("chatlake_contacts", acctest.Values{"labels": []any{"vip"}, "sort": "-name"})
	data("chatlake_contacts", acctest.Values{"query": "ana"})
	data("chatlake_conversations", acctest.Values{"status": "open", "inbox_id": "101", "labels": []any{"vip"}})
	data("chatlake_messages", acctest.Values{"conversation_id": number})

	for _, o := range []acctest.Object{message, conversation, session, contact} {
		change(o, nil)
	}

	judge.complete()
}
