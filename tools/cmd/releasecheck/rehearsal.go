package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ProtonMail/go-crypto/openpgp"
)

// key is a key for signatures, made for one rehearsal and thrown away with its folder.
type key struct {
	home        string
	fingerprint string
	public      openpgp.EntityList
}

// newKey makes a key of the kind that the registry takes.
func newKey(ctx context.Context, home string) (*key, error) {
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, err
	}

	k := &key{home: home}

	_, err := k.gpg(ctx, "--passphrase", "", "--quick-generate-key", "Rehearsal <rehearsal@example.com>", "rsa3072", "sign", "never")
	if err != nil {
		return nil, err
	}

	public, err := k.gpg(ctx, "--armor", "--export")
	if err != nil {
		return nil, err
	}

	k.public, err = openpgp.ReadArmoredKeyRing(bytes.NewReader(public))
	if err != nil {
		return nil, err
	}

	k.fingerprint = hex.EncodeToString(k.public[0].PrimaryKey.Fingerprint)

	return k, nil
}

func (k *key) gpg(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "gpg", append([]string{"--batch", "--quiet", "--pinentry-mode", "loopback"}, args...)...)

	cmd.Env = append(os.Environ(), k.env()...)

	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("gpg %s: %w", args[len(args)-1], err)
	}

	return out, nil
}

// env makes gpg use this key.
func (k *key) env() []string {
	return []string{"GNUPGHOME=" + k.home, "GPG_FINGERPRINT=" + k.fingerprint}
}

// close ends the agent that gpg has started.
func (k *key) close(ctx context.Context) {
	cmd := exec.CommandContext(ctx, "gpgconf", "--kill", "all")

	cmd.Env = append(os.Environ(), k.env()...)
	_ = cmd.Run()
}

// inspectSigned checks what a release has beyond archives and checksums: the signature, as Terraform and the registry
// verify it, a list of components for each archive, and the subjects of the statement of provenance.
func inspectSigned(dist, name string, public openpgp.EntityList) error {
	version, err := versionOf(dist)
	if err != nil {
		return err
	}

	stem := filepath.Join(dist, fmt.Sprintf("terraform-provider-%s_%s", name, version))

	text, err := os.ReadFile(stem + "_SHA256SUMS")
	if err != nil {
		return err
	}

	signature, err := os.ReadFile(stem + "_SHA256SUMS.sig")
	if err != nil {
		return err
	}

	if _, err := openpgp.CheckDetachedSignature(public, bytes.NewReader(text), bytes.NewReader(signature), nil); err != nil {
		return fmt.Errorf("the signature of SHA256SUMS: %w", err)
	}

	sums, err := readSums(stem + "_SHA256SUMS")
	if err != nil {
		return err
	}

	for file := range sums {
		archive, isArchive := strings.CutSuffix(file, ".zip")
		if !isArchive {
			continue
		}

		if err := inspectComponents(filepath.Join(dist, archive+".sbom.json")); err != nil {
			return fmt.Errorf("%s.sbom.json: %w", archive, err)
		}
	}

	return inspectProvenance(sums)
}

// inspectComponents wants a list of components in the form of CycloneDX that names the modules the provider is made of.
func inspectComponents(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}

	var list struct {
		Format   string `json:"bomFormat"`
		Metadata struct {
			Component struct{ Name string }
		}
		Components []struct{ Name, Version string }
	}
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}

	if list.Format != "CycloneDX" || !strings.HasSuffix(list.Metadata.Component.Name, "/terraform-provider-chat") {
		return fmt.Errorf("is a %q of %q", list.Format, list.Metadata.Component.Name)
	}

	for _, component := range list.Components {
		if component.Name == "github.com/hashicorp/terraform-plugin-framework" && component.Version != "" {
			return nil
		}
	}

	return fmt.Errorf("does not name the framework among %d components", len(list.Components))
}

// statement is what the release workflow attests: https://slsa.dev/spec/v1.0/provenance.
type statement struct {
	Type          string    `json:"_type"`
	Subject       []subject `json:"subject"`
	PredicateType string    `json:"predicateType"`
}

type subject struct {
	Name   string            `json:"name"`
	Digest map[string]string `json:"digest"`
}

// mostSubjects is how many files one statement of GitHub's can be about.
const mostSubjects = 1024

// inspectProvenance makes the statement of provenance from the checksums, as the workflow does, and checks that it can be
// made and is about every file.
func inspectProvenance(sums map[string]string) error {
	made := statement{Type: "https://in-toto.io/Statement/v1", PredicateType: "https://slsa.dev/provenance/v1"}

	for file, sum := range sums {
		if digest, err := hex.DecodeString(sum); err != nil || len(digest) != 32 {
			return fmt.Errorf("%s: %q is not a SHA-256", file, sum)
		}

		made.Subject = append(made.Subject, subject{Name: file, Digest: map[string]string{"sha256": sum}})
	}

	slices.SortFunc(made.Subject, func(a, b subject) int { return strings.Compare(a.Name, b.Name) })

	if len(made.Subject) == 0 || len(made.Subject) > mostSubjects {
		return fmt.Errorf("the statement of provenance would have %d subjects", len(made.Subject))
	}

	_, err := json.Marshal(made)

	return err
}
