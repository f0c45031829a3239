//go:build unix

package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	chat "github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

// A floor is the least that a provider with the plug-in framework does for the same configuration: each create, change and
// destroy takes as long as one answer of the platform, and a read nothing. It is this program, under another name.
const (
	floorName       = "floor"
	floorVariable   = "CHAT_BENCH_FLOOR" // The attributes that there are, with commas between; empty is all of the type's.
	latencyVariable = "CHAT_BENCH_LATENCY"
)

// serveFloor serves the floor to Terraform.
func serveFloor() int {
	latency, err := time.ParseDuration(os.Getenv(latencyVariable))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}

	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER"} {
		_ = os.Setenv(name, "OFF")
	}

	debug.SetGCPercent(400) // As the provider.

	p := &floorProvider{Provider: chat.New("bench")(), latency: latency}

	names := os.Getenv(floorVariable)
	if names != "" {
		p.names = strings.Split(names, ",")
	}

	err = tf6server.Serve("registry.terraform.io/seed-426837f5/chat", providerserver.NewProtocol6(p))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}

	return 0
}

// floorProvider has the provider's types, and none of what they do.
type floorProvider struct {
	provider.Provider

	latency time.Duration
	names   []string
}

func (p *floorProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (p *floorProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (p *floorProvider) Resources(ctx context.Context) []func() resource.Resource {
	builds := p.Provider.Resources(ctx)

	floors := make([]func() resource.Resource, len(builds))
	for i, build := range builds {
		floors[i] = func() resource.Resource { return &floorResource{own: build(), provider: p} }
	}

	return floors
}

type floorResource struct {
	own      resource.Resource
	provider *floorProvider
}

func (r *floorResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	r.own.Metadata(ctx, req, resp)
}

// Schema is the type's, or as much of it as there is. The type makes its attributes once, for all calls.
func (r *floorResource) Schema(ctx context.Context, req resource.SchemaRequest, resp *resource.SchemaResponse) {
	r.own.Schema(ctx, req, resp)

	if r.provider.names == nil {
		return
	}

	resp.Schema.Attributes = maps.Clone(resp.Schema.Attributes)
	maps.DeleteFunc(resp.Schema.Attributes, func(name string, _ schema.Attribute) bool { return !slices.Contains(r.provider.names, name) })
}

func (r *floorResource) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	time.Sleep(r.provider.latency)

	resp.State.Raw = known(req.Plan.Raw)
}

func (r *floorResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (r *floorResource) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	time.Sleep(r.provider.latency)

	resp.State.Raw = known(req.Plan.Raw)
}

func (r *floorResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
	time.Sleep(r.provider.latency)
}

// known returns a planned object with an id, and null for everything else that was unknown.
func known(planned tftypes.Value) tftypes.Value {
	var members map[string]tftypes.Value
	if planned.As(&members) != nil {
		return planned
	}

	for name, member := range members {
		switch {
		case member.IsFullyKnown():
		case name == "id":
			members[name] = tftypes.NewValue(tftypes.String, "1")
		case member.IsKnown():
			members[name] = known(member)
		default:
			members[name] = tftypes.NewValue(member.Type(), nil)
		}
	}

	return tftypes.NewValue(planned.Type(), members)
}
