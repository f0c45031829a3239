package plugin

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// server is what the framework's server can do; Serve looks for the parts by type.
type server interface {
	tfprotov6.ProviderServerWithListResource
	tfprotov6.ProviderServerWithActions
}

// release wraps the framework's server. That one keeps the context of every call until the process ends, to be able to
// cancel it, and with it about 12 KB of loggers and stream: 100 MiB for a thousand objects. The wrapper hands it a
// context that lets go of the real one when the call returns. A server of an unknown kind is left as it is.
func release(s tfprotov6.ProviderServer) tfprotov6.ProviderServer {
	if full, ok := s.(server); ok {
		return &releasing{full}
	}

	return s
}

type releasing struct{ server }

// call is a context for the length of one call.
type call struct {
	mu    sync.Mutex
	inner context.Context //nolint:containedctx // The one thing this type is for.
}

func (c *call) context() context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()

	return c.inner
}

func (c *call) over() {
	c.mu.Lock()
	defer c.mu.Unlock()

	c.inner = finished
}

func (c *call) Deadline() (time.Time, bool) { return c.context().Deadline() }
func (c *call) Done() <-chan struct{}       { return c.context().Done() }
func (c *call) Err() error                  { return c.context().Err() }
func (c *call) Value(key any) any           { return c.context().Value(key) }

// finished is the context of every call that is over.
var finished = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()

	return ctx
}()

// during runs one call of the framework's server with a context that ends with it.
func during[Request, Response any](ctx context.Context, req Request, handle func(context.Context, Request) (Response, error)) (Response, error) {
	c := &call{inner: ctx}
	defer c.over()

	return handle(c, req) //nolint:contextcheck // It is ctx, in a wrapper that lets go of it.
}

// The calls below are those that Terraform makes for every object.

func (r *releasing) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return during(ctx, req, r.server.ValidateResourceConfig)
}

func (r *releasing) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return during(ctx, req, r.server.UpgradeResourceState)
}

func (r *releasing) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return during(ctx, req, r.server.ReadResource)
}

func (r *releasing) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return during(ctx, req, r.server.PlanResourceChange)
}

func (r *releasing) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return during(ctx, req, r.server.ApplyResourceChange)
}

func (r *releasing) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return during(ctx, req, r.server.ImportResourceState)
}

func (r *releasing) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return during(ctx, req, r.server.UpgradeResourceIdentity)
}

func (r *releasing) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return during(ctx, req, r.server.ValidateDataResourceConfig)
}

func (r *releasing) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return during(ctx, req, r.server.ReadDataSource)
}

func (r *releasing) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return during(ctx, req, r.server.CallFunction)
}
