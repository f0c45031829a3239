package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/seed-426837f5/terraform-provider-chat/internal/plugin"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
	"github.com/zclconf/go-cty/cty"
)

// schemaOf asks the provider in this process what `terraform providers schema -json` would say. Terraform itself leaves
// out what it does not know: 1.11 knows no list resources, no actions and no resource identity.
func schemaOf(ctx context.Context) (*tfjson.ProviderSchema, error) {
	server := plugin.Server(provider.New("docs")())()

	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}

	if err := firstError(schemas.Diagnostics); err != nil {
		return nil, err
	}

	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, err
	}

	if err := firstError(identities.Diagnostics); err != nil {
		return nil, err
	}

	return &tfjson.ProviderSchema{
		ConfigSchema:             schemaJSON(schemas.Provider),
		ResourceSchemas:          each(schemas.ResourceSchemas, schemaJSON),
		DataSourceSchemas:        each(schemas.DataSourceSchemas, schemaJSON),
		EphemeralResourceSchemas: each(schemas.EphemeralResourceSchemas, schemaJSON),
		ListResourceSchemas:      each(schemas.ListResourceSchemas, schemaJSON),
		StateStoreSchemas:        each(schemas.StateStoreSchemas, schemaJSON),
		ActionSchemas:            each(schemas.ActionSchemas, actionJSON),
		Functions:                each(schemas.Functions, functionJSON),
		ResourceIdentitySchemas:  each(identities.IdentitySchemas, identityJSON),
	}, nil
}

func firstError(diagnostics []*tfprotov6.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}

	return nil
}

// each converts the values of a map.
func each[In, Out any](in map[string]In, convert func(In) Out) map[string]Out {
	out := make(map[string]Out, len(in))
	for name, value := range in {
		out[name] = convert(value)
	}

	return out
}

func schemaJSON(s *tfprotov6.Schema) *tfjson.Schema {
	if s == nil {
		return nil
	}

	return &tfjson.Schema{Version: uint64(s.Version), Block: blockJSON(s.Block)}
}

func actionJSON(s *tfprotov6.ActionSchema) *tfjson.ActionSchema {
	return &tfjson.ActionSchema{Block: blockJSON(s.Schema.Block)}
}

func blockJSON(b *tfprotov6.SchemaBlock) *tfjson.SchemaBlock {
	block := &tfjson.SchemaBlock{
		Attributes:      attributesJSON(b.Attributes),
		NestedBlocks:    make(map[string]*tfjson.SchemaBlockType, len(b.BlockTypes)),
		Description:     b.Description,
		DescriptionKind: descriptionKind(b.DescriptionKind),
		Deprecated:      b.Deprecated,
	}
	for _, nested := range b.BlockTypes {
		block.NestedBlocks[nested.TypeName] = &tfjson.SchemaBlockType{
			NestingMode: tfjson.SchemaNestingMode(strings.ToLower(nested.Nesting.String())),
			Block:       blockJSON(nested.Block),
			MinItems:    uint64(nested.MinItems),
			MaxItems:    uint64(nested.MaxItems),
		}
	}

	return block
}

func attributesJSON(attributes []*tfprotov6.SchemaAttribute) map[string]*tfjson.SchemaAttribute {
	out := make(map[string]*tfjson.SchemaAttribute, len(attributes))
	for _, a := range attributes {
		attribute := &tfjson.SchemaAttribute{
			AttributeType:   typeJSON(a.Type),
			Description:     a.Description,
			DescriptionKind: descriptionKind(a.DescriptionKind),
			Deprecated:      a.Deprecated,
			Required:        a.Required,
			Optional:        a.Optional,
			Computed:        a.Computed,
			Sensitive:       a.Sensitive,
			WriteOnly:       a.WriteOnly,
		}
		if a.NestedType != nil {
			attribute.AttributeNestedType = &tfjson.SchemaNestedAttributeType{
				Attributes:  attributesJSON(a.NestedType.Attributes),
				NestingMode: tfjson.SchemaNestingMode(strings.ToLower(a.NestedType.Nesting.String())),
			}
		}

		out[a.Name] = attribute
	}

	return out
}

func identityJSON(s *tfprotov6.ResourceIdentitySchema) *tfjson.IdentitySchema {
	out := &tfjson.IdentitySchema{
		Version:    uint64(s.Version),
		Attributes: make(map[string]*tfjson.IdentityAttribute, len(s.IdentityAttributes)),
	}
	for _, a := range s.IdentityAttributes {
		out.Attributes[a.Name] = &tfjson.IdentityAttribute{
			IdentityType:      typeJSON(a.Type),
			Description:       a.Description,
			RequiredForImport: a.RequiredForImport,
			OptionalForImport: a.OptionalForImport,
		}
	}

	return out
}

func functionJSON(f *tfprotov6.Function) *tfjson.FunctionSignature {
	out := &tfjson.FunctionSignature{
		Description:        f.Description,
		Summary:            f.Summary,
		DeprecationMessage: f.DeprecationMessage,
		ReturnType:         typeJSON(f.Return.Type),
	}
	for _, p := range f.Parameters {
		out.Parameters = append(out.Parameters, parameterJSON(p))
	}

	if f.VariadicParameter != nil {
		out.VariadicParameter = parameterJSON(f.VariadicParameter)
	}

	return out
}

func parameterJSON(p *tfprotov6.FunctionParameter) *tfjson.FunctionParameter {
	return &tfjson.FunctionParameter{
		Name: p.Name, Description: p.Description, IsNullable: p.AllowNullValue, Type: typeJSON(p.Type),
	}
}

func descriptionKind(kind tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	if kind == tfprotov6.StringKindMarkdown {
		return tfjson.SchemaDescriptionKindMarkdown
	}

	return tfjson.SchemaDescriptionKindPlain
}

// typeJSON goes through JSON, in which both libraries write a type the same way.
func typeJSON(t tftypes.Type) cty.Type {
	if t == nil {
		return cty.NilType
	}

	text, err := t.MarshalJSON() //nolint:staticcheck // deprecated without a successor; it is the wire form
	if err != nil {
		panic(err)
	}

	var out cty.Type
	if err := json.Unmarshal(text, &out); err != nil {
		panic(err)
	}

	return out
}
