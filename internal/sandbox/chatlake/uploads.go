package chatlake

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// signedID is the text that stands for a blob in later requests.
func signedID(b *blob) string {
	return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "blob-%d", b.id)) + "--" + digest(b.key)[:40]
}

func (p *Platform) signedBlob(text string) (*blob, bool) {
	head, _, _ := strings.Cut(text, "--")
	raw, err := base64.StdEncoding.DecodeString(head)
	if err != nil {
		return nil, false
	}
	var id int64
	if _, err := fmt.Sscanf(string(raw), "blob-%d", &id); err != nil {
		return nil, false
	}
	b, found := p.blobs.Get(id)
	return b, found && signedID(b) == text
}
