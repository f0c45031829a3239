package ownership

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Origin is the part of a platform that the provider is configured for, such as a tenant. The private state of an object
// records it, so that state of another one is told apart on every version of Terraform. In another one, the object's id names
// nothing, or something else.
type Origin struct {
	// Noun is what the platform calls it, and the key of the private state: tenant, application.
	Noun string
	// Older is the key that earlier versions of the provider used, if it was another one.
	Older string
	// ID is the provider's; empty if it is not known, and then nothing is recorded or refused.
	ID string
	// Setting is the argument that chooses it.
	Setting string
}

// Record stores where an object was made or found.
func (o Origin) Record(ctx context.Context, private Writer) diag.Diagnostics {
	if o.ID == "" {
		return nil
	}

	raw, err := json.Marshal(o.ID)
	if err != nil {
		return nil // A text can always be encoded.
	}

	return private.SetKey(ctx, o.Noun, raw)
}

// Admit refuses an object of elsewhere, and records the origin of one that has none: an earlier version of the provider
// wrote it, or the provider did not know its own. Call it in Read, before anything is asked.
func (o Origin) Admit(ctx context.Context, from Reader, to Writer, noun, id string) diag.Diagnostics {
	recorded, diags := o.recorded(ctx, from)
	if recorded == "" {
		diags.Append(o.Record(ctx, to)...)
	}

	diags.Append(o.Refuse(ctx, from, noun, id)...)

	return diags
}

// Refuse adds an error if the object is of elsewhere. Call it in Update and Delete, before anything is sent.
func (o Origin) Refuse(ctx context.Context, private Reader, noun, id string) diag.Diagnostics {
	recorded, diags := o.recorded(ctx, private)
	if recorded == "" || o.ID == "" || strings.EqualFold(recorded, o.ID) {
		return diags
	}

	diags.AddError(fmt.Sprintf("The %s belongs to another %s", noun, o.Noun), fmt.Sprintf(
		"The state has %s %s of %s %q, and the provider is configured for %q. Nothing was read or changed. "+
			"Set %s to the %[3]s of this state, or use a state of its own for the other %[3]s.", noun, id, o.Noun, recorded, o.ID, o.Setting))

	return diags
}

func (o Origin) recorded(ctx context.Context, private Reader) (string, diag.Diagnostics) {
	var id string

	raw, diags := private.GetKey(ctx, o.Noun)
	if len(raw) == 0 && o.Older != "" {
		raw, diags = private.GetKey(ctx, o.Older)
	}

	if len(raw) > 0 && json.Unmarshal(raw, &id) != nil {
		return "", diags // Another version's: as if nothing were recorded.
	}

	return id, diags
}
