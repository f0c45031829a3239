package desk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*webhookResource)(nil)
	_ resource.ResourceWithIdentity    = (*webhookResource)(nil)
	_ resource.ResourceWithImportState = (*webhookResource)(nil)
)

func newWebhookResource() resource.Resource {
	return &webhookResource{account.WithID("chatlake_webhook")}
}

type webhookResource struct{ account.ResourceWithID }

// webhookEvents are what a webhook may be told; the first eight are the platform's default.
var webhookEvents = []string{
	"conversation_status_changed", "conversation_updated", "conversation_created", "contact_created", "contact_updated",
	"message_created", "message_updated", "webwidget_triggered", "inbox_created", "inbox_updated", "conversation_typing_on",
	"conversation_typing_off",
}

func (r *webhookResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Where the platform posts what happens in the account. Destroy deletes it. It needs an administrator's token.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/webhooks/add-a-webhook).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The webhook's id."),
			"url": attribute.FollowedSecret("The address to post to, and the webhook's key in the account. It is sensitive, because such addresses often hold a token. "+
				"Most servers refuse addresses in private networks when they post.", attribute.URL(), stringvalidator.UTF8LengthAtMost(account.MaxText)),
			"name": account.ManagedText("The webhook's name. Needs version 4.8.0 of the server.", account.MaxString),
			"subscriptions": schema.SetAttribute{
				MarkdownDescription: "What to post: " + attribute.Choices(webhookEvents...) + ". The platform's default, also for an empty set, is the first eight. " +
					"`inbox_created` and `inbox_updated` are posted only by servers that were set up to. Needs version 2.5.0 of the server.",
				ElementType: types.StringType, Optional: true, Computed: true,
				Validators:    []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.Known(webhookEvents...))},
				PlanModifiers: []planmodifier.Set{attribute.Follow()},
			},
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "The id of an inbox that is noted with the webhook. The platform posts the events of all inboxes all the same. The webhook goes with its inbox.",
				Optional:            true, Computed: true,
				Validators:    attribute.OrEmpty(attribute.IntegerID()),
				PlanModifiers: []planmodifier.String{ownership.Plan()},
			},
			"secret":         attribute.StableSecret("The key that signs what is posted; the platform makes it up. Needs version 4.11.2 of the server."),
			"adopt_existing": attribute.AdoptExisting("URL", false),
		},
	}
}

// key returns the address, by which people know webhooks.
func (r *webhookResource) key() account.Key[api.Webhook] {
	return account.Key[api.Webhook]{
		Name: "url", Example: "https://example.com/chat", Of: func(found api.Webhook) string { return found.URL }, All: r.Client.Webhooks,
	}
}

// Create creates the webhook, or adopts the one that has its key.
func (r *webhookResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, ok := account.Creation[api.Webhook, api.WebhookRequest]{
		Key: r.key(), Value: plan.URL.ValueString(), Allowed: plan.AdoptExisting,
		Request: plan.changeFrom(webhookData{}), Create: r.Client.CreateWebhook,
		ChangeOf: plan.changeOf, Update: r.Client.UpdateWebhook,
	}.Run(ctx, &r.Resource, &resp.Diagnostics)
	if !ok {
		return
	}

	wanted := plan.InboxID
	plan.fromAPI(created, true)
	reportInbox(&resp.Diagnostics, wanted, created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// reportInbox explains a webhook whose inbox the answer lacks: the server stores the id of an inbox that does not exist, and
// never returns it.
func reportInbox(diags *diag.Diagnostics, wanted types.String, found api.Webhook) {
	if wanted.ValueString() == "" || wanted.IsUnknown() || found.InboxID() != 0 {
		return
	}

	diags.AddAttributeError(path.Root("inbox_id"), "The inbox of webhook "+found.ID.String()+" does not exist", fmt.Sprintf(
		"The webhook is there, but the account has no inbox %s. Give the id of an inbox, or take inbox_id out. "+
			"If the webhook was just created, terraform untaint keeps it.", wanted.ValueString()))
}

// Read refreshes the state.
func (r *webhookResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.Webhook(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *webhookResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state.webhookData)
	if change != (api.WebhookRequest{}) {
		updated, err := r.Client.UpdateWebhook(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			r.key().AddUpdate(ctx, "chatlake_webhook", state.ID, plan.URL.ValueString(), err, &resp.Diagnostics)
			return
		}

		reportInbox(&resp.Diagnostics, plan.InboxID, updated)
		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the webhook, unless another resource has adopted it in this run.
func (r *webhookResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeleteWebhook(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.URL.ValueString(), &resp.Diagnostics)
}

// ImportState takes an id, the key with its value, or an identity.
func (r *webhookResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
