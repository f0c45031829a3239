package plugin

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

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

func (failing) ReadDataSource(_ context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return &tfprotov6.ReadDataSourceResponse{Diagnostics: failure(req.TypeName)}, nil
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

// TestOneMistake_counted reads 30 objects, ten at once as Terraform does, of which each fails for the same reason: one error
// says how many they are. Data sources have to fail, and say it shortly.
func TestOneMistake_counted(t *testing.T) {
	t.Parallel()

	r := &releasing{server: failing{}, running: newRunning(), settle: 50 * time.Millisecond}
	slots := make(chan struct{}, 10)

	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		whole []string
		short int
	)

	for object := range 40 {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()

			value := &tfprotov6.DynamicValue{MsgPack: []byte{0x81, 0xa1, 'x', byte(object)}}

			var diags []*tfprotov6.Diagnostic

			if object%4 == 3 {
				data, _ := r.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "Missing key", Config: value})
				diags = data.Diagnostics
			} else {
				read, _ := r.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "Missing key", CurrentState: value})
				diags = read.Diagnostics
			}

			mu.Lock()
			defer mu.Unlock()

			for _, d := range diags {
				if strings.Contains(d.Detail, "where the whole error stands") {
					short++
				} else {
					whole = append(whole, d.Detail)
				}
			}
		})
	}

	wg.Wait()

	if len(whole) != 1 || whole[0] != "\n\nAt least 40 objects could not be read because of this." || short > 10 || short < 9 {
		t.Errorf("%d short errors, and %q", short, whole)
	}
}

// TestRunning_quiet does not wait for an interrupt's sake, and waits while something runs.
func TestRunning_quiet(t *testing.T) {
	t.Parallel()

	r := newRunning()
	end := r.begin(false)
	done := make(chan struct{})

	go func() {
		r.quiet(t.Context(), 0)
		close(done)
	}()

	select {
	case <-done:
		t.Fatal("it did not wait for the call that runs")
	case <-time.After(20 * time.Millisecond):
	}

	end()
	<-done

	r.begin(false)
	r.stop()
	r.quiet(t.Context(), time.Hour)
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
		got := r.isRepeated(c.diags, &tfprotov6.DynamicValue{MsgPack: []byte{byte(i)}})
		if got != c.want {
			t.Errorf("%d: %t", i, got)
		}
	}

	for range 2 {
		if r.isRepeated(failure("of one object"), nil) {
			t.Error("an object does not show its error again")
		}
	}
}
