package chatlake

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

var avatarTypes = []string{"image/jpeg", "image/png", "image/gif", "image/webp"}

const maxAvatar = 15 << 20

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// upload checks an avatar's part and gives it an address; sent is false without one.
func (p *Platform) uploadedAvatar(in *input) (address string, sent bool) {
	parts := in.files["avatar"]
	if len(parts) == 0 {
		return "", false
	}

	if !slices.Contains(avatarTypes, parts[0].contentType) {
		in.errs.add("avatar", "Avatar filetype not supported")
	}

	if len(parts[0].data) > maxAvatar {
		in.errs.add("avatar", "Avatar is too big")
	}

	return p.blobURL(p.storeBlob(parts[0])), true
}

// assignAvatar takes a file, or removes the current one for a null.
func (p *Platform) assignAvatar(req *sandbox.Request, x *contact, in *input) {
	address, sent := p.uploadedAvatar(in)
	if sent {
		x.avatar = address
		return
	}

	switch value := in.values["avatar"].(type) {
	case nil:
		if in.isNull("avatar") {
			x.avatar = ""
		}
	case string:
		if value != "" {
			req.Complain("avatar is a file: send it as multipart")
		}
	default:
		req.Complain("avatar is a file: send it as multipart")
	}
}

// syncAvatar is the job that downloads an avatar: at most once a minute, and one address only once.
func (p *Platform) syncAvatar(x *contact, address string) {
	now := p.core.Now()
	if x.gone || x.avatarSynced == address || !x.avatarSync.IsZero() && now.Sub(x.avatarSync) < time.Minute {
		return
	}

	x.avatarSync, x.avatarSynced = now, address
	x.avatar = p.blobURL(p.storeBlob(file{name: "avatar.png", contentType: "image/png"}))
	x.additional["last_avatar_sync_at"] = now.Format(time.RFC3339)
	x.additional["avatar_url_hash"] = digest(address)
}

func (p *Platform) deleteContactAvatar(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	x.avatar = ""

	return answer(http.StatusOK, object{"payload": p.contactJSON(x, false)})
}
