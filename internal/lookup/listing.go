package lookup

import (
	"context"
	"iter"
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
)

// Listing is the list resource of a type, for terraform query. C is the platform's client, T its object, and M the model of
// the resource.
type Listing[C, T, M any] struct {
	// Type is the resource's type. Noun is what is listed, for errors, such as "labels".
	Type, Noun, Description string
	// Arguments are what the config block takes: filters, and the parent of which the platform lists the objects.
	Arguments map[string]schema.Attribute
	// Client returns the platform's client from what the provider has configured.
	Client func(data any, diags *diag.Diagnostics) C
	// Check refuses arguments that the platform cannot answer. Nil refuses none.
	Check func(client C, given Arguments, diags *diag.Diagnostics)
	// Objects lists the objects, page by page where the platform has pages.
	Objects func(ctx context.Context, client C, given Arguments) iter.Seq2[T, error]
	// Name returns what people know an object by.
	Name func(object T) string
	// Identity returns the attributes that identify an object. What is empty becomes null.
	Identity func(client C, object T, given Arguments) map[string]string
	// Fill makes a model what an import reads, and reports whether the object is still there. What the model shares with the
	// identity is in it, and everything else is null. What the list does not tell of an object is asked for with the client.
	Fill func(ctx context.Context, client C, m *M, object T, diags *diag.Diagnostics) bool
	// AddError adds the error that ends a list. Nil says that the list failed.
	AddError func(diags *diag.Diagnostics, given Arguments, err error)
	// AddRemarks adds what is to be said after the last object. Nil says nothing.
	AddRemarks func(client C, diags *diag.Diagnostics)
	// Outer names an attribute that the resource has and the model does not, and returns its value. Nil is none.
	Outer func(client C) (name, value string)
}

// Arguments are the values of a config block.
type Arguments map[string]attr.Value

// Text returns the value of a text; "" if it is not given.
func (a Arguments) Text(name string) string {
	text, _ := a[name].(types.String)
	return text.ValueString()
}

// New returns the list resource.
func (l Listing[C, T, M]) New() list.ListResource { return &listResource[C, T, M]{Listing: l} }

var _ list.ListResourceWithConfigure = (*listResource[any, any, any])(nil)

type listResource[C, T, M any] struct {
	Listing[C, T, M]

	client C
}

// Metadata names the type.
func (l *listResource[C, T, M]) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = l.Type
}

// Configure takes the platform's client.
func (l *listResource[C, T, M]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.client = l.Client(req.ProviderData, &resp.Diagnostics)
}

// ListResourceConfigSchema describes the config block.
func (l *listResource[C, T, M]) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: l.Description, Attributes: l.Arguments}
}

// List streams the objects, as many as are asked for.
func (l *listResource[C, T, M]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	given, diags := l.arguments(ctx, req)
	if l.Check != nil && !diags.HasError() {
		l.Check(l.client, given, &diags)
	}

	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	stream.Results = func(push func(list.ListResult) bool) {
		count := int64(0)

		for object, err := range l.Objects(ctx, l.client, given) {
			if err != nil {
				l.addError(&diags, given, err)
				break
			}

			one, isThere := l.result(ctx, req, object, given)
			if !isThere {
				continue
			}

			count++
			if !push(one) || count == req.Limit {
				return
			}
		}

		if l.AddRemarks != nil {
			l.AddRemarks(l.client, &diags)
		}

		if len(diags) > 0 {
			push(list.ListResult{Diagnostics: diags})
		}
	}
}

func (l *listResource[C, T, M]) addError(diags *diag.Diagnostics, given Arguments, err error) {
	if l.AddError != nil {
		l.AddError(diags, given, err)
		return
	}

	apidiag.Add(diags, "list "+l.Noun, err)
}

// arguments reads the config block. A list without one has no arguments.
func (l *listResource[C, T, M]) arguments(ctx context.Context, req list.ListRequest) (Arguments, diag.Diagnostics) {
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

// result returns one object, and its resource if it was asked for; false if it went after it was listed.
func (l *listResource[C, T, M]) result(ctx context.Context, req list.ListRequest, object T, given Arguments) (list.ListResult, bool) {
	result := req.NewListResult(ctx)
	result.DisplayName = l.Name(object)

	identity := l.Identity(l.client, object, given)
	for name, value := range identity {
		result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(name), textOrNull(value))...)
	}

	if !req.IncludeResource {
		return result, true
	}

	outer, value := "", ""
	if l.Outer != nil {
		outer, value = l.Outer(l.client)
	}

	var m M

	own := imported(ctx, result.Resource, outer, identity)
	result.Diagnostics.Append(own.Get(ctx, &m)...)

	isThere := l.Fill(ctx, l.client, &m, object, &result.Diagnostics)
	result.Diagnostics.Append(own.Set(ctx, m)...)
	result.Resource.Raw = own.Raw

	if outer != "" {
		result.Resource.Raw = withOuter(own.Raw, result.Resource.Schema.Type().TerraformType(ctx), outer, value)
	}

	return result, isThere
}

func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}

	return types.StringValue(text)
}

// imported returns a resource as an import leaves it: with the identity, and nothing else. It is without the outer
// attribute, which the models do not have.
func imported(ctx context.Context, whole *tfsdk.Resource, outer string, identity map[string]string) *tfsdk.Resource {
	own := resourceschema.Schema{Attributes: map[string]resourceschema.Attribute{}}
	values := map[string]tftypes.Value{}

	for name, described := range whole.Schema.GetAttributes() {
		attribute, ok := described.(resourceschema.Attribute)
		if !ok || name == outer {
			continue
		}

		own.Attributes[name] = attribute
		values[name] = tftypes.NewValue(attribute.GetType().TerraformType(ctx), nil)

		value := identity[name]
		if value != "" {
			values[name] = tftypes.NewValue(tftypes.String, value)
		}
	}

	return &tfsdk.Resource{Raw: tftypes.NewValue(own.Type().TerraformType(ctx), values), Schema: own}
}

// withOuter returns an object with one more attribute.
func withOuter(raw tftypes.Value, kind tftypes.Type, name, value string) tftypes.Value {
	members := map[string]tftypes.Value{}
	if raw.As(&members) != nil {
		return tftypes.NewValue(kind, nil)
	}

	members[name] = tftypes.NewValue(tftypes.String, value)

	return tftypes.NewValue(kind, members)
}

// Each returns the objects of a list one by one. The list is read when the first one is asked for. What was read before an
// error comes before it.
func Each[T any](read func() ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		all, err := read()

		for _, object := range all {
			if !yield(object, nil) {
				return
			}
		}

		if err != nil {
			var none T

			yield(none, err)
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

// Excerpt returns the first words of a text.
func Excerpt(text string) string {
	const most = 60

	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > most {
		return string(letters[:most]) + "..."
	}

	return string(letters)
}

// Filter is an optional text among the arguments of a list resource.
func Filter(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: attribute.OrEmpty(validators...)}
}

// Owner is a required text among the arguments of a list resource: the object whose objects are listed.
func Owner(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: validators}
}
