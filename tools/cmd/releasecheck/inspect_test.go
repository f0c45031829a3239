package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// release writes a good release, lets spoil change it, and returns the folders to inspect.
func release(t *testing.T, spoil func(files map[string]string)) (dist, dir string) {
	t.Helper()
	dist, dir = t.TempDir(), t.TempDir()
	files := map[string]string{
		"terraform-provider-chat_1.2.3_linux_amd64.zip":   "terraform-provider-chat_v1.2.3 LICENSE",
		"terraform-provider-chat_1.2.3_windows_amd64.zip": "terraform-provider-chat_v1.2.3.exe LICENSE",
		"terraform-registry-manifest.json":                "{}",
		"listed as":                                       "terraform-provider-chat_1.2.3_manifest.json",
		"extra line":                                      "",
	}
	spoil(files)

	var sums strings.Builder

	for name, content := range files {
		path, listed := filepath.Join(dist, name), name
		switch {
		case strings.HasSuffix(name, ".zip"):
			archive(t, path, strings.Fields(content))
		case strings.HasSuffix(name, ".json"):
			path, listed = filepath.Join(dir, name), files["listed as"]
			write(t, path, content)
		default:
			continue
		}

		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}

		sum := sha256.Sum256(text)
		fmt.Fprintf(&sums, "%s  %s\n", hex.EncodeToString(sum[:]), listed)
	}

	write(t, filepath.Join(dist, "terraform-provider-chat_1.2.3_SHA256SUMS"), sums.String()+files["extra line"])
	write(t, filepath.Join(dist, "metadata.json"), `{"version":"1.2.3"}`)

	return dist, dir
}

func archive(t *testing.T, path string, names []string) {
	t.Helper()

	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}

	w := zip.NewWriter(file)

	for _, name := range names {
		header := &zip.FileHeader{Name: strings.TrimPrefix(name, "-")}
		header.SetMode(0o755)

		if strings.HasPrefix(name, "-") {
			header.SetMode(0o644)
		}

		if _, err := w.CreateHeader(header); err != nil {
			t.Fatal(err)
		}
	}

	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()

	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestInspect(t *testing.T) {
	t.Parallel()

	const linux, windows = "terraform-provider-chat_1.2.3_linux_amd64.zip", "terraform-provider-chat_1.2.3_windows_amd64.zip"

	for name, tc := range map[string]struct {
		spoil func(files map[string]string)
		want  string
	}{
		"good": {spoil: func(map[string]string) {}},
		"archive of another name": {
			spoil: func(f map[string]string) { f["terraform-provider-imichat_1.2.3_linux_amd64.zip"] = f[linux] },
			want:  "not terraform-provider-chat_1.2.3_<os>_<arch>.zip",
		},
		"binary of another name": {
			spoil: func(f map[string]string) { f[linux] = "terraform-provider-kommunicate_v1.2.3 LICENSE" },
			want:  `holds ["LICENSE" "terraform-provider-kommunicate_v1.2.3"]`,
		},
		"no .exe on Windows": {
			spoil: func(f map[string]string) { f[windows] = "terraform-provider-chat_v1.2.3 LICENSE" },
			want:  "terraform-provider-chat_v1.2.3.exe",
		},
		"not executable": {
			spoil: func(f map[string]string) { f[linux] = "-terraform-provider-chat_v1.2.3 LICENSE" },
			want:  "is not executable",
		},
		"no licence": {
			spoil: func(f map[string]string) { f[linux] = "terraform-provider-chat_v1.2.3" },
			want:  "holds",
		},
		"manifest not among the checksums": {
			spoil: func(f map[string]string) { f["listed as"] = "manifest.json" },
			want:  "SHA256SUMS does not list terraform-provider-chat_1.2.3_manifest.json",
		},
		"a sum for nothing": {
			spoil: func(f map[string]string) { f["extra line"] = strings.Repeat("0", 64) + "  other.zip\n" },
			want:  "SHA256SUMS lists other.zip",
		},
		"nothing": {
			spoil: func(f map[string]string) { delete(f, linux); delete(f, windows) },
			want:  "no archives",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dist, dir := release(t, tc.spoil)

			_, err := inspect(dist, "chat", dir)
			switch {
			case tc.want == "" && err != nil:
				t.Error(err)
			case tc.want != "" && (err == nil || !strings.Contains(fmt.Sprint(err), tc.want)):
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}
