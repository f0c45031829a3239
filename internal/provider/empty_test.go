package provider_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/plugin"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

// TestEmptyMeansNone gives each optional attribute of the provider block, of data sources, of list resources and of actions
// an empty value. It is refused only where none is refused, too. The cases of a resource try that with an apply.
func TestEmptyMeansNone(t *testing.T) {
	server := plugin.Server(provider.New("test")())()

	all, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}

	checkEmpty(t, "provider", all.Provider, func(ctx context.Context, config *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error) {
		resp, err := server.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: config})
		return resp.Diagnostics, err
	})

	for name, schema := range all.DataSourceSchemas {
		checkEmpty(t, "data."+name, schema, func(ctx context.Context, config *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error) {
			resp, err := server.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: config})
			return resp.Diagnostics, err
		})
	}

	lists, hasLists := server.(tfprotov6.ListResourceServer)
	actions, hasActions := server.(tfprotov6.ActionServer)

	if !hasLists || !hasActions {
		t.Fatal("the provider serves no list resources, or no actions")
	}

	for name, schema := range all.ListResourceSchemas {
		checkEmpty(t, "list."+name, schema, func(ctx context.Context, config *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error) {
			resp, err := lists.ValidateListResourceConfig(ctx, &tfprotov6.ValidateListResourceConfigRequest{TypeName: name, Config: config})
			return resp.Diagnostics, err
		})
	}

	for name, schema := range all.ActionSchemas {
		checkEmpty(t, "action."+name, schema.Schema, func(ctx context.Context, config *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error) {
			resp, err := actions.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: name, Config: config})
			return resp.Diagnostics, err
		})
	}
}

type validate func(context.Context, *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error)

// checkEmpty validates configurations of one schema.
func checkEmpty(t *testing.T, name string, schema *tfprotov6.Schema, validate validate) {
	t.Helper()

	kind, _ := schema.ValueType().(tftypes.Object)

	said := func(attributes map[string]tftypes.Value) []string {
		config, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, attributes))
		if err != nil {
			t.Fatal(err)
		}

		diags, err := validate(t.Context(), &config)
		if err != nil {
			t.Fatal(err)
		}

		var said []string
		for _, d := range diags {
			said = append(said, d.Summary+": "+d.Detail)
		}

		return said
	}
	nothing := func(attributes []*tfprotov6.SchemaAttribute) map[string]tftypes.Value {
		none := map[string]tftypes.Value{}
		for _, a := range attributes {
			none[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		}

		return none
	}

	for _, a := range schema.Block.Attributes {
		if !a.Optional {
			continue
		}

		if empty, ok := emptyOf(a.ValueType()); ok {
			config := nothing(schema.Block.Attributes)
			before := said(config)
			config[a.Name] = empty
			wantNoMore(t, name+"."+a.Name, before, said(config))
		}

		if a.NestedType == nil || a.NestedType.Nesting != tfprotov6.SchemaObjectNestingModeSingle {
			continue
		}

		for _, inner := range a.NestedType.Attributes {
			empty, ok := emptyOf(inner.ValueType())
			if !ok || !inner.Optional {
				continue
			}

			config, fields := nothing(schema.Block.Attributes), nothing(a.NestedType.Attributes)
			config[a.Name] = tftypes.NewValue(a.ValueType(), fields)
			before := said(config)
			fields[inner.Name] = empty
			config[a.Name] = tftypes.NewValue(a.ValueType(), fields)
			wantNoMore(t, name+"."+a.Name+"."+inner.Name, before, said(config))
		}
	}
}

// wantNoMore wants that nothing is said of an empty value that is not said of none.
func wantNoMore(t *testing.T, name string, none, empty []string) {
	t.Helper()

	for _, one := range empty {
		if !slices.Contains(none, one) {
			t.Errorf("%s is empty: %s", name, strings.Join(strings.Fields(one), " "))
		}
	}
}

// emptyOf returns the empty value of a type, if it has one.
func emptyOf(kind tftypes.Type) (tftypes.Value, bool) {
	switch kind.(type) {
	case tftypes.List, tftypes.Set:
		return tftypes.NewValue(kind, []tftypes.Value{}), true
	case tftypes.Map:
		return tftypes.NewValue(kind, map[string]tftypes.Value{}), true
	}

	switch {
	case kind.Is(tftypes.String):
		return tftypes.NewValue(kind, ""), true
	case kind.Is(tftypes.DynamicPseudoType):
		return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{}}, map[string]tftypes.Value{}), true
	default:
		return tftypes.Value{}, false
	}
}
