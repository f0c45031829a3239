package export

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// variable is a secret that the platform does not tell.
type variable struct{ name, description, kind string }

// secretsOf declares a variable for each secret that the object takes, and returns their names by the path of the attribute.
// People's objects have none: a variable for each of thousands of passwords would not help.
func (e *exporter) secretsOf(ctx context.Context, o *object) (map[string]string, error) {
	found := map[string]string{}
	if isOfPeople(o.kind) {
		return found, nil
	}

	for _, path := range writeOnly(e.source.schema.ResourceSchemas[o.kind].Block.Attributes, nil) {
		takes, err := e.source.takes(ctx, o.kind, o.written, path.names)
		if err != nil {
			return nil, err
		}

		if !takes {
			continue
		}

		last := path.names[len(path.names)-1]
		name := noun(o.kind) + "_" + o.name + "_" + strings.TrimSuffix(last, "_wo")

		found[strings.Join(path.names, ".")] = name
		e.secrets = append(e.secrets, variable{name, strings.Join(path.names, ".") + " of " + o.address() + ".", path.kind})
	}

	return found, nil
}

// secretPath is where a write-only attribute is, and the type of its variable.
type secretPath struct {
	names []string
	kind  string
}

// variableKind is the type of a variable with values of a type.
func variableKind(of tftypes.Type) string {
	switch {
	case of.Is(tftypes.Map{}):
		return "map(string)"
	case of.Is(tftypes.DynamicPseudoType):
		return "any"
	default:
		return "string"
	}
}

// writeOnly returns the write-only attributes.
func writeOnly(attributes []*tfprotov6.SchemaAttribute, in []string) []secretPath {
	var found []secretPath

	for _, a := range attributes {
		at := append(append([]string{}, in...), a.Name)

		switch {
		case a.WriteOnly:
			found = append(found, secretPath{at, variableKind(a.Type)})
		case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
			found = append(found, writeOnly(a.NestedType.Attributes, at)...)
		}
	}

	return found
}

// shown returns the attributes with a value that may be a secret, although it can be read, such as the address of a webhook.
func shown(attributes []*tfprotov6.SchemaAttribute, values map[string]tftypes.Value, in string) []string {
	var found []string

	for _, a := range attributes {
		value, isSet := values[a.Name]

		switch {
		case !isSet || value.IsNull():
		case a.Sensitive:
			found = append(found, in+a.Name)
		case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
			found = append(found, shown(a.NestedType.Attributes, members(value), in+a.Name+".")...)
		}
	}

	return found
}

// noteShown notes which values in the files may be secrets.
func (e *exporter) noteShown() {
	if len(e.shown) > 0 {
		e.report.Notes = append(e.report.Notes, "These attributes may hold secrets, and the files have their values. Keep the files to yourself, or put variables there: "+
			strings.Join(slices.Sorted(maps.Keys(e.shown)), ", "))
	}
}

// writeVariables declares the secrets.
func (e *exporter) writeVariables() error {
	if len(e.secrets) == 0 {
		return nil
	}

	to, err := e.folder.create("variables.tf")
	if err != nil {
		return err
	}

	file := hclwrite.NewEmptyFile()
	file.Body().AppendNewline()
	file.Body().AppendUnstructuredTokens(append(comment("# The platforms do not tell these secrets. They are needed where the objects are made anew, as in another account;"),
		comment("# what exists keeps the secret that it has.")...))

	for _, secret := range e.secrets {
		file.Body().AppendNewline()

		body := file.Body().AppendNewBlock("variable", []string{secret.name}).Body()
		body.SetAttributeValue("description", cty.StringVal(secret.description))

		kind := hclwrite.TokensForIdentifier(secret.kind)
		if secret.kind == "map(string)" {
			kind = hclwrite.TokensForFunctionCall("map", hclwrite.TokensForIdentifier("string"))
		}

		body.SetAttributeRaw("type", kind)
		body.SetAttributeValue("default", cty.NullVal(cty.String))
		body.SetAttributeValue("sensitive", cty.True)
	}

	_, err = to.Write(hclwrite.Format(file.Bytes()))

	return err
}

// writeProvider names the provider. Its settings come from the environment.
func (e *exporter) writeProvider() error {
	to, err := e.folder.create("providers.tf")
	if err != nil {
		return err
	}

	file := hclwrite.NewEmptyFile()
	file.Body().AppendNewline()

	body := file.Body().AppendNewBlock("terraform", nil).Body()
	body.SetAttributeValue("required_version", cty.StringVal(">= 1.10.0"))
	body.AppendNewline()
	body.AppendNewBlock("required_providers", nil).Body().SetAttributeRaw(e.Provider, hclwrite.TokensForObject([]hclwrite.ObjectAttrTokens{
		{Name: hclwrite.TokensForIdentifier("source"), Value: hclwrite.TokensForValue(cty.StringVal("seed-426837f5/chat"))},
	}))

	_, err = fmt.Fprintf(to, "%s\nprovider %q {} # Settings and credentials come from the environment.\n", hclwrite.Format(file.Bytes()), e.Provider)

	return err
}
