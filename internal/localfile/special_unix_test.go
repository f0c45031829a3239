//go:build unix

package localfile_test

import (
	"path/filepath"
	"syscall"
	"testing"
)

// special returns what is no regular file. A FIFO without a writer blocks a program that opens it in the usual way: then the test
// would not end.
func special(t *testing.T) map[string]refused {
	t.Helper()

	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}

	return map[string]refused{"pipe": {pipe, "is a named pipe"}, "device": {"/dev/zero", "is a device"}}
}
