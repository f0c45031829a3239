package desk

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*customAttributeDefinitionResource)(nil)
	_ resource.ResourceWithIdentity    = (*customAttributeDefinitionResource)(nil)
	_ resource.ResourceWithImportState = (*customAttributeDefinitionResource)(nil)
)

func newCustomAttributeDefinitionResource() resource.Resource {
	return &customAttributeDefinitionResource{account.WithID("chatlake_custom_attribute_definition")}
}

type customAttributeDefinitionResource struct{ account.ResourceWithID }

func (r *customAttributeDefinitionResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
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
				MarkdownDescription: "The attribute's key: letters and digits of any script, `_`, `.` and `-`. With `attribute_model`, it is the definition's key in the account. " +
					"It can be changed; values that are stored under the old key stay there.",
				Required:   true,
				Validators: []validator.String{stringvalidator.RegexMatches(definitionKey, "must be letters, digits, underscores, dots and hyphens"), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"attribute_model":        attribute.FollowedFrom(definitionModels[0], "What has the attribute: "+attribute.Choices(definitionModels...)+". The platform's default is the first; the last needs version 4.14.0 of the server.", attribute.Known(definitionModels...)),
			"attribute_display_type": attribute.FollowedFrom(definitionTypes[0], "The kind of value: "+attribute.Choices(definitionTypes...)+". The platform's default is the first.", attribute.Known(definitionTypes...)),
			"attribute_description":  account.ManagedText("What the attribute means.", account.MaxText),
			"attribute_values":       account.ManagedTexts("What agents choose from; for the type `list`, which needs it.", attribute.NotEmpty()),
			"regex_pattern":          account.ManagedText("A regular expression that values must match; for the type `text`.", account.MaxString),
			"regex_cue":              account.ManagedText("What agents are told about `regex_pattern`.", account.MaxString),
			"created_at":             attribute.Timestamp("When it was created."),
			"adopt_existing":         attribute.AdoptExisting("key and model", false),
		},
	}
}

// key returns the key, by which people know definitions. Two models may have the same.
func (r *customAttributeDefinitionResource) key() account.Key[api.CustomAttributeDefinition] {
	return account.Key[api.CustomAttributeDefinition]{
		Name: "attribute_key", Example: "plan", Of: func(found api.CustomAttributeDefinition) string { return found.Key },
		All: r.Client.CustomAttributeDefinitions,
	}
}

// keyWithin is key among the definitions of one model.
func (r *customAttributeDefinitionResource) keyWithin(model string) account.Key[api.CustomAttributeDefinition] {
	key := r.key()
	key.All = func(ctx context.Context) ([]api.CustomAttributeDefinition, error) {
		all, err := r.Client.CustomAttributeDefinitions(ctx)
		isOther := func(found api.CustomAttributeDefinition) bool { return found.Model != model }

		return slices.DeleteFunc(slices.Clone(all), isOther), err
	}

	return key
}

// Create creates the definition, or adopts the one that has its key and model.
func (r *customAttributeDefinitionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan customAttributeDefinitionModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, ok := account.Creation[api.CustomAttributeDefinition, api.CustomAttributeDefinitionRequest]{
		Key: r.keyWithin(plan.model()), Value: plan.Key.ValueString(), Within: plan.model() + "/", Allowed: plan.AdoptExisting,
		Request: plan.changeFrom(customAttributeDefinitionData{}), Create: r.Client.CreateCustomAttributeDefinition,
		ChangeOf: plan.changeOf, Update: r.Client.UpdateCustomAttributeDefinition,
	}.Run(ctx, &r.Resource, &resp.Diagnostics)
	if !ok {
		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// Read refreshes the state.
func (r *customAttributeDefinitionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state customAttributeDefinitionModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.CustomAttributeDefinition(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)

	if imported {
		state.forgetUnused()
	}

	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *customAttributeDefinitionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state customAttributeDefinitionModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state.customAttributeDefinitionData)
	if change != (api.CustomAttributeDefinitionRequest{}) {
		updated, err := r.Client.UpdateCustomAttributeDefinition(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			r.keyWithin(plan.Model.ValueString()).AddUpdate(ctx, "chatlake_custom_attribute_definition", state.ID, plan.Key.ValueString(), err, &resp.Diagnostics)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the definition, unless another resource has adopted it in this run.
func (r *customAttributeDefinitionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state customAttributeDefinitionModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeleteCustomAttributeDefinition(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.model()+"/"+state.Key.ValueString(), &resp.Diagnostics)
}

// ImportState takes an id, the key with its value, or an identity.
func (r *customAttributeDefinitionResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
