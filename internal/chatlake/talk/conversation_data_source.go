package talk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var _ datasource.DataSourceWithConfigure = (*conversationDataSource)(nil)

func newConversationDataSource() datasource.DataSource { return &conversationDataSource{} }

type conversationDataSource struct{ account.DataSource }

// conversationData is one conversation of a data source, with what changes by itself.
type conversationData struct {
	ID                  types.String `tfsdk:"id"`
	UUID                types.String `tfsdk:"uuid"`
	InboxID             types.String `tfsdk:"inbox_id"`
	ContactID           types.String `tfsdk:"contact_id"`
	ContactName         types.String `tfsdk:"contact_name"`
	SourceID            types.String `tfsdk:"source_id"`
	Channel             types.String `tfsdk:"channel"`
	Status              types.String `tfsdk:"status"`
	SnoozedUntil        types.String `tfsdk:"snoozed_until"`
	AssigneeID          types.String `tfsdk:"assignee_id"`
	AssigneeName        types.String `tfsdk:"assignee_name"`
	TeamID              types.String `tfsdk:"team_id"`
	TeamName            types.String `tfsdk:"team_name"`
	Priority            types.String `tfsdk:"priority"`
	SLAPolicyID         types.String `tfsdk:"sla_policy_id"`
	Labels              types.Set    `tfsdk:"labels"`
	Muted               types.Bool   `tfsdk:"muted"`
	CanReply            types.Bool   `tfsdk:"can_reply"`
	UnreadCount         types.Int64  `tfsdk:"unread_count"`
	LastActivityAt      types.String `tfsdk:"last_activity_at"`
	WaitingSince        types.String `tfsdk:"waiting_since"`
	FirstReplyCreatedAt types.String `tfsdk:"first_reply_created_at"`
	AgentLastSeenAt     types.String `tfsdk:"agent_last_seen_at"`
	ContactLastSeenAt   types.String `tfsdk:"contact_last_seen_at"`
	CreatedAt           types.String `tfsdk:"created_at"`
}

