// Package lookup builds what a platform's list answers: the singular data source, which finds one object by one of
// its keys, the plural one, which returns all of them, and the list resource for terraform query.
package lookup

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Key is an attribute by which the singular data source finds its object.
type Key[T any] struct {
	Name      string
	Attribute schema.Attribute
	// Of returns the object's value.
	Of func(object T) string
	// IgnoresCase is set where two spellings of a value name the same object.
	IgnoresCase bool
}

// is names the key, and its value if it is an id. Any other value may be a secret, or say something about a person.
func (k Key[T]) is(value string) string {
	if k.Name != "id" && !strings.HasSuffix(k.Name, "_id") {
		return "this " + k.Name
	}

	return fmt.Sprintf("%s %q", k.Name, value)
}

// has reports whether the object has the value.
func (k Key[T]) has(object T, value string) bool {
	if k.IgnoresCase {
		return strings.EqualFold(k.Of(object), value)
	}

	return k.Of(object) == value
}

// Parent is an attribute that says which list is asked, such as the portal of a category.
type Parent struct {
	Name      string
	Attribute schema.Attribute
}

// Sources are the two data sources of a list. C is the platform's client, T its object, and M the model of one object.
type Sources[C, T, M any] struct {
	// Type and Plural are the types of the data sources, such as chatlake_label and chatlake_labels. Without Plural there
	// is only the singular one.
	Type, Plural string
	// Description, PluralDescription and ListDescription are shown in the documentation. The last one is about the
	// attribute that holds the objects, which is called List.
	Description, PluralDescription, ListDescription string
	// ListName is the attribute that holds the objects, such as labels.
	ListName string
	// Parent is needed if there is no list of all objects.
	Parent *Parent
	// Attributes are those of one object.
	Attributes map[string]schema.Attribute
	// Keys replace the attributes of their names in the singular data source. Exactly one of them is given.
	Keys []Key[T]
	// Filters replace attributes, too. Each one that is given narrows the search by a key.
	Filters []Key[T]
	// ListFilters are attributes of the plural data source. Each one that is given narrows the list by a key.
	ListFilters []Key[T]
	// Client takes the platform's client from the provider's data.
	Client func(data any, diags *diag.Diagnostics) *C
	// All returns the objects. Parent is "" if there is none.
	All func(ctx context.Context, client *C, parent string) ([]T, error)
	// One reads the object with a value of the only key, where the list is not needed for that. Nil takes it from the list.
	One func(ctx context.Context, client *C, parent, value string) (T, error)
	// Model returns the model of one object. Its fields are the attributes, and the parent's if there is one.
	Model func(object T, parent string) M
	// Details are attributes that only the singular data source has. Detailed returns the model with them.
	Details  map[string]schema.Attribute
	Detailed func(ctx context.Context, client *C, object T) (any, error)
}

// DataSources returns the constructors of both.
func (s Sources[C, T, M]) DataSources() []func() datasource.DataSource {
	sources := []func() datasource.DataSource{func() datasource.DataSource {
		return &singular[C, T, M]{source[C, T, M]{Sources: s}}
	}}

	if s.Plural != "" {
		sources = append(sources, func() datasource.DataSource {
			return &plural[C, T, M]{source[C, T, M]{Sources: s}}
		})
	}

	return sources
}

// source is what both data sources have.
type source[C, T, M any] struct {
	Sources[C, T, M]

	client *C
}

// Configure takes the platform's client.
func (s *source[C, T, M]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	s.client = s.Client(req.ProviderData, &resp.Diagnostics)
}

// read returns the objects of the parent.
func (s *source[C, T, M]) read(ctx context.Context, parent string, diags *diag.Diagnostics) []T {
	objects, err := s.All(ctx, s.client, parent)
	apidiag.Add(diags, "read the list of "+noun.Words(s.ListName), err)

	return objects
}

// parent returns the parent that the configuration names, "" if there is none.
func (s *source[C, T, M]) parent(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) string {
	if s.Parent == nil {
		return ""
	}

	var parent types.String

	diags.Append(config.GetAttribute(ctx, path.Root(s.Parent.Name), &parent)...)

	return parent.ValueString()
}

type singular[C, T, M any] struct{ source[C, T, M] }

// Metadata returns the type.
func (s *singular[C, T, M]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = s.Type
}

// Schema returns the attributes of one object, with its keys.
func (s *singular[C, T, M]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := maps.Clone(s.Attributes)
	maps.Copy(attributes, s.Details)

	for _, key := range slices.Concat(s.Keys, s.Filters) {
		attributes[key.Name] = key.Attribute
	}

	if s.Parent != nil {
		attributes[s.Parent.Name] = s.Parent.Attribute
	}

	resp.Schema = schema.Schema{MarkdownDescription: s.Description, Attributes: attributes}
}

