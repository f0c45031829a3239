package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"time"
)

func first(raw json.RawMessage) byte {
	trimmed := bytes.TrimSpace(raw)
	if len(trimmed) > 0 {
		return trimmed[0]
	}

	return 0
}

func isObject(raw json.RawMessage) bool { return first(raw) == '{' }

func isArray(raw json.RawMessage) bool { return first(raw) == '[' }

// isNothing is for the empty string that stands for an absent object, and for null and nothing at all.
func isNothing(raw json.RawMessage) bool {
	trimmed := string(bytes.TrimSpace(raw))
	return trimmed == "" || trimmed == "null" || trimmed == `""`
}

// text takes strings and numbers: ids are documented as one and shown as the other. Null is "".
type text string

// UnmarshalJSON writes a whole number with all its digits, however the platform wrote it.
func (t *text) UnmarshalJSON(raw []byte) error {
	switch first(raw) {
	case '"':
		return json.Unmarshal(raw, (*string)(t))
	case '{', '[':
		return errors.New("a text or a number was expected, not an object or a list")
	case 'n':
		*t = ""
		return nil
	}

	written := string(bytes.TrimSpace(raw))
	if strings.ContainsAny(written, ".eE") && len(written) < 40 {
		if number, ok := new(big.Float).SetPrec(256).SetString(written); ok && number.IsInt() && number.MantExp(nil) < 256 {
			written = number.Text('f', 0)
		}
	}

	*t = text(written)

	return nil
}

// texts takes an array of texts, a single one, and nothing.
type texts []string

// UnmarshalJSON drops empty elements.
func (t *texts) UnmarshalJSON(raw []byte) error {
	*t = nil

	if isNothing(raw) {
		return nil
	}

	var elements []text
	if !isArray(raw) {
		elements = make([]text, 1)
		if err := json.Unmarshal(raw, &elements[0]); err != nil {
			return err
		}
	} else if err := json.Unmarshal(raw, &elements); err != nil {
		return err
	}

	for _, element := range elements {
		if element != "" {
			*t = append(*t, string(element))
		}
	}

	return nil
}

// pairs takes an object of key-value pairs. The types of the values are not documented: what is not a text is kept as the
// JSON it came as.
type pairs map[string]string

// UnmarshalJSON takes nothing, and an empty array, for an empty object.
func (p *pairs) UnmarshalJSON(raw []byte) error {
	*p = nil

	if isNothing(raw) || strings.Join(strings.Fields(string(raw)), "") == "[]" {
		return nil
	}

	var values map[string]loose
	if err := json.Unmarshal(raw, &values); err != nil {
		return err
	}

	*p = make(pairs, len(values))
	for key, value := range values {
		(*p)[key] = string(value)
	}

	return nil
}

// details are pairs that are kept as they came, too: to send those of others back.
type details struct {
	texts pairs
	raw   map[string]json.RawMessage
}

// UnmarshalJSON takes what pairs take.
func (d *details) UnmarshalJSON(raw []byte) error {
	if err := json.Unmarshal(raw, &d.texts); err != nil || d.texts == nil {
		return err
	}

	return json.Unmarshal(raw, &d.raw)
}

// loose takes everything: what is not a text is kept as the JSON it came as.
type loose string

// UnmarshalJSON reads a text if it is one.
func (l *loose) UnmarshalJSON(raw []byte) error {
	if err := json.Unmarshal(raw, (*text)(l)); err != nil {
		*l = loose(raw)
	}

	return nil
}

// several takes an array, a single element, and nothing.
type several[T any] []T

// UnmarshalJSON drops elements that are null.
func (s *several[T]) UnmarshalJSON(raw []byte) error {
	*s = nil

	if isNothing(raw) {
		return nil
	}

	var elements []json.RawMessage // Not one that holds raw: it would be decoded into the answer's own memory.
	if !isArray(raw) {
		elements = []json.RawMessage{raw}
	} else if err := json.Unmarshal(raw, &elements); err != nil {
		return err
	}

	for _, element := range elements {
		if isNothing(element) {
			continue
		}

		var value T
		if err := json.Unmarshal(element, &value); err != nil {
			return err
		}

		*s = append(*s, value)
	}

	return nil
}

// instant takes a date or milliseconds; what is neither is no time.
type instant time.Time

// UnmarshalJSON never fails: a date that cannot be read is worth no more than a missing one.
func (i *instant) UnmarshalJSON(raw []byte) error {
	*i = instant{}

	var written text
	if err := json.Unmarshal(raw, &written); err != nil {
		return nil //nolint:nilerr // See above.
	}

	if at, ok := parseTime(string(written)); ok {
		*i = instant(at)
	} else if n, err := strconv.ParseInt(string(written), 10, 64); err == nil && n > 1e11 {
		*i = instant(time.UnixMilli(n).UTC())
	} else if err == nil && n > 0 {
		*i = instant(time.Unix(n, 0).UTC())
	}

	return nil
}

// flag takes true, "true", 1 and their opposites.
type flag bool

// UnmarshalJSON takes anything else for false.
func (f *flag) UnmarshalJSON(raw []byte) error {
	var written text
	if err := json.Unmarshal(raw, &written); err != nil {
		return err
	}

	yes, err := strconv.ParseBool(strings.ToLower(string(written)))
	*f = flag(yes && err == nil)

	return nil
}

// maybe takes an object, and an empty string or null for none.
type maybe[T any] struct{ value *T }

// UnmarshalJSON leaves the value nil for nothing.
func (m *maybe[T]) UnmarshalJSON(raw []byte) error {
	m.value = nil

	if isNothing(raw) {
		return nil
	}

	m.value = new(T)

	return json.Unmarshal(raw, m.value)
}
