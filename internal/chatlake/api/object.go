package api

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Identified is an object of the account, which has an id.
type Identified interface{ identity() ID }

// IDOf returns an object's id.
func IDOf[T Identified](object T) ID { return object.identity() }

// checkID refuses a row without an id.
func checkID(id ID) error {
	if id == 0 {
		return errors.New("it has no id")
	}

	return nil
}

// wrapped returns a request as many controllers of the server take it: as the only member of an object.
func wrapped(name string, request any) map[string]any { return map[string]any{name: request} }

// doObject sends a call that answers with an object, and takes no other answer for one.
func doObject[V Identified](ctx context.Context, c *Client, call transport.Call) (V, error) {
	object, err := transport.Do[V](ctx, c.sender, call)
	return checkObject(call, object, err)
}

// checkObject refuses an object without an id: an empty one must never reach the state.
func checkObject[V Identified](call transport.Call, object V, err error) (V, error) {
	if err != nil || object.identity() != 0 {
		return object, err
	}

	return object, unusable(call, "the answer is not the object that was expected: it has no id")
}

// enveloped is an object in an envelope or bare: the same kind comes in both.
type enveloped[V any] struct{ object V }

// UnmarshalJSON takes what is in the payload, or everything.
func (e *enveloped[V]) UnmarshalJSON(raw []byte) error {
	var outer struct {
		Payload json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(raw, &outer); err != nil {
		return err
	}

	if outer.Payload != nil {
		raw = outer.Payload
	}

	return json.Unmarshal(raw, &e.object)
}

// doEnveloped is doObject for objects that may come in an envelope.
func doEnveloped[V Identified](ctx context.Context, c *Client, call transport.Call) (V, error) {
	answer, err := transport.Do[enveloped[V]](ctx, c.sender, call)
	return checkObject(call, answer.object, err)
}
