package server_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

// caller sends raw requests.
type caller struct {
	*testing.T
	http.Client
}

// fixture returns a sandbox that is called without a network.
func newFixture(t *testing.T) (*server.Sandbox, *caller) {
	t.Helper()

	f := server.New(sandbox.Options{})

	return f, &caller{t, http.Client{
		Transport:     sandbox.RoundTripper(f.Handler()),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// result is an answer, read to its end.
type result struct {
	status int
	header http.Header
	body   string
}

func (c *caller) send(method, url, body string, header map[string]string) result {
	c.Helper()

	ctx, cancel := context.WithTimeout(c.Context(), 10*time.Second)
	defer cancel()

	req, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		c.Fatal(err)
	}

	req.Header.Set("Content-Type", "application/json")

	for name, value := range header {
		req.Header.Set(name, value)
	}

	resp, err := c.Do(req)
	if err != nil {
		c.Fatalf("%s %s: %v", method, url, err)
	}

	defer func() { _ = resp.Body.Close() }()

	got, err := io.ReadAll(resp.Body)
	if err != nil {
		c.Fatal(err)
	}

	if resp.Header.Get(sandbox.SimulatedHeader) == "" {
		c.Errorf("%s %s: HTTP %d without %s", method, url, resp.StatusCode, sandbox.SimulatedHeader)
	}

	return result{resp.StatusCode, resp.Header, string(got)}
}

// environment turns NAME=value pairs into a map.
func environment(t *testing.T, pairs []string) map[string]string {
	t.Helper()

	env := map[string]string{}

	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")

		_, twice := env[name]
		if !ok || value == "" || twice {
			t.Errorf("environment has %q, empty or twice", pair)
		}

		env[name] = value
	}

	return env
}

func TestRunRefusesOtherAddresses(t *testing.T) {
	for _, address := range []string{
		"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:8484", "[2001:db8::1]:8484", "example.com:8484", "localhost.example.com:0",
		"127.0.0.1", "", "nonsense",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)

		var out strings.Builder
		if err := server.Run(ctx, server.Settings{Address: address}, &out); err == nil || out.Len() > 0 {
			t.Errorf("Run on %q: error %v, printed %q; want an error and nothing printed", address, err, out.String())
		}

		cancel()
	}
}

func TestRunRefusesATakenAddress(t *testing.T) {
	base, _ := run(t, server.Settings{Address: "127.0.0.1:0"})

	err := server.Run(t.Context(), server.Settings{Address: strings.TrimPrefix(base, "http://")}, io.Discard)
	if err == nil {
		t.Fatal("a second sandbox on the same address did not fail")
	}

	for _, want := range []string{strings.TrimPrefix(base, "http://"), "-listen 127.0.0.1:PORT", "-listen 127.0.0.1:0"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %q: %v", want, err)
		}
	}
}

