package account

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Listing is the list resource of a type. T is an object of the platform, and M the model of the resource, without its
// account.
type Listing[T, M any] struct {
	// Type is the resource's type. Noun is what is listed, for errors, such as "labels".
	Type, Noun, Description string
	// Arguments are what the config block takes: filters, and the parent of which the platform lists the objects.
	Arguments map[string]schema.Attribute
	// Objects lists the objects, page by page where the platform has pages.
	Objects func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[T, error]
	// Name returns what people know an object by.
	Name func(object T) string
	// Identity returns the attributes that identify an object, without the account. Without it, they are its id.
	Identity func(object T, given lookup.Arguments) map[string]string
	// Fill makes a model what an import reads. The identity is in it, and everything else is null. What the list does not
	// tell of an object is asked for with the client.
	Fill func(ctx context.Context, client *api.Client, m *M, object T, diags *diag.Diagnostics)
}

// New returns the list resource.
func (l Listing[T, M]) New() list.ListResource {
	return lookup.Listing[*api.Client, T, M]{
		Type: l.Type, Noun: l.Noun, Description: l.Description, Arguments: l.Arguments,
		Objects: l.Objects, Name: l.Name, Identity: l.identity, AddError: l.addError,

		Client: func(data any, diags *diag.Diagnostics) *api.Client {
			return providerdata.Client(data, clientSource.Chatlake, diags)
		},
		Fill: func(ctx context.Context, client *api.Client, m *M, object T, diags *diag.Diagnostics) bool {
			l.Fill(ctx, client, m, object, diags)
			return true
		},
		Outer: func(client *api.Client) (string, string) { return accountID, client.AccountID },
	}.New()
}

// identity returns the attributes that identify an object.
func (l Listing[T, M]) identity(client *api.Client, object T, given lookup.Arguments) map[string]string {
	identity := map[string]string{accountID: client.AccountID}
	if l.Identity != nil {
		maps.Copy(identity, l.Identity(object, given))
		return identity
	}

	if one, ok := any(object).(api.Identified); ok {
		identity["id"] = api.IDOf(one).String()
	}

	return identity
}

// addError adds the error that ends a list. If the platform does not have what the arguments name, the error names it. A server that
// cannot have objects of the type is an error too: an empty list would say that it has none.
func (l Listing[T, M]) addError(diags *diag.Diagnostics, given lookup.Arguments, err error) {
	if api.IsLacking(err) {
		diags.AddError(apidiag.Lacking+l.Noun, apidiag.Detail(err))
		return
	}

	for _, name := range slices.Sorted(maps.Keys(given)) {
		object, isID := strings.CutSuffix(name, "_id")
		if isID && given.Text(name) != "" && transport.IsNotFound(err) {
			apidiag.AddAbout(diags, path.Root(name), "list "+l.Noun, object+" "+given.Text(name), err)
			return
		}
	}

	apidiag.Add(diags, "list "+l.Noun, err)
}

// Whole returns Objects for a list that the platform sends as a whole.
func Whole[T any](read func(client *api.Client, ctx context.Context) ([]T, error)) func(context.Context, *api.Client, lookup.Arguments) iter.Seq2[T, error] {
	return func(ctx context.Context, client *api.Client, _ lookup.Arguments) iter.Seq2[T, error] {
		return lookup.Each(func() ([]T, error) { return read(client, ctx) })
	}
}

// UnlessGone returns the error of a request for more of a listed object. If the object went after it was listed, there is
// none: the object is shown as it was.
func UnlessGone(err error) error {
	if transport.IsNotFound(err) {
		return nil
	}

	return err
}
