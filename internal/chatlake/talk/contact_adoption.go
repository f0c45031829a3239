package talk

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const (
	contactType = "chatlake_contact"
	// mergedInto notes the contacts that a refresh has read, so that two addresses which lead to one of them are noticed.
	mergedInto = contactType + " that was read"
	// mostCandidates is among how many contacts of the same name a new one is looked for whose create was not answered.
	mostCandidates = 100
)

// holder is a contact that has a key.
type holder struct {
	key     api.ContactKey
	value   string
	contact api.Contact
}

// holders returns the contacts that have the keys of a model.
func (r *contactResource) holders(ctx context.Context, m *contactModel) ([]holder, error) {
	var found []holder

	for _, key := range m.keys() {
		value := m.key(key).ValueString()

		contact, err := r.Client.FindContact(ctx, key, value)

		switch {
		case err == nil:
			found = append(found, holder{key, value, contact})
		case !transport.IsNotFound(err):
			return nil, err
		}
	}

	return found, nil
}

// isOne reports whether all keys belong to one contact.
func isOne(holders []holder) bool {
	for _, other := range holders {
		if other.contact.ID != holders[0].contact.ID {
			return false
		}
	}

	return len(holders) > 0
}

// holderList names each key and who has it.
func holderList(holders []holder) string {
	lines := make([]string, len(holders))
	for i, one := range holders {
		lines[i] = fmt.Sprintf("- contact %s has the %s", one.contact.ID, one.key)
	}

	return strings.Join(lines, "\n")
}

// claims returns the names under which a run claims the keys of a contact.
func (m *contactModel) claims() []string {
	keys := m.keys()

	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = string(key) + " " + key.Normal(m.key(key).ValueString())
	}

	return names
}

// claim takes the keys of a planned contact for this resource. It returns what gives them back, and reports false if
// another resource of this run has one.
func (r *contactResource) claim(plan *contactModel, diags *diag.Diagnostics) (release func(), ok bool) {
	var claimed []string

	release = func() {
		for _, name := range claimed {
			r.Claims.Release(contactType, name)
		}
	}

	for _, name := range plan.claims() {
		if !r.Claims.Claim(contactType, name) {
			release()

			adopt.AddManaged(diags, contactType, "")

			return release, false
		}

		claimed = append(claimed, name)
	}

	return release, true
}

// create makes the planned contact, or finds the one that exists already. It reports false if it has added an error, and calls
// end with one that leaves a contact without a key behind, perhaps.
func (r *contactResource) create(ctx context.Context, plan *contactModel, end func(failed error), diags *diag.Diagnostics) (api.Contact, bool) {
	req, problems := plan.createRequest()
	diags.Append(problems...)
	if diags.HasError() {
		return api.Contact{}, false
	}

	if req.InboxID != 0 && req.SourceID == "" {
		var ok bool

		req.SourceID, ok = r.newSourceID(ctx, req.InboxID, diags)
		if !ok {
			return api.Contact{}, false
		}
	}

	created, err := r.Client.CreateContact(ctx, req)
	if transport.IsNotFound(err) && req.InboxID != 0 {
		diags.AddAttributeError(path.Root("inbox_id"), "Unable to create contact", apidiag.Absent("inbox "+req.InboxID.String(), err))
		return created, false
	}

	if err != nil {
		var ok bool

		created, ok = r.findCreated(ctx, plan, req, err, diags)
		if !ok && len(plan.keys()) == 0 {
			end(err)
		}

		if !ok {
			return created, false
		}
	}

	r.Claims.Claim(contactType, created.ID.String())
	plan.setSession(req, created.ContactInboxes)

	return created, true
}

// findCreated returns the contact after its create failed: the answer was lost, or another contact has one of the keys. The
// server says which attributes it refused, and not in a fixed language why.
func (r *contactResource) findCreated(ctx context.Context, plan *contactModel, req api.ContactRequest, failed error, diags *diag.Diagnostics) (api.Contact, bool) {
	if transport.IsLost(failed) && req.SourceID != "" {
		owner, err := r.Client.SessionOwner(ctx, req.InboxID, req.SourceID)
		if err == nil {
			return r.ownerOf(ctx, plan, req, owner, diags)
		}
	}

	holders, err := r.holders(ctx, plan)

	switch {
	case err != nil || len(plan.keys()) == 0:
		apidiag.Add(diags, "create contact", failed)

		return api.Contact{}, false
	case len(holders) > 1 && !isOne(holders):
		diags.AddError("The keys belong to several contacts", fmt.Sprintf(
			"The contact cannot be created, and no contact can be adopted, because different contacts have its keys:\n\n%s\n\n"+
				"Nothing was changed. Merge these contacts, or take keys out of the configuration.", holderList(holders)))

		return api.Contact{}, false
	}

	adoption := r.adoption(plan, req)
	if len(holders) > 0 {
		adoption.Key = string(holders[0].key)
	}

	contact, ok := adoption.Resolve(ctx, failed, diags)
	if !ok {
		return contact, false
	}

	contact.ContactInboxes = r.openSession(ctx, plan, contact, diags)
	if !transport.IsLost(failed) {
		r.Claims.Adopted(contactType, contact.ID.String())
	}

	return contact, !diags.HasError()
}

// like finds contacts that are as planned. Servers before 4.11.0 do not list those without a key.
func (r *contactResource) like(plan contactModel) account.Keyless[api.Contact] {
	return account.Keyless[api.Contact]{
		Type: contactType,
		All: func(ctx context.Context) ([]api.Contact, error) {
			return r.Client.Contacts(ctx, api.ContactsQuery{Search: plan.Name.ValueString()}, mostCandidates)
		},
		IsPlanned: func(found api.Contact) bool { return plan.isPlanned(&found) },
	}
}

