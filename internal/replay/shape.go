package replay

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// shaper turns an answer into what is recorded of it.
type shaper struct {
	*normaliser
	prefix   string
	sequence Sequence
}

type mask struct {
	find *regexp.Regexp
	put  string
}

var backReference = regexp.MustCompile(`\\(\d)`)

func masks(pairs ...[][2]string) ([]mask, error) {
	var all []mask

	for _, pair := range slices.Concat(pairs...) {
		find, err := regexp.Compile(pair[0])
		if err != nil {
			return nil, err
		}

		all = append(all, mask{find, backReference.ReplaceAllString(pair[1], "$${$1}")})
	}

	return all, nil
}

// record fills the row's body and answer.
func (s *shaper) record(row *Row, step Step, got reply) error {
	veils, err := masks(s.sequence.Masks, step.Masks)
	if err != nil {
		return err
	}

	if len(got.raw) == 0 {
		row.Body = "empty"
		return nil
	}

	if !got.isJSON {
		row.Body, row.Answer = "text", "<html>"
		if !strings.Contains(got.header.Get("Content-Type"), "html") {
			row.Answer = veil(s.text(cutText(string(got.raw), step.Text)), "", veils, nil)
		}

		return nil
	}

	value := got.value
	for _, path := range step.Mine {
		value = editList(value, path, s.keepMine)
	}

	value = s.emptyKeys(value, slices.Concat(step.AnyKeys, s.sequence.AnyKeys))

	for _, path := range step.Any {
		value = editList(value, path, func([]any) []any { return []any{} })
	}

	for path, rows := range step.Head {
		value = editList(value, path, func(all []any) []any {
			return append(slices.Clone(all[:min(rows, len(all))]), fmt.Sprintf("… of %d rows", len(all)))
		})
	}

	normal := s.value(redact(value), "", nil)
	if s.sequence.Counts {
		normal = restoreCounts(value, normal)
	}

	normal = dropKeys(normal, slices.Concat(s.sequence.Drop, step.Drop))
	row.Body, row.Answer = "json", veil(normal, "", veils, slices.Concat(s.sequence.Types, step.Types))

	return nil
}

func cutText(text string, size int) string {
	if size == 0 {
		size = 400
	}

	runes := []rune(strings.ToValidUTF8(text, "�"))

	return string(runes[:min(size, len(runes))])
}

// keepMine keeps what bears the run's prefix: other people's objects are none of the sequence's business.
func (s *shaper) keepMine(rows []any) []any {
	return slices.DeleteFunc(slices.Clone(rows), func(row any) bool {
		return !strings.Contains(strings.ToLower(encode(row)), s.prefix)
	})
}

func (s *shaper) emptyKeys(value any, keys []string) any {
	values, isObject := value.(object)
	if !isObject || len(keys) == 0 {
		return value
	}

	out := maps.Clone(values)

	for _, key := range keys {
		if _, ok := out[key]; ok {
			out[key] = object{}
		}
	}

	return out
}

// editList replaces the list at a path of keys.
func editList(value any, path string, edit func([]any) []any) any {
	if path == "" {
		rows, isList := value.([]any)
		if !isList {
			return value
		}

		return edit(rows)
	}

	key, rest, _ := strings.Cut(path, ".")

	values, isObject := value.(object)
	if _, ok := values[key]; !isObject || !ok {
		return value
	}

	out := maps.Clone(values)
	out[key] = editList(values[key], rest, edit)

	return out
}

// restoreCounts puts back the numbers that the placeholder for counts replaced.
func restoreCounts(before, after any) any {
	switch after := after.(type) {
	case object:
		values, isObject := before.(object)
		if !isObject {
			return after
		}

		for key := range after {
			if _, ok := values[key]; ok {
				after[key] = restoreCounts(values[key], after[key])
			}
		}
	case []any:
		rows, isList := before.([]any)
		for i := range after {
			if isList && i < len(rows) {
				after[i] = restoreCounts(rows[i], after[i])
			}
		}
	case string:
		if after == "<count>" {
			return before
		}
	}

	return after
}

func dropKeys(value any, keys []string) any {
	if len(keys) == 0 {
		return value
	}

	switch value := value.(type) {
	case object:
		out := object{}

		for key, inner := range value {
			if !slices.Contains(keys, key) {
				out[key] = dropKeys(inner, keys)
			}
		}

		return out
	case []any:
		for i := range value {
			value[i] = dropKeys(value[i], keys)
		}
	}

	return value
}

var numeric = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// veil leaves of numbers under the keys only their type, and replaces in texts what the masks find.
func veil(value any, key string, masks []mask, types []string) any {
	if len(masks) == 0 && len(types) == 0 {
		return value
	}

	switch value := value.(type) {
	case object:
		out := object{}
		for inner, v := range value {
			out[plain(veil(inner, "", masks, nil))] = veil(v, inner, masks, types)
		}

		return out
	case []any:
		rows := make([]any, len(value))
		for i, row := range value {
			rows[i] = veil(row, key, masks, types)
		}

		return rows
	case string:
		for _, m := range masks {
			value = m.find.ReplaceAllString(value, m.put)
		}

		if slices.Contains(types, key) && numeric.MatchString(value) {
			return "<number:string>"
		}

		return value
	case json.Number:
		if slices.Contains(types, key) {
			return "<number:" + typeName(value) + ">"
		}
	}

	return value
}
