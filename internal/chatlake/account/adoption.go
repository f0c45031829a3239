package account

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Holder is the object that already has the natural key of one that could not be created.
type Holder struct {
	Kind, Key, Value string
	ID               api.ID // 0 is none.
	Within           string // What an import names before the id, such as "help/".
	Same             bool   // It is all that the new one should be.
}

// KeyMayBeTaken reports whether a create may have failed because another object has its key: the platform refused that
// field, or its answer was lost and the object may be the created one itself.
func KeyMayBeTaken(err error, field string) bool {
	failure := transport.As(err)
	return failure != nil && (failure.Lost || failure.Fields[field] != "")
}

// MayAdopt reports whether the holder of the key may be adopted after a create failed, and adds an error if not. An object
// that is just as planned after a lost answer is the created one.
func MayAdopt(diags *diag.Diagnostics, action string, cause error, adopt types.Bool, h Holder) bool {
	switch {
	case h.ID == 0:
		apidiag.Add(diags, action, cause)
		return false
	case adopt.ValueBool(), h.Same && transport.IsLost(cause):
		return true
	default:
		apidiag.Taken(diags, h.Kind, h.Key, h.Value, h.Within+h.ID.String())
		return false
	}
}
