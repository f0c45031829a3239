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
		return &releasing{server: full, running: newRunning()}
	}

	return s
}

type releasing struct {
	server

	running  *running
	reported reported
	types    *types          // Nil takes no short ways.
	notices  func() []string // Nil has none.
	// settle is how long nothing else has to happen before a read that failed counts as the last one.
	settle time.Duration
}

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
func during[Request, Response any](ctx context.Context, r *releasing, req Request, handle func(context.Context, Request) (Response, error)) (Response, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	defer context.AfterFunc(r.running.stopped, cancel)() //nolint:contextcheck // An interrupt ends what only reads.

	end := r.running.begin(false)
	c := &call{inner: ctx}

	resp, err := handle(c, req) //nolint:contextcheck // It is ctx, in a wrapper that lets go of it.

	c.over()
	r.tell(end(), resp)

	return resp, err
}

// The calls below are those that Terraform makes for every object.

func (r *releasing) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	resp, err := during(ctx, r, req, r.server.ValidateResourceConfig)
	if resp != nil {
		withoutValues(resp.Diagnostics)
		resp.Diagnostics = append(resp.Diagnostics, r.refuseNUL(ctx, req.TypeName, req.Config)...)
	}

	return resp, err
}

func (r *releasing) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return during(ctx, r, req, r.server.ImportResourceState)
}

func (r *releasing) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return during(ctx, r, req, r.server.UpgradeResourceIdentity)
}

func (r *releasing) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	resp, err := during(ctx, r, req, r.server.ValidateDataResourceConfig)
	if resp != nil {
		withoutValues(resp.Diagnostics)
	}

	return resp, err
}

// ValidateProviderConfig, ValidateListResourceConfig and ValidateActionConfig are called once for each block.

func (r *releasing) ValidateProviderConfig(ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	resp, err := r.server.ValidateProviderConfig(ctx, req)
	if resp != nil {
		withoutValues(resp.Diagnostics)
	}

	return resp, err
}

func (r *releasing) ValidateListResourceConfig(ctx context.Context, req *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	resp, err := r.server.ValidateListResourceConfig(ctx, req)
	if resp != nil {
		withoutValues(resp.Diagnostics)
	}

	return resp, err
}

func (r *releasing) ValidateActionConfig(ctx context.Context, req *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	resp, err := r.server.ValidateActionConfig(ctx, req)
	if resp != nil {
		withoutValues(resp.Diagnostics)
	}

	return resp, err
}

func (r *releasing) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return during(ctx, r, req, r.server.CallFunction)
}
