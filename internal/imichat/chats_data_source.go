package imichat

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var _ datasource.DataSourceWithConfigure = (*chatsDataSource)(nil)

// mostChats is how many chats are returned by default: as many as ten requests read.
const mostChats = 100

func newChatsDataSource() datasource.DataSource { return &chatsDataSource{} }

type chatsDataSource struct{ tenantDataSource }

// chatFilters choose chats. "" means the same as null.
type chatFilters struct {
	Status   types.String `tfsdk:"status"`
	Channel  types.String `tfsdk:"channel"`
	Assignee types.String `tfsdk:"assignee"`
	Tag      types.String `tfsdk:"tag"`
}

type chatsDataModel struct {
	chatFilters

	MaxResults types.Int64 `tfsdk:"max_results"`
	Chats      []chatRow   `tfsdk:"chats"`
}

type chatRow struct {
	ID           types.String `tfsdk:"id"`
	ChatID       types.String `tfsdk:"chat_id"`
	AliasID      types.String `tfsdk:"alias_id"`
	Channel      types.String `tfsdk:"channel"`
	Asset        types.Object `tfsdk:"asset"`
	Customer     types.Object `tfsdk:"customer"`
	Tags         types.Set    `tfsdk:"tags"`
	Status       types.String `tfsdk:"status"`
	Assignee     types.String `tfsdk:"assignee"`
	OtherDetails types.Map    `tfsdk:"other_details"`
	Flag         types.String `tfsdk:"flag"`
	CreatedAt    types.String `tfsdk:"created_at"`
	UpdatedAt    types.String `tfsdk:"updated_at"`
}

func (d *chatsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "imichat_chats"
}

func (d *chatsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The tenant's [chats](https://docs.imi.chat/reference/get-chats), newest first. The platform's list has ten chats per request and no filters: " +
			"the filters here are applied to what was read, and reading goes on until `max_results` were found or the list ends, at most through the newest 10,000 chats.",
		Attributes: map[string]schema.Attribute{
			"status": schema.StringAttribute{
				MarkdownDescription: "Only chats with this status: " + attribute.Choices("queued", "picked", "onhold", "closed") + ".",
				Optional:            true, Validators: attribute.OrEmpty(stringvalidator.OneOf(statuses()...)),
			},
			"channel": schema.StringAttribute{
				MarkdownDescription: "Only chats on this channel: " + attribute.Choices(channels()...) + ".",
				Optional:            true, Validators: attribute.OrEmpty(attribute.Known(channels()...)),
			},
			"assignee": schema.StringAttribute{
				MarkdownDescription: "Only chats that the user with this login id holds.",
				Optional:            true,
			},
			"tag": schema.StringAttribute{
				MarkdownDescription: "Only chats that have this tag.",
				Optional:            true,
			},
			"max_results": schema.Int64Attribute{
				MarkdownDescription: "How many chats are returned at most. Default `100`.",
				Optional:            true, Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
			"chats": schema.ListNestedAttribute{
				MarkdownDescription: "The chats, newest first, with what the list has of each.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: rowAttributes()},
			},
		},
	}
}

func (d *chatsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config chatsDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(d.client, &resp.Diagnostics)

	most := mostChats
	if tfvalue.IsSet(config.MaxResults) {
		most = int(config.MaxResults.ValueInt64())
	}

	config.Chats = []chatRow{}

	err := d.client.EachChat(ctx, func(chat *api.Chat) bool {
		if config.matches(chat) {
			config.Chats = append(config.Chats, rowFromAPI(chat))
		}

		return len(config.Chats) < most
	})
	switch {
	case api.IsTooFar(err):
		resp.Diagnostics.AddWarning("Not all chats were read", fmt.Sprintf(
			"The list of chats is read no further than the newest %d: that is a tenth of the requests that a tenant has for a day. Older chats are left out.", api.MostChats))
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "list chats", err)
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// matches reports whether a chat passes the filters.
func (f chatFilters) matches(chat *api.Chat) bool {
	return (f.Status.ValueString() == "" || f.Status.ValueString() == chat.Status) &&
		(f.Channel.ValueString() == "" || f.Channel.ValueString() == chat.Channel) &&
		(f.Assignee.ValueString() == "" || f.Assignee.ValueString() == chat.Assignee) &&
		(f.Tag.ValueString() == "" || slices.Contains(chat.Tags, f.Tag.ValueString()))
}

func rowFromAPI(chat *api.Chat) chatRow {
	return chatRow{
		ID: types.StringValue(chat.ID), ChatID: types.StringValue(chat.ID), AliasID: tfvalue.StringOrNull(chat.AliasID),
		Channel: tfvalue.StringOrNull(chat.Channel), Asset: assetObject(chat), Customer: customerObject(chat),
		Tags: tfvalue.StringSet(chat.Tags), Status: types.StringValue(chat.Status), Assignee: tfvalue.StringOrNull(chat.Assignee),
		OtherDetails: mapOrNull(chat.OtherDetails), Flag: tfvalue.StringOrNull(chat.Flag),
		CreatedAt: tfvalue.Timestamp(chat.CreatedAt), UpdatedAt: tfvalue.Timestamp(chat.UpdatedAt),
	}
}
