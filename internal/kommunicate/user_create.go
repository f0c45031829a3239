package kommunicate

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// noState is the state before an object is created.
var noState tfsdk.State

// madeUser is a user that was created or adopted.
type madeUser struct {
	// found is the user, if it was read.
	found *api.User
	// pending is what the platform is known to lack.
	pending api.UserUpdate
}

// createOrAdopt creates the user, or adopts the one that exists, and claims it for this resource.
func (r *userResource) createOrAdopt(ctx context.Context, plan *userModel, password types.String) (madeUser, diag.Diagnostics) {
	id := plan.UserID.ValueString()

	request, diags := plan.createRequest(ctx, password)
	if diags.HasError() {
		return madeUser{}, diags
	}

	if !r.claims.Claim(userType, id) {
		adopt.AddManaged(&diags, userType, id)
		return madeUser{}, diags
	}

	var made madeUser
	if !r.register(ctx, plan, request) {
		made, diags = r.createUnlessFound(ctx, plan, request)
	}

	if diags.HasError() {
		r.claims.Release(userType, id)
	}

	return made, diags
}

// register registers the user, and reports whether it could: the answer says if the user is new, which saves looking it up.
// Nothing has happened if not.
func (r *userResource) register(ctx context.Context, plan *userModel, request api.UserRequest) bool {
	if !plan.mayAdopt() || !r.client.CanRegister(request.UserID) {
		return false
	}

	isNew, err := r.client.RegisterUser(ctx, request)
	if err != nil {
		return false // The user exists with a password, or the call is not served: look it up.
	}

	if !isNew {
		r.claims.Adopted(userType, request.UserID)
	}

	return true
}

// createUnlessFound looks the user up, and creates it if it does not exist or is deactivated.
func (r *userResource) createUnlessFound(ctx context.Context, plan *userModel, request api.UserRequest) (madeUser, diag.Diagnostics) {
	var diags diag.Diagnostics

	found, err := r.client.User(ctx, request.UserID)

	switch {
	case err == nil && found.RoleType == api.RoleAgent:
		diags.Append(errorAgent(request.UserID))
	case err == nil && !bool(found.Deactivated) && !plan.mayAdopt():
		apidiag.Taken(&diags, userType, "user_id", request.UserID)
	case err == nil && !bool(found.Deactivated):
		r.claims.Adopted(userType, request.UserID)
		return madeUser{found: &found, pending: plan.completeRequest(found)}, nil
	case err == nil || transport.IsNotFound(err):
		diags.Append(r.create(ctx, request)...)

		if err == nil {
			r.claims.Adopted(userType, request.UserID)
		}
	default:
		diags.Append(errorUser("create user "+request.UserID, err)...)
	}

	return madeUser{pending: api.UserUpdate{PhoneNumber: request.PhoneNumber}}, diags
}

// create creates the user. It succeeds if the user exists by now: because only the answer was lost, or because a
// conversation created it at the same time. The platform enforces user ids, so a lost create can be repeated.
func (r *userResource) create(ctx context.Context, request api.UserRequest) diag.Diagnostics {
	err := r.client.CreateUser(ctx, request)
	if transport.IsLost(err) || transport.IsConflict(err) {
		_, lookup := r.client.User(ctx, request.UserID)

		switch {
		case lookup == nil:
			err = nil
		case transport.IsLost(err) && transport.IsNotFound(lookup):
			err = r.client.CreateUser(ctx, request)
		}
	}

	if err != nil {
		return errorUser("create user "+request.UserID, err)
	}

	return nil
}

// complete sends what the create did not take, reads the user back and fills it in.
func (r *userResource) complete(ctx context.Context, plan *userModel, made madeUser) diag.Diagnostics {
	id := plan.UserID.ValueString()

	for range 2 {
		if made.found != nil && made.pending.IsEmpty() {
			break
		}

		if !made.pending.IsEmpty() {
			if err := r.client.UpdateUser(ctx, id, made.pending); err != nil {
				return errorUnfinishedUser(id, err)
			}
		}

		found, err := r.client.UserAfterWrite(ctx, id)

		switch {
		case transport.IsNotFound(err):
			return errorUnfinishedUser(id, err)
		case err != nil:
			return warnUnread("user", err)
		}

		made = madeUser{found: &found, pending: plan.completeRequest(found)}
	}

	plan.fromWrite(*made.found)

	if !bool(made.found.Deactivated) {
		return nil
	}

	return diag.Diagnostics{diag.NewWarningDiagnostic("The user is still deactivated",
		fmt.Sprintf("The platform did not activate user %s again. Activate it in Kommunicate's dashboard.", id))}
}

