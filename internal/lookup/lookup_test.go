package lookup_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

type category struct{ id, name string }

type client map[string][]category

type model struct {
	ID     types.String `tfsdk:"id"`
	Name   types.String `tfsdk:"name"`
	Portal types.String `tfsdk:"portal"`
}

func sources() lookup.Sources[client, category, model] {
	return lookup.Sources[client, category, model]{
		Type: "chatlake_category", Plural: "chatlake_categories", ListName: "categories",
		Parent: &lookup.Parent{Name: "portal", Attribute: attribute.RequiredLookup("The portal.")},
		Attributes: map[string]schema.Attribute{
			"id": attribute.Found("The id."), "name": attribute.Found("The name."), "portal": attribute.Found("The portal."),
		},
		Keys: []lookup.Key[category]{
			{Name: "id", Attribute: attribute.Lookup("The id."), Of: func(c category) string { return c.id }},
			{Name: "name", Attribute: attribute.Lookup("The name."), Of: func(c category) string { return c.name }},
		},
		Client: func(data any, diags *diag.Diagnostics) *client {
			c, ok := data.(*client)
			if !ok {
				diags.AddError("No client", "")
			}

			return c
		},
		All: func(_ context.Context, c *client, portal string) ([]category, error) {
			categories, ok := (*c)[portal]
			if !ok {
				return nil, errors.New("down")
			}

			return categories, nil
		},
		Model: func(c category, portal string) model {
			return model{types.StringValue(c.id), types.StringValue(c.name), types.StringValue(portal)}
		},
	}
}

// read configures a data source and reads it with the given attributes.
func read(t *testing.T, build func() datasource.DataSource, config map[string]string) (tfsdk.State, diag.Diagnostics) {
	t.Helper()

	source, ok := build().(datasource.DataSourceWithConfigure)
	if !ok {
		t.Fatal("it cannot be configured")
	}

	var configured datasource.ConfigureResponse

	source.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: &client{
		"help": {{"1", "faq"}, {"2", "same"}, {"3", "same"}},
	}}, &configured)

	var declared datasource.SchemaResponse

	source.Schema(t.Context(), datasource.SchemaRequest{}, &declared)

	kind := declared.Schema.Type().TerraformType(t.Context())

	object, ok := kind.(tftypes.Object)
	if !ok {
		t.Fatal("it has no attributes")
	}

	values := map[string]tftypes.Value{}
	for name, of := range object.AttributeTypes {
		values[name] = tftypes.NewValue(of, nil)
	}

	for name, value := range config {
		values[name] = tftypes.NewValue(tftypes.String, value)
	}

	resp := datasource.ReadResponse{State: tfsdk.State{Schema: declared.Schema, Raw: tftypes.NewValue(kind, nil)}, Diagnostics: configured.Diagnostics}
	source.Read(t.Context(), datasource.ReadRequest{Config: tfsdk.Config{Schema: declared.Schema, Raw: tftypes.NewValue(kind, values)}}, &resp)

	return resp.State, resp.Diagnostics
}

func TestSingular(t *testing.T) {
	build := sources().DataSources()[0]

	for _, c := range []struct {
		config map[string]string
		want   model
		said   string
	}{
		{map[string]string{"portal": "help", "id": "1"}, model{types.StringValue("1"), types.StringValue("faq"), types.StringValue("help")}, ""},
		{map[string]string{"portal": "help", "name": "faq"}, model{types.StringValue("1"), types.StringValue("faq"), types.StringValue("help")}, ""},
		{map[string]string{"portal": "help", "name": "same"}, model{}, "2 objects of the kind category with this name"},
		{map[string]string{"portal": "help", "id": "9"}, model{}, "does not exist"},
		{map[string]string{"portal": "help", "name": "1"}, model{}, "does not exist"},
		{map[string]string{"portal": "other", "id": "1"}, model{}, "Unable to read the list of categories"},
	} {
		state, diags := read(t, build, c.config)

		if c.said != "" {
			if diags.ErrorsCount() != 1 || !strings.Contains(diags[0].Summary()+diags[0].Detail(), c.said) {
				t.Errorf("%v: got %v, want %q", c.config, diags, c.said)
			}

			continue
		}

		var got model
		diags.Append(state.Get(t.Context(), &got)...)
		if diags.HasError() || got != c.want {
			t.Errorf("%v: got %v, %v", c.config, got, diags)
		}
	}
}

