package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// ID is an id that clients send as a string or as a whole number. It keeps the digits as they were sent.
type ID string

// UnmarshalJSON reads both forms.
func (id *ID) UnmarshalJSON(raw []byte) error {
	if bytes.HasPrefix(raw, []byte(`"`)) {
		return json.Unmarshal(raw, (*string)(id))
	}

	var number json.Number

	err := json.Unmarshal(raw, &number)
	if err != nil || strings.ContainsAny(number.String(), ".eE") {
		return errors.New("an id is neither a string nor a whole number")
	}

	*id = ID(number)

	return nil
}

// Assign stores the value that a request gives; nil leaves the field as it is.
func Assign[V any](field, value *V) {
	if value != nil {
		*field = *value
	}
}

// Shuffled reorders the rows of an answer whose order the vendor does not promise, and returns them.
func Shuffled[V any](core *Core, rows []V) []V {
	core.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// DecodeHook reads a hook's body strictly: a field that the hook does not know is a mistake of the test that calls it. No
// body is an empty object.
func DecodeHook(body []byte, into any) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}

	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()

	return decoder.Decode(into)
}

// HookOn returns a hook that changes one object. It reads the body into an A, finds the object that the body names, changes
// it, and answers what show makes of it.
func HookOn[A, O any](find func(A) (O, error), change func(O, A) error, show func(O) any) Hook {
	return func(body []byte) (any, error) {
		var act A
		if err := DecodeHook(body, &act); err != nil {
			return nil, err
		}

		object, err := find(act)
		if err != nil {
			return nil, err
		}

		if err := change(object, act); err != nil {
			return nil, err
		}

		return show(object), nil
	}
}
