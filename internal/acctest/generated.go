package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Generated returns the configuration that Terraform writes for an imported object: what can be configured and is not secret.
func (p *Protocol) Generated(imported Object) Values {
	config, _ := generated(p.Schema(imported.Type).Block.Attributes, imported.State).(Values)
	return config
}

func generated(attributes []*tfprotov6.SchemaAttribute, value tftypes.Value) any {
	if value.IsNull() || !value.IsKnown() {
		return nil
	}

	fields := map[string]tftypes.Value{}
	if value.As(&fields) != nil {
		return nil
	}

	config := Values{}

	for _, a := range attributes {
		isOutput := a.Computed && !a.Optional
		if isOutput || a.Sensitive || a.WriteOnly {
			continue
		}

		if a.NestedType == nil {
			config[a.Name] = plainValue(fields[a.Name])
			continue
		}

		config[a.Name] = generatedNested(a.NestedType, fields[a.Name])
	}

	return config
}

func generatedNested(nested *tfprotov6.SchemaObject, value tftypes.Value) any {
	if value.IsNull() {
		return nil
	}

	switch nested.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		return generated(nested.Attributes, value)
	case tfprotov6.SchemaObjectNestingModeMap:
		rows, out := map[string]tftypes.Value{}, Values{}
		if value.As(&rows) != nil {
			return nil
		}

		for key, row := range rows {
			out[key] = generated(nested.Attributes, row)
		}

		return out
	default:
		var rows []tftypes.Value
		if value.As(&rows) != nil {
			return nil
		}

		out := []any{}
		for _, row := range rows {
			out = append(out, generated(nested.Attributes, row))
		}

		return out
	}
}