// adoption decides what becomes of a create that failed. The server accepts none of the keys twice, so a create whose
// answer was lost may be repeated.
func (r *contactResource) adoption(plan *contactModel, req api.ContactRequest) adopt.Adoption[api.Contact] {
	first := plan.keys()[0]
	update := req
	update.InboxID, update.SourceID = 0, ""

	return adopt.Adoption[api.Contact]{
		Type: contactType, Key: string(first), Allowed: plan.AdoptExisting,
		Fields: []string{string(api.KeyIdentifier), string(api.KeyEmail), string(api.KeyPhoneNumber)},
		Find: func(ctx context.Context) ([]api.Contact, error) {
			holders, err := r.holders(ctx, plan)
			if !isOne(holders) {
				return nil, err
			}

			return []api.Contact{holders[0].contact}, err
		},
		ID:        func(contact api.Contact) string { return contact.ID.String() },
		IsPlanned: func(contact api.Contact) bool { return plan.isPlanned(&contact) },
		IsManaged: func(contact api.Contact) bool { return !r.Claims.Claim(contactType, contact.ID.String()) },
		Create:    func(ctx context.Context) (api.Contact, error) { return r.Client.CreateContact(ctx, req) },
		Update: func(ctx context.Context, contact api.Contact) (api.Contact, error) {
			return r.Client.UpdateContact(ctx, contact.ID, update)
		},
	}
}

// ownerOf returns the owner of the requested session after an answer was lost, if it is the planned contact.
func (r *contactResource) ownerOf(ctx context.Context, plan *contactModel, req api.ContactRequest, owner api.Contact, diags *diag.Diagnostics) (api.Contact, bool) {
	if !plan.isPlanned(&owner) {
		addForeignSession(diags, api.ContactInboxRequest{InboxID: req.InboxID, SourceID: req.SourceID}, owner.ID)
		return owner, false
	}

	found, err := r.Client.Contact(ctx, owner.ID)
	if err != nil {
		return owner, true // Without its sessions.
	}

	return found, true
}

// explainUpdate reports why an update failed. If other contacts have the new keys, it names them.
func (r *contactResource) explainUpdate(ctx context.Context, plan *contactModel, failed error, diags *diag.Diagnostics) {
	failure := transport.As(failed)
	explained := false

	if failure != nil && (failure.Reason == transport.Invalid || failure.Status >= 500) {
		holders, _ := r.holders(ctx, plan)
		for _, one := range holders {
			if one.contact.ID.String() == plan.ID.ValueString() {
				continue
			}

			explained = true

			diags.AddAttributeError(path.Root(string(one.key)), "Another contact has this "+string(one.key), fmt.Sprintf(
				"Contact %s has this %s, and no two contacts may have it. Contact %s was not changed. Give one of them another value, or merge the two.",
				one.contact.ID, one.key, plan.ID.ValueString()))
		}
	}

	if !explained {
		apidiag.Add(diags, "update contact "+plan.ID.ValueString(), failed)
	}
}

// findMerged returns the contact into which a contact that is gone was merged: the one that has its keys now. It reports
// false if there is none, or if it has added an error.
func (r *contactResource) findMerged(ctx context.Context, state *contactModel, diags *diag.Diagnostics) (api.Contact, bool) {
	holders, err := r.holders(ctx, state)
	if len(state.keys()) == 0 {
		holders, err = r.sessionHolder(ctx, state)
	}

	switch {
	case err != nil:
		apidiag.Add(diags, "find out what became of contact "+state.ID.ValueString(), err)
	case len(holders) == 0:
	case !isOne(holders):
		diags.AddError("The contact is gone", fmt.Sprintf(
			"Contact %s does not exist any more, and different contacts have its keys:\n\n%s\n\nNothing was changed. "+
				"Import the right one in place of contact %[1]s (terraform state rm, then import), or change the configuration.",
			state.ID.ValueString(), holderList(holders)))
	case !r.Claims.Claim(mergedInto, holders[0].contact.ID.String()):
		addMerged(diags, state.ID.ValueString(), holders[0].contact.ID.String())
	default:
		diags.AddWarning("The contact was merged into another one", fmt.Sprintf(
			"Contact %s does not exist any more. Contact %s has its %s now, so the resource follows it: with its conversations and messages.",
			state.ID.ValueString(), holders[0].contact.ID, holders[0].key))
		r.Claims.Adopted(mergedInto, holders[0].contact.ID.String())

		return holders[0].contact, true
	}

	return api.Contact{}, false
}

// sessionHolder returns who has the session of a contact without keys that is gone.
func (r *contactResource) sessionHolder(ctx context.Context, state *contactModel) ([]holder, error) {
	inbox, source := state.InboxID.ValueString(), state.SourceID.ValueString()
	if inbox == "" || source == "" {
		return nil, nil
	}

	owner, ok, err := r.Client.MovedSession(ctx, api.ParseID(inbox), source)
	if err != nil || !ok {
		return nil, err
	}

	found, err := r.Client.Contact(ctx, owner.ID)

	return []holder{{"source_id", source, found}}, err
}

func addMerged(diags *diag.Diagnostics, gone, base string) {
	diags.AddError("Two contacts of this configuration were merged", fmt.Sprintf(
		"Contact %s was merged into contact %s, which is at another address of this configuration. Nothing was changed. "+
			"Take one of the two resources out of the configuration, and remove it from the state with terraform state rm.", gone, base))
}
