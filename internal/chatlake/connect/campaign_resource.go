package connect

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ resource.ResourceWithConfigure   = (*campaignResource)(nil)
	_ resource.ResourceWithIdentity    = (*campaignResource)(nil)
	_ resource.ResourceWithImportState = (*campaignResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*campaignResource)(nil)
)

func newCampaignResource() resource.Resource {
	return &campaignResource{account.WithID("chatlake_campaign")}
}

type campaignResource struct{ account.ResourceWithID }

// The types of campaigns, of which the inbox decides, and the status of one that nothing changes any more.
const (
	ongoing   = "ongoing"
	oneOff    = "one_off"
	completed = "completed"
)

func (r *campaignResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A message that goes to many. In a website's inbox it runs all the time, and its widget shows it where `trigger_rules` say; by SMS, Twilio and WhatsApp " +
			"it is sent once, at `scheduled_at`, to its `audience`. Other inboxes have no campaigns.\n\n" +
			"The server looks every five minutes for what is due, and never sends what is more than three days late. One that was sent is `completed`: it cannot be changed any more, which a plan says. " +
			"Destroy deletes the campaign, whatever its status. The campaigns of an inbox go with it. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The campaign's number in the account."),
			"title": schema.StringAttribute{
				MarkdownDescription: "What the campaign is called. Several may have the same title.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description": account.ManagedText("What the campaign is for.", account.MaxText),
			"message": schema.StringAttribute{
				MarkdownDescription: "What it says.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxText)},
			},
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "The id of the inbox. It may be changed to one of the same kind.", Required: true,
				Validators: []validator.String{attribute.IntegerID()},
			},
			"sender_id":                          account.Managed(schema.StringAttribute{MarkdownDescription: "The id of the agent in whose name it speaks. Without one, a bot does.", Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID())}),
			"enabled":                            attribute.FollowedFlagFrom(true, "Whether it is switched on. The platform's default is `true`."),
			"trigger_only_during_business_hours": attribute.FollowedFlagFrom(false, "Whether it waits for the working hours of its inbox. The platform's default is `false`."),
			"scheduled_at": attribute.FollowedFrom("", "When it is sent, in RFC 3339, such as `2026-12-01T09:00:00+01:00`: needed for one that is sent once, and nothing for one that runs all the time. "+
				"The platform takes no time for now, so it is never taken out there. Fractions of a second are left out.", attribute.RFC3339()),
			"audience": schema.ListNestedAttribute{
				MarkdownDescription: "Whom it is sent to, for one that is sent once: all contacts with one of these labels. The platform does not check that a label exists.", Optional: true, Computed: true,
				Validators:    []validator.List{listvalidator.NoNullValues()},
				PlanModifiers: []planmodifier.List{ownership.Plan(), attribute.KeepSpelling()},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"type": schema.StringAttribute{MarkdownDescription: "What is meant: `Label`.", Required: true, Validators: []validator.String{attribute.Known("Label")}},
					"id":   schema.StringAttribute{MarkdownDescription: "The label's id.", Required: true, Validators: []validator.String{attribute.IntegerID()}},
				}},
			},
			"trigger_rules": account.Managed(schema.DynamicAttribute{
				MarkdownDescription: "Where and when it is shown on a website: an object with `url`, which begins with `http://` or `https://` and may have a `*`, and `time_on_page`, in seconds. Any other key is kept, and what is not in it is removed.",
				Optional:            true, Validators: []validator.Dynamic{account.JSONObject(), ruleAddress{}},
			}),
			"template_params": account.Managed(account.JSONObjectAttribute("The template that is sent by WhatsApp: an object with `name`, `category`, `language` and `processed_params`. What is not in it is removed. Needs version 4.4.0 of the server.")),
			"campaign_status": attribute.Stable("`active`, `processing` or `completed`. It changes when the campaign is sent."),
			"campaign_type":   attribute.Stable("`ongoing` for one that runs all the time, or `one_off`. The inbox decides it."),
		},
	}
}

// ruleAddress refuses rules whose address the platform would refuse, or over which it would crash.
type ruleAddress struct{}

