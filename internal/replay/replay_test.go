package replay_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed-426837f5/terraform-provider-chat/internal/replay"
)

// server answers requests without a network.
type server func(*http.Request, string) (int, string)

func (s server) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}

	status, text := s(r, string(body))

	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}},
		Body: io.NopCloser(strings.NewReader(text)),
	}, nil
}

const labels = `{"steps": [
	{"method": "POST", "path": "/labels", "body": {"title": "{{p}}-a", "z": 1.50, "a": "{{people.agent.id}}"}, "save": {"l": "id"}},
	{"method": "GET", "path": "/labels/{{l}}", "query": [["of", "{{account}}"]], "as": "agent"},
	{"method": "GET", "path": "//api/v1/nothing/{{never_saved}}", "as": "none"},
	{"method": "GET", "path": "/labels", "mine": ["payload"], "ordered": true},
	{"method": "GET", "path": "/labels", "needs": ["feature:none"]}
]}`

// labelServer knows one label, whose rows of a list come in the order that is given.
func labelServer(order ...string) (*replay.Settings, *[]string) {
	seen, title := []string{}, ""
	answer := server(func(r *http.Request, body string) (int, string) {
		seen = append(seen, r.Method+" "+r.URL.RequestURI()+" "+r.Header.Get("Api-Access-Token")+" "+body)

		switch {
		case r.URL.Path == "/api":
			return 200, `{"version": "4.15.1"}`
		case strings.HasSuffix(r.URL.Path, "/profile"):
			return 200, `{"id": 12, "name": "Ada", "accounts": [{"id": 1, "role": "administrator"}]}`
		case r.Method == "POST":
			_, title, _ = strings.Cut(body, `"title": "`)
			title, _, _ = strings.Cut(title, `"`)

			return 200, fmt.Sprintf(`{"id": 7, "title": %q, "account_id": 1, "created_at": 1800000000, "secret": "s", "bot": {"access_token": {"token": "t"}}}`, title)
		case strings.HasSuffix(r.URL.Path, "/labels"):
			rows := []string{`{"title": "of somebody else"}`}
			for _, name := range order {
				rows = append(rows, fmt.Sprintf(`{"title": "%s %s"}`, title, name))
			}

			return 200, `{"payload": [` + strings.Join(rows, ",") + `]}`
		case strings.HasPrefix(r.URL.Path, "/api/v1/accounts/1/labels/7"):
			return 200, `{"id": 7, "color": null}`
		default:
			return 404, `{"error": "nothing"}`
		}
	})

	return &replay.Settings{
		BaseURL: "http://server.example", AccountID: "1", Client: &http.Client{Transport: answer},
		Tokens: map[string]string{"administrator": "admin-token", "agent": "agent-token"},
	}, &seen
}

func record(t *testing.T, settings *replay.Settings) []replay.Row {
	t.Helper()

	sequences, err := replay.LoadSequences(fstest.MapFS{"all/labels.json": {Data: []byte(labels)}}, "all")
	if err != nil || len(sequences) != 1 {
		t.Fatal(sequences, err)
	}

	if _, err := settings.Check(t.Context()); err != nil {
		t.Fatal(err)
	}

	rows, err := settings.Run(t.Context(), sequences[0])
	if err != nil {
		t.Fatal(err)
	}

	return rows
}

// TestRun sends what the sequence says and records answers without what differs from run to run.
func TestRun(t *testing.T) {
	t.Parallel()

	settings, seen := labelServer("one")
	rows := record(t, settings)

	for i, want := range []string{
		`200 json {"account_id":"<account>:int","bot":{"access_token":{"token":"<access_token>"}},"created_at":"<epoch:int>","id":"<id:int>","secret":"<secret>","title":"<p>-a"}`,
		`200 json {"color":null,"id":"<id:int>"}`,
		`404 json {"error":"nothing"}`,
		`200 json {"payload":[{"title":"<p>-a one"}]}`,
	} {
		if rows[i].String() != want {
			t.Errorf("row %d is %s, want %s", i, rows[i], want)
		}
	}

	if len(rows) != 4 {
		t.Errorf("%d rows: what the server lacks was asked", len(rows))
	}

	all := strings.Join(*seen, "\n")
	for _, want := range []string{
		`"z": 1.50, "a": 12}`, "GET /api/v1/accounts/1/labels/7?of=1 agent-token", "GET /api/v1/nothing/999999999  ",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no request holds %q:\n%s", want, all)
		}
	}
}

// TestCompare tells servers apart, and a recording reads as it was written.
func TestCompare(t *testing.T) {
	t.Parallel()

	one, _ := labelServer("one", "two")
	rows := record(t, one)

	var file bytes.Buffer
	if err := replay.Write(&file, rows); err != nil {
		t.Fatal(err)
	}

	stored, err := replay.Read(&file)
	if err != nil || len(stored) != len(rows) {
		t.Fatal(len(stored), err)
	}

	turned, _ := labelServer("two", "one")
	longer, _ := labelServer("one", "two", "three")
	same, _ := labelServer("one", "two")

	for name, test := range map[string]struct {
		settings *replay.Settings
		want     string
	}{
		"the same":  {same, ""},
		"an order":  {turned, "order payload[]"},
		"more rows": {longer, "length payload[]: A 2, B 3"},
	} {
		var told []string

		for i, row := range record(t, test.settings) {
			step := replay.Step{Method: "GET", Path: "/labels", Ordered: i == 3}
			for _, d := range replay.Compare(step, stored[row.Key], row) {
				told = append(told, d.String())
			}
		}

		got := strings.Join(told, "\n")
		if (test.want == "") != (got == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
