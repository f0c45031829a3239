package connect

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*integrationHookResource)(nil)
	_ resource.ResourceWithIdentity    = (*integrationHookResource)(nil)
	_ resource.ResourceWithImportState = (*integrationHookResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*integrationHookResource)(nil)
)

func newIntegrationHookResource() resource.Resource {
	return &integrationHookResource{account.WithID("chatlake_integration_hook")}
}

type integrationHookResource struct{ account.ResourceWithID }

func (r *integrationHookResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	inbox := attribute.FollowedFrom("", "The id of the inbox that uses the app: needed for `dialogflow`. Another one replaces the hook; taken out, it stays as it is. The hook goes with its inbox.",
		attribute.IntegerID())
	inbox.PlanModifiers = append(inbox.PlanModifiers, attribute.ReplaceIfGiven())

	resp.Schema = schema.Schema{
		MarkdownDescription: "An app of another vendor that the account or one of its inboxes uses, such as `openai`, `dialogflow`, `google_translate`, `dyte` or `leadsquared`. " +
			"The data source `chatlake_integration_apps` lists the apps with their settings. Apps that are connected in a browser, such as `slack`, may be imported, and are better connected there. " +
			"Destroy deletes the hook.\n\n" +
			"A plan asks the server for the app, and refuses settings that do not fit. The platform replaces settings whole: whenever one of `settings` changes, the apply sends `settings_wo` again, which has to be there for that.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/integrations/create-an-integration-hook).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The hook's id."),
			"app_id": schema.StringAttribute{
				MarkdownDescription: "The app. Most may have one hook in an account; `dialogflow` may have several, also in one inbox. Another app replaces the hook.", Required: true,
				Validators:    []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"inbox_id": inbox,
			"status":   attribute.FollowedFrom("enabled", "`enabled` or `disabled`. The platform's default is `enabled`.", stringvalidator.OneOf("enabled", "disabled")),
			"settings": account.Managed(account.JSONObjectAttribute("The settings that the server shows, whole: a setting that is not in it is removed. They are " +
				"`label_suggestion` of `openai`, `project_id`, `region` and `language_code` of `dialogflow`, `project_id` of `google_translate`, `organization_id` of `dyte`, and " +
				"`endpoint_url`, `enable_conversation_activity`, `enable_transcript_activity`, `conversation_activity_score` and `transcript_activity_score` of `leadsquared`.")),
			"settings_wo": schema.DynamicAttribute{
				MarkdownDescription: "The settings that the server hides, such as `api_key` of `openai` and `dyte`, or the object `credentials` of `dialogflow` and `google_translate`. " +
					"It is in no plan and no state, so a change made elsewhere is not found, and it is sent again when `settings_wo_version` or `settings` changes. It needs Terraform 1.11 or later.",
				Optional: true, Sensitive: true, WriteOnly: true,
				Validators: []validator.Dynamic{account.JSONObject()},
			},
			"settings_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Any number. Another one sends `settings_wo` again.", Optional: true,
				Validators: []validator.Int64{int64validator.AtLeast(1), attribute.Needs(path.MatchRoot("settings_wo"))},
			},
		},
	}
}

// key returns the app, by which people know integration hooks. Some apps may have several.
func (r *integrationHookResource) key() account.Key[api.IntegrationHook] {
	return account.Key[api.IntegrationHook]{
		Name: "app_id", Example: "openai", Of: func(found api.IntegrationHook) string { return found.AppID }, All: r.Client.IntegrationHooks().All,
	}
}

// hidden returns the settings that only the configuration has.
func hidden(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) types.Dynamic {
	var settings types.Dynamic

	diags.Append(config.GetAttribute(ctx, path.Root("settings_wo"), &settings)...)

	return settings
}

// ModifyPlan refuses what does not fit the app.
func (r *integrationHookResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.CheckReleases(ctx, req, &resp.Diagnostics)

	if r.Client == nil || req.Plan.Raw.IsNull() {
		return
	}

	var plan, state integrationHookModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}

	plan.SettingsWO = hidden(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || plan.AppID.IsUnknown() {
		return
	}

	isNew := !plan.AppID.Equal(state.AppID)
	if isNew || plan.isSent(state) {
		r.checkPlan(ctx, plan, isNew, &resp.Diagnostics)
	}
}

// checkPlan asks for the app. What cannot be read is left to the platform to refuse.
func (r *integrationHookResource) checkPlan(ctx context.Context, plan integrationHookModel, isNew bool, diags *diag.Diagnostics) {
	app, err := r.Client.IntegrationApp(ctx, plan.AppID.ValueString())

	switch {
	case api.IsUnknownApp(err):
		addUnknownApp(diags, plan.AppID.ValueString(), err)
		return
	case err != nil || app.AllowsMany == nil: // An agent's token does not see what an app takes, and may not create anything.
		return
	}

	if isNew && app.HookType == "inbox" && plan.InboxID.ValueString() == "" && !plan.InboxID.IsUnknown() {
		diags.AddAttributeError(path.Root("inbox_id"), "Missing inbox", fmt.Sprintf("The app %s works in one inbox. Set inbox_id.", app.ID))
	}

	if isNew && app.Feature != "" {
		r.checkFeature(ctx, app, diags)
	}

	newSettingsCheck(app).run(plan, diags)
}

