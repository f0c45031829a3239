package acctest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/plugin"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

// Protocol speaks to a provider in this process as Terraform does, without Terraform: in a hundredth of the time, and with
// what the installed Terraform may not know yet, such as resource identity.
type Protocol struct {
	t          *testing.T
	server     tfprotov6.ProviderServer
	schema     *tfprotov6.GetProviderSchemaResponse
	identities map[string]*tfprotov6.ResourceIdentitySchema
}

// Values are the attributes of a configuration as plain Go values: string, bool, int, float64, nil, []any and
// map[string]any. Attributes left out are null.
type Values = map[string]any

// Unknown is a value that Terraform does not know yet.
type Unknown struct{}

// Object is one resource as the state holds it. A zero State says that there is none.
type Object struct {
	Type     string
	State    tftypes.Value
	Private  []byte
	Identity *tfprotov6.ResourceIdentityData
}

// Gone reports whether the state holds no such resource.
func (o Object) Gone() bool { return o.State.Type() == nil || o.State.IsNull() }

// String returns a string attribute of the state; empty if it is null.
func (o Object) String(attribute string) string {
	var attributes map[string]tftypes.Value
	if o.Gone() || o.State.As(&attributes) != nil {
		return ""
	}

	var text *string

	value := attributes[attribute]
	if !value.IsKnown() || value.As(&text) != nil || text == nil {
		return ""
	}

	return *text
}

// Diagnostics are what a call reports.
type Diagnostics []*tfprotov6.Diagnostic

// Errors returns the errors among them.
func (d Diagnostics) Errors() Diagnostics {
	return slices.DeleteFunc(slices.Clone(d), func(x *tfprotov6.Diagnostic) bool {
		return x.Severity != tfprotov6.DiagnosticSeverityError
	})
}

// String prints them as a person reads them.
func (d Diagnostics) String() string {
	var b strings.Builder
	for _, x := range d {
		fmt.Fprintf(&b, "%s: %s\n", strings.ToLower(x.Severity.String()), x.Summary)

		if x.Attribute != nil {
			fmt.Fprintf(&b, "  on %s\n", x.Attribute)
		}

		fmt.Fprintf(&b, "%s\n", x.Detail)
	}

	return b.String()
}

// Protocol returns a provider that is configured for the sandbox with the environment that it asks for; settings beyond that
// are the provider block's.
func (w *World) Protocol(t *testing.T, settings Values) *Protocol {
	t.Helper()
	p := NewProtocol(t)

	diags := p.Configure(w.Block(settings))
	if len(diags.Errors()) > 0 {
		t.Fatal(diags)
	}

	return p
}

// Framework returns a provider as Protocol does, whose calls are all answered by the plug-in framework: without the short
// ways of package plugin.
func (w *World) Framework(t *testing.T, settings Values) *Protocol {
	t.Helper()
	p := NewProtocol(t)
	p.server = providerserver.NewProtocol6(provider.New("test")())()

	diags := p.Configure(w.Block(settings))
	if len(diags.Errors()) > 0 {
		t.Fatal(diags)
	}

	return p
}

// Block returns a provider block that points all platforms at the sandbox, with settings in addition.
func (w *World) Block(settings Values) Values {
	block := Values{"max_retries": 4} // A fault for good would be repeated for a minute.

	for _, platform := range w.Platforms() {
		inner := Values{}

		for _, pair := range platform.Environment(w.URL) {
			name, value, _ := strings.Cut(pair, "=")
			if attribute, ok := strings.CutPrefix(strings.ToLower(name), platform.Name()+"_"); ok {
				inner[attribute] = value
			}
		}

		if own, ok := settings[platform.Name()].(Values); ok {
			maps.Copy(inner, own)
		}

		block[platform.Name()] = inner
	}

	for name, value := range settings {
		_, nested := value.(Values)
		if !nested {
			block[name] = value
		}
	}

	return block
}

// schemas asks a provider for its schemas once: they are the same for all.
var schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return newServer().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