func (m *conversationData) fromAPI(found *api.Conversation) {
	m.ID, m.UUID = types.StringValue(found.ID.String()), tfvalue.StringOrNull(found.UUID)
	m.InboxID, m.ContactID = types.StringValue(found.InboxID.String()), types.StringValue(found.Meta.Sender.ID.String())
	m.ContactName, m.Channel = tfvalue.StringOrNull(found.Meta.Sender.Name), tfvalue.StringOrNull(found.Meta.Channel)
	m.SourceID = tfvalue.StringOrNull(found.SourceID())
	m.Status, m.SnoozedUntil = types.StringValue(found.Status), tfvalue.Timestamp(found.SnoozedUntil.Time)

	m.AssigneeID, m.TeamID = account.IDOrNull(found.AssigneeID()), account.IDOrNull(found.TeamID())
	if found.Meta.Assignee != nil {
		m.AssigneeName = tfvalue.StringOrNull(found.Meta.Assignee.Name)
	}

	if found.Meta.Team != nil {
		m.TeamName = tfvalue.StringOrNull(found.Meta.Team.Name)
	}

	m.Priority, m.Labels = tfvalue.StringOrNull(found.Priority), tfvalue.StringSet(found.Labels)
	m.SLAPolicyID = account.IDOrNull(found.SLAPolicyID)
	m.Muted, m.CanReply = types.BoolValue(found.Muted), types.BoolValue(found.CanReply)
	m.UnreadCount = types.Int64Value(found.UnreadCount)
	m.LastActivityAt, m.WaitingSince = tfvalue.Timestamp(found.LastActivityAt.Time), tfvalue.Timestamp(found.WaitingSince.Time)
	m.FirstReplyCreatedAt = tfvalue.Timestamp(found.FirstReplyCreatedAt.Time)
	m.AgentLastSeenAt, m.ContactLastSeenAt = tfvalue.Timestamp(found.AgentLastSeenAt.Time), tfvalue.Timestamp(found.ContactLastSeenAt.Time)
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

func conversationDataAttributes() map[string]schema.Attribute {
	const utc = " RFC 3339, in UTC."

	return map[string]schema.Attribute{
		"id":                     attribute.Found("The conversation's id, its number in the account."),
		"uuid":                   attribute.Found("The conversation's universal id."),
		"inbox_id":               attribute.Found("The inbox."),
		"contact_id":             attribute.Found("The contact."),
		"contact_name":           attribute.Found("The contact's name."),
		"source_id":              attribute.Found("The contact's session in the inbox; null as long as the conversation has no message, which is what tells it."),
		"channel":                attribute.Found("The inbox's channel, such as `Channel::Api`."),
		"status":                 attribute.Found("One of " + attribute.Choices(statuses()...) + "."),
		"snoozed_until":          attribute.Found("When a snoozed conversation is reopened." + utc),
		"assignee_id":            attribute.Found("The agent who has the conversation; null if there is none, or a bot."),
		"assignee_name":          attribute.Found("The name of the agent or bot that has the conversation."),
		"team_id":                attribute.Found("The team that has the conversation."),
		"team_name":              attribute.Found("The team's name."),
		"priority":               attribute.Found("One of " + attribute.Choices(priorities()...) + ", or null."),
		"sla_policy_id":          attribute.Found("The SLA policy; null if there is none, as on the community edition of the server."),
		"labels":                 schema.SetAttribute{MarkdownDescription: "The conversation's labels.", Computed: true, ElementType: types.StringType},
		"muted":                  attribute.FoundFlag("Whether the contact is blocked."),
		"can_reply":              attribute.FoundFlag("Whether the channel still takes an answer."),
		"unread_count":           schema.Int64Attribute{MarkdownDescription: "How many messages no agent has seen.", Computed: true},
		"last_activity_at":       attribute.Found("When something last happened." + utc),
		"waiting_since":          attribute.Found("Since when the contact waits for an answer; null if the contact does not wait." + utc),
		"first_reply_created_at": attribute.Found("When the contact was first answered." + utc),
		"agent_last_seen_at":     attribute.Found("When an agent last looked." + utc),
		"contact_last_seen_at":   attribute.Found("When the contact last looked." + utc),
		"created_at":             attribute.Found("When the conversation was opened." + utc),
	}
}

func (d *conversationDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_conversation"
}

func (d *conversationDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := conversationDataAttributes()
	attributes["id"] = schema.StringAttribute{
		MarkdownDescription: "The conversation's id, its number in the account.", Required: true, Validators: []validator.String{attribute.IntegerID()},
	}
	attributes["custom_attributes"] = schema.DynamicAttribute{MarkdownDescription: "All custom attributes, an object.", Computed: true}
	attributes["additional_attributes"] = schema.DynamicAttribute{MarkdownDescription: "All additional attributes, an object.", Computed: true}
	resp.Schema = schema.Schema{MarkdownDescription: "A conversation, by id.", Attributes: attributes}
}

func (d *conversationDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data struct {
		conversationData

		CustomAttributes     types.Dynamic `tfsdk:"custom_attributes"`
		AdditionalAttributes types.Dynamic `tfsdk:"additional_attributes"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.Client.Conversation(ctx, api.ParseID(data.ID.ValueString()))
	if transport.IsNotFound(err) {
		apidiag.NotFound(&resp.Diagnostics, "Conversation "+data.ID.ValueString())
		return
	}

	apidiag.Add(&resp.Diagnostics, "read conversation "+data.ID.ValueString(), err)
	if resp.Diagnostics.HasError() {
		return
	}

	data.fromAPI(&found)
	data.CustomAttributes = account.ObjectOrNull(found.CustomAttributes)
	data.AdditionalAttributes = account.ObjectOrNull(found.AdditionalAttributes)
	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}
