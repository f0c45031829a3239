package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*agentBotResource)(nil)
	_ resource.ResourceWithIdentity    = (*agentBotResource)(nil)
	_ resource.ResourceWithImportState = (*agentBotResource)(nil)
)

func newAgentBotResource() resource.Resource {
	return &agentBotResource{account.WithID("chatlake_agent_bot")}
}

type agentBotResource struct{ account.ResourceWithID }

func (r *agentBotResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A program that answers in inboxes: an inbox names it as `agent_bot_id`. Destroy deletes it; inboxes and conversations lose it. " +
			"Bots that belong to the whole installation can be used, but not managed here.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/account-agentbots/create-an-agent-bot).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The bot's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "The bot's name. Several may have the same one.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description":  account.ManagedText("What the bot does.", account.MaxString),
			"outgoing_url": account.ManagedText("Where the platform posts what happens in the bot's inboxes.", 2048, attribute.URL()),
			"bot_type":     attribute.FollowedFrom("webhook", "The kind of bot. The platform knows only `webhook`.", attribute.Known("webhook")),
			"bot_config":   account.ManagedSecretObject("Any object, whole: a key that is not in it is removed. It is sensitive. Needs version 4.1.0 of the server."),
			"avatar":       account.Avatar.Attribute("The bot's picture. Servers before 4.1.0 do not tell when somebody has put another one there.", path.MatchRoot("avatar_url")),
			"avatar_url": schema.StringAttribute{
				MarkdownDescription: "Where the platform fetches a picture, in the background. It cannot be read back, and stays when it is taken out of the configuration.",
				Optional:            true, Validators: attribute.OrEmpty(attribute.URL()),
			},
			"access_token": attribute.StableSecret("What the bot signs its requests with. The platform makes it up."),
			"secret":       attribute.StableSecret("The key that signs what is posted to `outgoing_url`. Only administrators see it. Needs version 4.13.0 of the server."),
		},
	}
}

// key returns the name, by which people know them. Several may have the same.
func (r *agentBotResource) key() account.Key[api.AgentBot] {
	return account.Key[api.AgentBot]{
		Name: "name", Example: "Helper", Of: func(found api.AgentBot) string { return found.Name }, All: r.Client.AgentBots,
	}
}

// Create creates the agent bot.
func (r *agentBotResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan agentBotModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	picture := account.Avatar.Open(ctx, types.StringNull(), plan.Avatar, nil, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateAgentBot(ctx, plan.changeFrom(agentBotModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create agent bot", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created, true)
	plan.Avatar = account.Avatar.SendNew(ctx, "chatlake_agent_bot", plan.ID, plan.Avatar, picture, resp.Private, &resp.Diagnostics, r.sendAvatar(created.ID))
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// sendAvatar returns the call that puts a picture on a bot.
func (r *agentBotResource) sendAvatar(id api.ID) account.SendPicture {
	return func(ctx context.Context, file api.File) (string, error) {
		updated, err := r.Client.SetAgentBotAvatar(ctx, id, file)
		return updated.Thumbnail, err
	}
}

// like finds bots that are as planned.
func (r *agentBotResource) like(plan agentBotModel) account.Keyless[api.AgentBot] {
	return account.Keyless[api.AgentBot]{Type: "chatlake_agent_bot", All: r.Client.AgentBots, IsPlanned: func(found api.AgentBot) bool {
		prior := plan
		prior.fromAPI(found, false)

		return plan.changeFrom(prior) == (api.AgentBotRequest{})
	}}
}

// Read refreshes the state.
func (r *agentBotResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state agentBotModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.AgentBot(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	if imported && found.IsOfInstallation() {
		resp.Diagnostics.AddError("Unable to import agent bot "+id.String(), "It belongs to the whole installation, and cannot be changed from an account. The data source chatlake_agent_bot reads it.")
		return
	}

	state.fromAPI(found, imported)
	state.Avatar = account.Avatar.Follow(ctx, state.Avatar, found.Thumbnail, req.Private, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *agentBotResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state agentBotModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	id := api.ParseID(state.ID.ValueString())

	picture := account.Avatar.Open(ctx, state.Avatar, plan.Avatar, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.AgentBotRequest{}) {
		updated, err := r.Client.UpdateAgentBot(ctx, id, change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update agent bot "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	if !account.Avatar.Send(ctx, "agent bot "+id.String(), picture, resp.Private, &resp.Diagnostics, r.sendAvatar(id)) {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the agent bot.
func (r *agentBotResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state agentBotModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.DeleteAgentBot(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the name with its value, or an identity.
func (r *agentBotResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