var identitySchemas = sync.OnceValues(func() (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return newServer().GetResourceIdentitySchemas(context.Background(), &tfprotov6.GetResourceIdentitySchemasRequest{})
})

func newServer() tfprotov6.ProviderServer { return plugin.Server(provider.New("test")())() }

// NewProtocol returns a provider that was not configured yet.
func NewProtocol(t *testing.T) *Protocol {
	t.Helper()

	schema, err := schemas()
	if err != nil {
		t.Fatal(err)
	}

	identities, err := identitySchemas()
	if err != nil {
		t.Fatal(err)
	}

	return &Protocol{t: t, server: newServer(), schema: schema, identities: identities.IdentitySchemas}
}

// Resources lists the types of resources.
func (p *Protocol) Resources() []string { return slices.Sorted(maps.Keys(p.schema.ResourceSchemas)) }

// DataSources lists the types of data sources.
func (p *Protocol) DataSources() []string {
	return slices.Sorted(maps.Keys(p.schema.DataSourceSchemas))
}

// Schema returns the schema of a type of resource.
func (p *Protocol) Schema(kind string) *tfprotov6.Schema { return p.schema.ResourceSchemas[kind] }

// Configure checks the provider block and configures the provider with it.
func (p *Protocol) Configure(block Values) Diagnostics {
	p.t.Helper()
	config := p.pack(p.value(p.schema.Provider.ValueType(), block))
	checked, err := p.server.ValidateProviderConfig(p.t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: config})
	p.must(err)

	diags := Diagnostics(checked.Diagnostics)
	if len(diags.Errors()) > 0 {
		return diags
	}

	resp, err := p.server.ConfigureProvider(p.t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: config})
	p.must(err)

	return resp.Diagnostics
}

// Validate checks a resource's configuration.
func (p *Protocol) Validate(kind string, config Values) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ValidateResourceConfig(p.t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: kind, Config: p.pack(p.value(p.valueType(kind), config)),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	p.must(err)

	return resp.Diagnostics
}

// Create validates, plans and creates an object. The object is what the state would hold, also if there are errors.
func (p *Protocol) Create(ctx context.Context, kind string, config Values) (Object, Diagnostics) {
	p.t.Helper()

	diags := p.Validate(kind, config)
	if len(diags.Errors()) > 0 {
		return Object{Type: kind}, diags
	}

	return p.Apply(ctx, Object{Type: kind}, config)
}

// Apply makes the object what the configuration says; a nil configuration destroys it. A change that forces replacement is
// a failure of the test.
func (p *Protocol) Apply(ctx context.Context, prior Object, config Values) (Object, Diagnostics) {
	p.t.Helper()

	plan, diags := p.Plan(ctx, prior, config)
	if len(diags.Errors()) > 0 {
		return prior, diags
	}

	if len(plan.RequiresReplace) > 0 && !prior.Gone() {
		p.t.Fatalf("the plan replaces the %s because of %v", prior.Type, plan.RequiresReplace)
	}

	applied, more := p.ApplyPlan(ctx, prior, config, plan)

	return applied, append(diags, more...)
}

// ApplyPlan carries out a plan, which another provider may have made.
func (p *Protocol) ApplyPlan(ctx context.Context, prior Object, config Values, plan *tfprotov6.PlanResourceChangeResponse) (Object, Diagnostics) {
	p.t.Helper()

	applied, diags, at := p.applyPlan(ctx, prior, config, plan)
	if at != "" {
		p.t.Errorf("%s was planned and applied to something else, which Terraform calls a bug of the provider:\n%v\n%v",
			prior.Type+at, p.unpack(plan.PlannedState, p.valueType(prior.Type)), applied.State)
	}

	return applied, diags
}

