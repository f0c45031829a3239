package plugin

import (
	"context"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// grace is how long requests that were sent before an interrupt may take to be answered.
const grace = 10 * time.Second

// running counts the applies that run, and knows whether the run is to end.
type running struct {
	mu      sync.Mutex
	calls   int // Of any kind.
	applies int
	changed chan struct{}   // Closed when a call begins or ends; nil until something waits.
	idle    chan struct{}   // Closed when no apply runs; nil until something waits.
	stopped context.Context //nolint:containedctx // It is how calls learn of it.
	stop    context.CancelFunc
}

func newRunning() *running {
	r := &running{}
	r.stopped, r.stop = context.WithCancel(context.Background())

	return r
}

// begin notes a call, and returns what to do at its end.
func (r *running) begin(isApply bool) (end func() (isLast bool)) {
	r.mu.Lock()
	defer r.mu.Unlock()

	r.calls++
	if isApply {
		r.applies++
	}

	r.notify()

	return func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()

		r.calls--
		if isApply {
			r.applies--
		}

		r.notify()

		if r.applies == 0 && r.idle != nil {
			close(r.idle)
			r.idle = nil
		}

		return r.calls == 0
	}
}

// notify wakes who waits for calls to begin or end. The lock is held.
func (r *running) notify() {
	if r.changed != nil {
		close(r.changed)
		r.changed = nil
	}
}

// look returns how many calls run, and what is closed when that changes.
func (r *running) look() (calls int, changed <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()

	if r.changed == nil {
		r.changed = make(chan struct{})
	}

	return r.calls, r.changed
}

// quiet waits until no call runs, and none has begun for a while.
func (r *running) quiet(ctx context.Context, settle time.Duration) {
	for {
		calls, changed := r.look()

		var settled <-chan time.Time
		if calls == 0 {
			settled = time.After(settle)
		}

		select {
		case <-changed:
		case <-settled:
			return
		case <-r.stopped.Done():
			return
		case <-ctx.Done():
			return
		}
	}
}

// drain lets nothing new start, and waits until no apply runs, for the grace at most.
func (r *running) drain(ctx context.Context, most time.Duration) {
	r.stop()

	r.mu.Lock()

	idle := r.idle
	if idle == nil {
		idle = make(chan struct{})
		if r.applies == 0 {
			close(idle)
		} else {
			r.idle = idle
		}
	}

	r.mu.Unlock()

	timer := time.NewTimer(most)
	defer timer.Stop()

	select {
	case <-idle:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// StopProvider ends the run after an interrupt: no create starts any more, reads end at once, and what was sent is waited
// for, so that the state holds what was made.
func (r *releasing) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	r.running.drain(ctx, grace)

	return r.server.StopProvider(ctx, req)
}

// ApplyResourceChange refuses to create anything after an interrupt.
func (r *releasing) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	if r.running.stopped.Err() != nil && isNull(req.PriorState) {
		return &tfprotov6.ApplyResourceChangeResponse{NewState: req.PriorState, Private: req.PlannedPrivate, Diagnostics: []*tfprotov6.Diagnostic{{
			Severity: tfprotov6.DiagnosticSeverityError,
			Summary:  "The run was interrupted",
			Detail:   "This object was not created, and nothing was sent for it. Apply again to go on.",
		}}}, nil
	}

	ctx, isShared := transport.NoteEverywhere(ctx)

	resp, err := applying(ctx, r, req, r.server.ApplyResourceChange)
	if err == nil && resp != nil {
		r.tellApply(ctx, isShared.Load(), resp.Diagnostics, req.PlannedState)
	}

	return resp, err
}

// applying is during for a call that changes something: an interrupt does not end it, but keeps it from creating more.
func applying[Request, Response any](ctx context.Context, r *releasing, req Request, handle func(context.Context, Request) (Response, error)) (Response, error) {
	end := r.running.begin(true)
	c := &call{inner: transport.WithStop(ctx, r.running.stopped)}

	resp, err := handle(c, req) //nolint:contextcheck // It is ctx, in a wrapper that lets go of it.

	c.over()
	r.tell(end(), resp)

	return resp, err
}

// isNull reports whether a value is null, as the state of an object that is to be created.
func isNull(value *tfprotov6.DynamicValue) bool {
	const null = 0xc0
	return value == nil || len(value.MsgPack) == 1 && value.MsgPack[0] == null
}

// tell adds notices to the last call of a step, as far as that is known: when no other runs.
func (r *releasing) tell(isLast bool, resp any) {
	if !isLast || r.notices == nil {
		return
	}

	diags := diagnosticsOf(resp)
	if diags == nil {
		return
	}

	for _, notice := range r.notices() {
		*diags = append(*diags, &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: "The platform slowed the run down", Detail: notice})
	}
}

// diagnosticsOf returns where the answer to a call keeps its diagnostics; nil for calls that ask no platform.
func diagnosticsOf(resp any) *[]*tfprotov6.Diagnostic {
	switch resp := resp.(type) {
	case *tfprotov6.ReadResourceResponse:
		if resp != nil {
			return &resp.Diagnostics
		}
	case *tfprotov6.ApplyResourceChangeResponse:
		if resp != nil {
			return &resp.Diagnostics
		}
	case *tfprotov6.ReadDataSourceResponse:
		if resp != nil {
			return &resp.Diagnostics
		}
	}

	return nil
}

var (
	// inPath is an element of a set, or a key of a map, in the path of an attribute.
	inPath = regexp.MustCompile(`(?s)([\w\])])(?:\[Value\(.*\)\]|\["(?:[^"\\]|\\.)*"\])`)
	// inFront is a value with which the message of a duration begins.
	inFront = regexp.MustCompile(`(?s)\A"(?:[^"\\]|\\.)*" must be `)
)

// withoutValues takes the values out of the messages of validators. Terraform shows the line of the configuration beside
// them, and hides there what is marked as sensitive.
func withoutValues(diags []*tfprotov6.Diagnostic) {
	for _, d := range diags {
		if d.Attribute == nil {
			continue
		}

		before, _, found := strings.Cut(d.Detail, ", got: ")
		if found {
			d.Detail = before + "."
		}

		d.Detail = inPath.ReplaceAllString(d.Detail, "$1")
		d.Detail = inFront.ReplaceAllString(d.Detail, "The value must be ")
	}
}

// watch calls end when the process that started this one is gone: without Terraform nothing stops the provider. On Windows
// a process does not learn that; there the provider ends with its work.
func watch(ctx context.Context, every time.Duration, parent func() int, end func()) {
	const adopter = 1 // Who has it as a parent from the start may keep it.

	first := parent()
	if first <= adopter {
		return
	}

	ticker := time.NewTicker(every)
	defer ticker.Stop()

	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if parent() != first {
				end()
				return
			}
		}
	}
}

// leave ends the process once what was sent is answered.
func (r *running) leave() {
	r.drain(context.Background(), grace)
	os.Exit(1)
}
