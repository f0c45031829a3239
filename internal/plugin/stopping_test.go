package plugin

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// slow is a server whose applies and reads take a minute unless they are cancelled.
type slow struct {
	server

	stopped time.Time
	cancel  context.CancelFunc
	all     context.Context //nolint:containedctx // As the framework does.
}

func (s *slow) wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.all.Done():
		return s.all.Err()
	}
}

func (s *slow) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	d := 5 * time.Second
	if req.TypeName == "endless" {
		d = time.Hour
	}

	return &tfprotov6.ApplyResourceChangeResponse{}, s.wait(ctx, d)
}

func (s *slow) ReadResource(ctx context.Context, _ *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{}, s.wait(ctx, time.Minute)
}

func (s *slow) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.stopped = time.Now()
	s.cancel()

	return &tfprotov6.StopProviderResponse{}, nil
}

func TestStop(t *testing.T) {
	for kind, want := range map[string]time.Duration{"quick": 5 * time.Second, "endless": grace} {
		synctest.Test(t, func(t *testing.T) {
			s := &slow{}
			s.all, s.cancel = context.WithCancel(context.Background())
			r := &releasing{server: s, running: newRunning()}
			null := &tfprotov6.DynamicValue{MsgPack: []byte{0xc0}}
			began := time.Now()

			var applied, read error

			go func() {
				_, applied = r.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: kind, PriorState: null})
			}()

			readFor := time.Duration(0)

			go func() {
				_, read = r.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{})
				readFor = time.Since(began)
			}()

			synctest.Wait()

			go func() { _, _ = r.StopProvider(t.Context(), nil) }()

			synctest.Wait()

			late, err := r.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: kind, PriorState: null})
			if err != nil || len(late.Diagnostics) != 1 || late.NewState != null {
				t.Errorf("%s: a create after the interrupt gave %+v, %v", kind, late, err)
			}

			time.Sleep(time.Minute)

			stopped := s.stopped.Sub(began)
			if stopped != want || (applied == nil) != (kind == "quick") {
				t.Errorf("%s: stopped after %v, the apply gave %v", kind, stopped, applied)
			}

			if read == nil || readFor != 0 {
				t.Errorf("%s: the read gave %v after %v", kind, read, readFor)
			}
		})
	}
}

func TestTell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		told := 0
		r := &releasing{server: &slow{all: t.Context()}, running: newRunning(), notices: func() []string { told++; return []string{"slow"} }}

		answers := make(chan int, 3)

		for i := range 3 {
			go func() {
				time.Sleep(time.Duration(i) * time.Second)

				resp, _ := r.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{})
				answers <- len(resp.Diagnostics)
			}()
		}

		time.Sleep(2 * time.Minute)

		first, second, third := <-answers, <-answers, <-answers
		if told != 1 || first+second != 0 || third != 1 {
			t.Errorf("told %d times, in answers with %d, %d and %d notices", told, first, second, third)
		}
	})
}

func TestWithoutValues(t *testing.T) {
	diags := []*tfprotov6.Diagnostic{{Detail: "Attribute x must be y, got: s3cret", Attribute: tftypes.NewAttributePath()}, {Detail: "kept, got: 1"}}
	withoutValues(diags)

	if diags[0].Detail != "Attribute x must be y." || diags[1].Detail != "kept, got: 1" {
		t.Errorf("got %q and %q", diags[0].Detail, diags[1].Detail)
	}
}

func TestWatch(t *testing.T) {
	for _, c := range []struct {
		parents []int
		ends    time.Duration
	}{
		{[]int{40, 40, 40, 1}, 3 * time.Second},
		{[]int{1, 1, 1, 1}, 0},
		{[]int{40, 40}, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()

			began, ended, asked := time.Now(), time.Duration(0), 0

			watch(ctx, time.Second, func() int {
				parent := c.parents[min(asked, len(c.parents)-1)]
				asked++

				return parent
			}, func() { ended = time.Since(began) })

			if ended != c.ends {
				t.Errorf("%v: ended after %v, want %v", c.parents, ended, c.ends)
			}
		})
	}
}
