package chatlake

import (
	"time"
)

// job is something the background worker will do.
type job struct {
	due time.Time
	run func()
}

// later hands an act to the background worker.
func (p *Platform) later(run func()) {
	delay := time.Duration(p.switches.JobDelay) * time.Millisecond
	p.jobs = append(p.jobs, job{due: p.core.Now().Add(delay), run: run})
}

// runJobs does what is due, and what that enqueues if it is due as well.
func (p *Platform) runJobs() {
	if p.switches.WorkersDown {
		return
	}
	for i := 0; i < len(p.jobs); {
		if p.jobs[i].due.After(p.core.Now()) {
			i++
			continue
		}
		due := p.jobs[i]
		p.jobs = append(p.jobs[:i], p.jobs[i+1:]...)
		due.run()
	}
}

// Drain runs all background jobs now, whatever their delay and whether workers are up.
func (p *Platform) Drain() {
	p.Lock()
	defer p.Unlock()
	for len(p.jobs) > 0 {
		due := p.jobs[0]
		p.jobs = p.jobs[1:]
		due.run()
	}
}

// PendingJobs counts what the background worker has not done yet.
func (p *Platform) PendingJobs() int {
	p.Lock()
	defer p.Unlock()
	return len(p.jobs)
}
