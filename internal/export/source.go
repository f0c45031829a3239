package export

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
)

// source is a provider that was configured from the environment.
type source struct {
	server     tfprotov6.ProviderServerWithListResource
	schema     *tfprotov6.GetProviderSchemaResponse
	identities map[string]*tfprotov6.ResourceIdentitySchema
	// warn is told what a list warns of.
	warn func(kind, warning string)
}

// object is one object on a platform.
type object struct {
	kind string
	// name is the resource's name in the configuration, display what people call the object.
	name, display string
	// id is what an import block names.
	id string
	// values are the attributes of the resource, as an import reads them; written those that the configuration says.
	values, written map[string]tftypes.Value
	// comments say what is not written, and why.
	comments []string
}

// known is what people know the object by, and its id.
func (o *object) known() string {
	if o.display == "" {
		return o.id
	}

	return fmt.Sprintf("%s (%s)", o.id, oneLine(o.display))
}

// address is the resource's address in the configuration.
func (o *object) address() string { return o.kind + "." + o.name }

// connect configures the provider with an empty block: everything comes from the environment.
func connect(ctx context.Context, server tfprotov6.ProviderServer) (*source, error) {
	listing, ok := server.(tfprotov6.ProviderServerWithListResource)
	if !ok {
		return nil, errors.New("the provider cannot list")
	}

	schema, err := listing.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err == nil {
		err = problem(schema.Diagnostics)
	}

	if err != nil {
		return nil, err
	}

	identities, err := listing.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, err
	}

	config, err := pack(schema.Provider, nil)
	if err != nil {
		return nil, err
	}

	configured, err := listing.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: config})
	if err == nil {
		err = problem(configured.Diagnostics)
	}

	return &source{server: listing, schema: schema, identities: identities.IdentitySchemas}, err
}

// kinds are the types of resources, sorted.
func (s *source) kinds() []string { return slices.Sorted(maps.Keys(s.schema.ResourceSchemas)) }

// isListed reports whether the provider lists a type.
func (s *source) isListed(kind string) bool { return s.schema.ListResourceSchemas[kind] != nil }

// parent returns the argument without which a type cannot be listed.
func (s *source) parent(kind string) string {
	for _, a := range s.schema.ListResourceSchemas[kind].Block.Attributes {
		if a.Required {
			return a.Name
		}
	}

	return ""
}

// list streams the objects of a type.
func (s *source) list(ctx context.Context, kind string, arguments map[string]any) iter.Seq2[object, error] {
	return func(yield func(object, error) bool) {
		config, err := pack(s.schema.ListResourceSchemas[kind], arguments)
		if err != nil {
			yield(object{}, err)
			return
		}

		stream, err := s.server.ListResource(ctx, &tfprotov6.ListResourceRequest{TypeName: kind, Config: config, IncludeResource: true})
		if err != nil {
			yield(object{}, err)
			return
		}

		for result := range stream.Results {
			s.tellWarnings(kind, result)

			isRow := result.Identity != nil // Else it is about the list.
			if !isRow && s.tellLack(kind, result) {
				return
			}

			if !isRow && problem(result.Diagnostics) == nil {
				continue
			}

			o, err := s.object(kind, result)
			if err != nil && isRow {
				err = rowError{result.DisplayName, err}
			}

			if !yield(o, err) || err != nil && !isRow {
				return
			}
		}
	}
}

// tellWarnings passes on what a list warns of, such as rows that could not be read.
func (s *source) tellWarnings(kind string, result tfprotov6.ListResourceResult) {
	for _, d := range result.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityWarning {
			s.warn(kind, oneLine(d.Summary+". "+d.Detail))
		}
	}
}

// tellLack passes on that the server cannot have objects of a type, and reports whether that is so: nothing is left out then.
func (s *source) tellLack(kind string, result tfprotov6.ListResourceResult) bool {
	at := slices.IndexFunc(result.Diagnostics, func(d *tfprotov6.Diagnostic) bool { return strings.HasPrefix(d.Summary, apidiag.Lacking) })
	if at < 0 {
		return false
	}

	s.warn(kind, oneLine(result.Diagnostics[at].Summary+". "+result.Diagnostics[at].Detail))

	return true
}

// object reads one row of a list.
func (s *source) object(kind string, result tfprotov6.ListResourceResult) (object, error) {
	err := problem(result.Diagnostics)
	if err != nil {
		return object{}, err
	}

	o := object{kind: kind, display: result.DisplayName}

	o.values, err = unpack(result.Resource, s.schema.ResourceSchemas[kind].ValueType())
	if err != nil {
		return object{}, err
	}

	identity, err := unpack(result.Identity.IdentityData, s.identities[kind].ValueType())
	o.id = importID(s.identities[kind], identity)

	return o, err
}

