package kommunicate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// orEmpty accepts "" besides what the validator accepts: it means that the attribute is not set.
func orEmpty(other validator.String) validator.String { return emptyValidator{other} }

type emptyValidator struct{ validator.String }

// ValidateString checks texts that are not empty.
func (v emptyValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsUnknown() || req.ConfigValue.ValueString() == "" {
		return
	}

	v.String.ValidateString(ctx, req, resp)
}

// keepSameMeaning keeps the state's spelling of a text that means the same: another case of an e-mail address, or another
// spelling of a phone number.
func keepSameMeaning() planmodifier.String { return sameMeaning{} }

type sameMeaning struct{}

// Description says what the modifier does.
func (sameMeaning) Description(context.Context) string {
	return "Keeps the value if the new one means the same."
}

// MarkdownDescription is Description.
func (m sameMeaning) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString plans a text.
func (sameMeaning) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if tfvalue.IsSet(req.StateValue) && tfvalue.IsSet(req.PlanValue) && tfvalue.Same(req.StateValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}

const sendsAgain = "Sends a new message if the value changes."

// replaceChangedString sends a new message if the text means something else.
func replaceChangedString() planmodifier.String {
	return stringplanmodifier.RequiresReplaceIf(
		func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			resp.RequiresReplace = !tfvalue.Same(req.StateValue, req.PlanValue)
		}, sendsAgain, sendsAgain)
}

// replaceChangedMap sends a new message if the map means something else. An empty map means the same as none.
func replaceChangedMap() planmodifier.Map {
	return mapplanmodifier.RequiresReplaceIf(
		func(_ context.Context, req planmodifier.MapRequest, resp *mapplanmodifier.RequiresReplaceIfFuncResponse) {
			resp.RequiresReplace = !tfvalue.Same(req.StateValue, req.PlanValue)
		}, sendsAgain, sendsAgain)
}
