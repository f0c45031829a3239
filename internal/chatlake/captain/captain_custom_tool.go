package captain

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// customToolModel is a tool in a configuration and in state.
type customToolModel struct {
	customToolData

	AuthConfig types.Dynamic `tfsdk:"auth_config"`
}

// customToolData is what data sources tell of a tool, too.
type customToolData struct {
	ID               types.String `tfsdk:"id"`
	Slug             types.String `tfsdk:"slug"`
	Title            types.String `tfsdk:"title"`
	Description      types.String `tfsdk:"description"`
	EndpointURL      types.String `tfsdk:"endpoint_url"`
	HTTPMethod       types.String `tfsdk:"http_method"`
	RequestTemplate  types.String `tfsdk:"request_template"`
	ResponseTemplate types.String `tfsdk:"response_template"`
	AuthType         types.String `tfsdk:"auth_type"`
	Enabled          types.Bool   `tfsdk:"enabled"`
	ParamSchema      types.List   `tfsdk:"param_schema"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed. Credentials that the token's
// user may not see stay as they were.
func (m *customToolModel) fromAPI(found api.CaptainTool, everything bool) {
	m.customToolData.fromAPI(found, everything)

	if found.AuthConfig != nil {
		m.AuthConfig = account.TrackObject(everything, m.AuthConfig, *found.AuthConfig)
	} else if m.AuthConfig.IsUnknown() {
		m.AuthConfig = types.DynamicNull()
	}
}

func (m *customToolData) fromAPI(found api.CaptainTool, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Slug = types.StringValue(found.Slug)
	m.Title = types.StringValue(found.Title)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.EndpointURL = types.StringValue(found.EndpointURL)
	m.HTTPMethod = types.StringValue(found.HTTPMethod)
	m.RequestTemplate = account.Track(everything, m.RequestTemplate, tfvalue.StringOrNull(found.RequestTemplate))
	m.ResponseTemplate = account.Track(everything, m.ResponseTemplate, tfvalue.StringOrNull(found.ResponseTemplate))
	m.AuthType = types.StringValue(found.AuthType)
	m.Enabled = types.BoolValue(found.Enabled)
	m.ParamSchema = account.Track(everything, m.ParamSchema, paramList(found.ParamSchema))
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a tool.
func (m *customToolModel) changeFrom(prior customToolModel) api.CaptainToolRequest {
	return api.CaptainToolRequest{
		Title:            account.TextChange(prior.Title, m.Title),
		Description:      account.TextChange(prior.Description, m.Description),
		EndpointURL:      account.TextChange(prior.EndpointURL, m.EndpointURL),
		HTTPMethod:       account.TextChange(prior.HTTPMethod, m.HTTPMethod),
		RequestTemplate:  account.TextChange(prior.RequestTemplate, m.RequestTemplate),
		ResponseTemplate: account.TextChange(prior.ResponseTemplate, m.ResponseTemplate),
		AuthType:         account.TextChange(prior.AuthType, m.AuthType),
		AuthConfig:       account.FreeChange(prior.AuthConfig, m.AuthConfig),
		ParamSchema:      paramsChange(prior.ParamSchema, m.ParamSchema),
		Enabled:          account.FlagChange(prior.Enabled, m.Enabled),
	}
}

// paramTypes are the attributes of a parameter.
var paramTypes = map[string]attr.Type{
	"name": types.StringType, "type": types.StringType, "description": types.StringType, "required": types.BoolType,
}

// paramList returns parameters as the list that Terraform holds; without any, it is null.
func paramList(params []api.CaptainToolParam) types.List {
	if len(params) == 0 {
		return types.ListNull(types.ObjectType{AttrTypes: paramTypes})
	}

	rows := make([]attr.Value, len(params))
	for i, param := range params {
		rows[i] = types.ObjectValueMust(paramTypes, map[string]attr.Value{
			"name": types.StringValue(param.Name), "type": types.StringValue(param.Type), "description": types.StringValue(param.Description),
			"required": types.BoolPointerValue(param.Required),
		})
	}

	return types.ListValueMust(types.ObjectType{AttrTypes: paramTypes}, rows)
}

// paramsChange returns the field of a request that turns prior into the plan. Nothing is an empty list: the server ignores null in its
// place.
func paramsChange(prior, plan types.List) api.Nullable[[]api.CaptainToolParam] {
	if plan.IsUnknown() || !account.IsChanged(prior, plan) {
		return api.Nullable[[]api.CaptainToolParam]{}
	}

	params := []api.CaptainToolParam{}

	for _, element := range plan.Elements() {
		row, _ := element.(types.Object)
		text := func(name string) string {
			value, _ := row.Attributes()[name].(types.String)
			return value.ValueString()
		}
		required, _ := row.Attributes()["required"].(types.Bool)
		params = append(params, api.CaptainToolParam{
			Name: text("name"), Type: text("type"), Description: text("description"), Required: required.ValueBoolPointer(),
		})
	}

	return api.Set(params)
}

// customToolKind is chatlake_captain_custom_tool, with its data sources and its list.
func customToolKind() account.Kind {
	return account.Kind{Resource: newCustomToolResource, DataSources: customToolSources.DataSources(), List: customToolList.New}
}

var customToolSources = lookup.Sources[api.Client, api.CaptainTool, customToolData]{
	Type: "chatlake_captain_custom_tool", Plural: "chatlake_captain_custom_tools", ListName: "captain_custom_tools",
	Description:       "A custom tool of the account, by id or `slug`. What its requests are signed with is not told.",
	PluralDescription: "All custom tools of the account.",
	ListDescription:   "The tools.",
	Attributes: map[string]schema.Attribute{
		"id":                attribute.Found("The tool's id."),
		"slug":              attribute.Found("What scenarios name the tool by."),
		"title":             attribute.Found("What the tool is called."),
		"description":       attribute.Found("What the tool is for."),
		"endpoint_url":      attribute.Found("Where the request goes."),
		"http_method":       attribute.Found("The request's method."),
		"request_template":  attribute.Found("The request's body, as a template."),
		"response_template": attribute.Found("What the assistant is told of the answer, as a template."),
		"auth_type":         attribute.Found("How the request is signed."),
		"enabled":           attribute.FoundFlag("Whether assistants may use the tool."),
		"param_schema": attribute.FoundList("What the assistant fills in.", map[string]schema.Attribute{
			"name":        attribute.Found("The parameter's name."),
			"type":        attribute.Found("What it holds."),
			"description": attribute.Found("What it is."),
			"required":    attribute.FoundFlag("Whether the assistant has to fill it in; null if nothing was said."),
		}),
	},
	Keys: []lookup.Key[api.CaptainTool]{
		{
			Name: "id", Attribute: attribute.Lookup("The tool's id. Exactly one of `id` and `slug` is needed.", attribute.IntegerID()),
			Of: func(found api.CaptainTool) string { return found.ID.String() },
		},
		{
			Name: "slug", Attribute: attribute.Lookup("The tool's slug.", attribute.NotEmpty()),
			Of: func(found api.CaptainTool) string { return found.Slug },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.CaptainTool, error) {
		return client.CaptainTools().All(ctx)
	},
	Model: func(found api.CaptainTool, _ string) customToolData {
		var m customToolData
		m.fromAPI(found, true)

		return m
	},
}

var customToolList = account.Listing[api.CaptainTool, customToolModel]{
	Type: "chatlake_captain_custom_tool", Noun: "Captain custom tools",
	Description: "All custom tools of the account.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.CaptainTool, error) {
		return client.CaptainTools().All(ctx)
	}),
	Name: func(found api.CaptainTool) string { return found.Title },
	Fill: func(_ context.Context, _ *api.Client, m *customToolModel, found api.CaptainTool, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}
