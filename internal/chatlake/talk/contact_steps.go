package talk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// make creates the planned contact, or takes the one that it turns out to be. It settles the session in the plan.
func (r *contactResource) make(ctx context.Context, plan *contactModel, diags *diag.Diagnostics) *api.Contact {
	req, problems := plan.createRequest()
	diags.Append(problems...)

	if req.InboxID != 0 && req.SourceID == "" {
		source, err := r.Client.NewSourceID(ctx, req.InboxID)
		apidiag.Add(diags, "open a session in inbox "+req.InboxID.String(), err)
		req.SourceID = source
	}

	if diags.HasError() {
		return nil
	}

	created, err := r.Client.CreateContact(ctx, req)
	switch {
	case transport.IsNotFound(err):
		diags.AddAttributeError(path.Root("inbox_id"), "Unable to create contact", fmt.Sprintf("There is no inbox %s.", req.InboxID))
		return nil
	case err != nil:
		found := r.takeUp(ctx, plan, req, err, diags)
		if found == nil {
			return nil
		}

		created = *found
	}

	plan.openedIn(req, &created)

	return &created
}

// openedIn is where the contact got its session, if anywhere: the one that was asked for, or one that it had there before.
func (m *contactModel) openedIn(req api.ContactRequest, created *api.Contact) {
	if req.InboxID == 0 {
		m.InboxID, m.SourceID = types.StringNull(), types.StringNull()
		return
	}

	m.InboxID = types.StringValue(req.InboxID.String())
	if tfvalue.IsSet(m.SourceID) {
		return
	}

	m.SourceID = types.StringNull()
	for _, session := range created.ContactInboxes {
		if session.Inbox.ID == req.InboxID && (m.SourceID.IsNull() || session.SourceID == req.SourceID) {
			m.SourceID = types.StringValue(session.SourceID)
		}
	}

	if m.SourceID.IsNull() { // The answer did not tell the sessions.
		m.SourceID = tfvalue.StringOrNull(req.SourceID)
	}
}

// takeUp looks for the contact after its creation failed: it may have been made and only the answer lost, or one of its
// keys may be another contact's. Validation tells which attributes failed but not, in any fixed language, why.
func (r *contactResource) takeUp(ctx context.Context, plan *contactModel, req api.ContactRequest, failed error, diags *diag.Diagnostics) *api.Contact {
	lost := transport.IsLost(failed)

	failure := transport.As(failed)
	if failure == nil || !lost && failure.Reason != transport.Invalid {
		apidiag.Add(diags, "create contact", failed)
		return nil
	}

	if lost && req.SourceID != "" {
		owner, err := r.Client.SessionOwner(ctx, req.InboxID, req.SourceID)
		if err == nil {
			return r.owner(ctx, plan, req, &owner, diags)
		}
	}

	for _, key := range plan.keys() {
		value := plan.key(key).ValueString()

		found, err := r.Client.FindContact(ctx, key, value)
		switch {
		case transport.IsNotFound(err):
			continue
		case err != nil: // What matters is why the contact was not created.
		case lost && plan.matches(&found):
			return &found
		case plan.AdoptExisting.ValueBool():
			return r.adopt(ctx, plan, found.ID, req, diags)
		default:
			apidiag.Taken(diags, "chatlake_contact", string(key), value, found.ID.String())
			return nil
		}
	}

	apidiag.Add(diags, "create contact", failed)

	return nil
}

// owner is the contact of the session that was asked for: the one whose answer was lost, or somebody else.
func (r *contactResource) owner(ctx context.Context, plan *contactModel, req api.ContactRequest, owner *api.Contact, diags *diag.Diagnostics) *api.Contact {
	if !plan.matches(owner) {
		diags.AddAttributeError(path.Root("source_id"), "The session belongs to another contact", fmt.Sprintf(
			"In inbox %s the source id %q belongs to contact %s. Nothing was changed.", req.InboxID, req.SourceID, owner.ID))

		return nil
	}

	if found, err := r.Client.Contact(ctx, owner.ID); err == nil {
		return &found // With its sessions.
	}

	return owner
}

// adopt makes an existing contact into the planned one. Where any session will do, the one that it has does.
func (r *contactResource) adopt(ctx context.Context, plan *contactModel, id api.ID, req api.ContactRequest, diags *diag.Diagnostics) *api.Contact {
	session := api.ContactInboxRequest{InboxID: req.InboxID, SourceID: req.SourceID}
	req.InboxID, req.SourceID = 0, ""
	updated, err := r.Client.UpdateContact(ctx, id, req)
	apidiag.Add(diags, fmt.Sprintf("adopt contact %s", id), err)

	has := func(s api.ContactInbox) bool { return s.Inbox.ID == session.InboxID }
	if err != nil || session.InboxID == 0 || !tfvalue.IsSet(plan.SourceID) && slices.ContainsFunc(updated.ContactInboxes, has) {
		return &updated
	}

	opened, err := r.Client.CreateContactInbox(ctx, id, session)
	apidiag.Add(diags, fmt.Sprintf("open a session of contact %s in inbox %s", id, session.InboxID), err)

	updated.ContactInboxes = append(updated.ContactInboxes, opened)

	return &updated
}

// change makes state into plan, and plan into what Terraform may store.
func (r *contactResource) change(ctx context.Context, plan, state *contactModel, diags *diag.Diagnostics) {
	id := api.ParseID(state.ID.ValueString())
	req, removed, problems := plan.updateRequest(state)
	diags.Append(problems...)
	if diags.HasError() {
		return
	}

	planned := *plan

	if !req.IsZero() {
		updated, err := r.Client.UpdateContact(ctx, id, req)
		apidiag.Add(diags, fmt.Sprintf("update contact %s", id), err)

		if err != nil {
			return
		}

		plan.fromAPI(&updated)
	}

	if len(removed) > 0 {
		_, err := r.Client.DestroyContactAttributes(ctx, id, removed)
		apidiag.Add(diags, fmt.Sprintf("remove custom attributes of contact %s", id), err)
	}

	if tfvalue.IsSet(plan.Labels) && tfvalue.Changed(state.Labels, plan.Labels) {
		r.setLabels(ctx, id, plan, diags)
	}

	plan.settle(&planned)
}

func (r *contactResource) setLabels(ctx context.Context, id api.ID, plan *contactModel, diags *diag.Diagnostics) {
	labels, problems := plan.labels(ctx)
	diags.Append(problems...)
	if diags.HasError() {
		return
	}

	set, err := r.Client.SetContactLabels(ctx, id, labels)
	apidiag.Add(diags, fmt.Sprintf("set the labels of contact %s", id), err)

	if err == nil {
		plan.Labels = labelSet(ctx, plan.Labels, set)
	}
}

// parseContactImport reads an import id: a contact's id, or a key with its value. The key is empty for an id.
func parseContactImport(id string) (key api.ContactKey, value string, ok bool) {
	prefix, rest, keyed := strings.Cut(id, ":")
	if !keyed {
		return "", id, account.IsID(id)
	}

	switch prefix {
	case "email":
		key = api.KeyEmail
	case "phone", "phone_number":
		key = api.KeyPhoneNumber
	case "identifier":
		key = api.KeyIdentifier
	default:
		return "", "", false
	}

	return key, rest, rest != ""
}