// applyPlan does what ApplyPlan does, and returns the path of what is not as planned.
func (p *Protocol) applyPlan(ctx context.Context, prior Object, config Values, plan *tfprotov6.PlanResourceChangeResponse) (Object, Diagnostics, string) {
	p.t.Helper()

	kind := p.valueType(prior.Type)
	resp, err := p.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: prior.Type, PriorState: p.pack(p.prior(prior)), PlannedState: plan.PlannedState,
		Config: p.pack(p.value(kind, config)), PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	p.must(err)
	applied := Object{
		Type: prior.Type, State: p.unpack(resp.NewState, kind), Private: resp.Private, Identity: resp.NewIdentity,
	}

	diags := Diagnostics(resp.Diagnostics)
	if len(diags.Errors()) > 0 {
		return applied, diags, ""
	}

	return applied, diags, inconsistent("", p.unpack(plan.PlannedState, kind), applied.State)
}

// Plan asks what would change. As Terraform does, it takes no reason for a replacement from a value that stays as it is.
func (p *Protocol) Plan(ctx context.Context, prior Object, config Values) (*tfprotov6.PlanResourceChangeResponse, Diagnostics) {
	p.t.Helper()
	kind := p.valueType(prior.Type)
	resp, err := p.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: prior.Type, PriorState: p.pack(p.prior(prior)), ProposedNewState: p.pack(p.proposed(prior, config)),
		Config: p.pack(p.value(kind, config)), PriorPrivate: prior.Private, PriorIdentity: prior.Identity,
	})
	p.must(err)

	if len(resp.RequiresReplace) > 0 {
		before, after := p.prior(prior), p.unpack(resp.PlannedState, kind)
		resp.RequiresReplace = slices.DeleteFunc(resp.RequiresReplace, func(at *tftypes.AttributePath) bool {
			was, _, wasErr := tftypes.WalkAttributePath(before, at)
			is, _, isErr := tftypes.WalkAttributePath(after, at)
			wasValue, wasOK := was.(tftypes.Value)
			isValue, isOK := is.(tftypes.Value)

			return wasErr == nil && isErr == nil && wasOK && isOK && isValue.IsFullyKnown() && isValue.Equal(wasValue)
		})
	}

	return resp, resp.Diagnostics
}

// Changes reports whether a plan for the object is not empty.
func (p *Protocol) Changes(ctx context.Context, prior Object, config Values) bool {
	p.t.Helper()

	plan, diags := p.Plan(ctx, prior, config)
	if len(diags.Errors()) > 0 {
		p.t.Fatal(diags)
	}

	return !p.unpack(plan.PlannedState, p.valueType(prior.Type)).Equal(p.prior(prior))
}

// Read refreshes an object.
func (p *Protocol) Read(ctx context.Context, o Object) (Object, Diagnostics) {
	p.t.Helper()
	resp, err := p.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: o.Type, CurrentState: p.pack(p.prior(o)), Private: o.Private, CurrentIdentity: o.Identity,
	})
	p.must(err)

	return Object{
		Type: o.Type, State: p.unpack(resp.NewState, p.valueType(o.Type)), Private: resp.Private, Identity: resp.NewIdentity,
	}, resp.Diagnostics
}

// Import imports an object by its id, and reads it.
func (p *Protocol) Import(ctx context.Context, kind, id string) (Object, Diagnostics) {
	p.t.Helper()
	return p.imported(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: kind, ID: id})
}

// ImportIdentity imports an object by its identity, and reads it.
func (p *Protocol) ImportIdentity(ctx context.Context, kind string, identity Values) (Object, Diagnostics) {
	p.t.Helper()

	schema, ok := p.identities[kind]
	if !ok {
		p.t.Fatalf("%s has no identity", kind)
	}

	return p.imported(ctx, &tfprotov6.ImportResourceStateRequest{
		TypeName: kind, Identity: &tfprotov6.ResourceIdentityData{IdentityData: p.pack(p.value(schema.ValueType(), identity))},
	})
}

