package platform

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
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
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
)

var (
	_ resource.ResourceWithConfigure   = (*userResource)(nil)
	_ resource.ResourceWithIdentity    = (*userResource)(nil)
	_ resource.ResourceWithImportState = (*userResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*userResource)(nil)
)

func newUserResource() resource.Resource { return &userResource{of("chatlake_platform_user")} }

type userResource struct{ aboveAccounts }

func (r *userResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A person of the whole server, by the platform API. Put them into accounts with `chatlake_platform_account_user`. No mail is sent, and the address counts as confirmed. " +
			"Their access token is not in the state: the ephemeral resource `chatlake_platform_user_token` asks for it.\n\n" +
			"The platform answers the create of a known address with the person who has it, whoever made them, confirms them and opens them to the platform app. " +
			"Such a person is left as they are, with an error, unless `adopt_existing` is set. To tell the two apart, a new person has a telling display name until the rest is sent.\n\n" +
			"Destroy deletes the person in a background job, in all accounts. The platform API has no list of people: there is no data source of all, and neither `terraform query` nor `-export` finds them. Import them by id; the ids are those of `chatlake_agents` and `chatlake_platform_account_users`.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/users/create-a-user).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The person's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "The person's name, in all accounts. They may change it themselves.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"email": schema.StringAttribute{
				MarkdownDescription: "The address the person signs in with, in lower case. Another one takes effect at once.", Required: true,
				Validators: []validator.String{attribute.Email(), attribute.LowerCase(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"display_name":      account.ManagedText("What customers see instead of the name.", account.MaxString),
			"custom_attributes": account.ManagedObject("Any object. Only the keys that are set here are managed. The platform removes no key: one that is taken out here becomes null there.", account.JSONObject()),
			"password_wo": schema.StringAttribute{
				MarkdownDescription: "The password, of at least 6 characters, with an upper-case and a lower-case letter, a digit and a special character. It is needed to create the person, is never stored, and is sent again when `password_wo_version` changes. It needs Terraform 1.11 or later.",
				Optional:            true, Sensitive: true, WriteOnly: true,
				Validators: []validator.String{stringvalidator.LengthBetween(6, 128), attribute.Needs(path.MatchRoot("password_wo_version"))},
			},
			"password_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Any number. Another one sends the password again.", Optional: true,
				Validators: []validator.Int64{int64validator.AtLeast(1), attribute.Needs(path.MatchRoot("password_wo"))},
			},
			"adopt_existing": attribute.AdoptExisting("email", false),
			"timeouts":       account.DeleteTimeouts(ctx),
		},
	}
}

// ChecksPlanOnly marks a ModifyPlan that adds diagnostics and changes nothing.
func (r *userResource) ChecksPlanOnly() {}

// ModifyPlan refuses a new person without a password, as the platform would.
func (r *userResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if !req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}

	var password types.String

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("password_wo"), &password)...)

	var adopts types.Bool

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("adopt_existing"), &adopts)...)

	if password.IsNull() && !adopts.ValueBool() && !adopts.IsUnknown() {
		resp.Diagnostics.AddAttributeError(path.Root("password_wo"), "Missing password",
			"The platform does not create a user without a password. Set password_wo, and password_wo_version to 1.")
	}
}

// Create creates the person, or adopts the one who has the address.
func (r *userResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("password_wo"), &plan.PasswordWO)...)
	if resp.Diagnostics.HasError() {
		return
	}

	email := strings.ToLower(plan.Email.ValueString())
	if !r.claims.Claim(r.form.Type, email) {
		adopt.AddManaged(&resp.Diagnostics, r.form.Type, "")
		return
	}

	created, ok := r.findOrMake(ctx, &plan, resp)
	if !ok {
		r.claims.Release(r.form.Type, email)
		return
	}

	plan.fromAPI(created, true)
	plan.PasswordWO = types.StringNull()
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.keepCreate(ctx, req, resp, "custom_attributes")
}

