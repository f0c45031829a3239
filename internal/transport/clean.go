package transport

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

const (
	// longestText is how many characters of a platform's text an error shows, and longestExcerpt of an answer that is not
	// the platform's text.
	longestText, longestExcerpt = 500, 250
	// shortestSecret is what is looked for in texts: a shorter value would take parts of ordinary words out.
	shortestSecret = 6

	redacted = "(redacted)"
)

// secrets are values that no error and no log may show, in whatever field they stand: platforms and proxies echo what
// they were sent.
type secrets struct {
	mu       sync.RWMutex
	forms    []string
	replacer *strings.Replacer
}

// add remembers values in every form in which they are sent or echoed.
func (s *secrets) add(values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()

	for _, value := range values {
		for _, form := range formsOf(value) {
			if !slices.Contains(s.forms, form) {
				s.forms = append(s.forms, form)
			}
		}
	}

	s.replacer = replacing(s.forms)
}

// addOnce is add for a value that most calls carry.
func (s *secrets) addOnce(value string) {
	s.mu.RLock()
	known := slices.Contains(s.forms, value)
	s.mu.RUnlock()

	if !known {
		s.add(value)
	}
}

// hide replaces the values in a text, and those of a call's own body.
func (s *secrets) hide(text string, own ...string) string {
	s.mu.RLock()
	replacer := s.replacer
	s.mu.RUnlock()

	if replacer != nil {
		text = replacer.Replace(text)
	}

	if len(own) == 0 {
		return text
	}

	var forms []string
	for _, value := range own {
		forms = append(forms, formsOf(value)...)
	}

	return replacing(forms).Replace(text)
}

// replacing replaces the longest forms first: a secret may be part of another one.
func replacing(forms []string) *strings.Replacer {
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })

	pairs := make([]string, 0, 2*len(forms))
	for _, form := range forms {
		pairs = append(pairs, form, redacted)
	}

	return strings.NewReplacer(pairs...)
}

// formsOf returns a secret as it is, as in JSON, as on a page, as in an address, in hexadecimal digits, and in base64,
// wherever in a longer text it begins.
func formsOf(secret string) []string {
	if len(secret) < shortestSecret {
		return nil
	}

	query, path, digits := url.QueryEscape(secret), url.PathEscape(secret), hex.EncodeToString([]byte(secret))
	forms := []string{
		secret, strings.Join(strings.Fields(secret), " "), html.EscapeString(secret), query, path, url.QueryEscape(query), url.QueryEscape(path),
		lowerEscapes(query), lowerEscapes(path), digits, strings.ToUpper(digits), strings.ToUpper(secret), strings.ToLower(secret),
	}

	inJSON := quoted(secret)
	forms = append(forms, inJSON, quoted(inJSON))

	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			encoded := encoding.EncodeToString(append(make([]byte, before), secret...))
			// The first characters hold bits of what stands before, the last ones of what follows.
			first, last := (before*8+5)/6, (before+len(secret))*8/6

			forms = append(forms, encoded[first:last])
		}
	}

	return slices.DeleteFunc(forms, func(form string) bool { return len(form) < shortestSecret })
}

// quoted returns a text as it stands in a string of JSON.
func quoted(text string) string {
	raw, err := json.Marshal(text)
	if err != nil {
		return text // A text can always be encoded.
	}

	return string(raw[1 : len(raw)-1])
}

// lowerEscapes writes the escapes of an address as some servers do: %2f for %2F.
func lowerEscapes(text string) string {
	return escape.ReplaceAllStringFunc(text, strings.ToLower)
}

var escape = regexp.MustCompile(`%[0-9A-F]{2}`)

// secretsIn returns the values of the fields of a JSON body that are called like secrets.
func secretsIn(body []byte, named func(object, name string) bool) []string {
	var value any
	if len(body) == 0 || json.Unmarshal(body, &value) != nil {
		return nil
	}

	var found []string

	collect("", value, named, false, &found)

	return found
}

func collect(field string, value any, named func(object, name string) bool, secret bool, found *[]string) {
	switch value := value.(type) {
	case string:
		if secret {
			*found = append(*found, value)
		}
	case map[string]any:
		for name, member := range value {
			collect(name, member, named, secret || named(field, name), found)
		}
	case []any:
		for _, element := range value {
			collect(field, element, named, secret, found)
		}
	}
}

// printable returns a text of others as a terminal may show it: on one line, with control characters and those that change
// the direction of text escaped, and not too long.
func printable(text string, most int) string {
	var b strings.Builder

	shown := 0

	for _, r := range strings.ToValidUTF8(text, "\uFFFD") {
		shown++
		if shown > most {
			b.WriteString(" ...")
			break
		}

		switch {
		case r == '\n' || r == '\t' || r == ' ':
			b.WriteByte(' ')
		case r == '\r':
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "\\u{%x}", r)
		}
	}

	return b.String()
}

// cleanError is an error with another text.
type cleanError struct {
	text string
	err  error
}

func (e cleanError) Error() string { return e.text }

func (e cleanError) Unwrap() error { return e.err }

// clean takes secrets out of everything that an error shows, and makes it printable. It does so once.
func (s *secrets) clean(failure *Error, own ...string) {
	most := longestText
	if failure.IsOwn {
		most = longestExcerpt
	}

	fix := func(text string) string { return printable(s.hide(text, own...), most) }

	failure.Message, failure.Code, failure.RequestID = fix(failure.Message), fix(failure.Code), fix(failure.RequestID)
	failure.Path, failure.Address = s.hide(failure.Path), s.hide(failure.Address)

	for name, text := range failure.Fields {
		failure.Fields[name] = fix(text)
	}

	if failure.Err == nil || errors.As(failure.Err, new(cleanError)) {
		return
	}

	failure.Err = cleanError{fix(failure.Err.Error()), failure.Err}
}
