// Package report holds what the server counts and notes by itself: reports, the log of the account, and what came of SLA policies and
// of surveys. Nothing in it can be made.
package report

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// Kinds lists the types of this area, all of which are data sources.
func Kinds() account.Kinds {
	return account.Kinds{
		{DataSources: []func() datasource.DataSource{newAppliedSLAsDataSource, newAuditLogsDataSource, newCSATResponsesDataSource, newReportDataSource}},
	}
}

// dataSource is embedded by every data source of this area. All of them are about a period.
type dataSource struct {
	account.DataSource

	name string
}

// Metadata names the type.
func (d *dataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.name
}

// ConfigValidators refuse a period that ends before it begins.
func (*dataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{inOrder{}}
}

// inOrder is a validator for since and until.
type inOrder struct{}

// Description says what is wanted.
func (inOrder) Description(context.Context) string { return "until must be later than since" }

// MarkdownDescription is Description.
func (v inOrder) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateDataSource compares the two, where both are known.
func (inOrder) ValidateDataSource(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var since, until types.String

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("since"), &since)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("until"), &until)...)

	asked := periodOf(since, until)
	if !asked.Since.IsZero() && !asked.Until.IsZero() && !asked.Until.After(asked.Since) {
		resp.Diagnostics.AddAttributeError(path.Root("until"), "The end is not after the beginning", "Attribute until must be later than since.")
	}
}

// periodOf returns the period of a configuration. What is not set, or not known yet, is open.
func periodOf(since, until types.String) api.Period {
	read := func(text types.String) time.Time {
		at, err := time.Parse(time.RFC3339Nano, text.ValueString())
		if err != nil {
			return time.Time{}
		}

		return at
	}

	return api.Period{Since: read(since), Until: read(until)}
}

// instant returns an optional argument that is a time.
func instant(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description, Optional: true, Validators: append(attribute.OrEmpty(attribute.RFC3339()), validators...),
	}
}

// withPeriod adds the arguments since and until, which the server looks at only together.
func withPeriod(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attributes["since"] = instant("Only those that were made at this time or later, such as `2026-01-31T00:00:00Z`. It needs `until`.", attribute.Needs(path.MatchRoot("until")))
	attributes["until"] = instant("Only those that were made before this time. It needs `since`.", attribute.Needs(path.MatchRoot("since")))

	return attributes
}

// filterID returns an optional argument that is an id.
func filterID(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID())}
}
