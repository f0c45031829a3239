package enterprise

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*customRoleResource)(nil)
	_ resource.ResourceWithIdentity    = (*customRoleResource)(nil)
	_ resource.ResourceWithImportState = (*customRoleResource)(nil)
)

func newCustomRoleResource() resource.Resource {
	return &customRoleResource{account.WithID("chatlake_custom_role")}
}

type customRoleResource struct{ account.ResourceWithID }

// permissions are what a role may let agents do.
var permissions = []string{
	"conversation_manage", "conversation_unassigned_manage", "conversation_participating_manage", "contact_manage", "report_manage",
	"knowledge_base_manage",
}

func (r *customRoleResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What agents may do besides what every agent may: an agent names it as `custom_role_id`. " +
			"Destroy deletes it, and its agents are plain agents from then on. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The role's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the role is called. Several may have the same name.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description": account.ManagedText("What the role is for.", account.MaxString),
			"permissions": account.Managed(schema.SetAttribute{
				MarkdownDescription: "What the role lets its agents do: " + attribute.Choices(permissions...) + ". " +
					"Agents whose role has none of the three for conversations see no conversation at all. Empty is possible.",
				ElementType: types.StringType, Optional: true,
				Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.Known(permissions...))},
			}),
		},
	}
}

// key returns the name, by which people know custom roles. Several may have the same.
func (r *customRoleResource) key() account.Key[api.CustomRole] {
	return account.Key[api.CustomRole]{
		Name: "name", Example: "Second line", Of: func(found api.CustomRole) string { return found.Name }, All: r.Client.CustomRoles().All,
	}
}

// Create creates the custom role.
func (r *customRoleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan customRoleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CustomRoles().Create(ctx, plan.changeFrom(customRoleModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create custom role", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds custom roles that are as planned.
func (r *customRoleResource) like(plan customRoleModel) account.Keyless[api.CustomRole] {
	return account.Keyless[api.CustomRole]{Type: "chatlake_custom_role", All: r.Client.CustomRoles().All, IsPlanned: func(found api.CustomRole) bool {
		prior := plan
		prior.fromAPI(found, false)

		return plan.changeFrom(prior) == (api.CustomRoleRequest{})
	}}
}

// Read refreshes the state.
func (r *customRoleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state customRoleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.CustomRoles().One(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *customRoleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state customRoleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.CustomRoleRequest{}) {
		updated, err := r.Client.CustomRoles().Update(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update custom role "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the custom role.
func (r *customRoleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state customRoleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.CustomRoles().Delete(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the name with its value, or an identity.
func (r *customRoleResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
