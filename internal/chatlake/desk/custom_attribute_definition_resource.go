package desk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*definitionResource)(nil)
	_ resource.ResourceWithIdentity    = (*definitionResource)(nil)
	_ resource.ResourceWithImportState = (*definitionResource)(nil)
)

func newCustomAttributeDefinitionResource() resource.Resource {
	return &definitionResource{account.WithID("chatlake_custom_attribute_definition")}
}

type definitionResource struct{ account.ResourceWithID }

func (r *definitionResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What a custom attribute of contacts, conversations or companies means. The platform takes values without one as well. " +
			"Destroy deletes the definition; values stay where they are.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/custom-attributes/add-a-new-custom-attribute).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The definition's id."),
			"attribute_display_name": schema.StringAttribute{
				MarkdownDescription: "What agents see.", Required: true,
				Validators: []validator.String{trimmed(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"attribute_key": schema.StringAttribute{
				MarkdownDescription: "The attribute's key: letters, digits, `_`, `.` and `-`. With `attribute_model`, it is the definition's key in the account. Values are stored under it and would not follow, so another key is another definition.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.RegexMatches(definitionKey, "must be letters, digits, underscores, dots and hyphens"), stringvalidator.UTF8LengthAtMost(account.MaxString)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"attribute_model":        fixedChoice("What has the attribute: "+attribute.Choices(definitionModels...)+". The platform's default is the first; the last needs version 4.14.0 of the server. Another one is another definition.", definitionModels),
			"attribute_display_type": fixedChoice("The kind of value: "+attribute.Choices(definitionTypes...)+". The platform's default is the first. Another one is another definition.", definitionTypes),
			"attribute_description":  attribute.OptionalText("What the attribute means.", account.MaxText),
			"attribute_values": schema.ListAttribute{
				MarkdownDescription: "What agents choose from; for the type `list`, which needs it.", ElementType: types.StringType, Optional: true,
				Validators: []validator.List{listvalidator.SizeAtLeast(1), listvalidator.ValueStringsAre(attribute.NotEmpty())},
			},
			"regex_pattern":  attribute.OptionalText("A regular expression that values must match; for the type `text`.", account.MaxString),
			"regex_cue":      attribute.OptionalText("What agents are told about `regex_pattern`.", account.MaxString),
			"created_at":     attribute.Timestamp("When it was made."),
			"adopt_existing": attribute.AdoptExisting("key and model", false),
		},
	}
}

// model is what has the attribute.
func (m *definitionModel) model() string {
	if m.Model.ValueString() == "" {
		return definitionModels[0]
	}

	return m.Model.ValueString()
}

func (r *definitionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan definitionModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateCustomAttributeDefinition(ctx, plan.request(definitionData{}))
	if err != nil {
		var adopted bool

		created, adopted = r.adopt(ctx, plan, err, &resp.Diagnostics)
		if !adopted {
			return
		}
	}

	plan.fromAPI(created, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// adopt makes the custom attribute definition that holds the key into the planned one, if it may.
func (r *definitionResource) adopt(ctx context.Context, plan definitionModel, cause error, diags *diag.Diagnostics) (api.CustomAttributeDefinition, bool) {
	h := account.Holder{Kind: "chatlake_custom_attribute_definition", Key: "key", Value: plan.Key.ValueString()}

	var found api.CustomAttributeDefinition

	if account.KeyMayBeTaken(cause, "attribute_key") {
		all, _ := r.Client.CustomAttributeDefinitions(ctx) // Without the list, the first failure stands.
		for _, one := range all {
			if one.Key == h.Value && one.Model == plan.model() {
				found, h.ID = one, one.ID
			}
		}
	}

	prior := plan.definitionData
	prior.fromAPI(found, false)
	fields := plan.request(prior)

	h.Same = len(fields) == 0
	if !account.MayAdopt(diags, "create custom attribute definition "+h.Value, cause, plan.AdoptExisting, h) {
		return found, false
	}

	if h.Same {
		return found, true
	}

	updated, err := r.Client.UpdateCustomAttributeDefinition(ctx, found.ID, fields)
	apidiag.Add(diags, fmt.Sprintf("update custom attribute definition %s", found.ID), err)

	return updated, err == nil
}

func (r *definitionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state definitionModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.CustomAttributeDefinition(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read custom attribute definition "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.Key.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *definitionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state definitionModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state.definitionData)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateCustomAttributeDefinition(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update custom attribute definition "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *definitionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state definitionModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteCustomAttributeDefinition(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete custom attribute definition "+state.ID.ValueString(), err)
	}
}
