package platform

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	dschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ resource.ResourceWithConfigure   = (*agentBotResource)(nil)
	_ resource.ResourceWithIdentity    = (*agentBotResource)(nil)
	_ resource.ResourceWithImportState = (*agentBotResource)(nil)
)

func newAgentBotResource() resource.Resource {
	return &agentBotResource{of("chatlake_platform_agent_bot")}
}

type agentBotResource struct{ aboveAccounts }

const maxAddress = 2048

// agentBotModel is a bot in a configuration and in state.
type agentBotModel struct {
	agentBotData

	AccessToken types.String `tfsdk:"access_token"`
}

// agentBotData is what data sources tell of a bot.
type agentBotData struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	OutgoingURL types.String `tfsdk:"outgoing_url"`
	AccountID   types.String `tfsdk:"account_id"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *agentBotData) fromAPI(found api.PlatformAgentBot, everything bool) {
	owner := api.ID(0)
	if found.AccountID != nil {
		owner = *found.AccountID
	}

	m.ID = types.StringValue(found.ID.String())
	m.Name = tfvalue.StringOrNull(found.Name)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.OutgoingURL = account.Track(everything, m.OutgoingURL, tfvalue.StringOrNull(found.OutgoingURL))
	m.AccountID = account.Track(everything, m.AccountID, account.IDOrNull(owner))
}

func (m *agentBotModel) fromAPI(found api.PlatformAgentBot, everything bool) {
	m.agentBotData.fromAPI(found, everything)
	m.AccessToken = tfvalue.StringOrNull(found.AccessToken)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a bot.
func (m *agentBotData) changeFrom(prior agentBotData) api.PlatformAgentBotRequest {
	return api.PlatformAgentBotRequest{
		Name:        account.TextChange(prior.Name, m.Name),
		Description: account.TextChange(prior.Description, m.Description),
		OutgoingURL: account.TextChange(prior.OutgoingURL, m.OutgoingURL),
		AccountID:   account.IDChange(prior.AccountID, m.AccountID),
	}
}

func (r *agentBotResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A bot of the whole server, or of one account, by the platform API. An account sees a bot of the whole server, and cannot change it. " +
			"Destroy deletes it; inboxes and conversations lose it. " +
			"The platform checks nothing: neither the name nor whether the account exists. Its picture cannot be read back, and is not managed.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/agentbots/create-an-agent-bot).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The bot's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "The bot's name. Several may have the same one.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description":  account.ManagedText("What the bot does.", account.MaxString),
			"outgoing_url": account.ManagedText("Where the platform posts what happens in the bot's inboxes.", maxAddress, attribute.URL()),
			"account_id":   account.Managed(schema.StringAttribute{MarkdownDescription: "The id of the account that the bot belongs to. Without one, all accounts may use it.", Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID())}),
			"access_token": attribute.StableSecret("What the bot signs its requests with. The platform makes it up."),
		},
	}
}

// Create creates the bot.
func (r *agentBotResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan agentBotModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.client.CreateAgentBot(ctx, plan.changeFrom(agentBotData{}))
	if err != nil {
		r.addError(&resp.Diagnostics, "create", "", err)
		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.keepCreate(ctx, req, resp)
}

// Read refreshes the state.
func (r *agentBotResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state agentBotModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported := r.startRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.client.AgentBot(ctx, api.ParseID(state.ID.ValueString()))
	if !r.isFound(ctx, err, state.ID.ValueString(), resp) {
		return
	}

	state.fromAPI(found, imported)
	storeFound(ctx, req, resp, before, state, imported)
}

// Update sends what changed.
func (r *agentBotResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state agentBotModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state.agentBotData)
	if change != (api.PlatformAgentBotRequest{}) {
		updated, err := r.client.UpdateAgentBot(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			r.addError(&resp.Diagnostics, "update", state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.keepUpdate(ctx, req, resp)
}

// Delete deletes the bot.
func (r *agentBotResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state agentBotModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.client.DeleteAgentBot(ctx, api.ParseID(state.ID.ValueString()))
	r.endDelete(&resp.Diagnostics, state.ID.ValueString(), err)
}

// agentBotSources are the data sources chatlake_platform_agent_bot and chatlake_platform_agent_bots.
var agentBotSources = lookup.Sources[api.Platform, api.PlatformAgentBot, agentBotData]{
	Type: "chatlake_platform_agent_bot", Plural: "chatlake_platform_agent_bots", ListName: "agent_bots",
	Description:       "A bot that the platform app made or was given, by id or name.",
	PluralDescription: "All bots that the platform app made or was given.",
	ListDescription:   "The bots, by id.",
	Attributes: map[string]dschema.Attribute{
		"id":           attribute.Found("The bot's id."),
		"name":         attribute.Found("The bot's name."),
		"description":  attribute.Found("What the bot does."),
		"outgoing_url": attribute.Found("Where the platform posts what happens in the bot's inboxes."),
		"account_id":   attribute.Found("The id of the account that the bot belongs to; null if all may use it."),
	},
	Keys: []lookup.Key[api.PlatformAgentBot]{
		{
			Name: "id", Attribute: attribute.Lookup("The bot's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(found api.PlatformAgentBot) string { return found.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("The bot's name."),
			Of: func(found api.PlatformAgentBot) string { return found.Name },
		},
	},
	Client: clientOf,
	All: func(ctx context.Context, client *api.Platform, _ string) ([]api.PlatformAgentBot, error) {
		return client.AgentBots(ctx)
	},
	Model: func(found api.PlatformAgentBot, _ string) agentBotData {
		var m agentBotData
		m.fromAPI(found, true)

		return m
	},
}

var agentBotList = lookup.Listing[*api.Platform, api.PlatformAgentBot, agentBotModel]{
	Type: "chatlake_platform_agent_bot", Noun: "agent bots",
	Description: "All bots that the platform app made or was given. Those of one account only, its own token lists as `chatlake_agent_bot`.",
	Client:      clientOf,
	Objects: func(ctx context.Context, client *api.Platform, _ lookup.Arguments) iter.Seq2[api.PlatformAgentBot, error] {
		return lookup.Each(func() ([]api.PlatformAgentBot, error) { return client.AgentBots(ctx) })
	},
	Name:     func(found api.PlatformAgentBot) string { return found.Name },
	Identity: identityOf[api.PlatformAgentBot],
	Fill: func(_ context.Context, _ *api.Platform, m *agentBotModel, found api.PlatformAgentBot, _ *diag.Diagnostics) bool {
		m.fromAPI(found, true)
		return true
	},
}
