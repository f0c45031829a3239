//go:build unix

package promises_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	sandboximichat "github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

// ordinaryKills is how often the ordinary suite kills the provider.
const ordinaryKills = 4

// The defaults are the bounded run of the ordinary suite; make chaos runs the long one.
var (
	chaosSeed    = flag.Uint64("seed", 1, "chaos: what to draw faults and kills from")
	chaosRate    = flag.Float64("rate", 0.1, "chaos: the share of requests that meet a fault")
	chaosObjects = flag.Int("objects", 40, "chaos: how many objects to declare")
	chaosKills   = flag.Int("kills", ordinaryKills, "chaos: how often to kill the provider")
	chaosSlow    = flag.Bool("slow", false, "chaos: also let Chatlake say 429 without Retry-After, which waits for the next minute")
)

// Real Terraform applies a few hundred objects on all three platforms while these misbehave, the provider is killed, and
// other people edit, merge, delete and create again what it manages. It is applied until it is satisfied. Then the platforms
// hold what the configuration says, once, the plan is empty, and what is other people's is as they left it.
func TestAccChaos(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set")
	}

	t.Parallel()
	c := newChaos(t)
	started := time.Now()

	for stage, name := range []string{"create", "change"} {
		c.declare(stage)
		c.people.come()
		c.applyUnderFaults(name, "apply")
		c.people.goAway()
		c.applyUnderFaults(name+", alone", "apply") // What people did last is put right.
		c.compare(name, func(o object) string { return o.held })
		c.settled(name)
	}

	c.objects = nil
	c.applyUnderFaults("destroy", "apply")
	c.declare(1)
	c.compare("destroy", func(o object) string { return o.left })
	c.people.untouched(t)
	c.report(time.Since(started))
}

// One object of some types is applied with a real Terraform, and the provider is killed at each of its requests in turn:
// before the platform has done it, and before the answer arrives. TestKilledAtEveryRequest does it for all types, without
// Terraform. The ordinary suite takes one type.
func TestAccChaos_boundaries(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set")
	}

	t.Parallel()

	kinds := []string{"chatlake_contact"}
	if *chaosKills > ordinaryKills {
		kinds = append(kinds, "kommunicate_user", "chatlake_team", "imichat_chat")
	}

	for _, s := range chaosKinds() {
		if !slices.Contains(kinds, s.kind) {
			continue
		}

		kills := 0

		for number, killed := 1, true; killed; number++ {
			for _, after := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/request %d/done %t", s.kind, number, after), func(t *testing.T) {
					c := newChaos(t)
					c.objects = []object{s.make(0, 0)}
					c.killer.wait, c.killer.after, c.killer.left = number, after, 1

					c.killer.arm(true)
					c.applyUntilSatisfied("create", "apply")
					c.killer.arm(false)

					c.compare("create", func(o object) string { return o.held })
					c.settled("create")

					killed = c.killer.killed > 0
					kills += c.killer.killed
				})
			}
		}

		if kills == 0 {
			t.Errorf("%s: the provider was never killed", s.kind)
		}
	}
}

// chaos is one run.
type chaos struct {
	*testing.T
	world  *server.Sandbox
	tf     *acctest.Terraform
	rand   *rand.Rand
	killer *killer
	people *people

	objects []object
	adopted map[string]bool   // Addresses whose configuration says adopt_existing = true.
	imports map[string]string // Import blocks that were printed and pasted, by address.

	rounds, compared int
	replaced         int // Chats that were tainted and not untainted.
	duplicates       int // Messages that were sent again because an answer was lost.
	hits             map[string]int
	errors           map[string]int // By summary, numbers left out.
	ways             map[string]int // How errors were resolved.
}

