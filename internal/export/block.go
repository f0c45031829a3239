package export

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// writeObject writes the block of a resource into its file, and its import block.
func (e *exporter) writeObject(ctx context.Context, to io.Writer, o *object, cut map[edge]bool) error {
	schema := e.source.schema.ResourceSchemas[o.kind]

	secrets, err := e.secretsOf(ctx, o)
	if err != nil {
		return err
	}

	for _, name := range shown(schema.Block.Attributes, o.written, o.kind+".") {
		e.shown[name] = true
	}

	x := &expressions{kind: o.kind, secrets: secrets, refer: func(t target, value string) (string, bool) {
		address, ok := e.names.address(t, value)
		return address + "." + t.attribute, ok && !cut[edge{o.address(), address}]
	}}

	block := hclwrite.NewBlock("resource", []string{o.kind, o.name})
	body := block.Body()

	if e.Provider != platformOf(o.kind) {
		body.SetAttributeRaw("provider", traversal(e.Provider))
		body.AppendNewline()
	}

	for _, a := range requiredFirst(schema.Block.Attributes) {
		value, isSet := o.written[a.Name]
		if !isSet && secrets[a.Name] == "" {
			continue
		}

		for _, address := range e.cutIn(o, a, value, cut) {
			body.AppendUnstructuredTokens(comment("# A reference to " + address + " would be a cycle. In another account, leave this out until that exists."))
		}

		tokens, isText := hclwrite.Tokens(nil), false
		if a.NestedType == nil && a.Type.Is(tftypes.String) {
			tokens, isText = heredoc(text(value))
		}

		if !isText {
			tokens = x.attribute(a, a.Name, value)
		}

		body.SetAttributeRaw(a.Name, tokens)
	}

	e.report.Objects++

	return e.put(to, o, block)
}

// prepare decides what the configuration says of an object. Optional attributes with values that the provider does not take are
// left out. It returns an error if no configuration of the object would be taken.
func (e *exporter) prepare(ctx context.Context, o *object) error {
	schema := e.source.schema.ResourceSchemas[o.kind]
	o.written = written(o.kind, schema, o.values)

	for {
		refusals, err := e.source.refusals(ctx, o.kind, o.written)
		if err != nil || len(refusals) == 0 {
			return err
		}

		before := len(o.comments)

		for _, refused := range refusals {
			name := drop(schema.Block.Attributes, o.written, refused.path)
			if name != "" {
				o.comments = append(o.comments, fmt.Sprintf("# %s is left out: the provider does not take what the platform has. %s", name, oneLine(refused.err.Error())))
			}
		}

		maps.DeleteFunc(o.written, func(_ string, v tftypes.Value) bool { return v.IsNull() })

		if len(o.comments) == before {
			return fmt.Errorf("left out, because the provider does not take what the platform has. %w", refusals[0].err)
		}
	}
}

// drop makes the attribute at the path null, or the object that it is in if the attribute is required there. It returns the path of
// what is null now; "" if nothing can be.
func drop(attributes []*tfprotov6.SchemaAttribute, values map[string]tftypes.Value, path []string) string {
	if len(path) == 0 || values[path[0]].IsNull() {
		return ""
	}

	a := attributes[slices.IndexFunc(attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == path[0] })]

	if len(path) > 1 && a.NestedType != nil {
		inner := members(values[a.Name])

		name := drop(a.NestedType.Attributes, inner, path[1:])
		if name != "" {
			values[a.Name] = tftypes.NewValue(values[a.Name].Type(), inner)
			return a.Name + "." + name
		}
	}

	if !a.Optional {
		return ""
	}

	values[a.Name] = tftypes.NewValue(a.ValueType(), nil)

	return a.Name
}

