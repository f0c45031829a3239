package report

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ datasource.DataSourceWithConfigure        = (*appliedSLAsDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*appliedSLAsDataSource)(nil)
)

func newAppliedSLAsDataSource() datasource.DataSource {
	return &appliedSLAsDataSource{dataSource{name: "chatlake_applied_slas"}}
}

type appliedSLAsDataSource struct{ dataSource }

type appliedSLAsModel struct {
	Since      types.String      `tfsdk:"since"`
	Until      types.String      `tfsdk:"until"`
	InboxID    types.String      `tfsdk:"inbox_id"`
	TeamID     types.String      `tfsdk:"team_id"`
	PolicyID   types.String      `tfsdk:"sla_policy_id"`
	AgentID    types.String      `tfsdk:"assigned_agent_id"`
	Label      types.String      `tfsdk:"label_list"`
	MaxResults types.Int64       `tfsdk:"max_results"`
	SLAs       []appliedSLAModel `tfsdk:"applied_slas"`
}

type appliedSLAModel struct {
	ID             types.String    `tfsdk:"id"`
	PolicyID       types.String    `tfsdk:"sla_policy_id"`
	Name           types.String    `tfsdk:"sla_name"`
	Status         types.String    `tfsdk:"sla_status"`
	Events         []slaEventModel `tfsdk:"sla_events"`
	ConversationID types.String    `tfsdk:"conversation_id"`
	ContactName    types.String    `tfsdk:"contact_name"`
	Labels         types.Set       `tfsdk:"labels"`
	AgentID        types.String    `tfsdk:"assigned_agent_id"`
	CreatedAt      types.String    `tfsdk:"created_at"`
	UpdatedAt      types.String    `tfsdk:"updated_at"`
}

type slaEventModel struct {
	ID        types.String `tfsdk:"id"`
	Type      types.String `tfsdk:"event_type"`
	CreatedAt types.String `tfsdk:"created_at"`
}

func (d *appliedSLAsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Where SLA policies were missed, the oldest first. The server lists only what was missed: a conversation that is in time, or that was resolved in time, is not in it. " +
			"It looks every few minutes what was missed.",
		Attributes: withPeriod(map[string]schema.Attribute{
			"inbox_id":          filterID("Only those of conversations in this inbox."),
			"team_id":           filterID("Only those of conversations of this team."),
			"sla_policy_id":     filterID("Only those of this SLA policy."),
			"assigned_agent_id": filterID("Only those of conversations of this agent."),
			"label_list":        schema.StringAttribute{MarkdownDescription: "Only those of conversations with this label.", Optional: true},
			"max_results":       attribute.MaxResults("of the oldest"),
			"applied_slas": attribute.FoundList("What was missed.", map[string]schema.Attribute{
				"id":            attribute.Found("The id of the policy in the conversation."),
				"sla_policy_id": attribute.Found("The id of the SLA policy."),
				"sla_name":      attribute.Found("The name of the SLA policy."),
				"sla_status":    attribute.Found("Whether the conversation is resolved (`missed`) or not yet (`active_with_misses`)."),
				"sla_events": attribute.FoundList("What was missed in it.", map[string]schema.Attribute{
					"id":         attribute.Found("The id of the event."),
					"event_type": attribute.Found("What was late: the first answer (`frt`), a later one (`nrt`) or the resolution (`rt`)."),
					"created_at": attribute.Found("When the server noted it."),
				}),
				"conversation_id":   attribute.Found("The id of the conversation."),
				"contact_name":      attribute.Found("The name of the contact."),
				"labels":            attribute.FoundIDs("The labels of the conversation; null if there are none."),
				"assigned_agent_id": attribute.Found("The id of the agent who has the conversation; null if nobody has it."),
				"created_at":        attribute.Found("When the conversation got the policy."),
				"updated_at":        attribute.Found("When something was missed last."),
			}),
		}),
	}
}

func (d *appliedSLAsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data appliedSLAsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}

	data.SLAs = []appliedSLAModel{}

	for sla, err := range d.Client.EachAppliedSLA(ctx, api.AppliedSLAsQuery{
		Period: periodOf(data.Since, data.Until), InboxID: api.ParseID(data.InboxID.ValueString()), TeamID: api.ParseID(data.TeamID.ValueString()),
		PolicyID: api.ParseID(data.PolicyID.ValueString()), AgentID: api.ParseID(data.AgentID.ValueString()), Label: data.Label.ValueString(),
	}) {
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "list applied SLAs", err)
			return
		}

		data.SLAs = append(data.SLAs, appliedSLAFrom(sla))
		if int64(len(data.SLAs)) == data.MaxResults.ValueInt64() {
			break
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}

func appliedSLAFrom(found api.AppliedSLA) appliedSLAModel {
	model := appliedSLAModel{
		ID: types.StringValue(found.Applied.ID.String()), PolicyID: account.IDOrNull(found.Applied.PolicyID), Name: tfvalue.StringOrNull(found.Applied.Name),
		Status: tfvalue.StringOrNull(found.Applied.Status), Events: make([]slaEventModel, len(found.Events)),
		ConversationID: account.IDOrNull(found.Conversation.ID), ContactName: tfvalue.StringOrNull(found.Conversation.Contact.Name),
		Labels: account.TextSetOrNull(found.Conversation.Labels), AgentID: account.IDOrNull(found.Conversation.Assignee.ID),
		CreatedAt: tfvalue.Timestamp(found.Applied.CreatedAt.Time), UpdatedAt: tfvalue.Timestamp(found.Applied.UpdatedAt.Time),
	}

	for i, event := range found.Events {
		model.Events[i] = slaEventModel{
			ID: account.IDOrNull(event.ID), Type: tfvalue.StringOrNull(event.Type), CreatedAt: tfvalue.Timestamp(event.CreatedAt.Time),
		}
	}

	return model
}
