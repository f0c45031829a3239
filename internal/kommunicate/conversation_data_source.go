package kommunicate

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure        = (*conversationDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*conversationDataSource)(nil)
)

func newConversationDataSource() datasource.DataSource { return &conversationDataSource{} }

type conversationDataSource struct{ configuredDataSource }

// conversationRow is a conversation as data sources show it.
type conversationRow struct {
	ID               types.String `tfsdk:"id"`
	GroupID          types.String `tfsdk:"group_id"`
	ClientGroupID    types.String `tfsdk:"client_group_id"`
	GroupName        types.String `tfsdk:"group_name"`
	Assignee         types.String `tfsdk:"assignee"`
	TeamID           types.String `tfsdk:"team_id"`
	Status           types.String `tfsdk:"status"`
	ImageURL         types.String `tfsdk:"image_url"`
	Metadata         types.Map    `tfsdk:"metadata"`
	ConversationInfo types.Map    `tfsdk:"conversation_info"`
	AdminID          types.String `tfsdk:"admin_id"`
	AllMembers       types.Set    `tfsdk:"all_members"`
	CreatedAt        types.String `tfsdk:"created_at"`
	UpdatedAt        types.String `tfsdk:"updated_at"`
	UnreadCount      types.Int64  `tfsdk:"unread_count"`
}

func (m *conversationRow) fromAPI(found api.Conversation) {
	m.ID, m.GroupID = types.StringValue(string(found.ID)), types.StringValue(string(found.ID))
	m.ClientGroupID = tfvalue.StringOrNull(string(found.ClientGroupID))
	m.GroupName = types.StringValue(found.Name)
	m.Assignee = tfvalue.StringOrNull(found.Metadata[api.KeyAssignee])
	m.TeamID = tfvalue.StringOrNull(found.Metadata[api.KeyTeam])
	m.Status = tfvalue.StringOrNull(statusName(found.Metadata[api.KeyStatus]))
	m.ImageURL = tfvalue.StringOrNull(found.ImageURL)
	m.Metadata = tfvalue.MapOf(found.Metadata)
	m.ConversationInfo = tfvalue.MapOf(found.Object(api.KeyInfo))
	m.AdminID = tfvalue.StringOrNull(found.AdminID)
	m.AllMembers = tfvalue.StringSet(found.Members())
	m.CreatedAt, m.UpdatedAt = tfvalue.Milliseconds(found.CreatedAtTime), tfvalue.Milliseconds(found.UpdatedAtTime)
	m.UnreadCount = types.Int64Value(found.UnreadCount)
}

// conversationAttributes describe a conversation that was found.
func conversationAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                schema.StringAttribute{MarkdownDescription: "Group id, the same as `group_id`.", Computed: true},
		"group_id":          schema.StringAttribute{MarkdownDescription: "Id that the platform gave the conversation.", Computed: true},
		"client_group_id":   schema.StringAttribute{MarkdownDescription: "The caller's own id of the conversation.", Computed: true},
		"group_name":        schema.StringAttribute{MarkdownDescription: "Title of the conversation.", Computed: true},
		"assignee":          schema.StringAttribute{MarkdownDescription: "User id of the agent or bot who the conversation is assigned to.", Computed: true},
		"team_id":           schema.StringAttribute{MarkdownDescription: "Id of the team that the conversation belongs to.", Computed: true},
		"status":            schema.StringAttribute{MarkdownDescription: "`initial`, `open`, `progress`, `closed`, `spam`, `duplicate`, `archive`, `unresponded` or `waiting`.", Computed: true},
		"image_url":         schema.StringAttribute{MarkdownDescription: "Address of the conversation's image.", Computed: true},
		"metadata":          schema.MapAttribute{MarkdownDescription: "All metadata, as text, with the platform's own keys.", Computed: true, ElementType: types.StringType},
		"conversation_info": schema.MapAttribute{MarkdownDescription: "What agents see beside the chat.", Computed: true, ElementType: types.StringType},
		"admin_id":          schema.StringAttribute{MarkdownDescription: "User id of the conversation's admin.", Computed: true},
		"all_members":       schema.SetAttribute{MarkdownDescription: "User ids of all members.", Computed: true, ElementType: types.StringType},
		"created_at":        schema.StringAttribute{MarkdownDescription: "When the conversation was created. RFC 3339, in UTC.", Computed: true},
		"updated_at":        schema.StringAttribute{MarkdownDescription: "When the conversation last changed. RFC 3339, in UTC.", Computed: true},
		"unread_count":      schema.Int64Attribute{MarkdownDescription: "How many messages of the conversation the provider's acting user has not read.", Computed: true},
	}
}

// conversationDataModel is a conversation with its assignee.
type conversationDataModel struct {
	conversationRow

	AssigneeDetails *userDataModel `tfsdk:"assignee_details"`
}

func (d *conversationDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "kommunicate_conversation"
}

func (d *conversationDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := conversationAttributes()
	attributes["group_id"] = schema.StringAttribute{
		MarkdownDescription: "Id that the platform gave the conversation. Set this or `client_group_id`.",
		Optional:            true, Computed: true,
		Validators: attribute.OrEmpty(attribute.IntegerID()),
	}
	attributes["client_group_id"] = schema.StringAttribute{
		MarkdownDescription: "The caller's own id of the conversation. Set this or `group_id`.",
		Optional:            true, Computed: true,
		Validators: []validator.String{stringvalidator.LengthAtMost(longestClientID)},
	}
	attributes["assignee_details"] = schema.SingleNestedAttribute{
		MarkdownDescription: "The agent or bot who the conversation is assigned to; null if it has no assignee.",
		Computed:            true,
		Attributes:          userAttributes(),
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A conversation of a Kommunicate application, with what changes by itself.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents reading conversations; the provider uses the chat backend's call. Where the platform refuses that, the data source fails and says so.",
		Attributes: attributes,
	}
}

// ConfigValidators require one key.
func (d *conversationDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{attribute.ExactlyOne("group_id", "client_group_id")}
}

// Read looks the conversation up.
func (d *conversationDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config conversationDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	key, look := config.GroupID.ValueString(), d.client.SeenConversation
	name := "conversation " + key

	if config.GroupID.ValueString() == "" {
		key, look = config.ClientGroupID.ValueString(), d.client.SeenConversationByClientID
		name = "the conversation with this client_group_id"
	}

	found, err := look(ctx, key)
	if transport.IsNotFound(err) {
		apidiag.NotFound(&resp.Diagnostics, strings.ToUpper(name[:1])+name[1:])
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read "+name, err)
		return
	}

	config.fromAPI(found)
	config.AssigneeDetails = nil

	assignee := found.Metadata[api.KeyAssignee]
	if assignee != "" {
		details, err := d.client.UserWithLastMessage(ctx, assignee)
		if err != nil && !transport.IsNotFound(err) {
			apidiag.Add(&resp.Diagnostics, "read assignee "+assignee, err)
			return
		}

		if err == nil {
			config.AssigneeDetails = &userDataModel{}
			config.AssigneeDetails.fromAPI(details)
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
