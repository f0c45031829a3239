package talk

import (
	"context"
	"fmt"

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
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*contactInboxResource)(nil)
	_ resource.ResourceWithIdentity    = (*contactInboxResource)(nil)
	_ resource.ResourceWithImportState = (*contactInboxResource)(nil)
)

func newContactInboxResource() resource.Resource {
	return &contactInboxResource{account.Of("chatlake_contact_inbox")}
}

type contactInboxResource struct{ account.Resource }

func (r *contactInboxResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	replace := stringplanmodifier.RequiresReplace()
	resp.Schema = schema.Schema{
		MarkdownDescription: "A session: what ties a contact to an inbox, and what conversations are opened in. See the vendor's " +
			"[contact inboxes](https://developers.chatwoot.com/api-reference/contacts/create-contact-inbox).\n\n" +
			"The platform has no way to delete a session. **Destroy only forgets it**; it goes with its contact.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The contact, the inbox and the source id, with slashes between them."),
			"contact_id": schema.StringAttribute{
				MarkdownDescription: "The contact.", Required: true,
				Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: []planmodifier.String{replace},
			},
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "The inbox.", Required: true,
				Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: []planmodifier.String{replace},
			},
			"source_id": schema.StringAttribute{
				MarkdownDescription: "The session's id in the inbox's channel. Default: a random one in API and website inboxes, the contact's e-mail address or " +
					"phone number in those for e-mail, SMS and WhatsApp; others need one. In API and website inboxes no two contacts may have the same; in others the platform rewrites the other contact's.",
				Optional: true, Computed: true, Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, 255)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplaceIfConfigured()},
			},
		},
	}
}

func (r *contactInboxResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = account.IdentitySchema(map[string]string{
		"contact_id": "The contact's id.", "inbox_id": "The inbox's id.", "source_id": "The session's id in the channel.",
	})
}

// SetIdentity stores the identity if Terraform asks for one; older versions do not.
func (r *contactInboxResource) setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, m *contactInboxModel) diag.Diagnostics {
	if identity == nil {
		return nil
	}

	return identity.Set(ctx, contactInboxIdentity{types.StringValue(r.Client.AccountID), m.ContactID, m.InboxID, m.SourceID})
}

func (r *contactInboxResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan contactInboxModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	contact, inbox := api.ParseID(plan.ContactID.ValueString()), api.ParseID(plan.InboxID.ValueString())

	source := plan.SourceID.ValueString()
	if source == "" {
		var err error

		source, err = r.Client.NewSourceID(ctx, inbox)
		if transport.IsNotFound(err) {
			resp.Diagnostics.AddAttributeError(path.Root("inbox_id"), "Unable to open session", fmt.Sprintf("There is no inbox %s.", inbox))
			return
		}

		apidiag.Add(&resp.Diagnostics, "open a session in inbox "+inbox.String(), err)

		if err != nil {
			return
		}
	}

	opened, err := r.Client.CreateContactInbox(ctx, contact, api.ContactInboxRequest{InboxID: inbox, SourceID: source})
	if err != nil {
		r.explain(ctx, contact, inbox, source, err, &resp.Diagnostics)
		return
	}

	plan.fromAPI(contact, &opened)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, &plan)...)
}

// explain says what the server does not: that the inbox or the contact is missing, or that the source id is somebody
// else's, over which it fails.
func (r *contactInboxResource) explain(ctx context.Context, contact, inbox api.ID, source string, failed error, diags *diag.Diagnostics) {
	if transport.IsNotFound(failed) {
		diags.AddError("Unable to open session", fmt.Sprintf("There is no contact %s, or no inbox %s.", contact, inbox))
		return
	}

	if source != "" {
		if owner, err := r.Client.SessionOwner(ctx, inbox, source); err == nil && owner.ID != contact {
			diags.AddAttributeError(path.Root("source_id"), "The session belongs to another contact",
				fmt.Sprintf("In inbox %s the source id %q belongs to contact %s.", inbox, source, owner.ID))

			return
		}
	}

	apidiag.Add(diags, fmt.Sprintf("open a session of contact %s in inbox %s", contact, inbox), failed)
}

func (r *contactInboxResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state contactInboxModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, &state)...) // Also for what turns out to be gone.
	contact := api.ParseID(state.ContactID.ValueString())

	found, err := r.Client.Contact(ctx, contact)
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	apidiag.Add(&resp.Diagnostics, fmt.Sprintf("read contact %s", contact), err)
	if resp.Diagnostics.HasError() {
		return
	}

	session := state.in(found.ContactInboxes)
	if session == nil { // Moved by a merge, or rewritten by the server.
		resp.State.RemoveResource(ctx)
		return
	}

	state.fromAPI(contact, session)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Update has nothing to do: whatever changes opens another session.
func (r *contactInboxResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan contactInboxModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, &plan)...)
}

func (r *contactInboxResource) Delete(_ context.Context, _ resource.DeleteRequest, resp *resource.DeleteResponse) {
	resp.Diagnostics.AddWarning("Sessions stay on the platform", "The platform cannot delete a session: it is no longer managed, and goes with its contact.")
}

func (r *contactInboxResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := req.ID
	if id == "" && req.Identity != nil {
		var identity contactInboxIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		if resp.Diagnostics.HasError() || r.RefuseOtherAccount(identity.AccountID, &resp.Diagnostics) {
			return
		}

		id = identity.ContactID.ValueString() + "/" + identity.InboxID.ValueString() + "/" + identity.SourceID.ValueString()
	}

	contact, inbox, source, ok := parseContactInboxImport(id)
	if !ok {
		resp.Diagnostics.AddError("Import id of an unexpected form",
			fmt.Sprintf("Contact, inbox and source id were expected, such as \"42/3/0b1c2d3e\", not %q.", id))

		return
	}

	state := contactInboxModel{
		ID: types.StringValue(id), ContactID: types.StringValue(contact), InboxID: types.StringValue(inbox), SourceID: types.StringValue(source),
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, &state)...)
}
