package main

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
)

const components = `{"bomFormat":"CycloneDX","metadata":{"component":{"name":"github.com/seed-426837f5/terraform-provider-chat"}},` +
	`"components":[{"name":"github.com/hashicorp/terraform-plugin-framework","version":"v1.19.0"}]}`

// signed writes a signed release, lets spoil change a file of it before it is signed and one after, and inspects it.
func signed(t *testing.T, before, after func(files map[string]string)) error {
	t.Helper()

	owner, err := openpgp.NewEntity("Rehearsal", "", "rehearsal@example.com", nil)
	if err != nil {
		t.Fatal(err)
	}

	stem := "terraform-provider-chat_1.2.3"
	sums := stem + "_SHA256SUMS"
	files := map[string]string{
		"metadata.json":                 `{"version":"1.2.3"}`,
		sums:                            hex.EncodeToString(make([]byte, 32)) + "  " + stem + "_linux_amd64.zip\n",
		stem + "_linux_amd64.sbom.json": components,
	}
	before(files)

	var signature bytes.Buffer
	if err := openpgp.DetachSign(&signature, owner, strings.NewReader(files[sums]), nil); err != nil {
		t.Fatal(err)
	}

	files[sums+".sig"] = signature.String()
	after(files)

	dist := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dist, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	return inspectSigned(dist, "chat", openpgp.EntityList{owner})
}

// TestInspectSigned spoils a release in each way, and wants the reason.
func TestInspectSigned(t *testing.T) {
	t.Parallel()

	nothing := func(map[string]string) {}
	list := "terraform-provider-chat_1.2.3_linux_amd64.sbom.json"
	sums := "terraform-provider-chat_1.2.3_SHA256SUMS"

	for _, test := range []struct {
		name          string
		before, after func(map[string]string)
		want          string
	}{
		{"good", nothing, nothing, ""},
		{"changed after it was signed", nothing, func(f map[string]string) { f[sums] += "\n" }, "the signature of SHA256SUMS"},
		{"not signed", nothing, func(f map[string]string) { delete(f, sums+".sig") }, "SHA256SUMS.sig"},
		{"no components", func(f map[string]string) { delete(f, list) }, nothing, "sbom.json"},
		{"empty components", func(f map[string]string) { f[list] = "{}" }, nothing, `is a "" of ""`},
		{"no framework", func(f map[string]string) { f[list] = strings.Replace(components, "framework", "x", 1) }, nothing, "does not name the framework"},
		{"no sums", func(f map[string]string) { f[sums] = "" }, nothing, "0 subjects"},
		{"a short sum", func(f map[string]string) { f[sums] = "abcd  other\n" }, nothing, "is not a SHA-256"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()

			err := signed(t, test.before, test.after)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
