package kommunicate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*userResource)(nil)
	_ resource.ResourceWithIdentity    = (*userResource)(nil)
	_ resource.ResourceWithImportState = (*userResource)(nil)
)

const userType = "kommunicate_user"

func newUserResource() resource.Resource { return &userResource{} }

type userResource struct{ configuredResource }

func (r *userResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = userType
}

// Create creates the user, or adopts the one that exists.
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

	made, diags := r.createOrAdopt(ctx, &plan, password)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	// The user is in the state before anything else is done to it: what fails leaves it tainted, not lost.
	plan.ID = plan.UserID
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(noState, &resp.State)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), plan.UserID)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "metadata")...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)

	resp.Diagnostics.Append(r.complete(ctx, &plan, made)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepCreate(req, resp, "user")
}

// Read refreshes the state. A deactivated user still exists.
func (r *userResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	resp.Diagnostics.Append(r.origin().Admit(ctx, req.Private, resp.Private, "user", state.ID.ValueString())...)
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), state.ID)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.client.User(ctx, state.ID.ValueString())
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read user "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
	if !imported {
		planned.KeepSpelling(req.State, &resp.State)
	}
}

// Update sends what changed.
func (r *userResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "user", state.ID.ValueString())...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(plan.explainUnchanged(&state)...)

	update := plan.updateRequest(&state)
	if !update.IsEmpty() {
		if err := r.client.UpdateUser(ctx, state.ID.ValueString(), update); err != nil {
			apidiag.Add(&resp.Diagnostics, "update user "+state.ID.ValueString(), err)
			return
		}

		if !r.client.IsKept(update) {
			resp.Diagnostics.Append(r.readBack(ctx, &plan, update)...)
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), state.ID)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "metadata")...)
	planned.FillUnknown(req.State, &resp.State)
	planned.KeepUpdate(req, resp, "user")
}

// Delete leaves the user as it is, or deactivates it.
func (r *userResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "user", state.ID.ValueString())...)
	if resp.Diagnostics.HasError() {
		return
	}

	id := state.ID.ValueString()
	if r.claims.IsAdopted(userType, id) {
		ownership.ReportKept(&resp.Diagnostics, userType, id)
		return
	}

	r.claims.Release(userType, id)

	if state.OnDestroy.ValueString() == userDeactivate {
		resp.Diagnostics.Append(r.deactivate(ctx, &state)...)
	}
}

// userImport is the form of an import id.
var userImport = importid.Form{
	Type: userType, Parts: []importid.Part{{Name: "user_id", Form: userIDForm, Example: "customer-42"}},
	Keys: []importid.Key{{Name: "user_id", Example: "customer-42"}},
}

// ImportState accepts a user id, or the identity.
func (r *userResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if req.ID != "" {
		parts, ok := userImport.Resolve(ctx, req.ID, keyIsID, &resp.Diagnostics)
		if !ok {
			return
		}

		req.ID = parts["user_id"]
	}

	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("user_id"), req, resp)
	resp.Diagnostics.Append(ownership.MarkImported(ctx, resp.Private)...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)
}

// keyIsID finds an object whose natural key is its id.
func keyIsID(_ context.Context, id importid.ID) ([]string, error) {
	return []string{id.Value}, nil
}

// readBack fills in the user as it is after an update. It never reports an error: everything was done.
func (r *userResource) readBack(ctx context.Context, plan *userModel, update api.UserUpdate) diag.Diagnostics {
	found, err := r.client.UserAfterWrite(ctx, plan.UserID.ValueString())
	if err != nil {
		return warnUnread("user", err)
	}

	if update.IsIn(found) {
		r.client.NoteKept(update)
	}

	plan.fromWrite(found)

	return nil
}

// warnUnread returns the warning for an object that could not be read after a write.
func warnUnread(object string, err error) diag.Diagnostics {
	return diag.Diagnostics{diag.NewWarningDiagnostic("The "+object+" could not be read back",
		"Everything was done, and the state holds what was planned. The next plan reads it again.\n\n"+apidiag.Detail(err))}
}
