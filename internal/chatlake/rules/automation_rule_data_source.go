package rules

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*ruleDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*rulesDataSource)(nil)
)

func newAutomationRuleDataSource() datasource.DataSource { return &ruleDataSource{} }

func newAutomationRulesDataSource() datasource.DataSource { return &rulesDataSource{} }

type ruleDataSource struct{ account.DataSource }

func (d *ruleDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_automation_rule"
}

func ruleDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":          attribute.Found("The rule's id."),
		"name":        attribute.Found("What the rule is called."),
		"description": attribute.Found("What the rule is for."),
		"event_name":  attribute.Found("When the rule acts."),
		"conditions":  attribute.Found("On what, as JSON."),
		"actions":     attribute.Found("What is done, as JSON."),
		"active":      attribute.FoundFlag("Whether the rule is in force."),
		"created_on":  attribute.Found("When it was made. RFC 3339, in UTC."),
	}
}

func (d *ruleDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := ruleDataAttributes()
	attributes["id"] = attribute.Lookup("The automation rule's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID())
	attributes["name"] = attribute.Lookup("What the rule is called. It is an error if several have it.", attribute.NotEmpty())
	resp.Schema = schema.Schema{MarkdownDescription: "An automation rule, by id or `name`.", Attributes: attributes}
}

func (d *ruleDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

func (d *ruleDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config ruleData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.Client.AutomationRules(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read automation rules", err)
		return
	}

	found, ok := account.FindOne(&resp.Diagnostics, account.Query{Kind: "automation_rule", ID: config.ID, Key: config.Name, KeyName: "name"}, all, func(one api.AutomationRule) (api.ID, string) { return one.ID, one.Name })
	if !ok {
		return
	}

	config.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

type rulesDataSource struct{ account.DataSource }

func (d *rulesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_automation_rules"
}

func (d *rulesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All automation rules of the account.",
		Attributes:          map[string]schema.Attribute{"automation_rules": attribute.FoundList("The automation rules.", ruleDataAttributes())},
	}
}

func (d *rulesDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.AutomationRules(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read automation rules", err)
		return
	}

	all := struct {
		AutomationRules []ruleData `tfsdk:"automation_rules"`
	}{make([]ruleData, len(found))}
	for i, one := range found {
		all.AutomationRules[i].fromAPI(one)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
