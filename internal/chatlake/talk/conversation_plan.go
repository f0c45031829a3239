package talk

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/dynamicplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// ValidateConfig refuses a time of snoozing for what is not to be snoozed.
func (r *conversationResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var until, status types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("snoozed_until"), &until)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("status"), &status)...)

	if tfvalue.IsSet(until) && !status.IsUnknown() && status.ValueString() != "snoozed" {
		resp.Diagnostics.AddAttributeError(path.Root("snoozed_until"), "Only a snoozed conversation has a time to wake up",
			"snoozed_until needs status = \"snoozed\".")
	}
}

// ModifyPlan leaves open what a change of the status or the team may change as well: the server picks another assignee,
// and forgets the time of snoozing.
func (r *conversationResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.CheckReleases(ctx, req, &resp.Diagnostics)

	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}

	var plan, state, config conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	settledStatus, settledTeam := plan.Status.Equal(state.Status), plan.TeamID.Equal(state.TeamID)
	if config.SnoozedUntil.IsNull() && settledStatus {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("snoozed_until"), state.SnoozedUntil)...)
	}

	if config.AssigneeID.IsNull() && settledStatus && settledTeam {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("assignee_id"), state.AssigneeID)...)
	}
}

// replaceIfKnown replaces when a configured value is another one than what is known: after an import the platform may not
// tell.
func replaceIfKnown() planmodifier.String {
	const description = "Replaces the object if the value changes."

	return stringplanmodifier.RequiresReplaceIf(
		func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			resp.RequiresReplace = !req.ConfigValue.IsNull() && !req.StateValue.IsNull()
		}, description, description)
}

// replaceIfOtherKeys replaces when a configured key changes; one that is no longer configured stays as it is, as do those
// that an import found besides.
func replaceIfOtherKeys() planmodifier.Dynamic {
	const description = "Replaces the object if the value of a configured key changes."

	return dynamicplanmodifier.RequiresReplaceIf(
		func(_ context.Context, req planmodifier.DynamicRequest, resp *dynamicplanmodifier.RequiresReplaceIfFuncResponse) {
			wanted, diags := tfvalue.JSONObject(req.ConfigValue)
			known, problems := tfvalue.JSONObject(req.StateValue)
			resp.Diagnostics.Append(append(diags, problems...)...)
			resp.RequiresReplace = req.ConfigValue.IsUnknown() || len(account.ChangedKeys(known, wanted)) > 0
		}, description, description)
}

// timeText accepts an instant to the second.
type timeText struct{}

// rfc3339 accepts an instant in RFC 3339, to the second.
func rfc3339() validator.String { return timeText{} }

// Description says what is accepted.
func (timeText) Description(context.Context) string {
	return "must be a time to the second, in RFC 3339, such as \"2030-01-31T09:00:00Z\""
}

// MarkdownDescription is Description.
func (v timeText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString refuses what is no such time.
func (v timeText) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfvalue.IsSet(req.ConfigValue) {
		return
	}

	at, err := time.Parse(time.RFC3339, req.ConfigValue.ValueString())
	if err != nil || at.Nanosecond() != 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a time", fmt.Sprintf("The value %s; this is %q.", v.Description(ctx), req.ConfigValue.ValueString()))
	}
}