var ruleURL = regexp.MustCompile(`^https?://[^\s]+$`)

// Description says what is accepted.
func (ruleAddress) Description(context.Context) string {
	return "its url must be an address that begins with http:// or https://"
}

// MarkdownDescription is Description.
func (v ruleAddress) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateDynamic checks the url.
func (v ruleAddress) ValidateDynamic(ctx context.Context, req validator.DynamicRequest, resp *validator.DynamicResponse) {
	rules, _ := tfvalue.Unwrap(req.ConfigValue)
	members, _ := tfvalue.Members(rules)

	address, ok := tfvalue.Unwrap(members["url"])
	if !ok {
		return
	}

	text, isText := address.(types.String)
	if !isText || !ruleURL.MatchString(text.ValueString()) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid url of a rule", "The rules are an object, and "+v.Description(ctx)+", in lower case. Leave url out for none.")
	}
}

// key returns the title, by which people know campaigns. Several may have the same.
func (r *campaignResource) key() account.Key[api.Campaign] {
	return account.Key[api.Campaign]{
		Name: "title", Example: "Spring sale", Of: func(found api.Campaign) string { return found.Title }, All: r.Client.Campaigns().All,
	}
}

// ModifyPlan refuses a change of a completed campaign, and what does not fit the inbox.
func (r *campaignResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.CheckReleases(ctx, req, &resp.Diagnostics)

	if r.Client == nil || req.Plan.Raw.IsNull() {
		return
	}

	var plan, state campaignModel

	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	if state.Status.ValueString() == completed {
		refuseCompleted(plan, state, &resp.Diagnostics)
		return
	}

	r.checkInbox(ctx, plan, state, &resp.Diagnostics)
}

// refuseCompleted refuses each change of a campaign that was sent.
func refuseCompleted(plan, state campaignModel, diags *diag.Diagnostics) {
	for _, one := range []struct {
		name   string
		before attr.Value
		after  attr.Value
	}{
		{"title", state.Title, plan.Title},
		{"description", state.Description, plan.Description},
		{"message", state.Message, plan.Message},
		{"inbox_id", state.InboxID, plan.InboxID},
		{"sender_id", state.SenderID, plan.SenderID},
		{"enabled", state.Enabled, plan.Enabled},
		{"trigger_only_during_business_hours", state.BusinessHours, plan.BusinessHours},
		{"scheduled_at", state.ScheduledAt, plan.ScheduledAt},
		{"audience", state.Audience, plan.Audience},
		{"trigger_rules", state.TriggerRules, plan.TriggerRules},
		{"template_params", state.TemplateParams, plan.TemplateParams},
	} {
		if account.IsChanged(one.before, one.after) {
			diags.AddAttributeError(path.Root(one.name), "The campaign is completed", fmt.Sprintf(
				"Campaign %s was sent, and the platform changes nothing of it any more. Take the change back, or make a new campaign: a resource of its own, or `terraform apply -replace` with the address of this one, which deletes the sent one.",
				state.ID.ValueString()))
		}
	}
}

// checkInbox refuses what the kind of the inbox excludes. What cannot be read, or is not known yet, is checked when it is applied.
func (r *campaignResource) checkInbox(ctx context.Context, plan, state campaignModel, diags *diag.Diagnostics) {
	isSame := !account.IsChanged(state.InboxID, plan.InboxID) && !account.IsChanged(state.ScheduledAt, plan.ScheduledAt) && !account.IsChanged(state.Audience, plan.Audience)
	if plan.InboxID.IsUnknown() || isSame {
		return
	}

	inboxes, err := r.Client.Inboxes(ctx)
	if err != nil {
		return
	}

	at := slices.IndexFunc(inboxes, func(inbox api.Inbox) bool { return inbox.ID.String() == plan.InboxID.ValueString() })
	if at >= 0 {
		checkKind(plan, state, inboxes[at], diags)
	}
}

