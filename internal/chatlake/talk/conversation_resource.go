package talk

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = (*conversationResource)(nil)
	_ resource.ResourceWithIdentity       = (*conversationResource)(nil)
	_ resource.ResourceWithImportState    = (*conversationResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*conversationResource)(nil)
	_ resource.ResourceWithValidateConfig = (*conversationResource)(nil)
)

func newConversationResource() resource.Resource {
	return &conversationResource{account.WithID("chatlake_conversation")}
}

type conversationResource struct{ account.ResourceWithID }

func (r *conversationResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A conversation with a contact in an inbox. See the vendor's " +
			"[conversations](https://developers.chatwoot.com/api-reference/conversations/create-new-conversation).\n\n" +
			"Agents, bots, customers and rules change conversations all the time: `status`, `assignee_id`, `team_id`, `priority` and `labels` are " +
			"enforced where they are set and followed silently where they are not.\n\n" +
			"In an inbox with `lock_to_single_conversation` the platform answers with the contact's conversation that is there; it is reopened and taken up. " +
			"Destroy resolves the conversation unless `on_destroy` says otherwise: its messages stay.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The conversation's id, its number in the account."),
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "The inbox. Another one opens another conversation.", Required: true,
				Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"contact_id": schema.StringAttribute{
				MarkdownDescription: "The contact. Another one opens another conversation.", Required: true,
				Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"source_id": schema.StringAttribute{
				MarkdownDescription: "The contact's session in the inbox, such as `chatlake_contact.example.source_id`. " +
					"Default: the latest one that the contact has there, else a new one. Another one opens another conversation.",
				Optional: true, Computed: true, Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, 255)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), replaceIfKnown()},
			},
			"additional_attributes": schema.DynamicAttribute{
				MarkdownDescription: "Additional attributes, an object of any values: strings up to 1500 characters, whole numbers up to 9,999,999,999. " +
					"They cannot be changed: others open another conversation; removing them leaves them.",
				Optional: true, Validators: []validator.Dynamic{account.BoundedJSONObject()}, PlanModifiers: []planmodifier.Dynamic{replaceIfOtherKeys()},
			},
			"status": schema.StringAttribute{
				MarkdownDescription: "One of " + attribute.Choices(statuses()...) + ". The platform opens a conversation, but resolves one of a blocked contact and leaves one for a bot pending; " +
					"an incoming message reopens it. `snoozed` needs version 1.18.2 of the server.",
				Optional: true, Computed: true, Validators: []validator.String{stringvalidator.OneOf(statuses()...)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"snoozed_until": schema.StringAttribute{
				MarkdownDescription: "With `status = \"snoozed\"`: when the platform reopens the conversation. RFC 3339, to the second. Default: at the contact's next message. " +
					"Once it has passed, set another time or status: the platform would reopen the conversation at once.",
				Optional: true, Computed: true, Validators: []validator.String{rfc3339()},
			},
			"assignee_id": schema.StringAttribute{
				MarkdownDescription: "The agent who has the conversation. Left out, whoever the platform picks is followed.",
				Optional:            true, Computed: true, Validators: []validator.String{attribute.IntegerID()},
			},
			"team_id": schema.StringAttribute{
				MarkdownDescription: "The team that has the conversation.", Optional: true, Computed: true,
				Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"priority": schema.StringAttribute{
				MarkdownDescription: "One of " + attribute.Choices(priorities()...) + ".", Optional: true, Computed: true,
				Validators: []validator.String{stringvalidator.OneOf(priorities()...)}, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"labels": labelsAttribute("Labels, in lower case. Exactly these if set; left out, they are followed."),
			"custom_attributes": schema.DynamicAttribute{
				MarkdownDescription: "Custom attributes, an object of any values: strings up to 1500 characters, whole numbers up to 9,999,999,999. " +
					"Only the configured keys are managed; a key that is removed here is removed from the conversation.",
				Optional: true, Validators: []validator.Dynamic{account.BoundedJSONObject()},
			},
			"on_destroy": attribute.OnDestroy("What destroy does: resolve the conversation, delete it with its messages (administrators only, server 4.3.0 or newer), "+
				"or leave it as it is.", "resolve", "delete", "abandon"),
			"uuid":       attribute.Stable("The conversation's universal id."),
			"created_at": attribute.Timestamp("When the conversation was opened."),
			"timeouts":   account.DeleteTimeouts(ctx),
		},
	}
}

func statuses() []string { return []string{"open", "resolved", "pending", "snoozed"} }

func priorities() []string { return []string{"low", "medium", "high", "urgent"} }

func (r *conversationResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.open(ctx, &plan, &resp.Diagnostics)
	if created.ID == 0 {
		return
	}

	state := plan
	if created.Status != "" {
		state.fromAPI(ctx, &created)
	}

	state.ID = account.IDOrNull(created.ID)
	state.known()
	// The conversation exists: from here on Terraform knows it, whatever becomes of its status, assignment and labels.
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...)
	apidiag.Add(&resp.Diagnostics, fmt.Sprintf("finish conversation %s", created.ID), err)

	if !resp.Diagnostics.HasError() {
		r.converge(ctx, &plan, &state, &resp.Diagnostics)
	}

	if resp.Diagnostics.HasError() {
		resp.Diagnostics.AddError("The conversation is not finished", fmt.Sprintf(
			"Conversation %s was opened, but the step above failed. To finish it in place, run `terraform untaint` on it and apply again.", created.ID))

		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *conversationResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state conversationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.Conversation(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	apidiag.Add(&resp.Diagnostics, "read conversation "+state.ID.ValueString(), err)
	if resp.Diagnostics.HasError() {
		return
	}

	imported := state.imported()
	state.fromAPI(ctx, &found)

	if imported && state.SourceID.IsNull() {
		source, err := r.Client.ConversationSource(ctx, &found)
		apidiag.Add(&resp.Diagnostics, fmt.Sprintf("find the session of conversation %s", found.ID), err)

		state.SourceID = account.TextOrNull(&source)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *conversationResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.converge(ctx, &plan, &state, &resp.Diagnostics)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *conversationResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state conversationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, account.DeleteTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	id := api.ParseID(state.ID.ValueString())

	var err error

	switch state.OnDestroy.ValueString() {
	case "abandon":
	case "delete":
		err = r.Client.DeleteConversation(ctx, id)
	default:
		err = r.Client.SetStatus(ctx, id, "resolved", time.Time{})
	}

	if !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "destroy conversation "+id.String(), err)
	}
}
