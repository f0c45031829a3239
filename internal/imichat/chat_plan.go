package imichat

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// What is remembered of a chat beside its state.
const (
	// privateTeam is the team that the chat was made in, or imported from: it tells a changed configuration from a
	// transfer.
	privateTeam = "team"
	// privateImported says that what the platform does not return was never known, and privateListed that neither is
	// what rows of the list lack.
	privateImported = "imported"
	privateListed   = "listed"
)

type privateSetter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

type privateGetter interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

func setTeam(ctx context.Context, private privateSetter, team types.String) diag.Diagnostics {
	value, err := json.Marshal(team.ValueString())
	if err != nil {
		return nil
	}

	return private.SetKey(ctx, privateTeam, value)
}

func mark(ctx context.Context, private privateSetter, key string, on bool) diag.Diagnostics {
	return private.SetKey(ctx, key, strconv.AppendBool(nil, on))
}

func marked(ctx context.Context, private privateGetter, key string) bool {
	value, _ := private.GetKey(ctx, key)
	return string(value) == "true"
}

func firstTeam(ctx context.Context, private privateGetter) (team string) {
	value, _ := private.GetKey(ctx, privateTeam)
	if json.Unmarshal(value, &team) != nil {
		return ""
	}

	return team
}

const (
	unlessUnreadText      = "Another value makes a new chat, except where that of an imported chat could not be read."
	unlessTransferredText = "Another team makes a new chat, except where the chat was transferred from the configured one."
)

// unlessUnread keeps an imported chat from being replaced over something that is not known of it.
func unlessUnread(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.StateValue.IsNull() || !marked(ctx, req.Private, privateListed)
}

func replaceMapOnce() planmodifier.Map {
	return mapplanmodifier.RequiresReplaceIf(func(ctx context.Context, req planmodifier.MapRequest, resp *mapplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.StateValue.IsNull() || !marked(ctx, req.Private, privateListed)
	}, unlessUnreadText, unlessUnreadText)
}

func replaceListOnce() planmodifier.List {
	return listplanmodifier.RequiresReplaceIf(func(ctx context.Context, req planmodifier.ListRequest, resp *listplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.StateValue.IsNull() || !marked(ctx, req.Private, privateImported)
	}, unlessUnreadText, unlessUnreadText)
}

// unlessTransferred replaces a chat only if the configuration changes its team.
func unlessTransferred(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.StateValue.IsNull() &&
		(req.ConfigValue.IsUnknown() || req.ConfigValue.ValueString() != firstTeam(ctx, req.Private))
}

// ModifyPlan refuses what cannot be made, and keeps the plan quiet where nothing is sent.
func (r *chatResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}

	if req.State.Raw.IsNull() {
		r.checkNew(ctx, req.Config, &resp.Diagnostics)
		return
	}

	var config, plan, state chatModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if tfvalue.IsSet(state.TeamID) && tfvalue.IsSet(config.TeamID) && config.TeamID.ValueString() == firstTeam(ctx, req.Private) {
		plan.TeamID = state.TeamID // Transferred: the configured team stands for where the chat began.
	}

	if req.Config.Raw.IsFullyKnown() { // Otherwise nothing can be said yet of what is sent.
		update, problems := plan.updateRequest(ctx, &state)
		resp.Diagnostics.Append(problems...)

		if update.IsEmpty() {
			plan.settle(&state)
		}
	}

	if state.InitialMessages.IsNull() && !plan.InitialMessages.IsNull() && marked(ctx, req.Private, privateImported) {
		resp.Diagnostics.AddAttributeWarning(path.Root("initial_messages"), "Messages are not sent",
			"The chat was imported: its initial_messages are not known, and those of the configuration are taken as having been sent.")
	}

	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// checkNew refuses a new chat that the platform would not make. It reads two attributes in a fraction of the time that all
// of them take: new chats come by the thousand.
func (r *chatResource) checkNew(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	var status, team types.String
	diags.Append(config.GetAttribute(ctx, path.Root("status"), &status)...)
	diags.Append(config.GetAttribute(ctx, path.Root("team_id"), &team)...)

	if status.ValueString() == "closed" {
		diags.AddAttributeError(path.Root("status"), "A new chat cannot be closed",
			"The chat does not exist yet, and one that begins closed makes no sense. Use queued, picked or onhold, or leave status out; a chat that exists can be closed.")
	}

	if team.IsNull() && lacksTeam(r.client) {
		diags.AddAttributeError(path.Root("team_id"), "Missing team",
			"A new chat needs a team. Set team_id here, imichat.team_id in the provider block, or the environment variable IMICHAT_TEAM_ID.")
	}
}

// lacksTeam says that the provider block names no team. One that is not known yet is not missing.
func lacksTeam(client *api.Client) bool {
	return client != nil && client.TeamID == "" && client.Transport.Refuse == nil
}
