package talk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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

var _ datasource.DataSourceWithConfigure = (*conversationsDataSource)(nil)

func newConversationsDataSource() datasource.DataSource { return &conversationsDataSource{} }

type conversationsDataSource struct{ account.DataSource }

// conversationRow is a conversation in a list, which cannot hold objects of differing types.
type conversationRow struct {
	conversationData

	CustomAttributes     types.String `tfsdk:"custom_attributes_json"`
	AdditionalAttributes types.String `tfsdk:"additional_attributes_json"`
}

func (d *conversationsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_conversations"
}

func (d *conversationsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	row := conversationDataAttributes()
	row["custom_attributes_json"] = attribute.Found("Custom attributes as JSON, for `jsondecode`; null if there are none.")
	row["additional_attributes_json"] = attribute.Found("Additional attributes as JSON, for `jsondecode`; null if there are none.")
	filter := func(description string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: attribute.OrEmpty(validators...)}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Conversations that the token's user may see, oldest first.",
		Attributes: map[string]schema.Attribute{
			"status": filter("Only those of this status, one of "+attribute.Choices(statuses()...)+". Default: all.", stringvalidator.OneOf(statuses()...)),
			"assignee_type": filter("Only those that the token's user has (`me`), that no agent has (`unassigned`), or that an agent has (`assigned`). Default: all.",
				stringvalidator.OneOf("me", "unassigned", "assigned")),
			"inbox_id":      filter("Only those of this inbox.", attribute.IntegerID()),
			"team_id":       filter("Only those of this team.", attribute.IntegerID()),
			"source_id":     filter("Only those of this session."),
			"query":         filter("Only those with a message that holds this text."),
			"labels":        schema.SetAttribute{MarkdownDescription: "Only those with at least one of these labels.", Optional: true, ElementType: types.StringType},
			"max_results":   attribute.MaxResults("conversations"),
			"conversations": attribute.FoundList("The conversations.", row),
		},
	}
}

func (d *conversationsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data struct {
		Status        types.String      `tfsdk:"status"`
		AssigneeType  types.String      `tfsdk:"assignee_type"`
		InboxID       types.String      `tfsdk:"inbox_id"`
		TeamID        types.String      `tfsdk:"team_id"`
		SourceID      types.String      `tfsdk:"source_id"`
		Query         types.String      `tfsdk:"query"`
		Labels        types.Set         `tfsdk:"labels"`
		MaxResults    types.Int64       `tfsdk:"max_results"`
		Conversations []conversationRow `tfsdk:"conversations"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	labels, diags := tfvalue.Strings(ctx, data.Labels)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	conversations, err := d.Client.Conversations(ctx, api.ConversationsQuery{
		Status: data.Status.ValueString(), AssigneeType: data.AssigneeType.ValueString(),
		InboxID: api.ParseID(data.InboxID.ValueString()), TeamID: api.ParseID(data.TeamID.ValueString()),
		SourceID: data.SourceID.ValueString(), Search: data.Query.ValueString(), Labels: labels,
	}, int(data.MaxResults.ValueInt64()))
	if transport.IsNotFound(err) && data.TeamID.ValueString() != "" {
		apidiag.NotFound(&resp.Diagnostics, "Team "+data.TeamID.ValueString()+", by which team_id narrows the list,")
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "list conversations", err)
		return
	}

	data.Conversations = make([]conversationRow, len(conversations))
	for i := range conversations {
		data.Conversations[i].fromAPI(&conversations[i])
		data.Conversations[i].CustomAttributes = account.JSONText(conversations[i].CustomAttributes)
		data.Conversations[i].AdditionalAttributes = account.JSONText(conversations[i].AdditionalAttributes)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}
