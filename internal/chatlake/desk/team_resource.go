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

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
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
				MarkdownDescription: "What the team is called, and its key in the account. The platform stores it in lower case, so capitals are refused.",
				Required:            true,
				Validators:          []validator.String{attribute.NotEmpty(), attribute.LowerCase(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description":       attribute.OptionalText("What the team does.", account.MaxText),
			"allow_auto_assign": attribute.FollowedFlag("Whether conversations of the team are assigned to its members without anybody's doing. The platform's default is `true`."),
			"member_ids": attribute.FollowedIDs("The ids of the agents in the team, all of them: others are taken out. Leave it out to follow what people change; " +
				"`[]` is a team without members."),
			"adopt_existing": attribute.AdoptExisting("name", false),
		},
	}
}

func (r *teamResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan teamModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateTeam(ctx, plan.request(teamData{}))

	members, fresh := []api.ID{}, err == nil
	if err != nil {
		var adopted bool

		created, adopted = r.adopt(ctx, plan, err, &resp.Diagnostics)
		if !adopted {
			return
		}
	}

	if !fresh { // Whose members are not known.
		members, err = r.Client.TeamMembers(ctx, created.ID)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, fmt.Sprintf("read the members of team %s", created.ID), err)
			return
		}
	}

	wanted := plan.MemberIDs
	plan.fromAPI(created, false)
	plan.MemberIDs = account.IDSet(members)
	// Stored before the members are set: if that fails, the team is known, tainted, and finished after an untaint.
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)

	if tfvalue.Changed(plan.MemberIDs, wanted) && r.setMembers(ctx, &plan, wanted, &resp.Diagnostics) {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	}
}

// setMembers puts the wanted members into the team and into the model.
func (r *teamResource) setMembers(ctx context.Context, m *teamModel, wanted types.Set, diags *diag.Diagnostics) bool {
	users, problems := account.IDs(ctx, wanted)
	diags.Append(problems...)

	members, err := r.Client.SetTeamMembers(ctx, api.ParseID(m.ID.ValueString()), users)
	if err != nil {
		diags.AddAttributeError(path.Root("member_ids"), "Unable to set the members of team "+m.ID.ValueString(),
			apidiag.Detail(err)+"\n\nThe platform says this as well when one of the ids is not that of an agent of this account. "+
				"The team itself is there: if it was just created, `terraform untaint` and another apply finish it in place.")

		return false
	}

	m.MemberIDs = account.IDSet(members)

	return true
}

// adopt makes the team that holds the name into the planned one, if it may.
func (r *teamResource) adopt(ctx context.Context, plan teamModel, cause error, diags *diag.Diagnostics) (api.Team, bool) {
	h := account.Holder{Kind: "chatlake_team", Key: "name", Value: plan.Name.ValueString()}

	var found api.Team

	if account.KeyMayBeTaken(cause, "name") {
		teams, _ := r.Client.Teams(ctx) // Without the list, the first failure stands.
		for _, team := range teams {
			if team.Name == h.Value {
				found, h.ID = team, team.ID
			}
		}
	}

	prior := plan.teamData
	prior.fromAPI(found, false)
	fields := plan.request(prior)

	h.Same = len(fields) == 0
	if !account.MayAdopt(diags, "create team "+h.Value, cause, plan.AdoptExisting, h) {
		return found, false
	}

	if h.Same {
		return found, true
	}

	updated, err := r.Client.UpdateTeam(ctx, found.ID, fields)
	apidiag.Add(diags, fmt.Sprintf("update team %s", found.ID), err)

	return updated, err == nil
}

func (r *teamResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state teamModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.
	id := api.ParseID(state.ID.ValueString())
	found, err := r.Client.Team(ctx, id)

	var members []api.ID
	if err == nil {
		members, err = r.Client.TeamMembers(ctx, id)
	}

	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read team "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.Name.IsNull())
	state.MemberIDs = account.IDSet(members)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *teamResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state teamModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	wanted := plan.MemberIDs
	plan.MemberIDs = state.MemberIDs

	fields := plan.request(state.teamData)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateTeam(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update team "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...) // The half that is done, should the other fail.
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)

	if tfvalue.Changed(state.MemberIDs, wanted) && !r.setMembers(ctx, &plan, wanted, &resp.Diagnostics) {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
}

func (r *teamResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state teamModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteTeam(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete team "+state.ID.ValueString(), err)
	}
}
