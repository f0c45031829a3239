package kommunicate

import "github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"

// file is an uploaded attachment.
type file struct {
	key, name, contentType string
	content                []byte
}

// signed says whether the request comes with an address that file/url gave out.
func (p *Platform) signed(*sandbox.Request) bool { return false }
