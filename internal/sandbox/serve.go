package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// SimulatedHeader is on every answer, so that it cannot be taken for a vendor's.
const SimulatedHeader = "X-Simulated-By"

const simulatedBy = "terraform-provider-chat sandbox"

const maxBody = 64 << 20

// Request is what a handler sees. Path values of the route's pattern come from PathValue.
type Request struct {
	*http.Request
	// Raw is the whole body, already read.
	Raw []byte

	complaint string
}

// Complain notes something a strict vendor would not have taken. Acceptance tests fail on complaints, so a handler may
// answer as the vendor does and still not let a client's mistake pass.
func (r *Request) Complain(format string, args ...any) {
	if r.complaint == "" {
		r.complaint = fmt.Sprintf(format, args...)
	}
}

// Decode reads the JSON body into v, strictly: the content type must be JSON, every field known to v and nothing may
// follow. What is wrong is noted as a complaint and returned.
func (r *Request) Decode(v any) error {
	err := func() error {
		media := r.Header.Get("Content-Type")
		if !strings.HasPrefix(media, "application/json") {
			return fmt.Errorf("content type %q is not application/json", media)
		}

		decoder := json.NewDecoder(bytes.NewReader(r.Raw))
		decoder.DisallowUnknownFields()

		if err := decoder.Decode(v); err != nil {
			return err
		}

		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			return errors.New("more than one JSON value in the body")
		}

		return nil
	}()
	if err != nil {
		r.Complain("%v", err)
	}

	return err
}

// Reply is an answer as a value.
type Reply struct {
	Status int
	Header http.Header
	// Body is sent as JSON, unless Raw is set.
	Body any
	// Raw is sent as it is; Header names its type.
	Raw []byte
}

// JSON returns an answer with a JSON body.
func JSON(status int, body any) Reply { return Reply{Status: status, Body: body} }

// Text returns an answer in plain text.
func Text(status int, text string) Reply {
	return Reply{
		Status: status,
		Header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}},
		Raw:    []byte(text),
	}
}

// Empty returns an answer without a body.
func Empty(status int) Reply { return Reply{Status: status, Raw: []byte{}} }

// bytes returns what goes over the wire, setting the content type of JSON.
func (r *Reply) bytes() []byte {
	if r.Header == nil {
		r.Header = http.Header{}
	}

	if r.Raw != nil {
		return r.Raw
	}

	body, err := json.Marshal(r.Body)
	if err != nil {
		panic(fmt.Sprintf("sandbox: answer cannot be encoded: %v", err))
	}

	if r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
	}

	return body
}

// Handler answers one request.
type Handler func(*Request) Reply

// Route is one line of a platform's table.
type Route struct {
	// Pattern is as http.ServeMux takes it: "POST /rest/ws/group/update", "GET /chats/{id}".
	Pattern string
	Handle  Handler
	// Read marks a route that changes nothing, whatever its method.
	Read bool
	// Remembered marks a read that leaves something behind, as a token that later requests send.
	Remembered bool
	// AnySlash takes the path with a slash at its end, too.
	AnySlash bool
}

// patterns are what the route answers.
func (r Route) patterns() []string {
	if !r.AnySlash {
		return []string{r.Pattern}
	}

	return []string{r.Pattern, r.Pattern + "/{$}"}
}

// Speller is a platform that serves a path in other spellings, too.
type Speller interface {
	// Spell returns the path of a route.
	Spell(path string) string
}

// spelled returns the request for the path of a route.
func spelled(p Platform, r *http.Request) *http.Request {
	speller, ok := p.(Speller)
	if !ok || speller.Spell(r.URL.Path) == r.URL.Path {
		return r
	}

	r = r.Clone(r.Context())
	r.URL.Path, r.URL.RawPath = speller.Spell(r.URL.Path), speller.Spell(r.URL.RawPath)

	return r
}

