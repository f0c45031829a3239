package account

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
)

// ListResource is embedded by every list resource. It holds the client.
type ListResource struct {
	Client   *api.Client
	typeName string
}

// ListOf returns what a list resource of the type embeds.
func ListOf(typeName string) ListResource { return ListResource{typeName: typeName} }

// Metadata names the type.
func (l *ListResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = l.typeName
}

// Configure takes the platform's client.
func (l *ListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.Client = providerdata.Client(req.ProviderData, clientSource.Chatlake, &resp.Diagnostics)
}

// Filters reads the arguments of a list resource. Without a config block there are none.
func Filters(ctx context.Context, req list.ListRequest, target any) diag.Diagnostics {
	if req.Config.Raw.IsNull() {
		return nil
	}

	return req.Config.Get(ctx, target)
}

// Row is what a list resource returns of one object.
type Row struct {
	// Name is shown to people.
	Name string
	// Identity holds the attributes of the identity, without the account.
	Identity map[string]string
	// Resource returns the model of the resource, as an import reads it. Into holds a null of the right type for each of its
	// attributes.
	Resource func(into *tfsdk.Resource, diags *diag.Diagnostics) any
}

// Stream lists objects one by one, as many as are asked for. Action says what is done, for errors, such as "list contacts".
func Stream[T any](ctx context.Context, l *ListResource, req list.ListRequest, stream *list.ListResultsStream, action string, objects iter.Seq2[T, error], row func(T) Row) {
	stream.Results = func(push func(list.ListResult) bool) {
		count := int64(0)

		for object, err := range objects {
			if err != nil {
				var diags diag.Diagnostics
				apidiag.Add(&diags, action, err)
				push(list.ListResult{Diagnostics: diags})

				return
			}

			count++
			if !push(l.result(ctx, req, row(object))) || count == req.Limit {
				return
			}
		}
	}
}

// result returns one object, and its resource if it was asked for.
func (l *ListResource) result(ctx context.Context, req list.ListRequest, row Row) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = row.Name
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("account_id"), l.Client.AccountID)...)

	for name, value := range row.Identity {
		result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(name), value)...)
	}

	if !req.IncludeResource {
		return result
	}

	own := ownResource(ctx, result.Resource)
	result.Diagnostics.Append(own.Set(ctx, row.Resource(own, &result.Diagnostics))...)
	result.Resource.Raw = with(own.Raw, result.Resource.Schema.Type().TerraformType(ctx), l.Client.AccountID)

	return result
}

// ownResource returns a resource without its account, and with a null for each other attribute.
func ownResource(ctx context.Context, bound *tfsdk.Resource) *tfsdk.Resource {
	own := schema.Schema{Attributes: map[string]schema.Attribute{}}
	nulls := map[string]tftypes.Value{}

	for name, described := range bound.Schema.GetAttributes() {
		attribute, ok := described.(schema.Attribute)
		if ok && name != accountID {
			own.Attributes[name] = attribute
			nulls[name] = tftypes.NewValue(attribute.GetType().TerraformType(ctx), nil)
		}
	}

	return &tfsdk.Resource{Raw: tftypes.NewValue(own.Type().TerraformType(ctx), nulls), Schema: own}
}
