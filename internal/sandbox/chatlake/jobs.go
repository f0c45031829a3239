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

// runJobs does what is due, in the order it was handed over, and then what that enqueued if it is due as well.
func (p *Platform) runJobs() {
	if p.switches.WorkersDown {
		return
	}

	p.runCampaigns()

	now := p.core.Now()

	for {
		var due, rest []job
		for _, j := range p.jobs {
			if j.due.After(now) {
				rest = append(rest, j)
			} else {
				due = append(due, j)
			}
		}

		p.jobs = rest

		if len(due) == 0 {
			return
		}

		for _, j := range due {
			j.run()
		}
	}
}

// Busy reports whether any request, a read too, may change something: jobs are done on the way.
func (p *Platform) Busy() bool {
	return len(p.jobs) > 0 || p.switches.Noise || p.campaigns.Len() > 0
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
