package transport

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// Waiting counts what a platform's limits cost, to be told when it was more than a few seconds.
type Waiting struct {
	mu    sync.Mutex
	costs map[string]cost
}

type cost struct {
	times int
	took  time.Duration
	until time.Time
}

// worthTelling is how much waiting a person would notice.
const worthTelling = 5 * time.Second

// add notes that a platform asked to wait from now on. Waits that overlap count once.
func (w *Waiting) add(platform string, wait time.Duration) {
	if w == nil {
		return
	}

	w.mu.Lock()
	defer w.mu.Unlock()

	if w.costs == nil {
		w.costs = map[string]cost{}
	}

	c, now := w.costs[platform], time.Now()
	begin, until := now, now.Add(wait)

	if c.until.After(begin) {
		begin = c.until
	}

	c.times++
	c.took += max(0, until.Sub(begin))

	if until.After(c.until) {
		c.until = until
	}

	w.costs[platform] = c
}

// Tell returns a sentence for each platform that cost more than a few seconds since the last time, and forgets it.
func (w *Waiting) Tell() []string {
	if w == nil {
		return nil
	}

	w.mu.Lock()
	defer w.mu.Unlock()

	var told []string

	for platform, c := range w.costs {
		if c.took < worthTelling {
			continue
		}

		delete(w.costs, platform)

		times := "once"
		if c.times > 1 {
			times = fmt.Sprintf("%d times", c.times)
		}

		told = append(told, fmt.Sprintf("%s asked %s to slow down, and waiting for that took %s. "+
			"To send fewer requests at once, set %s.requests_per_second in the provider block, or run terraform with a lower -parallelism.",
			platform, times, c.took.Round(time.Second), strings.ToLower(platform)))
	}

	return told
}
