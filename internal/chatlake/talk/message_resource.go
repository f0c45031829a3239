package talk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
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
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = (*messageResource)(nil)
	_ resource.ResourceWithIdentity       = (*messageResource)(nil)
	_ resource.ResourceWithImportState    = (*messageResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*messageResource)(nil)
	_ resource.ResourceWithValidateConfig = (*messageResource)(nil)
)

const messageType = "chatlake_message"

func newMessageResource() resource.Resource { return &messageResource{account.Of(messageType)} }

type messageResource struct{ account.Resource }

func (r *messageResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	replace := []planmodifier.String{attribute.ReplaceOnChange()}
	defaults := func(value string) []planmodifier.String {
		return []planmodifier.String{ownership.Plan(), orDefault{types.StringValue(value)}, attribute.ReplaceOnChange().WithDefault(types.StringValue(value))}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A message in a conversation. See the vendor's [messages](https://developers.chatwoot.com/api-reference/messages/create-new-message).\n\n" +
			"A message is an event: the platform can neither change nor remove it. It is sent once, and again only if an argument, `triggers` or the conversation changes - " +
			"not because somebody deleted it. Destroy deletes the content; the platform keeps a note that there was a message.\n\n" +
			"What the platform does not tell of an imported message - its templates, `template_params`, and which files its attachments were - is taken to be " +
			"what the configuration says.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The message's id."),
			"conversation_id": schema.StringAttribute{
				MarkdownDescription: "The conversation.", Required: true, Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: replace,
			},
			"content": schema.StringAttribute{
				MarkdownDescription: "The text, at most 150,000 characters. In outgoing messages the platform renders [Liquid](https://shopify.github.io/liquid/) templates such as `{{contact.name}}`; " +
					"this attribute keeps what was written.",
				Optional: true, Computed: true, Validators: attribute.OrEmpty(stringvalidator.UTF8LengthAtMost(150_000)),
				PlanModifiers: []planmodifier.String{ownership.Plan(), attribute.KeepSpelling()},
			},
			"message_type": schema.StringAttribute{
				MarkdownDescription: "`outgoing`, from the token's user, or `incoming`, from the contact; the latter in API inboxes only. Default `outgoing`.",
				Optional:            true, Computed: true,
				Validators: attribute.OrEmpty(stringvalidator.OneOf("outgoing", "incoming")), PlanModifiers: defaults("outgoing"),
			},
			"private": schema.BoolAttribute{
				MarkdownDescription: "Whether this is a note that only agents see. Default `false`.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.Bool{ownership.Plan(), orDefault{types.BoolValue(false)}, attribute.ReplaceOnChange()},
			},
			"content_type": schema.StringAttribute{
				MarkdownDescription: "The kind of content, one of " + attribute.Choices(contentTypes()...) + ". Default `text`. `input_select`, `cards`, `form` and `article` need `content_attributes.items`.",
				Optional:            true, Computed: true,
				Validators: attribute.OrEmpty(attribute.Known(contentTypes()...)), PlanModifiers: defaults("text"),
			},
			"content_attributes": schema.DynamicAttribute{
				MarkdownDescription: "Data of the kind of content, an object: `items` is a list of objects with `title` and `value` (`input_select`); " +
					"`title`, `description`, `media_url` and `actions` of `text`, `type`, `payload`, `uri` (`cards`); `name`, `label`, `type`, `placeholder`, `options`, `default`, " +
					"`required`, `pattern`, `title`, `pattern_error` (`form`); `title`, `description`, `link` (`article`). `in_reply_to` is the id of the message that is answered. " +
					"Servers before 4.9.0 keep no other keys than `items` and `in_reply_to`.",
				Optional: true, Computed: true, Validators: []validator.Dynamic{account.JSONObject()},
				PlanModifiers: []planmodifier.Dynamic{ownership.Plan(), attribute.KeepSpelling()},
			},
			"template_params": schema.DynamicAttribute{
				MarkdownDescription: "A template of the channel, an object of `name`, `category`, `language`, `namespace` and `processed_params`. It cannot be read back.",
				Optional:            true, Validators: []validator.Dynamic{account.JSONObject()}, PlanModifiers: []planmodifier.Dynamic{attribute.KeepSpelling()},
			},
			"attachments": schema.ListAttribute{
				MarkdownDescription: "Files of this machine to send: regular files, or symbolic links to them, of at most 100 MiB. Servers take 40 MiB, unless their administrator set another limit. They are sent as they are when the message is sent, also if they have changed since the plan: Terraform does not tell a provider at the apply what it saw at the plan of a new object. A file whose content changed since the message was sent is another message; the same content under another path is not. With `-refresh=false`, changes of files are not planned. Not with `template_params`.",
				Optional:            true, ElementType: types.StringType,
				Validators:    []validator.List{listvalidator.NoNullValues(), attribute.NotWith(path.MatchRoot("template_params"))},
				PlanModifiers: []planmodifier.List{readAgain{}},
			},
			"attachment_hashes": schema.ListAttribute{
				MarkdownDescription: "The SHA-256 of each file as it was sent, in the order of `attachments`.", Computed: true, ElementType: types.StringType,
			},
			"source_id": schema.StringAttribute{
				MarkdownDescription: "An id of your own. With it, a message is found again after Terraform was killed, among the latest 100 of the conversation, and not sent twice. " +
					"Default: a random one, by which the message is found if the platform's answer is lost. Servers before 3.4.0 do not keep it.",
				Optional: true, Computed: true, Validators: attribute.OrEmpty(stringvalidator.UTF8LengthAtMost(account.MaxText)),
				PlanModifiers: []planmodifier.String{attribute.Follow(), attribute.ReplaceIfGiven()},
			},
			"triggers": attribute.Triggers("Any values: a change sends the message again."),
			"on_destroy": attribute.OnDestroy("What destroy does: delete the message's content for everybody, or leave it.",
				"delete", "abandon"),
			"status":      attribute.Stable("How far the message came when it was last read: `sent`, `delivered`, `read` or `failed`."),
			"created_at":  attribute.Timestamp("When the message was sent."),
			"sender_type": attribute.Stable("Who sent it: `user`, `contact` or `agent_bot`."),
			"sender_id":   attribute.Stable("The sender's id."),
		},
	}
}

