package account

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Key is the attribute by which people know the objects of a type, such as the title of a label.
type Key[T api.Identified] struct {
	// Name is the attribute, and Example a value that errors show.
	Name, Example string
	// Of returns an object's value.
	Of func(object T) string
	// All lists the objects.
	All func(ctx context.Context) ([]T, error)
	// IgnoresCase is set where two spellings of a value name the same object.
	IgnoresCase bool
}

// find returns the objects that have the key.
func (k Key[T]) find(ctx context.Context, value string) ([]T, error) {
	all, err := k.All(ctx)

	var found []T

	for _, object := range all {
		if k.spell(k.Of(object)) == k.spell(value) {
			found = append(found, object)
		}
	}

	return found, err
}

// spell returns the spelling of a value that is compared.
func (k Key[T]) spell(value string) string {
	if k.IgnoresCase {
		return strings.ToLower(value)
	}

	return value
}

// ImportByKey imports an object by its id, by its key with the key's name before it, or by its identity.
func ImportByKey[T api.Identified](ctx context.Context, r *Resource, key Key[T], req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	form := idForm(r.typeName)
	if key.Name != "" {
		form.Keys = []importid.Key{{Name: key.Name, Example: key.Example}}
	}

	r.ImportForm(ctx, form, func(ctx context.Context, id importid.ID) ([]string, error) {
		objects, err := key.find(ctx, id.Value)

		ids := make([]string, len(objects))
		for i, object := range objects {
			ids[i] = api.IDOf(object).String()
		}

		return ids, err
	}, req, resp)
}

// idForm is the form of the import ids of a type without a key.
func idForm(typeName string) importid.Form {
	return importid.Form{Type: typeName, Parts: []importid.Part{{Name: "id", Form: importid.Integer, Example: "42"}}}
}

// Creation is the create of an object with a key that no two objects of the account share. T is the object, and R a
// request, of which the zero value changes nothing.
type Creation[T api.Identified, R comparable] struct {
	Key Key[T]
	// Value is the key's value in the plan. Within is what the key is unique in, if that is less than the account.
	Value, Within string
	// Fields are the platform's names of the key in its errors; without any, the key's own name.
	Fields []string
	// Allowed is the plan's adopt_existing.
	Allowed types.Bool
	// Request creates the object with Create.
	Request R
	Create  func(ctx context.Context, request R) (T, error)
	// ChangeOf returns what makes an object that is there into the planned one, and Update does it.
	ChangeOf func(object T) R
	Update   func(ctx context.Context, id api.ID, request R) (T, error)
}

// Run creates the object, or adopts the one that has its key. It reports false if it has added an error. Another
// resource of this run with the same key is refused.
func (c Creation[T, R]) Run(ctx context.Context, r *Resource, diags *diag.Diagnostics) (T, bool) {
	var none T

	claim := c.Within + c.Key.spell(c.Value)
	if !r.Claim(claim, diags) {
		return none, false
	}

	created, err := c.Create(ctx, c.Request)
	if err == nil {
		return created, true
	}

	adopted, ok := c.adoption(r).Resolve(ctx, err, diags)

	r.EndAdoption(ok, claim, c.Allowed, api.IDOf(adopted))

	return adopted, ok
}

// Claim takes the object with a key for one resource of this run. It reports false, with an error, if another one has it.
// Without a key, there is nothing to take.
func (r *Resource) Claim(key string, diags *diag.Diagnostics) bool {
	isFree := key == "" || r.Claims.Claim(r.typeName, key)
	if !isFree {
		adopt.AddManaged(diags, r.typeName, "")
	}

	return isFree
}

// ClaimSettings takes settings, which an account has once, for one resource of this run. It reports false, with an error, if
// another one has them.
func (r *Resource) ClaimSettings(diags *diag.Diagnostics) bool {
	return r.Claim(r.Client.AccountID, diags)
}

// ReleaseSettings gives them back.
func (r *Resource) ReleaseSettings() {
	r.Claims.Release(r.typeName, r.Client.AccountID)
}

// EndAdoption gives a claimed key back if nothing was adopted, and else notes that the object was there before.
func (r *Resource) EndAdoption(isAdopted bool, key string, allowed types.Bool, id api.ID) {
	switch {
	case !isAdopted:
		r.Claims.Release(r.typeName, key)
	case allowed.ValueBool():
		r.Claims.Adopted(r.typeName, id.String())
	}
}

func (c Creation[T, R]) adoption(r *Resource) adopt.Adoption[T] {
	var nothing R

	return adopt.Adoption[T]{
		Type: r.typeName, Key: c.Key.Name, Fields: c.Fields, Allowed: c.Allowed,
		Find:      func(ctx context.Context) ([]T, error) { return c.Key.find(ctx, c.Value) },
		ID:        func(object T) string { return api.IDOf(object).String() },
		IsPlanned: func(object T) bool { return c.ChangeOf(object) == nothing },
		Update: func(ctx context.Context, object T) (T, error) {
			change := c.ChangeOf(object)
			if change == nothing {
				return object, nil
			}

			return c.Update(ctx, api.IDOf(object), change)
		},
		Create: func(ctx context.Context) (T, error) { return c.Create(ctx, c.Request) },
	}
}

// KeepCreate stores what a new object has besides its attributes: its identity, and what the configuration manages. It
// keeps the plan in the state, and names what the platform has otherwise. Call it after the last State.Set. Keyed are the
// attributes of which single keys are managed.
func (r *ResourceWithID) KeepCreate(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse, id types.String, keyed ...string) {
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, id)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, keyed...)...)
	planned.KeepCreate(req, resp, noun.Of(r.typeName))
}

// KeepUpdate is KeepCreate for Update.
func (r *ResourceWithID) KeepUpdate(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse, id types.String, keyed ...string) {
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, id)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, keyed...)...)
	planned.KeepUpdate(req, resp, noun.Of(r.typeName))
}

// StartRead returns the id of the object to read, and reports whether it has just been imported. It stores the identity
// before the read, for the framework wants one also if the object is gone.
func (r *ResourceWithID) StartRead(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) (id api.ID, imported bool) {
	var text types.String

	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("id"), &text)...)
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, text)...)

	return api.ParseID(text.ValueString()), imported
}

// IsFound reports whether a read has found its object. One that is gone leaves the state; any other failure is an error.
func (r *Resource) IsFound(ctx context.Context, err error, id api.ID, resp *resource.ReadResponse) bool {
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return false
	}

	apidiag.Add(&resp.Diagnostics, "read "+noun.Of(r.typeName)+" "+id.String(), err)

	return err == nil
}

// IsKept reports whether another resource of this run has adopted the object, so that a destroy must leave it, and says
// so.
func (r *Resource) IsKept(id types.String, diags *diag.Diagnostics) bool {
	if !r.Claims.IsAdopted(r.typeName, id.ValueString()) {
		return false
	}

	ownership.ReportKept(diags, r.typeName, id.ValueString())

	return true
}

// EndDelete reports a delete that failed. An object that was gone already is deleted. Key is the value of its key, "" if
// the type has none: another resource may have it now.
func (r *Resource) EndDelete(err error, id types.String, key string, diags *diag.Diagnostics) {
	if err != nil && !transport.IsNotFound(err) {
		apidiag.Add(diags, "delete "+noun.Of(r.typeName)+" "+id.ValueString(), err)
		return
	}

	r.Claims.Release(r.typeName, key)
}
