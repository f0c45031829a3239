package talk

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
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
	_ resource.ResourceWithConfigure   = (*contactResource)(nil)
	_ resource.ResourceWithIdentity    = (*contactResource)(nil)
	_ resource.ResourceWithImportState = (*contactResource)(nil)
)

// contactOnline is how long destroy waits for a contact to go offline: the server takes 90 seconds to notice.
const contactOnline = 3 * time.Minute

func newContactResource() resource.Resource {
	return &contactResource{account.WithID(contactType)}
}

type contactResource struct{ account.ResourceWithID }

// Metadata lets the identity change: a contact that is merged into another one is followed.
func (r *contactResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	r.Resource.Metadata(ctx, req, resp)
	resp.ResourceBehavior.MutableIdentity = true
}

func (r *contactResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A person who writes or is written to. See the vendor's " +
			"[contacts](https://developers.chatwoot.com/api-reference/contacts/create-contact).\n\n" +
			"Only what the configuration sets is managed: what agents add to a contact is left alone, and so is what an import finds. " +
			"A contact that agents merge into another one is followed, if that one has its `identifier`, `email` or `phone_number` afterwards, or the session of a contact that has none of these. " +
			"**Destroy deletes the contact, and with it all its conversations and messages**; the platform has no other way. " +
			"It needs an administrator's token. A contact who is online cannot be deleted: destroy waits for them to leave.",
		Attributes: map[string]schema.Attribute{
			"id":           attribute.ID("The contact's id."),
			"name":         contactText("The full name, at most 255 characters.", stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"email":        contactText("The e-mail address: one contact of the account may have it. The platform stores it in lower case; case does not count.", attribute.Email(), stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"phone_number": contactText("The phone number in E.164 form, such as `+14155550123`: one contact of the account may have it.", attribute.E164()),
			"identifier":   contactText("Your own id of the person: one contact of the account may have it. Case counts.", stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"avatar":       account.Avatar.Attribute("The contact's picture.", path.MatchRoot("avatar_url")),
			"avatar_url": contactText("Where the platform fetches a picture (JPEG, PNG, GIF or WebP), in the background and at most once a minute. "+
				"It cannot be read back; what it led to is `thumbnail`. Removing it removes the picture.", attribute.URL()),
			"blocked": schema.BoolAttribute{
				MarkdownDescription: "Whether the contact is blocked: their new conversations are resolved at once. Muting a conversation does the same. Removing it unblocks.",
				Optional:            true, Computed: true, PlanModifiers: []planmodifier.Bool{ownership.Plan()},
			},
			"company_id": contactText("The company (enterprise edition, server 4.15.0 or newer, with the account's feature `companies`). "+
				"The platform writes its name into `company_name` of `additional_attributes`, and takes that key away with the company; a `company_name` of the configuration is put back then. "+
				"Left out, the company that the platform or an agent gave the contact stays.", attribute.IntegerID()),
			"custom_attributes": account.ManagedObject(
				"Custom attributes, an object of any values. Only the configured keys are managed; a key that is removed here is removed from the contact.",
				account.JSONObject()),
			"additional_attributes": account.ManagedObject("Additional attributes such as `city`, `country`, `company_name`, an object of any values. Only the configured keys are managed. "+
				"The platform cannot remove a key: one that is removed here stays as it is, with a warning. It writes keys of its own besides: "+
				"an enterprise server names the company of each contact with an address at a business domain.", account.JSONObject()),
			"labels": labelsAttribute("Labels, in lower case. Exactly these if set. Left out, they are neither read nor changed: reading them takes a request per contact.", noneAtFirst{}),
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "An inbox in which the contact has a session. The contact gets one when it is created, when the inbox changes, and when the session is gone. " +
					"Sessions in other inboxes stay: the platform cannot delete them. For further sessions use `chatlake_contact_inbox`.",
				Optional: true, Computed: true, Validators: attribute.OrEmpty(attribute.IntegerID()), PlanModifiers: []planmodifier.String{attribute.Follow(), noneAtFirst{}},
			},
			"source_id": schema.StringAttribute{
				MarkdownDescription: "The session's id in the inbox's channel. Default: a random one in API and website inboxes, the contact's own address in those for e-mail, SMS and WhatsApp; others need one. " +
					"No two contacts may have the same. Another one opens another session. At most 20,000 characters; servers before 4.8.0 take 255.",
				Optional: true, Computed: true,
				Validators:    append(attribute.OrEmpty(stringvalidator.UTF8LengthAtMost(account.MaxText)), attribute.Needs(path.MatchRoot("inbox_id"))),
				PlanModifiers: []planmodifier.String{plannedSession{}},
			},
			"adopt_existing": attribute.AdoptExisting("`identifier`, `email` or `phone_number`", false),
			"thumbnail":      account.Avatar.Address("The address of the contact's picture."),
			"created_at":     attribute.Timestamp("When the contact was created."),
			"contact_inboxes": schema.ListNestedAttribute{
				MarkdownDescription: "The contact's sessions, by inbox and source.", Computed: true,
				PlanModifiers: []planmodifier.List{plannedSession{}},
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

// contactText is a text that is cleared when it is taken out.
func contactText(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description, Optional: true, Computed: true, Validators: attribute.OrEmpty(validators...),
		PlanModifiers: []planmodifier.String{ownership.Plan(), attribute.KeepSpelling()},
	}
}

// Create creates the contact, or adopts the one that has a key of it.
func (r *contactResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan contactModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.checkCompany(ctx, types.StringNull(), plan.CompanyID, &resp.Diagnostics)
	picture := account.Avatar.Open(ctx, types.StringNull(), plan.Avatar, nil, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	release, ok := r.claim(&plan, &resp.Diagnostics)
	if !ok {
		return
	}

	end := func(failed error) { r.like(plan).EndCreate(ctx, failed, req, resp) }

	created, ok := r.create(ctx, &plan, end, &resp.Diagnostics)
	if !ok {
		release()
		return
	}

	// The contact exists: from here on the state has it, whatever becomes of the rest.
	state := plan
	state.Labels, state.Avatar = types.SetNull(types.StringType), types.StringNull()
	state.fill(&created)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	planned.FillUnknown(tfsdk.State{}, &resp.State)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "custom_attributes")...)

	r.finish(ctx, &plan, &state, created, &resp.Diagnostics)

	if account.Avatar.Send(ctx, "contact "+created.ID.String(), picture, resp.Private, &resp.Diagnostics, r.sendAvatar(created.ID, &state)) {
		state.Avatar = plan.Avatar
	}

	if resp.Diagnostics.HasError() {
		adopt.AddUnfinished(&resp.Diagnostics, contactType, created.ID.String(), "the step above failed")
		return
	}

	state.dropLostSession(created.ContactInboxes)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	planned.KeepCreate(req, resp, "contact")
}

// sendAvatar returns the call that puts a picture on a contact, and its address into the state.
func (r *contactResource) sendAvatar(id api.ID, state *contactModel) account.SendPicture {
	return func(ctx context.Context, file api.File) (string, error) {
		updated, err := r.Client.SetContactAvatar(ctx, id, file)
		if err == nil {
			state.Thumbnail = tfvalue.StringOrNull(updated.Thumbnail)
		}

		return updated.Thumbnail, err
	}
}

// finish puts back what the server replaced, and sets the labels.
func (r *contactResource) finish(ctx context.Context, plan, state *contactModel, created api.Contact, diags *diag.Diagnostics) {
	r.keepCompanyName(ctx, plan, state, &created, diags)

	if !plan.Labels.IsNull() && !plan.Labels.IsUnknown() {
		r.setLabels(ctx, created.ID, plan, state, diags)
	}
}

// checkCompany refuses a company that does not exist, and a server or an account that has none, before a contact is made or changed
// that then lacks it: the server ignores what it does not take.
func (r *contactResource) checkCompany(ctx context.Context, prior, wanted types.String, diags *diag.Diagnostics) {
	account.Part[api.Company]{
		Attribute: "company_id", Noun: "company", Prior: prior, Wanted: wanted, One: r.Client.Companies().One,
	}.Check(ctx, &r.Resource, diags)
}

// keepCompanyName sends the company name of a model again if the server has replaced it.
func (r *contactResource) keepCompanyName(ctx context.Context, wanted, state *contactModel, found *api.Contact, diags *diag.Diagnostics) {
	req, isReplaced := wanted.companyName(found)
	if !isReplaced {
		return
	}

	updated, err := r.Client.UpdateContact(ctx, found.ID, req)
	apidiag.Add(diags, fmt.Sprintf("set the company name of contact %s", found.ID), err)

	if err == nil {
		state.fill(&updated)
	}
}

func (r *contactResource) setLabels(ctx context.Context, id api.ID, plan, state *contactModel, diags *diag.Diagnostics) {
	labels, problems := plan.labels(ctx)
	diags.Append(problems...)
	if problems.HasError() {
		return
	}

	set, err := r.Client.SetContactLabels(ctx, id, labels)
	apidiag.Add(diags, fmt.Sprintf("set the labels of contact %s", id), err)

	if err == nil {
		state.Labels = labelSet(ctx, plan.Labels, set)
	}
}

// Read refreshes the state. A contact that was merged into another one is followed.
func (r *contactResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state contactModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also if the contact is gone.

	found, ok := r.read(ctx, &state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	if !ok {
		resp.State.RemoveResource(ctx)
		return
	}

	resp.Diagnostics.Append(r.noteMerged(ctx, req.Private, resp.Private, state.ID.ValueString(), found.ID.String())...)

	if imported {
		state.fillImported(&found)
	} else {
		state.follow(&found)
	}

	state.Avatar = account.Avatar.Follow(ctx, state.Avatar, found.Thumbnail, req.Private, resp.Private, &resp.Diagnostics)

	err := r.readLabels(ctx, &state, imported)
	apidiag.Add(&resp.Diagnostics, "read the labels of contact "+state.ID.ValueString(), err)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...)
}

// read returns the contact, or the one into which it was merged. It reports false if there is none.
func (r *contactResource) read(ctx context.Context, state *contactModel, diags *diag.Diagnostics) (api.Contact, bool) {
	found, err := r.Client.Contact(ctx, api.ParseID(state.ID.ValueString()))

	switch {
	case transport.IsNotFound(err):
		return r.findMerged(ctx, state, diags)
	case err != nil:
		apidiag.Add(diags, "read contact "+state.ID.ValueString(), err)
	case r.Claims.IsAdopted(mergedInto, found.ID.String()):
		addMerged(diags, "of another address", found.ID.String())
	default:
		r.Claims.Claim(mergedInto, found.ID.String())
	}

	return found, err == nil
}

// readLabels reads the labels where the state has them: they take a request of their own.
func (r *contactResource) readLabels(ctx context.Context, state *contactModel, imported bool) error {
	if !imported && state.Labels.IsNull() {
		return nil
	}

	labels, err := r.Client.ContactLabels(ctx, api.ParseID(state.ID.ValueString()))
	if err == nil && (!imported || len(labels) > 0) {
		state.Labels = labelSet(ctx, state.Labels, labels)
	}

	return err
}

// Update sends what changed.
func (r *contactResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var config, plan, state contactModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	managed, diags := ownership.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	r.checkCompany(ctx, state.CompanyID, plan.CompanyID, &resp.Diagnostics)
	picture := account.Avatar.Open(ctx, state.Avatar, plan.Avatar, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	found := r.update(ctx, &config, &plan, &state, managed, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	id := api.ParseID(state.ID.ValueString())
	if !account.Avatar.Send(ctx, "contact "+id.String(), picture, resp.Private, &resp.Diagnostics, r.sendAvatar(id, &found)) {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
	planned.FillUnknown(req.State, &resp.State)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "custom_attributes")...)
	planned.KeepUpdate(req, resp, "contact")
}

// update makes state into plan, and returns what the server answered. A company name that only an import found is left to the server.
func (r *contactResource) update(ctx context.Context, config, plan, state *contactModel, managed ownership.Managed, diags *diag.Diagnostics) contactModel {
	id, found := api.ParseID(state.ID.ValueString()), *plan

	change, problems := plan.changeFrom(state, managed)
	diags.Append(problems...)
	if problems.HasError() {
		return found
	}

	if !change.request.IsZero() {
		updated, err := r.Client.UpdateContact(ctx, id, change.request)
		if err != nil {
			r.explainUpdate(ctx, plan, err, diags)
			return found
		}

		found.fill(&updated)

		if state.Email.ValueString() == "" || !change.request.CompanyID.IsZero() {
			r.keepCompanyName(ctx, config, &found, &updated, diags)
		}
	}

	if len(change.removed) > 0 {
		updated, err := r.Client.DestroyContactAttributes(ctx, id, change.removed)
		apidiag.Add(diags, fmt.Sprintf("remove custom attributes of contact %s", id), err)

		if err == nil {
			found.CustomAttributes = account.ObjectOrNull(updated.CustomAttributes)
		}
	}

	found.CustomAttributes = account.WithoutKeys(found.CustomAttributes, change.others)
	found.moveSession(r.openSession(ctx, plan, state.contact(), diags))

	if !plan.Labels.IsUnknown() && !sameLabelSets(ctx, state.Labels, plan.Labels) {
		r.setLabels(ctx, id, plan, &found, diags)
	}

	return found
}

// Delete deletes the contact with its conversations. It keeps one that another address adopted in this run.
func (r *contactResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state contactModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, contactOnline)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	id := state.ID.ValueString()
	if r.Claims.IsAdopted(contactType, id) {
		ownership.ReportKept(&resp.Diagnostics, contactType, id)
		return
	}

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	err := r.Client.DeleteContact(ctx, api.ParseID(id))
	if err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete contact "+id, err)
		return
	}

	for _, name := range state.claims() {
		r.Claims.Release(contactType, name)
	}
}

func contactForm() importid.Form {
	return importid.Form{
		Type:  contactType,
		Parts: []importid.Part{{Name: "id", Form: importid.Integer, Example: "42"}},
		Keys: []importid.Key{
			{Name: "email", Example: "ana@example.com"}, {Name: "phone_number", Example: "+14155550123"}, {Name: "identifier", Example: "customer-7"},
		},
	}
}

// ImportState takes an id, a key with its value, or an identity.
func (r *contactResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.ImportForm(ctx, contactForm(), func(ctx context.Context, id importid.ID) ([]string, error) {
		found, err := r.Client.FindContact(ctx, api.ContactKey(id.Key), id.Value)
		if transport.IsNotFound(err) {
			return nil, nil
		}

		return []string{found.ID.String()}, err
	}, req, resp)
}
