package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// addExamples writes the examples that follow from others into a folder of examples: how an object is imported that is known
// by its id and at most one key, the import blocks of each resource, a data source that needs no argument or finds such an
// object, and a list that needs no argument.
func addExamples(dir string, schema *tfjson.ProviderSchema) error {
	for name, identity := range schema.ResourceIdentitySchemas {
		script := stagedFile(dir, "resources", name, "import.sh")

		err := addMissing(script, func() (string, error) { return importScript(dir, name, schema) })
		if err != nil {
			return err
		}

		if err := addImports(script, identity); err != nil {
			return err
		}
	}

	for name, source := range schema.DataSourceSchemas {
		err := addMissing(stagedFile(dir, "data-sources", name, "data-source.tf"), func() (string, error) { return dataSource(dir, name, source) })
		if err != nil {
			return err
		}
	}

	for name, list := range schema.ListResourceSchemas {
		err := addMissing(stagedFile(dir, "list-resources", name, "list-resource.tfquery.hcl"), func() (string, error) { return listResource(name, list), nil })
		if err != nil {
			return err
		}
	}

	return nil
}

func stagedFile(dir, kind, name, file string) string {
	return filepath.Join(dir, stagedName(kind+"/"+name+"/"+file))
}

// addMissing writes an example that is not written by hand. An empty one is not written: the type needs one by hand.
func addMissing(path string, write func() (string, error)) error {
	_, err := os.Stat(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}

	text, err := write()
	if err != nil || text == "" {
		return err
	}

	return writeExample(path, text)
}

// dataSource is an example of a data source that needs no argument, or finds the object of the resource's example by its key.
func dataSource(dir, name string, source *tfjson.Schema) (string, error) {
	if !needsArguments(source) {
		return fmt.Sprintf("data %q \"all\" {\n  provider = chat\n}\n", name), nil
	}

	key, ok := onlyKey(source)
	if !ok {
		return "", nil
	}

	object, err := exampleOf(dir, name)
	if err != nil || object.text(key) == "" {
		return "", err
	}

	return fmt.Sprintf("data %q %q {\n  provider = chat\n\n  %s = %q\n}\n", name, object.label, key, object.text(key)), nil
}

// listResource is an example of a list that needs no argument.
func listResource(name string, list *tfjson.Schema) string {
	for _, attribute := range list.Block.Attributes {
		if attribute.Required {
			return ""
		}
	}

	return fmt.Sprintf("# All of them, with everything that an import reads.\nlist %q \"all\" {\n  provider = chat\n\n  include_resource = true\n}\n", name)
}

// importScript has the import commands of an object that is known by its id, and by the key that its data source takes too.
func importScript(dir, name string, schema *tfjson.ProviderSchema) (string, error) {
	identity := schema.ResourceIdentitySchemas[name]
	for part, attribute := range identity.Attributes {
		if attribute.RequiredForImport && part != "id" {
			return "", fmt.Errorf("examples/resources/%s/import.sh is missing: the import id has several parts", name)
		}
	}

	object, err := exampleOf(dir, name)
	if err != nil {
		return "", err
	}

	address := name + "." + object.label

	key, ok := onlyKey(schema.DataSourceSchemas[name])
	if !ok || object.text(key) == "" {
		return fmt.Sprintf("# By id.\nterraform import %s 42\n", address), nil
	}

	how := "by " + strings.ReplaceAll(key, "_", " ")
	if schema.ResourceSchemas[name].Block.Attributes["adopt_existing"] == nil {
		how += " if only one has it"
	}

	id := key + ":" + object.text(key)
	if strings.ContainsAny(id, " '") {
		id = strconv.Quote(id)
	}

	return fmt.Sprintf("# By id, or %[1]s.\nterraform import %[2]s 42\nterraform import %[2]s %[3]s\n", how, address, id), nil
}

// object is the first object in the example of a resource.
type object struct{ label, body string }

