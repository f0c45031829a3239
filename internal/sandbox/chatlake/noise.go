package chatlake

import (
	"bytes"
	"encoding/json"
)

// makeNoise moves on what shows in volatile values between any two requests.
func (p *Platform) makeNoise() {
	p.noise++
}

// disturb changes what a contact shows without anybody's doing.
func (p *Platform) disturb(out *contactJSON) {
	seen := epoch(p.core.Now()) + int64(p.noise)

	out.LastActivityAt = &seen
	if p.noise%2 == 1 {
		out.AvailabilityStatus = "online"
	}

	out.AdditionalAttributes = cloneObject(out.AdditionalAttributes)
	out.AdditionalAttributes["last_avatar_sync_at"] = seen
	out.AdditionalAttributes["avatar_url_hash"] = digest(string(rune(p.noise)))
}

// withExtraFields adds a key to the objects of an answer, but not to the free ones inside of them.
func withExtraFields(raw []byte) []byte {
	var body any

	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()

	if err := decoder.Decode(&body); err != nil {
		return raw
	}

	extend(body)

	extended, err := json.Marshal(body)
	if err != nil {
		return raw
	}

	return extended
}

func extend(body any) {
	switch body := body.(type) {
	case []any:
		for _, entry := range body {
			extend(entry)
		}
	case object:
		for _, envelope := range []string{"payload", "data", "meta", "contact", "webhook", "webhooks"} {
			inner, has := body[envelope]
			if has {
				extend(inner)
			}
		}

		body["from_a_later_release"] = object{"list": []any{nil, 1}, "text": "unknown to clients"}
	}
}
