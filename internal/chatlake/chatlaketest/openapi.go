package chatlaketest

import (
	"bytes"
	"embed"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

//go:embed testdata
var descriptions embed.FS

// APIChecker stands between the provider and the sandbox, and compares requests and answers with descriptions of the API.
type APIChecker struct {
	t       *testing.T
	paths   *openapi3.Paths // Of the description that a test is about.
	routers []routers.Router
	next    http.Handler

	mu   sync.Mutex
	seen map[string]int
}

// CheckAPI puts a checker in front of the sandbox. It knows the descriptions of all areas; the test has to send everything
// that the description of its area has.
func CheckAPI(t *testing.T, w *acctest.World, about string) *APIChecker {
	t.Helper()
	r := &APIChecker{t: t, next: w.Handler(), seen: map[string]int{}}

	for _, area := range []string{"talk", "desk", "inbox", "help", "rules"} {
		raw, err := descriptions.ReadFile("testdata/openapi_" + area + ".yaml")
		if err != nil {
			t.Fatal(err)
		}

		document, err := openapi3.NewLoader().LoadFromData(raw)
		if err != nil {
			t.Fatal(err)
		}

		router, err := legacy.NewRouter(document)
		if err != nil {
			t.Fatal(err)
		}

		r.routers = append(r.routers, router)
		if area == about {
			r.paths = document.Paths
		}
	}

	listener := httptest.NewServer(r)
	t.Cleanup(listener.Close)
	w.URL = listener.URL

	return r
}

// route returns the description of a request.
func (r *APIChecker) route(req *http.Request) (route *routers.Route, parameters map[string]string, err error) {
	for _, router := range r.routers {
		route, parameters, err = router.FindRoute(req)
		if err == nil {
			return route, parameters, nil
		}
	}

	return nil, nil, err
}

// ExpectComplete expects that every described request was sent.
func (r *APIChecker) ExpectComplete() {
	r.t.Helper()

	for path, item := range r.paths.Map() {
		for method := range item.Operations() {
			if r.seen[method+" "+path] == 0 {
				r.t.Errorf("%s %s is described and was not sent", method, path)
			}
		}
	}
}

func (r *APIChecker) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		r.t.Error(err)
	}

	answer := httptest.NewRecorder()
	served := req.Clone(req.Context())
	served.Body = io.NopCloser(bytes.NewReader(body))
	r.next.ServeHTTP(answer, served)

	req.Body = io.NopCloser(bytes.NewReader(body))
	r.check(req, body, answer)

	for name, values := range answer.Header() {
		w.Header()[name] = values
	}

	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

func (r *APIChecker) check(req *http.Request, body []byte, answer *httptest.ResponseRecorder) {
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

// ApplyAndImport applies configurations one after the other, and imports the object after each. What an import names before
// the id is within.
func ApplyAndImport(t *testing.T, w *acctest.World, p *acctest.Protocol, kind, within string, configs ...acctest.Values) acctest.Object {
	t.Helper()

	object := acctest.Object{Type: kind}

	for _, config := range configs {
		var diags acctest.Diagnostics

		object, diags = p.Apply(t.Context(), object, config)
		if len(diags.Errors()) > 0 {
			t.Fatalf("%s %v: %s", kind, config, diags)
		}

		_, diags = w.Protocol(t, nil).Import(t.Context(), kind, within+object.String("id"))
		if len(diags) > 0 {
			t.Errorf("%s: %s", kind, diags)
		}
	}

	return object
}

// Destroy destroys objects in their order.
func Destroy(t *testing.T, p *acctest.Protocol, objects ...acctest.Object) {
	t.Helper()

	for _, object := range objects {
		_, diags := p.Apply(t.Context(), object, nil)
		if len(diags) > 0 {
			t.Errorf("%s: %s", object.Type, diags)
		}
	}
}
