package talk

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*contactResource)(nil)
	_ resource.ResourceWithIdentity    = (*contactResource)(nil)
	_ resource.ResourceWithImportState = (*contactResource)(nil)
)

// contactOnline is how long destroy waits for a contact to go offline: the server takes 90 seconds to notice.
const contactOnline = 3 * time.Minute

func newContactResource() resource.Resource {
	return &contactResource{account.WithID("chatlake_contact")}
}

type contactResource struct{ account.ResourceWithID }

func (r *contactResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A person who writes or is written to. See the vendor's " +
			"[contacts](https://developers.chatwoot.com/api-reference/contacts/create-contact).\n\n" +
			"Only what the configuration sets is managed: what agents add to a contact is left alone. " +
			"**Destroy deletes the contact, and with it all its conversations and messages**; the platform has no other way. " +
			"It needs an administrator's token. A contact who is online cannot be deleted: destroy waits for them to leave.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The contact's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "The full name, at most 255 characters.", Optional: true,
				Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, 255)},
			},
			"email": schema.StringAttribute{
				MarkdownDescription: "The e-mail address: one contact of the account may have it. The platform stores it in lower case; case does not count.",
				Optional:            true,
				Validators:          []validator.String{attribute.Email(), stringvalidator.UTF8LengthAtMost(255)},
			},
			"phone_number": schema.StringAttribute{
				MarkdownDescription: "The phone number in E.164 form, such as `+14155550123`: one contact of the account may have it.",
				Optional:            true,
				Validators:          []validator.String{attribute.E164()},
			},
			"identifier": schema.StringAttribute{
				MarkdownDescription: "Your own id of the person: one contact of the account may have it. Case counts.", Optional: true,
				Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, 255)},
			},
			"avatar_url": schema.StringAttribute{
				MarkdownDescription: "Where the platform fetches a picture (JPEG, PNG, GIF or WebP), in the background and at most once a minute. " +
					"It cannot be read back; what it led to is `thumbnail`. Removing it removes the picture.",
				Optional: true, Validators: []validator.String{attribute.URL()},
			},
			"blocked": schema.BoolAttribute{
				MarkdownDescription: "Whether the contact is blocked: their new conversations are resolved at once. Muting a conversation does the same. Removing it unblocks.",
				Optional:            true,
			},
			"custom_attributes": schema.DynamicAttribute{
				MarkdownDescription: "Custom attributes, an object of any values. Only the configured keys are managed; a key that is removed here is removed from the contact.",
				Optional:            true, Validators: []validator.Dynamic{account.JSONObject()},
			},
			"additional_attributes": schema.DynamicAttribute{
				MarkdownDescription: "Additional attributes such as `city`, `country`, `company_name`, an object of any values. Only the configured keys are managed. " +
					"The platform cannot remove a key: one that is removed here stays as it is, with a warning. It writes keys of its own besides.",
				Optional: true, Validators: []validator.Dynamic{account.JSONObject()},
			},
			"labels": labelsAttribute("Labels, in lower case. Exactly these if set. Left out, they are neither read nor changed: reading them takes a request per contact."),
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "An inbox in which the contact gets a session on creation. Another inbox replaces the contact, unless it has a session there. " +
					"For further sessions use `chatlake_contact_inbox`.",
				Optional: true, Computed: true, Validators: []validator.String{attribute.IntegerID()},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), replaceWithoutSession()},
			},
			"source_id": schema.StringAttribute{
				MarkdownDescription: "The session's id in the inbox's channel. Default: a random one in API and website inboxes, the contact's own address in those for e-mail, SMS and WhatsApp; others need one. " +
					"No two contacts may have the same. Another one replaces the contact, unless it has that session.",
				Optional: true, Computed: true,
				Validators: []validator.String{
					stringvalidator.UTF8LengthBetween(1, 255), stringvalidator.AlsoRequires(path.MatchRoot("inbox_id")),
				},
				PlanModifiers: []planmodifier.String{sourceInInbox{}, replaceWithoutSession()},
			},
			"adopt_existing": attribute.AdoptExisting("`identifier`, `email` or `phone_number`", false),
			"thumbnail":      attribute.Stable("The address of the contact's picture."),
			"created_at":     attribute.Timestamp("When the contact was created."),
			"contact_inboxes": schema.ListNestedAttribute{
				MarkdownDescription: "The contact's sessions, by inbox and source.", Computed: true,
				PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"source_id":    schema.StringAttribute{MarkdownDescription: "The session's id in the channel.", Computed: true},
					"inbox_id":     schema.StringAttribute{MarkdownDescription: "The inbox.", Computed: true},
					"inbox_name":   schema.StringAttribute{MarkdownDescription: "The inbox's name.", Computed: true},
					"channel_type": schema.StringAttribute{MarkdownDescription: "The inbox's channel, such as `Channel::Api`.", Computed: true},
				}},
			},
			"timeouts": account.DeleteTimeoutsWith(ctx, "How long destroy waits for a contact who is online to leave, such as `30s`. Default `3m`."),
		},
	}
}

