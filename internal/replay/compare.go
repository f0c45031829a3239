package replay

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Difference is one way in which two answers differ.
type Difference struct {
	Key
	// Endpoint is the method and the pattern of the path.
	Endpoint string
	// Kind is status, header, body, missing key, extra key, type, null, value, length, order or not asked.
	Kind string
	// Path leads to the place in the answer; it is the step's title if the status differs.
	Path string
	// A and B are what the two servers said there.
	A, B string
}

// Place is what patterns of noise are searched in: "METHOD endpoint kind path".
func (d Difference) Place() string { return d.Endpoint + " " + d.Kind + " " + d.Path }

func (d Difference) String() string {
	return fmt.Sprintf("%s %s: A %s, B %s", d.Kind, d.Path, d.A, d.B)
}

// Compare returns how two answers to a step differ. Ordered makes the order of all lists count.
func Compare(step Step, a, b Row) []Difference {
	var found []Difference

	note := func(kind, path, x, y string) {
		found = append(found, Difference{Key: a.Key, Endpoint: step.Endpoint(), Kind: kind, Path: path, A: x, B: y})
	}

	if a.Status != b.Status { // Two outcomes: their bodies have nothing to tell.
		note("status", step.Title(), fmt.Sprintf("%d %s", a.Status, brief(a.Answer)), fmt.Sprintf("%d %s", b.Status, brief(b.Answer)))
		return found
	}

	names := maps.Clone(a.Headers)
	maps.Copy(names, b.Headers)

	for _, name := range slices.Sorted(maps.Keys(names)) {
		x, y := orAbsent(a.Headers, name), orAbsent(b.Headers, name)
		if x != y {
			note("header", name, x, y)
		}
	}

	if a.Body != b.Body {
		note("body", "", a.Body+" "+brief(a.Answer), b.Body+" "+brief(b.Answer))
		return found
	}

	c := comparison{ordered: step.Ordered, note: note}
	c.values(a.Answer, b.Answer, "")

	return found
}

func orAbsent(headers map[string]string, name string) string {
	value, has := headers[name]
	if !has {
		return "absent"
	}

	return value
}

type comparison struct {
	ordered bool
	note    func(kind, path, a, b string)
}

func (c comparison) values(a, b any, path string) {
	one, isObject := a.(object)
	two, bothObjects := b.(object)

	if isObject && bothObjects {
		c.objects(one, two, path)
		return
	}

	left, isList := a.([]any)
	right, bothLists := b.([]any)

	switch {
	case isList && bothLists:
		c.lists(left, right, path+"[]")
	case kindOf(a) != kindOf(b) && (a == nil || b == nil):
		c.note("null", path, brief(a), brief(b))
	case kindOf(a) != kindOf(b):
		c.note("type", path, brief(a), brief(b))
	case !isEqual(a, b):
		c.note("value", path, brief(a), brief(b))
	}
}

func (c comparison) objects(a, b object, path string) {
	keys := maps.Clone(a)
	maps.Copy(keys, b)

	for _, key := range slices.Sorted(maps.Keys(keys)) {
		inner := strings.TrimPrefix(path+"."+key, ".")
		x, inA := a[key]
		y, inB := b[key]

		switch {
		case !inB:
			c.note("missing key", inner, brief(x), "absent")
		case !inA:
			c.note("extra key", inner, "absent", brief(y))
		default:
			c.values(x, y, inner)
		}
	}
}

// lists compares rows. Equal rows in another order are a difference where an order is promised.
func (c comparison) lists(a, b []any, path string) {
	left, right := texts(a), texts(b)
	if slices.Equal(left, right) {
		return
	}

	if slices.Equal(slices.Sorted(slices.Values(left)), slices.Sorted(slices.Values(right))) {
		if c.ordered {
			c.note("order", path, brief(names(a)), brief(names(b)))
		}

		return
	}

	if len(a) != len(b) {
		c.note("length", path, fmt.Sprint(len(a)), fmt.Sprint(len(b)))
	}

	for _, pair := range pairs(without(a, right), without(b, left)) {
		c.values(pair[0], pair[1], path)
	}
}

func texts(rows []any) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = encode(row)
	}

	return out
}

// without returns the rows that the other list does not have; all of them if it has each.
func without(rows []any, other []string) []any {
	var only []any

	for _, row := range rows {
		if !slices.Contains(other, encode(row)) {
			only = append(only, row)
		}
	}

	if only == nil {
		return rows
	}

	return only
}

// pairs returns rows that seem to be the same object: those with the same name first, the rest as they come.
func pairs(a, b []any) [][2]any {
	var (
		out  [][2]any
		rest []any
	)

	used := map[int]bool{}

	for _, x := range a {
		at := slices.IndexFunc(b, func(y any) bool { return label(x) != "" && label(x) == label(y) })
		for at >= 0 && used[at] {
			next := slices.IndexFunc(b[at+1:], func(y any) bool { return label(x) == label(y) })
			if next < 0 {
				at = -1
				break
			}

			at += next + 1
		}

		if at < 0 {
			rest = append(rest, x)
			continue
		}

		used[at] = true
		out = append(out, [2]any{x, b[at]})
	}

	for i, y := range b {
		if !used[i] && len(rest) > 0 {
			out = append(out, [2]any{rest[0], y})
			rest = rest[1:]
		}
	}

	return out
}

// label returns the values of a row that name it.
func label(row any) string {
	values, isObject := row.(object)
	if !isObject {
		return ""
	}

	var out strings.Builder

	for _, key := range []string{"name", "title", "email", "slug", "short_code", "attribute_key", "url", "content", "code", "day_of_week"} {
		out.WriteString(plain(values[key]) + "\x00")
	}

	return out.String()
}

func names(rows []any) []any {
	out := []any{}

	for _, row := range rows[:min(6, len(rows))] {
		values, isObject := row.(object)
		if !isObject {
			out = append(out, row)
			continue
		}

		name := any("…")

		for _, key := range []string{"name", "title", "content", "email", "slug"} {
			if !isEmpty(values[key]) {
				name = values[key]
				break
			}
		}

		out = append(out, name)
	}

	return out
}

var typed = regexp.MustCompile(`^<(?:id|epoch|number|account|other account):?>?:?(int|float|string)>?$`)

// kindOf returns the type of a value; a placeholder has the type of what it stands for.
func kindOf(value any) string {
	text, isText := value.(string)
	if !isText {
		return typeName(value)
	}

	if text == "<count>" {
		return "int"
	}

	found := typed.FindStringSubmatch(text)
	if found != nil {
		return found[1]
	}

	return "string"
}

// ReadPatterns reads regular expressions, one a line. Lines that begin with # are comments.
func ReadPatterns(r io.Reader) ([]*regexp.Regexp, error) {
	var patterns []*regexp.Regexp

	lines := bufio.NewScanner(r)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}

		pattern, err := regexp.Compile(line)
		if err != nil {
			return nil, err
		}

		patterns = append(patterns, pattern)
	}

	return patterns, lines.Err()
}

// Without leaves out the differences that a pattern finds.
func Without(found []Difference, patterns []*regexp.Regexp) []Difference {
	return slices.DeleteFunc(slices.Clone(found), func(d Difference) bool {
		return slices.ContainsFunc(patterns, func(p *regexp.Regexp) bool { return p.MatchString(d.Place()) })
	})
}
