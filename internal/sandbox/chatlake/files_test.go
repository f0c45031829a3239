package chatlake_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// form is a multipart body with one file.
func form(t *testing.T, field, name, contentType string) (string, []byte) {
	t.Helper()

	var body bytes.Buffer

	writer := multipart.NewWriter(&body)

	part, err := writer.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name=%q; filename=%q`, field, name)}, "Content-Type": {contentType},
	})
	if err != nil {
		t.Fatal(err)
	}

	_, _ = part.Write([]byte("file"))
	_ = writer.Close()

	return writer.FormDataContentType(), body.Bytes()
}

// TestAvatars puts pictures on an inbox and a bot, and takes them off.
func TestAvatars(t *testing.T) {
	w := newWorld(t)

	for path, key := range map[string]string{"/inboxes/101": "avatar_url", "/agent_bots/32": "thumbnail"} {
		if key == "thumbnail" {
			w.want("POST", "/agent_bots", `{"name":"b"}`, 200, `{"id":32}`)
		}

		contentType, body := form(t, "avatar", "a.png", "image/png")
		_, first := w.raw("PATCH", path, contentType, body)
		status, second := w.raw("PATCH", path, contentType, body)
		w.compare(path, status, second, 200, fmt.Sprintf(`{%q:"<any>"}`, key))

		if w.get(first, key) == w.get(second, key) || w.get(first, key) == "" {
			t.Errorf("%s: addresses %v and %v", path, w.get(first, key), w.get(second, key))
		}

		w.want("GET", path, "", 200, fmt.Sprintf(`{%q:%q}`, key, w.get(second, key)))
		w.want("PATCH", path, `{"avatar":null}`, 200, fmt.Sprintf(`{%q:""}`, key))

		contentType, body = form(t, "avatar", "a.svg", "image/svg+xml")
		status, refused := w.raw("PATCH", path, contentType, body)
		w.compare(path, status, refused, 422, `{"message":"Avatar filetype not supported"}`)

		w.want("PATCH", path, `{"avatar":"text"}`, 500, "")
		w.complains("neither a file nor the signed id")

		contentType, body = form(t, "attachment", "a.png", "image/png")
		_, upload := w.raw("POST", "/upload", contentType, body)
		signed := fmt.Sprintf(`{"avatar":%q}`, w.get(upload, "blob_id"))

		w.want("PATCH", path, signed, 200, fmt.Sprintf(`{%q:"<any>"}`, key))
		w.want("PATCH", path, `{"avatar":""}`, 200, fmt.Sprintf(`{%q:""}`, key))
		w.want("PATCH", path, signed, 404, "")
	}
}

// TestPortalLogo puts an upload on a help centre. It goes with the logo.
func TestPortalLogo(t *testing.T) {
	w := newWorld(t)
	contentType, body := form(t, "attachment", "a.png", "image/png")
	_, upload := w.raw("POST", "/upload", contentType, body)
	signed := fmt.Sprint(w.get(upload, "blob_id"))

	w.want("POST", "/portals", fmt.Sprintf(`{"portal":{"name":"h","slug":"h"},"blob_id":%q}`, signed), 200, `{"logo":{"filename":"a.png","blob_id":"<any>"}}`)
	w.want("PATCH", "/portals/h", `{"blob_id":null}`, 200, `{"logo":{"filename":"a.png"}}`)
	w.quiet()
	w.want("PATCH", "/portals/h", `{"blob_id":"nonsense","portal":{"name":"i"}}`, 200, `{"name":"i","logo":{"filename":"a.png"}}`)
	w.complains("is no upload")
	w.steps([]step{
		{chatlake.AgentToken, "DELETE", "/portals/h/logo", "", 401, "", ""},
		{"", "DELETE", "/portals/h/logo", "", 200, "<empty>", ""},
		{"", "DELETE", "/portals/h/logo", "", 200, "<empty>", ""},
		{"", "GET", "/portals/h", "", 200, `{"logo":"<absent>"}`, ""},
	})
	w.want("PATCH", "/portals/h", fmt.Sprintf(`{"blob_id":%q}`, signed), 200, `{"logo":"<absent>"}`)
	w.complains("is no upload")
}
