// Package adopt decides what becomes of a create that failed because another object has its key, or whose answer was lost:
// it finds the object, and adopts it if it may.
package adopt

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Repeats is how often a lost create is sent again. The look-up before each one waits for a platform that is down, as all
// reads do, so a repeat itself need not wait.
const Repeats = 4

// Adoption is one create that failed. T is the platform's object.
type Adoption[T any] struct {
	// Type is the resource's type, such as chatlake_label.
	Type string
	// Key is the attribute that no two objects share. Errors name it, and not its value, which may be a secret.
	Key string
	// Fields are the platform's names of the key in its errors; without any, Key is the name.
	Fields []string
	// Allowed is the plan's adopt_existing.
	Allowed types.Bool
	// Find returns the objects that have the key now.
	Find func(ctx context.Context) ([]T, error)
	// ID returns what an import of the object takes.
	ID func(object T) string
	// IsPlanned reports whether the object is all that the create was to make.
	IsPlanned func(object T) bool
	// Update makes the object into the planned one.
	Update func(ctx context.Context, object T) (T, error)
	// Create is set where the platform itself refuses a second object with the key. Then a create whose answer was lost
	// is repeated, some times, if nothing has the key.
	Create func(ctx context.Context) (T, error)
	// Hidden says who has the key if the platform refused it and nothing that has it is to be found. Nil means that it was
	// deleted a moment ago, as far as is known.
	Hidden func(ctx context.Context, cause error, diags *diag.Diagnostics)
	// IsManaged reports whether this configuration has the object at another address. Nil means that this is not known.
	IsManaged func(object T) bool
}

// Resolve returns the object that takes the place of the one that could not be created, and reports whether there is one.
// If not, it has added an error. Cause is the error of the create.
func (a Adoption[T]) Resolve(ctx context.Context, cause error, diags *diag.Diagnostics) (T, bool) {
	var none T

	if !a.mayHaveHolder(cause) {
		a.fail(diags, cause)
		return none, false
	}

	object, found := a.holder(ctx, diags, cause)

	for n := 0; n < Repeats && !found && !diags.HasError() && transport.IsLost(cause) && a.Create != nil; n++ {
		created, err := a.Create(ctx)
		if err == nil {
			return created, true
		}

		cause = err
		object, found = a.holder(ctx, diags, cause) // Another process may have been faster, or an earlier create slow.
	}

	switch {
	case diags.HasError():
		return none, false
	case !found:
		a.fail(diags, cause)

		if !transport.IsLost(cause) {
			a.explainHidden(ctx, cause, diags)
		}

		return none, false
	default:
		return a.take(ctx, object, cause, diags)
	}
}

// mayHaveHolder reports whether the create may have failed because an object has the key: the platform refused that field,
// said that something conflicts, or its answer was lost.
func (a Adoption[T]) mayHaveHolder(cause error) bool {
	failure := transport.As(cause)
	if failure == nil {
		return false
	}

	if failure.Lost || failure.Reason == transport.Conflict || failure.Fields[a.Key] != "" {
		return true
	}

	for _, field := range a.Fields {
		if failure.Fields[field] != "" {
			return true
		}
	}

	return false
}

// holder returns the object that has the key. It is an error if several have it.
func (a Adoption[T]) holder(ctx context.Context, diags *diag.Diagnostics, cause error) (T, bool) {
	var none T

	objects, err := a.Find(ctx)

	switch {
	case err != nil:
		a.fail(diags, cause)
		apidiag.Add(diags, fmt.Sprintf("find out which %s has the %s", noun.Of(a.Type), a.Key), err)
	case len(objects) == 1:
		return objects[0], true
	case len(objects) > 1:
		ids := make([]string, len(objects))
		for i, object := range objects {
			ids[i] = a.ID(object)
		}

		a.fail(diags, cause)
		diags.AddError(fmt.Sprintf("Several objects have the %s", a.Key), fmt.Sprintf(
			"These have it: %s. Import the one that you mean, or remove the others.", strings.Join(ids, ", ")))
	}

	return none, false
}

// take adopts the object if it may. An object that is just as planned after a lost answer is the created one.
func (a Adoption[T]) take(ctx context.Context, object T, cause error, diags *diag.Diagnostics) (T, bool) {
	id := a.ID(object)

	switch {
	case a.IsManaged != nil && a.IsManaged(object):
		AddManaged(diags, a.Type, id)
		return object, false
	case a.IsPlanned(object) && (transport.IsLost(cause) || a.Allowed.ValueBool()):
		return object, true
	case a.Allowed.ValueBool():
		updated, err := a.Update(ctx, object)
		apidiag.Add(diags, "update "+noun.Of(a.Type)+" "+id, err)

		return updated, err == nil
	default:
		apidiag.Taken(diags, a.Type, a.Key, id)
		return object, false
	}
}

func (a Adoption[T]) fail(diags *diag.Diagnostics, cause error) {
	failure := transport.As(cause)
	if failure != nil && failure.Lost && a.Create != nil {
		keyed := *failure
		keyed.Advice = fmt.Sprintf("Apply again: the platform takes no second object with the same %s, and if it is there, the error says how to manage it.", a.Key)
		cause = &keyed
	}

	apidiag.Add(diags, "create "+noun.Of(a.Type), cause)
}

// explainHidden says where the object may be that has the key and is not to be found.
func (a Adoption[T]) explainHidden(ctx context.Context, cause error, diags *diag.Diagnostics) {
	if a.Hidden != nil {
		a.Hidden(ctx, cause, diags)
		return
	}

	what := noun.Of(a.Type)
	diags.AddWarning("No "+what+" with this "+a.Key+" is to be found", fmt.Sprintf(
		"If the platform says that the %[1]s is taken, apply again: the %[2]s that had it may have been deleted while this ran. "+
			"If that does not help, these credentials do not show the %[2]s that has it: choose another %[1]s.", a.Key, what))
}

// AddManaged reports that this configuration has the object already, at another address. Without an id, it is the one with
// the key of this resource.
func AddManaged(diags *diag.Diagnostics, resourceType, id string) {
	what := noun.Of(resourceType)

	object := what + " " + id
	if id == "" {
		object = "the " + what + " with this key"
	}

	advice := "Remove one of the two resources, or give them different keys."
	if noun.IsSettings(what) {
		object, advice = "the "+what, "Remove one of the two resources: there is nothing to tell them apart by."
	}

	diags.AddError("The "+noun.Is(what)+" already managed in this configuration", fmt.Sprintf(
		"Another resource of this configuration has created or adopted %s in this run, so a second one would fight with it. Nothing was changed.\n\n%s",
		object, advice))
}

// AddUnfinished warns that a create has made the object and then failed, and says how to go on without replacing it. What
// says what is missing, such as "its labels are not set".
func AddUnfinished(diags *diag.Diagnostics, resourceType, id, what string) {
	object := noun.Of(resourceType)
	diags.AddWarning("The "+noun.Is(object)+" not finished", fmt.Sprintf(
		"%s %s was created, but %s. Terraform marks it as tainted, and the next apply would replace it.\n\n"+
			"To finish it in place, resolve the error, run terraform untaint with the address of the resource (such as %s.example), and apply again.",
		strings.ToUpper(object[:1])+object[1:], id, what, resourceType))
}
