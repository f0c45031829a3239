package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*cannedResponseDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*cannedResponsesDataSource)(nil)
)

func newCannedResponseDataSource() datasource.DataSource { return &cannedResponseDataSource{} }

func newCannedResponsesDataSource() datasource.DataSource { return &cannedResponsesDataSource{} }

type cannedResponseDataSource struct{ account.DataSource }

func (d *cannedResponseDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_canned_response"
}

func cannedResponseDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":         attribute.Found("The canned response's id."),
		"short_code": attribute.Found("What agents type to insert the text."),
		"content":    attribute.Found("The text."),
		"created_at": attribute.Found("When it was made. RFC 3339, in UTC."),
	}
}

func (d *cannedResponseDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := cannedResponseDataAttributes()
	attributes["id"] = attribute.Lookup("The canned response's id. Exactly one of `id` and `short_code` is needed.", attribute.IntegerID())
	attributes["short_code"] = attribute.Lookup("What agents type to insert the text. Case counts.", attribute.NotEmpty())
	resp.Schema = schema.Schema{MarkdownDescription: "A canned response, by id or `short_code`.", Attributes: attributes}
}

func (d *cannedResponseDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("short_code"))}
}

func (d *cannedResponseDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config cannedResponseData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.Client.CannedResponses(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read canned responses", err)
		return
	}

	for _, one := range all {
		if one.ID.String() == config.ID.ValueString() || one.ShortCode == config.ShortCode.ValueString() {
			config.fromAPI(one)
			resp.Diagnostics.Append(resp.State.Set(ctx, config)...)

			return
		}
	}

	apidiag.NotFound(&resp.Diagnostics, "Canned response "+config.ID.ValueString()+config.ShortCode.ValueString())
}

type cannedResponsesDataSource struct{ account.DataSource }

func (d *cannedResponsesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_canned_responses"
}

func (d *cannedResponsesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All canned responses of the account.",
		Attributes:          map[string]schema.Attribute{"canned_responses": attribute.FoundList("The canned responses.", cannedResponseDataAttributes())},
	}
}

func (d *cannedResponsesDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.CannedResponses(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read canned responses", err)
		return
	}

	all := struct {
		CannedResponses []cannedResponseData `tfsdk:"canned_responses"`
	}{make([]cannedResponseData, len(found))}
	for i, one := range found {
		all.CannedResponses[i].fromAPI(one)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
