package terraform

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
)

// installed is the Terraform that a machine without any gets: a fixed version, so that two machines test the same.
const installed = "1.11.4"

// install puts Terraform into the cache directory of the checkout, once. hc-install checks the signature of the list of
// checksums, and the archive against that list.
func install(ctx context.Context, notes io.Writer) (string, error) {
	root, err := Root()
	if err != nil {
		return "", err
	}

	dir := filepath.Join(root, ".cache", "terraform", installed)

	path := filepath.Join(dir, "terraform")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}

	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}

	_, _ = fmt.Fprintf(notes, "Found no terraform and no tofu: installing Terraform %s for this checkout only\n", installed)
	release := &releases.ExactVersion{
		Product:    product.Terraform,
		Version:    version.Must(version.NewVersion(installed)),
		InstallDir: dir,
	}

	return release.Install(ctx)
}

// Root returns the top of the checkout: the nearest directory above that holds the registry manifest.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}

	for {
		if _, err := os.Stat(filepath.Join(dir, "terraform-registry-manifest.json")); err == nil {
			return dir, nil
		}

		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("not inside a checkout of the provider")
		}

		dir = parent
	}
}
