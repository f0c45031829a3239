package api

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// TestWaitsAreLogged deletes an object that stays for two more reads.
func TestWaitsAreLogged(t *testing.T) {
	t.Parallel()

	var log bytes.Buffer

	reads := 0
	err := waitUntilGone(tflogtest.RootLogger(t.Context(), &log), "inbox 7", func(context.Context) error {
		reads++
		if reads < 3 {
			return nil
		}

		return &transport.Error{Reason: transport.NotFound}
	})
	if err != nil {
		t.Fatal(err)
	}

	lines := strings.Count(log.String(), "waiting for the server's background jobs to delete inbox 7")
	if lines != 2 {
		t.Errorf("%d lines tell what is waited for, want 2: %s", lines, log.String())
	}
}

// TestWaitUntilGone_overshoot deletes objects whose jobs take long and short: little time passes after a job's end, and few
// requests before it.
func TestWaitUntilGone_overshoot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for job, most := range map[time.Duration]int{
			0: 1, 100 * time.Millisecond: 2, time.Second: 6, 5 * time.Second: 20, 20 * time.Second: 32, time.Minute: 52,
		} {
			started, looks := time.Now(), 0

			err := waitUntilGone(t.Context(), "inbox 7", func(context.Context) error {
				looks++
				if time.Since(started) < job {
					return nil
				}

				return &transport.Error{Reason: transport.NotFound}
			})
			if err != nil {
				t.Fatal(err)
			}

			late := time.Since(started) - job
			if late > min(max(job/8, firstLook), mostLook) || looks > most {
				t.Errorf("a job of %v was noticed %v late, with %d requests; want an eighth of it, and %d", job, late, looks, most)
			}
		}
	})
}