func exampleOf(dir, name string) (object, error) {
	text, err := os.ReadFile(stagedFile(dir, "resources", name, "resource.tf"))
	if err != nil {
		return object{}, err
	}

	found := regexp.MustCompile(`(?ms)^resource "` + name + `" "(\w+)" \{\n(.*?)^\}`).FindSubmatch(text)
	if found == nil {
		return object{}, fmt.Errorf("examples/resources/%s/resource.tf has no %[1]s", name)
	}

	return object{string(found[1]), string(found[2])}, nil
}

// text returns the value of an argument that is a plain text; empty if there is no such argument.
func (o object) text(argument string) string {
	found := regexp.MustCompile(`(?m)^  ` + argument + ` += "([^"\\$%]*)"$`).FindStringSubmatch(o.body)
	if found == nil {
		return ""
	}

	return found[1]
}

// onlyKey returns the key by which a data source finds an object; ok is false if it has none beside the id, or several.
func onlyKey(source *tfjson.Schema) (key string, ok bool) {
	if source == nil {
		return "", false
	}

	for name, attribute := range source.Block.Attributes {
		if attribute.Required || ok && isKey(attribute) && name != "id" {
			return "", false
		}

		if isKey(attribute) && name != "id" {
			key, ok = name, true
		}
	}

	return key, ok
}

// isKey reports whether an argument is one of those of which one is needed.
func isKey(attribute *tfjson.SchemaAttribute) bool { return attribute.Optional && attribute.Computed }

// needsArguments reports whether a data source cannot be read without an argument.
func needsArguments(source *tfjson.Schema) bool {
	for _, attribute := range source.Block.Attributes {
		if attribute.Required || isKey(attribute) {
			return true
		}
	}

	return false
}

// firstImport is the first command of an import.sh: the resource's address, and an id.
var firstImport = regexp.MustCompile(`(?m)^terraform import (\S+) "?([^"\n]+)"?$`)

// addImports writes the import blocks that mean the same as the first command of an import.sh.
func addImports(script string, identity *tfjson.IdentitySchema) error {
	text, err := os.ReadFile(script)
	if err != nil {
		return err
	}

	command := firstImport.FindStringSubmatch(string(text))
	if command == nil {
		return fmt.Errorf("%s has no import command", script)
	}

	address, id := command[1], command[2]

	values, err := identityOf(id, identity)
	if err != nil {
		return fmt.Errorf("%s: %w", script, err)
	}

	const head = "import {\n  provider = chat\n  to       = "

	dir := filepath.Dir(script)

	return errors.Join(
		writeExample(filepath.Join(dir, "import-by-string-id.tf"), fmt.Sprintf("%s%s\n  id       = %q\n}\n", head, address, id)),
		writeExample(filepath.Join(dir, "import-by-identity.tf"), fmt.Sprintf("%s%s\n  identity = {\n%s  }\n}\n", head, address, values)),
	)
}

// ownParts are the last parts of import ids: an object's own id, or the member of a membership.
var ownParts = []string{"id", "agent_id"}

// identityOf returns the arguments of an identity that means the same as an import id. The parts of an id are in the order
// of the alphabet, but for the object's own, which is the last one.
func identityOf(id string, identity *tfjson.IdentitySchema) (string, error) {
	var names []string

	for name, attribute := range identity.Attributes {
		if attribute.RequiredForImport && !slices.Contains(ownParts, name) {
			names = append(names, name)
		}
	}

	slices.Sort(names)

	for _, own := range ownParts {
		if identity.Attributes[own] != nil {
			names = append(names, own)
		}
	}

	parts := strings.SplitN(id, "/", len(names))
	if len(parts) != len(names) {
		return "", fmt.Errorf("%q does not have the parts of the identity: %s", id, strings.Join(names, ", "))
	}

	longest := 0
	for _, name := range names {
		longest = max(longest, len(name))
	}

	var b strings.Builder
	for i, name := range names {
		fmt.Fprintf(&b, "    %-*s = %q\n", longest, name, parts[i])
	}

	return b.String(), nil
}

func writeExample(path, text string) error {
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err != nil {
		return err
	}

	return os.WriteFile(path, []byte(text), 0o644) //nolint:gosec // Pages are public.
}
