package plugin

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// reported are the errors that were shown since the provider was configured. A missing credential would be one error, and
// in the same words, for every object, and for reading and planning each of them.
type reported struct {
	mu   sync.Mutex
	seen map[string]string // The object that showed the error first.
}

// isRepeated reports whether all errors were shown before for another object, and there are some. It remembers them.
func (r *reported) isRepeated(diags []*tfprotov6.Diagnostic, value *tfprotov6.DynamicValue) bool {
	r.mu.Lock()
	defer r.mu.Unlock()

	errors, repeated, object := 0, 0, ""
	if value != nil {
		object = string(value.MsgPack)
	}

	for _, d := range diags {
		if d.Severity != tfprotov6.DiagnosticSeverityError {
			continue
		}

		key := d.Summary + "\n" + d.Detail
		errors++

		first, isSeen := r.seen[key]

		switch {
		case isSeen && first != object && d.Attribute == nil:
			repeated++
		case !isSeen && r.seen == nil:
			r.seen = map[string]string{key: object}
		case !isSeen:
			r.seen[key] = object
		}
	}

	return errors > 0 && errors == repeated
}

func (r *reported) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()

	r.seen = nil
}

// ConfigureProvider begins a new run: its errors are shown again.
func (r *releasing) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	r.reported.forget()

	return r.server.ConfigureProvider(ctx, req)
}

// ReadResource leaves the state as it is if the same error was shown for another object: that error ends the run.
func (r *releasing) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	resp, err := during(ctx, r, req, r.server.ReadResource)
	if err == nil && resp != nil && r.reported.isRepeated(resp.Diagnostics, req.CurrentState) {
		return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity}, nil
	}

	return resp, err
}

// plan plans what is proposed if the same error was shown for another object.
func (r *releasing) plan(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := during(ctx, r, req, r.server.PlanResourceChange)
	if err == nil && resp != nil && r.reported.isRepeated(resp.Diagnostics, req.ProposedNewState) {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.ProposedNewState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}, nil
	}

	return resp, err
}
