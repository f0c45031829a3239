package desk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ resource.ResourceWithConfigure   = (*teamResource)(nil)
	_ resource.ResourceWithIdentity    = (*teamResource)(nil)
	_ resource.ResourceWithImportState = (*teamResource)(nil)
)

func newTeamResource() resource.Resource { return &teamResource{account.WithID("chatlake_team")} }

type teamResource struct{ account.ResourceWithID }

func (r *teamResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A team of agents. Destroy deletes it; its conversations belong to no team afterwards.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/teams/create-a-team).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The team's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "The team's name, and its key in the account. The platform stores it in lower case, so capitals are refused.",
				Required:            true,
				Validators:          []validator.String{attribute.NotEmpty(), attribute.LowerCase(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description":       account.ManagedText("What the team does.", account.MaxText),
			"allow_auto_assign": attribute.FollowedFlagFrom(true, "Whether conversations of the team are assigned to its members automatically. The platform's default is `true`."),
			"member_ids":        account.MemberIDs("team", "The ids of the agents in the team"),
			"adopt_existing":    attribute.AdoptExisting("name", false),
		},
	}
}

// key returns the name, by which people know teams.
func (r *teamResource) key() account.Key[api.Team] {
	return account.Key[api.Team]{
		Name: "name", Example: "support", Of: func(found api.Team) string { return found.Name }, All: r.Client.Teams,
	}
}

// Create creates the team, or adopts the one that has its name, and sets its members.
func (r *teamResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan teamModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.checkMembers(ctx, tfvalue.TextSet{}, plan.MemberIDs, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	created, ok := account.Creation[api.Team, api.TeamRequest]{
		Key: r.key(), Value: plan.Name.ValueString(), Allowed: plan.AdoptExisting,
		Request: plan.changeFrom(teamData{}), Create: r.Client.CreateTeam,
		ChangeOf: plan.changeOf, Update: r.Client.UpdateTeam,
	}.Run(ctx, &r.Resource, &resp.Diagnostics)
	if !ok {
		return
	}

	// The team exists: from here on the state has it, whatever becomes of the members.
	wanted := plan.MemberIDs
	plan.fromAPI(created, true)

	if !wanted.IsNull() {
		plan.MemberIDs = r.firstMembers(ctx, created.ID, plan.AdoptExisting, &resp.Diagnostics)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)

	if account.IsWanted(plan.MemberIDs, wanted) {
		r.setMembers(ctx, &plan, wanted, &resp.Diagnostics)
	}

	if resp.Diagnostics.HasError() {
		adopt.AddUnfinished(&resp.Diagnostics, "chatlake_team", plan.ID.ValueString(), "its members are not set")
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
	r.OwnMembers(ctx, resp.Private, plan.ID, &resp.Diagnostics)
}

// checkMembers refuses ids of people who are no agents of the account, before a team is made or changed that then lacks them.
func (r *teamResource) checkMembers(ctx context.Context, prior, wanted tfvalue.TextSet, diags *diag.Diagnostics) {
	account.Part[api.Agent]{Attribute: "member_ids", Noun: "agent", Prior: prior, Wanted: wanted, All: r.Client.Agents}.Check(ctx, &r.Resource, diags)
}

// firstMembers returns who is in a team that was created or adopted. A new one has no members.
func (r *teamResource) firstMembers(ctx context.Context, id api.ID, mayBeAdopted types.Bool, diags *diag.Diagnostics) tfvalue.TextSet {
	if !mayBeAdopted.ValueBool() {
		return account.IDSet(nil)
	}

	members, err := r.Client.TeamMembers(ctx, id)
	apidiag.Add(diags, fmt.Sprintf("read the members of team %s", id), err)

	return account.IDSet(members)
}

// setMembers puts the wanted members into the team and into the model.
func (r *teamResource) setMembers(ctx context.Context, m *teamModel, wanted tfvalue.TextSet, diags *diag.Diagnostics) {
	users, problems := account.IDs(ctx, wanted)
	diags.Append(problems...)

	members, err := r.Client.SetTeamMembers(ctx, api.ParseID(m.ID.ValueString()), users)
	if err != nil {
		diags.AddAttributeError(path.Root("member_ids"), "Unable to set the members of team "+m.ID.ValueString(),
			apidiag.Detail(err)+"\n\nThe platform says this as well when one of the ids is not that of an agent of this account, "+
				"as that of an agent who has just been removed.")

		return
	}

	m.MemberIDs = account.IDSet(members)
}

// Read refreshes the state.
func (r *teamResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state teamModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.Team(ctx, id)
	if err == nil {
		state.MemberIDs, err = account.ReadMembers(ctx, r.Client.TeamMembers, id, state.MemberIDs, imported)
	}

	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
	r.OwnMembers(ctx, req.Private, state.ID, &resp.Diagnostics)
}

// Update sends what changed, and sets the members if they changed.
func (r *teamResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state teamModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	wanted := plan.MemberIDs
	plan.MemberIDs = state.MemberIDs

	r.checkMembers(ctx, state.MemberIDs, wanted, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state.teamData)
	if change != (api.TeamRequest{}) {
		updated, err := r.Client.UpdateTeam(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			r.key().AddUpdate(ctx, "chatlake_team", state.ID, plan.Name.ValueString(), err, &resp.Diagnostics)
			return
		}

		plan.fromAPI(updated, true)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...) // What is done, in case the members fail.
	}

	switch {
	case account.IsWanted(state.MemberIDs, wanted):
		r.setMembers(ctx, &plan, wanted, &resp.Diagnostics)
	case wanted.IsNull():
		plan.MemberIDs = wanted
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
	r.OwnMembers(ctx, resp.Private, plan.ID, &resp.Diagnostics)
}

// Delete deletes the team, unless another resource has adopted it in this run.
func (r *teamResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state teamModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeleteTeam(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.Name.ValueString(), &resp.Diagnostics)
}

// ImportState takes an id, the name with its value, or an identity.
func (r *teamResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
