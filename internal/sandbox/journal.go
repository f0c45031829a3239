package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Entry is one request as the sandbox saw it.
type Entry struct {
	Number   int             `json:"number"`
	Time     time.Time       `json:"time"`
	Platform string          `json:"platform"`
	Method   string          `json:"method"`
	Path     string          `json:"path"`
	Query    url.Values      `json:"query,omitempty"`
	Route    string          `json:"route,omitempty"` // The pattern that served it; empty for an unknown path.
	Read     bool            `json:"read"`            // Whether the route changes nothing, whatever its verb.
	Header   http.Header     `json:"-"`               // Not served: it holds credentials.
	Remote   string          `json:"-"`               // The other end of the connection; empty without a listener.
	Body     json.RawMessage `json:"body,omitempty"`  // JSON as sent; other bodies as a JSON string.
	Status   int             `json:"status"`
	Fault    string          `json:"fault,omitempty"`     // The fault that hit it.
	Handled  bool            `json:"handled"`             // Whether the platform processed it (a fault may come first).
	Complain string          `json:"complaint,omitempty"` // What a strict vendor would not have taken.
}

// Journal remembers every request, so that a test can ask which came and which did not.
type Journal struct {
	mu       sync.Mutex
	entries  []Entry
	inFlight int
	peak     int
}

func (j *Journal) begin() {
	j.mu.Lock()
	defer j.mu.Unlock()

	j.inFlight++
	j.peak = max(j.peak, j.inFlight)
}

func (j *Journal) end(entry Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()

	j.inFlight--
	entry.Number = len(j.entries) + 1
	j.entries = append(j.entries, entry)
}

// Entries returns the entries that fit, oldest first; nil fits all.
func (j *Journal) Entries(fits func(Entry) bool) []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()

	if fits == nil {
		return slices.Clone(j.entries)
	}

	var found []Entry

	for _, entry := range j.entries {
		if fits(entry) {
			found = append(found, entry)
		}
	}

	return found
}

// Count counts requests of a method to a route pattern, as "POST /rest/ws/user/update"; empty counts all.
func (j *Journal) Count(route string) int {
	return len(j.Entries(func(e Entry) bool { return route == "" || e.Route == route }))
}

// Writes returns the requests to routes that change something.
func (j *Journal) Writes() []Entry {
	return j.Entries(func(e Entry) bool { return e.Route != "" && !e.Read })
}

// Complaints returns the requests that a strict reading of the vendor's pages would not have taken.
func (j *Journal) Complaints() []Entry {
	return j.Entries(func(e Entry) bool { return e.Complain != "" })
}

// Peak returns the largest number of requests that were under way at once.
func (j *Journal) Peak() int {
	j.mu.Lock()
	defer j.mu.Unlock()

	return j.peak
}

// Connections counts the connections that the requests came over.
func (j *Journal) Connections() int {
	j.mu.Lock()
	defer j.mu.Unlock()

	seen := map[string]bool{}

	for i := range j.entries {
		remote := j.entries[i].Remote
		if remote != "" {
			seen[remote] = true
		}
	}

	return len(seen)
}

// Clear forgets everything so far.
func (j *Journal) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()

	j.entries, j.peak = nil, j.inFlight
}
