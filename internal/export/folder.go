package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mark is the first line of every file that an export writes.
const mark = "# Written by terraform-provider-chat. Another export with -force replaces this file."

// folder is the folder that is exported to. Files are written beside each other in a folder inside it, and moved to their
// places at the end: an export that fails leaves everything as it was.
type folder struct {
	dir, staged string
	// old are the files of an earlier export.
	old    []string
	header string
	files  map[string]*file
}

type file struct {
	*bufio.Writer

	handle *os.File
}

// openFolder prepares the folder. Unless forced, it must be empty; if so, only files of an earlier export are replaced.
func openFolder(dir string, force bool, header string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // A folder as the user's own commands make it.
		return nil, err
	}

	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}

	if len(entries) > 0 && !force {
		return nil, fmt.Errorf("the folder %s is not empty. Name another one, or add -force to replace the files of an earlier export in it", dir)
	}

	f := &folder{dir: dir, header: header, files: map[string]*file{}}

	for _, entry := range entries {
		if filepath.Ext(entry.Name()) == ".tf" && isMarked(filepath.Join(dir, entry.Name())) {
			f.old = append(f.old, entry.Name())
		}
	}

	f.staged, err = os.MkdirTemp(dir, ".export-")

	return f, err
}

// isMarked reports whether an export wrote the file.
func isMarked(path string) bool {
	handle, err := os.Open(path)
	if err != nil {
		return false
	}

	defer func() { _ = handle.Close() }()

	line, _ := bufio.NewReader(io.LimitReader(handle, int64(len(mark))+2)).ReadString('\n')

	return strings.TrimRight(line, "\r\n") == mark
}

// create returns a file of the folder. It begins with the header.
func (f *folder) create(name string) (io.Writer, error) {
	known := f.files[name]
	if known != nil {
		return known, nil
	}

	_, err := os.Lstat(filepath.Join(f.dir, name))

	switch {
	case err == nil && !slices.Contains(f.old, name):
		return nil, fmt.Errorf("%s was not written by an export, so it is not replaced. Move it away, or export to another folder", filepath.Join(f.dir, name))
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}

	handle, err := os.OpenFile(filepath.Join(f.staged, name), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}

	f.files[name] = &file{bufio.NewWriter(handle), handle}
	_, err = f.files[name].WriteString(f.header)

	return f.files[name], err
}

// keep moves the files to their places, and removes those that an earlier export wrote and this one did not.
func (f *folder) keep() error {
	for _, file := range f.files {
		if err := errors.Join(file.Flush(), file.handle.Close()); err != nil {
			return err
		}
	}

	for _, name := range f.old {
		if f.files[name] == nil {
			if err := os.Remove(filepath.Join(f.dir, name)); err != nil {
				return err
			}
		}
	}

	for name := range f.files {
		if err := os.Rename(filepath.Join(f.staged, name), filepath.Join(f.dir, name)); err != nil {
			return err
		}
	}

	return nil
}

// discard removes what was not kept.
func (f *folder) discard() {
	for _, file := range f.files {
		_ = file.handle.Close()
	}

	_ = os.RemoveAll(f.staged)
}
