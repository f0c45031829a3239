package rules

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*macroResource)(nil)
	_ resource.ResourceWithIdentity    = (*macroResource)(nil)
	_ resource.ResourceWithImportState = (*macroResource)(nil)
)

func newMacroResource() resource.Resource { return &macroResource{account.WithID("chatlake_macro")} }

type macroResource struct{ account.ResourceWithID }

func (r *macroResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	visibilities := []string{"personal", "global"}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Actions that agents run on a conversation at once. Needs version 2.8.0 of the server. Destroy deletes it. It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The macro's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the macro is called. Several may have the same name.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"visibility": attribute.FollowedFrom("personal", "Who sees it: `personal`, the token's user only, or `global`, everybody, which only an administrator may make. The platform's default is `personal`.",
				stringvalidator.OneOf(visibilities...)),
			"actions": schema.DynamicAttribute{
				MarkdownDescription: "What is done: a list of objects { `action_name`, `action_params` }, such as `{ action_name = \"add_label\", action_params = [\"vip\"] }`. " +
					"Names are " + attribute.Choices(macroActions...) + ". Ids of agents and teams may be strings." + fileDescription,
				Required: true, Validators: []validator.Dynamic{actionList(macroActions)}, PlanModifiers: []planmodifier.Dynamic{keepSteps{}},
			},
			"created_by_id": attribute.Stable("The id of the user who made it."),
		},
	}
}

// Create creates the macro.
func (r *macroResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan macroModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	files := openAttachments(ctx, types.DynamicNull(), plan.Actions, nil, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	request := plan.changeFrom(macroModel{})
	if !files.upload(ctx, r.Client, request.Actions, &resp.Diagnostics) {
		return
	}

	created, err := r.Client.CreateMacro(ctx, request)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create macro", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	reportVisibility(plan, created, &resp.Diagnostics)
	sent := files.sent(created.Actions)
	plan.fromAPI(created, sent)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(sent.store(ctx, resp.Private, nil)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds macros that are as planned.
func (r *macroResource) like(plan macroModel) account.Keyless[api.Macro] {
	return account.Keyless[api.Macro]{Type: "chatlake_macro", All: r.Client.Macros, IsPlanned: func(found api.Macro) bool {
		prior := plan
		prior.fromAPI(found, likeFiles(plan.Actions, found.Actions, found.Files))

		return plan.changeFrom(prior) == (api.MacroRequest{})
	}}
}

// reportVisibility reports a macro that the server made personal although it was to be global.
func reportVisibility(wanted macroModel, found api.Macro, diags *diag.Diagnostics) {
	if wanted.Visibility.ValueString() != found.Visibility {
		diags.AddAttributeError(path.Root("visibility"), fmt.Sprintf("Unable to make macro %s %s", found.ID, wanted.Visibility.ValueString()),
			fmt.Sprintf("The platform made it %s: only an administrator's token makes global ones. Use one, or set visibility to \"personal\"; "+
				"if the macro was just created, `terraform untaint` keeps it.", found.Visibility))
	}
}

// Read refreshes the state.
func (r *macroResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state macroModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, _ := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.Macro(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	sent := loadFiles(ctx, req.Private, &resp.Diagnostics)
	held := sent.in(found.Actions)
	state.fromAPI(found, held.checked())
	resp.Diagnostics.Append(held.store(ctx, resp.Private, sent)...)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *macroResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state macroModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	files := openAttachments(ctx, state.Actions, plan.Actions, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	prior, sent := state, files.sent(nil)
	if files.isThere {
		prior.Actions = plan.Actions
	}

	change := plan.changeFrom(prior)
	if !files.upload(ctx, r.Client, change.Actions, &resp.Diagnostics) {
		return
	}

	if change != (api.MacroRequest{}) {
		updated, err := r.Client.UpdateMacro(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update macro "+state.ID.ValueString(), err)
			return
		}

		reportVisibility(plan, updated, &resp.Diagnostics)
		sent = files.sent(updated.Actions)
		plan.fromAPI(updated, sent)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(sent.store(ctx, resp.Private, files.held)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the macro.
func (r *macroResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state macroModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.DeleteMacro(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// key returns the name, by which people know macros.
func (r *macroResource) key() account.Key[api.Macro] {
	return account.Key[api.Macro]{
		Name: "name", Example: "Close", Of: func(found api.Macro) string { return found.Name }, All: r.Client.Macros,
	}
}

// ImportState takes an id, the name with its value, or an identity.
func (r *macroResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
