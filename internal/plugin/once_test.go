package plugin

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// failing is a server on which everything fails with the request's type as the error.
type failing struct{ server }

func failure(text string) []*tfprotov6.Diagnostic {
	return []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: text}}
}

func (failing) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{Diagnostics: failure(req.TypeName)}, nil
}

func (failing) PlanResourceChange(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return &tfprotov6.PlanResourceChangeResponse{Diagnostics: failure(req.TypeName)}, nil
}

func (failing) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

// TestOneMistake shows one error for many objects that fail for the same reason, in each run.
func TestOneMistake(t *testing.T) {
	r := &releasing{server: failing{}, running: newRunning()}
	for run := range 2 {
		if _, err := r.ConfigureProvider(t.Context(), nil); err != nil {
			t.Fatal(err)
		}

		shown := map[string]int{}

		for object := range 30 {
			state := &tfprotov6.DynamicValue{MsgPack: []byte{0x81, 0xa1, 'x', byte(object)}}

			for _, reason := range []string{"Missing key", "Another reason"} {
				read, _ := r.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: reason, CurrentState: state})
				plan, _ := r.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: reason, ProposedNewState: state})
				shown[reason] += len(read.Diagnostics) + len(plan.Diagnostics)

				if len(read.Diagnostics) == 0 && read.NewState != state || len(plan.Diagnostics) == 0 && plan.PlannedState != state {
					t.Fatal("the state is lost")
				}
			}
		}

		if shown["Missing key"] > 2 || shown["Missing key"] == 0 || shown["Another reason"] != shown["Missing key"] {
			t.Errorf("run %d shows %v", run, shown)
		}
	}
}

func TestIsRepeated(t *testing.T) {
	var r reported

	warning := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: "w"}
	onAttribute := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: "a", Attribute: tftypes.NewAttributePath()}

	for i, c := range []struct {
		diags []*tfprotov6.Diagnostic
		want  bool
	}{
		{nil, false},
		{[]*tfprotov6.Diagnostic{warning}, false},
		{[]*tfprotov6.Diagnostic{warning}, false},
		{failure("x"), false},
		{failure("x"), true},
		{append(failure("x"), failure("y")...), false},
		{append(failure("x"), warning), true},
		{[]*tfprotov6.Diagnostic{onAttribute}, false},
		{[]*tfprotov6.Diagnostic{onAttribute}, false},
	} {
		if got := r.isRepeated(c.diags, &tfprotov6.DynamicValue{MsgPack: []byte{byte(i)}}); got != c.want {
			t.Errorf("%d: %t", i, got)
		}
	}

	for range 2 {
		if r.isRepeated(failure("of one object"), nil) {
			t.Error("an object does not show its error again")
		}
	}
}