func newChaos(t *testing.T) *chaos {
	c := &chaos{
		T: t, rand: rand.New(rand.NewPCG(*chaosSeed, 1)), world: server.New(sandbox.Options{Seed: *chaosSeed}),
		adopted: map[string]bool{}, imports: map[string]string{}, hits: map[string]int{}, errors: map[string]int{}, ways: map[string]int{},
	}
	// Whether IMIchat refuses an alias twice is not known. Where it does not, only adopt_existing looks for one.
	unique := *chaosSeed%2 == 1

	c.world.IMIchat.SetSwitches(func(s *sandboximichat.Switches) { s.UniqueAlias, s.Quota = unique, 1_000_000 })

	c.tf = acctest.NewTerraform(t, nil, nil)
	bin, pids := t.TempDir(), filepath.Join(t.TempDir(), "pids")
	// The provider's process is replaced by a shell that notes its own number and becomes the provider.
	script := fmt.Sprintf("#!/bin/sh\necho $$ >>%q\nexec %q \"$@\"\n", pids, acctest.Binary(t))
	writeFile(t, filepath.Join(bin, "terraform-provider-chat"), script, 0o700)
	config := filepath.Join(bin, "terraform.rc")
	writeFile(t, config, fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"seed-426837f5/chat\" = %q\n  }\n  direct {}\n}\n", bin), 0o600)

	c.killer = &killer{
		next: c.world.Handler(), pids: pids, left: *chaosKills, rand: rand.New(rand.NewPCG(*chaosSeed, 2)),
		span: max(3, 8**chaosObjects/max(1, *chaosKills)),
	}
	c.killer.draw()
	listener := httptest.NewServer(c.killer)
	t.Cleanup(listener.Close)

	dashboard := httptest.NewServer(c.world.Handler())
	t.Cleanup(dashboard.Close)

	c.people = &people{
		world: c.world, url: dashboard.URL, rand: rand.New(rand.NewPCG(*chaosSeed, 3)), own: map[int64]string{}, acts: map[string]int{},
	}

	c.tf.Env = append(c.tf.Env, "TF_CLI_CONFIG_FILE="+config, "CHAT_REQUEST_TIMEOUT=2s")

	c.tf.Env = append(c.tf.Env, c.world.Environment(listener.URL)...)
	for stage, s := range chaosKinds() {
		if len(s.held(&acctest.World{Sandbox: c.world})) != 0 {
			t.Fatalf("%d: a fresh sandbox holds %s", stage, s.kind)
		}
	}

	return c
}

// declare makes the objects of a stage.
func (c *chaos) declare(stage int) {
	kinds := chaosKinds()

	c.objects = nil
	for i := range *chaosObjects {
		c.objects = append(c.objects, kinds[i%len(kinds)].make(i/len(kinds), stage))
	}
}

// faults returns what the platforms do wrong. Each models a real event.
func faults() []sandbox.Fault {
	html := map[string]string{"Content-Type": "text/html"}
	all := []sandbox.Fault{
		{Name: "429 with Retry-After", Status: 429, Header: map[string]string{"Retry-After": "1"}},
		{Name: "502", Status: 502, Body: "Bad Gateway"},
		{Name: "503", Status: 503, Header: map[string]string{"Retry-After": "1"}},
		{Name: "504 after processing", Status: 504, After: true},
		{Name: "HTML page", Status: 502, Header: html, Body: "<html><title>502 Bad Gateway</title></html>"},
		{Name: "HTML page with status 200", Status: 200, Header: html, Body: "<!doctype html><p>Maintenance</p>"},
		{Name: "reset before processing", Cut: sandbox.CutReset},
		{Name: "reset after processing", Cut: sandbox.CutReset, After: true},
		{Name: "truncated answer", Cut: sandbox.CutShort, After: true},
		{Name: "half of the JSON", Status: 200, After: true, Body: `{"status":"success","response":{"id":`, Header: map[string]string{"Content-Type": "application/json"}},
		{Name: "slow answer", Delay: 300 * time.Millisecond, After: true},
		{Name: "answer after the timeout", Delay: 3 * time.Second, After: true},
	}
	// Without Retry-After, Chatlake's window is the rest of the minute.
	if *chaosSlow {
		return append(all, sandbox.Fault{Name: "429 without Retry-After", Status: 429})
	}

	for _, platform := range []string{"kommunicate", "imichat"} {
		all = append(all, sandbox.Fault{Name: "429 without Retry-After", Status: 429, Platform: platform})
	}

	return all
}

// applyUnderFaults applies under faults until Terraform is satisfied.
func (c *chaos) applyUnderFaults(stage string, args ...string) {
	c.Helper()
	c.world.Faults.SetRate(sandbox.Rate{Share: *chaosRate, Faults: faults(), Seed: c.rand.Uint64()})
	c.killer.arm(true)
	c.applyUntilSatisfied(stage, args...)
	c.killer.arm(false)

	for name, n := range c.world.Faults.Hits() {
		c.hits[name] += n
	}

	c.world.Faults.Clear()
}