// checkFeature refuses an app whose feature is off: the list of apps lacks it then.
func (r *integrationHookResource) checkFeature(ctx context.Context, app api.IntegrationApp, diags *diag.Diagnostics) {
	listed, err := r.Client.IntegrationApps(ctx)
	if err != nil {
		return
	}

	for _, one := range listed {
		if one.ID == app.ID {
			return
		}
	}

	diags.AddAttributeError(path.Root("app_id"), "The feature "+app.Feature+" is off", fmt.Sprintf(
		"Account %s cannot use the app %s without it. A super administrator switches features on, or a platform app does (features of chatlake_platform_account).", r.Client.AccountID, app.ID))
}

// addUnknownApp refuses an app that the server does not have: it would store a hook that it never shows again.
func addUnknownApp(diags *diag.Diagnostics, app string, err error) {
	diags.AddAttributeError(path.Root("app_id"), fmt.Sprintf("The server has no app %q", app),
		"It fails when it is asked for the app, as it does over one that it does not have. Check the spelling; the data source chatlake_integration_apps lists the apps. "+apidiag.Detail(err))
}

// Create creates the integration hook.
func (r *integrationHookResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan integrationHookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	settings := hidden(ctx, req.Config, &resp.Diagnostics)
	account.Part[api.Inbox]{
		Attribute: "inbox_id", Noun: "inbox", Prior: types.StringNull(), Wanted: plan.InboxID, All: r.Client.Inboxes,
	}.Check(ctx, &r.Resource, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	app, ok := r.app(ctx, plan, &resp.Diagnostics)
	if !ok {
		return
	}

	request := plan.changeFrom(integrationHookData{})
	request.Settings = api.Set(settingsOf(plan.Settings, settings))

	created, err := r.Client.IntegrationHooks().Create(ctx, app.Visible, request)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create integration hook", err)
		r.like(plan).EndCreate(ctx, err, req, resp)
		r.addHolder(ctx, plan, err, &resp.Diagnostics)

		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// app returns the app of a hook that is to be written.
func (r *integrationHookResource) app(ctx context.Context, plan integrationHookModel, diags *diag.Diagnostics) (api.IntegrationApp, bool) {
	app, err := r.Client.IntegrationApp(ctx, plan.AppID.ValueString())
	if api.IsUnknownApp(err) {
		addUnknownApp(diags, plan.AppID.ValueString(), err)
		return app, false
	}

	apidiag.Add(diags, "read the app of the integration hook", err)

	return app, err == nil
}

// addHolder names the hook that the app has already.
func (r *integrationHookResource) addHolder(ctx context.Context, plan integrationHookModel, cause error, diags *diag.Diagnostics) {
	account.Unique[api.IntegrationHook]{
		Type: "chatlake_integration_hook", Key: "app_id", All: r.Client.IntegrationHooks().All,
		Has: func(found api.IntegrationHook) bool { return found.AppID == plan.AppID.ValueString() },
	}.AddHolder(ctx, cause, diags)
}

// like finds integration hooks that are as planned, as far as can be seen.
func (r *integrationHookResource) like(plan integrationHookModel) account.Keyless[api.IntegrationHook] {
	return account.Keyless[api.IntegrationHook]{
		Type: "chatlake_integration_hook", All: r.Client.IntegrationHooks().All,
		IsPlanned: func(found api.IntegrationHook) bool {
			prior := plan
			prior.fromAPI(found, false)

			return plan.changeFrom(prior.integrationHookData) == (api.IntegrationHookRequest{}) && !account.IsChanged(prior.Settings, plan.Settings)
		},
	}
}

// Read refreshes the state.
func (r *integrationHookResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state integrationHookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.IntegrationHooks().One(ctx, state.AppID.ValueString(), id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed. Settings are sent whole.
func (r *integrationHookResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state integrationHookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	settings := hidden(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	app, ok := api.IntegrationApp{}, true
	change := plan.changeFrom(state.integrationHookData)

	if plan.isSent(state) || change != (api.IntegrationHookRequest{}) {
		app, ok = r.app(ctx, plan, &resp.Diagnostics)
	}

	if !ok {
		return
	}

	if plan.isSent(state) {
		change.Settings = api.Set(settingsOf(shownSettings(plan, state, app), settings))
	}

	if change == (api.IntegrationHookRequest{}) {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		r.KeepUpdate(ctx, req, resp, plan.ID)

		return
	}

	updated, err := r.Client.IntegrationHooks().Update(ctx, app.Visible, api.ParseID(state.ID.ValueString()), change)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "update integration hook "+state.ID.ValueString(), err)
		return
	}

	plan.fromAPI(updated, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// shownSettings returns the planned settings; those that the platform has, where nothing of them is or was managed.
func shownSettings(plan, state integrationHookModel, app api.IntegrationApp) types.Dynamic {
	if !plan.Settings.IsNull() && !plan.Settings.IsUnknown() || !state.Settings.IsNull() {
		return plan.Settings
	}

	for _, hook := range app.Hooks.Good {
		if hook.ID.String() == state.ID.ValueString() {
			return account.TrackObject(true, types.DynamicNull(), hook.Settings)
		}
	}

	return plan.Settings
}

// Delete deletes the integration hook.
func (r *integrationHookResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state integrationHookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.IntegrationHooks().Delete(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the app with its value, or an identity.
func (r *integrationHookResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
