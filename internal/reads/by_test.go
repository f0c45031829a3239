package reads

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// Each group has a list of its own, and a group that is not read takes no memory for long.
func TestBy(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		opened, asked := map[int]int{}, map[int]int{}
		lists := &By[int, *List[int, int]]{New: func(group int) *List[int, int] {
			opened[group]++

			return &List[int, int]{
				Read: func(context.Context) ([]int, error) {
					asked[group]++
					return []int{group}, nil
				},
				Key:     func(row int) int { return row },
				Missing: func(int) error { return errMissing },
			}
		}}

		read := func(group int) {
			t.Helper()

			for range 2 {
				found, err := lists.Of(group).Get(t.Context(), group)
				if err != nil || found != group {
					t.Fatalf("group %d: %d, %v", group, found, err)
				}
			}
		}

		for group := range 1000 {
			read(group)
		}

		if len(asked) != 1000 || asked[999] != 1 || asked[0] != 1 || opened[0] != 1 {
			t.Errorf("%d groups; the first one was opened %d times and read %d times, the last one read %d times", len(asked), opened[0], asked[0], asked[999])
		}

		lists.Drop()
		read(999)

		if opened[999] != 2 || asked[999] != 2 {
			t.Errorf("after a write, the last group was opened %d times and read %d times", opened[999], asked[999])
		}

		time.Sleep(time.Minute)

		for group := 1000; group < 3000; group++ {
			read(group)
		}

		read(0)

		if opened[0] != 2 {
			t.Errorf("the first group is remembered after a minute: opened %d times", opened[0])
		}

		// A write that began before the group was forgotten ends: what was read meanwhile is not remembered.
		lists.Forget(0)
		read(0)

		if asked[0] != 3 {
			t.Errorf("after a write, the first group was read %d times, want 3", asked[0])
		}
	})
}
