// Command docs writes the pages under docs/ with tfplugindocs, or checks that they are what it would write and that the links
// of all pages lead somewhere. With addresses it asks the web addresses too, for which it needs the network.
//
//	docs generate
//	docs check
//	docs addresses
//
// tfplugindocs takes a provider's types to begin with the provider's own name. Ours begin with a platform's, so it is shown
// a copy in which they do: a schema, and a folder of examples, with every type renamed. The pages get the real names back
// afterwards. No Terraform is asked for the schema; one is only needed to format the examples.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

const (
	providerName = "chat"

	// alias stands before every type while tfplugindocs works. It must not occur in any page by itself.
	alias = "documentedtype"
)

// subcategories group the pages in the registry's side bar, by the first word of the type.
var subcategories = map[string]string{
	"kommunicate": "Kommunicate",
	"chatlake":    "Chatlake",
	"imichat":     "IMIchat",
}

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()

	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1) //nolint:gocritic // the context's cancel has nothing left to release
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 1 || !slices.Contains([]string{"generate", "check", "addresses"}, args[0]) {
		return errors.New("usage: docs generate|check|addresses")
	}

	checking := args[0] == "check"

	root, err := terraform.Root()
	if err != nil {
		return err
	}

	if args[0] == "addresses" {
		return checkAddresses(ctx, root)
	}

	work, err := os.MkdirTemp("", "chat-docs-")
	if err != nil {
		return err
	}

	defer func() { _ = os.RemoveAll(work) }()

	if err := formatExamples(ctx, root, work, checking); err != nil {
		return err
	}

	schema, err := schemaOf(ctx)
	if err != nil {
		return fmt.Errorf("the provider's schema: %w", err)
	}

	if err := render(ctx, root, work, schema); err != nil {
		return err
	}

	pages, docs := filepath.Join(work, "docs"), filepath.Join(root, "docs")
	if checking {
		err = compare(ctx, docs, pages)
	} else {
		err = replaceTree(docs, pages)
	}

	return errors.Join(err, exampleFolders(filepath.Join(work, "examples"), schema), checkPages(root))
}

func formatExamples(ctx context.Context, root, work string, checking bool) error {
	cli, err := terraform.Find(ctx, os.Stderr)
	if err != nil {
		return err
	}

	args := []string{"fmt", "-recursive"}
	if checking {
		args = append(args, "-check")
	}

	cmd := exec.CommandContext(ctx, cli.Path, append(args, "examples")...)
	cmd.Dir = root

	cmd.Env, err = cli.Env(work, os.Environ(), "")
	if err != nil {
		return err
	}

	if out, err := cmd.CombinedOutput(); err != nil {
		if checking && len(out) > 0 {
			return fmt.Errorf("not formatted, run `make generate`:\n%s", out)
		}

		return fmt.Errorf("%s fmt: %w\n%s", cli.Name, err, out)
	}

	return nil
}

// render fills work/docs.
func render(ctx context.Context, root, work string, schema *tfjson.ProviderSchema) error {
	realSchema, aliasSchema := filepath.Join(work, "schema.json"), filepath.Join(work, "alias.json")
	if err := writeSchema(realSchema, providerName, schema); err != nil {
		return err
	}

	if err := writeSchema(aliasSchema, alias, aliased(schema)); err != nil {
		return err
	}

	if err := copyTree(filepath.Join(root, "templates"), filepath.Join(work, "templates"), unchanged); err != nil {
		return err
	}

	if err := copyTree(filepath.Join(root, "examples"), filepath.Join(work, "examples"), stagedName); err != nil {
		return err
	}

	if err := addExamples(filepath.Join(work, "examples"), schema); err != nil {
		return err
	}

	if err := tfplugindocs(ctx, root, "generate", "--provider-dir", work, "--providers-schema", aliasSchema,
		"--provider-name", alias, "--rendered-provider-name", "Chat"); err != nil {
		return err
	}

	pages := filepath.Join(work, "docs")
	if err := unalias(pages); err != nil {
		return err
	}

	if err := fill(pages, tables()); err != nil {
		return err
	}

	if err := addPermissions(pages); err != nil {
		return err
	}

	if err := addRemovals(ctx, filepath.Join(pages, "resources"), resources(ctx)); err != nil {
		return err
	}

	return tfplugindocs(ctx, root, "validate", "--provider-dir", work, "--providers-schema", realSchema,
		"--provider-name", providerName)
}

