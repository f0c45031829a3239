package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

func TestSchemaHasWhatOldTerraformCannotSee(t *testing.T) {
	t.Parallel()

	schema, err := schemaOf(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	if schema.ConfigSchema == nil || schema.ConfigSchema.Block.Attributes["kommunicate"] == nil {
		t.Error("the provider block has no attribute kommunicate")
	}

	for name := range schema.ResourceSchemas {
		if schema.ResourceIdentitySchemas[name] == nil && name != "imichat_message" {
			t.Errorf("%s has no identity", name)
		}
	}
}

func TestStagedName(t *testing.T) {
	t.Parallel()

	for path, want := range map[string]string{
		"resources/imichat_chat/resource.tf":             "resources/documentedtype_imichat_chat/resource.tf",
		"list-resources/x/list-resource.tfquery.hcl":     "list-resources/documentedtype_x/list-resource.tfquery.hcl",
		"functions/conversation_url/function.tf":         "functions/conversation_url/function.tf",
		"provider/provider.tf":                           "provider/provider.tf",
		"demo/main.tf":                                   "demo/main.tf",
		"data-sources/kommunicate_users/data-source.tf":  "data-sources/documentedtype_kommunicate_users/data-source.tf",
		"ephemeral-resources/a_b/ephemeral-resource.tf":  "ephemeral-resources/documentedtype_a_b/ephemeral-resource.tf",
		"resources/kommunicate_user/import-by-string.tf": "resources/documentedtype_kommunicate_user/import-by-string.tf",
	} {
		got := filepath.ToSlash(stagedName(filepath.FromSlash(path)))
		if got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestUnalias(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	page := filepath.Join(dir, "imichat_chat.md")
	write(t, page, "---\npage_title: \"documentedtype_imichat_chat\"\nsubcategory: \"\"\ndescription: |-\n  One.\n  Two.\n  Three.\n---\n"+
		"# documentedtype_imichat_chat\n")

	if err := unalias(dir); err != nil {
		t.Fatal(err)
	}

	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}

	want := "---\npage_title: \"imichat_chat\"\nsubcategory: \"IMIchat\"\ndescription: |-\n  One.\n---\n# imichat_chat\n"
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	old, fresh := t.TempDir(), t.TempDir()
	write(t, filepath.Join(old, "same.md"), "same")
	write(t, filepath.Join(fresh, "same.md"), "same")

	if err := compare(t.Context(), old, fresh); err != nil {
		t.Errorf("equal trees: %v", err)
	}

	write(t, filepath.Join(old, "edited.md"), "by hand\n")
	write(t, filepath.Join(fresh, "edited.md"), "generated\n")
	write(t, filepath.Join(old, "extra.md"), "")
	write(t, filepath.Join(fresh, "resources", "new.md"), "")

	err := compare(t.Context(), old, fresh)
	if err == nil {
		t.Fatal("different trees pass")
	}

	for _, want := range []string{
		"make generate", "docs/extra.md: documents nothing that exists", "docs/edited.md: out of date", "< by hand",
		"docs/resources/new.md: missing",
	} {
		if !strings.Contains(filepath.ToSlash(err.Error()), want) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}

	if err := compare(t.Context(), filepath.Join(old, "nowhere"), fresh); err == nil {
		t.Error("a missing docs folder passes")
	}
}

func TestExampleFolders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "resources", "old_type", "resource.tf"), "")
	write(t, filepath.Join(dir, "resources", "good_type", "resource.tf"), "")
	err := exampleFolders(dir, &tfjson.ProviderSchema{
		ResourceSchemas:   map[string]*tfjson.Schema{"good_type": nil},
		DataSourceSchemas: map[string]*tfjson.Schema{"good_type": nil},
	})

	want := "examples/data-sources/good_type: missing\nexamples/resources/old_type: the provider has no such type"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()

	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}

	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
