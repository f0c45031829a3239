// Package upstream reproduces what only the plug-in framework can mend. README.md is the text for an issue there.
package upstream_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// emptyProvider has one resource and no code of its own.
type emptyProvider struct{ attributes int }

func (emptyProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "test"
}

func (emptyProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (emptyProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (emptyProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (p emptyProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return thing(p) }}
}

type thing struct{ attributes int }

func (thing) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "test_thing"
}

func (r thing) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema.Attributes = map[string]schema.Attribute{
		"members": schema.SetAttribute{Optional: true, ElementType: types.StringType},
	}
	for i := range r.attributes {
		resp.Schema.Attributes[fmt.Sprintf("text_%d", i)] = schema.StringAttribute{Optional: true}
	}
}

func (thing) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (thing) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (thing) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (thing) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// planOf is the plan that changes the first text of a thing.
func planOf(t testing.TB, attributes, members int) (tfprotov6.ProviderServer, *tfprotov6.PlanResourceChangeRequest) {
	t.Helper()

	set := tftypes.Set{ElementType: tftypes.String}
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"members": set}}
	values := map[string]tftypes.Value{}

	for i := range attributes {
		name := fmt.Sprintf("text_%d", i)
		kind.AttributeTypes[name] = tftypes.String
		values[name] = tftypes.NewValue(tftypes.String, "text")
	}

	elements := make([]tftypes.Value, members)
	for i := range elements {
		elements[i] = tftypes.NewValue(tftypes.String, fmt.Sprint(i))
	}

	values["members"] = tftypes.NewValue(set, elements)

	encode := func(first string) *tfprotov6.DynamicValue {
		values["text_0"] = tftypes.NewValue(tftypes.String, first)

		encoded, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
		if err != nil {
			t.Fatal(err)
		}

		return &encoded
	}

	prior, proposed := encode("before"), encode("after")

	return providerserver.NewProtocol6(emptyProvider{attributes})(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "test_thing", PriorState: prior, ProposedNewState: proposed, Config: proposed,
	}
}

func TestPlan(t *testing.T) {
	server, request := planOf(t, 5, 5)

	resp, err := server.PlanResourceChange(t.Context(), request)
	if err != nil || len(resp.Diagnostics) > 0 {
		t.Fatal(err, resp)
	}
}

// BenchmarkAttributes grows with the square of the number of attributes.
func BenchmarkAttributes(b *testing.B) {
	for _, attributes := range []int{5, 10, 20, 40, 80} {
		b.Run(fmt.Sprint(attributes), func(b *testing.B) { plan(b, attributes, 0) })
	}
}

// BenchmarkSet grows with the square of the number of elements.
func BenchmarkSet(b *testing.B) {
	for _, members := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(members), func(b *testing.B) { plan(b, 5, members) })
	}
}

func plan(b *testing.B, attributes, members int) {
	server, request := planOf(b, attributes, members)

	b.ReportAllocs()

	for b.Loop() {
		if _, err := server.PlanResourceChange(b.Context(), request); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRead is a read that changes nothing, of a resource that has no code of its own. It grows with the square of the
// number of attributes.
func BenchmarkRead(b *testing.B) {
	for _, attributes := range []int{5, 10, 20, 40, 80} {
		b.Run(fmt.Sprint(attributes), func(b *testing.B) {
			server, request := planOf(b, attributes, 0)

			b.ReportAllocs()

			for b.Loop() {
				if _, err := server.ReadResource(b.Context(), &tfprotov6.ReadResourceRequest{TypeName: request.TypeName, CurrentState: request.PriorState}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
