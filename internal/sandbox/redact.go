package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// redacted stands in the served journal for a secret.
const redacted = "(redacted)"

// secretNames matches names of fields and of query parameters that hold credentials. Whole objects are hidden under
// bot_config and credentials, because their keys are free.
var secretNames = regexp.MustCompile(`(?i)(passw|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization|credential|` +
	`^identifier_hash$|^signature$|^auth$|^bot_config$)`)

// addressNames matches fields whose addresses are often secrets themselves: everyone who knows the path may post there.
var addressNames = regexp.MustCompile(`(?i)(webhook|outgoing|callback).*ur[il]$`)

// redact returns the entry without the secrets of its query and its body.
func (e Entry) redact() Entry {
	query := url.Values{}

	for name, values := range e.Query {
		for _, value := range values {
			if secretNames.MatchString(name) {
				value = redacted
			}

			query.Add(name, redactAddress(value))
		}
	}

	e.Query = query
	e.Body = redactBody(e.Body, strings.Contains(e.Path, "webhook"))

	return e
}

// redactBody hides secrets in JSON. Of a body in another form only its size is told: a form has no names to go by.
func redactBody(raw json.RawMessage, webhook bool) json.RawMessage {
	if len(raw) == 0 {
		return nil
	}

	var body any

	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()

	if err := decoder.Decode(&body); err != nil {
		return nil
	}

	if text, ok := body.(string); ok {
		body = fmt.Sprintf("(%d bytes that are not JSON)", len(text))
	}

	hidden, err := json.Marshal(redactValue(body, webhook))
	if err != nil {
		return nil
	}

	return hidden
}

// redactValue hides secrets at any depth. webhook says that a plain url is the address of a webhook.
func redactValue(value any, webhook bool) any {
	switch value := value.(type) {
	case []any:
		for i, element := range value {
			value[i] = redactValue(element, webhook)
		}
	case map[string]any:
		for name, element := range value {
			value[name] = redactField(name, element, webhook || strings.Contains(name, "webhook"))
		}
	case string:
		return redactText(value)
	}

	return value
}

// redactField hides the value of one field of an object, if its name says that it is a secret.
func redactField(name string, value any, webhook bool) any {
	if secretNames.MatchString(name) && value != nil && value != "" {
		return redacted
	}

	text, ok := value.(string)
	if ok && (addressNames.MatchString(name) || webhook && strings.EqualFold(name, "url")) {
		return redactPath(text)
	}

	return redactValue(value, webhook)
}

// redactText hides secrets of a text that is JSON itself, as metadata of messages is, and of an address.
func redactText(text string) string {
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return redactAddress(text)
	}

	hidden := redactBody(json.RawMessage(text), false)
	if hidden == nil {
		return text
	}

	return string(hidden)
}

// redactAddress hides the user and the query of an address, where tokens are.
func redactAddress(text string) string {
	address, ok := parseAddress(text)
	if !ok || address.User == nil && address.RawQuery == "" {
		return text
	}

	if address.User != nil {
		address.User = url.User(redacted)
	}

	if address.RawQuery != "" {
		address.RawQuery = redacted
	}

	return address.String()
}

// redactPath hides all of an address but its host.
func redactPath(text string) string {
	address, ok := parseAddress(text)
	if !ok {
		return redacted
	}

	return address.Scheme + "://" + address.Host + "/" + redacted
}

func parseAddress(text string) (*url.URL, bool) {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return nil, false
	}

	address, err := url.Parse(text)

	return address, err == nil && address.Host != ""
}
