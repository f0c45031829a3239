package kommunicate

import (
	"bytes"
	"io"
	"mime/multipart"
	"strings"
	"testing"
)

// form is a multipart body with the fields as files.
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

func TestUpload(t *testing.T) {
	w := start(t)
	body, media := form(t, "file")
	a := w.call("POST /chat/rest/ws/upload/image?aclsPrivate=true", body, "Content-Type", media)
	meta := decoded[struct {
		BlobKey, Name, URL, ContentType string
		Size, CreatedAtTime             int64
	}](t, []byte(a.text))
	equal(t, []any{meta.Name, meta.Size, meta.ContentType}, []any{"a b.png", int64(7), "application/octet-stream"})
	equal(t, string(w.Files()[0].Content), "content")

	signed := w.call("GET /rest/ws/file/url?key="+strings.ReplaceAll(meta.BlobKey, " ", "%20"), "").text
	equal(t, signed, meta.URL)
	_, path, _ := strings.Cut(meta.URL, "/kommunicate")
	equal(t, w.call("GET "+path, "", "Api-Key", "").text, "content")
	equal(t, w.call("GET /rest/ws/file/url?key=x", "").text, "error")

	plain := w.call("POST /chat/rest/ws/upload/file", body, "Content-Type", media).text
	_, path, _ = strings.Cut(plain, "/kommunicate")
	equal(t, w.call("GET "+path, "", "Api-Key", "").text, "content")
	equal(t, len(w.Files()), 2)
	w.calm()

	w.call("GET "+strings.TrimRight(path, "0123456789abcdef"), "", "Api-Key", "")
	equal(t, w.core.Journal.Entries(nil)[w.core.Journal.Count("")-1].Status, 401)
}

func TestUploadIsStrict(t *testing.T) {
	w := start(t)

	const line = "POST /chat/rest/ws/upload/image"

	wrong, wrongMedia := form(t, "attachment")
	twice, twiceMedia := form(t, "file", "file")

	none, noneMedia := form(t)
	for name, sent := range map[string][2]string{
		"another field": {wrong, wrongMedia}, "two files": {twice, twiceMedia}, "no file": {none, noneMedia},
		"JSON": {`{}`, "application/json"}, "cut": {wrong[:20], wrongMedia},
	} {
		a := w.call(line, sent[0], "Content-Type", sent[1])
		if a.status != 400 || w.complaint() == "" {
			t.Errorf("%s: status %d, complaint %q", name, a.status, w.complaint())
		}
	}

	equal(t, len(w.Files()), 0)
}

func TestServicesUploadSwitch(t *testing.T) {
	w := start(t)
	body, media := form(t, "file")
	equal(t, w.call("POST /rest/ws/upload/image", body, "Content-Type", media).status, 404)
	w.switches.ServicesUpload = true
	equal(t, w.call("POST /rest/ws/upload/image", body, "Content-Type", media).status, 200)
}
