package promises_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// TestAccEmptyCellsAndDefaults fills what the objects of all types do not set with cells of a CSV file that are empty, and
// with the defaults of a module's variable: one apply, and an empty plan after it.
func TestAccEmptyCellsAndDefaults(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	tf := acctest.NewTerraform(t, []string{"chat"}, nil)
	tf.Env = append(tf.Env, w.Environment(w.URL)...)

	s := &stage{T: t, world: w, Protocol: w.Protocol(t, nil)}
	resources, filled := acctest.Values{}, 0

	for _, sub := range subjects() {
		config := sub.config(s)

		for _, a := range s.Schema(sub.kind).Block.Attributes {
			_, isSet := config[a.Name]
			empty := emptyOf(a)

			switch {
			case a.Name == "adopt_existing":
				config[a.Name] = true // Other subjects may need one of its name.
			case a.Optional && !isSet && !a.WriteOnly && empty != "":
				config[a.Name] = empty
				filled++
			}
		}

		config["provider"] = "chat"
		resources[sub.kind] = acctest.Values{"test": config}
	}

	if filled < 120 {
		t.Errorf("only %d attributes are empty: this test tests little", filled)
	}

	text, err := json.MarshalIndent(acctest.Values{"resource": resources}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}

	writeFile(t, filepath.Join(tf.Dir, "all.tf.json"), string(text), 0o600)
	writeFile(t, filepath.Join(tf.Dir, "main.tf"), onlyChat+`
locals {
  row = csvdecode("name,cell\nMira,\n")[0]
}

variable "none" {
  type = object({
    text   = optional(string)
    flag   = optional(bool)
    number = optional(number)
    list   = optional(list(string), [])
    map    = optional(map(string), {})
    any    = optional(any)
  })
  default = {}
}
`, 0o600)

	tf.Must(t, "init", "-no-color")
	tf.Must(t, "apply", "-auto-approve", "-no-color")
	tf.Must(t, "plan", "-detailed-exitcode", "-no-color")
}

// TestUnknownIsNotRefused gives every attribute of every type a value that is not known yet, as a module's variable is while
// Terraform validates: one by one beside what an object sets, and in place of that.
func TestUnknownIsNotRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t, acctest.Values{"max_retries": 0})

	for _, sub := range subjects() {
		config := sub.config(s)

		for _, a := range s.Schema(sub.kind).Block.Attributes {
			if !a.Optional && !a.Required {
				continue
			}

			diags := s.Validate(sub.kind, with(config, acctest.Values{a.Name: acctest.Unknown{}}))
			if len(diags.Errors()) > 0 {
				t.Errorf("%s.%s: %s", sub.kind, a.Name, diags)
			}
		}
	}
}

// emptyOf returns the expression of an empty value of the attribute's type.
func emptyOf(a *tfprotov6.SchemaAttribute) string {
	switch {
	case a.NestedType != nil:
		return "${null}"
	case a.Type.Is(tftypes.String):
		return "${local.row.cell}"
	case a.Type.Is(tftypes.Bool):
		return "${var.none.flag}"
	case a.Type.Is(tftypes.Number):
		return "${var.none.number}"
	case a.Type.Is(tftypes.DynamicPseudoType):
		return "${var.none.map}"
	case a.Type.Is(tftypes.Map{}):
		return "${var.none.map}"
	case a.Type.Is(tftypes.List{}), a.Type.Is(tftypes.Set{}):
		return "${var.none.list}"
	default:
		return ""
	}
}
