package imichat

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure        = (*chatDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*chatDataSource)(nil)
)

func newChatDataSource() datasource.DataSource { return &chatDataSource{} }

type chatDataSource struct{ tenantDataSource }

type chatDataModel struct {
	ID           types.String `tfsdk:"id"`
	ChatID       types.String `tfsdk:"chat_id"`
	AliasID      types.String `tfsdk:"alias_id"`
	TeamID       types.String `tfsdk:"team_id"`
	TeamName     types.String `tfsdk:"team_name"`
	Channel      types.String `tfsdk:"channel"`
	Asset        types.Object `tfsdk:"asset"`
	Customer     types.Object `tfsdk:"customer"`
	Subject      types.String `tfsdk:"subject"`
	ThreadID     types.String `tfsdk:"thread_id"`
	RouteParams  types.Map    `tfsdk:"route_params"`
	Messages     types.List   `tfsdk:"messages"`
	Tags         types.Set    `tfsdk:"tags"`
	Status       types.String `tfsdk:"status"`
	Assignee     types.String `tfsdk:"assignee"`
	OtherDetails types.Map    `tfsdk:"other_details"`
	Flag         types.String `tfsdk:"flag"`
	CreatedAt    types.String `tfsdk:"created_at"`
	UpdatedAt    types.String `tfsdk:"updated_at"`
}

func (d *chatDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "imichat_chat"
}

// ConfigValidators accepts exactly one key.
func (d *chatDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{attribute.ExactlyOne("chat_id", "alias_id")}
}

func (d *chatDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := rowAttributes()
	attributes["chat_id"] = schema.StringAttribute{MarkdownDescription: "Id of the chat.", Optional: true, Computed: true, Validators: attribute.OrEmpty(noBlanks())}
	attributes["alias_id"] = schema.StringAttribute{
		MarkdownDescription: "Your own id of the chat. The newest open chat with it is found, or else the newest closed one. No call takes an alias, so the list of chats is read for it, ten chats per request, as far back as needed.",
		Optional:            true,
		Computed:            true,
	}
	attributes["team_id"] = attribute.Found("Id of the team that the chat is in.")
	attributes["team_name"] = attribute.Found("Name of the team that the chat is in.")
	attributes["subject"] = attribute.Found("Subject, on channel `email`.")
	attributes["thread_id"] = attribute.Found("Thread id, on channel `livechat`.")
	attributes["route_params"] = schema.MapAttribute{MarkdownDescription: "Routing attributes.", Computed: true, ElementType: types.StringType}
	attributes["messages"] = schema.ListNestedAttribute{
		MarkdownDescription: "The transcript, in the platform's order; whether that is all of it is up to the platform. Null where the platform answers only the list of chats.",
		Computed:            true,
		NestedObject:        schema.NestedAttributeObject{Attributes: messageDataAttributes()},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A [chat](https://docs.imi.chat/reference/create-chat) by `chat_id` or `alias_id`, with its transcript. Where the platform does not answer the call " +
			"that reads one chat, which no page documents, the list of chats answers, without team, subject, thread id, routing attributes and messages.",
		Attributes: attributes,
	}
}

func (d *chatDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config chatDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(d.client, &resp.Diagnostics)

	chat, err := d.find(ctx, &config)

	name := "Chat " + config.ChatID.ValueString()
	if config.ChatID.ValueString() == "" {
		name = "The chat with this alias_id"
	}

	switch {
	case transport.IsNotFound(err), err == nil && chat == nil:
		apidiag.NotFound(&resp.Diagnostics, name)
		return
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read chat", err)
		return
	}

	config.fromAPI(chat)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

func (d *chatDataSource) find(ctx context.Context, config *chatDataModel) (*api.Chat, error) {
	if config.ChatID.ValueString() != "" {
		return d.client.WholeChat(ctx, config.ChatID.ValueString())
	}

	chat, err := d.client.OpenChatByAlias(ctx, config.AliasID.ValueString())
	if err != nil && !api.IsTooFar(err) {
		return nil, err
	}

	if chat == nil {
		chats, err := d.client.ChatsByAlias(ctx, config.AliasID.ValueString())
		if err != nil || len(chats) == 0 {
			return nil, err
		}

		chat = chats[0]
	}

	return d.client.WholeChat(ctx, chat.ID)
}

func (m *chatDataModel) fromAPI(chat *api.Chat) {
	m.ID, m.ChatID, m.AliasID = types.StringValue(chat.ID), types.StringValue(chat.ID), tfvalue.StringOrNull(chat.AliasID)
	m.TeamID, m.TeamName = tfvalue.StringOrNull(chat.TeamID), tfvalue.StringOrNull(chat.TeamName)
	m.Channel, m.Status, m.Assignee = tfvalue.StringOrNull(chat.Channel), types.StringValue(chat.Status), tfvalue.StringOrNull(chat.Assignee)
	m.Asset, m.Customer = assetObject(chat), customerObject(chat)
	m.Subject, m.ThreadID = tfvalue.StringOrNull(chat.Subject), tfvalue.StringOrNull(chat.ThreadID)
	m.RouteParams, m.OtherDetails = mapOrNull(chat.RouteParams), mapOrNull(chat.OtherDetails)
	m.Tags, m.Flag = tfvalue.StringSet(chat.Tags), tfvalue.StringOrNull(chat.Flag)
	m.CreatedAt, m.UpdatedAt = tfvalue.Timestamp(chat.CreatedAt), tfvalue.Timestamp(chat.UpdatedAt)

	m.Messages = types.ListNull(messageType())
	if !chat.Listed {
		values := make([]attr.Value, len(chat.Messages))
		for i, message := range chat.Messages {
			values[i] = messageFromAPI(message)
		}

		m.Messages = types.ListValueMust(messageType(), values)
	}
}

func assetObject(chat *api.Chat) types.Object {
	return object(assetType(), map[string]attr.Value{"id": tfvalue.StringOrNull(chat.Asset.ID), "name": tfvalue.StringOrNull(chat.Asset.Name)})
}

func customerObject(chat *api.Chat) types.Object {
	return object(customerType(), map[string]attr.Value{
		"id": tfvalue.StringOrNull(chat.Customer.ID), "destination_id": tfvalue.StringOrNull(chat.Customer.DestinationID), "name": tfvalue.StringOrNull(chat.Customer.Name),
	})
}
