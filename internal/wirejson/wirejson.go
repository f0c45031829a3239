// Package wirejson holds the JSON types of the platforms' answers and requests. They accept every form in which the
// platforms write one thing: an id as a number or as a text, an instant as seconds, milliseconds or a date, an absent
// object as null or as "".
//
// Errors of this package never quote what they could not read: it may be about other people.
package wirejson

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"time"
)

var (
	errNotText   = errors.New("it is neither a text nor a number")
	errNotID     = errors.New("it is not a whole number")
	errNotObject = errors.New("it is not an object")
	errNotList   = errors.New("it is not a list")
)

// kind returns the first byte of a value: '{', '[', '"', a digit, 't', 'f' or 'n'; 0 if there is none.
func kind(raw []byte) byte {
	trimmed := bytes.TrimSpace(raw)
	if len(trimmed) == 0 {
		return 0
	}

	return trimmed[0]
}

// IsNothing reports whether the value stands for nothing: null, "", or no value at all.
func IsNothing(raw []byte) bool {
	trimmed := string(bytes.TrimSpace(raw))
	return trimmed == "" || trimmed == "null" || trimmed == `""`
}

// isEmptyList reports whether the value is []. Some servers write an empty object like that.
func isEmptyList(raw []byte) bool {
	return strings.Join(strings.Fields(string(raw)), "") == "[]"
}

// Text is a text that some servers write as a number or as true and false. Null is "".
type Text string

// UnmarshalJSON writes a whole number with all its digits, however the server wrote it.
func (t *Text) UnmarshalJSON(raw []byte) error {
	switch kind(raw) {
	case '"':
		return json.Unmarshal(raw, (*string)(t))
	case '{', '[':
		return errNotText
	case 'n':
		*t = ""
		return nil
	}

	*t = Text(wholeNumber(string(bytes.TrimSpace(raw))))

	return nil
}

// wholeNumber writes 1e3 and 1000.0 as 1000, and returns everything else as it is.
func wholeNumber(written string) string {
	const (
		longest  = 40
		greatest = 256 // Bits. An exponent such as 1e999999 would take that many digits.
	)

	if !strings.ContainsAny(written, ".eE") || len(written) >= longest {
		return written
	}

	number, ok := new(big.Float).SetPrec(greatest).SetString(written)
	if !ok || !number.IsInt() || number.MantExp(nil) >= greatest {
		return written
	}

	return number.Text('f', 0)
}

// ID is an integer id. Some endpoints write it as a text. Null and "" are 0, which no object has.
type ID int64

// ParseID returns the id that Terraform holds as a text, or 0 if the text is not a whole number.
func ParseID(text string) ID {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}

	return ID(n)
}

// String returns the id as it stands in a path and in Terraform.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// UnmarshalJSON reads a number or a text of digits.
func (id *ID) UnmarshalJSON(raw []byte) error {
	var text Text
	if err := json.Unmarshal(raw, &text); err != nil {
		return errNotID
	}

	if text == "" {
		*id = 0
		return nil
	}

	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return errNotID
	}

	*id = ID(n)

	return nil
}

// Loose is a text of any type. A value that is not a text is kept as its JSON.
type Loose string

// UnmarshalJSON never fails.
func (l *Loose) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, (*Text)(l)) != nil {
		*l = Loose(raw)
	}

	return nil
}

// Flag is a truth value that some servers write as a text or a number. Everything but true, "true", 1 and "1" is false.
type Flag bool

// UnmarshalJSON never fails.
func (f *Flag) UnmarshalJSON(raw []byte) error {
	var text Text

	_ = json.Unmarshal(raw, &text)

	yes, err := strconv.ParseBool(strings.ToLower(string(text)))
	*f = Flag(yes && err == nil)

	return nil
}

// Time is an instant: seconds or milliseconds since 1970, or a date, as a number or as a text. What cannot be read, null,
// 0 and "" are the zero time: one odd date is worth no more than a missing one.
type Time struct{ time.Time }

// laterThanAnySecond separates milliseconds from seconds: as seconds it is in the year 5138.
const laterThanAnySecond = 1e11

// UnmarshalJSON never fails.
func (t *Time) UnmarshalJSON(raw []byte) error {
	var text Text

	_ = json.Unmarshal(raw, &text)
	t.Time = ParseTime(string(text))

	return nil
}

// MarshalJSON writes RFC 3339 in UTC, or null for the zero time.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}

	return json.Marshal(t.UTC())
}