// run starts a sandbox and returns its address and the environment it printed. The sandbox ends with the test, and must.
func run(t *testing.T, settings server.Settings) (base string, env []string) {
	t.Helper()

	ctx, cancel := context.WithCancel(context.Background())
	reader, writer := io.Pipe()

	done := make(chan error, 1)
	go func() {
		done <- server.Run(ctx, settings, writer)

		_ = writer.Close()
	}()

	t.Cleanup(func() {
		cancel()

		select {
		case err := <-done:
			if err != nil {
				t.Errorf("Run ended with %v, want nil: it was told to", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("Run goes on after its context ended")
		}
	})

	for lines := bufio.NewScanner(reader); lines.Scan(); {
		pair, isVariable := strings.CutPrefix(lines.Text(), "export ")
		address := regexp.MustCompile(`^# sandbox ready on (http://\S+), until interrupted$`).FindStringSubmatch(lines.Text())

		switch {
		case isVariable:
			env = append(env, pair)
		case address != nil:
			return address[1], env
		case !strings.HasPrefix(lines.Text(), "# "):
			t.Errorf("a line that no shell understands: %q", lines.Text())
		}
	}

	t.Fatal("Run printed no address")

	return "", nil
}

func TestRunServesAndPrintsItsEnvironment(t *testing.T) {
	for _, address := range []string{"127.0.0.1:0", "localhost:0"} {
		t.Run(address, func(t *testing.T) {
			client := &caller{T: t}
			t.Cleanup(func() { client.CloseIdleConnections() })

			var base string

			t.Run("serves", func(t *testing.T) {
				var env []string

				base, env = run(t, server.Settings{Address: address})

				client := &caller{T: t}
				defer client.CloseIdleConnections()

				got := client.send("GET", base+sandbox.ControlPath+"health", "", nil)
				if got.status != 200 || got.body != `"ok"` {
					t.Errorf("health: %d %s", got.status, got.body)
				}

				want := server.New(sandbox.Options{}).Environment(base)
				if !slices.Equal(env, want) {
					t.Errorf("printed %v, want %v", env, want)
				}

				works(t, client, environment(t, env))
			})

			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}

			if resp, err := client.Do(req); err == nil {
				_ = resp.Body.Close()

				t.Errorf("%s still answers after Run ended", base)
			}
		})
	}
}

// works calls every platform as a provider would that knows nothing but the environment.
func works(t *testing.T, c *caller, env map[string]string) {
	t.Helper()

	want := func(method, url, body string, header map[string]string) http.Header {
		t.Helper()

		got := c.send(method, url, body, header)
		if got.status != http.StatusOK || !json.Valid([]byte(got.body)) {
			t.Errorf("%s %s: %d %s, want 200 and JSON", method, url, got.status, got.body)
		}

		return got.header
	}
	kommunicate := map[string]string{"Api-Key": env["KOMMUNICATE_API_KEY"], "Of-User-Id": env["KOMMUNICATE_ACTING_USER_ID"]}
	want("POST", env["KOMMUNICATE_BASE_URL"]+"/rest/ws/user/v2/detail",
		fmt.Sprintf(`{"userIdList":[%q]}`, env["KOMMUNICATE_ACTING_USER_ID"]), kommunicate)
	want("GET", env["KOMMUNICATE_CHAT_BASE_URL"]+"/rest/ws/group/support", "", kommunicate)

	want("GET", env["CHATLAKE_BASE_URL"]+"/api/v1/accounts/"+env["CHATLAKE_ACCOUNT_ID"]+"/inboxes", "",
		map[string]string{"api_access_token": env["CHATLAKE_API_ACCESS_TOKEN"]})

	key := base64.StdEncoding.EncodeToString([]byte(env["IMICHAT_API_KEY"] + "@" + env["IMICHAT_DOMAIN"]))
	token := want("GET", env["IMICHAT_BASE_URL"]+"/v3.1/authorize", "", map[string]string{"Authorization": key}).Get("access_token")
	want("GET", env["IMICHAT_BASE_URL"]+"/v3.1/chats", "", map[string]string{"access_token": token, "teamid": env["IMICHAT_TEAM_ID"]})
}

func TestEnvironmentReachesEveryPlatform(t *testing.T) {
	f, client := newFixture(t)
	env := environment(t, f.Environment("http://sandbox"))
	works(t, client, env)

	complaints := f.Journal.Complaints()
	if len(complaints) > 0 {
		t.Errorf("complaint about %s %s: %s", complaints[0].Method, complaints[0].Path, complaints[0].Complain)
	}

	for _, p := range f.Platforms() {
		reached := f.Journal.Entries(func(e sandbox.Entry) bool { return e.Platform == p.Name() })
		if len(reached) == 0 {
			t.Errorf("nothing of the environment led to %s", p.Name())
		}

		for _, pair := range p.Environment("http://sandbox") {
			if !strings.HasPrefix(pair, strings.ToUpper(p.Name())+"_") {
				t.Errorf("%s has %s in its environment", p.Name(), pair)
			}
		}
	}
}

// TestEveryAnswerNamesTheSandbox asks for what no handler of a platform answers; send checks the mark, here and everywhere.
func TestEveryAnswerNamesTheSandbox(t *testing.T) {
	f, client := newFixture(t)
	for _, path := range []string{"/", "/nothing", "/_sandbox/nothing", "/_sandbox/health", "/_sandbox/../x", "/imichat"} {
		client.send("GET", "http://sandbox"+path, "", nil)
	}

	for _, p := range f.Platforms() {
		base := "http://sandbox/" + p.Name()
		for _, path := range []string{"/", "/nothing", "//nothing", "/a/../b"} {
			client.send("GET", base+path, "", nil)
			client.send("BREW", base+path, "", nil)
		}

		f.Faults.Add(sandbox.Fault{Name: "busy", Platform: p.Name(), Status: http.StatusServiceUnavailable, Body: "<html>"})

		got := client.send("GET", base+"/nothing", "", nil)
		if got.status != http.StatusServiceUnavailable {
			t.Errorf("%s: the fault did not hit: %d", p.Name(), got.status)
		}
	}
}

// open returns the routes that need no credentials, by platform and pattern.
func open() []string {
	return []string{
		"chatlake GET /api",
		"chatlake GET /health",
		"kommunicate POST /chat/rest/ws/register/client", // The application's id in its body decides.
	}
}

// TestWrongCredentialsAreRefused walks all routes of all platforms: without credentials and with wrong ones each refuses, before it
// looks at anything else; with the right ones it answers something different.
func TestWrongCredentialsAreRefused(t *testing.T) {
	wrong := map[string]string{
		"Api-Key": "wrong", "Of-User-Id": "wrong", "X-Authorization": "wrong", "Application-Key": "wrong",
		"api_access_token": "wrong", "access_token": "wrong", "teamid": "wrong",
		"Authorization": base64.StdEncoding.EncodeToString([]byte("wrong@wrong")),
	}
	walked := []string{}

	for _, p := range server.New(sandbox.Options{}).Platforms() {
		for _, route := range p.Routes() {
			name := p.Name() + " " + route.Pattern
			walked = append(walked, name)
			// Chatlake's public API takes no token: the inbox's identifier or the survey's own id in the path decides.
			if slices.Contains(open(), name) || strings.Contains(name, " /public/api/v1/") {
				continue
			}

			method, path, _ := strings.Cut(regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(route.Pattern, "1"), " ")

			for kind, header := range map[string]map[string]string{"no": nil, "wrong": wrong} {
				f, client := newFixture(t)

				got := client.send(method, "http://sandbox/"+p.Name()+path, "{}", header)
				if !refused(p.Name(), got) {
					t.Errorf("%s with %s credentials: %d %.200s", name, kind, got.status, got.body)
				}

				credentials := right(t, f)
				if strings.HasPrefix(path, "/platform/") { // The platform API of Chatlake has tokens of its own.
					credentials = map[string]string{"Api-Access-Token": chatlake.PlatformToken}
				}

				got = client.send(method, "http://sandbox/"+p.Name()+path, "{}", credentials)
				if refused(p.Name(), got) {
					t.Errorf("%s with the right credentials: %d %.200s", name, got.status, got.body)
				}
			}
		}
	}

	for _, name := range open() {
		if !slices.Contains(walked, name) {
			t.Errorf("no route %s: it needs no exception", name)
		}
	}
}

// refused reports whether an answer is about credentials.
func refused(platform string, got result) bool {
	if platform == "imichat" && got.status == http.StatusBadRequest { // Documented: 2002 no token, 2003 not a token.
		return strings.Contains(got.body, `"status_code":2002,`) || strings.Contains(got.body, `"status_code":2003,`)
	}

	return got.status == http.StatusUnauthorized
}

// right returns the headers of callers that the platforms know.
func right(t *testing.T, f *server.Sandbox) map[string]string {
	t.Helper()
	env := environment(t, f.Environment("http://sandbox"))

	return map[string]string{
		"Api-Key": env["KOMMUNICATE_API_KEY"], "Of-User-Id": env["KOMMUNICATE_ACTING_USER_ID"],
		"api_access_token": env["CHATLAKE_API_ACCESS_TOKEN"],
		"access_token":     f.IMIchat.IssueToken(), "teamid": env["IMICHAT_TEAM_ID"],
		"Authorization": base64.StdEncoding.EncodeToString([]byte(env["IMICHAT_API_KEY"] + "@" + env["IMICHAT_DOMAIN"])),
	}
}

// TestWrongApplicationIsRefused registers with an application that is not the account's.
func TestWrongApplicationIsRefused(t *testing.T) {
	f, client := newFixture(t)
	env := environment(t, f.Environment("http://sandbox"))
	register := func(application string) string {
		return client.send("POST", env["KOMMUNICATE_CHAT_BASE_URL"]+"/rest/ws/register/client",
			fmt.Sprintf(`{"applicationId":%q,"userId":"someone","deviceType":1}`, application), nil).body
	}

	refusal := register("wrong")
	if strings.Contains(refusal, `"authToken"`) {
		t.Errorf("a wrong application got a session: %s", refusal)
	}

	admitted := register(env["KOMMUNICATE_APPLICATION_ID"])
	if !strings.Contains(admitted, `"authToken"`) {
		t.Errorf("the right application got no session: %s", admitted)
	}
}

// TestRunPlaysARelease starts the sandbox as another release of Chatwoot, and refuses what is none.
func TestRunPlaysARelease(t *testing.T) {
	t.Parallel()

	err := server.Run(t.Context(), server.Settings{Address: "127.0.0.1:0", Chatwoot: "newest"}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "-chatwoot-version") {
		t.Errorf("the version newest: %v", err)
	}

	s := server.New(sandbox.Options{})
	if err := s.Chatlake.Play("4.11.2"); err != nil {
		t.Fatal(err)
	}

	for _, reset := range []bool{false, true} {
		if reset {
			s.Chatlake.Reset()
		}

		s.Chatlake.SetSwitches(func(switches *chatlake.Switches) {
			if switches.Version != "4.11.2" {
				t.Errorf("plays %s, want 4.11.2", switches.Version)
			}
		})
	}
}
