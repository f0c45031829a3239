package plugin

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// reported are the errors that were shown since the provider was configured. A missing credential would be one error, and
// in the same words, for every object, and for reading and planning each of them.
type reported struct {
	mu   sync.Mutex
	seen map[string]*sighting
}

// sighting is an error that was shown.
type sighting struct {
	object string // Which showed it first.
	others int    // How many failed for the same reason.
}

// requestID is what alone may differ between errors with the same reason.
var requestID = regexp.MustCompile(`, request id [^\s,]+`)

// keyOf is an error's text, which is the same where the reason is.
func keyOf(d *tfprotov6.Diagnostic) string {
	return d.Summary + "\n" + requestID.ReplaceAllString(d.Detail, "")
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

		errors++

		first := r.seen[keyOf(d)]

		switch {
		case first != nil && first.object != object && d.Attribute == nil:
			repeated++
		case first == nil && r.seen == nil:
			r.seen = map[string]*sighting{keyOf(d): {object: object}}
		case first == nil:
			r.seen[keyOf(d)] = &sighting{object: object}
		}
	}

	return errors > 0 && errors == repeated
}

// again notes that one more object failed because of errors that were shown.
func (r *reported) again(diags []*tfprotov6.Diagnostic) {
	r.mu.Lock()
	defer r.mu.Unlock()

	for _, d := range diags {
		shown := r.seen[keyOf(d)]
		if shown != nil {
			shown.others++
		}
	}
}

// count says in an error how many objects it kept from what was to be done, if it is more than its own.
func (r *reported) count(diags []*tfprotov6.Diagnostic, done string) {
	r.mu.Lock()
	defer r.mu.Unlock()

	for _, d := range diags {
		shown := r.seen[keyOf(d)]
		if shown != nil && shown.others > 0 {
			d.Detail += fmt.Sprintf("\n\nAt least %d objects could not be %s because of this.", shown.others+1, done)
		}
	}
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

// ReadResource leaves the state as it is if the same error was shown for another object: that error ends the run. The first
// one waits for the others, to say how many they are.
func (r *releasing) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	resp, err := during(ctx, r, req, r.read)
	if err != nil || resp == nil || !hasError(resp.Diagnostics) {
		return resp, err
	}

	if r.reported.isRepeated(resp.Diagnostics, req.CurrentState) {
		r.reported.again(resp.Diagnostics)

		return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity}, nil
	}

	r.running.quiet(ctx, r.settle)
	r.reported.count(resp.Diagnostics, "read")

	return resp, nil
}

// ReadDataSource is short about an error that was shown for another object. It has to fail: what depends on it would go on
// with nothing.
func (r *releasing) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	ctx, leftOut := transport.CollectLeftOut(reads.Fresh(ctx)) // It may depend on what another process has just made.

	resp, err := during(ctx, r, req, r.server.ReadDataSource)
	if resp != nil {
		resp.Diagnostics = append(resp.Diagnostics, notWhole(req.TypeName, leftOut)...)
	}

	if err != nil || resp == nil || !hasError(resp.Diagnostics) {
		return resp, err
	}

	if !r.reported.isRepeated(resp.Diagnostics, req.Config) {
		r.running.quiet(ctx, r.settle)
		r.reported.count(resp.Diagnostics, "read")

		return resp, nil
	}

	r.reported.again(resp.Diagnostics)
	shorten(resp.Diagnostics)

	return resp, nil
}

// shorten takes the explanation out of errors that were shown before.
func shorten(diags []*tfprotov6.Diagnostic) {
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			d.Detail = "It is the same for another object of this run, where the whole error stands."
		}
	}
}

// tellApply is short about an error that was shown for another object. Each has to fail. The first of those that all share
// waits for the others, to say how many they are.
func (r *releasing) tellApply(ctx context.Context, isShared bool, diags []*tfprotov6.Diagnostic, planned *tfprotov6.DynamicValue) {
	switch {
	case !hasError(diags) || !isShared:
	case r.reported.isRepeated(diags, planned):
		r.reported.again(diags)
		shorten(diags)
	default:
		r.running.quiet(ctx, r.settle)
		r.reported.count(diags, "created or changed")
	}
}

// ListResource ends a list of which rows could not be read with a warning.
func (r *releasing) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	ctx, leftOut := transport.CollectLeftOut(ctx)

	stream, err := r.server.ListResource(ctx, req)
	if err != nil || stream == nil {
		return stream, err
	}

	results := stream.Results
	stream.Results = func(push func(tfprotov6.ListResourceResult) bool) {
		isWanted := true

		results(func(result tfprotov6.ListResourceResult) bool {
			isWanted = push(result)
			return isWanted
		})

		warning := notWhole(req.TypeName, leftOut)
		if isWanted && len(warning) > 0 {
			push(tfprotov6.ListResourceResult{Diagnostics: warning})
		}
	}

	return stream, nil
}

// mostReasons is how many of the rows that were left out a warning explains.
const mostReasons = 3

// notWhole warns that rows of a list could not be read, if there are any.
func notWhole(kind string, leftOut *transport.LeftOut) []*tfprotov6.Diagnostic {
	reasons := leftOut.Reasons()
	if len(reasons) == 0 {
		return nil
	}

	counted := "1 row that cannot be read. It is left out"
	if len(reasons) > 1 {
		counted = fmt.Sprintf("%d rows that cannot be read. They are left out", len(reasons))
	}

	detail := fmt.Sprintf("The platform answered with %s:\n\n- %s", counted, strings.Join(reasons[:min(len(reasons), mostReasons)], "\n- "))
	if len(reasons) > mostReasons {
		detail += fmt.Sprintf("\n- and %d more", len(reasons)-mostReasons)
	}

	return []*tfprotov6.Diagnostic{{
		Severity: tfprotov6.DiagnosticSeverityWarning, Summary: "Not all rows of " + kind + " could be read", Detail: detail,
	}}
}

func hasError(diags []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(diags, func(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError })
}

// plan plans what is proposed if the same error was shown for another object.
func (r *releasing) plan(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := during(ctx, r, req, r.server.PlanResourceChange)
	if err == nil && resp != nil && r.reported.isRepeated(resp.Diagnostics, req.ProposedNewState) {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.ProposedNewState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}, nil
	}

	return resp, err
}
