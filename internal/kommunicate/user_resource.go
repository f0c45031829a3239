package kommunicate

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*userResource)(nil)
	_ resource.ResourceWithIdentity    = (*userResource)(nil)
	_ resource.ResourceWithImportState = (*userResource)(nil)
)

func newUserResource() resource.Resource { return &userResource{} }

type userResource struct{ configuredResource }

const (
	userAbandon    = "abandon"
	userDeactivate = "deactivate"
)

// Metadata names the type.
func (r *userResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "kommunicate_user"
}

// Schema describes the attributes.
func (r *userResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An end user of a Kommunicate application: somebody who chats with agents and bots. See [Update User Details](https://docs.kommunicate.io/docs/api-detail#update-user-details).\n\n" +
			"Agents are managed in Kommunicate's dashboard; the platform refuses to change them through its API.\n\n" +
			"Destroying the resource forgets the user and leaves it on the platform, for its messages are part of conversations; `on_destroy = \"deactivate\"` ends its access. A user who was deactivated is active again when the resource is created again.\n\n" +
			"Unverified: creating and deactivating users is in no page of the Platform API. The provider uses the calls of the chat backend, and registers users through the chat host where the API key may not create them and `application_id` is configured.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("User id, the same as `user_id`."),
			"user_id": schema.StringAttribute{
				MarkdownDescription: "Id of the user, chosen by you and unique in the application: letters, digits and any of `_+#@.?|=;-`. An e-mail address is possible. Changing it makes another user.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{userIDValidator()},
			},
			"display_name": schema.StringAttribute{
				MarkdownDescription: "Name that agents see. If not set, the platform's: the user id, until somebody changes it.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
				Validators:    []validator.String{attribute.NotEmpty()},
			},
			"image_link": schema.StringAttribute{
				MarkdownDescription: "Address of the profile image. If not set, what is on the platform stays.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
				Validators:    []validator.String{attribute.URL()},
			},
			"email": schema.StringAttribute{
				MarkdownDescription: "E-mail address. Removing the attribute clears it on the platform.",
				Optional:            true,
				Validators:          []validator.String{attribute.Email()},
			},
			"phone_number": schema.StringAttribute{
				MarkdownDescription: "Phone number in E.164 form, such as `+14155550123`. Removing the attribute clears it on the platform.",
				Optional:            true,
				Validators:          []validator.String{attribute.E164()},
			},
			"metadata": schema.MapAttribute{
				MarkdownDescription: "What agents see beside the user, as text. Only the keys that are set here are managed; others are left alone. The platform cannot remove a key: one that is removed here stays there, and a warning says so.",
				Optional:            true, ElementType: types.StringType,
				Validators: []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(attribute.NotEmpty())},
			},
			"password_wo": schema.StringAttribute{
				MarkdownDescription: "Password that the user is created with. It is never stored in the state, and has no effect on a user that exists.",
				Optional:            true, Sensitive: true, WriteOnly: true,
				Validators: []validator.String{attribute.NotEmpty()},
			},
			"password_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Any number, to note which password was meant. The platform takes a password only when it creates the user, so a change sends nothing, and a warning says so.",
				Optional:            true,
			},
			"adopt_existing": attribute.AdoptExisting("`user_id`", true),
			"on_destroy":     attribute.OnDestroy("What destroying does: `abandon` leaves the user as it is, `deactivate` ends its access and keeps its messages.", userAbandon, userDeactivate),
			"deactivated": schema.BoolAttribute{
				MarkdownDescription: "Whether the user's access was ended. Such a user still exists.",
				Computed:            true,
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"role_type": schema.Int64Attribute{
				MarkdownDescription: "The backend's role type: 3 is a user, 1 a bot, 8 an agent.",
				Computed:            true,
				PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
			},
			"created_at": attribute.Timestamp("When the user was created."),
		},
	}
}

// IdentitySchema says what identifies a user.
func (r *userResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"user_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the user."},
	}}
}

// userIDValidator accepts what the vendor's SDKs do.
func userIDValidator() validator.String {
	return stringvalidator.RegexMatches(userIDForm, "must be a user id: letters, digits and any of _+#@.?|=;- , without spaces")
}

