package export

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	"pgregory.net/rapid"
)

var nothing = &expressions{kind: "chatlake_label", refer: func(target, string) (string, bool) { return "", false }}

// evaluate reads an expression as Terraform does.
func evaluate(t interface{ Fatalf(string, ...any) }, tokens hclwrite.Tokens) cty.Value {
	file, diags := hclsyntax.ParseConfig(hclwrite.Format(append([]byte("v = "), append(tokens.Bytes(), '\n')...)), "", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%s: %s", tokens.Bytes(), diags)
	}

	attributes, _ := file.Body.JustAttributes()

	value, diags := attributes["v"].Expr.Value(&hcl.EvalContext{Functions: map[string]function.Function{"chomp": stdlib.ChompFunc}})
	if diags.HasErrors() {
		t.Fatalf("%s: %s", tokens.Bytes(), diags)
	}

	return value
}

// texts are what people write, and what a language of configurations stumbles over.
var texts = []string{
	"", "plain", `a "quoted" \ word`, "${x}", "$${x}", "$$${x}", "%{if}", "%%{if}", "$", "${", "{{ name }}", "a\nb", "a\nb\n", "a\n\nb\n\n", "\n", "\n\n",
	"EOT\nEOT\n", "a\n  EOT\nb", "  indented\n\tby tab\n", "a\r\nb\r\n", "Grüße 👋🏽 日本語\nשלום\n", "a\x00b", "\u00a0\n\u2028", "${a}\n%{b}\n$${c}\n%%{d}", "\\n\n\\",
}

func TestText(t *testing.T) {
	for _, value := range texts {
		checkText(t, value)
	}

	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.OneOf(rapid.String(), rapid.SampledFrom(append(texts, "$", "%", "{", "\n", "EOT", " ", "~")))
		checkText(t, strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), ""))
	})
}

func checkText(t interface {
	Fatalf(string, ...any)
	Errorf(string, ...any)
}, value string,
) {
	want := cty.StringVal(value)

	quoted := evaluate(t, nothing.plain(tftypes.NewValue(tftypes.String, value), target{}, false))
	if !quoted.RawEquals(want) {
		t.Errorf("%q is written as %#v", value, quoted)
	}

	tokens, ok := heredoc(value)
	if ok && !evaluate(t, tokens).RawEquals(want) {
		t.Errorf("%q is written as %s", value, tokens.Bytes())
	}
}

func TestHeredoc(t *testing.T) {
	for value, want := range map[string]string{
		"a\nb\n":   "<<EOT\na\nb\nEOT",
		"a\n$b\n":  "<<EOT\na\n$b\nEOT",
		"${\n%{\n": "<<EOT\n$${\n%%{\nEOT",
		"a\nEOT\n": "<<EOTT\na\nEOT\nEOTT",
		"a\nb":     "chomp(<<EOT\na\nb\nEOT\n)",
		"a":        "",
		"a\n":      "",
		"a\r\nb\n": "",
	} {
		tokens, ok := heredoc(value)
		if ok != (want != "") || ok && string(tokens.Bytes()) != want {
			t.Errorf("%q: %s, %t", value, tokens.Bytes(), ok)
		}
	}
}

// TestPlain writes values of any type, and references in the steps of rules.
func TestPlain(t *testing.T) {
	object := func(members map[string]tftypes.Value) tftypes.Value {
		kinds := map[string]tftypes.Type{}
		for name, member := range members {
			kinds[name] = member.Type()
		}

		return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, members)
	}
	tuple := func(elements ...tftypes.Value) tftypes.Value {
		kinds := make([]tftypes.Type, len(elements))
		for i, element := range elements {
			kinds[i] = element.Type()
		}

		return tftypes.NewValue(tftypes.Tuple{ElementTypes: kinds}, elements)
	}
	str := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	num := func(n int) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }
	step := func(name, params string, value tftypes.Value) tftypes.Value {
		key := "action_name"
		if params == "values" {
			key = "attribute_key"
		}

		return object(map[string]tftypes.Value{key: str(name), params: value})
	}

	x := &expressions{kind: "chatlake_macro", refer: func(t target, value string) (string, bool) {
		return t.kind + ".x." + t.attribute, t.kind != "" && (value == "1" || value == "vip")
	}}

	for _, c := range []struct {
		value tftypes.Value
		want  string
	}{
		{tuple(), "[]"},
		{object(nil), "{}"},
		{object(map[string]tftypes.Value{"for": num(1), "a b": str("x"), "c": tftypes.NewValue(tftypes.Bool, true), "n": tftypes.NewValue(tftypes.String, nil)}), `{ "a b" = "x", c = true, "for" = 1, n = null }`},
		{tftypes.NewValue(tftypes.Number, 1e21), "1000000000000000000000"},
		{tftypes.NewValue(tftypes.Number, 0.25), "0.25"},
		{tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{str("10"), str("9")}), `["9", "10"]`},
		{step("assign_team", "action_params", tuple(str("1"), str("2"))), `{ action_name = "assign_team", action_params = [chatlake_team.x.id, "2"] }`},
		{step("add_label", "action_params", tuple(str("vip"))), `{ action_name = "add_label", action_params = [chatlake_label.x.title] }`},
		{step("send_message", "action_params", tuple(str("1"))), `{ action_name = "send_message", action_params = ["1"] }`},
		{step("team_id", "values", tuple(num(1))), `{ attribute_key = "team_id", values = [tonumber(chatlake_team.x.id)] }`},
		{
			step("send_email_to_team", "action_params", tuple(object(map[string]tftypes.Value{"message": str("1"), "team_ids": tuple(str("1"))}))),
			`{ action_name = "send_email_to_team", action_params = [{ message = "1", team_ids = [chatlake_team.x.id] }] }`,
		},
	} {
		got := strings.Join(strings.Fields(string(hclwrite.Format(x.plain(c.value, target{}, true).Bytes()))), " ")

		want := strings.NewReplacer(", ", " ", "[{", "[{", "}]", "}]").Replace(c.want)
		if strings.ReplaceAll(got, ",", "") != strings.ReplaceAll(want, ",", "") {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
