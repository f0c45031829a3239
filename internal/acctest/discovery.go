package acctest

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Listed is what a list resource returns of one object. Without the resource, its State is null.
type Listed struct {
	Object

	Name        string
	Diagnostics Diagnostics
}

// discoverer is a provider that lists resources and runs actions.
type discoverer interface {
	tfprotov6.ProviderServerWithListResource
	tfprotov6.ProviderServerWithActions
}

// discoverer returns the provider, which must be able to list and to act.
func (p *Protocol) discoverer() discoverer {
	p.t.Helper()

	server, ok := p.server.(discoverer)
	if !ok {
		p.t.Fatal("the provider can neither list nor act")
	}

	return server
}

// CanList reports whether the provider lists objects of a type.
func (p *Protocol) CanList(kind string) bool { return p.schema.ListResourceSchemas[kind] != nil }

// Parents returns the arguments that a list of a type needs.
func (p *Protocol) Parents(kind string) []string {
	var names []string

	for _, attribute := range p.schema.ListResourceSchemas[kind].Block.Attributes {
		if attribute.Required {
			names = append(names, attribute.Name)
		}
	}

	return names
}

// List lists objects of a type with their resources. A limit of 0 is none. Errors come with an object of their own.
func (p *Protocol) List(kind string, limit int64, config Values) []Listed {
	p.t.Helper()
	return p.list(kind, limit, config, true)
}

// ListIdentities is List without the resources.
func (p *Protocol) ListIdentities(kind string, limit int64, config Values) []Listed {
	p.t.Helper()
	return p.list(kind, limit, config, false)
}

func (p *Protocol) list(kind string, limit int64, config Values, withResources bool) []Listed {
	p.t.Helper()

	var all []Listed

	p.EachListed(kind, limit, config, withResources, func(listed Listed) { all = append(all, listed) })

	return all
}

// EachListed lists objects of a type and keeps none.
func (p *Protocol) EachListed(kind string, limit int64, config Values, withResources bool, visit func(Listed)) {
	p.t.Helper()

	schema, ok := p.schema.ListResourceSchemas[kind]
	if !ok {
		p.t.Fatalf("there is no list resource %s", kind)
	}

	if config == nil {
		config = Values{}
	}

	packed := p.pack(p.value(schema.ValueType(), config))
	checked, err := p.discoverer().ValidateListResourceConfig(p.t.Context(), &tfprotov6.ValidateListResourceConfigRequest{TypeName: kind, Config: packed})
	p.must(err)

	if len(checked.Diagnostics) > 0 {
		visit(Listed{Diagnostics: checked.Diagnostics})
		return
	}

	stream, err := p.discoverer().ListResource(p.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: kind, Limit: limit, IncludeResource: withResources, Config: packed,
	})
	p.must(err)

	for result := range stream.Results {
		visit(Listed{
			Object:      Object{Type: kind, State: p.unpack(result.Resource, p.valueType(kind)), Identity: result.Identity},
			Name:        result.DisplayName,
			Diagnostics: result.Diagnostics,
		})
	}
}

// Invoke runs an action, and returns its progress and what it reports.
func (p *Protocol) Invoke(kind string, config Values) (string, Diagnostics) {
	p.t.Helper()

	schema, ok := p.schema.ActionSchemas[kind]
	if !ok {
		p.t.Fatalf("there is no action %s", kind)
	}

	packed := p.pack(p.value(schema.Schema.ValueType(), config))
	checked, err := p.discoverer().ValidateActionConfig(p.t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: kind, Config: packed})
	p.must(err)

	if len(checked.Diagnostics) > 0 {
		return "", checked.Diagnostics
	}

	stream, err := p.discoverer().InvokeAction(p.t.Context(), &tfprotov6.InvokeActionRequest{ActionType: kind, Config: packed})
	p.must(err)

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

// Questions are the schemas of all data sources and actions, by type.
func (p *Protocol) Questions() (data, actions map[string]*tfprotov6.Schema) {
	actions = map[string]*tfprotov6.Schema{}
	for kind, schema := range p.schema.ActionSchemas {
		actions[kind] = schema.Schema
	}

	return p.schema.DataSourceSchemas, actions
}

// Arguments returns the names of what a list of a type takes.
func (p *Protocol) Arguments(kind string) []string {
	return argumentsOf(p.schema.ListResourceSchemas[kind])
}

// DataArguments returns the names of what a data source takes; nil if there is none.
func (p *Protocol) DataArguments(kind string) []string {
	return argumentsOf(p.schema.DataSourceSchemas[kind])
}

// argumentsOf returns the names of the attributes that a configuration may set, sorted.
func argumentsOf(schema *tfprotov6.Schema) []string {
	if schema == nil {
		return nil
	}

	names := []string{}

	for _, a := range schema.Block.Attributes {
		if a.Required || a.Optional {
			names = append(names, a.Name)
		}
	}

	slices.Sort(names)

	return names
}