// put writes a block with its comments, and the import block.
func (e *exporter) put(to io.Writer, o *object, block *hclwrite.Block) error {
	file := hclwrite.NewEmptyFile()
	file.Body().AppendNewline()

	for _, line := range o.comments {
		file.Body().AppendUnstructuredTokens(comment(line))
	}

	file.Body().AppendBlock(block)

	if _, err := to.Write(hclwrite.Format(file.Bytes())); err != nil {
		return err
	}

	file = hclwrite.NewEmptyFile()
	file.Body().AppendNewline()

	body := file.Body().AppendNewBlock("import", nil).Body()
	if e.Provider != platformOf(o.kind) {
		body.SetAttributeRaw("provider", traversal(e.Provider)) // OpenTofu does not take it from the resource.
	}

	body.SetAttributeRaw("to", traversal(o.address()))
	body.SetAttributeValue("id", cty.StringVal(o.id))

	_, err := e.imports.Write(hclwrite.Format(file.Bytes()))

	return err
}

func comment(line string) hclwrite.Tokens {
	return hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: []byte(line + "\n")}}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// written returns the values that a configuration says of an object: what can be configured and has a value.
func written(kind string, schema *tfprotov6.Schema, values map[string]tftypes.Value) map[string]tftypes.Value {
	kept := map[string]tftypes.Value{}

	for _, a := range schema.Block.Attributes {
		value := configured(a, values[a.Name])
		if !value.IsNull() && !slices.Contains(decided[kind], a.Name) {
			kept[a.Name] = value
		}
	}

	return kept
}

// configured returns the value of an attribute as a configuration has it: null for what the platform alone decides, for what it
// does not tell, and for an empty text, map or object that follows the platform, which means none.
func configured(a *tfprotov6.SchemaAttribute, v tftypes.Value) tftypes.Value {
	none := tftypes.NewValue(a.ValueType(), nil)

	switch {
	case v.Type() == nil || v.IsNull() || !a.Required && !a.Optional || a.WriteOnly:
		return none
	case a.Optional && a.Computed && isEmpty(v):
		return none
	case a.NestedType == nil:
		return v
	case v.Type().Is(tftypes.Object{}):
		return configuredObject(a.NestedType, v)
	}

	rows := elements(v)
	for i, row := range rows {
		rows[i] = configuredObject(a.NestedType, row)
	}

	return tftypes.NewValue(v.Type(), rows)
}

func configuredObject(schema *tfprotov6.SchemaObject, v tftypes.Value) tftypes.Value {
	values := members(v)
	for _, a := range schema.Attributes {
		values[a.Name] = configured(a, values[a.Name])
	}

	return tftypes.NewValue(v.Type(), values)
}

// isEmpty reports whether a value is an empty text, map or object.
func isEmpty(v tftypes.Value) bool {
	if v.Type().Is(tftypes.String) {
		return text(v) == ""
	}

	return (v.Type().Is(tftypes.Object{}) || v.Type().Is(tftypes.Map{})) && len(members(v)) == 0
}

// cutIn returns the addresses that an attribute would name if that were no cycle.
func (e *exporter) cutIn(o *object, a *tfprotov6.SchemaAttribute, v tftypes.Value, cut map[edge]bool) []string {
	var found []string

	if len(cut) == 0 || v.Type() == nil {
		return nil
	}

	for _, address := range e.references(o.kind, a, v) {
		if cut[edge{o.address(), address}] && !slices.Contains(found, address) {
			found = append(found, address)
		}
	}

	return found
}

// references returns the addresses that an attribute names.
func (e *exporter) references(kind string, a *tfprotov6.SchemaAttribute, v tftypes.Value) []string {
	var found []string

	x := &expressions{kind: kind, refer: func(t target, value string) (string, bool) {
		address, ok := e.names.address(t, value)
		if ok {
			found = append(found, address)
		}

		return "", false
	}}
	x.attribute(a, a.Name, v)

	return found
}

// cycles returns the references among objects that would be cycles.
func (e *exporter) cycles(objects []object) map[edge]bool {
	var order []string

	named := map[string][]string{}

	for i := range objects {
		o := &objects[i]
		order = append(order, o.address())

		for _, a := range e.source.schema.ResourceSchemas[o.kind].Block.Attributes {
			value, isSet := o.written[a.Name]
			if isSet {
				named[o.address()] = append(named[o.address()], e.references(o.kind, a, value)...)
			}
		}
	}

	return cycles(order, named)
}
