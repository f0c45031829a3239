package export

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// expressions writes the values of one resource as expressions.
type expressions struct {
	kind string
	// refer returns the address to write in place of a value.
	refer func(t target, value string) (address string, ok bool)
	// secrets are the variables by the path of the attribute that takes them.
	secrets map[string]string
}

// attribute writes the value of an attribute. Path is where it is, as channel.email.
func (x *expressions) attribute(schema *tfprotov6.SchemaAttribute, path string, v tftypes.Value) hclwrite.Tokens {
	if variable, ok := x.secrets[path]; ok {
		return traversal("var." + variable)
	}

	if schema.NestedType == nil {
		return x.plain(v, references[x.kind+"."+path], slices.Contains(steps, x.kind+"."+path))
	}

	if v.Type().Is(tftypes.Object{}) {
		return x.nested(schema.NestedType, path, v)
	}

	var rows []hclwrite.Tokens
	for _, row := range elements(v) {
		rows = append(rows, x.nested(schema.NestedType, path, row))
	}

	return hclwrite.TokensForTuple(rows)
}

// nested writes an object whose attributes are in the schema. Those without a value are left out.
func (x *expressions) nested(schema *tfprotov6.SchemaObject, path string, v tftypes.Value) hclwrite.Tokens {
	values := members(v)

	var written []hclwrite.ObjectAttrTokens

	for _, a := range requiredFirst(schema.Attributes) {
		at := path + "." + a.Name
		if values[a.Name].IsNull() && x.secrets[at] == "" {
			continue
		}

		written = append(written, hclwrite.ObjectAttrTokens{Name: key(a.Name), Value: x.attribute(a, at, values[a.Name])})
	}

	return hclwrite.TokensForObject(written)
}

// plain writes a value of which the schema tells no more than its type. T is what its texts name, if they name anything.
func (x *expressions) plain(v tftypes.Value, t target, isStep bool) hclwrite.Tokens {
	kind := v.Type()

	switch {
	case v.IsNull():
		return hclwrite.TokensForValue(cty.NullVal(cty.DynamicPseudoType))
	case kind.Is(tftypes.String):
		if address, ok := x.refer(t, text(v)); ok {
			return traversal(address)
		}

		return hclwrite.TokensForValue(cty.StringVal(text(v)))
	case kind.Is(tftypes.Number):
		n := number(v)
		if address, ok := x.refer(t, n.Text('f', -1)); ok {
			return hclwrite.TokensForFunctionCall("tonumber", traversal(address))
		}

		return hclwrite.TokensForValue(cty.NumberVal(n))
	case kind.Is(tftypes.Bool):
		var flag bool

		_ = v.As(&flag) // It is one.

		return hclwrite.TokensForValue(cty.BoolVal(flag))
	case kind.Is(tftypes.Object{}) || kind.Is(tftypes.Map{}):
		return x.object(members(v), t, isStep)
	default:
		var list []hclwrite.Tokens
		for _, element := range elements(v) {
			list = append(list, x.plain(element, t, isStep))
		}

		return hclwrite.TokensForTuple(list)
	}
}

// object writes an object of any form.
func (x *expressions) object(values map[string]tftypes.Value, t target, isStep bool) hclwrite.Tokens {
	var written []hclwrite.ObjectAttrTokens

	step, isReference := stepReferences[cmp.Or(text(values["action_name"]), text(values["attribute_key"]))]

	for _, name := range slices.Sorted(maps.Keys(values)) {
		var inner target

		switch {
		case isStep && isReference && (name == "action_params" || name == "values"):
			inner = step
		case !isStep:
			inner = t
		case isStep && (name == "id" || name == "team_ids"):
			inner = t // { id = 1, name = "Support" } in a filter, { team_ids = [1], message = "Hello" } in a rule.
		}

		written = append(written, hclwrite.ObjectAttrTokens{Name: key(name), Value: x.plain(values[name], inner, isStep)})
	}

	return hclwrite.TokensForObject(written)
}

