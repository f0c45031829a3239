package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

// TestAddExamples compares the examples that follow from an import command and from a schema.
func TestAddExamples(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	required, optional := &tfjson.IdentityAttribute{RequiredForImport: true}, &tfjson.IdentityAttribute{OptionalForImport: true}
	schema := &tfjson.ProviderSchema{
		ResourceIdentitySchemas: map[string]*tfjson.IdentitySchema{
			"chatlake_session": {Attributes: map[string]*tfjson.IdentityAttribute{"id": required, "inbox_id": required, "contact_id": required, "account_id": optional}},
			"chatlake_member":  {Attributes: map[string]*tfjson.IdentityAttribute{"agent_id": required, "team_id": required}},
			"chatlake_event":   {Attributes: map[string]*tfjson.IdentityAttribute{"id": required}},
		},
		DataSourceSchemas: map[string]*tfjson.Schema{
			"chatlake_sessions": {Block: &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{"sessions": {Computed: true}}}},
			"chatlake_session":  {Block: &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{"id": {Optional: true, Computed: true}}}},
		},
	}

	staged := func(name string) string { return filepath.Join(dir, stagedName(filepath.FromSlash(name))) }

	err := writeExample(staged("resources/chatlake_session/import.sh"), "# By all parts.\nterraform import chatlake_session.a 42/7/x/y\nterraform import chatlake_session.a key:z\n")
	if err != nil {
		t.Fatal(err)
	}

	if err := addExamples(dir, schema); err != nil {
		t.Fatal(err)
	}

	for name, want := range map[string]string{
		"resources/chatlake_session/import-by-string-id.tf": "import {\n  provider = chat\n  to       = chatlake_session.a\n  id       = \"42/7/x/y\"\n}\n",
		"resources/chatlake_session/import-by-identity.tf": "import {\n  provider = chat\n  to       = chatlake_session.a\n  identity = {\n" +
			"    contact_id = \"42\"\n    inbox_id   = \"7\"\n    id         = \"x/y\"\n  }\n}\n",
		"resources/chatlake_event/import-by-identity.tf": "",
		"data-sources/chatlake_sessions/data-source.tf":  "data \"chatlake_sessions\" \"all\" {\n  provider = chat\n}\n",
		"data-sources/chatlake_session/data-source.tf":   "",
	} {
		got, err := os.ReadFile(staged(name))
		if string(got) != want || err != nil && want != "" {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, want)
		}
	}

	_, err = identityOf("42", schema.ResourceIdentitySchemas["chatlake_session"])
	if err == nil || !strings.Contains(err.Error(), "contact_id, inbox_id, id") {
		t.Errorf("an id without a part: %v", err)
	}
}
