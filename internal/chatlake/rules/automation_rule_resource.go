package rules

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
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*ruleResource)(nil)
	_ resource.ResourceWithIdentity    = (*ruleResource)(nil)
	_ resource.ResourceWithImportState = (*ruleResource)(nil)
)

func newAutomationRuleResource() resource.Resource {
	return &ruleResource{account.WithID("chatlake_automation_rule")}
}

type ruleResource struct{ account.ResourceWithID }

func (r *ruleResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Something that is done whenever something happens. It needs an administrator's token. Destroy deletes it. " +
			"The server may switch off a rule that fails again and again.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/automation-rule/add-a-new-automation-rule).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The rule's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the rule is called. Several may have the same name.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description": account.Owned(attribute.OptionalText("What the rule is for.", account.MaxText)),
			"event_name": schema.StringAttribute{
				MarkdownDescription: "When the rule acts: " + attribute.Choices(ruleEvents...) + ".", Required: true,
				Validators: []validator.String{stringvalidator.OneOf(ruleEvents...)},
			},
			"conditions": schema.DynamicAttribute{
				MarkdownDescription: "On what: a list of objects { `attribute_key`, `filter_operator`, `values`, `query_operator` }, joined by the `query_operator` of each but the last, `AND` or `OR`. " +
					"Keys are " + attribute.Choices(ruleConditions...) + ", or the key of a custom attribute, then with `custom_attribute_type`. `[]` is always.",
				Required: true, Validators: []validator.Dynamic{conditionList{}}, PlanModifiers: []planmodifier.Dynamic{keepSteps{}},
			},
			"actions": schema.DynamicAttribute{
				MarkdownDescription: "What is done: a list of objects { `action_name`, `action_params` }, such as `{ action_name = \"add_label\", action_params = [\"vip\"] }`. " +
					"Names are " + attribute.Choices(ruleActions...) + ". Ids of agents and teams may be strings.",
				Required: true, Validators: []validator.Dynamic{actionList(ruleActions)}, PlanModifiers: []planmodifier.Dynamic{keepSteps{}},
			},
			"active":     attribute.FollowedFlag("Whether the rule is in force. The platform's default is `true`."),
			"created_on": attribute.Timestamp("When it was made."),
		},
	}
}

func (r *ruleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan ruleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateAutomationRule(ctx, plan.request(ruleModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create automation rule "+plan.Name.ValueString(), err)
		return
	}

	plan.fromAPI(created, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepCreate(req, resp, "automation rule")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *ruleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state ruleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for a rule that is gone.

	found, err := r.Client.AutomationRule(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read automation rule "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, imported || state.Name.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *ruleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state ruleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateAutomationRule(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update automation rule "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(req.State, &resp.State)
	planned.KeepUpdate(req, resp, "automation rule")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *ruleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state ruleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteAutomationRule(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete automation rule "+state.ID.ValueString(), err)
	}
}
