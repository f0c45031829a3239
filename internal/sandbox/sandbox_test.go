package sandbox_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// echo is the smallest platform: it counts and gives back what it got.
type echo struct {
	sync.Mutex

	seen     int
	switches struct {
		Loud bool `json:"loud"`
	}
}

func (e *echo) handled() int {
	e.Lock()
	defer e.Unlock()

	return e.seen
}

func (e *echo) Name() string                            { return "echo" }
func (e *echo) Admit(r *sandbox.Request) *sandbox.Reply { return refuse(r) }
func (e *echo) Environment(base string) []string        { return []string{"ECHO_BASE_URL=" + base + "/echo"} }
func (e *echo) Switches() any                           { return &e.switches }
func (e *echo) Reset() {
	e.seen = 0
}

func (e *echo) Plant(json.RawMessage) error { return nil }
func (e *echo) View() sandbox.View          { return sandbox.View{Name: "echo"} }

func (e *echo) Hooks() map[string]sandbox.Hook {
	return map[string]sandbox.Hook{"bump": func([]byte) (any, error) { e.seen++; return e.seen, nil }}
}

func (e *echo) Unknown(_ *sandbox.Request, known bool) sandbox.Reply {
	if known {
		return sandbox.Text(http.StatusMethodNotAllowed, "method")
	}

	return sandbox.Text(http.StatusNotFound, "path")
}

func (e *echo) Routes() []sandbox.Route {
	return []sandbox.Route{
		{Pattern: "POST /things/{id}", Handle: func(r *sandbox.Request) sandbox.Reply {
			e.seen++

			var body struct {
				Name string `json:"name"`
			}
			if err := r.Decode(&body); err != nil {
				return sandbox.Text(http.StatusBadRequest, err.Error())
			}

			return sandbox.JSON(http.StatusOK, map[string]string{"id": r.PathValue("id"), "name": body.Name})
		}},
		{Pattern: "GET /things/{id}", Read: true, Handle: func(r *sandbox.Request) sandbox.Reply {
			return sandbox.JSON(http.StatusOK, r.PathValue("id"))
		}},
	}
}

func refuse(r *sandbox.Request) *sandbox.Reply {
	if r.Header.Get("Key") == "good" {
		return nil
	}

	reply := sandbox.Text(http.StatusUnauthorized, "key")

	return &reply
}

func start(t *testing.T) (*sandbox.Core, *echo, string) {
	t.Helper()

	core, platform := sandbox.New(sandbox.Options{}), &echo{}
	server := httptest.NewServer(core.Mount(platform))
	t.Cleanup(server.Close)

	return core, platform, server.URL
}

func send(t *testing.T, method, url, key, body string) (int, string, error) {
	t.Helper()

	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}

	req.Header.Set("Key", key)
	req.Header.Set("Content-Type", "application/json")

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}

	defer func() { _ = resp.Body.Close() }()

	got, err := io.ReadAll(resp.Body)

	return resp.StatusCode, string(got), err
}

func TestRoutesServeAndRefuse(t *testing.T) {
	core, _, url := start(t)
	for _, c := range []struct {
		name, method, path, key, body string
		status                        int
		want                          string
	}{
		{"served", "POST", "/echo/things/7", "good", `{"name":"x"}`, 200, `{"id":"7","name":"x"}`},
		{"escaped element stays one", "GET", "/echo/things/a%2Fb", "good", "", 200, `"a/b"`},
		{"wrong key", "GET", "/echo/things/7", "bad", "", 401, "key"},
		{"unknown path", "GET", "/echo/nothing", "good", "", 404, "path"},
		{"unknown method", "DELETE", "/echo/things/7", "good", "", 405, "method"},
		{"unknown field", "POST", "/echo/things/7", "good", `{"nome":"x"}`, 400, `json: unknown field "nome"`},
	} {
		status, got, err := send(t, c.method, url+c.path, c.key, c.body)
		if err != nil || status != c.status || got != c.want {
			t.Errorf("%s: got %d %q %v, want %d %q", c.name, status, got, err, c.status, c.want)
		}
	}

	n := len(core.Journal.Complaints())
	if n != 3 {
		t.Errorf("%d complaints, want 3: unknown path, unknown method, unknown field", n)
	}

	n = len(core.Journal.Writes())
	if n != 2 {
		t.Errorf("%d writes, want the two POSTs", n)
	}

	n = core.Journal.Count("POST /things/{id}")
	if n != 2 {
		t.Errorf("%d requests to the route, want 2", n)
	}
}

