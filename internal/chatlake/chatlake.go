// Package chatlake is the room of Chatlake: its resources and data sources. What they need of the platform they ask of api.
package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
)

// Resources lists the room's resources.
func Resources() []func() resource.Resource {
	return []func() resource.Resource{
		newLabelResource,
		newContactResource,
		newContactInboxResource,
		newConversationResource,
		newMessageResource,
		newTeamResource,
		newAgentResource,
		newInboxResource,
		newCannedResponseResource,
		newWebhookResource,
		newCustomAttributeDefinitionResource,
		newAgentBotResource,
		newAssignmentPolicyResource,
		newDashboardAppResource,
		newAutomationRuleResource,
		newMacroResource,
		newCustomFilterResource,
		newContactNoteResource,
		newAccountSettingsResource,
		newPortalResource,
		newCategoryResource,
		newArticleResource,
	}
}

// DataSources lists the room's data sources.
func DataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newContactDataSource,
		newContactsDataSource,
		newContactInboxDataSource,
		newConversationDataSource,
		newConversationsDataSource,
		newMessageDataSource,
		newMessagesDataSource,
		newLabelDataSource,
		newLabelsDataSource,
		newTeamDataSource,
		newTeamsDataSource,
		newAgentDataSource,
		newAgentsDataSource,
		newInboxDataSource,
		newInboxesDataSource,
		newCannedResponseDataSource,
		newCannedResponsesDataSource,
		newWebhookDataSource,
		newWebhooksDataSource,
		newCustomAttributeDefinitionDataSource,
		newCustomAttributeDefinitionsDataSource,
		newAgentBotDataSource,
		newAgentBotsDataSource,
		newAssignmentPolicyDataSource,
		newAssignmentPoliciesDataSource,
		newDashboardAppDataSource,
		newDashboardAppsDataSource,
		newAutomationRuleDataSource,
		newAutomationRulesDataSource,
		newMacroDataSource,
		newMacrosDataSource,
		newCustomFilterDataSource,
		newCustomFiltersDataSource,
		newContactNoteDataSource,
		newContactNotesDataSource,
		newAccountSettingsDataSource,
		newPortalDataSource,
		newPortalsDataSource,
		newCategoryDataSource,
		newCategoriesDataSource,
		newArticleDataSource,
		newArticlesDataSource,
		newProfileDataSource,
		newServerDataSource,
	}
}

// Functions lists the room's functions.
func Functions() []func() function.Function {
	return []func() function.Function{}
}

// clientSource is what the room wants of the provider.
type clientSource interface {
	Chatlake() (*api.Client, diag.Diagnostics)
}

// configuredResource is embedded by every resource.
type configuredResource struct{ client *api.Client }

// Configure takes the platform's client.
func (r *configuredResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.client = providerdata.Client(req.ProviderData, clientSource.Chatlake, &resp.Diagnostics)
}

// configuredDataSource is embedded by every data source.
type configuredDataSource struct{ client *api.Client }

// Configure takes the platform's client.
func (d *configuredDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.client = providerdata.Client(req.ProviderData, clientSource.Chatlake, &resp.Diagnostics)
}
