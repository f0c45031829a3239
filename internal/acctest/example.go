package acctest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Example is the example of a resource: what its page shows, in examples/resources/<type>/resource.tf.
type Example struct {
	kind   string
	blocks []*hclsyntax.Block
}

// ReadExample reads the example of a type.
func ReadExample(kind string) (Example, error) {
	blocks, err := readBlocks(filepath.Join("resources", kind, "resource.tf"))
	return Example{kind, blocks}, err
}

// readBlocks returns the blocks of a file below examples.
func readBlocks(name string) ([]*hclsyntax.Block, error) {
	path, err := examplePath(name)
	if err != nil {
		return nil, err
	}

	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}

	file, diags := hclsyntax.ParseConfig(text, path, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}

	body, _ := file.Body.(*hclsyntax.Body)

	return body.Blocks, nil
}

func examplePath(name string) (string, error) {
	folder, err := moduleRoot()
	return filepath.Join(folder, "examples", name), err
}

// Inner is a block of an example whose arguments are in a block of their own: an action, or a list.
type Inner struct {
	Label string
	// Config is the inner block. The folder of the example is what path.module stands for.
	Config Values
	// Dir is the folder of the example.
	Dir string
}

// ReadInner reads the only block of a type in a file below examples.
func ReadInner(t *testing.T, name, block, kind string) Inner {
	t.Helper()

	blocks, err := readBlocks(name)
	if err != nil {
		t.Fatal(err)
	}

	blocks = slices.DeleteFunc(blocks, func(b *hclsyntax.Block) bool { return b.Type != block || b.Labels[0] != kind })
	if len(blocks) != 1 {
		t.Fatalf("%s has %d blocks %s of the type %s", name, len(blocks), block, kind)
	}

	path, err := examplePath(name)
	if err != nil {
		t.Fatal(err)
	}

	inner := Inner{blocks[0].Labels[1], Values{}, filepath.Dir(path)}
	module := cty.ObjectVal(map[string]cty.Value{"module": cty.StringVal(inner.Dir)})
	context := &hcl.EvalContext{Variables: map[string]cty.Value{"path": module}}

	for _, config := range blocks[0].Body.Blocks {
		for argument, written := range config.Body.Attributes {
			value, diags := written.Expr.Value(context)
			if diags.HasErrors() {
				t.Fatalf("%s, %s: %s", name, argument, diags)
			}

			inner.Config[argument] = plainHCL(t, value)
		}
	}

	return inner
}

// Has reports whether the first object of the type has an argument.
func (e Example) Has(argument string) bool {
	block := e.block(e.kind, "")
	return block != nil && block.Body.Attributes[argument] != nil
}

// Config returns the arguments of the first object of the type. Need makes an object of the example that they refer to.
func (e Example) Config(t *testing.T, need func(kind string, config Values) Object) Values {
	t.Helper()

	block := e.block(e.kind, "")
	if block == nil {
		t.Fatalf("the example of %[1]s has no %[1]s", e.kind)
	}

	return e.arguments(t, block, need)
}

// block returns a resource; the first one of its type if the label is empty.
func (e Example) block(kind, label string) *hclsyntax.Block {
	at := slices.IndexFunc(e.blocks, func(b *hclsyntax.Block) bool {
		return b.Type == "resource" && b.Labels[0] == kind && (label == "" || b.Labels[1] == label)
	})
	if at < 0 {
		return nil
	}

	return e.blocks[at]
}

// ofTerraform are the arguments of every resource that only Terraform looks at.
var ofTerraform = []string{"count", "depends_on", "for_each", "provider"}

func (e Example) arguments(t *testing.T, block *hclsyntax.Block, need func(kind string, config Values) Object) Values {
	t.Helper()

	config := Values{}

	for name, argument := range block.Body.Attributes {
		if slices.Contains(ofTerraform, name) {
			continue
		}

		value, diags := argument.Expr.Value(e.context(t, argument.Expr, need))
		if diags.HasErrors() {
			t.Fatalf("the example of %s, %s: %s", e.kind, name, diags)
		}

		config[name] = plainHCL(t, value)
	}

	return config
}

// context makes what an expression refers to: attributes of other resources of the example, which are texts.
func (e Example) context(t *testing.T, expression hclsyntax.Expression, need func(kind string, config Values) Object) *hcl.EvalContext {
	t.Helper()

	made := map[string]map[string]cty.Value{}

	for _, reference := range expression.Variables() {
		kind := reference.RootName()

		names := make([]string, 2)
		for i := range names {
			step, ok := reference[i+1].(hcl.TraverseAttr)
			if !ok {
				t.Fatalf("the example of %s refers to a %s in a way that no test understands", e.kind, kind)
			}

			names[i] = step.Name
		}

		block := e.block(kind, names[0])
		if block == nil {
			t.Fatalf("the example of %s refers to %s.%s, which is no resource of it", e.kind, kind, names[0])
		}

		object := need(kind, e.arguments(t, block, need))

		if made[kind] == nil {
			made[kind] = map[string]cty.Value{}
		}

		made[kind][names[0]] = cty.ObjectVal(map[string]cty.Value{names[1]: cty.StringVal(object.String(names[1]))})
	}

	context := &hcl.EvalContext{Variables: map[string]cty.Value{}}
	for kind, objects := range made {
		context.Variables[kind] = cty.ObjectVal(objects)
	}

	return context
}

// plainHCL is a value of a configuration as it is written in a test.
func plainHCL(t *testing.T, value cty.Value) any {
	t.Helper()

	kind := value.Type()

	switch {
	case value.IsNull():
		return nil
	case kind == cty.String:
		return value.AsString()
	case kind == cty.Bool:
		return value.True()
	case kind == cty.Number:
		return value.AsBigFloat()
	case kind.IsObjectType() || kind.IsMapType():
		fields := Values{}
		for name, inner := range value.AsValueMap() {
			fields[name] = plainHCL(t, inner)
		}

		return fields
	case kind.IsTupleType() || kind.IsListType() || kind.IsSetType():
		rows := []any{}
		for _, inner := range value.AsValueSlice() {
			rows = append(rows, plainHCL(t, inner))
		}

		return rows
	default:
		t.Fatalf("no test understands a %s", kind.FriendlyName())
		return nil
	}
}
