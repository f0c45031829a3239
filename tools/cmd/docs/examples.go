package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// addExamples writes the examples that follow from others into a folder of examples: the import blocks of each resource
// whose import.sh has a command, and a block for each data source that has no example of its own and needs no argument.
func addExamples(dir string, schema *tfjson.ProviderSchema) error {
	for name, identity := range schema.ResourceIdentitySchemas {
		if err := addImports(filepath.Join(dir, stagedName("resources/"+name+"/import.sh")), identity); err != nil {
			return err
		}
	}

	for name, source := range schema.DataSourceSchemas {
		path := filepath.Join(dir, stagedName("data-sources/"+name+"/data-source.tf"))

		_, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) && !needsArguments(source) {
			err = writeExample(path, fmt.Sprintf("data %q \"all\" {\n  provider = chat\n}\n", name))
		}

		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}

	return nil
}

// needsArguments reports whether a data source cannot be read without an argument.
func needsArguments(source *tfjson.Schema) bool {
	for _, attribute := range source.Block.Attributes {
		if attribute.Required || attribute.Optional && attribute.Computed { // A key, of which one is needed.
			return true
		}
	}

	return false
}

// firstImport is the first command of an import.sh: the resource's address, and an id.
var firstImport = regexp.MustCompile(`(?m)^terraform import (\S+) "?([^"\n]+)"?$`)

// addImports writes the import blocks that mean the same as the first command of an import.sh. A file that is missing has
// none.
func addImports(script string, identity *tfjson.IdentitySchema) error {
	text, err := os.ReadFile(script)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}

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
