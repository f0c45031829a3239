package rules

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*filterResource)(nil)
	_ resource.ResourceWithIdentity    = (*filterResource)(nil)
	_ resource.ResourceWithImportState = (*filterResource)(nil)
)

func newCustomFilterResource() resource.Resource {
	return &filterResource{account.WithID("chatlake_custom_filter")}
}

type filterResource struct{ account.ResourceWithID }

func (r *filterResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	kinds := []string{"conversation", "contact", "report"}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A saved view of conversations, contacts or reports. It belongs to the token's user, and no other user sees it: with another user's token, reading it is an error. " +
			"A user has at most 1,000. Destroy deletes it.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/custom-filters/create-a-custom-filter).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The filter's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the view is called. Several may have the same name.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"filter_type": schema.StringAttribute{
				MarkdownDescription: "What is shown: " + attribute.Choices(kinds...) + ".", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), attribute.Known(kinds...)},
			},
			"query": schema.DynamicAttribute{
				MarkdownDescription: "Which are shown: an object as the platform's filters take it, `{ payload = [{ attribute_key, filter_operator, values, query_operator }] }`. The platform does not check it.",
				Required:            true, Validators: []validator.Dynamic{account.JSONObject()},
				PlanModifiers: []planmodifier.Dynamic{attribute.KeepSpelling()},
			},
			"user_id":    attribute.Stable("The id of the user whom the filter belongs to."),
			"created_at": attribute.Timestamp("When it was made."),
		},
	}
}

// filterIdentity names a filter and whose it is: no other user can see it.
type filterIdentity struct {
	AccountID types.String `tfsdk:"account_id"`
	UserID    types.String `tfsdk:"user_id"`
	ID        types.String `tfsdk:"id"`
}

// IdentitySchema is the account, the owner and the filter's id.
func (r *filterResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = account.IdentitySchema(map[string]string{"id": "The filter's id."})
	resp.IdentitySchema.Attributes["user_id"] = identityschema.StringAttribute{OptionalForImport: true, Description: "The id of the user whom the filter belongs to; the token's unless given."}
}

// setIdentity stores the identity if Terraform asks for one.
func (r *filterResource) setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, m filterModel) diag.Diagnostics {
	if identity == nil {
		return nil
	}

	return identity.Set(ctx, filterIdentity{AccountID: types.StringValue(r.Client.AccountID), UserID: m.UserID, ID: m.ID})
}

// Create creates the filter.
func (r *filterResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan filterModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	user, err := r.Client.UserID(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "find out which user the token belongs to", err)
		return
	}

	created, err := r.Client.CreateCustomFilter(ctx, plan.changeFrom(filterModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create custom filter", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created, user)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
	planned.KeepCreate(req, resp, "custom filter")
}

// like finds filters that are as planned.
func (r *filterResource) like(plan filterModel) account.Keyless[api.CustomFilter] {
	return account.Keyless[api.CustomFilter]{Type: "chatlake_custom_filter", All: r.Client.CustomFilters, IsPlanned: func(found api.CustomFilter) bool {
		prior := plan
		prior.fromAPI(found, 0)

		return plan.changeFrom(prior) == (api.CustomFilterRequest{})
	}}
}

// Read refreshes the state.
func (r *filterResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state filterModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	_, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	user, isOwner := r.owner(ctx, state, &resp.Diagnostics)
	if !isOwner {
		return
	}

	state.UserID = types.StringValue(user.String())
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, state)...) // Also for a filter that is gone.
	id := api.ParseID(state.ID.ValueString())

	found, err := r.Client.CustomFilter(ctx, id, state.FilterType.ValueString())
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, user)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *filterResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state filterModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	user, isOwner := r.owner(ctx, state, &resp.Diagnostics)
	if !isOwner {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.CustomFilterRequest{}) {
		updated, err := r.Client.UpdateCustomFilter(ctx, api.ParseID(state.ID.ValueString()), state.FilterType.ValueString(), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update custom filter "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, user)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
	planned.KeepUpdate(req, resp, "custom filter")
}

// Delete deletes the filter.
func (r *filterResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state filterModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	_, isOwner := r.owner(ctx, state, &resp.Diagnostics)
	if !isOwner {
		return
	}

	err := r.Client.DeleteCustomFilter(ctx, api.ParseID(state.ID.ValueString()), state.FilterType.ValueString())
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// owner returns the token's user, and reports whether the filter belongs to them. To another user, the platform says that
// the filter does not exist.
func (r *filterResource) owner(ctx context.Context, state filterModel, diags *diag.Diagnostics) (api.ID, bool) {
	user, err := r.Client.UserID(ctx)
	if err != nil {
		apidiag.Add(diags, "find out which user the token belongs to", err)
		return 0, false
	}

	if state.UserID.IsNull() || state.UserID.ValueString() == user.String() {
		return user, true
	}

	diags.AddError("Custom filter "+state.ID.ValueString()+" belongs to another user", fmt.Sprintf(
		"It was made with the token of user %s, and the provider has that of user %s, who cannot see it. Use the token of user %s, "+
			"or `terraform state rm` to forget the filter.", state.UserID.ValueString(), user, state.UserID.ValueString()))

	return 0, false
}

// key returns the name, by which people know custom filters.
func (r *filterResource) key() account.Key[api.CustomFilter] {
	return account.Key[api.CustomFilter]{
		Name: "name", Example: "Mine", Of: func(found api.CustomFilter) string { return found.Name }, All: r.Client.CustomFilters,
	}
}

// ImportState takes an id, the name with its value, or an identity.
func (r *filterResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
	if req.ID != "" || req.Identity == nil || resp.Diagnostics.HasError() {
		return
	}

	var named filterIdentity

	resp.Diagnostics.Append(req.Identity.Get(ctx, &named)...)
	if !named.UserID.IsNull() {
		r.owner(ctx, filterModel{ID: named.ID, UserID: named.UserID}, &resp.Diagnostics)
	}
}
