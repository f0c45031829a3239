package kommunicate

import (
	"bytes"
	"io"
	"mime/multipart"
	"strings"
	"testing"
)

// form returns a multipart body with the fields as files.
func form(t *testing.T, fields ...string) (body, contentType string) {
	t.Helper()

	var buffer bytes.Buffer

	writer := multipart.NewWriter(&buffer)
	for _, field := range fields {
		part, err := writer.CreateFormFile(field, "a b.png")
		if err != nil {
			t.Fatal(err)
		}

		if _, err := io.WriteString(part, "content"); err != nil {
			t.Fatal(err)
		}
	}

	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}

	return buffer.String(), writer.FormDataContentType()
}

func TestUploadIsServedWithASignature(t *testing.T) {
	f := start(t)
	body, media := form(t, "file")
	a := f.call("POST /chat/rest/ws/upload/image?aclsPrivate=true", body, "Content-Type", media)
	meta := decoded[struct {
		BlobKey, Name, URL, ContentType string
		Size, CreatedAtTime             int64
	}](t, []byte(a.text))
	equal(t, []any{meta.Name, meta.Size, meta.ContentType}, []any{"a b.png", int64(7), "application/octet-stream"})
	equal(t, string(f.Files()[0].Content), "content")

	signed := f.call("GET /rest/ws/file/url?key="+strings.ReplaceAll(meta.BlobKey, " ", "%20"), "").text
	equal(t, signed, meta.URL)
	_, path, _ := strings.Cut(meta.URL, "/kommunicate")
	equal(t, f.call("GET "+path, "", "Api-Key", "").text, "content")
	equal(t, f.call("GET /rest/ws/file/url?key=x", "").text, "error")

	plain := f.call("POST /chat/rest/ws/upload/file", body, "Content-Type", media).text
	_, path, _ = strings.Cut(plain, "/kommunicate")
	equal(t, f.call("GET "+path, "", "Api-Key", "").text, "content")
	equal(t, len(f.Files()), 2)
	f.calm()

	f.call("GET "+strings.TrimRight(path, "0123456789abcdef"), "", "Api-Key", "")
	equal(t, f.core.Journal.Entries(nil)[f.core.Journal.Count("")-1].Status, 401)
}

func TestUploadIsStrict(t *testing.T) {
	f := start(t)

	const line = "POST /chat/rest/ws/upload/image"

	wrong, wrongMedia := form(t, "attachment")
	twice, twiceMedia := form(t, "file", "file")

	none, noneMedia := form(t)
	for name, sent := range map[string][2]string{
		"another field": {wrong, wrongMedia}, "two files": {twice, twiceMedia}, "no file": {none, noneMedia},
		"JSON": {`{}`, "application/json"}, "cut": {wrong[:20], wrongMedia},
	} {
		a := f.call(line, sent[0], "Content-Type", sent[1])
		if a.status != 400 || f.complaint() == "" {
			t.Errorf("%s: status %d, complaint %q", name, a.status, f.complaint())
		}
	}

	equal(t, len(f.Files()), 0)
}

func TestServicesUploadFollowsTheSwitch(t *testing.T) {
	f := start(t)
	body, media := form(t, "file")
	equal(t, f.call("POST /rest/ws/upload/image", body, "Content-Type", media).status, 404)
	f.switches.ServicesUpload = true
	equal(t, f.call("POST /rest/ws/upload/image", body, "Content-Type", media).status, 200)
}
