package sandbox_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// request sends one request over the network, with the headers that a browser would set. A Host among them replaces the
// host of the address, as a name does that resolves to this machine.
func request(t *testing.T, method, address, body string, header map[string]string) (int, string) {
	t.Helper()

	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}

	for name, value := range header {
		req.Header.Set(name, value)
	}

	host := header["Host"]
	if host != "" {
		req.Host = host
	}

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = resp.Body.Close() }()

	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}

	if resp.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%s %s lets other sites read its answer", method, address)
	}

	return resp.StatusCode, string(got)
}

// TestPagesInABrowserAreKeptOut sends what a browser sends for pages of other sites, and for a page whose name was made to
// resolve to this machine.
func TestPagesInABrowserAreKeptOut(t *testing.T) {
	const fault = `{"name":"f","status":500}`

	type header map[string]string

	for name, c := range map[string]struct {
		method, path, body string
		header             header
	}{
		"script of another site": {"POST", "_sandbox/faults", fault, header{
			"Origin": "https://evil.example", "Content-Type": "application/json",
		}},
		"script in a sandboxed frame":    {"POST", "_sandbox/faults", fault, header{"Origin": "null", "Content-Type": "application/json"}},
		"script without leave":           {"POST", "_sandbox/faults", fault, header{"Content-Type": "text/plain"}},
		"script without a type":          {"POST", "_sandbox/faults", fault, header{"Content-Type": ""}},
		"form":                           {"POST", "_sandbox/reset", "", header{"Content-Type": "application/x-www-form-urlencoded"}},
		"form with files":                {"POST", "_sandbox/reset", "", header{"Content-Type": "multipart/form-data; boundary=x"}},
		"image of another site":          {"GET", "_sandbox/journal", "", header{"Sec-Fetch-Site": "cross-site"}},
		"page on another port":           {"GET", "_sandbox/journal", "", header{"Origin": "http://127.0.0.1:1"}},
		"page of another local name":     {"GET", "_sandbox/journal", "", header{"Sec-Fetch-Site": "same-site"}},
		"name that resolves here":        {"GET", "_sandbox/journal", "", header{"Host": "evil.example", "Sec-Fetch-Site": "same-origin"}},
		"name that resolves here, quiet": {"GET", "_sandbox/journal", "", header{"Host": "127.0.0.1.evil.example"}},
		"name with the port":             {"PUT", "_sandbox/latency", `"1ms"`, header{"Host": "evil.example:8484", "Content-Type": "application/json"}},
		"name, own origin": {"POST", "_sandbox/reset", "", header{
			"Host": "evil.example", "Origin": "http://evil.example", "Content-Type": "application/json",
		}},
		"platform, other site":      {"GET", "echo/things/1", "", header{"Key": "good", "Sec-Fetch-Site": "cross-site"}},
		"platform, name":            {"GET", "echo/things/1", "", header{"Key": "good", "Host": "evil.example", "Sec-Fetch-Site": "same-origin"}},
		"platform, other origin":    {"POST", "echo/things/1", `{"name":"x"}`, header{"Key": "good", "Origin": "https://evil.example"}},
		"switches of another site":  {"PATCH", "_sandbox/echo/switches", `{"loud":true}`, header{"Origin": "https://evil.example", "Content-Type": "application/json"}},
		"hooks in plain text":       {"POST", "_sandbox/echo/hooks/bump", `{}`, header{"Content-Type": "text/plain"}},
		"deleting of another site":  {"DELETE", "_sandbox/journal", "", header{"Origin": "https://evil.example"}},
		"asking leave of this site": {"OPTIONS", "_sandbox/faults", "", header{"Origin": "https://evil.example"}},
	} {
		t.Run(name, func(t *testing.T) {
			core, platform, url := start(t)

			status, got := request(t, c.method, url+"/"+c.path, c.body, c.header)
			if status != http.StatusForbidden || !strings.Contains(got, `"error"`) {
				t.Errorf("HTTP %d %s, want a refusal", status, got)
			}

			if len(core.Faults.Hits()) > 0 || core.Journal.Count("") > 0 || platform.handled() > 0 {
				t.Error("the request had an effect")
			}
		})
	}
}

