package desk

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*definitionDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*definitionsDataSource)(nil)
)

func newCustomAttributeDefinitionDataSource() datasource.DataSource { return &definitionDataSource{} }

func newCustomAttributeDefinitionsDataSource() datasource.DataSource { return &definitionsDataSource{} }

type definitionDataSource struct{ account.DataSource }

func (d *definitionDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_custom_attribute_definition"
}

func definitionDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                     attribute.Found("The definition's id."),
		"attribute_display_name": attribute.Found("What agents see."),
		"attribute_key":          attribute.Found("The attribute's key."),
		"attribute_model":        attribute.Found("What has the attribute."),
		"attribute_display_type": attribute.Found("The kind of value."),
		"attribute_description":  attribute.Found("What the attribute means."),
		"attribute_values":       attribute.FoundTexts("What agents choose from."),
		"regex_pattern":          attribute.Found("A regular expression that values must match."),
		"regex_cue":              attribute.Found("What agents are told about it."),
		"created_at":             attribute.Found("When it was made. RFC 3339, in UTC."),
	}
}

func (d *definitionDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := definitionDataAttributes()
	attributes["id"] = attribute.Lookup("The custom attribute definition's id. Exactly one of `id` and `attribute_key` is needed.", attribute.IntegerID())
	attributes["attribute_key"] = attribute.Lookup("The attribute's key, with `attribute_model` if several models have it.", attribute.NotEmpty())
	attributes["attribute_model"] = attribute.Lookup("What has the attribute; needed if several models have the key.", stringvalidator.OneOf(definitionModels...))
	resp.Schema = schema.Schema{MarkdownDescription: "A custom attribute definition, by id or `attribute_key`.", Attributes: attributes}
}

func (d *definitionDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("attribute_key"))}
}

func (d *definitionDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config definitionData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.Client.CustomAttributeDefinitions(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read custom attribute definitions", err)
		return
	}

	candidates := slices.DeleteFunc(slices.Clone(all), func(one api.CustomAttributeDefinition) bool {
		return !config.Model.IsNull() && config.Model.ValueString() != one.Model
	})

	found, ok := account.FindOne(&resp.Diagnostics, account.Query{Kind: "custom_attribute_definition", ID: config.ID, Key: config.Key, KeyName: "attribute_key"}, candidates,
		func(one api.CustomAttributeDefinition) (api.ID, string) { return one.ID, one.Key })
	if !ok {
		return
	}

	config.fromAPI(found, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

type definitionsDataSource struct{ account.DataSource }

func (d *definitionsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_custom_attribute_definitions"
}

func (d *definitionsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All custom attribute definitions of the account.",
		Attributes:          map[string]schema.Attribute{"custom_attribute_definitions": attribute.FoundList("The custom attribute definitions.", definitionDataAttributes())},
	}
}

func (d *definitionsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.CustomAttributeDefinitions(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read custom attribute definitions", err)
		return
	}

	all := struct {
		CustomAttributeDefinitions []definitionData `tfsdk:"custom_attribute_definitions"`
	}{make([]definitionData, len(found))}
	for i, one := range found {
		all.CustomAttributeDefinitions[i].fromAPI(one, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
