package reads

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// machines are more or less busy: late is how long a reader takes until it reads again.
var machines = []struct {
	name string
	late func(chance *rand.Rand) time.Duration
}{
	{"quiet", func(*rand.Rand) time.Duration { return time.Millisecond }},
	{"busy", func(chance *rand.Rand) time.Duration {
		if chance.IntN(20) == 0 {
			return 40 * time.Millisecond
		}

		return time.Duration(chance.IntN(8000)) * time.Microsecond
	}},
	{"very busy", func(chance *rand.Rand) time.Duration { return time.Duration(chance.IntN(40000)) * time.Microsecond }},
	{"heavy tail", func(chance *rand.Rand) time.Duration {
		if chance.IntN(10) == 0 {
			return time.Duration(20+chance.IntN(100)) * time.Millisecond
		}

		return time.Millisecond
	}},
}

// Joining reads must not cost time: at most a tenth more than one request for each read. And it must save requests, at
// least four of five where a request takes long, however busy the machine is.
func TestBatchCost(t *testing.T) {
	const reads = 3000

	for _, machine := range machines {
		for _, answer := range []time.Duration{5 * time.Millisecond, 20 * time.Millisecond, latency, 300 * time.Millisecond} {
			for _, parallel := range []int{10, 60} {
				name := fmt.Sprintf("%s machine, %v, %d at a time", machine.name, answer, parallel)
				single := measureReads(t, reads, parallel, machine.late, func(_ context.Context, _ int) {
					time.Sleep(answer)
				})

				var requests atomic.Int64

				batch := Batch[int, int]{Max: 60, Read: func(_ context.Context, keys []int) (map[int]int, error) {
					requests.Add(1)
					time.Sleep(answer)

					rows := map[int]int{}
					for _, key := range keys {
						rows[key] = key
					}

					return rows, nil
				}}
				batched := measureReads(t, reads, parallel, machine.late, func(ctx context.Context, key int) {
					_, _ = batch.Get(ctx, key)
				})

				perRead := float64(requests.Load()) / reads
				times := float64(batched) / float64(single)
				t.Logf("%-40s %.3f requests for each read, %.2f times as long as single reads", name, perRead, times)

				if machine.name == "quiet" && times > 1.1 {
					t.Errorf("%s: %.2f times as long as single reads, want at most 1.1", name, times)
				}

				if answer >= latency && perRead > 0.2 {
					t.Errorf("%s: %.3f requests for each read, want at most 0.2", name, perRead)
				}
			}
		}
	}
}

// measureReads returns how long, in virtual time, the reads take that many workers do.
func measureReads(t *testing.T, reads, parallel int, late func(*rand.Rand) time.Duration, read func(ctx context.Context, key int)) time.Duration {
	t.Helper()

	var took time.Duration

	synctest.Test(t, func(t *testing.T) {
		keys := make(chan int)
		started := time.Now()

		var workers sync.WaitGroup

		for worker := range parallel {
			chance := rand.New(rand.NewPCG(1, uint64(worker)))

			workers.Go(func() {
				for key := range keys {
					read(t.Context(), key)
					time.Sleep(late(chance))
				}
			})
		}

		for key := range reads {
			keys <- key
		}

		close(keys)
		workers.Wait()

		took = time.Since(started)
	})

	return took
}
