package talk

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = (*conversationResource)(nil)
	_ resource.ResourceWithIdentity       = (*conversationResource)(nil)
	_ resource.ResourceWithImportState    = (*conversationResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*conversationResource)(nil)
	_ resource.ResourceWithValidateConfig = (*conversationResource)(nil)
)

const conversationType = "chatlake_conversation"

func newConversationResource() resource.Resource {
	return &conversationResource{account.WithID(conversationType)}
}

type conversationResource struct{ account.ResourceWithID }

func (r *conversationResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A conversation with a contact in an inbox. See the vendor's " +
			"[conversations](https://developers.chatwoot.com/api-reference/conversations/create-new-conversation).\n\n" +
			"Agents, bots, customers and rules change conversations all the time: `status`, `assignee_id`, `team_id`, `priority` and `labels` are " +
			"enforced where they are set and followed silently where they are not.\n\n" +
			"In an inbox with `lock_to_single_conversation` the platform answers with the contact's conversation that is there. One that is resolved is reopened; " +
			"one that is still in use is refused, and can be imported. A conversation whose contact is merged into another one stays what it is. " +
			"Destroy resolves the conversation unless `on_destroy` says otherwise: its messages stay.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The conversation's id, its number in the account."),
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "The inbox. Another one opens another conversation.", Required: true,
				Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"contact_id": schema.StringAttribute{
				MarkdownDescription: "The contact. Another one opens another conversation.", Required: true,
				Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"source_id": schema.StringAttribute{
				MarkdownDescription: "The contact's session in the inbox, such as `chatlake_contact.example.source_id`. " +
					"Default: the latest one that the contact has there, else a new one. Another one opens another conversation.",
				Optional: true, Computed: true, Validators: attribute.OrEmpty(stringvalidator.UTF8LengthAtMost(account.MaxText)),
				PlanModifiers: []planmodifier.String{attribute.Follow(), attribute.ReplaceIfGiven()},
			},
			"additional_attributes": account.ManagedObject("Additional attributes, an object of any values: strings up to 1500 characters, whole numbers up to 9,999,999,999. "+
				"They cannot be changed: others open another conversation; removing them leaves them. `referer` is the address of a page.",
				pageAddress{account.BoundedJSONObject()}, replaceIfOtherKeys()),
			"status": schema.StringAttribute{
				MarkdownDescription: "One of " + attribute.Choices(statuses()...) + ". The platform opens a conversation, but resolves one of a blocked contact and leaves one for a bot pending; " +
					"an incoming message reopens it: with `resolved` and a `chatlake_message` of the contact in one configuration, the second apply resolves it again. `snoozed` needs version 1.18.2 of the server.",
				Optional: true, Computed: true, Validators: attribute.OrEmpty(stringvalidator.OneOf(statuses()...)),
				PlanModifiers: []planmodifier.String{attribute.Follow()},
			},
			"snoozed_until": schema.StringAttribute{
				MarkdownDescription: "With `status = \"snoozed\"`: when the platform reopens the conversation. RFC 3339, to the second. Default: at the contact's next message. " +
					"Once it has passed, it is not enforced any more, and neither is the status: the platform has reopened the conversation.",
				Optional: true, Computed: true, Validators: []validator.String{rfc3339()}, PlanModifiers: []planmodifier.String{attribute.KeepSpelling(), noneAtFirst{}},
			},
			"assignee_id": schema.StringAttribute{
				MarkdownDescription: "The agent who has the conversation. Left out, the agent whom the platform picks is followed.",
				Optional:            true, Computed: true, Validators: attribute.OrEmpty(attribute.IntegerID()), PlanModifiers: []planmodifier.String{attribute.KeepSpelling()},
			},
			"team_id": schema.StringAttribute{
				MarkdownDescription: "The team that has the conversation.", Optional: true, Computed: true,
				Validators: attribute.OrEmpty(attribute.IntegerID()), PlanModifiers: []planmodifier.String{attribute.Follow()},
			},
			"priority": schema.StringAttribute{
				MarkdownDescription: "One of " + attribute.Choices(priorities()...) + ".", Optional: true, Computed: true,
				Validators: attribute.OrEmpty(stringvalidator.OneOf(priorities()...)), PlanModifiers: []planmodifier.String{attribute.Follow()},
			},
			"sla_policy_id": schema.StringAttribute{
				MarkdownDescription: "The SLA policy (enterprise edition, server 3.7.0 or newer). The platform gives a conversation one once: it refuses another one, and to take it away, so the plan refuses another one. " +
					"Left out, the one that a rule gives is followed, and one that was given stays until the policy is deleted.",
				Optional: true, Computed: true, Validators: attribute.OrEmpty(attribute.IntegerID()), PlanModifiers: []planmodifier.String{attribute.Follow()},
			},
			"labels": labelsAttribute("Labels, in lower case. Exactly these if set; left out, they are followed."),
			"custom_attributes": account.ManagedObject("Custom attributes, an object of any values: strings up to 1500 characters, whole numbers up to 9,999,999,999. "+
				"Only the configured keys are managed; a key that is removed here is removed from the conversation. The platform replaces all of them in one call, "+
				"so the provider reads those of others first: let one client write the custom attributes of a conversation.", account.BoundedJSONObject()),
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

// Create opens the conversation, and then sets what the platform does not take with that.
func (r *conversationResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.checkSLAPolicy(ctx, types.StringNull(), plan.SLAPolicyID, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	begun := time.Now()

	created, err := r.open(ctx, &plan, &resp.Diagnostics)
	if created.ID == 0 {
		lost := r.like(plan)
		lost.Begun = begun
		lost.EndCreateSince(ctx, err, plan.SourceID, req, resp)

		return
	}

	// The conversation exists: from here on the state has it, whatever becomes of its status, assignment and labels.
	state := plan
	if created.Status != "" {
		state.fill(ctx, &created)
	}

	state.ID = account.IDOrNull(created.ID)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	planned.FillUnknown(tfsdk.State{}, &resp.State)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "custom_attributes")...)
	apidiag.Add(&resp.Diagnostics, fmt.Sprintf("finish conversation %s", created.ID), err)

	opened := resp.State
	read := r.finish(ctx, &plan, state, &created, &resp.Diagnostics)

	if resp.Diagnostics.HasError() {
		adopt.AddUnfinished(&resp.Diagnostics, conversationType, created.ID.String(), "the step above failed")
		return
	}

	plan.AdditionalAttributes = state.AdditionalAttributes
	resp.Diagnostics.Append(storeConversation(ctx, plan, read, opened, &resp.State)...)
	planned.KeepCreate(req, resp, "conversation")
}

