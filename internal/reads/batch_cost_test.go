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

// machine is more or less busy: start returns what a reader does between two reads.
type machine struct {
	name string
	// most is how many times as long as single reads joined ones may take, however long an answer does. Readers that are
	// ready at the same moment go on in any order, which moves a figure by up to 0.06: the race detector draws the order.
	// So each bound lies as much above what was measured.
	most  float64
	start func() (work func(chance *rand.Rand))
}

// late is a machine whose readers take so long between two reads, whatever the others do.
func late(name string, most float64, of func(chance *rand.Rand) time.Duration) machine {
	return machine{name, most, func() func(*rand.Rand) { return func(chance *rand.Rand) { time.Sleep(of(chance)) } }}
}

// processors is a machine on which readers wait for one of two processors, and need it for so long.
func processors(name string, most float64, each time.Duration) machine {
	return machine{name, most, func() func(*rand.Rand) {
		free := make(chan struct{}, 2)

		return func(*rand.Rand) {
			free <- struct{}{}

			time.Sleep(each)
			<-free
		}
	}}
}

func machines() []machine {
	return []machine{
		late("quiet", 1.15, func(*rand.Rand) time.Duration { return time.Millisecond }),
		processors("small", 1.25, 2*time.Millisecond),
		processors("slow", 1.25, 3300*time.Microsecond), // What a refresh of a user takes Terraform and the provider.
		late("busy", 1.2, func(chance *rand.Rand) time.Duration {
			if chance.IntN(20) == 0 {
				return 40 * time.Millisecond
			}

			return time.Duration(chance.IntN(8000)) * time.Microsecond
		}),
		late("very busy", 1.3, func(chance *rand.Rand) time.Duration { return time.Duration(chance.IntN(40000)) * time.Microsecond }),
		late("heavy tail", 1.2, func(chance *rand.Rand) time.Duration {
			if chance.IntN(10) == 0 {
				return time.Duration(20+chance.IntN(100)) * time.Millisecond
			}

			return time.Millisecond
		}),
	}
}

// Joining reads must not cost time: about a tenth more than one request for each read, or little more on a machine whose
// readers come back one by one. And it must save requests, at least four of five where a request takes long, however busy
// the machine is.
func TestBatchCost(t *testing.T) {
	const reads = 3000

	for _, machine := range machines() {
		for _, answer := range []time.Duration{5 * time.Millisecond, 20 * time.Millisecond, latency, 300 * time.Millisecond} {
			for _, parallel := range []int{10, 60} {
				name := fmt.Sprintf("%s machine, %v, %d at a time", machine.name, answer, parallel)
				single := measureReads(t, reads, parallel, machine.start, func(_ context.Context, _ int) {
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
				batched := measureReads(t, reads, parallel, machine.start, func(ctx context.Context, key int) {
					_, _ = batch.Get(ctx, key)
				})

				perRead := float64(requests.Load()) / reads
				times := float64(batched) / float64(single)
				t.Logf("%-40s %.3f requests for each read, %.2f times as long as single reads", name, perRead, times)

				if times > machine.most {
					t.Errorf("%s: %.2f times as long as single reads, want at most %.2f", name, times, machine.most)
				}

				if answer >= latency && perRead > 0.2 {
					t.Errorf("%s: %.3f requests for each read, want at most 0.2", name, perRead)
				}
			}
		}
	}
}

// measureReads returns how long, in virtual time, the reads take that many workers do.
func measureReads(t *testing.T, reads, parallel int, start func() func(*rand.Rand), read func(ctx context.Context, key int)) time.Duration {
	t.Helper()

	var took time.Duration

	synctest.Test(t, func(t *testing.T) {
		keys, work := make(chan int), start()
		started := time.Now()

		var workers sync.WaitGroup

		for worker := range parallel {
			chance := rand.New(rand.NewPCG(1, uint64(worker)))

			workers.Go(func() {
				for key := range keys {
					read(t.Context(), key)
					work(chance)
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

// A patient batch waits for readers although a request is quick.
func TestBatchCost_patient(t *testing.T) {
	const reads = 1000

	for _, machine := range machines()[:3] {
		var requests atomic.Int64

		batch := Batch[int, int]{Max: 60, Patient: true, Read: func(_ context.Context, keys []int) (map[int]int, error) {
			requests.Add(1)
			time.Sleep(20 * time.Millisecond)

			rows := map[int]int{}
			for _, key := range keys {
				rows[key] = key
			}

			return rows, nil
		}}

		measureReads(t, reads, 10, machine.start, func(ctx context.Context, key int) {
			_, _ = batch.Get(ctx, key)
		})

		if requests.Load() > reads/5 {
			t.Errorf("%s machine: %d requests for %d reads, want at most one for five", machine.name, requests.Load(), reads)
		}
	}
}
