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
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*assistantResource)(nil)
	_ resource.ResourceWithIdentity    = (*assistantResource)(nil)
	_ resource.ResourceWithImportState = (*assistantResource)(nil)
)

func newAssistantResource() resource.Resource {
	return &assistantResource{account.WithID("chatlake_captain_assistant")}
}

type assistantResource struct{ account.ResourceWithID }

func (r *assistantResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: description, Required: true,
			Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
		}
	}

	resp.Schema = schema.Schema{
		MarkdownDescription: "An assistant that answers customers by a language model. " +
			"Destroy deletes it; its inboxes, scenarios, responses and documents go with it a moment later. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id":          attribute.ID("The assistant's id."),
			"name":        text("What the assistant is called. Several may have the same name."),
			"description": text("What the assistant is for."),
			"config": account.Managed(schema.DynamicAttribute{
				MarkdownDescription: "How the assistant works, whole: a key that is not in it is removed. The keys are " + attribute.Choices(configKeys...) + ".",
				Optional:            true,
				Validators:          []validator.Dynamic{account.JSONObject(), keptKeys(configKeys)},
				PlanModifiers:       []planmodifier.Dynamic{attribute.KeepSpelling()},
			}),
			"response_guidelines": account.ManagedTexts("How the assistant is to answer, a sentence each.", attribute.NotEmpty()),
			"guardrails":          account.ManagedTexts("What the assistant must not do, a sentence each.", attribute.NotEmpty()),
		},
	}
}

// key returns the name, by which people know Captain assistants.
func (r *assistantResource) key() account.Key[api.CaptainAssistant] {
	return account.Key[api.CaptainAssistant]{
		Name: "name", Example: "Helper", Of: func(found api.CaptainAssistant) string { return found.Name }, All: r.Client.CaptainAssistants().All,
	}
}

// Create creates the Captain assistant.
func (r *assistantResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan assistantModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CaptainAssistants().Create(ctx, plan.changeFrom(assistantModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create Captain assistant", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds Captain assistants that are as planned.
func (r *assistantResource) like(plan assistantModel) account.Keyless[api.CaptainAssistant] {
	return account.Keyless[api.CaptainAssistant]{Type: "chatlake_captain_assistant", All: r.Client.CaptainAssistants().All, IsPlanned: func(found api.CaptainAssistant) bool {
		prior := plan
		prior.fromAPI(found, false)

		return plan.changeFrom(prior) == (api.CaptainAssistantRequest{})
	}}
}

// Read refreshes the state.
func (r *assistantResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state assistantModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.CaptainAssistants().One(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *assistantResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state assistantModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.CaptainAssistantRequest{}) {
		updated, err := r.Client.CaptainAssistants().Update(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update Captain assistant "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the Captain assistant.
func (r *assistantResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state assistantModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.CaptainAssistants().Delete(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the name with its value, or an identity.
func (r *assistantResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
