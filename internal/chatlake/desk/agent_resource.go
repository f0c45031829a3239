package desk

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*agentResource)(nil)
	_ resource.ResourceWithIdentity    = (*agentResource)(nil)
	_ resource.ResourceWithImportState = (*agentResource)(nil)
)

func newAgentResource() resource.Resource { return &agentResource{account.WithID("chatlake_agent")} }

type agentResource struct{ account.ResourceWithID }

func (r *agentResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	roles, availabilities := []string{"agent", "administrator"}, []string{"online", "offline", "busy"}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A user of the account. Somebody new to the installation gets a mail to confirm the address. " +
			"Destroy takes the user out of the account, its inboxes and teams; the platform deletes who is then in no account at all.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/agents/add-a-new-agent).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The user's id."),
			"email": schema.StringAttribute{
				MarkdownDescription: "The address the user signs in with, in lower case. The platform cannot change it: another address is another agent.",
				Required:            true,
				Validators:          []validator.String{attribute.Email(), attribute.LowerCase(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"name": attribute.Followed("The user's name, in all accounts of the installation. The platform's default is what the address has before the `@`; "+
				"users may change it themselves.", stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"role": attribute.Followed("What the user may do: "+attribute.Choices(roles...)+". The platform's default is `agent`.", stringvalidator.OneOf(roles...)),
			"availability": schema.StringAttribute{
				MarkdownDescription: "How the user is shown: " + attribute.Choices(availabilities...) + ". The platform's default is `online`, and it does not tell " +
					"what was set, so a change made elsewhere is not found. Taken out of the configuration, it stays as it is.",
				Optional:   true,
				Validators: []validator.String{stringvalidator.OneOf(availabilities...)},
			},
			"auto_offline": attribute.FollowedFlag("Whether the user is shown as offline while not connected. The platform's default is `true`."),
			"custom_role_id": attribute.Followed("The id of the user's custom role; only on servers that have custom roles. The platform would take it away with every change "+
				"that does not name it, so every change does.", attribute.IntegerID()),
			"adopt_existing": attribute.AdoptExisting("email", false),
		},
	}
}

func (r *agentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan agentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateAgent(ctx, plan.request(agentModel{}))
	if err != nil {
		var adopted bool

		created, adopted = r.adopt(ctx, plan, err, &resp.Diagnostics)
		if !adopted {
			return
		}
	}

	wanted := plan
	plan.fromAPI(created)
	// Stored before the name is set: if that fails, the agent is known, tainted, and finished after an untaint.
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
	// Who was in another account before keeps the name of there.
	fields := wanted.request(plan)
	if !hasRole(wanted, created, &resp.Diagnostics) || len(fields) == 0 {
		return
	}

	updated, err := r.Client.UpdateAgent(ctx, created.ID, fields)
	if err != nil {
		resp.Diagnostics.AddError("Unable to finish agent "+plan.ID.ValueString(), apidiag.Detail(err)+
			"\n\nThe agent is there; what is missing is the name. `terraform untaint` and another apply finish it in place.")

		return
	}

	plan.fromAPI(updated)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// hasRole says whether the agent has the wanted custom role, which servers without them ignore.
func hasRole(wanted agentModel, found api.Agent, diags *diag.Diagnostics) bool {
	if !tfvalue.IsSet(wanted.CustomRoleID) || wanted.CustomRoleID.ValueString() == found.CustomRoleID.String() {
		return true
	}

	diags.AddAttributeError(path.Root("custom_role_id"), fmt.Sprintf("Unable to give agent %s the custom role", found.ID),
		"The platform ignored it, as a server without custom roles does: they came with version 3.13.0, in the enterprise build only. "+
			"Everything else is done. Take custom_role_id out of the configuration; if the agent was just created, `terraform untaint` keeps it.")

	return false
}

// adopt makes the agent who has the address into the planned one, if it may.
func (r *agentResource) adopt(ctx context.Context, plan agentModel, cause error, diags *diag.Diagnostics) (api.Agent, bool) {
	h := account.Holder{Kind: "chatlake_agent", Key: "email", Value: plan.Email.ValueString()}

	var found api.Agent

	if account.KeyMayBeTaken(cause, "user_id") { // The server says that the user is taken, not the address.
		agents, _ := r.Client.Agents(ctx) // Without the list, the first failure stands.
		for _, agent := range agents {
			if strings.EqualFold(agent.Email, h.Value) {
				found, h.ID = agent, agent.ID
			}
		}
	}

	prior := plan
	prior.fromAPI(found)

	h.Same = len(plan.request(prior)) == 0
	if !account.MayAdopt(diags, "create agent "+h.Value, cause, plan.AdoptExisting, h) {
		return found, false
	}

	if transport.IsLost(cause) && !plan.AdoptExisting.ValueBool() {
		return found, true // Sent with the create.
	}

	prior.Availability = plan.Availability

	fields := plan.request(prior)
	if !plan.Availability.IsNull() {
		fields["availability"] = plan.Availability.ValueString() // Nobody can tell which one is set.
	}

	if len(fields) == 0 {
		return found, true
	}

	updated, err := r.Client.UpdateAgent(ctx, found.ID, fields)
	apidiag.Add(diags, fmt.Sprintf("update agent %s", found.ID), err)

	return updated, err == nil
}

func (r *agentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state agentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.Agent(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read agent "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *agentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state agentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateAgent(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update agent "+state.ID.ValueString(), err)
			return
		}

		hasRole(plan, updated, &resp.Diagnostics)
		plan.fromAPI(updated)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *agentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state agentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteAgent(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete agent "+state.ID.ValueString(), err)
	}
}
