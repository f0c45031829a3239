package reads

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var errBroken = errors.New("broken")

func TestFlightOneWorksForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, runs := newFlight[int](), 0

		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				got, err := f.do(t.Context(), func(context.Context) (int, error) {
					runs++

					time.Sleep(time.Second)

					return 7, nil
				})
				if got != 7 || err != nil {
					t.Errorf("got %d, %v", got, err)
				}
			})
		}

		wg.Wait()

		if runs != 1 {
			t.Errorf("work ran %d times, want once", runs)
		}
	})
}

func TestFlightCancelledLeaderHandsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFlight[string]()
		work := func(ctx context.Context) (string, error) {
			select {
			case <-time.After(time.Second):
				return "done", nil
			case <-ctx.Done():
				return "", ctx.Err()
			}
		}
		leaderCtx, cancel := context.WithCancel(t.Context())
		leader := make(chan error, 1)

		go func() {
			_, err := f.do(leaderCtx, work)
			leader <- err
		}()

		synctest.Wait()

		follower := make(chan string, 1)

		go func() {
			got, err := f.do(t.Context(), work)
			if err != nil {
				t.Errorf("follower: %v", err)
			}

			follower <- got
		}()

		synctest.Wait()
		cancel()

		if err := <-leader; !errors.Is(err, context.Canceled) {
			t.Errorf("leader got %v, want its own cancellation", err)
		}

		got := <-follower
		if got != "done" {
			t.Errorf("follower got %q", got)
		}
	})
}

func TestFlightCancelledWaiterLeavesAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFlight[int]()
		leader := make(chan error, 1)

		go func() {
			_, err := f.do(t.Context(), func(context.Context) (int, error) { time.Sleep(time.Second); return 1, nil })
			leader <- err
		}()

		synctest.Wait()

		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()

		if _, err := f.do(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiter got %v, want its own deadline", err)
		}

		if err := <-leader; err != nil {
			t.Errorf("leader got %v", err)
		}
	})
}

func TestGroupSharesOneFailureOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var (
			g  Group[string, int]
			wg sync.WaitGroup
		)

		runs := 0

		for range 5 {
			wg.Go(func() {
				_, err := g.Do(t.Context(), "k", func(context.Context) (int, error) {
					runs++

					time.Sleep(time.Second)

					return 0, errBroken
				})
				if !errors.Is(err, errBroken) {
					t.Errorf("got %v", err)
				}
			})
		}

		wg.Wait()

		if runs != 1 {
			t.Errorf("asked %d times, want once for all five", runs)
		}

		if len(g.flights) != 0 {
			t.Errorf("%d flights kept after they landed", len(g.flights))
		}
	})
}

func TestGroupDropEndsJoining(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g Group[string, int]

		value := 1

		read := func(context.Context) (int, error) {
			seen := value

			time.Sleep(time.Second)

			return seen, nil
		}
		go func() { _, _ = g.Do(t.Context(), "k", read) }()

		synctest.Wait()

		value = 2

		g.Drop()

		got, err := g.Do(t.Context(), "k", read)
		if got != 2 || err != nil {
			t.Errorf("a read after the write got %d, %v: it joined one from before", got, err)
		}
	})
}
