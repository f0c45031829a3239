package desk

import (
	"cmp"
	"context"
	"iter"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// ListResources lists what terraform query can list of this area.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{
		labelList.New, teamList.New, agentList.New, cannedResponseList.New, webhookList.New, customAttributeDefinitionList.New,
		agentBotList.New, assignmentPolicyList.New, dashboardAppList.New, accountSettingsList.New, notificationSettingsList.New, profileSettingsList.New, teamMembership.List,
	}
}

var labelList = account.Listing[api.Label, labelModel]{
	Type: "chatlake_label", Noun: "labels",
	Description: "All labels of the account, by title.",
	Objects:     account.Whole((*api.Client).Labels),
	Name:        func(found api.Label) string { return found.Title },
	Fill: func(_ context.Context, _ *api.Client, m *labelModel, found api.Label, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}

// teamList lists teams. The members of each take a request of their own.
var teamList = account.Listing[api.Team, teamModel]{
	Type: "chatlake_team", Noun: "teams",
	Description: "All teams of the account. With `include_resource`, the members of each team take a request of their own.",
	Objects:     account.Whole((*api.Client).Teams),
	Name:        func(found api.Team) string { return found.Name },
	Fill: func(ctx context.Context, client *api.Client, m *teamModel, found api.Team, diags *diag.Diagnostics) {
		var err error

		m.MemberIDs, err = account.ReadMembers(ctx, client.TeamMembers, found.ID, m.MemberIDs, true)
		apidiag.Add(diags, "read the members of team "+found.ID.String(), account.UnlessGone(err))
		m.fromAPI(found, true)
	},
}

var agentList = account.Listing[api.Agent, agentModel]{
	Type: "chatlake_agent", Noun: "agents",
	Description: "All agents of the account, administrators among them.",
	Objects:     account.Whole((*api.Client).Agents),
	Name:        func(found api.Agent) string { return found.Name + " <" + found.Email + ">" },
	Fill: func(_ context.Context, _ *api.Client, m *agentModel, found api.Agent, _ *diag.Diagnostics) {
		m.fromAPI(found)
		m.setAvailability(found)
	},
}

var cannedResponseList = account.Listing[api.CannedResponse, cannedResponseModel]{
	Type: "chatlake_canned_response", Noun: "canned responses",
	Description: "All canned responses of the account.",
	Objects:     account.Whole((*api.Client).CannedResponses),
	Name:        func(found api.CannedResponse) string { return found.ShortCode },
	Fill: func(_ context.Context, _ *api.Client, m *cannedResponseModel, found api.CannedResponse, _ *diag.Diagnostics) {
		m.fromAPI(found)
	},
}

var webhookList = account.Listing[api.Webhook, webhookModel]{
	Type: "chatlake_webhook", Noun: "webhooks",
	Description: "All webhooks of the account.",
	Objects:     account.Whole((*api.Client).Webhooks),
	Name:        func(found api.Webhook) string { return cmp.Or(found.Name, "to "+hostOf(found.URL)) },
	Fill: func(_ context.Context, _ *api.Client, m *webhookModel, found api.Webhook, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}

var customAttributeDefinitionList = account.Listing[api.CustomAttributeDefinition, customAttributeDefinitionModel]{
	Type: "chatlake_custom_attribute_definition", Noun: "custom attribute definitions",
	Description: "The custom attribute definitions of the account.",
	Arguments: map[string]schema.Attribute{
		"attribute_model": lookup.Filter("Only those of what has the attribute: "+attribute.Choices(definitionModels...)+".", attribute.Known(definitionModels...)),
	},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.CustomAttributeDefinition, error] {
		all := lookup.Each(func() ([]api.CustomAttributeDefinition, error) { return client.CustomAttributeDefinitions(ctx) })
		model := given.Text("attribute_model")

		return lookup.Only(all, func(found api.CustomAttributeDefinition) bool { return model == "" || found.Model == model })
	},
	Name: func(found api.CustomAttributeDefinition) string { return found.DisplayName + " (" + found.Model + ")" },
	Fill: func(_ context.Context, _ *api.Client, m *customAttributeDefinitionModel, found api.CustomAttributeDefinition, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
		m.forgetUnused()
	},
}

var agentBotList = account.Listing[api.AgentBot, agentBotModel]{
	Type: "chatlake_agent_bot", Noun: "agent bots",
	Description: "The agent bots of the account. Those of the whole installation are left out: they cannot be managed from an account.",
	Objects: func(ctx context.Context, client *api.Client, _ lookup.Arguments) iter.Seq2[api.AgentBot, error] {
		all := lookup.Each(func() ([]api.AgentBot, error) { return client.AgentBots(ctx) })
		return lookup.Only(all, func(found api.AgentBot) bool { return !found.IsOfInstallation() })
	},
	Name: func(found api.AgentBot) string { return cmp.Or(found.Name, "Agent bot "+found.ID.String()) },
	Fill: func(_ context.Context, _ *api.Client, m *agentBotModel, found api.AgentBot, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}

var assignmentPolicyList = account.Listing[api.AssignmentPolicy, assignmentPolicyModel]{
	Type: "chatlake_assignment_policy", Noun: "assignment policies",
	Description: "All assignment policies of the account.",
	Objects:     account.Whole((*api.Client).AssignmentPolicies),
	Name:        func(found api.AssignmentPolicy) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *assignmentPolicyModel, found api.AssignmentPolicy, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}

var dashboardAppList = account.Listing[api.DashboardApp, dashboardAppData]{
	Type: "chatlake_dashboard_app", Noun: "dashboard apps",
	Description: "All dashboard apps of the account.",
	Objects:     account.Whole((*api.Client).DashboardApps),
	Name:        func(found api.DashboardApp) string { return found.Title },
	Fill: func(_ context.Context, _ *api.Client, m *dashboardAppData, found api.DashboardApp, _ *diag.Diagnostics) {
		m.fromAPI(found)
	},
}

var accountSettingsList = account.Listing[api.Account, accountSettingsModel]{
	Type: "chatlake_account_settings", Noun: "account settings",
	Description: "The settings of the account that the provider is configured for: one object.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.Account, error) {
		found, err := client.Account(ctx)
		if err != nil {
			return nil, err
		}

		return []api.Account{found}, nil
	}),
	Name: func(found api.Account) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *accountSettingsModel, found api.Account, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}

// hostOf returns where an address leads to. The rest of it may be a secret.
func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return "an address"
	}

	return parsed.Hostname()
}
