// Package account holds what all objects of a Chatlake account share: the client, identities and imports, what goes into
// requests and comes back from them, adoption, timeouts, and the attributes that several areas have.
package account

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
)

// clientSource is the part of the provider's data that this platform needs.
type clientSource interface {
	Chatlake() (*api.Client, diag.Diagnostics)
}

// Resource is embedded by every resource. It holds the client, and what all types answer alike.
type Resource struct {
	Client *api.Client
	// Claims are the objects that this run has made its own.
	Claims   *ownership.Claims
	typeName string
}

// Of returns what a resource of the type embeds.
func Of(typeName string) Resource { return Resource{typeName: typeName} }

// Metadata names the type.
func (r *Resource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName
}

// Configure takes the platform's client.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.Client = ClientOf(req.ProviderData, &resp.Diagnostics)
	r.Claims = ownership.ClaimsOf(req.ProviderData)
}

// DataSource is embedded by every data source. It holds the client.
type DataSource struct{ Client *api.Client }

// ClientOf takes the platform's client from the provider's data.
func ClientOf(data any, diags *diag.Diagnostics) *api.Client {
	return providerdata.Client(data, clientSource.Chatlake, diags)
}

// Configure takes the platform's client.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.Client = ClientOf(req.ProviderData, &resp.Diagnostics)
}
