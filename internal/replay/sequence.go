// Package replay sends sequences of plain requests to a chat server and writes down what came back, with placeholders for
// all that differs from run to run. Two such recordings can be compared: a real server's with the simulator's, or one
// release's with the next one's. It knows nothing of the provider and nothing of the simulator.
package replay

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Sequence is a list of requests that belong together: what one of them makes, later ones ask about.
type Sequence struct {
	// Name is the name of its file without the ending.
	Name  string `json:"-"`
	About string `json:"about"`
	// Needs names what a server must have for the sequence: a role's token, a feature, an edition.
	Needs []string `json:"needs"`
	// Slow marks a sequence that waits for minutes.
	Slow bool `json:"slow"`
	// Counts keeps numbers under keys that end in "count" as they are: in an account of its own they repeat.
	Counts  bool   `json:"counts"`
	Shaping        // What holds for the answers of all steps.
	Steps   []Step `json:"steps"`
}

// Shaping says what of an answer is recorded in place of the answer itself.
type Shaping struct {
	// Masks are pairs of a regular expression and what takes its place in texts.
	Masks [][2]string `json:"mask"`
	// Types are keys whose numbers are recorded by type only.
	Types []string `json:"types"`
	// AnyKeys are top-level keys whose content is left out.
	AnyKeys []string `json:"any_keys"`
	// Drop are keys that are left out everywhere: a job adds them in its own time.
	Drop []string `json:"drop"`
}

// Step is one request of a sequence, and what the fact sheets expect of its answer.
type Step struct {
	Name string `json:"name"`
	// As is the role whose token is sent; administrator if empty. Token is a token itself.
	As      string `json:"as"`
	Token   string `json:"token"`
	Account string `json:"account"`
	Method  string `json:"method"`
	// Path starts in the account, or at the root if it starts with two slashes.
	Path    string             `json:"path"`
	Query   [][2]any           `json:"query"`
	Headers map[string]*string `json:"headers"`
	// Body is sent as JSON, Raw as it is, Form as multipart.
	Body json.RawMessage      `json:"body"`
	Raw  *string              `json:"raw"`
	Form [][2]json.RawMessage `json:"form"`
	// Verbatim sends the body without filling in names.
	Verbatim bool     `json:"verbatim"`
	Needs    []string `json:"needs"`
	// Pause is how many seconds to wait before the request; Within is how long to repeat it until the answer is as
	// expected: seconds, or true for the server's own limit.
	Pause  float64 `json:"pause"`
	Within any     `json:"within"`
	// Expect is a status or a list of them, Want are conditions by path. Neither decides a comparison of recordings.
	Expect any            `json:"expect"`
	Want   map[string]any `json:"want"`
	// Save keeps values of the answer under names, by path.
	Save map[string]string `json:"save"`
	// Ordered says that the order of rows is promised.
	Ordered bool `json:"ordered"`
	// Mine are paths of lists of which only the run's own rows are recorded, Any are those of which none is, Head those of
	// which the first rows are.
	Mine []string       `json:"mine"`
	Any  []string       `json:"any"`
	Head map[string]int `json:"head"`
	// Text is how many characters of an answer that is not JSON are recorded; 400 unless set.
	Text int `json:"text"`
	Shaping
}

// Role returns whose token the step sends.
func (s Step) Role() string {
	if s.As == "" {
		return "administrator"
	}

	return s.As
}

// Title returns the step's name, or its method and path.
func (s Step) Title() string {
	if s.Name == "" {
		return s.Method + " " + s.Path
	}

	return s.Name
}

// Endpoint returns the method and the pattern of the path: what was filled in is {}.
func (s Step) Endpoint() string {
	parts := strings.Split(s.Path, "/")
	for i, part := range parts {
		if strings.Contains(part, "{{") || isDigits(part) {
			parts[i] = "{}"
		}
	}

	return s.Method + " " + strings.Join(parts, "/")
}

// LoadSequences reads all sequences of a folder, in the order of their names.
func LoadSequences(files fs.FS, folder string) ([]Sequence, error) {
	names, err := fs.Glob(files, path.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}

	slices.Sort(names)

	var sequences []Sequence

	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}

		sequence := Sequence{Name: strings.TrimSuffix(path.Base(name), ".json")}
		if err := decodeNumbers(raw, &sequence); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}

		sequences = append(sequences, sequence)
	}

	return sequences, nil
}
