package account

import (
	"mime"
	"path/filepath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
)

// LargestFile is the size of the largest file that is sent. Servers take 40 MiB, unless their administrator set another limit.
const LargestFile = 100 * localfile.MiB

// AnotherFile takes the place of a path while the file holds something else than was sent.
const AnotherFile = "(another file)"

// ReadFile returns a file to send, and its hash.
func ReadFile(name string) (api.File, string, error) {
	content, hash, err := localfile.Read(name, LargestFile)
	if err != nil {
		return api.File{}, "", err
	}

	kind := mime.TypeByExtension(filepath.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}

	return api.File{Name: filepath.Base(name), ContentType: kind, Content: content}, hash, nil
}
