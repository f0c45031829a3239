package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// envelope surrounds every answer. The vendor's one sample has a number as status code; the response is an object, or an
// empty string where the answer holds nothing.
type envelope struct {
	StatusCode  wirejson.Text   `json:"status_code"`
	Description wirejson.Text   `json:"description"`
	Response    json.RawMessage `json:"response"`
}

// list is what an answer holds: the rows that could be read, and those that could not. One odd row spoils neither its
// neighbours nor the plans for them.
type list[T any] struct {
	rows []T
	odd  []oddRow
	// failure says why the last of the odd rows cannot be read.
	failure error
}

// oddRow is a row that could not be read, and why.
type oddRow struct {
	wirejson.OddRow

	raw json.RawMessage
}

// size returns the number of rows that the platform sent.
func (l list[T]) size() int {
	return len(l.rows) + len(l.odd)
}

// needed sends a call and decodes the object of its answer, which may stand under a key of its own.
func needed[T any](ctx context.Context, c *Client, call transport.Call, key string) (*T, error) {
	sent, response, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}

	found, err := decodeOne[T](response.Body, key)
	if err == nil && found == nil {
		err = fmt.Errorf("the answer holds no %s", key)
	}

	if err != nil {
		return nil, transport.Malformed(sent, response, err.Error())
	}

	return found, nil
}

// many sends a call and decodes the list of its answer, which may stand under a key of its own.
func many[T any](ctx context.Context, c *Client, call transport.Call, key string) (list[T], error) {
	sent, response, err := c.send(ctx, call)
	if err != nil {
		return list[T]{}, err
	}

	found, err := decodeList[T](response.Body, key)
	if err != nil {
		return list[T]{}, transport.Malformed(sent, response, err.Error())
	}

	if found.failure != nil {
		found.failure = transport.Malformed(sent, response, found.failure.Error())
	}

	return found, nil
}

// decodeOne reads the only object of an answer, alone or in an array. It is nil if there is none.
func decodeOne[T any](body []byte, key string) (*T, error) {
	elements, err := decodeElements(body, key)

	switch {
	case err != nil:
		return nil, err
	case len(elements) == 0:
		return nil, nil //nolint:nilnil // The platform may answer without an object; callers know what they need.
	case len(elements) > 1:
		return nil, fmt.Errorf("one %s was asked for, and the answer holds %d", key, len(elements))
	}

	return decodeElement[T](elements[0], key)
}

// decodeList reads the rows of an answer.
func decodeList[T any](body []byte, key string) (list[T], error) {
	elements, err := decodeElements(body, key)
	if err != nil {
		return list[T]{}, err
	}

	var found list[T]

	for i, element := range elements {
		row, failure := decodeElement[T](element, key)
		if failure != nil {
			odd := oddRow{OddRow: wirejson.OddRow{Index: i, Err: failure}, raw: element}
			found.odd, found.failure = append(found.odd, odd), failure

			continue
		}

		found.rows = append(found.rows, *row)
	}

	return found, nil
}

// decodeElement reads one object. An element of another kind is an error: a pointer would decode to nil.
func decodeElement[T any](raw json.RawMessage, key string) (*T, error) {
	found := new(T)

	if !isObject(raw) {
		return nil, fmt.Errorf("the %s of the answer is not what was expected: it is no object", key)
	}

	if err := json.Unmarshal(raw, found); err != nil {
		return nil, fmt.Errorf("the %s of the answer is not what was expected (%s)", key, wirejson.Mismatch(err))
	}

	return found, nil
}

// decodeElements reads what is inside of an envelope: an object or an array, under the key (chat), its plural (chats), or
// bare; or nothing.
//
// Unverified: which of these is used. Only the list of users is documented, under the key users.
func decodeElements(body []byte, key string) ([]json.RawMessage, error) {
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		return nil, fmt.Errorf("the answer is not the JSON that was expected (%s)", wirejson.Mismatch(err))
	}

	if e.Response == nil && e.StatusCode == "" {
		return nil, errors.New("the answer is not in the platform's envelope")
	}

	inner, err := unwrap(e.Response, key)

	switch {
	case err != nil:
		return nil, err
	case wirejson.IsNothing(inner):
		return nil, nil
	case isObject(inner):
		return []json.RawMessage{inner}, nil
	case isArray(inner):
		var elements []json.RawMessage

		err := json.Unmarshal(inner, &elements)

		return elements, err
	default:
		return nil, fmt.Errorf("the answer holds no %s", key)
	}
}

// unwrap returns what stands under the key or its plural. The vendor's page speaks of a Chat List, so an array that stands
// alone counts under any name. Everything else is the object itself.
func unwrap(response json.RawMessage, key string) (json.RawMessage, error) {
	if !isObject(response) {
		return response, nil
	}

	var wrapped map[string]json.RawMessage
	if err := json.Unmarshal(response, &wrapped); err != nil {
		return nil, err
	}

	for _, name := range []string{key, key + "s"} {
		value, ok := wrapped[name]
		if ok && (isObject(value) || isArray(value) || wirejson.IsNothing(value)) {
			return value, nil
		}
	}

	for _, value := range wrapped {
		if len(wrapped) == 1 && isArray(value) {
			return value, nil
		}
	}

	return response, nil
}
