package localfile_test

import (
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
)

// hello is the SHA-256 of "hello".
const hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

func write(t *testing.T, name, content string) string {
	t.Helper()

	at := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(at, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}

	return at
}

func TestRead(t *testing.T) {
	t.Parallel()

	at := write(t, "a.txt", "hello")

	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(at, link); err != nil {
		t.Fatal(err)
	}

	empty := write(t, "empty", "")

	for _, name := range []string{at, link} {
		content, hash, err := localfile.Read(name, 5)
		if string(content) != "hello" || hash != hello || err != nil {
			t.Errorf("%s: %q, %s, %v", name, content, hash, err)
		}

		hash, err = localfile.Hash(name, 5)
		if hash != hello || err != nil {
			t.Errorf("%s: %s, %v", name, hash, err)
		}
	}

	content, _, err := localfile.Read(empty, 5)
	if len(content) != 0 || err != nil {
		t.Errorf("empty: %q, %v", content, err)
	}
}

type refused struct{ path, want string }

func TestRead_refused(t *testing.T) {
	t.Parallel()

	cases := map[string]refused{
		"missing":   {filepath.Join(t.TempDir(), "none"), "cannot be read"},
		"directory": {t.TempDir(), "is a directory"},
		"too large": {write(t, "large", strings.Repeat("x", 3*localfile.MiB)), "has 3145728 bytes, and at most 2 MiB are possible"},
	}
	if runtime.GOOS == "linux" {
		cases["made up"] = refused{"/proc/self/environ", "as below /proc"}
	}

	maps.Copy(cases, special(t))

	for name, c := range cases {
		content, hash, err := localfile.Read(c.path, 2*localfile.MiB)
		if err == nil || !strings.Contains(err.Error(), c.want) || content != nil || hash != "" {
			t.Errorf("%s: %q, %q, %v, want %q", name, content, hash, err, c.want)
		}

		if err != nil && strings.Count(err.Error(), c.path) != 1 {
			t.Errorf("%s: the path does not stand once in %q", name, err)
		}

		_, err = localfile.Hash(c.path, 2*localfile.MiB)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}

		checkErr := localfile.Check(c.path, 2*localfile.MiB)
		if name != "made up" && (checkErr == nil || !strings.Contains(checkErr.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", name, checkErr, c.want)
		}

		if localfile.IsMissing(err) != (name == "missing") {
			t.Errorf("%s: missing %v", name, localfile.IsMissing(err))
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.txt", "content", int64(3))
	f.Add("..", "", int64(-1))
	f.Add("a\x00b", "x", int64(1<<40))
	f.Fuzz(func(t *testing.T, name, content string, largest int64) {
		at := filepath.Join(t.TempDir(), filepath.Base(filepath.Clean("/"+name)))
		wrote := os.WriteFile(at, []byte(content), 0o600)

		got, hash, err := localfile.Read(at, largest)
		streamed, streamErr := localfile.Hash(at, largest)

		if hash != streamed || (err == nil) != (streamErr == nil) {
			t.Fatalf("Read: %s, %v; Hash: %s, %v", hash, err, streamed, streamErr)
		}

		isPossible := wrote == nil && int64(len(content)) <= largest
		if isPossible != (err == nil) || err == nil && string(got) != content {
			t.Fatalf("%q of %q up to %d: %q, %v", name, content, largest, got, err)
		}
	})
}