// Handler serves one platform. Paths are without the platform's name.
func (c *Core) Handler(p Platform) http.Handler {
	mux := http.NewServeMux()
	routes := map[string]Route{}

	for _, route := range p.Routes() {
		for _, pattern := range route.patterns() {
			mux.HandleFunc(pattern, func(_ http.ResponseWriter, r *http.Request) {
				// The mux fills in path values only on its way here, so the answer travels in the context.
				if call, ok := r.Context().Value(callKey{}).(*call); ok {
					call.req.Request = r
					call.reply = route.Handle(call.req)
				}
			})
			routes[pattern] = route
		}
	}

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.Journal.begin()
		entry := Entry{
			Time: c.Now(), Platform: p.Name(), Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Header: r.Header,
			Remote: r.RemoteAddr,
		}
		// Journalled before the answer leaves, so that a caller who has the answer finds the request in the journal.
		journal := sync.OnceFunc(func() { c.Journal.end(entry) })
		defer journal()

		raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
		if err != nil {
			entry.Complain = "body could not be read: " + err.Error()
			return
		}

		req := &Request{Request: spelled(p, r), Raw: raw}
		entry.Body = journalBody(raw)

		fault := c.Faults.next(p.Name(), r.Method, r.URL.Path)
		if !sleep(r, time.Duration(c.latency.Load())) {
			return
		}

		reply := Reply{Status: http.StatusBadGateway, Raw: []byte{}}
		if fault == nil || fault.After || fault.reply() == nil && fault.Cut != CutReset {
			reply = c.handle(req, p, mux, routes, &entry) //nolint:contextcheck // The request carries its context.
		}

		if fault != nil {
			entry.Fault = fault.Name
			if !sleep(r, fault.Delay) {
				return
			}

			spoiled := fault.reply()
			if spoiled != nil {
				reply = *spoiled
			}
		}

		entry.Status, entry.Complain = reply.Status, req.complaint

		journal()
		write(w, reply, fault)
	})
}

// handle lets the platform answer, under its lock.
func (c *Core) handle(req *Request, p Platform, mux *http.ServeMux, routes map[string]Route, entry *Entry) Reply {
	_, pattern := mux.Handler(req.Request)
	route, found := routes[pattern]

	entry.Handled = true
	if found {
		entry.Route, entry.Read = route.Pattern, route.Read
	}

	defer c.turn()()

	p.Lock()
	defer p.Unlock()

	answer := func() Reply { return answer(req, p, mux, found) }

	busy, ok := p.(Busy)
	isBusy := ok && busy.Busy()

	if found && route.Read && !route.Remembered && !isBusy {
		return answer()
	}

	return c.change(req.Request, "/"+p.Name()+req.URL.RequestURI(), req.Raw, isBusy, answer)
}

// answer lets the platform's handler answer.
func answer(req *Request, p Platform, mux *http.ServeMux, found bool) Reply {
	refused := p.Admit(req)
	if refused != nil {
		return *refused
	}

	if !found {
		req.Complain("no such route: %s %s", req.Method, req.URL.Path)
		return p.Unknown(req, hasOtherMethod(mux, req.Request))
	}

	served := call{req: req}
	mux.ServeHTTP(nil, req.WithContext(context.WithValue(req.Context(), callKey{}, &served)))

	return served.reply
}

// call carries a request through the mux to its route and the answer back.
type call struct {
	req   *Request
	reply Reply
}

type callKey struct{}

func hasOtherMethod(mux *http.ServeMux, r *http.Request) bool {
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		probe := r.Clone(r.Context())
		probe.Method = method

		_, pattern := mux.Handler(probe)
		if pattern != "" {
			return true
		}
	}

	return false
}

func journalBody(raw []byte) json.RawMessage {
	if len(raw) == 0 {
		return nil
	}

	if json.Valid(raw) {
		return raw
	}

	quoted, err := json.Marshal(string(raw))
	if err != nil {
		return nil
	}

	return quoted
}

// sleep waits, and reports whether the caller is still there.
func sleep(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}

	timer := time.NewTimer(d)
	defer timer.Stop()

	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

func write(w http.ResponseWriter, reply Reply, fault *Fault) {
	body := reply.bytes()

	header := w.Header()
	for name, values := range reply.Header {
		header[name] = values
	}

	header.Set(SimulatedHeader, simulatedBy)

	switch {
	case fault != nil && fault.Cut == CutReset:
		resetConnection(w)
	case fault != nil && fault.Cut == CutShort:
		header.Set("Content-Length", fmt.Sprint(len(body)+1))
		w.WriteHeader(reply.Status)
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()

		panic(http.ErrAbortHandler)
	default:
		w.WriteHeader(reply.Status)
		_, _ = w.Write(body)
	}
}

// resetConnection ends the connection without an answer.
func resetConnection(w http.ResponseWriter) {
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}

	conn, _, err := hijacker.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}

	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}

	_ = conn.Close()
}