// errorUnfinishedUser returns the error for a user that was created and not completed.
func errorUnfinishedUser(id string, err error) diag.Diagnostics {
	var diags diag.Diagnostics

	if transport.IsNotFound(err) {
		diags.AddError("Unable to read user "+id+" after it was created", fmt.Sprintf(
			"The platform accepted user %s and does not return it. If a user with this id was deleted before, the platform may not give the id again: choose another user_id.\n\n%s",
			id, apidiag.Detail(err)))

		return diags
	}

	apidiag.Add(&diags, "complete user "+id, err)
	adopt.AddUnfinished(&diags, userType, id, "its e-mail address, phone number or metadata is not set")

	return diags
}

// errorAgent returns the error for an agent. Nothing of it could be changed, and destroying might end its access.
func errorAgent(id string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("user_id"), "The user is an agent", fmt.Sprintf(
		"%s is an agent of the application. Agents are managed in Kommunicate's dashboard: the platform refuses to change them through its API. Nothing was changed.\n\n"+
			"To refer to an agent, write its id, or use the data source kommunicate_user.", id))
}

// errorUser explains what the platform may refuse to a key that is good.
func errorUser(action string, err error) diag.Diagnostics {
	var diags diag.Diagnostics

	if !api.IsUnreadable(err) {
		apidiag.Add(&diags, action, err)
		return diags
	}

	diags.AddError("Unable to "+action, "The platform accepts the API key, but does not let it do this: no page of the Platform API documents creating or deactivating users.\n\n"+
		"Set kommunicate.application_id in the provider block, or KOMMUNICATE_APPLICATION_ID, so that users are registered through the chat host; or let a conversation create the user by naming it in group_member_list. "+
		"To deactivate a user, use Kommunicate's dashboard, or leave on_destroy at \"abandon\".\n\n"+apidiag.Detail(err))

	return diags
}

// deactivate ends the user's access. The platform may toggle instead, or delete the profile, so the first users are read
// afterwards, until one is as it should be.
func (r *userResource) deactivate(ctx context.Context, state *userModel) diag.Diagnostics {
	id := state.ID.ValueString()

	if state.Deactivated.ValueBool() {
		found, err := r.client.User(ctx, id)
		if err == nil && bool(found.Deactivated) || transport.IsNotFound(err) {
			return nil
		}
	}

	for range 2 {
		err := r.client.DeactivateUser(ctx, id)
		if transport.IsNotFound(err) {
			return nil
		}

		if err != nil && !transport.IsLost(err) {
			return errorUser("deactivate user "+id, err)
		}

		if err == nil && !state.Deactivated.ValueBool() && r.client.IsDeactivationKept() {
			return nil
		}

		found, lookup := r.client.User(ctx, id)

		switch {
		case transport.IsNotFound(lookup):
			return warnUser("The user's profile is gone", fmt.Sprintf(
				"The platform deleted user %s instead of deactivating it: its profile can no longer be read. Its messages stay in their conversations.", id))
		case lookup != nil && err != nil:
			return errorUser("deactivate user "+id, err)
		case lookup != nil:
			return warnUnread("user", lookup)
		case bool(found.Deactivated):
			r.client.NoteDeactivation()
			return nil
		}
	}

	return warnUser("The user is still active", fmt.Sprintf(
		"The platform accepted the request, and user %s is not deactivated. Deactivate it in Kommunicate's dashboard.", id))
}

func warnUser(summary, detail string) diag.Diagnostics {
	return diag.Diagnostics{diag.NewWarningDiagnostic(summary, detail)}
}
