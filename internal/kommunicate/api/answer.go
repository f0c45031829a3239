package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// envelope is how most calls answer; the others answer what Response would be.
type envelope struct {
	Status   string          `json:"status"`
	Response json.RawMessage `json:"response"`
	// Updated is set where a conversation was there before: the vendor's web client reads it.
	Updated bool `json:"updated"`
}

// do sends the call and decodes its answer, which may come in an envelope or without one: the vendor's page and its SDKs
// differ.
func do[T any](ctx context.Context, c *Client, call transport.Call) (T, envelope, error) {
	var value, none T

	response, err := c.sender.Send(ctx, &call)
	if err != nil {
		return none, envelope{}, err
	}

	var outer envelope

	inner := *response
	if json.Unmarshal(response.Body, &outer) == nil && outer.Response != nil {
		inner.Body = outer.Response
	} else if outer.Status != "" {
		return none, outer, transport.Malformed(&call, response, "the answer holds no data")
	}

	if err := transport.Decode(&call, &inner, &value); err != nil {
		return none, outer, err
	}

	if sound, ok := any(value).(interface{ problem() string }); ok && sound.problem() != "" {
		return none, outer, transport.Malformed(&call, response, sound.problem())
	}

	return value, outer, nil
}

// run sends a call that answers only whether it worked: in an envelope, or with the word success.
func run(ctx context.Context, c *Client, call transport.Call) error {
	response, err := c.sender.Send(ctx, &call)
	if err != nil {
		return err
	}

	var outer envelope

	word := strings.Trim(string(bytes.TrimSpace(response.Body)), `"`)
	if word == "success" || json.Unmarshal(response.Body, &outer) == nil && outer.Status == "success" {
		return nil
	}

	return transport.Malformed(&call, response, "the answer does not say that the call worked")
}

// Ident is an id that the platform writes as a number or as a string.
type Ident string

// UnmarshalJSON takes both forms.
func (i *Ident) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*i = Ident(s)
		return nil
	}

	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil {
		return fmt.Errorf("%s is neither a text nor a whole number", raw)
	}

	*i = Ident(strconv.FormatInt(n, 10))

	return nil
}

// Values is a map of strings. What was written as something else comes back as text; should it not, its JSON is the text.
type Values map[string]string

// UnmarshalJSON takes any object.
func (v *Values) UnmarshalJSON(raw []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil || fields == nil {
		return err
	}

	*v = make(Values, len(fields))
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		var s string
		switch {
		case string(fields[key]) == "null":
			continue
		case json.Unmarshal(fields[key], &s) == nil:
			(*v)[key] = s
		default:
			(*v)[key] = string(fields[key])
		}
	}

	return nil
}
