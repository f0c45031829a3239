package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"time"
)

// ControlPath is where a running sandbox is driven from outside; no vendor has such a path.
const ControlPath = "/_sandbox/"

// Mount serves every platform under its name, and the control endpoints:
//
//	GET    /_sandbox/health
//	POST   /_sandbox/reset                    empties platforms, journal and faults
//	GET    /_sandbox/journal?after=N          requests so far, without secrets
//	DELETE /_sandbox/journal
//	GET    /_sandbox/world                    what the page shows: all platforms hold, without secrets
//	GET    /_sandbox/stats                    requests, connections, peak in flight, faults by name
//	POST   /_sandbox/faults                   one Fault
//	PUT    /_sandbox/faults/rate              a Rate
//	DELETE /_sandbox/faults
//	PUT    /_sandbox/latency                  a duration as a JSON string, "100ms"
//	GET    /_sandbox/{platform}/switches      the named switches and their values
//	PATCH  /_sandbox/{platform}/switches      changes the switches that are named
//	POST   /_sandbox/{platform}/hooks/{hook}  an act of an agent, a timer or a customer
//
// Bodies are JSON, and say so. Pages that a browser has open are kept out; see refusal.
func (c *Core) Mount(platforms ...Platform) http.Handler {
	mux := http.NewServeMux()
	for _, p := range platforms {
		mux.Handle("/"+p.Name()+"/", http.StripPrefix("/"+p.Name(), c.Handler(p)))
		c.mountPlatform(mux, p)
	}

	if c.Page != nil {
		for _, path := range []string{"/{$}", ControlPath + "page/", ControlPath + "world"} {
			mux.Handle("GET "+path, c.Page)
		}
	}

	control := func(pattern string, act func(*http.Request) (any, error)) {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" "+ControlPath+path, func(w http.ResponseWriter, r *http.Request) { writeResult(w, r, act) })
	}
	control("GET health", func(*http.Request) (any, error) { return "ok", nil })
	control("POST reset", func(*http.Request) (any, error) {
		defer c.turn()()

		c.Journal.Clear()
		c.Faults.Clear()

		return "ok", c.Restart(platforms...)
	})
	control("GET journal", func(r *http.Request) (any, error) {
		after, err := strconv.Atoi(r.FormValue("after"))
		if err != nil && r.FormValue("after") != "" {
			return nil, err
		}

		entries := c.Journal.Entries(func(e Entry) bool { return e.Number > after })
		for i := range entries {
			entries[i] = entries[i].redact()
		}

		return entries, nil
	})
	control("DELETE journal", func(*http.Request) (any, error) {
		c.Journal.Clear()
		return "ok", nil
	})
	control("GET stats", func(*http.Request) (any, error) {
		return map[string]any{
			"requests": c.Journal.Count(""), "connections": c.Journal.Connections(),
			"peak_in_flight": c.Journal.Peak(), "faults": c.Faults.Hits(),
		}, nil
	})
	c.mountFaults(control)
	control("PUT latency", func(r *http.Request) (any, error) {
		var text string
		if err := decodeBody(r, &text); err != nil {
			return nil, err
		}

		latency, err := time.ParseDuration(text)
		if err != nil {
			return nil, err
		}

		c.SetLatency(latency)

		return text, nil
	})

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(SimulatedHeader, simulatedBy) // The mux has answers of its own: unknown paths, redirects.

		reason := refusal(r)
		if reason != "" {
			write(w, JSON(http.StatusForbidden, map[string]string{"error": reason}), nil)
			return
		}

		mux.ServeHTTP(w, r)
	})
}

func (c *Core) mountFaults(control func(string, func(*http.Request) (any, error))) {
	control("POST faults", func(r *http.Request) (any, error) {
		var fault Fault
		if err := decodeBody(r, &fault); err != nil {
			return nil, err
		}

		c.Faults.Add(fault)

		return "ok", nil
	})
	control("PUT faults/rate", func(r *http.Request) (any, error) {
		var rate Rate
		if err := decodeBody(r, &rate); err != nil {
			return nil, err
		}

		c.Faults.SetRate(rate)

		return "ok", nil
	})
	control("DELETE faults", func(*http.Request) (any, error) {
		c.Faults.Clear()
		return "ok", nil
	})
}

