package account

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Keyless is an object without a key that could not be created. If the answer was lost, the object may be there all the
// same: the server answers 500 also after it has stored something. Nothing tells it from others like it for certain, so a
// person decides.
type Keyless[T api.Identified] struct {
	Type string
	// Within stands before an object's id in what an import takes, such as "42/".
	Within string
	// All lists the objects.
	All func(ctx context.Context) ([]T, error)
	// IsPlanned reports whether an object is all that the create was to make.
	IsPlanned func(object T) bool
}

// AddCandidates names the objects that may be the new one although the create has failed. Cause is its error.
func (k Keyless[T]) AddCandidates(ctx context.Context, cause error, diags *diag.Diagnostics) {
	if !transport.IsLost(cause) {
		return
	}

	objects, err := k.All(ctx)
	if err != nil {
		return // The error of the create says that somebody has to look.
	}

	var ids []string

	for _, object := range objects {
		if k.IsPlanned(object) {
			ids = append(ids, k.Within+api.IDOf(object).String())
		}
	}

	if len(ids) == 0 {
		return
	}

	diags.AddWarning("The "+apidiag.Noun(k.Type)+" may exist already", fmt.Sprintf(
		"What is just as planned has the id: %s. If it was not there before, it is the new one. Import it before you apply again, or a second one is made:\n\n"+
			"import {\n  to = %s.example # The address of this resource.\n  id = %q\n}", strings.Join(ids, ", "), k.Type, ids[len(ids)-1]))
}
