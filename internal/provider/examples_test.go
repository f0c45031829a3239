package provider_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	frameworkresource "github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

const examples = "../../examples"

// TestExamplesAreComplete wants an example of what no example is generated for, and nothing for what the provider does not offer.
// What is generated of the others, the docs tool knows, and tells what is missing.
func TestExamplesAreComplete(t *testing.T) {
	for kind, c := range map[string]struct {
		names []string
		file  string
	}{
		"resources":           {resourceTypes(), "resource.tf"},
		"data-sources":        {dataSourceTypes(), ""},
		"list-resources":      {resourceTypes(), ""},
		"ephemeral-resources": {ephemeralTypes(), "ephemeral-resource.tf"},
		"actions":             {actionTypes(), "action.tf"},
		"functions":           {functionNames(), "function.tf"},
	} {
		for _, name := range c.names {
			if c.file == "" {
				continue
			}

			_, err := os.Stat(filepath.Join(examples, kind, name, c.file))
			if err != nil {
				t.Errorf("examples/%s/%s lacks %s", kind, name, c.file)
			}
		}

		for _, dir := range folders(t, kind) {
			if !slices.Contains(c.names, dir) {
				t.Errorf("examples/%s/%s is for nothing that the provider offers", kind, dir)
			}
		}
	}
}

// TestAccExamples applies every example as it is printed in the documentation. That of a resource is planned again, which
// must be empty, and destroyed. Those of actions and lists need a newer Terraform: internal/promises tries them without it, too.
func TestAccExamples(t *testing.T) {
	var dirs []string

	for _, kind := range []string{"resources", "data-sources", "ephemeral-resources", "functions"} {
		for _, dir := range folders(t, kind) {
			dirs = append(dirs, filepath.Join(kind, dir))
		}
	}

	for _, dir := range dirs {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()

			w := acctest.New(t)
			tf := developed(t)
			copyExample(t, filepath.Join(examples, dir), tf.Dir)

			settings := namedProvider + w.Provider("chat", "kommunicate", "chatlake", "imichat")
			if err := os.WriteFile(filepath.Join(tf.Dir, "provider_for_test.tf"), []byte(settings), 0o600); err != nil {
				t.Fatal(err)
			}

			if strings.HasPrefix(dir, "resources") {
				live(t, tf)
				return
			}

			tf.Must(t, "apply", "-auto-approve", "-no-color") // It reads. What it reads of has an example of its own.
		})
	}
}

// TestAccPlatformExample makes an account, its people and a desk in it, in one apply.
func TestAccPlatformExample(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	tf := developed(t)

	if err := os.CopyFS(tf.Dir, os.DirFS(filepath.Join(examples, "platform"))); err != nil {
		t.Fatal(err)
	}

	tf.Env = append(tf.Env, "TF_VAR_base_url="+w.URL+"/chatlake", "TF_VAR_platform_access_token="+chatlake.PlatformToken, "TF_VAR_first_password=Secret-1234!")

	live(t, tf)
}

// developed returns a Terraform that takes the provider as it was built, without init: three commands for each example cost
// a third of what a step of the testing framework does.
func developed(t *testing.T) *acctest.Terraform {
	t.Helper()

	tf := acctest.NewTerraform(t, nil, nil)
	config := filepath.Join(t.TempDir(), "terraform.rc")
	override := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", "seed-426837f5/chat", filepath.Dir(acctest.Binary(t)))

	if err := os.WriteFile(config, []byte(override), 0o600); err != nil {
		t.Fatal(err)
	}

	tf.Env = append(tf.Env, "TF_CLI_CONFIG_FILE="+config)

	return tf
}

// live applies what the folder holds, plans again, which must be empty, and destroys.
func live(t *testing.T, tf *acctest.Terraform) {
	t.Helper()

	tf.Must(t, "apply", "-auto-approve", "-no-color")
	tf.Must(t, "plan", "-detailed-exitcode", "-no-color") // It fails if there is a change.
	tf.Must(t, "destroy", "-auto-approve", "-no-color", "-refresh=false")
}

// namedProvider says where the provider comes from: Terraform finds functions of named providers only.
const namedProvider = "terraform {\n  required_providers {\n    chat = { source = \"seed-426837f5/chat\" }\n  }\n}\n"

// copyExample copies what a reader would, without import blocks, which are shown apart, and without the blocks that name
// and configure the provider, which the test does.
func copyExample(t *testing.T, from, to string) {
	t.Helper()

	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}

	for _, entry := range entries {
		if entry.IsDir() || strings.HasPrefix(entry.Name(), "import") {
			continue
		}

		content, err := os.ReadFile(filepath.Join(from, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}

		text := string(content)
		if filepath.Ext(entry.Name()) == ".tf" {
			text = withoutBlocks(text, "terraform {", `provider "chat" {`)
		}

		if err := os.WriteFile(filepath.Join(to, entry.Name()), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// withoutBlocks drops top-level blocks that start with one of the lines.
func withoutBlocks(hcl string, starts ...string) string {
	var kept []string

	dropping := false

	for line := range strings.Lines(hcl) {
		trimmed := strings.TrimRight(line, "\n")
		for _, start := range starts {
			if strings.HasPrefix(trimmed, start) {
				dropping = !strings.HasSuffix(trimmed, "}")
				trimmed = ""
				line = "\n"
			}
		}

		if !dropping {
			kept = append(kept, line)
		}

		if dropping && trimmed == "}" {
			dropping = false
		}
	}

	return strings.Join(kept, "")
}

func folders(t *testing.T, kind string) []string {
	t.Helper()

	entries, err := os.ReadDir(filepath.Join(examples, kind))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}

	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}

	return names
}

func resourceTypes() []string {
	var names []string

	for _, build := range provider.New("test")().Resources(context.Background()) {
		var resp frameworkresource.MetadataResponse
		build().Metadata(context.Background(), frameworkresource.MetadataRequest{ProviderTypeName: "chat"}, &resp)
		names = append(names, resp.TypeName)
	}

	return names
}

func dataSourceTypes() []string {
	var names []string

	for _, build := range provider.New("test")().DataSources(context.Background()) {
		var resp datasource.MetadataResponse
		build().Metadata(context.Background(), datasource.MetadataRequest{ProviderTypeName: "chat"}, &resp)
		names = append(names, resp.TypeName)
	}

	return names
}

func ephemeralTypes() []string {
	with, ok := provider.New("test")().(frameworkprovider.ProviderWithEphemeralResources)
	if !ok {
		return nil
	}

	var names []string

	for _, build := range with.EphemeralResources(context.Background()) {
		var resp ephemeral.MetadataResponse
		build().Metadata(context.Background(), ephemeral.MetadataRequest{}, &resp)
		names = append(names, resp.TypeName)
	}

	return names
}

func actionTypes() []string {
	with, ok := provider.New("test")().(frameworkprovider.ProviderWithActions)
	if !ok {
		return nil
	}

	var names []string

	for _, build := range with.Actions(context.Background()) {
		var resp action.MetadataResponse
		build().Metadata(context.Background(), action.MetadataRequest{}, &resp)
		names = append(names, resp.TypeName)
	}

	return names
}

func functionNames() []string {
	functions, ok := provider.New("test")().(frameworkprovider.ProviderWithFunctions)
	if !ok {
		return nil
	}

	var names []string

	for _, build := range functions.Functions(context.Background()) {
		var resp function.MetadataResponse
		build().Metadata(context.Background(), function.MetadataRequest{}, &resp)
		names = append(names, resp.Name)
	}

	return names
}