func contentTypes() []string {
	return []string{
		"text", "input_text", "input_textarea", "input_email", "input_select", "cards", "form", "article", "incoming_email", "input_csat",
		"integrations", "sticker", "voice_call",
	}
}

func (r *messageResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = account.IdentitySchema(map[string]string{"conversation_id": "The conversation's id.", "id": "The message's id."})
}

func (r *messageResource) identity(m *messageModel) messageIdentity {
	return messageIdentity{types.StringValue(r.Client.AccountID), m.ConversationID, m.ID}
}

// Create creates the message.
func (r *messageResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan messageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.send(ctx, &plan, &resp.Diagnostics)
	if created == nil {
		r.like(plan).EndCreateSince(ctx, err, plan.SourceID, req, resp)
		return
	}

	if plan.isRewritten(created) {
		resp.Diagnostics.AddWarning("The platform changed the text", fmt.Sprintf(
			"Message %s was sent, and the platform stored another text than it was given. Look at it in the conversation. It is not sent again for that.", created.ID))
	}

	to, kept := created.ContentAttributes["in_reply_to"]
	if kept && to == nil {
		resp.Diagnostics.AddWarning("The message is not a reply", fmt.Sprintf(
			"Conversation %s has no message of the id that content_attributes.in_reply_to names: message %s was sent, and replies to none.", created.ConversationID, created.ID))
	}

	plan.follow(created)
	r.Claims.Note(messageRead, plan.key())
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(tfsdk.State{}, &resp.State)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, r.identity(&plan))...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
}

// Read refreshes what the server decides. A message that is not there any more was sent all the same, so it stays.
func (r *messageResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state messageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.Claims.Note(messageRead, state.key())
	resp.Diagnostics.Append(resp.Identity.Set(ctx, r.identity(&state))...) // Also if the conversation is gone.

	if state.ID.IsNull() { // It was never sent.
		resp.State.RemoveResource(ctx)
		return
	}

	found, ok, err := r.Client.Message(ctx, api.ParseID(state.ConversationID.ValueString()), api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) || err == nil && imported && (!ok || found.Deleted()) {
		resp.State.RemoveResource(ctx)
		return
	}

	apidiag.Add(&resp.Diagnostics, "read message "+state.ID.ValueString(), err)
	if resp.Diagnostics.HasError() || !ok {
		return
	}

	if imported {
		state.fill(&found)
	} else {
		state.follow(&found)
	}

	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update has nothing to send: a change that matters replaces the message. From here on an imported message is as
// configured.
func (r *messageResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan messageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(req.State, &resp.State)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, r.identity(&plan))...)

	var config messageModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if plan.Content.Equal(config.Content) && plan.ContentAttributes.Equal(config.ContentAttributes) {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, nil)...)
	}

	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
}

// Delete deletes the content of the message, or leaves it.
func (r *messageResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state messageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	conversation, id := api.ParseID(state.ConversationID.ValueString()), api.ParseID(state.ID.ValueString())
	r.Client.ForgetMessage(id)
	r.Claims.Release(messageType, conversation.String()+" "+state.SourceID.ValueString())

	if state.OnDestroy.ValueString() == "abandon" || id == 0 {
		return
	}

	err := r.Client.DeleteMessage(ctx, conversation, id)
	if !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete message "+state.ID.ValueString(), err)
	}
}

// ImportState takes the ids of the conversation and of the message, or an identity.
func (r *messageResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	form := importid.Form{Type: messageType, Parts: []importid.Part{
		{Name: "conversation_id", Form: importid.Integer, Example: "7"}, {Name: "id", Form: importid.Integer, Example: "4711"},
	}}
	r.ImportForm(ctx, form, nil, req, resp)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, []byte("true"))...)
}
