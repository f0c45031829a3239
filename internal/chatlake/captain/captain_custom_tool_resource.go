package captain

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*customToolResource)(nil)
	_ resource.ResourceWithIdentity    = (*customToolResource)(nil)
	_ resource.ResourceWithImportState = (*customToolResource)(nil)
)

func newCustomToolResource() resource.Resource {
	return &customToolResource{account.WithID("chatlake_captain_custom_tool")}
}

type customToolResource struct{ account.ResourceWithID }

var authTypes = []string{"none", "bearer", "basic", "api_key"}

func (r *customToolResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A request that assistants may send to a service of yours. An account has fifteen at most. " +
			"Scenarios name it as `[Title](tool://SLUG)`. Destroy deletes it; scenarios that name it cannot be changed until they no longer do. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id":   attribute.ID("The tool's id."),
			"slug": attribute.Stable("What scenarios name the tool by. The server makes it of the first title, and keeps it."),
			"title": schema.StringAttribute{
				MarkdownDescription: "What the tool is called. Several may have the same title.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description": account.ManagedText("What the tool is for, which the assistant is told.", account.MaxText),
			"endpoint_url": schema.StringAttribute{
				MarkdownDescription: "Where the request goes: an `https` address of a host with a name, which is neither `localhost` nor ends in `.local`.", Required: true,
				Validators: []validator.String{namedHost{}},
			},
			"http_method":       attribute.FollowedFrom("GET", "The request's method, `GET` or `POST`. The platform's default is `GET`.", stringvalidator.OneOf("GET", "POST")),
			"request_template":  account.ManagedText("The request's body, as a template.", account.MaxText),
			"response_template": account.ManagedText("What the assistant is told of the answer, as a template.", account.MaxText),
			"auth_type":         attribute.FollowedFrom("none", "How the request is signed: "+attribute.Choices(authTypes...)+". The platform's default is `none`.", stringvalidator.OneOf(authTypes...)),
			"auth_config":       account.ManagedSecretObject("What the request is signed with, whole: a key that is not in it is removed. It is sensitive, and only administrators are shown it."),
			"enabled":           attribute.FollowedFlagFrom(true, "Whether assistants may use the tool. The platform's default is `true`."),
			"param_schema": schema.ListNestedAttribute{
				MarkdownDescription: "What the assistant fills in, all of it.", Optional: true, Computed: true,
				PlanModifiers: []planmodifier.List{ownership.Plan(), attribute.KeepSpelling()},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":        schema.StringAttribute{MarkdownDescription: "The parameter's name.", Required: true, Validators: []validator.String{attribute.NotEmpty()}},
					"type":        schema.StringAttribute{MarkdownDescription: "What it holds, such as `string` or `number`.", Required: true, Validators: []validator.String{attribute.NotEmpty()}},
					"description": schema.StringAttribute{MarkdownDescription: "What it is, which the assistant is told.", Required: true},
					"required":    schema.BoolAttribute{MarkdownDescription: "Whether the assistant has to fill it in.", Optional: true},
				}},
			},
		},
	}
}

// key returns the slug, by which people know Captain custom tools.
func (r *customToolResource) key() account.Key[api.CaptainTool] {
	return account.Key[api.CaptainTool]{
		Name: "slug", Example: "custom_order_status", Of: func(found api.CaptainTool) string { return found.Slug }, All: r.Client.CaptainTools().All,
	}
}

// Create creates the Captain custom tool.
func (r *customToolResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan customToolModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CaptainTools().Create(ctx, plan.changeFrom(customToolModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create Captain custom tool", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds Captain custom tools that are as planned.
func (r *customToolResource) like(plan customToolModel) account.Keyless[api.CaptainTool] {
	return account.Keyless[api.CaptainTool]{Type: "chatlake_captain_custom_tool", All: r.Client.CaptainTools().All, IsPlanned: func(found api.CaptainTool) bool {
		prior := plan
		prior.fromAPI(found, false)

		return plan.changeFrom(prior) == (api.CaptainToolRequest{})
	}}
}

// Read refreshes the state.
func (r *customToolResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state customToolModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.CaptainTools().One(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *customToolResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state customToolModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.CaptainToolRequest{}) {
		updated, err := r.Client.CaptainTools().Update(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update Captain custom tool "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the Captain custom tool.
func (r *customToolResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state customToolModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.CaptainTools().Delete(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the slug with its value, or an identity.
func (r *customToolResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
