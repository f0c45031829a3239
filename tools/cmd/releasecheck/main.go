// Command releasecheck builds snapshots with goreleaser and checks that they are what a Terraform registry takes.
//
//	releasecheck -goreleaser path [-targets one|all] [-components path] name...
//	releasecheck -goreleaser path -twice name
//
// With -components it is a rehearsal of the release: checksums are signed with a key that is thrown away, and lists of
// components are made with the given cyclonedx-gomod. Only the keyless signature and the attestation are left out, which
// need the workflow's identity.
//
// With -twice the committed tree is built in two different directories, the second time with an empty build cache; the
// checksums must be the same.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"

	"gopkg.in/yaml.v3"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

type checker struct {
	goreleaser string
	components string
	key        *key
	root       string
	work       string
	all        bool
}

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()

	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "releasecheck:", err)
		os.Exit(1) //nolint:gocritic // the context's cancel has nothing left to release
	}
}

func run(ctx context.Context) (err error) {
	var c checker

	twice := flag.Bool("twice", false, "build twice and compare")
	targets := flag.String("targets", "one", "one: this system only; all: every system of the configuration")

	flag.StringVar(&c.goreleaser, "goreleaser", "", "path of goreleaser")
	flag.StringVar(&c.components, "components", "", "path of cyclonedx-gomod; signs too")
	flag.Parse()

	c.all = *targets == "all"

	c.root, err = terraform.Root()
	if err != nil {
		return err
	}

	c.work, err = os.MkdirTemp("", "chat-release-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(c.work)) }()

	if *twice {
		return c.compareBuilds(ctx, flag.Arg(0))
	}

	if flag.NArg() == 0 {
		return errors.New("name at least one provider")
	}

	if c.components != "" {
		c.key, err = newKey(ctx, filepath.Join(c.work, "gpg"))
		if err != nil {
			return err
		}
		defer c.key.close(ctx)
	}

	return c.check(ctx, flag.Args())
}

// check builds a snapshot for each name and inspects it.
func (c checker) check(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := c.command(ctx, c.root, []string{"PROVIDER_NAME=" + name}, "check", "--quiet"); err != nil {
			return err
		}

		dist := filepath.Join(c.work, name)
		if err := c.snapshot(ctx, c.root, dist, name); err != nil {
			return err
		}

		summary, err := inspect(dist, name, c.root)
		if err != nil {
			return fmt.Errorf("the snapshot for %s: %w", name, err)
		}

		if c.key != nil {
			if err := inspectSigned(dist, name, c.key.public); err != nil {
				return fmt.Errorf("the snapshot for %s: %w", name, err)
			}

			summary += "; signature, components and provenance too"
		}

		fmt.Println(summary)
	}

	return nil
}

// snapshot runs goreleaser on the tree in dir. Without a key nothing is signed and no components are listed.
func (c checker) snapshot(ctx context.Context, dir, dist, name string, env ...string) error {
	config, err := c.configuration(dir, dist)
	if err != nil {
		return err
	}

	args := []string{"release", "--snapshot", "--clean", "--config", config}
	if c.key == nil {
		args = append(args, "--skip=sign,sbom")
	} else {
		env = append(env, c.key.env()...)
	}

	return c.command(ctx, dir, append(env, "PROVIDER_NAME="+name), args...)
}

// configuration is the release's own, with another output folder and, unless all are wanted, one system. A keyless
// signature needs the identity of the workflow, so it is taken out.
func (c checker) configuration(dir, dist string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, ".goreleaser.yml"))
	if err != nil {
		return "", err
	}

	var config map[string]any
	if err := yaml.Unmarshal(text, &config); err != nil {
		return "", err
	}

	config["dist"] = dist

	builds, ok := config["builds"].([]any)
	if !ok || len(builds) != 1 {
		return "", errors.New(".goreleaser.yml: expected one build")
	}

	build, ok := builds[0].(map[string]any)
	if !ok {
		return "", errors.New(".goreleaser.yml: expected one build")
	}

	if !c.all {
		build["goos"], build["goarch"] = []string{runtime.GOOS}, []string{runtime.GOARCH}
		delete(build, "ignore")
	}

	signs, _ := config["signs"].([]any)
	config["signs"] = slices.DeleteFunc(signs, func(sign any) bool {
		fields, _ := sign.(map[string]any)
		return fields["id"] == "keyless"
	})

	lists, _ := config["sboms"].([]any)
	for _, list := range lists {
		if fields, ok := list.(map[string]any); ok && c.components != "" {
			fields["cmd"] = c.components
		}
	}

	text, err = yaml.Marshal(config)
	if err != nil {
		return "", err
	}

	path := dist + ".yml"

	return path, os.WriteFile(path, text, 0o600)
}

func (c checker) command(ctx context.Context, dir string, env []string, args ...string) error {
	cmd := exec.CommandContext(ctx, c.goreleaser, args...)
	cmd.Dir = dir

	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("goreleaser %s: %w\n%s", args[0], err, out)
	}

	return nil
}

func (c checker) compareBuilds(ctx context.Context, name string) error {
	var sums [2][]byte

	for i, place := range []string{"a", filepath.Join("somewhere", "else")} {
		dir := filepath.Join(c.work, place)

		clone := exec.CommandContext(ctx, "git", "clone", "--quiet", c.root, dir)
		if out, err := clone.CombinedOutput(); err != nil {
			return fmt.Errorf("git clone: %w\n%s", err, out)
		}

		var env []string
		if i > 0 {
			env = append(env, "GOCACHE="+filepath.Join(c.work, "cache"))
		}

		dist := filepath.Join(c.work, fmt.Sprint("dist", i))
		if err := c.snapshot(ctx, dir, dist, name, env...); err != nil {
			return err
		}

		if _, err := inspect(dist, name, dir); err != nil {
			return err
		}

		var err error

		sums[i], err = sumsFile(dist)
		if err != nil {
			return err
		}
	}

	if !bytes.Equal(sums[0], sums[1]) {
		return fmt.Errorf("two builds of the same commit differ:\n%s\n%s", sums[0], sums[1])
	}

	fmt.Printf("Two builds of the last commit, in different places, are the same:\n%s", sums[0])

	return nil
}
