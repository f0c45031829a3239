// Command licenses checks that everything linked into the provider has a licence that may be shipped with it.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

// known licences, each by a sentence that only it has, blanks collapsed and in lower case. BSD-3-Clause stands before
// BSD-2-Clause, whose text it contains. All of them allow shipping a binary under MPL-2.0.
var known = []struct{ name, sentence string }{
	{"MPL-2.0", "mozilla public license, version 2.0"},
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"Apache-2.0", "apache license version 2.0, january 2004"},
	{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"ISC", "permission to use, copy, modify, and/or distribute this software for any purpose"},
	{"BSD-3-Clause", "may be used to endorse or promote products derived from this software"},
	{"BSD-2-Clause", "redistribution and use in source and binary forms, with or without modification, are permitted"},
}

var licenseFile = regexp.MustCompile(`(?i)^(licen[sc]e|copying)`)

type module struct {
	Path, Version, Dir string
	Main               bool
}

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "licenses:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer) error {
	root, err := terraform.Root()
	if err != nil {
		return err
	}

	modules := map[string]module{}
	// Some modules are linked on one system only.
	for _, system := range []string{"linux", "darwin", "windows", "freebsd"} {
		if err := linked(ctx, root, system, modules); err != nil {
			return err
		}
	}

	var (
		problems []error
		lines    []string
	)

	for _, m := range modules {
		name, err := license(m.Dir)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s %s: %w", m.Path, m.Version, err))
			continue
		}

		lines = append(lines, fmt.Sprintf("  %-13s %s %s", name, m.Path, m.Version))
	}

	slices.Sort(lines)

	if len(problems) > 0 {
		return errors.Join(problems...)
	}

	_, err = fmt.Fprintf(out, "%s\n%d modules are linked into the provider, each under a known licence.\n",
		strings.Join(lines, "\n"), len(lines))

	return err
}

// linked adds the modules that the provider's binary contains on one system.
func linked(ctx context.Context, root, system string, modules map[string]module) error {
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-f", `{{with .Module}}{"Path":"{{.Path}}","Version":"{{.Version}}",`+
		`"Main":{{.Main}},"Dir":{{printf "%q" .Dir}}}{{end}}`, ".")
	cmd.Dir = root

	cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")

	var stderr bytes.Buffer

	cmd.Stderr = &stderr

	text, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("go list: %w\n%s", err, stderr.String())
	}

	for decoder := json.NewDecoder(bytes.NewReader(text)); ; {
		var m module

		err := decoder.Decode(&m)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case !m.Main:
			modules[m.Path] = m
		}
	}
}

// license names the licence of a module by the text at its top.
func license(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}

	for _, entry := range entries {
		if entry.IsDir() || !licenseFile.MatchString(entry.Name()) {
			continue
		}

		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return "", err
		}

		found := identify(string(text))
		if found != "" {
			return found, nil
		}
	}

	return "", errors.New("no licence text that is on the list")
}

func identify(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, candidate := range known {
		if strings.Contains(text, candidate.sentence) {
			return candidate.name
		}
	}

	return ""
}
