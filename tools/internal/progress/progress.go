// Package progress tells a person at a terminal what a program is doing while it prints nothing else.
package progress

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// Soon is how long a program may be silent at its beginning, and Often how long later.
const (
	Soon  = time.Second
	Often = 10 * time.Second
)

// Progress writes a line when a step has taken a while, and again from time to time until the next step.
type Progress struct {
	out  io.Writer
	done chan struct{}
	end  sync.Once

	mu      sync.Mutex
	step    func() string
	started time.Time
	told    time.Time
}

// Start begins with a step. Call Stop at the end.
func Start(out io.Writer, step string) *Progress {
	return StartFunc(out, Often, func() string { return step })
}

// StartFunc does what Start does, for a step whose text changes, and with another interval.
func StartFunc(out io.Writer, often time.Duration, step func() string) *Progress {
	p := &Progress{out: out, done: make(chan struct{})}
	p.begin(step)

	go p.run(often)

	return p
}

// Step names the step that begins now.
func (p *Progress) Step(step string) {
	p.begin(func() string { return step })
}

// Stop ends the lines of progress. It may be called again.
func (p *Progress) Stop() {
	p.end.Do(func() { close(p.done) })
}

func (p *Progress) begin(step func() string) {
	p.mu.Lock()
	defer p.mu.Unlock()

	p.step, p.started, p.told = step, time.Now(), time.Time{}
}

func (p *Progress) run(often time.Duration) {
	tick := time.NewTicker(min(Soon, often) / 4)
	defer tick.Stop()

	for {
		select {
		case <-p.done:
			return
		case <-tick.C:
			p.tell(often)
		}
	}
}

// tell writes the line if it is time to.
func (p *Progress) tell(often time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()

	isFirst := p.told.IsZero()
	if isFirst && time.Since(p.started) < min(Soon, often) || !isFirst && time.Since(p.told) < often {
		return
	}

	p.told = time.Now()

	if isFirst {
		_, _ = fmt.Fprintf(p.out, "... %s\n", p.step())
		return
	}

	_, _ = fmt.Fprintf(p.out, "... %s (%.0f s)\n", p.step(), time.Since(p.started).Seconds())
}
