package desk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
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
			"url": schema.StringAttribute{
				MarkdownDescription: "The address to post to, and the webhook's key in the account. Most servers refuse addresses in private networks when they post.", Required: true,
				Validators: []validator.String{attribute.URL(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"name": attribute.OptionalText("What the webhook is called. Needs version 4.8.0 of the server.", account.MaxString),
			"subscriptions": schema.SetAttribute{
				MarkdownDescription: "What to post: " + attribute.Choices(webhookEvents...) + ". The platform's default is the first eight. " +
					"`inbox_created` and `inbox_updated` are posted only by servers that were set up to. Needs version 2.5.0 of the server.",
				ElementType: types.StringType, Optional: true, Computed: true,
				Validators:    []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(stringvalidator.OneOf(webhookEvents...))},
				PlanModifiers: []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
			},
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "The id of an inbox that is noted with the webhook. The platform posts what happens in all inboxes all the same. Another one is another webhook.", Optional: true,
				Validators:    []validator.String{attribute.IntegerID()},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"secret":         attribute.StableSecret("The key that signs what is posted; the platform makes it up. Needs version 4.11.2 of the server."),
			"adopt_existing": attribute.AdoptExisting("URL", false),
		},
	}
}

func (r *webhookResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(webhookData{})

	created, err := r.Client.CreateWebhook(ctx, fields)
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

// adopt makes the webhook that holds the URL into the planned one, if it may.
func (r *webhookResource) adopt(ctx context.Context, plan webhookModel, cause error, diags *diag.Diagnostics) (api.Webhook, bool) {
	h := account.Holder{Kind: "chatlake_webhook", Key: "URL", Value: plan.URL.ValueString()}

	var found api.Webhook

	if account.KeyMayBeTaken(cause, "url") {
		webhooks, _ := r.Client.Webhooks(ctx) // Without the list, the first failure stands.
		for _, webhook := range webhooks {
			if webhook.URL == h.Value {
				found, h.ID = webhook, webhook.ID
			}
		}
	}

	prior := plan.webhookData
	prior.fromAPI(found, false)
	fields := plan.request(prior)

	h.Same = len(fields) == 0
	if !account.MayAdopt(diags, "create webhook "+h.Value, cause, plan.AdoptExisting, h) {
		return found, false
	}

	if h.Same {
		return found, true
	}

	updated, err := r.Client.UpdateWebhook(ctx, found.ID, fields)
	apidiag.Add(diags, fmt.Sprintf("update webhook %s", found.ID), err)

	return updated, err == nil
}

func (r *webhookResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.Webhook(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read webhook "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.URL.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *webhookResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state.webhookData)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateWebhook(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update webhook "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *webhookResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteWebhook(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete webhook "+state.ID.ValueString(), err)
	}
}