// importID joins what identifies an object: what it is in, and its own id. What an import may leave out, such as the account,
// is in no id.
func importID(schema *tfprotov6.ResourceIdentitySchema, identity map[string]tftypes.Value) string {
	var parts []string

	attributes := slices.SortedFunc(slices.Values(schema.IdentityAttributes), func(a, b *tfprotov6.ResourceIdentitySchemaAttribute) int {
		return strings.Compare(a.Name, b.Name)
	})

	for _, attribute := range attributes {
		if attribute.RequiredForImport && attribute.Name != "id" {
			parts = append(parts, text(identity[attribute.Name]))
		}
	}

	own := text(identity["id"])
	if own != "" {
		parts = append(parts, own)
	}

	return strings.Join(parts, "/")
}

// refusal is what is wrong with a resource's configuration, and at which attribute; without a path it is wrong as a whole.
type refusal struct {
	path []string
	err  error
}

// refusals returns what is wrong with a resource's configuration, sorted by path.
func (s *source) refusals(ctx context.Context, kind string, values map[string]tftypes.Value) ([]refusal, error) {
	resp, err := s.validate(ctx, kind, values)
	if err != nil {
		return nil, err
	}

	var found []refusal

	for _, d := range resp.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			found = append(found, refusal{attributeNames(d.Attribute), problem([]*tfprotov6.Diagnostic{d})})
		}
	}

	slices.SortStableFunc(found, func(a, b refusal) int { return slices.Compare(a.path, b.path) })

	return found, nil
}

// attributeNames returns the names of the attributes that a path goes through, up to the first list or map.
func attributeNames(at *tftypes.AttributePath) []string {
	var names []string

	for _, step := range at.Steps() {
		name, ok := step.(tftypes.AttributeName)
		if !ok {
			break
		}

		names = append(names, string(name))
	}

	return names
}

// takes reports whether a configuration may set the attribute at the path: a secret of one type of inbox is refused for others.
func (s *source) takes(ctx context.Context, kind string, values map[string]tftypes.Value, path []string) (bool, error) {
	schema := s.schema.ResourceSchemas[kind]

	config, err := tftypes.Transform(configuration(schema, values), func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if at.Equal(attributePath(path)) {
			return tftypes.NewValue(v.Type(), tftypes.UnknownValue), nil
		}

		return v, nil
	})
	if err != nil {
		return false, err
	}

	var with map[string]tftypes.Value
	if err := config.As(&with); err != nil {
		return false, err
	}

	resp, err := s.validate(ctx, kind, with)
	if err != nil {
		return false, err
	}

	return !slices.ContainsFunc(resp.Diagnostics, func(d *tfprotov6.Diagnostic) bool {
		return d.Severity == tfprotov6.DiagnosticSeverityError && d.Attribute.Equal(attributePath(path))
	}), nil
}

func (s *source) validate(ctx context.Context, kind string, values map[string]tftypes.Value) (*tfprotov6.ValidateResourceConfigResponse, error) {
	schema := s.schema.ResourceSchemas[kind]

	config, err := tfprotov6.NewDynamicValue(schema.ValueType(), configuration(schema, values))
	if err != nil {
		return nil, err
	}

	return s.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: kind, Config: &config,
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
}

// configuration returns a whole value of the schema: what values leave out is null.
func configuration(schema *tfprotov6.Schema, values map[string]tftypes.Value) tftypes.Value {
	whole := map[string]tftypes.Value{}

	for _, a := range schema.Block.Attributes {
		value, isSet := values[a.Name]
		if !isSet {
			value = tftypes.NewValue(a.ValueType(), nil)
		}

		whole[a.Name] = value
	}

	return tftypes.NewValue(schema.ValueType(), whole)
}

func attributePath(names []string) *tftypes.AttributePath {
	path := tftypes.NewAttributePath()
	for _, name := range names {
		path = path.WithAttributeName(name)
	}

	return path
}

// pack returns a configuration of a schema with a few plain values.
func pack(schema *tfprotov6.Schema, values map[string]any) (*tfprotov6.DynamicValue, error) {
	given := map[string]tftypes.Value{}

	for _, a := range schema.Block.Attributes {
		value, isSet := values[a.Name]
		if isSet {
			given[a.Name] = tftypes.NewValue(a.ValueType(), value)
		}
	}

	packed, err := tfprotov6.NewDynamicValue(schema.ValueType(), configuration(schema, given))

	return &packed, err
}

func unpack(packed *tfprotov6.DynamicValue, of tftypes.Type) (map[string]tftypes.Value, error) {
	if packed == nil {
		return nil, errors.New("the provider lists an object without its values")
	}

	value, err := packed.Unmarshal(of)
	if err != nil {
		return nil, err
	}

	var members map[string]tftypes.Value

	return members, value.As(&members)
}

// text returns a string; "" if the value is none.
func text(v tftypes.Value) string {
	var s *string
	if v.Type() == nil || !v.IsKnown() || !v.Type().Is(tftypes.String) || v.As(&s) != nil || s == nil {
		return ""
	}

	return *s
}

// problem returns the first error among diagnostics.
func problem(diags []*tfprotov6.Diagnostic) error {
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return fmt.Errorf("%s. %s", d.Summary, d.Detail)
		}
	}

	return nil
}
