package talk

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/dynamicplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
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

	validateSnooze(status, until, &resp.Diagnostics)
}

func validateSnooze(status, until types.String, diags *diag.Diagnostics) {
	if until.ValueString() != "" && !status.IsUnknown() && status.ValueString() != "snoozed" {
		diags.AddAttributeError(path.Root("snoozed_until"), "Only a snoozed conversation has a time to wake up",
			"snoozed_until needs status = \"snoozed\".")
	}
}

// ModifyPlan plans what depends on other attributes: an assignee and a time of snoozing that are not configured stay
// unless status or team change, a time of snoozing in the past is not enforced, and a contact who was merged is followed.
func (r *conversationResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.CheckReleases(ctx, req, &resp.Diagnostics)

	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || resp.Diagnostics.HasError() {
		return
	}

	var plan, state, config conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	refuseOtherSLAPolicy(&state, &config, resp)

	before := plan
	plan.keepAwake(&state, &config)
	plan.keepAssignment(&state, &config)
	followContact(ctx, &plan, &state, req, resp)

	if plan.Status.Equal(before.Status) && plan.SnoozedUntil.Equal(before.SnoozedUntil) && plan.AssigneeID.Equal(before.AssigneeID) && plan.ContactID.Equal(before.ContactID) {
		return
	}

	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("status"), plan.Status)...)
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("snoozed_until"), plan.SnoozedUntil)...)
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("assignee_id"), plan.AssigneeID)...)
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("contact_id"), plan.ContactID)...)
}

// refuseOtherSLAPolicy refuses a policy in place of the one that the conversation has: the server does not change it. A plan that
// opens another conversation is free to.
func refuseOtherSLAPolicy(state, config *conversationModel, resp *resource.ModifyPlanResponse) {
	has, wanted := state.SLAPolicyID.ValueString(), config.SLAPolicyID.ValueString()
	if has == "" || wanted == "" || wanted == has || len(resp.RequiresReplace) > 0 {
		return
	}

	resp.Diagnostics.AddAttributeError(path.Root("sla_policy_id"), "A conversation keeps its SLA policy", fmt.Sprintf(
		"Conversation %s has SLA policy %s, and the platform gives a conversation a policy once: it refuses another one, and to take it away. Nothing was changed.\n\n"+
			"Put %[2]s back, or leave sla_policy_id out, which follows the platform. If policy %[2]s is deleted, the conversation has none, and may get another one then.",
		state.ID.ValueString(), has))
}

// keepAwake plans no change of a conversation that was snoozed until a time that has passed: the platform has reopened it,
// as it was told to.
func (m *conversationModel) keepAwake(state, config *conversationModel) {
	until := instant(config.SnoozedUntil)
	if !until.IsZero() && until.Before(time.Now()) && tfvalue.Same(config.SnoozedUntil, state.SnoozedUntil) {
		m.Status, m.SnoozedUntil = state.Status, state.SnoozedUntil
	}
}

// keepAssignment plans the state's assignee and time of snoozing if they are not configured and nothing changes them. Another
// status has no time of snoozing.
func (m *conversationModel) keepAssignment(state, config *conversationModel) {
	sameStatus, sameTeam := m.Status.Equal(state.Status), m.TeamID.Equal(state.TeamID)

	if config.SnoozedUntil.ValueString() == "" && !config.SnoozedUntil.IsUnknown() {
		switch {
		case sameStatus:
			m.SnoozedUntil = state.SnoozedUntil
		case !m.Status.IsUnknown():
			m.SnoozedUntil = types.StringNull()
		}
	}

	if config.AssigneeID.ValueString() == "" && !config.AssigneeID.IsUnknown() && sameStatus && sameTeam {
		m.AssigneeID = state.AssigneeID
	}
}

// mergedKey is where the private state keeps the contact that a conversation had before its contact was merged.
const mergedKey = "merged_contact"

// followContact keeps a conversation whose contact was merged into another one. Another contact opens another conversation,
// and resolves or deletes this one, which must not happen because agents merged two contacts.
func followContact(ctx context.Context, plan, state *conversationModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	mark, diags := req.Private.GetKey(ctx, mergedKey)
	resp.Diagnostics.Append(diags...)

	gone := strings.Trim(string(mark), `"`)
	if gone == "" || plan.ContactID.Equal(state.ContactID) {
		return
	}

	switch {
	case plan.ContactID.ValueString() == gone:
		plan.ContactID = state.ContactID
		resp.RequiresReplace = slices.DeleteFunc(resp.RequiresReplace, path.Root("contact_id").Equal)
	case plan.ContactID.IsUnknown():
		resp.Diagnostics.AddAttributeError(path.Root("contact_id"), "The contact was merged into another one", fmt.Sprintf(
			"Contact %s was merged into contact %s, which has conversation %s now. The configuration would make a new contact and open another conversation. "+
				"Nothing was changed.\n\nTo go on with this conversation, import contact %[2]s at the address of the contact. To open another one, "+
				"remove the conversation from the state with terraform state rm.", gone, state.ContactID.ValueString(), state.ID.ValueString()))
	}
}

// replaceIfOtherKeys replaces the conversation if the value of a configured key changes. A key that is no longer configured
// stays as it is.
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
	if req.ConfigValue.ValueString() == "" {
		return
	}

	at, err := time.Parse(time.RFC3339, req.ConfigValue.ValueString())
	if err != nil || at.Nanosecond() != 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a time", fmt.Sprintf("%s %s.", req.Path, v.Description(ctx)))
	}
}

// pageAddress refuses a referer that is not the address of a page: the server stores null in its place.
type pageAddress struct{ validator.Dynamic }

var webAddress = regexp.MustCompile(`^https?://`)

// ValidateDynamic refuses what the embedded validator refuses, and a wrong referer.
func (v pageAddress) ValidateDynamic(ctx context.Context, req validator.DynamicRequest, resp *validator.DynamicResponse) {
	v.Dynamic.ValidateDynamic(ctx, req, resp)

	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || req.ConfigValue.IsUnderlyingValueNull() || req.ConfigValue.IsUnderlyingValueUnknown() {
		return
	}

	members, _ := tfvalue.Members(req.ConfigValue.UnderlyingValue())

	referer, isKnown := tfvalue.Unwrap(members["referer"])
	if !isKnown {
		return
	}

	text, isText := referer.(types.String)
	if !isText || !webAddress.MatchString(text.ValueString()) {
		resp.Diagnostics.AddAttributeError(req.Path, "Not the address of a page",
			"The referer must start with https:// or http://: the platform drops any other one. Leave it out, or give the address of a page.")
	}
}
