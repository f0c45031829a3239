package talk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
)

// mergedFromKey is where the private state keeps the ids that a contact had before it was merged into another one. Its notes
// and sessions may be refreshed in a later run only.
const mergedFromKey = "merged_from"

// noteMerged keeps in mind which contacts are this one now, for what belongs to them.
func (r *contactResource) noteMerged(ctx context.Context, from ownership.Reader, to ownership.Writer, before, now string) diag.Diagnostics {
	var gone []string

	raw, diags := from.GetKey(ctx, mergedFromKey)
	if len(raw) > 0 && json.Unmarshal(raw, &gone) != nil {
		gone = nil // Another version's.
	}

	if before != now && !slices.Contains(gone, before) {
		gone = append(gone, before)

		raw, err := json.Marshal(gone)
		if err == nil { // Texts can always be encoded.
			diags.Append(to.SetKey(ctx, mergedFromKey, raw)...)
		}
	}

	for _, id := range gone {
		r.Claims.Moved(contactType, id, now)
	}

	return diags
}

// movable is embedded by what belongs to a contact, and moves when that one is merged into another one.
type movable struct {
	account.Resource

	kind string
}

func movableOf(kind string) movable { return movable{account.Of(kind), kind} }

// Metadata lets the identity change, which holds the contact.
func (m *movable) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	m.Resource.Metadata(ctx, req, resp)
	resp.ResourceBehavior.MutableIdentity = true
}

// noteGone keeps in mind that a refresh did not find the object any more.
func (m *movable) noteGone(key string) {
	kind := m.goneType()

	m.Claims.Note(kind, "")
	m.Claims.Note(kind, key)
}

func (m *movable) isGone(key string) bool { return m.Claims.IsNoted(m.goneType(), key) }

func (m *movable) goneType() string { return m.kind + " that is gone" }

// mayBeMoved reports whether a plan is for a new object, and this run missed one of the type.
func (m *movable) mayBeMoved(req resource.ModifyPlanRequest) bool {
	return req.State.Raw.IsNull() && !req.Plan.Raw.IsNull() && m.Claims.IsNoted(m.goneType(), "")
}

// addMoved refuses to make what a merge has moved.
func addMoved(diags *diag.Diagnostics, resourceType string, contact types.String, id string) {
	what := noun.Of(resourceType)

	diags.AddAttributeError(path.Root("contact_id"), "The contact was merged into another one", fmt.Sprintf(
		"The %s of a contact that does not exist any more is with contact %s now. Nothing was made: it would be there twice. "+
			"To go on with it, import it at the address that it had:\n\nimport {\n  to = %s.example # The address of this resource.\n  id = %q\n}",
		what, contact.ValueString(), resourceType, id))
}
