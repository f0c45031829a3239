package api

import (
	"bytes"
	"context"
	"strings"
	"testing"

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