// Create makes the user, or takes over the one that is there.
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

	id := plan.UserID.ValueString()
	request, diags := plan.createRequest(ctx, password)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.client.User(ctx, id)
	if err == nil && found.RoleType == roleAgent {
		resp.Diagnostics.Append(isAgent(id))
		return
	}

	made := transport.IsNotFound(err) || err == nil && found.Deactivated
	if made {
		err = r.create(ctx, request)
	}

	if err != nil {
		addUser(&resp.Diagnostics, "create user "+id, err)
		return
	}

	if !made && !plan.adopts() {
		apidiag.Taken(&resp.Diagnostics, "kommunicate_user", "user_id", id, id)
		return
	}

	started := plan
	started.assume(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, started)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	// From here on the user is in the state; what fails leaves it tainted, not lost.
	found, err = r.settle(ctx, plan, found, made)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "finish user "+id, err)
		resp.Diagnostics.AddWarning("The user is only half done", unfinished("kommunicate_user", "setting e-mail address, phone number and metadata"))

		return
	}

	if found.Deactivated {
		resp.Diagnostics.AddWarning("The user is still deactivated", fmt.Sprintf("The platform did not activate user %s again. Activate it in Kommunicate's dashboard.", id))
	}

	started = plan
	plan.fromAPI(found, false)
	surprise(&resp.Diagnostics, "user", plan.insist(started))
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// isAgent refuses to take over an agent: nothing of it could be changed, and destroying might end its access.
func isAgent(id string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("user_id"), "The user is an agent", fmt.Sprintf(
		"%s is an agent of the application, and agents are managed in Kommunicate's dashboard: the platform refuses to change them through its API. Nothing was changed.\n\n"+
			"To refer to an agent, write its id, or use the data source kommunicate_user.", id))
}

// create makes the user, also when it is there by now: because the answer was lost, or because a conversation made it at
// the same time.
func (r *userResource) create(ctx context.Context, request api.UserRequest) error {
	err := r.client.CreateUser(ctx, request)
	if transport.IsLost(err) || transport.IsConflict(err) {
		_, failure := r.client.User(ctx, request.UserID)
		if failure == nil {
			return nil
		}
	}

	return err
}

// settle sends what creating did not take, and reads the result.
func (r *userResource) settle(ctx context.Context, plan userModel, found api.User, made bool) (api.User, error) {
	id := plan.UserID.ValueString()

	var there userModel
	there.fromAPI(found, true)

	if made { // What the request held is there until the platform says otherwise.
		there = plan
		there.PhoneNumber = types.StringNull()
	}

	update := plan.completeRequest(there)
	if !made && update.Empty() {
		return found, nil
	}

	for range 2 {
		if !update.Empty() {
			if err := r.client.UpdateUser(ctx, id, update); err != nil {
				return found, err
			}
		}

		var err error

		found, err = r.client.User(ctx, id)
		if err != nil {
			return found, err
		}

		there.fromAPI(found, true)

		update = plan.completeRequest(there)
		if update.Empty() {
			break
		}
	}

	return found, nil
}

// Read refreshes the state. A deactivated user still exists.
func (r *userResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), state.ID)...)

	found, err := r.client.User(ctx, state.ID.ValueString())
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read user "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.UserID.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Update sends what changed.
func (r *userResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	plan.warn(&resp.Diagnostics, state)

	update := plan.updateRequest(state)
	if !update.Empty() {
		if err := r.client.UpdateUser(ctx, state.ID.ValueString(), update); err != nil {
			apidiag.Add(&resp.Diagnostics, "update user "+state.ID.ValueString(), err)
			return
		}

		found, err := r.client.User(ctx, state.ID.ValueString())
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "read user "+state.ID.ValueString()+" after its update", err)
			return
		}

		planned := plan
		plan.fromAPI(found, false)
		surprise(&resp.Diagnostics, "user", plan.insist(planned))
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), state.ID)...)
}

// Delete forgets the user, or deactivates it.
func (r *userResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || state.OnDestroy.ValueString() != userDeactivate {
		return
	}

	id := state.ID.ValueString()
	// Asked first, for the call that deactivates may activate who is deactivated already.
	found, err := r.client.User(ctx, id)
	if err == nil && !found.Deactivated {
		err = r.client.DeactivateUser(ctx, id)
		if transport.IsLost(err) {
			found, failure := r.client.User(ctx, id)
			if transport.IsNotFound(failure) || failure == nil && found.Deactivated {
				err = nil
			}
		}
	}

	if err != nil && !transport.IsNotFound(err) {
		addUser(&resp.Diagnostics, "deactivate user "+id, err)
	}
}

// ImportState takes a user id, or the identity.
func (r *userResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if req.ID != "" && !userIDForm.MatchString(req.ID) {
		resp.Diagnostics.AddError("Invalid import id", fmt.Sprintf("%q is not a user id: letters, digits and any of _+#@.?|=;- , such as \"customer-42\".", req.ID))
		return
	}

	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("user_id"), req, resp)
}

// addUser explains what the platform may refuse to a key that is good.
func addUser(diags *diag.Diagnostics, action string, err error) {
	if !api.IsUnreadable(err) {
		apidiag.Add(diags, action, err)
		return
	}

	diags.AddError("Unable to "+action, "The platform takes the API key, but does not let it do this: no page of the Platform API documents creating or deactivating users.\n\n"+
		"Set kommunicate.application_id in the provider block, or KOMMUNICATE_APPLICATION_ID, so that users are registered through the chat host; or let a conversation create the user by naming it in group_member_list. "+
		"To deactivate a user, use Kommunicate's dashboard, or leave on_destroy at \"abandon\".\n\n"+apidiag.Detail(err))
}