// ConfigValidators accepts exactly one key.
func (s *singular[C, T, M]) ConfigValidators(context.Context) []datasource.ConfigValidator {
	keys := make([]string, len(s.Keys))
	for i, key := range s.Keys {
		keys[i] = key.Name
	}

	return []datasource.ConfigValidator{attribute.ExactlyOne(keys...)}
}

// Read finds the object.
func (s *singular[C, T, M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	parent := s.parent(ctx, req.Config, &resp.Diagnostics)
	key, value := s.given(ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	found, ok := s.find(ctx, req, parent, key, value, &resp.Diagnostics)
	if !ok {
		return
	}

	model := any(s.Model(found, parent))

	if s.Detailed != nil {
		var err error

		model, err = s.Detailed(ctx, s.client, found)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, s.readAction(key, value), err)
			return
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(key.Name), value)...) // In the spelling of the configuration.
}

// find returns the only object that has the value, and reports whether there is one.
func (s *singular[C, T, M]) find(ctx context.Context, req datasource.ReadRequest, parent string, key Key[T], value string, diags *diag.Diagnostics) (T, bool) {
	if s.One == nil {
		objects := narrow(ctx, req.Config, s.Filters, s.read(ctx, parent, diags), diags)
		if diags.HasError() {
			var none T
			return none, false
		}

		return only(s.Type, key, value, objects, diags)
	}

	found, err := s.One(ctx, s.client, parent, value)
	if transport.IsNotFound(err) {
		name := fmt.Sprintf("The %s with %s", noun.Of(s.Type), key.is(value))
		if s.Parent != nil {
			name += " and this " + s.Parent.Name
		}

		apidiag.NotFound(diags, name)

		return found, false
	}

	apidiag.Add(diags, s.readAction(key, value), err)

	return found, err == nil
}

// readAction says what is done, for errors.
func (s *singular[C, T, M]) readAction(key Key[T], value string) string {
	return fmt.Sprintf("read the %s with %s", noun.Of(s.Type), key.is(value))
}

// narrow returns the objects that pass the filters of a configuration.
func narrow[T any](ctx context.Context, config tfsdk.Config, filters []Key[T], objects []T, diags *diag.Diagnostics) []T {
	for _, filter := range filters {
		var value types.String

		diags.Append(config.GetAttribute(ctx, path.Root(filter.Name), &value)...)

		if value.ValueString() != "" {
			objects = slices.DeleteFunc(slices.Clone(objects), func(object T) bool { return !filter.has(object, value.ValueString()) })
		}
	}

	return objects
}

// given returns the configured key and its value. The validator has refused a configuration without one.
func (s *singular[C, T, M]) given(ctx context.Context, req datasource.ReadRequest, diags *diag.Diagnostics) (Key[T], string) {
	for _, key := range s.Keys {
		var value types.String

		diags.Append(req.Config.GetAttribute(ctx, path.Root(key.Name), &value)...)

		if value.ValueString() != "" {
			return key, value.ValueString()
		}
	}

	return Key[T]{}, ""
}

// only returns the object whose key has the value. It is an error if several have it, because their order is not defined.
func only[T any](dataSource string, key Key[T], value string, objects []T, diags *diag.Diagnostics) (T, bool) {
	var found []T

	for _, object := range objects {
		if key.has(object, value) {
			found = append(found, object)
		}
	}

	what := noun.Of(dataSource)

	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		apidiag.NotFound(diags, fmt.Sprintf("The %s with %s", what, key.is(value)))
	default:
		diags.AddAttributeError(path.Root(key.Name), fmt.Sprintf("Several objects have this %s", key.Name), fmt.Sprintf(
			"The platform has %d objects of the kind %s with %s. Name one of them by its id.", len(found), what, key.is(value)))
	}

	var none T

	return none, false
}

type plural[C, T, M any] struct{ source[C, T, M] }

// Metadata returns the type.
func (p *plural[C, T, M]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = p.Plural
}

// Schema returns the list.
func (p *plural[C, T, M]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{p.ListName: attribute.FoundList(p.ListDescription, p.Attributes)}
	if p.Parent != nil {
		attributes[p.Parent.Name] = p.Parent.Attribute
	}

	for _, filter := range p.ListFilters {
		attributes[filter.Name] = filter.Attribute
	}

	resp.Schema = schema.Schema{MarkdownDescription: p.PluralDescription, Attributes: attributes}
}

// Read returns all objects of the list.
func (p *plural[C, T, M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	parent := p.parent(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	objects := narrow(ctx, req.Config, p.ListFilters, p.read(ctx, parent, &resp.Diagnostics), &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	models := make([]M, len(objects))
	for i, object := range objects {
		models[i] = p.Model(object, parent)
	}

	resp.State.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(p.ListName), models)...)
}