// checkKind refuses what does not fit the inbox.
func checkKind(plan, state campaignModel, inbox api.Inbox, diags *diag.Diagnostics) {
	kind := ongoing

	switch inbox.ChannelType {
	case "Channel::WebWidget":
	case "Channel::Sms", "Channel::TwilioSms", "Channel::Whatsapp":
		kind = oneOff
	case "Channel::Api", "Channel::Email":
		diags.AddAttributeError(path.Root("inbox_id"), "The inbox has no campaigns", fmt.Sprintf(
			"Inbox %s is of the type %s. Campaigns are for inboxes of websites, SMS, Twilio and WhatsApp.", inbox.ID, inbox.ChannelType))

		return
	default:
		return // The server decides.
	}

	switch {
	case !state.Type.IsNull() && state.Type.ValueString() != kind:
		diags.AddAttributeError(path.Root("inbox_id"), "The inbox is of another kind", fmt.Sprintf(
			"The campaign is %s, and inbox %s would make it %s: the platform would drop its schedule and its audience, or send it at once. Run `terraform apply -replace` with the address of this resource.",
			state.Type.ValueString(), inbox.ID, kind))
	case kind == oneOff && plan.ScheduledAt.ValueString() == "" && !plan.ScheduledAt.IsUnknown():
		diags.AddAttributeError(path.Root("scheduled_at"), "Missing time", fmt.Sprintf(
			"Inbox %s sends a campaign once. Without a time, the platform would send it within five minutes. Set scheduled_at.", inbox.ID))
	case kind == ongoing:
		refuseSchedule(plan, inbox, diags)
	}
}

// refuseSchedule refuses what a campaign that runs all the time does not have.
func refuseSchedule(plan campaignModel, inbox api.Inbox, diags *diag.Diagnostics) {
	refuse := func(name string) {
		diags.AddAttributeError(path.Root(name), "Not for a website", fmt.Sprintf(
			"Inbox %s is that of a website, where a campaign runs all the time: the platform would drop %s. Take it out, and switch the campaign with enabled.", inbox.ID, name))
	}

	if plan.ScheduledAt.ValueString() != "" {
		refuse("scheduled_at")
	}

	if len(plan.Audience.Elements()) > 0 {
		refuse("audience")
	}
}

// checkParts refuses an inbox and a sender that do not exist. The platform fails over the first, and never shows the second.
func (r *campaignResource) checkParts(ctx context.Context, plan, state campaignModel, diags *diag.Diagnostics) {
	account.Part[api.Inbox]{
		Attribute: "inbox_id", Noun: "inbox", Prior: state.InboxID, Wanted: plan.InboxID, All: r.Client.Inboxes,
	}.Check(ctx, &r.Resource, diags)
	account.Part[api.Agent]{
		Attribute: "sender_id", Noun: "agent", Prior: state.SenderID, Wanted: plan.SenderID, All: r.Client.Agents,
	}.Check(ctx, &r.Resource, diags)
}

// Create creates the campaign.
func (r *campaignResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan campaignModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.checkParts(ctx, plan, campaignModel{}, &resp.Diagnostics)
	r.checkInbox(ctx, plan, campaignModel{}, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.Campaigns().Create(ctx, plan.changeFrom(campaignModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create campaign", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds campaigns that are as planned.
func (r *campaignResource) like(plan campaignModel) account.Keyless[api.Campaign] {
	return account.Keyless[api.Campaign]{Type: "chatlake_campaign", All: r.Client.Campaigns().All, IsPlanned: func(found api.Campaign) bool {
		prior := plan
		prior.fromAPI(found, false)

		return plan.changeFrom(prior) == (api.CampaignRequest{})
	}}
}

// Read refreshes the state.
func (r *campaignResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state campaignModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.Campaigns().One(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *campaignResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state campaignModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.checkParts(ctx, plan, state, &resp.Diagnostics)
	r.checkInbox(ctx, plan, state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.CampaignRequest{}) {
		updated, err := r.Client.Campaigns().Update(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update campaign "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the campaign.
func (r *campaignResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state campaignModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.Campaigns().Delete(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the title with its value, or an identity.
func (r *campaignResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
