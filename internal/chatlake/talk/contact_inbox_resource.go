package talk

import (
	"cmp"
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
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
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*contactInboxResource)(nil)
	_ resource.ResourceWithIdentity    = (*contactInboxResource)(nil)
	_ resource.ResourceWithImportState = (*contactInboxResource)(nil)
)

const contactInboxType = "chatlake_contact_inbox"

func newContactInboxResource() resource.Resource {
	return &contactInboxResource{movableOf(contactInboxType)}
}

type contactInboxResource struct{ movable }

func (r *contactInboxResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A session: it ties a contact to an inbox, and conversations are opened in it. See the vendor's " +
			"[contact inboxes](https://developers.chatwoot.com/api-reference/contacts/create-contact-inbox).\n\n" +
			"The platform has no way to delete a session. **Destroy only forgets it**; it goes with its contact, and follows a contact that agents merge into another one.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The contact, the inbox and the source id, with slashes between them."),
			"contact_id": schema.StringAttribute{
				MarkdownDescription: "The contact.", Required: true,
				Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "The inbox.", Required: true,
				Validators: []validator.String{attribute.IntegerID()}, PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"source_id": schema.StringAttribute{
				MarkdownDescription: "The session's id in the inbox's channel. Default: a random one in API and website inboxes, the contact's e-mail address or " +
					"phone number in those for e-mail, SMS and WhatsApp; others need one. In API and website inboxes no two contacts may have the same; in others the platform rewrites the other contact's.",
				Optional: true, Computed: true, Validators: attribute.OrEmpty(stringvalidator.UTF8LengthAtMost(account.MaxText)),
				PlanModifiers: []planmodifier.String{attribute.Follow(), attribute.ReplaceIfGiven()},
			},
		},
	}
}

func (r *contactInboxResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = account.IdentitySchema(map[string]string{
		"contact_id": "The contact's id.", "inbox_id": "The inbox's id.", "source_id": "The session's id in the channel.",
	})
}

// setIdentity stores the identity if Terraform asks for one; older versions do not.
func (r *contactInboxResource) setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, m *contactInboxModel) diag.Diagnostics {
	if identity == nil {
		return nil
	}

	return identity.Set(ctx, contactInboxIdentity{types.StringValue(r.Client.AccountID), m.ContactID, m.InboxID, types.StringValue(m.source())})
}

// Create creates the session.
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
			resp.Diagnostics.AddAttributeError(path.Root("inbox_id"), "Unable to open session", apidiag.Absent("inbox "+inbox.String(), err))
			return
		}

		apidiag.Add(&resp.Diagnostics, "open a session in inbox "+inbox.String(), err)

		if err != nil {
			return
		}
	}

	if !r.Claim(inbox.String()+"/"+source, &resp.Diagnostics) {
		return
	}

	wanted := api.ContactInboxRequest{InboxID: inbox, SourceID: source}

	opened, err := r.Client.CreateContactInbox(ctx, contact, wanted)
	if err != nil {
		r.Claims.Release(contactInboxType, inbox.String()+"/"+source)
		explainSession(ctx, r.Client, contact, wanted, err, &resp.Diagnostics)

		return
	}

	plan.fromAPI(contact, &opened)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, &plan)...)
	planned.KeepCreate(req, resp, "session")
}

// Read refreshes the state.
func (r *contactInboxResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state contactInboxModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	if resp.Diagnostics.HasError() {
		return
	}

	state.ContactID = types.StringValue(r.Claims.Now(contactType, state.ContactID.ValueString()))
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, &state)...) // Also if the session is gone.
	contact := api.ParseID(state.ContactID.ValueString())

	found, err := r.Client.Contact(ctx, contact)
	if transport.IsNotFound(err) {
		found, err = r.merged(ctx, &state, err)
		contact = found.ID
	}

	session := state.in(found.ContactInboxes)

	if transport.IsNotFound(err) || err == nil && session == nil { // Gone with its contact, or rewritten by the server.
		resp.State.RemoveResource(ctx)
		return
	}

	apidiag.Add(&resp.Diagnostics, fmt.Sprintf("read contact %s", contact), err)
	if resp.Diagnostics.HasError() {
		return
	}

	state.fromAPI(contact, session)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, &state)...)
}

// merged returns the contact that has the session of one that is gone, and gone if there is none.
func (r *contactInboxResource) merged(ctx context.Context, state *contactInboxModel, gone error) (api.Contact, error) {
	owner, ok, err := r.Client.MovedSession(ctx, api.ParseID(state.InboxID.ValueString()), state.source())
	if err != nil || !ok {
		return api.Contact{}, cmp.Or(err, gone)
	}

	return r.Client.Contact(ctx, owner.ID)
}

// Update has nothing to send: a change opens another session.
func (r *contactInboxResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan contactInboxModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, &plan)...)
}

// Delete deletes the session.
func (r *contactInboxResource) Delete(_ context.Context, _ resource.DeleteRequest, resp *resource.DeleteResponse) {
	resp.Diagnostics.AddWarning("Sessions stay on the platform", "The platform cannot delete a session: it is no longer managed, and goes with its contact.")
}

// ImportState takes the ids of contact and inbox with the source id, or an identity.
func (r *contactInboxResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.ImportForm(ctx, contactInboxForm(), nil, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	var state contactInboxModel
	resp.Diagnostics.Append(resp.State.Get(ctx, &state)...)
	id := state.ContactID.ValueString() + "/" + state.InboxID.ValueString() + "/" + state.SourceID.ValueString()
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
}

func contactInboxForm() importid.Form {
	return importid.Form{Type: contactInboxType, Parts: []importid.Part{
		{Name: "contact_id", Form: importid.Integer, Example: "42"},
		{Name: "inbox_id", Form: importid.Integer, Example: "3"},
		{Name: "source_id", Form: anyText, Example: "0b1c2d3e"}, // It may hold slashes.
	}}
}

var anyText = regexp.MustCompile(`^.+$`)
