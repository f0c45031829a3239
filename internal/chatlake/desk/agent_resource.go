package desk

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*agentResource)(nil)
	_ resource.ResourceWithIdentity    = (*agentResource)(nil)
	_ resource.ResourceWithImportState = (*agentResource)(nil)
)

func newAgentResource() resource.Resource { return &agentResource{account.WithID("chatlake_agent")} }

// dottedDomain is what the platform wants of an address: it refuses ana@localhost.
var dottedDomain = regexp.MustCompile(`@.+\..+$`)

type agentResource struct{ account.ResourceWithID }

func (r *agentResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	roles, availabilities := []string{"agent", "administrator"}, []string{"online", "offline", "busy"}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A user of the account. Somebody new to the installation gets a mail to confirm the address. " +
			"Destroy removes the user from the account, its inboxes and teams; the platform deletes a user who is then in no account, some time later. " +
			"So an agent who is created again in the same run waits until that is done, up to a minute.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/agents/add-a-new-agent).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The user's id."),
			"email": schema.StringAttribute{
				MarkdownDescription: "The address the user signs in with, in lower case. The platform cannot change it: another address is another agent.",
				Required:            true,
				Validators: []validator.String{
					attribute.Email(), attribute.LowerCase(), stringvalidator.UTF8LengthAtMost(account.MaxString),
					stringvalidator.RegexMatches(dottedDomain, "must have a dot in the domain: the platform wants one"),
				},
				PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"name": agentName(),
			"role": attribute.FollowedFrom("agent", "What the user may do: "+attribute.Choices(roles...)+". The platform's default is `agent`.", attribute.Known(roles...)),
			"availability": schema.StringAttribute{
				MarkdownDescription: "How the user is shown: " + attribute.Choices(availabilities...) + ". The platform's default is `online`, and it does not return " +
					"what was set, so a change made elsewhere is not found. Taken out of the configuration, it stays as it is.",
				Optional: true, Computed: true,
				Validators:    attribute.OrEmpty(stringvalidator.OneOf(availabilities...)),
				PlanModifiers: []planmodifier.String{ownership.Plan()},
			},
			"auto_offline": attribute.FollowedFlagFrom(true, "Whether the user is shown as offline while not connected. The platform's default is `true`."),
			"custom_role_id": attribute.FollowedFrom("", "The id of the user's custom role; only on servers that have custom roles. The platform does not check whether the role exists. "+
				"It would take the role away with every change that does not name it, so every change does.", attribute.IntegerID()),
			"adopt_existing": attribute.AdoptExisting("email", false),
		},
	}
}

// key returns the address, by which people know agents.
func (r *agentResource) key() account.Key[api.Agent] {
	return account.Key[api.Agent]{
		Name: "email", Example: "ana@example.com", Of: func(found api.Agent) string { return found.Email }, All: r.Client.Agents,
		IgnoresCase: true,
	}
}

// Create adds the agent to the account, or adopts the one who is in it.
func (r *agentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan agentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, ok := account.Creation[api.Agent, api.AgentRequest]{
		Key: r.key(), Value: plan.Email.ValueString(), Fields: []string{"user_id"}, Allowed: plan.AdoptExisting,
		Request: plan.creation(), Create: r.Client.CreateAgent,
		ChangeOf: plan.changeOf, Update: r.Client.UpdateAgent,
	}.Run(ctx, &r.Resource, &resp.Diagnostics)
	if !ok {
		return
	}

	wanted := plan
	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.finish(ctx, &plan, wanted, created, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// finish sends what the create left undone: the name of somebody whom the installation knew already, and the availability
// of an agent who was adopted.
func (r *agentResource) finish(ctx context.Context, m *agentModel, wanted agentModel, created api.Agent, private ownership.Writer, diags *diag.Diagnostics) {
	if !hasRole(wanted, created, diags) {
		return
	}

	prior := *m
	if wanted.AdoptExisting.ValueBool() {
		prior.Availability = types.StringNull()
	} else {
		m.Name = keepName(ctx, prior.Name, wanted.Name, private, diags)
		prior.Name = m.Name
	}

	change := wanted.changeFrom(prior)
	if change == (api.AgentRequest{}) {
		return
	}

	updated, err := r.Client.UpdateAgent(ctx, created.ID, change)
	if err != nil {
		diags.AddError("Unable to finish agent "+created.ID.String(), apidiag.Detail(err))
		adopt.AddUnfinished(diags, "chatlake_agent", created.ID.String(), "the name or the settings are not")

		return
	}

	m.fromAPI(updated)
}

// hasRole reports whether the agent has the wanted custom role. Servers without custom roles ignore it.
func hasRole(wanted agentModel, found api.Agent, diags *diag.Diagnostics) bool {
	if wanted.CustomRoleID.ValueString() == "" || wanted.CustomRoleID.ValueString() == found.CustomRoleID.String() {
		return true
	}

	diags.AddAttributeError(path.Root("custom_role_id"), fmt.Sprintf("Unable to give agent %s the custom role", found.ID),
		"The platform ignored it, as a server without custom roles does: they came with version 3.13.0, in the enterprise build only. "+
			"Everything else is done. Take custom_role_id out of the configuration; if the agent was just created, `terraform untaint` keeps it.")

	return false
}

// Read refreshes the state.
func (r *agentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state agentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.Agent(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found)

	if imported {
		state.setAvailability(found)
	}

	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *agentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state agentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.AgentRequest{}) {
		updated, err := r.Client.UpdateAgent(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update agent "+state.ID.ValueString(), err)
			return
		}

		hasRole(plan, updated, &resp.Diagnostics)
		plan.fromAPI(updated)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete removes the agent from the account, unless another resource has adopted the agent in this run.
func (r *agentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state agentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	email := state.Email.ValueString()
	err := r.Client.DeleteAgent(ctx, api.ParseID(state.ID.ValueString()), email)
	r.EndDelete(err, state.ID, strings.ToLower(email), &resp.Diagnostics)
}

// ImportState takes an id, the address with email: before it, or an identity.
func (r *agentResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
