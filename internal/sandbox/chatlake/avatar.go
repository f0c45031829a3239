package chatlake

import (
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

var avatarTypes = []string{"image/jpeg", "image/png", "image/gif", "image/webp"}

const maxAvatar = 15 << 20

// assignAvatar reads the picture of an inbox, a contact, a bot, a company or a person: a file, whose declared type alone is looked at, the signed
// id of an upload, or nothing, which takes the picture off. The address is another one after each file.
func (p *Platform) assignAvatar(req *sandbox.Request, in *input, address *string) {
	parts := in.files["avatar"]
	if len(parts) > 0 {
		if !slices.Contains(avatarTypes, parts[0].contentType) {
			in.errs.add("avatar", "Avatar filetype not supported")
		}

		if len(parts[0].data) > maxAvatar {
			in.errs.add("avatar", "Avatar is too big")
		}

		*address = p.blobURL(p.storeBlob(parts[0]))

		return
	}

	switch value := in.values["avatar"].(type) {
	case nil:
		if in.isNull("avatar") {
			*address = ""
		}
	case string:
		p.assignSignedAvatar(req, in, value, address)
	default:
		req.Complain("avatar is a file: send it as multipart")
	}
}

func (p *Platform) assignSignedAvatar(req *sandbox.Request, in *input, text string, address *string) {
	if text == "" {
		*address = ""
		return
	}

	b, found := p.signedBlob(text)

	switch {
	case !found:
		in.fail(crash(req, "avatar is neither a file nor the signed id of one"))
	case p.isGone(b):
		in.fail(notFound())
	default:
		b.held, *address = true, p.blobURL(b)
	}
}
