package api

import (
	"encoding/json"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Steps are the conditions or the actions of a rule or a macro. The server stores what it was sent, and shows an object
// where it was sent nothing: that is no step. A value of another kind is one step, which no configuration can be equal to.
type Steps []any

// UnmarshalJSON reads a value of any kind.
func (s *Steps) UnmarshalJSON(raw []byte) error {
	*s = nil

	if wirejson.IsNothing(raw) || string(raw) == "{}" {
		return nil
	}

	var list List
	if list.UnmarshalJSON(raw) == nil {
		*s = Steps(list)
		return nil
	}

	return (*List)(s).UnmarshalJSON(append(append([]byte("["), raw...), ']'))
}

// Query is what a custom filter selects. The server stores a text where it was sent none.
type Query map[string]any

// UnmarshalJSON reads an object, or a text that holds one. A value of another kind is an empty object.
func (q *Query) UnmarshalJSON(raw []byte) error {
	*q = Query{}

	var text string
	if json.Unmarshal(raw, &text) == nil {
		raw = []byte(text)
	}

	var object Object
	if object.UnmarshalJSON(raw) == nil && object != nil {
		*q = Query(object)
	}

	return nil
}
