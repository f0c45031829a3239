package imichat

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = &userResource{}
	_ resource.ResourceWithIdentity    = &userResource{}
	_ resource.ResourceWithImportState = &userResource{}
	_ resource.ResourceWithModifyPlan  = &userResource{}
)

func newUserResource() resource.Resource { return &userResource{} }

type userResource struct{ configuredResource }

// userIdentity is what identifies a user across tenants.
type userIdentity struct {
	ID     types.String `tfsdk:"id"`
	Domain types.String `tfsdk:"domain"`
}

// Metadata names the type.
func (r *userResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "imichat_user"
}

// IdentitySchema is what identifies a user across tenants.
func (r *userResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id":     identityschema.StringAttribute{Description: "Id of the user.", RequiredForImport: true},
		"domain": identityschema.StringAttribute{Description: "Domain of the tenant.", OptionalForImport: true},
	}}
}

// ModifyPlan says early that a user cannot be made or changed, and keeps the plan quiet otherwise.
func (r *userResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state userModel

	if req.Plan.Raw.IsNull() {
		return
	}

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	if req.State.Raw.IsNull() {
		if plan.Privileges.IsNull() && lacksTeam(r.client) {
			resp.Diagnostics.AddAttributeError(path.Root("privileges"), "Missing team",
				"A call that makes a user names a team. Set privileges here, imichat.team_id in the provider block, or the environment variable IMICHAT_TEAM_ID.")
		}

		return
	}

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	for _, name := range plan.differences(&state) {
		resp.Diagnostics.AddAttributeWarning(path.Root(name), "A user cannot be changed", "Applying this will fail. "+unchangeable)
	}

	for _, name := range plan.unset(&state) {
		resp.Diagnostics.AddAttributeWarning(path.Root(name), "A user cannot be changed", name+" is no longer managed, and stays as it is on the platform.")
	}

	if tfvalue.Changed(state.PasswordWOVersion, plan.PasswordWOVersion) {
		resp.Diagnostics.AddAttributeWarning(path.Root("password_wo_version"), "A password is sent only once", "The user exists, so no password is sent. "+unchangeable)
	}

	if req.Config.Raw.IsFullyKnown() { // Otherwise an unknown value would be planned as the one that is there.
		plan.settle(&state)
	}

	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

const unchangeable = "IMIchat's API v3.1 documents no call that changes a user. Change the user in the Admin Console under Users, and the configuration accordingly."

// Create makes the user, or takes over the one with its login id.
func (r *userResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	user := r.start(ctx, &plan, config.PasswordWO, &resp.Diagnostics)
	if user == nil {
		return
	}

	state := plan
	state.fromAPI(user)

	lost := plan.differences(&state)
	if len(lost) > 0 {
		resp.Diagnostics.AddError("IMIchat did not keep all of the new user", fmt.Sprintf("User %s was made, but the answer shows another %s. %s",
			user.ID, strings.Join(lost, ", "), unchangeable))
	}

	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, user.ID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Read follows the user.
func (r *userResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	id := state.ID.ValueString()
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, id)...)

	user, err := r.client.User(ctx, state.team(ctx, r.client), id)
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read user "+id, err)
		return
	}

	state.fromAPI(user)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update takes settings of the provider's own, and refuses everything else.
func (r *userResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	if resp.Diagnostics.HasError() {
		return
	}

	for _, name := range plan.differences(&prior) {
		resp.Diagnostics.AddAttributeError(path.Root(name), "Unable to change user "+prior.ID.ValueString(), unchangeable)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	plan.settle(&prior)
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, prior.ID.ValueString())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Delete only forgets the user.
func (r *userResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.AddWarning("The user stays on the platform", fmt.Sprintf(
		"IMIchat's API v3.1 documents no call that deletes or deactivates a user. User %s (%s) is only removed from the state; deactivate it in the Admin Console under Users.",
		state.ID.ValueString(), state.LoginID.ValueString()))
}

// ImportState takes a user id or an identity.
func (r *userResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := req.ID
	if id == "" && req.Identity != nil {
		var identity userIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		id = identity.ID.ValueString()
		checkDomain(r.client, identity.Domain.ValueString(), "user", &resp.Diagnostics)
	}

	if !digits.MatchString(id) {
		resp.Diagnostics.AddError("Invalid import id", fmt.Sprintf("%q is not the id of a user: a whole number, such as 2001.", id))
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.Identity.Set(ctx, r.identity(id))...) // Completed, if one was given.
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
}

// start makes the user of a plan, or finds the one to take over. It returns nil, with an error, if there is neither.
func (r *userResource) start(ctx context.Context, plan *userModel, password types.String, diags *diag.Diagnostics) *api.User {
	team, login := plan.team(ctx, r.client), plan.LoginID.ValueString()
	if plan.AdoptExisting.ValueBool() {
		user, err := r.client.UserByLogin(ctx, team, login)
		if err != nil || user != nil {
			apidiag.Add(diags, fmt.Sprintf("look for a user with login_id %q", login), err)
			return r.takeOver(plan, user, diags)
		}
	}

	request, problems := plan.createRequest(ctx, password)
	diags.Append(problems...)
	if diags.HasError() {
		return nil
	}

	user, err := r.client.CreateUser(ctx, team, request)
	if transport.IsConflict(err) {
		user, lookup := r.client.UserByLogin(ctx, team, login)
		if lookup == nil && user != nil {
			return r.takeOver(plan, user, diags)
		}
	}

	apidiag.Add(diags, "create user", err)

	return user
}

// takeOver takes a user that exists if it is what the plan describes: that is what a destroy leaves behind, and nothing
// has to be changed, which the platform could not do. Another one is somebody else's.
func (r *userResource) takeOver(plan *userModel, user *api.User, diags *diag.Diagnostics) *api.User {
	if user == nil {
		return nil
	}

	there := *plan
	there.fromAPI(user)

	differs := plan.differences(&there)
	switch {
	case len(differs) == 0:
		if tfvalue.IsSet(plan.PasswordWOVersion) {
			diags.AddAttributeWarning(path.Root("password_wo"), "The password was not changed", "The user existed already. "+unchangeable)
		}

		return user
	case plan.AdoptExisting.ValueBool():
		diags.AddError("Unable to adopt user "+user.ID, fmt.Sprintf("It has another %s than the configuration. %s", strings.Join(differs, ", "), unchangeable))
	default:
		apidiag.Taken(diags, "imichat_user", "login_id", user.LoginID, user.ID)
	}

	return nil
}

// identify sets the identity of a user that has none yet.
func (r *userResource) identify(ctx context.Context, identity *tfsdk.ResourceIdentity, id string) diag.Diagnostics {
	var prior userIdentity

	if identity == nil {
		return nil
	}

	if !identity.Raw.IsNull() {
		diags := identity.Get(ctx, &prior)
		if diags.HasError() || tfvalue.IsSet(prior.ID) {
			return diags
		}
	}

	return identity.Set(ctx, r.identity(id))
}

func (r *userResource) identity(id string) userIdentity {
	return userIdentity{ID: types.StringValue(id), Domain: tfvalue.StringOrNull(r.client.Domain)}
}