// ParseTime returns the instant that a text spells, in UTC, or the zero time.
func ParseTime(text string) time.Time {
	text = strings.TrimSpace(text)

	if number, err := strconv.ParseFloat(text, 64); err == nil {
		return fromNumber(number)
	}

	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999",
		"2006-01-02 15:04:05 UTC", time.DateOnly,
	} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC()
		}
	}

	return time.Time{}
}

func fromNumber(number float64) time.Time {
	const latest = 253402300799999 // The last millisecond of the year 9999, after which RFC 3339 ends.

	if number < laterThanAnySecond {
		number *= 1000
	}

	if !(number > 0 && number <= latest) { // Also for what is not a number.
		return time.Time{}
	}

	return time.UnixMilli(int64(number)).UTC()
}

// Object is a free JSON object. Its numbers keep their digits. Null, "" and [] are nil.
type Object map[string]any

// UnmarshalJSON reads an object of any members.
func (o *Object) UnmarshalJSON(raw []byte) error {
	*o = nil

	if IsNothing(raw) || isEmptyList(raw) {
		return nil
	}

	if kind(raw) != '{' {
		return errNotObject
	}

	return decodeNumbers(raw, (*map[string]any)(o))
}

// List is a free JSON list. Its numbers keep their digits. Null and "" are nil.
type List []any

// UnmarshalJSON reads a list of any elements.
func (l *List) UnmarshalJSON(raw []byte) error {
	*l = nil

	if IsNothing(raw) {
		return nil
	}

	if kind(raw) != '[' {
		return errNotList
	}

	return decodeNumbers(raw, (*[]any)(l))
}

func decodeNumbers(raw []byte, value any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()

	return decoder.Decode(value)
}

// Pairs is an object of texts. A value that is not a text is kept as its JSON; one that is null is left out.
type Pairs map[string]string

// UnmarshalJSON reads an object. Null, "" and [] are nil.
func (p *Pairs) UnmarshalJSON(raw []byte) error {
	*p = nil

	if IsNothing(raw) || isEmptyList(raw) {
		return nil
	}

	if kind(raw) != '{' {
		return errNotObject
	}

	var members map[string]*Loose
	if err := json.Unmarshal(raw, &members); err != nil {
		return err
	}

	*p = make(Pairs, len(members))

	for name, member := range members {
		if member != nil {
			(*p)[name] = string(*member)
		}
	}

	return nil
}

// OneOrMany is a list that some servers write as its only element, or as null or "" if it is empty. Elements that are null
// or "" are left out.
type OneOrMany[T any] []T

// UnmarshalJSON reads a list, one element, or nothing.
func (m *OneOrMany[T]) UnmarshalJSON(raw []byte) error {
	*m = nil

	if IsNothing(raw) {
		return nil
	}

	if kind(raw) != '[' {
		return m.add(raw)
	}

	return EachElement(raw, m.add)
}

func (m *OneOrMany[T]) add(raw json.RawMessage) error {
	if IsNothing(raw) {
		return nil
	}

	var element T
	if err := json.Unmarshal(raw, &element); err != nil {
		return err
	}

	*m = append(*m, element)

	return nil
}

// Texts is a list of texts in any of the forms of OneOrMany.
type Texts []string

// UnmarshalJSON reads a list, one text, or nothing.
func (t *Texts) UnmarshalJSON(raw []byte) error {
	var elements OneOrMany[Text]
	if err := json.Unmarshal(raw, &elements); err != nil {
		return err
	}

	*t = nil
	for _, element := range elements {
		*t = append(*t, string(element))
	}

	return nil
}

// Maybe is an object that some servers write as null, "" or [] if there is none.
type Maybe[T any] struct{ Value *T }

// UnmarshalJSON leaves Value nil for nothing.
func (m *Maybe[T]) UnmarshalJSON(raw []byte) error {
	m.Value = nil

	if IsNothing(raw) || isEmptyList(raw) {
		return nil
	}

	value := new(T)
	if err := json.Unmarshal(raw, value); err != nil {
		return err
	}

	m.Value = value

	return nil
}

// Nullable is a field of a request that can be left out, null, or set. Its tag needs omitzero.
type Nullable[T any] struct {
	value *T
	sent  bool
}

// Set returns a field that sends a value.
func Set[T any](value T) Nullable[T] { return Nullable[T]{value: &value, sent: true} }

// Null returns a field that sends null.
func Null[T any]() Nullable[T] { return Nullable[T]{sent: true} }

// IsZero reports whether the field is left out.
func (n Nullable[T]) IsZero() bool { return !n.sent }

// Value returns the value that is sent, or nil if null is sent or the field is left out.
func (n Nullable[T]) Value() *T { return n.value }

// MarshalJSON writes the value or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.value) }
