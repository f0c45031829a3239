package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

type extraFile struct {
	Glob string
	Name string `yaml:"name_template"`
}

// The archives themselves are built by `make release-check`, which takes goreleaser. This holds the configuration to what
// they depend on, and costs nothing.
func TestConfiguration(t *testing.T) {
	t.Parallel()

	text, err := os.ReadFile(filepath.Join("..", "..", "..", ".goreleaser.yml"))
	if err != nil {
		t.Fatal(err)
	}

	var config struct {
		Version int
		Builds  []struct {
			Binary    string
			Env       []string
			Flags     []string
			Timestamp string `yaml:"mod_timestamp"`
			Goos      []string
			Goarch    []string
		}
		Archives []struct {
			Formats []string
			Name    string `yaml:"name_template"`
		}
		Checksum struct {
			Name  string      `yaml:"name_template"`
			Extra []extraFile `yaml:"extra_files"`
		}
		Release struct {
			Extra []extraFile `yaml:"extra_files"`
		}
		Signs []struct{ Artifacts string }
		SBOMs []struct{ Artifacts string }
	}
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}

	if config.Version != 2 || len(config.Builds) != 1 || len(config.Archives) != 1 {
		t.Fatalf("version %d, %d builds, %d archives", config.Version, len(config.Builds), len(config.Archives))
	}

	const stem = "terraform-provider-{{ .Env.PROVIDER_NAME }}_"

	build, archive := config.Builds[0], config.Archives[0]
	for what, template := range map[string]string{
		"binary": build.Binary, "archive": archive.Name, "checksums": config.Checksum.Name,
	} {
		if !strings.HasPrefix(template, stem) {
			t.Errorf("%s: %q does not start with %q", what, template, stem)
		}
	}

	if !slices.Equal(archive.Formats, []string{"zip"}) || !strings.HasSuffix(config.Checksum.Name, "_SHA256SUMS") {
		t.Errorf("archives are %s, checksums are %s", archive.Formats, config.Checksum.Name)
	}

	manifest := []extraFile{{Glob: "terraform-registry-manifest.json", Name: stem + "{{ .Version }}_manifest.json"}}
	if !slices.Equal(config.Checksum.Extra, manifest) || !slices.Equal(config.Release.Extra, manifest) {
		t.Error("the manifest is not among both the checksums and the files of the release")
	}

	if !slices.Contains(build.Env, "CGO_ENABLED=0") || !slices.Contains(build.Flags, "-trimpath") || build.Timestamp == "" {
		t.Error("the build is not reproducible")
	}

	if len(build.Goos) < 4 || len(build.Goarch) < 4 {
		t.Errorf("systems %s on %s", build.Goos, build.Goarch)
	}

	if len(config.Signs) != 2 || len(config.SBOMs) != 1 {
		t.Errorf("%d signatures and %d kinds of SBOM", len(config.Signs), len(config.SBOMs))
	}
}

// TestWorkflowVersions wants the release workflow to run the programs that were rehearsed with.
func TestWorkflowVersions(t *testing.T) {
	t.Parallel()

	root := filepath.Join("..", "..", "..")

	makefile, err := os.ReadFile(filepath.Join(root, "GNUmakefile"))
	if err != nil {
		t.Fatal(err)
	}

	workflow, err := os.ReadFile(filepath.Join(root, ".github", "workflows", "release.yml"))
	if err != nil {
		t.Fatal(err)
	}

	for variable, use := range map[string]string{
		"GORELEASER_VERSION": "          version: ", "CYCLONEDX_VERSION": "cmd/cyclonedx-gomod@",
	} {
		found := regexp.MustCompile(`(?m)^` + variable + `\s*:= (\S+)$`).FindSubmatch(makefile)
		if found == nil {
			t.Fatalf("GNUmakefile has no %s", variable)
		}

		if !strings.Contains(string(workflow), use+string(found[1])+"\n") {
			t.Errorf("release.yml does not use %s", found[1])
		}
	}

	for _, wanted := range []string{"subject-checksums: ${{ steps.checksums.outputs.path }}", "attestations: write", "id-token: write"} {
		if !strings.Contains(string(workflow), wanted) {
			t.Errorf("release.yml does not attest the provenance: %q is missing", wanted)
		}
	}
}
