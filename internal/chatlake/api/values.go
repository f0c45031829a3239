package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ID is an integer id. The vendor's page shows some as strings, so both are read; numbers are sent, because lists of ids
// that are strings do harm.
type ID int64

// ParseID reads an id as Terraform holds it. Validators have seen it before; 0 is none.
func ParseID(s string) ID {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}

	return ID(n)
}

// String is the id in a path and in Terraform.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// UnmarshalJSON reads a number or a string of digits; null is 0.
func (id *ID) UnmarshalJSON(raw []byte) error {
	text := strings.Trim(string(raw), `"`)
	if text == "null" || text == "" {
		*id = 0
		return nil
	}

	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return fmt.Errorf("%s is no id", raw)
	}

	*id = ID(n)

	return nil
}

// Object is a free JSON object. Its numbers keep their digits.
type Object map[string]any

// UnmarshalJSON reads an object or null.
func (o *Object) UnmarshalJSON(raw []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()

	var members map[string]any
	if err := decoder.Decode(&members); err != nil {
		return err
	}

	*o = members

	return nil
}

// Fields are what a request about an object of the account's configuration sends. A key that is absent leaves the
// platform's value alone; nil clears it.
type Fields map[string]any

// List is a free JSON list. Its numbers keep their digits.
type List []any

// UnmarshalJSON reads a list or null.
func (l *List) UnmarshalJSON(raw []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()

	var elements []any
	if err := decoder.Decode(&elements); err != nil {
		return err
	}

	*l = elements

	return nil
}

// Time is an instant: seconds since 1970 as a number, or ISO 8601, whichever the endpoint sends; null, 0 and "" are none.
type Time struct{ time.Time }

// UnmarshalJSON reads either form.
func (t *Time) UnmarshalJSON(raw []byte) error {
	t.Time = time.Time{}

	text := strings.Trim(string(raw), `"`)
	if text == "null" || text == "" {
		return nil
	}

	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if seconds > 0 {
			t.Time = time.UnixMilli(int64(seconds * 1000)).UTC()
		}

		return nil
	}

	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return fmt.Errorf("%s is no time", raw)
	}

	t.Time = at.UTC()

	return nil
}

// Nullable is a field of a request that can be left out, null, or set. It needs the tag omitzero.
type Nullable[T any] struct {
	value *T
	sent  bool
}

// Set sends a value.
func Set[T any](value T) Nullable[T] { return Nullable[T]{value: &value, sent: true} }

// Null sends null.
func Null[T any]() Nullable[T] { return Nullable[T]{sent: true} }

// IsZero says that the field is left out.
func (n Nullable[T]) IsZero() bool { return !n.sent }

// MarshalJSON writes the value or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.value) }
