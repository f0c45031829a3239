package account

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Listing is the list resource of a type. T is an object of the platform, and M the model of the resource.
type Listing[T, M any] struct {
	// Type is the resource's type. Noun is what is listed, for errors, such as "labels".
	Type, Noun, Description string
	// Arguments are what the config block takes: filters, and the parent of which the platform lists the objects.
	Arguments map[string]schema.Attribute
	// Objects lists the objects, page by page where the platform has pages.
	Objects func(ctx context.Context, client *api.Client, given Arguments) iter.Seq2[T, error]
	// Name returns what people know an object by.
	Name func(object T) string
	// Identity returns the attributes that identify an object, without the account. Without it, they are its id.
	Identity func(object T, given Arguments) map[string]string
	// Fill makes a model what an import reads. The identity is in it, and everything else is null. What the list does not
	// tell of an object is asked for with the client.
	Fill func(ctx context.Context, client *api.Client, m *M, object T, diags *diag.Diagnostics)
}

// Arguments are the values of a config block.
type Arguments map[string]attr.Value

// Text returns the value of a text; "" if it is not given.
func (a Arguments) Text(name string) string {
	text, _ := a[name].(types.String)
	return text.ValueString()
}

// ID returns the value of an id; 0 if it is not given.
func (a Arguments) ID(name string) api.ID { return api.ParseID(a.Text(name)) }

// Texts returns the elements of a list of texts.
func (a Arguments) Texts(name string) []string {
	if a[name] == nil {
		return nil
	}

	return Texts(a[name])
}

// Whole returns Objects for a list that the platform sends as a whole.
func Whole[T any](read func(client *api.Client, ctx context.Context) ([]T, error)) func(context.Context, *api.Client, Arguments) iter.Seq2[T, error] {
	return func(ctx context.Context, client *api.Client, _ Arguments) iter.Seq2[T, error] {
		return Each(func() ([]T, error) { return read(client, ctx) })
	}
}

// Each returns the objects of a list one by one. The list is read when the first one is asked for.
func Each[T any](read func() ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		all, err := read()
		if err != nil {
			var none T

			yield(none, err)

			return
		}

		for _, object := range all {
			if !yield(object, nil) {
				return
			}
		}
	}
}

// Only returns the objects of which a question is true.
func Only[T any](all iter.Seq2[T, error], isAsked func(object T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for object, err := range all {
			if (err != nil || isAsked(object)) && !yield(object, err) {
				return
			}
		}
	}
}

// New returns the list resource.
func (l Listing[T, M]) New() list.ListResource { return &listResource[T, M]{Listing: l} }

var _ list.ListResourceWithConfigure = (*listResource[any, any])(nil)

type listResource[T, M any] struct {
	Listing[T, M]

	client *api.Client
}

// Metadata names the type.
func (l *listResource[T, M]) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = l.Type
}

// Configure takes the platform's client.
func (l *listResource[T, M]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.client = providerdata.Client(req.ProviderData, clientSource.Chatlake, &resp.Diagnostics)
}

// ListResourceConfigSchema describes the config block.
func (l *listResource[T, M]) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: l.Description, Attributes: l.Arguments}
}

// List streams the objects, as many as are asked for.
func (l *listResource[T, M]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	given, diags := l.arguments(ctx, req)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	stream.Results = func(push func(list.ListResult) bool) {
		count := int64(0)

		for object, err := range l.Objects(ctx, l.client, given) {
			if err != nil {
				l.addError(&diags, given, err)
				push(list.ListResult{Diagnostics: diags})

				return
			}

			count++
			if !push(l.result(ctx, req, object, given)) || count == req.Limit {
				return
			}
		}
	}
}

// addError adds the error that ends a list. If the platform does not have what the arguments name, the error names it. A server that
// does not have the type yet has no objects of it, which a warning says.
func (l *listResource[T, M]) addError(diags *diag.Diagnostics, given Arguments, err error) {
	if api.IsTooOld(err) {
		diags.AddWarning("The server has no "+l.Noun, apidiag.Detail(err))
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

// UnlessGone returns the error of a request for more of a listed object. If the object went after it was listed, there is
// none: the object is shown as it was.
func UnlessGone(err error) error {
	if transport.IsNotFound(err) {
		return nil
	}

	return err
}

// arguments reads the config block. A list without one has no arguments.
func (l *listResource[T, M]) arguments(ctx context.Context, req list.ListRequest) (Arguments, diag.Diagnostics) {
	var diags diag.Diagnostics

	given := Arguments{}
	if req.Config.Raw.IsNull() {
		return given, diags
	}

	for name := range l.Arguments {
		var value attr.Value

		diags.Append(req.Config.GetAttribute(ctx, path.Root(name), &value)...)
		given[name] = value
	}

	return given, diags
}

// result returns one object, and its resource if it was asked for.
func (l *listResource[T, M]) result(ctx context.Context, req list.ListRequest, object T, given Arguments) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = l.Name(object)

	identity := l.identity(object, given)
	for name, value := range identity {
		result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(name), value)...)
	}

	if !req.IncludeResource {
		return result
	}

	var m M

	own := imported(ctx, result.Resource, identity)
	result.Diagnostics.Append(own.Get(ctx, &m)...)
	l.Fill(ctx, l.client, &m, object, &result.Diagnostics)
	result.Diagnostics.Append(own.Set(ctx, m)...)
	result.Resource.Raw = with(own.Raw, result.Resource.Schema.Type().TerraformType(ctx), l.client.AccountID)

	return result
}

// identity returns the attributes that identify an object.
func (l *listResource[T, M]) identity(object T, given Arguments) map[string]string {
	identity := map[string]string{accountID: l.client.AccountID}
	if l.Identity != nil {
		maps.Copy(identity, l.Identity(object, given))
		return identity
	}

	if one, ok := any(object).(api.Identified); ok {
		identity["id"] = api.IDOf(one).String()
	}

	return identity
}

// imported returns a resource as an import leaves it: with the identity, and nothing else. It is without its account,
// which the models do not have.
func imported(ctx context.Context, bound *tfsdk.Resource, identity map[string]string) *tfsdk.Resource {
	own := resourceschema.Schema{Attributes: map[string]resourceschema.Attribute{}}
	values := map[string]tftypes.Value{}

	for name, described := range bound.Schema.GetAttributes() {
		attribute, ok := described.(resourceschema.Attribute)
		if !ok || name == accountID {
			continue
		}

		own.Attributes[name] = attribute
		values[name] = tftypes.NewValue(attribute.GetType().TerraformType(ctx), nil)

		if value, ok := identity[name]; ok {
			values[name] = tftypes.NewValue(tftypes.String, value)
		}
	}

	return &tfsdk.Resource{Raw: tftypes.NewValue(own.Type().TerraformType(ctx), values), Schema: own}
}

// Excerpt returns the first words of a text.
func Excerpt(text string) string {
	const most = 60

	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > most {
		return string(letters[:most]) + "..."
	}

	return string(letters)
}

// ListFilter is an optional text among the arguments of a list resource.
func ListFilter(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: attribute.OrEmpty(validators...)}
}

// ListParent is a required text among the arguments of a list resource.
func ListParent(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: validators}
}