func TestFaultsHitTheRequestsTheyName(t *testing.T) {
	core, platform, url := start(t)
	core.Faults.Add(
		sandbox.Fault{Name: "second", Method: "GET", Path: "/things/*", Skip: 1, Status: 503, Body: "busy", Header: map[string]string{"Retry-After": "1"}},
		sandbox.Fault{Name: "before", Method: "POST", Cut: sandbox.CutReset},
		sandbox.Fault{Name: "after", Method: "POST", Cut: sandbox.CutReset, After: true},
		sandbox.Fault{Name: "short", Method: "POST", Cut: sandbox.CutShort},
	)

	status, _, _ := send(t, "GET", url+"/echo/things/1", "good", "")
	if status != 200 {
		t.Errorf("first GET: %d, want 200: the fault skips one", status)
	}

	status, body, _ := send(t, "GET", url+"/echo/things/1", "good", "")
	if status != 503 || body != "busy" {
		t.Errorf("second GET: %d %q, want the fault", status, body)
	}

	status, _, _ = send(t, "GET", url+"/echo/things/1", "good", "")
	if status != 200 {
		t.Errorf("third GET: %d, want 200: the fault is used up", status)
	}

	if _, _, err := send(t, "POST", url+"/echo/things/1", "good", `{"name":"x"}`); err == nil || platform.handled() != 0 {
		t.Errorf("reset before: error %v, handled %d; want an error and nothing handled", err, platform.handled())
	}

	if _, _, err := send(t, "POST", url+"/echo/things/1", "good", `{"name":"x"}`); err == nil || platform.handled() != 1 {
		t.Errorf("reset after: error %v, handled %d; want an error and one handled", err, platform.handled())
	}

	if _, _, err := send(t, "POST", url+"/echo/things/1", "good", `{"name":"x"}`); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("short: error %v, want an unexpected end", err)
	}

	hits := core.Faults.Hits()
	if hits["second"] != 1 || hits["after"] != 1 {
		t.Errorf("hits %v", hits)
	}
}

func TestSeedRepeatsRatedFaults(t *testing.T) {
	draw := func() (hits []bool) {
		core, platform := sandbox.New(sandbox.Options{}), &echo{}
		core.Faults.SetRate(sandbox.Rate{Share: 0.5, Seed: 42, Faults: []sandbox.Fault{{Name: "x", Status: 500}}})
		client := http.Client{Transport: sandbox.RoundTripper(core.Mount(platform))}

		for range 50 {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://sandbox/echo/things/1", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}

			req.Header.Set("Key", "good")

			resp, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}

			_ = resp.Body.Close()
			hits = append(hits, resp.StatusCode == 500)
		}

		return hits
	}

	first, second, n := draw(), draw(), 0
	for i := range first {
		if first[i] != second[i] {
			t.Fatal("two draws of one seed differ")
		}

		if first[i] {
			n++
		}
	}

	if n < 10 || n > 40 {
		t.Errorf("%d of 50 hit, want about half", n)
	}
}

func TestControlEndpointsAnswer(t *testing.T) {
	core, platform, url := start(t)
	for _, c := range []struct{ method, path, body, want string }{
		{"GET", "health", "", `"ok"`},
		{"POST", "echo/hooks/bump", "{}", `1`},
		{"PATCH", "echo/switches", `{"loud":true}`, `{"loud":true}`},
		{"PATCH", "echo/switches", `{"quiet":true}`, `{"error":"json: unknown field \"quiet\""}`},
		{"POST", "faults", `{"name":"f","status":500}`, `"ok"`},
		{"PUT", "latency", `"1ms"`, `"1ms"`},
	} {
		if _, got, err := send(t, c.method, url+sandbox.ControlPath+c.path, "", c.body); err != nil || got != c.want {
			t.Errorf("%s %s: %q %v, want %q", c.method, c.path, got, err, c.want)
		}
	}

	status, _, _ := send(t, "GET", url+"/echo/things/1", "good", "")
	if status != 500 {
		t.Errorf("scripted fault did not apply: %d", status)
	}

	_, got, _ := send(t, "GET", url+sandbox.ControlPath+"stats", "", "")
	if got != `{"connections":1,"faults":{"f":1},"peak_in_flight":1,"requests":1}` {
		t.Errorf("stats: %s", got)
	}

	if _, err := sandbox.Act(platform, "bump", nil); err != nil {
		t.Fatal(err)
	}

	if _, _, err := send(t, "POST", url+sandbox.ControlPath+"reset", "", ""); err != nil || platform.handled() != 0 {
		t.Errorf("reset: %v, seen %d", err, platform.handled())
	}

	if core.Journal.Count("") != 0 {
		t.Error("reset kept the journal")
	}
}

func TestClockIsUTC(t *testing.T) {
	day := time.Date(2024, 2, 29, 12, 0, 0, 0, time.FixedZone("x", 3600))
	core := sandbox.New(sandbox.Options{Now: func() time.Time { return day }})

	got := core.Now()
	if !got.Equal(day) || got.Location() != time.UTC {
		t.Errorf("Now is %v, want the injected instant in UTC", got)
	}
}

func TestCollectionKeepsItsOrder(t *testing.T) {
	var c sandbox.Collection[int, string]
	for i, s := range []string{"a", "b", "c", "d"} {
		c.Put(i, s)
	}

	c.Put(1, "B")

	if !c.Delete(2) || c.Delete(2) {
		t.Error("Delete must say whether there was a row")
	}

	got := strings.Join(c.Where(func(string) bool { return true }), "")
	if got != "aBd" {
		t.Errorf("rows %q, want aBd", got)
	}

	var newest string
	for _, row := range c.Newest() {
		newest += row
		if row == "B" {
			break
		}
	}

	if newest != "dB" {
		t.Errorf("newest first %q, want dB", newest)
	}

	page := sandbox.Page([]int{1, 2, 3}, 2, 2)
	if len(page) != 1 || page[0] != 3 {
		t.Errorf("page 2: %v", page)
	}

	page = sandbox.Page([]int{1, 2, 3}, 3, 2)
	if len(page) != 0 {
		t.Errorf("page past the end: %v", page)
	}
}
