package rules

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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
			"description": account.ManagedText("What the rule is for.", account.MaxText),
			"event_name": schema.StringAttribute{
				MarkdownDescription: "When the rule acts: " + attribute.Choices(ruleEvents...) + ".", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), attribute.Known(ruleEvents...)},
			},
			"conditions": schema.DynamicAttribute{
				MarkdownDescription: "On what: a list of objects { `attribute_key`, `filter_operator`, `values`, `query_operator` }, joined by the `query_operator` of each but the last, `AND` or `OR`. " +
					"Keys are " + attribute.Choices(ruleConditions...) + ", or the key of a custom attribute, then with `custom_attribute_type`. `[]` is always.",
				Required: true, Validators: []validator.Dynamic{conditionList{}}, PlanModifiers: []planmodifier.Dynamic{keepSteps{}},
			},
			"actions": schema.DynamicAttribute{
				MarkdownDescription: "What is done: a list of objects { `action_name`, `action_params` }, such as `{ action_name = \"add_label\", action_params = [\"vip\"] }`. " +
					"Names are " + attribute.Choices(ruleActions...) + ". Ids of agents and teams may be strings." + fileDescription,
				Required: true, Validators: []validator.Dynamic{actionList(ruleActions)}, PlanModifiers: []planmodifier.Dynamic{keepSteps{}},
			},
			"active":     attribute.FollowedFlagFrom(true, "Whether the rule is in force. The platform's default is `true`."),
			"created_on": attribute.Timestamp("When it was made."),
		},
	}
}

// Create creates the rule.
func (r *ruleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan ruleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	files := openAttachments(ctx, types.DynamicNull(), plan.Actions, nil, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	request := plan.changeFrom(ruleModel{})
	if !files.upload(ctx, r.Client, request.Actions, &resp.Diagnostics) {
		return
	}

	created, err := r.Client.CreateAutomationRule(ctx, request)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create automation rule", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	sent := files.sent(created.Actions)
	plan.fromAPI(created, false, sent)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(sent.store(ctx, resp.Private, nil)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds rules that are as planned.
func (r *ruleResource) like(plan ruleModel) account.Keyless[api.AutomationRule] {
	return account.Keyless[api.AutomationRule]{Type: "chatlake_automation_rule", All: r.Client.AutomationRules, IsPlanned: func(found api.AutomationRule) bool {
		prior := plan
		prior.fromAPI(found, false, likeFiles(plan.Actions, found.Actions, found.Files))

		return plan.changeFrom(prior) == (api.AutomationRuleRequest{})
	}}
}

// Read refreshes the state.
func (r *ruleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state ruleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.AutomationRule(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	sent := loadFiles(ctx, req.Private, &resp.Diagnostics)
	held := sent.in(found.Actions)
	state.fromAPI(found, imported, held.checked())
	resp.Diagnostics.Append(held.store(ctx, resp.Private, sent)...)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *ruleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state ruleModel
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

	if change != (api.AutomationRuleRequest{}) {
		updated, err := r.Client.UpdateAutomationRule(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update automation rule "+state.ID.ValueString(), err)
			return
		}

		sent = files.sent(updated.Actions)
		plan.fromAPI(updated, false, sent)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(sent.store(ctx, resp.Private, files.held)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the rule.
func (r *ruleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state ruleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.DeleteAutomationRule(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// key returns the name, by which people know automation rules.
func (r *ruleResource) key() account.Key[api.AutomationRule] {
	return account.Key[api.AutomationRule]{
		Name: "name", Example: "Greet", Of: func(found api.AutomationRule) string { return found.Name }, All: r.Client.AutomationRules,
	}
}

// ImportState takes an id, the name with its value, or an identity.
func (r *ruleResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
