// Package sandbox holds what the simulated chat platforms share: routing, journal, scripted faults, latency, clock and
// chance. What a platform knows of its vendor lives in the package of its name; nothing here or there is shared with the
// provider's own clients, so that a mistake in one of them can show against the other.
package sandbox

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Options set what a test wants to hold still. The zero value is a sandbox on the real clock.
type Options struct {
	// Now is the platforms' clock; the real one unless set.
	Now func() time.Time
	// Seed makes ids, tokens, shuffles and rated faults repeatable; 1 unless set.
	Seed uint64
	// Latency is added to every answer.
	Latency time.Duration
}

// Core is shared by all platforms of one sandbox.
type Core struct {
	Journal *Journal
	Faults  *Faults
	// Page serves the web page at / and what it loads; there is none unless it is set.
	Page http.Handler

	now     func() time.Time
	latency atomic.Int64

	mu   sync.Mutex
	rand *rand.Rand
	seed uint64

	keeper *keeper                   // Nil unless the state lasts.
	moment atomic.Pointer[time.Time] // Where the clock stands still; nil where it goes.
	plants map[string]json.RawMessage
}

// New returns a core that no platform uses yet.
func New(options Options) *Core {
	if options.Now == nil {
		options.Now = time.Now
	}

	if options.Seed == 0 {
		options.Seed = 1
	}

	core := &Core{
		Journal: &Journal{},
		Faults:  newFaults(options.Seed),
		now:     options.Now,
		seed:    options.Seed,
	}
	core.SetLatency(options.Latency)
	core.reset()

	return core
}

// SetPlants sets what is added to the platforms' seed data, by the name of the platform, from the next reset on.
func (c *Core) SetPlants(plants map[string]json.RawMessage) {
	c.plants = plants
}

func (c *Core) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()

	c.rand = rand.New(rand.NewPCG(c.seed, c.seed)) //nolint:gosec // Repeatable on purpose: nothing here is a secret.
}

// Now returns the time on the platforms' clock, in UTC.
func (c *Core) Now() time.Time {
	moment := c.moment.Load()
	if moment != nil {
		return *moment
	}

	return c.now().UTC()
}

// SetLatency changes the delay of every answer from now on.
func (c *Core) SetLatency(d time.Duration) {
	c.latency.Store(int64(d))
}

// Intn returns a repeatable number in [0, n).
func (c *Core) Intn(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()

	return c.rand.IntN(n)
}

// Text returns n repeatable characters of the alphabet.
func (c *Core) Text(alphabet string, n int) string {
	c.mu.Lock()
	defer c.mu.Unlock()

	out := make([]byte, n)
	for i := range out {
		out[i] = alphabet[c.rand.IntN(len(alphabet))]
	}

	return string(out)
}

// Shuffle reorders n elements: for answers whose order the vendor does not promise.
func (c *Core) Shuffle(n int, swap func(i, j int)) {
	c.mu.Lock()
	defer c.mu.Unlock()

	c.rand.Shuffle(n, swap)
}

// Platform is one simulated vendor. Its lock is held while a handler or a hook runs, so handlers touch state freely.
type Platform interface {
	sync.Locker
	// Name is the first element of the path and the platform's name in the journal.
	Name() string
	// Routes is the table of what the vendor serves.
	Routes() []Route
	// Admit refuses a request that may not pass (credentials, headers, order of checks); nil lets it through.
	// It runs for unknown paths too, before Unknown.
	Admit(*Request) *Reply
	// Unknown answers a path or method the table does not have; known reports whether the path exists with another method.
	Unknown(req *Request, known bool) Reply
	// Environment lists NAME=value pairs that point the provider at the platform under the base address.
	Environment(base string) []string
	// Switches points at the struct of the platform's named switches: what the vendor leaves open, and its quirks.
	Switches() any
	// Hooks are acts of others than the API's caller - agents, timers, customers - by name; each takes a JSON body.
	Hooks() map[string]Hook
	// Reset empties the platform and restores its seed data and switches.
	Reset()
	// Plant adds what a file describes to the seed data.
	Plant(json.RawMessage) error
	// View is what the platform holds, for people to look at.
	View() View
}

// Hook is one act behind the provider's back. What it returns is sent as JSON.
type Hook func(body []byte) (any, error)