func TestCallersOfThisMachineAreLetIn(t *testing.T) {
	_, _, url := start(t)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(url, "http://"))

	for name, header := range map[string]map[string]string{
		"script":          {"Content-Type": "application/json"},
		"with a charset":  {"Content-Type": "application/json; charset=utf-8"},
		"by name":         {"Host": "localhost:" + port, "Content-Type": "application/json"},
		"by IPv6":         {"Host": "[::1]:" + port, "Content-Type": "application/json"},
		"page of its own": {"Origin": url, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"},
	} {
		status, got := request(t, "PUT", url+"/_sandbox/latency", `"0s"`, header)
		if status != http.StatusOK {
			t.Errorf("%s: HTTP %d %s", name, status, got)
		}
	}

	status, got := request(t, "POST", url+"/_sandbox/reset", "", nil) // curl -X POST.
	if status != http.StatusOK {
		t.Errorf("without a body: HTTP %d %s", status, got)
	}

	status, _ = request(t, "GET", url+"/_sandbox/journal", "", map[string]string{"Sec-Fetch-Site": "none"})
	if status != http.StatusOK {
		t.Errorf("typed into the address bar: HTTP %d", status)
	}
}

func TestServedJournalHoldsNoSecrets(t *testing.T) {
	core, _, url := start(t)

	for path, body := range map[string]string{
		"/echo/things/1?apiKey=s3cret-1&page=2": `{"name":"Ana","password":"s3cret-2","nested":{"api_access_token":"s3cret-3","note":"kept-1"},
			"list":[{"client_secret":"s3cret-4"}],"bot_config":{"free":"s3cret-5"},"hmac_mandatory":true}`,
		"/echo/things/2":        `{"webhook_url":"https://hooks.example/s3cret-6","avatar_url":"https://user:s3cret-7@img.example/kept-2?sig=s3cret-8"}`,
		"/echo/webhooks":        `{"webhook":{"url":"https://hooks.example/services/s3cret-9","subscriptions":["kept-3"]}}`,
		"/echo/things/3":        `{"payload":"{\"token\":\"s3cret-10\",\"title\":\"kept-4\"}"}`,
		"/echo/things/4":        `user=ana&password=s3cret-11`,
		"/echo/things/5?q=kept": `"plain s3cret-12"`,
	} {
		request(t, "POST", url+path, body, map[string]string{"Key": "s3cret-13", "Content-Type": "application/json"})
	}

	_, served := request(t, "GET", url+"/_sandbox/journal", "", nil)
	if strings.Contains(served, "s3cret") {
		t.Errorf("the served journal holds a secret:\n%s", served)
	}

	for _, want := range []string{"kept-1", "kept-2", "kept-3", "kept-4", "https://hooks.example/(redacted)", `"hmac_mandatory":true`, `"page":["2"]`} {
		if !strings.Contains(served, want) {
			t.Errorf("the served journal lacks %s:\n%s", want, served)
		}
	}

	// Tests in the same process see what was sent.
	var raw strings.Builder
	for _, entry := range core.Journal.Entries(nil) {
		raw.Write(entry.Body)
	}

	if !strings.Contains(raw.String(), "s3cret-2") {
		t.Error("the journal itself was changed")
	}

	var entries []sandbox.Entry
	if err := json.Unmarshal([]byte(served), &entries); err != nil || len(entries) != 6 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

func TestRequestsInTheSameProcessNeedNoHost(t *testing.T) {
	core, platform := sandbox.New(sandbox.Options{}), &echo{}
	client := http.Client{Transport: sandbox.RoundTripper(core.Mount(platform))}

	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://sandbox/_sandbox/health", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}

	resp, err := client.Do(req)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("health: %v %v", resp, err)
	}

	_ = resp.Body.Close()
}
