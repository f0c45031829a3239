// Package desk holds the objects that a team works with: agents, agent bots, teams, labels, canned responses, webhooks,
// dashboard apps, assignment policies, custom attribute definitions, and the settings of the account.
package desk

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Resources lists the resources of this area.
func Resources() []func() resource.Resource {
	return []func() resource.Resource{
		newLabelResource,
		newTeamResource,
		newAgentResource,
		newCannedResponseResource,
		newWebhookResource,
		newCustomAttributeDefinitionResource,
		newAgentBotResource,
		newAssignmentPolicyResource,
		newDashboardAppResource,
		newAccountSettingsResource,
		newNotificationSettingsResource,
		newProfileSettingsResource,
		teamMembership.Resource,
	}
}

// DataSources lists the data sources of this area.
func DataSources() []func() datasource.DataSource {
	return slices.Concat(
		labelSources.DataSources(),
		teamSources.DataSources(),
		agentSources.DataSources(),
		cannedResponseSources.DataSources(),
		webhookSources.DataSources(),
		customAttributeDefinitionSources.DataSources(),
		agentBotSources.DataSources(),
		assignmentPolicySources.DataSources(),
		dashboardAppSources.DataSources(),
		[]func() datasource.DataSource{newAccountSettingsDataSource, newNotificationSettingsDataSource, newProfileDataSource, newProfileSettingsDataSource, newServerDataSource},
	)
}
