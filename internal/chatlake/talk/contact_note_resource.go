package talk

import (
	"context"

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
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*contactNoteResource)(nil)
	_ resource.ResourceWithIdentity    = (*contactNoteResource)(nil)
	_ resource.ResourceWithImportState = (*contactNoteResource)(nil)
)

const contactNoteType = "chatlake_contact_note"

func newContactNoteResource() resource.Resource {
	return &contactNoteResource{movableOf(contactNoteType)}
}

type contactNoteResource struct{ movable }

func (r *contactNoteResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A note of agents about a contact; the contact does not see it. Needs version 1.22.0 of the server. Destroy deletes it. " +
			"It follows a contact that agents merge into another one. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The note's id."),
			"contact_id": schema.StringAttribute{
				MarkdownDescription: "The contact's id. Another contact is another note.", Required: true,
				Validators:    []validator.String{attribute.IntegerID()},
				PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"content": schema.StringAttribute{
				MarkdownDescription: "The note. A change makes the token's user its author.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxText)},
			},
			"created_at": attribute.Timestamp("When it was written."),
		},
	}
}

// IdentitySchema is the account, the contact's id and the note's.
func (r *contactNoteResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = account.IdentitySchema(map[string]string{"contact_id": "The contact's id.", "id": "The note's id."})
}

func (r *contactNoteResource) setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, m contactNoteModel) diag.Diagnostics {
	if identity == nil {
		return nil
	}

	return identity.Set(ctx, contactNoteIdentity{AccountID: types.StringValue(r.Client.AccountID), ContactID: m.ContactID, ID: m.ID})
}

// ModifyPlan refuses a note that would be there twice: a merge moved the one that this run did not find any more to the
// contact of the new one.
func (r *contactNoteResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.CheckReleases(ctx, req, &resp.Diagnostics)

	if !r.mayBeMoved(req) {
		return
	}

	var plan contactNoteModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !tfvalue.IsSet(plan.ContactID) {
		return
	}

	contact, _ := plan.ids()

	notes, err := r.Client.ContactNotes(ctx, contact)
	if err != nil {
		return // The create reports it.
	}

	for _, note := range notes {
		if r.isGone(note.ID.String()) && note.Content == plan.Content.ValueString() {
			addMoved(&resp.Diagnostics, contactNoteType, plan.ContactID, contact.String()+"/"+note.ID.String())
		}
	}
}

// Create creates the note.
func (r *contactNoteResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan contactNoteModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	contact, _ := plan.ids()

	created, err := r.Client.CreateContactNote(ctx, contact, plan.Content.ValueString())
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create note on contact "+plan.ContactID.ValueString(), err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan)...)
	planned.KeepCreate(req, resp, "contact note")
}

// like finds notes of the contact that say the same.
func (r *contactNoteResource) like(plan contactNoteModel) account.Keyless[api.ContactNote] {
	contact, _ := plan.ids()

	return account.Keyless[api.ContactNote]{
		Type: contactNoteType, Within: contact.String() + "/",
		All:       func(ctx context.Context) ([]api.ContactNote, error) { return r.Client.ContactNotes(ctx, contact) },
		IsPlanned: func(found api.ContactNote) bool { return found.Content == plan.Content.ValueString() },
	}
}

// Read refreshes the state.
func (r *contactNoteResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state contactNoteModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	if resp.Diagnostics.HasError() {
		return
	}

	state.ContactID = types.StringValue(r.Claims.Now(contactType, state.ContactID.ValueString()))
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, state)...) // Also if the note is gone.
	contact, id := state.ids()

	found, err := r.Client.ContactNote(ctx, contact, id)
	if transport.IsNotFound(err) {
		r.noteGone(id.String())
		resp.State.RemoveResource(ctx)

		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read contact note "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *contactNoteResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state contactNoteModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	contact, id := state.ids()
	_, err := r.Client.UpdateContactNote(ctx, contact, id, plan.Content.ValueString())

	var found api.ContactNote
	if err == nil {
		// The answer repeats what was sent, also when the server did not keep it.
		found, err = r.Client.WrittenContactNote(ctx, contact, id)
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "update contact note "+state.ID.ValueString(), err)
		return
	}

	if found.Content != plan.Content.ValueString() {
		resp.Diagnostics.AddAttributeError(path.Root("content"), "Unable to update contact note "+state.ID.ValueString(),
			"The platform kept the note as it was, and did not say why.")

		return
	}

	plan.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan)...)
}

// Delete deletes the note.
func (r *contactNoteResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state contactNoteModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	contact, id := state.ids()
	if err := r.Client.DeleteContactNote(ctx, contact, id); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete contact note "+state.ID.ValueString(), err)
	}
}

// ImportState takes the ids of the contact and of the note, or an identity.
func (r *contactNoteResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	form := importid.Form{Type: contactNoteType, Parts: []importid.Part{
		{Name: "contact_id", Form: importid.Integer, Example: "42"}, {Name: "id", Form: importid.Integer, Example: "7"},
	}}
	r.ImportForm(ctx, form, nil, req, resp)
}
