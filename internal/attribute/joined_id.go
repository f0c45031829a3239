package attribute

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// JoinedID is ID for an object whose id is made of what the configuration says: the values of these attributes, joined by
// slashes. It is known in the plan of a new object if they are.
func JoinedID(description string, of ...string) schema.StringAttribute {
	a := ID(description)
	a.PlanModifiers = append(a.PlanModifiers, joined(of))

	return a
}

type joined []string

// Description says what the modifier does.
func (j joined) Description(context.Context) string {
	return "Joins " + Choices(j...) + "."
}

// MarkdownDescription is Description.
func (j joined) MarkdownDescription(ctx context.Context) string { return j.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (joined) ActsOnChangesOnly() {}

// PlanModifyString plans the id of a new object.
func (j joined) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.State.Raw.IsNull() {
		return
	}

	parts := make([]string, len(j))

	for i, name := range j {
		var part types.String

		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(name), &part)...)

		if !tfvalue.IsSet(part) {
			return
		}

		parts[i] = part.ValueString()
	}

	resp.PlanValue = types.StringValue(strings.Join(parts, "/"))
}
