package replay

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// run is one sequence on its way.
type run struct {
	settings *Settings
	sequence Sequence
	prefix   string
	number   string
	saved    map[string]any
	shaper   shaper
}

// Run sends a sequence and returns what came back. Steps whose needs the server lacks are left out; so is the whole
// sequence if it needs what the server lacks. Check must have completed the settings.
func (s *Settings) Run(ctx context.Context, sequence Sequence) ([]Row, error) {
	if len(s.lacks(sequence.Needs)) > 0 {
		return nil, nil
	}

	prefix, number := newPrefix()
	r := &run{
		settings: s, sequence: sequence, prefix: prefix, number: number, saved: map[string]any{},
		shaper: shaper{normaliser: newNormaliser(s, prefix, number), prefix: prefix, sequence: sequence},
	}

	var rows []Row

	for i, step := range sequence.Steps {
		role := step.Role()

		lacksToken := step.Token == "" && slices.Contains(roles(), role) && s.token(role) == ""
		if len(s.lacks(step.Needs)) > 0 || lacksToken {
			continue
		}

		row, err := r.step(ctx, i, step)
		if err != nil {
			return rows, fmt.Errorf("%s %d %s: %w", sequence.Name, i, step.Title(), err)
		}

		rows = append(rows, row)
	}

	return rows, nil
}

// newPrefix returns a word that is in no other text, and a number of seven digits.
func newPrefix() (prefix, number string) {
	word := []byte("zq")
	for range 5 {
		word = append(word, byte('a'+rand.IntN(26))) //nolint:gosec // No secret.
	}

	return string(word), strconv.Itoa(2_000_000 + rand.IntN(7_999_999)) //nolint:gosec // No secret.
}

const again = 300 * time.Millisecond // Between two looks at what a job changes.

func (r *run) step(ctx context.Context, number int, step Step) (Row, error) {
	r.settings.sleep(time.Duration(step.Pause * float64(time.Second)))

	var (
		got    reply
		err    error
		waited time.Duration
	)

	for {
		got, err = r.ask(ctx, step)
		if err != nil {
			return Row{}, err
		}

		if waited >= r.patience(step) || r.judge(step, got) == "" {
			break
		}

		r.settings.sleep(again)
		waited += again
	}

	r.save(step, got)

	row := Row{Key: Key{r.sequence.Name, number}, Status: got.status, Headers: keptHeaders(got.header)}

	return row, r.shaper.record(&row, step, got)
}

func (r *run) patience(step Step) time.Duration {
	if step.Within == true {
		return r.settings.Limit
	}

	seconds, _ := number(step.Within)

	return min(time.Duration(seconds*float64(time.Second)), r.settings.Limit)
}

func (r *run) ask(ctx context.Context, step Step) (reply, error) {
	send := request{method: step.Method, query: encodeQuery(step.Query, r.lookup), headers: map[string]*string{}}

	for name, value := range step.Headers {
		if value != nil && !step.Verbatim {
			filled := fillText(*value, r.lookup)
			value = &filled
		}

		send.headers[name] = value
	}

	path := fillText(step.Path, r.lookup)
	rooted, isRooted := strings.CutPrefix(path, "//")

	account := fillText(step.Account, r.lookup)
	if account == "" {
		account = r.settings.AccountID
	}

	send.path = "/api/v1/accounts/" + account + path
	if isRooted {
		send.path = "/" + rooted
	}

	send.token = r.settings.token(step.Role())
	if step.Token != "" {
		send.token = fillText(step.Token, r.lookup)
	}

	fill := r.lookup
	if step.Verbatim {
		fill = func(name string) any { return "{{" + name + "}}" }
	}

	if err := step.encodeBody(&send, fill); err != nil {
		return reply{}, err
	}

	return r.settings.send(ctx, send)
}

func (s Step) encodeBody(send *request, fill func(string) any) error {
	var err error

	switch {
	case s.Form != nil:
		send.body, send.contentType, err = encodeForm(s.Form, fill)
	case s.Raw != nil:
		send.body, send.contentType = []byte(fillText(*s.Raw, fill)), "application/json"
	case s.Body != nil && string(s.Body) != "null":
		send.body, err = fillJSON(s.Body, fill)
		send.contentType = "application/json"
	}

	return err
}

// lookup returns what a name stands for: something that the run saved, or a word of the settings. What a failed request
// was to make has an id that no object has.
func (r *run) lookup(name string) any {
	saved, isSaved := r.saved[name]
	if isSaved {
		return saved
	}

	switch name {
	case "p":
		return r.prefix
	case "P":
		return strings.ToUpper(r.prefix)
	case "n":
		return r.number
	}

	if size, ok := strings.CutPrefix(name, "long:"); ok {
		n, _ := strconv.Atoi(size)
		return (r.prefix + strings.Repeat("x", n))[:n]
	}

	value, known := r.settings.lookup(name)
	if !known {
		return numberOf(unusedID)
	}

	return value
}

func (r *run) save(step Step, got reply) {
	for name := range step.Save {
		delete(r.saved, name) // A name that is used again must not mean the object before.
	}

	for name, path := range step.Save {
		value := dig(got.value, fillText(path, r.lookup))
		if _, ok := value.(absent); !ok && value != nil {
			r.saved[name] = value
		}
	}
}

// judge returns how an answer differs from what the step expects, or "".
func (r *run) judge(step Step, got reply) string {
	if !isExpected(step.Expect, got.status) {
		return fmt.Sprintf("%d, expected %s", got.status, plain(step.Expect))
	}

	for path, want := range step.Want {
		conditions, isObject := want.(object)
		if !isObject || len(conditions) == 0 {
			conditions = object{"equals": want}
		}

		filled, _ := fillValue(conditions, r.lookup).(object)

		problem := meets(dig(got.value, fillText(path, r.lookup)), filled)
		if problem != "" {
			return path + " " + problem
		}
	}

	return ""
}

func isExpected(expect any, status int) bool {
	statuses, isList := expect.([]any)
	if !isList {
		statuses = []any{expect}
	}

	return expect == nil || slices.ContainsFunc(statuses, func(one any) bool { return plain(one) == strconv.Itoa(status) })
}

// Request returns a step as a person reads it.
func (s Step) Request() string {
	line := s.Method + " " + s.Path

	if len(s.Query) > 0 {
		line += "?" + encodeQuery(s.Query, func(name string) any { return "{{" + name + "}}" })
	}

	switch {
	case s.Raw != nil:
		line += " " + *s.Raw
	case s.Body != nil:
		line += " " + string(s.Body)
	case s.Form != nil:
		line += " (a form of " + strconv.Itoa(len(s.Form)) + " parts)"
	}

	if utf8.RuneCountInString(line) > 600 {
		line = string([]rune(line)[:600]) + "…"
	}

	return line + " as " + s.Role()
}
