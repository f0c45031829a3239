package report

import (
	"context"
	"iter"

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
	_ datasource.DataSourceWithConfigure        = (*auditLogsDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*auditLogsDataSource)(nil)
)

func newAuditLogsDataSource() datasource.DataSource {
	return &auditLogsDataSource{dataSource{name: "chatlake_audit_logs"}}
}

type auditLogsDataSource struct{ dataSource }

type auditLogsModel struct {
	Since      types.String    `tfsdk:"since"`
	Until      types.String    `tfsdk:"until"`
	MaxResults types.Int64     `tfsdk:"max_results"`
	Logs       []auditLogModel `tfsdk:"audit_logs"`
}

type auditLogModel struct {
	ID            types.String `tfsdk:"id"`
	AuditableType types.String `tfsdk:"auditable_type"`
	AuditableID   types.String `tfsdk:"auditable_id"`
	Action        types.String `tfsdk:"action"`
	UserID        types.String `tfsdk:"user_id"`
	Username      types.String `tfsdk:"username"`
	Version       types.Int64  `tfsdk:"version"`
	Changes       types.String `tfsdk:"audited_changes_json"`
	RemoteAddress types.String `tfsdk:"remote_address"`
	CreatedAt     types.String `tfsdk:"created_at"`
}

func (d *auditLogsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The log of the account: who changed which inboxes, members of inboxes and teams, teams, agents, webhooks, macros, automation rules and agent bots, " +
			"who changed the account itself, and which conversations were deleted. Other objects are not logged. The newest entry comes first. A long log is read in pages of 25 entries, so narrow it with `since` or `max_results`.",
		Attributes: map[string]schema.Attribute{
			"since":       instant("Only entries of this time or later, such as `2026-01-31T00:00:00Z`. Older ones are not asked for."),
			"until":       instant("Only entries from before this time. Newer ones are read, and left out."),
			"max_results": attribute.MaxResults("entries"),
			"audit_logs": attribute.FoundList("The entries.", map[string]schema.Attribute{
				"id":                   attribute.Found("The entry's id."),
				"auditable_type":       attribute.Found("What was changed, in the server's own word, such as `Inbox`, `AccountUser` or `AutomationRule`."),
				"auditable_id":         attribute.Found("The id of what was changed."),
				"action":               attribute.Found("What was done: `create`, `update` or `destroy`."),
				"user_id":              attribute.Found("The id of the user who did it; null if it was a platform app or the server."),
				"username":             attribute.Found("The address of that user."),
				"version":              attribute.FoundNumber("The number of the entry among those of the same object, from 1."),
				"audited_changes_json": attribute.FoundSecret("The changed columns as JSON, for `jsondecode`: one value each of something new or gone, and the old and the new one of an update. Columns may hold secrets, such as the address of a webhook."),
				"remote_address":       attribute.Found("The address that the request came from."),
				"created_at":           attribute.Found("When it was done."),
			}),
		},
	}
}

func (d *auditLogsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data auditLogsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}

	data.Logs = []auditLogModel{}

	for log, err := range within(periodOf(data.Since, data.Until), d.Client.EachAuditLog(ctx)) {
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "list audit logs", err)
			return
		}

		data.Logs = append(data.Logs, auditLogModel{
			ID: types.StringValue(log.ID.String()), AuditableType: tfvalue.StringOrNull(log.AuditableType), AuditableID: account.IDOrNull(log.AuditableID),
			Action: tfvalue.StringOrNull(log.Action), UserID: account.IDOrNull(log.UserID), Username: tfvalue.StringOrNull(log.Username),
			Version: types.Int64Value(log.Version), Changes: account.JSONText(log.Changes), RemoteAddress: tfvalue.StringOrNull(log.RemoteAddress),
			CreatedAt: tfvalue.Timestamp(log.CreatedAt.Time),
		})
		if int64(len(data.Logs)) == data.MaxResults.ValueInt64() {
			break
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}

// within leaves out entries that are not of the period. The newest come first, so that what follows an older one is not asked for.
func within(asked api.Period, logs iter.Seq2[api.AuditLog, error]) iter.Seq2[api.AuditLog, error] {
	return func(yield func(api.AuditLog, error) bool) {
		for log, err := range logs {
			if err == nil && log.CreatedAt.Before(asked.Since) {
				return
			}

			isLater := err == nil && !asked.Until.IsZero() && !log.CreatedAt.Before(asked.Until)
			if !isLater && !yield(log, err) {
				return
			}
		}
	}
}
