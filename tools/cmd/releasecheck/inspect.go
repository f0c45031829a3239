package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// inspect checks a dist folder, made from the tree in dir, against what a registry asks of the release of one provider,
// and sums it up in a line.
//
// https://developer.hashicorp.com/terraform/registry/providers/publishing
func inspect(dist, name, dir string) (string, error) {
	version, err := versionOf(dist)
	if err != nil {
		return "", err
	}

	stem := fmt.Sprintf("terraform-provider-%s_%s", name, version)

	archives, err := filepath.Glob(filepath.Join(dist, "*.zip"))
	if err != nil {
		return "", err
	}

	if len(archives) == 0 {
		return "", errors.New("no archives")
	}

	sums, err := readSums(filepath.Join(dist, stem+"_SHA256SUMS"))
	if err != nil {
		return "", err
	}

	shape := regexp.MustCompile(`^` + regexp.QuoteMeta(stem) + `_[a-z]+_[0-9a-z]+\.zip$`)

	var listed []string

	for _, archive := range archives {
		if !shape.MatchString(filepath.Base(archive)) {
			return "", fmt.Errorf("%s: not %s_<os>_<arch>.zip", filepath.Base(archive), stem)
		}

		if err := inspectArchive(archive, fmt.Sprintf("terraform-provider-%s_v%s", name, version)); err != nil {
			return "", fmt.Errorf("%s: %w", filepath.Base(archive), err)
		}

		if err := verify(sums, archive, filepath.Base(archive)); err != nil {
			return "", err
		}

		listed = append(listed, filepath.Base(archive))
	}
	// goreleaser uploads the manifest from its source, under the name that the checksums give it.
	manifest := stem + "_manifest.json"
	if err := verify(sums, filepath.Join(dir, "terraform-registry-manifest.json"), manifest); err != nil {
		return "", err
	}

	listed = append(listed, manifest)

	for file := range sums {
		isComponents := strings.HasSuffix(file, ".sbom.json")
		if !slices.Contains(listed, file) && !isComponents {
			return "", fmt.Errorf("SHA256SUMS lists %s, which is not part of the release", file)
		}
	}

	return fmt.Sprintf("terraform-provider-%-12s %s: %d archives, SHA256SUMS and manifest are as the registry wants them",
		name, version, len(archives)), nil
}

func versionOf(dist string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dist, "metadata.json"))
	if err != nil {
		return "", err
	}

	var metadata struct {
		Version string `json:"version"`
	}

	err = json.Unmarshal(text, &metadata)

	return metadata.Version, err
}

// inspectArchive wants one executable, by exactly this name (with .exe on Windows), and the licence.
func inspectArchive(path, binary string) error {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer func() { _ = archive.Close() }()

	if strings.Contains(filepath.Base(path), "_windows_") {
		binary += ".exe"
	}

	var names []string
	for _, file := range archive.File {
		names = append(names, file.Name)
		if file.Name == binary && file.Mode()&0o111 == 0 {
			return fmt.Errorf("%s is not executable", binary)
		}
	}

	slices.Sort(names)

	want := []string{"LICENSE", binary}
	if !slices.Equal(names, want) {
		return fmt.Errorf("holds %q, want %q", names, want)
	}

	return nil
}

func sumsFile(dist string) ([]byte, error) {
	found, err := filepath.Glob(filepath.Join(dist, "*_SHA256SUMS"))
	if err != nil {
		return nil, err
	}

	if len(found) != 1 {
		return nil, fmt.Errorf("%d files of checksums", len(found))
	}

	return os.ReadFile(found[0])
}

func readSums(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}

	sums := map[string]string{}

	for line := range strings.Lines(string(text)) {
		sum, file, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			return nil, fmt.Errorf("%s: not a line of checksums: %q", filepath.Base(path), line)
		}

		sums[file] = sum
	}

	return sums, nil
}

func verify(sums map[string]string, path, listedAs string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()

	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return err
	}

	switch sums[listedAs] {
	case "":
		return fmt.Errorf("SHA256SUMS does not list %s", listedAs)
	case hex.EncodeToString(hash.Sum(nil)):
		return nil
	default:
		return fmt.Errorf("SHA256SUMS has another sum for %s", listedAs)
	}
}
