// Package localfile reads the files of this machine that a configuration names. A path may come from a module or from a
// variable, so it may lead to anything: only a regular file is opened, only up to a size, and never a file whose content
// the system makes up while it is read.
package localfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// MiB is the unit in which limits are said.
const MiB = 1 << 20

// Read returns the content of a file of at most the given size, and its hash.
func Read(name string, largest int64) (content []byte, hash string, err error) {
	var buffer bytes.Buffer

	hash, err = read(name, largest, &buffer)
	if err != nil {
		return nil, "", err
	}

	return buffer.Bytes(), hash, nil
}

// Hash returns the hash of a file's content, without holding the content in memory: the SHA-256, in hexadecimal.
func Hash(name string, largest int64) (string, error) {
	return read(name, largest, io.Discard)
}

// IsMissing reports whether there is no such file, which a run may still write.
func IsMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// ChangedSummary is the summary of an error about a file that changed between a plan and its apply.
const ChangedSummary = "The file has changed since the plan"

// ChangedDetail is its detail. The object is what the file was sent with.
func ChangedDetail(name, object string) string {
	return fmt.Sprintf("The file %q does not have the content any more that %s was sent with, which it had when this was planned. Nothing was sent or changed. "+
		"Plan again: the new plan sends the file as it is now. A plan with -refresh=false cannot do that; leave the option out.", name, object)
}

// Check reports what would keep a file from being read, without opening it: opening a device can have an effect.
func Check(name string, largest int64) error {
	info, err := os.Stat(name)
	if err != nil {
		return reason(name, err)
	}

	return check(name, info, largest)
}

func read(name string, largest int64, to io.Writer) (string, error) {
	err := Check(name, largest)
	if err != nil {
		return "", err
	}

	// Whatever the path leads to by now, opening it does not wait for somebody at the other end.
	file, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return "", reason(name, err)
	}
	defer file.Close() //nolint:errcheck // The file was only read.

	info, err := file.Stat()
	if err != nil {
		return "", reason(name, err)
	}

	err = check(name, info, largest)
	if err != nil {
		return "", err
	}

	sum := sha256.New()

	n, err := io.Copy(io.MultiWriter(to, sum), io.LimitReader(file, info.Size()+1))

	switch {
	case err != nil:
		return "", reason(name, err)
	case n != info.Size():
		return "", fmt.Errorf("the size of %q and its content differ: it was changed while it was read, or the system makes its content up, as below /proc", name)
	}

	return hex.EncodeToString(sum.Sum(nil)), nil
}

// check refuses what is no regular file, and what is too large.
func check(name string, info fs.FileInfo, largest int64) error {
	mode := info.Mode()

	switch {
	case mode.IsDir():
		return fmt.Errorf("%q is a directory, and not a regular file", name)
	case mode&fs.ModeNamedPipe != 0:
		return fmt.Errorf("%q is a named pipe, and not a regular file", name)
	case mode&(fs.ModeDevice|fs.ModeCharDevice) != 0:
		return fmt.Errorf("%q is a device, and not a regular file", name)
	case !mode.IsRegular():
		return fmt.Errorf("%q is not a regular file", name)
	case info.Size() > largest:
		return fmt.Errorf("%q has %d bytes, and at most %d MiB are possible", name, info.Size(), largest/MiB)
	}

	return nil
}

// reason names the file once, and says what the system said about it.
func reason(name string, err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		err = failed.Err
	}

	return fmt.Errorf("%q cannot be read: %w", name, err)
}
