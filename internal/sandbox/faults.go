package sandbox

import (
	"math/rand/v2"
	"net/http"
	"path"
	"slices"
	"sync"
	"time"
)

// Cut names how a connection ends before its answer does.
type Cut string

const (
	// CutReset closes the connection with a TCP reset and no answer: a crashed worker, a balancer that gave up.
	CutReset Cut = "reset"
	// CutShort sends the headers and half of the body: a proxy that lost its upstream.
	CutShort Cut = "short"
)

// Fault is one scripted fault. The first scripted fault that matches a request and has hits left applies.
type Fault struct {
	// Name is what the journal calls it.
	Name string `json:"name"`
	// Platform, Method and Path choose requests; empty matches any. Path is a path.Match pattern, without the platform.
	Platform string `json:"platform,omitempty"`
	Method   string `json:"method,omitempty"`
	Path     string `json:"path,omitempty"`
	// Skip lets that many fitting requests pass first.
	Skip int `json:"skip,omitempty"`
	// Times is how many requests it hits: 0 means one, -1 all.
	Times int `json:"times,omitempty"`
	// After lets the platform process the request, and only then spoils the answer.
	After bool `json:"after,omitempty"`
	// Delay holds the answer back.
	Delay time.Duration `json:"delay,omitempty"`
	// Status, Header and Body replace the answer, if Status is set.
	Status int               `json:"status,omitempty"`
	Header map[string]string `json:"header,omitempty"`
	Body   string            `json:"body,omitempty"`
	// Cut breaks the connection.
	Cut Cut `json:"cut,omitempty"`
}

func (f *Fault) matches(platform, method, p string) bool {
	if f.Platform != "" && f.Platform != platform || f.Method != "" && f.Method != method {
		return false
	}

	if f.Path == "" {
		return true
	}

	ok, err := path.Match(f.Path, p)

	return err == nil && ok
}

// reply returns the fault's own answer, or nil if it leaves the platform's answer alone.
func (f *Fault) reply() *Reply {
	if f.Status == 0 {
		return nil
	}

	reply := Reply{Status: f.Status, Header: http.Header{}, Raw: []byte(f.Body)}
	for name, value := range f.Header {
		reply.Header.Set(name, value)
	}

	return &reply
}

// Rate hits a share of all requests with one of its faults, by chance that a seed repeats.
type Rate struct {
	// Share is how many of the requests are hit, from 0 to 1.
	Share float64 `json:"share"`
	// Faults are drawn evenly; their Skip and Times are not used.
	Faults []Fault `json:"faults"`
	// Seed repeats the draw; the sandbox's own seed if 0. With requests in parallel only the draw repeats, not which
	// request meets it.
	Seed uint64 `json:"seed,omitempty"`
}

// Faults holds the scripted faults of one sandbox, and its random ones.
type Faults struct {
	mu     sync.Mutex
	script []*Fault
	rate   Rate
	rand   *rand.Rand
	seed   uint64
	hits   map[string]int
}

func newFaults(seed uint64) *Faults {
	f := &Faults{seed: seed}
	f.Clear()

	return f
}

// Add puts faults at the end of the script.
func (f *Faults) Add(faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()

	for _, fault := range faults {
		if fault.Times == 0 {
			fault.Times = 1
		}

		f.script = append(f.script, &fault)
	}
}

// SetRate starts rated faults, or stops them with a zero Rate.
func (f *Faults) SetRate(rate Rate) {
	f.mu.Lock()
	defer f.mu.Unlock()

	f.rate = rate

	seed := rate.Seed
	if seed == 0 {
		seed = f.seed
	}

	f.rand = rand.New(rand.NewPCG(seed, seed)) //nolint:gosec // Repeatable on purpose.
}

// Clear drops the script, the rate and the counts.
func (f *Faults) Clear() {
	f.SetRate(Rate{})
	f.mu.Lock()
	defer f.mu.Unlock()

	f.script, f.hits = nil, map[string]int{}
}

// Hits counts the requests hit so far, by the fault's name.
func (f *Faults) Hits() map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()

	hits := make(map[string]int, len(f.hits))
	for name, n := range f.hits {
		hits[name] = n
	}

	return hits
}

func (f *Faults) next(platform, method, p string) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()

	for i, fault := range f.script {
		if !fault.matches(platform, method, p) {
			continue
		}

		if fault.Skip > 0 {
			fault.Skip--
			continue
		}

		if fault.Times > 0 {
			fault.Times--
			if fault.Times == 0 {
				f.script = slices.Delete(f.script, i, i+1)
			}
		}

		f.hits[fault.Name]++
		hit := *fault

		return &hit
	}

	if len(f.rate.Faults) > 0 && f.rand.Float64() < f.rate.Share {
		fault := f.rate.Faults[f.rand.IntN(len(f.rate.Faults))]
		if fault.matches(platform, method, p) {
			f.hits[fault.Name]++
			return &fault
		}
	}

	return nil
}