func (r *contactResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan contactModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created := r.make(ctx, &plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	labels := plan.Labels
	plan.Labels = types.SetNull(types.StringType)
	plan.fromAPI(created)
	// The contact exists: from here on Terraform knows it, whatever becomes of its labels.
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)

	if !tfvalue.IsSet(labels) || resp.Diagnostics.HasError() {
		return
	}

	plan.Labels = labels
	r.setLabels(ctx, created.ID, &plan, &resp.Diagnostics)

	if resp.Diagnostics.HasError() {
		resp.Diagnostics.AddError("The contact has no labels yet", fmt.Sprintf(
			"Contact %s was created, its labels could not be set. To finish it in place, run `terraform untaint` on it and apply again.", created.ID))

		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

func (r *contactResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state contactModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	// First, for a contact that is gone has an identity too.
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...)

	found, err := r.Client.Contact(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	apidiag.Add(&resp.Diagnostics, "read contact "+state.ID.ValueString(), err)
	if resp.Diagnostics.HasError() {
		return
	}

	imported := state.imported()
	state.fromAPI(&found)
	// Labels are a request of their own: asked for only where somebody wants to know.
	if imported || tfvalue.IsSet(state.Labels) {
		labels, err := r.Client.ContactLabels(ctx, found.ID)
		apidiag.Add(&resp.Diagnostics, fmt.Sprintf("read the labels of contact %s", found.ID), err)

		if !imported || len(labels) > 0 {
			state.Labels = labelSet(ctx, state.Labels, labels)
		}
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *contactResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state contactModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.change(ctx, &plan, &state, &resp.Diagnostics)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *contactResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state contactModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, contactOnline)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	err := r.Client.DeleteContact(ctx, api.ParseID(state.ID.ValueString()))
	if !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete contact "+state.ID.ValueString(), err)
	}
}

func (r *contactResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := req.ID
	if id == "" && req.Identity != nil {
		var identity account.Identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		if resp.Diagnostics.HasError() || r.RefuseOtherAccount(identity.AccountID, &resp.Diagnostics) {
			return
		}

		id = identity.ID.ValueString()
	}

	key, value, ok := parseContactImport(id)
	if !ok {
		resp.Diagnostics.AddError("Invalid import id", fmt.Sprintf(
			"%q is not an id of a contact. Expected is \"42\", \"email:ana@example.com\", \"phone:+14155550123\" or \"identifier:customer-7\".", id))

		return
	}

	if key != "" {
		found, err := r.Client.FindContact(ctx, key, value)
		apidiag.Add(&resp.Diagnostics, fmt.Sprintf("find the contact with %s %q", key, value), err)
		if resp.Diagnostics.HasError() {
			return
		}

		value = found.ID.String()
	}

	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), value)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, types.StringValue(value))...)
}
