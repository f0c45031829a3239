package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*dashboardAppResource)(nil)
	_ resource.ResourceWithIdentity    = (*dashboardAppResource)(nil)
	_ resource.ResourceWithImportState = (*dashboardAppResource)(nil)
)

func newDashboardAppResource() resource.Resource {
	return &dashboardAppResource{account.WithID("chatlake_dashboard_app")}
}

type dashboardAppResource struct{ account.ResourceWithID }

func (r *dashboardAppResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Pages of another program that agents see beside a conversation. Needs version 2.6.0 of the server. Destroy deletes it. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The app's id."),
			"title": schema.StringAttribute{
				MarkdownDescription: "The app's title. Several may have the same one.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"content": schema.ListNestedAttribute{
				MarkdownDescription: "The pages.", Required: true,
				Validators: []validator.List{listvalidator.NoNullValues(), attribute.Some{}},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"type": schema.StringAttribute{
						MarkdownDescription: "How the page is shown. The platform knows only `frame`, which is the default.", Optional: true, Computed: true,
						Default: stringdefault.StaticString(frameType), Validators: attribute.OrEmpty(attribute.Known(frameType)),
						PlanModifiers: []planmodifier.String{attribute.KeepSpelling().WithDefault(types.StringValue(frameType))},
					},
					"url": schema.StringAttribute{MarkdownDescription: "The page's address.", Required: true, Validators: []validator.String{attribute.URL()}},
				}},
			},
			"created_at": attribute.Timestamp("When it was created."),
		},
	}
}

// frameType is how all pages are shown.
const frameType = "frame"

// key returns the title, by which people know them. Several may have the same.
func (r *dashboardAppResource) key() account.Key[api.DashboardApp] {
	return account.Key[api.DashboardApp]{
		Name: "title", Example: "CRM", Of: func(found api.DashboardApp) string { return found.Title }, All: r.Client.DashboardApps,
	}
}

// Create creates the dashboard app.
func (r *dashboardAppResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan dashboardAppData
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateDashboardApp(ctx, plan.changeFrom(dashboardAppData{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create dashboard app", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds apps that are as planned.
func (r *dashboardAppResource) like(plan dashboardAppData) account.Keyless[api.DashboardApp] {
	return account.Keyless[api.DashboardApp]{Type: "chatlake_dashboard_app", All: r.Client.DashboardApps, IsPlanned: func(found api.DashboardApp) bool {
		prior := plan
		prior.fromAPI(found)

		return plan.changeFrom(prior) == (api.DashboardAppRequest{})
	}}
}

// Read refreshes the state.
func (r *dashboardAppResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state dashboardAppData
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, _ := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.DashboardApp(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *dashboardAppResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state dashboardAppData
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.DashboardAppRequest{}) {
		updated, err := r.Client.UpdateDashboardApp(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update dashboard app "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the dashboard app.
func (r *dashboardAppResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state dashboardAppData
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.DeleteDashboardApp(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the title with its value, or an identity.
func (r *dashboardAppResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
