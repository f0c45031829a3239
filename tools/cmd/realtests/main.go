// Command realtests runs the cases of Chatlake on a real server, where there is neither Go nor a module cache.
//
//	realtests -pack out package...   builds the tests of packages and puts them into one program
//	out [flags of go test]           runs them: set CHATLAKE_REAL_URL and its tokens, see CONTRIBUTING
package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

// only are the tests that can run on a server.
const only = "-test.run=^(TestCases|TestResources)$"

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()

	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "realtests:", err)
		os.Exit(1) //nolint:gocritic // the context's cancel has nothing left to release
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 2 && args[0] == "-pack" {
		return pack(ctx, args[1], args[2:])
	}

	if os.Getenv("CHATLAKE_REAL_URL") == "" {
		return errors.New("set CHATLAKE_REAL_URL to the address of a Chatwoot server, and CHATLAKE_REAL_PLATFORM_TOKEN to the token of a platform app, " +
			"or CHATLAKE_REAL_TOKEN and CHATLAKE_REAL_ACCOUNT_ID to those of an administrator")
	}

	self, err := os.Executable()
	if err != nil {
		return err
	}

	return runTests(ctx, self, args)
}

// pack builds each package's tests without C, and appends them to a copy of this program as an archive.
func pack(ctx context.Context, out string, packages []string) (err error) {
	root, err := terraform.Root()
	if err != nil {
		return err
	}

	work, err := os.MkdirTemp("", "chat-realtests-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()

	self := filepath.Join(work, "realtests")
	if err := build(ctx, filepath.Join(root, "tools"), "build", "-o", self, "./cmd/realtests"); err != nil {
		return err
	}

	program, err := os.ReadFile(self)
	if err != nil {
		return err
	}

	file, err := os.OpenFile(out, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()

	if _, err := file.Write(program); err != nil {
		return err
	}

	archive := zip.NewWriter(file)
	archive.SetOffset(int64(len(program)))

	for _, name := range packages {
		fmt.Fprintln(os.Stderr, "Building the tests of", name)

		binary := filepath.Join(work, filepath.Base(name)+".test")
		if err := build(ctx, root, "test", "-c", "-o", binary, name); err != nil {
			return err
		}

		if err := add(archive, binary, filepath.Base(binary)); err != nil {
			return err
		}

		if err := addFiles(archive, filepath.Join(root, name)); err != nil {
			return err
		}
	}

	return archive.Close()
}

// addFiles adds the files that the tests of a package read, such as attachments.
func addFiles(archive *zip.Writer, folder string) error {
	paths, err := filepath.Glob(filepath.Join(folder, "testdata", "*.txt"))
	if err != nil {
		return err
	}

	for _, path := range paths {
		if err := add(archive, path, "testdata/"+filepath.Base(path)); err != nil {
			return err
		}
	}

	return nil
}

func build(ctx context.Context, dir, verb string, args ...string) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{verb, "-trimpath", "-ldflags", "-s -w"}, args...)...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")

	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", verb, err, out)
	}

	return nil
}

func add(archive *zip.Writer, path, name string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}

	defer func() { _ = file.Close() }()

	into, err := archive.Create(name)
	if err != nil {
		return err
	}

	_, err = io.Copy(into, file)

	return err
}

// runTests runs each of the tests that are packed into the program, and says which of them failed.
func runTests(ctx context.Context, program string, flags []string) (err error) {
	archive, err := zip.OpenReader(program)
	if err != nil {
		return fmt.Errorf("no tests are packed into this program: %w", err)
	}
	defer func() { _ = archive.Close() }()

	work, err := os.MkdirTemp("", "chat-realtests-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()

	if !slices.ContainsFunc(flags, func(f string) bool { return strings.HasPrefix(f, "-test.run") }) {
		flags = append(flags, only)
	}

	if err := os.Mkdir(filepath.Join(work, "testdata"), 0o700); err != nil {
		return err
	}

	for _, packed := range archive.File {
		if err := extract(packed, filepath.Join(work, filepath.FromSlash(packed.Name))); err != nil {
			return err
		}
	}

	var failed []string

	for _, packed := range archive.File {
		path := filepath.Join(work, packed.Name)
		if !strings.HasSuffix(path, ".test") {
			continue
		}

		fmt.Println("==", strings.TrimSuffix(packed.Name, ".test"))

		cmd := exec.CommandContext(ctx, path, flags...)

		cmd.Dir, cmd.Stdout, cmd.Stderr = work, os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			failed = append(failed, packed.Name)
		}
	}

	if len(failed) > 0 {
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}

	return nil
}

func extract(packed *zip.File, path string) error {
	from, err := packed.Open()
	if err != nil {
		return err
	}

	defer func() { _ = from.Close() }()

	into, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o700)
	if err != nil {
		return err
	}

	_, err = io.Copy(into, from) //nolint:gosec // It is our own archive.

	return errors.Join(err, into.Close())
}
