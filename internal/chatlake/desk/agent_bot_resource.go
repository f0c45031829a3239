package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
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
				MarkdownDescription: "What the bot is called. Several may have the same name.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description":  attribute.OptionalText("What the bot does.", account.MaxString),
			"outgoing_url": attribute.OptionalText("Where the platform posts what happens in the bot's inboxes.", 2048, attribute.URL()),
			"bot_type":     fixedChoice("The kind of bot. The platform knows only `webhook`.", []string{"webhook"}),
			"bot_config":   account.JSONObjectAttribute("Any object, whole: what is not in it is removed."),
			"avatar_url": schema.StringAttribute{
				MarkdownDescription: "Where the platform fetches a picture, in the background. It cannot be read back, and stays when it is taken out of the configuration.",
				Optional:            true, Validators: []validator.String{attribute.URL()},
			},
			"access_token": attribute.StableSecret("What the bot signs its requests with. The platform makes it up."),
			"secret":       attribute.StableSecret("The key that signs what is posted to `outgoing_url`. Only administrators see it. Needs version 4.13.0 of the server."),
		},
	}
}

func (r *agentBotResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan agentBotModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateAgentBot(ctx, plan.request(agentBotModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create agent bot "+plan.Name.ValueString(), err)
		return
	}

	plan.fromAPI(created, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *agentBotResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state agentBotModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.AgentBot(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read agent bot "+state.ID.ValueString(), err)
		return
	}

	if state.Name.IsNull() && found.SystemBot {
		resp.Diagnostics.AddError("Unable to import agent bot "+state.ID.ValueString(), "It belongs to the whole installation, and cannot be changed from an account. The data source chatlake_agent_bot reads it.")
		return
	}

	state.fromAPI(found, state.Name.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *agentBotResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state agentBotModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateAgentBot(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update agent bot "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *agentBotResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state agentBotModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteAgentBot(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete agent bot "+state.ID.ValueString(), err)
	}
}
