package acctest

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

// Discovery speaks the part of the protocol that lists resources and invokes actions.
type Discovery struct {
	p      *Protocol
	schema *tfprotov6.GetProviderSchemaResponse
	server interface {
		tfprotov6.ProviderServerWithListResource
		tfprotov6.ProviderServerWithActions
	}
}

// NewDiscovery returns a provider that is configured for the sandbox.
func NewDiscovery(t *testing.T, w *World) *Discovery {
	t.Helper()

	d := &Discovery{p: w.Protocol(t, nil)}

	var ok bool

	d.server, ok = providerserver.NewProtocol6(provider.New("test")())().(interface {
		tfprotov6.ProviderServerWithListResource
		tfprotov6.ProviderServerWithActions
	})
	if !ok {
		t.Fatal("the provider cannot list")
	}

	var err error

	d.schema, err = d.server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	d.p.must(err)

	configured, err := d.server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: d.p.pack(d.p.value(d.schema.Provider.ValueType(), w.Block(nil))),
	})
	d.p.must(err)

	if len(configured.Diagnostics) > 0 {
		t.Fatal(Diagnostics(configured.Diagnostics))
	}

	return d
}

// List lists resources of a type with everything that an import reads.
func (d *Discovery) List(kind string, limit int64, config Values) []tfprotov6.ListResourceResult {
	d.p.t.Helper()

	stream, err := d.server.ListResource(d.p.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: kind, Limit: limit, IncludeResource: true, Config: d.p.pack(d.p.value(d.schema.ListResourceSchemas[kind].ValueType(), config)),
	})
	d.p.must(err)

	var results []tfprotov6.ListResourceResult

	for result := range stream.Results {
		if len(result.Diagnostics) > 0 {
			d.p.t.Fatal(Diagnostics(result.Diagnostics))
		}

		results = append(results, result)
	}

	return results
}

// Identity returns the identity of what was listed.
func (d *Discovery) Identity(kind string, result tfprotov6.ListResourceResult) Values {
	d.p.t.Helper()

	identity := Values{}
	for name, value := range d.p.Identity(Object{Type: kind, Identity: result.Identity}) {
		identity[name] = value
	}

	return identity
}

// Invoke runs an action, and returns its progress and what it reports.
func (d *Discovery) Invoke(kind string, config Values) (string, Diagnostics) {
	d.p.t.Helper()

	packed := d.p.pack(d.p.value(d.schema.ActionSchemas[kind].Schema.ValueType(), config))
	checked, err := d.server.ValidateActionConfig(d.p.t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: kind, Config: packed})
	d.p.must(err)

	if len(checked.Diagnostics) > 0 {
		return "", checked.Diagnostics
	}

	stream, err := d.server.InvokeAction(d.p.t.Context(), &tfprotov6.InvokeActionRequest{ActionType: kind, Config: packed})
	d.p.must(err)

	var (
		progress strings.Builder
		diags    Diagnostics
	)

	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress.WriteString(event.Message + "\n")
		case tfprotov6.CompletedInvokeActionEventType:
			diags = event.Diagnostics
		}
	}

	return progress.String(), diags
}