func (c *Core) mountPlatform(mux *http.ServeMux, p Platform) {
	switches := ControlPath + p.Name() + "/switches"
	mux.HandleFunc("GET "+switches, func(w http.ResponseWriter, r *http.Request) {
		writeResult(w, r, func(*http.Request) (any, error) {
			p.Lock()
			defer p.Unlock()

			return json.Marshal(p.Switches())
		})
	})
	c.mountChange(mux, "PATCH "+switches, p, func(_ *http.Request, body []byte) (any, error) {
		return p.Switches(), decodeStrictly(body, p.Switches())
	})
	c.mountChange(mux, "POST "+ControlPath+p.Name()+"/hooks/{hook}", p, func(r *http.Request, body []byte) (any, error) {
		hook, ok := p.Hooks()[r.PathValue("hook")]
		if !ok {
			return nil, fmt.Errorf("%s has no hook %q", p.Name(), r.PathValue("hook"))
		}

		return hook(body)
	})
}

// mountChange serves a control endpoint that changes a platform.
func (c *Core) mountChange(mux *http.ServeMux, pattern string, p Platform, act func(r *http.Request, body []byte) (any, error)) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
		if err != nil {
			write(w, resultReply(nil, err), nil)
			return
		}

		defer c.turn()()

		p.Lock()
		defer p.Unlock()

		write(w, c.change(r, r.URL.RequestURI(), body, false, func() Reply {
			result, err := act(r, body)
			reply := resultReply(result, err)
			reply.Raw = reply.bytes() // Encoded under the platform's lock.

			return reply
		}), nil)
	})
}

// Act runs a hook from a test in the same process, with body encoded as JSON.
func Act(p Platform, hook string, body any) (any, error) {
	act, ok := p.Hooks()[hook]
	if !ok {
		return nil, fmt.Errorf("%s has no hook %q", p.Name(), hook)
	}

	raw, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}

	p.Lock()
	defer p.Unlock()

	return act(raw)
}

func writeResult(w http.ResponseWriter, r *http.Request, act func(*http.Request) (any, error)) {
	result, err := act(r)
	if encoded, ok := result.([]byte); ok { // Encoded under the platform's lock.
		result = json.RawMessage(encoded)
	}

	write(w, resultReply(result, err), nil)
}

func resultReply(result any, err error) Reply {
	if err != nil {
		return JSON(http.StatusBadRequest, map[string]string{"error": err.Error()})
	}

	reply := JSON(http.StatusOK, result)
	reply.Header = http.Header{"Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}}

	return reply
}

func decodeBody(r *http.Request, v any) error {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return err
	}

	return decodeStrictly(body, v)
}

func decodeStrictly(body []byte, v any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()

	return decoder.Decode(v)
}

// RoundTripper answers requests without a listener, for tests that need no network.
func RoundTripper(h http.Handler) http.RoundTripper { return roundTripper{h} }

type roundTripper struct{ handler http.Handler }

func (t roundTripper) RoundTrip(r *http.Request) (response *http.Response, err error) {
	defer func() {
		cut := recover()
		if cut == http.ErrAbortHandler { //nolint:errorlint // A panic value, compared as net/http does.
			err = io.ErrUnexpectedEOF
		} else if cut != nil {
			panic(cut)
		}
	}()

	recorder := httptest.NewRecorder()

	served := r.Clone(r.Context())
	if served.Body == nil {
		served.Body = http.NoBody
	}

	t.handler.ServeHTTP(recorder, served)

	if err := r.Context().Err(); err != nil {
		return nil, err
	}

	response = recorder.Result()
	if r.Method == http.MethodHead {
		response.Body = http.NoBody
	}

	response.Request = r

	return response, nil
}
