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

// AttachedFile is a file that a rule or a macro holds, also one that no action sends any more.
type AttachedFile struct {
	// BlobID is the number by which an action names the file.
	BlobID   ID     `json:"blob_id"`
	Filename string `json:"filename"`
}

// AttachedFiles are those of a rule or a macro. They only help to find one whose create was lost, so what is not one of them is
// left out.
type AttachedFiles []AttachedFile

// UnmarshalJSON reads a list.
func (f *AttachedFiles) UnmarshalJSON(raw []byte) error {
	var rows wirejson.Rows[AttachedFile]

	err := rows.UnmarshalJSON(raw)
	if err == nil {
		*f = rows.Good
	}

	return nil
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
