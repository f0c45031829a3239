package chatlake

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
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
