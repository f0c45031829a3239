package plugin

import (
	"bytes"
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// refuseNUL refuses a text or a key with a NUL character, at any depth: no platform stores one, and Chatwoot answers 500.
func (r *releasing) refuseNUL(ctx context.Context, kind string, config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
	if r.types == nil || config == nil || bytes.IndexByte(config.MsgPack, 0) < 0 { // Few configurations have such a byte.
		return nil
	}

	declared := r.types.get(ctx, kind)
	if declared == nil {
		return nil
	}

	value, err := config.Unmarshal(declared.kind)
	if err != nil {
		return nil // What cannot be read is refused by others.
	}

	var (
		diags []*tfprotov6.Diagnostic
		told  = map[tftypes.AttributeName]bool{}
	)

	_ = tftypes.Walk(value, func(at *tftypes.AttributePath, v tftypes.Value) (bool, error) {
		steps := at.Steps()
		if len(steps) == 0 || !hasNUL(steps[len(steps)-1], v) {
			return true, nil
		}

		root, _ := steps[0].(tftypes.AttributeName)
		if !told[root] {
			told[root] = true

			diags = append(diags, &tfprotov6.Diagnostic{
				Severity: tfprotov6.DiagnosticSeverityError, Attribute: tftypes.NewAttributePath().WithAttributeName(string(root)),
				Summary: "NUL character", Detail: "A key or a text has a NUL character (\\u0000) in it, which the platform does not store. Remove it.",
			})
		}

		return true, nil
	})

	return diags
}

// hasNUL reports whether a value, or the key that leads to it, has a NUL character.
func hasNUL(step tftypes.AttributePathStep, v tftypes.Value) bool {
	key, isKey := step.(tftypes.ElementKeyString)
	if isKey && strings.ContainsRune(string(key), 0) {
		return true
	}

	name, isName := step.(tftypes.AttributeName)
	if isName && strings.ContainsRune(string(name), 0) {
		return true
	}

	var text *string

	isText := v.IsKnown() && !v.IsNull() && v.Type().Is(tftypes.String) && v.As(&text) == nil

	return isText && strings.ContainsRune(*text, 0)
}
