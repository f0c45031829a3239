// Package kommunicate is the room of Kommunicate: its resources and data sources. The package api below it talks to the
// platform.
package kommunicate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
)

// Resources lists the room's resources.
func Resources() []func() resource.Resource {
	return []func() resource.Resource{newUserResource, newConversationResource, newMessageResource, newMemberResource}
}

// DataSources lists the room's data sources.
func DataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newUserDataSource, newUsersDataSource, newConversationDataSource, newConversationsDataSource, newMessagesDataSource,
	}
}

// ListResources lists what the room can list for terraform query.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{newUserList, newConversationList, newMessageList}
}

// Actions lists the room's actions.
func Actions() []func() action.Action {
	return []func() action.Action{newSendMessageAction, newChangeStatusAction, newChangeAssigneeAction, newMergeUsersAction}
}

// Functions lists the room's functions.
func Functions() []func() function.Function {
	return richFunctions()
}

// clientSource is the part of the provider that the room uses.
type clientSource interface {
	Kommunicate() (*api.Client, diag.Diagnostics)
}

// configuredResource is embedded by every resource.
type configuredResource struct {
	client *api.Client
	claims *ownership.Claims
}

// Configure stores the platform's client, and what this run has made its own.
func (r *configuredResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.client = providerdata.Client(req.ProviderData, clientSource.Kommunicate, &resp.Diagnostics)
	r.claims = ownership.ClaimsOf(req.ProviderData)
}

// origin is the application. It is known where its id is configured.
func (r *configuredResource) origin() ownership.Origin {
	return ownership.Origin{Noun: "application", ID: r.client.ApplicationID, Setting: "kommunicate.application_id"}
}

// configuredDataSource is embedded by every data source.
type configuredDataSource struct{ client *api.Client }

// Configure stores the platform's client.
func (d *configuredDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.client = providerdata.Client(req.ProviderData, clientSource.Kommunicate, &resp.Diagnostics)
}

// listClient returns the client for a list resource.
func listClient(data any, diags *diag.Diagnostics) *api.Client {
	return providerdata.Client(data, clientSource.Kommunicate, diags)
}

// configuredAction is embedded by every action.
type configuredAction struct{ client *api.Client }

// Configure stores the platform's client.
func (a *configuredAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.client = providerdata.Client(req.ProviderData, clientSource.Kommunicate, &resp.Diagnostics)
}
