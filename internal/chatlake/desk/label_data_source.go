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
	_ datasource.DataSourceWithConfigValidators = (*labelDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*labelsDataSource)(nil)
)

func newLabelDataSource() datasource.DataSource { return &labelDataSource{} }

func newLabelsDataSource() datasource.DataSource { return &labelsDataSource{} }

type labelDataSource struct{ account.DataSource }

func (d *labelDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_label"
}

func labelDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":              attribute.Found("The label's id."),
		"title":           attribute.Found("What the label is called, in lower case."),
		"description":     attribute.Found("What the label is for."),
		"color":           attribute.Found("The label's colour."),
		"show_on_sidebar": attribute.FoundFlag("Whether the label is in the agents' side bar; null if that is left open."),
	}
}

func (d *labelDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := labelDataAttributes()
	attributes["id"] = attribute.Lookup("The label's id. Exactly one of `id` and `title` is needed.", attribute.IntegerID())
	attributes["title"] = attribute.Lookup("What the label is called, in lower case.", attribute.LowerCase())
	resp.Schema = schema.Schema{MarkdownDescription: "A label of the account, by id or title.", Attributes: attributes}
}

func (d *labelDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("title"))}
}

func (d *labelDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config labelData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	labels, err := d.Client.Labels(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read labels", err)
		return
	}

	for _, label := range labels {
		if label.ID.String() == config.ID.ValueString() || label.Title == config.Title.ValueString() {
			config.fromAPI(label, true)
			resp.Diagnostics.Append(resp.State.Set(ctx, config)...)

			return
		}
	}

	apidiag.NotFound(&resp.Diagnostics, "Label "+config.ID.ValueString()+config.Title.ValueString())
}

type labelsDataSource struct{ account.DataSource }

func (d *labelsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_labels"
}

func (d *labelsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All labels of the account.",
		Attributes:          map[string]schema.Attribute{"labels": attribute.FoundList("The labels, by title.", labelDataAttributes())},
	}
}

func (d *labelsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	labels, err := d.Client.Labels(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read labels", err)
		return
	}

	all := struct {
		Labels []labelData `tfsdk:"labels"`
	}{make([]labelData, len(labels))}
	for i, label := range labels {
		all.Labels[i].fromAPI(label, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