// TestSingular_one reads one object without the list, and a failed read is no missing object.
func TestSingular_one(t *testing.T) {
	s := sources()
	s.Keys = s.Keys[:1]
	s.All = nil
	s.One = func(_ context.Context, _ *client, portal, id string) (category, error) {
		switch id {
		case "1":
			return category{id, portal}, nil
		case "2":
			return category{}, &transport.Error{Reason: transport.NotFound}
		default:
			return category{}, errors.New("down")
		}
	}

	for id, said := range map[string]string{
		"1": "", "2": `The category with id "2" and this portal does not exist`, "3": `Unable to read the category with id "3"`,
	} {
		state, diags := read(t, s.DataSources()[0], map[string]string{"portal": "help", "id": id})

		if said != "" {
			if diags.ErrorsCount() != 1 || diags[0].Summary() != said {
				t.Errorf("%s: got %v, want %q", id, diags, said)
			}

			continue
		}

		var got model
		diags.Append(state.Get(t.Context(), &got)...)
		if diags.HasError() || got.Name.ValueString() != "help" {
			t.Errorf("%s: got %v, %v", id, got, diags)
		}
	}
}

// TestSingular_details returns more of one object than of those of the list.
func TestSingular_details(t *testing.T) {
	type detailed struct {
		model

		Articles types.String `tfsdk:"articles"`
	}

	s := sources()
	s.Details = map[string]schema.Attribute{"articles": attribute.Found("How many there are.")}

	var failure error

	s.Detailed = func(_ context.Context, _ *client, found category) (any, error) {
		return detailed{model{types.StringValue(found.id), types.StringValue(found.name), types.StringValue("help")}, types.StringValue("7")}, failure
	}

	state, diags := read(t, s.DataSources()[0], map[string]string{"portal": "help", "name": "faq"})

	var got detailed
	diags.Append(state.Get(t.Context(), &got)...)
	if diags.HasError() || got.ID.ValueString() != "1" || got.Articles.ValueString() != "7" {
		t.Errorf("got %v, %v", got, diags)
	}

	failure = errors.New("down")

	_, diags = read(t, s.DataSources()[0], map[string]string{"portal": "help", "name": "faq"})
	if diags.ErrorsCount() != 1 || diags[0].Summary() != `Unable to read the category with this name` {
		t.Errorf("got %v", diags)
	}
}

func TestPlural(t *testing.T) {
	state, diags := read(t, sources().DataSources()[1], map[string]string{"portal": "help"})

	var got struct {
		Portal     types.String `tfsdk:"portal"`
		Categories []model      `tfsdk:"categories"`
	}
	diags.Append(state.Get(t.Context(), &got)...)
	if diags.HasError() || got.Portal.ValueString() != "help" || len(got.Categories) != 3 || got.Categories[2].ID.ValueString() != "3" {
		t.Errorf("got %v, %v", got, diags)
	}
}

func TestSchema(t *testing.T) {
	s := sources()

	var declared datasource.SchemaResponse

	s.DataSources()[0]().Schema(t.Context(), datasource.SchemaRequest{}, &declared)

	got := slices.Sorted(maps.Keys(declared.Schema.Attributes))
	if !slices.Equal(got, []string{"id", "name", "portal"}) || !declared.Schema.Attributes["id"].IsOptional() {
		t.Errorf("the singular data source has %v", got)
	}

	if s.Attributes["id"].IsOptional() {
		t.Error("the keys of the singular data source are in the list too")
	}

	s.Plural = ""

	sources := s.DataSources()
	if len(sources) != 1 {
		t.Errorf("%d data sources without a plural", len(sources))
	}
}