// tfplugindocs is quiet unless it fails: it narrates every file.
func tfplugindocs(ctx context.Context, root string, args ...string) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"tool", "tfplugindocs"}, args...)...)

	cmd.Dir = filepath.Join(root, "tools")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("tfplugindocs %s: %w\n%s", args[0], err, out)
	}

	return nil
}

func writeSchema(path, name string, schema *tfjson.ProviderSchema) error {
	text, err := json.Marshal(tfjson.ProviderSchemas{
		FormatVersion: "1.0",
		Schemas:       map[string]*tfjson.ProviderSchema{"registry.terraform.io/hashicorp/" + name: schema},
	})
	if err != nil {
		return err
	}

	return os.WriteFile(path, text, 0o600)
}

// aliased returns the schema with every type renamed; functions carry no prefix.
func aliased(s *tfjson.ProviderSchema) *tfjson.ProviderSchema {
	return &tfjson.ProviderSchema{
		ConfigSchema:             s.ConfigSchema,
		Functions:                s.Functions,
		ResourceSchemas:          renamed(s.ResourceSchemas),
		DataSourceSchemas:        renamed(s.DataSourceSchemas),
		EphemeralResourceSchemas: renamed(s.EphemeralResourceSchemas),
		ListResourceSchemas:      renamed(s.ListResourceSchemas),
		StateStoreSchemas:        renamed(s.StateStoreSchemas),
		ActionSchemas:            renamed(s.ActionSchemas),
		ResourceIdentitySchemas:  renamed(s.ResourceIdentitySchemas),
	}
}

func renamed[T any](in map[string]T) map[string]T {
	out := make(map[string]T, len(in))
	for name, value := range in {
		out[alias+"_"+name] = value
	}

	return out
}

// kinds returns the folders under examples/ that hold one folder per type, with the types that belong there.
func kinds(s *tfjson.ProviderSchema) map[string][]string {
	return map[string][]string{
		"resources":           keys(s.ResourceSchemas),
		"data-sources":        keys(s.DataSourceSchemas),
		"ephemeral-resources": keys(s.EphemeralResourceSchemas),
		"list-resources":      keys(s.ListResourceSchemas),
		"state-stores":        keys(s.StateStoreSchemas),
		"actions":             keys(s.ActionSchemas),
	}
}

func keys[T any](m map[string]T) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}

	slices.Sort(names)

	return names
}

// stagedName maps resources/kommunicate_user/resource.tf to the place where tfplugindocs looks for it.
func stagedName(path string) string {
	parts := strings.Split(filepath.ToSlash(path), "/")

	_, perType := kinds(&tfjson.ProviderSchema{})[parts[0]]
	if perType && len(parts) > 1 {
		parts[1] = alias + "_" + parts[1]
	}

	return filepath.Join(parts...)
}

func unchanged(path string) string { return path }

// summary is the description in a page's head: the whole text of the type, of which search results want the first paragraph.
var summary = regexp.MustCompile(`(?m)\A(---\n(?:.+\n)*?description: \|-\n(?:  .*\n))(?:  .*\n)+`)

// unalias gives the types their names back, puts each page under its platform, and shortens the summary in its head.
func unalias(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}

		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}

		page := strings.ReplaceAll(string(text), alias+"_", "")
		platform, _, _ := strings.Cut(entry.Name(), "_")
		page = summary.ReplaceAllString(page, "$1")
		page = strings.Replace(page, "subcategory: \"\"\n", fmt.Sprintf("subcategory: %q\n", subcategories[platform]), 1)

		return os.WriteFile(path, []byte(page), 0o600)
	})
}

// exampleFolders reports types without an example, and examples without a type, in a folder to which the generated ones were
// added.
func exampleFolders(dir string, schema *tfjson.ProviderSchema) error {
	var problems []error

	expected := kinds(schema)

	expected["functions"] = keys(schema.Functions)
	for kind, types := range expected {
		entries, err := os.ReadDir(filepath.Join(dir, kind))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}

		var folders []string

		for _, entry := range entries {
			name := strings.TrimPrefix(entry.Name(), alias+"_")

			folders = append(folders, name)
			if !slices.Contains(types, name) {
				problems = append(problems, fmt.Errorf("examples/%s/%s: the provider has no such type", kind, name))
			}
		}

		for _, name := range types {
			if !slices.Contains(folders, name) {
				problems = append(problems, fmt.Errorf("examples/%s/%s: missing", kind, name))
			}
		}
	}

	slices.SortFunc(problems, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })

	return errors.Join(problems...)
}
