package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*policyDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*policiesDataSource)(nil)
)

func newAssignmentPolicyDataSource() datasource.DataSource { return &policyDataSource{} }

func newAssignmentPoliciesDataSource() datasource.DataSource { return &policiesDataSource{} }

type policyDataSource struct{ account.DataSource }

func (d *policyDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_assignment_policy"
}

func policyDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                       attribute.Found("The policy's id."),
		"name":                     attribute.Found("What the policy is called."),
		"description":              attribute.Found("What the policy is for."),
		"assignment_order":         attribute.Found("Who is next."),
		"conversation_priority":    attribute.Found("Which conversation is next."),
		"fair_distribution_limit":  attribute.FoundNumber("How many conversations an agent gets at most within the window."),
		"fair_distribution_window": attribute.FoundNumber("The window, in seconds."),
		"enabled":                  attribute.FoundFlag("Whether the policy is in force."),
	}
}

func (d *policyDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := policyDataAttributes()
	attributes["id"] = attribute.Lookup("The assignment policy's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID())
	attributes["name"] = attribute.Lookup("What the policy is called.", attribute.NotEmpty())
	resp.Schema = schema.Schema{MarkdownDescription: "An assignment policy, by id or `name`.", Attributes: attributes}
}

func (d *policyDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

func (d *policyDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config policyData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.Client.AssignmentPolicies(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read assignment policies", err)
		return
	}

	for _, one := range all {
		if one.ID.String() == config.ID.ValueString() || one.Name == config.Name.ValueString() {
			config.fromAPI(one, true)
			resp.Diagnostics.Append(resp.State.Set(ctx, config)...)

			return
		}
	}

	apidiag.NotFound(&resp.Diagnostics, "Assignment policy "+config.ID.ValueString()+config.Name.ValueString())
}

type policiesDataSource struct{ account.DataSource }

func (d *policiesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_assignment_policies"
}

func (d *policiesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All assignment policies of the account.",
		Attributes:          map[string]schema.Attribute{"assignment_policies": attribute.FoundList("The assignment policies.", policyDataAttributes())},
	}
}

func (d *policiesDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.AssignmentPolicies(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read assignment policies", err)
		return
	}

	all := struct {
		AssignmentPolicies []policyData `tfsdk:"assignment_policies"`
	}{make([]policyData, len(found))}
	for i, one := range found {
		all.AssignmentPolicies[i].fromAPI(one, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
