package attribute

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Texts is the type of a set of texts that may have hundreds of elements. The framework looks for duplicates by comparing
// each element with each other one, at every step that reads or writes any attribute of the object. Texts finds them by
// their value.
var Texts = textsType{types.SetType{ElemType: types.StringType}}

type textsType struct{ basetypes.SetType }

// Validate refuses duplicates. Terraform sends none.
func (t textsType) Validate(ctx context.Context, in tftypes.Value, at path.Path) diag.Diagnostics {
	if isUnique(in) {
		return nil
	}

	return t.SetType.Validate(ctx, in, at)
}

func isUnique(in tftypes.Value) bool {
	var elements []tftypes.Value
	if !in.IsKnown() || in.As(&elements) != nil {
		return false
	}

	seen := make(map[string]bool, len(elements))

	for _, element := range elements {
		var text string
		if !element.IsKnown() || element.IsNull() || element.As(&text) != nil || seen[text] {
			return false
		}

		seen[text] = true
	}

	return true
}
