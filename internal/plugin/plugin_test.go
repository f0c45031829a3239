package plugin

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
)

type key struct{}

// keeper is the part of the framework's server that matters here: it keeps what it was given.
type keeper struct {
	server

	kept []context.Context //nolint:containedctx // As the framework does.
	seen any
	err  error
}

func (k *keeper) ReadResource(ctx context.Context, _ *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	derived, cancel := context.WithCancel(ctx)
	_ = cancel

	k.kept = append(k.kept, derived)
	k.seen, k.err = ctx.Value(key{}), ctx.Err()

	return nil, nil //nolint:nilnil // It is not looked at.
}

func TestReleaseLetsGo(t *testing.T) {
	k := &keeper{}
	wrapped := release(k)
	collected := make(chan bool, 1)

	func() {
		load := new([1 << 20]byte)
		runtime.AddCleanup(load, func(done chan bool) { done <- true }, collected)

		stream, end := context.WithCancel(context.WithValue(t.Context(), key{}, load))
		defer end() // As gRPC does when the call is answered.

		if _, err := wrapped.ReadResource(stream, nil); err != nil {
			t.Fatal(err)
		}

		if k.seen != any(load) || k.err != nil {
			t.Errorf("during the call, the context gave %v and %v", k.seen, k.err)
		}

		k.seen = nil
	}()

	for range 10 {
		runtime.GC()

		select {
		case <-collected:
			if err := k.kept[0].Err(); !errors.Is(err, context.Canceled) {
				t.Errorf("after the call, the context says %v", err)
			}

			return
		default:
		}
	}

	t.Error("the call's context is still held after the call")
}

func TestReleaseStopsWithTheCall(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, _ = during(ctx, &releasing{running: newRunning()}, 0, func(inner context.Context, _ int) (int, error) {
		derived, end := context.WithCancel(inner)
		defer end()

		cancel()
		<-derived.Done() // Hangs if Ctrl-C does not reach the call.

		return 0, nil
	})
}

// The wrapper must not hide what the framework's server can do.
func TestServerIsComplete(t *testing.T) {
	s := Server(provider.New("test")())()
	if _, ok := s.(*releasing); !ok {
		t.Errorf("%T is not wrapped: the framework's server has changed its kind", s)
	}

	if _, ok := s.(tfprotov6.ProviderServerWithListResource); !ok {
		t.Error("list resources are hidden")
	}
}

func TestQuiet(t *testing.T) {
	for _, c := range []struct {
		environment []string
		quiet       bool
	}{
		{nil, true},
		{[]string{"PATH=/bin", "TF_LOG=", "TF_LOG_PATH=x"}, true},
		{[]string{"TF_LOG=DEBUG"}, false},
		{[]string{"TF_LOG_PROVIDER=TRACE"}, false},
		{[]string{"TF_LOG_SDK=TRACE"}, false},
	} {
		set := map[string]string{}

		quiet(c.environment, func(name, value string) error { set[name] = value; return nil })

		if (set["TF_LOG_PROVIDER"] == "OFF") != c.quiet || (set["TF_LOG_SDK"] == "OFF") != c.quiet {
			t.Errorf("%v: set %v", c.environment, set)
		}
	}
}
