package imichat

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
)

// ActsOnChangesOnly marks a ModifyPlan that changes nothing in a plan that is equal to the state.
func (r *chatResource) ActsOnChangesOnly() {}

// ModifyPlan refuses what cannot be made, and plans what one attribute alone does not tell. It reads single attributes:
// chats come by the thousand, and most plans change nothing.
func (r *chatResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	switch {
	case req.Plan.Raw.IsNull():
	case req.State.Raw.IsNull():
		resp.Diagnostics.Append(r.planCreate(ctx, req, resp)...)
	case !req.Plan.Raw.Equal(req.State.Raw):
		resp.Diagnostics.Append(r.planUpdate(ctx, req, resp)...)
	}
}

// planCreate refuses a new chat that the platform would not make, and fills in the provider's team.
func (r *chatResource) planCreate(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) diag.Diagnostics {
	var (
		status, team types.String
		diags        diag.Diagnostics
	)

	diags.Append(req.Config.GetAttribute(ctx, path.Root("status"), &status)...)
	diags.Append(req.Config.GetAttribute(ctx, path.Root("team_id"), &team)...)

	if status.ValueString() == api.StatusClosed {
		diags.AddAttributeError(path.Root("status"), "A new chat cannot be closed",
			"The chat does not exist yet. Use queued, picked or onhold, or leave status out; a chat that exists can be closed.")
	}

	switch {
	case !isEmpty(team):
	case lacksTeam(r.client):
		diags.AddAttributeError(path.Root("team_id"), "Missing team",
			"A new chat needs a team. Set team_id here, imichat.team_id in the provider block, or the environment variable IMICHAT_TEAM_ID.")
	case team.IsNull() && r.client != nil && r.client.TeamID != "":
		diags.Append(resp.Plan.SetAttribute(ctx, path.Root("team_id"), r.client.TeamID)...)
	}

	return diags
}

// lacksTeam reports whether the provider block names no team. A team that is not known yet is not missing.
func lacksTeam(client *api.Client) bool {
	return client != nil && client.TeamID == "" && client.Transport.Refuse == nil
}

// planUpdate plans what a change of one attribute does to others.
func (r *chatResource) planUpdate(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) diag.Diagnostics {
	diags := unknownIfChanged(ctx, req, resp, "assignee", "status")
	diags.Append(unknownIfChanged(ctx, req, resp, "status", "assignee")...)
	diags.Append(r.planTeam(ctx, req, resp)...)

	var planned, prior types.List

	diags.Append(req.Plan.GetAttribute(ctx, path.Root("initial_messages"), &planned)...)
	diags.Append(req.State.GetAttribute(ctx, path.Root("initial_messages"), &prior)...)

	if prior.IsNull() && !isEmpty(planned) && hasFlag(ctx, req.Private, privateImported) {
		diags.AddAttributeWarning(path.Root("initial_messages"), "Messages are not sent",
			"The chat was imported. Its initial_messages are not known, and those of the configuration are taken as having been sent.")
	}

	return diags
}

// unknownIfChanged plans an attribute that is not configured as unknown if another one changes. On the platform, an assignee
// picks a waiting chat, and a status may release it.
//
// Unverified: which status follows which assignee.
func unknownIfChanged(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, changed, follows string) diag.Diagnostics {
	var planned, prior, config types.String

	diags := req.Plan.GetAttribute(ctx, path.Root(changed), &planned)
	diags.Append(req.State.GetAttribute(ctx, path.Root(changed), &prior)...)
	diags.Append(req.Config.GetAttribute(ctx, path.Root(follows), &config)...)

	if !isEmpty(planned) && !planned.Equal(prior) && config.IsNull() {
		diags.Append(resp.Plan.SetAttribute(ctx, path.Root(follows), types.StringUnknown())...)
	}

	return diags
}

// planTeam replaces a chat whose configuration names another team, unless the provider may transfer it.
func (r *chatResource) planTeam(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) diag.Diagnostics {
	var planned, prior types.String

	diags := req.Plan.GetAttribute(ctx, path.Root("team_id"), &planned)
	diags.Append(req.State.GetAttribute(ctx, path.Root("team_id"), &prior)...)

	if prior.IsNull() || isEmpty(planned) || planned.Equal(prior) {
		return diags
	}

	if r.client != nil && r.client.UseTransferAPI {
		diags.Append(resp.Plan.SetAttribute(ctx, path.Root("team_name"), types.StringUnknown())...)
		return diags
	}

	resp.RequiresReplace.Append(path.Root("team_id"))

	return diags
}

// keepTransferred keeps the team of a chat that agents have transferred: the configured team stands for where it began.
func keepTransferred() keeping {
	return keeping{modifier{
		"Another team makes a new chat, or transfers it. A transfer by agents is no change.",
		func(ctx context.Context, p proposal) (attr.Value, bool) {
			config, _ := p.config.(types.String)
			isFirst := config.ValueString() == getText(ctx, p.private, privateTeam)

			switch {
			case p.isNew || p.config.IsUnknown():
				return p.plan, false
			case p.config.IsNull(), !p.state.IsNull() && (isEmpty(p.config) || isFirst):
				return p.state, false
			default:
				return p.plan, false
			}
		},
	}}
}

// sendAtCreation returns the modifier of the messages that a new chat begins with. Removing them sends nothing. Those of an
// imported chat are not known, so the configured ones are taken.
func sendAtCreation() keeping {
	return keeping{modifier{"Other messages make a new chat.", func(ctx context.Context, p proposal) (attr.Value, bool) {
		switch {
		case p.isNew || isEmpty(p.config):
			return p.plan, false
		case p.isSame(ctx):
			return p.keep(), false
		default:
			return p.plan, !p.state.IsNull() || !hasFlag(ctx, p.private, privateImported)
		}
	}}}
}
