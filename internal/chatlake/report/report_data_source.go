package report

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure        = (*reportDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*reportDataSource)(nil)
)

func newReportDataSource() datasource.DataSource {
	return &reportDataSource{dataSource{name: "chatlake_report"}}
}

type reportDataSource struct{ dataSource }

type reportModel struct {
	Type          types.String `tfsdk:"type"`
	ID            types.String `tfsdk:"id"`
	Since         types.String `tfsdk:"since"`
	Until         types.String `tfsdk:"until"`
	BusinessHours types.Bool   `tfsdk:"business_hours"`

	figuresModel

	Previous *figuresModel `tfsdk:"previous"`
}

// figuresModel are the figures of one period.
type figuresModel struct {
	Conversations    types.Int64   `tfsdk:"conversations_count"`
	IncomingMessages types.Int64   `tfsdk:"incoming_messages_count"`
	OutgoingMessages types.Int64   `tfsdk:"outgoing_messages_count"`
	Resolutions      types.Int64   `tfsdk:"resolutions_count"`
	FirstResponse    types.Float64 `tfsdk:"avg_first_response_time"`
	Resolution       types.Float64 `tfsdk:"avg_resolution_time"`
	ReplyTime        types.Float64 `tfsdk:"reply_time"`
}

func figuresFrom(found api.Figures) figuresModel {
	return figuresModel{
		Conversations: types.Int64PointerValue(found.Conversations), IncomingMessages: types.Int64PointerValue(found.IncomingMessages),
		OutgoingMessages: types.Int64PointerValue(found.OutgoingMessages), Resolutions: types.Int64PointerValue(found.Resolutions),
		FirstResponse: types.Float64PointerValue(found.FirstResponse), Resolution: types.Float64PointerValue(found.Resolution),
		ReplyTime: types.Float64PointerValue(found.ReplyTime),
	}
}

// addFigures adds what is counted in one period.
func addFigures(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attributes["conversations_count"] = attribute.FoundNumber("How many conversations began.")
	attributes["incoming_messages_count"] = attribute.FoundNumber("How many messages customers sent; always 0 for an agent.")
	attributes["outgoing_messages_count"] = attribute.FoundNumber("How many messages were sent to customers.")
	attributes["resolutions_count"] = attribute.FoundNumber("How often a conversation was resolved.")
	attributes["avg_first_response_time"] = attribute.FoundFloat("How long customers waited for the first answer, in seconds on average; null if there was none.")
	attributes["avg_resolution_time"] = attribute.FoundFloat("How long conversations took, in seconds on average; null if none was resolved.")
	attributes["reply_time"] = attribute.FoundFloat("How long customers waited for a later answer, in seconds on average; null if there was none.")

	return attributes
}

func (d *reportDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What the server has counted in a period, for the account or for one inbox, agent, team or label. Jobs of the server count, so that what has just happened may be missing.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/reports/get-account-reporting-summary).",
		Attributes: addFigures(map[string]schema.Attribute{
			"type": attribute.RequiredLookup("What is counted: "+attribute.Choices("account", "inbox", "agent", "team", "label")+".", stringvalidator.OneOf("account", "inbox", "agent", "team", "label")),
			"id": schema.StringAttribute{
				MarkdownDescription: "The id of the inbox, agent, team or label; none for the account.", Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID()),
			},
			"since":          attribute.RequiredLookup("When the period begins, such as `2026-01-01T00:00:00Z`. The server counts in whole seconds.", attribute.RFC3339()),
			"until":          attribute.RequiredLookup("When the period ends; this moment is not part of it.", attribute.RFC3339()),
			"business_hours": schema.BoolAttribute{MarkdownDescription: "Whether only the hours in which an inbox is open count for times. Default: false.", Optional: true},
			"previous": schema.SingleNestedAttribute{
				MarkdownDescription: "The same figures of the period of the same length before.", Computed: true, Attributes: addFigures(map[string]schema.Attribute{}),
			},
		}),
	}
}

// ConfigValidators want an id for all but the account, and a period that ends after it begins.
func (*reportDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{inOrder{}, ofObject{}}
}

// ofObject is a validator for type and id.
type ofObject struct{}

// Description says what is wanted.
func (ofObject) Description(context.Context) string {
	return "a report that is not of the type account needs an id, and one of the account has none"
}

// MarkdownDescription is Description.
func (v ofObject) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateDataSource compares the two, where both are known.
func (ofObject) ValidateDataSource(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var kind, id types.String

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("type"), &kind)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("id"), &id)...)
	if kind.IsUnknown() || kind.IsNull() || id.IsUnknown() {
		return
	}

	isOfAccount, hasID := kind.ValueString() == "account", id.ValueString() != ""

	switch {
	case isOfAccount && hasID:
		resp.Diagnostics.AddAttributeError(path.Root("id"), "An account needs no id", "A report of the type account is about the account that the provider is configured for. Take id out, or name another type.")
	case !isOfAccount && !hasID:
		resp.Diagnostics.AddAttributeError(path.Root("type"), "An id is missing", "A report that is not of the type account needs the id of what it is about.")
	}
}

func (d *reportDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data reportModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.Client.Report(ctx, api.ReportQuery{
		Period: periodOf(data.Since, data.Until), Type: data.Type.ValueString(), ID: api.ParseID(data.ID.ValueString()), BusinessHours: data.BusinessHours.ValueBool(),
	})
	if transport.IsNotFound(err) {
		apidiag.NotFound(&resp.Diagnostics, "The "+data.Type.ValueString()+" "+data.ID.ValueString()+", which the report is about,")
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the report", err)
		return
	}

	previous := figuresFrom(found.Previous)
	data.figuresModel, data.Previous = figuresFrom(found.Figures), &previous
	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}
