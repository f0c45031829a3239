package account

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// crashed is the HTTP status of a server that crashed.
const crashed = 500

// Unique is a value that no two objects have. A request was refused because of it.
type Unique[T api.Identified] struct {
	Type string
	// Key is the attribute, and Fields are the platform's names of it in its errors; without any, Key is the name.
	Key    string
	Fields []string
	// Crashes is set where the server crashes over a value that is taken, and so gives no reason.
	Crashes bool
	// Self is the id of the object that was to be changed; zero for a new one.
	Self api.ID
	// Where is what All lists, if the value is unique in the whole installation: "account" or "portal". Then nothing in the
	// list may have it. Within stands before an object's id in what an import takes.
	Where, Within string
	All           func(ctx context.Context) ([]T, error)
	// Has reports whether an object has the value.
	Has func(object T) bool
}

// AddHolder warns about who has the value: an object of the list, or one that cannot be seen. Cause is why the request
// failed.
func (u Unique[T]) AddHolder(ctx context.Context, cause error, diags *diag.Diagnostics) {
	failure := transport.As(cause)
	if failure == nil || !u.mayBeTaken(failure) {
		return
	}

	all, err := u.All(ctx)
	if err != nil {
		return // The refusal is reported, and this would only have explained it.
	}

	at := slices.IndexFunc(all, u.Has)

	switch {
	case at >= 0:
		id := api.IDOf(all[at])
		if id != u.Self {
			u.warn(id, diags)
		}
	case u.Where != "" && !failure.Lost && !u.isCrash(failure):
		diags.AddWarning("Another "+u.Where+" of this installation has the "+u.Key, fmt.Sprintf(
			"No %s of this %s has it, and it is unique in the whole installation. Choose another %s, or ask the administrator of the server. "+
				"If what had it was deleted a moment ago, apply again.", noun.Of(u.Type), u.Where, u.Key))
	}
}

// mayBeTaken reports whether the request may have failed because another object has the value.
func (u Unique[T]) mayBeTaken(failure *transport.Error) bool {
	isNamed := func(field string) bool { return failure.Fields[field] != "" }
	return failure.Lost || u.isCrash(failure) || isNamed(u.Key) || slices.ContainsFunc(u.Fields, isNamed)
}

func (u Unique[T]) isCrash(failure *transport.Error) bool {
	return u.Crashes && failure.Status == crashed
}

// warn names the object that has the value. One that was to be changed is managed already, so only a new one can be had by
// an import.
func (u Unique[T]) warn(id api.ID, diags *diag.Diagnostics) {
	what := noun.Of(u.Type)
	detail := fmt.Sprintf("No two objects may have the same one, so %s %s was not changed. Give one of the two another %s.", what, u.Self, u.Key)

	if u.Self == 0 {
		detail = fmt.Sprintf(
			"If another resource of this configuration manages it, give one of the two another %s. If not, and it is the one that is meant, "+
				"import it and apply again:\n\nimport {\n  to = %s.example # The address of this resource.\n  id = %q\n}",
			u.Key, u.Type, u.Within+id.String())
	}

	diags.AddWarning(fmt.Sprintf("There is %s %s with this %s", what, id, u.Key), detail)
}

// AddUpdate reports why an object could not be updated, and which other one has its key if that is the reason. Value is the
// planned key.
func (k Key[T]) AddUpdate(ctx context.Context, resourceType string, id types.String, value string, cause error, diags *diag.Diagnostics) {
	apidiag.Add(diags, "update "+noun.Of(resourceType)+" "+id.ValueString(), cause)

	Unique[T]{
		Type: resourceType, Key: k.Name, Self: api.ParseID(id.ValueString()), All: k.All,
		Has: func(object T) bool { return k.spell(k.Of(object)) == k.spell(value) },
	}.AddHolder(ctx, cause, diags)
}