// traversal writes a reference, such as chatlake_team.support.id.
func traversal(address string) hclwrite.Tokens {
	var path hcl.Traversal

	for i, name := range strings.Split(address, ".") {
		if i == 0 {
			path = append(path, hcl.TraverseRoot{Name: name})
		} else {
			path = append(path, hcl.TraverseAttr{Name: name})
		}
	}

	return hclwrite.TokensForTraversal(path)
}

// key writes the name of an object's member. Words that mean something in the language are quoted.
func key(name string) hclwrite.Tokens {
	isWord := slices.Contains([]string{"for", "if", "in", "null", "true", "false"}, name)
	if hclsyntax.ValidIdentifier(name) && !isWord {
		return hclwrite.TokensForIdentifier(name)
	}

	return hclwrite.TokensForValue(cty.StringVal(name))
}

// heredoc writes a text of several lines as people do, and reports false if that cannot hold it. A text that does not end with
// a line break needs a function, because this form always does.
func heredoc(value string) (hclwrite.Tokens, bool) {
	body, isWhole := strings.CutSuffix(value, "\n")
	isPlain := func(r rune) bool { return r == '\n' || r == '\t' || unicode.IsPrint(r) }

	if !strings.Contains(body, "\n") || strings.IndexFunc(value, func(r rune) bool { return !isPlain(r) }) >= 0 {
		return nil, false
	}

	word := "EOT"
	for slices.ContainsFunc(strings.Split(body, "\n"), func(line string) bool { return strings.TrimSpace(line) == word }) {
		word += "T"
	}

	escaped := strings.NewReplacer("${", "$${", "%{", "%%{").Replace(body)
	tokens := hclwrite.Tokens{
		{Type: hclsyntax.TokenOHeredoc, Bytes: []byte("<<" + word + "\n")},
		{Type: hclsyntax.TokenStringLit, Bytes: []byte(escaped + "\n")},
		{Type: hclsyntax.TokenCHeredoc, Bytes: []byte(word)},
	}

	if !isWhole {
		tokens = hclwrite.TokensForFunctionCall("chomp", append(tokens, &hclwrite.Token{Type: hclsyntax.TokenNewline, Bytes: []byte("\n")}))
	}

	return tokens, readsAs(tokens, value)
}

// readsAs reports whether the language reads the tokens as the text.
func readsAs(tokens hclwrite.Tokens, value string) bool {
	expression, diags := hclsyntax.ParseExpression(append(tokens.Bytes(), '\n'), "", hcl.InitialPos)
	if diags.HasErrors() {
		return false
	}

	if call, ok := expression.(*hclsyntax.FunctionCallExpr); ok {
		expression = call.Args[0]
		value += "\n"
	}

	read, diags := expression.Value(nil)

	return !diags.HasErrors() && read.RawEquals(cty.StringVal(value))
}

// requiredFirst sorts attributes: those that every block has come first, and of those the short ones.
func requiredFirst(attributes []*tfprotov6.SchemaAttribute) []*tfprotov6.SchemaAttribute {
	turn := func(a *tfprotov6.SchemaAttribute) int {
		switch {
		case !a.Required:
			return 2
		case a.NestedType != nil || !a.Type.Is(tftypes.String):
			return 1
		default:
			return 0
		}
	}

	return slices.SortedStableFunc(slices.Values(attributes), func(a, b *tfprotov6.SchemaAttribute) int {
		return cmp.Or(turn(a)-turn(b), cmp.Compare(a.Name, b.Name))
	})
}

// members returns the members of an object or a map.
func members(v tftypes.Value) map[string]tftypes.Value {
	var found map[string]tftypes.Value

	_ = v.As(&found) // Else it has none.

	return found
}

// elements returns the elements of a list, a set or a tuple. Those of a set are sorted, because platforms change their order.
func elements(v tftypes.Value) []tftypes.Value {
	var found []tftypes.Value

	_ = v.As(&found) // Else it has none.

	if v.Type().Is(tftypes.Set{}) {
		slices.SortStableFunc(found, func(a, b tftypes.Value) int { return compareIDs(text(a), text(b)) })
	}

	return found
}

func number(v tftypes.Value) *big.Float {
	n := new(big.Float)

	_ = v.As(&n) // It is one.

	return n
}
