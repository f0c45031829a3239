// Package imichat holds the resources and data sources of IMIchat. Package api, below it, is the client.
package imichat

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
)

// Resources lists the room's resources.
func Resources() []func() resource.Resource {
	return []func() resource.Resource{newChatResource, newMessageResource, newUserResource}
}

// DataSources lists the room's data sources.
func DataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newChatDataSource, newChatsDataSource, newTeamDataSource, newTeamsDataSource, newUserDataSource, newUsersDataSource,
	}
}

// Functions lists the room's functions.
func Functions() []func() function.Function {
	return []func() function.Function{}
}

// clientSource is the part of the provider's data that this room needs.
type clientSource interface {
	IMIchat() (*api.Client, diag.Diagnostics)
}

// tenantResource is embedded by every resource. It holds the client of the tenant.
type tenantResource struct {
	client *api.Client
	claims *ownership.Claims
}

// Configure takes the platform's client.
func (r *tenantResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.client = providerdata.Client(req.ProviderData, clientSource.IMIchat, &resp.Diagnostics)
	r.claims = ownership.ClaimsOf(req.ProviderData)
}

// tenantDataSource is embedded by every data source. It holds the client of the tenant.
type tenantDataSource struct{ client *api.Client }

// Configure takes the platform's client.
func (d *tenantDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.client = providerdata.Client(req.ProviderData, clientSource.IMIchat, &resp.Diagnostics)
}

// warnOfQuota warns, once per run, that the tenant has few requests left today. Every verb that calls the platform defers
// it.
func warnOfQuota(client *api.Client, diags *diag.Diagnostics) {
	quota, isLow := client.Quota()
	if !isLow {
		return
	}

	detail := fmt.Sprintf("The tenant has %d of %d requests left today", quota.Remaining, quota.Limit)

	reset := quota.ResetsAt(client.Now())
	if reset != "" {
		detail += ", until " + reset
	}

	diags.AddWarning("IMIchat's daily quota runs low", detail+". All programs that use the tenant share it. When it is used up, "+
		"every request fails until it is reset. Apply fewer objects at a time (-target), or refresh less (-refresh=false).")
}