// applyUntilSatisfied applies until Terraform is satisfied, and does what its errors advise.
func (c *chaos) applyUntilSatisfied(stage string, args ...string) {
	c.Helper()

	const most = 60

	for round := 1; ; round++ {
		c.rounds++
		c.write()

		out, err := c.tf.Run(c.T, append(args, "-auto-approve", "-json", "-no-color", "-lock=false")...)
		if err == nil {
			break
		}

		if round == most {
			c.Fatalf("seed %d, %s: not satisfied after %d rounds\n%s", *chaosSeed, stage, most, out)
		}

		c.resolve(out)
	}
}

// write returns the configuration as it stands.
func (c *chaos) write() {
	var b strings.Builder
	b.WriteString("terraform {\n  required_providers {\n    chat = { source = \"seed-426837f5/chat\" }\n  }\n}\n")

	for _, o := range c.objects {
		adopt := ""
		if c.adopted[o.address()] || o.kind == "imichat_chat" && *chaosSeed%2 == 0 {
			adopt = "  adopt_existing = true\n"
		}

		fmt.Fprintf(&b, "resource %q %q {\n  provider = chat\n%s%s}\n", o.kind, o.name, o.body, adopt)
		b.WriteString(c.imports[o.address()])
	}

	writeFile(c.T, filepath.Join(c.tf.Dir, "main.tf"), b.String(), 0o600)
	c.imports = map[string]string{} // An import block is pasted once.
}

// diagnostic is a line of Terraform's JSON output.
type diagnostic struct {
	Type       string `json:"type"`
	Diagnostic struct {
		Severity, Summary, Detail, Address string
	} `json:"diagnostic"`
}

var (
	importBlock = regexp.MustCompile(`(?s)import \{\n  to = (\S+)\n  id = "[^"]*"\n\}\n`)
	digits      = regexp.MustCompile(`[0-9]+`)

	// lateID finds an object that came after its create had failed.
	lateID = regexp.MustCompile(`(?s)terraform state rm.*  id = "([^"]*)"`)
)

// resolve does what the errors say: paste the import block or set adopt_existing, untaint, forget, or simply apply again.
func (c *chaos) resolve(out string) {
	lines := bufio.NewScanner(strings.NewReader(out))
	lines.Buffer(nil, 1<<20)

	for lines.Scan() {
		var d diagnostic
		if json.Unmarshal(lines.Bytes(), &d) != nil || d.Type != "diagnostic" || d.Diagnostic.Severity != "error" {
			continue
		}

		c.errors[digits.ReplaceAllString(d.Diagnostic.Summary, "N")]++

		block, address := importBlock.FindString(d.Diagnostic.Detail), d.Diagnostic.Address
		late := lateID.FindStringSubmatch(d.Diagnostic.Detail)

		switch {
		case late != nil:
			if _, err := c.tf.Run(c.T, "state", "rm", "-lock=false", address); err == nil {
				c.ways["terraform state rm, and import"]++
				c.imports[address] = fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, late[1])
			}
		case block == "" && strings.Contains(d.Diagnostic.Detail, "terraform untaint") && c.rand.IntN(2) == 0:
			if _, err := c.tf.Run(c.T, "untaint", "-lock=false", "-allow-missing", address); err == nil {
				c.ways["terraform untaint"]++
			}
		case block == "":
			if strings.Contains(d.Diagnostic.Detail, "terraform untaint") && strings.HasPrefix(address, "imichat_chat.") {
				c.replaced++
			}
		case c.rand.IntN(2) == 0:
			c.ways["the printed import block"]++
			c.imports[address] = strings.Replace(block, importBlock.FindStringSubmatch(block)[1], address, 1)
		default:
			c.ways["adopt_existing"]++
			c.adopted[address] = true
		}
	}
}

