package report

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ datasource.DataSourceWithConfigure        = (*csatResponsesDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*csatResponsesDataSource)(nil)
)

func newCSATResponsesDataSource() datasource.DataSource {
	return &csatResponsesDataSource{dataSource{name: "chatlake_csat_responses"}}
}

type csatResponsesDataSource struct{ dataSource }

type csatResponsesModel struct {
	Since      types.String        `tfsdk:"since"`
	Until      types.String        `tfsdk:"until"`
	Rating     types.Int64         `tfsdk:"rating"`
	InboxID    types.String        `tfsdk:"inbox_id"`
	TeamID     types.String        `tfsdk:"team_id"`
	UserIDs    types.Set           `tfsdk:"user_ids"`
	MaxResults types.Int64         `tfsdk:"max_results"`
	Responses  []csatResponseModel `tfsdk:"csat_responses"`
}

type csatResponseModel struct {
	ID             types.String `tfsdk:"id"`
	Rating         types.Int64  `tfsdk:"rating"`
	Feedback       types.String `tfsdk:"feedback_message"`
	ReviewNotes    types.String `tfsdk:"csat_review_notes"`
	ConversationID types.String `tfsdk:"conversation_id"`
	MessageID      types.String `tfsdk:"message_id"`
	ContactID      types.String `tfsdk:"contact_id"`
	ContactName    types.String `tfsdk:"contact_name"`
	AgentID        types.String `tfsdk:"assigned_agent_id"`
	AgentName      types.String `tfsdk:"assigned_agent_name"`
	CreatedAt      types.String `tfsdk:"created_at"`
}

func (d *csatResponsesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What customers answered to the surveys that an inbox with `csat_survey_enabled` sends, the oldest answer first. With a deleted contact go the contact's answers.",
		Attributes: withPeriod(map[string]schema.Attribute{
			"rating": schema.Int64Attribute{
				MarkdownDescription: "Only answers with this rating, from 1 to 5.", Optional: true, Validators: []validator.Int64{int64validator.Between(1, 5)},
			},
			"inbox_id": filterID("Only answers about conversations in this inbox."),
			"team_id":  filterID("Only answers about conversations of this team."),
			"user_ids": schema.SetAttribute{
				MarkdownDescription: "Only answers about conversations that one of these agents had.", Optional: true, ElementType: types.StringType,
				Validators: []validator.Set{setvalidator.ValueStringsAre(attribute.IntegerID())},
			},
			"max_results": attribute.MaxResults("of the oldest answers"),
			"csat_responses": attribute.FoundList("The answers.", map[string]schema.Attribute{
				"id":                  attribute.Found("The answer's id."),
				"rating":              attribute.FoundNumber("How content the customer is, from 1 to 5."),
				"feedback_message":    attribute.Found("What the customer wrote."),
				"csat_review_notes":   attribute.Found("What the team wrote about it; null on servers that have no notes."),
				"conversation_id":     attribute.Found("The id of the conversation."),
				"message_id":          attribute.Found("The id of the message that asked."),
				"contact_id":          attribute.Found("The id of the contact."),
				"contact_name":        attribute.Found("The name of the contact."),
				"assigned_agent_id":   attribute.Found("The id of the agent who had the conversation; null if nobody had it."),
				"assigned_agent_name": attribute.Found("The name of that agent."),
				"created_at":          attribute.Found("When the customer answered first."),
			}),
		}),
	}
}

func (d *csatResponsesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data csatResponsesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	users, diags := account.IDs(ctx, data.UserIDs)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	data.Responses = []csatResponseModel{}

	for response, err := range d.Client.EachCSATResponse(ctx, api.CSATResponsesQuery{
		Period: periodOf(data.Since, data.Until), Rating: data.Rating.ValueInt64(), InboxID: api.ParseID(data.InboxID.ValueString()),
		TeamID: api.ParseID(data.TeamID.ValueString()), UserIDs: users,
	}) {
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "list CSAT responses", err)
			return
		}

		data.Responses = append(data.Responses, csatResponseModel{
			ID: types.StringValue(response.ID.String()), Rating: types.Int64Value(response.Rating), Feedback: tfvalue.StringOrNull(response.Feedback),
			ReviewNotes: tfvalue.StringOrNull(response.ReviewNotes), ConversationID: account.IDOrNull(response.ConversationID),
			MessageID: account.IDOrNull(response.MessageID), ContactID: account.IDOrNull(response.Contact.ID),
			ContactName: tfvalue.StringOrNull(response.Contact.Name), AgentID: account.IDOrNull(response.Agent.ID),
			AgentName: tfvalue.StringOrNull(response.Agent.Name), CreatedAt: tfvalue.Timestamp(response.CreatedAt.Time),
		})
		if int64(len(data.Responses)) == data.MaxResults.ValueInt64() {
			break
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}
