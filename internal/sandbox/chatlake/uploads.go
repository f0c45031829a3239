package chatlake

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
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

// findBlob takes a signed id, or the plain one that rules keep.
func (p *Platform) findBlob(param any) (*blob, bool) {
	switch param := param.(type) {
	case string:
		return p.signedBlob(param)
	case json.Number:
		id, _ := param.Int64()
		return p.blobs.Get(id)
	case int64:
		return p.blobs.Get(param)
	}

	return nil, false
}

// upload keeps a file, or what an address would give.
func (p *Platform) upload(c *call) sandbox.Reply {
	in, refused := read(c.Request, "attachment", "external_url")
	if refused != nil {
		return *refused
	}

	var stored *blob

	address, _ := in.values["external_url"].(string)
	switch {
	case len(in.files["attachment"]) > 0:
		stored = p.storeBlob(in.files["attachment"][0])
	case address != "" && !webAddress.MatchString(address):
		c.Complain("external_url %q is no address", address)
		return *refuse(http.StatusUnprocessableEntity, "Invalid URL provided")
	case address != "":
		stored = p.storeBlob(file{name: path.Base(address), contentType: "application/octet-stream"})
	default:
		c.Complain("an upload of nothing")
		return *refuse(http.StatusUnprocessableEntity, "No file or URL provided")
	}

	if !p.has(uploadSigned) {
		return ok(object{"file_url": p.blobURL(stored), "blob_key": stored.key, "blob_id": stored.id})
	}

	return ok(object{"file_url": p.blobURL(stored), "blob_id": signedID(stored)})
}
