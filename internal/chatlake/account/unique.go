package account

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Unique is a value that no two objects of an installation have, whatever their accounts. A request was refused because of
// it, and one's own account may show nobody who has it.
type Unique[T api.Identified] struct {
	Type string
	// Key is the platform's name of the value.
	Key string
	// Self is the id of the object that was to be changed; zero for a new one.
	Self api.ID
	// Where is what All lists: "account" or "portal". Within stands before an object's id in what an import takes.
	Where, Within string
	All           func(ctx context.Context) ([]T, error)
	// Has reports whether an object has the value.
	Has func(object T) bool
}

// AddHolder warns about who has the value: an object that can be imported, or somebody who cannot be seen. Cause is why the
// request failed. A server that crashes over a value that is taken gives no reason.
func (u Unique[T]) AddHolder(ctx context.Context, cause error, diags *diag.Diagnostics) {
	failure := transport.As(cause)
	if failure == nil || failure.Fields[u.Key] == "" && !failure.Lost {
		return
	}

	all, err := u.All(ctx)
	if err != nil {
		return // The refusal is reported, and this would only have explained it.
	}

	noun := apidiag.Noun(u.Type)

	for _, object := range all {
		if !u.Has(object) {
			continue
		}

		id := api.IDOf(object)
		if id != u.Self {
			diags.AddWarning(fmt.Sprintf("There is %s %s with this %s", noun, id, u.Key), fmt.Sprintf(
				"If it is the one that is meant, import it and apply again:\n\nimport {\n  to = %s.example # The address of this resource.\n  id = %q\n}",
				u.Type, u.Within+id.String()))
		}

		return
	}

	if !failure.Lost {
		diags.AddWarning("Another "+u.Where+" of this installation has the "+u.Key, fmt.Sprintf(
			"No %s of this %s has it, and it is unique in the whole installation. Choose another %s, or ask who runs the server. "+
				"If what had it was deleted a moment ago, apply again.", noun, u.Where, u.Key))
	}
}
