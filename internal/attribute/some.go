package attribute

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Some refuses a list or a set without elements, for what is required.
type Some struct{}

// Description says what is accepted.
func (Some) Description(context.Context) string { return "must have at least 1 element" }

// MarkdownDescription is Description.
func (s Some) MarkdownDescription(ctx context.Context) string { return s.Description(ctx) }

// ValidateList counts the elements.
func (s Some) ValidateList(ctx context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() {
		s.validate(ctx, req.Path, len(req.ConfigValue.Elements()), &resp.Diagnostics)
	}
}

// ValidateSet counts the elements.
func (s Some) ValidateSet(ctx context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() {
		s.validate(ctx, req.Path, len(req.ConfigValue.Elements()), &resp.Diagnostics)
	}
}

func (s Some) validate(ctx context.Context, at path.Path, elements int, diags *diag.Diagnostics) {
	if elements == 0 {
		diags.AddAttributeError(at, "Empty "+at.String(), fmt.Sprintf("%s %s. It is required, so it cannot be empty.", at, s.Description(ctx)))
	}
}
