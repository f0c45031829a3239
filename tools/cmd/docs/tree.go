package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// files lists the regular files below dir, by path relative to it; a missing dir has none. What Terraform leaves behind
// when an example is tried by hand is passed over.
func files(dir string) ([]string, error) {
	var found []string

	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".terraform":
			return filepath.SkipDir
		case entry.IsDir():
			return nil
		}

		name, err := filepath.Rel(dir, path)
		found = append(found, name)

		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}

	return found, err
}

// copyTree copies the files of a tree, each to the path that place gives for its own.
func copyTree(from, to string, place func(string) string) error {
	names, err := files(from)
	if err != nil {
		return err
	}

	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}

		target := filepath.Join(to, place(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}

		if err := os.WriteFile(target, text, 0o644); err != nil { //nolint:gosec // pages are public
			return err
		}
	}

	return nil
}

// replaceTree makes the old tree a copy of the new one.
func replaceTree(old, fresh string) error {
	if err := os.RemoveAll(old); err != nil {
		return err
	}

	return copyTree(fresh, old, unchanged)
}

// compare fails when the two trees differ, and says where.
func compare(ctx context.Context, old, fresh string) error {
	have, err := files(old)
	if err != nil {
		return err
	}

	want, err := files(fresh)
	if err != nil {
		return err
	}

	var report strings.Builder

	for _, name := range have {
		if !slices.Contains(want, name) {
			fmt.Fprintf(&report, "docs/%s: documents nothing that exists\n", name)
		}
	}

	for _, name := range want {
		if !slices.Contains(have, name) {
			fmt.Fprintf(&report, "docs/%s: missing\n", name)
			continue
		}

		a, err := os.ReadFile(filepath.Join(old, name))
		if err != nil {
			return err
		}

		b, err := os.ReadFile(filepath.Join(fresh, name))
		if err != nil {
			return err
		}

		if !bytes.Equal(a, b) {
			fmt.Fprintf(&report, "docs/%s: out of date\n%s", name,
				difference(ctx, filepath.Join(old, name), filepath.Join(fresh, name)))
		}
	}

	if report.Len() > 0 {
		return fmt.Errorf("run `make generate` and commit what it writes\n%s", report.String())
	}

	return nil
}

// difference shows the first changed lines; without a diff program the name of the page has to do.
func difference(ctx context.Context, a, b string) string {
	out, _ := exec.CommandContext(ctx, "diff", a, b).Output()
	lines := strings.SplitAfter(string(out), "\n")

	return strings.Join(lines[:min(len(lines), 12)], "")
}
