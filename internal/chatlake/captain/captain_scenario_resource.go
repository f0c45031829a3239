package captain

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*scenarioResource)(nil)
	_ resource.ResourceWithIdentity    = (*scenarioResource)(nil)
	_ resource.ResourceWithImportState = (*scenarioResource)(nil)
)

const scenarioType = "chatlake_captain_scenario"

func newScenarioResource() resource.Resource {
	return &scenarioResource{account.Of(scenarioType)}
}

type scenarioResource struct{ account.Resource }

func (r *scenarioResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	text := func(description string, most int) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: description, Required: true,
			Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(most)},
		}
	}

	resp.Schema = schema.Schema{
		MarkdownDescription: "What an assistant does in some kind of conversation. Destroy deletes it. The server lists no scenarios that are disabled, " +
			"so that no query, no export and no import by title finds those. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The scenario's id."),
			"assistant_id": schema.StringAttribute{
				MarkdownDescription: "The assistant's id. A scenario of another assistant is another scenario.", Required: true,
				Validators:    []validator.String{attribute.IntegerID()},
				PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"title":       text("What the scenario is called. Several may have the same title.", account.MaxString),
			"description": text("When it is the right one.", account.MaxText),
			"instruction": text("What the assistant does. It names a tool as `[Title](tool://ID)`, by the id of one that is built in, such as `handoff`, or by the slug of a custom tool.", account.MaxText),
			"enabled":     attribute.FollowedFlagFrom(true, "Whether the assistant uses it. The platform's default is `true`."),
			"tools": schema.ListAttribute{
				MarkdownDescription: "The tools that the instruction names; null if it names none.", ElementType: types.StringType, Computed: true,
				PlanModifiers: []planmodifier.List{unlessChanged{"instruction"}},
			},
		},
	}
}

// IdentitySchema is the account, the assistant's id and the scenario's.
func (r *scenarioResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = account.IdentitySchema(map[string]string{"assistant_id": "The assistant's id.", "id": "The scenario's id."})
}

// scenarioIdentity is the identity of a scenario.
type scenarioIdentity struct {
	AccountID   types.String `tfsdk:"account_id"`
	AssistantID types.String `tfsdk:"assistant_id"`
	ID          types.String `tfsdk:"id"`
}

func (r *scenarioResource) setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, m scenarioModel) diag.Diagnostics {
	if identity == nil {
		return nil
	}

	return identity.Set(ctx, scenarioIdentity{AccountID: types.StringValue(r.Client.AccountID), AssistantID: m.AssistantID, ID: m.ID})
}

// Create creates the scenario.
func (r *scenarioResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan scenarioModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	assistant, _ := plan.ids()

	created, err := r.Client.CreateCaptainScenario(ctx, assistant, plan.changeFrom(scenarioModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create Captain scenario of assistant "+plan.AssistantID.ValueString(), err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan)...)
	planned.KeepCreate(req, resp, "Captain scenario")
}

// like finds scenarios of the assistant that are as planned. One that is disabled is in no list.
func (r *scenarioResource) like(plan scenarioModel) account.Keyless[api.CaptainScenario] {
	assistant, _ := plan.ids()

	return account.Keyless[api.CaptainScenario]{
		Type: scenarioType, Within: assistant.String() + "/",
		All: func(ctx context.Context) ([]api.CaptainScenario, error) {
			return r.Client.CaptainScenarios(ctx, assistant)
		},
		IsPlanned: func(found api.CaptainScenario) bool {
			prior := plan
			prior.fromAPI(found)

			return plan.changeFrom(prior) == (api.CaptainScenarioRequest{})
		},
	}
}

// Read refreshes the state.
func (r *scenarioResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state scenarioModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	_, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, state)...) // Also if the scenario is gone.
	assistant, id := state.ids()

	found, err := r.Client.CaptainScenario(ctx, assistant, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *scenarioResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state scenarioModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	assistant, id := state.ids()

	change := plan.changeFrom(state)
	if change != (api.CaptainScenarioRequest{}) {
		updated, err := r.Client.UpdateCaptainScenario(ctx, assistant, id, change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update Captain scenario "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan)...)
	planned.KeepUpdate(req, resp, "Captain scenario")
}

// Delete deletes the scenario.
func (r *scenarioResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state scenarioModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	assistant, id := state.ids()
	r.EndDelete(r.Client.DeleteCaptainScenario(ctx, assistant, id), state.ID, "", &resp.Diagnostics)
}

// ImportState takes the ids of the assistant and of the scenario, or its title in place of the latter, or an identity.
func (r *scenarioResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	form := importid.Form{
		Type:  scenarioType,
		Parts: []importid.Part{{Name: "assistant_id", Form: importid.Integer, Example: "42"}, {Name: "id", Form: importid.Integer, Example: "7"}},
		Keys:  []importid.Key{{Name: "title", Example: "Refunds"}},
	}

	r.ImportForm(ctx, form, func(ctx context.Context, id importid.ID) ([]string, error) {
		scenarios, err := r.Client.CaptainScenarios(ctx, api.ParseID(id.Parts["assistant_id"]))

		var ids []string

		for _, one := range scenarios {
			if one.Title == id.Value {
				ids = append(ids, one.ID.String())
			}
		}

		return ids, err
	}, req, resp)
}