// findOrMake makes the person, and then what they were not made with. It reports false if it has added an error and nothing is
// ours.
func (r *userResource) findOrMake(ctx context.Context, plan *userModel, resp *resource.CreateResponse) (api.PlatformUser, bool) {
	request, diags := plan.changeFrom(userModel{}, none)
	resp.Diagnostics.Append(diags...)

	request.Password = account.TextChange(types.StringNull(), plan.PasswordWO)

	found, err := r.client.CreateUser(ctx, request)
	if err != nil {
		r.addError(&resp.Diagnostics, "create", "", err)
		return found, false
	}

	id := found.ID.String()

	if !found.IsNew() && !plan.AdoptExisting.ValueBool() {
		apidiag.Taken(&resp.Diagnostics, r.form.Type, "email", id)
		return found, false
	}

	// The id is in the state before anything else can fail.
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)

	if !found.IsNew() {
		r.claims.Adopted(r.form.Type, id)
		resp.Diagnostics.AddWarning("A person was adopted", fmt.Sprintf(
			"User %s had this e-mail address before. What the configuration says about name, display name, custom attributes and password "+
				"holds now in all accounts that the person is in.", id))
	}

	if request.DisplayName.IsZero() && found.IsNew() {
		request.DisplayName = api.Null[string]()
	}

	updated, err := r.client.UpdateUser(ctx, found.ID, request)
	if err != nil {
		r.addError(&resp.Diagnostics, "finish", id, err)
		return found, true
	}

	return updated, true
}

// none is for requests in which no key goes.
func none([]string) []string { return nil }

// Read refreshes the state.
func (r *userResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported := r.startRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.client.User(ctx, api.ParseID(state.ID.ValueString()))
	if !r.isFound(ctx, err, state.ID.ValueString(), resp) {
		return
	}

	state.fromAPI(found, imported)
	storeFound(ctx, req, resp, before, state, imported)
}

// Update sends what changed, and the password if its version did.
func (r *userResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	managed, diags := ownership.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	change, diags := plan.changeFrom(state, func(keys []string) []string {
		ours, _ := managed.Split("custom_attributes", keys)
		return ours
	})
	resp.Diagnostics.Append(diags...)

	if !plan.PasswordWOVersion.IsNull() && !plan.PasswordWOVersion.Equal(state.PasswordWOVersion) {
		change.Password = r.password(ctx, req, &resp.Diagnostics)
	}

	if change != (api.PlatformUserRequest{}) {
		updated, err := r.client.UpdateUser(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			r.addError(&resp.Diagnostics, "update", state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.keepUpdate(ctx, req, resp, "custom_attributes")
}

// password returns the password of the configuration, which no plan has.
func (r *userResource) password(ctx context.Context, req resource.UpdateRequest, diags *diag.Diagnostics) api.Nullable[string] {
	var password types.String

	diags.Append(req.Config.GetAttribute(ctx, path.Root("password_wo"), &password)...)

	return account.TextChange(types.StringNull(), password)
}

// Delete deletes the person, and waits until they are gone, unless another resource has adopted them in this run.
func (r *userResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if r.claims.IsAdopted(r.form.Type, state.ID.ValueString()) {
		ownership.ReportKept(&resp.Diagnostics, r.form.Type, state.ID.ValueString())
		return
	}

	timeout, diags := state.Timeouts.Delete(ctx, account.DeleteTimeout)
	resp.Diagnostics.Append(diags...)

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	id := api.ParseID(state.ID.ValueString())
	err := account.DeleteInBackground(ctx, req, resp,
		func(ctx context.Context) error { return r.client.DeleteUser(ctx, id) },
		func(ctx context.Context) error { return r.client.AwaitDeletedUser(ctx, id) })
	r.endDelete(&resp.Diagnostics, state.ID.ValueString(), err)
	r.claims.Release(r.form.Type, strings.ToLower(state.Email.ValueString()))
}