// finish makes a conversation that was just opened what the plan says. It returns the conversation if it has read it again.
func (r *conversationResource) finish(ctx context.Context, plan *conversationModel, state conversationModel, created *api.Conversation, diags *diag.Diagnostics) *api.Conversation {
	if diags.HasError() || created.Status == "" {
		return nil
	}

	plan.ID = state.ID
	state.CustomAttributes = tfvalue.TrackedObject(plan.CustomAttributes, created.CustomAttributes)

	return r.update(ctx, plan, &state, ownership.Managed{}, diags)
}

// storeConversation stores what was planned and, where the plan leaves it open, what was read or known before.
func storeConversation(ctx context.Context, plan conversationModel, read *api.Conversation, known tfsdk.State, state *tfsdk.State) diag.Diagnostics {
	if read != nil {
		plan.fill(ctx, read)
	}

	diags := state.Set(ctx, plan)
	planned.FillUnknown(known, state)

	return diags
}

// Read refreshes the state.
func (r *conversationResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state conversationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also if the conversation is gone.

	found, err := r.Client.Conversation(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	apidiag.Add(&resp.Diagnostics, "read conversation "+state.ID.ValueString(), err)
	if resp.Diagnostics.HasError() {
		return
	}

	if imported {
		err := r.fillImported(ctx, &state, &found)
		apidiag.Add(&resp.Diagnostics, "find the session of conversation "+found.ID.String(), err)
		resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)

		return
	}

	if state.ContactID.ValueString() != found.Meta.Sender.ID.String() {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, mergedKey, fmt.Appendf(nil, "%q", state.ContactID.ValueString()))...)
	}

	state.follow(ctx, &found)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// fillImported stores everything, and finds the session if no message tells it.
func (r *conversationResource) fillImported(ctx context.Context, state *conversationModel, found *api.Conversation) error {
	state.fill(ctx, found)

	if !state.SourceID.IsNull() {
		return nil
	}

	source, err := r.Client.ConversationSource(ctx, found)
	state.SourceID = tfvalue.StringOrNull(source)

	return err
}

// Update sends what changed.
func (r *conversationResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	managed, diags := ownership.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.checkSLAPolicy(ctx, state.SLAPolicyID, plan.SLAPolicyID, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	read := r.update(ctx, &plan, &state, managed, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(storeConversation(ctx, plan, read, req.State, &resp.State)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "custom_attributes")...)
	planned.KeepUpdate(req, resp, "conversation")
}

// Delete resolves, deletes or leaves the conversation.
func (r *conversationResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

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
		err = account.DeleteInBackground(ctx, req, resp,
			func(ctx context.Context) error { return r.Client.DeleteConversation(ctx, id) },
			func(ctx context.Context) error { return r.Client.AwaitConversation(ctx, id) })
	default:
		err = r.Client.SetStatus(ctx, id, "resolved", time.Time{})
	}

	if !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "destroy conversation "+id.String(), err)
	}
}

// ImportState takes an id or an identity.
func (r *conversationResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	form := importid.Form{Type: conversationType, Parts: []importid.Part{{Name: "id", Form: importid.Integer, Example: "42"}}}
	r.ImportForm(ctx, form, nil, req, resp)
}