func (p *Protocol) imported(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (Object, Diagnostics) {
	p.t.Helper()
	resp, err := p.server.ImportResourceState(ctx, req)
	p.must(err)

	diags := Diagnostics(resp.Diagnostics)
	if len(diags.Errors()) > 0 {
		return Object{Type: req.TypeName}, diags
	}

	first := resp.ImportedResources[0]
	o := Object{Type: req.TypeName, State: p.unpack(first.State, p.valueType(req.TypeName)), Private: first.Private, Identity: first.Identity}
	read, more := p.Read(ctx, o)

	return read, append(diags, more...)
}

// Identity returns what identifies the object, by name.
func (p *Protocol) Identity(o Object) map[string]string {
	p.t.Helper()

	out := map[string]string{}
	if o.Identity == nil {
		return out
	}

	var attributes map[string]tftypes.Value
	p.must(p.unpack(o.Identity.IdentityData, p.identities[o.Type].ValueType()).As(&attributes))

	for name, value := range attributes {
		var text *string
		if value.As(&text) == nil && text != nil {
			out[name] = *text
		}
	}

	return out
}

// Data reads a data source.
func (p *Protocol) Data(ctx context.Context, kind string, config Values) (tftypes.Value, Diagnostics) {
	p.t.Helper()

	schema, ok := p.schema.DataSourceSchemas[kind]
	if !ok {
		p.t.Fatalf("there is no data source %s", kind)
	}

	packed := p.pack(p.value(schema.ValueType(), config))
	checked, err := p.server.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: kind, Config: packed})
	p.must(err)

	diags := Diagnostics(checked.Diagnostics)
	if len(diags.Errors()) > 0 {
		return tftypes.Value{}, diags
	}

	resp, err := p.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: kind, Config: packed})
	p.must(err)

	return p.unpack(resp.State, schema.ValueType()), append(Diagnostics(checked.Diagnostics), resp.Diagnostics...)
}

func (p *Protocol) must(err error) {
	p.t.Helper()

	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *Protocol) valueType(kind string) tftypes.Type {
	p.t.Helper()

	schema, ok := p.schema.ResourceSchemas[kind]
	if !ok {
		p.t.Fatalf("there is no resource %s", kind)
	}

	return schema.ValueType()
}

// Unchanged returns what Terraform asks about an object when it refreshes it and plans it as it is: to read the stored state, to
// check the configuration, to refresh and to plan. The requests are made beforehand, so that only the answers cost.
func (p *Protocol) Unchanged(ctx context.Context, o Object, config Values) map[string]func() (Diagnostics, error) {
	p.t.Helper()

	kind := p.valueType(o.Type)
	state, configured := p.pack(o.State), p.pack(p.value(kind, config))
	stored, err := json.Marshal(storedValue(kind, o.State))
	p.must(err)

	upgrade := &tfprotov6.UpgradeResourceStateRequest{
		TypeName: o.Type, Version: p.schema.ResourceSchemas[o.Type].Version, RawState: &tfprotov6.RawState{JSON: stored},
	}
	validate := &tfprotov6.ValidateResourceConfigRequest{
		TypeName: o.Type, Config: configured, ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	}
	read := &tfprotov6.ReadResourceRequest{TypeName: o.Type, CurrentState: state, Private: o.Private, CurrentIdentity: o.Identity}
	plan := &tfprotov6.PlanResourceChangeRequest{
		TypeName: o.Type, PriorState: state, ProposedNewState: state, Config: configured, PriorPrivate: o.Private, PriorIdentity: o.Identity,
	}

	return map[string]func() (Diagnostics, error){
		"upgrade": func() (Diagnostics, error) {
			resp, err := p.server.UpgradeResourceState(ctx, upgrade)
			return resp.Diagnostics, err
		},
		"validate": func() (Diagnostics, error) {
			resp, err := p.server.ValidateResourceConfig(ctx, validate)
			return resp.Diagnostics, err
		},
		"read": func() (Diagnostics, error) {
			resp, err := p.server.ReadResource(ctx, read)
			return resp.Diagnostics, err
		},
		"plan": func() (Diagnostics, error) {
			resp, err := p.server.PlanResourceChange(ctx, plan)
			return resp.Diagnostics, err
		},
	}
}

// Stop interrupts the run, as Ctrl-C does, and returns when what was sent is answered.
func (p *Protocol) Stop(ctx context.Context) {
	p.t.Helper()

	_, err := p.server.StopProvider(ctx, &tfprotov6.StopProviderRequest{})
	p.must(err)
}
