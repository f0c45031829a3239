package kommunicate

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// reader turns a value as HCL wrote it into a part of the payload, or returns what is wrong with it.
type reader func(where string, value any) (any, error)

// template is a payload that is of another template than the function's usual one.
type template struct {
	id      string
	payload any
}

// shape is an object of a payload: its attributes by their names in HCL.
type shape map[string]attributeShape

// attributeShape is one attribute of an object. A dot in its name in the payload stands for an object in between.
type attributeShape struct {
	name     string
	required bool
	read     reader
	fallback any // The value in the payload if the attribute is left out.
}

func requiredAttribute(name string, read reader) attributeShape {
	return attributeShape{name: name, required: true, read: read}
}

func optionalAttribute(name string, read reader) attributeShape {
	return attributeShape{name: name, read: read}
}

func attributeWithDefault(name string, read reader, value any) attributeShape {
	return attributeShape{name: name, read: read, fallback: value}
}

// object reads an object of the shape; checks see it as HCL wrote it.
func (s shape) object(checks ...func(where string, value map[string]any) error) reader {
	return func(where string, value any) (any, error) {
		in, ok := value.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s must be an object with %s", where, s.attributes())
		}

		out := map[string]any{}

		for _, name := range slices.Sorted(maps.Keys(in)) {
			if in[name] == nil {
				continue // A variable of a typed object has all of its attributes, and null in those that are not given.
			}

			attribute, known := s[name]
			if !known {
				return nil, fmt.Errorf("%s.%s is not an attribute here; these are: %s", where, name, s.attributes())
			}

			if !attribute.required && isEmptyValue(in[name]) {
				continue
			}

			read, err := attribute.read(where+"."+name, in[name])
			if err != nil {
				return nil, err
			}

			put(out, attribute.name, read)
		}

		for _, name := range slices.Sorted(maps.Keys(s)) {
			switch {
			case s[name].required && in[name] != nil:
			case !s[name].required && !isEmptyValue(in[name]):
			case s[name].required:
				return nil, fmt.Errorf("%s needs %s", where, name)
			case s[name].fallback != nil:
				put(out, s[name].name, s[name].fallback)
			}
		}

		for _, check := range checks {
			if err := check(where, in); err != nil {
				return nil, err
			}
		}

		return out, nil
	}
}

// isEmptyValue reports whether an optional attribute counts as not given. An empty object in a typed variable has all of its
// attributes, which are null.
func isEmptyValue(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case string:
		return value == ""
	case []any:
		return len(value) == 0
	case map[string]any:
		return !slices.ContainsFunc(slices.Collect(maps.Values(value)), func(member any) bool { return member != nil })
	default:
		return false
	}
}

// attributes lists the names for a message.
func (s shape) attributes() string { return strings.Join(slices.Sorted(maps.Keys(s)), ", ") }

// put stores the value under a name that may lead into nested objects.
func put(object map[string]any, name string, value any) {
	first, rest, nested := strings.Cut(name, ".")
	if !nested {
		object[first] = value
		return
	}

	inner, ok := object[first].(map[string]any)
	if !ok {
		inner = map[string]any{}
		object[first] = inner
	}

	put(inner, rest, value)
}

// readList reads a list of at least one.
func readList(read reader) reader {
	return func(where string, value any) (any, error) {
		in, ok := value.([]any)
		if !ok {
			return nil, fmt.Errorf("%s must be a list", where)
		}

		if len(in) == 0 {
			return nil, fmt.Errorf("%s must hold at least one element", where)
		}

		out := make([]any, len(in))
		for i, element := range in {
			var err error

			out[i], err = read(fmt.Sprintf("%s[%d]", where, i), element)
			if err != nil {
				return nil, err
			}
		}

		return out, nil
	}
}

// readByType reads objects that are of one of several shapes.
func readByType(kinds map[string]reader) reader {
	known := strings.Join(slices.Sorted(maps.Keys(kinds)), ", ")

	return func(where string, value any) (any, error) {
		in, ok := value.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s must be an object with a type: %s", where, known)
		}

		kind, _ := in["type"].(string)

		read, ok := kinds[kind]
		if !ok {
			return nil, fmt.Errorf("%s.type must be one of %s", where, known)
		}

		return read(where, value)
	}
}

// readText reads a text that is not empty.
func readText(where string, value any) (any, error) {
	text, ok := value.(string)
	if !ok {
		number, isNumber := value.(json.Number)
		if isNumber {
			return number.String(), nil // As HCL does where a text is wanted.
		}

		return nil, fmt.Errorf("%s must be a text", where)
	}

	if strings.TrimSpace(text) == "" {
		return nil, fmt.Errorf("%s must not be empty", where)
	}

	return text, nil
}

// readAnyText reads a text that may be empty.
func readAnyText(where string, value any) (any, error) {
	if value == "" {
		return value, nil
	}

	return readText(where, value)
}

// readOneOf reads one of the texts.
func readOneOf(choices ...string) reader {
	return func(where string, value any) (any, error) {
		if text, ok := value.(string); ok && slices.Contains(choices, text) {
			return text, nil
		}

		return nil, fmt.Errorf("%s must be one of %s", where, strings.Join(choices, ", "))
	}
}

var secureURL = regexp.MustCompile(`^https://[^\s/?#]+[^\s]*$`)

// readURL reads a URL. The vendor's page wants https, and widgets do not show the rest.
func readURL(where string, value any) (any, error) {
	if text, ok := value.(string); ok && secureURL.MatchString(text) {
		return text, nil
	}

	return nil, fmt.Errorf("%s must be an address that starts with https://", where)
}

// readFlag reads a boolean that the vendor's apps expect as a text.
func readFlag(where string, value any) (any, error) {
	read, err := readBool(where, value)
	if err != nil {
		return nil, err
	}

	return fmt.Sprint(read), nil
}

// readBool reads a boolean.
func readBool(where string, value any) (any, error) {
	if _, ok := value.(bool); !ok {
		return nil, fmt.Errorf("%s must be true or false", where)
	}

	return value, nil
}

// readCount reads a whole number from 1.
func readCount(where string, value any) (any, error) {
	number, ok := value.(json.Number)
	if n, err := number.Int64(); !ok || err != nil || n < 1 {
		return nil, fmt.Errorf("%s must be a whole number from 1", where)
	}

	return number, nil
}

// readExpression reads a regular expression. The widget runs it, in JavaScript, so only an expression that is surely wrong
// is refused.
func readExpression(where string, value any) (any, error) {
	text, err := readText(where, value)
	if err != nil {
		return nil, err
	}

	if strings.Count(fmt.Sprint(text), "/") >= 2 && strings.HasPrefix(fmt.Sprint(text), "/") {
		return nil, fmt.Errorf("%s must be the expression alone, without slashes around it", where)
	}

	return text, nil
}

// readObject reads any object.
func readObject(where string, value any) (any, error) {
	if _, ok := value.(map[string]any); !ok {
		return nil, fmt.Errorf("%s must be an object", where)
	}

	return value, nil
}

// requireOneOf requires exactly one of the attributes.
func requireOneOf(names ...string) func(string, map[string]any) error {
	return func(where string, value map[string]any) error {
		set := 0

		for _, name := range names {
			if !isEmptyValue(value[name]) {
				set++
			}
		}

		if set != 1 {
			return fmt.Errorf("%s needs exactly one of %s", where, strings.Join(names, ", "))
		}

		return nil
	}
}
