// Package provider is the provider's front door: its schema, where its settings come from, and the lists of what it
// offers.
package provider

import (
	"context"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ provider.Provider                  = &chatProvider{}
	_ provider.ProviderWithFunctions     = &chatProvider{}
	_ provider.ProviderWithListResources = &chatProvider{}
	_ provider.ProviderWithActions       = &chatProvider{}

	_ provider.ProviderWithEphemeralResources = &chatProvider{}
)

// New returns the provider's constructor, as the plugin server wants it.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &chatProvider{version: version} }
}

type chatProvider struct {
	version string
	waiting transport.Waiting
	clients atomic.Pointer[clients]
}

// ResourceData returns what the resources are configured with; nil before the provider is.
func (p *chatProvider) ResourceData() any {
	clients := p.clients.Load()
	if clients == nil {
		return nil
	}

	return clients
}

// Metadata names the provider. Its types carry the platforms' names, not this one.
func (p *chatProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName, resp.Version = "chat", p.version
}

// Configure reads the settings and makes no call: a wrong credential is reported by the first object that needs it.
func (p *chatProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	clients := config.clients(ctx, p.version, &p.waiting, &resp.Diagnostics)
	resp.ResourceData, resp.DataSourceData, resp.ListResourceData, resp.ActionData = clients, clients, clients, clients
	resp.EphemeralResourceData = clients

	p.clients.Store(clients)
}

// Resources lists the resources of all platforms.
func (p *chatProvider) Resources(context.Context) []func() resource.Resource {
	return append(append(kommunicate.Resources(), chatlake.Resources()...), imichat.Resources()...)
}

// DataSources lists the data sources of all platforms.
func (p *chatProvider) DataSources(context.Context) []func() datasource.DataSource {
	return append(append(kommunicate.DataSources(), chatlake.DataSources()...), imichat.DataSources()...)
}

// EphemeralResources lists what is asked for in each run, and kept nowhere.
func (p *chatProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return chatlake.EphemeralResources()
}

// ListResources lists what all platforms can list for terraform query.
func (p *chatProvider) ListResources(context.Context) []func() list.ListResource {
	return append(append(kommunicate.ListResources(), chatlake.ListResources()...), imichat.ListResources()...)
}

// Actions lists the actions of all platforms.
func (p *chatProvider) Actions(context.Context) []func() action.Action {
	return append(append(kommunicate.Actions(), chatlake.Actions()...), imichat.Actions()...)
}

// Functions lists the functions of all platforms.
func (p *chatProvider) Functions(context.Context) []func() function.Function {
	return append(append(kommunicate.Functions(), chatlake.Functions()...), imichat.Functions()...)
}

// Notices returns what people should be told about the run so far: what the platforms' limits have cost. It returns each
// notice once.
func (p *chatProvider) Notices() []string { return p.waiting.Tell() }
