package kommunicate

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// file is an uploaded attachment.
type file struct {
	key, name, contentType string
	content                []byte
	signature              string
}

// filePath is where uploads are served, with a signature in place of credentials.
const filePath = "/rest/ws/aws/file/"

// address returns the URL of the file.
func (f *file) address(req *sandbox.Request) string {
	scheme := "http://"
	if req.TLS != nil {
		scheme = "https://"
	}

	return scheme + req.Host + "/kommunicate" + chatPrefix + filePath + url.PathEscape(f.key) + "?signature=" + f.signature
}

// isSigned reports whether the request comes with an address that an upload or file/url gave out.
func (p *Platform) isSigned(req *sandbox.Request) bool {
	key, ok := strings.CutPrefix(req.URL.Path, chatPrefix+filePath)
	found := p.files[key]

	return ok && found != nil && req.URL.Query().Get("signature") == found.signature
}

// upload reads the form field `file`; nothing else may be in the form.
//
// Unverified: every failure; SDKs stop at 25 MB by themselves.
func (p *Platform) upload(c *call) (*file, *sandbox.Reply) {
	refused := func(format string, args ...any) (*file, *sandbox.Reply) {
		reply := p.badRequest(c.Request, format, args...)
		return nil, &reply
	}

	media, params, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if err != nil || media != "multipart/form-data" {
		return refused("an upload is multipart/form-data")
	}

	form := multipart.NewReader(bytes.NewReader(c.Raw), params["boundary"])

	var found *file

	for {
		part, err := form.NextPart()
		if err == io.EOF { //nolint:errorlint // NextPart documents the bare value.
			break
		}

		if err != nil {
			return refused("the form cannot be read: %v", err)
		}

		content, err := io.ReadAll(part)
		if err != nil {
			return refused("the form cannot be read: %v", err)
		}

		if part.FormName() != "file" || part.FileName() == "" || found != nil {
			return refused("the form holds one file in the field %q, not %q", "file", part.FormName())
		}

		found = &file{name: part.FileName(), contentType: part.Header.Get("Content-Type"), content: content}
		if found.contentType == "" {
			found.contentType = "application/octet-stream"
		}
	}

	if found == nil {
		return refused("the form has no file")
	}

	const hex = "0123456789abcdef"

	found.key = p.core.Text(hex, 32) + "_KM_BUCKET_" + found.name
	found.signature = p.core.Text(hex, 16)
	p.files[found.key] = found

	return found, nil
}

// uploadImage answers POST {chat}/rest/ws/upload/image, of the SDKs: with the fileMeta that a message takes.
func (p *Platform) uploadImage(c *call) sandbox.Reply {
	queryFlag(c.Request, "aclsPrivate", false)

	found, refused := p.upload(c)
	if refused != nil {
		return *refused
	}

	out := fileMeta{
		BlobKey: found.key, Name: found.name, URL: found.address(c.Request), Size: int64(len(found.content)),
		ContentType: found.contentType, Key: found.key, UserKey: c.actor.key, CreatedAtTime: p.tick(),
	}
	if strings.HasPrefix(found.contentType, "image/") {
		out.ThumbnailBlobKey, out.ThumbnailURL = "thumbnail_"+found.key, out.URL
	}

	return sandbox.JSON(http.StatusOK, out)
}

// uploadFile answers POST {chat}/rest/ws/upload/file, of the SDKs: with the plain address.
func (p *Platform) uploadFile(c *call) sandbox.Reply {
	found, refused := p.upload(c)
	if refused != nil {
		return *refused
	}

	return sandbox.Text(http.StatusOK, found.address(c.Request))
}

// fileURL answers GET /rest/ws/file/url, of the SDKs: a signed address as text.
//
// Unverified: the failure.
func (p *Platform) fileURL(c *call) sandbox.Reply {
	found, ok := p.files[c.URL.Query().Get("key")]
	if !ok {
		return sandbox.Text(http.StatusOK, "error")
	}

	return sandbox.Text(http.StatusOK, found.address(c.Request))
}

// download serves an upload.
func (p *Platform) download(c *call) sandbox.Reply {
	found, ok := p.files[c.PathValue("key")]
	if !ok {
		return htmlPage(http.StatusNotFound)
	}

	return sandbox.Reply{
		Status: http.StatusOK, Header: http.Header{"Content-Type": {found.contentType}}, Raw: found.content,
	}
}
