package kommunicate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var _ datasource.DataSourceWithConfigure = (*conversationsDataSource)(nil)

func newConversationsDataSource() datasource.DataSource { return &conversationsDataSource{} }

type conversationsDataSource struct{ configuredDataSource }

// defaultResults is how many rows a list has without max_results.
const defaultResults = 100

type conversationsDataModel struct {
	Status        types.String      `tfsdk:"status"`
	Assignee      types.String      `tfsdk:"assignee"`
	MaxResults    types.Int64       `tfsdk:"max_results"`
	Conversations []conversationRow `tfsdk:"conversations"`
}

func (d *conversationsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "kommunicate_conversations"
}

func (d *conversationsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Conversations of a Kommunicate application, those with the newest traffic first.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents listing conversations; the provider uses the call of the agents' apps. Whether it lists conversations without any message is not known.",
		Attributes: map[string]schema.Attribute{
			"status": schema.StringAttribute{
				MarkdownDescription: "Only those of this status: `initial`, `open`, `progress`, `closed`, `spam`, `duplicate`, `archive`, `unresponded` or `waiting`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(append(statusNames(), "")...)},
			},
			"assignee": schema.StringAttribute{
				MarkdownDescription: "Only those assigned to this agent or bot.",
				Optional:            true,
				Validators:          attribute.OrEmpty(userIDValidator()),
			},
			"max_results": maxResults(),
			"conversations": schema.ListNestedAttribute{
				MarkdownDescription: "The conversations.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: conversationAttributes()},
			},
		},
	}
}

func maxResults() schema.Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: "How many to return at most. Default `100`.",
		Optional:            true,
		Validators:          []validator.Int64{int64validator.AtLeast(1)},
	}
}

// limit returns how many results are wanted at most.
func limit(configured types.Int64) int {
	if tfvalue.IsSet(configured) {
		return int(configured.ValueInt64())
	}

	return defaultResults
}

// Read lists conversations.
func (d *conversationsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config conversationsDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	status := ""
	if config.Status.ValueString() != "" {
		status = statusCode(config.Status.ValueString())
	}

	found, err := api.Collect(d.client.Conversations(ctx, api.ConversationFilter{Status: status, Assignee: config.Assignee.ValueString()}), limit(config.MaxResults))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "list conversations", err)
		return
	}

	config.Conversations = make([]conversationRow, len(found))
	for i, row := range found {
		config.Conversations[i].fromAPI(row)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
