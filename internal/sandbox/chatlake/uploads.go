package chatlake

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"path"
	"regexp"
	"slices"
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

// isGone reports whether a file went with the last thing that held it: a logo, a picture, a message, a rule or a macro. One
// that nothing has held yet is still there.
func (p *Platform) isGone(b *blob) bool {
	if !b.held {
		return false
	}

	address := p.blobURL(b)
	isListed := func(files []object) bool {
		return slices.ContainsFunc(files, func(one object) bool { return one["blob_id"] == b.id })
	}

	isHeld := len(p.portals.Where(func(r *portal) bool { return r.logo == b })) > 0 ||
		len(p.inboxes.Where(func(i *inbox) bool { return i.avatar == address })) > 0 ||
		len(p.contacts.Where(func(x *contact) bool { return x.avatar == address })) > 0 ||
		len(p.bots.Where(func(r *agentBot) bool { return r.avatar == address })) > 0 ||
		len(p.companyShelf().rows.Where(func(r *company) bool { return r.avatar == address })) > 0 ||
		len(p.users.Where(func(u *user) bool { return u.avatar == address })) > 0 ||
		len(p.rules.Where(func(r *rule) bool { return isListed(r.Files) })) > 0 ||
		len(p.macros.Where(func(r *macro) bool { return isListed(r.files) })) > 0

	for _, m := range p.messages {
		isHeld = isHeld || slices.ContainsFunc(m.attachments, func(a *attachment) bool { return a.blob == b })
	}

	return !isHeld
}

var (
	// nowhere finds hosts that no name server knows.
	nowhere  = regexp.MustCompile(`\Ahttps?://[^/]*\.invalid(/|\z)`)
	showable = regexp.MustCompile(`\A(image|video)/`)
)

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
	case in.values["attachment"] != nil:
		return crash(c.Request, "attachment is no file")
	case address != "" && (!webAddress.MatchString(address) || nowhere.MatchString(address)):
		c.Complain("external_url %q leads nowhere", address)
		return *refuse(http.StatusUnprocessableEntity, "Invalid URL provided")
	case address != "" && !showable.MatchString(mime.TypeByExtension(path.Ext(address))):
		c.Complain("external_url %q is no image and no video", address)
		return *refuse(http.StatusUnprocessableEntity, "File type not supported (only images and videos are allowed)")
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
