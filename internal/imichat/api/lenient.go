package api

import (
	"bytes"
	"encoding/json"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

func isObject(raw json.RawMessage) bool { return bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) }

func isArray(raw json.RawMessage) bool { return bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) }

// details are the texts of other_details, and the members as the platform sent them: those of others are sent back so.
type details struct {
	texts wirejson.Pairs
	raw   map[string]json.RawMessage
}

// UnmarshalJSON accepts what wirejson.Pairs accepts.
func (d *details) UnmarshalJSON(raw []byte) error {
	err := json.Unmarshal(raw, &d.texts)
	if err != nil || d.texts == nil {
		return err
	}

	return json.Unmarshal(raw, &d.raw)
}
