package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
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
				MarkdownDescription: "What the app is called. Several may have the same title.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"content": schema.ListNestedAttribute{
				MarkdownDescription: "The pages.", Required: true,
				Validators: []validator.List{listvalidator.SizeAtLeast(1)},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"type": schema.StringAttribute{
						MarkdownDescription: "How the page is shown. The platform knows only `frame`, which is the default.", Optional: true, Computed: true,
						Default: stringdefault.StaticString("frame"), Validators: []validator.String{stringvalidator.OneOf("frame")},
					},
					"url": schema.StringAttribute{MarkdownDescription: "The page's address.", Required: true, Validators: []validator.String{attribute.URL()}},
				}},
			},
			"created_at": attribute.Timestamp("When it was made."),
		},
	}
}

func (r *dashboardAppResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan dashboardAppModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateDashboardApp(ctx, plan.request(dashboardAppModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create dashboard app "+plan.Title.ValueString(), err)
		return
	}

	plan.fromAPI(created, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *dashboardAppResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state dashboardAppModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.DashboardApp(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read dashboard app "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.Title.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *dashboardAppResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state dashboardAppModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateDashboardApp(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update dashboard app "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *dashboardAppResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state dashboardAppModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteDashboardApp(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete dashboard app "+state.ID.ValueString(), err)
	}
}
