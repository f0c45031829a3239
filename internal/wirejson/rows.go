package wirejson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

const (
	// MaxRows is how many rows one list may have. The largest page of a platform has some thousands.
	MaxRows = 100_000
	// MaxValues is how many values one answer may hold. Each takes up to 100 bytes when it is decoded.
	MaxValues = 2_000_000
	// MaxDepth is how deep values may be nested.
	MaxDepth = 100
)

// Rows is a list that is decoded row by row. A row that cannot be read spoils none of its neighbours: it is left out, and
// noted in Odd.
//
// A row type may have a method Check() error, which reports why a row that could be decoded cannot be used: because it has
// no id, for example.
type Rows[T any] struct {
	Good []T
	Odd  []OddRow
}

// OddRow says which row could not be read, and why. It holds nothing of the row but its id.
type OddRow struct {
	// Index is the row's place in the list, from 0.
	Index int
	// ID is the row's id, "" if it has none that can be read.
	ID  string
	Err error
}

// Error tells which row could not be read and why.
func (o OddRow) Error() string {
	if o.ID == "" {
		return fmt.Sprintf("row %d of the list cannot be read: %s", o.Index+1, Mismatch(o.Err))
	}

	return fmt.Sprintf("row %d of the list, with the id %s, cannot be read: %s", o.Index+1, o.ID, Mismatch(o.Err))
}

// Unwrap returns why the row cannot be read.
func (o OddRow) Unwrap() error { return o.Err }

type checker interface{ Check() error }

// UnmarshalJSON reads a list. Null is an error: read as an empty list, it would say that every object is gone.
func (r *Rows[T]) UnmarshalJSON(raw []byte) error {
	*r = Rows[T]{Good: []T{}}

	if kind(raw) != '[' {
		return errNotList
	}

	index := -1

	return EachElement(raw, func(row json.RawMessage) error {
		index++
		if index >= MaxRows {
			return fmt.Errorf("the list has more than %d rows", MaxRows)
		}

		r.add(index, row)

		return nil
	})
}

func (r *Rows[T]) add(index int, row json.RawMessage) {
	value, err := decodeRow[T](row)
	if err != nil {
		r.Odd = append(r.Odd, OddRow{Index: index, ID: rowID(row), Err: err})
		return
	}

	r.Good = append(r.Good, value)
}

// Len returns how many rows the list has, whether they can be read or not.
func (r *Rows[T]) Len() int { return len(r.Good) + len(r.Odd) }

// Missing returns why an object that is not among the good rows may be in the list all the same: the odd row with its id,
// or one whose id cannot be read. It returns nil if the list surely does not hold the object.
func (r *Rows[T]) Missing(id string) error {
	var unknown error

	for _, odd := range r.Odd {
		if odd.ID == id {
			return odd
		}

		if odd.ID == "" && unknown == nil {
			unknown = odd
		}
	}

	return unknown
}

func decodeRow[T any](raw json.RawMessage) (T, error) {
	var value T

	if kind(raw) == 'n' {
		return value, errors.New("it is null")
	}

	if err := json.Unmarshal(raw, &value); err != nil {
		return value, err
	}

	if one, ok := any(&value).(checker); ok {
		return value, one.Check()
	}

	if one, ok := any(value).(checker); ok {
		return value, one.Check()
	}

	return value, nil
}

// rowID finds the id of a row that could not be decoded.
func rowID(raw json.RawMessage) string {
	var row struct {
		ID Loose `json:"id"`
	}

	if json.Unmarshal(raw, &row) != nil || len(row.ID) > 100 || strings.ContainsAny(string(row.ID), "{[ \t\n") {
		return ""
	}

	return string(row.ID)
}

// Mismatch returns what is wrong with JSON, without the names of this program's types and without the JSON.
func Mismatch(err error) string {
	var (
		kind   *json.UnmarshalTypeError
		syntax *json.SyntaxError
	)

	switch {
	case errors.As(err, &kind):
		what, _, _ := strings.Cut(kind.Value, " ")
		if kind.Field == "" {
			return "it is of the type " + what
		}

		return kind.Field + " is of the type " + what
	case errors.As(err, &syntax):
		return fmt.Sprintf("it is not JSON after %d bytes", syntax.Offset)
	default:
		return err.Error()
	}
}

// EachElement calls visit for each element of a valid JSON list, without decoding more than one at a time. The elements
// are parts of raw: they are not copied.
func EachElement(raw []byte, visit func(element json.RawMessage) error) error {
	raw = bytes.TrimSpace(raw)
	if len(raw) < 2 || raw[0] != '[' || raw[len(raw)-1] != ']' {
		return errNotList
	}

	inner := raw[1 : len(raw)-1]
	start, depth := 0, 0

	emit := func(end int) error {
		element := bytes.TrimSpace(inner[start:end])
		if len(element) == 0 {
			return nil // An empty list.
		}

		return visit(element)
	}

	for at := 0; at < len(inner); at++ {
		switch inner[at] {
		case '"':
			at = endOfText(inner, at)
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth > 0 {
				continue
			}

			if err := emit(at); err != nil {
				return err
			}

			start = at + 1
		}
	}

	return emit(len(inner))
}

// endOfText returns the place of the quotation mark that ends the text which begins at start.
func endOfText(raw []byte, start int) int {
	for at := start + 1; at < len(raw); at++ {
		switch raw[at] {
		case '\\':
			at++
		case '"':
			return at
		}
	}

	return len(raw) - 1
}

// Check reports why an answer is too much to decode: it holds too many values, or they are nested too deep. Millions of
// empty objects fit in few bytes, and take half a GiB when they are decoded.
func Check(raw []byte) error {
	depth, values := 0, 1

	for at := 0; at < len(raw); at++ {
		switch raw[at] {
		case '"':
			at = endOfText(raw, at)
		case '{', '[':
			depth++
			values++
		case '}', ']':
			depth--
		case ',':
			values++
		}

		switch {
		case depth > MaxDepth:
			return fmt.Errorf("the answer nests values more than %d deep", MaxDepth)
		case values > MaxValues:
			return fmt.Errorf("the answer holds more than %d values", MaxValues)
		}
	}

	return nil
}
