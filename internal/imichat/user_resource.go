package imichat

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*userResource)(nil)
	_ resource.ResourceWithIdentity    = (*userResource)(nil)
	_ resource.ResourceWithImportState = (*userResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*userResource)(nil)
)

const (
	userType = "imichat_user"

	unchangeable = "IMIchat's API v3.1 documents no call that changes a user. Change the user in the Admin Console under Users, and the configuration accordingly."
)

func newUserResource() resource.Resource { return &userResource{} }

type userResource struct{ tenantResource }

func (r *userResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = userType
}

func (r *userResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema("id", "Id of the user.")
}

// ActsOnChangesOnly marks a ModifyPlan that changes nothing in a plan that is equal to the state.
func (r *userResource) ActsOnChangesOnly() {}

// ModifyPlan warns early that a user cannot be created or changed.
func (r *userResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || req.Plan.Raw.Equal(req.State.Raw) {
		return
	}

	var plan, state userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	if req.State.Raw.IsNull() {
		if isEmpty(plan.Privileges) && lacksTeam(r.client) {
			resp.Diagnostics.AddAttributeError(path.Root("privileges"), "Missing team",
				"The call that makes a user names a team. Set privileges here, imichat.team_id in the provider block, or the environment variable IMICHAT_TEAM_ID.")
		}

		return
	}

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

	for _, name := range plan.differences(ctx, state) {
		resp.Diagnostics.AddAttributeWarning(path.Root(name), "A user cannot be changed", "Applying this will fail. "+unchangeable)
	}

	if tfvalue.Changed(state.PasswordWOVersion, plan.PasswordWOVersion) {
		resp.Diagnostics.AddAttributeWarning(path.Root("password_wo_version"), "A password is sent only once", "The user exists, so no password is sent. "+unchangeable)
	}
}

func (r *userResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var (
		plan     userModel
		password types.String
	)

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("password_wo"), &password)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	user, diags := r.start(ctx, plan, password)
	resp.Diagnostics.Append(diags...)
	if user == nil {
		return
	}

	plan.fromAPI(user, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepCreate(req, resp, "user")
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, "id", user.ID)...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)
}

func (r *userResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	id := state.ID.ValueString()
	resp.Diagnostics.Append(r.origin().Admit(ctx, req.Private, resp.Private, "user", id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, "id", id)...)

	user, err := r.client.User(ctx, state.team(ctx, r.client), id)
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read user "+id, err)
		return
	}

	before := state
	state.fromAPI(user, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)

	if !imported {
		planned.KeepSpelling(req.State, &resp.State)
	}
}

// Update accepts settings of the provider, and refuses everything else.
func (r *userResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "user", state.ID.ValueString())...)

	for _, name := range plan.differences(ctx, state) {
		resp.Diagnostics.AddAttributeError(path.Root(name), "Unable to change user "+state.ID.ValueString(), unchangeable)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(req.State, &resp.State)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, "id", state.ID.ValueString())...)
}

// Delete forgets the user.
func (r *userResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "user", state.ID.ValueString())...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.claims.Release(userType, state.LoginID.ValueString())
	resp.Diagnostics.AddWarning("The user stays on the platform", fmt.Sprintf(
		"IMIchat's API v3.1 documents no call that deletes or deactivates a user. User %s (%s) is only removed from the state. Deactivate it in the Admin Console under Users.",
		state.ID.ValueString(), state.LoginID.ValueString()))
}

// ImportState accepts a user id, a login id, or an identity.
func (r *userResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer warnOfQuota(r.client, &resp.Diagnostics)

	id := r.importID(ctx, req, importid.Form{
		Type:  userType,
		Parts: []importid.Part{{Name: "id", Form: importid.Integer, Example: "2001"}},
		Keys:  []importid.Key{{Name: "login_id", Example: "ana"}},
	}, r.usersByKey, &resp.Diagnostics)
	if id == "" {
		return
	}

	r.importState(ctx, resp, "id", id)
}

// usersByKey returns the id of the user with a login id.
func (r *userResource) usersByKey(ctx context.Context, id importid.ID) ([]string, error) {
	user, err := r.client.UserByLogin(ctx, r.client.TeamID, id.Value)
	if err != nil || user == nil {
		return nil, err
	}

	return []string{user.ID}, nil
}

// start returns the user of a plan: a new one, or the one that is adopted. It returns nil, with an error, if there is
// neither.
func (r *userResource) start(ctx context.Context, plan userModel, password types.String) (*api.User, diag.Diagnostics) {
	var diags diag.Diagnostics

	login := plan.LoginID.ValueString()
	if !r.claims.Claim(userType, login) {
		adopt.AddManaged(&diags, userType, "")
		return nil, diags
	}

	user, diags := r.obtain(ctx, plan, password)
	if user == nil {
		r.claims.Release(userType, login)
	}

	return user, diags
}

// obtain makes the user, or adopts the one that has the login id.
func (r *userResource) obtain(ctx context.Context, plan userModel, password types.String) (*api.User, diag.Diagnostics) {
	team, login := plan.team(ctx, r.client), plan.LoginID.ValueString()

	request, diags := plan.createRequest(ctx, password)
	if diags.HasError() {
		return nil, diags
	}

	if plan.AdoptExisting.ValueBool() {
		user, err := r.client.UserByLogin(ctx, team, login)
		if err != nil || user != nil {
			apidiag.Add(&diags, "look for a user with this login_id", err)
			return r.adopt(ctx, plan, user, &diags), diags
		}
	}

	user, err := r.client.CreateUser(ctx, team, request)
	if transport.IsConflict(err) {
		holder, lookupErr := r.client.UserByLogin(ctx, team, login)
		if lookupErr == nil && holder != nil {
			return r.adopt(ctx, plan, holder, &diags), diags
		}
	}

	apidiag.Add(&diags, "create user", err)

	return user, diags
}

// adopt returns the user that has the login id, if it is what the plan describes: that is what a destroy leaves behind, and
// nothing has to be changed, which the platform could not do.
func (r *userResource) adopt(ctx context.Context, plan userModel, user *api.User, diags *diag.Diagnostics) *api.User {
	if user == nil {
		return nil
	}

	found := plan
	found.fromAPI(user, false)

	differs := plan.differences(ctx, found)

	switch {
	case len(differs) == 0:
		if tfvalue.IsSet(plan.PasswordWOVersion) {
			diags.AddAttributeWarning(path.Root("password_wo"), "The password was not changed", "The user existed already. "+unchangeable)
		}

		r.claims.Adopted(userType, plan.LoginID.ValueString())

		return user
	case plan.AdoptExisting.ValueBool():
		diags.AddError("Unable to adopt user "+user.ID, fmt.Sprintf("It has another %s than the configuration. %s", strings.Join(differs, ", "), unchangeable))
	default:
		apidiag.Taken(diags, userType, "login_id", user.ID)
	}

	return nil
}
