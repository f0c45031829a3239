package guides_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"path/filepath"
	"runtime"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
)

// site returns what the reader's own server has: the files that they put into the folder site, and a private registry that offers the
// release as team/chat.
func (d *reader) site() http.Handler {
	key := d.sign()
	name := filepath.Base(d.archive(version))
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(filepath.Join(d.home, "site"))))
	mux.Handle("/release/", http.StripPrefix("/release/", http.FileServer(http.Dir(d.release))))

	mux.HandleFunc("/v1/providers/team/chat/versions", func(w http.ResponseWriter, _ *http.Request) {
		d.answer(w, map[string]any{"versions": []any{map[string]any{
			"version": version, "protocols": []string{"6.0"},
			"platforms": []any{map[string]string{"os": runtime.GOOS, "arch": runtime.GOARCH}},
		}}})
	})

	mux.HandleFunc("/v1/providers/team/chat/"+version+"/download/"+runtime.GOOS+"/"+runtime.GOARCH, func(w http.ResponseWriter, _ *http.Request) {
		d.answer(w, map[string]any{
			"protocols": []string{"6.0"}, "os": runtime.GOOS, "arch": runtime.GOARCH, "filename": name, "shasum": d.sum,
			"download_url": "/release/" + name, "shasums_url": "/release/" + sums, "shasums_signature_url": "/release/" + sums + ".sig",
			"signing_keys": map[string]any{"gpg_public_keys": []any{key}},
		})
	})

	return mux
}

func (d *reader) answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

// sign signs the release's checksums with a key that lives as long as the test, and returns its public part as a registry
// hands it out.
func (d *reader) sign() map[string]string {
	d.t.Helper()

	entity, err := openpgp.NewEntity("Release of a test", "", "release@example.com", nil)
	if err != nil {
		d.t.Fatal(err)
	}

	var signature, public bytes.Buffer

	if err := openpgp.DetachSign(&signature, entity, bytes.NewReader([]byte(d.read(filepath.Join(d.release, sums)))), nil); err != nil {
		d.t.Fatal(err)
	}

	d.write(filepath.Join(d.release, sums+".sig"), signature.String())

	armored, err := armor.Encode(&public, openpgp.PublicKeyType, nil)
	if err != nil {
		d.t.Fatal(err)
	}

	if err := entity.Serialize(armored); err != nil {
		d.t.Fatal(err)
	}

	if err := armored.Close(); err != nil {
		d.t.Fatal(err)
	}

	return map[string]string{"key_id": entity.PrimaryKey.KeyIdString(), "ascii_armor": public.String()}
}
