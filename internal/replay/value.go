package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

type object = map[string]any

// absent is what a path leads to that is not there.
type absent struct{}

func decodeNumbers(raw []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()

	return decoder.Decode(into)
}

// parseJSON reads exactly one JSON value.
func parseJSON(raw []byte) (any, bool) {
	if !json.Valid(raw) {
		return nil, false
	}

	var value any

	err := decodeNumbers(raw, &value)

	return value, err == nil
}

func encode(value any) string {
	var out bytes.Buffer

	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)

	if err := encoder.Encode(value); err != nil {
		return fmt.Sprint(value)
	}

	return strings.TrimSuffix(out.String(), "\n")
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

func isWhole(n json.Number) bool { return !strings.ContainsAny(n.String(), ".eE") }

// typeName returns the JSON type; whole numbers are "int", others "float".
func typeName(value any) string {
	switch value := value.(type) {
	case absent:
		return "absent"
	case nil:
		return "null"
	case bool:
		return "bool"
	case json.Number:
		if isWhole(value) {
			return "int"
		}

		return "float"
	case string:
		return "string"
	case []any:
		return "list"
	case object:
		return "object"
	default:
		return fmt.Sprintf("%T", value)
	}
}

// plain returns how a value reads inside of a text.
func plain(value any) string {
	switch value := value.(type) {
	case nil:
		return "None"
	case string:
		return value
	case json.Number:
		return value.String()
	case bool:
		if value {
			return "True"
		}

		return "False"
	default:
		return encode(value)
	}
}

func isEqual(a, b any) bool {
	x, isNumber := a.(json.Number)
	y, both := b.(json.Number)

	if isNumber && both {
		f, err1 := x.Float64()
		g, err2 := y.Float64()

		return x == y || err1 == nil && err2 == nil && f == g
	}

	left, isList := a.([]any)
	right, bothLists := b.([]any)

	if isList && bothLists {
		return slices.EqualFunc(left, right, isEqual)
	}

	one, isObject := a.(object)
	two, bothObjects := b.(object)

	if isObject && bothObjects {
		return maps.EqualFunc(one, two, isEqual)
	}

	return reflect.DeepEqual(a, b)
}

var pathStep = regexp.MustCompile(`\.?("(?:[^"]+)"|[^.\[\]]+)|\[([^\]]+)\]`)

// dig follows a path into a value: a.b[0].c, a[-1], a[key=value], "a.b", # for a length; the empty path is the value.
func dig(value any, path string) any {
	if path == "" || path == "." {
		return value
	}

	for _, found := range pathStep.FindAllStringSubmatch(path, -1) {
		name, bracket := strings.Trim(found[1], `"`), found[2]

		switch {
		case name == "#":
			return length(value)
		case name != "":
			inner, isThere := digKey(value, name)
			if !isThere {
				return absent{}
			}

			value = inner
		default:
			value = digRow(value, bracket)
		}

		if _, ok := value.(absent); ok {
			return value
		}
	}

	return value
}

func digKey(value any, name string) (any, bool) {
	values, isObject := value.(object)
	if !isObject {
		return nil, false
	}

	inner, isThere := values[name]

	return inner, isThere
}

func digRow(value any, bracket string) any {
	rows, isList := value.([]any)
	if !isList {
		return absent{}
	}

	key, want, byKey := strings.Cut(bracket, "=")
	if byKey {
		for _, row := range rows {
			if _, ok := row.(object); ok && plain(dig(row, key)) == want {
				return row
			}
		}

		return absent{}
	}

	if bracket == "*" {
		return rows
	}

	i, err := strconv.Atoi(bracket)
	if i < 0 {
		i += len(rows)
	}

	if err != nil || i < 0 || i >= len(rows) {
		return absent{}
	}

	return rows[i]
}

func length(value any) any {
	switch value := value.(type) {
	case []any:
		return json.Number(strconv.Itoa(len(value)))
	case object:
		return json.Number(strconv.Itoa(len(value)))
	case string:
		return json.Number(strconv.Itoa(utf8.RuneCountInString(value)))
	default:
		return absent{}
	}
}

// meets returns what is wrong with a value, or "".
func meets(got any, want object) string {
	for _, word := range slices.Sorted(maps.Keys(want)) {
		if !meetsOne(got, word, want[word]) {
			return fmt.Sprintf("is %s, wanted %s %s", brief(got), word, encode(want[word]))
		}
	}

	return ""
}

func meetsOne(got any, word string, want any) bool {
	_, isAbsent := got.(absent)
	flag, _ := want.(bool)

	switch word {
	case "equals":
		return isEqual(got, want)
	case "text":
		return plain(got) == plain(want)
	case "matches":
		found, err := regexp.MatchString(plain(want), plain(got))
		return err == nil && found && !isAbsent
	case "absent":
		return isAbsent == flag
	case "null":
		return (got == nil) == flag
	case "empty":
		return isEmpty(got) == flag
	case "contains":
		return contains(got, want)
	case "lacks":
		return !contains(got, want)
	case "set":
		rows, isList := got.([]any)
		wanted, _ := want.([]any)

		return isList && slices.Equal(sortedTexts(rows), sortedTexts(wanted))
	case "length":
		return isEqual(length(got), want)
	case "at_most", "at_least":
		have, is := number(got)
		limit, _ := number(want)

		return is && (word == "at_most" && have <= limit || word == "at_least" && have >= limit)
	case "type":
		return typeName(got) == want
	default:
		return true
	}
}

func number(value any) (float64, bool) {
	n, isNumber := value.(json.Number)
	if !isNumber {
		return 0, false
	}

	f, err := n.Float64()

	return f, err == nil
}

func isEmpty(value any) bool {
	switch value := value.(type) {
	case nil, absent:
		return true
	case bool:
		return !value
	case string:
		return value == ""
	case []any:
		return len(value) == 0
	case object:
		return len(value) == 0
	case json.Number:
		f, err := value.Float64()
		return err == nil && f == 0
	default:
		return false
	}
}

func contains(got, want any) bool {
	switch got := got.(type) {
	case []any:
		return slices.ContainsFunc(got, func(row any) bool { return isEqual(row, want) })
	case string:
		return strings.Contains(got, plain(want))
	case object:
		_, has := got[plain(want)]
		return has
	default:
		return false
	}
}

func sortedTexts(rows []any) []string {
	texts := make([]string, 0, len(rows))
	for _, row := range rows {
		texts = append(texts, plain(row))
	}

	slices.Sort(texts)

	return texts
}

// brief returns a value as JSON, cut to what a person reads.
func brief(value any) string {
	if _, ok := value.(absent); ok {
		return "absent"
	}

	text := encode(value)
	if utf8.RuneCountInString(text) > 200 {
		return string([]rune(text)[:200]) + "…"
	}

	return text
}

func numberOf(text string) json.Number { return json.Number(text) }