// compare asks the platforms what they hold.
func (c *chaos) compare(stage string, line func(object) string) {
	c.Helper()

	want, got, unkeyed := map[string]int{}, map[string]int{}, map[string]bool{}

	for _, o := range c.objects {
		text := line(o)
		if text != "" {
			want[text]++
			unkeyed[text] = o.unkeyed
		}

		c.compared++
	}

	left := len(c.world.IMIchat.Chats()) - len(current(c.world.IMIchat.Chats()))
	if left > c.replaced {
		c.Errorf("seed %d, after %s: %d chats are closed although only %d were to be replaced", *chaosSeed, stage, left, c.replaced)
	}

	for _, s := range chaosKinds() {
		for _, text := range s.held(&acctest.World{Sandbox: c.world}) {
			got[text]++
		}
	}

	c.duplicates = 0

	for _, text := range slices.Sorted(maps.Keys(want)) {
		if unkeyed[text] && got[text] > want[text] {
			c.duplicates += got[text] - want[text]
			continue
		}

		if got[text] != want[text] {
			c.Errorf("seed %d, after %s: %d times instead of once: %s", *chaosSeed, stage, got[text], text)
		}
	}

	for _, text := range slices.Sorted(maps.Keys(got)) {
		if want[text] == 0 {
			c.Errorf("seed %d, after %s: %s is in no configuration", *chaosSeed, stage, text)
		}
	}
}

// settled plans without faults: there must be nothing to do.
func (c *chaos) settled(stage string) {
	c.Helper()

	if out, err := c.tf.Run(c.T, "plan", "-detailed-exitcode", "-no-color", "-lock=false"); err != nil {
		c.Errorf("seed %d, after %s: the plan is not empty: %v\n%s", *chaosSeed, stage, err, out)
	}
}

func (c *chaos) report(took time.Duration) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "seed %d, rate %g: %d requests, %d of them repeated after a fault, %d applies, %d kills, %d comparisons, in %s\n",
		*chaosSeed, *chaosRate, c.world.Journal.Count(""), c.repeated(), c.rounds, c.killer.killed, c.compared, took.Round(time.Second))

	list := func(title string, counts map[string]int) {
		fmt.Fprintf(&b, "%s:\n", title)

		for _, name := range slices.Sorted(maps.Keys(counts)) {
			fmt.Fprintf(&b, "  %5d  %s\n", counts[name], name)
		}
	}

	fmt.Fprintf(&b, "%d messages came again: they have no key, and the answer to the first was lost\n", c.duplicates)
	list("faults", c.hits)
	list("errors", c.errors)
	list("resolved by", c.ways)
	list("other people", c.people.acts)
	fmt.Fprintf(&b, "to repeat: make chaos SEED=%d RATE=%g OBJECTS=%d KILLS=%d\n", *chaosSeed, *chaosRate, *chaosObjects, *chaosKills)
	c.Log("\n" + b.String())
}

// repeated counts the requests that came again after a fault.
func (c *chaos) repeated() int {
	spoiled, n := map[string]int{}, 0

	for _, e := range c.world.Journal.Entries(nil) {
		key := e.Platform + e.Method + e.Path + e.Query.Encode() + string(e.Body)
		if spoiled[key] > 0 {
			spoiled[key]--
			n++
		}

		if e.Fault != "" {
			spoiled[key]++
		}
	}

	return n
}

// killer stands before the sandbox and kills the provider when a drawn number of requests has come: half of the time
// before the platform has processed the last one, half of the time after that and before the answer.
type killer struct {
	next http.Handler
	pids string
	span int

	mu     sync.Mutex
	rand   *rand.Rand
	armed  bool
	wait   int
	left   int
	after  bool
	killed int
}

func (k *killer) arm(armed bool) {
	k.mu.Lock()
	defer k.mu.Unlock()

	k.armed = armed
}

func (k *killer) draw() {
	k.wait, k.after = 1+k.rand.IntN(k.span), k.rand.IntN(2) == 0
}

// due reports whether this request is the one, and when to strike.
func (k *killer) due() (strike, after bool) {
	k.mu.Lock()
	defer k.mu.Unlock()

	if !k.armed || k.left == 0 {
		return false, false
	}

	k.wait--
	if k.wait > 0 {
		return false, false
	}

	after = k.after
	k.left--
	k.killed++
	k.draw()

	return true, after
}

func (k *killer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	strike, after := k.due()
	if !strike {
		k.next.ServeHTTP(w, r)
		return
	}

	if after {
		k.next.ServeHTTP(httptest.NewRecorder(), r)
	}

	k.kill()
	panic(http.ErrAbortHandler)
}

func (k *killer) kill() {
	noted, err := os.ReadFile(k.pids)
	if err != nil {
		panic(err) // The provider is asking, so it has started.
	}

	all := strings.Fields(string(noted))

	pid, err := strconv.Atoi(all[len(all)-1])
	if err != nil {
		panic(err)
	}

	_ = syscall.Kill(pid, syscall.SIGKILL)
}
