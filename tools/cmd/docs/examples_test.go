package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

// TestAddExamples compares the examples that follow from an import command, from a resource's example and from a schema.
func TestAddExamples(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	required, optional := &tfjson.IdentityAttribute{RequiredForImport: true}, &tfjson.IdentityAttribute{OptionalForImport: true}
	schema := &tfjson.ProviderSchema{
		ResourceIdentitySchemas: map[string]*tfjson.IdentitySchema{
			"chatlake_session": {Attributes: map[string]*tfjson.IdentityAttribute{"id": required, "inbox_id": required, "contact_id": required, "account_id": optional}},
			"chatlake_member":  {Attributes: map[string]*tfjson.IdentityAttribute{"agent_id": required, "team_id": required}},
			"chatlake_event":   {Attributes: map[string]*tfjson.IdentityAttribute{"id": required}},
			"chatlake_thing":   {Attributes: map[string]*tfjson.IdentityAttribute{"id": required, "account_id": optional}},
		},
		ResourceSchemas: map[string]*tfjson.Schema{
			"chatlake_event": {Block: &tfjson.SchemaBlock{}},
			"chatlake_thing": {Block: &tfjson.SchemaBlock{}},
		},
		ListResourceSchemas: map[string]*tfjson.Schema{
			"chatlake_thing":   {Block: &tfjson.SchemaBlock{}},
			"chatlake_session": {Block: &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{"contact_id": {Required: true}}}},
		},
		DataSourceSchemas: map[string]*tfjson.Schema{
			"chatlake_sessions": {Block: &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{"sessions": {Computed: true}}}},
			"chatlake_session":  {Block: &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{"id": {Optional: true, Computed: true}}}},
			"chatlake_thing": {Block: &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{
				"id": {Optional: true, Computed: true}, "name": {Optional: true, Computed: true}, "text": {Computed: true},
			}}},
		},
	}

	staged := func(name string) string { return filepath.Join(dir, stagedName(filepath.FromSlash(name))) }

	for name, text := range map[string]string{
		"resources/chatlake_session/import.sh": "# By all parts.\nterraform import chatlake_session.a 42/7/x/y\nterraform import chatlake_session.a key:z\n",
		"resources/chatlake_member/import.sh":  "terraform import chatlake_member.a 7/12\n",
		"resources/chatlake_event/resource.tf": "resource \"chatlake_event\" \"first\" {\n  provider = chat\n}\n",
		"resources/chatlake_thing/resource.tf": "resource \"chatlake_thing\" \"late\" {\n  provider = chat\n\n  name = \"Too late\"\n}\n\nresource \"chatlake_thing\" \"x\" {\n}\n",
	} {
		err := writeExample(staged(name), text)
		if err != nil {
			t.Fatal(err)
		}
	}

	if err := addExamples(dir, schema); err != nil {
		t.Fatal(err)
	}

	for name, want := range map[string]string{
		"resources/chatlake_session/import-by-string-id.tf": "import {\n  provider = chat\n  to       = chatlake_session.a\n  id       = \"42/7/x/y\"\n}\n",
		"resources/chatlake_session/import-by-identity.tf": "import {\n  provider = chat\n  to       = chatlake_session.a\n  identity = {\n" +
			"    contact_id = \"42\"\n    inbox_id   = \"7\"\n    id         = \"x/y\"\n  }\n}\n",
		"resources/chatlake_event/import.sh":             "# By id.\nterraform import chatlake_event.first 42\n",
		"resources/chatlake_event/import-by-identity.tf": "import {\n  provider = chat\n  to       = chatlake_event.first\n  identity = {\n    id = \"42\"\n  }\n}\n",
		"resources/chatlake_thing/import.sh": "# By id, or by name if only one has it.\nterraform import chatlake_thing.late 42\n" +
			"terraform import chatlake_thing.late \"name:Too late\"\n",
		"data-sources/chatlake_thing/data-source.tf": "data \"chatlake_thing\" \"late\" {\n  provider = chat\n\n  name = \"Too late\"\n}\n",
		"list-resources/chatlake_thing/list-resource.tfquery.hcl": "# All of them, with everything that an import reads.\n" +
			"list \"chatlake_thing\" \"all\" {\n  provider = chat\n\n  include_resource = true\n}\n",
		"list-resources/chatlake_session/list-resource.tfquery.hcl": "",
		"data-sources/chatlake_sessions/data-source.tf":             "data \"chatlake_sessions\" \"all\" {\n  provider = chat\n}\n",
		"data-sources/chatlake_session/data-source.tf":              "",
	} {
		got, err := os.ReadFile(staged(name))
		if string(got) != want || err != nil && want != "" {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, want)
		}
	}

	_, err := identityOf("42", schema.ResourceIdentitySchemas["chatlake_session"])
	if err == nil || !strings.Contains(err.Error(), "contact_id, inbox_id, id") {
		t.Errorf("an id without a part: %v", err)
	}
}
